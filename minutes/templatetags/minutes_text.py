"""A passage's clean text as blocks to show, and a ballot as a bar."""

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from minutes.models import AgendaItem, Ballot
from minutes.models.meetings import OUTCOMES
from minutes.models.votes import BALLOT_RESULTS
from minutes.privacy import replace_masks
from minutes.vocabulary import BallotSubject, Outcome

register = template.Library()

_OUTCOME_NAMES = dict(OUTCOMES)

_BULLET = re.compile(r"- (?P<text>.*)")
_NUMBERED = re.compile(r"(?P<number>\d{1,3})[.)]\s+(?P<text>.*)")
# "1.906.179", "-500", "12,5 %", "4,2 mio. kr."
_FIGURE = re.compile(r"[-+−–]?\d[\d.,]*\s*(?:%|pct\.?|kr\.?|mio\.? kr\.?|t\.?kr\.?)?")
# What looks like a figure in a table's head and is none: a year, the unit "1.000 kr."
_LABEL = re.compile(r"(?:19|20)\d\d|1\.?000 kr\.?")
_LONGEST_SUBHEADING = 80


@dataclass
class Block:
    """A paragraph, a subheading, a list (of bullets or numbers) or a table, as `kind` says."""

    kind: str
    text: str = ""
    lines: list[str] = field(
        default_factory=list
    )  # of a paragraph: what its writer put on lines of their own
    entries: list[tuple[str, str]] = field(default_factory=list)  # (number or "", text) of a list
    # Of a table: (text, whether its column holds figures) of each cell.
    head: list[tuple[str, bool]] = field(default_factory=list)
    rows: list[list[tuple[str, bool]]] = field(default_factory=list)


@register.filter
def shown(text: str | None) -> str:
    """`text` with what is covered in it told as such: "[CPR-nummer fjernet]"; the template escapes."""
    return replace_masks(text or "")


@register.simple_tag
def outcome(item: AgendaItem) -> SafeString:
    """A badge that tells what became of the item, where anything did."""
    if item.outcome == Outcome.NONE:
        return mark_safe("")
    name = _OUTCOME_NAMES[item.outcome]
    return format_html('<span class="outcome outcome-{}">{}</span>', item.outcome, name)


@register.filter
def told(value: Any) -> str:
    """What a correction says, in a line: a title, an outcome, a ballot, a meeting's day and committee."""
    if value is None:
        return _("intet")
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if not isinstance(value, dict):
        return shown(str(_OUTCOME_NAMES.get(value, value)))
    if "date" in value:
        return f"{value['committee']}, {value['date']}"
    sides = ((_("for"), "for"), (_("imod"), "against"), (_("undlod"), "abstained"))
    parts = []
    for label, side in sides:
        names = ", ".join(value[f"{side}_names"])
        if value[side] is not None or names:
            parts.append(
                f"{label} {'?' if value[side] is None else value[side]}" + (f" ({names})" if names else "")
            )
    result = dict(BALLOT_RESULTS)[value["result"]]
    return shown(f"{', '.join(parts) or _('uden tal')} – {str(result).lower()}")


@register.filter
def blocks(clean: str) -> list[Block]:
    """The blocks of a section's clean text, plain strings all of them: the template escapes."""
    found: list[Block] = []
    paragraphs = [each for each in shown(clean).split("\n\n") if each.strip()]
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
        return _table([[cell.strip() for cell in line.split("\t")] for line in lines])
    if kind == "bullets":
        return Block(kind, entries=[("", line[2:].strip()) for line in lines])
    if kind == "numbers":
        matches = [match for match in map(_NUMBERED.match, lines) if match]
        return Block(kind, entries=[(match["number"], match["text"]) for match in matches])
    text = lines[0] if len(lines) == 1 else ""
    is_label = (
        0 < len(text) <= _LONGEST_SUBHEADING and text[-1] not in ".,;:!?)" and len(following) > len(text)
    )
    if is_label and _kind(following) == "paragraph":
        return Block("subheading", text)
    return Block("paragraph", lines=lines)


def _table(rows: list[list[str]]) -> Block:
    """A table whose first row is its head when figures stand below it and none in it."""
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    body = rows[1:] or rows
    figures = [2 * sum(_is_figure(row[column]) for row in body) > len(body) for column in range(width)]
    has_head = len(rows) > 1 and any(figures) and not any(map(_is_figure, rows[0]))
    cells = [list(zip(row, figures, strict=True)) for row in rows]
    return Block("table", head=cells[0] if has_head else [], rows=cells[1:] if has_head else cells)


def _is_figure(cell: str) -> bool:
    return bool(_FIGURE.fullmatch(cell)) and not _LABEL.fullmatch(cell)


# Quotation marks by pairs, as minutes print them.
_QUOTATION = re.compile(r"[\"“”»„](?P<said>[^\"“”«»„]*)[\"“”«]")


@register.filter
def unquoted(text: str) -> str:
    """`text` without the quotation marks around it, where the page sets its own."""
    match = _QUOTATION.fullmatch(text)
    return match["said"] if match else text


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
def counts(ballot: Ballot) -> list[tuple[int, str]]:
    """The known counts of a ballot with the words of their sides: (5, "for"), (2, "imod")."""
    sides = (
        (ballot.for_count, _("for")),
        (ballot.against_count, _("imod")),
        (ballot.abstained_count, _("undlod")),
    )
    return [(count, side) for count, side in sides if count is not None]


@register.filter
def voted_on(ballot: Ballot) -> str:
    """What a ballot was on, as its heading: the matter itself, an amendment, or a part "part 2" of it."""
    if ballot.subject == BallotSubject.MAIN:
        return _("Afstemning")
    if ballot.subject == BallotSubject.AMENDMENT:
        return _("Afstemning om ændringsforslag")
    return _("Afstemning om del %(part)s") % {"part": ballot.subject.removeprefix("part ")}


@register.filter
def votes_for(ballot: Ballot) -> list[object]:
    return [vote for vote in ballot.votes.all() if vote.choice == "for"]


@register.filter
def votes_against(ballot: Ballot) -> list[object]:
    return [vote for vote in ballot.votes.all() if vote.choice == "against"]


@register.filter
def votes_abstained(ballot: Ballot) -> list[object]:
    return [vote for vote in ballot.votes.all() if vote.choice == "abstained"]
