"""Items that no number starts: titles over a section or a case number, and first sections without a title."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from minutes.reader.closed_lines import Access
from minutes.reader.closed_titles import read_title
from minutes.reader.contents import Contents, is_label
from minutes.reader.header_lines import is_column_head, is_header_label, is_of_header, is_title_of_meeting
from minutes.reader.headings import INLINE
from minutes.reader.item_clues import Candidate, Clues, begins_like_title, is_person_entry
from minutes.reader.item_evidence import LONGEST_TITLE, Evidence
from minutes.reader.names import is_name, squash
from minutes.reader.numbering import title_key
from minutes.reader.title_lines import is_rest_of_title
from minutes.vocabulary import SectionKind

_FEWEST_UNTITLED = 3
_NEAR_MARK = 3
# Marks or case numbers open the items where there are at least two to three decisions.
_ENOUGH = 3
_DASHES = frozenset("-–•·")
_MARK_FIRST = frozenset("ÅåLlFfIi[(")
_OF_ITEM = frozenset({Access.OPEN_ITEM, Access.CLOSED_ITEM})
# Sections that open an item without a title.
_FIRST_SECTIONS = frozenset(
    {
        *(SectionKind.RESUME, SectionKind.PRESENTATION, SectionKind.BACKGROUND),
        SectionKind.RECOMMENDATION,
    }
)
_MOST_TITLE_LINES = 2
_MAIL = re.compile(r"\w@\w")
_TITLE_FIRST = re.compile(r"[A-ZÆØÅÉÖ\d\"”“»'(\[]")
# How many printed lines are the document's head, and what it is called there.
_HEAD = 20
_MEETING = re.compile(r"(?:[A-ZÆØÅ][a-zæøå]*m|M)øde (?:i|for|hos) [A-ZÆØÅ]")
# "Sag nr. 129", "Punkt 12" alone under a title
_NAMED_WORDS = frozenset({"punkt", "pkt", "sag", "dagsordenspunkt", "dagsordenpunkt"})


class Unnumbered:
    """Makes the candidates of one document whose own line has no number."""

    def __init__(self, evidence: Evidence, contents: Contents) -> None:
        self._evidence = evidence
        self._contents = contents
        self._clues = Clues(evidence, contents)

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
            begin = self._first_title_line(above)
            title = " ".join(evidence.squashed(line) for line in range(begin, above + 1))
            candidate = Candidate(begin, index, parts.number, parts.value, "", title, parts.form, below=True)
            candidate.weigh(["any line", "calls itself punkt or sag"])
            candidate.weigh(self._clues.around(candidate))
            candidate.weigh(self._clues.of_title(title, closed=False))
            candidates.append(candidate)
        return candidates

    def titled(self) -> list[Candidate]:
        """Return the titles without numbers: lines over a section or a case number, or in the contents."""
        evidence, contents = self._evidence, self._contents
        candidates = [
            candidate
            for index, below in pairwise(evidence.printed)
            if index not in contents.lines and self.is_title(index)
            if (candidate := self._title_on(index, below))
        ]
        candidates += self._under_cases()
        candidates.sort(key=lambda candidate: candidate.heading)
        return candidates

    def _title_on(self, index: int, below: int) -> Candidate | None:
        """Return the title that ends on line `index`, over line `below`, if anything shows that it is one."""
        evidence, contents = self._evidence, self._contents
        listed = evidence.keys.get(index) in contents.order
        above = evidence.printed_above(index)
        again = above is not None and evidence.keys.get(above) == evidence.keys.get(index)
        if again and above not in contents.lines:
            return None
        if not listed and (index in evidence.repeated or not self._is_anchored(index, below)):
            return None
        begin = self._first_title_line(index)
        title = " ".join(evidence.squashed(line) for line in range(begin, index + 1))
        if not listed and self._is_of_list(title, below):
            return None
        candidate = Candidate(begin, index, title=title, form="title")
        if above in evidence.numbered and not evidence.numbered[above].title:
            candidate.weigh(["under a number"])
        candidate.weigh(["any line", "title line without a number"])
        candidate.weigh(self._clues.around(candidate))
        candidate.weigh(self._clues.of_title(title, closed=False))
        candidate.weigh(() if listed else self._against(title, begin, above, below))
        return candidate

    def _against(self, title: str, begin: int, above: int | None, below: int) -> Iterator[str]:
        """Yield what speaks against a title that no contents list has."""
        if self._goes_on_with_attachments(begin):
            yield "goes on with a list of attachments"
        elif below not in self._evidence.cases:
            yield from self._weak_title(title, above)
        elif is_header_label(title):
            yield "words of a header"

    def _under_cases(self) -> list[Candidate]:
        """Return the titles right under the case numbers, where all case numbers have one and none above."""
        evidence = self._evidence
        candidates = []
        for case in sorted(evidence.cases):
            above, index = evidence.printed_above(case), evidence.printed_below(case)
            titled = above is not None and self.is_title(above)
            if titled and not is_header_label(evidence.lines[above].text if above is not None else ""):
                return []
            if index is None or not self.is_title(index):
                return []
            below = evidence.printed_below(index)
            ends = evidence.blank_below(index) or (below is not None and evidence.is_section(below))
            if not evidence.blank_above(case) or not ends:
                return []
            title = evidence.squashed(index)
            candidate = Candidate(case, index, title=title, form="title")
            candidate.weigh(["any line", "title line without a number", "case number over it"])
            candidate.weigh(self._clues.around(candidate))
            candidate.weigh(self._clues.of_title(title, closed=False))
            candidates.append(candidate)
        return candidates if len(candidates) > 1 else []

    def _first_title_line(self, index: int) -> int:
        """Return the line on which the title begins that ends on line `index`."""
        evidence = self._evidence
        begin = index
        while begin and index - begin < _MOST_TITLE_LINES and begin - 1 not in evidence.numbered:
            above = evidence.lines[begin - 1].text
            listed = self._contents.titles.get(title_key(above), "") if above else ""
            whole = squash(f"{above} {evidence.lines[index].text}").casefold()
            if not above or not (
                listed.startswith(whole) or is_rest_of_title(above, evidence.lines[begin].text)
            ):
                break
            begin -= 1
        return begin

    def _is_anchored(self, index: int, below: int) -> bool:
        """Return True if a case number, section or mark is right under a line, or near under a title."""
        evidence = self._evidence
        if below in evidence.cases or evidence.opens(below) or evidence.access(below) is not None:
            return True
        alone = evidence.spaced and evidence.blank_above(index) and evidence.blank_below(index)
        text = evidence.lines[index].text
        return alone and (begins_like_title(text) or read_title(text).closed)

    def _weak_title(self, title: str, above: int | None) -> Iterator[str]:
        """Yield what speaks against a title that only a section's heading under it shows."""
        evidence = self._evidence
        if is_of_header(title):
            yield "words of a header"
        if above is None or begins_like_title(title):
            return
        if evidence.is_section(above) and not INLINE.match(evidence.lines[above].text):
            yield "text of a section"
        elif evidence.section_above(above) is SectionKind.ATTACHMENTS:
            yield "in a list of attachments"

    def _is_of_list(self, title: str, below: int) -> bool:
        """Return True if a title is an entry of a list of people, or a label of the header with its value."""
        if is_person_entry(title) or (is_name(title) and below not in self._evidence.cases):
            return True
        if (":" in title and is_header_label(title)) or is_title_of_meeting(title):
            return True
        if _MAIL.search(title) or is_column_head(title):
            return True
        # "Bestyrelsesmøde i Nordbus"
        return self._evidence.place(below) <= _HEAD and bool(_MEETING.match(title))

    def _goes_on_with_attachments(self, begin: int) -> bool:
        """Return True if a line is right under an entry of a list of attachments, or its heading."""
        evidence = self._evidence
        if not evidence.spaced or evidence.blank_above(begin):
            return False
        return evidence.section_above(begin) is SectionKind.ATTACHMENTS

    def untitled(self) -> list[Candidate]:
        """Return the lines that open an item where no title does: case numbers, first sections."""
        decisions = set(self._evidence.decisions)
        openers, opens_every_item = self._openers()
        are_untitled = opens_every_item and 2 * sum(map(self._opens_section, openers)) >= len(openers)
        if not decisions and not (are_untitled and len(openers) >= _FEWEST_UNTITLED):
            return []
        candidates: list[Candidate] = []
        for index in sorted(openers) if opens_every_item else self._first_after_decisions(openers):
            candidate = Candidate(index, index - 1, form="untitled")
            candidate.weigh(["any line", "no title at all", "section under it"])
            candidate.weigh(["opens every item"] if are_untitled else [])
            candidates.append(candidate)
        for candidate in candidates if len(candidates) > 1 else ():
            candidate.weigh(["opens sections again"])
        return candidates

    def _first_after_decisions(self, openers: set[int]) -> list[int]:
        """Return the opener of each item: the first like the document's first, or like any above a decision.

        Else it is the first at all, if a decision follows. Without one it is the end of the last item.
        """
        decisions = self._evidence.decisions
        groups: dict[int, list[int]] = {}
        for index in sorted(openers):
            groups.setdefault(bisect_left(decisions, index), []).append(index)
        first = self._sort_of(min(openers, default=0))
        firsts: list[int] = []
        sorts: set[str] = set()
        for decided, group in groups.items():
            again = [index for index in group if self._sort_of(index) in sorts]
            alike = [index for index in again if self._sort_of(index) == first]
            if not firsts or again or decided < len(decisions):
                firsts.append((alike or again or group)[0])
                sorts.update(self._sort_of(index) for index in group if index >= firsts[-1])
        return firsts

    def _sort_of(self, index: int) -> str:
        """Return what makes openers alike: being a case number, or the same heading."""
        return "" if index in self._evidence.cases else self._evidence.lines[index].text.casefold()

    def dashed(self) -> list[Candidate]:
        """Return the titles behind a dash or bullet, where each decision has one of them above it."""
        evidence = self._evidence
        groups: dict[int, list[int]] = {}
        for index in evidence.printed:
            if evidence.lines[index].text[0] in _DASHES and self._is_dashed_title(index):
                groups.setdefault(bisect_left(evidence.decisions, index), []).append(index)
        decided = [groups.get(place, []) for place in range(len(evidence.decisions))]
        if len(decided) < _FEWEST_UNTITLED or not decided[0] or any(len(group) != 1 for group in decided[1:]):
            return []
        last = groups.get(len(decided), [])
        candidates = []
        for index in [decided[0][-1], *(group[0] for group in decided[1:]), *last[:1]]:
            title = squash(evidence.lines[index].text[1:])
            candidate = Candidate(index, index, title=title, form="title")
            candidate.weigh(["any line", "title line without a number", "one above each decision"])
            candidate.weigh(self._clues.of_title(title, closed=False))
            candidates.append(candidate)
        return candidates

    def _is_dashed_title(self, index: int) -> bool:
        text = self._evidence.lines[index].text
        title = text[1:].lstrip()
        return (
            len(text) <= LONGEST_TITLE
            and title[:1].isupper()
            and title[-1] not in ".,;:"
            and not is_name(title)
            and not is_person_entry(title)
        )

    def _openers(self) -> tuple[set[int], bool]:
        """Return the lines that can open an untitled item, and whether each of them does.

        Marks of access or case numbers do where there are about as many as decisions; else what comes first
        after a decision.
        """
        evidence = self._evidence
        marks = [
            index
            for index in evidence.printed
            if evidence.lines[index].text[0] in _MARK_FIRST
            and self._heads_item(index)
            and evidence.access(index) in _OF_ITEM
        ]
        for places in (marks, evidence.cases):
            if len(places) > 1 and _ENOUGH * len(places) >= 2 * len(evidence.decisions):
                return set(places), True
        openers = {index for index, kind in evidence.sections.items() if kind in _FIRST_SECTIONS}
        openers |= evidence.cases
        if not openers and len(evidence.decisions) >= _FEWEST_UNTITLED:
            openers = set(evidence.decisions)
        return openers, False

    def _opens_section(self, index: int) -> bool:
        """Return True if a section is under a line, with only marks and case numbers between."""
        evidence = self._evidence
        place = evidence.place(index) + 1
        below = evidence.printed[place : place + _NEAR_MARK]
        first = next((line for line in below if line not in evidence.cases and not evidence.access(line)), -1)
        return evidence.is_section(first)

    def _heads_item(self, index: int) -> bool:
        """Return True if a case number or a section is among the first lines under a mark of access."""
        evidence = self._evidence
        place = evidence.place(index) + 1
        below = evidence.printed[place : place + _NEAR_MARK]
        return any(line in evidence.cases or evidence.is_section(line) for line in below)

    def is_title(self, index: int) -> bool:
        """Return True if a line without a number has the form of a title."""
        evidence = self._evidence
        text = evidence.lines[index].text
        return bool(
            len(text) <= LONGEST_TITLE
            and (_TITLE_FIRST.match(text) or self._first_title_line(index) < index)
            and (text[-1] not in ".:;," or self._evidence.keys.get(index) in self._contents.listed)
            and "\t" not in text
            and index not in evidence.numbered
            and index not in evidence.cases
            and not evidence.is_section(index)
            and not is_label(text)
            and (evidence.access(index) is None or self._is_closed_title(index))
        )

    def _is_closed_title(self, index: int) -> bool:
        """Return True if a mark as "Lukket sag" is itself the title: over a case number, under no title."""
        evidence = self._evidence
        above, below = evidence.printed_above(index), evidence.printed_below(index)
        if evidence.access(index) is not Access.CLOSED_ITEM or below not in evidence.cases:
            return False
        return above is None or evidence.lines[above].text[-1] in ".:" or evidence.is_section(above)
