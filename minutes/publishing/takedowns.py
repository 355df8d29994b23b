"""Redacts passages, takes meetings and items down, for good: in every text kept, in the rows, in the ledger.

Each act is a row and a line of the ledger. `replay` does again what the ledger tells of and the database
does not, as after an old dump was restored.
"""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from minutes.models import (
    AgendaItem,
    Change,
    FalseHit,
    Meeting,
    Municipality,
    Reading,
    Redaction,
    Takedown,
)
from minutes.models.meetings import State
from minutes.publishing import ledger, references
from minutes.publishing.audit_log import By, record
from minutes.publishing.errors import PublishingError, refuse_personal_numbers
from minutes.publishing.identity import locked
from minutes.publishing.projection import addresses_of, project
from minutes.publishing.redactions import (
    RedactedDocument,
    Redactions,
    document_of,
    keep,
    keys_of,
    without_item,
)
from minutes.search import index

# A shorter passage would be found all over the text.
FEWEST_LETTERS = 4

Kind = Redaction.Kind


@transaction.atomic
def redact_number(reading: Reading, start: int, *, by: By, reason: str = "") -> None:
    """Cover the number of the open hit at `start`, wherever it stands in the meeting's texts."""
    refuse_personal_numbers(reason)
    meeting = locked(reading.meeting)
    number = _open_hit(reading, start)
    _redact(meeting, Kind.PERSONAL_NUMBER, 0, ledger.fingerprints().of_number(number), by, reason)


@transaction.atomic
def redact_all_numbers(meeting: Meeting, *, by: By, reason: str = "") -> int:
    """Cover every open hit of the meeting's readings; how many different numbers it was."""
    refuse_personal_numbers(reason)
    meeting = locked(meeting)
    numbers = {
        ledger.fingerprints().of_number(reading.text[start:end])
        for reading in meeting.readings.exclude(open_hits=[])
        for start, end in reading.open_hits
    }
    for number in sorted(numbers):
        _redact(meeting, Kind.PERSONAL_NUMBER, 0, number, by, reason)
    return len(numbers)


@transaction.atomic
def dismiss_match(reading: Reading, start: int, *, by: By, reason: str) -> None:
    """Say that the open hit at `start` is no personal number; the whole meeting's texts go by it."""
    if not reason.strip():
        raise PublishingError(_("Skriv, hvad nummeret er i stedet."))
    refuse_personal_numbers(reason)
    meeting = locked(reading.meeting)
    fingerprint = ledger.fingerprints().of_number(_open_hit(reading, start))
    FalseHit.objects.get_or_create(
        meeting=meeting, fingerprint=fingerprint, defaults={"reason": reason[:500], "made_by": by}
    )
    record(meeting, Change.Kind.JUDGED, by, reason)
    _cover_again(meeting)


@transaction.atomic
def redact_passage(reading: Reading, passage: str, *, by: By, reason: str) -> int:
    """Cover `passage` wherever it stands in the meeting's texts; how many places it is in this reading.

    Raises `PublishingError` when it does not stand in the reading's text, or is too short to be told apart.
    """
    _need_reason(reason)
    meeting = locked(reading.meeting)
    if sum(map(str.isalnum, passage)) < FEWEST_LETTERS:
        raise PublishingError(_("Vælg mindst fire bogstaver eller tal."))
    made = ledger.fingerprints().of_passage(passage)
    places = len(ledger.fingerprints().find_passages(reading.text, [made]))
    if not places:
        raise PublishingError(_("Ordene står ikke i teksten. Kopiér hele ord fra kilden."))
    _redact(meeting, Kind.PASSAGE, made.letters, made.fingerprint, by, reason)
    return places


@transaction.atomic
def take_down_meeting(meeting: Meeting, *, by: By, reason: str) -> None:
    """Take the meeting from the public for good, whatever is imported later."""
    _need_reason(reason)
    meeting = locked(meeting)
    if meeting.state == State.TAKEN_DOWN:
        raise PublishingError(_("Mødet er allerede taget ned."))
    entry = _entry(meeting, "meeting", by, reason)
    _take_down_meeting(meeting)
    record(meeting, Change.Kind.TAKEN_DOWN, by, reason)
    _store_takedown(entry)
    ledger.append(entry)


