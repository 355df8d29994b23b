"""Patterns of sentences about attendance, in which marks stand for the people: "¤0 havde meldt afbud"."""

import re

_MARK = r"¤(\d+)"
DECIDED = re.compile(r"(?:Godkend|Anbefal|Vedtag|Udsat|Udsæt|Tiltråd|Drøft|Orienter)\w*\s[A-ZÆØÅ]")
# "Som stedfortræder deltog Ida Krog (A) Bo Dam (V) var fraværende.": a full stop lost behind a line
NO_STOP = re.compile(
    r"(?<=[A-ZÆØÅ]\))\s+(?=(?:[A-ZÆØÅ][\w.'-]+\s){2,5}(?:\([A-ZÆØÅ]{1,2}\)\s)?(?:var|havde|er|deltog|mødte)\b)"
)
# "¤0, ¤1 og ¤2": people of whom the same is said
LIST = re.compile(r"¤\d+(?:\s*(?:,|;|&|\+|,?\s*\b(?:og|samt)\b)\s*(?:medlem\s|følgende:?\s)?¤\d+)*")
# "¤0 deltog i stedet for ¤1 og ¤2 deltog i stedet for ¤3": ¤1 and ¤2 are no list
NEXT_PAIR = re.compile(
    r"(?P<ahead>\bfor\s+¤\d+),?\s+(?:og|samt)\s+(?P<behind>¤\d+\s+(?:deltog|mødte|deltager|møder|indkaldt)\b)"
)
LISTED = re.compile(r"¤(\d+)")
ITEMS = re.compile(
    r"\b(?:sag(?:en|erne)?|(?:dagsordens?)?punkt(?:et|erne)?|pkt\.?|dagsordenens)\s*(?:nr\.?\s*)?:?\s*"
    r"(?P<items>\d(?:[\d\s,&–-]|og\b|til(?=\s\d))*)",
    re.IGNORECASE,
)
RANGE = re.compile(r"(\d{1,4})(?:(?:\s*[-–]\s*|\s+til\s+)(\d{1,4}))?")
# Of the meeting's whole length: "bortset fra ¤0", "alle undtagen ¤0"
EXCEPT = re.compile(
    rf"\b(?:bortset fra|med undtagelse af|undtagen|undtaget|på nær|minus|ud over|ekskl\.?):?\s+{_MARK}",
    re.IGNORECASE,
)
ALL_CAME = re.compile(r"\b(?:mødt|til ?stede|deltog|mødte|fremmødte?|deltager)\b", re.IGNORECASE)
_HIS = r"(?:hendes|hans|deres|dennes|vedkommendes)"
_DEPUTY = (
    rf"(?:\d\.\s*)?(?:som\s+)?(?:{_HIS}\s+)?(?:\d\.\s*)?"
    r"(?:stedfortræder|suppleant|vikar|afløser)(?:er|en?|ne)?"
)
_COMES = r"(?:deltog|deltager|mødte|møder|mødt|indkaldt|indtrådt?e?|var|er|blev)"
_IN_PLACE = rf"i\s+(?:stedet|{_HIS}\s+sted)"
# "¤0 deltog som suppleant for ¤1", "¤0 var indkaldt i stedet for ¤1", "¤0 deltog i stedet"
SUBSTITUTES = re.compile(
    rf"{_MARK},?\s+(?:{_COMES}\s+){{1,2}}(?:(?:i|på) mødet\s+)?(?:ind\s+)?"
    rf"(?:{_DEPUTY}|{_IN_PLACE})(?:\s+(?:for|til)\s+{_MARK})?",
    re.IGNORECASE,
)
# "Partiet anmodede om, at ¤0 (…) blev indkaldt som stedfortræder for ¤1"
CALLED_IN = re.compile(
    rf"{_MARK}[^¤]{{0,200}}?\b(?:indkald\w+|indtræde\w*|indtrådte)\s+{_DEPUTY}\s+for\s+(?:\w+\s)?{_MARK}",
    re.IGNORECASE,
)
# "¤0 stedfortræder for ¤1", "¤0 deltog for ¤1"
FOR = re.compile(
    rf"{_MARK},?\s+(?:(?:var|er|blev)\s+)?(?:{_DEPUTY}|deltog|mødte|deltager|indkaldt)"
    rf"\s+(?:i mødet\s+)?for\s+{_MARK}",
    re.IGNORECASE,
)
# "For Ane Holm mødte Bo Lind": the word ahead of a name; "For ¤0 mødte stedfortræder ¤1"
FOR_WHOM = re.compile(r"For\s[A-ZÆØÅ]")
FOR_AHEAD = re.compile(
    rf"^(?:I stedet\s)?for\s+{_MARK}\s+(?:{_COMES}|indtræder)\s+(?:{_DEPUTY}\s+)?{_MARK}", re.IGNORECASE
)
# "¤0, afløst af ¤1", "¤0 blev erstattet af ¤1"
REPLACED = re.compile(
    rf"{_MARK},?\s+(?:(?:er|var|blev)\s+)?(?:afløst|erstattet|repræsenteret)\s+(?:af|ved)\s+{_MARK}",
    re.IGNORECASE,
)
# "¤0 er på orlov, og ¤1 er indkaldt."
ALSO_CALLED_IN = re.compile(
    rf"(?:,?\s+og|;|\s[-–])\s+{_MARK}\s+(?:(?:er|var|blev)\s+)?indkaldt\.?$", re.IGNORECASE
)
# "Afbud fra ¤0, stedfortræder ¤1"
DEPUTY_BETWEEN = re.compile(
    rf"{_MARK}(?:\s(?:fraværende(?:\smed\safbud)?|(?:grundet|pga\.?)\s[^¤,.]{{2,40}}))?,?\s+(?:[-–]\s+)?{_DEPUTY}\s*:?\s+{_MARK}"
    r"(?!\s(?:grundet|pga))",
    re.IGNORECASE,
)
# "¤0 har forfald, hvorfor 2. stedfortræder ¤1 er indkaldt"
DEPUTY_COMES = re.compile(
    rf"{_MARK}\s+[^¤.;]{{3,80}}?(?:hvorfor|og|så),?\s+{_DEPUTY}\s*,?\s+{_MARK}[^¤.;]{{0,60}}?\b{_COMES}\b",
    re.IGNORECASE,
)
# "Stedfortræder ¤0 deltog.": for somebody named before
DEPUTY_TITLE = re.compile(r"(?:Stedfortræder|Suppleant)\s(?=[A-ZÆØÅ])")
DEPUTY_CAME = re.compile(rf"^(?:Stedfortræder|Suppleant)\s+{_MARK}\s+(?:deltog|mødte|deltager)\b")
DEPUTY_BEHIND = re.compile(rf"{_MARK}\s+{_DEPUTY}\b(?!\s+for)", re.IGNORECASE)
# "i stedet for ¤0 mødte ¤1", "som stedfortræder fra V deltog ¤0", "I ¤0s sted deltog ¤1"
INSTEAD = re.compile(
    rf"(?:{_DEPUTY}(?:\s+(?:fra|for)\s+(?:liste\s+)?(?P<party>\w+))?"
    rf"|{_IN_PLACE}|for (?:hende|ham|denne|sidstnævnte)|i(?=\s+¤))"
    rf"(?:\s+(?:for\s+)?{_MARK}s?(?:\s+sted)?)?"
    rf"\s+(?:{_COMES}\s*){{1,2}}(?:{_DEPUTY}\s*)?:?\s*{_MARK}",
    re.IGNORECASE,
)
# "¤0, i hvis sted ¤1 deltog", "¤0, for hvem ¤1 mødte"
IN_WHOSE_PLACE = re.compile(
    rf"{_MARK}\)?,?\s+(?:i hvis sted|for hvem)\s+(?:\w+\s)?{_MARK}(?:\s+{_COMES}\b|(?=\.?$))", re.IGNORECASE
)
# "… ankom kl. 17.20 og ¤1 kl. 17.45": the next one of whom the same is said
ALSO_AT = re.compile(rf"{_MARK}\s+(?P<rest>kl\b[^¤]*)", re.IGNORECASE)
# "indkaldt, men mødte ikke frem", "som stedfortræder valgtes …"
NO_SUBSTITUTE = re.compile(
    r"ikke (?:frem|op)\b|ingen suppleant|\b(?:valgt|udpeg|vælge)"
    r"|(?:stedfortræder|suppleant|indkaldt|afløser|vikar)[^.;]{0,50}"
    r"\b(?:kan|kunne|var|er|ønsker) (?:\w+ )?ikke",
    re.IGNORECASE,
)
# "meldt afbud", "havde forfald", "fraværende", "udeblev"
_EXCUSED = (
    r"(?:meldte?|sendte?|givet)\s+(?:sin\s+)?(?:afbud|forfald|fra)|(?:har|havde)\s+(?:afbud|forfald)"
    r"|fraværende|forhindre(?:t|de)|udeblev\w*"
)
# "deltog ikke", "var ikke til stede", "ej mødt"
_NOT_HERE = (
    r"(?:var|er|mødte|deltog|deltager|deltaget|mødt|kunne|medvirke(?:de|r))\s+(?:\w+\s+)?ikke\b"
    r"(?:\s+(?:til ?stede|mødt|deltage))?|(?:ikke|ej)\s+(?:til ?stede|mødt|fremmødt)"
)
_AWAY = f"(?:{_EXCUSED}|{_NOT_HERE})"
STAYED_AWAY = re.compile(
    rf"{_MARK}\)?,?\s+(?:(?!ikke\b)[\w.]+\s+){{0,4}}?{_AWAY}(?P<rest>[^¤]*)", re.IGNORECASE
)
# "Afbud fra ¤0", "Fraværende var ¤0", "havde meldt afbud: ¤0", "Ikke til stede: ¤0"
AWAY_LIST = re.compile(
    rf"(?:\bafbud|\bforfald|{_AWAY})"
    r"(?:\s+(?:fra|var|er|med|modtaget|meldt|afbud|forfald|(?:i|på|ved) mødet))*\s*:?\s*"
    rf"{_MARK}(?P<rest>[^¤]*)",
    re.IGNORECASE,
)
# "¤0 er på orlov", "¤0 holder pause", "¤0 er syg"; only where the words are about this meeting
ON_LEAVE = re.compile(
    rf"{_MARK},?\s+(?:er|var|har|havde|holder|holdt)\s+"
    r"(?:(?!tilbage|fra\b|under|ikke|trådt)[\w.]+\s+){0,12}?"
    r"(?:syge?|orlov|ferie|pause|barsel)\b",
    re.IGNORECASE,
)
# "Kirsten", "Hans" before a verb: a given name alone
GIVEN = re.compile(r"(?<![\w¤-])(?!Hans (?:\d\.\s)?(?:suppleant|stedfortræder))[A-ZÆØÅ][a-zæøåé]+(?![\w-])")
# "Bo Lind, Gert winther og Eva Kirk": a surname in small letters between other people
SMALL_SURNAME = re.compile(
    r"(?<=,\s)(?P<given>[A-ZÆØÅ][a-zæøåé]+)\s(?!og\b|samt\b)[a-zæøåé]{4,}(?=\s*(?:,|og|samt)\s*¤)"
)
AWAY_NOTE = re.compile(r"(?:med )?(?:afbud|forfald)", re.IGNORECASE)
EXCUSES = re.compile(r"afbud|forfald|udeblev", re.IGNORECASE)
# What makes an absence one from items or from a part of the meeting.
PARTLY = re.compile(
    r"\b(?:behandling|drøftelse|afstemning|beslutning|sag(?:en|ens|erne)?\b|punkt|pkt|lukkede|åbne"
    r"|dele?n? af|resten|første|sidste|(?:fra|til|før|efter) kl|herefter|under)",
    re.IGNORECASE,
)
# "deltog ikke i den lukkede del"
CLOSED_ITEMS = re.compile(r"\b(?:(?:mødets|den|de) lukkede|lukke(?:t|de) (?:møde|punkt|del))", re.IGNORECASE)
# "forlod mødet under behandlingen af dette punkt, efter afstemningen om pkt. 1": a part of the item
THIS_ITEM = re.compile(r"\b(?:dette|nærværende) punkt\b", re.IGNORECASE)
# "¤0 deltog i punkterne 1 til 5", "¤0 deltog kun under punkt 3"
ATTENDED_ITEMS = re.compile(
    rf"^{_MARK},?\s+(?:deltog|deltager|var med|var til ?stede)\s+(?:alene\s+|kun\s+)?(?:i|under|ved)\s+"
    r"(?:behandlingen af\s+)?(?P<rest>(?:punkt|pkt)[^¤]*)$",
    re.IGNORECASE,
)
# "ankom", "mødte først kl. 18", "deltog derfor først i mødet fra"
_COMING = (
    r"ankom|kom\b|indtrådte|tiltrådte|tilsluttede sig|stødte til|først\s+kl"
    r"|mødte\s+(?:op\s+|ind\s+)?(?:først\s+)?(?:kl|efter)"
    r"|(?:deltog|deltager|(?:var |er )?til ?stede|med)\s+(?:(?:derfor|først|(?:i|på) \w*mødet)\s+){0,3}fra\b"
)
# "¤0 ankom kl. 17.32", "¤0 deltog fra pkt. 3", "¤0 var forsinket og kom kl. 18"
ARRIVED = re.compile(
    rf"{_MARK},?\s+(?:(?!forl[oø]d|gik\b|udtråd|ikke\b)[\w.]+,?\s+){{0,6}}?(?:{_COMING})(?P<rest>[^¤]*)",
    re.IGNORECASE,
)
# "¤0 forlod mødet kl. 18.20", "¤0 gik kl. 16", "¤0 deltog til kl. 17"
LEFT = re.compile(
    rf"{_MARK},?\s+(?:[\w.]+\s+){{0,6}}?(?:forl[oø]d|gik\b|udtrådte"
    r"|(?:deltog|deltager|til ?stede)\s+(?:indtil|til(?: og med)?)\s)(?P<rest>[^¤]*)",
    re.IGNORECASE,
)
# "Ida Krog Bo Lind ankom kl. 16"
MOVES_BEHIND = re.compile(r"\s+(?:ankom|kom|forl[oø]d|gik|mødte\s+(?:først\s+)?kl)\b")
RECUSED = re.compile(rf"{_MARK}\)?,?\s+[^¤.]{{0,90}}?\binhabil|\binhabil[^¤.]{{0,30}}{_MARK}", re.IGNORECASE)
DISQUALIFIED = re.compile(r"\binhabil", re.IGNORECASE)
CAME = re.compile(
    rf"{_MARK}\s+(?:deltog|mødte|(?:var|er) til ?stede|deltager|var med)"
    r"(?:\s+i mødet)?(?:\s+(?:via \w+|virtuelt|online|digitalt|telefonisk|pr\. telefon|på teams))?\.?$",
    re.IGNORECASE,
)
# "Til stede var ¤0."
PRESENT_LIST = re.compile(rf"(?:Til ?stede|Mødt|Fremmødt) var:?\s+{_MARK}\.?", re.IGNORECASE)
# "Pkt. 2 var på grund af inhabilitet."
WHY_ITEM = re.compile(
    r"(?:pkt|punkt|sag)\.?\s*(?:nr\.?\s*)?(?P<item>\d{1,4})\b[^¤]{0,60}\binhabil", re.IGNORECASE
)
AFTER = re.compile(r"\b(?:efter|under|i løbet af)\b", re.IGNORECASE)
RETURNED = re.compile(r"\b(?:kom|vendte)\s+(?:\w+\s+)?tilbage\b|\btil kl\b", re.IGNORECASE)
# Words of which a sentence about attendance has one; those of leave count only in a text about this meeting.
_SAYING = (
    *(
        "afbud",
        "forfald",
        "fravær",
        "forhindr",
        "udeblev",
        "ikke",
        " ej ",
        "stedfortræd",
        "suppleant",
        "stedet",
    ),
    *(
        "ankom",
        "kom ",
        "indtræder",
        "indtråd",
        "tiltråd",
        "tilslutte",
        "stødte",
        "forl[oø]d",
        "gik ",
        "udtråd",
        "deltog",
    ),
    *("mødt", "til ?stede", "undtag", "bortset", "på nær", "inhabil", "indkaldt", " for ", " sted"),
)
_OF_LEAVE = ("orlov", "ferie", "pause", "barsel", r"\bsyg", "afløst", "erstattet", "repræsenteret")
CAN_SAY = re.compile("|".join(_SAYING), re.IGNORECASE)
CAN_SAY_OF_MEETING = re.compile("|".join((*_SAYING, *_OF_LEAVE)), re.IGNORECASE)
