"""Paragraphs as printed and as a reader returns them, annotated with the facts that they state."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from minutes.reader.records import Record


class Annotation(NamedTuple):
    """A fact and the half-open span of its paragraph that states it."""

    record: type[Record]  # Ballot, Statement or Reference
    start: int
    end: int
    fields: dict[str, Any]

    def shifted(self, offset: int) -> "Annotation":
        return self._replace(start=self.start + offset, end=self.end + offset)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as printed, with its annotations.

    `clean` is the text without line breaks, hyphenation and page breaks; empty if it equals `text`.
    """

    text: str
    clean: str = ""
    annotations: tuple[Annotation, ...] = ()
    reservations: tuple[str, ...] = ()  # sentences in which parties express reservations

    @property
    def clean_text(self) -> str:
        return self.clean or self.text


def join_paragraphs(separator: str, paragraphs: Iterable[Paragraph]) -> Paragraph:
    """Join paragraphs into one, with `separator` between them."""
    texts: list[str] = []
    clean_texts: list[str] = []
    annotations: list[Annotation] = []
    offset = 0
    for paragraph in paragraphs:
        texts.append(paragraph.text)
        clean_texts.append(paragraph.clean_text)
        annotations += [annotation.shifted(offset) for annotation in paragraph.annotations]
        offset += len(paragraph.text) + len(separator)
    return Paragraph(separator.join(texts), separator.join(clean_texts), tuple(annotations))


class Edit(NamedTuple):
    """Replaces the characters from `start` to `end`."""

    start: int
    end: int
    replacement: str


def apply_edits(paragraph: Paragraph, edits: Sequence[Edit]) -> Paragraph:
    """Change the printed text; the clean text and the words of annotations stay the same.

    Edits must be in text order and must not touch the first or last character of an annotation.
    """
    pieces: list[str] = []
    end = 0
    for edit in edits:
        pieces += (paragraph.text[end : edit.start], edit.replacement)
        end = edit.end
    pieces.append(paragraph.text[end:])

    def moved(position: int) -> int:
        return position + sum(
            len(edit.replacement) - (edit.end - edit.start) for edit in edits if edit.start < position
        )

    annotations = tuple(
        annotation._replace(start=moved(annotation.start), end=moved(annotation.end))
        for annotation in paragraph.annotations
    )
    return Paragraph("".join(pieces), paragraph.clean_text, annotations)
