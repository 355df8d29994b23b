"""Text → lines, each with its place; lines that every page repeats are marked as furniture."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec

from minutes.reader.broken_words import broken_words
from minutes.reader.flat import rows_of
from minutes.reader.furniture import find_furniture
from minutes.reader.phrases import HEADINGS, TITLES, Row

# "???????": a line that was lost on its way; it stands for no words.
UNREADABLE = re.compile(r"\?{3,}")
# "-----", "_____": a line that was drawn
_DRAWN = re.compile(r"[-_=*–—]{4,}")
# Spaces of other widths, signs that fonts have for bullets, hyphens of other kinds
_SPACES = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
_BULLETS = "\u25aa\u25cf\u25cb\u25e6\u25a0\u25a1\u25ba\u2023\u2043\u2219\uf0a7\uf0b7"
_HYPHENS = "\u2010\u2011\u0335\uf02d"
_PLAIN = str.maketrans(
    dict.fromkeys("\u00a0\u202f\u205f\u3000", " ")
    | {chr(code): " " for code in range(0x2000, 0x200B)}
    | dict.fromkeys(_BULLETS, "•")
    | dict.fromkeys(_HYPHENS, "-")
)
# Marks of width zero and tags of HTML within a line, which are dropped
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u2060-\u2064](?=.)|</?(?:b|i|u|em|strong|span|font|a|sup|sub)(?: [^<>]{0,200})?>",
    re.IGNORECASE,
)
_ODD = re.compile(f"[{_SPACES}{_BULLETS}{_HYPHENS}\u00ad\u200b-\u200f\u2060-\u2064]")
_TAG = re.compile(r"</?[a-zA-Z]{1,6}[ >]")
# "R E F E R A T   F R A   M Ø D E T"
_SPACED = re.compile(r"(?:\w ){3,}\w(?: {2,}(?:\w ){2,}\w)*")
_SPACED_WORDS = re.compile(r"\w+(?:udvalg|udvalget|råd|rådet|kommune|protokol|styrelsen)")
_DRAWN_WITH = frozenset({"???", *(character * 4 for character in "?-_=*–—")})


# "Nyt varmeværk...xv"
_ROMAN = "ivxl"
_ROMAN_PAGE = re.compile(r"(\.{3,} ?)[ivxl]{1,6}$")


class Line(msgspec.Struct, frozen=True, gc=False):
    """A line without the white space around it, its soft hyphens and odd spaces undone.

    It is the document's text[start:end]. A line of page furniture has no text; `furniture` tells it from
    an empty line. `dropped` are the places in `text` before which a character was left out. `listed`: an
    entry of a contents list whose titles come again. `cell`: an "item" or its "decision" in a table.
    """

    text: str
    start: int
    end: int
    furniture: bool = False
    dropped: tuple[int, ...] = ()
    listed: bool = False
    cell: str = ""

    @property
    def blank(self) -> bool:
        return not self.text

    def at(self, index: int) -> int:
        """Return the place in the document of the line's character `index`."""
        if not self.dropped:
            return self.start + index
        return self.start + index + bisect_right(self.dropped, index)

    def part(self, start: int, end: int | None = None) -> "Line":
        """The line's text[start:end] as a line, without the white space around it."""
        end = len(self.text) if end is None else end
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        words = words.strip()
        end = start + len(words)
        dropped = tuple(place - start for place in self.dropped if start < place < end)
        return Line(words, self.at(start), self.at(end - 1) + 1 if words else self.at(start), False, dropped)


def lines_of(text: str) -> list[Line]:
    """Return every line of `text`, blank ones between them too.

    A form feed ends a line; furniture is blank; lines that are several joined are cut, with a blank one
    between what was printed apart.
    """
    lines: list[Line] = []
    rows = rows_of(text)
    raws = [text[row.start : row.end] for row in rows]
    furniture = find_furniture(text, rows, raws)
    broken = sorted(broken_words(text))
    odd = _ODD.search(text) is not None or ("<" in text and _TAG.search(text) is not None)
    for number, (row, raw) in enumerate(zip(rows, raws, strict=True)):
        if row.gap and lines and lines[-1].text:
            lines.append(Line("", row.start, row.start))
        if number in furniture:
            lines.append(Line("", row.start, row.start, furniture=True))
        else:
            line = _line(row, raw, odd=odd)
            lines.append(_joined(line, broken) if broken else line)
    return _without_blank_ends(lines)


