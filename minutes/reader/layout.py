"""Text → lines, each with its place; what every page repeats is told from what is said."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec

# "???????": a line that was lost on its way; it stands for no words.
UNREADABLE = re.compile(r"\?{3,}")
# "-----", "_____": a line that was drawn
_DRAWN = re.compile(r"[-_=*–—]{4,}")
# Spaces of other widths, which stand for a space; marks of width zero, which stand for nothing.
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " "))
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060](?=.)")
_ODD = re.compile("[\u00a0\u2007\u2009\u202f\u3000\u00ad\u200b\u200c\u200d\u2060]")


class Line(msgspec.Struct, frozen=True):
    """A line without the white space around it, its soft hyphens and odd spaces undone.

    It is the document's text[start:end]. A line of page furniture has no text; `furniture` tells it from
    an empty line. `dropped` are the places in `text` before which a character was left out.
    """

    text: str
    start: int
    end: int
    furniture: bool = False
    dropped: tuple[int, ...] = ()

    @property
    def blank(self) -> bool:
        return not self.text

    def at(self, index: int) -> int:
        """Where character `index` of the line stands in the document."""
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
        dropped = tuple(each - start for each in self.dropped if start < each < end)
        return Line(words, self.at(start), self.at(end - 1) + 1 if words else self.at(start), False, dropped)


# "Side 3", "side 3 af 12", "- 4 -", "3/12", "Byrådet   27-03-2014   Side 4"
_PAGE = re.compile(
    r"(?:.{0,90}\s)?(?:Side|S\.)[:\s]\s*\d{1,4}(?:\s*(?:af|/|ud af)\s*\d{1,4})?(?:\s.{0,90})?", re.IGNORECASE
)
_SAYS_PAGE = re.compile(r"[Ss]ide|SIDE|S\.")
_PAGE_ALONE = re.compile(r"(?:-\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*-)?")
_PAGE_LAST = re.compile(r"\s(?:Side|side|S\.)[:\s]\s*\d{1,4}(?:\s*(?:af|/)\s*\d{1,4})?$")
_DRAWN_WITH = frozenset({"???", *(character * 4 for character in "?-_=*–—")})
_SENTENCES = re.compile(r"[.!?] [A-ZÆØÅ]")
_FEWEST_PAGES = 3
# A running head is no sentence.
_MOST_WORDS = 10
_FIGURES = re.compile(r"\d+")
_LONGEST_FURNITURE = 160
# A running head without a page number: "Byrådet den 28-09-2015", "Fredensborg Kommune 2015"
_RUNNING_HEAD = re.compile(
    r"(?=.*\d).*(?:kommune|referat|dagsorden|protokol|udvalg|byråd|kommunalbestyrelse)", re.IGNORECASE
)
# "Gribskov Kommune, Rådhusvej 3, 3200 Helsinge": an address at the foot of every page
_ADDRESS = re.compile(r"Kommune\b.{1,60}\b\d{4} [A-ZÆØÅ][\wæøåÆØÅ ]{1,30}$")
# What the head or foot of a page names, where it has no page number.
_NAMES_DOCUMENT = re.compile(
    r"(?=[A-ZÆØÅ#–-]).{0,90}(?:kommune|referat|dagsorden|protokol|udskrift|udvalg|byråd|kommunalbestyrelse).{0,60}(?<![.:;,])$",
    re.IGNORECASE,
)
# How many printed lines stand at the foot and at the head of a page that ends in a form feed.
_EDGE = 3
_ENDS_SENTENCE = (".", ":", "!", "?", ";", "”", '"', ")")


def lines_of(text: str) -> list[Line]:
    """Every line of `text`, blank ones too. A form feed ends a line; what every page repeats is blank."""
    lines = []
    start = 0
    raws = text.replace("\f", "\n").split("\n")
    furniture = _furniture(text, raws)
    odd = bool(_ODD.search(text))
    for number, raw in enumerate(raws):
        if number in furniture:
            lines.append(Line("", start, start, furniture=True))
            start += len(raw) + 1
            continue
        stripped = raw.strip()
        if stripped[:4] in _DRAWN_WITH and (UNREADABLE.fullmatch(stripped) or _DRAWN.fullmatch(stripped)):
            stripped = ""
        at = start + (len(raw) - len(raw.lstrip()) if stripped else 0)
        # The first cell of a table can be empty: its tab is kept.
        if "\t" in stripped and raw.startswith("\t"):
            at, stripped = start, raw.rstrip()
        end = at + len(stripped)
        dropped: tuple[int, ...] = ()
        if odd and stripped:
            dropped, stripped = _without_odd(stripped)
        lines.append(Line(stripped, at, end, False, dropped))
        start += len(raw) + 1
    return lines


def _without_odd(line: str) -> tuple[tuple[int, ...], str]:
    """(where characters were dropped, the line); a soft hyphen that ends it is kept: it divides a word."""
    places = [match.start() - done for done, match in enumerate(_INVISIBLE.finditer(line))]
    return tuple(places), _INVISIBLE.sub("", line).translate(_SPACES)


def _furniture(text: str, raws: Sequence[str]) -> set[int]:
    """The numbers of the lines that pages repeat: those with a page number, at page ends, in mid-sentence."""
    shapes: dict[str, list[int]] = {}
    for number, raw in enumerate(raws):
        if raw and len(raw) <= _LONGEST_FURNITURE and not raw.isspace():
            shape = raw.strip()
            if not shape.isalpha():
                shape = _FIGURES.sub("#", shape)
            shapes.setdefault(shape, []).append(number)
    edges, pages = _page_edges(text)
    found: set[int] = set()
    for shape, numbers in shapes.items():
        first = raws[numbers[0]].strip()
        # Most lines of most texts stand once and have no page number.
        numbered = (
            "#" in shape and _SAYS_PAGE.search(first) is not None and _PAGE.fullmatch(first) is not None
        )
        if len(numbers) == 1 and not numbered:
            continue
        at_edges = sum(number in edges for number in numbers)
        if (
            (numbered and (len(numbers) >= _FEWEST_PAGES or at_edges == len(numbers) or _is_page_head(first)))
            or (
                pages >= 2
                and 2 * at_edges > max(pages, len(numbers))
                and _is_short(shape)
                and _NAMES_DOCUMENT.match(shape)
            )
            or (len(numbers) >= _FEWEST_PAGES and _interrupts(raws, numbers, first))
            or (len(numbers) >= _FEWEST_PAGES - 1 and _ADDRESS.search(first))
        ):
            found.update(numbers)
    return found


def _is_short(line: str) -> bool:
    """Whether the line can be a running head: few words, no sentence."""
    return len(line.split()) <= _MOST_WORDS and line[0].isupper() and not _SENTENCES.search(line)


def _is_page_head(line: str) -> bool:
    """Whether the line is a page's head wherever it stands: "Byrådet   27-03-2014   Side 4"."""
    return _is_short(line) and bool(_RUNNING_HEAD.search(line) and _PAGE_LAST.search(line))


