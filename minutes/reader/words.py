"""The words that minutes use, as tables: add a line to teach the reader a word, no code to read.

A phrase is written in lower case with single spaces. A star stands for any ending: "godkend*" is godkendt,
godkendes, godkendte. `pattern` makes the regular expression of a table.
"""

import re
from collections.abc import Iterable

from minutes.vocabulary import Outcome, SectionKind

# Headings stand alone on their line, in any case, with or without a colon.
HEADINGS: dict[SectionKind, tuple[str, ...]] = {
    SectionKind.RESUME: (
        *("resume", "resumé", "sammendrag", "kort resume", "kort resumé", "resumé af sagen", "sagsresumé"),
        *("sagens kerne", "kort om sagen", "sagen kort"),
    ),
    SectionKind.RECOMMENDATION: (
        *("indstilling", "indstillinger", "forvaltningens indstilling", "administrationens indstilling"),
        *("direktionens indstilling", "borgmesterens indstilling", "indstilling og beslutning", "anbefaling"),
        *("forvaltningens anbefaling", "administrationens anbefaling", "forslag til beslutning"),
        *("indstilling til byrådet", "indstilling fra forvaltningen", "udvalgets indstilling"),
    ),
    SectionKind.DECISION: (
        *("beslutning", "beslutninger", "udvalgets beslutning", "byrådets beslutning"),
        *("kommunalbestyrelsens beslutning", "endelig beslutning"),
        *("borgerrepræsentationens beslutning", "økonomiudvalgets beslutning", "beslutning i udvalget"),
        *("beslutning i byrådet", "beslutning i kommunalbestyrelsen", "referat af punktet"),
    ),
    SectionKind.PRESENTATION: (
        *("sagsfremstilling", "supplerende sagsfremstilling", "sagsfremstilling og redegørelse"),
        *("sagstema/redegørelse", "problemstilling/løsning", "sagsbeskrivelse"),
        *("beskrivelse af sagen", "sagens indhold", "sagsfremstillingen"),
    ),
    SectionKind.BACKGROUND: (
        *("baggrund", "baggrund for sagen", "sagens baggrund", "anledning", "historik", "problemstilling"),
        *("baggrund og formål", "forhistorie", "sagens forhistorie", "tidligere behandling"),
    ),
    SectionKind.ADMINISTRATION_REMARKS: (
        *("forvaltningens bemærkninger", "administrationens bemærkninger", "forvaltningens vurdering"),
        *("administrationens vurdering", "direktionens bemærkninger", "forvaltningens overvejelser"),
        *("forvaltningens kommentarer", "administrationens kommentarer"),
    ),
    SectionKind.ECONOMY: (
        *("økonomi", "økonomiske konsekvenser", "økonomiske og personalemæssige konsekvenser"),
        *("økonomi og personale", "økonomi/personale", "bevilling", "bevillinger", "økonomiske forhold"),
        *("økonomi og bevilling", "økonomiske og bevillingsmæssige konsekvenser"),
        *("bevillingsmæssige konsekvenser", "økonomiske bemærkninger", "økonomi, finansiering og tidsplan"),
    ),
    SectionKind.ATTACHMENTS: (
        *("bilag", "vedlagte bilag", "bilag vedlagt", "bilagsliste", "bilag til sagen", "bilagsoversigt"),
        *("bilag:", "bilag til punktet"),
    ),
    SectionKind.CASE_FLOW: (
        *("sagens gang", "sagsgang", "beslutningsproces", "videre sagsgang", "kompetence", "hvem beslutter"),
        *("forventet sagsgang", "sagsgang og sagstype", "beslutningskompetence"),
        *(
            "politisk behandling",
            "politisk behandlingsplan",
        ),
        *("politisk proces", "beslutningskompetencen", "afgøres af", "behandles i", "sagen afgøres i"),
    ),
    SectionKind.COMMUNICATION: (*("kommunikation", "kommunikationsplan", "borgerinddragelse"),),
    SectionKind.ABSENT: (
        *("fraværende", "fravær", "fraværende med afbud", "afbud", "afbud fra", "ikke til stede"),
        *("fraværende under punktet", "ikke til stede under punktet"),
    ),
    SectionKind.CONTACTS: (
        *("øvrige sagsbehandlere", "sagsbehandler", "sagsbehandlere", "kontaktperson", "sagsansvarlig"),
    ),
    SectionKind.PRIOR_DECISION: (
        *("tidligere beslutning", "tidligere beslutninger", "tidligere politiske beslutninger"),
    ),
    SectionKind.OTHER: (
        *(
            "bemærkninger til dagsorden",
            "bemærkninger til dagsordenen",
            "lovgrundlag",
            "lov- og plangrundlag",
            "retsgrundlag",
            "retligt grundlag",
            "love/regler",
            "høring",
            "beslutningstema",
        ),
        *("handlemuligheder", "miljøkonsekvenser"),
        *("personalemæssige konsekvenser", "sundhedsmæssige konsekvenser"),
        *("høring, dialog og formidling", "inddragelse og høring", "konsekvenser for klimaet"),
        *("miljømæssige konsekvenser", "andre konsekvenser", "øvrige konsekvenser"),
        *("sagstype", "supplerende bemærkninger", "det videre forløb"),
        *("lovgrundlag, planer mv.", "lovgrundlag og planer"),
    ),
}

