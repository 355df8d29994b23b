"""Kinds of cases, and the policy areas of committees."""

from dataclasses import dataclass
from enum import Enum

from minutes.vocabulary import Outcome


class PolicyArea(Enum):
    """The responsibility of a committee."""

    COUNCIL = "council"
    FINANCE = "finance"
    CHILDREN = "children"
    HEALTH = "health"
    TECHNICAL = "technical"
    CULTURE = "culture"
    EMPLOYMENT = "employment"


@dataclass(frozen=True)
class Topic:
    """A kind of case: its texts with slots, and how it is decided.

    A paragraph of `presentation` that starts with "- " is a bullet list with "|" between its points.
    """

    kle: str  # KLE number and action facet, as at the start of case numbers: "17.01.10-A00"
    title: str
    resume: str
    presentation: tuple[str, ...]
    points: tuple[str, ...]
    economy: str = ""
    attachments: tuple[str, ...] = ()
    final_outcome: Outcome = Outcome.APPROVED
    council_decides: bool = False
    vote_probability: float = 0.05
    has_budget_table: bool = False
