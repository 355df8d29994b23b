"""Invents cases: a topic, a title, a presentation and a case number."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from random import Random

from synthetic.meetings import Case
from synthetic.municipalities import Conventions, Municipality
from synthetic.names import FIRMS, STREETS
from synthetic.prose import Writer
from synthetic.topics import BACKGROUND, TOPICS, PolicyArea
from synthetic.topics.general import GENERAL_PARAGRAPHS

_MAX_ATTEMPTS = 3
_FOLLOW_UP_OUTLOOK = "Arbejdet følger i det væsentlige tidsplanen. Den endelige regning kendes i {naeste}."


class CaseNumbers:
    """Assigns case numbers in the municipality's format, numbered within each year."""

    def __init__(self, conventions: Conventions, municipality_code: str) -> None:
        self._template = conventions.case_number
        self._code = municipality_code
        self._last: dict[tuple[str, int], int] = defaultdict(int)

    def next_number(self, kle: str, day: date) -> str:
        series = kle if "{kle}" in self._template else ""
        self._last[series, day.year] += 1
        serial = self._last[series, day.year]
        return self._template.format(
            kle=kle,
            kle_compact=kle.replace("-", ""),
            serial=serial,
            long_serial=serial * 7 + 100,
            year=day.year,
            yy=f"{day.year % 100:02}",
            code=self._code,
        )


class CaseFactory:
    """Invents the cases of one municipality, with long presentations if given a `writer`."""

    def __init__(self, municipality: Municipality, numbers: CaseNumbers, writer: Writer | None) -> None:
        self._municipality = municipality
        self._numbers = numbers
        self._writer = writer
        self._used_titles: set[tuple[str, int]] = set()

    @property
    def _random(self) -> Random:
        return self._municipality.random

    def new_case(self, area: PolicyArea, day: date) -> Case | None:
        """Return a case with a title not used this year, or None if no attempt produced one."""
        attempts = (self._attempt(area, day) for _ in range(_MAX_ATTEMPTS))
        return next(filter(None, attempts), None)

    def _attempt(self, area: PolicyArea, day: date) -> Case | None:
        topic = self._random.choice(TOPICS[area])
        slots = self._slots(day)
        subject = self._writer.subject(area, day.year) if self._writer else None
        long: tuple[str, ...] = ()
        if self._writer and subject:
            topic = self._writer.topic(subject, default=topic)
            slots |= subject.slots
            long = self._writer.presentation(subject)
        title = topic.title.format_map(slots)
        if (title, day.year) in self._used_titles:
            return None
        self._used_titles.add((title, day.year))
        return Case(
            topic,
            area,
            title,
            self._numbers.next_number(topic.kle, day),
            slots,
            fill_all((*topic.presentation, *self._general_paragraphs(area)), slots) + long,
            self._budget_table(day) if topic.has_budget_table else (),
            subject=subject,
        )

    def follow_up(self, case: Case) -> Case:
        """Return a status report on a decided case."""
        long: tuple[str, ...] = ()
        if self._writer and case.subject:
            long = self._writer.presentation(case.subject, follow_up=True)
        paragraphs = (_FOLLOW_UP_OUTLOOK, *self._general_paragraphs(case.origin))
        return replace(
            case,
            title=f"Status: {case.title}",
            presentation=fill_all(paragraphs, case.slots) + long,
            budget_table=(),
            steps=list(case.steps),
            is_follow_up=True,
        )

    def _slots(self, day: date) -> dict[str, str]:
        """Return random values for the slots of `synthetic.topics`."""
        random, municipality = self._random, self._municipality
        thousands = (random.randint(4, 80) * 250, random.randint(2, 30) * 100, random.randint(3, 45) * 10)
        return {
            "kommune": f"{municipality.name} Kommune",
            "by": municipality.name,
            "sted": random.choice(municipality.villages),
            "vej": random.choice(STREETS),
            "firma": random.choice(FIRMS),
            "udvalg": "udvalget",
            "raad": municipality.conventions.council.lower(),
            "aar": str(day.year - 1 if day.month < 8 else day.year),
            "naeste": str(day.year + 1),
            "n": str(random.randint(12, 48)),
            "m": str(random.randint(2, 9)),
            "stor": f"{random.randint(1, 9)}.{random.randint(0, 999):03}",
            "pct": str(random.randint(7, 68)),
            "pct2": f"{random.randint(1, 6)},{random.randint(1, 9)}",
            **{slot: format_amount(n) for slot, n in zip(("kr", "kr2", "kr3"), thousands, strict=True)},
        }

    def _general_paragraphs(self, area: PolicyArea) -> list[str]:
        """Return paragraphs that fit any case of the area."""
        random, background = self._random, BACKGROUND[area]
        return random.sample(background, random.randint(1, len(background))) + random.sample(
            GENERAL_PARAGRAPHS, random.randint(1, 4)
        )

    def _budget_table(self, day: date) -> tuple[tuple[str, ...], ...]:
        head = ("1.000 kr.", *(str(day.year + years) for years in range(1, 5)))
        rows = (
            (label, *(f"{self._random.randint(-20, 90) * 50:,}".replace(",", ".") for _ in range(4)))
            for label in ("Drift", "Anlæg")
        )
        return (head, *rows)


def fill_slots(text: str, slots: dict[str, str]) -> str:
    """Fill the slots of `text`, without a double full stop after an amount at the end of a sentence."""
    return text.format_map(slots).replace("kr..", "kr.")


def fill_all(texts: tuple[str, ...], slots: dict[str, str]) -> tuple[str, ...]:
    return tuple(fill_slots(text, slots) for text in texts)


def format_amount(thousands: int) -> str:
    """Format an amount given in thousands of kroner: "750.000 kr.", "4,3 mio. kr."."""
    if thousands < 1000:
        return f"{thousands}.000 kr."
    if thousands % 100:
        return f"{thousands // 1000}.{thousands % 1000:03}.000 kr."
    return f"{thousands // 1000},{thousands % 1000 // 100} mio. kr."
