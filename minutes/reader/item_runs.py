"""The first numbers of a document that run on from 1: items of minutes without headings, or only points."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from minutes.reader.item_evidence import Evidence
from minutes.reader.names import is_name
from minutes.reader.numbering import Numbered
from minutes.reader.words import WORDS, pattern

_STANDING = re.compile(pattern(WORDS.pages.standing_items), re.IGNORECASE)
_BEGINS_STANDING = re.compile(rf"{pattern(WORDS.pages.standing_items)}(?!\w)|valg af\b", re.IGNORECASE)
# "Økonomi (Malou)", "Dagsorden v/Emma – 2 min.", "Budget – 10 min", "Eventuelt:"
_BEHIND_TITLE = re.compile(
    r"(?:\s*\([^()]{1,40}\)|\s+v/.{1,40}|\s*[-–,]?\s*\d{1,3}\s*min(?:utter)?\b|[\s.:]+)$", re.IGNORECASE
)
_AT = re.compile(r"at\b", re.IGNORECASE)
# "Godkendelse af dagsorden Godkendt", "Ny lokalplan Vi drøftede planen."
_TEXT_BEHIND = re.compile(
    rf"(?<=[\wæøå.)])\s+(?=[A-ZÆØÅ])(?=(?i:{pattern(WORDS.decisions.openings, WORDS.pages.text_openings)}))"
)
# "Budget for 2017. Planen følges.", "Eventuelt intet"
_SENTENCE_BEHIND = re.compile(
    r"(?<=[a-zæøå]{2}\.)\s+(?=[A-ZÆØÅ])|(?<=^Eventuelt)\s+(?=\w)|(?<=^Evt\.)\s+(?=\w)"
)
# "NYT FRA FORMANDEN - Besøg på havnen - Møde", but "HSU - Budget" is a title
_DASH_BEHIND = re.compile(r"(?<=[A-ZÆØÅ]{5}) [-–] (?=[A-ZÆØÅ][a-zæøå])")
# "Valg af referent Lars"
_NAME_BEHIND = re.compile(r"(?P<title>Valg af [a-zæøå]+(?: og [a-zæøå]+)?) (?=[A-ZÆØÅ][a-zæøå]+\.?$)")
_PAGE_BEHIND = re.compile(r"\s+\d{1,4}$")
_FEWEST = 3
_FEWEST_STANDING = 3
# A title that is longer is a sentence.
_LONGEST = 160


def bare(title: str) -> str:
    """Return a title without what is printed behind it: who presents it, the minutes it may take."""
    while _may_have_more(title) and (match := _BEHIND_TITLE.search(title)):
        title = title[: match.start()]
    return title


def _may_have_more(title: str) -> bool:
    """Return False for a title that `_BEHIND_TITLE`, which is slow, cannot match."""
    lower = title.lower()
    return lower[-1:] in ").:" or lower[-1:].isspace() or lower.endswith(("min", "minutter")) or "v/" in lower


@lru_cache(maxsize=4096)
def is_standing(title: str) -> bool:
    """Return True if the title is of an item that most agendas have.

    "Eventuelt:", "Nyt fra SFO (Lis)", "Orientering og eventuelt".
    """
    return bool(title) and bool(
        _STANDING.fullmatch(title)
        or _STANDING.fullmatch(bare(title))
        or (" og " in title and all(map(_STANDING.fullmatch, title.split(" og "))))
    )


def begins_standing(title: str) -> bool:
    """Return True if the title begins as one that most agendas have: "Eventuelt intet"."""
    return bool(_BEGINS_STANDING.match(title))


def title_end(title: str) -> int:
    """Return where a title ends that has what was decided behind it on its line."""
    name = _NAME_BEHIND.match(title)
    if name:
        return name.end("title")
    dash = _DASH_BEHIND.search(title)
    if dash and title[: dash.start()].isupper():
        return dash.start()
    ends = [match.start() for part in (_TEXT_BEHIND, _SENTENCE_BEHIND) if (match := part.search(title))]
    return min(ends, default=len(title))


def without_pages(titles: Sequence[str]) -> list[str]:
    """Return the titles without the numbers of pages behind them, when all have one and they rise."""
    matches = [_PAGE_BEHIND.search(title) for title in titles]
    pages = [int(match[0]) for match in matches if match]
    if len(pages) < len(titles) or pages != sorted(pages):
        return list(titles)
    return [_PAGE_BEHIND.sub("", title) for title in titles]


class Runs:
    """The numbered lines of a document that together number its items from 1 on.

    `lines` are those of the first regular run: no number of its form is left out or comes again, and no
    section of an item is above it. `listed` is True if they are a list of items with at most their
    decisions behind the titles: little else is printed below the first, or several of them are in most
    agendas. `in_one_line` is True if most have nothing under their line, so that what was decided can
    only be behind the title.
    """

    def __init__(self, evidence: Evidence, left_out: set[int]) -> None:
        self.lines: frozenset[int] = frozenset()
        self.listed = False
        self.in_one_line = False
        first = next((index for index in sorted(evidence.numbered) if index not in left_out), None)
        if first is None or evidence.count(evidence.item_sections, 0, first):
            return
        run = _run(evidence, first, left_out)
        if not _is_regular(evidence, run):
            return
        printed_below = len(evidence.printed) - evidence.place(first)
        standing = sum(begins_standing(evidence.numbered[index].title) for index in run)
        over_sections = evidence.count(evidence.section_lines, run[-1], len(evidence.lines)) > 1
        little_else = 3 * len(run) >= 2 * printed_below
        self.listed = not over_sections and (little_else or standing >= _FEWEST_STANDING)
        empty = sum(evidence.place(below) == evidence.place(line) + 1 for line, below in pairwise(run))
        if self.listed or 2 * empty < len(run):
            self.lines = frozenset(run)
            self.in_one_line = 2 * empty >= len(run)


def _run(evidence: Evidence, first: int, left_out: set[int]) -> list[int]:
    """Return the lines from `first` on that go on with its form of number; empty where they may be others.

    Lower numbers between them are of a list in an item, as long as they do not reach the next number.
    """
    form = _form(evidence.numbered[first])
    run: list[int] = []
    again = 0
    for index in sorted(evidence.numbered):
        parts = evidence.numbered[index]
        if index in left_out or not parts.title or _form(parts) != form:
            continue
        if parts.value > len(run) + 1 or (parts.value == len(run) + 1 and again == len(run) > 0):
            return []
        if parts.value == len(run) + 1:
            run.append(index)
            again = 0
        else:
            again = parts.value
    return run if again < len(run) else []


def _form(parts: Numbered) -> tuple[str, str, bool]:
    return parts.word, parts.mark, parts.bullet


def _is_regular(evidence: Evidence, run: Sequence[int]) -> bool:
    """Return True if the titles of a run are those of items: not names, not sentences, not listed before."""
    if any(evidence.last_like(index) > index for index in run):
        return False
    titles = [evidence.numbered[index].title for index in run]
    odd = sum(map(_is_odd, titles))
    return len(run) >= _FEWEST and 3 * odd <= len(run)


def _is_odd(title: str) -> bool:
    """Return True if a numbered line is a point or a person rather than a title."""
    return len(title) > _LONGEST or is_name(title.rstrip(" -–")) or bool(_AT.match(title))
