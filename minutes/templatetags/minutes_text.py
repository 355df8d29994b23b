"""A passage's clean text as blocks to show, and a ballot as a bar."""

import re
from dataclasses import dataclass, field
from itertools import groupby

from django import template

from minutes.models import Ballot

register = template.Library()

_BULLET = re.compile(r"- (?P<text>.*)")
_NUMBERED = re.compile(r"(?P<number>\d{1,3})[.)]\s+(?P<text>.*)")
# A cell that a table's head can have above figures: words, nothing, a year, "1.000 kr."
_HEAD_CELL = re.compile(r"(?:(?:19|20)\d\d|1\.?000 kr\.?|[^\d]*)")
_LONGEST_SUBHEADING = 80


@dataclass
class Block:
    """A paragraph, a subheading, a list (of bullets or numbers) or a table, as `kind` says."""

    kind: str
    text: str = ""
    entries: list[tuple[str, str]] = field(default_factory=list)  # (number or "", text) of a list
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


@register.filter
def blocks(clean: str) -> list[Block]:
    """The blocks of a section's clean text, plain strings all of them: the template escapes."""
    found: list[Block] = []
    paragraphs = [each for each in clean.split("\n\n") if each.strip()]
    for place, paragraph in enumerate(paragraphs):
        following = paragraphs[place + 1] if place + 1 < len(paragraphs) else ""
        for kind, lines in groupby(paragraph.split("\n"), key=_kind):
            found.append(_block(kind, list(lines), following))
    return found


def _kind(line: str) -> str:
    if "\t" in line:
        return "table"
    if _BULLET.match(line):
        return "bullets"
    return "numbers" if _NUMBERED.match(line) else "paragraph"


def _block(kind: str, lines: list[str], following: str) -> Block:
    if kind == "table":
        rows = [line.split("\t") for line in lines]
        width = max(map(len, rows))
        rows = [row + [""] * (width - len(row)) for row in rows]
        has_head = len(rows) > 1 and all(_HEAD_CELL.fullmatch(cell.strip()) for cell in rows[0])
        return Block(kind, head=rows[0] if has_head else [], rows=rows[1:] if has_head else rows)
    if kind == "bullets":
        return Block(kind, entries=[("", line[2:].strip()) for line in lines])
    if kind == "numbers":
        matches = [match for match in map(_NUMBERED.match, lines) if match]
        return Block(kind, entries=[(match["number"], match["text"]) for match in matches])
    text = " ".join(lines)
    is_label = len(text) <= _LONGEST_SUBHEADING and text[-1:] not in ".,;:!?)" and len(following) > len(text)
    return Block("subheading" if is_label and _kind(following) == "paragraph" else "paragraph", text)


@register.inclusion_tag("minutes/_ballot_bar.html")
def ballot_bar(ballot: Ballot) -> dict[str, object]:
    """The counts of a ballot as parts of a bar a hundred units wide; nothing when none is known."""
    counts = (
        ("for", ballot.for_count),
        ("against", ballot.against_count),
        ("abstained", ballot.abstained_count),
    )
    total = sum(count or 0 for _side, count in counts)
    parts, at = [], 0.0
    for side, count in counts:
        if count:
            width = 100 * count / total
            parts.append({"side": side, "at": f"{at:.2f}", "width": f"{width:.2f}"})
            at += width
    return {"ballot": ballot, "parts": parts}


@register.filter
def votes_for(ballot: Ballot) -> list[object]:
    return [vote for vote in ballot.votes.all() if vote.choice == "for"]


@register.filter
def votes_against(ballot: Ballot) -> list[object]:
    return [vote for vote in ballot.votes.all() if vote.choice == "against"]


@register.filter
def votes_abstained(ballot: Ballot) -> list[object]:
    return [vote for vote in ballot.votes.all() if vote.choice == "abstained"]