@transaction.atomic
def take_down_item(item: AgendaItem, *, by: By, reason: str) -> None:
    """Take an item from the public for good, and its words out of every text of the meeting."""
    _need_reason(reason)
    meeting = locked(item.meeting)
    item = meeting.items.select_related("reading").get(pk=item.pk)
    entry = _entry(meeting, "item", by, reason)
    entry["item"] = item.slug
    title = item.reading.facts["items"][item.reading_index]["title"]
    if any(map(str.isalnum, title)):
        entry["letters"], entry["fingerprint"] = ledger.fingerprints().of_passage(title)
    _store_takedown(entry)
    _take_down_item(meeting, item.slug)
    record(meeting, Change.Kind.TAKEN_DOWN, by, reason, _("punkt %s") % item.slug)
    ledger.append(entry)


def replay() -> int:
    """Do what the ledger tells of and the database does not, and write to the ledger what it lacks.

    Each in a transaction of its own; returns how many.
    """
    missing, lacking = differences()
    for entry in missing:
        with transaction.atomic():
            _replay(entry)
    for row in lacking:
        ledger.append(_entry_of(row))
    return len(missing) + len(lacking)


def restore(entries: Iterable[ledger.Entry]) -> None:
    """Keep the `entries` of an export that was taken in, and do what is known of takedowns to its meetings.

    The ledger's own entry is kept where it has one: it knows more, and of more. Call it last in the
    transaction.
    """
    known = {entry["id"]: entry for entry in (*entries, *ledger.read().entries)}
    held = {str(row.ledger_id) for rows in _rows() for row in rows}
    for entry in known.values():
        if entry["id"] not in held:
            _store(entry)
    for rows in _rows():
        for row in rows:
            _do(_entry_of(row))
    _missing, lacking = differences()
    for row in lacking:
        ledger.append(_entry_of(row))


def differences() -> tuple[list[ledger.Entry], list[Takedown | Redaction]]:
    """Entries of the ledger that the database has not, and rows that the ledger has not. Two queries."""
    entries = {entry["id"]: entry for entry in ledger.read().entries}
    known = {str(row.ledger_id): row for rows in _rows() for row in rows.iterator()}
    return (
        [entry for key, entry in entries.items() if key not in known],
        [row for key, row in known.items() if key not in entries],
    )


def _rows() -> tuple[QuerySet[Takedown], QuerySet[Redaction]]:
    return Takedown.objects.all(), Redaction.objects.all()


def _redact(meeting: Meeting, kind: Kind, letters: int, fingerprint: str, by: By, reason: str) -> None:
    entry = _entry(meeting, kind.value, by, reason)
    entry |= {"letters": letters, "fingerprint": fingerprint}
    _store_redaction(entry)
    _cover_again(meeting)
    record(meeting, Change.Kind.REDACTED, by, reason, str(kind.label))
    ledger.append(entry)


def _cover_again(meeting: Meeting) -> None:
    """Cover what must be in all that is kept of the meeting, and show it so, where it is not covered yet."""
    covers, changed = Redactions.of(meeting), False
    for reading in meeting.readings.select_related("source"):
        changed |= covers.redact_reading(reading)
        name, origin = covers.redact_text(reading.source.name), covers.redact_text(reading.source.origin)
        if (name, origin) != (reading.source.name, reading.source.origin):
            reading.source.name, reading.source.origin = name, origin
            reading.source.save(update_fields=["name", "origin"])
    for each in meeting.corrections.all():
        told = [covers.redact_json(value) for value in (each.seen, each.value, each.found)]
        if told != [each.seen, each.value, each.found]:
            each.seen, each.value, each.found = told
            each.save(update_fields=["seen", "value", "found"])
            changed = True
    if changed:
        project(meeting)


def _take_down_meeting(meeting: Meeting) -> None:
    meeting.state = State.TAKEN_DOWN
    meeting.save(update_fields=["state", "updated_at"])
    index.refresh(meeting)
    references.resolve([meeting])


def _take_down_item(meeting: Meeting, item_slug: str) -> None:
    """Cover the item in every reading: the one at its address, and the one with its title.

    In a version where it has another number and another title it is not known again.
    """
    covers, changed = Redactions.of(meeting), meeting.items.filter(slug=item_slug).exists()
    for reading in meeting.readings.all():
        document = document_of(reading)
        text = reading.text
        for at, address in enumerate(addresses_of(meeting, document)):
            named = covers.named(document.items[at].title)
            if named or address == item_slug:
                slug = named.item_slug if named else item_slug
                text, document = without_item(text, document, at, slug, covers.fingerprints)
        if text != reading.text:
            left = [hit for hit in reading.open_hits if text[slice(*hit)] == reading.text[slice(*hit)]]
            keep(reading, RedactedDocument(text, document, left))
            changed = True
    meeting.corrections.filter(item_slug=item_slug).delete()
    if changed:
        project(meeting)


