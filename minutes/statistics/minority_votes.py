"""Conditions for votes by name that were outvoted.

A **minority vote** is a vote by name for a motion that was lost, or against one that was carried. Where both
counts are known, the member's side must also have been the smaller one: in a tie, or where more than a simple
majority was required, nobody was in a minority. It is a **lone vote** when the count of that side is one.
Abstentions and reservations are not minority votes.
"""

from django.db.models import F, Q

from minutes.vocabulary import BallotResult, VoteChoice


def _outvoted(choice: VoteChoice, result: BallotResult, own_count: str, other_count: str) -> Q:
    own, other = f"ballot__{own_count}", f"ballot__{other_count}"
    is_smaller = ~Q(**{f"{own}__gte": F(other)})
    # Comparing with NULL gives NULL, and so does its negation, so unknown counts are tested for.
    is_unknown = Q(**{own: None}) | Q(**{other: None})
    return Q(choice=choice.value, ballot__result=result.value) & (is_unknown | is_smaller)


MINORITY_VOTE = _outvoted(VoteChoice.FOR, BallotResult.LOST, "for_count", "against_count") | _outvoted(
    VoteChoice.AGAINST, BallotResult.CARRIED, "against_count", "for_count"
)
LONE_VOTE = MINORITY_VOTE & (
    Q(choice=VoteChoice.FOR.value, ballot__for_count=1)
    | Q(choice=VoteChoice.AGAINST.value, ballot__against_count=1)
)
