"""Titles of items in flat text: those of the contents list that come again over an item.

The figures of a PDF viewer's text are unreliable: "1. Budget 2. Havnen 16 Støtte 18" and, two pages on,
"2 Havnen Sagsnr.: 10/12". Only letters are compared, and the titles are chosen together, in the order of the
list.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from minutes.reader.phrases import Row

# "Indholdsfortegnelse Side", "Oversigt over referatpunkter:", "Indhold Åben dagsorden"
_HEADING = re.compile(
    r"(?<!\S)(?:(?:Indhold(?:sfortegnelse)?|INDHOLD(?:SFORTEGNELSE)?|Sagsoversigt|Sagsliste|Dagsordenspunkter)"
    r"(?= ?:? ?[A-ZÆØÅ\d])|Oversigt over [a-z]{0,20}punkter"
    r"|(?:Bemærkninger )?Følgende (?:sager|punkter) behandles(?: på mødet)?"
    r"|Til behandling (?:forelå|foreligger|på mødet)"
    r"|(?:Pkt\.|Punkt|Sag(?: nr\.?)?):? (?:Emne|Tekst|Titel)(?=:? (?:Side(?:n?r\.?)? )?\d|:))(?: ?:)?"
)
# The heads of the list's columns: "Sag nr. Side", "Punkt Emne Side"
COLUMNS = re.compile(
    r"\s*:?\s*(?:(?:Sags?\s?nr\.?:?|Sag|Nr\.?:?|Punkt|Emne|Titel|Tekst|Pkt\.|Side(?:n?r\.?)?(?: \d+)?)\s+)*"
)
LAST_NUMBER = re.compile(r"\d{1,3} \Z")
# What is before a title: "3. ", "SAG NR. 4 ", "Punkt 3: ", "• 4 "
_NUMBER_AHEAD = re.compile(
    r"(?P<name>\b(?:Punkt|PUNKT|Pkt\.|PKT\.|Sag|Sag nr\.|SAG NR\.|Nr\.) ?)?"
    r"(?<![\d/.-])0{0,2}(?P<number>\d{1,4})(?P<mark>[.:)]|\s[-–])?\s*\Z"
)
_OPENS = re.compile(r"(?:[.!?:;)”\"]|\bSide(?:n?r\.?)?(?: \d+)?|\bden|\b[A-ZÆØÅ]{6,}|\n\d{1,3})\s*\Z")
_NUMBER_BEHIND = re.compile(r"[\s.…]*(?P<number>\d{1,4})\. ")
_AHEAD = 24
# "Salg af grund | 4. Eventuelt"
_NUMBER_INSIDE = re.compile(r"(?<=[\wæøå)] )\d{1,4}\. (?=[A-ZÆØÅ])")
# What belongs to a title behind its last letter: "Budget 2011", "Havnen (2)”"
_REST = re.compile(r"(?: (?:19|20)\d\d(?:[-/–](?:19|20)?\d\d)?(?![\d/-]))?[.)”\"]?(?=\s|\Z)")
# "Protokoller: ": a group's heading before the first title
_GROUP = re.compile(r"(?<![\w.-])[A-ZÆØÅ][a-zæøå]+(?: [a-zæøå]+)?:\s*\Z")
_LONGEST_GROUP = 40
# "Tillæg 7", "mødet den 29.01.2013", the same in the list
_FIGURES_BEHIND = re.compile(r" \d(?:[\d./-]{0,9}\d)?(?![\d/-])")
_LETTER = re.compile(r"[^\W\d_]")
_MOST_ANCHORS = 1
_KEY = 6
_MOST_PLACES = 6
_MOST_MATCHES = 300
_MOST_TRIES = 20_000
_LONGEST_TITLE = 300
_NEAR = 30
_NEVER = -1e9
# How far into the text a contents list begins.
_FARTHEST = 20_000
_LONGEST_LIST = 40_000


class Letters:
    """The letters of text[start:end] in lower case, and the place of each."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.places = [match.start() for match in _LETTER.finditer(text, start, end)]
        self.string = "".join(text[place].lower()[:1] for place in self.places)

    def at(self, place: int) -> int:
        """Return the index of the first letter at or behind `place`."""
        return bisect_left(self.places, place)

    def begins_word(self, index: int) -> bool:
        return index == 0 or self.places[index - 1] != self.places[index] - 1

    def ends_word(self, index: int) -> bool:
        return index + 1 == len(self.places) or self.places[index + 1] != self.places[index] + 1


