"""Evidence of items in a document's lines: sections, case numbers, repetition, titles that come again."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise

from minutes.reader.cases import LONGEST_CASE_LINE, NO_CASE, case_on
from minutes.reader.closed_lines import Access, access_of
from minutes.reader.closed_titles import read_title, without_mark_at_number
from minutes.reader.header_lines import is_header_line
from minutes.reader.headings import DECISION_OPENING, decided_by, heading_kind, noun_kind, weak_kind
from minutes.reader.layout import Line, contents_title
from minutes.reader.names import squash
from minutes.reader.numbering import CAN_START, Numbered, numbered, title_key
from minutes.reader.words import WORDS
from minutes.vocabulary import SectionKind

LONGEST_TITLE = 300
# How far under a heading its first lines are looked for, and how many of them count.
_FAR_UNDER = 14
_FIRST_PRINTED = 3
_MOST_REPEATS = 2
# "Pkt. 3 (Malou)", "Sag nr. 19 (ØU 23/2010)"
_IN_BRACKET = re.compile(r"\([^()]{1,40}\)")
# "Sag nr. 4 <tab> Åben sag", "Sag nr. 5 <tab> Lukket sag": the title is on the next line.
_MARK_AS_TITLE = re.compile(r"\W*(?:(?P<open>Åbent?)|Lukket) (?:sag|punkt)\W*", re.IGNORECASE)
# "Punkt 3. Ny sti", "Pkt. 3: Ny sti"
_NAMED_NUMBER = re.compile(r"(?:Punkt|Pkt\.|PKT\.|Sag nr\.) \d{1,3}[.:]? (?=[A-ZÆØÅ])")
_DIGIT = re.compile(r"\d")
_LONGEST_REPEATED = 60
# The name of an icon, which web pages print as text
_LOCK = "lock"
_LONGEST_HEADER = 40
_KINDS = frozenset(WORDS.header.title_words)
_FEWEST_REPEATED = 3
_FEWEST_NAMED = 2
_LONGEST_INLINE = 50
_FEWEST_KEY = 5
# "Godkendelse af dagsorden 3": the page behind an entry of a contents list
_PAGE_BEHIND = re.compile(r"\s\d{1,3}$")
_ENDS_PAGE = frozenset("0123456789ivxl")
# Sections that an item opens with; "Bilag" or "Afbud" alone say little about the lines above them.
_AT_END = frozenset({SectionKind.ATTACHMENTS, SectionKind.ABSENT, SectionKind.CONTACTS})
# Sections that a header has too.
_OF_HEADERS_TOO = _AT_END | {SectionKind.OTHER, SectionKind.DECISION, SectionKind.COMMUNICATION}


class Evidence:
    """The lines of a document with everything that they show about items, gathered once."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.printed = [index for index, line in enumerate(lines) if line.text]
        # How many printed lines are above each line, and above the end.
        self._above = [0, *accumulate(bool(line.text) for line in lines)]
        self.numbered: dict[int, Numbered] = {}
        self._entries: dict[int, Numbered] = {}  # of a contents list
        self.overlong: set[int] = set()  # "Punkt 3." and a title that goes on with the item's text
        self.marked_closed: set[int] = set()
        self.cases: set[int] = set()
        self.sections: dict[int, SectionKind] = {}
        self.deciders: dict[int, str] = {}  # lines that name the body of the decision below
        self._first: dict[str, int] = {}  # the first line with the same text
        for index in self.printed:
            text = lines[index].text
            first = self._first.setdefault(text, index)
            if first == index:
                self._read_line(index, text)
            else:
                self._read_again(index, first)
        self._read_marks_as_titles()
        self.repeated = self._read_repeated()
        # "Referat" above the contents list is the document's title.
        list_begins = next((index for index in self.printed if lines[index].listed), -1)
        self.sections = {
            index: kind
            for index, kind in self.sections.items()
            if kind is not SectionKind.DECISION or index > list_begins
        }
        self._leave_out_header()
        self.decisions = self._decisions()
        self.marks = sorted({*self.cases, *self.sections, *self.deciders})
        self.section_lines = sorted({*self.sections, *self.deciders})
        self.item_sections = sorted(
            index for index, kind in self.sections.items() if kind not in _OF_HEADERS_TOO
        )
        blanks = len(lines) - len(self.printed)
        # Where blank lines are rare, their absence shows nothing.
        self.spaced = 8 * blanks >= len(self.printed)
        self.keys = self._keys()
        # The last line with a title: with a number, and without.
        self._last_numbered: dict[tuple[str, int], int] = {}
        self._last_plain: dict[str, int] = {}
        self.first_of_key: dict[str, int] = {}
        self.last_of_key: dict[str, int] = {}
        for index, key in self.keys.items():
            self.first_of_key.setdefault(key, index)
            self.last_of_key[key] = index
            if index in self.numbered:
                self._last_numbered[key, self.numbered[index].value] = index
            else:
                self._last_plain[key] = index

    def _read_line(self, index: int, text: str) -> None:
        if self.lines[index].cell == "decision":
            self.sections[index] = SectionKind.DECISION
            return
        if len(text) <= LONGEST_CASE_LINE:
            if (_DIGIT.search(text) and case_on(text)) or NO_CASE.fullmatch(text):
                self.cases.add(index)
                return
            kind = heading_kind(text) or _inline_kind(text)
            if kind:
                self.sections[index] = kind
                return
            if text.lstrip("(")[:1].isupper() and (decided := decided_by(text)):
                self.deciders[index] = (decided.body or "").casefold()
        if CAN_START.match(text):
            if len(text) <= LONGEST_TITLE:
                self._read_number(index, text)
            elif _NAMED_NUMBER.match(text) and (parts := numbered(text)):
                self.numbered[index] = parts
                self.overlong.add(index)

    def _read_again(self, index: int, first: int) -> None:
        """Copy what line `first` was read as, which has the same text."""
        if first in self.numbered:
            self.numbered[index] = self.numbered[first]
        if first in self.sections:
            self.sections[index] = self.sections[first]
        if first in self.deciders:
            self.deciders[index] = self.deciders[first]
        for places in (self.cases, self.marked_closed):
            if first in places:
                places.add(index)

    def _read_marks_as_titles(self) -> None:
        """Look for the titles under numbers with a mark of access behind them, if one of these says open."""
        marks = {
            index: mark
            for index, parts in self.numbered.items()
            if parts.word and (mark := _MARK_AS_TITLE.fullmatch(parts.title))
        }
        if not any(mark["open"] for mark in marks.values()):
            return
        for index, mark in marks.items():
            self.numbered[index] = self.numbered[index]._replace(title="", mark="")
            if not mark["open"]:
                self.marked_closed.add(index)

    def _leave_out_header(self) -> None:
        """Take out the titles of the meeting that have the form of a decision's heading.

        They are above every section and number: "Referat Nordby Byråd 12-08-2020", "BESLUTNINGER".
        """
        above = ""
        for index, below in pairwise(self.printed[:_LONGEST_HEADER]):
            text, under = self.lines[index].text, self.lines[below].text
            is_title = not DECISION_OPENING.match(under) and under[-1] != "."
            if index in self.deciders:
                if not (_is_kind_of_document(text) or (is_title and is_header_line(text))):
                    return
                del self.deciders[index]
            elif self.sections.get(index) is SectionKind.DECISION and text.casefold() in _KINDS:
                if not (is_header_line(under) or (is_title and (not above or is_header_line(above)))):
                    return
                del self.sections[index]
            elif index in self.sections or index in self.numbered:
                return
            above = text

    def _read_number(self, index: int, text: str) -> None:
        parts = numbered(text)
        unmarked = None if parts and parts.word in {"åbent", "lukket"} else without_mark_at_number(text)
        if unmarked and (without := numbered(unmarked)):
            parts = without
            self.marked_closed.add(index)
        if parts and parts.word and _IN_BRACKET.fullmatch(parts.title) and not read_title(parts.title).closed:
            # Who presents it, or the case of another body: the title is on another line.
            parts = parts._replace(title="", mark="")
        if parts and not case_on(unmarked or text):
            (self._entries if contents_title(text) else self.numbered)[index] = parts

    def number_entries(self) -> None:
        """Take the numbered entries of the contents list, which lead to a page, for numbered lines."""
        self.numbered = dict(sorted((self.numbered | self._entries).items()))

    def _decisions(self) -> list[int]:
        """Return the lines that head this meeting's decisions, as far as can be seen before it is known."""
        plain = sorted(index for index, kind in self.sections.items() if kind is SectionKind.DECISION)
        if plain or not self.deciders:
            return plain
        body, _times = Counter(self.deciders.values()).most_common(1)[0]
        return [index for index, name in self.deciders.items() if name == body]

    def _read_repeated(self) -> set[int]:
        """Return the short lines that occur three times or more: headings no table has.

        Those that occur twice and name a section by their head noun are read as headings of sections.
        """
        places: dict[str, list[int]] = {}
        for index in self.printed:
            text = self.lines[index].text
            # "Referat: Godkendt."
            colon = text.find(":", 0, _LONGEST_REPEATED)
            text = text[:colon] if colon > 0 else text
            if len(text) <= _LONGEST_REPEATED and text[0].isupper() and text[-1] not in ".,;":
                places.setdefault(text.casefold(), []).append(index)
        repeated: set[int] = set()
        for text, group in places.items():
            if len(group) < _FEWEST_NAMED:
                continue
            if group[0] not in self.sections and group[0] not in self.cases and group[0] not in self.numbered:
                # "Beslutning ikke frigivet" says what is missing.
                kind = None if " ikke " in text else weak_kind(text) or noun_kind(text)
                self.sections |= dict.fromkeys(group, kind) if kind else {}
            if len(group) >= _FEWEST_REPEATED:
                repeated.update(group)
        return repeated

    def _keys(self) -> dict[int, str]:
        """Return the keys by which titles are compared, of all lines that can be one."""
        keys: dict[int, str] = {}
        for index in self.printed:
            text = self.lines[index].text
            first = self._first[text]
            if first < index:
                if first in keys:
                    keys[index] = keys[first]
            elif len(text) <= LONGEST_TITLE and index not in self.cases and index not in self.sections:
                parts = self.numbered.get(index)
                title = parts.title if parts and parts.title else text
                if self.lines[index].listed:
                    title = _PAGE_BEHIND.sub("", title) or title
                if title[-1] in _ENDS_PAGE and (listed := contents_title(title)):
                    parts = numbered(listed) if CAN_START.match(listed) else None
                    title = parts.title if parts and parts.title else listed
                key = title_key(title)
                if len(key) >= _FEWEST_KEY:
                    keys[index] = key
        return keys

    def last_like(self, index: int) -> int:
        """Return the last line with the title on line `index`, and its number if both have one."""
        key = self.keys.get(index, "")
        last = self._last_plain.get(key, -1)
        parts = self.numbered.get(index)
        return max(last, self._last_numbered.get((key, parts.value), -1)) if parts else last

    def place(self, index: int) -> int:
        """Return how many printed lines are above line `index`."""
        return self._above[index]

    def printed_below(self, index: int) -> int | None:
        place = self._above[index + 1]
        return self.printed[place] if place < len(self.printed) else None

    def printed_above(self, index: int) -> int | None:
        place = self._above[index] - 1
        return self.printed[place] if place >= 0 else None

    def first_under(self, heading: int, title: str) -> tuple[list[int], bool]:
        """Return the first printed lines under a heading, up to the next line that is numbered like it.

        The title printed again is left out; the second value is True if there is one.
        """
        form = self.numbered[heading].form if heading in self.numbered else None
        key = title_key(title)
        lines: list[int] = []
        again = False
        at = self._above[heading + 1]
        for index in self.printed[at : at + _FIRST_PRINTED + _MOST_REPEATS]:
            parts = self.numbered.get(index)
            if index > heading + _FAR_UNDER or (parts and parts.form == form and index not in self.cases):
                break
            if key and self.keys.get(index) == key and len(lines) <= (not title):
                again = True
            else:
                lines.append(index)
        return lines[: _FIRST_PRINTED + (not title)], again

    def section_above(self, index: int) -> SectionKind | None:
        """Return the kind of the nearest section above line `index`."""
        at = bisect_left(self.section_lines, index) - 1
        return self.sections.get(self.section_lines[at], SectionKind.DECISION) if at >= 0 else None

    def case_above(self, index: int, *, apart: bool = True) -> int | None:
        """Return the case number right above a heading, `apart`: with an empty line before it."""
        above = self.printed_above(index)
        if above is None or above not in self.cases or index - above > 3:
            return None
        return above if self.blank_above(above) or not apart else None

    def is_section(self, index: int) -> bool:
        return index in self.sections or index in self.deciders

    def opens(self, index: int) -> bool:
        """Return True if line `index` heads a section that an item can begin with."""
        return index in self.deciders or self.sections.get(index, SectionKind.ABSENT) not in _AT_END

    def count(self, places: Sequence[int], begin: int, end: int) -> int:
        """Return how many of the sorted `places` are in the range of lines."""
        return bisect_left(places, end) - bisect_left(places, begin)

    def access(self, index: int) -> Access | None:
        """Return what a short line by itself says about open or closed items."""
        text = self.lines[index].text
        is_mark = not text[0].islower() or text == _LOCK
        return access_of(text) if len(text) < _LONGEST_REPEATED and is_mark else None

    def blank_above(self, index: int) -> bool:
        return index == 0 or self.lines[index - 1].blank

    def blank_below(self, index: int) -> bool:
        return index + 1 >= len(self.lines) or self.lines[index + 1].blank

    def squashed(self, index: int) -> str:
        return squash(self.lines[index].text)


def _is_kind_of_document(text: str) -> bool:
    """Return True if a line begins with a kind of document: "BESLUTNINGER"."""
    return text.casefold().split()[0].strip(" .:") in _KINDS


def _inline_kind(text: str) -> SectionKind | None:
    """Return the kind of a heading with its text behind it: "Beslutning: Godkendt."."""
    colon = text.find(":", 0, _LONGEST_INLINE)
    return heading_kind(text[: colon + 1]) if colon > 0 else None
