"""Reads a gazetteer from a CSV file, with the columns of DAWA and Plandata or of one's own."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from minutes.gazetteer import key_of
from minutes.models import GazetteerPlace
from minutes.models.danish import slug
from minutes.publishing.gazetteer_places import PlaceEntry

_Kind = GazetteerPlace.Kind
# The names of columns, the preferred one first, in lower case.
_NAME = ("navn", "name", "vejnavn", "adresseringsnavn", "plannavn", "skolenavn")
_KIND = ("type", "art", "kind")
_ID = ("id", "external_id", "planid", "vejkode", "kode")
_OTHER_NAMES = ("andre navne", "andre_navne", "other_names")
_KINDS = {
    **dict.fromkeys(("vej", "gade", "vejnavn", "street"), _Kind.STREET),
    **dict.fromkeys(("skole", "school"), _Kind.SCHOOL),
    **dict.fromkeys(("plan", "lokalplan", "kommuneplan"), _Kind.PLAN),
    **dict.fromkeys(("sted", "andet", "other", "place"), _Kind.OTHER),
}
_LONGEST_NAME, _LONGEST_ID = 200, 100
_DELIMITERS = ";,\t"


@dataclass
class GazetteerFile:
    """The places of a file, and what is wrong with its lines: "line 3: there is no name"."""

    entries: list[PlaceEntry] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class _LineError(ValueError):
    """An error in a line, in words for the command's user."""


def read_gazetteer(content: bytes, default_kind: str = "") -> GazetteerFile:
    """Read a file in UTF-8 or Windows-1252, with a header, separated by semicolons, commas or tabs.

    `default_kind` is the kind of places where the file has no column of kinds.
    """
    result = GazetteerFile()
    text = _decoded(content)
    header = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns = {name.strip().casefold(): place for place, name in reversed(list(enumerate(next(reader, []))))}
    if not any(name in columns for name in _NAME):
        result.errors.append(f"line 1: there is no column of names ({', '.join(_NAME)})")
        return result
    for number, row in _rows(reader, result):
        try:
            result.entries.append(_entry(_Line(columns, row), default_kind))
        except _LineError as error:
            result.errors.append(f"line {number}: {error}")
    return result


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _rows(reader: Any, result: GazetteerFile) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty, each with the number of its last line."""
    try:
        for row in reader:
            if any(map(str.strip, row)):
                yield reader.line_num, row
    except csv.Error as error:
        result.errors.append(f"line {reader.line_num}: {error}")


@dataclass(frozen=True)
class _Line:
    columns: Mapping[str, int]
    row: list[str]

    def value(self, names: tuple[str, ...]) -> str:
        """Return the value in the first of these columns that the file has, "" for none."""
        for name in names:
            if (place := self.columns.get(name)) is not None:
                return " ".join(self.row[place].split()) if place < len(self.row) else ""
        return ""


def _entry(line: _Line, default_kind: str) -> PlaceEntry:
    name = line.value(_NAME)
    if not name:
        raise _LineError("there is no name")
    others = tuple(filter(None, map(str.strip, line.value(_OTHER_NAMES).split("|"))))
    for given in (name, *others):
        _require_name(given)
    if not slug(name):
        raise _LineError(f"no address can be made of the name {name!r}")
    external_id = line.value(_ID)
    if len(external_id) > _LONGEST_ID:
        raise _LineError(f"the id is longer than {_LONGEST_ID} characters")
    return PlaceEntry(name, _kind(line.value(_KIND), default_kind), external_id, others)


def _require_name(name: str) -> None:
    if len(name) > _LONGEST_NAME or "\x00" in name:
        raise _LineError(f"a name is longer than {_LONGEST_NAME} characters or has a null character")
    if not key_of(name):
        raise _LineError(f"{name!r} is no name: it needs three letters or digits, and a capital or a number")


def _kind(printed: str, default_kind: str) -> str:
    if not printed:
        if not default_kind:
            raise _LineError('there is no kind; give it in a column "type" or by --kind')
        return default_kind
    kind = _KINDS.get(printed.casefold())
    if kind is None:
        raise _LineError(f"the kind {printed!r} is unknown; use one of {', '.join(_KINDS)}")
    return kind.value
