"""Contents lists whose entries are joined and have lost numbers: "1. Budget Valg af formand 4 3 Ny havn".

Texts of PDF viewers print such a list in one paragraph, often without the pages and the numbers between two
entries. An entry is sure where both of its ends are evident: numbers that follow each other, the page behind
it, words that titles begin with; and where no other title can begin inside of it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from minutes.reader.words import WORDS, pattern

# "191. Dialogmøde", "4 3 Godkendelse", "5 1. kvartal": numbers between two entries
_NUMBERS = re.compile(
    r"(?<!\S)(?P<first>\d{1,4})(?P<mark>\.)?(?: (?P<second>\d{1,4})(?P<second_mark>\.)?)?"
    r" (?=[A-ZÆØÅ\"”“]|\d{1,2}\. [a-zæøå])"
)
# "Salg af ejendom...20": what leads to a page
_LEADER = re.compile(r"(?:\.{3,}|…)[. ]*\d{0,3}(?=\s|$)")
_CAPITAL = re.compile(r"(?<=\s)[A-ZÆØÅ][a-zæøåé]+")
_OPENS = re.compile(pattern(WORDS.pages.title_openings, WORDS.pages.standing_items), re.IGNORECASE)
# "Retningslinjer for", "Køb af": a noun with its preposition
_NOUN = re.compile(r"[A-ZÆØÅ][a-zæøåé]{2,}(?: og [a-zæøåé]+)? (?:af|om|vedr\.?|vedrørende)\b")
# "Tilslutning til", but no "Boligforening for": an act
_ACT = re.compile(r"[A-ZÆØÅ][a-zæøåé-]*(?:(?<!foren)(?<!saml)(?<!bygn)ing|else|ation) (?:af|om|til)\b")
# "Til orientering - Badebroen"
_PURPOSE = re.compile(r"Til (?:orientering|drøftelse|godkendelse|beslutning|efterretning) ?[-–:]")
# "… blev godkendt. Udvalget …": running text
_SENTENCE = re.compile(r"[a-zæøå]{4}[.!?] [A-ZÆØÅ][a-zæøå]")
_DEFINITE = ("et", "en", "erne")
_VERBAL_NOUN = re.compile(r"[A-ZÆØÅ][a-zæøåé-]*(?:ing|else|ation|ier|jer|plan|politik|skab) (?:for|til)\b")
_GOES_ON = frozenset(WORDS.pages.title_joins)
_JOINS = tuple(",-–:/(&")
# "Det Lokale …", "Skive Kommune": names of several words
_NAME_GOES_ON = frozenset(WORDS.pages.name_joins)
_NAME_ENDS = ("kommune", "kommunes", "amt", "amts", "herred", "sogn")
# "… Havnen 12", "… Havnen 12 og"
_PAGE_BEHIND = re.compile(r"[ .]+\d{1,3}\Z")
# "lokalplan nr for et område": a number that was lost
_LOST_NUMBER = re.compile(r"\bnr\.?:?(?= [a-zæøå)]|\Z)")
# "Ændring af budget", "Orientering ultimo maj": a year may have been behind it
_WANTS_YEAR = re.compile(r"(?:budget|regnskab|kvartal|perioden|etape|januar|februar|marts|april|maj|juni)\Z")
_LOSE_FIGURES = frozenset({"for", "pr.", "i", "fra"})
_FIGURE = re.compile(r"(?<=\s)\d{1,3}(?=\s[a-zæøå(])")
_CLOSED = re.compile(r"lukke[dt]|fortrolig", re.IGNORECASE)
# "Lokalplan 2.3, Kystvej. Endelig godkendelse": the second part of a title
_SECOND_PART = re.compile(r"(?:Endelig|Foreløbig|Fornyet) [a-zæøå]+(?! af\b)")
# "Åbne beslutningssager": a heading over entries
_GROUP = re.compile(r"(?:Åbne?|Lukkede?) [a-zæøå]*(?:sager|punkter)\b")
# "Lokalplan | 2 Kystvej": what was taken for a page is of the title
_WANTS_NUMBER = re.compile(r"(?:[Ll]okalplan|[Tt]illæg|[Ee]tape|[Dd]elområde|[Mm]atr\.?)\Z")
_FURTHEST = 40
_FEWEST_PAGES = 3
_LONGEST_ENTRY = 250
_LONGEST_LIST = 40_000
_FEWEST_SENTENCES = 3
_SHORTEST_ENTRY = 6


class Entry(NamedTuple):
    """A part of the list, text[start:end]; `is_sure` when it is one entry, with its number if it has one."""

    start: int
    end: int
    is_sure: bool


class _Gap(NamedTuple):
    """The text between two entries, text[start:end], with the number of the entry that follows, or 0.

    `title` is where that entry's title begins, `is_sure` when an entry ends and another begins here.
    """

    start: int
    end: int
    title: int
    number: int = 0
    page: int = 0
    is_sure: bool = True


def entries_of(text: str, ranges: Sequence[tuple[int, int]]) -> list[Entry]:
    """Return the parts of a list that is in the `ranges` of the text, a page each; none without evidence."""
    if sum(end - start for start, end in ranges) > _LONGEST_LIST or _is_running_text(text, ranges):
        return []
    numbered = _Numbers(text, ranges)
    entries: list[Entry] = []
    for start, end in ranges:
        gaps = numbered.gaps(start, end)
        for before, after in pairwise([*gaps, None]):
            if before is not None:
                entries += _between(text, before, after, end)
    return [] if numbered.all_printed(entries) else _until_closed(text, entries)


def _is_running_text(text: str, ranges: Sequence[tuple[int, int]]) -> bool:
    """Return True if one of the pages has several sentences."""
    return any(
        len(list(islice(_SENTENCE.finditer(text, start, end), _FEWEST_SENTENCES))) == _FEWEST_SENTENCES
        for start, end in ranges
    )


def _until_closed(text: str, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries, none sure from the first that says that something is closed."""
    closed = next((entry.start for entry in entries if _CLOSED.search(text, *entry[:2])), None)
    return [
        entry if closed is None or entry.end <= closed else entry._replace(is_sure=False) for entry in entries
    ]


