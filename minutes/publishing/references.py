"""Resolves references to the meetings and items they mean, whenever either end is imported or moves.

A reference is resolved by what is printed: the committee's name or an alias, the date, and the item's number.
One that could mean two meetings or items, or none, stays unresolved; nothing is guessed. A target may be
unpublished: pages check that when they show it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from minutes.models import (
    AgendaItem,
    CaseNumber,
    Committee,
    CommitteeAlias,
    FormerAddress,
    Meeting,
    Reference,
)
from minutes.models.danish import slug
from minutes.models.places import COUNCIL_SLUGS
from minutes.models.states import State
from minutes.publishing.locks import lock_references

# Kinds that quote or announce the item's own case, so an item of that case is meant.
_OF_THE_CASE = (Reference.Kind.PRIOR_DECISION, Reference.Kind.CASE_FLOW)


class Target(NamedTuple):
    """Primary keys of the meeting and item that a reference means."""

    meeting: int | None = None
    item: int | None = None


def resolve(meetings: Sequence[Meeting]) -> None:
    """Resolve the references of `meetings`, and all others to them.

    Call it last in a transaction, with meetings of one municipality; other transactions that resolve there
    wait until it ends. Ten queries at most, and one per thousand references that change.
    """
    if not meetings:
        return
    municipality = meetings[0].committee.municipality_id
    lock_references(municipality)
    keys = {meeting.pk for meeting in meetings}
    former = FormerAddress.objects.filter(meeting__in=keys).values_list("date", flat=True)
    days = {*former, *(meeting.date for meeting in meetings)}
    own = Reference.objects.filter(item__meeting__in=keys)
    elsewhere = Reference.objects.filter(
        Q(date__in=days) | Q(target_meeting__in=keys), item__meeting__committee__municipality=municipality
    ).exclude(item__meeting__in=keys)
    _set_targets([*_with_printed(own), *_unlocked(elsewhere)], municipality)


def resolve_new(meetings: Sequence[Meeting], own: Sequence[Reference]) -> None:
    """Resolve the references of new meetings, which are `own`, and all others to their days.

    Call it last in a transaction, with meetings of one municipality. Two queries if there are none, else as
    `resolve`.
    """
    municipality = meetings[0].committee.municipality_id
    lock_references(municipality)
    elsewhere = Reference.objects.filter(
        date__in={meeting.date for meeting in meetings}, item__meeting__committee__municipality=municipality
    ).exclude(item__meeting__in=meetings)
    _set_targets([*own, *_unlocked(elsewhere)], municipality)


def resolve_names(committee: Committee) -> None:
    """Resolve the references to the days of a committee's meetings again, as after it got an alias.

    Call it last in a transaction. As many queries as `resolve`.
    """
    lock_references(committee.municipality_id)
    days = Meeting.objects.filter(committees=committee).values("date")
    references = Reference.objects.filter(
        Q(date__in=days) | Q(target_meeting__in=Meeting.objects.filter(committees=committee)),
        item__meeting__committee__municipality=committee.municipality_id,
    )
    _set_targets(list(_unlocked(references)), committee.municipality_id)


def _unlocked(references: QuerySet[Reference]) -> QuerySet[Reference]:
    """Return the references that no other transaction has locked; one that replaces them resolves the new."""
    return _with_printed(references).select_for_update(of=("self",), skip_locked=True, no_key=True)


def _with_printed(references: QuerySet[Reference]) -> QuerySet[Reference]:
    """Load what is printed of the references, and their committee."""
    printed = ("kind", "committee_name", "date", "item_number", "target_meeting", "target_item")
    rows = references.select_related("item__meeting").order_by("pk")
    return rows.only(*printed, "item__meeting__committee")


def _set_targets(references: Sequence[Reference], municipality: int) -> None:
    dated = [reference for reference in references if reference.date]
    if not dated:
        return
    archive = _Archive(municipality, dated)
    changed = []
    for reference in dated:
        target = archive.target(reference)
        if target != (reference.target_meeting_id, reference.target_item_id):
            reference.target_meeting_id, reference.target_item_id = target
            changed.append(reference)
    items = {reference.target_item_id for reference in changed if reference.target_item_id}
    # An item that another transaction has locked may be deleted by it; that transaction resolves too.
    unlocked = {None, *_unlocked_items(items)} if items else {None}
    Reference.objects.bulk_update(
        [reference for reference in changed if reference.target_item_id in unlocked],
        ["target_meeting", "target_item"],
        batch_size=1000,
    )


def _unlocked_items(items: set[int]) -> list[int]:
    rows = AgendaItem.objects.filter(pk__in=items).order_by("pk")
    return list(rows.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True))


class _Archive:
    """The meetings and items of the days to which `references` refer. Six queries."""

    def __init__(self, municipality: int, references: Sequence[Reference]) -> None:
        days = {reference.date for reference in references if reference.date}
        self._committees = _committees(municipality)
        self._meetings = _by_day(
            Meeting.objects.exclude(state=State.TAKEN_DOWN)
            .filter(committee__municipality=municipality, date__in=days)
            .order_by("sequence")
            .values_list("committees", "date", "pk")
        )
        self._moved = _by_day(
            FormerAddress.objects.exclude(meeting__state=State.TAKEN_DOWN)
            .filter(committee__municipality=municipality, date__in=days)
            .order_by("sequence")
            .values_list("committee", "date", "meeting")
        )
        meetings = {
            meeting
            for days in (self._meetings, self._moved)
            for of_day in days.values()
            for meeting in of_day
        }
        self._numbered: dict[tuple[int, str], list[int]] = defaultdict(list)
        for meeting, number, item in AgendaItem.objects.filter(meeting__in=meetings).values_list(
            "meeting", "number", "pk"
        ):
            self._numbered[meeting, _normalised(number)].append(item)
        self._cases: dict[int, set[int]] = defaultdict(set)
        self._items_of_case: dict[tuple[int, int], list[int]] = defaultdict(list)
        fields = ("item__meeting", "case", "item")
        of_meetings = CaseNumber.objects.filter(item__meeting__in=meetings).values_list(*fields)
        of_items = CaseNumber.objects.filter(item__in={reference.item_id for reference in references})
        # A union: PostgreSQL would look for a condition with OR over two tables in all case numbers.
        for meeting, case, item in of_meetings.union(of_items.values_list(*fields)):
            self._cases[item].add(case)
            self._items_of_case[meeting, case].append(item)

    def target(self, reference: Reference) -> Target:
        """Return the only meeting, and the only item of it, that the reference can mean."""
        key = self._committee(reference), reference.date
        # Other minutes may still print the date that a meeting had before it was corrected.
        meetings = self._meetings.get(key) or self._moved.get(key, [])
        for targets in (self._by_number(reference, meetings), self._by_case(reference, meetings)):
            if len(targets) == 1:
                return targets[0]
        return Target(meetings[0]) if len(meetings) == 1 else Target()

    def _committee(self, reference: Reference) -> int | None:
        """Return the committee named; where none is, as in "på mødet den 5. februar", the item's own."""
        if not reference.committee_name:
            return reference.item.meeting.committee_id
        name = slug(reference.committee_name)
        # A municipality has one council, whatever its title.
        names = (name, *COUNCIL_SLUGS) if name in COUNCIL_SLUGS else (name,)
        return next((self._committees[name] for name in names if name in self._committees), None)

    def _by_number(self, reference: Reference, meetings: Sequence[int]) -> list[Target]:
        number = _normalised(reference.item_number)
        if not number:
            return []
        return [Target(meeting, item) for meeting in meetings for item in self._numbered[meeting, number]]

    def _by_case(self, reference: Reference, meetings: Sequence[int]) -> list[Target]:
        if reference.kind not in _OF_THE_CASE:
            return []
        cases = self._cases[reference.item_id]
        targets = {
            Target(meeting, item)
            for meeting in meetings
            for case in cases
            for item in self._items_of_case[meeting, case]
        }
        return sorted(targets)


def _committees(municipality: int) -> dict[str, int]:
    """Return the municipality's committees by slug and by slug of alias, as `Committee.objects.called`."""
    slugs = [
        *Committee.objects.filter(municipality=municipality).values_list("pk", "slug"),
        *CommitteeAlias.objects.filter(committee__municipality=municipality).values_list("committee", "slug"),
    ]
    return {name: pk for pk, name in sorted(slugs, reverse=True)}


def _by_day(rows: Iterable[tuple[int, date, int]]) -> dict[tuple[int | None, date | None], list[int]]:
    """Group meetings by committee and day."""
    meetings: dict[tuple[int | None, date | None], list[int]] = defaultdict(list)
    for committee, day, meeting in rows:
        meetings[committee, day].append(meeting)
    return meetings


def _normalised(number: str) -> str:
    """Return an item's number as it is compared: "082." → "82"."""
    return slug(number).lstrip("0")
