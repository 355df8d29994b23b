"""What a meeting does with a matter: whether it votes, who steps aside, who has something to say."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from minutes.reader.records import Absence, Guest
from minutes.vocabulary import BallotSubject, Outcome
from synthetic.names import FIRST_NAMES, GUEST_ROLES, LAST_NAMES
from synthetic.paragraphs import Paragraph
from synthetic.topics import Field
from synthetic.topics.anywhere import MOTIONS, REMARKS, WISHES
from synthetic.towns import Committee, Member
from synthetic.votes import Vote

VOTABLE = (Outcome.APPROVED, Outcome.NOTED, Outcome.RECOMMENDED)


@dataclass
class Course:
    """What happens at an item, before anybody writes it down."""

    outcome: Outcome
    main: Vote | None = None
    amendment: Vote | None = None
    parts: int = 1  # of what is decided
    part_votes: list[Vote] = field(default_factory=list)  # where each part is voted on, one for each
    recused: Member | None = None
    reserved: Member | None = None
    wish: str = ""
    refers: Member | None = None
    remark: tuple[Member, str] | None = None
    guest: Guest | None = None

    @property
    def contested(self) -> bool:
        return bool(self.main or self.part_votes)


@dataclass
class Decision:
    """What was decided, in words, and everything the words say of people."""

    outcome: Outcome
    paragraphs: list[Paragraph] = field(default_factory=list)
    reservations: tuple[str, ...] = ()
    referred_to_council_by: tuple[str, ...] = ()
    recused: tuple[Absence, ...] = ()
    guests: tuple[Guest, ...] = ()


@dataclass(frozen=True)
class Custom:
    """How a municipality votes, as far as its minutes show it."""

    by_part: bool = False  # each part of a recommendation for itself
    ties: bool = False  # a motion may be lost by as many votes


def decided(
    random: Random,
    custom: Custom,
    committee: Committee,
    present: Sequence[Member],
    outcome: Outcome,
    heat: float,
    slots: dict[str, str],
    parts: int = 1,
) -> Course:
    """How `committee` comes to `outcome`; with `heat`, from 0 to 1, how often it takes a vote."""
    course = Course(outcome, parts=parts)
    voters = list(present)
    if random.random() < 0.02 and len(voters) > 3:
        course.recused = random.choice(voters)
        voters.remove(course.recused)
    votable = outcome in VOTABLE and len(voters) > 2
    minority = _minority(random, voters) if votable and random.random() < heat else []
    if minority:
        _take_votes(random, custom, course, voters, minority)
    if outcome is not Outcome.POSTPONED:
        _add_words(random, course, committee, voters, minority, slots)
    return course


def _minority(random: Random, voters: Sequence[Member]) -> list[Member]:
    """Those of one or two parties, fewer than half; now and then without one of them."""
    parties = sorted({member.party for member in voters})
    against = set(random.sample(parties, min(len(parties), random.choice((1, 1, 2)))))
    found = [member for member in voters if member.party in against]
    found = found if len(found) * 2 < len(voters) else found[: (len(voters) - 1) // 2]
    return found[1:] if len(found) > 2 and random.random() < 0.2 else found


def _take_votes(
    random: Random, custom: Custom, course: Course, voters: Sequence[Member], minority: list[Member]
) -> None:
    """The vote on the matter, or one on each of its parts, of which the minority is against one."""
    # Of a large minority some abstain.
    idle = minority[-1:] if len(minority) > 2 and random.random() < 0.3 else []
    active = tuple(member for member in minority if member not in idle)
    majority = tuple(member for member in voters if member not in minority)
    if course.outcome is Outcome.APPROVED and random.random() < 0.06:
        course.outcome = Outcome.REJECTED
        if custom.ties and len(voters) % 2 == 0 and random.random() < 0.5:
            half = len(voters) // 2
            course.main = Vote(BallotSubject.MAIN, tuple(voters[:half]), tuple(voters[half:]))
        else:
            course.main = Vote(BallotSubject.MAIN, active, majority, tuple(idle))
    elif custom.by_part and course.parts > 1:
        disputed = random.randint(1, course.parts)
        course.part_votes = [
            Vote(f"part {part}", majority, active, tuple(idle))
            if part == disputed
            else Vote(f"part {part}", tuple(voters), ())
            for part in range(1, course.parts + 1)
        ]
    else:
        course.main = Vote(BallotSubject.MAIN, majority, active, tuple(idle))


def _add_words(
    random: Random,
    course: Course,
    committee: Committee,
    voters: Sequence[Member],
    minority: Sequence[Member],
    slots: dict[str, str],
) -> None:
    """What else happens at the item: amendments, reservations, remarks, guests."""
    if minority and random.random() < 0.3:
        # A motion of the minority's first, which the others vote down.
        movers = tuple(minority[:2])
        rest = tuple(member for member in voters if member not in movers)
        motion = random.choice(MOTIONS).format_map(slots)
        course.amendment = Vote(BallotSubject.AMENDMENT, movers, rest, motion=motion)
    elif not minority and course.outcome is not Outcome.DISCUSSED and random.random() < 0.04:
        course.reserved = random.choice(voters)
    if random.random() < 0.06:
        course.wish = random.choice(WISHES)
    final = course.outcome is Outcome.APPROVED and committee.field is not Field.COUNCIL
    if minority and final and random.random() < 0.2:
        course.refers = minority[0]
    if random.random() < (0.35 if minority else 0.03):
        course.remark = random.choice(minority or voters), random.choice(REMARKS)
    if random.random() < 0.06:
        name = f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)}"
        course.guest = Guest(name=name, role=random.choice(GUEST_ROLES))
