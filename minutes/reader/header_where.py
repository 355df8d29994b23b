"""Place of a meeting: in labels, in titles, and on lines beside the day."""

import re
from collections.abc import Iterator, Sequence

from minutes.reader.dates import dates_in, times_in
from minutes.reader.header_candidates import NEAR, Candidate, Header
from minutes.reader.header_labels import Block, Layout
from minutes.reader.header_titles import TitleLine, clock_alone
from minutes.reader.headings import heading_kind
from minutes.reader.labels import DOCUMENTS, PEOPLE
from minutes.reader.layout import Line
from minutes.reader.names import squash
from minutes.reader.places import begins_with_room, has_place_noun, is_place, names_no_place, place_in
from minutes.vocabulary import SectionKind

_NEAR_TOP = 10
_FEW_LINES = 2
_FAR = 99
_LEAST_WEIGHT = 1.5
_FEW_LETTERS = 4
_LONGEST_PLACE = 110
# From so many letters on a line is running text; a sentence from so many blanks on.
_RUNNING = 260
_SENTENCE_BLANKS = 8
_HEADINGS = frozenset(
    {SectionKind.DECISION, SectionKind.RECOMMENDATION, SectionKind.RESUME, SectionKind.PRESENTATION}
)
# "14:00 - 15:00 - Klinikken": the hours ahead of a place
_HOURS = re.compile(r"^(?:kl\.?\s*)?\d{1,2}[.:]\d\d(?:\s*[-–]\s*\d{1,2}[.:]\d\d)?[\s:,–-]+", re.IGNORECASE)
_ENDS_MEETING = re.compile(r"\b(?:slut\w*|hæv\w*|afslut\w*|ophør\w*)\b", re.IGNORECASE)


def choose_place(header: Header, layout: Layout, titles: Sequence[TitleLine]) -> None:
    candidates = [
        *_places_of_labels(layout),
        *_places_of_titles(header, titles),
        *_places_below(header, layout, titles),
        *_places_under_labels(header, layout),
    ]
    candidates = [one for one in candidates if one.value != header.committee]
    ranked = sorted(candidates, key=lambda one: (-one.weight, one.at.start, one.value))
    if ranked and ranked[0].weight >= _LEAST_WEIGHT:
        header.location = _whole(ranked[0].value, ranked[1:])


def _whole(place: str, others: Sequence[Candidate]) -> str:
    """Return the place with the end that another line has: "Mødelokale" in a title that was cut off."""
    longer = (one.value for one in others if one.weight >= _LEAST_WEIGHT and one.value.startswith(place))
    return next((value for value in longer if value.count(" ") <= place.count(" ") + _FEW_LINES), place)


def _places_of_labels(layout: Layout) -> Iterator[Candidate]:
    for block in layout.blocks:
        if block.use == "where" and block.text:
            value = " ".join(line.strip() for line in block.lines)
            place = place_in(_HOURS.sub("", value))
            if place and not dates_in(place) and not names_no_place(place):
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
        own = _is_on(title, header.date)
        place = title.places[-1]
        noun = has_place_noun(place)
        # A day and a name alone can be the title of a page: "09.08.2007 - Sundved - Byen ved fjorden".
        if title.times or title.bodies or title.meeting or (own and noun):
            yield Candidate(place, 4.0 + 1.5 * noun + 1.0 * own, title.line)


def _places_below(header: Header, layout: Layout, titles: Sequence[TitleLine]) -> Iterator[Candidate]:
    """Yield the lines beside the meeting's day or title that name a place."""
    printed = list(_above_text(layout.free))[:NEAR]
    people = _begin_of_people(layout)
    by_start = {title.line.start: title for title in titles}
    said = [by_start.get(line.start) for line in printed]
    clocks = [clock_alone(line.text) is not None for line in printed]
    days = [place for place, title in enumerate(said) if title and _is_on(title, header.date)]
    for place, line in enumerate(printed):
        if clocks[place] or _names_other(said[place]):
            continue
        below = printed[place + 1].text if place + 1 < len(printed) else ""
        if heading_kind(below) in _HEADINGS and not begins_with_room(line.text):
            continue  # the title of an item
        hour_above = place > 0 and (clocks[place - 1] or _says_when(said[place - 1]))
        away = _distance(place, days, said, clocks)
        if people and line.start > people and away > _FEW_LINES:
            continue  # of an item
        weight = _weight_of_place(line, away, is_beside_day=hour_above)
        words = place_in(_with_next_line(line.text, below)) if weight else None
        if words:
            yield Candidate(words, weight, line)


