"""Labels every line of a generated document, to train and judge a labeller of lines."""

from bisect import bisect_right
from enum import StrEnum

from minutes.reader.records import Document
from minutes.vocabulary import SectionKind


class LineLabel(StrEnum):
    """The part of a document that a line belongs to. A line with a heading and its text is a heading."""

    HEADER = "header"  # before the first item
    ITEM = "item"  # the first line of an item's heading
    ITEM_REST = "item rest"  # title, case number and access on further lines of the heading
    DECISION = "decision"  # heading of the own decision
    PRIOR_DECISION = "prior decision"  # heading of another body's decision
    SECTION = "section"  # any other heading of a section
    TEXT = "text"
    EMPTY = "empty"


_HEADINGS = {
    SectionKind.DECISION: LineLabel.DECISION,
    SectionKind.PRIOR_DECISION: LineLabel.PRIOR_DECISION,
}


def labelled_lines(document: Document) -> list[tuple[str, LineLabel]]:
    """Return the lines of a generated document, each with its label."""
    text = document.text
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)

    def line_at(position: int) -> int:
        return bisect_right(starts, position) - 1

    first_item = line_at(_first_word(text, document.items[0].start)) if document.items else len(lines)
    labels = [LineLabel.HEADER if number < first_item else LineLabel.TEXT for number in range(len(lines))]
    for item in document.items:
        start = line_at(_first_word(text, item.start))
        headed = [section for section in item.sections if section.heading]
        headings = [line_at(len(text[: section.start].rstrip()) - 1) for section in headed]
        texts = [line_at(section.start) for section in item.sections if not section.heading]
        for number in range(start, min([*headings, *texts], default=line_at(item.end))):
            labels[number] = LineLabel.ITEM_REST
        labels[start] = LineLabel.ITEM
        for number, section in zip(headings, headed, strict=True):
            if labels[number] is not LineLabel.ITEM:
                labels[number] = _HEADINGS.get(section.kind, LineLabel.SECTION)
    return [
        (line, label if line.strip() else LineLabel.EMPTY) for line, label in zip(lines, labels, strict=True)
    ]


def _first_word(text: str, start: int) -> int:
    """Return the position of the first character from `start` that is not white space."""
    return start + len(text[start:]) - len(text[start:].lstrip())
