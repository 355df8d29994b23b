"""Cases about employment and business."""

from minutes.vocabulary import Outcome
from synthetic.topics.topic import Topic

TOPICS = (
    Topic(
        "15.00.00-P22",
        "Beskæftigelsesplan {naeste}",
        "Beskæftigelsesplanen beskriver mål og indsatser for det kommende år. Den er drøftet med det lokale "
        "arbejdsmarkedsråd og forelægges til godkendelse.",
        (
            "Ledigheden er {pct2} pct., og virksomhederne mangler især medarbejdere inden for social og sundhed, "
            "bygge og anlæg samt transport.",
            "Planen har fire mål:",
            "- Flere unge skal have en uddannelse|Flere borgere skal have småjob ved siden af ydelsen|"
            "Virksomhederne skal have hurtig service|Langtidsledigheden skal ned",
            "Målene følges med en status hvert kvartal.",
        ),
        ("planen godkendes", "målene følges hvert kvartal"),
        "Indsatsen finansieres inden for rammen på {kr}.",
        ("Beskæftigelsesplan {naeste}", "Høringssvar"),
        council_decides=True,
        vote_probability=0.2,
        has_budget_table=True,
    ),
    Topic(
        "15.20.00-A00",
        "Ledighed og indsats i {aar}",
        "Sagen giver et overblik over udviklingen i antallet af ledige og over indsatsen på jobcentret.",
        (
            "Der er {stor} fuldtidspersoner på offentlig forsørgelse, hvilket er {pct2} pct. færre end for et år "
            "siden. Antallet af sygedagpengemodtagere er steget.",
            "{n} borgere har været i virksomhedspraktik, og {m} af dem er kommet i ordinært arbejde inden for "
            "tre måneder.",
        ),
        ("orienteringen tages til efterretning",),
        "",
        ("Nøgletal",),
        final_outcome=Outcome.NOTED,
        vote_probability=0.1,
        has_budget_table=True,
    ),
    Topic(
        "15.17.00-G01",
        "Fritidsjob til unge i {sted}",
        "Projektet hjælper unge mellem 13 og 17 år med at finde et fritidsjob. Udvalget skal tage stilling "
        "til, om det skal fortsætte.",
        (
            "Siden starten i {aar} har {n} unge fået et fritidsjob. {pct} pct. af dem har beholdt det i mere end "
            "et halvt år.",
            "{firma} og andre lokale virksomheder deltager. De fremhæver, at de unge er forberedte, og at der "
            "er en fast kontaktperson at ringe til.",
        ),
        ("projektet videreføres i to år",),
        "Udgiften er {kr3} om året og kan afholdes inden for rammen.",
        ("Evaluering",),
        vote_probability=0.15,
    ),
    Topic(
        "15.35.00-P20",
        "Samarbejde med {firma} om løntilskud",
        "Jobcentret ønsker at indgå en aftale om oplæring af ledige med henblik på fast arbejde.",
        (
            "Aftalen omfatter {n} pladser om året. Virksomheden forpligter sig til at ansætte mindst {m} af "
            "deltagerne efter forløbet.",
            "Tillidsrepræsentanterne har været hørt og lægger vægt på, at ordinært ansatte ikke erstattes.",
        ),
        ("aftalen godkendes",),
        "Udgiften til mentor er {kr3}.",
        ("Udkast til aftale",),
        vote_probability=0.3,
    ),
    Topic(
        "24.10.00-P22",
        "Erhvervspolitik og iværksætterhus",
        "Erhvervsrådet foreslår, at den tomme bygning på {vej} indrettes til iværksættere.",
        (
            "Der er stiftet {n} nye virksomheder i {aar}. Mange begynder hjemmefra og efterspørger et sted at "
            "mødes, holde kurser og leje en plads for en måned ad gangen.",
            "Bygningen kan rumme {m} kontorer og et fælles værksted. {firma} har udarbejdet et overslag over "
            "indretningen.",
        ),
        ("bygningen indrettes som foreslået", "der gives tilskud til driften i tre år"),
        "Indretningen koster {kr2}, og det årlige tilskud er {kr3}.",
        ("Forslag fra Erhvervsrådet", "Overslag"),
        council_decides=True,
        vote_probability=0.3,
    ),
)

# Paragraphs for any case of the area.
BACKGROUND = (
    "Indsatsen følger lov om en aktiv beskæftigelsesindsats. Kommunen skal holde mindst fire samtaler med den "
    "ledige i løbet af de første seks måneder.",
    "Virksomhederne i {by} giver jobcentret gode skudsmål i den årlige måling. {pct} pct. svarer, at de er "
    "tilfredse eller meget tilfredse med samarbejdet.",
    "Tallene er trukket fra ministeriets database og kan ændre sig, når de endelige opgørelser foreligger. "
    "Udviklingen svarer til den, der ses i nabokommunerne.",
)
