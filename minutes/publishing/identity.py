"""Which committee and which meeting a document tells of."""

from datetime import date, time

from django.db import connection
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from minutes.models import Committee, FormerAddress, Meeting, Municipality
from minutes.models.danish import slug
from minutes.models.places import RESERVED_COMMITTEE_SLUGS
from minutes.publishing.errors import PublishingError
from minutes.reader.records import Document
from minutes.vocabulary import MeetingKind


def committee_called(municipality: Municipality, name: str) -> Committee:
    """The municipality's committee of that name or alias, made if there is none. At most three queries.

    Raises `PublishingError` for a name whose address is the site's own.
    """
    known = Committee.objects.called(municipality, name)
    if known:
        if not known.name:
            # Restored from an export that had its address alone.
            known.name = name[:200]
            known.save(update_fields=["name"])
        return known
    if slug(name) in RESERVED_COMMITTEE_SLUGS:
        told = _("Et udvalg kan ikke hedde ”%(name)s”, hvis adresse er sitets egen. Angiv et andet navn.")
        raise PublishingError(told % {"name": name})
    committee, _created = Committee.objects.get_or_create(
        municipality=municipality, slug=slug(name)[:200], defaults={"name": name[:200]}
    )
    return committee


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now, with its places, held until the transaction ends. One query.

    Others can go on pointing at it: who resolves a reference to it does not wait.
    """
    return Meeting.objects.with_places().select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)


def lock_day(committee: Committee, day: date) -> None:
    """Wait for others that file or move a meeting of that committee and day, until the transaction ends."""
    with connection.cursor() as cursor:
        key = f"{committee.municipality_id} {committee.slug} {day}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def next_sequence(committee: Committee, day: date) -> int:
    """The number of a further meeting that day; one that a meeting had and left is not used again."""
    taken = [
        rows.filter(committee=committee, date=day).aggregate(last=Max("sequence"))["last"] or 0
        for rows in (Meeting.objects, FormerAddress.objects)
    ]
    return max(taken) + 1


def meeting_told_of(committee: Committee, day: date, document: Document) -> Meeting | None:
    """The meeting of that day which `document` tells of, if the archive holds it.

    Start times tell two meetings of a day apart where both are printed, unless the agendas are largely
    the same: then the time was corrected. An ordinary and an extraordinary meeting are two. A meeting whose
    date or committee was corrected is found by what it is printed as, too, when the agendas are the same.
    """
    moved = FormerAddress.objects.filter(committee=committee, date=day).values("meeting")
    meetings = list(
        Meeting.objects.select_for_update(no_key=True)
        .filter(Q(committee=committee, date=day) | Q(pk__in=moved))
        .order_by("sequence", "id")
    )
    start = time.fromisoformat(document.start_time) if document.start_time else None
    if document.kind == MeetingKind.SUPPLEMENTARY:
        at_that_time = [meeting for meeting in meetings if meeting.start_time == start]
        return next(iter(at_that_time or meetings), None)
    for meeting in meetings:
        is_its_day = (meeting.committee_id, meeting.date) == (committee.pk, day)
        if document.kind == meeting.kind and start and meeting.start_time == start and is_its_day:
            return meeting
    for meeting in meetings:
        told_apart = start and meeting.start_time and start != meeting.start_time
        is_its_day = (meeting.committee_id, meeting.date) == (committee.pk, day)
        alike = document.kind == meeting.kind and not told_apart and is_its_day
        if alike or _same_agenda(meeting, document):
            return meeting
    return None


def _same_agenda(meeting: Meeting, document: Document) -> bool:
    """Whether at least half of the open items on either agenda are on both, by title."""
    ours = {slug(title) for title in meeting.items.filter(closed=False).values_list("title", flat=True)}
    theirs = {slug(item.title) for item in document.items if not item.closed}
    return bool(ours and theirs) and 2 * len(ours & theirs) >= max(len(ours), len(theirs))
