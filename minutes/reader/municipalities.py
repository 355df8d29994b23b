"""The 98 municipalities, and which of them a text is of."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from minutes.reader.records import MunicipalityFound


class Municipality(NamedTuple):
    code: str
    name: str
    region: str


# Codes and regions from Danmarks Statistik's "Regioner, landsdele og kommuner".
MUNICIPALITIES = (
    Municipality("101", "København", "Hovedstaden"),
    Municipality("147", "Frederiksberg", "Hovedstaden"),
    Municipality("151", "Ballerup", "Hovedstaden"),
    Municipality("153", "Brøndby", "Hovedstaden"),
    Municipality("155", "Dragør", "Hovedstaden"),
    Municipality("157", "Gentofte", "Hovedstaden"),
    Municipality("159", "Gladsaxe", "Hovedstaden"),
    Municipality("161", "Glostrup", "Hovedstaden"),
    Municipality("163", "Herlev", "Hovedstaden"),
    Municipality("165", "Albertslund", "Hovedstaden"),
    Municipality("167", "Hvidovre", "Hovedstaden"),
    Municipality("169", "Høje-Taastrup", "Hovedstaden"),
    Municipality("173", "Lyngby-Taarbæk", "Hovedstaden"),
    Municipality("175", "Rødovre", "Hovedstaden"),
    Municipality("183", "Ishøj", "Hovedstaden"),
    Municipality("185", "Tårnby", "Hovedstaden"),
    Municipality("187", "Vallensbæk", "Hovedstaden"),
    Municipality("190", "Furesø", "Hovedstaden"),
    Municipality("201", "Allerød", "Hovedstaden"),
    Municipality("210", "Fredensborg", "Hovedstaden"),
    Municipality("217", "Helsingør", "Hovedstaden"),
    Municipality("219", "Hillerød", "Hovedstaden"),
    Municipality("223", "Hørsholm", "Hovedstaden"),
    Municipality("230", "Rudersdal", "Hovedstaden"),
    Municipality("240", "Egedal", "Hovedstaden"),
    Municipality("250", "Frederikssund", "Hovedstaden"),
    Municipality("253", "Greve", "Sjælland"),
    Municipality("259", "Køge", "Sjælland"),
    Municipality("260", "Halsnæs", "Hovedstaden"),
    Municipality("265", "Roskilde", "Sjælland"),
    Municipality("269", "Solrød", "Sjælland"),
    Municipality("270", "Gribskov", "Hovedstaden"),
    Municipality("306", "Odsherred", "Sjælland"),
    Municipality("316", "Holbæk", "Sjælland"),
    Municipality("320", "Faxe", "Sjælland"),
    Municipality("326", "Kalundborg", "Sjælland"),
    Municipality("329", "Ringsted", "Sjælland"),
    Municipality("330", "Slagelse", "Sjælland"),
    Municipality("336", "Stevns", "Sjælland"),
    Municipality("340", "Sorø", "Sjælland"),
    Municipality("350", "Lejre", "Sjælland"),
    Municipality("360", "Lolland", "Sjælland"),
    Municipality("370", "Næstved", "Sjælland"),
    Municipality("376", "Guldborgsund", "Sjælland"),
    Municipality("390", "Vordingborg", "Sjælland"),
    Municipality("400", "Bornholm", "Hovedstaden"),
    Municipality("410", "Middelfart", "Syddanmark"),
    Municipality("420", "Assens", "Syddanmark"),
    Municipality("430", "Faaborg-Midtfyn", "Syddanmark"),
    Municipality("440", "Kerteminde", "Syddanmark"),
    Municipality("450", "Nyborg", "Syddanmark"),
    Municipality("461", "Odense", "Syddanmark"),
    Municipality("479", "Svendborg", "Syddanmark"),
    Municipality("480", "Nordfyns", "Syddanmark"),
    Municipality("482", "Langeland", "Syddanmark"),
    Municipality("492", "Ærø", "Syddanmark"),
    Municipality("510", "Haderslev", "Syddanmark"),
    Municipality("530", "Billund", "Syddanmark"),
    Municipality("540", "Sønderborg", "Syddanmark"),
    Municipality("550", "Tønder", "Syddanmark"),
    Municipality("561", "Esbjerg", "Syddanmark"),
    Municipality("563", "Fanø", "Syddanmark"),
    Municipality("573", "Varde", "Syddanmark"),
    Municipality("575", "Vejen", "Syddanmark"),
    Municipality("580", "Aabenraa", "Syddanmark"),
    Municipality("607", "Fredericia", "Syddanmark"),
    Municipality("615", "Horsens", "Midtjylland"),
    Municipality("621", "Kolding", "Syddanmark"),
    Municipality("630", "Vejle", "Syddanmark"),
    Municipality("657", "Herning", "Midtjylland"),
    Municipality("661", "Holstebro", "Midtjylland"),
    Municipality("665", "Lemvig", "Midtjylland"),
    Municipality("671", "Struer", "Midtjylland"),
    Municipality("706", "Syddjurs", "Midtjylland"),
    Municipality("707", "Norddjurs", "Midtjylland"),
    Municipality("710", "Favrskov", "Midtjylland"),
    Municipality("727", "Odder", "Midtjylland"),
    Municipality("730", "Randers", "Midtjylland"),
    Municipality("740", "Silkeborg", "Midtjylland"),
    Municipality("741", "Samsø", "Midtjylland"),
    Municipality("746", "Skanderborg", "Midtjylland"),
    Municipality("751", "Aarhus", "Midtjylland"),
    Municipality("756", "Ikast-Brande", "Midtjylland"),
    Municipality("760", "Ringkøbing-Skjern", "Midtjylland"),
    Municipality("766", "Hedensted", "Midtjylland"),
    Municipality("773", "Morsø", "Nordjylland"),
    Municipality("779", "Skive", "Midtjylland"),
    Municipality("787", "Thisted", "Nordjylland"),
    Municipality("791", "Viborg", "Midtjylland"),
    Municipality("810", "Brønderslev", "Nordjylland"),
    Municipality("813", "Frederikshavn", "Nordjylland"),
    Municipality("820", "Vesthimmerlands", "Nordjylland"),
    Municipality("825", "Læsø", "Nordjylland"),
    Municipality("840", "Rebild", "Nordjylland"),
    Municipality("846", "Mariagerfjord", "Nordjylland"),
    Municipality("849", "Jammerbugt", "Nordjylland"),
    Municipality("851", "Aalborg", "Nordjylland"),
    Municipality("860", "Hjørring", "Nordjylland"),
)

_BY_CODE = {each.code: each for each in MUNICIPALITIES}


def _spellings(name: str) -> set[str]:
    """ "Aarhus" and "Århus"; "København" and "Københavns"."""
    forms = {name, name.replace("Aa", "Å").replace("aa", "å"), name.replace("Å", "Aa").replace("å", "aa")}
    return forms | {f"{form}s" for form in forms} | {form.removesuffix("s") for form in forms}


_BY_SPELLING = {spelling: each for each in MUNICIPALITIES for spelling in _spellings(each.name)} | {
    each.name: each for each in MUNICIPALITIES
}

# How much each kind of evidence weighs; a municipality is told by `_ENOUGH` of it, and by `_LEAD` times as
# much as any other has.
_ENOUGH = 2.0
_LEAD = 2.0
_ENOUGH_IN_ONE_ITEM = 6.0
_LETTERHEAD_WEIGHS = 3.0
_FIRST_LINE_WEIGHS = 9.0
_SENTENCE_WEIGHS = 1.0
# "… i Dragør Kommune": where the matter is, if it is not the example of another.
_PLACE_WEIGHS = 2.0
_ELSEWHERE_WEIGHS = 0.25
_CASES_WEIGH = 2.0

_TOWN = r"[A-ZÆØÅ][\wæøåÆØÅ]+(?:-[A-ZÆØÅ][\wæøåÆØÅ]+)?"
# "Randers Kommune", "i Dragør Kommune", "Herning Kommunes", "Jobcenter Herning", "Randers Byråd": the words
# that act, and the town behind or before them
_ACTOR = re.compile(
    r"[ \n](?:(?P<what>[Kk]ommun(?:es?|ale)|Regionskommunes?|Byråds?|Kommunalbestyrelse|Rådhus)\b"
    rf"|(?:Jobcenter|Sprogcenter|Borgerservice) (?P<office>{_TOWN}))"
)
_TOWN_BEFORE = re.compile(rf"(?<![\w-]){_TOWN}$")
_LONGEST_TOWN = 40
# What comes before another municipality, told of in passing.
_IN_PASSING = re.compile(
    r"\b(?:fra|med|og|som|også|ligesom|fx|f\.eks\.|bl\.a\.|blandt|herunder|mellem|eksempelvis|samt|både|af|til|hos|ved|flyttet|naboen)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_WHERE = re.compile(r"\bi (?:hele |resten af )?$")
# A sentence that compares: "Til sammenligning betaler et hus i Rebild Kommune …"
_COMPARES = re.compile(
    r"sammenlign|\bnabo|\berfaring|kendes fra|\bligesom\b|tilsvarende|afprøvet|lignende", re.IGNORECASE
)
_SENTENCE_BEFORE = 120
# "REBILD KOMMUNE", "Rebild Kommune" alone on a line, "Randers Kommune, Laksetorvet" where the meeting is held
_LETTERHEAD = re.compile(rf"^[ \t]*(?P<town>{_TOWN}) (?:KOMMUNE|Kommune)[ \t]*(?:$|[-–,|•])", re.M)
_HELD_AT = re.compile(
    rf"^[ \t]*(?:Mødested|Sted|Lokale)\b[^\n]{{0,40}}?(?P<town>{_TOWN}) (?:Kommune|Rådhus)\b", re.M
)
# "FREDERIKSBERG KOMMUNE": the first line of all
_FIRST_LINE = re.compile(rf"\s*(?P<town>{_TOWN}) (?:KOMMUNE|Kommune)[ \t]*$", re.M)
# "Teknik- og Havneudvalget, Læsø Kommune": behind the committee
_BEHIND_COMMITTEE = re.compile(
    rf"^[^\n]{{0,80}}(?:udvalget|[Bb]yrådet"
    rf"|[Kk]ommunalbestyrelsen),? (?:i )?(?P<town>{_TOWN}) Kommune[ \t]*$",
    re.M,
)
# "330-2019-50118": a case number that begins with the municipality's code.
_CODED_CASE = re.compile(r"-(?:19|20)\d\d-\d{2,7}(?!\d)")
_CODE_BEFORE = re.compile(r"(?<![\d-])\d{3}$")
_FEWEST_CODED = 3
# Only the first lines of a document are a letterhead; furniture of pages may stand anywhere.
_HEAD = 2500
# Who acts is told by so many mentions.
_MOST = 5_000


def known_municipality(spelling: str) -> Municipality | None:
    """Return the municipality that is spelt so, in letters of any case, or None."""
    return _BY_SPELLING.get(spelling) or _BY_SPELLING.get(_in_title_case(spelling))


def find_municipality(text: str, starts: Sequence[int] = (), file_name: str = "") -> MunicipalityFound | None:
    """Return the municipality that acts in `text`, or None when two are as likely, or one is hardly named.

    `starts` are the places where the items of `text` begin: one that a single item names is its matter,
    unless the name of the file has it too.
    """
    text = f"\n{text}"  # every word has white space before it
    weights: defaultdict[Municipality, float] = defaultdict(float)
    evidence: dict[Municipality, str] = {}
    times: Counter[Municipality] = Counter()
    items: defaultdict[Municipality, set[int]] = defaultdict(set)
    named_by_itself: Counter[Municipality] = Counter()  # by its full name, as in a letterhead

    def tell(spelling: str, weight: float, words: str, at: int) -> None:
        found = known_municipality(spelling)
        if found:
            weights[found] += weight
            times[found] += 1
            evidence.setdefault(found, words)
            items[found].add(bisect_right(starts, at))
            named_by_itself[found] += weight >= _LETTERHEAD_WEIGHS

    first = _FIRST_LINE.match(text)
    if first:
        tell(first["town"], _FIRST_LINE_WEIGHS, " ".join(first[0].split()), 0)
    for form in (_LETTERHEAD, _HELD_AT, _BEHIND_COMMITTEE):
        for match in form.finditer(text[:_HEAD]):
            tell(match["town"], _LETTERHEAD_WEIGHS, " ".join(match[0].split()).strip(" ,-–|•"), match.start())
    for count, match in enumerate(_ACTOR.finditer(text)):
        if count >= _MOST:
            break
        start, town = match.start() + 1, match["office"]
        if not town:
            behind = _TOWN_BEFORE.search(text[max(start - _LONGEST_TOWN, 0) : start - 1])
            if not behind:
                continue
            town, start = behind[0], match.start() - len(behind[0])
        before = re.split(r"[.\n]", text[max(start - _SENTENCE_BEFORE, 0) : start])[-1]
        where = _WHERE.search(before)
        ahead = before[: where.start()].rstrip() + " " if where else before
        in_passing = _IN_PASSING.search(ahead) or _COMPARES.search(ahead)
        weight = _ELSEWHERE_WEIGHS if in_passing else _PLACE_WEIGHS if where else _SENTENCE_WEIGHS
        tell(
            town,
            _LETTERHEAD_WEIGHS if (match["what"] or "").startswith("Region") else weight,
            " ".join(text[start : match.end()].split()),
            start,
        )
    before_years = (text[max(match.start() - 4, 0) : match.start()] for match in _CODED_CASE.finditer(text))
    coded = Counter(told[0] for told in map(_CODE_BEFORE.search, before_years) if told)
    for code, number in coded.items():
        if number >= _FEWEST_CODED and code in _BY_CODE and 2 * number > coded.total():
            tell(_BY_CODE[code].name, _CASES_WEIGH, f"{code}-…", 0)
    ranked = sorted(weights.items(), key=lambda each: -each[1])[:2]
    if not ranked or ranked[0][1] < _ENOUGH:
        return None
    if len(ranked) == 2 and ranked[0][1] < _LEAD * ranked[1][1]:
        return None
    winner = ranked[0][0]
    in_one_item = len(starts) > 1 and len(items[winner]) < 2 and 0 not in items[winner]
    sure = named_by_itself[winner] or weights[winner] >= _ENOUGH_IN_ONE_ITEM
    if in_one_item and not sure and _folded(winner.name) not in _folded(file_name):
        return None
    return MunicipalityFound(
        code=winner.code, name=winner.name, evidence=f"“{evidence[winner]}” m.m., {times[winner]} steder"
    )


def _folded(name: str) -> str:
    """Return a name as files and addresses have it: "Brønderslev" → "broenderslev"."""
    return name.casefold().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")


def _in_title_case(name: str) -> str:
    """ "REBILD" → "Rebild", "HØJE-TAASTRUP" → "Høje-Taastrup"."""
    return "-".join(part.capitalize() for part in name.split("-")) if name.isupper() else name
