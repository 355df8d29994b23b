"""Finds the committee and the meeting that a document is about."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any, NamedTuple

from django.db.models import Max, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from minutes.models import Committee, Correction, FormerAddress, Meeting, Municipality
from minutes.models.danish import slug
from minutes.models.places import RESERVED_COMMITTEE_SLUGS
from minutes.models.states import State
from minutes.publishing.cases import is_standing_title
from minutes.publishing.errors import PublishingError
from minutes.reader.records import Document
from minutes.vocabulary import MeetingKind


class MeetingMatch(NamedTuple):
    """The meeting that a document is about, None for a new one.

    `other` is a meeting of the same day that the document might be about instead: a person must decide.
    """

    meeting: Meeting | None
    other: Meeting | None = None


def committee_named(municipality: Municipality, name: str) -> Committee:
    """Return the municipality's committee of that name or alias; create it if there is none.

    At most three queries. Raises `PublishingError` for a name whose address is reserved.
    """
    (committee,) = committees_named(municipality, [name]).values()
    return committee


def committees_named(municipality: Municipality, names: Iterable[str]) -> dict[str, Committee]:
    """Return the municipality's committees of these names as `committee_named`, by the slug of the name.

    One query, and two for each that is created.
    """
    by_slug: dict[str, str] = {}
    for name in names:
        by_slug.setdefault(slug(name), name)
    known = Committee.objects.all_called(municipality, by_slug)
    # Sorted, to avoid deadlocks.
    return {
        key: _named(known[key], name) if key in known else _created(municipality, name)
        for key, name in sorted(by_slug.items())
    }


def _named(committee: Committee, name: str) -> Committee:
    if not committee.name:
        # Restored from an export that had no more than its address.
        committee.name = name[:200]
        committee.save(update_fields=["name"])
    return committee


def _created(municipality: Municipality, name: str) -> Committee:
    if slug(name) in RESERVED_COMMITTEE_SLUGS:
        message = _("Et udvalg kan ikke hedde ”%(name)s”, hvis adresse er sitets egen. Angiv et andet navn.")
        raise PublishingError(message % {"name": name})
    committee, _created = Committee.objects.get_or_create(
        municipality=municipality, slug=slug(name)[:200], defaults={"name": name[:200]}
    )
    return committee


def locked(meeting: Meeting) -> Meeting:
    """Load the meeting again with its places, locked until the transaction ends. One query.

    The lock still allows others to insert rows that refer to the meeting.
    """
    return Meeting.objects.with_places().select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)


def next_sequence(committee: Committee, day: date) -> int:
    """Return the number of a further meeting that day; never one that a meeting had before it moved."""
    used = [
        rows.filter(committee=committee, date=day).aggregate(last=Max("sequence"))["last"] or 0
        for rows in (Meeting.objects, FormerAddress.objects)
    ]
    return max(used) + 1


def occupied(days: Iterable[tuple[Committee, date]]) -> set[tuple[int, date]]:
    """Return which of the days have a meeting of the committee now, or had one before it moved. One query."""
    of_days = Q()
    for committee, day in days:
        of_days |= Q(committee=committee, date=day)
    current = Meeting.objects.filter(of_days).values_list("committee", "date").order_by()
    moved = FormerAddress.objects.filter(of_days).values_list("committee", "date").order_by()
    return set(current.union(moved))


def find_meeting(committee: Committee, day: date, document: Document) -> MeetingMatch:
    """Find the committee's meeting of that day that `document` is about, and lock the day's meetings.

    Two documents of one kind are about the same meeting when they print the same start time, or when their
    agendas have most of their distinctive items in common; standing items such as "Godkendelse af dagsorden"
    prove nothing. A supplement belongs to the meeting with its start time, else to the first of the day. A
    meeting whose date or committee was corrected is found at its former address by its agenda. A takedown
    without a start time stays in force for every document of its day.
    """
    moved = FormerAddress.objects.filter(committee=committee, date=day).values("meeting")
    meetings = list(
        Meeting.objects.select_for_update(no_key=True)
        .filter(Q(committee=committee, date=day) | Q(pk__in=moved))
        .annotate(printed_start=_printed_start())
        .order_by("sequence", "id")
    )
    start = time.fromisoformat(document.start_time) if document.start_time else None
    if document.kind == MeetingKind.SUPPLEMENTARY:
        same_time = [meeting for meeting in meetings if _starts_at(meeting, start)]
        return MeetingMatch(next(iter(same_time or meetings), None))
    of_day = [
        meeting
        for meeting in meetings
        if (meeting.committee_id, meeting.date) == (committee.pk, day) and meeting.kind == document.kind
    ]
    for meeting in of_day:
        if start and _starts_at(meeting, start):
            return MeetingMatch(meeting)
    for meeting in meetings:
        if _same_agenda(meeting, document):
            return MeetingMatch(meeting)
    for meeting in of_day:
        # Restored from an export, which has only its address: any document of the day may be of it.
        if meeting.state == State.TAKEN_DOWN and meeting.start_time is None:
            return MeetingMatch(meeting)
    uncertain = (meeting for meeting in of_day if not (start and meeting.start_time))
    return MeetingMatch(None, next(uncertain, None))


def _printed_start() -> Subquery:
    """Return the start time as read where staff corrected it, "16:00"."""
    corrections = Correction.objects.in_force().filter(
        meeting=OuterRef("pk"), field=Correction.Field.START_TIME
    )
    return Subquery(corrections.values("seen")[:1])


def _starts_at(meeting: Any, start: time | None) -> bool:
    """Return True if the meeting starts at `start`, as corrected or as printed."""
    printed = meeting.printed_start
    return start in {meeting.start_time, time.fromisoformat(printed) if printed else meeting.start_time}


def _same_agenda(meeting: Meeting, document: Document) -> bool:
    """Return True if at least half of the distinctive items of either agenda are on both."""
    stored = _distinctive(meeting.items.filter(closed=False).values_list("title", flat=True))
    printed = _distinctive(item.title for item in document.items if not item.closed)
    return bool(stored and printed) and 2 * len(stored & printed) >= max(len(stored), len(printed))


def _distinctive(titles: Iterable[str]) -> set[str]:
    return {slug(title) for title in titles if not is_standing_title(title)}