def _without_blank_ends(lines: list[Line]) -> list[Line]:
    """Return the lines without blank ones at the beginning and the end, which say nothing of the layout."""
    filled = [number for number, line in enumerate(lines) if line.text or line.furniture]
    return lines[filled[0] : filled[-1] + 1] if filled else lines


def _line(row: Row, raw: str, *, odd: bool) -> Line:
    stripped = raw.strip()
    if stripped[:4] in _DRAWN_WITH and (UNREADABLE.fullmatch(stripped) or _DRAWN.fullmatch(stripped)):
        stripped = ""
    start = row.start + (len(raw) - len(raw.lstrip()) if stripped else 0)
    # The first cell of a table can be empty: its tab is significant.
    if "\t" in stripped and raw.startswith("\t"):
        start, stripped = row.start, raw.rstrip()
    end = start + len(stripped)
    dropped: tuple[int, ...] = ()
    if odd and stripped:
        dropped, stripped = _without_odd(stripped)
    if stripped[1:2] == " " and stripped[3:4] == " " and not dropped and _SPACED.fullmatch(stripped):
        dropped, stripped = _without_spacing(stripped)
    if row.separator:
        stripped = stripped.replace("|", row.separator).replace("\t", row.separator)
    return Line(stripped, start, end, False, dropped, row.listed, row.cell)


def _joined(line: Line, broken: Sequence[int]) -> Line:
    """Return the line without the characters at the places `broken`, if nothing else was dropped from it."""
    places = broken[bisect_left(broken, line.start) : bisect_left(broken, line.end)]
    if not places or line.dropped or len(line.text) != line.end - line.start:
        return line
    characters = [character for at, character in enumerate(line.text, line.start) if at not in places]
    dropped = tuple(place - line.start - index for index, place in enumerate(places))
    return Line("".join(characters), line.start, line.end, False, dropped, line.listed, line.cell)


def _without_odd(line: str) -> tuple[tuple[int, ...], str]:
    """Return where characters were dropped, and the line; a soft hyphen at its end divides a word."""
    places: list[int] = []
    for match in _INVISIBLE.finditer(line):
        places += [match.start() - len(places)] * len(match[0])
    return tuple(places), _INVISIBLE.sub("", line).translate(_PLAIN)


def _without_spacing(line: str) -> tuple[tuple[int, ...], str]:
    """Return where spaces were dropped, and the line, if it is a known word: "R E F E R A T" is "REFERAT"."""
    words = [word.replace(" ", "") for word in re.split(" {2,}", line)]
    if not any(word.lower() in HEADINGS | TITLES or _SPACED_WORDS.fullmatch(word.lower()) for word in words):
        return (), line
    joined = " ".join(words)
    places = []
    at = 0
    for index, character in enumerate(joined):
        while line[at] != character:
            places.append(index)
            at += 1
        at += 1
    return tuple(places), joined


def paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The runs of lines between blank ones."""
    for blank, run in groupby(lines, key=lambda line: not line.text):
        if not blank:
            yield list(run)


def span(lines: Sequence[Line]) -> tuple[int, int] | None:
    """Return the place from the first to the last line that is not blank, or None."""
    first = next((line for line in lines if line.text), None)
    if first is None:
        return None
    return first.start, next(line for line in reversed(lines) if line.text).end


def contents_title(line: str) -> str:
    """The title on a line of the contents list: "Nyt varmeværk.....3", "Nyt varmeværk <tab> 3"; else ""."""
    ahead = line.rstrip("0123456789")
    if ahead == line and line[-1:] in _ROMAN and (page := _ROMAN_PAGE.search(line)):
        ahead = line[: page.end(1)]
    title = ahead.rstrip(". \t…")
    leader = ahead[len(title) :]
    leads = "..." in leader or "\t" in leader or ". . ." in leader or "…" in leader
    return title if len(ahead) < len(line) and leads else ""
