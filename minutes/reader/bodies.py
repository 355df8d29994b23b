"""Councils, committees and boards, recognised by the noun that heads the name."""

import re
from typing import NamedTuple

from minutes.reader.words import WORDS, pattern

# "Beskæftigelsesudvalget", "Social- og Sundhedsudvalget", "Børne-, Uddannelses- og Kulturudvalget",
# "Børn og skoleudvalget", "byrådet", "beskæftigelsesudvalgsmødet", "børne- og ungeudvalget",
# "Udvalget for Kultur og Fritid", "Teknisk Udvalg", "Magistraten", "Ældrerådet"
_WORD = r"[A-ZÆØÅ][\wæøåÆØÅ]{0,40}"
_COUNCIL = (
    r"[Bb]yråd(?:et)?|[Kk]ommunalbestyrelsen?|[Bb]orgerrepræsentationen?|[Kk]ommunalrådet|[Mm]agistraten?"
)
_BOARD = rf"(?:{_WORD}|[Rr]egions|[Aa]mts|[Ss]kole)(?:bestyrelsen?|kommissionen?|nævnet|nævn)"
_RAAD = rf"(?:{_WORD}|[Rr]egions|[Aa]mts|[æÆ]ldre|[Ss]enior|[Hh]andicap)råd(?:et)?"
COMMITTEE = (
    rf"(?:(?:{_WORD}-?(?:, {_WORD}-?){{0,3}},? (?:og|&) "
    rf"|[a-zæøå]{{1,40}}-(?:, [a-zæøå]{{1,40}}-){{0,3}},? og )?"
    rf"(?:[\wæøåÆØÅ]{{1,60}}-?udvalg(?:et)?|{_COUNCIL}|{_RAAD}|{_BOARD})"
    rf"|[Uu]dvalget for {_WORD}(?:(?:, | og |, og | & ){_WORD}){{0,4}}"
    rf"|(?:Teknisk|Socialt|Kulturelt|Økonomisk|{_WORD}sk) [Uu]dvalg|Grønt [Rr]åd)"
)
COMMITTEE_PATTERN = re.compile(COMMITTEE)

