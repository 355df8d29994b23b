"""Lines that say what is closed: headings over items, marks and labels at one, the document's own heading."""

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from minutes.reader.closed_words import (
    ALONE,
    BRACKETED,
    BY_LAW,
    MEETING,
    NEGATED,
    PAPER,
    WORD,
    can_be_sign,
)
from minutes.reader.layout import Line
from minutes.reader.names import squash

_SHORT = 120
_ENUMERATION = re.compile(r"\s*(?:[A-ZÆØÅ]|[IVX]{1,4}|[a-z])[.)]\s+|\s*[-–•*=_#\s]+")
_OPEN_WORD = r"(?:åb(?:en|ent|ne)|offentlig(?:t|e)?)"
# "Lukket dagsorden", "LUKKEDE PUNKTER", "Den lukkede del af mødet", "B. Sager for lukkede døre",
# "Til behandling - for lukkede døre", "Disse sager behandles for lukkede døre"
_TAIL = r"(?:\s+(?:af|på|i|fra|til|for)\s+[a-zæøåA-ZÆØÅ-]+(?:\s+(?:den|d\.|og)\s+.{1,40})?|\s*[-–,(].{0,60})?"
_SEVERAL_ITEMS = r"(?:dagsordens)?(?:punkter(?:ne)?|sager(?:ne)?)"
_OF_MEETING = r"(?:del|afsnit)(?:\s+af\s+(?:møde|dagsorden|referat)\w*)?"
_SESSION = rf"{_SEVERAL_ITEMS}|(?:tillægs)?dagsorden(?:en)?|møde(?:t|del)?|session|{PAPER}"
_GROUP = re.compile(
    rf"(?:den\s+|de\s+)?{WORD}\s+(?:{_OF_MEETING}|(?:{_SESSION}){_TAIL})"
    rf"|(?:[^.:;]{{0,40}}[-–:,]\s*|[^.:;]{{0,60}}\b{_SEVERAL_ITEMS}[\s,]+(?:[^.;]{{0,40}}\s)?)?"
    rf"(?:for|bag)\s+lukkede\s+døre{BY_LAW}"
    r"|lukkede\s+døre"
    r"|(?:herefter\s+|derefter\s+)?(?:blev\s+)?dørene\s+(?:blev\s+|bliver\s+|er\s+)?lukke(?:t|de|des|s)"
    r"|mødet\s+(?:fortsatte|fortsætter|fortsattes|er|blev|var)\s+(?:herefter\s+)?(?:lukket|for\s+lukkede\s+døre)",
    re.IGNORECASE,
)
_OPEN_GROUP = re.compile(
    rf"(?:den\s+|de\s+)?{_OPEN_WORD}\s+(?:{_OF_MEETING}|(?:{_SESSION}){_TAIL})"
    r"|(?:[^.:;]{0,60}\b)?for\s+åbne\s+døre"
    r"|(?:herefter\s+|derefter\s+)?(?:blev\s+)?dørene\s+(?:blev\s+|er\s+)?åbn(?:et|ede|edes|es)(?:\s+igen)?",
    re.IGNORECASE,
)
_GROUP_AT_END = re.compile(
    r"(?<=\s)(?:Lukket (?:møde|dagsorden|del)|Lukkede (?:punkter|sager|døre)"
    r"|LUKKET (?:MØDE|DAGSORDEN|DEL)|LUKKEDE (?:PUNKTER|SAGER|DØRE)):?$"
)
_SEVERAL = re.compile(rf"\b(?:punkter|sager|dørene|mødet|{MEETING}|{PAPER})\b", re.IGNORECASE)
_OPEN_ONE = re.compile(rf"\W*{_OPEN_WORD}(?:\s+(?:dagsordens)?(?:punkt|sag))?\W*", re.IGNORECASE)
_ALSO_OPEN = re.compile(r"\båb(?:en|ent|ne)\b", re.IGNORECASE)
# Labels: "Åben/Lukket: Lukket", "Åbent punkt: Nej", "Fortroligt: Ja", "Adgang: Lukket"
_LABEL = re.compile(r"(?P<label>[^:\t]{3,40}?)\s*[:\t]\s*(?P<value>.*?)\s*\.?")
_SAYS_OPEN = re.compile(
    rf"\b(?:{_OPEN_WORD}|å\s?/\s?l|offentlighed|offentliggøres|publiceres)\b", re.IGNORECASE
)
_SAYS_CLOSED = re.compile(
    r"\b(?:lukke(?:t|de|lse)|fortrolig(?:t|hed)?|dørlukning|ikke[- ]offentligt?|dørene\s+lukket)\b",
    re.IGNORECASE,
)
_ON_ACCESS = re.compile(
    r"\b(?:adgang|status|\w*type|behandling(?:sform)?|behandles|synlighed|kategori)\b", re.IGNORECASE
)
_YES = re.compile(r"(?:ja|x|\[x\]|☒|sand|true|1)\b.*", re.IGNORECASE)
_NO = re.compile(r"(?:nej|falsk|false|0|☐)\b.*", re.IGNORECASE)
# "[ ] Åben [x] Lukket", "☐ Åben ☒ Lukket"
_TICKED = re.compile(r"(?:☒|☑|✓|\[\s*[xX]\s*\]|\(\s*[xX]\s*\))\s*(?:lukket|fortroligt)", re.IGNORECASE)
_CLOSED_CASE = re.compile(r"\b(?:lukket|fortroligt?|ikke[- ]offentligt?|personsag)\b", re.IGNORECASE)
_CLOSED_PAPER = re.compile(
    rf"\b{WORD}\s+(?:{PAPER}|udskrift)\b|\b(?:{PAPER}|udskrift)\s*[-–:,(\[/|•]*\s*{WORD}\b\W*$"
    rf"|\b(?:{PAPER}|udskrift)\s+(?:for|fra|af|til|over)\s+(?:det\s+|den\s+|et\s+)?{WORD}\s+(?:møde|del|punkter|sager)"
    rf"|[-–,:|(]\s*{WORD}\s+(?:møde|mødedel|del|punkter|sager)\W*$"
    rf"|^\W*{WORD}\s+møde\b(?!.*\d[.:]\d\d\s*-)",
    re.IGNORECASE,
)
_MEETING_CLOSED = re.compile(
    r"\bmødet\s+(?:er|var|(?:blev|bliver|holdes|afholdes|holdtes)(?:\s+(?:af)?holdt)?)\s+(?:lukket|for\s+lukkede\s+døre)",
    re.IGNORECASE,
)
_OF_ITEM = re.compile(r"\b(?:punkt|sag|dagsordenspunkt)(?:er)?\b", re.IGNORECASE)
_LONGEST = 250  # with all the blanks of a line that was set in columns


