"""Decides which items are closed, by every sign of it in the document.

A sign in an item's heading, in the labels under it or in a statement about it closes the item. A sign that
may be about something else, or that is in the text of an open item, is a doubt.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from minutes.reader.closed_lines import (
    Access,
    access_of,
    closes_document,
    ends_with_group,
    is_bare_mark,
    is_label,
    label_closes,
    line_closes,
    names_several,
    says_open,
    without_columns,
)
from minutes.reader.closed_sentences import (
    is_lettered_heading,
    is_sign_in_text,
    speaks_of_closed_part,
    statement_in,
)
from minutes.reader.closed_titles import read_title
from minutes.reader.closed_words import can_be_sign
from minutes.reader.flow import flow
from minutes.reader.headings import heading_kind
from minutes.reader.items import LISTED, Agenda, ItemLines
from minutes.reader.layout import Line, contents_title
from minutes.reader.names import squash
from minutes.reader.notices import doubt
from minutes.reader.numbering import CAN_START, numbered
from minutes.reader.records import Doubt
from minutes.vocabulary import SectionKind

# How many cells of a row are between a title and its mark.
_MOST_CELLS = 4
# Labels are among the first lines under a heading.
_MOST_LABELS = 12
_LONGEST_LABEL = 120
# The head or foot of a page; in flat text the rest of the page is on its line.
_LONGEST_HEAD = 1000
# A mark without a noun closes the document when it is among the first lines: "FORTROLIGT".
_TOP = 6
# Some number their closed items from 101 on, beside open ones from 1 on.
_FIRST_CLOSED = 101
_WIDEST_CLOSED = 99
_LAST_OPEN = 80
_PRINTED = re.compile(r"\S[^\n]*")


def close_items(text: str, agenda: Agenda) -> list[Doubt]:
    """Set `closed` on the items that any sign closes; return doubts about the signs that remain."""
    closing = _Closing(text, agenda)
    closing.read_header()
    closing.follow_groups()
    for index in range(len(agenda.items)):
        closing.read_item(index)
    closing.close_numbers()
    closing.read_end()
    return closing.doubts()


class _Closing:
    """The signs of one document while they are gathered."""

    def __init__(self, text: str, agenda: Agenda) -> None:
        self.text = text
        self.agenda = agenda
        self.starts = sorted(
            line.start
            for lines in (agenda.before, *(item.body for item in agenda.items), agenda.after)
            for line in lines
        )
        self.listed: dict[int, tuple[str, Line]] = {}  # closed items of the contents: title and line
        self.named: dict[int, tuple[int, int]] = {}  # numbers that a statement calls closed, and where
        self.unplaced: list[tuple[int, int]] = []  # signs of which the item is not certain
        self.in_items: dict[int, tuple[int, int]] = {}  # signs in items' texts, by the item's index
        self.parts: list[Line] = []  # lines that speak of a closed part of the meeting
        self.group_from_start = False
        self.listed_as_open: dict[str, str] = {}  # titles of open items of the contents, by number

    def read_header(self) -> None:
        """Read the signs above the first item: for the document, for items by number, for a group."""
        before = without_columns(list(map(self._with_words, self.agenda.before)))
        lines = [line for line in before if line.text]
        group: Line | None = None  # a heading over closed items in the contents
        open_group = False
        for index, line in enumerate(lines):
            entry = _entry(line.text)
            access = None if entry else access_of(line.text)
            if entry:
                number, title = entry
                read = read_title(title)
                if group or read.closed:
                    self.listed.setdefault(number, (read.text, line))
                elif open_group:
                    self.listed_as_open.setdefault(str(number), read.text.casefold())
            elif access in {Access.OPEN_GROUP, Access.OPEN_ITEM}:
                group, open_group = None, access is Access.OPEN_GROUP
            elif access is Access.CLOSED_GROUP:
                group, open_group = self._group_in_header(lines, index), False
            elif access is Access.CLOSED_ITEM and (listed := self._entry_in_row(lines[:index])):
                self.listed.setdefault(*listed)
            else:
                self._read_header_line(line, at_top=index < _TOP)
        self._read_running_heads()

    def _entry_in_row(self, above: Sequence[Line]) -> tuple[int, tuple[str, Line]] | None:
        """Return the entry of a contents list whose row a mark of access is a cell of."""
        mark_row = self.text.rfind("\n", 0, above[-1].end) if above else -1
        for line in reversed(above[-_MOST_CELLS:]):
            if line.start < mark_row:
                break
            if line.listed and (entry := _entry(line.text)):
                return entry[0], (read_title(entry[1]).text, line)
        return None

    def _read_running_heads(self) -> None:
        """Close the document when the heads or feet of its pages call it closed, and none calls it open."""
        furniture = [line for item in self.agenda.items for line in item.body if line.furniture]
        heads = {line.text: line for line in map(self._with_words, furniture)}
        closed = [line for words, line in heads.items() if closes_document(words, at_top=True)]
        if closed and any(says_open(words) for words in heads):
            self.unplaced.append((closed[0].start, closed[0].end))
        elif closed:
            self._close_all()

    def _group_in_header(self, lines: Sequence[Line], index: int) -> Line | None:
        """Read a heading over closed items; return it when it is over entries of the contents."""
        line, below = lines[index], [next_line.text for next_line in lines[index + 1 : index + 3]]
        if below and below[0].lower().startswith("ingen"):
            return None
        if any(map(_entry, below)):
            return line
        if self._all_are_listed_as_open():
            return None
        if any(CAN_START.match(before.text) and numbered(before.text) for before in lines[:index]):
            # Under entries of a list in a form that is not known.
            self.unplaced.append((line.start, line.end))
        elif closes_document(line.text, at_top=True):
            self._close_all()
        elif not below and self.agenda.items:
            self.group_from_start = True
        else:
            self.unplaced.append((line.start, line.end))
        return None

    def _read_header_line(self, line: Line, *, at_top: bool) -> None:
        if closes_document(line.text, at_top=at_top):
            self._close_all()
        elif (statement := statement_in(line.text, None)) is not None:
            for number in statement.numbers:
                self.named.setdefault(number, (line.start, line.end))
            if not statement.numbers:
                self.unplaced.append((line.start, line.end))
        elif access_of(line.text) or speaks_of_closed_part(line.text) or is_sign_in_text(line.text):
            self.parts.append(line)

    def _close_all(self) -> None:
        for item in self.agenda.items:
            item.closed = True

    def _with_words(self, line: Line) -> Line:
        """Return the line; one that pages repeat with its words, which the layout leaves out."""
        if not line.furniture:
            return line
        at = bisect_right(self.starts, line.start)
        end = min([line.start + _LONGEST_HEAD, *self.starts[at : at + 1]])
        words = self.text[line.start : end].partition("\n")[0].strip("\f \t")
        return Line(words, line.start, line.start + len(words))

    def follow_groups(self) -> None:
        """Close the items under a heading over closed ones, until a heading over open ones."""
        last = next((line.text for line in reversed(self.agenda.before) if line.text), "")
        group = self.group_from_start or self._is_stamped() or ends_with_group(last)
        for index, item in enumerate(self.agenda.items):
            for line in item.above:
                access = access_of(line.text) if line.text else None
                if access is Access.CLOSED_GROUP:
                    group = index > 0 or not self._all_are_listed_as_open()
                elif access in {Access.OPEN_GROUP, Access.OPEN_ITEM}:
                    group = False
            item.closed = item.closed or group
            group = self._group_within(index, item, group)
            group = group or access_of(item.title) is Access.CLOSED_GROUP

    def _all_are_listed_as_open(self) -> bool:
        """Return True if the contents have all items under "Åbent referat", and none under "Lukket"."""
        return all(
            _begin_alike(self.listed_as_open.get(item.number or "", ""), item.title.casefold())
            for item in self.agenda.items
        )

    def _is_stamped(self) -> bool:
        """Return True if a mark above the first item may be the document's: no other item has one."""
        first, rest = self.agenda.items[:1], self.agenda.items[1:]
        if not any(is_bare_mark(line.text) for item in first for line in item.above if line.text):
            return False
        return not any(access_of(line.text) for item in rest for line in item.above if line.text)

    def _group_within(self, index: int, item: ItemLines, group: bool) -> bool:
        """Read the headings over groups in the item's text; return whether those after it are closed."""
        if not group and not can_be_sign("\n".join(line.text for line in item.body)):
            return False
        labels = _label_lines(item)
        for place, line in enumerate(item.body):
            access = access_of(line.text) if line.text and not line.text[0].islower() else None
            if access is Access.OPEN_GROUP:
                group = False
            if access is not Access.CLOSED_GROUP or (line in labels and not names_several(line.text)):
                continue
            below = next((after.text for after in item.body[place + 1 :] if after.text), "")
            if below.lower().startswith("ingen"):
                continue
            group = True
            if below:
                self.in_items.setdefault(index, (line.start, line.end))
        last = next((line.text for line in reversed(item.body) if line.text), "")
        return group or ends_with_group(last)

    def read_item(self, index: int) -> None:
        """Close the item by what is printed round its heading; note signs in the rest of its text."""
        item = self.agenda.items[index]
        if item.title_doubtful:
            self.in_items.setdefault(index, (item.heading.start, item.heading.end))
        for line in item.body:
            if line.text and is_lettered_heading(line.text):
                self.in_items.setdefault(index, (line.start, line.end))
        printed = self.text[item.start : item.end].replace("\u00ad", "")
        if not can_be_sign(printed) and not _has_label(item):
            return
        for line in self._unread(item):
            if is_sign_in_text(line.text):
                self.in_items.setdefault(index, (line.start, line.end))
        if any(map(line_closes, self._lines_above(index))) or _labels_close(item):
            item.closed = True
        for kind, lines in _chunks(item.body):
            if not any(can_be_sign(line.text) for line in lines):
                continue
            words = flow(lines)
            for paragraph in words.sentences():
                for sentence in paragraph:
                    place = words.place(sentence.start, sentence.end)
                    self._read_sentence(index, sentence.text, place, kind)

    def _lines_above(self, index: int) -> list[str]:
        """Return the lines above an item's heading, without a heading over closed items that has none."""
        lines = [line.text for line in self.agenda.items[index].above if line.text]
        if index == 0 and self._all_are_listed_as_open():
            return [line for line in lines if access_of(line) is not Access.CLOSED_GROUP]
        return lines

    def _unread(self, item: ItemLines) -> Iterator[Line]:
        """Yield what is printed inside an item beside its lines: furniture, links of web pages."""
        lines = sorted(
            (line.start, line.end) for line in (*item.above, item.heading, *item.body) if line.text
        )
        place = item.start
        for start, end in (*lines, (item.end, item.end)):
            for match in _PRINTED.finditer(self.text, place, max(place, start)):
                yield Line(match[0], match.start(), match.end())
            place = max(place, end)

    def _read_sentence(
        self, index: int, sentence: str, place: tuple[int, int], kind: SectionKind | None
    ) -> None:
        if not can_be_sign(sentence):
            return
        item = self.agenda.items[index]
        statement = statement_in(sentence, _number(item))
        if statement and (statement.own or statement.numbers):
            item.closed = item.closed or statement.own
            for number in statement.numbers:
                self.named.setdefault(number, place)
        elif statement or is_sign_in_text(sentence, attachment=kind is SectionKind.ATTACHMENTS):
            self.in_items.setdefault(index, place)
        elif speaks_of_closed_part(sentence):
            self.parts.append(Line(sentence, *place))

    def close_numbers(self) -> None:
        """Close the items that are named by number, and those numbered from 101 on beside lower ones."""
        by_number: dict[int, list[ItemLines]] = defaultdict(list)
        for item in self.agenda.items:
            number = _number(item)
            if number is not None:
                by_number[number].append(item)
        for number in {*self.named, *self.listed}:
            for item in by_number.get(number, ()):
                item.closed = True
        self.unplaced += [place for number, place in self.named.items() if number not in by_number]
        items_text = self.text[self.agenda.items[0].start :] if self.agenda.items else ""
        for number, (title, line) in self.listed.items():
            # Not read as an item: its text may be inside the one before.
            if number not in by_number and not access_of(title) and title in items_text:
                self.unplaced.append((line.start, line.end))
        for number in _numbered_apart(sorted(by_number)):
            for item in by_number[number]:
                item.closed = True

    def read_end(self) -> None:
        """Note signs below the line that closes the document: they may be about items that were not read."""
        for line in self.agenda.after:
            if line.text and (is_sign_in_text(line.text) or line_closes(line.text)):
                self.unplaced.append((line.start, line.end))

    def doubts(self) -> list[Doubt]:
        doubts = []
        for index, place in sorted(self.in_items.items()):
            item = self.agenda.items[index]
            if not item.closed:
                doubts.append(doubt("closed_sign_in_open_item", *place, number=item.number, title=item.title))
        unplaced = list(self.unplaced)
        if not any(item.closed for item in self.agenda.items):
            unplaced += [(line.start, line.end) for line in self.parts]
        doubts += [doubt("closed_sign_unplaced", *place) for place in sorted(set(unplaced))[:1]]
        return doubts


