"""Stores, confirms and drops corrections of what was read.

A correction is in force until somebody drops it. When a new reading differs from the one it corrected, it is
questioned: staff must confirm or drop it, and it stays in force until they do.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from minutes.models import AgendaItem, Change, Committee, Correction, Meeting, Municipality
from minutes.models.danish import slug
from minutes.models.states import State
from minutes.publishing.audit_log import By, record
from minutes.publishing.corrected import MEETING_FIELDS, Corrections, attendee_of, place_of, plain_value
from minutes.publishing.errors import PublishingError, refuse_cpr_numbers
from minutes.publishing.identity import committee_named, locked
from minutes.publishing.locks import lock_days
from minutes.publishing.projection import project
from minutes.publishing.readdressing import readdress
from minutes.publishing.readings import load_document
from minutes.publishing.redactions import Redactions
from minutes.reader.records import Ballot

Field = Correction.Field

# Corrections whose place can be read as nothing in a new version, and be confirmed then.
_CAN_BE_NOTHING = {Field.NUMBER, Field.DECISION, Field.CASE_NUMBER, Field.ATTENDANCE, *MEETING_FIELDS}


@transaction.atomic
def correct(
    meeting: Meeting, item: AgendaItem, field: Correction.Field, value: Any, *, by: By, reason: str = ""
) -> Correction | None:
    """Correct an item's `field` to `value`; the value of the reading drops an earlier correction.

    Returns None when nothing changes. With two reviewers, a correction of a published meeting is a proposal.
    """
    meeting = locked(meeting)
    item = meeting.items.select_related("reading").get(pk=item.pk)
    return correct_value(meeting, item.slug, field, read_value(item, field), value, by=by, reason=reason)


@transaction.atomic
def correct_meeting_fact(
    meeting: Meeting, field: Correction.Field, value: str | None, *, by: By, reason: str = ""
) -> Correction | None:
    """Correct the meeting's place, or a time ("HH:MM"); otherwise as `correct`."""
    meeting = locked(meeting)
    seen = read_meeting_value(meeting, field)
    return correct_value(meeting, "", field, seen, value, by=by, reason=reason)


def correct_value(
    meeting: Meeting,
    item_slug: str,
    field: Correction.Field,
    seen: Any,
    value: Any,
    *,
    by: By,
    reason: str,
) -> Correction | None:
    """Correct what the present reading has as `seen` to `value`; drop the correction if that is the same.

    The caller has locked the meeting.
    """
    check_words(meeting, value, reason)
    present = meeting.corrections.in_force().filter(item_slug=item_slug, field=field).first()
    if (present.value if present else seen) == value:
        return None
    if present and value in (seen, present.seen):
        drop(present, by=by, reason=reason)
        return None
    seen = present.seen if present else seen
    return make(meeting, item_slug, field, seen=seen, value=value, by=by, reason=reason, replaces=present)


@transaction.atomic
def correct_ballot(
    meeting: Meeting,
    item: AgendaItem,
    seen: dict[str, Any] | None,
    value: dict[str, Any] | None,
    *,
    by: By,
    reason: str = "",
    present: Correction | None = None,
) -> Correction | None:
    """Correct the ballot that the reading has as `seen` to `value`: null removes a false one.

    `seen` is null for a ballot that the reader missed; `present` is its present correction, if any. Raises
    `PublishingError` when the wording of a missed ballot is not in the item, or counts and names contradict
    each other.
    """
    meeting = locked(meeting)
    check_words(meeting, value, reason)
    item = meeting.items.select_related("reading").get(pk=item.pk)
    if present:
        seen = present.seen
        if value == present.value:
            return None
        if value == seen:
            drop(present, by=by, reason=reason)
            return None
    elif value == seen:
        return None
    if value is not None:
        _refuse_contradictions(value)
        reading = item.reading
        facts = facts_of(item)
        place = place_of(value["evidence"], load_document(reading).text, facts["start"], facts["end"])
        if place is None:
            raise PublishingError(_("Ordlyden står ikke i punktets tekst. Kopiér den fra kilden."))
        value = {**value, "start": place[0], "end": place[1]}
    return make(
        meeting, item.slug, Field.BALLOT, seen=seen, value=value, by=by, reason=reason, replaces=present
    )


