"""What a meeting decides of a matter, in words, and what those words say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple

from minutes.making.names import FIRST_NAMES, GUEST_ROLES, LAST_NAMES
from minutes.making.topics import Field
from minutes.making.topics.anywhere import MOTIONS, REMARKS, WISHES
from minutes.making.towns import Committee, Member
from minutes.reader.records import Absence, Guest
from minutes.vocabulary import BallotResult, BallotSubject, Outcome

_UNANIMOUS = {
    Outcome.APPROVED: ("Godkendt.", "Godkendt.", "Tiltrådt.", "Indstillingen blev godkendt.", "Vedtaget."),
    Outcome.NOTED: ("Taget til efterretning.", "Orienteringen blev taget til efterretning."),
    Outcome.RECOMMENDED: ("Indstilles godkendt.", "Anbefales godkendt.", "Indstilles tiltrådt."),
    Outcome.DISCUSSED: ("Drøftet.", "Sagen blev drøftet."),
    Outcome.POSTPONED: ("Udsat.", "Sagen udsættes til næste møde."),
}
_VOTED = {
    Outcome.APPROVED: ("Godkendt", "Tiltrådt", "Indstillingen blev godkendt"),
    Outcome.NOTED: ("Taget til efterretning",),
    Outcome.RECOMMENDED: ("Indstilles godkendt", "Indstilles tiltrådt"),
    Outcome.REJECTED: ("Forslaget blev forkastet", "Indstillingen blev forkastet"),
}
_FIGURES = ["nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"]


class Said(NamedTuple):
    """A fact and the characters of its paragraph that say it, half-open."""

    kind: str  # ballot, statement, reference
    start: int
    end: int
    facts: dict[str, Any]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as printed, as it reads with the printing undone, and what is said in it."""

    text: str
    clean: str = ""
    said: tuple[Said, ...] = ()

    @property
    def reads(self) -> str:
        return self.clean or self.text


@dataclass
class Decision:
    """What was decided, and everything the words say of people."""

    outcome: Outcome
    paragraphs: list[Paragraph] = field(default_factory=list)
    reservations: tuple[str, ...] = ()
    referred_to_council_by: tuple[str, ...] = ()
    recused: tuple[Absence, ...] = ()
    guests: tuple[Guest, ...] = ()
    contested: bool = False


def decided(
    random: Random,
    committee: Committee,
    present: Sequence[Member],
    outcome: Outcome,
    heat: float,
    slots: dict[str, str],
) -> Decision:
    """How `committee` comes to `outcome`; with `heat`, from 0 to 1, how often it takes a vote."""
    decision = Decision(outcome)
    voters = list(present)
    recused = random.choice(voters) if random.random() < 0.02 and len(voters) > 3 else None
    if recused:
        voters.remove(recused)
    votable = outcome in _VOTED and len(voters) > 2
    minority = _minority(random, voters) if votable and random.random() < heat else []
    if minority:
        decision.contested = True
        _vote(random, decision, committee, voters, minority)
    else:
        decision.paragraphs.append(Paragraph(random.choice(_UNANIMOUS[outcome])))
    if outcome is not Outcome.POSTPONED:
        _extras(random, decision, committee, voters, minority, slots)
    if recused:
        _recuse(random, decision, recused)
    return decision


