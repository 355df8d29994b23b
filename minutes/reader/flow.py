"""Lines → text that can be read without a stop, each character of which knows its place in the document.

What a page or a narrow column did to the words is undone: divided words and cut sentences are whole again.
The grammar of votes and names works on this text, so that a ballot over a page's end is one.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from minutes.reader.layout import Line
from minutes.reader.words import WORDS, pattern

# "- punkt", "• punkt", "1. at", "2) at", "a) tekst"
LIST_MARK = re.compile(r"(?:[-–•·*]|\d{1,3}[.)]|[a-zæøå]\))\s+")
_BULLETS = "-–•·*"
BULLET = re.compile(rf"[{_BULLETS}]\s+")
# "1. at", "2) at"
_NUMBERED = re.compile(r"\d{1,3}[.)]\s")
# The shortest paragraph that can have been cut by a page's end: shorter ones are headings and labels.
_SHORTEST_CUT = 70
# A line as short as this ended because its writer ended it, not because the column was full.
_FULL_LINE = 45
# "social- og sundhed": the hyphen stands for a word left out, not for a word that was divided.
_KEEPS_HYPHEN = re.compile(r"(?:og|eller|samt|til)\b")
# Lines that go on with the sentence before: "… af", "… og".
_GOES_ON = re.compile(
    r"(?:[,+(–-]|\b(?:og|samt|eller|af|fra|i|på|for|imod|mod|med|til|at|den|det|de|som|der|ved|om|en|et|stemte|"
    r"stemmer|nr\.|pkt\.|d\.|kl\.))$"
)
# "Ane Holm (A) – for": how one member voted
_VOTE_ROW = re.compile(r"\w\)?\s?(?:[–:]|\s-)\s*(?:[Ff]or|[Ii]?[Mm]od)$")
# "… blev forkastet med 18 stemmer imod" / "2. For stemte: …": the number is no list's.
_NUMBER_FOLLOWS = re.compile(r"\b(?:for|imod|mod|med|den|d\.|nr\.|pkt\.|punkt|kl\.)$")
# "… blev vedtaget med" / "5 stemmer mod 4."
_VOTES_BEGIN = re.compile(r"\d{1,3}(?: stemme| ?[-–] ?\d| i?mod )")
_AGAINST = re.compile(r"\d+ stemmer i?mod$")
# Lines that say something of their own, however full the one before: "Imod stemte 11 (…)", "Ad 2 …".
_STATES = re.compile(
    r"(?:(?:For(?!\s+at\b)|Imod|Mod|Undlod|Hverken|Blankt?|Følgende|Stemte|Fraværende|Afbud)\b"
    r"|(?:Forslaget|Indstillingen|Ændringsforslaget)\s+(?:faldt|blev|er\s|bortfald)"
    r"|(?:Ad|Punkt)\s+\d|\d{1,2}\.\s+at\b"
    rf"|(?i:{pattern(WORDS.decisions.openings, ('ændringsforslag*',))}))"
)


# "Imod stemte:", "For:": the label of a list that goes on below
_VOTERS_FOLLOW = re.compile(r"\b(?:stemte|stemme|stemmer|[Ff]or|[Ii]?[Mm]od|[Uu]ndlod):$")
# Runs of blanks within a line, which column setting left.
_BLANKS = re.compile(r" {2,}")


class Sentence(NamedTuple):
    """A sentence of a flow: its text[start:end]. `first` when it opens a line of its own."""

    text: str
    start: int
    end: int
    first: bool


@dataclass(slots=True)
class Flow:
    """`text` for reading: paragraphs apart by an empty line, divided words and cut sentences joined.

    Table rows stay lines with tabs between their cells, list items lines that begin with "- " or their
    number; what the writer put on a line of its own stays on one.
    """

    text: str = ""
    _begins: list[int] = field(default_factory=list)  # where in `text` a piece begins …
    _pieces: list[tuple[Line, int]] = field(default_factory=list)  # … the line it is of, and from where

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the document's range that text[start:end] comes from."""
        first = bisect_right(self._begins, start) - 1
        line, begin = self._pieces[max(first, 0)]
        offset = begin + max(start - self._begins[max(first, 0)], 0)
        low = line.at(min(offset, max(len(line.text) - 1, 0)))
        last = bisect_right(self._begins, end - 1) - 1
        line, begin = self._pieces[max(last, 0)]
        high = line.at(min(begin + end - 1 - self._begins[max(last, 0)], max(len(line.text) - 1, 0))) + 1
        return low, max(high, low)

    def columns(self) -> frozenset[int]:
        """Return the offsets in `text` behind a wide gap within a line, as between columns."""
        pieces = zip(self._begins[1:], self._pieces, self._pieces[1:], strict=False)
        return frozenset(begin for begin, (line, _), (same, _) in pieces if line is same and begin)

    def sentences(self) -> Iterator[list[Sentence]]:
        """The paragraphs as lists of sentences; a list item is a paragraph of its own."""
        start = 0
        for paragraph in self.text.split("\n\n"):
            sentences: list[Sentence] = []
            for line in paragraph.split("\n"):
                if sentences and LIST_MARK.match(line):
                    yield sentences
                    sentences = []
                sentences += _sentences(self.text, start, start + len(line))
                start += len(line) + 1
            start += 1
            if sentences:
                yield sentences


