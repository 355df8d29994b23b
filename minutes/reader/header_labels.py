"""Labelled values of a header: beside their labels, under them, or in a row behind all of them."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from minutes.reader.bodies import bodies_in
from minutes.reader.dates import dates_in, find_clock, times_in
from minutes.reader.header_parts import EMPTY, parted
from minutes.reader.joined_names import is_given
from minutes.reader.label_rows import align, begins_list
from minutes.reader.labels import (
    BULLET,
    OFFICES,
    PEOPLE,
    Label,
    is_person,
    label_mark,
    label_of,
    use_of,
)
from minutes.reader.layout import Line, contents_title
from minutes.reader.names import is_name
from minutes.reader.people_lists import lists_absence
from minutes.reader.people_tables import is_row, people_table
from minutes.reader.places import has_place_noun
from minutes.reader.words import WORDS, pattern

_TITLE = re.compile(pattern(WORDS.header.title_words), re.IGNORECASE)
_MOST_VALUES = 24
# No single value on a line of its own is longer.
_LONGEST_VALUE = 120
# A line of its own behind a name: "(A)", "2. næstformand"
_OF_PERSON = re.compile(
    rf"\([A-ZÆØÅ]{{1,2}}\)|(?:\d\.\s*)?{pattern(WORDS.people.titles)}|løsgænger", re.IGNORECASE
)
_NUMBERED = re.compile(r"\d{1,2}\. [A-ZÆØÅ]")
# "Pkt. Tekst": the head of a table of the items
_TABLE_HEAD = re.compile(r"(?:Pkt|Punkt|Sag|Nr)\.?\s(?:nr\.?\s)?(?:Tekst|Emne|Titel|Side)\b", re.IGNORECASE)
# "Åbne punkter"
_GROUP_OF_ITEMS = re.compile(pattern(WORDS.pages.groups), re.IGNORECASE)
_MOST_PARTS = 600
_SEVERAL = 3
_FEWEST_COMMAS = 2


class Block(NamedTuple):
    """A label with the lines of its value; the first can be beside it. `at` is the label's line."""

    use: str
    words: str
    lines: tuple[str, ...]
    at: Line
    in_row: bool = False  # the value was found in a row of values behind a row of labels

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


class Layout(NamedTuple):
    """The parts of a header: blocks under labels, and the lines that no label has.

    `doubtful` are labels whose values could be of more than one of them.
    """

    blocks: list[Block]
    free: list[Line]
    contents: list[str]
    doubtful: list[Label]


def lay_out(lines: Sequence[Line]) -> Layout:
    """Return the labelled blocks of a header and its other lines."""
    return _LayingOut(parted(lines)[:_MOST_PARTS]).layout()


