"""Converts entries of the ledger to rows of `Takedown`, `Redaction` and `ErasedOriginal`, and back."""

import uuid
from datetime import datetime
from typing import Any

from django.utils import timezone

from minutes.models import ErasedOriginal, Meeting, Municipality, Redaction, Takedown
from minutes.privacy import Passage, Surroundings
from minutes.publishing import ledger
from minutes.publishing.audit_log import By
from minutes.publishing.readings import meeting_keys

Row = Takedown | Redaction | ErasedOriginal

# The kind of an entry about an erased original; `sources` is its SHA-256 alone.
ORIGINAL = "original"


def new_entry(meeting: Meeting, kind: str, by: By, reason: str) -> ledger.Entry:
    """Return an entry for all present addresses and sources of the meeting. Two queries."""
    return {
        **place_of(meeting),
        "kind": kind,
        "at": timezone.now().isoformat(),
        "by": by.get_username() if by else "",
        "reason": reason[:500],
    }


def place_of(meeting: Meeting) -> ledger.Entry:
    """Return the id, addresses and sources of a new entry for the meeting. Two queries."""
    sources = meeting.readings.values_list("source__sha256", flat=True).distinct()
    return {"id": str(uuid.uuid4()), "meeting": meeting_keys(meeting), "sources": sorted(set(sources))}


def entry_of(row: Row) -> ledger.Entry:
    entry: dict[str, Any] = {
        "id": str(row.ledger_id),
        "meeting": row.meeting_keys,
        "sources": [row.sha256] if isinstance(row, ErasedOriginal) else row.sources,
        "at": row.made_at.isoformat(),
        "by": row.made_by,
        "reason": row.reason,
    }
    if isinstance(row, ErasedOriginal):
        return entry | {"kind": ORIGINAL, "size": row.size}
    if isinstance(row, Redaction):
        return entry | {"kind": row.kind} | as_entry(passage_of(row))
    if not row.item_slug:
        return entry | {"kind": "meeting"}
    title = {"letters": row.title_letters, "fingerprint": row.title_fingerprint} if row.title_letters else {}
    return entry | {"kind": "item", "item": row.item_slug} | title


def store(entry: ledger.Entry) -> None:
    """Create the row of an entry; for an original that the retention rule erased, update it. Two queries."""
    common: dict[str, Any] = {
        "ledger_id": entry["id"],
        "meeting_keys": entry["meeting"],
        "reason": entry.get("reason", ""),
        "made_at": datetime.fromisoformat(entry["at"]),
        "made_by": entry.get("by", ""),
        "municipality": Municipality.objects.filter(slug=entry["meeting"][0].split("/")[0]).first(),
    }
    if entry["kind"] == ORIGINAL:
        facts = common | {"size": entry.get("size", 0), "cause": ErasedOriginal.Cause.REQUEST}
        ErasedOriginal.objects.update_or_create(sha256=entry["sources"][0], defaults=facts)
        return
    common["sources"] = entry["sources"]
    if is_redaction(entry):
        Redaction.objects.create(
            kind=entry["kind"],
            letters=entry["letters"],
            fingerprint=entry["fingerprint"],
            whole_words=entry.get("whole_words", False),
            exceptions=entry.get("exceptions", []),
            **common,
        )
    else:
        Takedown.objects.create(
            item_slug=entry.get("item", ""),
            title_letters=entry.get("letters", 0),
            title_fingerprint=entry.get("fingerprint", ""),
            **common,
        )


def passage_of(row: Redaction) -> Passage:
    exceptions = frozenset(Surroundings(*exception) for exception in row.exceptions)
    return Passage(row.letters, row.fingerprint, row.whole_words, exceptions)


def as_entry(passage: Passage) -> ledger.Entry:
    """Return the part of an entry that describes a passage."""
    entry: ledger.Entry = {"letters": passage.letters, "fingerprint": passage.fingerprint}
    if passage.whole_words:
        entry |= {"whole_words": True, "exceptions": sorted(map(list, passage.exceptions))}
    return entry


def is_redaction(entry: ledger.Entry) -> bool:
    return entry["kind"] in Redaction.Kind.values
