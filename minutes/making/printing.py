"""A meeting → its minutes in the form of the seeds' system, and every fact with its place in the text."""

import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from minutes.making.agenda import Item, Matter, Meeting, Step, filled, spelled
from minutes.making.decisions import Paragraph, Said
from minutes.making.topics import Field
from minutes.making.towns import Habits, Town, term_of
from minutes.reader import records
from minutes.vocabulary import Outcome, SectionKind

_WEEKDAYS = ("Mandag", "Tirsdag", "Onsdag", "Torsdag", "Fredag", "Lørdag", "Søndag")
_CHARACTERS_PER_PAGE = 2600
_NARROW = 62  # the width at which the list of participants is broken into lines
_DEPARTMENTS = {
    Field.CHILDREN: "Børn og Unge",
    Field.HEALTH: "Sundhed, Ældre og Handicap",
    Field.TECHNICAL: "Teknik og Miljø",
    Field.CULTURE: "Kultur og Fritid",
    Field.EMPLOYMENT: "Beskæftigelse og Erhverv",
    Field.FINANCE: "Økonomi og Personale",
    Field.COUNCIL: "Økonomi og Personale",
}
_HEADINGS = {
    SectionKind.RESUME: "Resume",
    SectionKind.RECOMMENDATION: "Indstilling",
    SectionKind.DECISION: "Beslutning",
    SectionKind.PRESENTATION: "Sagsfremstilling",
    SectionKind.ECONOMY: "Økonomi",
    SectionKind.CASE_FLOW: "Sagens gang",
    SectionKind.ATTACHMENTS: "Bilag",
    SectionKind.ABSENT: "Fraværende:",
}
# How often a long paragraph is cut by the end of a page.
_CUT_BY_PAGE = 0.04
_SHORTEST_CUT = 90


