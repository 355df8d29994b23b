"""Tables of people in the header: a row of columns' names over a row for each person."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from minutes.reader.labels import is_person
from minutes.reader.layout import Line

_NAMES = frozenset(
    {"navn", "navne", "medlem", "medlemmer", "deltager", "deltagere", "mødedeltager", "person"}
)
_PARTIES = ("parti", "liste")
# Columns that say of each person who was there, and those with a mark for people who were, or were not
_PRESENCE = frozenset(
    {"fremmøde", "deltagelse", "status", "tilstedeværelse", "mødestatus", "deltager i mødet"}
)
_WERE_PRESENT = frozenset({"til stede", "tilstede", "mødt", "fremmødt", "deltog", "present"})
_WERE_ABSENT = frozenset(
    {"afbud", "fraværende", "fravær", "ikke til stede", "ikke tilstede", "ikke mødt", "udeblevet"}
)
_ABSENT = re.compile(r"(?:afbud|fravær|udeble|ikke |ej |meldt fra|syg|nej\b|orlov)", re.IGNORECASE)
_PRESENT = re.compile(
    r"(?:til stede|tilstede|mødt|fremmødt|deltog|deltager|ja|x|✓|✔|☒|☑|•|1)\.?", re.IGNORECASE
)
# "---|---": the line under the names of the columns
_RULE = re.compile(r"[\s|:+-]+")
_NO_MARK = re.compile(r"(?:nej|-|–|☐|0)?", re.IGNORECASE)


class PeopleTable(NamedTuple):
    """Entries of those present and absent, with parties in brackets, and the line below the table."""

    present: tuple[str, ...]
    absent: tuple[str, ...]
    end: int


class _Columns(NamedTuple):
    """Places of columns in a table; None for those that it has not."""

    name: int
    party: int | None
    presence: int | None
    present: int | None
    absent: int | None


def people_table(lines: Sequence[Line], index: int) -> PeopleTable | None:
    """Return the table whose columns' names are on line `index`, or None if it is none of people."""
    columns = _columns([cell.strip(" :.").casefold() for cell in _cells(lines[index].text)])
    if columns is None:
        return None
    present: list[str] = []
    absent: list[str] = []
    rows = list(_rows(lines, index + 1, alone=columns.name == 0))
    for _, cells in rows:
        name = _cell(cells, columns.name)
        if not name:
            continue
        party = _cell(cells, columns.party)
        entry = f"{name} ({party})" if party else name
        note = _note(cells, columns)
        (absent if note is None else present).append(f"{entry}, {note}" if note else entry)
    return PeopleTable(tuple(present), tuple(absent), rows[-1][0]) if rows else None


def _columns(labels: Sequence[str]) -> _Columns | None:
    """Return the columns with these names, or None if they are not of people."""
    name = next((at for at, label in enumerate(labels) if label in _NAMES), None)
    if name is None:
        return None
    columns = _Columns(
        name,
        next((at for at, label in enumerate(labels) if label.startswith(_PARTIES)), None),
        *(
            next((at for at, label in enumerate(labels) if label in words), None)
            for words in (_PRESENCE, _WERE_PRESENT, _WERE_ABSENT)
        ),
    )
    is_of_people = labels[name].startswith("navn") or any(place is not None for place in columns[1:])
    return columns if is_of_people else None


def _rows(lines: Sequence[Line], index: int, *, alone: bool) -> Iterator[tuple[int, list[str]]]:
    """Yield the line below each row, and its cells. A row can be a person `alone`, with no mark behind."""
    if alone and index + 1 < len(lines) and not lines[index].text:
        index += 1
    for at in range(index, len(lines)):
        text = lines[at].text
        if not is_row(text) and not (alone and text and is_person(text)):
            break
        if not _RULE.fullmatch(text):
            yield at + 1, [cell.strip() for cell in _cells(text)]


def is_row(text: str) -> bool:
    """Return True if tabs or bars divide a line into cells."""
    return "\t" in text or "|" in text


def _cells(text: str) -> list[str]:
    if "\t" in text:
        return text.split("\t")
    return text.strip().removeprefix("|").removesuffix("|").split("|")


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


def _note(cells: Sequence[str], columns: _Columns) -> str | None:
    """Return None for a person who was absent, else what the table notes besides presence."""
    if columns.absent is not None and not _NO_MARK.fullmatch(_cell(cells, columns.absent)):
        return None
    if columns.present is not None and columns.absent is None:
        mark = _cell(cells, columns.present)
        if _NO_MARK.fullmatch(mark) or _ABSENT.match(mark):
            return None
        return "" if _PRESENT.fullmatch(mark) else mark
    status = _cell(cells, columns.presence)
    if _ABSENT.match(status):
        return None
    return "" if not status or _PRESENT.fullmatch(status) else status
