"""Two members' votes in the ballots in which the votes of both are known.

They **can be compared** in a ballot if both voted for or against and votes on both sides are known: where
minutes name nobody but the losers, all that could be seen is that two of them agreed.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When

from minutes import topics
from minutes.models import Ballot, KnownVote, Person
from minutes.models.topics import topic_label
from minutes.models.votes import FOR_OR_AGAINST
from minutes.statistics.person_rows import votes_of
from minutes.statistics.voting_agreement import MIN_SHARED_BALLOTS


@dataclass
class Agreement:
    """Ballots in which two members voted alike and differently, of those in which they can be compared."""

    same: int = 0
    different: int = 0

    @property
    def shared(self) -> int:
        return self.same + self.different

    @property
    def has_ratio(self) -> bool:
        """False for so few ballots that a ratio would say nothing.

        With `MIN_SHARED_BALLOTS`, ten, one ballot moves it by ten percentage points already.
        """
        return self.shared >= MIN_SHARED_BALLOTS


@dataclass(frozen=True)
class Comparison:
    """Two members' agreement, in all and by topic, and the number of ballots in which both votes are known.

    `topics` have the key, the label and the agreement of each topic, in the order of topics; items without a
    topic are in none.
    """

    ballots: int
    total: Agreement
    topics: list[tuple[str, str, Agreement]]


def common_votes(person: Person, other: Person, *, printed_only: bool = False) -> QuerySet[Any]:
    """Return the votes of `person` in ballots where the vote of `other` is known too, newest first.

    Annotated with the `other_choice`, `other_known` and whether they are `comparable`.
    """
    other_vote = KnownVote.objects.of_people(printed_only=printed_only).filter(
        person=other, ballot=OuterRef("ballot")
    )
    two_sided = Ballot.objects.two_sided(printed_only=printed_only).filter(pk=OuterRef("ballot"))
    comparable = (
        Q(choice__in=FOR_OR_AGAINST)
        & Exists(other_vote.filter(choice__in=FOR_OR_AGAINST))
        & Exists(two_sided)
    )
    votes = votes_of(person, printed_only=printed_only)
    return votes.annotate(
        other_choice=Subquery(other_vote.values("choice")),
        other_known=Subquery(other_vote.values("known")),
        comparable=Case(When(comparable, then=True), default=False),
    ).exclude(other_choice=None)


def compare(votes: QuerySet[Any]) -> Comparison:
    """Count `common_votes`. One query."""
    total = Agreement()
    by_topic: dict[str, Agreement] = defaultdict(Agreement)
    rows = list(votes.order_by().values_list("comparable", "choice", "other_choice", "ballot__item__topic"))
    for comparable, choice, other_choice, topic in rows:
        if comparable:
            for agreement in (total, by_topic[topic]):
                if choice == other_choice:
                    agreement.same += 1
                else:
                    agreement.different += 1
    in_order = [(key, topic_label(key), by_topic[key]) for key in topics.LABELS if key in by_topic]
    return Comparison(len(rows), total, in_order)
