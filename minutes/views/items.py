"""An agenda item."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minutes.item_facts import ITEM_FACTS
from minutes.models import AgendaItem, Attendance, Ballot, CaseNumber, Person, Reference, Statement, Takedown
from minutes.models.addresses import Address
from minutes.publishing.readings import meeting_keys
from minutes.statistics.cases import mentioned_by
from minutes.views.meetings import corrections_shown, gone, instead
from minutes.vocabulary import SectionKind

# Shown in other ways than as a passage: on top, as a list, by names.
_SHOWN_APART = {SectionKind.ATTACHMENTS, SectionKind.ABSENT}


def item(
    request: HttpRequest, municipality_slug: str, committee_slug: str, meeting_slug: str, item_slug: str
) -> HttpResponse:
    """An agenda item with its content. Seventeen queries."""
    address = Address.parse(municipality_slug, committee_slug, meeting_slug)
    meeting = address.published()
    if meeting is None:
        return instead(request, address, item_slug)
    # The agenda in order, for the way to the item before and the one after.
    agenda = list(meeting.items.order_by("position").only("slug", "number", "title", "position", "meeting"))
    place = next((place for place, each in enumerate(agenda) if each.slug == item_slug), None)
    if place is None:
        if Takedown.objects.of(meeting_keys(meeting), []).filter(item_slug=item_slug).exists():
            return gone(request)
        return render(request, "minutes/item_missing.html", {"meeting": meeting}, status=404)
    found = AgendaItem.objects.prefetch_related(*_printed_under()).get(pk=agenda[place].pk)
    for each in (found, *agenda):
        each.meeting = meeting
    ctx: dict[str, object] = {
        "item": found,
        "meeting": meeting,
        "committee": meeting.committee,
        "municipality": meeting.committee.municipality,
        "previous": agenda[place - 1] if place else None,
        "next": agenda[place + 1] if place + 1 < len(agenda) else None,
        "case_numbers": found.case_numbers.all(),
        "same_case": _of_the_same_case(found),
        "corrected": corrections_shown(meeting, found.slug),
        "facts": [
            (fact.label, value)
            for fact in ITEM_FACTS
            if fact.on_page and (value := getattr(found, fact.name)) != fact.default
        ],
    }
    ctx |= _content(found)
    return render(request, "minutes/item.html", ctx)


def _printed_under() -> tuple[Prefetch | str, ...]:
    return (
        "sections",
        "attachments",
        Prefetch("case_numbers", CaseNumber.objects.select_related("case").order_by("position")),
        Prefetch("ballots", Ballot.objects.with_votes().order_by("position")),
        Prefetch("statements", Statement.objects.order_by("position")),
        # A remark can be made by somebody who has no page.
        Prefetch("statements__people", Person.objects.published()),
        Prefetch("attendances", Attendance.objects.select_related("party", "person").order_by("position")),
        Prefetch("references", Reference.objects.with_public_targets().order_by("position")),
    )


def _content(item: AgendaItem) -> dict[str, object]:
    """Return what the page shows below the item's heading. Two queries besides what is prefetched."""
    attendances = item.attendances.all()
    roles = Attendance.Role
    quoted = {
        each.start: each for each in item.references.all() if each.kind == Reference.Kind.PRIOR_DECISION
    }
    return {
        "decisions": [section for section in item.sections.all() if section.kind == SectionKind.DECISION],
        "sections": [
            (section, quoted.get(section.start) if section.kind == SectionKind.PRIOR_DECISION else None)
            for section in item.sections.all()
            if section.kind != SectionKind.DECISION
            and section.kind not in _SHOWN_APART
            and (section.text or section.kind == SectionKind.RECOMMENDATION)
        ],
        "ballots": item.ballots.all(),
        "statements": item.statements.all(),
        "attachments": item.attachments.all(),
        "absent": [each for each in attendances if each.role == roles.ABSENT],
        "recused": [each for each in attendances if each.role == roles.RECUSED],
        "guests": [each for each in attendances if each.role == roles.GUEST],
        "mentions": [each for each in item.references.all() if each.kind == Reference.Kind.MENTION],
        "mentioned_by": mentioned_by([item.pk]),
    }


def _of_the_same_case(item: AgendaItem) -> list[AgendaItem]:
    """Other published items that carry one of the item's case numbers, newest first, at most fifty."""
    cases = [number.case_id for number in item.case_numbers.all()]
    numbered = CaseNumber.objects.filter(case__in=cases).values("item")
    return list(
        AgendaItem.objects.published()
        .with_places()
        .filter(pk__in=numbered)
        .exclude(pk=item.pk)
        .order_by("-meeting__date", "-meeting_id", "position")[:50]
    )
