"""A kind of matter, and the fields of committees."""

from dataclasses import dataclass
from enum import Enum

from minutes.vocabulary import Outcome


class Field(Enum):
    """What a committee deals with."""

    COUNCIL = "council"
    FINANCE = "finance"
    CHILDREN = "children"
    HEALTH = "health"
    TECHNICAL = "technical"
    CULTURE = "culture"
    EMPLOYMENT = "employment"


@dataclass(frozen=True)
class Topic:
    """A kind of matter. `ends` is what its last body does; `rises` whether the council decides it.

    `heat` is how often it is voted on, from 0 to 1. A line of `story` that begins with "- " is a bullet
    list, its points apart by "|".
    """

    kle: str  # the subject's number and kind of action, as case numbers begin
    title: str
    resume: str
    story: tuple[str, ...]
    points: tuple[str, ...]
    economy: str = ""
    attachments: tuple[str, ...] = ()
    ends: Outcome = Outcome.APPROVED
    rises: bool = False
    heat: float = 0.05
    table: bool = False  # a table of amounts by year
