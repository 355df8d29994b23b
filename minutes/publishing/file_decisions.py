"""Decisions of staff about a file that came along with a document."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from minutes.models import Change, EnclosedFile, FalseHit, Meeting
from minutes.models.states import State
from minutes.publishing.audit_log import By, record
from minutes.publishing.enclosed_files import files_of
from minutes.publishing.errors import PublishingError, refuse_cpr_numbers
from minutes.publishing.identity import locked
from minutes.publishing.projection import project
from minutes.publishing.redact import apply_redactions

Decision = EnclosedFile.Decision


@transaction.atomic
def release_file(meeting: Meeting, file: EnclosedFile, *, by: By) -> bool:
    """Let the public download a file with its item, whatever it waits for.

    Returns False when a second reviewer must also release it. Raises `PublishingError` for a file with a
    possible CPR number.
    """
    meeting, file = _locked(meeting, file)
    if file.cpr_matches:
        raise PublishingError(
            _("Bilaget har mulige CPR-numre. Vurdér dem først, eller hold bilaget tilbage.")
        )
    if meeting.state == State.PUBLISHED and settings.REQUIRE_SECOND_REVIEWER and by is not None:
        if file.approved_by_id == by.pk:
            raise PublishingError(_("Du har godkendt. En anden end dig skal også gøre det."))
        if file.approved_by_id is None:
            file.approved_by_id = by.pk
            file.save(update_fields=["approved_by"])
            record(meeting, Change.Kind.APPROVED, by, detail=_detail(file))
            return False
    _decide(meeting, file, Decision.RELEASED)
    record(meeting, Change.Kind.FILE_RELEASED, by, detail=_detail(file))
    return True


@transaction.atomic
def withhold_file(meeting: Meeting, file: EnclosedFile, *, by: By) -> None:
    """Hide a file from the public until a person releases it."""
    meeting, file = _locked(meeting, file)
    _decide(meeting, file, Decision.WITHHELD)
    record(meeting, Change.Kind.FILE_WITHHELD, by, detail=_detail(file))


@transaction.atomic
def dismiss_file_match(
    meeting: Meeting, file: EnclosedFile, fingerprint: str, *, by: By, reason: str
) -> None:
    """Dismiss a CPR match of a file, by its fingerprint, as another number in all texts of the meeting."""
    if not reason.strip():
        raise PublishingError(_("Skriv, hvad nummeret er i stedet."))
    refuse_cpr_numbers(reason)
    meeting, file = _locked(meeting, file)
    if fingerprint not in {match[2] for match in file.cpr_matches}:
        raise PublishingError(_("Fundet er allerede behandlet."))
    FalseHit.objects.get_or_create(
        meeting=meeting, fingerprint=fingerprint, defaults={"reason": reason[:500], "made_by": by}
    )
    record(meeting, Change.Kind.JUDGED, by, reason)
    apply_redactions(meeting)


def _locked(meeting: Meeting, file: EnclosedFile) -> tuple[Meeting, EnclosedFile]:
    """Lock the meeting, and return both as they are now. Raises `PublishingError` if the file is deleted."""
    meeting = locked(meeting)
    stored = files_of(meeting).filter(pk=file.pk).first()
    if stored is None:
        raise PublishingError(_("Bilaget er ikke i arkivet længere."))
    return meeting, stored


def _decide(meeting: Meeting, file: EnclosedFile, decision: Decision) -> None:
    file.decision, file.approved_by = decision, None
    file.save(update_fields=["decision", "approved_by"])
    project(meeting)


def _detail(file: EnclosedFile) -> str:
    """Return what the audit log says of a file, without words of the document."""
    return _("bilag %d") % file.position