# Words that head sections too, but stand alone in running text as well: headings where at least two items
# of a document have them.
WEAK_HEADINGS: dict[SectionKind, tuple[str, ...]] = {
    SectionKind.RESUME: ("indledning",),
    SectionKind.RECOMMENDATION: (
        "forslag",
        "det indstilles",
    ),
    SectionKind.DECISION: (
        "afgørelse",
        "beslutningen",
        "konklusion",
    ),
    SectionKind.PRESENTATION: (
        "sagen",
        "redegørelse",
        "løsning",
        "fremstilling",
        "beskrivelse",
    ),
    SectionKind.ADMINISTRATION_REMARKS: (
        "vurdering",
        "bemærkninger",
    ),
    SectionKind.ECONOMY: ("finansiering",),
    SectionKind.CASE_FLOW: (
        "proces",
        "videre proces",
        "den videre proces",
        "behandling",
        "sagsforløb",
    ),
    SectionKind.COMMUNICATION: (
        "information",
        "orientering",
    ),
    SectionKind.OTHER: (
        "miljø",
        "klima",
        "sundhed",
        "tidsplan",
        "personale",
        "tema",
        "effekt",
        "emne",
        "alternativer",
        "formål",
        "mål",
        "implementering",
        "verdensmål",
        "bæredygtighed",
        "lovgivning",
    ),
}

# Headings whose words can follow on the same line: "Kompetence: Byrådet", "Beslutning: Godkendt."
INLINE_KINDS = frozenset(
    {
        *(SectionKind.CONTACTS, SectionKind.ABSENT, SectionKind.CASE_FLOW, SectionKind.DECISION),
        *(SectionKind.RECOMMENDATION, SectionKind.RESUME),
    }
)

# A paragraph that opens so is a decision, where no heading says it.
DECISION_OPENINGS = (
    *(
        "godkendt",
        "godkendtes",
        "godkendes",
        "tiltrådt",
        "tiltrådtes",
        "vedtaget",
        "vedtoges",
        "udsat",
        "drøftet",
    ),
    *(
        "taget til efterretning",
        "til efterretning",
        "tages til efterretning",
        "til orientering",
        "udgik",
        "udgår",
    ),
    *(
        "indstilles godkendt",
        "indstilles til godkendelse",
        "indstilles tiltrådt",
        "anbefales",
        "ikke godkendt",
    ),
    *("ikke tiltrådt", "henvist til", "oversendes til", "tilbagesendes", "orienteringen blev taget til"),
    *(
        "orienteringen taget til",
        "orienteringen tages til",
        "indstillingen blev",
        "indstillingen er godkendt",
    ),
    *(
        "indstillingen godkendt",
        "indstillingen godkendtes",
        "indstillingen vedtaget",
        "forslaget blev vedtaget",
    ),
    *("forslaget blev forkastet", "forslaget faldt", "redegørelsen blev taget til", "enstemmigt godkendt"),
    *("enstemmigt vedtaget", "sagen blev udsat", "sagen udsættes", "sagen udgår", "foretoges", "faldet"),
    *("et enigt udvalg", "et flertal godkendte", "planen blev godkendt", "redegørelsen taget til"),
)