class Title(NamedTuple):
    """A title over an item: text[start:end], with its number ahead at `begin`; `listed` is it in the list.

    `letters` are its first and last in the list; `alone` when it is evident without the title before it.
    """

    begin: int
    start: int
    end: int
    listed: tuple[int, int]
    weight: float
    numbers_agree: bool
    letters: tuple[int, int]
    alone: bool
    number: int


class Listed(NamedTuple):
    """A contents list, text[start:end], and the titles that come again.

    `columns` is where the heads of its columns begin, `behind` where they end. `alone` when no heading and no
    case number follows.
    """

    start: int
    columns: int
    behind: int
    end: int
    titles: list[Title]
    alone: bool = False


def listed_titles(text: str, rows: Sequence[Row], anchors: Sequence[int]) -> Listed | None:
    """Return the contents list in flat rows and the titles of it over items; None without a list.

    A list without a heading begins at its first title; no heading of a section is in it. `anchors` are the
    places of case numbers and headings of sections, in order.
    """
    start, end = rows[0].start, rows[-1].end
    heading = _HEADING.search(text, start, min(end, start + _FARTHEST))
    columns = COLUMNS.match(text, heading.end(), end) if heading else None
    behind = columns.end() if columns else start
    letters = Letters(text, behind, end)
    titles = _in_order(_matches(text, letters, behind, anchors, certain=heading is not None))
    if heading:
        # A word of a title can be a heading.
        alone = not titles and len(anchors) - bisect_left(anchors, behind) <= _MOST_ANCHORS
        # "Side 1 Budget": the number of the first entry
        number = LAST_NUMBER.search(text, heading.end(), behind) if alone else None
        behind = number.start() if number else behind
        stop = _end_of_list(rows, heading.start(), titles, anchors)
        return Listed(heading.start(), heading.end(), behind, stop, titles, alone)
    if not titles:
        return None
    begin = titles[0].listed[0]
    stop = _end_of_list(rows, begin, titles, anchors)
    if bisect_left(anchors, begin) != bisect_left(anchors, stop):
        return None
    group = _GROUP.search(text, max(start, begin - _LONGEST_GROUP), begin)
    return Listed(group.start() if group else begin, begin, begin, stop, titles)


def _end_of_list(rows: Sequence[Row], start: int, titles: Sequence[Title], anchors: Sequence[int]) -> int:
    """Return where a list ends: with its page, or one that has neither an item nor a heading; at an item."""
    # Without a title over an item, the first heading or case number ends the list.
    at = bisect_left(anchors, start)
    first = titles[0].begin if titles else anchors[at] if at < len(anchors) else rows[-1].end
    end = start
    for row in rows:
        if row.end <= start:
            continue
        if end > start and row.end - start > _LONGEST_LIST:
            break
        if end > start and (
            first < row.end or bisect_left(anchors, row.start) < bisect_left(anchors, row.end)
        ):
            break
        end = row.end
    return min(end, first)


def _matches(
    text: str, letters: Letters, behind: int, anchors: Sequence[int], *, certain: bool
) -> list[Title]:
    """Return the places where words of the list come again as a title, with the weight of the evidence.

    The first of a list that is not `certain`, since it has no heading, needs the same number at both.
    """
    words: dict[str, list[int]] = {}
    matches: list[Title] = []
    last_listed = len(letters.string)
    tries = 0
    for index in range(len(letters.string) - _KEY):
        place = letters.places[index]
        if not letters.begins_word(index) or not text[place].isupper():
            continue
        key = letters.string[index : index + _KEY]
        earlier = words.setdefault(key, [])
        # What is behind the first item is no list.
        if index < last_listed and len(earlier) < _MOST_PLACES:
            earlier.append(index)
        for listed in earlier:
            if listed == index or tries >= _MOST_TRIES or len(matches) >= _MOST_MATCHES:
                continue
            tries += 1
            title = _title(text, letters, (listed, index), behind, anchors)
            if title:
                is_alone = title.alone and (certain or title.numbers_agree)
                matches.append(title._replace(alone=is_alone))
                last_listed = min(last_listed, index)
    return matches


