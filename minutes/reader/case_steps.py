"""The steps of a case's way, a body and a day each, between the lines of an item."""

import re
from collections.abc import Sequence

from minutes.reader.bodies import COMMITTEE
from minutes.reader.dates import DATE
from minutes.reader.headings import LONGEST_LEARNED
from minutes.reader.layout import Line
from minutes.reader.passages import Passage
from minutes.vocabulary import SectionKind

# "Teknisk Udvalg den 4. maj 2020": a step of a case's way, where the next line is one too
_STEP = re.compile(rf"(?:[-–•·]\s*)?{COMMITTEE},?\s+(?:(?:d\.|den)\s*)?{DATE}\.?")


def is_step(body: Sequence[Line], index: int) -> bool:
    """Return True if a line is a step, and one of its neighbours too."""
    if not body[index].text.rstrip(".")[-1:].isdigit():
        return False
    near = (body[at].text for at in (index - 1, index + 1) if 0 <= at < len(body))
    return bool(_STEP.fullmatch(body[index].text)) and any(map(_STEP.fullmatch, near))


def ends_steps(body: Sequence[Line], index: int) -> bool:
    """Return True if the line has an empty one above it, and no step next to it."""
    if index == 0 or not body[index - 1].blank:
        return False
    following = next((line.text for line in body[index + 1 : index + 4] if line.text), "")
    return bool(following) and not _STEP.fullmatch(following)


def steps_passage(now: Passage, line: Line) -> Passage:
    """Return the passage of the steps that begin at `line`; the line right above can be its heading."""
    above = now.lines[-1] if now.lines else None
    if above and above.text and len(above.text) <= LONGEST_LEARNED and above.text[-1] not in ".,:;":
        now.lines.pop()
        now.empty = not any(line.text for line in now.lines)
        return Passage(above.text, SectionKind.CASE_FLOW, above)
    return Passage(None, SectionKind.CASE_FLOW, line)
