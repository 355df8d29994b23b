"""The lines before the first item → whose meeting, when, where; chosen among candidates by their evidence."""

import re
from collections.abc import Sequence

from minutes.reader.decision_labels import take_from_decisions
from minutes.reader.header_candidates import NEAR, Conflict, Header
from minutes.reader.header_committee import choose_committee, complete
from minutes.reader.header_kind import AGENDA_KINDS, choose_kinds
from minutes.reader.header_labels import Layout, lay_out
from minutes.reader.header_people import roster_of
from minutes.reader.header_titles import TitleLine, title_lines
from minutes.reader.header_when import begun_at, choose_date, choose_time
from minutes.reader.header_where import choose_place
from minutes.reader.headings import Own, decided_by
from minutes.reader.items import ItemLines
from minutes.reader.layout import Line

_TOP = 8
_NEAR_TOP = 12
_MOST_LINES = 300
_DECISION_AHEAD = re.compile(r"(?:Beslutning|Indstilling)\b(?! *$)")
_BOARD_MEETING = re.compile(r"\bbestyrelsesmøde(?:t|r)?\b", re.IGNORECASE)


def read_header(lines: Sequence[Line], agenda_items: Sequence[ItemLines] = (), text: str = "") -> Header:
    """Read the header from `lines`, those before the first item.

    `agenda_items` are the items, whose headings of decisions can name the committee and the day; `text` is
    the whole document, of which the heads of pages can.
    """
    printed = [line for line in lines if line.text][:_MOST_LINES]
    last = printed[-1].end if printed else 0
    layout = lay_out([line for line in lines if line.end <= last])
    near = printed[min(NEAR, len(printed)) - 1].end if printed else 0
    titles = [
        title
        for title in title_lines(layout.free)
        if title.line.start <= near and not _heads_decision(title.text)
    ]
    header = Header(contents=layout.contents)
    _choose_meeting(header, layout, titles, agenda_items, text)
    choose_kinds(header, layout, titles, agenda_items)
    header.roster = roster_of(layout, titles, Own(header.committee, header.date), agenda_items)
    if layout.doubtful:
        label = layout.doubtful[-1]
        header.conflicts.append(Conflict("people", layout.doubtful[0].words, label.words, 0, near))
    header.is_known_form = _is_header(header, layout, titles)
    return header


def _heads_decision(text: str) -> bool:
    """Return True if a line heads the decision on a day: "Beslutning Socialudvalget, 03.05.2010"."""
    decided = decided_by(text) if _DECISION_AHEAD.match(text) else None
    return decided is not None and decided.decides and decided.date is not None


def _choose_meeting(
    header: Header, layout: Layout, titles: Sequence[TitleLine], agenda_items: Sequence[ItemLines], text: str
) -> None:
    """Choose whose meeting it was, when and where; what the header lacks can be in items and sentences."""
    choose_committee(header, layout, titles, text)
    choose_date(header, layout, titles, text)
    if not (header.committee and header.date):
        complete(header, agenda_items, text)
    if header.committee is None and any(map(_of_board, titles)):
        header.committee = header.committee_as_printed = "Bestyrelsen"
    choose_time(header, layout, titles)
    header.start_time = header.start_time or begun_at(text)
    choose_place(header, layout, titles)
    take_from_decisions(header, agenda_items)


def _is_header(header: Header, layout: Layout, titles: Sequence[TitleLine]) -> bool:
    """Return True if the lines have the form of a header of minutes."""
    says_minutes = any(set(title.kinds) - AGENDA_KINDS for title in titles if title.number < _NEAR_TOP)
    if header.date and (header.committee or says_minutes):
        return True
    return any(block.words == "mødedato" or block.use == "committee" for block in layout.blocks)


def _of_board(title: TitleLine) -> bool:
    """Return True if a title near the top names a meeting of a board that has no other name."""
    return title.number < _TOP and bool(_BOARD_MEETING.search(title.text))
