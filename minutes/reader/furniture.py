"""Lines that pages print around the text: heads and feet, page numbers, navigation, addresses.

They are recognised by repetition, by their place at the ends of pages and by their shape.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from minutes.reader.cases import NO_CASE
from minutes.reader.phrases import HEADINGS, Row
from minutes.reader.words import WORDS, pattern

# "Side 3", "side 3 af 12", "Byrådet   27-03-2014   Side 4"
_PAGE = re.compile(
    r"(?:.{0,90}\s)?(?:Side|S\.)[:\s]\s*\d{1,4}(?:\s*(?:af|/|ud af)\s*\d{1,4})?(?:\s.{0,90})?", re.IGNORECASE
)
_SAYS_PAGE = re.compile(r"[Ss]ide|SIDE|S\.")
# "- 4 -", "3/12"
_PAGE_ALONE = re.compile(r"(?:-\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*-)?")
_BARE_PAGE = re.compile(r"(?P<dash>[-–]\s*)?(?P<number>\d{1,3})(?P<of>\s*(?:/|af)\s*\d{1,3})?\.?(?:\s*[-–])?")
_LONGEST_PAGE_NUMBER = 14
_PAGE_LAST = re.compile(r"\s(?:Side|side|S\.)[:\s]\s*\d{1,4}(?:\s*(?:af|/)\s*\d{1,4})?$")
_SENTENCES = re.compile(r"[.!?] [A-ZÆØÅ]")
_FEWEST_PAGES = 3
# A running head is no sentence.
_MOST_WORDS = 10
_FIGURES = re.compile(r"\d+")
_LONGEST_FURNITURE = 160
# A running head without a page number: "Byrådet den 28-09-2015", "Fredensborg Kommune 2015"
_RUNNING_HEAD = re.compile(
    r"(?=.*\d).*(?:kommune|referat|dagsorden|protokol|udvalg|byråd|kommunalbestyrelse)", re.IGNORECASE
)
# "Gribskov Kommune, Rådhusvej 3, 3200 Helsinge": an address at the foot of every page
_ADDRESS = re.compile(r"Kommune\b.{1,60}\b\d{4} [A-ZÆØÅ][\wæøåÆØÅ ]{1,30}$")
# What the head or foot of a page names, where it has no page number.
_NAMES_DOCUMENT = re.compile(
    r"(?=[A-ZÆØÅ#–-]).{0,90}(?:kommune|referat|dagsorden|protokol|udskrift|udvalg|byråd|kommunalbestyrelse)"
    r".{0,60}(?<![.:;,])$",
    re.IGNORECASE,
)
# How many printed lines are at the foot and at the head of a page that ends in a form feed.
_EDGE = 3
# How many lines of a head or foot are between a page number and the text.
_LONGEST_BLOCK = 6
_ENDS_SENTENCE = (".", ":", "!", "?", ";", "”", '"', ")")
_DECISION = re.compile(pattern(WORDS.decisions.openings, WORDS.decisions.nothing), re.IGNORECASE)
# "Formandens initialer: ____", "Fortsættes på næste side", "https://kommune.dk/referat 3/12", "expand_more"
_ALWAYS = re.compile(
    r"(?:[\wæøåÆØÅ]{0,30}s\s+)?initialer\s*[:.]?[\s_.]*|Form\.? init\.?\s*:?[\s_.]*(?:Blad nr\.? ?\d{1,4})?"
    r"|\(?fortsæt(?:tes|ter)? på næste side\)?\.?"
    r"|(?:https?|file)://\S+\s+\d{1,3}/\d{1,3}|[a-z]+(?:_[a-z]+)+|[(\[]\s*[)\]]|_+\s*/\s*_+",
    re.IGNORECASE,
)
# "Punkt 12", "Åben sag 29.00.00-A00-5-20", but not "Punkt 3 af 8": by their shapes
_NUMBERS_ITEM = re.compile(
    r"(?:Punkt|Pkt|Sag|Nr|Dagsordenspunkt)\b[^#]{0,8}#(?! af #)|#[.:)]?(?:\s|$)"
    r"|(?:Åben|Lukket)[a-z]* (?:sag|punkt)",
    re.IGNORECASE,
)
# "https://kommune.dk/referat      3/12": at the foot of each page that a browser printed
_ADDRESS_AND_PAGE = re.compile(r"(?:https?|file)://\S+\s+\d{1,3}/\d{1,3}", re.IGNORECASE)
_HINTS = ("nitialer", "NITIALER", "ortsæt", "://", "_")
_PHRASES = frozenset(WORDS.pages.furniture)
_WEB_PHRASES = frozenset(WORDS.pages.web_furniture)
_LONGEST_PHRASE = max(map(len, _PHRASES | _WEB_PHRASES)) + 2
_FEWEST_ON_WEB = 2
# "Klik her for at folde ud og læse mere om Budget", "(PDF, 1,2 MB)"
_LINK = re.compile(
    r"Klik (?:her )?for at .{0,200}|[(\[]?(?:pdf|docx?|xlsx?)?[,;]?\s*\d+(?:[.,]\d+)*\s*[KMG]B[)\]]?", re.I
)
# "Forside > Politik > Referater", "ForsidepilPolitikpil…", "Forsiden | Kontakt | Ledige job"
_BREADCRUMB = re.compile(
    r"(?:Du er her:? ?)?(?:Forsiden?|Hjem|Home|Start)(?:pil(?=[A-ZÆØÅ])|\s*[>›»|/]).{1,200}"
)
# "Made with FlippingBook", "Sidst opdateret den 7. maj 2008", "▶ 00:34:02"
_OF_PAGE = re.compile(
    r"[▶►]\s*\d{1,2}(?::\d\d){1,2}"
    r"|Made with [A-Z].{0,60}|(?:Siden er )?[Ss](?:id|ene)st (?:opdateret|ændret)(?: d(?:en|\.))?:? \d.{0,30}"
)
# "Vi bruger cookies til statistik på vores hjemmeside. …"
_COOKIES = re.compile(r"\b[Cc]ookie(?:s|politik)?\b")
_OF_COOKIES = re.compile(
    r"\b(?:hjemmeside|website|statistik|accepter\w*|samtykke\w*|computer|afvis|indstillinger)\b",
    re.IGNORECASE,
)
_LONGEST_COOKIES = 600
_LINK_VERBS = frozenset(WORDS.pages.link_verbs)
_LINK_OBJECTS = frozenset(WORDS.pages.link_objects)
# "Se bilag" can be all that is said of an item.
_PLAIN_VERBS = frozenset({"se", "læs"})
# Names of icons, where a page's text has them: "link Kopier link"
_ICON_WORDS = frozenset({"link", "print", "share", "download", "mail", "call", "lock", "close", "menu"})
_MOST_LINK_WORDS = 6
# The foot of a web page: "Tlf. 99 88 77 66", "CVR-nr. 29 18 99 00", "EAN: 5798…", "Send sikker post"
_CONTACT = re.compile(
    r"\b(?:tlf|telefon|cvr|ean|e-?mail|mail|sikker post|digital post|åbningstider|telefontid)\b|cookie"
    r"|@[\w.-]+\.\w{2,3}\b",
    re.IGNORECASE,
)
# "9999 Vesterå", "Rådhustorvet 1"
_ADDRESS_LINE = re.compile(r"\d{4} [A-ZÆØÅ][a-zæøå]+(?: [A-ZÆØÅ])?|[A-ZÆØÅ][\wæøå. ]{2,30} \d{1,3}[A-Z]?")
_FOOT_LINES = 25
_FEWEST_CONTACTS = 2


def find_furniture(text: str, rows: Sequence[Row], raws: Sequence[str]) -> set[int]:
    """Return the numbers of the rows that are furniture. `raws` are the rows' texts."""
    printed = [(number, words) for number, raw in enumerate(raws) if (words := raw.strip())]
    shapes = _shapes(printed)
    edges, pages = _page_edges(text, rows, raws)
    furniture: set[int] = {number for number, row in enumerate(rows) if row.furniture}
    page_rows = list(furniture)  # rows with the page's number
    numbered, repeated = _repeated(raws, shapes, edges, pages)
    page_rows += numbered
    furniture.update(repeated)
    page_rows += _bare_page_numbers(raws, printed, edges)
    page_rows += [
        number for number, words in printed if "://" in words and _ADDRESS_AND_PAGE.fullmatch(words)
    ]
    furniture.update(page_rows)
    furniture.update(_blocks(printed, sorted(set(page_rows)), shapes))
    navigation = set(_phrases(text, printed))
    furniture.update(navigation)
    for numbers in shapes.values():
        if len(numbers) >= _FEWEST_PAGES and numbers[0] in navigation:
            furniture.update(_blocks(printed, numbers, shapes))
    furniture.update(_foot(printed))
    return furniture


