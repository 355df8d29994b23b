"""Lines that may start an item, and the evidence for and against each of them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from minutes.reader.cases import CASE_AHEAD
from minutes.reader.closed_lines import Access
from minutes.reader.closed_titles import read_title
from minutes.reader.contents import Contents, is_label
from minutes.reader.header_lines import is_header_label, is_of_header
from minutes.reader.headings import heading_kind
from minutes.reader.item_clues import Candidate, Clues, begins_like_title, is_person_entry
from minutes.reader.item_evidence import LONGEST_TITLE, Evidence
from minutes.reader.item_runs import Runs, title_end, without_pages
from minutes.reader.names import is_name, squash
from minutes.reader.numbering import Numbered, numbered, title_key
from minutes.reader.title_lines import is_rest_of_title
from minutes.reader.words import WORDS
from minutes.vocabulary import SectionKind

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
_FEWEST_UNTITLED = 3
_NEAR_MARK = 3
# Marks or case numbers open the items where there are at least two to three decisions.
_ENOUGH = 3
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
# What says nothing against a title where most titles of a run have it, and what nothing in a list of items.
_CONVENTIONS = frozenset(
    {
        *("no blank line above", "ends with a colon", "ends like a sentence", "number in a bracket"),
        *("number glued to the title", "number without a mark", "longer than most titles"),
    }
)
_OF_LISTS = ("point of a list", "no blank line above", "ends like a sentence")
_TITLE_FIRST = re.compile(r"[A-ZÆØÅÉÖ\d\"”“»'(\[]")
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
            if not parts or index in contents.lines or not self._is_title(index):
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
        """Cut the titles at the text or the number of a page that stands behind them on their line."""
        titles = [candidate.title for candidate in run]
        pages = without_pages(titles)
        cut = [title[: title_end(title)] for title in titles] if pages == titles else pages
        for candidate, title in zip(run, cut, strict=True):
            if len(title) < len(candidate.title):
                behind = len(candidate.title) - len(title)
                candidate.tail = len(self._evidence.lines[candidate.heading].text) - behind
                candidate.title = title

    def _add_cases_above(self, candidates: list[Candidate]) -> None:
        """Begin the candidates at the case numbers over them, in a document that prints them there."""
        evidence = self._evidence
        above = [evidence.case_above(candidate.begin) for candidate in candidates]
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

    def _at_begin(self) -> Iterator[Candidate]:
        evidence = self._evidence
        for index, parts in evidence.numbered.items():
            if index in self._contents.lines or (not (parts.title or parts.word) and self._in_column(index)):
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

    def _in_column(self, index: int) -> bool:
        """Return True if the lines above and below are numbers alone too: cells of a table."""
        near = (self._evidence.printed_above(index), self._evidence.printed_below(index))
        parts = [self._evidence.numbered.get(line) for line in near if line is not None]
        return len(parts) == 2 and all(part is not None and not part.title for part in parts)

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

    def same_number(self) -> list[Candidate]:
        """Return the numbered lines where all have one number: the list of a web page lost its numbers."""
        times = Counter(parts.value for parts in self._evidence.numbered.values() if parts.title)
        value, count = min(times.items(), key=lambda entry: (-entry[1], entry[0]), default=(0, 0))
        if count < _FEWEST_SAME or _MOST_OTHERS * times[value + 1] > count:
            return []
        same = [candidate for candidate in self.numbered() if candidate.value == value and candidate.title]
        for candidate in same:
            candidate.weigh(["same number as all"])
        return same

    def unnumbered(self) -> list[Candidate]:
        """Return the titles without numbers: lines over a section or a case number, or in the contents."""
        evidence, contents = self._evidence, self._contents
        candidates = []
        for index, below in pairwise(evidence.printed):
            if index in contents.lines or not self._is_title(index):
                continue
            listed = evidence.keys.get(index) in contents.order
            above = evidence.printed_above(index)
            again = above is not None and evidence.keys.get(above) == evidence.keys.get(index)
            if again and above not in contents.lines:
                continue
            if not listed and (index in evidence.repeated or not self._is_anchored(index, below)):
                continue
            begin = self._first_title_line(index)
            title = " ".join(evidence.squashed(line) for line in range(begin, index + 1))
            if not listed and self._is_of_list(title, below):
                continue
            candidate = Candidate(begin, index, title=title, form="title")
            if above in evidence.numbered and not evidence.numbered[above].title:
                candidate.weigh(["under a number"])
            candidate.weigh(["any line", "title line without a number"])
            candidate.weigh(self._clues.around(candidate))
            candidate.weigh(self._clues.of_title(title, closed=False))
            if not listed and self._goes_on_with_attachments(begin):
                candidate.weigh(["goes on with a list of attachments"])
            elif not listed and below not in evidence.cases:
                candidate.weigh(self._weak_title(title, above))
            elif not listed and is_header_label(title):
                candidate.weigh(["words of a header"])
            candidates.append(candidate)
        candidates += self._under_cases()
        candidates.sort(key=lambda candidate: candidate.heading)
        return candidates

    def _under_cases(self) -> list[Candidate]:
        """Return the titles right under the case numbers, where all case numbers have one and none above."""
        evidence = self._evidence
        candidates = []
        for case in sorted(evidence.cases):
            above, index = evidence.printed_above(case), evidence.printed_below(case)
            titled = above is not None and self._is_title(above)
            if titled and not is_header_label(evidence.lines[above].text if above is not None else ""):
                return []
            if index is None or not self._is_title(index):
                return []
            if not evidence.blank_above(case) or not evidence.blank_below(index):
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
        """Return True if a case number, section or mark stands right under a line, or near under a title."""
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
        if evidence.is_section(above):
            yield "text of a section"
        elif evidence.section_above(above) is SectionKind.ATTACHMENTS:
            yield "in a list of attachments"

    def _is_of_list(self, title: str, below: int) -> bool:
        """Return True if a title is an entry of a list of people, or a label of the header with its value."""
        if is_person_entry(title) or (is_name(title) and below not in self._evidence.cases):
            return True
        return ":" in title and is_header_label(title)

    def _goes_on_with_attachments(self, begin: int) -> bool:
        """Return True if a line stands right under an entry of a list of attachments, or its heading."""
        evidence = self._evidence
        if not evidence.spaced or evidence.blank_above(begin):
            return False
        return evidence.section_above(begin) is SectionKind.ATTACHMENTS

    def untitled(self) -> list[Candidate]:
        """Return the lines that open an item where no title does: case numbers, first sections."""
        decisions = set(self._evidence.decisions)
        openers, each = self._openers()
        are_untitled = each and 2 * sum(map(self._opens_section, openers)) >= len(openers)
        if not decisions and not (are_untitled and len(openers) >= _FEWEST_UNTITLED):
            return []
        candidates: list[Candidate] = []
        ended = True
        for index in sorted(openers | decisions):
            if index in openers and (ended or each):
                candidate = Candidate(index, index - 1, form="untitled")
                candidate.weigh(["any line", "no title at all", "section under it"])
                candidate.weigh(["opens every item"] if are_untitled else [])
                candidates.append(candidate)
                ended = False
            ended = ended or index in decisions
        for candidate in candidates if len(candidates) > 1 else ():
            candidate.weigh(["opens sections again"])
        return candidates

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
        """Return True if a case number or a section stands among the first lines under a mark of access."""
        evidence = self._evidence
        place = evidence.place(index) + 1
        below = evidence.printed[place : place + _NEAR_MARK]
        return any(line in evidence.cases or evidence.is_section(line) for line in below)

    def _is_title(self, index: int) -> bool:
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