class _LayingOut:
    """Goes through the lines of a header once."""

    def __init__(self, lines: Sequence[Line]) -> None:
        # A label can be a bullet of a list.
        self.lines = [
            line.part(bullet.end())
            if (bullet := BULLET.match(line.text)) and label_of(line.text[bullet.end() :])
            else line
            for line in lines
        ]
        lines = self.lines
        bare = sum(
            1
            for line in lines
            if line.text and label_mark(line.text) < 0 and (label := label_of(line.text)) and label.rest
        )
        self.labels: list[Label | None] = [label_of(line.text, bare=bare >= 1) for line in lines]
        self.labels = [
            label if label and label.use else self._group_of_body(index) or label
            for index, label in enumerate(self.labels)
        ]
        self.layout_ = Layout([], [], [], [])

    def _group_of_body(self, index: int) -> Label | None:
        """Return a label that is a body's name over its people, at a joint meeting: "Kulturudvalget:"."""
        text = self.lines[index].text
        if not text.endswith(":") or index + 1 == len(self.lines):
            return None
        bodies, below = bodies_in(text), self.lines[index + 1].text
        is_list = is_person(below) and below.count(",") >= _FEWEST_COMMAS
        whole = bodies and bodies[0].start == 0 and bodies[0].end == len(text) - 1
        return Label("present", text[:-1].casefold(), "") if is_list and whole else None

    def layout(self) -> Layout:
        index = 0
        table = self._tables()
        while index < len(self.lines):
            label = self.labels[index]
            if index in table:
                index = table[index]
                continue
            if label is None or (not label.use and not self._row_at(index)):
                if self.lines[index].text and not (label and not label.use):
                    self.layout_.free.append(self.lines[index])
                elif label:
                    self.layout_.blocks.append(Block("", label.words, (label.rest,), self.lines[index]))
                index += 1
                continue
            row = self._row_at(index)
            index = self._read_row(row) if len(row) > 1 else self._read_block(index)
        return self.layout_

    def _row_at(self, index: int) -> list[int]:
        """Return the labels without values that follow each other from `index` on, and have values behind."""
        row: list[int] = []
        at = index
        while at < len(self.lines) and len(row) <= _MOST_VALUES:
            label = self.labels[at]
            if label and EMPTY.fullmatch(label.rest):
                row.append(at)
            elif self.lines[at].text:
                break
            at += 1
        if at == len(self.lines) or self._ends_row(at) or len(row) > _MOST_VALUES:
            return []
        uses = {label.use for place in row if (label := self.labels[place])}
        return row if len(row) > 1 and len(uses - {"", "contents"}) > 1 else []

    def _ends_row(self, index: int) -> bool:
        """Return True if a line begins something else than the values of a row of labels."""
        label = self.labels[index]
        return label is not None and not (label.words in OFFICES and label.rest)

    def _values_from(self, index: int) -> tuple[list[tuple[str, ...]], int]:
        """Return the values from `index` on, people a line each as one value, and the index behind them."""
        values: list[tuple[str, ...]] = []
        apart = True
        while index < len(self.lines) and len(values) < _MOST_VALUES:
            text = self.lines[index].text
            if self._ends_row(index) or contents_title(text):
                break
            if not text:
                apart = True
                index += 1
                continue
            person = is_person(text)
            is_more = bool(values) and person and not apart and is_person(values[-1][-1])
            if is_more and " " in values[-1][-1] and not begins_list(values[-1], text):
                values[-1] = (*values[-1], text)
            else:
                values.append((text,))
            apart = False
            index += 1
        return values, index

    def _read_row(self, row: Sequence[int]) -> int:
        """Give the values behind a row of labels to the labels, in order; return the index behind them."""
        first = row[-1] + 1
        values, index = self._values_from(first)
        labels = [label for at in row if (label := self.labels[at])]
        pairs, doubtful = align(labels, values)
        people = {place for place, label in enumerate(labels) if label.use in PEOPLE}
        if people.isdisjoint(pairs) and any(map(_has_names, values)):
            doubtful = [*doubtful, *(labels[place] for place in sorted(people))]
        self.layout_.doubtful.extend(doubtful)
        if not pairs:
            return first
        for place, value in pairs.items():
            label, line = labels[place], self.lines[row[place]]
            self.layout_.blocks.append(Block(label.use, label.words, values[value], line, in_row=True))
        if not doubtful:
            # Lines that no label took are for others to read.
            given = {text for value in pairs.values() for text in values[value]}
            left = [line for line in self.lines[first:index] if line.text and line.text not in given]
            self.layout_.free.extend(left)
            if people and sum(is_person(line.text) for line in left) >= _SEVERAL:
                self.layout_.doubtful.extend(labels[place] for place in sorted(people))
        return index

    def _read_block(self, index: int) -> int:
        label, line = self.labels[index], self.lines[index]
        assert label is not None
        lines = [] if EMPTY.fullmatch(label.rest) else [label.rest]
        reach: Callable[[int, list[str]], int] = (
            self._people_until if label.use in PEOPLE else self._value_until
        )
        if label.use == "contents":
            reach = self._contents_until
        index = reach(index + 1, lines)
        self.layout_.blocks.append(Block(label.use, label.words, tuple(lines), line))
        if label.use == "contents":
            self.layout_.contents.extend(filter(None, map(contents_title, lines)))
        return index

    def _value_until(self, index: int, lines: list[str]) -> int:
        """Gather the one value of a label: beside it, else on the next printed line."""
        label = self.labels[index - 1]
        assert label is not None
        while index < len(self.lines):
            text = self.lines[index].text
            if text and (self.labels[index] is not None or _is_title(text)):
                break
            if not text:
                if lines:
                    break
                index += 1
                continue
            if lines and not self._goes_on(label.use, lines, text):
                break
            lines.append(text)
            index += 1
        return index

    def _goes_on(self, use: str, lines: Sequence[str], text: str) -> bool:
        if use == "remarks":
            return True
        if lines[-1].endswith((",", "-")) or text.startswith(("og ", "samt ")):
            return len(lines) < 3
        if use == "where":
            # "Byrådssalen, Nørby" / "Rådhus"
            return len(lines) == 1 and text.isalpha() and text.istitle() and has_place_noun(text)
        if use in {"when", "when_and_where"}:
            # The day, and the hour under it.
            return len(lines) == 1 and not times_in(lines[0]) and find_clock(text) is not None
        return False

    def _people_until(self, index: int, lines: list[str]) -> int:
        """Gather a list of people; blank lines can be between them, but not before a sentence."""
        head = self.labels[index - 1]
        of_absent = head is not None and head.use == "absent"
        while index < len(self.lines):
            text = self.lines[index].text
            label = self.labels[index]
            if not text.strip("-–_ "):
                index += 1
                continue
            if label is not None and (label.use or not self._is_group(index, label)):
                break
            if not (label is not None and _names_person(text)):
                apart = not self.lines[index - 1].text
                if label is not None and apart and lines and of_absent:
                    break  # another list
                if _ends_people(lines, text, apart=apart):
                    break
            lines.append(text)
            index += 1
        return index

    def _is_group(self, index: int, label: Label) -> bool:
        """Return True if an unknown label is one of a group of people: "Forældrevalgte: A, B"."""
        below = next((line.text for line in self.lines[index + 1 : index + 3] if line.text), "")
        if label.rest and _names_person(self.lines[index].text):
            return True
        return is_person(re.sub(r"^(?:Afbud fra|Afbud)\s+", "", label.rest) or below)

    def _contents_until(self, index: int, lines: list[str]) -> int:
        while index < len(self.lines):
            label = self.labels[index]
            if label is not None and (label.use in PEOPLE or label.use in {"when", "where", "committee"}):
                break
            text = self.lines[index].text
            if text and not lines and not contents_title(text) and not text[0].isdigit():
                break  # an empty list
            if text:
                lines.append(text)
            index += 1
        return index

    def _tables(self) -> dict[int, int]:
        """Read tables of a row of labels over a row of values; return where each begins and ends."""
        ends: dict[int, int] = {}
        printed = [index for index, line in enumerate(self.lines) if line.text]
        for above, below in pairwise(printed):
            if not is_row(self.lines[above].text):
                continue
            people = people_table(self.lines, above)
            if people:
                ends[above] = people.end
                for use, entries in (("present", people.present), ("absent", people.absent)):
                    if entries:
                        self.layout_.blocks.append(Block(use, "navn", entries, self.lines[above]))
                continue
            labels = [cell.strip().rstrip(":").casefold() for cell in self.lines[above].text.split("\t")]
            values = [cell.strip() for cell in self.lines[below].text.split("\t")]
            labelled = any(value.endswith(":") for value in values)  # "Forum:\tBestyrelsen" / "Nr.:\t4"
            if (
                len(labels) == len(values) > 1
                and not labelled
                and all(use_of(label) for label in labels if label)
            ):
                for label, value in zip(labels, values, strict=True):
                    if label:
                        self.layout_.blocks.append(Block(use_of(label), label, (value,), self.lines[above]))
                ends[above] = below + 1
        return ends


