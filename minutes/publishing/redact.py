"""Redacts numbers and passages, and dismisses false CPR matches, in every stored text of a meeting.

Each redaction is a row and an entry of the ledger.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from minutes.models import Change, FalseHit, Meeting, Reading, Redaction, Source, Takedown
from minutes.privacy import Passage
from minutes.publishing import ledger, ledger_rows
from minutes.publishing.audit_log import By, record
from minutes.publishing.enclosed_files import redact_files
from minutes.publishing.errors import PublishingError, refuse_cpr_numbers, require_reason
from minutes.publishing.identity import locked
from minutes.publishing.projection import project
from minutes.publishing.readings import meeting_keys
from minutes.publishing.redactions import Redactions

# A shorter passage would match all over the text.
FEWEST_LETTERS = 4

Kind = Redaction.Kind


@transaction.atomic
def redact_number(reading: Reading, start: int, *, by: By, reason: str = "") -> None:
    """Mask the number of the unresolved CPR match at `start`, everywhere in the meeting's texts."""
    refuse_cpr_numbers(reason)
    meeting = locked(reading.meeting)
    fingerprint = ledger.fingerprints().of_number(_matched_number(reading, start))
    store_redaction(meeting, Kind.PERSONAL_NUMBER, Passage(0, fingerprint), by, reason=reason)


@transaction.atomic
def redact_all_numbers(meeting: Meeting, *, by: By, reason: str = "") -> int:
    """Mask every unresolved CPR match of the meeting's readings. Returns the number of different numbers."""
    refuse_cpr_numbers(reason)
    meeting = locked(meeting)
    numbers = {
        ledger.fingerprints().of_number(reading.text[start:end])
        for reading in meeting.readings.exclude(unresolved_cpr_matches=[])
        for start, end in reading.unresolved_cpr_matches
    }
    for fingerprint in sorted(numbers):
        store_redaction(meeting, Kind.PERSONAL_NUMBER, Passage(0, fingerprint), by, reason=reason)
    return len(numbers)


@transaction.atomic
def dismiss_match(reading: Reading, start: int, *, by: By, reason: str) -> None:
    """Dismiss the CPR match at `start` as another number, in all texts of the meeting."""
    if not reason.strip():
        raise PublishingError(_("Skriv, hvad nummeret er i stedet."))
    refuse_cpr_numbers(reason)
    meeting = locked(reading.meeting)
    fingerprint = ledger.fingerprints().of_number(_matched_number(reading, start))
    FalseHit.objects.get_or_create(
        meeting=meeting, fingerprint=fingerprint, defaults={"reason": reason[:500], "made_by": by}
    )
    record(meeting, Change.Kind.JUDGED, by, reason)
    apply_redactions(meeting)


@transaction.atomic
def redact_passage(reading: Reading, passage: str, *, by: By, reason: str) -> int:
    """Mask `passage` everywhere in the meeting's texts. Returns the number of places in this reading.

    Raises `PublishingError` when the reading's text does not contain it, or it is too short to be unique.
    """
    require_reason(reason)
    meeting = locked(reading.meeting)
    if sum(map(str.isalnum, passage)) < FEWEST_LETTERS:
        raise PublishingError(_("Vælg mindst fire bogstaver eller tal."))
    fingerprinted = ledger.fingerprints().of_passage(passage)
    places = len(ledger.fingerprints().find_passages(reading.text, [fingerprinted]))
    if not places:
        raise PublishingError(_("Ordene står ikke i teksten. Kopiér hele ord fra kilden."))
    store_redaction(meeting, Kind.PASSAGE, fingerprinted, by, reason=reason)
    return places


def apply_redactions(meeting: Meeting) -> None:
    """Apply the meeting's redactions to everything stored of it, and project it if that changes anything."""
    redactions = Redactions.of(meeting)
    changed = redact_files(meeting, redactions)
    for reading in meeting.readings.select_related("source"):
        changed |= redactions.redact_reading(reading)
        source = reading.source
        name, origin = redactions.redact_text(source.name), redactions.redact_text(source.origin)
        if (name, origin) != (source.name, source.origin):
            source.name, source.origin = name, origin
            source.save(update_fields=["name", "origin"])
    for correction in meeting.corrections.all():
        values = [correction.seen, correction.value, correction.new_reading]
        redacted = [redactions.redact_json(value) for value in values]
        if redacted != values:
            correction.seen, correction.value, correction.new_reading = redacted
            correction.save(update_fields=["seen", "value", "new_reading"])
            changed = True
    if changed:
        project(meeting)


def carry_over(left: Meeting, target: Meeting, source: Source) -> None:
    """Apply the decisions about both meetings to a document that moved from `left` to `target`.

    Redactions and dismissed CPR matches of `left` become those of `target` too. An item that was taken down
    is recognised by its title when the document is read again.
    """
    of_target = Redaction.objects.of(meeting_keys(target), [])
    known = {(redaction.fingerprint, redaction.whole_words) for redaction in of_target}
    for redaction in Redaction.objects.of(meeting_keys(left), []).order_by("made_at", "id"):
        if (redaction.fingerprint, redaction.whole_words) not in known:
            entry = ledger_rows.entry_of(redaction) | ledger_rows.place_of(target)
            ledger_rows.store(entry)
            ledger.append(entry)
    for takedown in Takedown.objects.of(meeting_keys(left), []).exclude(item_slug=""):
        takedown.sources = sorted({*takedown.sources, source.sha256})
        takedown.save(update_fields=["sources"])
    for match in FalseHit.objects.filter(meeting=left):
        FalseHit.objects.get_or_create(
            meeting=target,
            fingerprint=match.fingerprint,
            defaults={"reason": match.reason, "made_by": match.made_by},
        )
    apply_redactions(target)


def store_redaction(
    meeting: Meeting, kind: Kind, passage: Passage, by: By, *, reason: str, detail: str = ""
) -> None:
    """Store a redaction of a locked meeting and apply it. Call it last in the transaction."""
    entry = ledger_rows.new_entry(meeting, kind.value, by, reason) | ledger_rows.as_entry(passage)
    ledger_rows.store(entry)
    apply_redactions(meeting)
    record(meeting, Change.Kind.REDACTED, by, reason, detail or str(kind.label))
    ledger.append(entry)


def _matched_number(reading: Reading, start: int) -> str:
    """Return the unresolved CPR match at `start`; raise `PublishingError` if it is resolved by now."""
    reading.refresh_from_db()
    for low, high in reading.unresolved_cpr_matches:
        if low == start:
            return reading.text[low:high]
    raise PublishingError(_("Fundet er allerede behandlet."))
