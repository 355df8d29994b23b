"""Phrases a decision in a municipality's wording and annotates the facts in it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from random import Random

from minutes.reader.records import Absence, Statement
from minutes.vocabulary import Outcome
from synthetic.deliberation import Decision, Deliberation, VotingRules
from synthetic.municipalities import Committee, Member
from synthetic.names import PARTY_NAMES
from synthetic.paragraphs import Annotation, Paragraph

VoteWriter = Callable[[Random, Committee, Deliberation], list[Paragraph]]


@dataclass(frozen=True)
class Wording:
    """The phrases of a municipality.

    Slots for a person are {name}, {party} (the letter) and {party_name}. In `remarks`, {remark} is the text
    of the remark, {Remark} the same with a capital, and "|" marks where the text entered into the minutes
    begins. A recusal is a phrase and the reason it states, or None.
    """

    unanimous: Mapping[Outcome, tuple[str, ...]]
    write_votes: VoteWriter
    reservations: tuple[str, ...]
    referral: str
    remarks: tuple[str, ...]
    recusals: tuple[tuple[str, str | None], ...]
    recusal_first: bool = False
    voting_rules: VotingRules = field(default=VotingRules())

    def write_decision(self, random: Random, committee: Committee, deliberation: Deliberation) -> Decision:
        decision = Decision(deliberation.outcome)
        if deliberation.contested:
            decision.paragraphs += self.write_votes(random, committee, deliberation)
            reservations = (paragraph.reservations for paragraph in decision.paragraphs)
            decision.reservations = tuple(chain.from_iterable(reservations))
        else:
            decision.paragraphs.append(Paragraph(random.choice(self.unanimous[deliberation.outcome])))
        decision.paragraphs += self._additions(random, deliberation, decision)
        if deliberation.recused:
            self._add_recusal(random, deliberation.recused, decision)
        return decision

    def _additions(
        self, random: Random, deliberation: Deliberation, decision: Decision
    ) -> Iterator[Paragraph]:
        """Yield the paragraphs after the decision itself and record their facts in `decision`."""
        if member := deliberation.reserving_member:
            template = random.choice(self.reservations)
            reservation = _fill(template, member)
            yield Paragraph(reservation)
            decision.reservations = (member.name if "{name}" in template else reservation,)
        if deliberation.wish:
            yield Paragraph(deliberation.wish)
        if member := deliberation.referring_member:
            yield Paragraph(_fill(self.referral, member))
            decision.referred_to_council_by = (member.name,)
        if deliberation.remark:
            yield _remark(random.choice(self.remarks), *deliberation.remark)
        if guest := deliberation.guest:
            yield Paragraph(f"{guest.name}, {guest.role}, deltog under punktet.")
            decision.guests = (guest,)

    def _add_recusal(self, random: Random, member: Member, decision: Decision) -> None:
        template, reason = random.choice(self.recusals)
        position = 0 if self.recusal_first else len(decision.paragraphs)
        decision.paragraphs.insert(position, Paragraph(_fill(template, member)))
        party = member.party if "{party}" in template else None
        decision.recused = (Absence(name=member.name, party=party, reason=reason),)


def _fill(template: str, member: Member, **slots: str) -> str:
    return template.format(
        name=member.name, party=member.party, party_name=PARTY_NAMES[member.party], **slots
    )


def _remark(template: str, member: Member, remark: str) -> Paragraph:
    introduction, entry = template.split("|")
    front = _fill(introduction, member)
    text = front + _fill(entry, member, remark=remark, Remark=remark[0].upper() + remark[1:])
    if "{name}" in introduction:
        who = member.name
    else:
        who = PARTY_NAMES[member.party] if "{party_name}" in introduction else member.party
    return Paragraph(text, annotations=(Annotation(Statement, len(front), len(text), {"who": (who,)}),))
