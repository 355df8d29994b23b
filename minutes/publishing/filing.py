"""Takes a document that was read into the archive: which meeting it tells of, and whether it is in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from minutes.models import Committee, Meeting, Municipality, Reading, Source
from minutes.models.danish import slug
from minutes.models.meetings import State
from minutes.privacy import personal_numbers
from minutes.publishing.projection import project
from minutes.publishing.refusals import Refusal
from minutes.reader import VERSION
from minutes.reader.records import Document, as_facts
from minutes.vocabulary import DocumentKind, MeetingKind


class Status(StrEnum):
    IMPORTED = "imported"  # a meeting the archive did not have
    UPDATED = "updated"  # a new version, or a supplement, of one it had
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Filed:
    """What became of a document. `note` says what a person should know of it, in Danish, or is empty."""

    status: Status
    meeting: Meeting
    note: str = ""
    personal_numbers: int = 0


def file_document(source: Source, document: Document, *, publish: bool) -> Filed:
    """Store `document` as a reading of `source` and project its meeting. Call it in a transaction.

    A new meeting is published when `publish` is given and no text of it has a possible personal number;
    one that the archive holds keeps its state. Raises `Refusal`, before anything is written, when the
    document names no known municipality, no committee or no date and none was given.
    """
    municipality = _municipality(source, document)
    name = source.given_committee or document.committee
    if not name or not slug(name):
        raise Refusal(_("Udvalget kan ikke ses af teksten. Angiv det med --committee."))
    day = source.given_date or _date(document)
    _lock(f"{municipality.pk} {slug(name)} {day}")
    committee = _committee(municipality, name)
    meeting = _meeting_told_of(committee, day, document)
    status = Status.UPDATED if meeting else Status.IMPORTED
    if meeting is None:
        meeting = _new_meeting(committee, day)
    reading = _store(source, document, meeting)
    note = _put_in_force(reading, document)
    if status == Status.IMPORTED and publish and not reading.personal_numbers:
        meeting.state = State.PUBLISHED
        meeting.published_at = timezone.now()
    if reading.current:
        project(meeting)
    return Filed(status, meeting, note, reading.personal_numbers)


def file_rereading(source: Source, document: Document) -> Filed:
    """Store what the present reader makes of a stored source, and project its meeting anew.

    The meeting stays the one that the source is filed under, whatever the reader now thinks. Nothing is
    stored when the facts are as before. Call it in a transaction.
    """
    before = source.readings.select_related("meeting").order_by("-id")[0]
    meeting = Meeting.objects.select_for_update().get(pk=before.meeting_id)
    if (
        before.reader_version == VERSION
        and before.text == document.text
        and before.facts == facts_of(document)
    ):
        project(meeting)
        return Filed(Status.UNCHANGED, meeting)
    reading = _store(source, document, meeting)
    if not before.current:
        return Filed(Status.UPDATED, meeting, _("En ældre udgave; den gældende er uberørt."))
    note = _put_in_force(reading, document)
    if reading.current:
        project(meeting)
    return Filed(Status.UPDATED, meeting, note, reading.personal_numbers)


def facts_of(document: Document) -> dict[str, Any]:
    """The facts as a reading stores them: without the text and without the sections' copies of it."""
    facts = as_facts(document)
    del facts["text"]
    for item in facts["items"]:
        for section in item["sections"]:
            del section["text"]
    return _as_json(facts)


def _as_json(value: Any) -> Any:
    """`value` as it comes back from a JSON column: lists for tuples."""
    if isinstance(value, Mapping):
        return {key: _as_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_as_json(each) for each in value]
    return value


def _municipality(source: Source, document: Document) -> Municipality:
    if source.given_municipality:
        return source.given_municipality
    if document.municipality:
        found = Municipality.objects.filter(code=document.municipality.code).first()
        if found:
            return found
    raise Refusal(_("Kommunen kan ikke ses af teksten. Angiv den med --municipality."))


def _date(document: Document) -> date:
    if not document.date:
        raise Refusal(_("Mødets dato kan ikke ses af teksten. Angiv den med --date."))
    return date.fromisoformat(document.date)


