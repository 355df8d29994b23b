"""The lines before the first item → whose meeting, when, where; chosen among candidates by their evidence."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from minutes.reader.bodies import Body, bodies_in, committee_key, definite, in_small_letters
from minutes.reader.dates import dates_in, day_and_month, find_clock, times_in
from minutes.reader.header_labels import Block, Layout, lay_out
from minutes.reader.header_titles import TitleLine, clock_alone, title_lines
from minutes.reader.items import ItemLines
from minutes.reader.layout import Line
from minutes.reader.names import is_name, squash
from minutes.reader.people_lists import parts_of_list
from minutes.reader.places import has_place_noun, is_place, place_in
from minutes.reader.roster import Roster, RosterBuilder
from minutes.vocabulary import DocumentKind, MeetingKind

_NEAR_TOP = 10
# How many printed lines a header's title and its day stand within; and its people.
_NEAR = 45
_MOST_LINES = 300
_LONGEST_LINE = 4000
_EXTRAORDINARY = re.compile(r"\bekstraordinær\w*", re.IGNORECASE)
_SUPPLEMENT = re.compile(
    r"(?i:\btillægs(?:dagsorden|referat|punkter)\b|^tillæg til dagsorden)|^TILLÆG(?:$| TIL DAGSORDEN)"
)
_AGENDA_KINDS = frozenset({"dagsorden", "dagsordener", "tillægsdagsorden"})
_CANCELLED = re.compile(r"\baflys(?:t|es)\b", re.IGNORECASE)
# "Mødet er ikke aflyst", "Mødet den 3. maj er aflyst": no, and another
_NOT_CANCELLED = re.compile(r"\bikke\s+aflyst|busser|arrangement", re.IGNORECASE)
_ENDS_MEETING = re.compile(r"\b(?:slut\w*|hæv\w*|afslut\w*|ophør\w*)\b", re.IGNORECASE)


class Candidate(NamedTuple):
    """A value that a line of the header may have, and how strong the evidence is."""

    value: str
    weight: float
    at: Line
    body: Body | None = None


class Conflict(NamedTuple):
    """Two values of a field for which the header has about the same evidence. `start`, `end`: the second."""

    field: str
    first: str
    second: str
    start: int
    end: int


@dataclass
class Header:
    """What the lines before the first item say; `found` when they have the form of minutes at all."""

    committee: str | None = None
    committee_as_printed: str | None = None
    committees: tuple[str, ...] = ()
    term: str | None = None
    date: str | None = None
    start_time: str | None = None
    location: str | None = None
    kind: MeetingKind = MeetingKind.ORDINARY
    document: DocumentKind = DocumentKind.MINUTES
    cancelled: bool = False
    roster: Roster = field(default_factory=Roster)
    contents: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    found: bool = False


def read_header(lines: Sequence[Line], found: Sequence[ItemLines] = (), text: str = "") -> Header:
    """Read the header from `lines`, those before the first item.

    `found` are the items, whose headings of decisions can name the committee and the day; `text` is the
    whole document, of which the heads of pages can.
    """
    printed = [line for line in lines if line.text][:_MOST_LINES]
    last = printed[-1].end if printed else 0
    layout = lay_out([line for line in lines if line.end <= last])
    near = printed[min(_NEAR, len(printed)) - 1].end if printed else 0
    titles = [title for title in title_lines(layout.free) if title.line.start <= near]
    header = Header(contents=layout.contents)
    _choose_committee(header, layout, titles)
    _choose_date(header, layout, titles)
    if not (header.committee and header.date):
        _complete(header, found, text)
    _choose_time(header, layout, titles)
    _choose_place(header, layout, titles)
    _choose_kinds(header, layout, titles, found)
    header.roster = _roster(layout, titles)
    if layout.doubtful:
        label = layout.doubtful[-1]
        header.conflicts.append(Conflict("people", layout.doubtful[0].words, label.words, 0, near))
    says_minutes = any(set(title.kinds) - _AGENDA_KINDS for title in titles if title.number < 12)
    header.found = bool(header.committee and header.date) or bool(says_minutes and header.date)
    header.found = header.found or any(
        block.words == "mødedato" or block.use == "committee" for block in layout.blocks
    )
    return header


def _strongest(candidates: Iterable[Candidate]) -> list[tuple[Candidate, float]]:
    """Return the best candidate of each value with the evidence of all of them, the strongest first."""
    best: dict[str, Candidate] = {}
    total: defaultdict[str, float] = defaultdict(float)
    for candidate in candidates:
        held = best.get(candidate.value)
        if held is None or candidate.weight > held.weight:
            best[candidate.value] = candidate
        total[candidate.value] += 0.25 * candidate.weight
    ranked = [(one, one.weight + total[value] - 0.25 * one.weight) for value, one in best.items()]
    return sorted(ranked, key=lambda entry: (-entry[1], entry[0].at.start, entry[0].value))


def _note_conflict(
    header: Header, what: str, ranked: Sequence[tuple[Candidate, float]], least: float
) -> bool:
    """Note a second value with strong evidence of its own; return True if it is as strong as the first."""
    if len(ranked) < 2 or ranked[1][0].weight < least:
        return False
    (first, strong), (second, other) = ranked[:2]
    header.conflicts.append(Conflict(what, first.value, second.value, second.at.start, second.at.end))
    return other > 0.92 * strong


# The committee


def _choose_committee(header: Header, layout: Layout, titles: Sequence[TitleLine]) -> None:
    candidates = [*_committees_of_labels(layout), *_committees_of_titles(titles)]
    ranked = _strongest(candidates)
    if not ranked or ranked[0][0].weight < 2:
        return
    best = ranked[0][0]
    _note_conflict(header, "committee", ranked, 5.0)
    if best.body is None:
        header.committee_as_printed = best.value
        header.committee = best.value
        return
    _take_body(header, best.body)
    joint = next(
        (
            title.bodies
            for title in titles
            if title.joint and best.body.name in {b.name for b in title.bodies}
        ),
        None,
    )
    if joint is None:
        joint = next((bodies for block in layout.blocks if len(bodies := _joint_label(block)) > 1), None)
    if joint:
        _take_body(header, joint[0])
        header.committees = tuple(dict.fromkeys(body.name for body in joint))
        names = set(header.committees)
        header.conflicts = [
            one for one in header.conflicts if one.second not in {committee_key(n) for n in names}
        ]


def _joint_label(block: Block) -> list[Body]:
    return bodies_in(block.text) if block.use == "committee" and block.text.count("\n") == 0 else []


def _take_body(header: Header, body: Body) -> None:
    header.committee = body.name
    header.committee_as_printed = definite(body.printed) if body.meeting else body.printed
    header.term = body.term


def _committees_of_labels(layout: Layout) -> Iterator[Candidate]:
    for block in layout.blocks:
        if block.use != "committee" or not block.text:
            continue
        value = squash(block.text)
        bodies = bodies_in(value)
        if bodies and len(value) < 160:
            yield Candidate(committee_key(bodies[0].name), 8.0, block.at, bodies[0])
        elif len(value) < 60 and not any(character.isdigit() for character in value) and value[0].isupper():
            yield Candidate(in_small_letters(value), 6.0, block.at)


def _committees_of_titles(titles: Sequence[TitleLine]) -> Iterator[Candidate]:
    for title in titles:
        if not title.bodies or (len(title.bodies) > 1 and not title.joint):
            # A line with several bodies names whose the matter is.
            continue
        body = title.bodies[0]
        if body.genitive and not title.meeting and not title.kinds:
            continue
        weight = 1.0 + 2.0 * bool(title.kinds) + 2.0 * title.meeting + 1.5 * bool(title.dates)
        weight += 2.0 * (not title.noise) + 1.0 * (title.number < 6) - 1.5 * (len(title.noise) > 15)
        if title.text[:1].islower() and not (title.kinds or title.dates or title.meeting):
            weight -= 2
        if not title.names_meeting:
            weight -= 3
        yield Candidate(committee_key(body.name), weight, title.line, body)


# The day


def _choose_date(header: Header, layout: Layout, titles: Sequence[TitleLine]) -> None:
    ranked = _strongest([*_dates_of_labels(layout), *_dates_of_titles(titles)])
    if not ranked or ranked[0][0].weight < 1.5:
        return
    tie = _note_conflict(header, "date", ranked, 5.0)
    header.date = None if tie else ranked[0][0].value


def _dates_of_labels(layout: Layout) -> Iterator[Candidate]:
    for block in layout.blocks:
        if block.use not in {"when", "when_and_where"}:
            continue
        dates = dates_in(block.text)
        if dates:
            certain = "dato" in block.words or block.use == "when_and_where" or "dag" in block.words
            weekday = 1.5 if dates[0].weekday is not None else 0.0
            weight = (8.0 if certain else 7.0) + (weekday if dates[0].agrees else -weekday - 2)
            yield Candidate(dates[0].iso, weight, block.at)


def _dates_of_titles(titles: Sequence[TitleLine]) -> Iterator[Candidate]:
    for title in titles:
        if not title.dates:
            continue
        date = title.dates[0]
        weight = 2.0 + 2.5 * bool(title.kinds) + 2.0 * bool(title.bodies) + 1.0 * title.meeting
        weight += 1.5 * (not title.noise) + 1.0 * bool(title.times) + 0.5 * (title.number < 8)
        if date.weekday is not None:
            weight += 1.5 if date.agrees else -2.5
        if not title.names_meeting:
            weight -= 3.5
        yield Candidate(date.iso, weight, title.line)


def _complete(header: Header, found: Sequence[ItemLines], text: str) -> None:
    """Take the committee and the day that the header does not name from headings of decisions or page heads.

    They are those under which most of the items were decided, if it is most of them.
    """
    decided = sum(not item.closed for item in found) or len(found)
    seen: defaultdict[tuple[str, str | None], int] = defaultdict(int)
    names: dict[str, Body] = {}
    for item in found:
        here = set()
        for line in item.body:
            for body, day in _decided_by(line.text):
                names.setdefault(committee_key(body.name), body)
                here.add((committee_key(body.name), day))
        for key in here:
            seen[key] += 1
    ranked = sorted(seen.items(), key=lambda entry: (-entry[1], entry[0][0], entry[0][1] or ""))
    top = [entry for entry in ranked if 2 * entry[1] > decided][:2]
    if not top:
        top, names = _of_page_heads(text)
    for (name, day), _times in top:
        if header.committee is None:
            _take_body(header, names[name])
        if header.date is None and day and name == committee_key(header.committee or ""):
            header.date = day


# "Beslutning i Skoleudvalget den 5. maj 2014", "Ældrerådets beslutning den …", "Skoleudvalget, 05-05-2014"
_DECISION = re.compile(r"(?:beslutning|behandling|behandlet)\w*\b", re.IGNORECASE)


def _decided_by(text: str) -> Iterator[tuple[Body, str | None]]:
    if not 8 < len(text) < 200 or not (text[0].isupper() or text[0].isdigit()):
        return
    bodies = bodies_in(text)
    if len(bodies) != 1:
        return
    body = bodies[0]
    before, behind = text[: body.start], text[body.end :]
    says = bool(_DECISION.match(before)) and len(before) < 30
    dates = dates_in(behind) or (dates_in(before) if not says else [])
    if says or (not before.strip() and (dates or _DECISION.search(behind[:30])) and len(behind) < 90):
        yield body, dates[0].iso if dates else None


_PAGE = re.compile(r"^(?P<head>[^\n]{8,120}?)\s+[Ss]ide:?\s*(?:nr\.?\s*)?\d{1,4}\b", re.MULTILINE)


def _of_page_heads(text: str) -> tuple[list[tuple[tuple[str, str | None], int]], dict[str, Body]]:
    """Return the body and day in the heads and feet of pages, if there are two at least and all agree."""
    seen: defaultdict[tuple[str, str | None], int] = defaultdict(int)
    names: dict[str, Body] = {}
    for match in _PAGE.finditer(text):
        for body, day in _decided_by(match["head"].strip()):
            names.setdefault(committee_key(body.name), body)
            seen[committee_key(body.name), day] += 1
    if len(seen) != 1 or max(seen.values()) < 2:
        return [], {}
    return list(seen.items()), names


# The hour


def _choose_time(header: Header, layout: Layout, titles: Sequence[TitleLine]) -> None:
    candidates = [*_times_of_labels(layout), *_times_of_titles(header, titles), *_times_alone(layout.free)]
    ranked = _strongest(candidates)
    if ranked:
        _note_conflict(header, "start_time", ranked, 6.0)
        header.start_time = ranked[0][0].value


def _times_of_labels(layout: Layout) -> Iterator[Candidate]:
    for block in layout.blocks:
        if block.use not in {"when", "when_and_where"} or not block.text:
            continue
        times = times_in(block.text)
        clock = times[0].clock if times else None
        if clock is None:
            lines = [line for line in block.lines if line.strip()]
            clock = next(
                (found for line in lines if (found := find_clock(line))), None
            ) or _clock_behind_date(lines[0])
        if clock:
            yield Candidate(clock, 7.0 if "start" in block.words or "tid" in block.words else 6.5, block.at)


_CLOCK_BEHIND = re.compile(r"[ ,–-]+(?P<clock>\d{1,2}[.:]\d\d\b(?!\.\d).*)")


def _clock_behind_date(text: str) -> str | None:
    dates = dates_in(text)
    match = _CLOCK_BEHIND.match(text, dates[0].end) if dates else None
    return find_clock(match["clock"]) if match else None


def _times_of_titles(header: Header, titles: Sequence[TitleLine]) -> Iterator[Candidate]:
    for title in titles:
        if _ENDS_MEETING.search(title.text):
            continue
        day = day_and_month(title.text)
        own = any(date.iso == header.date for date in title.dates) or (
            day is not None and header.date is not None and header.date.endswith(day.clock)
        )
        clock = title.times[0].clock if title.times else None
        if clock is None and own and title.dates:
            clock = _clock_behind_date(title.text)
        if clock and (own or (title.names_meeting and not title.dates)):
            yield Candidate(clock, 5.0 if own else 3.0, title.line)


def _times_alone(free: Sequence[Line]) -> Iterator[Candidate]:
    for line in [line for line in free if line.text][:_NEAR]:
        clock = clock_alone(line.text) or _range_ahead(line.text)
        if clock:
            yield Candidate(clock, 3.5, line)


_RANGE = re.compile(r"\d{1,2}[.:]\d\d\s*(?:[-–]|til)\s*\d{1,2}[.:]\d\d\b")


def _range_ahead(text: str) -> str | None:
    """Return the beginning of the hours that a line begins with: "17.00 til 19.00. Spisning fra kl. 16."."""
    match = _RANGE.match(text)
    return find_clock(match[0]) if match else None


# The place


def _choose_place(header: Header, layout: Layout, titles: Sequence[TitleLine]) -> None:
    candidates = [
        *_places_of_labels(layout),
        *_places_of_titles(header, titles),
        *_places_below(header, layout, titles),
    ]
    ranked = sorted(candidates, key=lambda one: (-one.weight, one.at.start, one.value))
    if ranked and ranked[0].weight >= 1.5:
        header.location = ranked[0].value


def _places_of_labels(layout: Layout) -> Iterator[Candidate]:
    for block in layout.blocks:
        if block.use == "where" and block.text:
            value = " ".join(line.strip() for line in block.lines)
            place = place_in(value)
            if place and not dates_in(place):
                yield Candidate(place, 8.0 if not block.in_row or has_place_noun(place) else 5.0, block.at)
        elif block.use in {"when_and_where", "when"} and block.text:
            places = _places_behind(block)
            if places:
                yield Candidate(places, 7.0 if block.use == "when_and_where" else 5.0, block.at)


def _places_behind(block: Block) -> str | None:
    """Return the place behind a day or an hour in the same label: "23. maj kl. 14-16, Frivilligcentret"."""
    value = squash(block.text)
    ends = [date.end for date in dates_in(value)] + [time.end for time in times_in(value)]
    rest = value[max(ends) :] if ends else ""
    if not rest.strip(" .,"):
        return None
    strict = block.use == "when" and not re.match(r"\s*,?\s*(?:i|på|hos)\s", rest)
    return place_in(rest) if is_place(rest.strip(" ,.–-"), strict=strict) else None


def _places_of_titles(header: Header, titles: Sequence[TitleLine]) -> Iterator[Candidate]:
    for title in titles:
        if not title.places or _ENDS_MEETING.search(title.text):
            continue
        own = any(date.iso == header.date for date in title.dates)
        place = title.places[-1]
        noun = has_place_noun(place)
        if own or title.times or title.bodies or title.meeting:
            yield Candidate(place, 4.0 + 1.5 * noun + 1.0 * own, title.line)


def _places_below(header: Header, layout: Layout, titles: Sequence[TitleLine]) -> Iterator[Candidate]:
    """Yield the lines that stand beside the meeting's day or title and name a place."""
    printed = [line for line in layout.free if line.text][:_NEAR]
    by_start = {title.line.start: title for title in titles}
    said = [by_start.get(line.start) for line in printed]
    clocks = [clock_alone(line.text) is not None for line in printed]
    days = [
        n for n, title in enumerate(said) if title and any(date.iso == header.date for date in title.dates)
    ]
    named = [n for n, title in enumerate(said) if title and title.bodies and title.number < _NEAR_TOP]
    for place, line in enumerate(printed):
        title = said[place]
        if clocks[place] or (title and title.dates):
            continue
        if title and (title.kinds or title.bodies) and not has_place_noun(line.text):
            continue
        # Hours between the day and the place do not count.
        after = min((place - day - sum(clocks[day:place]) for day in days if day < place), default=99)
        beside = any(day == place + 1 for day in days) and any(name < place for name in named)
        weight = _weight_of_place(line, 2 if beside else after)
        found = place_in(line.text) if weight else None
        if found:
            yield Candidate(found, weight, line)


