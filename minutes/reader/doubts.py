"""Signs that a reading is not certain: what is missing, numbers with holes, contradictions in the header.

Each sign is a doubt with its place. `ballot_doubts` has those of votes, `closing` those of closed items.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from minutes.reader.bodies import same_committee
from minutes.reader.dates import PrintedDate, dates_in
from minutes.reader.header_candidates import Header
from minutes.reader.items import LISTED, Agenda
from minutes.reader.layout import Line, contents_title
from minutes.reader.notices import doubt
from minutes.reader.records import Document, Doubt, Item
from minutes.vocabulary import DocumentKind, SectionKind

# "REFERAT", "Beslutningsprotokol", "Tillægsdagsorden", "Møde i"
_TITLE_WORD = re.compile(r"(?:referat|dagsorden|protokol)\b|\bmøde(?:t|ts)?\b", re.IGNORECASE)
# "Mødedato", "Dato:", "Tidspunkt"
_DATE_LABEL = re.compile(r"(?:møde)?(?:dato|dag|tid|tidspunkt)\b", re.IGNORECASE)
# Dates of something else: "Udsendt den 2. maj", "Næste møde", "Godkendelse af referat fra"
_OTHER_DAY = re.compile(
    r"udsendt|næste|forrige|seneste|udskrevet|udskrift|godkend|revideret|frist|offentliggjort|fortsat",
    re.IGNORECASE,
)
# How many printed lines a header's title and its date stand within, and how long one is.
_NEAR = 30
_LONGEST_LINE = 160
# "UDKAST" as a watermark on a line of its own, in capitals
_DRAFT_WORDS = ("UDKAST", "FORELØBIG", "KLADDE", "IKKE GODKENDT")
_DRAFT_MARK = re.compile(r"^[^\w\n]*(?:UDKAST|FORELØBIGT?|KLADDE|IKKE GODKENDT)[^\w\n]*$", re.MULTILINE)
# "Udkast til referat", "Foreløbigt beslutningsreferat", "Ikke-godkendt referat", "Referat (udkast)"
_DRAFT_TITLE = re.compile(
    r"\b(?:udkast(?: til)?|foreløbigt?|ikke[ -]godkendt|kladde(?: til)?)\s+[\w-]*(?:referat|protokol)\b"
    r"|\b(?:referat|protokol)\W+(?:udkast|foreløbigt?|kladde)\b",
    re.IGNORECASE,
)
# From here on numbers are a series of their own, of closed items.
_SECOND_SERIES = 100
# An item is long when it is this many times as long as half of the others, and has this many characters.
_TIMES_LONGER = 12
_LONG = 20_000
# The doubt about each field of the header that has two values.
_CONFLICTS = {
    "committee": "committee_conflict",
    "date": "date_conflict",
    "start_time": "time_conflict",
    "people": "people_uncertain",
}
_MOST_NAMES = 10
# A name has at most this many words, and no figures or marks.
_LONGEST_NAME = 6
_NO_NAME = re.compile(r"[\d:;/()]|\b(?:og|samt|afbud|fraværende|formand|udvalg)\b", re.IGNORECASE)
# "Download", "Transkript", "Starte visningen fra side:": a page of a PDF viewer, whose lines are lost
_VIEWER = re.compile(r"^(?:Transkript|Starte visningen fra side:?)[ \t]*$", re.MULTILINE)
_TOP = 5_000
# A label or a page's foot inside a decision: "Sagsnr.: 10/1539", "Ej til stede:", "Sidenr. 90", "Fremmøde"
_LABEL_INSIDE = re.compile(
    r"^(?:Sags?n(?:r|ummer)\b|Sagsid\b|J(?:ournal)?\.?nr\b|Sidenr\b|Fremmøde\b|Ej til stede\b)",
    re.MULTILINE,
)
# "Birgitte", "Jens K.": an entry of a list of people that may be somebody
_SHORT_NAME = re.compile(r"[A-ZÆØÅ][\w.]+(?: [A-ZÆØÅ][\w.]*){0,2}")
# In how many items a decision is printed, of those that are open, where one without is doubtful.
_MOST_DECIDED = 0.75
_FEWEST_DECIDED = 3


def document_doubts(document: Document, agenda: Agenda, header: Header) -> Iterator[Doubt]:
    """Yield the doubts about what a document says of itself and about its items."""
    yield from _missing(document, agenda)
    yield from _conflicts(header)
    if not any(conflict.field == "date" for conflict in header.conflicts):
        yield from _conflicting_dates(document, agenda.before)
    yield from _draft(document.text, agenda.before)
    yield from _odd_names(document)
    viewer = _VIEWER.search(document.text, 0, _TOP)
    if viewer:
        yield doubt("viewer_text", viewer.start(), viewer.end())
    if document.items and not any(item.number or item.title for item in document.items):
        yield doubt("items_without_headings", document.items[0].start, document.items[0].start)
    yield from _number_doubts(document.items, agenda.before)
    yield from _lengths(document.items)
    if document.document == DocumentKind.MINUTES:
        yield from _decisions(document)


def _missing(document: Document, agenda: Agenda) -> Iterator[Doubt]:
    place = (0, agenda.items[0].heading.start if agenda.items else len(document.text))
    if not document.committee:
        yield doubt("no_committee", *place)
    if not document.date:
        yield doubt("no_date", *place)
    if not document.items and not document.cancelled:
        yield doubt("no_items", *place)


def _conflicts(header: Header) -> Iterator[Doubt]:
    """Yield a doubt for each field with two values of about the same evidence, and for unread names."""
    for conflict in header.conflicts:
        place = (conflict.start, conflict.end)
        yield doubt(_CONFLICTS[conflict.field], *place, first=conflict.first, other=conflict.second)
    names = [entry for entry in header.roster.unread if _SHORT_NAME.fullmatch(entry)]
    if names:
        yield doubt("people_unread", 0, 0, names=", ".join(names[:_MOST_NAMES]))


def _conflicting_dates(document: Document, before: Sequence[Line]) -> Iterator[Doubt]:
    """Yield a doubt for a weekday that is not the date's, and for another date in the title or its label."""
    other: tuple[Line, PrintedDate] | None = None
    for line in _header_lines(before):
        printed = dates_in(line.text)
        if len(printed) != 1 or _OTHER_DAY.search(line.text):
            continue
        is_title = _TITLE_WORD.search(line.text) or _names_committee(line.text, document.committee)
        if not is_title and not _DATE_LABEL.match(line.text):
            continue
        if not printed[0].agrees:
            yield doubt("weekday_conflict", line.start, line.end, date=printed[0].iso)
            return
        if document.date and printed[0].iso != document.date:
            other = other or (line, printed[0])
    if other and document.date:
        line, day = other
        yield doubt("date_conflict", line.start, line.end, first=document.date, other=day.iso)


