"""The evidence for and against an item's start at one line."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from minutes.reader.bodies import COMMITTEE_PATTERN
from minutes.reader.closed_lines import Access
from minutes.reader.closed_titles import read_title
from minutes.reader.contents import Contents
from minutes.reader.headings import DECISION_OPENING, heading_kind, weak_kind
from minutes.reader.item_evidence import Evidence
from minutes.reader.item_runs import is_standing
from minutes.reader.names import names_in
from minutes.reader.numbering import title_key
from minutes.reader.words import WORDS, pattern
from minutes.vocabulary import SectionKind

# What a piece of evidence at a line counts for or against an item's start there. Zero is "as likely as not"
# for a line whose number follows that of the item before; the sum decides together with `item_chains`.
WEIGHTS = {
    "any line": -3.0,
    # How its number is printed.
    "calls itself punkt or sag": 3.0,
    "calls itself nr.": 2.0,
    "begins with ad": -1.5,
    "number without a mark": -0.5,
    "number glued to the title": -1.5,
    "number in a bracket": -1.0,
    "number alone": -2.0,
    "bullet and number alone": -0.5,
    "glued to the line before": -1.0,
    # Lines under and above it.
    "case number under it": 5.0,
    "case number over it": 4.0,
    "section under it": 3.0,
    "list or absence under it": 1.0,
    "word that may head a section under it": 2.0,
    "mark of access under it": 2.5,
    "repeated line under it": 1.5,
    "title again under it": 2.0,
    "under a number": -5.0,
    "blank line above": 1.0,
    "no blank line above": -1.5,
    "alone between blank lines": 0.5,
    "first line of the document": 2.0,
    "text of a section": -4.0,
    "in a list of attachments": -1.5,
    "goes on with a list of attachments": -4.0,
    "words of a header": -5.0,
    "after a decision": 1.0,
    "after a recommendation": -1.5,
    "after a presentation": -0.5,
    "after a colon": -2.5,
    "in a sentence": -3.0,
    "point of a list": -4.0,
    # Its title.
    "in the contents list": 4.0,
    "comes again later": -2.0,
    "standing item": 2.5,
    "begins like a title": 1.5,
    "marked closed": 3.0,
    "ends like a sentence": -2.0,
    "ends in the middle": -4.0,
    "ends with a colon": -1.5,
    "begins with at": -6.0,
    "begins with a small letter": -2.0,
    "longer than most titles": -0.5,
    "much longer than titles": -2.0,
    "leads to a page": -4.0,
    "title is a section's": -3.0,
    "title is a person or a body": -4.0,
    "title is a decision": -3.0,
    "cells of a table": -2.5,
    "row of a table of items": 4.0,
    "title line without a number": -1.0,
    "no title at all": -1.0,
    "opens sections again": 2.0,
    "opens every item": 3.0,
    "one above each decision": 5.5,
    "same number as all": 0.5,
    "over a list from 1": 3.0,
    "numbers run on from 1": 2.0,
    "in a list of items": 0.0,
}
_LONG, _VERY_LONG = 90, 160
_LONGEST_WEAK = 30
_AT = re.compile(r"at\b", re.IGNORECASE)
# "Spørgetid...xv Til behandling": entries of a contents list in one line
_LEADS = re.compile(r"\.{3,}(?:[ivxlc]+\b|\d+\s+[A-ZÆØÅ])")
_OPENING = re.compile(pattern(WORDS.pages.title_openings), re.IGNORECASE)
_OF_PERSON = re.compile(rf"{pattern(WORDS.people.titles)}\b.*\([A-ZÆØÅ]{{1,2}}\)", re.IGNORECASE)
# "A (10), V (3)", "A, B og C", "(V)": who voted
_VOTERS = re.compile(r"\(?[A-ZÆØÅ]{1,2}\)?(?:\s*[,(+]|\s+og\s+[A-ZÆØÅ]\b|$)")
_ENDS_ITEM = frozenset(
    {SectionKind.DECISION, SectionKind.ATTACHMENTS, SectionKind.ABSENT, SectionKind.PRIOR_DECISION}
)


@dataclass(slots=True)
class Candidate:
    """A line that may start an item; `score` is the sum of the weights of its `clues`."""

    begin: int
    heading: int
    number: str | None = None
    value: int = 0
    letter: str = ""
    title: str = ""
    form: str = ""
    offset: int = 0  # where in its line the heading begins, when it is joined to the text before
    tail: int = 0  # where in its line the heading ends, when the item's text goes on there
    closed: bool = False
    below: bool = False  # the number is on a line of its own under the title
    clues: list[str] = field(default_factory=list)
    score: float = 0.0

    def weigh(self, clues: Iterable[str]) -> None:
        for clue in clues:
            self.clues.append(clue)
            self.score += WEIGHTS[clue]

    def forgive(self, clues: Iterable[str]) -> None:
        """Take back the weights of those of the clues that the candidate has."""
        for clue in clues:
            if clue in self.clues:
                self.clues.remove(clue)
                self.score -= WEIGHTS[clue]


class Clues:
    """Finds the evidence at the candidates of one document."""

    def __init__(self, evidence: Evidence, contents: Contents) -> None:
        self._evidence = evidence
        self._contents = contents
        self._of_titles: dict[tuple[str, bool], list[str]] = {}

    def around(self, candidate: Candidate) -> Iterator[str]:
        """Yield the clues above and under a heading."""
        evidence = self._evidence
        begin = candidate.begin
        yield from self.under(candidate)
        above = evidence.printed_above(begin)
        if evidence.spaced:
            if evidence.blank_above(begin):
                yield "blank line above"
                if evidence.blank_below(candidate.heading):
                    yield "alone between blank lines"
            elif above is not None and above not in self._contents.lines:
                yield "no blank line above"
        if evidence.lines[candidate.heading].cell == "item":
            yield "row of a table of items"
        if "\t" in evidence.lines[candidate.heading].text:
            yield "cells of a table"
        if above is not None:
            yield from self._after(above, begin)
            if self._follows_point(candidate, above):
                yield "point of a list"
        elif candidate.number is not None:
            yield "first line of the document"

    def _follows_point(self, candidate: Candidate, above: int) -> bool:
        """Return True if the line above has the number before and no text under it: both are points."""
        parts = self._evidence.numbered.get(above)
        return (
            parts is not None
            and bool(parts.title and candidate.title)
            and (parts.form, parts.value + 1) == (candidate.form, candidate.value)
            and above not in self._contents.lines
            and title_key(candidate.title) not in self._contents.order
            and not candidate.closed
            and not read_title(candidate.title).closed
            and not read_title(parts.title).closed
            and not is_standing(candidate.title)
        )

    def under(self, candidate: Candidate) -> Iterator[str]:
        evidence = self._evidence
        under, again = evidence.first_under(candidate.heading, candidate.title)
        if again:
            yield "title again under it"
        if any(index in evidence.cases for index in under):
            yield "case number under it"
        sections = [index for index in under if evidence.is_section(index)]
        if any(map(evidence.opens, sections)):
            yield "section under it"
        elif sections:
            yield "list or absence under it"
        elif any(map(self._may_be_section, under)):
            yield "word that may head a section under it"
        if not under and evidence.last_like(candidate.heading) > candidate.heading:
            yield "comes again later"
        if under and evidence.access(under[0]) in {Access.OPEN_ITEM, Access.CLOSED_ITEM}:
            yield "mark of access under it"
        elif under and not sections and under[0] in evidence.repeated and under[0] not in evidence.cases:
            yield "repeated line under it"

    def _may_be_section(self, index: int) -> bool:
        text = self._evidence.lines[index].text
        alone = self._evidence.blank_above(index) or text.endswith(":")
        return alone and len(text) <= _LONGEST_WEAK and text[0].isupper() and weak_kind(text) is not None

    def _after(self, above: int, begin: int) -> Iterator[str]:
        """Yield what the text right above a heading is."""
        evidence = self._evidence
        text = evidence.lines[above].text
        section = evidence.section_above(begin)
        if section is None:
            if text[-1] == "," and begin - above == 1:
                yield "in a sentence"
            return
        if text[-1] == "," or (text[-1].islower() and _AT.match(text[text.rfind(" ") + 1 :])):
            yield "in a sentence"
        elif text[-1] == ":" and not evidence.is_section(above):
            yield "after a colon"
        if section in _ENDS_ITEM:
            yield "after a decision"
        elif section is SectionKind.RECOMMENDATION:
            yield "after a recommendation"
        else:
            yield "after a presentation"

    def of_title(self, title: str, *, closed: bool) -> list[str]:
        """Return what a title's words show."""
        clues = self._of_titles.get((title, closed))
        if clues is None:
            clues = self._of_titles[title, closed] = list(self._read_title(title, closed=closed))
        return clues

    def _read_title(self, title: str, *, closed: bool) -> Iterator[str]:
        if closed or read_title(title).closed:
            yield "marked closed"
        key = title_key(title)
        listed = key in self._contents.order
        if listed:
            yield "in the contents list"
        if not title:
            return
        if is_standing(title):
            yield "standing item"
        elif _OPENING.match(title) and title[-1] not in ".:,;":
            yield "begins like a title"
        if not listed:
            yield from _shape(title)