# What became of an item, in the words of its decision; the first one in the text decides, but for those
# that send the item on to a higher body, which decide wherever they stand.
SENT_ON = (
    *("indstilles", "indstiller at", "indstiller til", "indstillede til", "indstillede over for"),
    *("indstillet til", "anbefales", "anbefalet", "anbefaler godkend*", "anbefalede godkend*", "fremsendes"),
    *("videresendes", "oversendes til byrådet", "oversendes til kommunalbestyrelsen", "anbefaler over for"),
    *("anbefaler indstillingen", "anbefaler til", "oversendes til økonomi*", "sendes videre til"),
    *("anbefaler forslaget", "anbefalede over for", "anbefalede indstillingen", "anbefalede til"),
)
OUTCOME_WORDS: dict[Outcome, tuple[str, ...]] = {
    Outcome.POSTPONED: (
        *("udsat", "udsættes", "udsatte", "udsætter", "udskydes", "udskudt", "udskød", "udgår", "udgik"),
        *("udgået", "tilbagesendes", "tilbagesendt", "tilbagesendte", "sendes tilbage", "sendt tilbage"),
        *(
            "tages af dagsordenen",
            "taget af dagsordenen",
            "genoptages",
            "sende sagen tilbage",
            "sendte sagen tilbage",
        ),
        *("at sende punktet tilbage", "henvist til", "henvises til fornyet behandling"),
    ),
    Outcome.REJECTED: (
        *("forkastet", "forkastes", "forkastede", "afvist", "afvises", "afviste", "nedstemt", "faldet"),
        *(
            "faldt",
            "bortfaldet",
            "bortfaldt",
            "ikke tiltrådt",
            "ikke godkendt",
            "ikke vedtaget",
            "ikke imødekommet",
        ),
        *("imødekommes ikke", "godkendes ikke", "kunne ikke godkendes", "kan ikke godkendes", "afslag"),
        *(
            "forkastedes",
            "ikke tiltræde*",
            "ikke godkende*",
            "ikke tilslutte*",
            "afslås",
            "afslået",
            "imødekommer ikke",
            "godkender ikke",
            "tiltrædes ikke",
            "vedtages ikke",
        ),
    ),
    Outcome.NOTED: (
        *("til efterretning", "noterer sig", "noterede sig", "til orientering", "orientering givet"),
        *("orienteringen givet", "orienteringen blev givet", "orienteret", "til underretning"),
    ),
    Outcome.RECOMMENDED: ("anbefaler", "anbefalede"),
    Outcome.DISCUSSED: ("drøftet", "drøftede", "drøftedes", "drøfter", "blev drøftet", "temadrøftet"),
    Outcome.APPROVED: (
        *("godkendt", "godkendte", "godkendtes", "godkendes", "godkender", "tiltrådt", "tiltrådte"),
        *("tiltrådtes", "tiltrædes", "tiltræder", "vedtaget", "vedtages", "vedtog", "vedtoges", "vedtager"),
        *("imødekommet", "imødekommes", "imødekom", "som indstillet", "bevilges", "bevilget", "bevilliget"),
        *("meddeles", "bevilgede", "vedtagelse af forslaget", "følger indstillingen", "fulgte indstillingen"),
    ),
}
# Nothing was decided: "Intet.", "Ingen bemærkninger.", "Der var ingen emner på listen."
NOTHING = (
    "intet",
    "ingen",
    "ingenting",
    "intet at bemærke",
    "der var ingen",
    "der var intet",
    "der er ingen",
)

# A motion beside the matter itself.
AMENDMENTS = (
    *("ændringsforslag*", "underændringsforslag*", "modforslag*", "procedureforslag*", "mindretalsforslag*"),
    *("tillægsforslag*", "alternativt forslag", "alternative forslag", "delforslag*", "udsættelsesforslag*"),
    *("forslaget om tilbagesendelse", "forslaget om udsættelse", "forslag om tilbagesendelse"),
)
# Someone put a motion: "Venstre foreslog model C.", "Forslag fra C om …"
MOTIONS = (
    *(
        "foreslog",
        "foreslår",
        "stillede forslag",
        "stiller forslag",
        "forslag fra",
        "stillede følgende forslag",
    ),
    *("forslag om at udsætte*", "forslag om udsættelse", "fremsatte forslag", "begærede afstemning om"),
    *("stillet forslag", "for udsættelse", "forslag om at sende"),
)
# The matter itself, after the motions beside it.
MATTERS = (
    *("indstilling*", "flertalsindstilling*", "hovedforslag*", "udvalgets forslag", "det samlede forslag"),
    *(
        "indstillingens",
        "forslaget i sin helhed",
        "sagen som helhed",
        "sagen i øvrigt",
        "derefter",
        "herefter",
    ),
    *("byrådets forslag", "økonomiudvalgets indstilling", "administrationens indstilling", "hele forslaget"),
)

