"""The people that a header and the item about the meeting itself name → the roster."""

import re
from collections.abc import Sequence

from minutes.reader.dates import dates_in
from minutes.reader.header_kind import DECISION_ALONE
from minutes.reader.header_labels import Block, Layout, lay_out
from minutes.reader.header_titles import TitleLine
from minutes.reader.headings import Own, decided_by
from minutes.reader.items import ItemLines
from minutes.reader.labels import label_of
from minutes.reader.layout import Line
from minutes.reader.meeting_item import Note, lists_absentees_elsewhere, meeting_notes
from minutes.reader.names import sentences
from minutes.reader.people_lists import parts_of_list
from minutes.reader.presence import Said, attendance_in
from minutes.reader.roster import Roster, RosterBuilder

_LONGEST_LINE = 4000
_SHORT = 60
_MANY = 6
_FEWEST = 3
# So many printed lines at the end of the last item can be lists of the meeting's people.
_MOST_CLOSING = 20
# Behind the end of any text
_FAR = 1 << 40
# "Punkt 4 Budget: Ida Holm. Suppleant Ane Krog indtrådte i stedet": above the items, of one of them
_OF_ITEM = re.compile(r"(?:Punkt|Pkt\.|Sag(?: nr\.?)?) \d{1,4}\b")


def roster_of(
    layout: Layout, titles: Sequence[TitleLine], own: Own, agenda_items: Sequence[ItemLines]
) -> Roster:
    """Return the people of the meeting `own`."""
    builder = RosterBuilder()
    of_others = _of_others(layout.free, own)
    listed = _add_blocks(builder, [one for one in layout.blocks if not _is_within(one.at.start, of_others)])
    title_starts = {title.line.start for title in titles if title.bodies or title.dates or title.kinds}
    others = [
        line
        for line in layout.free
        if line.start not in title_starts
        and not _OF_ITEM.match(line.text)
        and not _is_within(line.start, of_others)
    ]
    if not listed and not _add_closing_list(builder, agenda_items):
        builder.add_present("\n".join(_unlabelled_list(others)))
    builder.add_sentences(
        _wrapped(_with_gaps([line for line in others if not _of_other_day(line.text, own.date)]))
    )
    for title in titles:
        builder.add_sentences(" ".join(sentences(title.line.text)[1:]))
    labelled = any(block.use == "absent" and block.text for block in layout.blocks)
    surely_of_meeting = not labelled and not lists_absentees_elsewhere(agenda_items)
    for note in meeting_notes(agenda_items, own):
        _add_note(builder, note, surely_of_meeting=surely_of_meeting)
    return builder.roster()


def _add_blocks(builder: RosterBuilder, blocks: Sequence[Block]) -> bool:
    """Add the people under labels; return True if one lists those present."""
    listed = False
    for place, block in enumerate(blocks):
        if block.use == "present" and block.text:
            builder.add_present(block.text)
            listed = True
        elif block.use == "absent" and _can_be_present(blocks, place):
            builder.unread.append(block.text[:_SHORT])
        elif block.use == "absent" and block.text:
            builder.add_absent(block.text)
        elif block.use == "substitutes":
            builder.add_substitutes(block.text, came=block.words != "suppleanter")
        elif block.use == "remarks":
            builder.add_sentences(_wrapped(block.lines))
    return listed


def _add_closing_list(builder: RosterBuilder, agenda_items: Sequence[ItemLines]) -> bool:
    """Add the people of lists below the last item: "Til stede: Ane Holm (A), …"; return True if there are."""
    body = [line for line in agenda_items[-1].body if line.text] if agenda_items else []
    for place, line in enumerate(body[-_MOST_CLOSING:], start=max(len(body) - _MOST_CLOSING, 0)):
        label = label_of(line.text) if len(line.text) < _LONGEST_LINE else None
        if label is None or label.use != "present":
            continue
        blocks = lay_out(body[place:]).blocks
        entries = (
            [entry for part in parts_of_list(blocks[0].text) for entry in part.entries] if blocks else []
        )
        if len(entries) >= _FEWEST:
            before = {absence.name for absence in builder.absent}
            _add_blocks(builder, blocks)
            builder.noted |= {absence.name for absence in builder.absent} - before
            return True
    return False


