"""Records of the simulated meetings: cases, agenda items and what was decided."""

from dataclasses import dataclass, field
from datetime import date

from synthetic.deliberation import Decision
from synthetic.municipalities import Committee, Member
from synthetic.paragraphs import Paragraph
from synthetic.prose import Subject
from synthetic.topics import PolicyArea, Topic


@dataclass(frozen=True)
class CaseStep:
    """One committee's treatment of a case, with the number of the item in its minutes."""

    committee: Committee
    day: date
    number: str
    decision: Decision
    absent: tuple[Member, ...]


@dataclass
class Case:
    """A case that moves from committee to committee."""

    topic: Topic
    origin: PolicyArea
    title: str
    case_number: str
    slots: dict[str, str]
    presentation: tuple[str, ...]  # paragraphs; "- a|b" is a bullet list
    budget_table: tuple[tuple[str, ...], ...] = ()  # amounts by year
    steps: list[CaseStep] = field(default_factory=list)
    is_follow_up: bool = False
    subject: Subject | None = None  # set for long minutes


@dataclass(frozen=True)
class AgendaItem:
    """An agenda item with its decision. `case` is None for standing and closed items."""

    number: str
    title: str
    decision: Decision | None
    case: Case | None = None
    case_number: str = ""
    kle: str = ""  # KLE number of the subject
    closed: bool = False
    prior_steps: tuple[CaseStep, ...] = ()
    resume: tuple[Paragraph, ...] = ()
    points: tuple[str, ...] = ()  # of the recommendation, without the leading "at": "planen vedtages"
    announcements: tuple[str, ...] = ()  # text of a standing item; "- a|b" is a bullet list


@dataclass(frozen=True)
class Meeting:
    committee: Committee
    day: date
    present: tuple[Member, ...]
    absent: tuple[Member, ...]
    items: tuple[AgendaItem, ...]
