"""Sentences of presentations, with slots for words.

{one}, {the_one}, {many} and {the_many} are the forms of a noun, {a_one} has the article: "en plan".
{adj_one}, {adj_the_one} and {adj_many} are a noun with an adjective: "en ny plan", "den nye plan", "nye
planer". {do}, {does}, {done} and {is_done} are a verb's infinitive, present, participle and passive. {place},
{street}, {institution}, {firm} and {person} are names; {kr}, {figure}, {few}, {pct}, {year}, {month} and
{plot} are numbers and dates. A slot with a capital starts a sentence.
"""

# First sentences of paragraphs.
OPENINGS = (
    "{The_one} har siden {year} været en del af kommunens arbejde med {many}.",
    "Forvaltningen har i {month} {year} gennemgået {the_one} sammen med {institution}.",
    "Der er i løbet af {year} modtaget {figure} henvendelser om {the_one}.",
    "Baggrunden er, at {the_many} i {place} ikke længere svarer til behovet.",
    "{Adj_the_one} skal {do} {the_many} og samtidig {do} {the_one}.",
    "I {place} er der {few} {many}, som berøres af {the_one}.",
    "Kommunen har ansvaret for {the_one}, mens {firm} {does} {the_many}.",
    "Arbejdet med {the_one} er inddelt i faser og ventes afsluttet i {month} {year}.",
    "Kommunens {many} er senest {done} i {year}, og siden da er {the_one} ændret flere gange.",
    "Det fremgår af {the_one}, at {the_many} skal {is_done} hvert år.",
    "{Person} fra {firm} har på vegne af ejerne af {plot} søgt om {adj_one}.",
    "Ejendommen {street} {few} er i dag udlagt til {many} og {many}.",
    "På {institution} har personalet i en periode arbejdet med {adj_many}.",
    "Som led i {the_one} er der gennemført interviews med borgere fra {place} og {place}.",
    "Siden {year} har antallet af {many} været stigende, både i {place} og i resten af kommunen.",
    "{Many}, {many} og {many} er de tre områder, som forvaltningen har set nærmere på.",
    "Der har i pressen været omtale af {the_one} ved {street}.",
    "Lokalrådet i {place} har i et brev peget på {the_many} langs {street}.",
)

