"""Takes meetings and items down for good: in every stored text, in the public rows and in the ledger.

Each takedown is a row and an entry of the ledger. `replay` repeats entries that the database lacks, as after
an old dump was restored.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from minutes.models import (
    AgendaItem,
    Change,
    ErasedOriginal,
    Meeting,
    PlannedPublication,
    PreviewLink,
    Redaction,
    Takedown,
)
from minutes.models.states import State
from minutes.publishing import ledger, ledger_rows
from minutes.publishing.audit_log import By, record
from minutes.publishing.enclosed_files import remove_files, remove_files_taken_down
from minutes.publishing.errors import PublishingError, require_reason
from minutes.publishing.identity import locked
from minutes.publishing.item_addresses import addresses_of
from minutes.publishing.originals import delete_leftover_bytes, erase_again
from minutes.publishing.projection import project
from minutes.publishing.readings import RedactedDocument, save_reading, structured
from minutes.publishing.redact import apply_redactions
from minutes.publishing.redactions import Redactions
from minutes.publishing.removed_items import remove_item


@transaction.atomic
def take_down_meeting(meeting: Meeting, *, by: By, reason: str) -> None:
    """Take the meeting down for good, whatever is imported later."""
    require_reason(reason)
    meeting = locked(meeting)
    if meeting.state == State.TAKEN_DOWN:
        raise PublishingError(_("Mødet er allerede taget ned."))
    entry = ledger_rows.new_entry(meeting, "meeting", by, reason)
    _take_down_meeting(meeting)
    record(meeting, Change.Kind.TAKEN_DOWN, by, reason)
    ledger_rows.store(entry)
    ledger.append(entry)


@transaction.atomic
def take_down_item(item: AgendaItem, *, by: By, reason: str) -> None:
    """Take an item down for good, and mask its words in every text of the meeting."""
    require_reason(reason)
    meeting = locked(item.meeting)
    item = meeting.items.select_related("reading").get(pk=item.pk)
    if meeting.corrections.of_structure().filter(item_slug=item.slug).exists():
        raise PublishingError(
            _("Punktet er delt, samlet eller tilføjet ved en rettelse. Fjern rettelsen, eller fjern teksten.")
        )
    entry = ledger_rows.new_entry(meeting, "item", by, reason)
    entry["item"] = item.slug
    title = item.reading.item_facts[item.reading_index]["title"]
    if any(map(str.isalnum, title)):
        entry |= ledger_rows.as_entry(ledger.fingerprints().of_passage(title))
    ledger_rows.store(entry)
    _take_down_item(meeting, item.slug)
    record(meeting, Change.Kind.TAKEN_DOWN, by, reason, _("punkt %s") % item.slug)
    ledger.append(entry)


def replay() -> int:
    """Apply the ledger's entries that the database lacks, and append those that the ledger lacks.

    Each in a transaction of its own. Returns their number. Bytes of erased originals that a restored copy of
    the files has brought back are deleted.
    """
    missing_rows, missing_entries = differences()
    for entry in missing_rows:
        with transaction.atomic():
            ledger_rows.store(entry)
            _apply(entry)
    for row in missing_entries:
        ledger.append(ledger_rows.entry_of(row))
    delete_leftover_bytes()
    return len(missing_rows) + len(missing_entries)


def restore(entries: Iterable[ledger.Entry]) -> None:
    """Store the `entries` of a restored export, and apply all known takedowns to its meetings.

    Where the ledger has an entry of its own, that is stored: it knows more. Call it last in the transaction.
    """
    known = {entry["id"]: entry for entry in (*entries, *ledger.read().entries)}
    stored = {str(row.ledger_id) for rows in _rows() for row in rows}
    for entry in known.values():
        if entry["id"] not in stored:
            ledger_rows.store(entry)
    for rows in _rows():
        for row in rows:
            _apply(ledger_rows.entry_of(row))
    _missing_rows, missing_entries = differences()
    for row in missing_entries:
        ledger.append(ledger_rows.entry_of(row))


def differences() -> tuple[list[ledger.Entry], list[ledger_rows.Row]]:
    """Return the ledger's entries without a row, and the rows without an entry. Three queries."""
    entries = {entry["id"]: entry for entry in ledger.read().entries}
    stored: dict[str, ledger_rows.Row] = {
        str(row.ledger_id): row for rows in _rows() for row in rows.iterator()
    }
    return (
        [entry for key, entry in entries.items() if key not in stored],
        [row for key, row in stored.items() if key not in entries],
    )


