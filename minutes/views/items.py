"""The page of an agenda item."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from minutes.item_facts import ITEM_FACTS
from minutes.models import (
    AgendaItem,
    Attendance,
    Ballot,
    CaseNumber,
    Election,
    GazetteerPlace,
    Person,
    Reference,
    Statement,
    Takedown,
)
from minutes.models.addresses import Address, repaired_item
from minutes.models.files import attachment_prefetches, attachments_of
from minutes.publishing.readings import meeting_keys
from minutes.statistics.cases import mentioned_by, without_repeats
from minutes.statistics.vote_blocks import MeetingLists
from minutes.views.meetings import correction_dates, gone, missing_meeting
from minutes.vocabulary import SectionKind

# Sections that the page shows elsewhere: the decision at the top, attachments and names as lists.
_SHOWN_ELSEWHERE = {SectionKind.DECISION, SectionKind.ATTACHMENTS, SectionKind.ABSENT}
# Sections of use to the administration, which are folded.
_ADMINISTRATIVE = {SectionKind.CONTACTS, SectionKind.COMMUNICATION}
# "-", printed where a section is empty
_EMPTY = {"", "-", "–"}
# An item with this much text, in characters, and this many headed sections gets a list of contents.
_LONG_TEXT = 5000
_MIN_CONTENTS = 3
# The other items of the same cases that the page lists.
_MAX_SAME_CASE = 5
# The page folds further attachments.
_SHOWN_ATTACHMENTS = 8


def item(
    request: HttpRequest, municipality_slug: str, committee_slug: str, meeting_slug: str, item_slug: str
) -> HttpResponse:
    """Show an agenda item with its content. Nineteen queries."""
    address = Address.parse(municipality_slug, committee_slug, meeting_slug)
    meeting = address.published()
    if meeting is None:
        return missing_meeting(request, address, item_slug)
    # The agenda in order, for the links to the previous and the next item.
    agenda = list(meeting.items.order_by("position").only("slug", "number", "title", "position", "meeting"))
    index = next((index for index, other in enumerate(agenda) if other.slug == item_slug), None)
    if index is None:
        if Takedown.objects.of(meeting_keys(meeting), []).filter(item_slug=item_slug).exists():
            return gone(request)
        if repaired := repaired_item(meeting, item_slug):
            # Not for good: staff can undo their correction.
            return redirect("item", municipality_slug, committee_slug, meeting_slug, repaired)
        return render(request, "minutes/item_missing.html", {"meeting": meeting}, status=404)
    item = AgendaItem.objects.prefetch_related(*_prefetches()).get(pk=agenda[index].pk)
    for agenda_item in (item, *agenda):
        agenda_item.meeting = meeting
    same_case = _items_of_same_cases(item)
    ctx: dict[str, object] = {
        "item": item,
        "meeting": meeting,
        "committee": meeting.committee,
        "municipality": meeting.committee.municipality,
        "previous": agenda[index - 1] if index else None,
        "next": agenda[index + 1] if index + 1 < len(agenda) else None,
        "case_numbers": item.case_numbers.all(),
        "same_case": same_case[:_MAX_SAME_CASE],
        "has_more_of_case": len(same_case) > _MAX_SAME_CASE,
        "corrected": correction_dates(meeting, item.slug),
        "facts": [
            (fact.label, value)
            for fact in ITEM_FACTS
            if fact.on_page and (value := getattr(item, fact.name)) != fact.default
        ],
    }
    ctx |= _content(item)
    return render(request, "minutes/item.html", ctx)


def _prefetches() -> "tuple[Prefetch[Any, Any, Any] | str, ...]":
    return (
        "sections",
        *attachment_prefetches(),
        Prefetch("case_numbers", CaseNumber.objects.select_related("case").order_by("position")),
        Prefetch("ballots", Ballot.objects.with_votes().order_by("position")),
        Prefetch("elections", Election.objects.order_by("position")),
        Prefetch("statements", Statement.objects.order_by("position")),
        # A guest with a remark has no page.
        Prefetch("statements__people", Person.objects.published()),
        Prefetch("attendances", Attendance.objects.select_related("party", "person").order_by("position")),
        Prefetch("references", Reference.objects.with_public_targets().order_by("position")),
    )


def _content(item: AgendaItem) -> dict[str, object]:
    """Return what the page shows below the item's heading. Three queries besides what is prefetched."""
    attendances = item.attendances.all()
    roles = Attendance.Role
    references = item.references.all()
    return {
        "decisions": [section for section in item.sections.all() if section.kind == SectionKind.DECISION],
        **_sections(item),
        "ballots": item.ballots.all(),
        "lists": MeetingLists(item.ballots.all()),
        "elections": item.elections.all(),
        "statements": item.statements.all(),
        **_attachments(item),
        "absent": [attendance for attendance in attendances if attendance.role == roles.ABSENT],
        "recused": [attendance for attendance in attendances if attendance.role == roles.RECUSED],
        "guests": [attendance for attendance in attendances if attendance.role == roles.GUEST],
        "mentions": without_repeats(
            [reference for reference in references if reference.kind == Reference.Kind.MENTION]
        ),
        "mentioned_by": mentioned_by([item.pk]),
        "places": GazetteerPlace.objects.filter(mentions__item=item).order_by("sort_key", "id"),
    }


def _sections(item: AgendaItem) -> dict[str, object]:
    """Return the sections that are shown as text, with the quoted decisions' references, and the contents."""
    quoted = {
        reference.start: reference
        for reference in item.references.all()
        if reference.kind == Reference.Kind.PRIOR_DECISION
    }
    shown = [
        section
        for section in item.sections.all()
        if section.kind not in _SHOWN_ELSEWHERE
        and (section.text.strip() not in _EMPTY or section.kind == SectionKind.RECOMMENDATION)
    ]
    text = [section for section in shown if section.kind not in _ADMINISTRATIVE]
    headed = [section for section in text if section.heading or section.kind == SectionKind.PRIOR_DECISION]
    is_long = len(headed) >= _MIN_CONTENTS and sum(len(section.text) for section in text) >= _LONG_TEXT
    return {
        "sections": [
            (section, quoted.get(section.start) if section.kind == SectionKind.PRIOR_DECISION else None)
            for section in text
        ],
        "administrative": [section for section in shown if section.kind in _ADMINISTRATIVE],
        "contents": headed if is_long else [],
    }


def _attachments(item: AgendaItem) -> dict[str, object]:
    attachments = attachments_of(item)
    return {
        "attachments": attachments,
        "first_attachments": attachments[:_SHOWN_ATTACHMENTS],
        "more_attachments": attachments[_SHOWN_ATTACHMENTS:],
        "has_files": any(file for _title, file in attachments),
        "lacks_files": not all(file for _title, file in attachments),
    }


def _items_of_same_cases(item: AgendaItem) -> list[AgendaItem]:
    """Return the newest other items with one of the item's case numbers: one more than the page shows."""
    cases = [number.case_id for number in item.case_numbers.all()]
    numbered = CaseNumber.objects.filter(case__in=cases).values("item")
    return list(
        AgendaItem.objects.published()
        .with_places()
        .filter(pk__in=numbered)
        .exclude(pk=item.pk)
        .order_by("-meeting__date", "-meeting_id", "position")[: _MAX_SAME_CASE + 1]
    )
