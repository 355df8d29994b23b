"""Compares what the reader says of a header with `headers.toml`, in which it was read by hand."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from minutes.reader.document import read_text
from minutes.reader.records import Document, SourceInfo

HEADERS: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)["header"]
ITEMS = """
1. Godkendelse af dagsorden

Beslutning
Godkendt.

2. Ny legeplads ved skolen

Sagsfremstilling
Legepladsen koster 200.000 kr.

Beslutning
Godkendt.
"""
_SOURCE = SourceInfo(name="", sha256="", bytes=0, encoding="utf-8", repaired=False)


def read_header(header: dict[str, Any]) -> Document:
    """Return what is read from the header, with items under it where it has none of its own."""
    text = header["text"].removeprefix("\n")
    has_items = "\n1. " in text or "\nNr.1" in text
    if "PUNKTER" in text or not (has_items or header.get("body") == "none"):
        text += ITEMS
    return read_text(text, _SOURCE)


def differences(document: Document, header: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Yield (field, value read, value printed) for each field of `header` that was read wrongly."""
    for field, want in _wanted(header):
        got = _got(document, field, want)
        if got != want:
            yield field, got, want


def _wanted(header: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for field in ("committee", "date", "time", "place"):
        yield field, header.get(field)
    for field in ("present", "absent"):
        yield field, sorted(header.get(field, ()))
    yield "kind", header.get("kind", "ordinary")
    yield "document", header.get("document", "minutes")
    for field in ("committees", "cancelled", "substitutes", "arrivals", "departures", "item_absent"):
        if field in header:
            yield field, header[field]
    if "municipality" in header:
        yield "municipality", header["municipality"] or None


def _got(document: Document, field: str, want: Any) -> Any:
    value: Any = None
    if field in {"present", "absent"}:
        people = document.participants if field == "present" else document.absent
        parties = any("(" in name for name in want)
        value = sorted(
            f"{person.name} ({person.party})" if person.party and parties else person.name
            for person in people
        )
        if field == "present" and not parties and any(person.party for person in people):
            value = sorted(f"{person.name} ({person.party})" for person in people)
    elif field in {"time", "place"}:
        value = document.start_time if field == "time" else document.location
    elif field == "municipality":
        value = document.municipality and document.municipality.code
    elif field == "substitutes":
        value = [f"{person.name} for {person.absentee}" for person in getattr(document, "substitutes", ())]
    elif field in {"arrivals", "departures"}:
        value = [f"{person.name} {person.time}" for person in getattr(document, field, ())]
    elif field == "committees":
        value = list(getattr(document, "committees", ()))
    elif field == "item_absent":
        value = {item.number: [a.name for a in item.absent] for item in document.items if item.absent}
    else:
        value = getattr(document, field, None)
        value = str(value) if field in {"kind", "document"} else value
    return value


def figures(headers: list[dict[str, Any]] = HEADERS) -> tuple[Counter[str], Counter[str], int]:
    """Return (right per field, expected per field, headers right in all)."""
    right: Counter[str] = Counter()
    expected: Counter[str] = Counter()
    whole = 0
    for header in headers:
        wrong = {field for field, *_ in differences(read_header(header), header)}
        for field, _ in _wanted(header):
            expected[field] += 1
            right[field] += field not in wrong
        whole += not wrong
    return right, expected, whole