class Access(Enum):
    """The effect of a line on the items it applies to."""

    CLOSED_GROUP = "closed group"  # "Lukket dagsorden": the items that follow are closed
    OPEN_GROUP = "open group"
    CLOSED_ITEM = "closed item"  # "Lukket punkt": one item is closed
    OPEN_ITEM = "open item"


@lru_cache(maxsize=4096)
def access_of(line: str) -> Access | None:
    """Return what a line by itself, as a heading over items or a mark at one, says of them."""
    lower = line.lower() if len(line) <= _LONGEST else ""
    may_be_open = "åb" in lower or "offentlig" in lower or "dørene" in lower
    text = squash(line) if may_be_open or can_be_sign(lower) else ""
    if not text or len(text) > _SHORT:
        return None
    if BRACKETED.fullmatch(text):
        return Access.CLOSED_ITEM
    enumeration = _ENUMERATION.match(text)
    if enumeration and enumeration.end() < len(text):
        text = text[enumeration.end() :]
    text = text.strip("()[]*=_-–—:. \t")
    if NEGATED.search(text):
        return None
    closed = can_be_sign(text)
    for form, access in (
        (closed and not _ALSO_OPEN.search(text) and _GROUP, Access.CLOSED_GROUP),
        (closed and ALONE, Access.CLOSED_ITEM),
        (not _SAYS_CLOSED.search(text) and _OPEN_GROUP, Access.OPEN_GROUP),
        (_OPEN_ONE, Access.OPEN_ITEM),
    ):
        if form and form.fullmatch(text):
            return access
    return None


def ends_with_group(line: str) -> bool:
    """Return True if a heading over closed items is the end of a line: "… 13 Køb af traktor Lukket møde"."""
    return _GROUP_AT_END.search(line) is not None