# The word that heads a body's name, alone or at the end of a compound: "Økonomiudvalget", "Grønt Råd",
# "Ældrerådsmødet", "Socialudvalgets", "ØKONOMIUDVALGET"
_HEAD = re.compile(
    r"(?<![\w])(?P<stem>[\w/-]{0,60}?)(?P<head>udvalg|råd|bestyrelse|nævn|kommission|magistrat|direktion"
    r"|repræsentation|repræsentantskab|forum|komite|komité|gruppekreds|formandskreds)"
    r"(?P<definite>et|en|n|met)?(?P<behind>smøde(?:t|r)?|møde(?:t)?|s)?(?!\w)",
    re.IGNORECASE,
)
_CAN_NAME = re.compile(
    r"udvalg|råd|bestyrelse|nævn|kommission|magistrat|direktion|repræsent|forum|komit|kreds", re.IGNORECASE
)
# Stems with which the word is no body's name: "rådhusforum" aside, "godt råd", "tilråd"
_NO_BODY = frozenset({"til", "for", "an", "fra", "u", "møde"})
# "Opgaveudvalget for Byliv": nothing but a task tells them apart
_OF_TASKS = frozenset({"opgave", "projekt", "arbejds", "styre", "særlige"})
_REPRESENTATIVES = re.compile(r"(?:medarbejder|elev|forældre)repræsentation\w*", re.IGNORECASE)
# "Børne- og ", "Børne-, Fritids- og ", "Børn, Unge og ", "Plan & ": what a compound has before it
_LIST_BEFORE = re.compile(
    r"(?P<list>(?:[\w/-]{1,40},\s|[\w/]{1,40}-\s){0,4}[\w/-]{1,40},?\s(?:og|&|samt)\s)$", re.IGNORECASE
)
# "Teknisk ", "Det Rådgivende ": before a head without further words
_ADJECTIVES = re.compile(
    r"(?P<list>(?:[Dd]et\s)?(?!(?:På|Til|Ved|Fra|For|Om|Med|Et|Hvert|Alle|Dette|Beslutning|Indstilling)\s)[A-ZÆØÅ][\wæøåÆØÅ-]{1,40}\s)$"
)
_SHARED = re.compile(
    r"(?P<list>(?:[Dd](?:et|en)\s(?:[a-zæøåA-ZÆØÅ][\wæøå]{2,30}[es]\s){1,2}|\b[Mm]idlertidigt\s))$"
)
# "§ 17, stk. 4-", "§17 stk. 4 "
_SECTION_17 = re.compile(r"(?P<list>§\s?17,?\s?stk\.?\s?4[\s-]{0,2})$", re.IGNORECASE)
# "Indre By ", "Brønshøj-Husum ": the district of a local committee
_DISTRICT = re.compile(r"(?P<list>(?:[A-ZÆØÅ][\wæøåÆØÅ.-]{1,30}\s){1,3})$")
# "Aarhus ", "Aarhus Kommunes ": the town whose council it is
_TOWN_BEFORE = re.compile(
    r"(?P<list>[A-ZÆØÅ][\wæøåÆØÅ]+(?:-[A-ZÆØÅ][\wæøåÆØÅ]+)?\s(?:(?:Kommunes?|KOMMUNES?)\s)?)$"
)
# " for Kultur og Fritid", " for Børn, Unge og Uddannelse", " for regional udvikling", " om klima"
_MATTER = re.compile(r"\s(?:for|om|vedr\.?|vedrørende)\s(?P<words>[^.:;()\d]{2,90})")
_MATTER_ENDS = re.compile(
    r"\s+(?:den|d\.|kl\.?|i|på|holder|holdt|afholdt|afholder|mødtes|havde|har|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|referat|dagsorden"
    r"|beslutningsprotokol)\b|\s[-–•|]\s|\t|,\s(?:mandag|tirsdag|onsdag|torsdag|fredag|den|d\.)|,?\s*$|\s+(?:og|samt)\s+§",
    re.IGNORECASE,
)
# "Rådet for handicap og udsatheds møde"
_MEETING_BEHIND = re.compile(r"(?:(?<=\w)['’]?|\s)s\s(?:\w+\s)?(?:møde(?:t)?|beslutning(?:er)?|referat)$")
# "Udvalget for Havet Nørby Fritidscenter": the house of the meeting behind the name
_HOUSE_BEHIND = re.compile(
    rf"(?<=[a-zæøå])\s[A-ZÆØÅ]\w+\s[A-ZÆØÅ]\w*(?:{'|'.join(map(re.escape, WORDS.places.nouns))})(?:et|en)?$"
)
# "Socialudvalget inkl. de hjemløse borgere"
_INCLUDES = re.compile(
    r"\s+(?:inkl\.?|inklusive|herunder)(?:\s+[a-zæøå]+){1,8}?(?=\s+(?:d\.|den\s\d|kl\b|\d)|\s*[-–,|(:]|\s*$)"
)
# "Seniorråd Øst"
_QUARTER_BEHIND = re.compile(r"(?<=d)\s(?:Øst|Vest|Nord|Syd|Midt)\b(?!\s[A-ZÆØÅ])")
# "Beskæftigelsesudvalget 2013-2021", "Arbejdsmarkedsudvalget 2018 - 2021", "Folkeoplysningsudvalget (18-21)"
_TERM_BEHIND = re.compile(r"\s*\(?\b(?P<from>(?:19|20)?\d\d)\s*[-–]\s*(?P<to>(?:19|20)?\d\d)\)?(?![\d.:-])")
# "UDVALG 14-17 Byrådet"
_TERM_AHEAD = re.compile(r"(?P<from>(?:19|20)?\d\d)\s*[-–]\s*(?P<to>(?:19|20)?\d\d)\s+$")
_OPENS = re.compile(
    rf"(?:{pattern(WORDS.header.meeting_words, WORDS.header.title_words)}\s*)+", re.IGNORECASE
)
_LONGEST_TERM = 14
# Heads that name a body without anything before or behind them.
_NAMES_ALONE = frozenset({"magistrat", "direktion"})
_SPACE = re.compile(r"\s+")
_INNER_CAPITAL = re.compile(r"(?<=[a-zæøå])(?:Udvalg|Råd|Bestyrelse|Nævn|Kommission)")
_SMALL_WORDS = frozenset({"Og", "For", "I", "Om", "Af", "Samt"})


