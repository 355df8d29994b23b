"""Agreement between members in ballots.

Two members share a ballot when both are known to have voted for or against, printed or deduced, and votes on
both sides are known: where only the names of one side are, those named would always agree. They agree when
their votes are the same.
"""

from typing import NamedTuple

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from minutes.models import KnownVote, Person
from minutes.models.votes import FOR_OR_AGAINST
from minutes.statistics.person_rows import votes_of
from minutes.vocabulary import VoteKnown

# Members with fewer shared ballots are left out: the figures would say nothing.
MIN_SHARED_BALLOTS = 10


class VotingAgreement(NamedTuple):
    """Agreement with another member over at least `MIN_SHARED_BALLOTS` shared ballots.

    In `printed` of them the votes of both are printed.
    """

    person: Person
    shared: int
    agreed: int
    printed: int

    @property
    def differed(self) -> int:
        return self.shared - self.agreed


def voting_agreements(person: Person, *, printed_only: bool = False) -> list[VotingAgreement]:
    """The member's agreement with each other member, highest first. Two queries."""
    own = _votes_with_side(person, printed_only=printed_only)
    own_vote = own.filter(ballot=OuterRef("ballot"))
    both_printed = Q(known=VoteKnown.PRINTED, own_known=VoteKnown.PRINTED)
    rows = (
        KnownVote.objects.of_people(printed_only=printed_only)
        .filter(choice__in=FOR_OR_AGAINST, ballot__in=own.values("ballot"))
        .exclude(person=person)
        .annotate(
            own_choice=Subquery(own_vote.values("choice")), own_known=Subquery(own_vote.values("known"))
        )
        .values("person")
        .annotate(
            shared=Count("pk"),
            agreed=Count("pk", filter=Q(choice=F("own_choice"))),
            printed=Count("pk", filter=both_printed),
        )
        .filter(shared__gte=MIN_SHARED_BALLOTS)
        .order_by()
    )
    people = Person.objects.select_related("municipality").in_bulk([row["person"] for row in rows])
    agreements = [
        VotingAgreement(people[row["person"]], row["shared"], row["agreed"], row["printed"]) for row in rows
    ]
    return sorted(agreements, key=_highest_first)


def shared_votes(person: Person, other: Person, *, printed_only: bool = False) -> QuerySet[KnownVote]:
    """The member's votes in ballots shared with `other`, whose vote is `other_choice` and `other_known`."""
    other_vote = _votes_with_side(other, printed_only=printed_only).filter(ballot=OuterRef("ballot"))
    votes = votes_of(person, printed_only=printed_only).filter(choice__in=FOR_OR_AGAINST)
    return votes.annotate(
        other_choice=Subquery(other_vote.values("choice")), other_known=Subquery(other_vote.values("known"))
    ).exclude(other_choice=None)


def _votes_with_side(person: Person, *, printed_only: bool) -> QuerySet[KnownVote]:
    """The member's votes for or against in ballots with known votes on both sides."""
    votes = KnownVote.objects.published().of_people(printed_only=printed_only).filter(person=person)
    return votes.two_sided(printed_only=printed_only)


def _highest_first(agreement: VotingAgreement) -> tuple[float, int, str, int]:
    person = agreement.person
    return -agreement.agreed / agreement.shared, -agreement.shared, person.sort_key, person.pk
