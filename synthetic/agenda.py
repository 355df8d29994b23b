"""What comes on which agenda: matters begin in a committee, rise to the council, and are followed up."""

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from minutes.reader.records import Reference
from minutes.vocabulary import Outcome
from synthetic.days import spelled
from synthetic.decisions import Decision, decided
from synthetic.names import FIRMS, STREETS
from synthetic.paragraphs import Paragraph, Said
from synthetic.prose import Subject, Writer
from synthetic.topics import BACKGROUND, TOPICS, Field, Topic
from synthetic.topics.anywhere import ANYWHERE, CLOSED_TITLES, NEWS
from synthetic.towns import Committee, Member, Town
from synthetic.wording import Wording

# How many matters a committee takes up of its own accord at a meeting, and how often one comes back.
_NEW_MATTERS = {Field.COUNCIL: (0, 1, 1, 2), Field.FINANCE: (1, 2, 3)}
_NEW_MATTERS_ELSE = (2, 3, 4, 4, 5)
_POSTPONED = 0.03
_FOLLOWED_UP = 0.35
_ABSENT = 0.06
# The subjects of items without a matter, as the classification numbers them.
_AGENDA, _CLOSED = "00.22.02-A00", "13.06.02-G10"


@dataclass(frozen=True)
class Step:
    """What a committee did with a matter, and where it stands."""

    committee: Committee
    day: date
    number: str
    decision: Decision
    absent: tuple[Member, ...]


@dataclass
class Matter:
    """A case on its way."""

    topic: Topic
    origin: Field
    title: str
    number: str
    slots: dict[str, str]
    story: tuple[str, ...]  # the presentation's paragraphs
    table: tuple[tuple[str, ...], ...] = ()  # amounts by year
    steps: list[Step] = field(default_factory=list)
    follow_up: bool = False
    subject: Subject | None = None  # of long minutes


@dataclass(frozen=True)
class Item:
    """An item of an agenda with its decision. `matter` is None for standing and closed items."""

    number: str
    title: str
    decision: Decision | None
    matter: Matter | None = None
    case_number: str = ""
    subject: str = ""  # the classification's number
    closed: bool = False
    before: tuple[Step, ...] = ()
    told: tuple[Paragraph, ...] = ()  # the resume
    points: tuple[str, ...] = ()  # "the plan is adopted", without "at"
    news: tuple[str, ...] = ()  # what is told under a standing item; "- a|b" is a list


@dataclass(frozen=True)
class Meeting:
    committee: Committee
    day: date
    present: tuple[Member, ...]
    absent: tuple[Member, ...]
    items: tuple[Item, ...]


