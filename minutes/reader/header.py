"""The lines before the first item → whose meeting, when, where; chosen among candidates by their evidence."""

import re
from collections.abc import Sequence
from itertools import pairwise

from minutes.reader.dates import dates_in
from minutes.reader.decision_labels import take_from_decisions
from minutes.reader.header_candidates import Conflict, Header
from minutes.reader.header_committee import choose_committee, complete
from minutes.reader.header_labels import Block, Layout, lay_out
from minutes.reader.header_titles import TitleLine, parse_title, title_lines
from minutes.reader.header_when import begun_at, choose_date, choose_time
from minutes.reader.header_where import choose_place
from minutes.reader.headings import Own
from minutes.reader.items import ItemLines
from minutes.reader.layout import Line
from minutes.reader.meeting_item import Note, lists_absentees_elsewhere, meeting_notes
from minutes.reader.names import sentences, squash
from minutes.reader.people_lists import parts_of_list
from minutes.reader.presence import Said, attendance_in
from minutes.reader.roster import Roster, RosterBuilder
from minutes.vocabulary import DocumentKind, MeetingKind

# How many printed lines a header's title, its day and its people are within.
_NEAR = 45
_TOP = 8
_NEAR_TOP = 12
_MOST_LINES = 300
_LONGEST_LINE = 4000
_EXTRAORDINARY = re.compile(r"\bekstraordinær\w*", re.IGNORECASE)
_SUPPLEMENT = re.compile(
    r"(?i:\btillægs(?:dagsorden|referat|punkter)\b|^tillæg til dagsorden)|^TILLÆG(?:$| TIL DAGSORDEN)"
)
# "Indkaldelse til 3. møde i Seniorrådet", "Det meddeles herved, at der afholdes møde i Byrådet"
_INVITATION = re.compile(
    r"(?:Møde)?[Ii]ndkaldelse til \S.{0,60}møde(?:t|r)?\b"
    r"|(?:Det meddeles|Der indkaldes)\b.{0,50}\b(?:afholdes|til)\b"
)
_APPROVED = re.compile(r"\b[Dd]agsorden(?:en)? (?:blev |er |var )?godkendt\b")
_AGENDA_KINDS = frozenset({"dagsorden", "dagsordener", "tillægsdagsorden"})
_MINUTES = re.compile(r"referat|protokol|udskrift|vedtagelser|beslutninger$")
_LONGEST_SAID = 120
_LONGEST_SUPPLEMENT = 80
_SHORT = 60
_CANCELLED = re.compile(r"\baflys(?:t|es)\b", re.IGNORECASE)
_LONGEST_CANCELLED = 160
_BOARD_MEETING = re.compile(r"\bbestyrelsesmøde(?:t|r)?\b", re.IGNORECASE)
_CANCELLED_ALONE = re.compile(r"[(*!\s]*(?:er )?aflyst[)*!.\s]*", re.IGNORECASE)
_OF_MEETING = re.compile(r"\bmøde(?:t|ts)?\b|\w+møde(?:t)?\b|\bdagsorden", re.IGNORECASE)
# "Mødet er ikke aflyst", "Mødet den 3. maj er aflyst": no, and another
_NOT_CANCELLED = re.compile(r"\bikke\s+aflyst|busser|arrangement", re.IGNORECASE)


def read_header(lines: Sequence[Line], agenda_items: Sequence[ItemLines] = (), text: str = "") -> Header:
    """Read the header from `lines`, those before the first item.

    `agenda_items` are the items, whose headings of decisions can name the committee and the day; `text` is
    the whole document, of which the heads of pages can.
    """
    printed = [line for line in lines if line.text][:_MOST_LINES]
    last = printed[-1].end if printed else 0
    layout = lay_out([line for line in lines if line.end <= last])
    near = printed[min(_NEAR, len(printed)) - 1].end if printed else 0
    titles = [title for title in title_lines(layout.free) if title.line.start <= near]
    header = Header(contents=layout.contents)
    _choose_meeting(header, layout, titles, agenda_items, text)
    _choose_kinds(header, layout, titles, agenda_items)
    header.roster = _roster(layout, titles, Own(header.committee, header.date), agenda_items)
    if layout.doubtful:
        label = layout.doubtful[-1]
        header.conflicts.append(Conflict("people", layout.doubtful[0].words, label.words, 0, near))
    header.is_known_form = _is_header(header, layout, titles)
    return header


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
    says_minutes = any(set(title.kinds) - _AGENDA_KINDS for title in titles if title.number < _NEAR_TOP)
    if header.date and (header.committee or says_minutes):
        return True
    return any(block.words == "mødedato" or block.use == "committee" for block in layout.blocks)


def _of_board(title: TitleLine) -> bool:
    """Return True if a title near the top names a meeting of a board that has no other name."""
    return title.number < _TOP and bool(_BOARD_MEETING.search(title.text))


# Kinds


