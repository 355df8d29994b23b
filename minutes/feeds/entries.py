"""Feed entries for meetings, items, ballots and statements, showing no more than their pages.

Each function maps primary keys to entries and leaves out rows that are not published. It makes as many
queries for one key as for fifty.
"""

from collections.abc import Mapping, Sequence

from django.db.models import Model, Prefetch
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from minutes.feeds.atom import Entry
from minutes.models import AgendaItem, Ballot, Meeting, Person, Statement

Entries = Mapping[int, Entry]


def meeting_entries(keys: Sequence[int]) -> Entries:
    """An entry for each meeting, with its agenda. Two queries."""
    agenda = AgendaItem.objects.order_by("position").only(
        "meeting", "position", "number", "title", "closed", "outcome", "contested"
    )
    meetings = Meeting.objects.published().with_places()
    return {
        meeting.pk: _entry(
            meeting,
            name=f"meeting/{meeting.pk}",
            title=_meeting_title(meeting),
            url=meeting.get_absolute_url(),
            summary=_summary("meeting", {"meeting": meeting}),
        )
        for meeting in meetings.prefetch_related(Prefetch("items", agenda)).filter(pk__in=keys)
    }


def item_entries(keys: Sequence[int]) -> Entries:
    """An entry for each item, with its decision. One query."""
    items = AgendaItem.objects.published().with_places()
    return {
        item.pk: _entry(
            item.meeting,
            name=f"item/{item.pk}",
            title=_item_title(item),
            url=item.get_absolute_url(),
            summary=_summary("item", {"item": item}),
        )
        for item in items.filter(pk__in=keys)
    }


def ballot_entries(keys: Sequence[int], person: Person | None = None) -> Entries:
    """An entry for each ballot, titled with the vote of `person` if given. Two queries.

    Named by position under the item, since each reading replaces the ballot's row.
    """
    ballots = Ballot.objects.published().with_places()
    return {
        ballot.pk: _entry(
            ballot.item.meeting,
            name=f"item/{ballot.item_id}/ballot/{ballot.position}",
            title=f"{_vote_prefix(person, ballot)}{_item_title(ballot.item)}",
            url=ballot.item.get_absolute_url(),
            summary=_summary("ballot", {"ballot": ballot, "item": ballot.item}),
        )
        for ballot in ballots.with_printed_votes().filter(pk__in=keys)
    }


def statement_entries(keys: Sequence[int]) -> Entries:
    """An entry for each statement, named by position as ballots are. One query."""
    statements = Statement.objects.published().with_places()
    return {
        statement.pk: _entry(
            statement.item.meeting,
            name=f"item/{statement.item_id}/statement/{statement.position}",
            title=f"{statement.get_kind_display()}: {_item_title(statement.item)}",
            url=statement.item.get_absolute_url(),
            summary=_summary("statement", {"statement": statement, "item": statement.item}),
        )
        for statement in statements.filter(pk__in=keys)
    }


def _entry(meeting: Meeting, *, name: str, title: str, url: str, summary: str) -> Entry:
    committee = meeting.committee
    return Entry(
        name=name,
        title=title,
        url=url,
        summary=summary,
        published=meeting.published_at,
        categories=[committee.municipality.name, committee.name],
    )


def _summary(template: str, context: dict[str, Model]) -> str:
    return render_to_string(f"minutes/feeds/{template}.html", context)


def _meeting_title(meeting: Meeting) -> str:
    """The meeting as a title: "Byrådet, Randers, 14. januar 2020 (aflyst)"."""
    committee = meeting.committee
    title = f"{committee.name}, {committee.municipality.name}, {date_format(meeting.date, 'DATE_FORMAT')}"
    return _("%s (aflyst)") % title if meeting.cancelled else title


def _item_title(item: AgendaItem) -> str:
    """The item as a title: "Cykelsti ved havnen – Byrådet, Randers, 14. januar 2020"."""
    return f"{' '.join(item.title.split())} – {_meeting_title(item.meeting)}"


def _vote_prefix(person: Person | None, ballot: Ballot) -> str:
    """The person's vote before a title: "Imod: "; empty without a person."""
    vote = next((vote for vote in ballot.votes.all() if person and vote.person_id == person.pk), None)
    return _("%(vote)s: ") % {"vote": vote.get_choice_display()} if vote else ""
