"""Upgrades the records of an export that an earlier version of the program wrote.

`STEPS` has one function per version, from a record of that version to one of the next. A new field needs no
step: a field that a record does not have gets its default when it is imported.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec
from django.db.models import Model

from minutes.export.records import JsonObject
from minutes.models import (
    AgendaItem,
    Attachment,
    Attendance,
    Ballot,
    Case,
    CaseNumber,
    Meeting,
    Reference,
    Section,
    Statement,
)
from minutes.privacy import CPR_MASK, PASSAGE_MASK, replace_masks

# The model of each kind of record with text from the minutes ("") and of the rows in its lists.
_ROWS_WITH_TEXT: dict[str, dict[str, type[Model]]] = {
    "cases": {"": Case},
    "meetings": {"": Meeting, "attendances": Attendance},
    "items": {
        "": AgendaItem,
        "case_numbers": CaseNumber,
        "sections": Section,
        "attachments": Attachment,
        "statements": Statement,
        "references": Reference,
        "attendances": Attendance,
    },
    "ballots": {"": Ballot},
}


def upgrade(kind: str, lines: Iterable[bytes], version: int) -> Iterator[bytes]:
    """Yield the records of a kind, as lines of JSON, in the form of the present version."""
    steps = STEPS[version - 1 :]
    if not steps:
        yield from lines
        return
    for line in lines:
        record: JsonObject = msgspec.json.decode(line)
        for step in steps:
            record = step(kind, record)
        yield msgspec.json.encode(record) + b"\n"


def _replace_masks_in_rows(kind: str, record: JsonObject) -> JsonObject:
    """Version 1 to 2: public texts say "[CPR-nummer fjernet]" or "[Fjernet]" where they had mask characters.

    Masks stay in sources, as positions count characters of their text, and in corrections, as these are
    compared with the facts of a source.
    """
    upgraded = dict(record)
    for name, model in _ROWS_WITH_TEXT.get(kind, {}).items():
        if name:
            upgraded[name] = [_with_masks_replaced(model, row) for row in record[name]]
        else:
            upgraded |= _with_masks_replaced(model, record)
    return upgraded


def _with_masks_replaced(model: type[Model], row: JsonObject) -> JsonObject:
    return {name: _unmasked(model, name, value) for name, value in row.items()}


def _unmasked(model: type[Model], name: str, value: Any) -> Any:
    """Return `value` with its masks replaced, cut to the length of the field `name` of `model`."""
    if not isinstance(value, str) or (CPR_MASK not in value and PASSAGE_MASK not in value):
        return value
    longest: int | None = getattr(model._meta.get_field(name), "max_length", None)
    return replace_masks(value)[:longest]


STEPS: tuple[Callable[[str, JsonObject], JsonObject], ...] = (_replace_masks_in_rows,)

VERSION = len(STEPS) + 1
"""The version of the exports that this program writes. It imports this one and all earlier ones."""
