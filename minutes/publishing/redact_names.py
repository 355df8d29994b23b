"""Redacts a name in all meetings of a municipality: first its places are stored, then staff confirm them.

Until then it is undone by deleting the `NameRedaction`. Each meeting is redacted in a transaction of its own.
"""

import logging
import time
import unicodedata
from datetime import timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from minutes.models import Meeting, Municipality, NamePlace, NameRedaction, Reading, Redaction
from minutes.privacy import Passage, Span, Surroundings
from minutes.publishing import ledger
from minutes.publishing.audit_log import By
from minutes.publishing.errors import PublishingError, refuse_cpr_numbers, require_reason
from minutes.publishing.identity import locked
from minutes.publishing.name_places import PlaceOfName, find_places, texts_of_meeting
from minutes.publishing.redact import FEWEST_LETTERS, Kind, store_redaction
from minutes.publishing.redactions import Redactions

logger = logging.getLogger(__name__)

# The task of the workers that goes on with `carry_out`.
CARRY_OUT_TASK = "carry_out_name"
# More places than staff can look through; the name is a common word.
MOST_PLACES = 5_000
# A name that was prepared and neither confirmed nor undone is deleted after this time.
_PREPARED = timedelta(days=30)


@transaction.atomic
def prepare_name(municipality: Municipality, name: str, *, by: By, reason: str) -> NameRedaction:
    """Store all places of the name, all of them selected; nothing is redacted yet.

    Places in a meeting with the same words around them, as in two versions, are one. Raises `PublishingError`
    when the name is too short or too common, or the archive does not have it.
    """
    require_reason(reason)
    refuse_cpr_numbers(name)
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if sum(map(str.isalnum, name)) < FEWEST_LETTERS:
        raise PublishingError(_("Skriv et navn på mindst fire bogstaver."))
    unfinished = NameRedaction.objects.filter(municipality=municipality, confirmed_at=None)
    unfinished.filter(made_at__lt=timezone.now() - _PREPARED).delete()
    redaction = NameRedaction.objects.create(municipality=municipality, name=name, reason=reason, made_by=by)
    places: dict[tuple[int, Surroundings], NamePlace] = {}
    for place in find_places(municipality, name):
        row = places.setdefault((place.meeting_id, place.match.surroundings), _row(redaction, place))
        row.copies += 1
        if len(places) > MOST_PLACES:
            raise PublishingError(
                _("Navnet står over %d steder. Skriv det mere præcist, for eksempel med fornavn.")
                % MOST_PLACES
            )
    if not places:
        raise PublishingError(_("Navnet står ikke i kommunens møder."))
    NamePlace.objects.bulk_create(places.values(), batch_size=1_000)
    return redaction


def select_places(redaction: NameRedaction, shown: list[int], selected: list[int]) -> None:
    """Store which of the shown places are selected. Three queries."""
    with transaction.atomic():
        if _locked(redaction).confirmed_at:
            raise PublishingError(_("Navnet bliver allerede fjernet."))
        places = redaction.places.filter(pk__in=shown)
        places.filter(pk__in=selected).update(selected=True)
        places.exclude(pk__in=selected).update(selected=False)


def undo_name(redaction: NameRedaction) -> None:
    """Delete a redaction that is not confirmed, and with it the name."""
    with transaction.atomic():
        if _locked(redaction).confirmed_at:
            raise PublishingError(_("Navnet bliver allerede fjernet."))
        redaction.delete()


def carry_out(redaction: NameRedaction, *, by: By, seconds: float) -> int:
    """Redact the name in its meetings, one transaction each, for so long; return the number of meetings left.

    A meeting that fails has the reason on its places, and is tried again by the next call. When all are done,
    the name and the places are deleted.
    """
    with transaction.atomic():
        row = _locked(redaction)
        if row.finished_at:
            return 0
        if not row.places.filter(selected=True).exists():
            raise PublishingError(_("Vælg mindst ét sted."))
        row.confirmed_at = row.confirmed_at or timezone.now()
        row.save(update_fields=["confirmed_at"])
    deadline = time.monotonic() + seconds
    of_selected = row.places.filter(selected=True)
    meetings = list(of_selected.order_by("meeting_id").values_list("meeting_id", flat=True).distinct())
    for meeting_id in meetings:
        _redact_meeting(row, meeting_id, by)
        if time.monotonic() > deadline:
            break
    left = of_selected.order_by().values("meeting").distinct().count()
    if not left:
        row.places.all().delete()
        NameRedaction.objects.filter(pk=row.pk).update(name="", finished_at=timezone.now())
    return left


