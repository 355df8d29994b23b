"""Cases about health, care and the elderly."""

from minutes.vocabulary import Outcome
from synthetic.topics.topic import Topic

TOPICS = (
    Topic(
        "27.36.00-P22",
        "Kvalitetsstandarder for hjemmehjælp {naeste}",
        "Kvalitetsstandarderne beskriver, hvilken hjælp borgerne kan få til personlig pleje og praktisk "
        "bistand. De revideres hvert år og forelægges til godkendelse.",
        (
            "Der er foretaget sproglige rettelser, og beskrivelsen af rengøring er ændret, så hjælpen tager "
            "udgangspunkt i et samlet skøn over borgerens behov.",
            "Ældrerådet og Handicaprådet har afgivet høringssvar. Begge råd udtrykker bekymring for, om hjælp "
            "til rengøring hver tredje uge er tilstrækkelig.",
            "Forvaltningen vurderer, at ændringerne berører omkring {stor} borgere, hvoraf {pct} pct. i dag "
            "modtager rengøring hver anden uge.",
        ),
        ("kvalitetsstandarderne godkendes", "ændringerne træder i kraft 1. februar {naeste}"),
        "Ændringerne forventes at mindske udgifterne med {kr} årligt.",
        ("Kvalitetsstandarder {naeste}", "Høringssvar fra Ældrerådet", "Høringssvar fra Handicaprådet"),
        council_decides=True,
        vote_probability=0.5,
        has_budget_table=True,
    ),
    Topic(
        "27.42.00-P20",
        "Nyt plejecenter i {sted}",
        "Behovet for plejeboliger stiger med {pct} pct. frem mod {naeste}. Forvaltningen foreslår, at der "
        "planlægges et plejecenter med {n} boliger ved {vej}.",
        (
            "Analysen af boligbehovet viser, at der om fem år mangler {n} plejeboliger. Placeringen ved {vej} "
            "er valgt, fordi grunden er kommunens, og fordi der er bus, indkøb og grønne områder tæt på.",
            "Boligerne foreslås opført i samarbejde med {firma}. Der lægges vægt på små bomiljøer, adgang til "
            "have og plads til, at ægtefæller kan bo sammen.",
            "Naboerne har været inviteret til møde. De spurgte især til bygningens højde og til trafikken i "
            "byggeperioden.",
        ),
        (
            "skema A for {n} boliger godkendes",
            "der ydes grundkapitallån",
            "forvaltningen igangsætter lokalplan",
        ),
        "Anskaffelsessummen er {kr}. Kommunens grundkapital udgør {kr2}, og servicearealerne {kr3}.",
        ("Analyse af boligbehov", "Skema A", "Referat af nabomøde"),
        council_decides=True,
        vote_probability=0.2,
        has_budget_table=True,
    ),
    Topic(
        "29.00.00-A00",
        "Sundhedsprofil {aar}",
        "Sundhedsprofilen beskriver borgernes sundhed, sygelighed og trivsel. Resultaterne forelægges til "
        "drøftelse som grundlag for den kommende sundhedspolitik.",
        (
            "Andelen af daglige rygere er faldet til {pct} pct., mens flere end før svarer, at de føler sig "
            "stressede. Blandt unge kvinder er andelen med dårligt mentalt helbred steget.",
            "Der er store forskelle mellem lokalområderne. I {sted} er andelen med langvarig sygdom "
            "{pct2} procentpoint højere end i resten af kommunen.",
            "Udvalget bedes drøfte, hvilke målgrupper sundhedspolitikken skal rettes mod.",
        ),
        ("sundhedsprofilen drøftes", "drøftelsen indgår i forslaget til sundhedspolitik"),
        "",
        ("Sundhedsprofil {aar}",),
        final_outcome=Outcome.DISCUSSED,
        vote_probability=0.02,
    ),
    Topic(
        "27.12.00-G01",
        "Tilsyn med botilbuddet i {sted}",
        "Socialtilsynet har gennemført et uanmeldt tilsyn med botilbuddet. Tilsynsrapporten forelægges til "
        "orientering.",
        (
            "Tilsynet vurderer, at den pædagogiske indsats har god kvalitet, og at beboerne trives. Der er givet "
            "et påbud om journalføring af medicin, som er bragt i orden.",
            "Personalets faglige niveau vurderes til {m} ud af 5. Sygefraværet har i en periode været på "
            "{pct} pct., og der er sat ind med en handleplan.",
        ),
        ("rapporten tages til efterretning",),
        "",
        ("Tilsynsrapport {aar}", "Handleplan"),
        final_outcome=Outcome.NOTED,
        vote_probability=0.02,
    ),
    Topic(
        "27.69.00-Ø40",
        "Fordeling af midler til frivilligt socialt arbejde {aar}",
        "Der er modtaget {n} ansøgninger om støtte til frivilligt socialt arbejde. Forvaltningen forelægger "
        "et forslag til fordeling.",
        (
            "Ansøgningerne er vurderet efter de kriterier, der blev vedtaget sidste år. Der er lagt vægt på "
            "fællesskab for ensomme, på inddragelse af unge og på samarbejde mellem foreninger.",
            "Der er i alt søgt om {kr2}, mens puljen er på {kr3}. {m} ansøgninger foreslås afslået, fordi de "
            "ligger uden for formålet.",
        ),
        ("midlerne fordeles som foreslået",),
        "Puljen udgør {kr3} og finansieres af bloktilskuddet.",
        ("Forslag til fordeling", "Oversigt over ansøgninger"),
        vote_probability=0.08,
    ),
    Topic(
        "27.45.00-P27",
        "Værdighedspolitik og klippekort på plejecentrene",
        "Beboere på plejecentrene har siden {aar} kunnet vælge en ekstra halv times hjælp om ugen. Ordningen "
        "er evalueret og foreslås videreført.",
        (
            "Evalueringen bygger på samtaler med {n} beboere og pårørende. De fleste bruger tiden på en gåtur, "
            "på indkøb eller på at komme til et arrangement.",
            "Medarbejderne peger på, at ordningen giver arbejdsglæde, men at vagtplanlægningen er vanskelig "
            "i ferieperioder.",
        ),
        ("ordningen videreføres til udgangen af {naeste}",),
        "Ordningen koster {kr3} om året, som er afsat i budgettet.",
        ("Evaluering af klippekort",),
        vote_probability=0.1,
    ),
)

# Paragraphs for any case of the area.
BACKGROUND = (
    "Antallet af borgere over 80 år stiger med {pct} pct. i de kommende ti år. Det stiller krav til både "
    "boliger, medarbejdere og samarbejdet med sygehuset.",
    "Ældrerådet har behandlet sagen på sit møde og har ingen indvendinger, men beder om at blive inddraget igen, "
    "når der foreligger et endeligt forslag.",
    "{kommune} arbejder efter en rehabiliterende tilgang. Det betyder, at borgeren støttes i at klare så meget "
    "som muligt selv, inden der bevilges varig hjælp.",
    "Rekruttering af social- og sundhedshjælpere er fortsat vanskelig. I {aar} var der i gennemsnit {m} "
    "ansøgere til hver stilling, mod det dobbelte få år tidligere.",
)
