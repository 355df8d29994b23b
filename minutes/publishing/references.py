"""Finds the meetings and items that references name, when either end comes into the archive.

A reference is resolved by what is printed: the committee's name or another name of it, the day, the item's
number. What two meetings or items could be meant by, or none, stays unresolved; nothing is guessed. Whether
the public may see a target is not asked here but where it is shown.
"""

from collections import defaultdict
from collections.abc import Sequence
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
from minutes.models.meetings import State
from minutes.models.places import COUNCIL_SLUGS
from minutes.publishing.locks import lock_references

# What these quote or announce is the item's own case, so an item of that case is what they mean.
_OF_THE_CASE = (Reference.Kind.PRIOR_DECISION, Reference.Kind.CASE_FLOW)


class Target(NamedTuple):
    meeting: int | None = None
    item: int | None = None


def resolve(meetings: Sequence[Meeting]) -> None:
    """Point the references of `meetings`, and all that name one of them, at what they mean.

    Call it last in a transaction, with meetings of one municipality: others who resolve there wait until it
    ends. Ten queries at most, and one for each thousand references that change.
    """
    if not meetings:
        return
    municipality = meetings[0].committee.municipality_id
    lock_references(municipality)
    held = {meeting.pk for meeting in meetings}
    former = FormerAddress.objects.filter(meeting__in=held).values_list("date", flat=True)
    days = {*former, *(meeting.date for meeting in meetings)}
    own = Reference.objects.filter(item__meeting__in=held)
    elsewhere = Reference.objects.filter(
        Q(date__in=days) | Q(target_meeting__in=held), item__meeting__committee__municipality=municipality
    ).exclude(item__meeting__in=held)
    _point([*_told(own), *_free(elsewhere)], municipality)


def resolve_names(committee: Committee) -> None:
    """Resolve anew what is said of the days on which the committee met, as when it gets another name.

    Call it last in a transaction. As many queries as `resolve`.
    """
    lock_references(committee.municipality_id)
    days = Meeting.objects.filter(committee=committee).values("date")
    said = Reference.objects.filter(
        Q(date__in=days) | Q(target_meeting__committee=committee),
        item__meeting__committee__municipality=committee.municipality_id,
    )
    _point(list(_free(said)), committee.municipality_id)


def _free(references: QuerySet[Reference]) -> QuerySet[Reference]:
    """Those that no other transaction holds: whoever replaces them resolves the new ones in their turn."""
    return _told(references).select_for_update(of=("self",), skip_locked=True, no_key=True)


def _told(references: QuerySet[Reference]) -> QuerySet[Reference]:
    """What is printed of them, and whose they are."""
    printed = ("kind", "committee_name", "date", "item_number", "target_meeting", "target_item")
    found = references.select_related("item__meeting").order_by("pk")
    return found.only(*printed, "item__meeting__committee")


def _point(references: Sequence[Reference], municipality: int) -> None:
    dated = [each for each in references if each.date]
    if not dated:
        return
    archive = _Archive(municipality, dated)
    changed = []
    for each in dated:
        target = archive.target(each)
        if target != (each.target_meeting_id, each.target_item_id):
            each.target_meeting_id, each.target_item_id = target
            changed.append(each)
    items = {each.target_item_id for each in changed if each.target_item_id}
    # An item that another transaction holds may be about to go; whoever holds it resolves in their turn.
    free = {None, *_unheld(items)} if items else {None}
    Reference.objects.bulk_update(
        [each for each in changed if each.target_item_id in free],
        ["target_meeting", "target_item"],
        batch_size=1000,
    )


def _unheld(items: set[int]) -> list[int]:
    rows = AgendaItem.objects.filter(pk__in=items).order_by("pk")
    return list(rows.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True))


class _Archive:
    """What a municipality's archive holds of the days that `references` name. Six queries."""

    def __init__(self, municipality: int, references: Sequence[Reference]) -> None:
        days = {each.date for each in references if each.date}
        self._committees = _committees(municipality)
        self._meetings = _by_day(
            Meeting.objects.exclude(state=State.TAKEN_DOWN)
            .filter(committee__municipality=municipality, date__in=days)
            .order_by("sequence")
            .values_list("committee", "date", "pk")
        )
        self._moved = _by_day(
            FormerAddress.objects.exclude(meeting__state=State.TAKEN_DOWN)
            .filter(committee__municipality=municipality, date__in=days)
            .order_by("sequence")
            .values_list("committee", "date", "meeting")
        )
        there = {pk for found in (self._meetings, self._moved) for pks in found.values() for pk in pks}
        self._numbered: dict[tuple[int, str], list[int]] = defaultdict(list)
        for meeting, number, item in AgendaItem.objects.filter(meeting__in=there).values_list(
            "meeting", "number", "pk"
        ):
            self._numbered[meeting, _plain(number)].append(item)
        self._cases: dict[int, set[int]] = defaultdict(set)
        self._of_case: dict[tuple[int, int], list[int]] = defaultdict(list)
        numbers = CaseNumber.objects.filter(
            Q(item__meeting__in=there) | Q(item__in={each.item_id for each in references})
        )
        for meeting, case, item in numbers.values_list("item__meeting", "case", "item"):
            self._cases[item].add(case)
            self._of_case[meeting, case].append(item)

    def target(self, reference: Reference) -> Target:
        """The meeting, and its item, that alone can be meant."""
        at = self._committee(reference), reference.date
        # A day that was corrected is what other minutes may still say.
        there = self._meetings.get(at) or self._moved.get(at, [])
        for found in (self._by_number(reference, there), self._by_case(reference, there)):
            if len(found) == 1:
                return found[0]
        return Target(there[0]) if len(there) == 1 else Target()

    def _committee(self, reference: Reference) -> int | None:
        """The committee named; the item's own where none is, as in "på mødet den 5. februar"."""
        if not reference.committee_name:
            return reference.item.meeting.committee_id
        name = slug(reference.committee_name)
        # A municipality has one council, whichever of its titles is used.
        names = (name, *COUNCIL_SLUGS) if name in COUNCIL_SLUGS else (name,)
        return next((self._committees[each] for each in names if each in self._committees), None)

    def _by_number(self, reference: Reference, there: Sequence[int]) -> list[Target]:
        number = _plain(reference.item_number)
        if not number:
            return []
        return [Target(meeting, item) for meeting in there for item in self._numbered[meeting, number]]

    def _by_case(self, reference: Reference, there: Sequence[int]) -> list[Target]:
        if reference.kind not in _OF_THE_CASE:
            return []
        cases = self._cases[reference.item_id]
        found = {
            Target(meeting, item)
            for meeting in there
            for case in cases
            for item in self._of_case[meeting, case]
        }
        return sorted(found)


def _committees(municipality: int) -> dict[str, int]:
    """The municipality's committees by each of their addresses, as `Committee.objects.called` finds them."""
    named = [
        *Committee.objects.filter(municipality=municipality).values_list("pk", "slug"),
        *CommitteeAlias.objects.filter(committee__municipality=municipality).values_list("committee", "slug"),
    ]
    return {name: pk for pk, name in sorted(named, reverse=True)}


def _by_day(rows) -> dict[tuple[int | None, date | None], list[int]]:
    found: dict[tuple[int | None, date | None], list[int]] = defaultdict(list)
    for committee, day, meeting in rows:
        found[committee, day].append(meeting)
    return found


def _plain(number: str) -> str:
    """An item's number as it is compared: "082." → "82"."""
    return slug(number).lstrip("0")