def _rows() -> tuple[QuerySet[Takedown], QuerySet[Redaction], QuerySet[ErasedOriginal]]:
    requested = ErasedOriginal.objects.filter(cause=ErasedOriginal.Cause.REQUEST)
    return Takedown.objects.all(), Redaction.objects.all(), requested


def _take_down_meeting(meeting: Meeting) -> None:
    meeting.state = State.TAKEN_DOWN
    meeting.save(update_fields=["state", "updated_at"])
    PlannedPublication.objects.filter(meeting=meeting).delete()
    PreviewLink.objects.filter(meeting=meeting).delete()
    remove_files(meeting)
    project(meeting)


def _take_down_item(meeting: Meeting, item_slug: str) -> None:
    """Remove the item from every reading: the one at its address, and the one with its title.

    In a version where both its number and its title are others it is not recognised.
    """
    redactions, changed = Redactions.of(meeting), meeting.items.filter(slug=item_slug).exists()
    # As read: corrections of the structure are applied again when it is saved.
    documents = [(reading, structured(reading, ()).document) for reading in meeting.readings.all()]
    # Before a reading is changed: addresses are found by what readings say.
    addresses = [addresses_of(meeting, document) for _reading, document in documents]
    for (reading, document), slugs in zip(documents, addresses, strict=True):
        text, redacted = reading.text, document
        for at, address in enumerate(slugs):
            takedown = redactions.takedown_titled(document.items[at].title)
            if takedown or address == item_slug:
                slug = takedown.item_slug if takedown else item_slug
                text, redacted = remove_item(text, redacted, at, slug, redactions.fingerprints)
        if text != reading.text:
            matches = [
                match
                for match in reading.unresolved_cpr_matches
                if text[slice(*match)] == reading.text[slice(*match)]
            ]
            save_reading(reading, RedactedDocument(text, redacted, matches))
            remove_files_taken_down(reading)
            changed = True
    meeting.corrections.filter(item_slug=item_slug).delete()
    if changed:
        project(meeting)


def _apply(entry: ledger.Entry) -> None:
    """Do what the entry says to each of its meetings where it is not done yet."""
    if entry["kind"] == ledger_rows.ORIGINAL:
        erase_again(entry["sources"][0])
        return
    for meeting in map(locked, _meetings_of(entry)):
        if ledger_rows.is_redaction(entry):
            apply_redactions(meeting)
        elif entry["kind"] == "item":
            _take_down_item(meeting, entry["item"])
        elif meeting.state != State.TAKEN_DOWN:
            _take_down_meeting(meeting)


def _meetings_of(entry: ledger.Entry) -> list[Meeting]:
    """Return the meetings with an address, present or former, or a source of the entry. One query."""
    matches = Q(readings__source__sha256__in=entry["sources"])
    for key in entry["meeting"]:
        municipality, committee, day = key.split("/")
        for prefix in ("", "former_addresses__"):
            matches |= Q(
                **{
                    f"{prefix}committee__municipality__slug": municipality,
                    f"{prefix}committee__slug": committee,
                    f"{prefix}date": date.fromisoformat(day[:10]),
                    f"{prefix}sequence": int(day[11:] or "1"),
                }
            )
    return list(Meeting.objects.filter(matches).distinct())