def _begin_alike(first: str, second: str) -> bool:
    """Return True for two titles of which one may be cut off at the end of a line."""
    length = min(len(first), len(second))
    return length > 0 and first[:length] == second[:length]


def _number(item: ItemLines) -> int | None:
    digits = "".join(character for character in item.number or "" if character.isdigit())
    return int(digits) if digits else None


def _entry(line: str) -> tuple[int, str] | None:
    """Return the number and the title of a line of the contents."""
    match = LISTED.fullmatch(contents_title(line) or line)
    return (int(match["number"]), squash(match["title"])) if match else None


def _label_lines(item: ItemLines) -> list[Line]:
    """Return the printed lines between an item's heading and its first section or sentence."""
    labels: list[Line] = []
    for line in item.body:
        if not line.text:
            continue
        if heading_kind(line.text) or len(line.text) > _LONGEST_LABEL or len(labels) == _MOST_LABELS:
            break
        labels.append(line)
    return labels


def _has_label(item: ItemLines) -> bool:
    return any(is_label(line.text.split(":")[0]) for line in _label_lines(item))


def _labels_close(item: ItemLines) -> bool:
    """Return True if a line among the labels closes, or two of them together: "Åbent punkt" and "Nej"."""
    labels = without_columns(_label_lines(item))
    if any(line_closes(line.text) for line in labels):
        return True
    open_labels = [line.text for line in labels if is_label(line.text)]
    values = [line.text.strip(" .") for line in labels]
    return any(label_closes(label.rstrip(" :"), value) for label in open_labels for value in values)


