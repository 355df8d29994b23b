"""Split text into words, case numbers and dates.

The index, queries and snippets all use this module, so they always agree. What a word is indexed under is
decided by `inflections` and `compound_parts`.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from minutes.search.compounds import can_be_compound
from minutes.search.lexicon import STOP_WORDS

# The abbreviation before a time of day ("kl. 16"), and what must follow for it to be one.
CLOCK = "kl"
BEFORE_TIME = r"(?:\.|(?=\s))(?=\s*\d{1,2}(?!\d))"

_TOKEN = re.compile(
    rf"(?P<clock>{CLOCK}{BEFORE_TIME})"
    # The common case, a word before a blank or a stop, is matched first because it is the fastest.
    r"|(?P<plain>[^\W_]+)(?=[\s;)]|[.,:]\s|[.,:]?\Z)"
    # "www.eva.dk/skole", "post@randers.dk"
    r"|(?P<link>(?:https?://)?(?:[\w.+-]+@)?(?P<host>(?:[\w-]+\.)+(?:dk|com|org|net|eu))\b(?:/[^\s)\]]*)?)"
    # "§ 18"
    r"|(?P<paragraph>§+ ?)(?P<of_law>\d+)"
    # "børne-", "366/07", "15.20.00-Ø34-1-19", "1.250.000", "SF's"
    r"|[^\W_]+(?:[-./,'’:][^\W_]+)*"
)
_PIECE = re.compile(r"[^\W_]+")
# "1.250.000", "13,5"
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
# "SF's", "PPR'en"
_ENDING = re.compile(r"['’](?:s|er|en|et|erne|ere)$")


class Token(NamedTuple):
    """A word in a text: its character offsets, its position counted in words, and its text in lower case."""

    start: int
    end: int
    position: int
    text: str


class DateMatch(NamedTuple):
    """A date in a text: its character offsets, and the day as "2020-01-14"."""

    start: int
    end: int
    day: str


# Creates a Token without the overhead of its constructor: there are millions of them.
_new_token = partial(tuple.__new__, Token)


def tokenize(text: str, start: int = 0) -> Iterator[Token]:
    """Yield the words of `text` in order, from offset `start`.

    Words joined by a hyphen, slash or dot are split. In addition, at the position of the first piece:
    - a number with several pieces ("366/07", a case number) is a token as a whole: "366-07";
    - two words joined by a hyphen are one word: "bostøtte" for "bo-støtte";
    - a word with an open hyphen is completed: "børneudvalget" in "børne- og ungeudvalget";
    - "§ 18" is both "§18" and "18".
    Of a web or mail address only the host is a token. The "kl." of a time of day is none.
    """
    position = 0
    open_word: Token | None = None
    for match in _TOKEN.finditer(lower_keeping_offsets(text), start):
        position += 1
        word = match.group()
        start, end = match.span()
        if match.lastgroup == "plain" and not open_word:
            yield _new_token((start, end, position, word))
            continue
        if match["clock"]:
            if not text[start:end].isupper():
                open_word = None
                continue
            # In capitals it is Kommunernes Landsforening: "KL. 2 sager".
            word = word.removesuffix(".")
        if word.isalpha():
            token = Token(start, start + len(word), position, word)
            if open_word and word not in STOP_WORDS:
                yield from _completed(open_word, token)
                open_word = None
            yield token
            if text[token.end : token.end + 2] == "- ":
                open_word = token
            continue
        open_word = None
        for token in _split(match, position):
            position = token.position
            yield token


def _split(match: re.Match[str], position: int) -> Iterator[Token]:
    """Yield the tokens of a match that is not a word of letters alone."""
    word = match.group()
    start, end = match.span()
    if match["paragraph"]:
        yield Token(start, end, position, f"§{match['of_law']}")
        yield Token(match.start("of_law"), end, position, match["of_law"])
        return
    if match["link"]:
        yield Token(start, end, position, normalize_number(match["host"] or word))
        return
    if word.isalnum():
        yield Token(start, end, position, word)
        return
    word = _ENDING.sub("", word)
    if _AMOUNT.fullmatch(word):
        yield Token(start, end, position, word.replace(".", ""))
        return
    pieces = list(_PIECE.finditer(word))
    if any(map(str.isdigit, word)) and len(pieces) > 1:
        yield Token(start, end, position, normalize_number(word))
    elif "-" in word and len(pieces) == 2:
        yield Token(start, end, position, "".join(piece.group() for piece in pieces))
    for offset, piece in enumerate(pieces):
        yield Token(start + piece.start(), start + piece.end(), position + offset, piece.group())


def _completed(open_word: Token, word: Token) -> Iterator[Token]:
    """Yield the compound of an open word: "børneudvalget" for "børne-" before "ungeudvalget"."""
    for at in range(2, len(word.text) - 2):
        head, tail = word.text[:at], word.text[at:]
        if can_be_compound(head, tail):
            yield Token(open_word.start, open_word.end, open_word.position, open_word.text + tail)
            return


def lower_keeping_offsets(text: str) -> str:
    """Return `text` in lower case, with every character at the same offset."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(char if len(char.lower()) > 1 else char.lower() for char in text)


def normalize_number(text: str) -> str:
    """Return a case number or the like as it is indexed: "15-20-00-ø34-1-19" for "15.20.00-Ø34-1-19"."""
    return "-".join(_PIECE.findall(text.lower()))


def find_dates(text: str) -> Iterator[DateMatch]:
    """Yield the dates in `text`."""
    for match in _DATE.finditer(text.lower()):
        day = int(match["d"] or match["d2"] or match["d3"])
        month = _MONTHS.index(match["month"]) + 1 if match["month"] else int(match["m2"] or match["m3"])
        if 1 <= day <= 31 and 1 <= month <= 12:
            year = match["y"] or match["y2"] or match["y3"]
            yield DateMatch(match.start(), match.end(), f"{year}-{month:02}-{day:02}")