class Body(NamedTuple):
    """A body named in a text. `name` is without town, term and kind; the text has it from start to end.

    `meeting` when the word says that it meets: "Ældrerådsmødet"; `genitive`: "Ældrerådets"; `town` is what
    is before the name of a council: "Aarhus".
    """

    name: str
    printed: str
    start: int
    end: int
    term: str | None = None
    town: str | None = None
    meeting: bool = False
    genitive: bool = False


def bodies_in(text: str) -> list[Body]:
    """Return the bodies that `text` names, in their order, without bare "udvalget" and "rådet"."""
    if not _CAN_NAME.search(text):
        return []
    bodies: list[Body] = []
    for match in _HEAD.finditer(text):
        body = _body(text, match, bodies[-1].end if bodies else 0)
        if body:
            bodies.append(body)
    return bodies


def _body(text: str, match: re.Match[str], after: int) -> Body | None:
    """Return the body headed by the word of `match`; `after` is the end of the body named before."""
    if match["stem"].lower().rstrip("-") in _NO_BODY or _REPRESENTATIVES.fullmatch(match[0]):
        return None
    place = _extent(text, match, after)
    if place is None:
        return None
    start, end, town = place
    printed = text[start:end]
    if not printed.startswith("§") and not any(letter.isalpha() for letter in printed[:3]):
        return None
    behind = _TERM_BEHIND.match(text, end)
    term = behind or _TERM_AHEAD.search(text[max(start - _LONGEST_TERM, 0) : start])
    ahead = "" if behind or not term else term[0]
    as_printed = ahead + (f"{town} " if town else "") + printed + (behind[0] if behind else "")
    suffix = (match["behind"] or "").lower()
    return Body(
        name=definite(in_small_letters(printed)),
        printed=_SPACE.sub(" ", as_printed),
        start=start - (len(town) + 1 if town else 0),
        end=behind.end() if behind else end,
        term=f"{_year(term['from'])}-{_year(term['to'])}" if term else None,
        town=town,
        meeting="møde" in suffix,
        genitive=suffix == "s",
    )


def _extent(text: str, match: re.Match[str], after: int) -> tuple[int, int, str | None] | None:
    """Return where a body's name begins and ends, and the town before it; None where it has no name."""
    stem, start = match["stem"], match.start()
    end = match.end("definite") if match["definite"] else match.end("head")
    before = text[after:start]
    section = _SECTION_17.search(before + stem)
    if section:
        return start - len(section["list"]) + len(stem), end + len(_matter(text, end)), None
    if stem:
        begin, town = _extended(text, match, after)
        task = _matter(text, end) if stem.lower().rstrip("-") in _OF_TASKS else ""
        behind = _INCLUDES.match(text, end) or _QUARTER_BEHIND.match(text, end)
        return begin, behind.end() if behind else end + len(task), town
    matter = _matter(text, end)
    ahead = _SHARED.search(before) or _ADJECTIVES.search(before)
    if ahead and _is_no_board(ahead["list"], match):
        return start, end, None
    if ahead and not _is_opening(ahead["list"]):
        return start - len(ahead["list"]), end + len(matter), None
    meets = match["head"].lower() == "repræsentantskab" and "møde" in (match["behind"] or "").lower()
    if matter or meets or match["head"].lower() in _NAMES_ALONE:
        return start, end + len(matter), None
    return None


def _is_no_board(words: str, match: re.Match[str]) -> bool:
    """Return True for the word before a board's meeting that is no genitive: "Nordby Bestyrelsesmøde"."""
    meets = "møde" in (match["behind"] or "").lower()
    return meets and match["head"].lower() == "bestyrelse" and not words.rstrip().endswith(("s", "e"))


