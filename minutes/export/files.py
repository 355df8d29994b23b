"""A list as a file, streamed: `?format=csv`, `csv-excel` or `json` at the list's own address.

`docs/export.md` is the contract: names of columns are permanent, as addresses are.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse

from minutes.models.danish import slug
from minutes.privacy import replace_masks

CSV, EXCEL, JSON = "csv", "csv-excel", "json"

# Rows fetched at a time, and rows written at a time.
_FETCHED, _WRITTEN = 2_000, 200
# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_NAME = 100
_BYTE_ORDER_MARK = "\ufeff"

Cell = str | int | bool | date | Sequence[str] | None


class Address(str):
    """A path of the site's, written with its scheme and host."""

    __slots__ = ()


@dataclass(frozen=True)
class Listing:
    """What a file of a list holds: its columns by name, each made of a row, and the words of its name."""

    name: str
    columns: Mapping[str, Callable[[Any], Cell]]
    prepared: Callable[[Any], Any] = field(default=lambda rows: rows)  # what the columns need besides


def as_file(
    request: HttpRequest, listing: Listing, rows: QuerySet | Iterable, *, cut: bool = False
) -> StreamingHttpResponse | None:
    """`rows` as the file that ?format= asks for; None where it asks for none. One query.

    `cut` says that there are more rows than these, and so does the file. `BadRequest` for another format. The
    query is made before anything is answered, so that what is wrong with it is no broken file.
    """
    asked = request.GET.get("format")
    if not asked:
        return None
    if asked not in (CSV, EXCEL, JSON):
        raise BadRequest("a format that does not exist")
    if isinstance(rows, QuerySet):
        rows = listing.prepared(rows).iterator(chunk_size=_FETCHED)
    found = iter(rows)
    first = next(found, None)
    cells = _cells(request, listing, chain([] if first is None else [first], found))
    if asked == JSON:
        lines = _json(request, listing, cells, cut=cut)
    else:
        lines = _csv(listing, cells, excel=asked == EXCEL)
    response = StreamingHttpResponse(_joined(lines), content_type=_type_of(asked))
    response["Content-Disposition"] = f'attachment; filename="{_file_name(request, listing, asked, cut)}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _cells(request: HttpRequest, listing: Listing, rows: Iterable) -> Iterator[list[Cell]]:
    """The cells of each row, whatever is covered told as on pages, addresses whole."""
    root = request.build_absolute_uri("/").rstrip("/")

    def told(cell: Cell) -> Cell:
        if isinstance(cell, Address):
            return f"{root}{cell}"
        if isinstance(cell, str):
            return replace_masks(cell)
        if isinstance(cell, Sequence):
            return [replace_masks(each) for each in cell]
        return cell

    for row in rows:
        yield [told(column(row)) for column in listing.columns.values()]


def _csv(listing: Listing, rows: Iterable[list[Cell]], *, excel: bool) -> Iterator[str]:
    """RFC 4180; for a Danish Excel with semicolons and a byte order mark, as it wants them."""
    writer = csv.writer(_Line(), delimiter=";" if excel else ",", lineterminator="\r\n")
    if excel:
        yield _BYTE_ORDER_MARK
    yield writer.writerow(listing.columns)
    for row in rows:
        yield writer.writerow([_plain(cell) for cell in row])


class _Line:
    """A file for `csv.writer` that gives back what is written."""

    def write(self, line: str) -> str:
        return line


def _plain(cell: Cell) -> str | int:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, int):
        return cell
    if isinstance(cell, date):
        return cell.isoformat()
    text = cell if isinstance(cell, str) else ", ".join(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _json(request: HttpRequest, listing: Listing, rows: Iterable[list[Cell]], *, cut: bool) -> Iterator[str]:
    """An object with the list's address, whether it was cut, and its rows, one a line."""
    query = request.GET.copy()
    for name in ("format", "side"):
        query.pop(name, None)
    address = request.build_absolute_uri(request.path) + (f"?{query.urlencode()}" if query else "")
    yield f'{{"adresse": {json.dumps(address)}, "afkortet": {json.dumps(cut)}, "rækker": ['
    separator = "\n"
    for row in rows:
        told = dict(zip(listing.columns, row, strict=True))
        yield separator + json.dumps(told, ensure_ascii=False, default=date.isoformat)
        separator = ",\n"
    yield "\n]}\n"


def _joined(lines: Iterator[str]) -> Iterator[bytes]:
    """Many lines at a time, as each piece costs the server a packet."""
    pieces: list[str] = []
    for line in lines:
        pieces.append(line)
        if len(pieces) == _WRITTEN:
            yield "".join(pieces).encode()
            pieces.clear()
    yield "".join(pieces).encode()


def _type_of(asked: str) -> str:
    return "application/json" if asked == JSON else "text/csv; charset=utf-8"


def _file_name(request: HttpRequest, listing: Listing, asked: str, cut: bool) -> str:
    """What is in it: "moeder-randers-byraadet-2019-01-01.csv"."""
    values = [
        slug(value)
        for name, given in request.GET.lists()
        if name not in ("format", "side")
        for value in given
    ]
    words = [listing.name, *filter(None, values)]
    name = "-".join(words)[:_LONGEST_NAME].rstrip("-")
    ending = "json" if asked == JSON else "csv"
    return f"{name}{'-afkortet' if cut else ''}.{ending}"