def _replay(entry: ledger.Entry) -> None:
    _store(entry)
    _do(entry)


def _store(entry: ledger.Entry) -> None:
    if entry["kind"] in Kind.values:
        _store_redaction(entry)
    else:
        _store_takedown(entry)


def _do(entry: ledger.Entry) -> None:
    """What the entry tells of, in every meeting it is of where it is not done yet."""
    kind = entry["kind"]
    for found in _meetings_of(entry):
        meeting = locked(found)
        if kind in Kind.values:
            _cover_again(meeting)
        elif kind == "item":
            _take_down_item(meeting, entry["item"])
        elif meeting.state != State.TAKEN_DOWN:
            _take_down_meeting(meeting)


def _meetings_of(entry: ledger.Entry) -> list[Meeting]:
    """The meetings with one of the entry's addresses, present or former, or documents. One query."""
    found = Q(readings__source__sha256__in=entry["sources"])
    for key in entry["meeting"]:
        place, committee, day = key.split("/")
        sequence = day[11:] or "1"
        for prefix in ("", "former_addresses__"):
            found |= Q(
                **{
                    f"{prefix}committee__municipality__slug": place,
                    f"{prefix}committee__slug": committee,
                    f"{prefix}date": date.fromisoformat(day[:10]),
                    f"{prefix}sequence": int(sequence),
                }
            )
    return list(Meeting.objects.filter(found).distinct())


def _entry(meeting: Meeting, kind: str, by: By, reason: str) -> ledger.Entry:
    sources = meeting.readings.values_list("source__sha256", flat=True).distinct()
    return {
        "id": str(uuid.uuid4()),
        "kind": kind,
        "meeting": keys_of(meeting),
        "sources": sorted(set(sources)),
        "at": timezone.now().isoformat(),
        "by": by.get_username() if by else "",
        "reason": reason[:500],
    }


def _entry_of(row: Takedown | Redaction) -> ledger.Entry:
    entry: dict[str, Any] = {
        "id": str(row.ledger_id),
        "meeting": row.meeting_keys,
        "sources": row.sources,
        "at": row.made_at.isoformat(),
        "by": row.made_by,
        "reason": row.reason,
    }
    if isinstance(row, Redaction):
        return entry | {"kind": row.kind, "letters": row.letters, "fingerprint": row.fingerprint}
    if not row.item_slug:
        return entry | {"kind": "meeting"}
    title = {"letters": row.title_letters, "fingerprint": row.title_fingerprint} if row.title_letters else {}
    return entry | {"kind": "item", "item": row.item_slug} | title


def _store_takedown(entry: ledger.Entry) -> None:
    Takedown.objects.create(
        item_slug=entry.get("item", ""),
        title_letters=entry.get("letters", 0),
        title_fingerprint=entry.get("fingerprint", ""),
        **_common(entry),
    )


def _store_redaction(entry: ledger.Entry) -> None:
    Redaction.objects.create(
        kind=entry["kind"], letters=entry["letters"], fingerprint=entry["fingerprint"], **_common(entry)
    )


def _common(entry: ledger.Entry) -> dict[str, Any]:
    return {
        "ledger_id": entry["id"],
        "meeting_keys": entry["meeting"],
        "sources": entry["sources"],
        "reason": entry.get("reason", ""),
        "made_at": datetime.fromisoformat(entry["at"]),
        "made_by": entry.get("by", ""),
        "municipality": Municipality.objects.filter(slug=entry["meeting"][0].split("/")[0]).first(),
    }


def _open_hit(reading: Reading, start: int) -> str:
    """The words of the open hit at `start`. Raises `PublishingError` when there is none any more."""
    reading.refresh_from_db()
    for low, high in reading.open_hits:
        if low == start:
            return reading.text[low:high]
    raise PublishingError(_("Fundet er allerede behandlet."))


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise PublishingError(_("Skriv en begrundelse."))
    refuse_personal_numbers(reason)