def _with_next_line(text: str, below: str) -> str:
    """Return the line with the one below, where a place goes on: "Regionshuset," / "Skottenborg 26"."""
    goes_on = text.endswith(",") and is_place(below, strict=True) and not dates_in(below)
    return f"{text} {below}" if goes_on else text


def _begin_of_people(layout: Layout) -> int:
    """Return where the first list of people begins, or 0."""
    return min((block.at.start for block in layout.blocks if block.use in PEOPLE and block.text), default=0)


def _places_under_labels(header: Header, layout: Layout) -> Iterator[Candidate]:
    """Yield a line with a place right under the label with the day: "Referat: 3. maj 2021 kl. 17"."""
    printed = [line for line in layout.free if line.text]
    for block in layout.blocks:
        if block.words not in DOCUMENTS or not any(day.iso == header.date for day in dates_in(block.text)):
            continue
        below = next((line for line in printed if line.start > block.at.start), None)
        if below and below.start - block.at.end <= _FEW_LETTERS and len(below.text) <= _LONGEST_PLACE:
            words = place_in(below.text) if is_place(below.text, strict=True) else None
            if words:
                yield Candidate(words, 3.0, below)


def _above_text(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the printed lines above the first line of running text behind a day."""
    has_day = False
    for line in lines:
        is_running = line.text.endswith(".") and line.text.count(" ") > _SENTENCE_BLANKS
        if len(line.text) > _RUNNING or (is_running and has_day):
            return
        has_day = has_day or bool(dates_in(line.text))
        if line.text and not is_running:
            yield line


def _distance(
    place: int, days: Sequence[int], said: Sequence[TitleLine | None], clocks: Sequence[bool]
) -> int:
    """Return how many lines behind the day a line is, hours aside; 2 between the title and the day."""
    first = next((n for n, title in enumerate(said) if title and title.bodies), _NEAR_TOP)
    if place + 1 in days and first < min(place, _NEAR_TOP):
        return 2
    return min((place - day - sum(clocks[day:place]) for day in days if day < place), default=_FAR)


def _names_other(title: TitleLine | None) -> bool:
    """Return True if a line names a day, or a body or a kind of document and no place."""
    if title is None:
        return False
    return bool(title.dates or ((title.kinds or title.bodies) and not has_place_noun(title.text)))


def _says_when(title: TitleLine | None) -> bool:
    """Return True if a line has an hour, or a day and nothing else."""
    return title is not None and bool(title.times or (title.dates and not title.kinds and not title.bodies))


def _is_on(title: TitleLine, date: str | None) -> bool:
    return any(printed.iso == date for printed in title.dates)


_PREPOSITION = re.compile(r"(?:[Ii]|[Pp]å|[Hh]os)\s+[A-ZÆØÅa-zæøå]")


def _weight_of_place(line: Line, away: int, *, is_beside_day: bool) -> float:
    """Return how likely a line is the place; `away` says how many lines after the day it is printed.

    `is_beside_day` when the line above it has an hour, or the day alone.
    """
    text = line.text
    if len(text) > 110:
        return 0.0
    ahead = bool(_PREPOSITION.match(text))
    if is_place(text, strict=True):
        return 4.0 if away <= 2 else 3.0 if ahead else 2.0 if away <= 4 else 0.0
    few_words = len(text.split()) <= 4
    is_whole = place_in(text) == text.rstrip(" .,")
    if away == 1 and is_beside_day and few_words and is_whole and is_place(text):
        return 2.0
    return 3.0 if ahead and away <= 2 and is_place(text) else 0.0