def says_open(text: str) -> bool:
    return bool(_ALSO_OPEN.search(text))


def is_bare_mark(line: str) -> bool:
    """Return True if a mark names no item: "FORTROLIGT", not "Lukket punkt"."""
    return access_of(line) is Access.CLOSED_ITEM and not _OF_ITEM.search(line)


def names_several(line: str) -> bool:
    """Return True if a heading names closed items or the closed meeting: "Lukkede punkter", "Lukket møde"."""
    return bool(_SEVERAL.search(line))


@lru_cache(maxsize=4096)
def is_label(line: str) -> bool:
    """Return True if the line is a label on access without its value: "Åbent punkt", "Åben/Lukket:"."""
    text = squash(line).rstrip(" :?")
    return len(text) < 40 and bool(_SAYS_OPEN.match(text)) and len(text.split()) <= 3


def label_closes(label: str, value: str) -> bool:
    """Return True if a label with this value says that the item is closed: "Åbent punkt" and "Nej"."""
    if not value or len(label) > 40:
        return False
    says_closed = _SAYS_CLOSED.search(label)
    says_open = _SAYS_OPEN.search(_SAYS_CLOSED.sub("", label))
    if _NO.fullmatch(value):
        return bool(says_open and not says_closed)
    if _YES.fullmatch(value):
        return bool(says_closed and not says_open)
    on_access = says_open or says_closed or _ON_ACCESS.search(label)
    return bool(on_access and (ALONE.fullmatch(value) or re.fullmatch(r"L|Lukket\b.*", value)))


def line_closes(line: str) -> bool:
    """Return True if a line under an item's heading says it is closed: a mark, a label, a bracket, a tick."""
    if not can_be_sign(line) and not _SAYS_OPEN.search(line):
        return False
    if _TICKED.search(line) or "🔒" in line:
        return True
    label = _LABEL.fullmatch(squash(line) if "\t" not in line else line.strip())
    if label and label_closes(label["label"], label["value"]):
        return True
    if not can_be_sign(line) or NEGATED.search(line):
        return False
    cells = [cell.strip(" ()[]-–,;.") for cell in re.split(r"\t|\s{2,}|\||(?<=\S)\s+[-–]\s+", line)]
    # "Åbent  Lukket" are the columns of a table or a form that was not filled in.
    if any(_OPEN_ONE.fullmatch(cell) for cell in cells if cell):
        return False
    return bool(BRACKETED.search(line)) or any(
        ALONE.fullmatch(cell) or label_closes(*cell.split(":", 1)) if ":" in cell else ALONE.fullmatch(cell)
        for cell in cells
        if cell
    )


def case_line_closes(line: str) -> bool:
    """Return True if a case number's line says closed: "Lukket - 82.02.00-G10", "Sagsnr.: 19/22   Lukket"."""
    return bool(_CLOSED_CASE.search(line)) and not NEGATED.search(line)


def closes_document(line: str, *, at_top: bool) -> bool:
    """Return True if a line of the header says that all of the document is closed: "Lukket referat".

    A mark without a noun, as "FORTROLIGT", counts only `at_top`; further down it is one of a list.
    """
    text = squash(line)
    label = _LABEL.fullmatch(text)
    if label and len(text) < _SHORT and label_closes(label["label"], label["value"]):
        return not re.search(r"\b(?:del|punkt(?:er)?|sag(?:er)?)\b", label["label"], re.IGNORECASE)
    if len(text) > 160 or not can_be_sign(text) or NEGATED.search(text):
        return False
    if _ALSO_OPEN.search(text) and not _LABEL.fullmatch(text):
        return False
    if _CLOSED_PAPER.search(text) or _MEETING_CLOSED.search(text):
        return True
    return at_top and bool(ALONE.fullmatch(text) or BRACKETED.search(text)) and not _OF_ITEM.search(text)


def without_columns(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without "Åbent punkt" and "Lukket punkt" one after the other: heads of columns."""
    accesses = [access_of(line.text) if line.text else None for line in lines]
    printed = [index for index, line in enumerate(lines) if line.text]
    columns: set[int] = set()
    for first, second in pairwise(printed):
        if {accesses[first], accesses[second]} == {Access.OPEN_ITEM, Access.CLOSED_ITEM}:
            columns |= {first, second}
    return [line for index, line in enumerate(lines) if index not in columns]
