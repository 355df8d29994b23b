"""Text → sentences with their places, so that a fact can quote the words it came from."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from minutes.reader.layout import LIST_MARK, Line, paragraphs

# A sentence ends at a full stop before a capital, a figure or a quotation mark …
_END = re.compile(r"[.!?][\"”»')]*\s+(?=[A-ZÆØÅÉ\"”»(])")
# … unless the stop belongs to an abbreviation, an initial or a number: "nr. 82", "Elvin J. Hansen", "4. maj".
_NO_END = re.compile(
    r"(?:\b(?:nr|pkt|kl|d|bl\.a|f\.eks|mio|ca|stk|jf|evt|inkl|ekskl|vedr|hhv|mv|kr|[A-ZÆØÅ])|\d)\.$"
)


class Sentence(NamedTuple):
    """A sentence: the document's text[start:end]. `first` when it opens a paragraph or a list item."""

    text: str
    start: int
    end: int
    first: bool


def sentences(text: str, lines: Sequence[Line]) -> Iterator[list[Sentence]]:
    """The paragraphs of `lines` as lists of sentences; a list item is a paragraph of its own."""
    for paragraph in paragraphs(lines):
        unit: list[Line] = []
        for line in paragraph:
            if unit and LIST_MARK.match(line.text):
                yield _sentences(text, unit[0].start, unit[-1].end)
                unit = []
            unit.append(line)
        yield _sentences(text, unit[0].start, unit[-1].end)


def _sentences(text: str, start: int, end: int) -> list[Sentence]:
    found: list[Sentence] = []
    at = start
    for match in _END.finditer(text, start, end):
        stop = match.start() + 1
        if _NO_END.search(text, max(at, stop - 12), stop):
            continue
        stop = match.start() + len(match[0].rstrip())
        found.append(Sentence(text[at:stop], at, stop, not found))
        at = match.end()
    if at < end:
        found.append(Sentence(text[at:end], at, end, not found))
    return found
