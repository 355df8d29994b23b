"""Lines that may start an item, and the evidence for and against each of them."""

import re
from collections.abc import Iterator
from itertools import pairwise

from minutes.reader.cases import CASE_AHEAD
from minutes.reader.contents import Contents
from minutes.reader.headings import heading_kind
from minutes.reader.item_clues import Candidate, Clues
from minutes.reader.item_evidence import LONGEST_TITLE, Evidence
from minutes.reader.numbering import Numbered, numbered, title_key
from minutes.reader.words import WORDS
from minutes.vocabulary import SectionKind

_LABELS = frozenset(WORDS.header.labels["contents"])
# "… Godkendt.2. Budget", "Sagsfremstilling2. Ny badebro", "Indholdsfortegnelse1. Fraværende"
_GLUED = re.compile(r"(?<=[a-zæøå.)!?])(?=(?:(?:Punkt|Pkt\.|Sag) )?\d{1,4}[.:] ?[A-ZÆØÅ])")
_GLUED_BARE = re.compile(r"(?<=[a-zæøå.)!?])(?=\d{1,4}[A-ZÆØÅ][a-zæøå])")
_LONGEST_GLUED = 120
_DIGIT = re.compile(r"\d")
_UNUSUAL_MARKS = {"": "number glued to the title", " ": "number without a mark", ")": "number in a bracket"}
# "Sag nr. 129", "Punkt 12" alone under a title
_NAMED_WORDS = frozenset({"punkt", "pkt", "sag", "dagsordenspunkt", "dagsordenpunkt"})


