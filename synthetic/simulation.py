"""Simulates meetings: cases start in a committee, rise to the council and are followed up."""

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from minutes.reader.records import Reference
from minutes.vocabulary import Outcome
from synthetic.cases import CaseFactory, CaseNumbers, fill_slots
from synthetic.dates import long_date
from synthetic.deliberation import Decision, Proposal, deliberate
from synthetic.meetings import AgendaItem, Case, CaseStep, Meeting
from synthetic.municipalities import Committee, Member, Municipality
from synthetic.names import STREETS
from synthetic.paragraphs import Annotation, Paragraph
from synthetic.prose import Writer
from synthetic.topics import PolicyArea
from synthetic.topics.general import ANNOUNCEMENTS, CLOSED_TITLES
from synthetic.wording import Wording

# Number of new cases that a committee takes up at a meeting, chosen at random.
_NEW_CASES = {PolicyArea.COUNCIL: (0, 1, 1, 2), PolicyArea.FINANCE: (1, 2, 3)}
_NEW_CASES_DEFAULT = (2, 3, 4, 4, 5)
_POSTPONED_SHARE = 0.03
_FOLLOW_UP_SHARE = 0.35
_ABSENT_SHARE = 0.06
_MISCELLANEOUS_SHARE = 0.6  # meetings with the item "Eventuelt"
_FOLLOW_UP_VOTE_PROBABILITY = 0.02
# KLE numbers of standing and of closed items.
_STANDING_KLE, _CLOSED_KLE = "00.22.02-A00", "13.06.02-G10"
_NOTED = "orienteringen tages til efterretning"


@dataclass(frozen=True)
class _Session:
    """A meeting in progress."""

    committee: Committee
    day: date
    present: tuple[Member, ...]
    absent: tuple[Member, ...]