def known_names(meeting: Meeting) -> list[Passage]:
    """Return the names that are redacted in other meetings of the municipality and not in this one.

    Needs `with_places`. Three queries, or one if there are none.
    """
    names = Redaction.objects.filter(municipality=meeting.committee.municipality, whole_words=True)
    distinct = names.order_by("letters", "fingerprint").distinct("letters", "fingerprint")
    passages = [Passage(name.letters, name.fingerprint, whole_words=True) for name in distinct]
    if not passages:
        return []
    own = {passage.fingerprint for passage in Redactions.of(meeting).passages}
    return [passage for passage in passages if passage.fingerprint not in own]


def find_known_names(meeting: Meeting, text: str) -> list[Span]:
    """Return the places in a text of the meeting where names are that are redacted in other meetings."""
    passages = known_names(meeting)
    return ledger.fingerprints().find_passages(text, passages) if passages else []


@transaction.atomic
def redact_known_name(reading: Reading, start: int, *, by: By, reason: str = "") -> None:
    """Redact the name at `start`, which is redacted in other meetings, in all texts of this one."""
    refuse_cpr_numbers(reason)
    meeting = locked(reading.meeting)
    reading.refresh_from_db(fields=["text"])
    for passage in known_names(meeting):
        spans = ledger.fingerprints().find_passages(reading.text, [passage])
        if any(low == start for low, _high in spans):
            store_redaction(meeting, Kind.PASSAGE, passage, by, reason=reason, detail=_("Et navn"))
            return
    raise PublishingError(_("Navnet er allerede fjernet."))


def _redact_meeting(redaction: NameRedaction, meeting_id: int, by: By) -> None:
    """Redact the name in a meeting, or store on its places why that failed."""
    places = redaction.places.filter(meeting=meeting_id)
    try:
        with transaction.atomic():
            meeting = locked(Meeting(pk=meeting_id))
            count = places.filter(selected=True).aggregate(copies=Sum("copies"))["copies"]
            if not count:
                # Another request was first.
                return
            passage = _passage(redaction.name, meeting, places.filter(selected=False))
            places.delete()
            NameRedaction.objects.filter(pk=redaction.pk).update(
                done_places=F("done_places") + count, done_meetings=F("done_meetings") + 1
            )
            detail = _("Et navn i flere møder")
            store_redaction(meeting, Kind.PASSAGE, passage, by, reason=redaction.reason, detail=detail)
    except (OperationalError, InterfaceError):
        raise
    except PublishingError as error:
        places.update(error=str(error)[:500])
    except Exception as error:
        # A defect in one meeting must not leave the name in the others.
        logger.exception("A name was not redacted in meeting %d", meeting_id)
        places.update(error=_("Teknisk fejl: %s") % type(error).__name__)


def _passage(name: str, meeting: Meeting, unselected: QuerySet[NamePlace]) -> Passage:
    """Return the passage that masks the name in the meeting, except at the places that are not selected.

    Their surroundings are known as they are now, and as they are when the other places are masked.
    """
    fingerprints = ledger.fingerprints()
    exceptions = {Surroundings(place.before, place.letters, place.fingerprint) for place in unselected}
    if exceptions:
        for text in texts_of_meeting(meeting.pk):
            exceptions |= fingerprints.exceptions_after_masking(text, name, frozenset(exceptions))
    return fingerprints.of_passage(name)._replace(whole_words=True, exceptions=frozenset(exceptions))


def _row(redaction: NameRedaction, place: PlaceOfName) -> NamePlace:
    match = place.match
    return NamePlace(
        redaction=redaction,
        where=place.where,
        item_number=place.item_number,
        start=match.start,
        end=match.end,
        copies=0,
        before=match.surroundings.before,
        letters=match.surroundings.letters,
        fingerprint=match.surroundings.fingerprint,
        meeting_id=place.meeting_id,
        reading_id=place.reading_id,
        file_id=place.file_id,
    )


def _locked(redaction: NameRedaction) -> NameRedaction:
    return NameRedaction.objects.select_for_update().get(pk=redaction.pk)
