"""Titles over several lines: where a title ends, by the contents list and by what most items show."""

import re
from collections.abc import Mapping, Sequence

from minutes.reader.above_headings import Start
from minutes.reader.cases import NO_CASE, case_on
from minutes.reader.closed_lines import access_of
from minutes.reader.headings import DECISION_OPENING, decided_by, heading_kind
from minutes.reader.layout import Line
from minutes.reader.names import is_name, names_in, squash
from minutes.reader.numbering import title_key
from minutes.reader.words import WORDS, pattern

# A title as long as this can go on on the next line.
_FULL_TITLE = 50
# The shortest line that goes on with a capital or a figure: "Cykelsti langs Ringvejen mellem / Dybdal".
_SHORTEST = 20
_MOST_LINES = 3
_LONGEST_REST = 90
_GOES_ON = re.compile(
    r"(?:[,–-]|\b(?:og|samt|eller|af|fra|i|på|for|til|om|med|ved|den|det|de|en|et|vedr\.|nr\."
    r"|mellem|langs|mod|under|over|hos|efter|vedrørende|som|der))$"
)
# "Andelsboligforening ........ 23": the last line of an entry of a contents list
_LEADER = re.compile(r"(?:\.{4,}|…{2,}|(?: \.){4,})[.\s]*\d{0,4}$")
# "a. Nyt fra rådet", "b) Næste møde": a point of a list under the title
_POINT = re.compile(r"[a-zæøå][.)] ")
# "åbent 2 Havnens drift": another entry of a list
_ENTRY = re.compile(r"(?:åbe[nt]t?|lukket)\s+(?:(?:punkt|sag)\s+)?\d", re.IGNORECASE)
# "Åbent - 00.01.00K01 - 20", "18.14A00 -": a case number that is cut off
_CASE_BEGINS = re.compile(r"(?:(?:Åbent?|Lukket) - |\d\d\.)\d\d[./A-ZÆØÅ\d]")
_NOTHING = re.compile(pattern(WORDS.decisions.nothing), re.IGNORECASE)


class TitleLines:
    """Reads whole titles in one document. `listed` are the titles of its contents list by their keys."""

    def __init__(self, lines: Sequence[Line], starts: Sequence[Start], listed: Mapping[str, str]) -> None:
        self._listed = listed
        headings = [start.heading for start in starts if start.title and not start.untitled]
        self._width = max((len(lines[index].text) for index in headings), default=0)
        ending = sum(index + 1 >= len(lines) or _ends_title(lines[index + 1].text) for index in headings)
        self._mostly_one_line = 2 * ending >= len(headings)

    def whole(self, line: str, title: str, body: Sequence[Line]) -> tuple[str, list[Line]]:
        """Return the title with the lines it goes on over, and the rest of the body."""
        taken = 0
        rest = _rest_below_blank(line, body)
        if rest is not None:
            title, line, taken = _joined(line, title, body[rest].text), body[rest].text, rest + 1
        while taken < min(_MOST_LINES, len(body)):
            after = body[taken].text
            if _ends_title(after) or title_key(after) == title_key(title):
                break
            joined = _joined(line, title, after)
            listed = self._listed.get(title_key(joined), "")
            is_entry = _LEADER.search(after) is not None and not _LEADER.search(line)
            if not is_entry and not listed.startswith(joined.casefold()):
                below = body[taken + 1].text if taken + 1 < len(body) else ""
                if listed == title.casefold() or not self._goes_on(line, after, below):
                    break
            title, line = joined, after
            taken += 1
        return squash(title), list(body[taken:])

    def _goes_on(self, line: str, after: str, below: str) -> bool:
        """Return True if the title on `line` goes on on the line `after`, which is over `below`."""
        if after[-1] in ".:" or (line.isupper() and line[-1].isalpha() and after[1:].islower()):
            return False
        ends = _ends_title(below)
        if after[0].islower() or _GOES_ON.search(line):
            return len(line) >= _FULL_TITLE or (ends and len(after) <= _LONGEST_REST)
        full = len(line) + 1 + len(after.split(maxsplit=1)[0]) > self._width
        return self._mostly_one_line and ends and full and len(line) >= _SHORTEST and _can_end_title(after)


def _rest_below_blank(line: str, body: Sequence[Line]) -> int | None:
    """Return where a title that ends with a word such as "og" goes on below blank lines, or None."""
    if not body or body[0].text or line[-1] in ",–-" or not _GOES_ON.search(line):
        return None
    at = next((index for index, below in enumerate(body[:_MOST_LINES]) if below.text), None)
    if at is None:
        return None
    after = body[at].text
    goes_on = after[0].islower() and len(after) <= _LONGEST_REST and not _ends_title(after)
    return at if goes_on else None


def _joined(line: str, title: str, after: str) -> str:
    divided = line[-1] == "-" and after[0].islower() and not line.endswith(" -")
    return f"{title[:-1]}{after}" if divided else f"{title} {after}"


def _ends_title(text: str) -> bool:
    """Return True if a line is no part of a title: it is blank, a case number, a heading or a mark."""
    return (
        not text
        or _POINT.match(text) is not None
        or _ENTRY.match(text) is not None
        or _CASE_BEGINS.match(text) is not None
        or case_on(text) is not None
        or NO_CASE.fullmatch(text) is not None
        or heading_kind(text) is not None
        or decided_by(text) is not None
        or access_of(text) is not None
    )


def _can_end_title(text: str) -> bool:
    return (
        len(text) <= _LONGEST_REST
        and text[-1] not in ",;"
        and ":" not in text
        and any(map(str.isalpha, text))
        and not DECISION_OPENING.match(text)
        and not _NOTHING.match(text)
        and not is_name(text)
        and not names_in(text)
    )


def is_rest_of_title(above: str, line: str) -> bool:
    """Return True if a line goes on with the title that begins on the line above it."""
    small = line[0].islower() or bool(_GOES_ON.search(above))
    return small and above[-1] not in ".:;" and above[0].isupper() and not _ends_title(above)