def _extended(text: str, match: re.Match[str], after: int) -> tuple[int, str | None]:
    """Return where the name of a compound begins, and the town before it."""
    start, before = match.start(), text[after : match.start()]
    stem = match["stem"].lower().rstrip("-")
    listed = _LIST_BEFORE.search(before)
    if listed and _is_list(listed["list"]):
        opening = _OPENS.match(listed["list"])
        return start - len(listed["list"]) + (opening.end() if opening else 0), None
    shared = _SHARED.search(before)
    if shared:
        return start - len(shared["list"]), None
    if stem == "lokal":
        district = _DISTRICT.search(before)
        if district:
            opening = _OPENS.match(district["list"])
            return start - len(district["list"]) + (opening.end() if opening else 0), None
    town = _TOWN_BEFORE.search(before)
    if town and not _is_opening(town["list"]) and not _CAN_NAME.search(town["list"]):
        return start, town["list"].strip()
    return start, None


def _is_list(words: str) -> bool:
    """Return True if the words before a compound are of its name: "Børne- og ", not "Teknisk Udvalg og "."""
    if _CAN_NAME.search(words):
        return False
    first = words.split()[0]
    if first[0].isupper():
        return not _is_opening(first)
    return first.rstrip(",").endswith("-")


def _is_opening(words: str) -> bool:
    return bool(_OPENS.fullmatch(words.strip()))


def _matter(text: str, end: int) -> str:
    """Return " for Kultur og Fritid" behind a head without further words, or ""."""
    match = _MATTER.match(text, end)
    if not match:
        return ""
    ends = _MATTER_ENDS.search(match[0], len(match[0]) - len(match["words"]))
    matter = (match[0][: ends.start()] if ends else match[0]).rstrip(" ,-–")
    return _HOUSE_BEHIND.sub("", _MEETING_BEHIND.sub("", matter))


def _year(printed: str) -> str:
    return printed if len(printed) == 4 else f"20{printed}"


# "Brønshøj-husum", not "Teknik-" or "4-udvalget"
_DISTRICTS = re.compile(r"(?<=[a-zæøå]-)[a-zæøå](?=[a-zæøå]{2,}$)(?!\w*udvalg)")


def in_small_letters(name: str) -> str:
    """Return a name in capitals as it is written in running text: "BØRNE- OG UNGEUDVALGET"."""
    name = _SPACE.sub(" ", name).strip(" ,.-–")
    if not name.isupper():
        # "SeniorRåd"
        return _INNER_CAPITAL.sub(lambda match: match[0].lower(), name)
    words = [_DISTRICTS.sub(lambda part: part[0].upper(), word.capitalize()) for word in name.split()]
    return " ".join(
        word.lower() if place and word in _SMALL_WORDS else word for place, word in enumerate(words)
    )


# "Ældreråd" → "Ældrerådet"; names of several words are unchanged: "Teknisk Udvalg", "Grønt Råd"
_INDEFINITE = (
    (("udvalg", "råd", "nævn", "skab"), "et"),
    (("bestyrelse",), "n"),
    (("kommission", "repræsentation", "magistrat", "direktion", "kreds"), "en"),
)


def definite(name: str) -> str:
    """Return a body's name with a capital, in the definite form where it is one word or a list of words."""
    name = _SPACE.sub(" ", name).strip()
    if " " not in name.replace("- og ", "-og-").replace("-, ", "-"):
        for heads, ending in _INDEFINITE:
            if name.lower().endswith(heads):
                name += ending
                break
    return name[:1].upper() + name[1:]


def same_committee(one: str | None, other: str | None) -> bool:
    """Return True if two printed names are of one committee: case, hyphens and the definite ending aside."""
    return bool(one and other) and committee_key(one or "") == committee_key(other or "")


_KEY = re.compile(r"[\s,.-]+|\bog\b|&")


def committee_key(name: str) -> str:
    key = _KEY.sub("", name.casefold())
    for ending in ("smøde", "s", "et", "en", "n"):
        key = key.removesuffix(ending)
    return key
