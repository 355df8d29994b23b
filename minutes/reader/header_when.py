"""Date and time of a meeting: in labels, titles and on lines of their own."""

import re
from collections.abc import Iterator, Sequence

from minutes.reader.dates import (
    PrintedDate,
    dates_in,
    day_and_month,
    find_clock,
    find_time,
    times_in,
    with_year_first,
)
from minutes.reader.header_candidates import NEAR, Candidate, Header, note_conflict, strongest
from minutes.reader.header_labels import Layout
from minutes.reader.header_titles import TitleLine, clock_alone
from minutes.reader.layout import Line

_MOST_TIMES = 2
_WEEKDAY = re.compile(r"(?:man|tirs|ons|tors|fre|lør|søn)dag", re.IGNORECASE)
_ENDS_MEETING = re.compile(r"\b(?:slut\w*|hæv\w*|afslut\w*|ophør\w*)\b", re.IGNORECASE)


def choose_date(header: Header, layout: Layout, titles: Sequence[TitleLine], text: str = "") -> None:
    """Choose the day; figures of which the year is not certain are read by the years that the text has."""
    ranked = strongest([*_dates_of_labels(layout), *_days_without_year(layout), *_dates_of_titles(titles)])
    if not ranked or ranked[0][0].weight < 1.5:
        return
    tie = note_conflict(header, "date", ranked, 5.0)
    header.date = None if tie else _with_certain_year(ranked[0][0], text)


def _with_certain_year(candidate: Candidate, text: str) -> str:
    """Return the day, by "25.08.27" the one whose year the text has where it has only one of the two."""
    printed = candidate.at.text
    for day in dates_in(printed):
        other = with_year_first(printed[day.start : day.end]) if day.iso == candidate.value else None
        if other and other[:4] in text and candidate.value[:4] not in text:
            return other
    return candidate.value


def _dates_of_labels(layout: Layout) -> Iterator[Candidate]:
    for block in layout.blocks:
        if block.use not in {"when", "when_and_where"}:
            continue
        dates = dates_in(block.text)
        if dates:
            certain = "dato" in block.words or block.use == "when_and_where" or "dag" in block.words
            weekday = 1.5 if dates[0].weekday is not None else 0.0
            hour = 1.5 if times_in(block.text) else 0.0  # a day alone can be that of writing
            weight = (8.0 if certain else 7.0) + hour + (weekday if dates[0].agrees else -weekday - 2)
            yield Candidate(dates[0].iso, weight, block.at)


def _days_without_year(layout: Layout) -> Iterator[Candidate]:
    """Yield the day of a label that has no year, by its weekday in the year of another label.

    "Dato: 28. august 2014" / "Tid: Fredag, den 12. september": the first is the day of writing.
    """
    blocks = [block for block in layout.blocks if block.use in {"when", "when_and_where"}]
    years = {day.iso[:4] for block in blocks for day in dates_in(block.text)}
    for block in blocks:
        day = None if dates_in(block.text) else day_and_month(block.text)
        weekday = _WEEKDAY.match(block.text)
        if day is None or weekday is None or len(years) != 1:
            continue
        printed = dates_in(f"{weekday[0]} den {int(day.clock[3:])}-{day.clock[:2]}-{min(years)}")
        if printed and printed[0].weekday is not None and printed[0].agrees:
            yield Candidate(printed[0].iso, 14.0, block.at)


def _dates_of_titles(titles: Sequence[TitleLine]) -> Iterator[Candidate]:
    for title in titles:
        if not title.dates or title.in_sentence:
            continue
        date = _day_of_meeting(title)
        weight = 2.0 + 2.5 * bool(title.kinds) + 2.0 * bool(title.bodies) + 1.0 * title.meeting
        weight += 1.5 * (not title.noise) + 1.0 * bool(title.times) + 0.5 * (title.number < 8)
        if date.weekday is not None:
            weight += 1.5 if date.agrees else -2.5
        if not title.names_meeting:
            weight -= 3.5
        yield Candidate(date.iso, weight, title.line)


# ", den": behind the town in which something was written
_WRITTEN = re.compile(r"(?:^|[A-ZÆØÅ]\w+),?\s+(?:den|d\.)\s*$")
_HOUR_BEHIND = re.compile(r"[ ,]*(?:[–-] ?)?(?:kl\b|\d{1,2}[.:]\d\d\b)", re.IGNORECASE)
_LONGEST_TOWN = 30