def _lock(key: str) -> None:
    """Wait for others that file a document of the same committee and day; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _committee(municipality: Municipality, name: str) -> Committee:
    known = Committee.objects.called(municipality, name)
    if known:
        return known
    committee, _created = Committee.objects.get_or_create(
        municipality=municipality, slug=slug(name)[:200], defaults={"name": name[:200]}
    )
    return committee


def _new_meeting(committee: Committee, day: date) -> Meeting:
    latest = Meeting.objects.filter(committee=committee, date=day).order_by("-sequence").first()
    return Meeting.objects.create(
        committee=committee, date=day, sequence=latest.sequence + 1 if latest else 1
    )


def _meeting_told_of(committee: Committee, day: date, document: Document) -> Meeting | None:
    """The meeting of that day which `document` tells of, if the archive holds it.

    Start times tell two meetings of a day apart where both are printed, unless the agendas are largely
    the same: then the time was corrected. An ordinary and an extraordinary meeting are two.
    """
    meetings = list(
        Meeting.objects.select_for_update().filter(committee=committee, date=day).order_by("sequence")
    )
    start = time.fromisoformat(document.start_time) if document.start_time else None
    if document.kind == MeetingKind.SUPPLEMENTARY:
        at_that_time = [meeting for meeting in meetings if meeting.start_time == start]
        return next(iter(at_that_time or meetings), None)
    for meeting in meetings:
        if document.kind == meeting.kind and start and meeting.start_time == start:
            return meeting
    for meeting in meetings:
        told_apart = start and meeting.start_time and start != meeting.start_time
        if (document.kind == meeting.kind and not told_apart) or _same_agenda(meeting, document):
            return meeting
    return None


def _same_agenda(meeting: Meeting, document: Document) -> bool:
    """Whether at least half of the open items on either agenda are on both, by title."""
    ours = {slug(title) for title in meeting.items.filter(closed=False).values_list("title", flat=True)}
    theirs = {slug(item.title) for item in document.items if not item.closed}
    return bool(ours and theirs) and 2 * len(ours & theirs) >= max(len(ours), len(theirs))


def _store(source: Source, document: Document, meeting: Meeting) -> Reading:
    facts = facts_of(document)
    return Reading.objects.create(
        source=source,
        meeting=meeting,
        text=document.text,
        facts=facts,
        warnings=facts["warnings"],
        reader_version=VERSION,
        document=document.document,
        supplement=document.kind == MeetingKind.SUPPLEMENTARY,
        personal_numbers=sum(1 for _hit in personal_numbers(document.text)),
    )


def _put_in_force(reading: Reading, document: Document) -> str:
    """Make `reading` current, and what it replaces not; returns a note when it is held back instead.

    Minutes outrank an agenda. A supplement replaces those of the same source, and earlier ones that have
    an item in common with it; other supplements stand beside it. A version with a possible personal
    number does not replace one that the public can read.
    """
    meeting = reading.meeting
    in_force = meeting.readings.filter(current=True, supplement=reading.supplement)
    if reading.supplement:
        numbers = {item.number for item in document.items}
        replaced = [
            old.pk
            for old in in_force
            if old.source_id == reading.source_id or numbers & {item["number"] for item in old.facts["items"]}
        ]
    else:
        replaced = [old.pk for old in in_force]
        outranked = reading.document == DocumentKind.AGENDA and any(
            old.document == DocumentKind.MINUTES and old.source_id != reading.source_id for old in in_force
        )
        if outranked:
            return _("Dagsordenen er gemt; referatet gælder.")
    if reading.personal_numbers and meeting.state == State.PUBLISHED:
        return _("Udgaven har mulige CPR-numre og er holdt tilbage; den tidligere gælder stadig.")
    Reading.objects.filter(pk__in=replaced).update(current=False)
    reading.current = True
    reading.save(update_fields=["current"])
    if reading.personal_numbers:
        return _("Mulige CPR-numre i teksten; mødet er ikke offentliggjort.")
    return ""
