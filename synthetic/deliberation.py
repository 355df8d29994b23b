"""Simulates the course of an item: votes, recusals, reservations and remarks for the minutes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from minutes.reader.records import Absence, Guest
from minutes.vocabulary import BallotSubject, Outcome
from synthetic.municipalities import Committee, Member
from synthetic.names import FIRST_NAMES, GUEST_ROLES, LAST_NAMES
from synthetic.paragraphs import Paragraph
from synthetic.topics import PolicyArea
from synthetic.topics.general import MOTIONS, REMARKS, WISHES
from synthetic.votes import Vote

_VOTABLE = (Outcome.APPROVED, Outcome.NOTED, Outcome.RECOMMENDED)
_RECUSED_SHARE = 0.02
_DISSENTER_SHARE = 0.2  # minorities from whose parties one member votes with the majority
_ABSTENTION_SHARE = 0.3  # larger minorities of whom one abstains
_LOST_SHARE = 0.06  # contested recommendations that are voted down
_TIE_SHARE = 0.5
_AMENDMENT_SHARE = 0.3
_RESERVATION_SHARE = 0.04
_WISH_SHARE = 0.06
_REFERRAL_SHARE = 0.2
_REMARK_SHARE, _REMARK_SHARE_IF_CONTESTED = 0.03, 0.35
_GUEST_SHARE = 0.06


@dataclass(frozen=True)
class Proposal:
    """A proposal put to a committee, with the outcome that a majority prefers."""

    outcome: Outcome
    vote_probability: float
    slots: dict[str, str]
    point_count: int = 1


@dataclass
class Deliberation:
    """The course of an item, before it is put into words."""

    outcome: Outcome
    main: Vote | None = None
    amendment: Vote | None = None
    point_votes: list[Vote] = field(default_factory=list)  # one per point, if they are voted on separately
    recused: Member | None = None
    reserving_member: Member | None = None
    wish: str = ""
    referring_member: Member | None = None
    remark: tuple[Member, str] | None = None
    guest: Guest | None = None

    @property
    def contested(self) -> bool:
        return bool(self.main or self.point_votes)


@dataclass
class Decision:
    """A decision in words, with the facts about people that the words state."""

    outcome: Outcome
    paragraphs: list[Paragraph] = field(default_factory=list)
    reservations: tuple[str, ...] = ()
    referred_to_council_by: tuple[str, ...] = ()
    recused: tuple[Absence, ...] = ()
    guests: tuple[Guest, ...] = ()


@dataclass(frozen=True)
class VotingRules:
    """Voting practice of a municipality, as far as its minutes show it."""

    vote_by_point: bool = False
    allow_ties: bool = False


def deliberate(
    random: Random,
    rules: VotingRules,
    committee: Committee,
    present: Sequence[Member],
    proposal: Proposal,
) -> Deliberation:
    """Simulate how the members present treat a proposal."""
    deliberation = Deliberation(proposal.outcome)
    voters = list(present)
    if random.random() < _RECUSED_SHARE and len(voters) > 3:
        deliberation.recused = random.choice(voters)
        voters.remove(deliberation.recused)
    votable = proposal.outcome in _VOTABLE and len(voters) > 2
    contested = votable and random.random() < proposal.vote_probability
    minority = _choose_minority(random, voters) if contested else []
    if minority:
        _vote(random, rules, deliberation, voters, minority, point_count=proposal.point_count)
    if proposal.outcome is not Outcome.POSTPONED:
        _add_motions(random, deliberation, voters, minority, proposal.slots)
        _add_remarks(random, deliberation, committee, voters, minority)
    return deliberation


def _choose_minority(random: Random, voters: Sequence[Member]) -> list[Member]:
    """Return the members of one or two parties, fewer than half of the voters."""
    parties = sorted({member.party for member in voters})
    opposing = set(random.sample(parties, min(len(parties), random.choice((1, 1, 2)))))
    minority = [member for member in voters if member.party in opposing]
    if len(minority) * 2 >= len(voters):
        minority = minority[: (len(voters) - 1) // 2]
    return minority[1:] if len(minority) > 2 and random.random() < _DISSENTER_SHARE else minority


def _vote(
    random: Random,
    rules: VotingRules,
    deliberation: Deliberation,
    voters: Sequence[Member],
    minority: list[Member],
    *,
    point_count: int,
) -> None:
    """Vote on the whole proposal, or on each of its points, one of which the minority opposes."""
    one_abstains = len(minority) > 2 and random.random() < _ABSTENTION_SHARE
    abstained = tuple(minority[-1:]) if one_abstains else ()
    opponents = tuple(member for member in minority if member not in abstained)
    majority = tuple(member for member in voters if member not in minority)
    if deliberation.outcome is Outcome.APPROVED and random.random() < _LOST_SHARE:
        deliberation.outcome = Outcome.REJECTED
        deliberation.main = Vote(BallotSubject.MAIN, opponents, majority, abstained)
        if rules.allow_ties and len(voters) % 2 == 0 and random.random() < _TIE_SHARE:
            half = len(voters) // 2
            deliberation.main = Vote(BallotSubject.MAIN, tuple(voters[:half]), tuple(voters[half:]))
    elif rules.vote_by_point and point_count > 1:
        disputed = random.randint(1, point_count)
        deliberation.point_votes = [
            Vote(f"part {point}", tuple(voters), ()) for point in range(1, point_count + 1)
        ]
        deliberation.point_votes[disputed - 1] = Vote(f"part {disputed}", majority, opponents, abstained)
    else:
        deliberation.main = Vote(BallotSubject.MAIN, majority, opponents, abstained)


def _add_motions(
    random: Random,
    deliberation: Deliberation,
    voters: Sequence[Member],
    minority: Sequence[Member],
    slots: dict[str, str],
) -> None:
    """Add an amendment that is voted down, a reservation, or a wish."""
    if minority and random.random() < _AMENDMENT_SHARE:
        movers = tuple(minority[:2])
        others = tuple(member for member in voters if member not in movers)
        motion = random.choice(MOTIONS).format_map(slots)
        deliberation.amendment = Vote(BallotSubject.AMENDMENT, movers, others, motion=motion)
    elif (
        not minority
        and deliberation.outcome is not Outcome.DISCUSSED
        and random.random() < _RESERVATION_SHARE
    ):
        deliberation.reserving_member = random.choice(voters)
    if random.random() < _WISH_SHARE:
        deliberation.wish = random.choice(WISHES)


def _add_remarks(
    random: Random,
    deliberation: Deliberation,
    committee: Committee,
    voters: Sequence[Member],
    minority: Sequence[Member],
) -> None:
    """Add a referral to the council, a remark for the minutes, or a guest."""
    final = deliberation.outcome is Outcome.APPROVED and committee.area is not PolicyArea.COUNCIL
    if minority and final and random.random() < _REFERRAL_SHARE:
        deliberation.referring_member = minority[0]
    if random.random() < (_REMARK_SHARE_IF_CONTESTED if minority else _REMARK_SHARE):
        deliberation.remark = random.choice(minority or voters), random.choice(REMARKS)
    if random.random() < _GUEST_SHARE:
        name = f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)}"
        deliberation.guest = Guest(name=name, role=random.choice(GUEST_ROLES))