def _choose_kinds(
    header: Header, layout: Layout, titles: Sequence[TitleLine], agenda_items: Sequence[ItemLines]
) -> None:
    said = [title for title in titles if title.names_meeting and len(title.text) < _LONGEST_SAID]
    texts = [title.text for title in said if title.kinds or title.meeting or title.bodies]
    labelled = [block.text for block in layout.blocks if block.use in {"committee", "other"}]
    texts += [text for text in labelled if len(text) < _SHORT]
    header.kind = _kind(texts, layout)
    is_agenda = _is_agenda(layout, said) or _invites(layout.free)
    if is_agenda and not _decided(agenda_items) and not _approves(layout.free, agenda_items):
        header.document = DocumentKind.AGENDA
    only = (
        [item.title for item in agenda_items] if len(agenda_items) == 1 else []
    )  # "Mødet den 26/3 er aflyst"
    header.cancelled = any(map(says_cancelled, [*(line.text for line in layout.free), *texts, *only]))


def _kind(texts: Sequence[str], layout: Layout) -> MeetingKind:
    """Return the kind of meeting that the titles say."""
    capitals = [line.text for line in layout.free if line.text.isupper() and len(line.text) < _SHORT]
    short = [text for text in texts if len(text) <= _LONGEST_SUPPLEMENT]
    if any(map(_SUPPLEMENT.search, [*short, *capitals])):
        return MeetingKind.SUPPLEMENTARY
    if any(map(_EXTRAORDINARY.search, texts)):
        return MeetingKind.EXTRAORDINARY
    return MeetingKind.ORDINARY


# "Bemærkninger til dagsordenen"
_ABOUT_AGENDA = re.compile(r"\b(?:bemærkning|ændring|tilføjelse|godkendelse)\w*\b.*dagsorden", re.IGNORECASE)


def _is_agenda(layout: Layout, titles: Sequence[TitleLine]) -> bool:
    """Return True if the titles call the document an agenda, and none of them minutes."""
    kinds = {
        kind
        for title in titles
        if title.number < (_NEAR if title.bodies or title.dates else _TOP)
        and not _ABOUT_AGENDA.search(title.text)
        for kind in title.kinds
    }
    kinds |= {squash(block.text).casefold() for block in layout.blocks if block.use in {"other", ""}}
    return bool(kinds & _AGENDA_KINDS) and not any(map(_MINUTES.search, kinds))


def _approves(free: Sequence[Line], agenda_items: Sequence[ItemLines]) -> bool:
    """Return True if lines of a document without items say that its agenda was approved."""
    return not agenda_items and any(_APPROVED.search(line.text) for line in free)


def _invites(free: Sequence[Line]) -> bool:
    """Return True if one of the first lines invites to a meeting that is to come."""
    printed = [line.text for line in free if line.text][:_TOP]
    return any(map(_INVITATION.match, printed)) and not any(map(_MINUTES.search, map(str.casefold, printed)))


def says_cancelled(text: str) -> bool:
    """Return True if a line says that the meeting was cancelled, not that something else was."""
    if len(text) >= _LONGEST_CANCELLED or not _CANCELLED.search(text) or _NOT_CANCELLED.search(text):
        return False
    title = parse_title(Line(text, 0, len(text)), 0, text)
    named = title is not None and title.names_meeting
    return named or bool(_CANCELLED_ALONE.fullmatch(text) or _OF_MEETING.search(text))


_DECISION_ALONE = re.compile(r"(?:\w+s )?beslutning(?:er)?:?", re.IGNORECASE)


def _decided(agenda_items: Sequence[ItemLines]) -> bool:
    """Return True if most items have words under a heading "Beslutning"."""
    decided = 0
    for item in agenda_items:
        printed = [line.text for line in item.body if line.text]
        for heading, below in pairwise(printed):
            if _DECISION_ALONE.fullmatch(heading) and below and not below.endswith(":") and below[-1] in ".!":
                decided += 1
                break
    return bool(agenda_items) and 2 * decided >= len(agenda_items)


# The people

# "Punkt 4 Budget: Ida Holm. Suppleant Ane Krog indtrådte i stedet": above the items, of one of them
_OF_ITEM = re.compile(r"(?:Punkt|Pkt\.|Sag(?: nr\.?)?) \d{1,4}\b")


def _roster(
    layout: Layout, titles: Sequence[TitleLine], own: Own, agenda_items: Sequence[ItemLines]
) -> Roster:
    builder = RosterBuilder()
    listed = _add_blocks(builder, layout.blocks)
    title_starts = {title.line.start for title in titles if title.bodies or title.dates or title.kinds}
    others = [
        line for line in layout.free if line.start not in title_starts and not _OF_ITEM.match(line.text)
    ]
    if not listed:
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
    for block in blocks:
        if block.use == "present" and block.text:
            builder.add_present(block.text)
            listed = True
        elif block.use == "absent" and block.text:
            builder.add_absent(block.text)
        elif block.use == "substitutes":
            builder.add_substitutes(block.text, came=block.words != "suppleanter")
        elif block.use == "remarks":
            builder.add_sentences(_wrapped(block.lines))
    return listed


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