def _ends_people(lines: Sequence[str], text: str, *, apart: bool) -> bool:
    """Return True if a line ends a list of people; `apart` when a blank line is above it."""
    is_numbered = lines and _NUMBERED.match(text) and not _NUMBERED.match(lines[0])
    if is_numbered or _TABLE_HEAD.match(text) or _GROUP_OF_ITEMS.fullmatch(text):
        return True  # the first item
    goes_on = bool(lines) and (
        _OF_PERSON.fullmatch(text)
        or lines[-1].endswith((" og", " samt", ","))
        or (lines[-1].endswith("-") and text[:1].islower())
        or lists_absence(text)
    )
    return _is_title(text) or (apart and not is_person(text) and not goes_on)


def _names_person(text: str) -> bool:
    """Return True if a label is a person's name: "Ida Krog: Kirkens Korshær"."""
    words = BULLET.sub("", text).partition(":")[0]
    return is_given(words.split(" ")[0]) and is_name(words)


def _has_names(value: Sequence[str]) -> bool:
    """Return True if a value has several given names: people who are not in a list."""
    return sum(map(is_given, " ".join(value)[:_LONGEST_VALUE].split())) >= _SEVERAL


def _is_title(text: str) -> bool:
    """Return True if a line is a title word, or begins with one and has a day: "Referat"."""
    if len(text) < 60 and _TITLE.fullmatch(text.strip(" .:")):
        return True
    return len(text) < _LONGEST_VALUE and bool(_TITLE.match(text)) and bool(dates_in(text))
