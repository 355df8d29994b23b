"""What stands in a feed of a meeting, an item, a ballot or a statement: no more than on their pages.

Each function takes what identifies rows, in any number, and makes as many queries for one as for fifty.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from minutes.feeds.atom import Entry
from minutes.feeds.conditional import changed_at
from minutes.models import AgendaItem, Ballot, Meeting, Person, Statement
from minutes.privacy import replace_masks

Entries = Mapping[Any, Entry]


def of_meetings(meetings: Sequence[int]) -> Entries:
    """Those of the meetings that are published. Two queries."""
    agenda = AgendaItem.objects.order_by("position").only(
        "meeting", "position", "number", "title", "closed", "outcome", "contested"
    )
    found = Meeting.objects.published().with_places().annotate(changed=changed_at())
    return {
        each.pk: _entry(
            each,
            each.changed,
            name=f"meeting/{each.pk}",
            title=_where(each),
            address=each.get_absolute_url(),
            template="meeting",
            ctx={"meeting": each},
        )
        for each in found.prefetch_related(Prefetch("items", agenda)).filter(pk__in=meetings)
    }


def of_items(items: Sequence[int]) -> Entries:
    """Those of the items that are published, each with its decision. One query."""
    found = AgendaItem.objects.published().with_places().annotate(changed=changed_at("meeting__"))
    return {
        each.pk: _entry(
            each.meeting,
            each.changed,
            name=f"item/{each.pk}",
            title=_titled(each),
            address=each.get_absolute_url(),
            template="item",
            ctx={"item": each},
        )
        for each in found.filter(pk__in=items)
    }


def of_ballots(ballots: Sequence[int], person: Person | None = None) -> Entries:
    """Those of the ballots that are published, each as the vote of `person` if one is given. Two queries.

    A ballot's row is another after each reading; its place among the item's stays.
    """
    found = Ballot.objects.published().with_places().annotate(changed=changed_at("item__meeting__"))
    return {
        each.pk: _entry(
            each.item.meeting,
            each.changed,
            name=f"item/{each.item_id}/ballot/{each.position}",
            title=f"{_vote_of(person, each)}{_titled(each.item)}",
            address=each.item.get_absolute_url(),
            template="ballot",
            ctx={"ballot": each, "item": each.item},
        )
        for each in found.with_votes().filter(pk__in=ballots)
    }


def of_statements(statements: Sequence[int]) -> Entries:
    """Those of the statements that are published. One query."""
    found = Statement.objects.published().with_places().annotate(changed=changed_at("item__meeting__"))
    return {
        each.pk: _entry(
            each.item.meeting,
            each.changed,
            name=f"item/{each.item_id}/statement/{each.position}",
            title=f"{each.get_kind_display()}: {_titled(each.item)}",
            address=each.item.get_absolute_url(),
            template="statement",
            ctx={"statement": each, "item": each.item},
        )
        for each in found.filter(pk__in=statements)
    }


def _entry(
    meeting: Meeting,
    updated: datetime,
    *,
    name: str,
    title: str,
    address: str,
    template: str,
    ctx: dict[str, Any],
) -> Entry:
    committee = meeting.committee
    return Entry(
        name=name,
        title=title,
        address=address,
        summary=render_to_string(f"minutes/feeds/{template}.html", ctx),
        published=meeting.published_at,
        updated=updated,
        categories=[committee.municipality.name, committee.name],
    )


def _where(meeting: Meeting) -> str:
    """ "Byrådet, Randers, 14. januar 2020"."""
    committee = meeting.committee
    return f"{committee.name}, {committee.municipality.name}, {date_format(meeting.date, 'j. F Y')}"


def _titled(item: AgendaItem) -> str:
    """ "Cykelsti ved havnen – Byrådet, Randers, 14. januar 2020"."""
    return f"{replace_masks(' '.join(item.title.split()))} – {_where(item.meeting)}"


def _vote_of(person: Person | None, ballot: Ballot) -> str:
    """ "Imod: " of a person who voted against; nothing where no person is followed."""
    vote = next((each for each in ballot.votes.all() if person and each.person_id == person.pk), None)
    return _("%(vote)s: ") % {"vote": vote.get_choice_display()} if vote else ""
