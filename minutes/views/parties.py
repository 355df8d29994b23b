"""Pages of a municipality's parties: the list, and one with its members and votes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from minutes.models import Ballot, Meeting, Municipality, Person
from minutes.statistics.known_parties import PartyIdentity
from minutes.statistics.members import current_since
from minutes.statistics.parties import (
    PartyHistory,
    PartyPeriod,
    PartySummary,
    party_histories,
    party_summaries,
)
from minutes.statistics.party_votes import PartyVotes, party_votes
from minutes.statistics.voting_agreement import MIN_SHARED_BALLOTS
from minutes.views.pages import page_of


@dataclass(frozen=True)
class _Parties:
    """A municipality with the histories of its members and the votes of its parties."""

    municipality: Municipality
    histories: Mapping[int, PartyHistory]
    votes: PartyVotes
    summaries: list[PartySummary]

    @classmethod
    def of(cls, municipality_slug: str) -> "_Parties":
        """Raise `Http404` if the municipality has nothing published. Four queries."""
        municipality = get_object_or_404(Municipality.objects.published(), slug=municipality_slug)
        histories = party_histories(municipality)
        votes = party_votes(municipality, histories)
        return cls(municipality, histories, votes, party_summaries(histories, votes.days_by_party))

    def current_since(self) -> date:
        """Return the cut-off date for current members. One query."""
        meetings = Meeting.objects.published().filter(committee__municipality=self.municipality)
        return current_since(meetings.aggregate(latest=Max("date"))["latest"])


@dataclass(frozen=True)
class _Member:
    """A member of a party, with the parties before and after it, if the minutes print a change."""

    person: Person
    period: PartyPeriod
    before: PartyIdentity | None
    after: PartyIdentity | None


def parties(request: HttpRequest, municipality_slug: str) -> HttpResponse:
    """List the parties that the minutes of a municipality print. Five queries."""
    all_parties = _Parties.of(municipality_slug)
    since = all_parties.current_since()
    rows = [
        {
            "party": summary.party,
            "summary": summary,
            "members": len(summary.periods),
            "current": summary.members_since(since),
            "ballots": len(all_parties.votes.of(summary.party)),
        }
        for summary in all_parties.summaries
    ]
    context = {"municipality": all_parties.municipality, "since": since, "rows": rows}
    return render(request, "minutes/parties.html", context)


def party(request: HttpRequest, municipality_slug: str, party_slug: str) -> HttpResponse:
    """Show a party's members, its agreement with other parties and its contested ballots. Eight queries.

    ?vis=delte lists only the ballots in which its members were on both sides.
    """
    all_parties = _Parties.of(municipality_slug)
    of_slug = [summary for summary in all_parties.summaries if summary.party.slug == party_slug]
    if not of_slug or request.GET.get("vis", "delte") != "delte":
        raise Http404
    summary, votes = of_slug[0], all_parties.votes
    since = all_parties.current_since()
    members = _members(all_parties, summary)
    printed, deduced, as_party = votes.counts(summary.party)
    comparable, divided = votes.comparable(summary.party), votes.divided(summary.party)
    only_divided = "vis" in request.GET
    context = {
        "municipality": all_parties.municipality,
        "party": summary.party,
        "summary": summary,
        "since": since,
        "current": [member for member in members if member.period.last >= since],
        "former": [member for member in members if member.period.last < since],
        "printed": printed,
        "deduced": deduced,
        "as_party": as_party,
        "agreements": votes.agreements(summary.party),
        "min_shared_ballots": MIN_SHARED_BALLOTS,
        "comparable": len(comparable),
        "divided": len(divided),
        "divided_of_comparable": len(set(divided) & set(comparable)),
        "only_divided": only_divided,
        "page": _ballots(request, votes, summary.party, divided if only_divided else None),
    }
    return render(request, "minutes/party.html", context)


def _members(all_parties: _Parties, summary: PartySummary) -> list[_Member]:
    """Return the members of a party, in Danish order of names. One query."""
    members = []
    for person in Person.objects.published().filter(pk__in=summary.periods):
        person.municipality = all_parties.municipality
        changes = all_parties.histories[person.pk].changes
        before = [change.before for change in changes if change.after == summary.party]
        after = [change.after for change in changes if change.before == summary.party]
        members.append(
            _Member(
                person,
                summary.periods[person.pk],
                before[0] if before else None,
                after[0] if after else None,
            )
        )
    return members


def _ballots(request: HttpRequest, votes: PartyVotes, party: PartyIdentity, only: list[int] | None) -> Any:
    """Return a page of the party's contested ballots, each with the party's votes. Two queries."""
    own = votes.of(party)
    ballots = Ballot.objects.published().contested().filter(pk__in=own if only is None else only)
    page = page_of(request, ballots.with_places().newest_first())
    for ballot in page:
        ballot.of_party = own[ballot.pk]
    return page