class _Numbers:
    """Finds the gaps between entries that numbers show, over all pages of a list."""

    def __init__(self, text: str, ranges: Sequence[tuple[int, int]]) -> None:
        self._text = text
        self._number = 0
        self._page = 0
        self._start = ranges[0][0] if ranges else 0
        first = _NUMBERS.match(text, ranges[0][0], ranges[0][1]) if ranges else None
        self._marked = first is not None and first["mark"] is not None and first["second"] is None
        self._bare = first is not None and not self._marked and first["second"] is None

    def all_printed(self, entries: Sequence[Entry]) -> bool:
        """Return True if every entry has its number and a mark: none was lost."""
        return self._marked and all(self._text[entry.start].isdigit() for entry in entries)

    def gaps(self, start: int, end: int) -> list[_Gap]:
        """Return the gaps of one page; the first is its beginning."""
        gaps = []
        if not _NUMBERS.match(self._text, start, end):
            # The last title of the page above can go on.
            begins = start == self._start or _begins_title(self._text, start)
            gaps.append(_Gap(start, start, start, is_sure=begins))
        places = [*_NUMBERS.finditer(self._text, start, end), *_LEADER.finditer(self._text, start, end)]
        for match in sorted(places, key=lambda match: match.start()):
            gap = self._gap(match) if match.re is _NUMBERS else _leader_gap(self._text, match)
            if gap and (not gaps or gap.start >= gaps[-1].end):
                gaps.append(gap)
        return gaps

    def _gap(self, match: re.Match[str]) -> _Gap | None:
        first, second = int(match["first"]), int(match["second"] or 0)
        if self._marked:
            return self._marked_gap(match, first, second)
        if self._bare:
            return self._bare_gap(match, first, second)
        return self._page_gap(match, first, second)

    def _marked_gap(self, match: re.Match[str], first: int, second: int) -> _Gap | None:
        """Return the gap at "3. Title" or "12 3. Title"."""
        number = second if match["second_mark"] else first if match["mark"] else 0
        if not self._follows(number) or (match["second"] and not match["second_mark"]):
            return None
        self._number = number
        at = match.start("second") if match["second"] else match.start()
        return _Gap(match.start(), at, match.end(), number, first if match["second"] else 0)

    def _bare_gap(self, match: re.Match[str], first: int, second: int) -> _Gap | None:
        """Return the gap at "9 5 Title" (page and number), "5 Title" (number) or "9 Title" (page)."""
        if match["mark"] or match["second_mark"]:
            return None
        if second:
            if not self._follows(second) or first < self._page:
                return None
            self._number, self._page = second, first
            return _Gap(match.start(), match.start("second"), match.end(), second, first)
        if self._follows(first) and (first < self._page or first == self._number + 1):
            self._number = first
            return _Gap(match.start(), match.start(), match.end(), first)
        is_page = self._page <= first <= self._page + _FURTHEST
        return _Gap(match.start(), match.end(), match.end(), is_sure=False) if is_page else None

    def _page_gap(self, match: re.Match[str], first: int, second: int) -> _Gap | None:
        """Return the gap at "9 Title", where no entry has a number."""
        if second or match["mark"] or not self._page < first <= self._page + _FURTHEST:
            return None
        self._page = first
        return _Gap(match.start(), match.end(), match.end(), page=first)

    def _follows(self, number: int) -> bool:
        return self._number < number <= self._number + _FURTHEST or (number > 0 and not self._number)


def _leader_gap(text: str, match: re.Match[str]) -> _Gap:
    end = match.end() + (text[match.end() : match.end() + 1] == " ")
    return _Gap(match.start(), end, end)


