"""Items whose titles are in the agenda alone, and whose notes begin with "Ad. 2" below it."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from minutes.reader.above_headings import Start
from minutes.reader.item_evidence import Evidence
from minutes.reader.layout import Line
from minutes.reader.names import squash
from minutes.reader.numbering import title_key

_AD = re.compile(r"Ad\.? ?(?:(?:pkt|punkt)\.? ?)?(?P<number>\d{1,2})\b[.:)]?\s*(?:[-–:]\s*)?", re.IGNORECASE)
_BEGINS = frozenset({"Ad", "AD", "ad"})
_ENTRY = re.compile(r"(?P<number>\d{1,2})[.:)]\s+(?P<title>\S.{0,200})")
_BEHIND_TITLE = frozenset(".:–-")
_FEWEST_NOTES = 2
_FEWEST_TITLES = 3
# Lines between the agenda and the first note: "Referat:", "Til stede: …"
_MOST_BETWEEN = 3


_FEWEST_BEHIND = 3
# "Beslutninger", in a line above the notes on all items
_HEADS_NOTES = re.compile(r"(?:Beslutninger|Referat|Beslutning)\s*:?", re.IGNORECASE)
_MOST_OVER_NOTES = 4


def notes_behind(lines: Sequence[Line], begin: int, items: int) -> int | None:
    """Return the line at which notes on most of the `items` begin behind the last of them: "Ad 1. Godkendt."

    `begin` is the first line under the last item's heading. What is noted there is not of that item alone.
    """
    notes = [
        (index, int(match["number"]))
        for index in range(begin, len(lines))
        if lines[index].text[:2] in _BEGINS and (match := _AD.match(lines[index].text))
    ]
    if len(notes) < max(_FEWEST_BEHIND, items // 2) or notes[0][1] != 1 or items < _FEWEST_BEHIND:
        return None
    if not all(before[1] < after[1] for before, after in pairwise(notes)):
        return None
    printed = [index for index in range(begin, notes[0][0]) if lines[index].text]
    heads = (index for index in printed[-_MOST_OVER_NOTES:] if _HEADS_NOTES.fullmatch(lines[index].text))
    return next(heads, notes[0][0])


class Noted(NamedTuple):
    """The lines, with each note apart from its number, the starts, and the entries that have no note."""

    lines: list[Line]
    starts: list[Start]
    unlisted: tuple[Line, ...]


def noted_items(evidence: Evidence) -> Noted | None:
    """Return the items of a document with an agenda and notes on its points; None for others.

    The agenda is all that is numbered above the notes, a line an item, and runs on from 1.
    """
    notes = _notes(evidence)
    titles = _titles(evidence, notes[0][0]) if len(notes) >= _FEWEST_NOTES else {}
    if not titles or not all(number in titles for _, number, _ in notes):
        return None
    entries = {number: evidence.lines[index] for number, (index, _) in titles.items()}
    unlisted = tuple(entries[number] for number in sorted(entries.keys() - {note[1] for note in notes}))
    lines: list[Line] = []
    starts: list[Start] = []
    begins = {index: (number, end) for index, number, end in notes}
    for index, line in enumerate(evidence.lines):
        if index not in begins:
            lines.append(line)
            continue
        number, end = begins[index]
        title = titles[number][1]
        end = _behind_title(line.text, end, title)
        note = line.part(end)
        starts.append(Start(len(lines), len(lines) + 2, str(number), title, untitled=True))
        lines += [line.part(0, end), Line("", note.start, note.start), note]
    return Noted(lines, starts, unlisted)


def _notes(evidence: Evidence) -> list[tuple[int, int, int]]:
    """Return (line, number, where the note begins on it) of the notes, if their numbers rise."""
    matches = [
        (index, match)
        for index in evidence.printed
        if evidence.lines[index].text[:2] in _BEGINS and (match := _AD.match(evidence.lines[index].text))
    ]
    notes = [(index, int(match["number"]), match.end()) for index, match in matches]
    return notes if all(before[1] < after[1] for before, after in pairwise(notes)) else []


def _titles(evidence: Evidence, first: int) -> dict[int, tuple[int, str]]:
    """Return (line, title) of the agenda above line `first` by number; none if more than a list is there."""
    entries: list[tuple[int, re.Match[str]]] = []
    above = evidence.printed[: evidence.place(first)]
    for index in reversed(above):
        match = _ENTRY.fullmatch(evidence.lines[index].text)
        if match:
            entries.append((index, match))
        elif entries or len(above) - evidence.place(index) > _MOST_BETWEEN:
            break
    entries.reverse()
    numbers = [int(match["number"]) for _, match in entries]
    if len(numbers) < _FEWEST_TITLES or numbers != list(range(1, len(numbers) + 1)):
        return {}
    begin = entries[0][0]
    signs = (evidence.item_sections, sorted(evidence.cases), sorted(evidence.numbered))
    if any(evidence.count(places, 0, begin) for places in signs):
        return {}
    return {int(match["number"]): (index, squash(match["title"])) for index, match in entries}


def _behind_title(text: str, start: int, title: str) -> int:
    """Return where a note begins behind its item's title, where that is printed again: "Ad 2. Budget: …"."""
    behind = text[start : start + len(title)]
    if title_key(behind) != title_key(title):
        return start
    end = start + len(title)
    if text[end : end + 2].strip()[:1] not in _BEHIND_TITLE:
        return start
    while end < len(text) and text[end] in " .:–-":
        end += 1
    return end if end < len(text) else start