# Other sentences.
SENTENCES = (
    "{The_one} {does} {the_many} i {place} og er beskrevet nærmere i bilaget.",
    "Det vurderes, at {adj_one} vil {do} {the_many}, uden at udgifterne stiger.",
    "Udgiften til {the_one} skønnes at være {kr} og kan holdes inden for {the_one}.",
    "Samtidig {is_done} {the_many}, så de kan indgå i {the_one} fra {month} {year}.",
    "Erfaringerne fra {place} viser, at {the_one} kræver {adj_many} og tid til {one}.",
    "{Adj_many} er {done} i samarbejde med {institution}, {institution} og {firm}.",
    "{Person}, som er tilknyttet {the_one}, har bidraget med oplysninger om {the_many}.",
    "Der er i alt {figure} {many}, hvoraf {pct} procent ligger i {place} eller {place}.",
    "Forslaget betyder, at {the_one} flyttes fra {street} til {street}.",
    "Hvis {the_one} ikke {is_done}, må det ventes, at {the_many} bliver dyrere at drive.",
    "{Firm} har afgivet tilbud på {the_one} og har tidligere arbejdet med {many}.",
    "For borgerne betyder det, at {the_one} bliver lettere at finde, og at {the_many} {is_done}.",
    "Reglerne om {many} giver mulighed for at {do} {the_one} i op til {few} år.",
    "{The_many} ved {institution} er i god stand, mens {the_one} ved {street} bør {is_done}.",
    "Den samlede ramme til {many} er {kr}, og heraf er {kr} bundet af {the_one}.",
    "Høringen gav {few} svar, som især handler om {the_one}, {the_one} og {adj_many}.",
    "Forvaltningen foreslår derfor, at {the_many} {is_done}, og at {adj_the_one} tages i brug.",
    "Det er aftalt med {firm}, at {the_one} skal stå færdig i {month} {year}.",
    "{A_one} af den størrelse kræver normalt {few} medarbejdere og {adj_one}.",
    "I perioden er der {done} {figure} {many} og nedlagt {few} {many}.",
    "{The_one} på {street} deles i dag af {institution} og beboerne i {place}.",
    "Der er taget forbehold for, at {the_many} kan blive {done} af statens {many}.",
    "Udgifterne fordeler sig med {kr} til {many} og {kr} til {many}.",
    "Ifølge {the_one} må {the_many} højst udgøre {pct} procent af {the_one}.",
    "Et flertal af de adspurgte ønsker, at {the_one} {is_done} før {the_one}.",
    "{Person} og {person} har på vegne af {institution} foreslået {adj_one}.",
    "Målet er at {do} {the_one} og {do} {the_many}, så der bliver plads til {many}.",
    "Der skal indgås en aftale med ejeren af {plot}, før {the_one} kan {is_done}.",
    "På længere sigt kan {the_one} samles med {the_one} ved {institution}.",
    "Tidligere har {the_many} været {done} af {firm}, men aftalen udløb i {month} {year}.",
    "Antallet af {many} er faldet med {pct} procent, mens antallet af {many} er næsten uændret.",
    "{Adj_the_one} ligger mellem {street} og {street} og er på {figure} kvadratmeter.",
    "Vurderingen bygger på {many} fra {year} og på {adj_the_one}.",
    "Medarbejderne oplever, at {the_one} {does} {the_many}, men at {the_one} mangler.",
    "I budgettet er der afsat {kr} til {the_one}, og resten dækkes af {the_many}.",
    "{Many} indgår også i {the_one}, som staten offentliggjorde i {month} {year}.",
    "Ved {institution} er der {few} {many}, der venter på {one}.",
    "Det har været nødvendigt at {do} {the_many}, fordi {the_one} blev forsinket.",
    "Naboerne på {street} er orienteret om {the_one} og har ikke bemærkninger til {the_many}.",
    "Forvaltningen har bedt {firm} om at {do} {the_one} og {do} {the_many}.",
    "{The_one} er et af de områder, hvor {place} adskiller sig fra {place}.",
    "Af hensyn til {the_many} {is_done} {the_one} kun i begrænset omfang.",
    "Alt i alt forventes {the_one} at {do} {the_many} med omkring {pct} procent.",
    "Når {the_one} er {done}, {is_done} {the_many} efter {adj_the_one}.",
    "De {figure} {many} svarer til gennemsnittet for kommuner med {adj_many}.",
    "{Institution} har siden {month} {year} haft {adj_one} og {few} {many}.",
    "Uden {adj_one} vil {the_one} ikke kunne {do} {the_many} i {place}.",
    "{The_one} skal ses i sammenhæng med {the_one} og med planerne for {place}.",
    "Der holdes møde med {person}, {firm} og {institution} om {the_many}.",
    "Sagens oplysninger om {many} er hentet fra {the_one} og fra {firm}.",
)

TITLES = (
    "{The_one} i {place}",
    "{Adj_one} i {place}",
    "Evaluering af {the_one}",
    "Status for {many}",
    "Ansøgning fra {firm} om {many}",
    "Etablering af {many} ved {street}",
    "Revision af {the_one} {year}",
    "Udbud af {many} og {many}",
    "{Many} på {institution}",
    "Fremtidens {many}",
    "Principper for {many}",
    "Tillægsbevilling til {the_one} ved {institution}",
    "Drøftelse af {the_one} og {the_one}",
    "Ændring af {the_many} i {place} og {place}",
    "Nye retningslinjer for {many}",
    "Anlæg af {one} mellem {street} og {street}",
    "{The_one} og {the_one} {year}",
    "Opfølgning på {the_one}",
)
RESUMES = (
    "Forvaltningen forelægger {the_one}, som skal {do} {the_many} i {place}.",
    "Der skal tages stilling til, om {the_one} ved {street} skal {is_done}.",
    "Sagen handler om {the_one} på {institution} og om de {many}, der følger med.",
    "I sagen beskrives {adj_many} og deres betydning for {the_one}.",
    "{Firm} har søgt om {adj_one}, og forvaltningen foreslår, at {the_many} {is_done}.",
)
# Points of recommendations, after "at".
POINTS = (
    "{the_one} godkendes",
    "{the_many} {is_done} fra {month} {year}",
    "forvaltningen arbejder videre med {the_one}",
    "der afsættes {kr} til {many}",
    "{the_one} sendes i høring i {few} uger",
    "der indgås aftale med {firm} om {many}",
    "{the_one} på {institution} {is_done}",
)
ECONOMY = (
    "Udgiften til {the_one} udgør {kr} og finansieres af puljen til {many}.",
    "Sagen medfører en merudgift på {kr} til {many} og en mindreudgift på {kr} til {many}.",
    "Der er afsat {kr} til {the_one}, hvoraf {kr} er anvendt på {many}.",
)
ATTACHMENTS = ("{The_one}", "Notat om {many}", "Kort over {place}", "Høringssvar om {the_one}")
