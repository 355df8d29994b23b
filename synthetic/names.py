"""Names of invented people, places and parties."""

FIRST_NAMES = (
    "Agnes Albert Alma Anders Anja Anne-Mette Anton Arne Asger Asta Benedikte Birgit Bjarke Bodil Carsten "
    "Cecilie Christian Clara Dagmar Dorthe Ebbe Edith Ejnar Elin Ellen Emil Erna Esben Eva Finn Freja "
    "Frode Gerda Gitte Gorm Grethe Gunnar Hanne Hans-Jørgen Hedvig Helle Henning Holger Inga Inger-Marie "
    "Ivan Jakob Jens Jette Johanne Jonas Jytte Kaj Karen-Margrethe Karl Karsten Kirsten Klaus Knud Laila "
    "Lars Lene Lise Lone Magnus Malene Marius Merete Mette Mikkel Mogens Morten Nanna Niels Ole Osvald "
    "Palle Peder Per Pia Poul Rasmus Rikke Rosa Sanne Signe Simon Sofus Solveig Steen Susanne Svend Thea "
    "Thora Thorkild Tina Torben Tove Troels Ulla Valdemar Vibeke Viggo Villy Yrsa Åge Åse"
).split()
MIDDLE_NAMES = (
    "Bak Bay Bro Brok Damgård Eg Elkjær Fuglsang Green Hede Hjort Høj Kjær Kvist Lind Lykke Møldrup "
    "Nymark Nør Odde Palle Ravn Rold Siig Skov Stig Toft Vang Vind Østerby"
).split()
LAST_NAMES = (
    "Abildtrup Agerbæk Askholt Bakdal Balslund Birkmose Bjerrehøj Bolvig Brandtoft Dalsgård Damborg "
    "Egelund Elmholt Engholm Falkesen Fjordside Flensager Gammelby Grønkær Gyldenholt Halkær Hallingskov "
    "Hedelund Hjermov Holmager Hornbech Hvidtfelt Højmark Jernvig Kirkeby Klitmand Kragelund Krogdal "
    "Kærsgaard Lindballe Lundager Lyngdorf Marskjær Mosegård Møllerup Nederby Nyboder Nørager Overmark "
    "Pilegård Ravnholt Rosendal Rugager Sandbæk Skovmose Stenvang Storager Strandby Søgård Tangholt "
    "Thorsager Tofthøj Trankjær Ulvedal Vadstrup Vejlgård Vestermark Vindelev Voldby Ørnfeldt Østermose "
    "Åkjær Årslund"
).split()

# Prefixes and suffixes of municipality names.
MUNICIPALITY_PREFIXES = (
    "Alm Bak Birke Bøge Ege Elle Eng Fasan Fugle Grave Gylden Hassel Hav Hede Hegn Hjorte Hvid Klint Kær "
    "Lang Lille Lynge Mose Møll Nordre Pil Rav Rosen Sand Skov Sol Sten Stor Strande Sønder Tang Vester "
    "Vind Ørne Øster Åkande"
).split()
MUNICIPALITY_SUFFIXES = (
    "ager bjærg bro by dal havn holt høj kilde mark minde næs rup sande skov strup sø tved vig å"
).split()

VILLAGES = (
    "Ankerby Bavnerup Dybdal Ejlstrup Fladmose Fårebjerg Glentevad Harehøj Hestlund Jordrup Kalveholm "
    "Katrup Kløvested Korsager Kragerup Lavmose Lærkeby Musted Nedermark Oldrup Overdal Pugeby Rævdal "
    "Sejlflod Skadehøj Snepperup Spangby Stærkær Svaleby Tranemose Tyrsted Ugleborg Vibeholm Ærholm "
    "Ørbækmølle"
).split()
STREETS = (
    "Birkevej Bredgade Engvangen Fabriksvej Fjordvej Grønningen Hovedgaden Industrivej Kirkevej Klintevej "
    "Lupinvej Markedspladsen Mejerivej Møllebakken Nygade Parkallé Plantagevej Ringvejen Skolegade "
    "Skovstien Slusevej Stationsvej Strandpromenaden Søndergade Teglværksvej Torvegade Vandværksvej "
    "Vestergade Viaduktvej Østergade"
).split()
FIRMS = (
    "Bakmands Entreprenørforretning",
    "Boligforeningen Engen",
    "Dybvad Arkitekter",
    "Fjordlyng Ejendomme",
    "Havblik Byg",
    "Kompas Rådgivning",
    "Landskabstegnestuen Pil",
    "Nordlys Energi",
    "Tværpolitisk Analyse",
    "Vandrehuset",
)
MEETING_PLACES = (
    "Rådhuset, mødelokale 1",
    "Rådhuset, mødelokale 2",
    "Mødelokale 3.12",
    "Byrådssalen",
    "Borgerhuset, lokale B",
    "Administrationsbygningen, mødelokale Syd",
)

# Party letters with their weights in elections. L is a local list.
PARTIES = {"A": 27, "V": 23, "C": 12, "Ø": 8, "F": 10, "O": 6, "B": 6, "I": 5, "L": 6, "Å": 2}
PARTY_NAMES = {
    "A": "Socialdemokratiet",
    "V": "Venstre",
    "C": "Konservative",
    "Ø": "Enhedslisten",
    "F": "Socialistisk Folkeparti",
    "O": "Dansk Folkeparti",
    "B": "Radikale Venstre",
    "I": "Liberal Alliance",
    "L": "Borgerlisten",
    "Å": "Alternativet",
}

GUEST_ROLES = (
    "afdelingsleder i Borgerservice",
    "centerchef for Teknik og Miljø",
    "chefkonsulent i Økonomi og Analyse",
    "distriktsleder i hjemmeplejen",
    "leder af Jobcentret",
    "områdeleder for dagtilbud",
    "planchef i Plan og Byg",
    "projektleder i Klima og Natur",
    "skolechef i Børn og Unge",
    "sundhedskonsulent i Forebyggelsen",
)
