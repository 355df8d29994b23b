"""How a municipality tells what was decided: the words, and the facts in them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from random import Random

from minutes.reader.records import Absence, Statement
from minutes.vocabulary import Outcome
from synthetic.decisions import Course, Custom, Decision
from synthetic.names import PARTY_NAMES
from synthetic.paragraphs import Paragraph, Said
from synthetic.towns import Committee, Member


@dataclass(frozen=True)
class Wording:
    """A municipality's phrases. In them {name}, {party} (the letter) and {group} stand for a person.

    In a remark {remark} is what was said, {Remark} the same with a capital, and | stands where the words
    entered into the minutes begin. A recusal says its reason or None.
    """

    plain: Mapping[Outcome, tuple[str, ...]]  # what is decided without a vote
    voted: Callable[[Random, Committee, Course], list[Paragraph]]
    reservations: tuple[str, ...]
    referral: str
    remarks: tuple[str, ...]
    recusals: tuple[tuple[str, str | None], ...]
    recusal_first: bool = False
    custom: Custom = field(default=Custom())

    def told(self, random: Random, committee: Committee, course: Course) -> Decision:
        """The decision in words."""
        decision = Decision(course.outcome)
        if course.contested:
            decision.paragraphs += self.voted(random, committee, course)
            taken = (paragraph.reservations for paragraph in decision.paragraphs)
            decision.reservations = tuple(chain.from_iterable(taken))
        else:
            decision.paragraphs.append(Paragraph(random.choice(self.plain[course.outcome])))
        decision.paragraphs += self._words(random, course, decision)
        if course.recused:
            text, reason = random.choice(self.recusals)
            said = Paragraph(_of(text, course.recused))
            decision.paragraphs.insert(0 if self.recusal_first else len(decision.paragraphs), said)
            party = course.recused.party if "{party}" in text else None
            decision.recused = (Absence(name=course.recused.name, party=party, reason=reason),)
        return decision

    def _words(self, random: Random, course: Course, decision: Decision) -> Iterator[Paragraph]:
        if course.reserved:
            text = random.choice(self.reservations)
            said = _of(text, course.reserved)
            yield Paragraph(said)
            decision.reservations = (course.reserved.name if "{name}" in text else said,)
        if course.wish:
            yield Paragraph(course.wish)
        if course.refers:
            yield Paragraph(_of(self.referral, course.refers))
            decision.referred_to_council_by = (course.refers.name,)
        if course.remark:
            yield _remark(random.choice(self.remarks), *course.remark)
        if course.guest:
            yield Paragraph(f"{course.guest.name}, {course.guest.role}, deltog under punktet.")
            decision.guests = (course.guest,)


def _of(text: str, member: Member, **slots: str) -> str:
    return text.format(name=member.name, party=member.party, group=PARTY_NAMES[member.party], **slots)


def _remark(template: str, who: Member, remark: str) -> Paragraph:
    before, entered = template.split("|")
    capital = remark[0].upper() + remark[1:]
    front = _of(before, who)
    text = front + _of(entered, who, remark=remark, Remark=capital)
    if "{name}" in before:
        entered_by = who.name
    else:
        entered_by = PARTY_NAMES[who.party] if "{group}" in before else who.party
    return Paragraph(text, said=(Said(Statement, len(front), len(text), {"who": (entered_by,)}),))