def _repeated(
    raws: Sequence[str], shapes: dict[str, list[int]], edges: set[int], pages: int
) -> tuple[list[int], list[int]]:
    """Return the rows with a page's number, and those of heads and feet that are repeated."""
    page_rows: list[int] = []
    repeated: list[int] = []
    for shape, numbers in shapes.items():
        first = " ".join(raws[numbers[0]].split())  # a head and its page number can be far apart
        # Most lines of most texts are there once and have no page number.
        numbered = (
            "#" in shape and _SAYS_PAGE.search(first) is not None and _PAGE.fullmatch(first) is not None
        )
        if len(numbers) == 1 and not numbered:
            continue
        at_edges = sum(number in edges for number in numbers)
        if numbered and (len(numbers) >= _FEWEST_PAGES or at_edges == len(numbers) or _is_page_head(first)):
            page_rows += numbers
        elif _is_at_edges(shape, at_edges, pages, len(numbers)) or _is_repeated_head(raws, numbers, first):
            repeated += numbers
    return page_rows, repeated


def _is_at_edges(shape: str, at_edges: int, pages: int, times: int) -> bool:
    """Return True if a line that names the document is at the ends of most pages."""
    most = pages >= 2 and 2 * at_edges > max(pages, times)
    return most and _is_short(shape) and _NAMES_DOCUMENT.match(shape) is not None


