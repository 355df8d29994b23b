"""The news of a page: the items first published in a window of time, by meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from minutes.alerts.links import absolute
from minutes.alerts.subjects import Subject, Window
from minutes.models import AgendaItem, Meeting, Person, Vote
from minutes.statistics.verdicts import verdict
from minutes.vocabulary import DocumentKind

# Items of a page that are listed in a mail; the rest is counted.
MAX_ITEMS = 25


@dataclass(frozen=True)
class Line:
    """An item: its title, address and verdict, and how the member voted whose page is followed."""

    title: str
    address: str
    verdict: str
    vote: str


@dataclass(frozen=True)
class MeetingNews:
    title: str
    address: str
    lines: list[Line]


@dataclass(frozen=True)
class News:
    """The new items of a page, with absolute addresses; `more` of them are not listed."""

    title: str
    address: str
    meetings: list[MeetingNews]
    more: int

    @property
    def count(self) -> int:
        return self.more + sum(len(meeting.lines) for meeting in self.meetings)


def news_of(subject: Subject, window: Window) -> News | None:
    """Return what is new on a page, the newest meetings first; None if nothing is.

    Four queries, and those of the search for a search.
    """
    items = subject.new_items(window)
    listed = list(
        items.select_related("meeting__committee__municipality")
        .prefetch_related("ballots")
        .order_by("-meeting__date", "-meeting_id", "position")[:MAX_ITEMS]
    )
    if not listed:
        return None
    more = items.count() - len(listed) if len(listed) == MAX_ITEMS else 0
    votes = _votes(subject.person, listed) if subject.person else {}
    meetings = [
        MeetingNews(
            _meeting_title(meeting, window),
            absolute(meeting.get_absolute_url()),
            [_line(item, votes) for item in group],
        )
        for meeting, group in groupby(listed, key=lambda item: item.meeting)
    ]
    return News(subject.title, absolute(subject.address), meetings, max(more, 0))


def _line(item: AgendaItem, votes: dict[int, str]) -> Line:
    return Line(
        title=" ".join(item.title.split()),
        address=absolute(item.get_absolute_url()),
        verdict=_("Lukket punkt") if item.closed else verdict(item),
        vote=votes.get(item.pk, ""),
    )


def _votes(person: Person, items: Sequence[AgendaItem]) -> dict[int, str]:
    """Return how the person voted by the ids of items with one vote of the person's. One query."""
    votes = Vote.objects.filter(person=person, ballot__item__in=items).select_related("ballot")
    choices: dict[int, list[str]] = {}
    for vote in votes.order_by("id"):
        choices.setdefault(vote.ballot.item_id, []).append(str(vote.get_choice_display()).lower())
    return {
        item: _("%(who)s stemte: %(choice)s") % {"who": person.name, "choice": chosen[0]}
        for item, chosen in choices.items()
        if len(chosen) == 1
    }


def _meeting_title(meeting: Meeting, window: Window) -> str:
    """Return committee, place and date, and what is new where the agenda came before the minutes."""
    committee = meeting.committee
    title = f"{committee.name}, {committee.municipality.name}, {date_format(meeting.date, 'DATE_FORMAT')}"
    if meeting.cancelled:
        return _("%s (aflyst)") % title
    if meeting.document == DocumentKind.AGENDA:
        return _("%s: dagsordenen") % title
    if meeting.minutes_at and window.since < meeting.minutes_at <= window.until:
        return _("%s: referatet er kommet") % title
    return title