def _chunks(body: Sequence[Line]) -> Iterator[tuple[SectionKind | None, list[Line]]]:
    """Yield the lines under each section's heading with its kind, without marks that nothing follows."""
    lines = without_columns(body)
    while lines and (not lines[-1].text or _is_mark(lines, len(lines) - 1)):
        lines.pop()
    kind: SectionKind | None = None
    chunk: list[Line] = []
    for line in lines:
        opened = heading_kind(line.text) if line.text else None
        if opened:
            yield kind, chunk
            kind, chunk = opened, []
        chunk.append(line)
    yield kind, chunk


def _is_mark(lines: Sequence[Line], index: int) -> bool:
    """Return True if the line is a heading or a mark, not the end of a sentence of two lines."""
    text = lines[index].text
    return access_of(text) is not None and (not text[0].islower() or index == 0 or lines[index - 1].blank)


def _numbered_apart(numbers: Sequence[int]) -> list[int]:
    """Return the numbers from 101 on, when the others end well below 100: "1, 2, 3, 101, 102"."""
    low = [number for number in numbers if number < _FIRST_CLOSED]
    high = [number for number in numbers if _FIRST_CLOSED <= number <= _FIRST_CLOSED + _WIDEST_CLOSED]
    return high if low and max(low) <= _LAST_OPEN else []