def _is_repeated_head(raws: Sequence[str], numbers: Sequence[int], first: str) -> bool:
    """Return True if a repeated line cuts sentences, or is an address."""
    if len(numbers) >= _FEWEST_PAGES and _interrupts(raws, numbers, first):
        return True
    return len(numbers) >= _FEWEST_PAGES - 1 and _ADDRESS.search(first) is not None


def _shapes(printed: Sequence[tuple[int, str]]) -> dict[str, list[int]]:
    """Return the rows by their text with # for figures."""
    shapes: dict[str, list[int]] = {}
    for number, words in printed:
        if len(words) <= _LONGEST_FURNITURE:
            shapes.setdefault(_shape(words), []).append(number)
    return shapes


def _shape(words: str) -> str:
    return words if words.isalpha() else _FIGURES.sub("#", words)


def _is_short(line: str) -> bool:
    """Return True if the line can be a running head: few words, no sentence."""
    begins = line.lstrip("#.-/ ")[:1]
    return len(line.split()) <= _MOST_WORDS and begins.isupper() and not _SENTENCES.search(line)


def _is_page_head(line: str) -> bool:
    """Return True if the line is a page's head wherever it is: "Byrådet   27-03-2014   Side 4"."""
    return _is_short(line) and bool(_RUNNING_HEAD.search(line) and _PAGE_LAST.search(line))


def _page_edges(text: str, rows: Sequence[Row], raws: Sequence[str]) -> tuple[set[int], int]:
    """Return the rows nearest to form feeds, and the number of form feeds."""
    edges: set[int] = set()
    pages = 0
    starts = [row.start for row in rows] if "\f" in text else []
    at = text.find("\f")
    while at >= 0:
        pages += 1
        below = bisect_left(starts, at + 1)  # the first row behind the form feed
        for step, begin in ((-1, below - 1), (1, below)):
            seen, number = 0, begin
            while 0 <= number < len(raws) and seen < _EDGE and abs(number - begin) < 4 * _EDGE:
                if raws[number] and not raws[number].isspace():
                    edges.add(number)
                    seen += 1
                number += step
        at = text.find("\f", at + 1)
    return edges, pages