@transaction.atomic
def move(
    meeting: Meeting,
    *,
    day: date,
    committee: str,
    municipality: Municipality | None = None,
    by: By,
    reason: str = "",
) -> Meeting:
    """Correct the meeting's date, committee and, if given, municipality.

    Its former address redirects to the new one for good.
    """
    meeting = locked(meeting)
    refuse_cpr_numbers(committee, reason)
    if not slug(committee):
        raise PublishingError(_("Skriv udvalgets navn."))
    before = meeting.committee.municipality
    target = committee_named(municipality or before, committee)
    lock_days((target, day))
    seen = _place(meeting.committee, meeting.date, before)
    value = _place(target, day, before)
    present = meeting.corrections.in_force().filter(field=Field.MEETING).first()
    if value != seen:
        correction = make(
            meeting,
            "",
            Field.MEETING,
            seen=present.seen if present else seen,
            value=value,
            by=by,
            reason=reason,
            replaces=present,
        )
        if correction.seen == value and correction.state == Correction.State.IN_FORCE:
            # The document says so too.
            correction.state = Correction.State.DROPPED
            correction.save(update_fields=["state"])
    return meeting


def _place(committee: Committee, day: date, before: Municipality) -> dict[str, str]:
    """Return a meeting's day and committee as a correction stores them; a municipality if it changes."""
    place = {"date": day.isoformat(), "committee": committee.name}
    if committee.municipality != before:
        place["municipality"] = committee.municipality.slug
    return place


@transaction.atomic
def drop(correction: Correction, *, by: By, reason: str = "") -> None:
    """Drop a correction, so that the reading applies again, or reject a proposed one."""
    meeting = locked(correction.meeting)
    refuse_cpr_numbers(reason)
    correction.refresh_from_db()
    if correction.state == Correction.State.DROPPED:
        raise PublishingError(_("Rettelsen er allerede fjernet."))
    if correction.field == Field.MEETING and correction.state != Correction.State.PROPOSED:
        raise PublishingError(_("Ret i stedet mødets dato eller udvalg igen."))
    in_force = correction.state != Correction.State.PROPOSED
    if in_force and needs_second_reviewer(meeting) and by is not None and correction.made_by_id == by.pk:
        raise PublishingError(_("En anden end den, der rettede, skal fjerne rettelsen."))
    correction.state = Correction.State.DROPPED
    correction.save(update_fields=["state"])
    record(meeting, Change.Kind.DROPPED, by, reason, str(correction))
    project(meeting)


@transaction.atomic
def confirm(correction: Correction, *, by: By, reason: str = "") -> None:
    """Confirm a questioned correction, or approve one that another person proposed."""
    meeting = locked(correction.meeting)
    refuse_cpr_numbers(reason)
    correction.refresh_from_db()
    if correction.state == Correction.State.PROPOSED:
        if by is None or correction.made_by_id == by.pk:
            raise PublishingError(_("En anden end den, der rettede, skal godkende."))
        for present in meeting.corrections.in_force().filter(
            item_slug=correction.item_slug, field=correction.field
        ):
            if _is_of_same_place(present, correction):
                present.state = Correction.State.DROPPED
                present.save(update_fields=["state"])
    elif correction.state == Correction.State.QUESTIONED:
        if correction.new_reading is None and not _is_read_as_nothing(meeting, correction):
            raise PublishingError(_("Stedet er ikke i den nye udgave. Fjern rettelsen, hvis det er rigtigt."))
        if correction.field == Field.DECISION and correction.new_reading == correction.seen:
            # Only the marked words are gone: the decision stays as it is.
            correction.value = plain_value(correction.value)
        # The correction is now one of the new reading.
        correction.seen = correction.new_reading
    else:
        raise PublishingError(_("Rettelsen venter ikke på svar."))
    correction.new_reading = None
    correction.state = Correction.State.IN_FORCE
    correction.save(update_fields=["state", "seen", "value", "new_reading"])
    record(meeting, Change.Kind.ANSWERED, by, reason, str(correction))
    _apply(meeting, correction)


def _is_read_as_nothing(meeting: Meeting, correction: Correction) -> bool:
    """Return True if the reading has the place of the correction, but nothing there."""
    if correction.field not in _CAN_BE_NOTHING:
        return False
    return not correction.item_slug or meeting.items.filter(slug=correction.item_slug).exists()


def _is_of_same_place(one: Correction, other: Correction) -> bool:
    """Return True if two corrections of a field of an item, or of the meeting, exclude each other."""
    if one.field == Field.BALLOT:
        return _same_ballot(one, other)
    if one.field == Field.ATTENDANCE:
        return attendee_of(one) == attendee_of(other)
    return one.field != Field.JOIN


def _same_ballot(one: Correction, other: Correction) -> bool:
    """Return True if both correct a ballot with the same wording."""
    first, second = ((correction.seen or correction.value)["evidence"].split() for correction in (one, other))
    return bool(one.seen) == bool(other.seen) and first == second