def begins_like_title(text: str) -> bool:
    return bool(_OPENING.match(text) or is_standing(text))


def _shape(title: str) -> Iterator[str]:
    """Yield what the shape of a title shows that no contents list has."""
    if title[-1] in ",;":
        yield "ends in the middle"
    elif is_standing(title):
        pass
    elif title[-1] == "." and " " in title:
        yield "ends like a sentence"
    elif title[-1] == ":":
        yield "ends with a colon"
    if "..." in title and _LEADS.search(title):
        yield "leads to a page"
    if _AT.match(title):
        yield "begins with at"
    elif title[0].islower():
        yield "begins with a small letter"
    if len(title) > _LONG:
        yield "much longer than titles" if len(title) > _VERY_LONG else "longer than most titles"
    if heading_kind(title):
        yield "title is a section's"
    elif DECISION_OPENING.match(title) and not is_standing(title):
        yield "title is a decision"
    elif is_person_entry(title) or COMMITTEE_PATTERN.fullmatch(title):
        yield "title is a person or a body"


def is_person_entry(title: str) -> bool:
    """Return True if a line is an entry of a list of people or voters: "Ane Lund (V)", "A, B og C"."""
    if len(title) > _LONG:
        return False
    if _VOTERS.match(title):
        return True
    return (("(" in title or "," in title) and bool(names_in(title))) or bool(_OF_PERSON.match(title))