def _title(
    text: str, letters: Letters, at: tuple[int, int], behind: int, anchors: Sequence[int]
) -> Title | None:
    """Return the title at two places of `letters`, in the list and over an item; None without evidence."""
    listed, index = at
    length = _common(text, letters, listed, index)
    if not length:
        return None
    start, end = letters.places[index], letters.places[index + length - 1] + 1
    first, last = letters.places[listed], letters.places[listed + length - 1] + 1
    figures = _FIGURES_BEHIND.match(text, end)
    if figures and text.startswith(figures[0], last):
        end, last = figures.end(), last + len(figures[0])
    rest = _REST.match(text, end)
    end = rest.end() if rest else end
    number, listed_number = _numbers_ahead(text, start, first, behind)
    if number and listed_number and int(number["number"]) != int(listed_number["number"]):
        return None
    agree = number is not None and _agrees(text, int(number["number"]), listed_number, last)
    weight = (3.0 if agree else 1.0 if number else 0.0) + _weight(text, (start, end), number, anchors)
    alone = agree or weight >= (2 if first == behind or listed_number else 3)
    if weight < 1:
        return None
    begin = number.start() if number else start
    entry = (listed_number.start() if listed_number else first, last)
    return Title(
        begin=begin,
        start=start,
        end=end,
        listed=entry,
        weight=weight + min(length, 40) / 40,
        numbers_agree=agree,
        letters=(listed, listed + length),
        alone=alone,
        number=int(number["number"]) if number else 0,
    )


def _numbers_ahead(
    text: str, start: int, first: int, behind: int
) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """Return the numbers before a title over an item and in the list; bare ones are pages' if they differ."""
    number = _NUMBER_AHEAD.search(text, max(behind, start - _AHEAD), start)
    listed_number = _NUMBER_AHEAD.search(text, max(behind - _AHEAD, first - _AHEAD), first)
    if number and listed_number and int(number["number"]) == int(listed_number["number"]):
        return number, listed_number
    return (
        number if number and (number["name"] or number["mark"]) else None,
        listed_number if listed_number and (listed_number["name"] or listed_number["mark"]) else None,
    )


def _agrees(text: str, number: int, listed_number: re.Match[str] | None, last: int) -> bool:
    """Return True if the list has the same number before the title, or the next one behind it."""
    if listed_number:
        return int(listed_number["number"]) == number
    following = _NUMBER_BEHIND.match(text, last)
    return following is not None and int(following["number"]) == number + 1


def _common_prefix(first: str, second: str) -> int:
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[:middle] == second[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common(text: str, letters: Letters, listed: int, index: int) -> int:
    """Return how many letters two places have in common, up to the end of a word at both."""
    string = letters.string
    most = min(index - listed, len(string) - index, _LONGEST_TITLE)
    length = _common_prefix(string[listed : listed + most], string[index : index + most])
    number = _NUMBER_INSIDE.search(text, letters.places[index], letters.places[index + max(length, 1) - 1])
    length = letters.at(number.start()) - index if number else length
    while length and not (letters.ends_word(listed + length - 1) and letters.ends_word(index + length - 1)):
        length -= 1
    return length if length >= _KEY else 0


def _weight(text: str, title: tuple[int, int], number: re.Match[str] | None, anchors: Sequence[int]) -> float:
    """Return the evidence that a line begins at the title: what is before it and behind it."""
    start, end = title
    weight = 1.0 if not number and _OPENS.search(text, max(start - _AHEAD, 0), start) else 0.0
    after = bisect_left(anchors, end)
    if after < len(anchors) and anchors[after] - end < _NEAR:
        weight += 2
    follows = text[end : end + 3].strip()
    return weight - 3 if follows[:1].islower() or follows[:1] in (",", ":") else weight


def _in_order(matches: Sequence[Title]) -> list[Title]:
    """Return the titles that together have the most weight, in the order of the list and of the text."""
    ordered = sorted(matches, key=lambda title: (title.start, title.listed))
    best: list[float] = []
    before: list[int] = []
    for index, title in enumerate(ordered):
        most, previous = (0.0 if title.alone else _NEVER), -1
        for earlier in range(index):
            other = ordered[earlier]
            if other.end > title.begin or other.letters[1] > title.letters[0]:
                continue
            # Titles that follow each other in both.
            bonus = 2.0 if other.letters[1] == title.letters[0] else 0.0
            if (bonus or title.alone) and best[earlier] + bonus > most:
                most, previous = best[earlier] + bonus, earlier
        best.append(most + title.weight)
        before.append(previous)
    if not best:
        return []
    chain: list[Title] = []
    at = max(range(len(best)), key=lambda index: (best[index], -index))
    if best[at] < 0:
        return []
    while at >= 0:
        chain.append(ordered[at])
        at = before[at]
    return chain[::-1]
