"""Text that belongs to no item though it reads like one: a doubt, so that nothing is lost unseen."""

import re
from collections.abc import Sequence
from itertools import pairwise

from minutes.reader.deciding import decides
from minutes.reader.headings import heading_kind
from minutes.reader.items import Agenda
from minutes.reader.layout import Line, contents_title
from minutes.reader.notices import doubt
from minutes.reader.records import Doubt
from minutes.vocabulary import SectionKind

# Headings that occur under an item's heading only.
_OF_ITEMS = frozenset({SectionKind.DECISION, SectionKind.RECOMMENDATION, SectionKind.PRESENTATION})
# The shortest line that is a sentence under a heading.
_SHORTEST_SENTENCE = 12
# "For stemte: 5 (T+V)", "Imod stemte Ane Holm", among the remarks of the header; "Ad 1. Godkendt."
_VOTERS = re.compile(r"(?:For|Imod) stemte:?\s+[\dA-ZÆØÅ]|Ad \d{1,2}[.:] ")


# "Godkendelse af dagsorden: Godkendt", among the lines of the header
_DECIDED_AHEAD = re.compile(r"(?:Godkendelse af|Dagsorden(?:en)?\b)[^:]{0,40}:\s*(?P<rest>.*)")


def text_left_over(agenda: Agenda) -> list[Doubt]:
    """Return doubts about sections above the first item and below the line that closes the document."""
    doubts = []
    before = _section_in(agenda.before) if agenda.items else None
    if before:
        doubts.append(doubt("text_before_items", before.start, before.end))
    after = _section_in(agenda.after)
    if after:
        doubts.append(doubt("text_after_end", after.start, after.end))
    return doubts


def _section_in(lines: Sequence[Line]) -> Line | None:
    """Return the first line that lists voters, or heads a section of an item and has text under it."""
    printed = [line for line in lines if line.text]
    voters = next((line for line in printed if _VOTERS.match(line.text)), None)
    if voters:
        return voters
    for line, below in pairwise(printed):
        ahead = _DECIDED_AHEAD.fullmatch(line.text)
        if ahead and decides(ahead["rest"] or below.text):
            return line
        if (
            heading_kind(line.text) in _OF_ITEMS
            and len(below.text) >= _SHORTEST_SENTENCE
            and not contents_title(below.text)
        ):
            return line
    return None