def read_value(item: AgendaItem, field: Correction.Field) -> Any:
    """Return the reading's value of an item's `field`, for a correction's `seen`. At most one query.

    Outcome and ballots are those of the passage that was marked as the decision, if one was.
    """
    facts = facts_of(item) if field == Field.DECISION else _facts_as_marked(item)
    return facts[field.value]


def read_meeting_value(meeting: Meeting, field: Correction.Field) -> Any:
    """Return the main reading's value of a fact of the meeting. One query."""
    reading = meeting.readings.filter(current=True).order_by("supplement", "id").first()
    return reading.facts.get(field.value) if reading else None


def read_ballots(item: AgendaItem) -> list[dict[str, Any]]:
    """Return the facts of the item's ballots in its reading. At most one query."""
    ballots: list[dict[str, Any]] = _facts_as_marked(item)["ballots"]
    return ballots


def facts_of(item: AgendaItem) -> dict[str, Any]:
    """Return the facts of the item in its reading."""
    return item.reading.item_facts[item.reading_index]


def _facts_as_marked(item: AgendaItem) -> dict[str, Any]:
    """Return the item's facts, read again if a passage was marked as its decision."""
    corrections = Corrections(item.meeting, update=False)
    if not corrections.has_marked_decision(item.slug):
        return facts_of(item)
    document = load_document(item.reading)
    marked = corrections.as_marked(item.slug, document.items[item.reading_index], document)
    facts: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(marked))
    return facts


def make(
    meeting: Meeting,
    item_slug: str,
    field: Correction.Field,
    *,
    seen: Any,
    value: Any,
    by: By,
    reason: str,
    replaces: Correction | None = None,
) -> Correction:
    """Store a correction and apply it, or propose it where a second person must approve."""
    proposed = needs_second_reviewer(meeting)
    if replaces and not proposed:
        replaces.state = Correction.State.DROPPED
        replaces.save(update_fields=["state"])
    correction = Correction.objects.create(
        meeting=meeting,
        item_slug=item_slug,
        field=field,
        seen=seen,
        value=value,
        state=Correction.State.PROPOSED if proposed else Correction.State.IN_FORCE,
        reason=reason[:500],
        made_by=by,
    )
    kind = Change.Kind.PROPOSED if proposed else Change.Kind.CORRECTED
    record(meeting, kind, by, reason, str(correction))
    if not proposed:
        _apply(meeting, correction)
    return correction


def _apply(meeting: Meeting, correction: Correction) -> None:
    if correction.field == Field.MEETING and correction.value:
        municipality = meeting.committee.municipality
        if "municipality" in correction.value:
            municipality = Municipality.objects.get(slug=correction.value["municipality"])
        committee = committee_named(municipality, correction.value["committee"])
        readdress(meeting, committee, date.fromisoformat(correction.value["date"]))
    project(meeting)


def needs_second_reviewer(meeting: Meeting) -> bool:
    """Return True if a correction of the meeting must be approved by a second person."""
    return bool(settings.REQUIRE_SECOND_REVIEWER) and meeting.state == State.PUBLISHED


def check_words(meeting: Meeting, value: Any, reason: str) -> None:
    """Raise `PublishingError` for a possible CPR number in either, or redacted words in `value`."""
    refuse_cpr_numbers(reason)
    redactions = Redactions.of(meeting)
    if redactions.has_cpr_match(value):
        raise PublishingError(_("Der står et muligt CPR-nummer i det, du skrev. Skriv det uden."))
    if redactions.redact_json(value) != value:
        raise PublishingError(_("Der står ord i det, du skrev, som er fjernet fra mødet. Skriv det uden."))


def _refuse_contradictions(value: dict[str, Any]) -> None:
    """Raise `PublishingError` for a contradictory ballot: a person on two sides, more names than votes."""
    ballot = msgspec.convert(value, Ballot)
    if not ballot.evidence.strip():
        raise PublishingError(_("Skriv de ord i referatet, som afstemningen fremgår af."))
    names: Sequence[str] = (*ballot.for_names, *ballot.against_names, *ballot.abstained_names)
    twice = next((name for name in names if [slug(other) for other in names].count(slug(name)) > 1), None)
    if twice:
        raise PublishingError(_("%s står to gange i afstemningen.") % twice)
    sides: Iterable[tuple[int | None, Sequence[str]]] = (
        (ballot.in_favour, ballot.for_names),
        (ballot.against, ballot.against_names),
        (ballot.abstained, ballot.abstained_names),
    )
    for count, named in sides:
        if count is not None and len(named) > count:
            raise PublishingError(
                _("Der er %(names)d navne, men kun %(count)d stemmer.")
                % {"names": len(named), "count": count}
            )
