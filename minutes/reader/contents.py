"""Lists of contents: which lines only announce the items that are printed further down."""

from collections.abc import Iterator, Sequence

from minutes.reader.closed_titles import read_title
from minutes.reader.item_evidence import Evidence
from minutes.reader.layout import contents_title
from minutes.reader.names import is_name, names_in, squash
from minutes.reader.words import WORDS

_LABELS = frozenset(WORDS.header.labels["contents"])
_FEWEST = 2
_FEWEST_UNNUMBERED = 3
# Entries of a list of which only the first items follow.
_FEWEST_CUT_OFF = 4
# A number alone on its line, and a title over one or two lines.
_MOST_LINES_OF_ENTRY = 3
# A line that a long title of the list goes on over.
_LONGEST_WRAP = 100


class Contents:
    """The lines of a document's contents lists, and the titles on them by their keys."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self.lines: set[int] = set()
        self.order: dict[str, int] = {}
        self.entries: dict[str, int] = {}  # the line of each title, by its key
        self.titles: dict[str, str] = {}  # whole, in lower case
        self.listed: set[str] = set()  # keys of titles that flat text has in its list and over an item
        for index in evidence.printed:
            title = contents_title(evidence.lines[index].text)
            if evidence.lines[index].listed or (title and "\t" not in title):
                self._add([index])
            if evidence.lines[index].listed and index in evidence.keys:
                self.listed.add(evidence.keys[index])
        for run in map(self._without_heading, _numbered_runs(evidence)):
            if run and self._announces(run, _FEWEST):
                self._add(run)
        for numbers, titles in _runs_of_numbers_alone(evidence):
            if self._announces(titles, _FEWEST):
                self.lines.update(numbers)
                self._add(titles)
        if not self.order:
            for run in self._titles_in_rows():
                self._add(run)
        # Nothing else is printed of the items, and some entries have lost their numbers.
        self.is_all = self._lost_numbers() and not any(map(self._is_printed, self.order))
        at_end = bool(self.lines) and evidence.printed[-1] in self.lines
        if at_end and not self.is_all and not any(map(self._is_printed, self.order)):
            # Nothing but the list is left of the document: its entries are the items.
            self.lines.clear()
            evidence.number_entries()

    def _add(self, run: Sequence[int]) -> None:
        for index in run:
            self.lines.add(index)
            key = self._evidence.keys.get(index)
            if key:
                self.order.setdefault(key, len(self.order))
                self.entries.setdefault(key, index)
        for index in run:
            key = self._evidence.keys.get(index)
            if key:
                self.titles.setdefault(key, self._whole_title(index))

    def _lost_numbers(self) -> bool:
        """Return True if entries of joined lists have no numbers, or ones without marks or with holes."""
        evidence = self._evidence
        entries = [index for index in evidence.printed if evidence.lines[index].listed]
        parts = [evidence.numbered[index] for index in entries if index in evidence.numbered]
        follow = all(part.value == parts[0].value + place for place, part in enumerate(parts))
        is_whole = len(parts) == len(entries) and follow and all(part.mark == "." for part in parts)
        return bool(self.listed) and not is_whole

    def last_line(self, key: str) -> int:
        """Return the last line of the document with this title."""
        return self._evidence.last_of_key.get(key, -1)

    def _whole_title(self, index: int) -> str:
        """Return the title on a line of the list, with the line it goes on over if that is no entry."""
        evidence = self._evidence
        parts = evidence.numbered.get(index)
        text = evidence.lines[index].text
        title = parts.title if parts else contents_title(text) or text
        below = evidence.lines[index + 1].text if index + 1 < len(evidence.lines) else ""
        is_whole = evidence.lines[index].listed or bool(contents_title(text))
        is_whole = is_whole or evidence.keys.get(index + 1) in self.order
        if below and index + 1 not in evidence.numbered and not is_whole:
            below = contents_title(below) or below
            title = f"{title} {below}" if len(below) <= _LONGEST_WRAP else title
        return squash(title).casefold()

    def _is_printed(self, key: str) -> bool:
        """Return True if a title of the list occurs outside the list too."""
        first, last = self._evidence.first_of_key.get(key, -1), self.last_line(key)
        return first not in self.lines or last not in self.lines

    def _without_heading(self, run: list[int]) -> list[int]:
        """Return the run without its last line if that is the first item's heading.

        An item's section is under it; or it is the only line, its title comes again without the number,
        and a decision or a case number is under it, or one line between it and its title.
        """
        evidence = self._evidence
        below = evidence.printed_below(run[-1])
        if below is None:
            return run
        heads = evidence.count(evidence.item_sections, below, below + 1) > 0
        again = evidence.last_like(run[0])
        if not heads and len(run) == 1 and again not in evidence.numbered:
            decided = evidence.count(evidence.decisions, below, below + 1) > 0
            heads = decided or below in evidence.cases or evidence.printed_below(below) == again
        return run[:-1] if heads else run

    def _announces(self, run: Sequence[int], fewest: int) -> bool:
        """Return True if at least half of the lines come again below the run."""
        evidence = self._evidence
        if evidence.count(evidence.item_sections, 0, run[0]):
            return False
        above = evidence.printed_above(run[0])
        different = len({evidence.keys.get(index) for index in run})
        if different < fewest and (above is None or not is_label(evidence.lines[above].text)):
            return False
        comes = [evidence.last_like(index) > run[-1] for index in run]
        again = sum(comes)
        if again and not any(comes[again:]) and self._is_cut_off(run):
            return True
        if above is not None and is_label(evidence.lines[above].text) and again >= _FEWEST:
            # A document that was cut off: only its first items are printed.
            return not any(comes[again + 1 :]) or 2 * again >= len(run)
        return again > 0 and 2 * again >= len(run)

    def _is_cut_off(self, run: Sequence[int]) -> bool:
        """Return True if numbers follow each other, and the first title comes again over a section."""
        evidence = self._evidence
        values = [evidence.numbered[index].value if index in evidence.numbered else 0 for index in run]
        if len(run) < _FEWEST_CUT_OFF or values != list(range(values[0], values[0] + len(values))):
            return False
        below = evidence.printed_below(evidence.last_like(run[0]))
        return below is not None and evidence.is_section(below)

    def _titles_in_rows(self) -> Iterator[list[int]]:
        """Yield rows of unnumbered lines that all come again: closed, over a section or a case number."""
        run: list[int] = []
        for index in self._evidence.printed:
            if self._comes_again(index):
                run.append(index)
                continue
            if len({self._evidence.keys[line] for line in run}) >= _FEWEST_UNNUMBERED:
                yield run
            run = []

    def _comes_again(self, index: int) -> bool:
        evidence = self._evidence
        last = evidence.last_like(index)
        if last <= index:
            return False
        text = evidence.lines[index].text
        below = evidence.printed_below(last)
        anchored = below is not None and (
            below in evidence.cases or evidence.is_section(below) or evidence.access(below) is not None
        )
        # Nothing need be printed of a closed item.
        anchored = anchored or read_title(text).closed
        return anchored and not evidence.access(index) and not is_name(text) and not names_in(text)


def is_label(text: str) -> bool:
    """Return True if the line is the heading of a contents list."""
    return text.casefold().rstrip(" :.") in _LABELS


def _runs_of_numbers_alone(evidence: Evidence) -> Iterator[tuple[list[int], list[int]]]:
    """Yield runs of numbers alone on their lines, and the titles of one or two lines under each of them."""
    numbers: list[int] = []
    titles: list[int] = []
    for index, parts in evidence.numbered.items():
        title = None if parts.title else evidence.printed_below(index)
        if title is None or title in evidence.numbered or evidence.is_section(title):
            continue
        follows = bool(numbers) and parts.value == evidence.numbered[numbers[-1]].value + 1
        if not follows or evidence.place(index) - evidence.place(numbers[-1]) > _MOST_LINES_OF_ENTRY:
            if len(numbers) >= _FEWEST:
                yield numbers, titles
            numbers, titles = [], []
        numbers.append(index)
        titles.append(title)
    if len(numbers) >= _FEWEST:
        yield numbers, titles


def _numbered_runs(evidence: Evidence) -> Iterator[list[int]]:
    """Yield runs of numbered lines that follow each other with at most the rest of a title between."""
    run: list[int] = []
    between = 0
    for index in evidence.printed:
        parts = evidence.numbered.get(index)
        if parts and parts.title:
            last = evidence.numbered[run[-1]].value if run else 0
            if run and (parts.value < last or (between and parts.value > last + 1)):
                yield run
                run = []
            run.append(index)
            between = 0
            continue
        between += 1
        breaks = (
            between > 1
            or index in evidence.cases
            or evidence.is_section(index)
            or len(evidence.lines[index].text) > _LONGEST_WRAP
        )
        if run and breaks:
            yield run
            run = []
    if run:
        yield run
