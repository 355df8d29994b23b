"""A ballot on a page: its heading, its counts, a bar of them, and the votes of each side."""

from django import template
from django.utils.translation import gettext as _

from minutes.models import Ballot, DeducedVote, Vote
from minutes.models.votes import BALLOT_KINDS, VOTE_CHOICES
from minutes.reader.records import Ballot as BallotFacts
from minutes.vocabulary import BallotKind, BallotSubject

register = template.Library()


@register.inclusion_tag("minutes/_ballot_bar.html")
def ballot_bar(ballot: Ballot) -> dict[str, object]:
    """A bar of 100 units with a part for each known count; nothing if none is known."""
    counts = (
        ("for", ballot.for_count),
        ("against", ballot.against_count),
        ("abstained", ballot.abstained_count),
    )
    total = sum(count or 0 for _side, count in counts)
    parts, at = [], 0.0
    for side, count in counts:
        if count:
            width = 100 * count / total
            parts.append({"side": side, "at": f"{at:.2f}", "width": f"{width:.2f}"})
            at += width
    return {"ballot": ballot, "parts": parts}


@register.filter
def counts(ballot: Ballot) -> list[tuple[int, str]]:
    """The known counts with the labels of their sides: (5, "for"), (2, "imod")."""
    sides = (
        (ballot.for_count, _("for")),
        (ballot.against_count, _("imod")),
        (ballot.abstained_count, _("undlod")),
    )
    return [(count, label) for count, label in sides if count is not None]


@register.filter
def ballot_heading(ballot: Ballot | BallotFacts) -> str:
    """A heading that says what was voted on: the item itself, an amendment or a part of it."""
    if ballot.kind != BallotKind.MOTION:
        return str(dict(BALLOT_KINDS)[ballot.kind])
    if ballot.subject == BallotSubject.MAIN:
        return _("Afstemning")
    if ballot.subject == BallotSubject.AMENDMENT:
        return _("Afstemning om ændringsforslag")
    return _("Afstemning om del %(part)s") % {"part": ballot.subject.removeprefix("part ")}


@register.filter
def votes_for(ballot: Ballot) -> list[Vote]:
    return [vote for vote in ballot.votes.all() if vote.choice == "for"]


@register.filter
def votes_against(ballot: Ballot) -> list[Vote]:
    return [vote for vote in ballot.votes.all() if vote.choice == "against"]


@register.filter
def votes_abstained(ballot: Ballot) -> list[Vote]:
    return [vote for vote in ballot.votes.all() if vote.choice == "abstained"]


@register.filter
def deduced_by_side(ballot: Ballot) -> list[tuple[str, list[DeducedVote]]]:
    """The deduced votes by the label of their side; sides without any are left out."""
    votes = list(ballot.deduced_votes.all())
    sides = (
        (str(label), [vote for vote in votes if vote.choice == choice]) for choice, label in VOTE_CHOICES
    )
    return [(label, of_side) for label, of_side in sides if of_side]
