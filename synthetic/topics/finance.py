"""Cases about finance, property and staff."""

from minutes.vocabulary import Outcome
from synthetic.topics.topic import Topic

TOPICS = (
    Topic(
        "00.30.14-S55",
        "Budgetopfølgning {aar}",
        "Budgetopfølgningen viser et forventet merforbrug på {kr2} i forhold til det oprindelige budget.",
        (
            "Merforbruget skyldes især udgifter til specialiserede tilbud på børneområdet. På ældreområdet "
            "forventes balance, mens anlægsprojekter for {kr} forventes udskudt til {naeste}.",
            "Likviditeten opgjort efter kassekreditreglen er {kr}. Den ligger over {raad}s mål.",
            "De enkelte udvalg har behandlet deres del af opfølgningen og foreslår følgende tiltag:",
            "- Tilbageholdenhed ved ansættelser|Gennemgang af dyre enkeltsager|Udskydelse af mindre indkøb",
        ),
        ("budgetopfølgningen godkendes", "der gives tillægsbevillinger som vist i bilaget"),
        "Se sagsfremstillingen og bilaget med bevillinger.",
        ("Budgetopfølgning", "Oversigt over tillægsbevillinger"),
        council_decides=True,
        vote_probability=0.25,
        has_budget_table=True,
    ),
    Topic(
        "82.01.00-G10",
        "Salg af grund ved {vej}",
        "{firma} har budt på grunden ved {vej}, som har været udbudt siden {aar}. Forvaltningen forelægger "
        "buddet.",
        (
            "Grunden er på {stor} kvadratmeter og er omfattet af en lokalplan for erhverv. Buddet er det højeste "
            "af {m} bud og svarer til mæglerens vurdering.",
            "Køber forpligter sig til at begynde byggeriet inden to år. Sker det ikke, kan kommunen købe "
            "grunden tilbage til samme pris.",
        ),
        ("grunden sælges på de beskrevne vilkår",),
        "Salget giver en indtægt på {kr2}, som tilføres jordpuljen.",
        ("Købstilbud", "Kort"),
        council_decides=True,
        vote_probability=0.15,
    ),
    Topic(
        "81.39.00-A00",
        "Sygefravær blandt medarbejderne i {aar}",
        "Sygefraværet er i gennemsnit {pct2} pct. Her forelægges udviklingen fordelt på områder.",
        (
            "Fraværet er lavest i administrationen og højest på ældreområdet. Siden sidste år er det faldet "
            "mest i dagtilbuddene, hvor der har været en særlig indsats.",
            "Hovedudvalget foreslår, at erfaringerne fra dagtilbuddene bruges på plejecentrene.",
        ),
        ("orienteringen tages til efterretning",),
        "",
        ("Statistik over sygefravær",),
        final_outcome=Outcome.NOTED,
        vote_probability=0.02,
        has_budget_table=True,
    ),
    Topic(
        "00.32.00-Ø00",
        "Låneoptagelse {aar}",
        "Kommunen har mulighed for at optage lån til energibesparelser, ældreboliger og jordkøb.",
        (
            "Forvaltningen har indhentet tilbud fra {m} långivere. Et lån med fast rente over 25 år vurderes "
            "samlet set at være det bedste.",
            "Rammen kan fordeles over to år. Den forventede ydelse er indarbejdet i budgettet.",
        ),
        ("der optages lån på {kr}",),
        "Ydelsen udgør {kr3} det første år.",
        ("Opgørelse af lånerammen",),
        council_decides=True,
        vote_probability=0.12,
    ),
    Topic(
        "00.01.00-P35",
        "Fælles indkøb af el og varme",
        "Aftalen om køb af el udløber. Forvaltningen foreslår, at kommunen går med i et fælles udbud.",
        (
            "Udbuddet omfatter {m} kommuner og forventes at give en lavere pris. Der stilles krav om, at "
            "strømmen kommer fra vedvarende energi.",
            "Kommunens eget forbrug er faldet med {pct2} pct. siden {aar}, efter at skolerne fik ny belysning.",
        ),
        ("kommunen deltager i udbuddet", "borgmesteren bemyndiges til at underskrive aftalen"),
        "Der forventes en besparelse på {kr3} om året.",
        ("Udbudsbetingelser",),
        vote_probability=0.08,
    ),
)

# Paragraphs for any case of the area.
BACKGROUND = (
    "Direktionen har gennemgået sagen og vurderer, at den holder sig inden for aftalen mellem regeringen og "
    "kommunerne om udgifter til service og anlæg.",
    "Forvaltningen følger udviklingen tæt og vender tilbage med en ny sag, hvis forudsætningerne ændrer sig i "
    "løbet af {naeste}.",
    "Sagen har været behandlet i Hovedudvalget, som ikke havde bemærkninger ud over et ønske om tidlig "
    "inddragelse af medarbejderne.",
)