def _header_lines(before: Sequence[Line]) -> list[Line]:
    """Return the short lines at the top that are not of the contents list."""
    printed = [line for line in before if line.text][:_NEAR]
    return [line for line in printed if len(line.text) <= _LONGEST_LINE and not contents_title(line.text)]


def _names_committee(text: str, name: str | None) -> bool:
    return bool(name) and same_committee(text.split(" ", 1)[0].strip(",:"), name)


def _draft(text: str, before: Sequence[Line]) -> Iterator[Doubt]:
    mark = _DRAFT_MARK.search(text) if any(words in text for words in _DRAFT_WORDS) else None
    if mark:
        yield doubt("draft", mark.start(), mark.end())
        return
    for line in _header_lines(before):
        if _DRAFT_TITLE.search(line.text):
            yield doubt("draft", line.start, line.end)
            return


def _odd_names(document: Document) -> Iterator[Doubt]:
    """Yield a doubt if an entry of those present or absent is no name, or a name is there twice."""
    names = [
        *(participant.name for participant in document.participants),
        *(absence.name for absence in document.absent),
    ]
    odd = [name for name in names if len(name.split()) > _LONGEST_NAME or _NO_NAME.search(name)]
    twice = sorted(name for name, times in Counter(names).items() if times > 1)
    if twice:
        yield doubt("namesakes", 0, 0, names=", ".join(twice[:_MOST_NAMES]))
    if odd:
        yield doubt("people_odd", 0, 0, names=", ".join(odd[:_MOST_NAMES]))