def _day_of_meeting(title: TitleLine) -> PrintedDate:
    """Return the day that a title says: one with a weekday or an hour, not that of writing ahead of it.

    "18. december 2010 Referat af møde i Museets bestyrelse Fredag d. 17. december 2010"
    """
    first = title.dates[0]
    kind = title.text.casefold().find(title.kinds[0]) if title.kinds else -1
    written = _WRITTEN.search(title.text[max(0, first.start - _LONGEST_TOWN) : first.start]) is not None
    if first.weekday is not None or _HOUR_BEHIND.match(title.text, first.end):
        return first
    if kind < first.end and not written:
        return first
    others = title.dates[1:]
    with_weekday = (day for day in others if day.weekday is not None and day.agrees)
    with_hour = (day for day in others if _HOUR_BEHIND.match(title.text, day.end))
    if first.start == 0 and len(others) == 1 and kind - first.end <= 1:
        return others[0]  # "9. august 2013 Referat fra møde i Havnerådet 7. juni 2013"
    return next(with_weekday, None) or next(with_hour, first)


def choose_time(header: Header, layout: Layout, titles: Sequence[TitleLine]) -> None:
    alone = list(_times_alone(layout.free))
    if len({candidate.value for candidate in alone}) > _MOST_TIMES:
        alone = []  # hours of the items
    candidates = [*_times_of_labels(layout), *_times_of_titles(header, titles), *alone]
    ranked = strongest(candidates)
    if ranked:
        note_conflict(header, "start_time", ranked, 6.0)
        header.start_time = ranked[0][0].value


# "Mødet begyndte kl. 15.00 og sluttede kl. 19.03.", "Formanden åbnede mødet kl. 19.05"
_BEGUN = re.compile(r"\b(?:begyndte|startede|blev åbnet|åbnede|varede fra)\s+(?=kl)")
_OPENED = re.compile(r"\b(?:åbnede|indledte) mødet\s+(?=kl)")
_LONGEST_SUBJECT = 80


def begun_at(text: str) -> str | None:
    """Return when the only sentence about it says that the meeting began, or None."""
    clocks = set()
    for match in _BEGUN.finditer(text):
        subject = text[max(match.start() - _LONGEST_SUBJECT, 0) : match.start()]
        subject = re.split(r"[.\n]\s*", subject)[-1]
        if subject.startswith("Mødet"):
            clocks.add(find_time(text[match.end() : match.end() + _LONGEST_CLOCK]))
    for match in _OPENED.finditer(text):
        clocks.add(find_time(text[match.end() : match.end() + _LONGEST_CLOCK]))
    return clocks.pop() if len(clocks) == 1 else None


_LONGEST_CLOCK = 20


def _times_of_labels(layout: Layout) -> Iterator[Candidate]:
    for block in layout.blocks:
        if block.use not in {"when", "when_and_where"} or not block.text:
            continue
        times = times_in(block.text)
        clock = times[0].clock if times else None
        if clock is None:
            lines = [line for line in block.lines if line.strip()]
            clock = next((time for line in lines if (time := find_clock(line))), None) or _clock_behind_date(
                lines[0]
            )
        if clock and not (clock == _MIDNIGHT and _LOST_HOUR.search(block.text)):
            yield Candidate(clock, 7.0 if "start" in block.words or "tid" in block.words else 6.5, block.at)


_MIDNIGHT = "00:00"
# ":00": of which the hour was lost
_LOST_HOUR = re.compile(r"(?<!\d)[:.]00\b")
_CLOCK_BEHIND = re.compile(r"[ ,–-]+(?:(?:Tidspunkt|Tid|Klokken) )?(?P<clock>\d{1,2}[.:]\d\d\b(?!\.\d).*)")


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
    for line in [line for line in free if line.text][:NEAR]:
        clock = clock_alone(line.text) or _range_ahead(line.text)
        if clock:
            yield Candidate(clock, 3.5, line)


_RANGE = re.compile(r"\d{1,2}[.:]\d\d\s*(?:[-–]|til)\s*\d{1,2}[.:]\d\d\b")


def _range_ahead(text: str) -> str | None:
    """Return the beginning of the hours that a line begins with: "17.00 til 19.00. Spisning fra kl. 16."."""
    match = _RANGE.match(text)
    return find_clock(match[0]) if match else None