def _page_edges(text: str) -> tuple[set[int], int]:
    """The lines nearest to form feeds, and how many form feeds there are."""
    edges: set[int] = set()
    if "\f" not in text:
        return edges, 0
    number = pages = 0
    lines = text.replace("\f", "\f\n").split("\n")
    printed = [bool(line.strip()) for line in lines]
    for number, line in enumerate(lines):
        if not line.endswith("\f"):
            continue
        pages += 1
        for step, begin in ((-1, number), (1, number + 1)):
            seen, at = 0, begin
            while 0 <= at < len(lines) and seen < _EDGE and abs(at - begin) < 4 * _EDGE:
                if printed[at]:
                    edges.add(at)
                    seen += 1
                at += step
    return edges, pages


def _interrupts(raws: Sequence[str], numbers: Sequence[int], first: str) -> bool:
    """Whether the repeated line stands in mid-sentence wherever something stands on both sides of it."""
    if first.endswith((":", ".")) or not _is_short(first) or not _RUNNING_HEAD.search(first):
        return False
    cuts = sum(
        bool(before) and not before.endswith(_ENDS_SENTENCE) and after[:1].islower()
        for before, after in ((_near(raws, number, -1), _near(raws, number, 1)) for number in numbers)
    )
    return cuts >= 2 and 3 * cuts >= len(numbers)


def _near(raws: Sequence[str], number: int, step: int) -> str:
    at = number + step
    while 0 <= at < len(raws) and abs(at - number) <= _EDGE + 1:
        words = raws[at].strip()
        if words and not _PAGE_ALONE.fullmatch(words):
            return words
        at += step
    return ""


def paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The runs of lines between blank ones."""
    for blank, run in groupby(lines, key=lambda line: not line.text):
        if not blank:
            yield list(run)


def span(lines: Sequence[Line]) -> tuple[int, int] | None:
    """From the first to the last line that is not blank, or None."""
    first = next((line for line in lines if line.text), None)
    if first is None:
        return None
    return first.start, next(line for line in reversed(lines) if line.text).end


def contents_title(line: str) -> str:
    """The title on a line of the contents list: "Nyt varmeværk.....3", "Nyt varmeværk <tab> 3"; else ""."""
    ahead = line.rstrip("0123456789")
    title = ahead.rstrip(". \t…")
    leader = ahead[len(title) :]
    leads = "..." in leader or "\t" in leader or ". . ." in leader or "…" in leader
    return title if len(ahead) < len(line) and leads else ""
