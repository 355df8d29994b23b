"""Text → lines and paragraphs, each with its place; and lines → text for reading."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

# "- punkt", "• punkt", "1. at", "2) at", "a) tekst"
LIST_MARK = re.compile(r"(?:[-–•·*]|\d{1,3}[.)]|[a-zæøå]\))\s+")
_BULLET = re.compile(r"[-–•·*]\s+")
# The shortest paragraph that can have been cut by a page's end: shorter ones are headings and labels.
_SHORTEST_CUT = 70
# "1. at", "2) at"
_NUMBERED = re.compile(r"\d{1,3}[.)]\s")
# "social- og sundhed": the hyphen stands for a word left out, not for a word that was divided.
_KEEPS_HYPHEN = re.compile(r"(?:og|eller|samt|til)\b")


# "???????": a line that was lost on its way; it stands for no words.
UNREADABLE = re.compile(r"\?{3,}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it: `text` is the document's text[start:end]."""

    text: str
    start: int
    end: int

    @property
    def blank(self) -> bool:
        return not self.text


# "Byrådet   27-03-2014   Side 4", "Side 3 af 12": at the head or foot of every page
_PAGE = re.compile(r"(?:.{0,90}\s)?Side:?\s\d{1,4}(?:\s(?:af|/)\s\d{1,4})?", re.IGNORECASE)
_FEWEST_PAGES = 3
_FIGURES = re.compile(r"\d+")


def lines_of(text: str) -> list[Line]:
    """Every line of `text`, blank ones too. A form feed ends a line; what every page repeats is blank."""
    lines = []
    start = 0
    furniture = _furniture(text)
    for raw in text.replace("\f", "\n").split("\n"):
        stripped = raw.strip()
        if UNREADABLE.fullmatch(stripped) or (furniture and _without_figures(stripped) in furniture):
            stripped = ""
        at = start + (len(raw) - len(raw.lstrip()) if stripped else 0)
        # The first cell of a table can be empty: its tab is kept.
        if "\t" in stripped and raw.startswith("\t"):
            at, stripped = start, raw.rstrip()
        lines.append(Line(stripped, at, at + len(stripped)))
        start += len(raw) + 1
    return lines


def _furniture(text: str) -> set[str]:
    """The lines with a page number that at least three pages have, their figures aside."""
    seen = Counter(
        _without_figures(line.strip())
        for line in text.replace("\f", "\n").split("\n")
        if "ide" in line and len(line) < 200 and _PAGE.fullmatch(line.strip())
    )
    return {line for line, times in seen.items() if times >= _FEWEST_PAGES}


def _without_figures(line: str) -> str:
    return _FIGURES.sub("#", line)


def paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The runs of lines between blank ones."""
    for blank, run in groupby(lines, key=lambda line: line.blank):
        if not blank:
            yield list(run)


def span(lines: Sequence[Line]) -> tuple[int, int] | None:
    """From the first to the last line that is not blank, or None."""
    printed = [line for line in lines if not line.blank]
    return (printed[0].start, printed[-1].end) if printed else None


def clean(lines: Sequence[Line]) -> str:
    """`lines` for reading: paragraphs apart by an empty line, divided words and cut sentences joined.

    Table rows stay lines with tabs between their cells, list items lines that begin with "- " or their
    number.
    """
    blocks: list[str] = []
    for paragraph in paragraphs(lines):
        block = _block(paragraph)
        if blocks and _was_cut(blocks[-1], block):
            blocks[-1] = _joined(blocks[-1], block)
        elif blocks and _both_lists(blocks[-1], block):
            blocks[-1] = f"{blocks[-1]}\n{block}"
        else:
            blocks.append(block)
    return "\n\n".join(blocks)


def _block(paragraph: Sequence[Line]) -> str:
    rows: list[str] = []
    for line in paragraph:
        text = _BULLET.sub("- ", line.text, count=1) if _BULLET.match(line.text) else line.text
        stands_alone = "\t" in text or LIST_MARK.match(text) or (rows and "\t" in rows[-1])
        if rows and not stands_alone:
            rows[-1] = _joined(rows[-1], text)
        else:
            rows.append(text)
    return "\n".join(rows)


def _joined(before: str, after: str) -> str:
    if before.endswith("\u00ad"):
        return before[:-1] + after
    divided = before.endswith("-") and before[-2:-1].isalpha() and after[:1].islower()
    if divided and not _KEEPS_HYPHEN.match(after):
        return before[:-1] + after
    return f"{before} {after}"


def _was_cut(before: str, after: str) -> bool:
    last = before.rsplit("\n", 1)[-1]
    return (
        len(last) >= _SHORTEST_CUT
        and (last[-1].isalpha() or last[-1] == ",")
        and "\t" not in last + after
        and after[:1].islower()
        and not after.startswith("at ")
        and not LIST_MARK.match(after)
    )


def _both_lists(before: str, after: str) -> bool:
    """Whether both are list items of one kind, printed with an empty line between them."""
    first = before.rsplit("\n", 1)[-1]
    return any(mark.match(first) and mark.match(after) for mark in (_BULLET, _NUMBERED))


def contents_title(line: str) -> str:
    """The title on a line of the contents list: "Nyt varmeværk.....3", "Nyt varmeværk <tab> 3"; else ""."""
    ahead = line.rstrip("0123456789")
    title = ahead.rstrip(". \t")
    leader = ahead[len(title) :]
    return title if len(ahead) < len(line) and ("..." in leader or "\t" in leader) else ""
