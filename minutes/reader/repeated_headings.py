"""Headings of decisions known by what follows them, in documents whose words for them no table has.

A line that most items have, with a decision below or behind it ("Opsamling" over "Godkendt."), heads
decisions where no other heading does.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from minutes.reader.deciding import decides
from minutes.reader.headings import heading_kind, noun_kind, weak_kind
from minutes.reader.layout import Line
from minutes.reader.names import is_name
from minutes.vocabulary import SectionKind

_LONGEST = 60
_FEWEST_ITEMS = 2
_DIGITS = re.compile(r"\d+")
# "Opsamling", "Opsamling:", "Opsamling: Godkendt."
_LABEL = re.compile(
    r"(?P<head>[A-ZÆØÅ][\w æøåÆØÅ/(),.-]{2,58}?)(?P<colon>\s*:)?(?:(?<=:)\s*(?P<rest>\S.*))?$"
)
_VOTES = re.compile(r"(?:For|Imod|Mod|Undlod|Hverken|Ad|Punkt|Pkt|Forslag)\b", re.IGNORECASE)
# Kinds of headings under which a decision can be, as far as their words say.
_CAN_DECIDE = {
    None,
    SectionKind.OTHER,
    SectionKind.DECISION,
    SectionKind.CASE_FLOW,
    SectionKind.COMMUNICATION,
}


class Repeated(NamedTuple):
    """A line that can head a decision: its text[:end], and where the decision begins on it."""

    item: int
    start: int
    end: int
    rest: int
    decides: bool


def repeated_headings(bodies: Sequence[Sequence[Line]]) -> list[Repeated]:
    """Return the lines of the heading that most items have and under which most decide, or none."""
    by_key: dict[str, list[Repeated]] = defaultdict(list)
    for item, body in enumerate(bodies):
        for key, line in _labels(item, body):
            by_key[key].append(line)
    best: list[Repeated] = []
    for _, lines in sorted(by_key.items()):
        items = {line.item for line in lines}
        if len(items) < len(lines) or 2 * len(items) <= len(bodies) or len(items) < _FEWEST_ITEMS:
            continue
        deciding = sum(line.decides for line in lines)
        if 2 * deciding > len(lines) and deciding >= _FEWEST_ITEMS and len(lines) > len(best):
            best = lines
    return best


def _labels(item: int, body: Sequence[Line]) -> Iterator[tuple[str, Repeated]]:
    printed = [line for line in body if line.text]
    for index, line in enumerate(printed):
        match = _LABEL.match(line.text) if line.text[:1].isupper() else None
        if match is None or (match["rest"] is None and len(line.text) > _LONGEST):
            continue
        head = match["head"]
        if not _can_head(head):
            continue
        end = match.end("colon") if match["colon"] else match.end("head")
        below = printed[index + 1].text if index + 1 < len(printed) else ""
        rest = match.start("rest") if match["rest"] else len(line.text)
        follows = match["rest"] or below
        yield (
            _DIGITS.sub("#", head.casefold()),
            Repeated(item, line.start, end, rest, bool(follows) and decides(follows)),
        )


def _can_head(head: str) -> bool:
    kind = heading_kind(head) or weak_kind(head) or noun_kind(head)
    return kind in _CAN_DECIDE and not (_VOTES.match(head) or decides(head) or is_name(head))