def _between(text: str, before: _Gap, after: _Gap | None, end: int) -> Iterator[Entry]:
    """Yield the entries between two gaps; `end` is where the page ends."""
    stop = after.start if after else end
    if not text[before.title : stop].strip():
        return
    opens, weak, sure_until, is_counted = _splits(text, before, after, stop)
    ends_at_page = bool(after and after.page)
    for index, (begin, behind) in enumerate(pairwise([before.end, *opens, stop])):
        title = begin if index else before.title
        is_last = index == len(opens)
        has_begin = index > 0 or before.is_sure
        has_end = not is_last or (after is not None and after.is_sure)
        is_whole = is_counted or bisect_right(weak, title) == bisect_left(weak, behind)
        is_sure = index < sure_until and has_begin and has_end and is_whole
        is_sure = is_sure and _is_complete(text, title, behind, at_page=is_last and ends_at_page)
        is_sure = is_sure and _can_be_title(text[title:behind], before)
        yield Entry(begin, _without_page(text, title, behind, before), is_sure)


def _splits(text: str, before: _Gap, after: _Gap | None, stop: int) -> tuple[list[int], list[int], int, bool]:
    """Return where titles begin between two gaps, and where others may.

    Behind them how many of the entries have a certain beginning, and whether their count agrees with the
    numbers around them.
    """
    steps = after.number - before.number if after and after.number and before.number else 0
    opens = [] if steps == 1 else list(_openings(text, before.title, stop))
    certain = set(opens)
    weak = [place for place in _capitals(text, before.title, stop) if place not in certain]
    if steps > 1 and not opens and len(weak) == steps - 1:
        # The first title is certain, since the others must begin at the capitals.
        return weak, weak, 1, True
    sure_until = 0 if 0 < steps <= len(opens) else len(opens) + 1
    return opens, weak, sure_until, steps > 0 and len(opens) == steps - 1


def _is_complete(text: str, start: int, end: int, *, at_page: bool) -> bool:
    """Return False for a title that lost a figure inside, or may have lost a year before no page's number."""
    words = text[start:end].rstrip()
    return not _lost_figure(text, start, end) and (at_page or not _WANTS_YEAR.search(words))


def _can_be_title(words: str, before: _Gap) -> bool:
    """Return False for what is too short or long, or goes on over a line's end with its page inside."""
    words = words.strip()
    if not _SHORTEST_ENTRY <= len(words) <= _LONGEST_ENTRY or words[-1] in ",:-–(":
        return False
    if _LOST_NUMBER.search(words) or _SENTENCE.search(words) or _GROUP.match(words):
        return False
    if _WANTS_NUMBER.search(words):
        return False
    return not any(int(figure[0]) >= max(before.page, 1) for figure in _FIGURE.finditer(words)) or (
        not before.page and not before.number
    )


def _lost_figure(text: str, start: int, end: int) -> bool:
    """Return True if another title begins behind a preposition: "Revisionsberetning for [2006] Valg af …"."""
    return any(
        _word_before(text, start, match.start()) in _LOSE_FIGURES and _begins_title(text, match.start())
        for match in _CAPITAL.finditer(text, start + 1, end)
    )


def _without_page(text: str, start: int, end: int, before: _Gap) -> int:
    """Return where the entry ends without the number of a page behind it."""
    page = _PAGE_BEHIND.search(text, start, end) if before.number and not before.page else None
    return page.start() if page else start + len(text[start:end].rstrip())


def _openings(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where in text[start:end] words are that titles begin with, and no phrase before them goes on."""
    for match in _CAPITAL.finditer(text, start + 1, end):
        at = match.start()
        ahead = _word_before(text, start, at)
        if ahead.endswith(".") and _SECOND_PART.match(text, at):
            continue
        is_name = ahead[:1].isupper() and not ahead.endswith(_DEFINITE)
        if not _goes_on(ahead) and _begins_title(text, at, is_behind_name=is_name):
            yield at


def _begins_title(text: str, at: int, *, is_behind_name: bool = False) -> bool:
    """Return True if titles begin like the words at a place; a name can be of several words."""
    if _OPENS.match(text, at) or _ACT.match(text, at) or _PURPOSE.match(text, at):
        return True
    return not is_behind_name and bool(_NOUN.match(text, at) or _VERBAL_NOUN.match(text, at))


def _capitals(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where in text[start:end] a capital may begin a title: that of no name behind a preposition."""
    in_name = False
    for match in _CAPITAL.finditer(text, start + 1, end):
        ahead = _word_before(text, start, match.start())
        if _goes_on(ahead):
            in_name = True
            continue
        goes_on = in_name and ahead[:1].isupper()
        if goes_on and (ahead.lower() in _NAME_GOES_ON or match[0].lower() in _NAME_ENDS):
            continue
        in_name = False
        yield match.start()


def _word_before(text: str, start: int, at: int) -> str:
    return text[max(start, at - 30) : at].rstrip().rpartition(" ")[2]


def _goes_on(word: str) -> bool:
    """Return True if a title goes on behind a word: a preposition, a comma, a genitive of a name."""
    is_genitive = word[:1].isupper() and word.endswith("s") and len(word) > 3
    return word.lower() in _GOES_ON or word.endswith(_JOINS) or is_genitive