class MeetingSimulator:
    """The business of one municipality over the years, with long presentations if given a `writer`.

    Meetings must be requested in chronological order.
    """

    def __init__(self, municipality: Municipality, wording: Wording, writer: Writer | None = None) -> None:
        self.municipality = municipality
        self._wording = wording
        self._writer = writer
        self._random = municipality.random
        self._case_numbers = CaseNumbers(municipality.conventions, municipality.code)
        self._cases = CaseFactory(municipality, self._case_numbers, writer)
        self._pending: dict[PolicyArea, deque[Case]] = defaultdict(deque)
        self._follow_ups: dict[tuple[PolicyArea, int], list[Case]] = defaultdict(list)
        self._item_numbers: dict[tuple[str, int], int] = defaultdict(int)

    def meeting(self, day: date, area: PolicyArea) -> Meeting:
        """Simulate the meeting of the committee for `area` on `day`."""
        committee = next(
            committee for committee in self.municipality.committees(day) if committee.area is area
        )
        absent = tuple(member for member in committee.members if self._random.random() < _ABSENT_SHARE)
        present = tuple(member for member in committee.members if member not in absent)
        items = tuple(self._items(_Session(committee, day, present, absent)))
        return Meeting(committee, day, present, absent, items)

    def _items(self, session: _Session) -> Iterator[AgendaItem]:
        random = self._random
        title = random.choice(("Godkendelse af dagsorden", "Godkendelse af dagsordenen"))
        yield self._standing_item(session, title, Decision(Outcome.APPROVED, [Paragraph("Godkendt.")]))
        for case in self._cases_to_decide(session):
            yield self._decide(case, session)
        yield self._announcements(session)
        for _ in range(random.choice((0, 0, 1, 1, 2))):
            yield self._closed_item(session)
        if random.random() < _MISCELLANEOUS_SHARE:
            decision = Decision(Outcome.NONE, [Paragraph("Intet.")]) if random.random() < 0.7 else None
            yield self._standing_item(session, "Eventuelt", decision)

    def _cases_to_decide(self, session: _Session) -> list[Case]:
        """Return pending cases, follow-ups that are due, and new cases."""
        area, day = session.committee.area, session.day
        month = _month_index(day)
        pending = self._pending[area]
        cases = [pending.popleft() for _ in range(len(pending))]
        cases += [
            self._cases.follow_up(case)
            for due in (month - 1, month)
            for case in self._follow_ups.pop((area, due), ())
        ]
        count = self._random.choice(_NEW_CASES.get(area, _NEW_CASES_DEFAULT))
        new_cases = [self._cases.new_case(area, day) for _ in range(count)]
        return [*cases, *filter(None, new_cases)]

    def _decide(self, case: Case, session: _Session) -> AgendaItem:
        """Decide a case at a meeting and send it on to the next one."""
        random, committee, topic = self._random, session.committee, case.topic
        rises = topic.council_decides and not case.is_follow_up and committee.area is not PolicyArea.COUNCIL
        if rises:
            outcome = Outcome.RECOMMENDED
        else:
            outcome = Outcome.NOTED if case.is_follow_up else topic.final_outcome
        if random.random() < _POSTPONED_SHARE:
            outcome = Outcome.POSTPONED
        points = (_NOTED,) if case.is_follow_up else topic.points
        proposal = Proposal(
            outcome,
            _FOLLOW_UP_VOTE_PROBABILITY if case.is_follow_up else topic.vote_probability,
            case.slots,
            len(points),
        )
        decision = self._decision(session, proposal)
        item = AgendaItem(
            self._next_item_number(session),
            case.title,
            decision,
            case,
            case.case_number,
            topic.kle,
            prior_steps=() if case.is_follow_up else tuple(case.steps),
            resume=(_resume(case),),
            points=tuple(fill_slots(point, case.slots) for point in points),
        )
        case.steps.append(CaseStep(committee, session.day, item.number, decision, session.absent))
        self._route(case, session, decision, rises=rises)
        return item

    def _decision(self, session: _Session, proposal: Proposal) -> Decision:
        wording = self._wording
        deliberation = deliberate(
            self._random, wording.voting_rules, session.committee, session.present, proposal
        )
        return wording.write_decision(self._random, session.committee, deliberation)

    def _route(self, case: Case, session: _Session, decision: Decision, *, rises: bool) -> None:
        """Queue the case for the committee that treats it next, if any."""
        area = session.committee.area
        if decision.outcome is Outcome.POSTPONED:
            self._pending[area].append(case)
        elif rises:
            needs_finance = bool(case.topic.economy) and area is not PolicyArea.FINANCE
            self._pending[PolicyArea.FINANCE if needs_finance else PolicyArea.COUNCIL].append(case)
        elif decision.referred_to_council_by:
            self._pending[PolicyArea.COUNCIL].append(case)
        elif (
            decision.outcome is Outcome.APPROVED
            and not case.is_follow_up
            and case.topic.council_decides
            and self._random.random() < _FOLLOW_UP_SHARE
        ):
            due = _month_index(session.day) + self._random.randint(4, 11)
            self._follow_ups[case.origin, due].append(case)

    def _standing_item(
        self,
        session: _Session,
        title: str,
        decision: Decision | None,
        *,
        announcements: tuple[str, ...] = (),
    ) -> AgendaItem:
        return AgendaItem(
            title=title,
            decision=decision,
            case_number=self._case_number_without_case(session, _STANDING_KLE),
            number=self._next_item_number(session),
            kle=_STANDING_KLE,
            announcements=announcements,
        )

    def _announcements(self, session: _Session) -> AgendaItem:
        random = self._random
        slots = {
            "sted": random.choice(self.municipality.villages),
            "vej": random.choice(STREETS),
            "m": str(random.randint(2, 50)),
        }
        templates = random.sample(ANNOUNCEMENTS, random.randint(2, 4))
        announcements = [template.format_map(slots) for template in templates]
        proposal = Proposal(Outcome.NOTED, 0, slots)
        deliberation = deliberate(
            random, self._wording.voting_rules, session.committee, session.present, proposal
        )
        long: tuple[str, ...] = ()
        if self._writer:
            subject = self._writer.subject(session.committee.area, session.day.year)
            long = self._writer.presentation(subject, follow_up=True)
        titles = ("Meddelelser", "Gensidig orientering", "Orientering fra formand og forvaltning")
        return self._standing_item(
            session,
            random.choice(titles),
            self._wording.write_decision(random, session.committee, deliberation),
            announcements=("Der orienteres om:", f"- {'|'.join(announcements)}", *long),
        )

    def _closed_item(self, session: _Session) -> AgendaItem:
        random, conventions = self._random, self.municipality.conventions
        print_title = conventions.print_closed_titles
        print_decision = print_title and random.random() < 0.4
        return AgendaItem(
            title=random.choice(CLOSED_TITLES) if print_title else conventions.closed_title,
            decision=Decision(Outcome.APPROVED, [Paragraph("Godkendt.")]) if print_decision else None,
            case_number=self._case_number_without_case(session, _CLOSED_KLE),
            number=self._next_item_number(session, closed=True),
            kle=_CLOSED_KLE,
            closed=True,
        )

    def _case_number_without_case(self, session: _Session, kle: str) -> str:
        if not self.municipality.conventions.number_all_cases:
            return ""
        return self._case_numbers.next_number(kle, session.day)

    def _next_item_number(self, session: _Session, *, closed: bool = False) -> str:
        conventions = self.municipality.conventions
        period = session.day.year if conventions.number_through_year else session.day.toordinal()
        first = conventions.first_closed_number if closed else 0
        series = f"{session.committee.name} closed" if first else session.committee.name
        self._item_numbers[series, period] += 1
        return str(max(first - 1, 0) + self._item_numbers[series, period])


def _month_index(day: date) -> int:
    return day.year * 12 + day.month


def _resume(case: Case) -> Paragraph:
    """Return the summary of a case; that of a follow-up refers to the decision it follows."""
    if not case.is_follow_up:
        return Paragraph(fill_slots(case.topic.resume, case.slots))
    step = case.steps[-1]
    committee = step.committee.name_in_text
    mention = f"af {committee} den {long_date(step.day)} (sag {step.number})"
    front = "Sagen blev behandlet "
    fields = {
        "committee": committee[0].upper() + committee[1:],
        "date": step.day.isoformat(),
        "item": step.number,
    }
    reference = Annotation(Reference, len(front), len(front) + len(mention), fields)
    return Paragraph(f"{front}{mention}. Her gives en status på arbejdet siden da.", annotations=(reference,))