# Who votes as a group, where no letter stands: "Venstre", "Det Radikale Venstre", "SF".
PARTIES = (
    *("socialdemokratiet", "socialdemokraterne", "socialdemokratiets", "socialdemokrater", "venstre"),
    *("venstres", "konservative", "det konservative folkeparti", "de konservative", "radikale venstre"),
    *("det radikale venstre", "de radikale", "radikale", "sf", "socialistisk folkeparti", "enhedslisten"),
    *("dansk folkeparti", "liberal alliance", "alternativet", "nye borgerlige", "danmarksdemokraterne"),
    *("moderaterne", "kristendemokraterne", "kristeligt folkeparti", "centrum-demokraterne", "frie grønne"),
    *(
        "fremskridtspartiet",
        "slesvigsk parti",
        "veganerpartiet",
        "borgernes parti",
        "konservativt folkeparti",
    ),
)
# What the names of other lists end in: "Rebildlisten", "Den Sociale Fællesliste".
PARTY_ENDINGS = (
    "listen",
    "liste",
    "listens",
    "partiet",
    "parti",
    "folkeparti",
    "alliance",
    "gruppen",
    "demokraterne",
)

# Before a name: "borgmester Ane Holm", "1. viceborgmester Bo Lind".
TITLES = (
    *(
        "overborgmester",
        "overborgmesteren",
        "borgmester",
        "borgmesteren",
        "viceborgmester",
        "viceborgmesteren",
        "rådmand",
        "rådmanden",
        "rådmændene",
    ),
    *("formand", "formanden", "næstformand", "næstformanden", "udvalgsformand", "udvalgsformanden"),
    *("byrådsmedlem", "byrådsmedlemmet", "kommunalbestyrelsesmedlem", "medlem", "medlemmet", "stedfortræder"),
    *(
        "stedfortræderen",
        "suppleant",
        "suppleanten",
        "følgende",
        "medlemmerne",
        "alle",
        "mødeleder",
        "hr.",
        "fru",
    ),
)
# Words that stand where a party could, and name none.
NO_PARTY = (
    *("ingen", "alle", "hun", "han", "de", "resten", "øvrige", "flertal", "mindretal", "enkelte", "flere"),
    *("nogle", "begge", "desuden", "herefter", "derefter", "endvidere", "dermed", "godkendt", "forslag"),
    *("enstemmigt", "stedfortræder", "formand", "indstilling", "punkt", "afdelingsleder", "medarbejder"),
    *("endelig", "herudover", "imidlertid", "således", "samtidig", "dernæst", "punktvis", "først", "sidst"),
)
# What a web page prints between the items.
NAVIGATION = (
    *(
        "til indholdsfortegnelse",
        "til toppen",
        "tilbage til oversigten",
        "tilbage til dagsordenen",
        "udskriv*",
    ),
    *("vis bilag", "fold alle*", "print", "luk alle", "næste punkt", "forrige punkt", "læs mere"),
)
# Titles that stand on many agendas, with nothing under them.
STANDING_ITEMS = (
    *("eventuelt", "meddelelser", "underskrift", "underskrifter", "gensidig orientering", "orientering*"),
    *("godkendelse af dagsorden*", "spørgetid*", "lukket punkt*", "bordet rundt", "siden sidst"),
)
# No part of a person's name: groups, bodies, and what opens sentences.
NO_NAME = (
    *("liste", "gruppe", "gruppen", "parti", "partiet", "udvalg*", "kommune*", "forvaltning*", "byråd*"),
    *("kommunalbestyrelse*", "administration*", "direktion*", "alliance", "punkt*", "sag", "beslutning*"),
    *(
        "rådhus*",
        "afdeling*",
        "center",
        "centret",
        "bilag",
        "lokalplan*",
        "budget*",
        "godkendt",
        "der",
        "det",
    ),
    *(
        "den",
        "de",
        "en",
        "et",
        "at",
        "i",
        "på",
        "til",
        "for",
        "imod",
        "undlod",
        "ingen",
        "alle",
        "fraværende",
    ),
    *(
        "afbud",
        "mødested",
        "dagsorden*",
        "referat*",
        "orientering*",
        "vedtaget",
        "tiltrådt",
        "udsat",
        "møde*",
    ),
    *("økonomi*", "teknik", "miljø", "social*", "kultur*", "børn", "skole*", "sundhed*", "ældre*", "plan"),
)


def pattern(*tables: Iterable[str]) -> str:
    """A regular expression for the phrases of `tables`: whole words, the longest first, any white space."""
    phrases = sorted({phrase for table in tables for phrase in table}, key=lambda each: (-len(each), each))
    return rf"(?<![\wæøå])(?:{'|'.join(map(_expression, phrases))})"


def _expression(phrase: str) -> str:
    words = re.escape(phrase.rstrip("*")).replace(r"\ ", r"\s+")
    return rf"{words}[\w-]*" if phrase.endswith("*") else rf"{words}(?![\wæøå])"