def flow(lines: Sequence[Line]) -> Flow:
    """Return the lines joined to paragraphs."""
    joined = Flow()
    text: list[str] = []
    length = 0
    row = 0  # how long the row is that the next line may go on with
    before: Line | None = None
    gap = furniture = False
    for line in lines:
        if not line.text:
            gap = True
            furniture = furniture or line.furniture
            continue
        words, begin = line.text, 0
        bullet = BULLET.match(words) if words[0] in _BULLETS else None
        if bullet:
            begin = bullet.end()
        glue, drop = "", 0
        if before:
            joins = not gap or _was_cut(before.text, words, row, furniture=furniture)
            glue, drop = _glue(before.text, words, joins=joins, gap=gap)
        if drop:
            text[-1] = text[-1][:-drop]
            length -= drop
        text.append(glue)
        length += len(glue)
        if bullet:
            joined._begins.append(length)
            joined._pieces.append((line, 0))
            text.append("- ")
            length += 2
        for run in _BLANKS.finditer(words, begin) if "  " in words else ():
            joined._begins.append(length)
            joined._pieces.append((line, begin))
            text.append(words[begin : run.start() + 1])
            length += run.start() + 1 - begin
            begin = run.end()
        joined._begins.append(length)
        joined._pieces.append((line, begin))
        text.append(words[begin:])
        length += len(words) - begin
        row = len(words) + (0 if glue[:1] == "\n" else row)
        before, gap, furniture = line, False, False
    joined.text = "".join(text)
    return joined


def _glue(before: str, after: str, *, joins: bool, gap: bool) -> tuple[str, int]:
    """Return (the joint between two lines, the number of characters dropped from the first)."""
    if not joins:
        return ("\n" if _both_lists(before, after) else "\n\n"), 0
    if before[-1] == "\u00ad":
        return "", 1
    if before[-1] == "-" and before[-2:-1].isalpha():
        if after[0].islower() and not _KEEPS_HYPHEN.match(after):
            return "", 1
        if after[0].isupper() and before[-2].islower():
            return "", 0
    return ("\n" if not gap and _stands_alone(before, after) else " "), 0


def _stands_alone(before: str, after: str) -> bool:
    """Return True if a line says something of its own, rather than going on with the one before it."""
    if _NUMBERED.match(after) and _NUMBER_FOLLOWS.search(before):
        return False
    if "\t" in after or "\t" in before or LIST_MARK.match(after):
        return True
    if not (after[0].isupper() or after[0].isdigit() or after[0] in '(“”"»•'):
        return False
    if _STATES.match(after):
        return not before.endswith(",")
    if before[-1] == ":":
        return (after[0].isupper() or after[0] == "(") and not _VOTERS_FOLLOW.search(before)
    return bool(_VOTE_ROW.search(before)) or (len(before) < _FULL_LINE and not _GOES_ON.search(before))