class Press:
    """Sets pieces of text one after the other and tells where each begins."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.length = 0

    def set(self, piece: str) -> int:
        start = self.length
        self._pieces.append(piece)
        self.length += len(piece)
        return start

    def text(self) -> str:
        return "".join(self._pieces)


def printed(town: Town, meeting: Meeting) -> tuple[str, dict[str, Any]]:
    """The text of the minutes, and the fields of the `Document` that a perfect reader would give."""
    items = Press()
    habits = town.habits
    drafts = []
    pages = []
    for item in meeting.items:
        pages.append(3 + items.length // _CHARACTERS_PER_PAGE)
        drafts.append(_Printer(town, meeting, items).item(item))
    header = _header(habits, meeting, pages)
    text = header + items.text()
    committee = meeting.committee
    first, last = term_of(meeting.day)
    return text, {
        "committee": committee.name,
        "committee_as_printed": _name_in_header(habits, meeting),
        "term": f"{first}-{last}" if habits.term_in_name else None,
        "date": meeting.day.isoformat(),
        "start_time": committee.time,
        "location": committee.room,
        "participants": tuple(records.Participant(name=member.name) for member in meeting.present)
        if habits.participants
        else (),
        "absent": tuple(records.Absence(name=member.name) for member in meeting.absent)
        if habits.participants
        else (),
        "items": tuple(draft(text, len(header)) for draft in drafts),
    }


def _name_in_header(habits: Habits, meeting: Meeting) -> str:
    first, last = term_of(meeting.day)
    return f"{meeting.committee.name} {first}-{last}" if habits.term_in_name else meeting.committee.name


def _header(habits: Habits, meeting: Meeting, pages: Sequence[int]) -> str:
    day, committee = meeting.day, meeting.committee
    contents = "\n".join(
        f"{item.title}{' (LUKKET)' if item.closed and habits.closed_titles else ''}.....\t{page}"
        for item, page in zip(meeting.items, pages, strict=True)
    )
    people = [
        f"{member.name} (Fravær)" if member in meeting.absent else member.name for member in committee.members
    ]
    listed = textwrap.fill(f"Mødedeltagere {', '.join(people)}", _NARROW, break_on_hyphens=False)
    return (
        f"REFERAT {_name_in_header(habits, meeting)} d. {day:%d-%m-%Y}\n\n"
        f"Mødedato {_WEEKDAYS[day.weekday()]} d. {spelled(day)} kl. {committee.time}\n\n"
        f"Mødested {committee.room}\n\n"
        + (f"{listed}\n\n" if habits.participants else "")
        + f"Indholdsfortegnelse\n\n{contents}\n\n"
    )


# A record that waits for the whole text and for how far the text before the items moves its places.
Draft = Callable[[str, int], Any]


class _Printer:
    """Prints the items of one meeting."""

    def __init__(self, town: Town, meeting: Meeting, press: Press) -> None:
        self._random = town.random
        self._habits = town.habits
        self._meeting = meeting
        self._press = press
        self._sections: list[Draft] = []
        self._prior: list[Draft] = []
        self._said: list[tuple[Said, int]] = []

    def item(self, item: Item) -> Draft:
        press, habits, matter = self._press, self._habits, item.matter
        suffix = " (LUKKET)" if item.closed and habits.closed_titles else ""
        press.set(f"Punkt {item.number}: {item.title}{suffix}\n\n")
        if matter:
            press.set(f"{matter.number}\n\n")
            if habits.title_twice:
                press.set(f"{item.title}\n\n")
        flow = self._case_flow(matter) if matter else []
        attachments = self._attachments(matter) if matter else ()
        bodies = {
            SectionKind.RESUME: list(item.told) if matter else [],
            SectionKind.RECOMMENDATION: self._recommendation(matter) if matter else [],
            SectionKind.PRESENTATION: self._presentation(matter) if matter else list(item.told),
            SectionKind.ECONOMY: self._economy(matter) if matter and not matter.follow_up else [],
            SectionKind.CASE_FLOW: [self._list([f"{name} den {day}" for name, day, _ in flow])]
            if flow
            else [],
            SectionKind.ATTACHMENTS: [Paragraph(title) for title in attachments],
            SectionKind.DECISION: item.decision.paragraphs if item.decision else [],
            SectionKind.ABSENT: [Paragraph(member.name) for member in self._absent_here(item)],
        }
        for kind in habits.order:
            if kind is SectionKind.DECISION:
                self._prior_decisions(item.before)
            if bodies[kind]:
                self._section(kind, bodies[kind])
        return self._draft(item, attachments, tuple(step for _, _, step in flow))

    def _absent_here(self, item: Item) -> Iterable[Any]:
        return self._meeting.absent if self._habits.absent_by_item and not item.closed else ()

    def _section(self, kind: SectionKind, body: Sequence[Paragraph]) -> None:
        heading = _HEADINGS[kind]
        department = _DEPARTMENTS[self._meeting.committee.field]
        if kind is SectionKind.RECOMMENDATION and self._habits.recommends:
            heading = self._habits.recommends.format(department=department)
        elif self._habits.capitals and kind is not SectionKind.ABSENT:
            heading = heading.upper()
        self._press.set(f"{heading}\n\n")
        start, end = self._body(body)
        clean = "\n\n".join(paragraph.reads for paragraph in body)
        self._sections.append(
            lambda text, moved: records.Section(
                heading=heading,
                kind=kind,
                text=text[start + moved : end + moved],
                clean=clean,
                start=start + moved,
                end=end + moved,
            )
        )

    def _body(self, body: Sequence[Paragraph], *, own: bool = True) -> tuple[int, int]:
        """Set the paragraphs; what an `own` one says is said by the item."""
        press = self._press
        start = press.length
        for position, paragraph in enumerate(body):
            at = press.set(("\n\n" if position else "") + paragraph.text) + (2 if position else 0)
            if own:
                self._said += [(said, at) for said in paragraph.said]
        end = press.length
        press.set("\n\n")
        return start, end

    def _prior_decisions(self, steps: Sequence[Step]) -> None:
        """Other committees' decisions, which are not this item's own."""
        for step in steps:
            heading = f"{step.committee.name}, {spelled(step.day)}, pkt. {step.number}:"
            self._press.set(f"{heading}\n\n")
            paragraphs = step.decision.paragraphs
            start, end = self._body(paragraphs, own=False)
            clean = "\n\n".join(paragraph.reads for paragraph in paragraphs)
            self._sections.append(_prior_section(heading, clean, start, end))
            self._prior.append(_prior_record(step, start, end))

    def _recommendation(self, matter: Matter) -> list[Paragraph]:
        points = ("orienteringen tages til efterretning",) if matter.follow_up else matter.topic.points
        points = tuple(filled(point, matter.slots) for point in points)
        ends = [","] * (len(points) - 1) + ["" if points[-1].endswith(".") else "."]
        if self._habits.numbered_points:
            lines = [
                f"{n}. at {point}{end}" for n, (point, end) in enumerate(zip(points, ends, strict=True), 1)
            ]
            apart = "\n\n" if self._habits.lists_apart else "\n"
            listed = Paragraph(apart.join(lines), "\n".join(lines))
            return [Paragraph(f"Forvaltningen indstiller til {self._meeting.committee.in_text},"), listed]
        return [Paragraph(f"at {point}{end}") for point, end in zip(points, ends, strict=True)]

    def _presentation(self, matter: Matter) -> list[Paragraph]:
        return [
            self._list(text[2:].split("|")) if text.startswith("- ") else self._cut(text)
            for text in matter.story
        ]

    def _economy(self, matter: Matter) -> list[Paragraph]:
        if not matter.topic.economy:
            return []
        paragraphs = [Paragraph(filled(matter.topic.economy, matter.slots))]
        if matter.table:
            paragraphs.append(Paragraph("\n".join("\t".join(row) for row in matter.table)))
        return paragraphs

    def _attachments(self, matter: Matter) -> tuple[str, ...]:
        titles = ("Statusnotat",) if matter.follow_up else matter.topic.attachments
        return tuple(title.format_map(matter.slots) for title in titles)

    def _case_flow(self, matter: Matter) -> list[tuple[str, str, records.CaseFlowStep]]:
        """(committee, day, record) of the steps so far and of this one."""
        if not self._habits.case_flow or matter.follow_up:
            return []
        return [
            (
                step.committee.name,
                spelled(step.day),
                records.CaseFlowStep(committee=step.committee.name, date=step.day.isoformat()),
            )
            for step in matter.steps
            if step.day <= self._meeting.day
        ]

    def _list(self, points: Sequence[str]) -> Paragraph:
        lines = [f"- {point}" for point in points]
        return Paragraph(("\n\n" if self._habits.lists_apart else "\n").join(lines), "\n".join(lines))

    def _cut(self, text: str) -> Paragraph:
        """The paragraph, now and then cut in two by the end of a page."""
        if len(text) > 2 * _SHORTEST_CUT and self._random.random() < _CUT_BY_PAGE:
            at = text.find(" ", _SHORTEST_CUT)
            while at > 0:
                if text[at - 1].isalpha() and text[at + 1].islower() and not text.startswith("at ", at + 1):
                    return Paragraph(f"{text[:at]}\n\n{text[at + 1 :]}", text)
                at = text.find(" ", at + 1)
        return Paragraph(text)

    def _draft(
        self, item: Item, attachments: tuple[str, ...], flow: tuple[records.CaseFlowStep, ...]
    ) -> Draft:
        decision = item.decision
        sections, prior, said = tuple(self._sections), tuple(self._prior), tuple(self._said)
        absent = tuple(records.Absence(name=member.name) for member in self._absent_here(item))
        clean = "\n\n".join(paragraph.reads for paragraph in decision.paragraphs) if decision else None

        def draft(text: str, moved: int) -> records.Item:
            facts: dict[str, list[Any]] = {"ballot": [], "statement": [], "reference": []}
            for each, at in said:
                start, end = at + each.start + moved, at + each.end + moved
                facts[each.kind].append(_RECORDS[each.kind](each.facts, text[start:end], start, end))
            return records.Item(
                number=item.number,
                title=item.title,
                case_number=item.matter.number if item.matter else None,
                closed=item.closed,
                sections=tuple(each(text, moved) for each in sections),
                decision=clean,
                outcome=decision.outcome if decision else Outcome.NONE,
                attachments=attachments,
                ballots=tuple(facts["ballot"]),
                reservations=decision.reservations if decision else (),
                referred_to_council_by=decision.referred_to_council_by if decision else (),
                statements=tuple(facts["statement"]),
                absent=absent,
                left_or_recused=decision.recused if decision else (),
                others_attending=decision.guests if decision else (),
                prior_decisions=tuple(each(text, moved) for each in prior),
                references=tuple(facts["reference"]),
                case_flow=flow,
            )

        return draft


_RECORDS: dict[str, Callable[[dict[str, Any], str, int, int], Any]] = {
    "ballot": lambda facts, quoted, start, end: records.Ballot(
        **facts, evidence=quoted, start=start, end=end
    ),
    "statement": lambda facts, quoted, start, end: records.Statement(
        **facts, text=quoted, start=start, end=end
    ),
    "reference": lambda facts, quoted, start, end: records.Reference(
        **facts, evidence=quoted, start=start, end=end
    ),
}


def _prior_section(heading: str, clean: str, start: int, end: int) -> Draft:
    return lambda text, moved: records.Section(
        heading=heading,
        kind=SectionKind.PRIOR_DECISION,
        text=text[start + moved : end + moved],
        clean=clean,
        start=start + moved,
        end=end + moved,
    )


def _prior_record(step: Step, start: int, end: int) -> Draft:
    return lambda text, moved: records.PriorDecision(
        committee=step.committee.name,
        date=step.day.isoformat(),
        item=step.number,
        text=text[start + moved : end + moved],
        start=start + moved,
        end=end + moved,
    )
