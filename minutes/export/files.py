"""A list as a streamed file: `?format=csv`, `csv-excel` or `json` at the address of the list.

`docs/export.md` describes the files. Names of columns are permanent, as addresses are.
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
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from archive.language import DANISH, language_of, without_language
from minutes.export.budget import Pieces, Turn
from minutes.models.danish import slug

CSV, EXCEL, JSON = "csv", "csv-excel", "json"

# Rows fetched from the database at a time, and rows per piece of the response.
_FETCH_SIZE, _WRITE_SIZE = 2_000, 200
# A spreadsheet evaluates a cell that begins with one of these as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MAX_NAME_LENGTH = 100
_BYTE_ORDER_MARK = "\ufeff"

Cell = str | int | bool | date | Sequence[str] | None
Column = Callable[[Any], Cell]


class Link(str):
    """A path of the site, written with scheme and host."""

    __slots__ = ()


def _unchanged(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows


@dataclass(frozen=True)
class Listing:
    """The file of a list: the first words of its name, and its columns by name, each computed from a row."""

    name: str
    columns: Mapping[str, Column]
    # Adds what the columns need to the query.
    prepare: Callable[[Any], QuerySet[Any]] = field(default=_unchanged)


def as_file(
    request: HttpRequest, listing: Listing, rows: QuerySet[Any] | Iterable[Any], *, truncated: bool = False
) -> HttpResponseBase | None:
    """Return `rows` as the file that ?format= names, None without that parameter. One query.

    Files are Danish and have one address, to which an English page's redirects.

    `truncated` marks the file as having fewer rows than the list. Raises `BadRequest` for an unknown format.
    A few files are sent at a time, each within a minute; raises `TooManyFilesError`.
    The query runs before the response starts, so that an error of the database is not a broken file.
    """
    file_format = request.GET.get("format")
    if not file_format:
        return None
    if file_format not in (CSV, EXCEL, JSON):
        raise BadRequest("a format that does not exist")
    if language_of(request.path) != DANISH:
        return redirect(without_language(request.get_full_path()))
    turn = Turn()
    if isinstance(rows, QuerySet):
        rows = listing.prepare(rows).iterator(chunk_size=_FETCH_SIZE)
    remaining = iter(rows)
    first = next(remaining, None)
    cells = _cells(request, listing, chain([] if first is None else [first], remaining))
    if file_format == JSON:
        lines = _json(request, listing, cells, truncated=truncated)
    else:
        lines = _csv(listing, cells, excel=file_format == EXCEL)
    response = StreamingHttpResponse(Pieces(_pieces(lines), turn), content_type=_content_type(file_format))
    name = _file_name(request, listing, file_format, truncated=truncated)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _cells(request: HttpRequest, listing: Listing, rows: Iterable[Any]) -> Iterator[list[Cell]]:
    """Yield the cells of each row, with complete addresses."""
    root = request.build_absolute_uri("/").rstrip("/")

    def public(cell: Cell) -> Cell:
        if isinstance(cell, Link):
            return f"{root}{cell}"
        return cell

    for row in rows:
        yield [public(column(row)) for column in listing.columns.values()]


def _csv(listing: Listing, rows: Iterable[list[Cell]], *, excel: bool) -> Iterator[str]:
    """Yield the lines of an RFC 4180 file, or with semicolons and a byte order mark for a Danish Excel."""
    writer = csv.writer(_Line(), delimiter=";" if excel else ",", lineterminator="\r\n")
    if excel:
        yield _BYTE_ORDER_MARK
    yield writer.writerow(listing.columns)
    for row in rows:
        yield writer.writerow([_csv_cell(cell) for cell in row])


class _Line:
    """A file for `csv.writer` that returns what is written to it."""

    def write(self, line: str) -> str:
        return line


def _csv_cell(cell: Cell) -> str | int:
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


def _json(
    request: HttpRequest, listing: Listing, rows: Iterable[list[Cell]], *, truncated: bool
) -> Iterator[str]:
    """Yield an object with the list's address, whether it is truncated, and its rows, one per line."""
    query = request.GET.copy()
    for name in ("format", "side"):
        query.pop(name, None)
    address = request.build_absolute_uri(request.path) + (f"?{query.urlencode()}" if query else "")
    yield f'{{"adresse": {json.dumps(address)}, "afkortet": {json.dumps(truncated)}, "rækker": ['
    separator = "\n"
    for row in rows:
        record = dict(zip(listing.columns, row, strict=True))
        yield separator + json.dumps(record, ensure_ascii=False, default=date.isoformat)
        separator = ",\n"
    yield "\n]}\n"


def _pieces(lines: Iterator[str]) -> Iterator[bytes]:
    """Yield many lines at a time, as the server sends a packet per piece."""
    batch: list[str] = []
    for line in lines:
        batch.append(line)
        if len(batch) == _WRITE_SIZE:
            yield "".join(batch).encode()
            batch.clear()
    yield "".join(batch).encode()


def _content_type(file_format: str) -> str:
    return "application/json" if file_format == JSON else "text/csv; charset=utf-8"


def _file_name(request: HttpRequest, listing: Listing, file_format: str, *, truncated: bool) -> str:
    """Return a name that says what the file contains: "moeder-randers-byraadet-2019-01-01.csv"."""
    filters = [
        slug(value)
        for parameter, values in request.GET.lists()
        if parameter not in ("format", "side")
        for value in values
    ]
    words = [listing.name, *filter(None, filters)]
    name = "-".join(words)[:_MAX_NAME_LENGTH].rstrip("-")
    ending = "json" if file_format == JSON else "csv"
    return f"{name}{'-afkortet' if truncated else ''}.{ending}"