def _interrupts(raws: Sequence[str], numbers: Sequence[int], first: str) -> bool:
    """Return True if the repeated line is in mid-sentence wherever text is on both sides of it."""
    if first.endswith((":", ".")) or not _is_short(first) or not _RUNNING_HEAD.search(first):
        return False
    cuts = sum(_cuts_sentence(raws, number) for number in numbers)
    return cuts >= 2 and 3 * cuts >= len(numbers)


def _cuts_sentence(raws: Sequence[str], number: int) -> bool:
    before, after = _near(raws, number, -1), _near(raws, number, 1)
    return bool(before) and not before.endswith(_ENDS_SENTENCE) and after[:1].islower()


def _near(raws: Sequence[str], number: int, step: int) -> str:
    """Return the nearest line that is no page number, within the lines of a page's edge."""
    at = number + step
    while 0 <= at < len(raws) and abs(at - number) <= _EDGE + 1:
        words = raws[at].strip()
        if words and not _PAGE_ALONE.fullmatch(words):
            return words
        at += step
    return ""


def _bare_page_numbers(raws: Sequence[str], printed: Sequence[tuple[int, str]], edges: set[int]) -> list[int]:
    """Return the rows that are only a number, where these count pages: "- 4 -", "4/12", "4" at page ends.

    A number alone can be an item's. It is a page's with its mark, next to a form feed or in mid-sentence.
    """
    rows: list[int] = []
    certain = 0
    last = 0
    for number, words in printed:
        if len(words) > _LONGEST_PAGE_NUMBER or not (match := _BARE_PAGE.fullmatch(words)):
            continue
        page = int(match["number"])
        if rows and page != last + 1:
            continue
        if not rows and page > _FEWEST_PAGES:
            continue
        marked = bool(match["dash"] or match["of"])
        certain += marked or number in edges or _cuts_sentence(raws, number)
        rows.append(number)
        last = page
    return rows if len(rows) >= _FEWEST_PAGES - 1 and 2 * certain >= len(rows) else []


def _blocks(
    printed: Sequence[tuple[int, str]], page_rows: Sequence[int], shapes: dict[str, list[int]]
) -> Iterator[int]:
    """Yield the rows that most pages have around their number, but the first of each.

    It can be the only one that names the meeting.
    """
    if len(page_rows) < _FEWEST_PAGES:
        return
    places = [bisect_left(printed, (number, "")) for number in page_rows]
    for step in (-1, 1):
        for distance in range(1, _LONGEST_BLOCK + 1):
            rows = [
                printed[place + step * distance]
                for place in places
                if 0 <= place + step * distance < len(printed)
            ]
            here = Counter(_shape(words) for _, words in rows if len(words) <= _LONGEST_FURNITURE)
            if not here:
                break
            shape, times = min(here.items(), key=lambda entry: (-entry[1], entry[0]))
            is_contact = _CONTACT.search(shape) is not None
            can_be = is_contact or (_can_be_head(shape) and not _NUMBERS_ITEM.match(shape))
            if times < _FEWEST_PAGES or 5 * times < 3 * len(page_rows) or not can_be:
                break
            first = None if is_contact else shapes[shape][0]
            yield from (number for number, words in rows if number != first and _shape(words) == shape)


def _can_be_head(shape: str) -> bool:
    words = shape.lower().rstrip(" :.")
    if NO_CASE.match(shape):
        return False
    return words not in HEADINGS and not _DECISION.match(shape) and _is_short(shape)