def _was_cut(before: str, after: str, row: int, *, furniture: bool) -> bool:
    """Return True if a sentence goes on behind an empty line, as over the end of a page."""
    if _votes_go_on(before, after):
        return True
    if "\t" in before or "\t" in after or LIST_MARK.match(after):
        return False
    divided = before[-1] in "-\u00ad" and before[-2:-1].isalpha()
    if furniture and before[-1] not in ".:!?;":
        names_go_on = divided or before[-1] in ",+(" or _GOES_ON.search(before)
        return bool(after[0].islower() or after[0] in "(+" or names_go_on)
    if not after[0].islower():
        return False
    if divided and not _KEEPS_HYPHEN.match(after):
        return True
    is_unfinished = before[-1].isalpha() or before[-1] == ","
    return row >= _SHORTEST_CUT and is_unfinished and not after.startswith("at ")


def _votes_go_on(before: str, after: str) -> bool:
    """Return True if a count of votes is behind an empty line: "vedtaget med 6 stemmer mod", "4."."""
    if before.endswith("mod") and _AGAINST.search(before):
        return _NUMBERED.match(after) is not None
    return before.endswith((" med", " stemmerne")) and _VOTES_BEGIN.match(after) is not None


def _both_lists(before: str, after: str) -> bool:
    """Return True if both are list items of one kind, printed with an empty line between them."""
    return any(mark.match(before) and mark.match(after) for mark in (BULLET, _NUMBERED))


# A sentence ends at a full stop before a capital, a figure or a quotation mark, also "andetsteds.Ane Holm" …
_END = re.compile(r"[.!?][\"”»')]*\s+(?=[A-ZÆØÅÉ\d\"”»“(])|(?<=[a-zæøå]{3})\.(?=[A-ZÆØÅ][a-zæøå]{2})")
# … unless the stop belongs to an abbreviation, an initial or a number: "nr. 82", "Elvin J. Hansen", "4. maj".
_NO_END = re.compile(
    r"(?:\b(?:[Nn]r|[Pp]kt|kl|d|bl\.a|f\.eks|mio|mia|ca|stk|jf|evt|inkl|ekskl|vedr|hhv|mv|kr|Kr|[Cc]hr|Fr|Joh|Th|Sv|Vald|Jac|[A-ZÆØÅ])|(?P<number>(?<![\w/-])\d{1,2}))\.$"
)


# "… løsning 1. 2 medlemmer (F+O) tager forbehold": a number begins the next sentence
_VOTERS_COUNTED = re.compile(r"\d{1,3} (?:medlem|stemme)")
# … unless it is a party's: "A, B og Ø.", "Gruppe O.", "A+T+V."
_PARTY_END = re.compile(
    r"(?:\b(?:Gruppe|Liste|Parti|Partiet|[Mm]odel|[Aa]lternativ|[Ss]cenarie|[Vv]ariant|[Ll]øsning|[Bb]ilag|og|samt|stemte|for|imod|mod):?\s|[,+(]\s?)[A-ZÆØÅ]\.$"
)


def _sentences(text: str, start: int, end: int) -> Iterator[Sentence]:
    at, first = start, True
    for match in _END.finditer(text, start, end):
        stop = match.start() + 1
        no_end = _NO_END.search(text, max(at, stop - 12), stop)
        # Months are written small: a capital behind a number begins a sentence, unless it is a list's number.
        ends = (
            no_end
            and no_end["number"]
            and stop - at > 4
            and (text[match.end()].isupper() or _VOTERS_COUNTED.match(text, match.end()))
        )
        if no_end and not ends and not _PARTY_END.search(text, max(at, stop - 16), stop):
            continue
        stop = match.start() + len(match[0].rstrip())
        yield Sentence(text[at:stop], at, stop, first)
        at, first = match.end(), False
    if at < end:
        yield Sentence(text[at:end], at, end, first)