_PREPOSITION = re.compile(r"(?:i|på|hos)\s+[A-ZÆØÅa-zæøå]")


def _weight_of_place(line: Line, away: int) -> float:
    """Return how likely a line is the place; `away` says how many lines after the day it is printed."""
    text = line.text
    if len(text) > 110:
        return 0.0
    ahead = bool(_PREPOSITION.match(text))
    if is_place(text, strict=True):
        return 4.0 if away <= 2 else 3.0 if ahead else 2.0 if away <= 4 else 0.0
    if away == 1 and is_place(text) and len(text.split()) <= 4 and not is_name(text):
        return 2.0
    return 3.0 if ahead and away <= 2 and is_place(text) else 0.0


# Kinds


def _choose_kinds(
    header: Header, layout: Layout, titles: Sequence[TitleLine], found: Sequence[ItemLines]
) -> None:
    said = [title for title in titles if title.names_meeting and len(title.text) < 120]
    texts = [title.text for title in said if title.kinds or title.meeting or title.bodies]
    texts += [
        block.text for block in layout.blocks if block.use in {"committee", "other"} and len(block.text) < 60
    ]
    if any(map(_EXTRAORDINARY.search, texts)):
        header.kind = MeetingKind.EXTRAORDINARY
    supplements = [text for text in texts if len(text) <= 80]
    supplements += [line.text for line in layout.free if line.text.isupper() and len(line.text) < 40]
    if any(map(_SUPPLEMENT.search, supplements)):
        header.kind = MeetingKind.SUPPLEMENTARY
    kinds = {kind for title in said if title.number < 30 for kind in title.kinds}
    kinds |= {squash(block.text).casefold() for block in layout.blocks if block.use in {"other", ""}}
    minutes = any(
        "referat" in kind or "protokol" in kind or kind in {"udskrift", "beslutninger"} for kind in kinds
    )
    if kinds & _AGENDA_KINDS and not minutes and not _decided(found):
        header.document = DocumentKind.AGENDA
    header.cancelled = any(map(_says_cancelled, [*(line.text for line in layout.free), *texts]))


