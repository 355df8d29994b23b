"""Signs that a reading is not certain: what is missing, numbers with holes, contradictions in the header.

Each sign is a doubt with its place. `ballot_doubts` has those of votes, `closing` those of closed items.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from minutes.reader.dates import dates_in
from minutes.reader.header_candidates import Header
from minutes.reader.header_doubts import header_doubts, title_lines
from minutes.reader.header_kind import says_cancelled
from minutes.reader.item_doubts import item_doubts, of_item
from minutes.reader.items import LISTED, Agenda
from minutes.reader.layout import Line, contents_title
from minutes.reader.notices import doubt
from minutes.reader.records import Document, Doubt, Item
from minutes.vocabulary import DocumentKind

# "UDKAST" as a watermark on a line of its own, in capitals
_DRAFT_WORDS = ("UDKAST", "FORELØBIG", "KLADDE", "IKKE GODKENDT")
_DRAFT_MARK = re.compile(r"^[^\w\n]*(?:UDKAST|FORELØBIGT?|KLADDE|IKKE GODKENDT)[^\w\n]*$", re.MULTILINE)
# "Udkast til referat", "Foreløbigt beslutningsreferat", "Ikke-godkendt referat", "Referat (udkast)"
_DRAFT_TITLE = re.compile(
    r"\b(?:udkast(?: til)?|foreløbigt?|ikke[ -]godkendt|kladde(?: til)?)\s+[\w-]*(?:referat|protokol)\b"
    r"|\b(?:referat|protokol)\W+(?:udkast|foreløbigt?|kladde)\b",
    re.IGNORECASE,
)
# The longest text that says no more than that a meeting is cancelled.
_LONGEST_CANCELLATION = 800
# From here on numbers are a series of their own, of closed items.
_SECOND_SERIES = 100
# An item is long when it is this many times as long as half of the others, and has this many characters.
_TIMES_LONGER = 12
_LONG = 20_000
# "Download", "Transkript", "Starte visningen fra side:": a page of a PDF viewer, whose lines are lost
_VIEWER = re.compile(r"^(?:Transkript|Starte visningen fra side:?)[ \t]*$", re.MULTILINE)
_TOP = 5_000
# An agenda from a viewer with fewer items is never certain.
_FEWEST_WHOLE = 3
# Titles and headings inside of lines that show that lines are lost, and how far ahead is looked.
_FEWEST_INSIDE = 3
_FAR_AHEAD = 120
# A line with a number that is longer is no entry of a contents list.
_LONGEST_ENTRY = 160
# A sequence of starts that is this little better than the next may be another's; one without numbers with a
# lower score is no sequence.
_SURE_MARGIN = 3.0
_SURE_SCORE = 4.0
# How many numbered lines above the first item are a contents list.
_SHORTEST_LIST = 3
_MOST_ENTRIES = 10
# "Udvalgets møde den 26. marts er aflyst", not "Orientering om aflyst møde"
_IS_CANCELLED = re.compile(r"\b(?:er|blev|bliver) aflyst\b|\baflyses\b", re.IGNORECASE)
_CLOSED_ENTRY = re.compile(r"lukke[dt]", re.IGNORECASE)


def document_doubts(document: Document, agenda: Agenda, header: Header) -> Iterator[Doubt]:
    """Yield the doubts about what a document says of itself and about its items."""
    yield from _missing(document, agenda)
    yield from header_doubts(document, agenda.before, header)
    yield from _draft(document.text, agenda.before)
    viewer = _VIEWER.search(document.text, 0, _TOP)
    if viewer and not _is_whole(document):
        yield doubt("viewer_text", viewer.start(), viewer.end())
    inside = None if viewer else _heading_inside(document)
    if inside is not None:
        yield doubt("lines_lost", inside, inside)
    if document.items and not any(item.number or item.title for item in document.items):
        yield doubt("items_without_headings", document.items[0].start, document.items[0].start)
    yield from _number_doubts(document.items, agenda.before)
    yield from _lengths(document.items)
    yield from _uncertain_starts(document, agenda)
    yield from item_doubts(document)


def _is_whole(document: Document) -> bool:
    """Return True for an agenda, which has no decisions to mix up, with a full header and numbered items."""
    header = (
        document.committee,
        document.date,
        document.start_time,
        document.location,
        document.participants,
    )
    has_items = len(document.items) >= _FEWEST_WHOLE and all(item.number for item in document.items)
    return document.document == DocumentKind.AGENDA and all(header) and has_items


def _heading_inside(document: Document) -> int | None:
    """Return the place of the first title or heading inside of a line, if most are inside; else None."""
    places = [item.start for item in document.items]
    places += [
        section.start for item in document.items for section in item.sections if section.heading is not None
    ]
    inside = [place for place in places if _is_inside(document.text, place)]
    return min(inside) if len(inside) >= _FEWEST_INSIDE and 2 * len(inside) > len(places) else None


def _is_inside(text: str, place: int) -> bool:
    ahead = text[max(0, place - _FAR_AHEAD) : place]
    return bool(ahead[ahead.rfind("\n") + 1 :].strip(" \t\f•*-–·#>|"))


def _missing(document: Document, agenda: Agenda) -> Iterator[Doubt]:
    place = (0, agenda.items[0].heading.start if agenda.items else len(document.text))
    if not document.committee:
        yield doubt("no_committee", *place)
    if not document.date:
        yield doubt("no_date", *place)
    if not document.items and not document.cancelled:
        yield doubt("no_items", *place)
    yield from _unread_cancellation(document)
    is_held = any(item.decision for item in document.items) or len(document.text) > _LONGEST_CANCELLATION
    if document.cancelled and is_held:
        yield doubt("cancelled_uncertain", *place)


def _unread_cancellation(document: Document) -> Iterator[Doubt]:
    """Yield a doubt if the title of an item says that the meeting was cancelled, and the header does not."""
    for item in () if document.cancelled else document.items:
        if item.title and _IS_CANCELLED.search(item.title) and says_cancelled(item.title):
            yield of_item(item, "cancelled_in_item")
            return


def _draft(text: str, before: Sequence[Line]) -> Iterator[Doubt]:
    mark = _DRAFT_MARK.search(text) if any(words in text for words in _DRAFT_WORDS) else None
    if mark:
        yield doubt("draft", mark.start(), mark.end())
        return
    for line in title_lines(before):
        if _DRAFT_TITLE.search(line.text):
            yield doubt("draft", line.start, line.end)
            return


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
        is_date = dates_in(line.text[:40]) or len(line.text) > _LONGEST_ENTRY
        if listed and int(listed["number"]) == number and not is_date:
            yield doubt("number_above_items", line.start, line.end, missing=number)
            return


def _uncertain_starts(document: Document, agenda: Agenda) -> Iterator[Doubt]:
    """Yield a doubt where another choice of items was nearly as good, and for listed numbers unread."""
    if not document.items:
        return
    first, choice = document.items[0], agenda.choice
    is_weak = choice.score < _SURE_SCORE and not any(start.number for start in choice.starts)
    is_unsure = bool(choice.starts) and (is_weak or choice.margin < _SURE_MARGIN)
    if is_unsure or _are_read_twice(document.items):
        yield doubt("items_uncertain", first.start, min(first.end, first.start + 80))
    entries = [line.text for line in choice.unlisted if not _CLOSED_ENTRY.search(line.text)]
    if 2 * len(entries) > len(document.items):
        yield doubt("listed_unread", 0, first.start, numbers=", ".join(entries[:_MOST_ENTRIES]))
        return
    unread = _listed(agenda.before) - {item.number for item in document.items}
    if unread:
        numbers = sorted(unread, key=int)
        yield doubt("listed_unread", 0, first.start, numbers=", ".join(numbers[:_MOST_ENTRIES]))


def _are_read_twice(items: Sequence[Item]) -> bool:
    """Return True if two items have the same number and title, as an entry of a list and its item have."""
    keys = [(item.number, item.title.casefold()) for item in items if item.number and item.title]
    return len(set(keys)) < len(keys)


def _listed(before: Sequence[Line]) -> set[str]:
    """Return the numbers of a contents list above the items, which run on, without those of closed items."""
    numbers: list[str] = []
    opened: set[str] = set()
    for line in before:
        entry = LISTED.fullmatch(contents_title(line.text) or line.text) if line.text else None
        if entry is None or len(line.text) > _LONGEST_ENTRY:
            if _CLOSED_ENTRY.match(line.text):
                break
            continue
        if numbers and int(entry["number"]) != int(numbers[-1]) + 1:
            continue
        numbers.append(entry["number"])
        if not _CLOSED_ENTRY.search(line.text):
            opened.add(entry["number"])
    return opened if len(numbers) >= _SHORTEST_LIST else set()


def _lengths(items: Sequence[Item]) -> Iterator[Doubt]:
    if len(items) < 4:
        return
    lengths = [item.end - item.start for item in items]
    limit = max(_TIMES_LONGER * median(lengths), _LONG)
    for item, length in zip(items, lengths, strict=True):
        if length > limit:
            yield of_item(item, "item_long")
