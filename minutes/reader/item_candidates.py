"""Numbered lines that may start an item, and the evidence for and against each of them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from minutes.reader.bodies import COMMITTEE_PATTERN
from minutes.reader.cases import CASE_AHEAD
from minutes.reader.contents import Contents
from minutes.reader.headings import heading_kind
from minutes.reader.item_clues import Candidate, Clues
from minutes.reader.item_evidence import Evidence
from minutes.reader.item_runs import Runs, title_end, without_pages
from minutes.reader.item_titles import Unnumbered
from minutes.reader.names import squash
from minutes.reader.numbering import Numbered, numbered, title_key
from minutes.reader.words import WORDS

_LABELS = frozenset(WORDS.header.labels["contents"])
# "… Godkendt.2. Budget", "Sagsfremstilling2. Ny badebro", "Indholdsfortegnelse1. Fraværende"
_GLUED = re.compile(r"(?<=[a-zæøå.)!?:])(?=(?:(?:Punkt|Pkt\.|Sag) )?\d{1,4} ?[.:)] ?[A-ZÆØÅ])")
# "Indholdsfortegnelse  • 1", the title under it
_GLUED_BULLET = re.compile(r"(?<=[a-zæøå.)!?]) *(?=[•·] ?\d{1,4}(?:\.|$))")
_GLUED_BARE = re.compile(r"(?<=[a-zæøå.)!?])(?=\d{1,4}[A-ZÆØÅ][a-zæøå])")
# What none of them is without: a quick test before the others.
_MAY_GLUE = re.compile(r"[•·]|[\dPS](?<=[a-zæøå.)!?:].)")
_LONGEST_GLUED = 120
# How many lines have one number where all have it, and how many times as many as have the next.
_FEWEST_SAME, _MOST_OTHERS = 2, 3
_FEWEST_HEADS = 3
# What says nothing against a title where most titles of a run have it, and what nothing in a list of items.
_CONVENTIONS = frozenset(
    {
        *("no blank line above", "ends with a colon", "ends like a sentence", "number in a bracket"),
        *("number glued to the title", "number without a mark", "longer than most titles"),
    }
)
_OF_LISTS = ("point of a list", "no blank line above", "ends like a sentence")
# "EVENTUELT - Intet.", but not a list of points: "NYT - Besøg - Møde"
_ONE_DASH = re.compile(r" [-–] (?!.* [-–] )")
_DIGIT = re.compile(r"\d")
_UNUSUAL_MARKS = {"": "number glued to the title", " ": "number without a mark", ")": "number in a bracket"}


class Numbers:
    """Makes the candidates of one document whose own line has a number."""

    def __init__(self, evidence: Evidence, contents: Contents, unnumbered: Unnumbered) -> None:
        self._evidence = evidence
        self._contents = contents
        self._unnumbered = unnumbered
        self._clues = Clues(evidence, contents)
        self._runs = Runs(evidence, contents.lines)

    def numbered(self) -> list[Candidate]:
        """Return the lines that begin with a number, and numbered headings glued to a line's end."""
        at_begin = list(self._at_begin())
        self._weigh_run([candidate for candidate in at_begin if candidate.heading in self._runs.lines])
        glued = list(self._glued())
        self._cut_at_glued(at_begin, glued)
        candidates = [*at_begin, *glued, *self._numbered_in_list(at_begin)]
        candidates.sort(key=lambda candidate: (candidate.heading, candidate.offset))
        candidates = _once_each(self._evidence, candidates)
        self._add_cases_above(candidates)
        return candidates

    def _numbered_in_list(self, others: Sequence[Candidate]) -> Iterator[Candidate]:
        """Yield titles that only the contents list numbers, in flat text that lost the numbers of some."""
        evidence, contents = self._evidence, self._contents
        if not any(title_key(candidate.title) in contents.listed for candidate in others):
            return
        for index in evidence.printed:
            key = evidence.keys.get(index, "")
            parts = evidence.numbered.get(contents.entries[key]) if key in contents.listed else None
            if not parts or index in contents.lines or not self._unnumbered.is_title(index):
                continue
            candidate = Candidate(
                index, index, parts.number, parts.value, title=evidence.squashed(index), form=parts.form
            )
            candidate.weigh(["any line", "title line without a number"])
            candidate.weigh(self._clues.around(candidate))
            candidate.weigh(self._clues.of_title(candidate.title, closed=False))
            yield candidate

    def _weigh_run(self, run: Sequence[Candidate]) -> None:
        """Add that the numbers run on from 1, and take back what would speak against most of the titles."""
        times = Counter(clue for candidate in run for clue in candidate.clues if clue in _CONVENTIONS)
        common = [clue for clue, count in sorted(times.items()) if 2 * count > len(run)]
        for candidate in run:
            candidate.weigh(["numbers run on from 1"])
            if self._runs.listed:
                candidate.weigh(["in a list of items"])
                candidate.forgive([*common, *_OF_LISTS])
            else:
                candidate.forgive(common)
        if self._runs.in_one_line:
            self._cut_titles(run)

    def _cut_titles(self, run: Sequence[Candidate]) -> None:
        """Cut the titles at the text or the number of a page that follows them on their line."""
        titles = [candidate.title for candidate in run]
        pages = without_pages(titles)
        cut = [title[: title_end(title)] for title in titles] if pages == titles else pages
        for candidate, title in zip(run, cut, strict=True):
            if len(title) < len(candidate.title):
                dash = _ONE_DASH.match(candidate.title, len(title))
                behind = len(candidate.title) - (dash.end() if dash else len(title))
                candidate.tail = len(self._evidence.lines[candidate.heading].text) - behind
                candidate.title = title

    def _add_cases_above(self, candidates: list[Candidate]) -> None:
        """Begin the candidates at the case numbers over them, in a document that prints them there."""
        evidence = self._evidence
        apart = not self._first_case_is_above(candidates)
        above = [evidence.case_above(candidate.begin, apart=apart) for candidate in candidates]
        under = sum(
            "case number under it" in candidate.clues
            and (place + 1 == len(above) or above[place + 1] is None)
            for place, candidate in enumerate(candidates)
        )
        over = [evidence.lines[case].text for case in above if case is not None]
        # One is enough where a word says what it is.
        labelled = not under and any(text[0].isalpha() for text in over)
        if len(over) < max(1 if labelled else 2, under):
            return
        for candidate, case in zip(candidates, above, strict=True):
            if case is not None and not candidate.offset:
                candidate.begin = case
                candidate.weigh(["case number over it"])

    def _first_case_is_above(self, candidates: Sequence[Candidate]) -> bool:
        """Return True if a text without empty lines has the first case number above a heading, not under."""
        evidence = self._evidence
        if evidence.spaced:
            return False
        for candidate in candidates:
            if evidence.case_above(candidate.begin, apart=False) is not None:
                return True
            if evidence.printed_below(candidate.heading) in evidence.cases:
                return False
        return False

    def _at_begin(self) -> Iterator[Candidate]:
        evidence = self._evidence
        for index, parts in evidence.numbered.items():
            if index in self._contents.lines or (not (parts.title or parts.word) and self._in_column(index)):
                continue
            if index in evidence.overlong:
                yield self._overlong(index, parts)
                continue
            candidate = Candidate(
                index, index, parts.number, parts.value, parts.letter, parts.title, parts.form
            )
            candidate.closed = index in evidence.marked_closed or parts.word == "lukket"
            candidate.weigh(["any line", *_of_number(parts)])
            candidate.weigh(self._clues.around(candidate))
            title = parts.title
            ahead = CASE_AHEAD.match(title)
            if ahead:
                candidate.weigh(() if "case number under it" in candidate.clues else ["case number under it"])
                title = title[ahead.end() :]
            title = title or self._title_below(index)
            candidate.weigh(self._clues.of_title(title, closed=candidate.closed))
            if parts.word and COMMITTEE_PATTERN.fullmatch(title):
                candidate.forgive(["title is a person or a body"])
            yield candidate

    def _overlong(self, index: int, parts: Numbered) -> Candidate:
        """Return an item without a title, since where it ends before the text behind it is not certain."""
        text = self._evidence.lines[index].text
        candidate = Candidate(index, index, parts.number, parts.value, parts.letter, "", parts.form)
        candidate.tail = text.index(parts.title[0], text.index(parts.number) + len(parts.number))
        candidate.weigh(["any line", "calls itself punkt or sag", "no title at all"])
        return candidate

    def _in_column(self, index: int) -> bool:
        """Return True if the lines above and below are numbers alone too: cells of a table."""
        near = (self._evidence.printed_above(index), self._evidence.printed_below(index))
        parts = [self._evidence.numbered.get(line) for line in near if line is not None]
        return len(parts) == 2 and all(part is not None and not part.title for part in parts)

    def _glued(self) -> Iterator[Candidate]:
        """Yield headings behind other text on their line, without a space between."""
        for index in self._evidence.printed:
            text = self._evidence.lines[index].text
            begin = max(0, len(text) - _LONGEST_GLUED)
            if _DIGIT.search(text, begin):
                candidate = self._glued_at(index, text, begin)
                if candidate:
                    yield candidate

    def _glued_at(self, index: int, text: str, begin: int) -> Candidate | None:
        """Return the heading glued to the end of a line, when something shows that it is one."""
        if not _MAY_GLUE.search(text, begin):
            return None
        for glued, marked in ((_GLUED, True), (_GLUED_BULLET, True), (_GLUED_BARE, False)):
            match = glued.search(text, begin)
            parts = numbered(text[match.end() :]) if match else None
            if not match or not parts or ". " in parts.title or not (parts.title or parts.bullet):
                continue
            key = title_key(parts.title or self._title_below(index))
            known = key in self._evidence.first_of_key or key in self._contents.order
            may_be_heading = (
                marked and parts.title[-1:] not in {".", ",", ";", ":"} and _ends(text[: match.start()])
            )
            if not known and not may_be_heading:
                continue
            candidate = Candidate(
                index, index, parts.number, parts.value, parts.letter, parts.title, parts.form
            )
            candidate.offset = match.end()
            candidate.weigh(["any line", "glued to the line before"])
            candidate.weigh(self._clues.under(candidate))
            candidate.weigh(self._clues.of_title(parts.title or self._title_below(index), closed=False))
            if known and "in the contents list" not in candidate.clues:
                candidate.weigh(["in the contents list"])
            return candidate
        return None

    def _cut_at_glued(self, at_begin: Sequence[Candidate], glued: Sequence[Candidate]) -> None:
        """Cut the titles that have another heading glued to them: "26. Konferencer:1. Meddelelser"."""
        listed = {one.heading: one for one in glued if "in the contents list" in one.clues}
        for candidate in at_begin:
            heading = listed.get(candidate.heading)
            behind = squash(self._evidence.lines[heading.heading].text[heading.offset :]) if heading else ""
            if heading and candidate.title.endswith(behind) and not candidate.tail:
                candidate.title = candidate.title[: -len(behind)].rstrip()
                candidate.tail = heading.offset

    def same_number(self) -> list[Candidate]:
        """Return the numbered lines where all have one number: the list of a web page lost its numbers."""
        times = Counter(parts.value for parts in self._evidence.numbered.values() if parts.title)
        value, count = min(times.items(), key=lambda entry: (-entry[1], entry[0]), default=(0, 0))
        if count < _FEWEST_SAME or _MOST_OTHERS * times[value + 1] > count:
            return []
        same: dict[str, Candidate] = {}
        for candidate in self.numbered():
            if candidate.value == value and candidate.title:
                same.setdefault(title_key(candidate.title), candidate)
        for candidate in same.values():
            candidate.weigh(["same number as all"])
        return list(same.values()) if len(same) >= _FEWEST_SAME else []

    def over_lists(self) -> list[Candidate]:
        """Return the numbered lines that have lists of points under them, and run on from 1."""
        lines = [index for index in self._evidence.numbered if index not in self._contents.lines]
        heads = self._least_indented(lines) or self._over_ones(lines)
        if not heads:
            return []
        candidates = [candidate for candidate in self.numbered() if candidate.heading in heads]
        for candidate in candidates:
            candidate.forgive(["in a sentence", "no blank line above", "point of a list"])
            candidate.weigh(["over a list from 1"])
        return candidates

    def _least_indented(self, lines: Sequence[int]) -> set[int]:
        """Return the lines that are less indented than the others, if these are more and begin with 1 too."""
        printed, values = self._evidence.lines, self._evidence.numbered
        indents = {index: printed[index].start - printed[index - 1].end - 1 for index in lines if index > 0}
        least = min(indents.values(), default=0)
        heads = [index for index in lines if indents.get(index) == least]
        points = [index for index in lines if indents.get(index, 0) > least]
        if len(points) < len(heads) or not any(values[index].value == 1 for index in points):
            return set()
        return set(heads) if self._runs_on(heads) else set()

    def _over_ones(self, lines: Sequence[int]) -> set[int]:
        """Return the lines that each are right over a point 1, if there is no other 1 than the first."""
        evidence = self._evidence
        values = {index: evidence.numbered[index].value for index in lines}
        heads = [index for index in lines if values.get(_below(evidence, index)) == 1]
        ones = sum(value == 1 for value in values.values())
        return set(heads) if ones == len(heads) + 1 and self._runs_on(heads) else set()

    def _runs_on(self, heads: Sequence[int]) -> bool:
        values = [self._evidence.numbered[index].value for index in heads]
        return len(heads) >= _FEWEST_HEADS and values == list(range(1, len(heads) + 1))

    def _title_below(self, index: int) -> str:
        below = self._evidence.printed_below(index)
        if below is not None and below in self._evidence.cases:
            below = self._evidence.printed_below(below)
        return "" if below is None else self._evidence.squashed(below)


