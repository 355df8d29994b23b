"""Cases about culture and leisure."""

from minutes.vocabulary import Outcome
from synthetic.topics.topic import Topic

TOPICS = (
    Topic(
        "04.04.00-Ø34",
        "Renovering af svømmehallen i {sted}",
        "Svømmehallens tekniske anlæg er udtjente. Forvaltningen forelægger to forslag: renovering eller "
        "nybyggeri.",
        (
            "Svømmehallen har {stor} besøgende om året og bruges af skoler, klubber og genoptræning. I {aar} "
            "måtte den holde lukket i {m} uger på grund af nedbrud.",
            "En renovering forlænger hallens levetid med omkring 15 år. Et nybyggeri ved {vej} kan bruge "
            "overskudsvarme og vil have lavere drift.",
            "Brugerrådet anbefaler nybyggeri, men lægger vægt på, at der er svømmehal i hele byggeperioden.",
        ),
        ("der arbejdes videre med en renovering", "der afsættes {kr} i budget {naeste}"),
        "En renovering koster {kr}, et nybyggeri omkring det dobbelte. Energibesparelsen er {kr3} årligt.",
        ("Teknisk tilstandsrapport", "Brugerrådets anbefaling"),
        council_decides=True,
        vote_probability=0.35,
        has_budget_table=True,
    ),
    Topic(
        "18.14.00-G01",
        "Lokaletilskud til foreninger {aar}",
        "Foreninger med egne eller lejede lokaler kan få tilskud til driften. Her forelægges ansøgningerne "
        "for {aar}.",
        (
            "Der er modtaget {n} ansøgninger. {m} foreninger har søgt for første gang, heriblandt en forening "
            "for discgolf i {sted}.",
            "Tilskuddet følger folkeoplysningsloven og udgør mindst to tredjedele af driftsudgiften for "
            "medlemmer under 25 år.",
        ),
        ("tilskuddene fordeles som foreslået",),
        "Der er afsat {kr2}, og der er søgt om {kr3} mere, end der er afsat.",
        ("Oversigt over ansøgninger",),
        vote_probability=0.05,
    ),
    Topic(
        "21.10.00-A00",
        "Åbningstider på biblioteket i {sted}",
        "Biblioteket foreslår at ændre den betjente åbningstid og at indføre selvbetjening om aftenen.",
        (
            "Besøgstal fra {aar} viser, at {pct} pct. af besøgene ligger uden for den betjente tid. De fleste "
            "bruger biblioteket efter arbejde.",
            "Forslaget samler den betjente tid på {m} dage. Til gengæld kan lokalforeninger låne salen til "
            "arrangementer uden beregning.",
        ),
        ("ændringen godkendes fra 1. april {naeste}",),
        "Ændringen er neutral i forhold til budgettet.",
        ("Forslag til åbningstider",),
        vote_probability=0.15,
    ),
    Topic(
        "20.00.00-P22",
        "Kulturpolitik {aar}-{naeste}",
        "Kulturpolitikken har været i høring hos foreninger, skoler og kulturinstitutioner. Den endelige "
        "politik forelægges til godkendelse.",
        (
            "Der er kommet {n} høringssvar. Flere efterlyser øvelokaler til unge, og museet ønsker, at "
            "kulturarven får sit eget afsnit.",
            "Politikken har fire temaer:",
            "- Kultur hvor du bor|Børn og unge først|Plads til det skæve|Fortællinger om egnen",
            "Forvaltningen udarbejder en handleplan, som forelægges hvert år i marts.",
        ),
        ("politikken godkendes",),
        "",
        ("Kulturpolitik", "Høringssvar og bemærkninger"),
        council_decides=True,
        vote_probability=0.1,
    ),
    Topic(
        "04.00.00-K08",
        "Evaluering af {by} Festuge",
        "Festugen blev holdt for {m}. gang i august {aar}. Evalueringen forelægges til orientering.",
        (
            "Der var omkring {stor} gæster fordelt på {n} arrangementer. Handelslivet melder om stigende "
            "omsætning, mens naboer til {vej} har klaget over støj efter midnat.",
            "Arrangørerne foreslår, at koncerterne næste år slutter klokken 23, og at der sættes flere "
            "affaldsstationer op.",
        ),
        ("evalueringen tages til efterretning",),
        "",
        ("Evaluering af festugen",),
        final_outcome=Outcome.NOTED,
        vote_probability=0.02,
    ),
)

# Paragraphs for any case of the area.
BACKGROUND = (
    "Folkeoplysningsudvalget har behandlet sagen og anbefaler forslaget. Udvalget lægger vægt på, at mindre "
    "foreninger ikke får mere arbejde med skemaer og regnskaber.",
    "{kommune} har omkring {stor} foreninger. To ud af tre borgere er medlem af mindst én, og mange lægger "
    "flere timers frivilligt arbejde om ugen.",
    "Museet, biblioteket og musikskolen har siden {aar} haft en fælles kalender. Den har gjort det lettere at "
    "undgå, at store arrangementer falder på samme dag.",
)