class Calendar:
    """A town's business over the years, told at length if it has a `writer`.

    Meetings must be asked for in the order of time.
    """

    def __init__(self, town: Town, wording: Wording, writer: Writer | None = None) -> None:
        self.town = town
        self._wording = wording
        self._writer = writer
        self._random = town.random
        self._waiting: dict[Field, deque[Matter]] = defaultdict(deque)
        self._later: dict[tuple[Field, int], list[Matter]] = defaultdict(list)
        self._had: set[tuple[str, int]] = set()
        self._numbers: dict[tuple[str, int], int] = defaultdict(int)

    def meeting(self, day: date, body: Field) -> Meeting:
        """The meeting of the committee of the field `body` on `day`, with everything decided."""
        committee = next(each for each in self.town.committees(day) if each.field is body)
        absent = tuple(member for member in committee.members if self._random.random() < _ABSENT)
        present = tuple(member for member in committee.members if member not in absent)
        items = tuple(self._items(committee, day, present, absent))
        return Meeting(committee, day, present, absent, items)

    def _items(
        self, committee: Committee, day: date, present: tuple[Member, ...], absent: tuple[Member, ...]
    ) -> Iterator[Item]:
        random, body = self._random, committee.field
        yield self._standing(
            committee,
            day,
            random.choice(("Godkendelse af dagsorden", "Godkendelse af dagsordenen")),
            Decision(Outcome.APPROVED, [Paragraph("Godkendt.")]),
        )
        waiting = self._waiting[body]
        month = day.year * 12 + day.month
        matters = [waiting.popleft() for _ in range(len(waiting))]
        matters += [
            self._follow_up(matter)
            for due in (month - 1, month)
            for matter in self._later.pop((body, due), ())
        ]
        new = random.choice(_NEW_MATTERS.get(body, _NEW_MATTERS_ELSE))
        matters += filter(None, [self._fresh_matter(body, day) for _ in range(new)])
        for matter in matters:
            yield self._handled(matter, committee, day, present, absent)
        yield self._news(committee, day, present)
        for _ in range(random.choice((0, 0, 1, 1, 2))):
            yield self._closed(committee, day)
        if random.random() < 0.6:
            decision = Decision(Outcome.NONE, [Paragraph("Intet.")]) if random.random() < 0.7 else None
            yield self._standing(committee, day, "Eventuelt", decision)

    def _handled(
        self,
        matter: Matter,
        committee: Committee,
        day: date,
        present: tuple[Member, ...],
        absent: tuple[Member, ...],
    ) -> Item:
        random = self._random
        rises = matter.topic.rises and not matter.follow_up and committee.field is not Field.COUNCIL
        outcome = Outcome.NOTED if matter.follow_up else matter.topic.ends
        if rises:
            outcome = Outcome.RECOMMENDED
        if random.random() < _POSTPONED:
            outcome = Outcome.POSTPONED
        heat = 0.02 if matter.follow_up else matter.topic.heat
        points = ("orienteringen tages til efterretning",) if matter.follow_up else matter.topic.points
        custom = self._wording.custom
        course = decided(random, custom, committee, present, outcome, heat, matter.slots, len(points))
        decision = self._wording.told(random, committee, course)
        item = Item(
            self._next_number(committee, day),
            matter.title,
            decision,
            matter,
            matter.number,
            matter.topic.kle,
            before=() if matter.follow_up else tuple(matter.steps),
            told=tuple(self._told(matter)),
            points=tuple(filled(point, matter.slots) for point in points),
        )
        matter.steps.append(Step(committee, day, item.number, decision, absent))
        self._send_on(matter, committee, day, decision, rises=rises)
        return item

    def _send_on(
        self, matter: Matter, committee: Committee, day: date, decision: Decision, *, rises: bool
    ) -> None:
        random = self._random
        if decision.outcome is Outcome.POSTPONED:
            self._waiting[committee.field].append(matter)
        elif rises:
            costs = bool(matter.topic.economy) and committee.field is not Field.FINANCE
            self._waiting[Field.FINANCE if costs else Field.COUNCIL].append(matter)
        elif decision.referred_to_council_by:
            self._waiting[Field.COUNCIL].append(matter)
        elif (
            decision.outcome is Outcome.APPROVED
            and not matter.follow_up
            and matter.topic.rises
            and random.random() < _FOLLOWED_UP
        ):
            self._later[matter.origin, day.year * 12 + day.month + random.randint(4, 11)].append(matter)

    def _follow_up(self, matter: Matter) -> Matter:
        ahead = "Arbejdet følger i det væsentlige tidsplanen. Den endelige regning kendes i {naeste}."
        long = self._writer.story(matter.subject, follow_up=True) if self._writer and matter.subject else ()
        return replace(
            matter,
            title=f"Status: {matter.title}",
            story=tuple(filled(text, matter.slots) for text in (ahead, *self._added(matter.origin))) + long,
            table=(),
            steps=list(matter.steps),
            follow_up=True,
        )

    def _told(self, matter: Matter) -> Iterator[Paragraph]:
        """The paragraphs of the resume."""
        if matter.follow_up:
            last = matter.steps[-1]
            body = last.committee.in_text
            mention = f"af {body} den {spelled(last.day)} (sag {last.number})"
            front = "Sagen blev behandlet "
            facts = {
                "committee": body[0].upper() + body[1:],
                "date": last.day.isoformat(),
                "item": last.number,
            }
            said = Said(Reference, len(front), len(front) + len(mention), facts)
            yield Paragraph(f"{front}{mention}. Her gives en status på arbejdet siden da.", said=(said,))
        else:
            yield Paragraph(filled(matter.topic.resume, matter.slots))

    def _fresh_matter(self, body: Field, day: date) -> Matter | None:
        """A matter that the town has not had this year, if one comes to mind."""
        return next(filter(None, (self._new_matter(body, day) for _ in range(3))), None)

    def _new_matter(self, body: Field, day: date) -> Matter | None:
        random = self._random
        topic = random.choice(TOPICS[body])
        thousands = (random.randint(4, 80) * 250, random.randint(2, 30) * 100, random.randint(3, 45) * 10)
        slots = {
            "kommune": f"{self.town.name} Kommune",
            "by": self.town.name,
            "sted": random.choice(self.town.villages),
            "vej": random.choice(STREETS),
            "firma": random.choice(FIRMS),
            "udvalg": "udvalget",
            "raad": self.town.habits.council.lower(),
            "aar": str(day.year - 1 if day.month < 8 else day.year),
            "naeste": str(day.year + 1),
            "n": str(random.randint(12, 48)),
            "m": str(random.randint(2, 9)),
            "stor": f"{random.randint(1, 9)}.{random.randint(0, 999):03}",
            "pct": str(random.randint(7, 68)),
            "pct2": f"{random.randint(1, 6)},{random.randint(1, 9)}",
            **{name: amount(each) for name, each in zip(("kr", "kr2", "kr3"), thousands, strict=True)},
        }
        subject = self._writer.subject(body, day.year) if self._writer else None
        long: tuple[str, ...] = ()
        if self._writer and subject:
            topic = self._writer.topic(subject, instead_of=topic)
            slots |= subject.slots
            long = self._writer.story(subject)
        title = topic.title.format_map(slots)
        if (title, day.year) in self._had:
            return None
        self._had.add((title, day.year))
        return Matter(
            topic,
            body,
            title,
            self._case_number(topic.kle, day),
            slots,
            tuple(filled(text, slots) for text in (*topic.story, *self._added(body))) + long,
            self._table(day) if topic.table else (),
            subject=subject,
        )

    def _added(self, body: Field) -> list[str]:
        """Paragraphs that fit any matter of the field."""
        random, general = self._random, BACKGROUND[body]
        return random.sample(general, random.randint(1, len(general))) + random.sample(
            ANYWHERE, random.randint(1, 4)
        )

    def _table(self, day: date) -> tuple[tuple[str, ...], ...]:
        head = ("1.000 kr.", *(str(day.year + each) for each in range(1, 5)))
        rows = (
            (label, *(f"{self._random.randint(-20, 90) * 50:,}".replace(",", ".") for _ in range(4)))
            for label in ("Drift", "Anlæg")
        )
        return (head, *rows)

    def _case_number(self, subject: str, day: date) -> str:
        template = self.town.habits.case_number
        kind = subject if "{subject}" in template else "S"
        self._numbers[kind, day.year] += 1
        serial = self._numbers[kind, day.year]
        return template.format(
            subject=subject,
            glued=subject.replace("-", ""),
            serial=serial,
            long=serial * 7 + 100,
            year=day.year,
            yy=f"{day.year % 100:02}",
            code=self.town.code,
        )

    def _next_number(self, committee: Committee, day: date, *, closed: bool = False) -> str:
        key = day.year if self.town.habits.through_the_year else day.toordinal()
        first = self.town.habits.closed_from if closed else 0
        series = f"{committee.name} closed" if first else committee.name
        self._numbers[series, key] += 1
        return str(max(first - 1, 0) + self._numbers[series, key])

    def _standing(
        self,
        committee: Committee,
        day: date,
        title: str,
        decision: Decision | None,
        *,
        subject: str = _AGENDA,
        closed: bool = False,
        news: tuple[str, ...] = (),
    ) -> Item:
        """An item without a matter."""
        case = self._case_number(subject, day) if self.town.habits.all_cases_numbered else ""
        return Item(
            self._next_number(committee, day, closed=closed),
            title,
            decision,
            case_number=case,
            subject=subject,
            closed=closed,
            news=news,
        )

    def _news(self, committee: Committee, day: date, present: tuple[Member, ...]) -> Item:
        random = self._random
        slots = {
            "sted": random.choice(self.town.villages),
            "vej": random.choice(STREETS),
            "m": str(random.randint(2, 50)),
        }
        news = [each.format_map(slots) for each in random.sample(NEWS, random.randint(2, 4))]
        course = decided(random, self._wording.custom, committee, present, Outcome.NOTED, 0, slots)
        long: tuple[str, ...] = ()
        if self._writer:
            subject = self._writer.subject(committee.field, day.year)
            long = self._writer.story(subject, follow_up=True)
        return self._standing(
            committee,
            day,
            random.choice(("Meddelelser", "Gensidig orientering", "Orientering fra formand og forvaltning")),
            self._wording.told(random, committee, course),
            news=("Der orienteres om:", f"- {'|'.join(news)}", *long),
        )

    def _closed(self, committee: Committee, day: date) -> Item:
        random = self._random
        titled = self.town.habits.closed_titles
        printed = titled and random.random() < 0.4
        return self._standing(
            committee,
            day,
            random.choice(CLOSED_TITLES) if titled else self.town.habits.closed_title,
            Decision(Outcome.APPROVED, [Paragraph("Godkendt.")]) if printed else None,
            subject=_CLOSED,
            closed=True,
        )


def filled(text: str, slots: dict[str, str]) -> str:
    """`text` with its slots filled; an amount that ends a sentence needs no second full stop."""
    return text.format_map(slots).replace("kr..", "kr.")


def amount(thousands: int) -> str:
    """An amount in kroner as minutes print it: "750.000 kr.", "4,3 mio. kr."."""
    if thousands < 1000:
        return f"{thousands}.000 kr."
    if thousands % 100:
        return f"{thousands // 1000}.{thousands % 1000:03}.000 kr."
    return f"{thousands // 1000},{thousands % 1000 // 100} mio. kr."
