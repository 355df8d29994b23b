"""Removes what precedes headings: bullets of an outline, bookmarks of a text file, words of links."""

import re
from collections.abc import Sequence

from minutes.reader.headings import decided_by, heading_kind
from minutes.reader.layout import Line
from minutes.vocabulary import SectionKind

_BULLETS = "•·▪◦"
_LONGEST_HEADING = 120
_OF_ITEMS = frozenset(
    {
        *(SectionKind.RESUME, SectionKind.PRESENTATION, SectionKind.BACKGROUND),
        *(SectionKind.RECOMMENDATION, SectionKind.DECISION, SectionKind.ATTACHMENTS),
    }
)


# "0BReferat", "12BNy sti": the bookmarks of headings in a file that Word saved as text
_BOOKMARK = re.compile(r"(?P<value>\d{1,3})B(?=[A-ZÆØÅ\d][\wæøå. ])")
_FEWEST_BOOKMARKS = 2
_LINK_FIRST = frozenset("fFvVsS")


# "fold dette punkt ind Resume": the words of a page's link before a heading
_LINK_AHEAD = re.compile(r"(?:fold dette punkt (?:ind|ud)|fold (?:ind|ud)|vis|skjul)\s+", re.IGNORECASE)


def without_marks(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines without the bookmarks, bullets and words of links before headings."""
    return _without_links(_without_bullets(_without_bookmarks(lines)))


def _without_links(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines without the words of a link before a section's heading."""
    new_lines = []
    for line in lines:
        match = _LINK_AHEAD.match(line.text) if line.text[:1] in _LINK_FIRST else None
        is_heading = match and len(line.text) <= _LONGEST_HEADING and _kind(line.text[match.end() :])
        new_lines.append(line.part(match.end()) if match and is_heading else line)
    return new_lines


def _without_bookmarks(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines without the bookmarks before headings, which are numbered from 0 on."""
    marked: dict[int, int] = {}
    for index, line in enumerate(lines):
        match = _BOOKMARK.match(line.text) if line.text[:1].isdigit() else None
        if match and int(match["value"]) == len(marked):
            marked[index] = match.end()
    if len(marked) < _FEWEST_BOOKMARKS:
        return lines
    return [line.part(marked[index]) if index in marked else line for index, line in enumerate(lines)]


def _without_bullets(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines with no bullets before headings of sections, where all of these headings have one."""
    kinds = {
        index: kind
        for index, line in enumerate(lines)
        if line.text and line.text[0] in _BULLETS and (kind := _kind(line.text[1:].lstrip()))
    }
    if not kinds:
        return lines
    headings = {lines[index].text[1:].strip() for index in kinds}
    if any(line.text in headings for line in lines):
        return lines  # the points are links to the sections
    return [line.part(1) if index in kinds else line for index, line in enumerate(lines)]


def _kind(heading: str) -> SectionKind | None:
    """Return the kind of a heading over a section of an item."""
    if len(heading) > _LONGEST_HEADING:
        return None
    kind = heading_kind(heading) if heading else None
    if kind is None and heading[:1].isupper():
        decided = decided_by(heading)
        kind = SectionKind.DECISION if decided and decided.decides and decided.rest >= len(heading) else None
    return kind if kind in _OF_ITEMS else None