def _minority(random: Random, voters: Sequence[Member]) -> list[Member]:
    """Those of one or two parties, fewer than half."""
    parties = sorted({member.party for member in voters})
    against = set(random.sample(parties, min(len(parties), random.choice((1, 1, 2)))))
    found = [member for member in voters if member.party in against]
    return found if len(found) * 2 < len(voters) else found[: (len(voters) - 1) // 2]


def _vote(
    random: Random,
    decision: Decision,
    committee: Committee,
    voters: Sequence[Member],
    minority: list[Member],
) -> None:
    with_party = committee.field is Field.COUNCIL
    if decision.outcome is Outcome.APPROVED and random.random() < 0.06:
        decision.outcome = Outcome.REJECTED
    lost = decision.outcome is Outcome.REJECTED
    majority = len(voters) - len(minority)
    # Of a large minority some abstain.
    idle = minority[-1:] if len(minority) > 2 and random.random() < 0.3 else []
    active = [member for member in minority if member not in idle]
    sides = (len(active), majority) if lost else (majority, len(active))
    text = f"{random.choice(_VOTED[decision.outcome])} med {_votes(random, sides[0])} for og "
    text += f"{_votes(random, sides[1])} imod"
    text += f", mens {len(idle)} undlod at stemme." if idle else "."
    side = "For" if lost else "Imod"
    if len(active) < 3 and random.random() < 0.4:
        text += f" {_listed(active, with_party)} stemte {side.lower()}."
    else:
        text += f" {side} stemte {_listed(active, with_party)}."
    if idle:
        text += f" {_listed(idle, with_party)} undlod at stemme."
    facts = {
        "subject": BallotSubject.MAIN,
        "in_favour": sides[0],
        "against": sides[1],
        "abstained": len(idle) or None,
        "for_names" if lost else "against_names": _names(active),
        "abstained_names": _names(idle),
        "result": BallotResult.LOST if lost else BallotResult.CARRIED,
    }
    decision.paragraphs.append(Paragraph(text, said=(Said("ballot", 0, len(text), facts),)))


def _extras(
    random: Random,
    decision: Decision,
    committee: Committee,
    voters: Sequence[Member],
    minority: Sequence[Member],
    slots: dict[str, str],
) -> None:
    """What else is said at the item: amendments, reservations, remarks, guests."""
    if minority and random.random() < 0.3:
        decision.paragraphs.append(_amendment(random, voters, minority, slots))
    elif not minority and decision.outcome is not Outcome.DISCUSSED and random.random() < 0.04:
        who = random.choice(voters)
        decision.paragraphs.append(Paragraph(f"{who.name} tog forbehold."))
        decision.reservations = (who.name,)
    if random.random() < 0.06:
        decision.paragraphs.append(Paragraph(random.choice(WISHES)))
    final = decision.outcome is Outcome.APPROVED and committee.field is not Field.COUNCIL
    if minority and final and random.random() < 0.2:
        decision.paragraphs.append(Paragraph(f"{minority[0].name} begærede sagen i byrådet."))
        decision.referred_to_council_by = (minority[0].name,)
    if random.random() < (0.35 if minority else 0.03):
        decision.paragraphs.append(_remark(random, random.choice(minority or voters)))
    if random.random() < 0.06:
        guest = f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)}"
        role = random.choice(GUEST_ROLES)
        decision.paragraphs.append(Paragraph(f"{guest}, {role}, deltog under punktet."))
        decision.guests = (Guest(name=guest, role=role),)


def _amendment(
    random: Random, voters: Sequence[Member], minority: Sequence[Member], slots: dict[str, str]
) -> Paragraph:
    """A motion of the minority's first, which the others vote down."""
    movers, rest = list(minority[:2]), len(voters) - len(minority[:2])
    motion = random.choice(MOTIONS).format_map(slots)
    text = (
        f"Et ændringsforslag fra {movers[0].name} om, at {motion}, blev forkastet med "
        f"{_votes(random, len(movers))} for og {_votes(random, rest)} imod. "
        f"For stemte {_listed(movers, False)}."
    )
    facts = {
        "subject": BallotSubject.AMENDMENT,
        "in_favour": len(movers),
        "against": rest,
        "for_names": _names(movers),
        "result": BallotResult.LOST,
    }
    return Paragraph(text, said=(Said("ballot", 0, len(text), facts),))


def _remark(random: Random, who: Member) -> Paragraph:
    remark = random.choice(REMARKS)
    if random.random() < 0.3:
        text = f"{who.name} bemærkede følgende: {remark[0].upper()}{remark[1:]}."
        start = text.index(":") + 2
    else:
        text = f"{who.name} bemærkede, at {remark}."
        start = text.index(",") + 2
    return Paragraph(text, said=(Said("statement", start, len(text), {"who": (who.name,)}),))


def _recuse(random: Random, decision: Decision, who: Member) -> None:
    if random.random() < 0.5:
        said, reason = f"{who.name} erklærede sig inhabil og deltog ikke i sagens behandling.", "inhabil"
    else:
        said, reason = f"{who.name} deltog ikke i sagens behandling.", None
    decision.paragraphs.append(Paragraph(said))
    decision.recused = (Absence(name=who.name, reason=reason),)


def _votes(random: Random, count: int) -> str:
    figure = _FIGURES[count] if count < len(_FIGURES) and random.random() < 0.15 else str(count)
    return f"{figure} {'stemme' if count == 1 else 'stemmer'}"


def _names(members: Iterable[Member]) -> tuple[str, ...]:
    return tuple(member.name for member in members)


def _listed(members: Sequence[Member], with_party: bool) -> str:
    names = [f"{member.name} ({member.party})" if with_party else member.name for member in members]
    return f"{', '.join(names[:-1])} og {names[-1]}" if len(names) > 1 else names[0]
