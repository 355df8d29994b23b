"""Cases about traffic, planning, climate and nature."""

from minutes.vocabulary import Outcome
from synthetic.topics.topic import Topic

TOPICS = (
    Topic(
        "05.01.00-P20",
        "Cykelsti langs {vej} mellem {sted} og {by}",
        "Strækningen er udpeget i cykelstiplanen fra {aar}. Forvaltningen forelægger et projektforslag til "
        "en dobbeltrettet cykelsti på {n} hundrede meter.",
        (
            "{vej} har en årsdøgntrafik på {stor} køretøjer, hvoraf {pct} pct. er lastbiler. Strækningen er "
            "skolevej for børn fra {sted}, og mange forældre vælger i dag at køre børnene.",
            "Projektet forudsætter, at der erhverves jord fra {m} lodsejere. Der er ført samtaler med dem alle, "
            "og de fleste er indstillet på en frivillig aftale.",
            "Anlægget kræver dispensation fra naturbeskyttelsesloven, hvor stien passerer et vandløb.",
        ),
        (
            "projektet godkendes",
            "der gives anlægsbevilling på {kr}",
            "forvaltningen bemyndiges til at ekspropriere, hvis frivillige aftaler ikke opnås",
        ),
        "Udgiften er {kr}, hvoraf staten yder tilskud på {kr2}.",
        ("Projektforslag", "Oversigtskort", "Lodsejerliste"),
        council_decides=True,
        vote_probability=0.2,
        has_budget_table=True,
    ),
    Topic(
        "01.02.05-P16",
        "Forslag til lokalplan for boliger ved {vej}",
        "{firma} ønsker at opføre {n} boliger som tæt-lav bebyggelse. Forslaget til lokalplan forelægges med "
        "henblik på offentlig høring.",
        (
            "Området er på {m} hektar og ligger i byzone. Lokalplanen fastlægger veje, stier, fælles friarealer "
            "og bebyggelsens højde på højst 8,5 meter.",
            "Regnvand håndteres på grunden i åbne grøfter og et bassin. Der stilles krav om, at en tredjedel af "
            "arealet udlægges til fælles ophold.",
            "Forslaget er screenet for miljøpåvirkning, og det vurderes ikke at være omfattet af krav om "
            "miljørapport.",
        ),
        ("forslaget sendes i høring i otte uger", "der holdes borgermøde i høringsperioden"),
        "",
        ("Forslag til lokalplan", "Screening for miljøpåvirkning", "Skyggediagrammer"),
        council_decides=True,
        vote_probability=0.3,
    ),
    Topic(
        "13.03.01-P00",
        "Solcelleanlæg ved {sted}",
        "{firma} har søgt om at opstille solceller på {n} hektar landbrugsjord. Udvalget skal tage stilling "
        "til, om planlægningen skal begynde.",
        (
            "Anlægget forventes at producere strøm svarende til forbruget i {stor} husstande. Projektet ligger "
            "{m} hundrede meter fra de nærmeste boliger og skærmes af levende hegn.",
            "Der er modtaget {n} henvendelser fra naboer, som er bekymrede for udsigten og for værdien af deres "
            "huse. Andre peger på den grønne omstilling og på lokale indtægter.",
            "Hvis planlægningen sættes i gang, holdes der møde for naboerne, før et forslag udarbejdes.",
        ),
        ("planlægningen igangsættes", "ansøger betaler for konsulentbistand"),
        "",
        ("Ansøgning", "Kort over området", "Henvendelser fra naboer"),
        council_decides=True,
        vote_probability=0.65,
    ),
    Topic(
        "07.18.00-Ø54",
        "Takster for affald {naeste}",
        "Taksterne for indsamling og behandling af affald fastsættes hvert år, så ordningen hviler i sig "
        "selv.",
        (
            "Taksten for en husstand stiger med {pct2} pct. på grund af højere priser på forbrænding og "
            "indsamling af madaffald.",
            "Genbrugspladsen i {sted} har haft {stor} besøgende i årets løb. Mængden af haveaffald er faldet, "
            "mens mængden af plast er steget.",
        ),
        ("taksterne godkendes",),
        "Taksterne er beregnet, så indtægterne dækker udgifterne på {kr}.",
        ("Takstblad {naeste}",),
        council_decides=True,
        vote_probability=0.12,
        has_budget_table=True,
    ),
    Topic(
        "06.02.11-P19",
        "Genslyngning af åen ved {sted}",
        "Projektet skal give vandet bedre plads og skabe levesteder for ørred. Forvaltningen ønsker at sende "
        "projektet i høring.",
        (
            "Åen blev rettet ud i 1930'erne. Projektet lægger {n} hundrede meter tilbage i slyngninger og "
            "hæver bunden, så engene kan oversvømmes om vinteren.",
            "{m} lodsejere er berørt. De tilbydes kompensation efter de statslige regler, og forvaltningen har "
            "gennemgået projektet med hver enkelt.",
            "Arkæologerne har bedt om at følge gravearbejdet, fordi der er fund fra jernalderen i ådalen.",
        ),
        ("projektet sendes i offentlig høring i fire uger",),
        "Projektet finansieres af staten og Den Europæiske Union med {kr2}.",
        ("Forundersøgelse", "Kort"),
        vote_probability=0.08,
    ),
    Topic(
        "05.13.00-G01",
        "Hastighedsgrænse på {vej}",
        "Beboere har bedt om lavere hastighed på {vej}. Forvaltningen har undersøgt forholdene og forelægger "
        "resultatet.",
        (
            "Målinger over en uge viser en gennemsnitshastighed på {n} kilometer i timen. {pct} pct. af "
            "bilisterne kører hurtigere end tilladt.",
            "Politiet kan godkende en grænse på 40 kilometer i timen, hvis der etableres bump eller "
            "indsnævringer.",
        ),
        ("der etableres {m} bump", "hastighedsgrænsen nedsættes til 40 kilometer i timen"),
        "Udgiften på {kr3} afholdes af driftsbudgettet.",
        ("Hastighedsmåling", "Brev fra beboere"),
        vote_probability=0.25,
    ),
    Topic(
        "01.02.00-A00",
        "Klimatilpasning i {by}s midtby",
        "Skybruddet i {aar} satte kældre under vand i {vej} og de omliggende gader. Her gives en status på "
        "de løsninger, der arbejdes med.",
        (
            "Der er beregnet, hvor vandet løber hen ved en regn, som falder én gang på 50 år. De største "
            "skader opstår ved {vej} og omkring stationen.",
            "Tre løsninger undersøges nærmere:",
            "- En skybrudsvej til søen|Regnbede i sidegaderne|Et bassin under parkeringspladsen",
            "Forsyningen bidrager med viden og forventes at betale for den del, der vedrører kloakken.",
        ),
        ("orienteringen tages til efterretning",),
        "",
        ("Notat om skybrud",),
        final_outcome=Outcome.NOTED,
        vote_probability=0.03,
    ),
)

# Paragraphs for any case of the area.
BACKGROUND = (
    "Sagen hænger sammen med klimaplanen, hvor {kommune} har forpligtet sig til at mindske udledningen af "
    "drivhusgasser med 70 pct. i forhold til 1990.",
    "Der har været nabohøring i tre uger. Høringssvarene handler især om støj, udsyn og parkering, og "
    "forvaltningens bemærkninger til dem er vedlagt som bilag.",
    "Driften varetages af Vej og Park, som har gennemgået projektet. De anbefaler, at belægningen vælges, så den "
    "kan ryddes for sne med de maskiner, der allerede er indkøbt.",
    "Området er besigtiget af forvaltningen sammen med en repræsentant for lokalrådet i {sted}. Besigtigelsen gav "
    "ikke anledning til ændringer i forslaget.",
)
