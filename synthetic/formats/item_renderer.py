"""Renders an agenda item in a format and records the position of every fact in it."""

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from minutes.reader import records
from minutes.vocabulary import Outcome, SectionKind
from synthetic.dates import long_date, numeric_date
from synthetic.formats.header_fields import absences
from synthetic.formats.minutes_format import Layout, SectionSpec
from synthetic.formats.printer import PendingRecord, Printer, resolve_all
from synthetic.meetings import AgendaItem, Case, CaseStep, Meeting
from synthetic.municipalities import Committee, Member, Municipality
from synthetic.paragraphs import Paragraph, join_paragraphs
from synthetic.votes import names_with_parties

# Share of a presentation's paragraphs broken by the end of a page without page header.
_PAGE_BREAK_SHARE = 0.03
_PRESENTATION_KINDS = (SectionKind.PRESENTATION, SectionKind.BACKGROUND)


class ItemRenderer:
    """Prints one item; the bodies of sections set its facts as they print them."""

    def __init__(
        self,
        municipality: Municipality,
        meeting: Meeting,
        layout: Layout,
        printer: Printer,
        item: AgendaItem,
    ) -> None:
        self.municipality = municipality
        self.meeting = meeting
        self.item = item
        self.layout = layout
        self.attachments: tuple[str, ...] = ()
        self.case_flow: tuple[records.CaseFlowStep, ...] = ()
        self.absent: list[records.Absence] = []
        self._printer = printer
        self._sections: list[PendingRecord] = []
        self._prior_decisions: list[PendingRecord] = []
        self._annotated: list[PendingRecord] = []  # ballots, statements and references

    @property
    def case(self) -> Case | None:
        return self.item.case

    @property
    def random(self) -> Random:
        return self.municipality.random

    @property
    def page_header(self) -> str:
        """The header of the current page."""
        return self._page_header(self._printer.page)

    def _page_header(self, page: int) -> str:
        meeting = self.meeting
        return self.layout.page_header.format(
            committee=meeting.committee.name, numeric_date=numeric_date(meeting.day), page=page
        )

    def render(self) -> None:
        self._printer.write(self.layout.item_heading(self))
        for spec in self.layout.sections:
            if spec.kind is SectionKind.PRIOR_DECISION:
                for step in self.item.prior_steps:
                    self._render_prior_decision(spec, step)
            elif spec.kind is SectionKind.DECISION:
                self._render_decision(spec)
            elif body := spec.body(self):
                self._render_section(spec, self._own_heading(spec), body)

    def _render_decision(self, spec: SectionSpec) -> None:
        if self.item.decision is None:
            return
        absent = self.meeting.absent
        body = self._with_absence_line(self.item.decision.paragraphs, absent)
        if self.layout.absence_line:
            self.absent += absences(absent)
        self.absent += self.item.decision.recused
        self._render_section(spec, self._own_heading(spec), body)

    def _render_prior_decision(self, spec: SectionSpec, step: CaseStep) -> None:
        """Print another committee's decision, whose facts are not the item's own."""
        heading = _heading(spec, step.committee, step.day, step.number)
        body = self._with_absence_line(step.decision.paragraphs, step.absent)
        start, end = self._render_section(spec, heading, body, annotate=False)
        fields = {
            "committee": step.committee.name,
            "date": step.day.isoformat(),
            "item": step.number if "{number}" in spec.heading else None,
        }
        self._prior_decisions.append(PendingRecord(records.PriorDecision, fields, start, end))

    def _with_absence_line(self, body: list[Paragraph], absent: Sequence[Member]) -> list[Paragraph]:
        layout = self.layout
        if not layout.absence_line or (layout.absence_line.startswith("{names}") and not absent):
            return body
        nobody = "Ingen" if layout.absence_line_last else ""
        line = layout.absence_line.format(names=names_with_parties(absent) or nobody).rstrip()
        paragraph = Paragraph(line, " ".join(line.split()))
        if layout.absence_line_last:
            return [*body, paragraph]
        return [join_paragraphs("\n", (paragraph, body[0])), *body[1:]]

    def _render_section(
        self, spec: SectionSpec, heading: str, body: Sequence[Paragraph], *, annotate: bool = True
    ) -> tuple[int, int]:
        """Print a section, record it and return the span of its body."""
        printer, typography = self._printer, self.layout.typography
        gap = self.layout.heading_gap if spec.gap is None else spec.gap
        if heading:
            printer.write(f"{typography.indent}{heading}{gap}")
        body_start = 0
        for position, paragraph in enumerate(body):
            separator = "\n\n" if position else ""
            if spec.gap != " ":
                separator += typography.indent
            typeset = self._typeset(paragraph, is_presentation=spec.kind in _PRESENTATION_KINDS)
            start = printer.write(separator + typeset.text) + len(separator)
            body_start = body_start or start
            if annotate:
                self._annotated += [
                    PendingRecord(annotation.record, annotation.fields, annotation.start, annotation.end)
                    for annotation in (annotation.shifted(start) for annotation in typeset.annotations)
                ]
        end = printer.length
        printer.write(self.layout.section_gap)
        clean = "\n\n".join(paragraph.clean_text for paragraph in body)
        fields = {"heading": heading or None, "kind": spec.kind, "clean": clean}
        self._sections.append(PendingRecord(records.Section, fields, body_start, end))
        return body_start, end

    def _typeset(self, paragraph: Paragraph, *, is_presentation: bool) -> Paragraph:
        typeset = self.layout.typography.typeset(self.random, paragraph, is_presentation=is_presentation)
        return self._break_page(typeset) if is_presentation else typeset

    def _break_page(self, paragraph: Paragraph) -> Paragraph:
        """Break the paragraph if the page ends here."""
        typography, printer = self.layout.typography, self._printer
        if not self.layout.page_header:
            if self.random.random() < _PAGE_BREAK_SHARE:
                return typography.break_page(paragraph, "")
            return paragraph
        if not printer.page_full:
            return paragraph
        broken = typography.break_page(paragraph, self._page_header(printer.next_page))
        if broken is not paragraph:
            printer.start_page()
        return broken

    def _own_heading(self, spec: SectionSpec) -> str:
        return _heading(spec, self.meeting.committee, self.meeting.day, self.item.number)

    def to_record(self, text: str, offset: int) -> records.Item:
        """Return the item's facts, given the whole text and the offset of the items in it."""
        item, decision = self.item, self.item.decision
        recused = decision.recused if decision else ()
        fields: dict[str, Any] = {}
        if decision:
            fields = {
                "decision": "\n\n".join(paragraph.clean_text for paragraph in decision.paragraphs),
                "reservations": decision.reservations,
                "referred_to_council_by": decision.referred_to_council_by,
                "left_or_recused": decision.recused,
                "others_attending": decision.guests,
            }

        def annotated(record: type[records.Record]) -> tuple[Any, ...]:
            return resolve_all(
                [pending for pending in self._annotated if pending.record is record], text, offset
            )

        return records.Item(
            number=item.number,
            title=item.title,
            case_number=item.case_number or None,
            closed=item.closed,
            sections=resolve_all(self._sections, text, offset),
            outcome=decision.outcome if decision else Outcome.NONE,
            attachments=self.attachments,
            ballots=annotated(records.Ballot),
            statements=annotated(records.Statement),
            # Recused members are listed after those reported absent.
            absent=tuple(sorted(self.absent, key=recused.__contains__)),
            prior_decisions=resolve_all(self._prior_decisions, text, offset),
            references=annotated(records.Reference),
            case_flow=self.case_flow,
            **fields,
        )


def _heading(spec: SectionSpec, committee: Committee, day: date, number: str) -> str:
    if "{" not in spec.heading:
        return spec.heading
    return spec.heading.format(
        committee=committee.name,
        department=committee.department,
        long_date=long_date(day),
        numeric_date=numeric_date(day),
        number=number,
    )
