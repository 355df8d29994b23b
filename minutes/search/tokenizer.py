"""How a text is parted into words, with the numbers and the dates in it.

Index, query and snippet read words here and nowhere else, so they always agree. What a word is indexed under
is told by `minutes.search.inflections`.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from minutes.search.inflections import can_be_one
from minutes.search.lexicon import STOP_WORDS

# What stands before a time of the day, and that it does.
CLOCK = "kl"
OF_TIME = r"(?:\.|(?=\s))(?=\s*\d{1,2}(?!\d))"

# "Børne-", "366/07", "15.20.00-Ø34-1-19", "1.250.000", "13,5": letters and digits, joined inside.
# "www.eva.dk/skole", "post@randers.dk": the host alone is a word, as what follows is no text.
_TOKEN = re.compile(
    # Most words have a blank or a stop behind them, and need no closer look.
    rf"(?P<clock>{CLOCK}{OF_TIME})"
    r"|(?P<plain>[^\W_]+)(?=[\s;)]|[.,:]\s|[.,:]?\Z)"
    r"|(?P<link>(?:https?://)?(?:[\w.+-]+@)?(?P<host>(?:[\w-]+\.)+(?:dk|com|org|net|eu))\b(?:/[^\s)\]]*)?)"
    r"|(?P<paragraph>§+ ?)(?P<of_law>\d+)"
    r"|[^\W_]+(?:[-./,'’:][^\W_]+)*"
)
_PIECE = re.compile(r"[^\W_]+")
# "1.250.000", "13,5": one number, however it is written.
_AMOUNT = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+")
_MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)
# "14. januar 2020", "14-01-2020", "14.1.2020", "2020-01-14"
_DATE = re.compile(
    rf"\b(?:(?P<d>\d{{1,2}})\.?\s+(?P<month>{'|'.join(_MONTHS)})\s+(?P<y>\d{{4}})"
    r"|(?P<d2>\d{1,2})[-./](?P<m2>\d{1,2})[-./](?P<y2>\d{4})"
    r"|(?P<y3>\d{4})-(?P<m3>\d{1,2})-(?P<d3>\d{1,2}))\b"
)
# "Skolernes", "SF's": what follows an apostrophe is an ending.
_ENDING = re.compile(r"['’](?:s|er|en|et|erne|ere)$")


class Token(NamedTuple):
    """A word of a text: its place, its position among the words, and how it is written, in small letters."""

    start: int
    end: int
    position: int
    text: str


# A Token of a tuple, with none of the checks of its constructor: words are made by the million.
_word = partial(tuple.__new__, Token)


def tokenize(text: str, start: int = 0) -> Iterator[Token]:
    """The words of `text` in its order, from `start` on; what is joined by a hyphen, stroke or dot is parted.

    A number of several pieces ("366/07", a case number) comes as its pieces and, at the first of them, as
    a whole: "366-07". So do words joined by hyphens, as one word: "bo-støtte" is "bostøtte" too, and in
    "børne- og ungeudvalget" there is a "børneudvalget". Of an address on the web only the host is a word.
    "§ 18" is "§18" and, there too, 18. The "kl." of a time is left out.
    """
    position = 0
    waiting: Token | None = None
    for token in _TOKEN.finditer(lowered(text), start):
        position += 1
        written = token.group()
        start, end = token.span()
        if token.lastgroup == "plain" and not waiting:
            yield _word((start, end, position, written))
            continue
        if token["clock"]:
            if not text[start:end].isupper():
                waiting = None
                continue
            # "KL. 2 sager" is of Kommunernes Landsforening.
            written = written.removesuffix(".")
            end = start + len(written)
        if written.isalpha():
            word = Token(start, end, position, written)
            if waiting and written not in STOP_WORDS:
                yield from _shared(waiting, word)
                waiting = None
            yield word
            if text[end : end + 2] == "- ":
                waiting = word
            continue
        waiting = None
        if token["paragraph"]:
            yield Token(start, end, position, f"§{token['of_law']}")
            yield Token(token.start("of_law"), end, position, token["of_law"])
            continue
        if token["link"]:
            yield Token(start, end, position, number(token["host"] or written))
            continue
        if written.isalnum():
            yield Token(start, end, position, written)
            continue
        written = _ENDING.sub("", written)
        if _AMOUNT.fullmatch(written):
            yield Token(start, end, position, written.replace(".", ""))
            continue
        pieces = list(_PIECE.finditer(written))
        if any(map(str.isdigit, written)) and len(pieces) > 1:
            yield Token(start, end, position, number(written))
        elif "-" in written and len(pieces) == 2:
            yield Token(start, end, position, "".join(piece.group() for piece in pieces))
        for step, piece in enumerate(pieces):
            position += step > 0
            yield Token(start + piece.start(), start + piece.end(), position, piece.group())


def lowered(text: str) -> str:
    """`text` in small letters, each at the place of its own."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(char if len(char.lower()) > 1 else char.lower() for char in text)


def _shared(short: Token, long: Token) -> Iterator[Token]:
    """What "børne-" is short for before "ungeudvalget": "børneudvalget"."""
    for at in range(2, len(long.text) - 2):
        head, tail = long.text[:at], long.text[at:]
        if can_be_one(head, tail):
            yield Token(short.start, short.end, short.position, short.text + tail)
            return


def number(written: str) -> str:
    """A case number or the like as it is indexed: "15.20.00-Ø34-1-19" → "15-20-00-ø34-1-19"."""
    return "-".join(_PIECE.findall(written.lower()))


def dates(text: str) -> Iterator[tuple[int, int, str]]:
    """The dates in `text`: from, to and the day as "2020-01-14"."""
    for found in _DATE.finditer(text.lower()):
        day = found["d"] or found["d2"] or found["d3"]
        month = _MONTHS.index(found["month"]) + 1 if found["month"] else int(found["m2"] or found["m3"])
        if 1 <= int(day) <= 31 and 1 <= month <= 12:
            yield (
                found.start(),
                found.end(),
                f"{found['y'] or found['y2'] or found['y3']}-{month:02}-{int(day):02}",
            )
