"""An item → its text in a form, and every fact with its place in the text."""

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from minutes.reader import records
from minutes.vocabulary import Outcome, SectionKind
from synthetic.agenda import Item, Matter, Meeting, Step
from synthetic.days import figures, spelled
from synthetic.forms.form import Layout, Part
from synthetic.forms.press import Press, Quote, quoted
from synthetic.paragraphs import Paragraph, joined
from synthetic.towns import Committee, Member, Town
from synthetic.votes import named

# How often a paragraph of a presentation is cut by the end of a page that says nothing.
_CUT_BY_PAGE = 0.03
_STORIES = (SectionKind.PRESENTATION, SectionKind.BACKGROUND)


class Desk:
    """Where one item is printed."""

    def __init__(self, town: Town, meeting: Meeting, layout: Layout, press: Press, item: Item) -> None:
        self.town = town
        self.meeting = meeting
        self.item = item
        self.layout = layout
        # What the sections say of the item beside their text.
        self.attachments: tuple[str, ...] = ()
        self.case_flow: tuple[records.CaseFlowStep, ...] = ()
        self.absent: list[records.Absence] = []
        self._press = press
        self._sections: list[Quote] = []
        self._prior: list[Quote] = []
        self._said: list[Quote] = []

    @property
    def matter(self) -> Matter | None:
        return self.item.matter

    @property
    def random(self) -> Random:
        return self.town.random

    @property
    def folio(self) -> str:
        """The head of the page that is being printed."""
        return self._head(self._press.page)

    def _head(self, page: int) -> str:
        meeting = self.meeting
        return self.layout.folio.format(body=meeting.committee.name, figures=figures(meeting.day), page=page)

    def print(self) -> None:
        self._press.set(self.layout.opening(self))
        for part in self.layout.parts:
            if part.kind is SectionKind.PRIOR_DECISION:
                for step in self.item.before:
                    self._prior_decision(part, step)
            elif part.kind is SectionKind.DECISION:
                self._decision(part)
            elif body := part.body(self):
                heading = _heading(part, self.meeting.committee, self.meeting.day, self.item.number)
                start, end = self._section(part, heading, body)
                self._quote(part, heading, body, start, end)

    def _decision(self, part: Part) -> None:
        if self.item.decision is None:
            return
        meeting = self.meeting
        heading = _heading(part, meeting.committee, meeting.day, self.item.number)
        body = self._with_absence(self.item.decision.paragraphs, meeting.absent)
        if self.layout.absence:
            self.absent += [records.Absence(name=each.name, party=each.party) for each in meeting.absent]
        self.absent += self.item.decision.recused
        start, end = self._section(part, heading, body)
        self._quote(part, heading, body, start, end)

    def _prior_decision(self, part: Part, step: Step) -> None:
        """Another committee's decision, which is not this item's own, nor what it says of people."""
        heading = _heading(part, step.committee, step.day, step.number)
        body = self._with_absence(step.decision.paragraphs, step.absent)
        start, end = self._section(part, heading, body, own=False)
        self._quote(part, heading, body, start, end)
        fields = {
            "committee": step.committee.name,
            "date": step.day.isoformat(),
            "item": step.number if "{number}" in part.heading else None,
        }
        self._prior.append(Quote(records.PriorDecision, fields, start, end))

    def _with_absence(self, body: list[Paragraph], absent: Sequence[Member]) -> list[Paragraph]:
        if not self.layout.absence:
            return body
        line = self.layout.absence.format(names=named(absent)).rstrip()
        first = Paragraph(line, " ".join(line.split()))
        return [joined(self.layout.absence_gap, (first, body[0])), *body[1:]]

    def _section(
        self, part: Part, heading: str, body: Sequence[Paragraph], *, own: bool = True
    ) -> tuple[int, int]:
        """Set heading and paragraphs; what an `own` section says is said by the item."""
        press, setting = self._press, self.layout.setting
        story = part.kind in _STORIES
        press.set(f"{setting.indent}{heading}{self.layout.gap if part.gap is None else part.gap}")
        start = 0
        for position, paragraph in enumerate(body):
            before = "\n\n" if position else ""
            if part.gap != " ":
                before += setting.indent
            printed = setting.set(self.random, paragraph, story=story)
            if story:
                printed = self._page_end(printed)
            at = press.set(before + printed.text) + len(before)
            start = start or at
            if own:
                self._said += [
                    Quote(said.record, said.facts, at + said.start, at + said.end) for said in printed.said
                ]
        end = press.length
        press.set(self.layout.between)
        return start, end

    def _page_end(self, paragraph: Paragraph) -> Paragraph:
        """The paragraph, cut in two if the page ends here."""
        setting, press = self.layout.setting, self._press
        if not self.layout.folio:
            return setting.cut(paragraph, "") if self.random.random() < _CUT_BY_PAGE else paragraph
        if not press.full:
            return paragraph
        cut = setting.cut(paragraph, self._head(press.next_page))
        if cut is not paragraph:
            press.turn()
        return cut

    def _quote(self, part: Part, heading: str, body: Sequence[Paragraph], start: int, end: int) -> None:
        clean = "\n\n".join(paragraph.reads for paragraph in body)
        fields = {"heading": heading, "kind": part.kind, "clean": clean}
        self._sections.append(Quote(records.Section, fields, start, end))

    def record(self, text: str, moved: int) -> records.Item:
        """What the item says, when the items begin `moved` characters into `text`."""
        item, decision = self.item, self.item.decision
        recused = decision.recused if decision else ()
        fields: dict[str, Any] = {}
        if decision:
            fields = {
                "decision": "\n\n".join(paragraph.reads for paragraph in decision.paragraphs),
                "reservations": decision.reservations,
                "referred_to_council_by": decision.referred_to_council_by,
                "left_or_recused": decision.recused,
                "others_attending": decision.guests,
            }

        def said(record: type[records.Record]) -> tuple[Any, ...]:
            return quoted([each for each in self._said if each.record is record], text, moved)

        return records.Item(
            number=item.number,
            title=item.title,
            case_number=item.case_number or None,
            closed=item.closed,
            sections=quoted(self._sections, text, moved),
            outcome=decision.outcome if decision else Outcome.NONE,
            attachments=self.attachments,
            ballots=said(records.Ballot),
            statements=said(records.Statement),
            # Who was recused was away too; those named absent come first.
            absent=tuple(sorted(self.absent, key=recused.__contains__)),
            prior_decisions=quoted(self._prior, text, moved),
            references=said(records.Reference),
            case_flow=self.case_flow,
            **fields,
        )


def _heading(part: Part, committee: Committee, day: date, number: str) -> str:
    if "{" not in part.heading:
        return part.heading
    return part.heading.format(
        body=committee.name,
        spelled=spelled(day),
        figures=figures(day),
        number=number,
        department=committee.department,
    )
