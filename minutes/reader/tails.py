"""Divides a decision from the text behind it, which becomes a passage of its own."""

import re
from collections.abc import Sequence
from itertools import pairwise

from minutes.reader.deciding import decides
from minutes.reader.layout import Line
from minutes.reader.passages import Passage
from minutes.reader.tail_lines import ends_decision, is_of_tail
from minutes.vocabulary import SectionKind

# "2. Service og økonomi" over "11/31929", "(16.35 - 17.05)" or itself: the next item, not read as one
_TITLE = re.compile(r"(?:Punkt\s+|Pkt\.\s+)?\d{1,3}[.:]\s+(?P<title>[A-ZÆØÅ][^.:;]{3,90})")
_UNDER_TITLE = re.compile(
    r"(?:Sags?nr\.?:?\s*)?\d\d(?:\d\d)?[/-]\d{3,6}|\(?(?:kl\.?\s*)?\d{1,2}[.:]\d\d\s*[-–]\s*\d{1,2}[.:]\d\d\)?",
    re.IGNORECASE,
)
# "Bilag til Godkendelse af budget", at the top of a page
_ATTACHED = re.compile(r"Bilag til (?:punkt )?[A-ZÆØÅ\d]")


def without_tail(passage: Passage, following: str = "") -> list[Passage]:
    """Return the passage of a decision, and the text behind the decision in a passage of its own.

    `following` is the first line of the next passage.
    """
    if passage.kind is not SectionKind.DECISION:
        return [passage]
    at = _tail_begins(passage.lines[: _ends(passage, following)])
    tail = passage.lines[at:]
    if not any(line.text for line in tail):
        return [passage]
    decision = Passage(passage.heading, passage.kind, passage.at, decided_by=passage.decided_by)
    behind = Passage(None, SectionKind.OTHER)
    for line in passage.lines[:at]:
        decision.add(line)
    for line in tail:
        behind.add(line)
    starts = {line.start for line in decision.lines}
    decision.asides = [line for line in passage.asides if line.start in starts]
    decision.absentees = [line for line in passage.absentees if line.start in starts]
    return [decision, behind]


def _ends(passage: Passage, following: str) -> int:
    """Return the index of the line at which a decision ends by a label or the next item's title."""
    lines = passage.lines
    printed = [index for index, line in enumerate(lines) if line.text]
    asides = {line.start for line in passage.asides}
    decided = False
    for index, below in pairwise([*printed, None]):
        if index is None:
            break
        text = lines[index].text
        if decided and (_ends_at(text, _above(lines, index)) or _is_folded(lines, index)):
            return index
        title = _TITLE.fullmatch(text) if index != printed[0] else None
        if title and _is_under(title["title"], following if below is None else lines[below].text):
            return index
        decided = decided or lines[index].start not in asides
    return len(lines)


def _ends_at(text: str, above: str) -> bool:
    """Return True if a line ends a decision: a label, or the title of an attachment's page."""
    return ends_decision(text, above) or (not above and bool(_ATTACHED.match(text)) and not decides(text))


def _is_under(title: str, below: str) -> bool:
    """Return True if a line shows that the one above is a title: the title again, or a case number."""
    return below.casefold() == title.casefold() or _UNDER_TITLE.fullmatch(below) is not None


def _is_folded(lines: Sequence[Line], index: int) -> bool:
    """Return True if a link is glued to a line, as to the next item's heading: "BudgetKlik her for at se"."""
    below = lines[index + 1] if index + 1 < len(lines) else None
    return below is not None and below.furniture and below.start == lines[index].end


def _tail_begins(lines: Sequence[Line]) -> int:
    """Return the index of the first line of the tail, or the number of lines."""
    end, below = len(lines), ""
    for index in range(len(lines) - 1, 0, -1):
        line = lines[index]
        if line.blank:
            continue
        if not is_of_tail(line.text, above=_above(lines, index), below=below):
            break
        end, below = index, line.text
    return end


def _above(lines: Sequence[Line], index: int) -> str:
    return lines[index - 1].text if index else ""
