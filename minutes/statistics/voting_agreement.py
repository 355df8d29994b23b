"""Agreement between members in ballots.

Two members share a ballot when both voted for or against by name; they agree when their votes are the same.
Only printed votes count: a deduced one follows from those of others.
"""

from typing import NamedTuple

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from minutes.models import Person, Vote
from minutes.statistics.person_rows import votes_of
from minutes.vocabulary import VoteChoice

# Members with fewer shared ballots are left out: the figures would say nothing.
MIN_SHARED_BALLOTS = 10

_SIDES = (VoteChoice.FOR.value, VoteChoice.AGAINST.value)


class VotingAgreement(NamedTuple):
    """Agreement with another member over at least `MIN_SHARED_BALLOTS` shared ballots."""

    person: Person
    shared: int
    agreed: int

    @property
    def differed(self) -> int:
        return self.shared - self.agreed


def voting_agreements(person: Person) -> list[VotingAgreement]:
    """The member's agreement with each other member, highest first. Two queries."""
    own_choice = _votes_with_side(person).filter(ballot=OuterRef("ballot")).values("choice")
    rows = (
        Vote.objects.filter(choice__in=_SIDES, ballot__in=_votes_with_side(person).values("ballot"))
        .exclude(person=None)
        .exclude(person=person)
        .annotate(own_choice=Subquery(own_choice))
        .values("person")
        .annotate(shared=Count("pk"), agreed=Count("pk", filter=Q(choice=F("own_choice"))))
        .filter(shared__gte=MIN_SHARED_BALLOTS)
        .order_by()
    )
    people = Person.objects.select_related("municipality").in_bulk([row["person"] for row in rows])
    agreements = [VotingAgreement(people[row["person"]], row["shared"], row["agreed"]) for row in rows]
    return sorted(agreements, key=_highest_first)


def shared_votes(person: Person, other: Person) -> QuerySet[Vote]:
    """The member's votes in ballots shared with `other`, whose choice is annotated as `other_choice`."""
    other_choice = _votes_with_side(other).filter(ballot=OuterRef("ballot")).values("choice")
    votes = votes_of(person).filter(choice__in=_SIDES)
    return votes.annotate(other_choice=Subquery(other_choice)).exclude(other_choice=None)


def _votes_with_side(person: Person) -> QuerySet[Vote]:
    """The member's votes for or against."""
    return Vote.objects.published().filter(person=person, choice__in=_SIDES)


def _highest_first(agreement: VotingAgreement) -> tuple[float, int, str, int]:
    person = agreement.person
    return -agreement.agreed / agreement.shared, -agreement.shared, person.sort_key, person.pk
