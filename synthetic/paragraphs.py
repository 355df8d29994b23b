"""Paragraphs as they are printed and as they read, with the facts that their words say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from minutes.reader.records import Record


class Said(NamedTuple):
    """A fact and the characters of its paragraph that say it, half-open."""

    record: type[Record]  # Ballot, Statement, Reference
    start: int
    end: int
    facts: dict[str, Any]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as printed, as it reads with the printing undone, and what is said in it."""

    text: str
    clean: str = ""
    said: tuple[Said, ...] = ()
    reservations: tuple[str, ...] = ()  # sentences by which parties take reservations

    @property
    def reads(self) -> str:
        return self.clean or self.text


def joined(apart: str, paragraphs: Iterable[Paragraph]) -> Paragraph:
    """The paragraphs as one, `apart` between them."""
    texts: list[str] = []
    said: list[Said] = []
    cleans: list[str] = []
    at = 0
    for each in paragraphs:
        texts.append(each.text)
        cleans.append(each.reads)
        said += [fact._replace(start=fact.start + at, end=fact.end + at) for fact in each.said]
        at += len(each.text) + len(apart)
    return Paragraph(apart.join(texts), apart.join(cleans), tuple(said))


class Edit(NamedTuple):
    """The characters from `start` to `end` give way to `put`."""

    start: int
    end: int
    put: str


def edited(paragraph: Paragraph, edits: Sequence[Edit]) -> Paragraph:
    """The paragraph printed otherwise: it reads as before, and its facts keep to their words.

    The edits come in the order of the text and touch neither the first nor the last character of a fact.
    """
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += (paragraph.text[at : edit.start], edit.put)
        at = edit.end
    pieces.append(paragraph.text[at:])

    def moved(place: int) -> int:
        return place + sum(len(edit.put) - (edit.end - edit.start) for edit in edits if edit.start < place)

    said = tuple(each._replace(start=moved(each.start), end=moved(each.end)) for each in paragraph.said)
    return Paragraph("".join(pieces), paragraph.reads, said)
