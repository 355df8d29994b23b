"""Writes the fields of a vendor's agenda as the text of minutes, with the place of each in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from minutes.documents.heads import MONTHS
from minutes.documents.source import Block, Part, SourceDocument
from minutes.documents.stated import StatedFacts, StatedHeading, StatedItem

_WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")


@dataclass(frozen=True)
class Field:
    """A section of an item: its heading, which may be empty, and the text under it."""

    heading: str
    content: SourceDocument
    decision: bool = False


@dataclass(frozen=True)
class AgendaItem:
    """An item as a system stores it."""

    number: str | None
    title: str
    case_number: str | None
    closed: bool
    fields: Sequence[Field]
    attachments: Sequence[str]


@dataclass(frozen=True)
class Agenda:
    """A meeting's agenda or minutes as a system stores them; `minutes` is None where it does not tell which.

    `people` are names by a label in Danish.
    """

    committee: str
    date: date
    start_time: time | None
    end_time: time | None
    place: str
    people: Mapping[str, Sequence[str]]
    minutes: bool | None
    final: bool
    items: Sequence[AgendaItem]
    supplement: bool = False

    def document(
        self, file_format: str, parts: Sequence[Part] = (), notes: Sequence[str] = ()
    ) -> SourceDocument:
        """Return the agenda as text, with what it states."""
        writer = _Writer()
        self._write_head(writer)
        items = tuple(_write_item(writer, item) for item in self.items)
        stated = StatedFacts(
            committee=self.committee,
            date=self.date,
            start_time=self.start_time,
            place=self.place or None,
            minutes=self.minutes,
            final=self.final,
            items=items,
        )
        return SourceDocument(
            text=writer.text,
            blocks=tuple(writer.blocks),
            format=file_format,
            notes=tuple(notes),
            attachments=tuple(parts),
            stated=stated,
        )

    def _write_head(self, writer: "_Writer") -> None:
        kind = "Dagsorden" if self.minutes is False else "Referat"
        if self.supplement:
            kind = f"Tillægs{kind.lower()}"
        if self.minutes is not None or self.supplement:
            writer.line(kind if self.final else f"Udkast til {kind.lower()}")
        writer.line(self.committee)
        writer.blank()
        weekday, month = _WEEKDAYS[self.date.weekday()], MONTHS[self.date.month - 1]
        writer.line(f"Mødedato: {weekday} den {self.date.day}. {month} {self.date.year}")
        if self.start_time:
            until = f" - {self.end_time:%H:%M}" if self.end_time else ""
            writer.line(f"Mødetidspunkt: kl. {self.start_time:%H:%M}{until}")
        if self.place:
            writer.line(f"Mødested: {self.place}")
        for label, names in self.people.items():
            if names:
                writer.line(f"{label}: {', '.join(names)}")


class _Writer:
    """Text under construction, with its blocks."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.at = 0
        self.blocks: list[Block] = []

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def line(self, text: str, heading: int | None = None) -> Block:
        """Write a line and return its block; it is a heading of level `heading`, or a paragraph."""
        block = Block(self.at, self.at + len(text), "heading" if heading else "paragraph", level=heading)
        self.blocks.append(block)
        self._write(f"{text}\n")
        return block

    def blank(self) -> None:
        """Write an empty line, unless there is one."""
        if self._pieces and self._pieces[-1] != "\n":
            self._write("\n")

    def document(self, content: SourceDocument) -> None:
        """Write the text of a document, with its blocks."""
        self.blocks += [
            replace(block, start=block.start + self.at, end=block.end + self.at) for block in content.blocks
        ]
        self._write(content.text.rstrip("\n") + "\n")

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self.at += len(text)


def _write_item(writer: _Writer, item: AgendaItem) -> StatedItem:
    writer.blank()
    writer.blank()
    heading = writer.line(f"Punkt {item.number}: {item.title}" if item.number else item.title, heading=1)
    if item.closed:
        writer.line("Lukket punkt")
    if item.case_number:
        writer.line(f"Sagsnr.: {item.case_number}")
    headings = tuple(_write_fields(writer, item.fields))
    if item.attachments:
        writer.blank()
        line = writer.line("Bilag", heading=2)
        headings += (StatedHeading(line.start, line.end),)
        for name in item.attachments:
            writer.line(name)
    return StatedItem(heading.start, item.number, item.title, item.case_number, item.closed, headings)


def _write_fields(writer: _Writer, fields: Iterable[Field]) -> Iterator[StatedHeading]:
    for field in fields:
        if not field.content.text.strip():
            continue
        writer.blank()
        if field.heading:
            line = writer.line(field.heading, heading=2)
            yield StatedHeading(line.start, line.end, field.decision)
        writer.document(field.content)
