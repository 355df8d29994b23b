"""Elected members: what the minutes tell of one, and the rows behind each figure."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minutes.export import lists
from minutes.export.files import Listing, as_file
from minutes.models import Attendance, Ballot, Committee, Person, Statement, Vote
from minutes.statistics import people as statistics
from minutes.views.pages import page_of
from minutes.vocabulary import VoteChoice

# Of the newest minority votes and statements, before the whole list is asked for.
_SHOWN = 5


def person(request: HttpRequest, municipality_slug: str, person_slug: str) -> HttpResponseBase:
    """A member's figures; with ?vis= the rows behind one of them. Twelve queries, of rows six at most.

    As a file, the votes. Another spelling's address leads to the member's own.
    """
    people = Person.objects.published().select_related("municipality")
    found = people.filter(municipality__slug=municipality_slug, slug=person_slug).first()
    if found is None:
        named = get_object_or_404(people, municipality__slug=municipality_slug, aliases__slug=person_slug)
        return redirect(named, permanent=True)
    ctx = {"person": found, "municipality": found.municipality, "noindex": settings.PEOPLE_NOINDEX}
    if "vis" in request.GET:
        return _rows(request, ctx, found)
    if file := _file_of_votes(request, found, statistics.votes_of(found)):
        return file
    ctx |= {
        "figures": statistics.person_statistics(found),
        "voting_agreements": statistics.voting_agreements(found),
        "minority_votes": statistics.with_ballot_votes(
            statistics.votes_of(found).filter(statistics.MINORITY_VOTE)
        )[:_SHOWN],
        "statements": statistics.statements_of(found)[:_SHOWN],
        "min_shared_ballots": statistics.MIN_SHARED_BALLOTS,
    }
    return render(request, "minutes/person.html", ctx)


@dataclass(frozen=True)
class _Narrowing:
    """What rows are narrowed to: ?aar=2019&udvalg=byraadet&parti=V, and ?med=ane-lund of shared ballots."""

    year: int | None
    committee: Committee | None
    party: str
    other: Person | None

    @classmethod
    def of(cls, found: Person, given: QueryDict) -> "_Narrowing":
        """Raises `Http404` for what cannot be. A query for a committee, and one for another member."""
        year, committee, other = (given.get(name, "") for name in ("aar", "udvalg", "med"))
        if year and not (year.isascii() and year.isdigit() and len(year) == 4 and int(year)):
            raise Http404
        place = {"municipality": found.municipality_id}
        people = Person.objects.published().select_related("municipality")
        return cls(
            year=int(year) if year else None,
            committee=get_object_or_404(Committee.objects.published(), **place, slug=committee)
            if committee
            else None,
            party=given.get("parti", ""),
            other=get_object_or_404(people, **place, slug=other) if other else None,
        )

    def narrow(self, rows: QuerySet, found: Person, way: str) -> QuerySet:
        """`rows`, whose meeting is at the end of `way`, of the year, the committee and the party."""
        if self.year:
            rows = rows.filter(**{f"{way}date__year": self.year})
        if self.committee:
            rows = rows.filter(**{f"{way}committee": self.committee})
        if self.party:
            rows = rows.filter(**{f"{way}pk__in": statistics.meetings_listed_in_party(found, self.party)})
        return rows


@dataclass(frozen=True)
class _List:
    """Rows that ?vis= names: heading, template, the way from a row to its meeting, the question, the file."""

    heading: Promise
    template: str
    way: str
    rows: Callable[[Person, _Narrowing], QuerySet]
    file: Callable[[HttpRequest, Person, QuerySet], HttpResponseBase | None]


def _rows(request: HttpRequest, ctx: dict[str, object], found: Person) -> HttpResponseBase:
    """A page of the rows asked for, or all of them as a file; `Http404` where there are none."""
    shown = _LISTS.get(request.GET["vis"])
    if shown is None:
        raise Http404
    narrowing = _Narrowing.of(found, request.GET)
    rows = narrowing.narrow(shown.rows(found, narrowing), found, shown.way)
    if file := shown.file(request, found, rows):
        return file
    page = page_of(request, rows)
    if not page.paginator.count:
        raise Http404
    ctx |= {"list": shown, "page": page, "narrowing": narrowing}
    return render(request, "minutes/person_rows.html", ctx)


def _file_of_votes(request: HttpRequest, found: Person, votes: QuerySet[Vote]) -> HttpResponseBase | None:
    """The ballots of these votes as the file that ?format= asks for, if it does."""
    ballots = Ballot.objects.published().with_places().filter(pk__in=votes.order_by().values("ballot"))
    return as_file(request, lists.ballots_of(found), ballots.newest_first())


def _file_of(listing: Callable[[Person], Listing]) -> Callable[..., HttpResponseBase | None]:
    return lambda request, found, rows: as_file(request, listing(found), rows)


def _meetings(heading: Promise, **listed: object) -> _List:
    return _List(
        heading,
        "minutes/_person_meetings.html",
        "",
        lambda found, _narrowing: statistics.meetings_of(found).filter(**listed),
        _file_of(lists.meetings_of),
    )


def _votes(heading: Promise, **alike: object) -> _List:
    return _List(
        heading,
        "minutes/_person_votes.html",
        "ballot__item__meeting__",
        lambda found, narrowing: statistics.with_ballot_votes(_shared(found, narrowing).filter(**alike)),
        _file_of_votes,
    )


def _shared(found: Person, narrowing: _Narrowing) -> QuerySet[Vote]:
    if narrowing.other is None:
        return statistics.votes_of(found)
    return statistics.shared_votes(found, narrowing.other)


def _statements(heading: Promise, kind: Statement.Kind) -> _List:
    return _List(
        heading,
        "minutes/_person_statements.html",
        "item__meeting__",
        lambda found, _narrowing: statistics.statements_of(found).filter(kind=kind),
        _file_of(lists.statements_of),
    )


def _missed(heading: Promise, role: Attendance.Role) -> _List:
    return _List(
        heading,
        "minutes/_person_missed.html",
        "item__meeting__",
        lambda found, _narrowing: statistics.missed_items(found).filter(role=role),
        _file_of(lists.missed_by),
    )


_LISTS = {
    "moeder": _meetings(_("Møder, hvor navnet er nævnt")),
    "paa-listen": _meetings(_("Møder med navnet på deltagerlisten"), listed__isnull=False),
    "til-stede": _meetings(_("Til stede"), listed=Attendance.Role.PRESENT),
    "fravaer": _meetings(_("Fraværende"), listed=Attendance.Role.ABSENT),
    "punkter": _missed(_("Fraværende ved enkelte punkter"), Attendance.Role.ABSENT),
    "deltog-ikke": _missed(_("Deltog ikke i behandlingen"), Attendance.Role.RECUSED),
    "stemmer": _votes(_("Stemmer afgivet ved navn")),
    "for": _votes(_("Stemte for"), choice=VoteChoice.FOR),
    "imod": _votes(_("Stemte imod"), choice=VoteChoice.AGAINST),
    "undlod": _votes(_("Undlod at stemme"), choice=VoteChoice.ABSTAINED),
    "uenig": _votes(_("Stemte med mindretallet"), in_minority=True),
    "alene": _votes(_("Stemte alene"), alone=True),
    "forbehold": _statements(_("Forbehold"), Statement.Kind.RESERVATION),
    "byraadet": _statements(_("Begæringer om at få sagen i byrådet"), Statement.Kind.REFERRAL),
    "bemaerkninger": _statements(_("Bemærkninger"), Statement.Kind.REMARK),
}