class Candidates:
    """Makes the candidates of one document."""

    def __init__(self, evidence: Evidence, contents: Contents) -> None:
        self._evidence = evidence
        self._contents = contents
        self._clues = Clues(evidence, contents)

    def numbered(self) -> list[Candidate]:
        """Return the lines that begin with a number, and numbered headings glued to a line's end."""
        candidates = [*self._at_begin(), *self._glued()]
        candidates.sort(key=lambda candidate: (candidate.heading, candidate.offset))
        candidates = _once_each(self._evidence, candidates)
        self._add_cases_above(candidates)
        return candidates

    def _add_cases_above(self, candidates: list[Candidate]) -> None:
        """Begin the candidates at the case numbers over them, in a document that prints them there."""
        evidence = self._evidence
        above = [evidence.case_above(candidate.begin) for candidate in candidates]
        under = sum(
            "case number under it" in candidate.clues
            and (place + 1 == len(above) or above[place + 1] is None)
            for place, candidate in enumerate(candidates)
        )
        if sum(case is not None for case in above) < max(2, under):
            return
        for candidate, case in zip(candidates, above, strict=True):
            if case is not None and not candidate.offset:
                candidate.begin = case
                candidate.weigh(["case number over it"])

    def _at_begin(self) -> Iterator[Candidate]:
        evidence = self._evidence
        for index, parts in evidence.numbered.items():
            if index in self._contents.lines:
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
            yield candidate

    def _glued(self) -> Iterator[Candidate]:
        """Yield headings that stand behind other text on their line, without a space between."""
        for index in self._evidence.printed:
            text = self._evidence.lines[index].text
            begin = max(0, len(text) - _LONGEST_GLUED)
            if _DIGIT.search(text, begin):
                candidate = self._glued_at(index, text, begin)
                if candidate:
                    yield candidate

    def _glued_at(self, index: int, text: str, begin: int) -> Candidate | None:
        """Return the heading glued to the end of a line, when something shows that it is one."""
        for glued, marked in ((_GLUED, True), (_GLUED_BARE, False)):
            match = glued.search(text, begin)
            parts = numbered(text[match.start() :]) if match else None
            if not match or not parts or not parts.title or ". " in parts.title:
                continue
            key = title_key(parts.title)
            known = key in self._evidence.first_of_key or key in self._contents.order
            may_be_heading = marked and parts.title[-1] not in ".,;:" and _ends(text[: match.start()])
            if not known and not may_be_heading:
                continue
            candidate = Candidate(
                index, index, parts.number, parts.value, parts.letter, parts.title, parts.form
            )
            candidate.offset = match.start()
            candidate.weigh(["any line", "glued to the line before"])
            candidate.weigh(self._clues.under(candidate))
            candidate.weigh(self._clues.of_title(parts.title, closed=False))
            if known and "in the contents list" not in candidate.clues:
                candidate.weigh(["in the contents list"])
            return candidate
        return None

    def numbered_below(self) -> list[Candidate]:
        """Return the titles that have "Sag nr. 129" or "Punkt 12" alone in the line under them."""
        evidence = self._evidence
        candidates = []
        for index, parts in evidence.numbered.items():
            above = evidence.printed_above(index)
            if parts.title or parts.word not in _NAMED_WORDS or above is None or index - above > 3:
                continue
            if above in evidence.numbered or above in evidence.cases or evidence.is_section(above):
                continue
            title = evidence.squashed(above)
            candidate = Candidate(above, index, parts.number, parts.value, "", title, parts.form, below=True)
            candidate.weigh(["any line", "calls itself punkt or sag"])
            candidate.weigh(self._clues.around(candidate))
            candidate.weigh(self._clues.of_title(title, closed=False))
            candidates.append(candidate)
        return candidates

    def unnumbered(self) -> list[Candidate]:
        """Return the titles without numbers: lines over a section or a case number, or in the contents."""
        evidence, contents = self._evidence, self._contents
        candidates = []
        for index, below in pairwise(evidence.printed):
            if index in contents.lines or not self._is_title(index):
                continue
            listed = evidence.keys.get(index) in contents.order
            anchored = below in evidence.cases or evidence.opens(below) or evidence.access(below) is not None
            if not listed and not anchored:
                continue
            if index in evidence.repeated and not listed:
                continue
            above = evidence.printed_above(index)
            if above is not None and evidence.keys.get(above) == evidence.keys.get(index):
                continue
            title = evidence.squashed(index)
            candidate = Candidate(index, index, title=title, form="title")
            if above in evidence.numbered and not evidence.numbered[above].title:
                candidate.weigh(["under a number"])
            candidate.weigh(["any line", "title line without a number"])
            candidate.weigh(self._clues.around(candidate))
            candidate.weigh(self._clues.of_title(title, closed=False))
            candidates.append(candidate)
        return candidates

    def untitled(self) -> list[Candidate]:
        """Return the headings of sections that open an item where nothing else does."""
        evidence = self._evidence
        opening = [index for index in evidence.sections if evidence.opens(index)]
        candidates = []
        ended = True
        kinds = evidence.sections
        times: dict[str, int] = {}
        for index in sorted(kinds):
            if index in opening and ended and kinds[index] is not SectionKind.DECISION:
                text = evidence.squashed(index).casefold()
                times[text] = times.get(text, 0) + 1
                candidate = Candidate(index, index - 1, form="untitled")
                candidate.weigh(["any line", "no title at all", "section under it"])
                candidate.title = text
                candidates.append(candidate)
                ended = False
            ended = ended or kinds[index] is SectionKind.DECISION
        for candidate in candidates:
            if times[candidate.title] > 1:
                candidate.weigh(["opens sections again"])
            candidate.title = ""
        return candidates

    def _is_title(self, index: int) -> bool:
        evidence = self._evidence
        text = evidence.lines[index].text
        return (
            len(text) <= LONGEST_TITLE
            and (text[0].isupper() or text[0] in "\"”“»'(" or text[0].isdigit())
            and text[-1] not in ".:;,"
            and "\t" not in text
            and index not in evidence.numbered
            and index not in evidence.cases
            and not evidence.is_section(index)
            and evidence.access(index) is None
        )

    def _title_below(self, index: int) -> str:
        below = self._evidence.printed_below(index)
        if below is not None and below in self._evidence.cases:
            below = self._evidence.printed_below(below)
        return "" if below is None else self._evidence.squashed(below)


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
    kept: list[Candidate] = []
    for candidate in candidates:
        last = kept[-1] if kept else None
        if (
            last
            and last.number == candidate.number
            and not candidate.offset
            and evidence.place(candidate.heading) == evidence.place(last.heading) + 1
            and (not last.title or not candidate.title or title_key(last.title) == title_key(candidate.title))
        ):
            if last.title and not candidate.title:
                continue
            candidate.begin = kept.pop().begin
        kept.append(candidate)
    return kept