def _number_doubts(items: Sequence[Item], before: Sequence[Line]) -> Iterator[Doubt]:
    """Yield doubts about numbers that are missing among the items, or that are printed only above them."""
    with_numbers = [(int(item.number), item) for item in items if item.number and item.number.isdecimal()]
    numbered = sorted(with_numbers, key=lambda entry: entry[0])
    if not numbered:
        return
    missing: list[int] = []
    place: Item | None = None
    for (number, _), (following, item) in pairwise(numbered):
        starts_series = following % _SECOND_SERIES == 1 and following > _SECOND_SERIES > number
        if following > number + 1 and not starts_series:
            missing += range(number + 1, min(following, number + 10))
            place = place or item
    if place:
        numbers = ", ".join(map(str, missing[:10]))
        yield doubt("numbers_missing", place.start, min(place.end, place.start + 80), numbers=numbers)
    first = numbered[0][0]
    if first > 1:
        yield from _number_above(first - 1, before)


def _number_above(number: int, before: Sequence[Line]) -> Iterator[Doubt]:
    """Yield a doubt if a line above the items has the number before the first one."""
    for line in before:
        if not line.text.lstrip("PpSs •-").startswith(str(number)) and str(number) not in line.text[:12]:
            continue
        listed = LISTED.fullmatch(contents_title(line.text) or line.text)
        is_date = dates_in(line.text[:40]) or len(line.text) > _LONGEST_LINE
        if listed and int(listed["number"]) == number and not is_date:
            yield doubt("number_above_items", line.start, line.end, missing=number)
            return


def _lengths(items: Sequence[Item]) -> Iterator[Doubt]:
    if len(items) < 4:
        return
    lengths = [item.end - item.start for item in items]
    limit = max(_TIMES_LONGER * median(lengths), _LONG)
    for item, length in zip(items, lengths, strict=True):
        if length > limit:
            yield _of(item, "item_long")


def _decisions(document: Document) -> Iterator[Doubt]:
    """Yield doubts about items with two decisions, and without one where most others have one."""
    opened = [item for item in document.items if not item.closed]
    decided = sum(item.decision is not None for item in opened)
    numbered = sum(item.number is not None for item in document.items)
    if 0 < numbered < len(document.items):
        first = next(item for item in document.items if item.number is None)
        yield _of(first, "item_without_number")
    if len(opened) >= _FEWEST_DECIDED and not decided:
        yield doubt("no_decisions", opened[0].start, opened[0].start)
    are_usual = decided >= max(_FEWEST_DECIDED, _MOST_DECIDED * len(opened))
    for item in opened:
        printed = [section for section in item.sections if section.kind == SectionKind.DECISION]
        if sum(bool(section.clean) for section in printed) > 1:
            yield _of(item, "two_decisions")
        elif item.decision and _LABEL_INSIDE.search(item.decision):
            yield _of(item, "decision_mixed")
        elif item.decision is None and are_usual and _is_recommended(item):
            yield _of(item, "decision_missing")


def _is_recommended(item: Item) -> bool:
    return any(section.kind == SectionKind.RECOMMENDATION and section.clean for section in item.sections)


def _of(item: Item, code: str) -> Doubt:
    return doubt(code, item.start, item.end, number=item.number, title=item.title)
