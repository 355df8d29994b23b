"""Numbers at the head of a line: "Punkt 3: Budget", "12. Budget", "• 4", "Sag nr. 129"."""

import re
from typing import NamedTuple

from minutes.reader.names import squash
from minutes.reader.own_numbers import OWN_NUMBER

# What every numbered heading begins with, whatever mark precedes its number.
CAN_START = re.compile(
    r"[\d•·▪◦(\[]|[Pp](?:un|UN|[kK][tT])|N[rR]|S(?:ag|AG)|D(?:ags|AGS)|A[dD][ .]"
    r"|[ÅåLl](?:ben|ukket)|[ÅL](?:BEN|UKKET)|L[ \t]|[Ff]ortrolig|FORTROLIG|[Ii]kke[- ]|IKKE[- ]"
    r"|[A-ZÆØÅ]{2,4}-\d|T\d"
)
_BULLET = re.compile(r"[•·▪◦]\s*")
# "åbent 1 Budget", "Lukket sag 101: Køb", "Åben - 4. Budget"
_ACCESS = re.compile(
    r"(?:(?P<open>åbe[nt]t?)|lukket)\s+(?:[-–]\s*)?(?:(?:punkt|sag)\s+)?(?=\d)", re.IGNORECASE
)
# "Punkt 3", "Pkt. nr. 3", "SAG NR. 1", "Nr.178", "Dagsordenspunkt 4", "Ad 2."
_WORD = re.compile(
    r"(?P<word>dagsordens?punkt|punkt|pkt|sag|nr|ad)\b\.?\s*(?:(?:pkt|punkt)\b\.?\s*)?(?:nr\b\.?\s*)?(?=\d)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?P<value>\d{1,4})(?P<letter>[a-zA-Z](?![\wæøåÆØÅ]))?")
# What divides the number from the title.
_MARK = re.compile(r"\s*(?P<mark>[.:)])\s*(?:[-–]\s+)?|\s*(?P<dash>[-–])\s+|(?P<space>\s+)")
_TITLE_FIRST = re.compile(r"[A-ZÆØÅÉÖÄÜ\d\"”“»«'’(\[]")
_GLUED_TITLE = re.compile(r"[A-ZÆØÅ][a-zæøå]")
# "1.5 mio. kr.", "12.05.2020", "18.30": more figures right behind the number's mark
_DECIMAL = re.compile(r"\s*[.:,)](?=\d)")


# "2. Budget" behind "2. "
_AGAIN = re.compile(r"(?P<value>\d{1,4})\. +(?=[A-ZÆØÅ])")
# "86 - Åben sag: Budget", "3. Åben - Budget": a mark of access between number and title
_ACCESS_BEHIND = re.compile(r"(?:åbent?|lukket)(?:\s+(?:sag|punkt))?\s*[:–-]\s*(?=[A-ZÆØÅ])", re.IGNORECASE)
# "T1. Budget", "T12 Budget": the items of a supplementary agenda
_SUPPLEMENTARY = re.compile(r"T(?P<value>\d{1,2})(?P<mark>[.:)]?)\s+(?=[A-ZÆØÅ\"”»])")
# The word of a number of the body's own list: "ØU-55/07 Budget"
OWN = "own"
# The word of a number of a supplementary agenda: "T1. Budget"
SUPPLEMENTARY = "t"


class Numbered(NamedTuple):
    """A line that begins with a number, and the parts of that beginning."""

    number: str  # as printed, without the words around it: "12", "5a"
    value: int
    letter: str
    word: str  # "punkt", "pkt", "sag", "nr", "ad", "åbent", "lukket" or ""
    mark: str  # ".", ":", ")", "-", " ", "" when glued
    bullet: bool
    title: str  # "" when the number is alone on its line

    @property
    def form(self) -> str:
        """Return the convention of the number: "punkt 1:", "1.", "• 1"."""
        bullet = "• " if self.bullet else ""
        word = f"{'åbent' if self.word == 'lukket' else self.word} " if self.word else ""
        return f"{bullet}{word}1{self.mark}{'' if self.title else ' alone'}"


def numbered(text: str) -> Numbered | None:
    """Return the parts of a line that can be a numbered heading, or None."""
    if listed := _of_own_list(text):
        return listed
    at = 0
    bullet = access = word = None
    if not "0" <= text[0] <= "9":
        bullet = _BULLET.match(text)
        at = bullet.end() if bullet else 0
        access = _ACCESS.match(text, at)
        word = None if access else _WORD.match(text, at)
        last = access or word or bullet
        at = last.end() if last else 0
    number = _NUMBER.match(text, at)
    if not number:
        return None
    named = bool(access or word)
    if not named and (number["value"] == "00" or _FIRST_YEAR <= int(number["value"]) <= _LAST_YEAR):
        return None
    rest = _rest(text, number.end(), named=named)
    if rest is None:
        return None
    mark, title = rest
    title = _without_number(title, int(number["value"]))
    if title[:1] in "Åå":
        title = _ACCESS_BEHIND.sub("", title, count=1)
    name = word["word"].casefold() if word else ""
    if access:
        name = "åbent" if access["open"] else "lukket"
    return Numbered(
        number[0],
        int(number["value"]),
        (number["letter"] or "").lower(),
        name,
        mark,
        bool(bullet),
        squash(title),
    )


def _of_own_list(text: str) -> Numbered | None:
    """Return the parts of a line with a number of the body's own list, or of a supplementary agenda."""
    if "-" in text[2:5] and (own := OWN_NUMBER.match(text)):
        kind = "lukket" if own["what"] == "L" else OWN
        return Numbered(own["value"], int(own["value"]), "", kind, "-", False, squash(text[own.end() :]))
    if text[0] == "T" and (extra := _SUPPLEMENTARY.match(text)):
        title = squash(text[extra.end() :])
        value = extra["value"]
        return Numbered(f"T{value}", int(value), "", SUPPLEMENTARY, extra["mark"], False, title)
    return None


def _rest(text: str, at: int, *, named: bool) -> tuple[str, str] | None:
    """Return the mark behind a number and the title, or None when the line is no heading."""
    if at == len(text):
        return "", ""
    if _DECIMAL.match(text, at):
        return None
    mark = _MARK.match(text, at)
    if not mark:
        return ("", text[at:]) if _GLUED_TITLE.match(text, at) else None
    title = text[mark.end() :]
    sign = mark["mark"] or ("-" if mark["dash"] else " ")
    if not title:
        return sign, ""
    # Behind "Punkt 3:" a title can begin with a small letter; behind "3." it would be a list.
    if not _TITLE_FIRST.match(title) and not (named and sign in ".:-"):
        return None
    return sign, title


def _without_number(title: str, value: int) -> str:
    """Return a title without its number, where a web page's list prints it again: "2. 2. Budget"."""
    again = _AGAIN.match(title)
    return title[again.end() :] if again and int(again["value"]) == value else title


def title_key(title: str) -> str:
    """Return the first letters of a title in lower case; titles of a contents list can be cut off."""
    title = _ACCESS_BEHIND.sub("", title, count=1) if title[:1] in "ÅåLl" else title
    return squash(title).casefold().strip(" .:;,…-–•\t\"”“»«'()")[:_KEY]


_KEY = 36
# "2024: …" is a year, "00 Referat" the name of a file.
_FIRST_YEAR, _LAST_YEAR = 1960, 2060