def _phrases(text: str, printed: Sequence[tuple[int, str]]) -> Iterator[int]:
    """Yield the rows of navigation, links and initials; plain words only where others are on the page."""
    weak = []
    certain = 0
    hinted = any(hint in text for hint in _HINTS)
    about_cookies = "ookie" in text
    for number, words in printed:
        if about_cookies and len(words) <= _LONGEST_COOKIES and _is_about_cookies(words):
            yield number
        if len(words) > _LONGEST_FURNITURE:
            continue
        phrase = " ".join(words.lower().strip(" .:>»›‹«|•·").split()) if len(words) <= _LONGEST_PHRASE else ""
        if (
            phrase in _PHRASES
            or _is_navigation(words)
            or _is_bar(words)
            or ((hinted or words[0] in "([") and _ALWAYS.fullmatch(words))
            or (words[0] in "(K[PDX0123456789" and _can_link(words) and _LINK.fullmatch(words))
        ):
            certain += 1
            yield number
        elif phrase in _WEB_PHRASES:
            weak.append(number)
    if certain >= _FEWEST_ON_WEB:
        yield from weak


# "Print | Send til en ven | RSS", "« Forrige   Næste »"
_BETWEEN_ENTRIES = re.compile(r"\s*[|·•]\s*|\s{2,}|\t+")


def _is_bar(words: str) -> bool:
    """Return True for a row of links, each of which web pages print around minutes."""
    entries = [entry.strip(" .:>»›‹«[]()+–-▲▼▶").lower() for entry in _BETWEEN_ENTRIES.split(words)]
    entries = [entry for entry in entries if entry]
    return len(entries) > 1 and all(
        entry in _PHRASES or entry in _WEB_PHRASES or is_link(entry) for entry in entries
    )


def _can_link(words: str) -> bool:
    return words[0] == "K" or words[-1] in "Bb)]"


def _is_about_cookies(words: str) -> bool:
    """Return True if the line is a web page's about cookies, and no title of an item."""
    return bool(_COOKIES.search(words) and _OF_COOKIES.search(words))


def _is_navigation(words: str) -> bool:
    """Return True for a link, a breadcrumb, or what a web page says of itself."""
    if words[0] in "DFHSsM▶►" and (_BREADCRUMB.fullmatch(words) or _OF_PAGE.fullmatch(words)):
        return True
    if words[0] == "[":
        parts = [part for part in _BUTTON.split(words) if part]
        return len(parts) < _MOST_LINK_WORDS and all(map(is_link, parts))
    return len(words) <= _LONGEST_PHRASE and is_link(words)


# "[+] Vis punktet  [–] Skjul punktet": buttons in a row
_BUTTON = re.compile(r"\s*\[[+–-]\]\s*")
# "Kopier link til punktet - Print": links in a row
_BETWEEN_LINKS = re.compile(r"\s[-–|·/]\s")


def is_link(words: str) -> bool:
    """Return True if the line is a link or button: a verb and what it is about, "Se alle bilag"."""
    verb, *others = _BETWEEN_LINKS.sub(" ", words.lower().strip(" :>»›‹«|•·")).split() or [""]
    if verb in _ICON_WORDS and others:
        verb, *others = others
    if words[-1] in ".,;":
        return False
    fewest = 2 if verb in _PLAIN_VERBS else 1
    return (
        verb in _LINK_VERBS and fewest <= len(others) < _MOST_LINK_WORDS and _LINK_OBJECTS.issuperset(others)
    )


def _foot(printed: Sequence[tuple[int, str]]) -> list[int]:
    """Return the last rows, where they are the address and the telephone of a municipality's page."""
    rows: list[int] = []
    contacts = 0
    for number, words in reversed(printed[-_FOOT_LINES:]):
        if len(words) > _LONGEST_FURNITURE:
            break
        is_contact = bool(_CONTACT.search(words))
        phrase = words.lower().strip(" .:>»›|©")
        if not (
            is_contact
            or phrase in _PHRASES
            or phrase in _WEB_PHRASES
            or _ADDRESS_LINE.fullmatch(words)
            or words.endswith("Kommune")
        ):
            break
        contacts += is_contact
        rows.append(number)
    return rows if contacts >= _FEWEST_CONTACTS else []