def _says_cancelled(text: str) -> bool:
    return len(text) < 160 and bool(_CANCELLED.search(text)) and not _NOT_CANCELLED.search(text)


_DECISION_ALONE = re.compile(r"(?:\w+s )?beslutning(?:er)?:?", re.IGNORECASE)


def _decided(found: Sequence[ItemLines]) -> bool:
    """Return True if most items have words under a heading "Beslutning"."""
    decided = 0
    for item in found:
        printed = [line.text for line in item.body if line.text]
        for heading, below in zip(printed, [*printed[1:], ""], strict=True):
            if _DECISION_ALONE.fullmatch(heading) and below and not below.endswith(":") and below[-1] in ".!":
                decided += 1
                break
    return bool(found) and 2 * decided >= len(found)


# The people


def _roster(layout: Layout, titles: Sequence[TitleLine]) -> Roster:
    builder = RosterBuilder()
    listed = False
    for block in layout.blocks:
        if block.use == "present" and block.text:
            builder.add_present(block.text)
            listed = True
        elif block.use == "absent" and block.text:
            builder.add_absent(block.text)
        elif block.use == "substitutes":
            builder.add_substitutes(block.text)
        elif block.use == "remarks":
            builder.add_sentences(_wrapped(block.lines))
    title_starts = {title.line.start for title in titles if title.bodies or title.dates or title.kinds}
    others = [line for line in layout.free if line.start not in title_starts]
    if not listed:
        builder.add_present("\n".join(_unlabelled_list(others)))
    builder.add_sentences(_wrapped([line.text[:_LONGEST_LINE] for line in others]))
    return builder.roster()


def _unlabelled_list(free: Sequence[Line]) -> list[str]:
    """Return the lines of a list of people that no label has: at least three with their parties in a row."""
    run: list[str] = []
    for line in [*free, Line("", 0, 0)]:
        parts = list(parts_of_list(line.text)) if 4 < len(line.text) < 80 else []
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


def _wrapped(lines: Sequence[str]) -> str:
    """Return the lines as text in which a sentence that was broken into lines stands in one."""
    text = ""
    for line in lines:
        if (
            text
            and not text.endswith((".", ":", "!", "?", "\n"))
            and (line[:1].islower() or len(text) - text.rfind("\n") > 70)
        ):
            text += f" {line}"
        else:
            text += f"\n{line}" if text else line
    return text
