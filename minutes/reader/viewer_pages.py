"""Pages of a PDF viewer: each is a line that begins with its number, "3 284. Godkendelse af dagsorden …"."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from minutes.reader.phrases import Row

# "Transkript": the viewer's heading over the pages
_HEADING = "Transkript"
_NUMBER = re.compile(r"\s*(\d{1,3}) (?=\S)")
# "… Lise Holm 1", "… Side 2", "… 25 2": the page's own number at its end
_LAST = re.compile(r"(?<= )(?:[Ss]ide |SIDE )?(\d{1,3})\s*\Z")
_TAIL = 14
_FEWEST_NUMBERED = 2


class Page(NamedTuple):
    """A page in one line: its text is text[start:end], without the numbers around it."""

    row: int
    start: int
    end: int


def viewer_pages(text: str, rows: Sequence[Row]) -> list[Page]:
    """Return the pages of a PDF viewer's text, in order; none when the text is no such text."""
    numbered = list(_numbered(text, rows))
    if not numbered:
        return []
    above = text[max(0, numbered[0][1].start() - 40) : numbered[0][1].start()].split()
    if above[-1:] != [_HEADING]:
        return []
    ends = [
        _LAST.search(text, max(match.end(), rows[row].end - _TAIL), rows[row].end) for row, match in numbered
    ]
    agreeing = [
        end is not None and end[1] == match[1] for end, (_, match) in zip(ends, numbered, strict=True)
    ]
    cut_last = sum(agreeing) >= _FEWEST_NUMBERED
    return [
        Page(row, match.end(), end.start() if end and agrees and cut_last else rows[row].end)
        for (row, match), end, agrees in zip(numbered, ends, agreeing, strict=True)
    ]


def _numbered(text: str, rows: Sequence[Row]) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield the lines numbered 1, 2, 3 …, with the match of the number."""
    following = 1
    for number, row in enumerate(rows):
        match = _NUMBER.match(text, row.start, row.end)
        if match and int(match[1]) == following:
            yield number, match
            following += 1
