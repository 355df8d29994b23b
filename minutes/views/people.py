"""Pages of elected members: the figures of one, and the rows behind each figure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minutes.export import lists
from minutes.export.files import Listing, as_file
from minutes.filters import PRINTED_ONLY
from minutes.models import Attendance, Ballot, Committee, KnownVote, Person, Statement
from minutes.models.topics import topic_label
from minutes.statistics.minority_votes import MINORITY_VOTE
from minutes.statistics.people import person_statistics
from minutes.statistics.person_rows import (
    meetings_listed_in_party,
    meetings_of,
    missed_items,
    movements_of,
    statements_of,
    votes_of,
    with_ballot_votes,
)
from minutes.statistics.vote_blocks import MeetingLists
from minutes.statistics.voting_agreement import MIN_SHARED_BALLOTS, shared_votes, voting_agreements
from minutes.topics import LABELS
from minutes.views.pages import page_of
from minutes.vocabulary import VoteChoice, VoteKnown

# Newest minority votes and statements shown on the member's page.
_PREVIEW_ROWS = 5
_YEAR = re.compile(r"(?!0000)[0-9]{4}")


def person(request: HttpRequest, municipality_slug: str, person_slug: str) -> HttpResponseBase:
    """Show a member's figures, or the rows behind one of them with ?vis=; ?format= sends the votes as a file.

    The address of another spelling redirects to the member's own; one whose minutes are all its namesakes'
    lists these. ?referat=on leaves out deduced votes. Fourteen queries; lists take at most six.
    """
    people = Person.objects.published().select_related("municipality")
    member = people.filter(municipality__slug=municipality_slug, slug=person_slug).first()
    if member is None:
        return _other_person(request, municipality_slug, person_slug)
    if "vis" in request.GET:
        return _list_page(request, member)
    printed_only = _is_printed_only(request.GET)
    votes = votes_of(member, printed_only=printed_only)
    if file := _ballots_file(request, member, votes):
        return file
    minority_votes = with_ballot_votes(votes.filter(MINORITY_VOTE))[:_PREVIEW_ROWS]
    context = {
        "person": member,
        "namesakes": people.namesakes_of(member),
        "municipality": member.municipality,
        "noindex": settings.PEOPLE_NOINDEX,
        "statistics": person_statistics(member, printed_only=printed_only),
        "printed_only": printed_only,
        "voting_agreements": voting_agreements(member, printed_only=printed_only),
        "min_shared_ballots": MIN_SHARED_BALLOTS,
        "minority_votes": minority_votes,
        "lists": MeetingLists(vote.ballot for vote in minority_votes),
        "statements": statements_of(member)[:_PREVIEW_ROWS],
    }
    return render(request, "minutes/person.html", context)


def _is_printed_only(query: QueryDict) -> bool:
    return query.get(PRINTED_ONLY) == "on"


def _other_person(request: HttpRequest, municipality_slug: str, person_slug: str) -> HttpResponse:
    """Redirect from another spelling, or list the namesakes of a name that no minutes have left."""
    people = Person.objects.published().select_related("municipality")
    of_place = {"municipality__slug": municipality_slug}
    if member := people.filter(**of_place, aliases__slug=person_slug).first():
        return redirect(member, permanent=True)
    original = get_object_or_404(Person.objects.select_related("municipality"), **of_place, slug=person_slug)
    namesakes = people.namesakes_of(original)
    if not namesakes:
        raise Http404
    context = {"person": original, "municipality": original.municipality, "namesakes": namesakes}
    return render(request, "minutes/namesakes.html", context)


@dataclass(frozen=True)
class _RowFilter:
    """A list's filters: ?aar=2019&udvalg=byraadet&parti=V&emne=skole, and ?med=ane-lund for shared ballots.

    With `printed_only`, lists of votes have printed ones only.
    """

    year: int | None
    committee: Committee | None
    party: str
    other: Person | None
    topic: str
    printed_only: bool

    @classmethod
    def from_query(cls, member: Person, query: QueryDict) -> "_RowFilter":
        """Raise `Http404` for invalid values. One query each for the committee and the other member."""
        year, committee, other = (query.get(name, "") for name in ("aar", "udvalg", "med"))
        topic = query.get("emne", "")
        if (year and not _YEAR.fullmatch(year)) or (topic and topic not in LABELS):
            raise Http404
        place = {"municipality": member.municipality_id}
        committees = Committee.objects.published()
        people = Person.objects.published().select_related("municipality")
        return cls(
            year=int(year) if year else None,
            committee=get_object_or_404(committees, **place, slug=committee) if committee else None,
            party=query.get("parti", ""),
            other=get_object_or_404(people, **place, slug=other) if other else None,
            topic=topic,
            printed_only=_is_printed_only(query),
        )

    @property
    def topic_label(self) -> str:
        return topic_label(self.topic)

    def apply(self, rows: QuerySet[Any], member: Person, path_to_meeting: str) -> QuerySet[Any]:
        """Filter `rows` by the year, committee and party of their meeting, and by the topic of their item.

        Raise `Http404` for the topic of rows that have no item.
        """
        if self.topic:
            path_to_item = path_to_meeting.removesuffix("meeting__")
            if not path_to_item:
                raise Http404
            rows = rows.filter(**{f"{path_to_item}topic": self.topic})
        if self.year:
            rows = rows.filter(**{f"{path_to_meeting}date__year": self.year})
        if self.committee:
            rows = rows.filter(**{f"{path_to_meeting}committees": self.committee})
        if self.party:
            meetings = meetings_listed_in_party(member, self.party)
            rows = rows.filter(**{f"{path_to_meeting}pk__in": meetings})
        return rows


@dataclass(frozen=True)
class _RowList:
    """A list that ?vis= selects. `path_to_meeting` is the lookup from a row to its meeting."""

    heading: Promise
    template: str
    path_to_meeting: str
    rows: Callable[[Person, _RowFilter], QuerySet[Any]]
    as_file: Callable[[HttpRequest, Person, QuerySet[Any]], HttpResponseBase | None]


def _list_page(request: HttpRequest, member: Person) -> HttpResponseBase:
    """Show a page of the list that ?vis= selects, or send it as a file. Raise `Http404` if it is empty."""
    row_list = _LISTS.get(request.GET["vis"])
    if row_list is None:
        raise Http404
    row_filter = _RowFilter.from_query(member, request.GET)
    rows = row_filter.apply(row_list.rows(member, row_filter), member, row_list.path_to_meeting)
    if file := row_list.as_file(request, member, rows):
        return file
    page = page_of(request, rows)
    if not page.paginator.count:
        raise Http404
    context = {
        "person": member,
        "municipality": member.municipality,
        "noindex": settings.PEOPLE_NOINDEX,
        "list": row_list,
        "row_filter": row_filter,
        "page": page,
        "lists": MeetingLists(row.ballot for row in page if isinstance(row, KnownVote)),
        "printed_only": row_filter.printed_only,
    }
    return render(request, "minutes/person_rows.html", context)


def _ballots_file(request: HttpRequest, member: Person, votes: QuerySet[Any]) -> HttpResponseBase | None:
    """The ballots of `votes` as the file that ?format= names, else None."""
    ballots = Ballot.objects.published().with_places().filter(pk__in=votes.order_by().values("ballot"))
    return as_file(request, lists.ballots_of(member), ballots.newest_first())


def _file_of(
    listing: Callable[[Person], Listing],
) -> Callable[[HttpRequest, Person, QuerySet[Any]], HttpResponseBase | None]:
    return lambda request, member, rows: as_file(request, listing(member), rows)


def _meetings(heading: Promise, **lookups: object) -> _RowList:
    return _RowList(
        heading,
        "minutes/_person_meetings.html",
        "",
        lambda member, _filter: meetings_of(member).filter(**lookups),
        _file_of(lists.meetings_of),
    )


def _votes(heading: Promise, **lookups: object) -> _RowList:
    def rows(member: Person, row_filter: _RowFilter) -> QuerySet[KnownVote]:
        other, printed_only = row_filter.other, row_filter.printed_only
        votes = (
            shared_votes(member, other, printed_only=printed_only)
            if other
            else votes_of(member, printed_only=printed_only)
        )
        return with_ballot_votes(votes.filter(**lookups))

    return _RowList(heading, "minutes/_person_votes.html", "ballot__item__meeting__", rows, _ballots_file)


def _statements(heading: Promise, kind: Statement.Kind) -> _RowList:
    return _RowList(
        heading,
        "minutes/_person_statements.html",
        "item__meeting__",
        lambda member, _filter: statements_of(member).filter(kind=kind),
        _file_of(lists.statements_of),
    )


def _movements(heading: Promise, **lookups: object) -> _RowList:
    return _RowList(
        heading,
        "minutes/_person_movements.html",
        "meeting__",
        lambda member, _filter: movements_of(member).filter(**lookups),
        _file_of(lists.movements_of),
    )


def _missed(heading: Promise, role: Attendance.Role) -> _RowList:
    return _RowList(
        heading,
        "minutes/_person_missed.html",
        "item__meeting__",
        lambda member, _filter: missed_items(member).filter(role=role),
        _file_of(lists.missed_by),
    )


_LISTS = {
    "moeder": _meetings(_("Møder, hvor navnet er nævnt")),
    "paa-listen": _meetings(_("Møder med navnet på deltagerlisten"), listed__isnull=False),
    "til-stede": _meetings(_("Til stede"), listed=Attendance.Role.PRESENT),
    "fravaer": _meetings(_("Fraværende"), listed=Attendance.Role.ABSENT),
    "kom-og-gik": _movements(_("Kom senere eller gik før tid")),
    "kom-senere": _movements(_("Kom senere"), role=Attendance.Role.ARRIVED),
    "gik-foer-tid": _movements(_("Gik før tid"), role=Attendance.Role.LEFT),
    "punkter": _missed(_("Fraværende ved enkelte punkter"), Attendance.Role.ABSENT),
    "deltog-ikke": _missed(_("Deltog ikke i behandlingen"), Attendance.Role.RECUSED),
    "stemmer": _votes(_("Stemmer")),
    "navngivne": _votes(_("Stemmer, der fremgår af referatet"), known=VoteKnown.PRINTED),
    "for": _votes(_("Stemte for"), choice=VoteChoice.FOR),
    "imod": _votes(_("Stemte imod"), choice=VoteChoice.AGAINST),
    "undlod": _votes(_("Undlod at stemme"), choice=VoteChoice.ABSTAINED),
    "udledt": _votes(_("Stemmer, der følger af fremmødet"), known=VoteKnown.DEDUCED),
    "uenig": _votes(_("Stemte i mindretal"), in_minority=True),
    "alene": _votes(_("Stemte alene"), alone=True),
    "forbehold": _statements(_("Forbehold"), Statement.Kind.RESERVATION),
    "byraadet": _statements(_("Begæringer om at indbringe sagen for byrådet"), Statement.Kind.REFERRAL),
    "bemaerkninger": _statements(_("Bemærkninger"), Statement.Kind.REMARK),
}