def _can_be_present(blocks: Sequence[Block], place: int) -> bool:
    """Return True if a long list of absentees can be of the empty label before, of those present.

    "Deltagere: Afbud: Mødenr.: 1 Ida Krog, Bo Lind, …"
    """
    before = blocks[place - 1] if place else None
    if before is None or before.use != "present" or before.text:
        return False
    entries = [entry for part in parts_of_list(blocks[place].text) for entry in part.entries]
    return len(entries) >= _MANY and not any(block.use == "present" and block.text for block in blocks)


def _add_note(builder: RosterBuilder, note: Note, *, surely_of_meeting: bool) -> None:
    """Add what the item about the meeting says; an absence that may be only from that item is left to it."""
    text = "\n".join(note.lines)
    before = {absence.name for absence in builder.absent}
    if note.use == "present":
        builder.add_present(text)
    elif note.use == "substitutes":
        builder.add_substitutes(text)
    elif note.use == "absent" and (note.for_meeting or surely_of_meeting):
        builder.add_absent(text)
    elif not note.use:
        said = [one for one in attendance_in(text, of_meeting=True) if one.said is not Said.CAME]
        builder.add_attendance(
            one for one in said if one.said is not Said.ABSENT or one.excused or surely_of_meeting
        )
    if note.for_meeting or not note.use:
        builder.noted |= {absence.name for absence in builder.absent} - before


def _of_others(lines: Sequence[Line], own: Own) -> list[tuple[int, int]]:
    """Return where the lines under headings of other meetings' decisions begin and end.

    A heading with a day is of another meeting where the own day is not known.
    """
    parts: list[tuple[int, int]] = []
    begin = -1
    for line in lines:
        decided = decided_by(line.text)
        heads = decided is not None or DECISION_ALONE.fullmatch(line.text)
        if heads and begin >= 0:
            parts.append((begin, line.start))
            begin = -1
        if decided and decided.decides and decided.date and decided.date != own.date:
            begin = line.start
    return [*parts, (begin, _FAR)] if begin >= 0 else parts


def _is_within(at: int, parts: Sequence[tuple[int, int]]) -> bool:
    return any(begin <= at < end for begin, end in parts)


def _of_other_day(text: str, date: str | None) -> bool:
    """Return True if a line begins with another meeting's day: "Beslutning Socialudvalget, 11.04.2007 …"."""
    days = dates_in(text[:_SHORT]) if date else []
    return bool(days) and all(day.iso != date for day in days)


def _unlabelled_list(free: Sequence[Line]) -> list[str]:
    """Return the lines of a list of people that no label has: at least three with their parties in a row."""
    run: list[str] = []
    for line in [*free, Line("", 0, 0)]:
        parts = parts_of_list(line.text) if 4 < len(line.text) < 80 else ()
        if (
            len(parts) == 1
            and len(parts[0].entries) == 1
            and not parts[0].unread
            and parts[0].entries[0].notes
        ):
            run.append(line.text)
        elif line.text or len(run) < 3:
            if len(run) >= 3:
                return run
            run = [] if line.text else run
    return run if len(run) >= 3 else []


def _with_gaps(lines: Sequence[Line]) -> list[str]:
    """Return the texts of lines, with an empty one for blank lines between two of them."""
    texts: list[str] = []
    for place, line in enumerate(lines):
        if place and line.start - lines[place - 1].end > 1:
            texts.append("")
        texts.append(line.text[:_LONGEST_LINE])
    return texts


def _wrapped(lines: Sequence[str]) -> str:
    """Return the lines as text, with each sentence that was broken into lines on one line."""
    text = ""
    apart = False
    for line in lines:
        if not line:
            apart = True
            continue
        is_full = not apart and len(text) - text.rfind("\n") > 70
        apart = False
        if text and not text.endswith((".", ":", "!", "?", "\n")) and (line[:1].islower() or is_full):
            text += f" {line}"
        else:
            text += f"\n{line}" if text else line
    return text