def _below(evidence: Evidence, index: int) -> int:
    below = evidence.printed_below(index)
    return -1 if below is None else below


def _of_number(parts: Numbered) -> Iterator[str]:
    """Yield how a heading's number is printed."""
    if parts.word:
        names = {"nr": "calls itself nr.", "ad": "begins with ad"}
        yield names.get(parts.word, "calls itself punkt or sag")
    elif not parts.title:
        yield "bullet and number alone" if parts.bullet else "number alone"
    elif parts.mark in _UNUSUAL_MARKS:
        yield _UNUSUAL_MARKS[parts.mark]


def _ends(text: str) -> bool:
    """Return True if the text before a glued heading ends a sentence or is a heading itself."""
    before = text.rstrip(" :")
    return bool(before) and (before[-1] in ".)" or bool(heading_kind(before)) or before.casefold() in _LABELS)


def _once_each(evidence: Evidence, candidates: list[Candidate]) -> list[Candidate]:
    """Return the candidates, those as one that print the same number again with nothing between."""
    distinct: list[Candidate] = []
    for candidate in candidates:
        last = distinct[-1] if distinct else None
        if (
            last
            and last.number == candidate.number
            and not candidate.offset
            and evidence.place(candidate.heading) == evidence.place(last.heading) + 1
            and (not last.title or not candidate.title or title_key(last.title) == title_key(candidate.title))
        ):
            if last.title and not candidate.title:
                continue
            candidate.begin = distinct.pop().begin
        distinct.append(candidate)
    return distinct
