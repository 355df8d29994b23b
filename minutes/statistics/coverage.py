"""Signs that a meeting is missing between two that the archive has. Pure: no database, no Django.

Two signs are read, and only between consecutive meetings of one committee.

**Continuous numbering.** Some committees number their items continuously from meeting to meeting, through a
year or a term; others restart at 1. A year counts as continuous when each of its meetings starts above the
end of the one before and there are at least two, or when its only meeting starts at more than twice the
length of the committee's longest agenda. Numbers that no meeting has are then a sign, if they are at least
`_MIN_NUMBERS` and half a median agenda: fewer can be closed items that were never published, or items that
could not be read. For a committee that usually skips numbers between meetings, twice the lower quartile of
its skips is added. Where the numbers are lower than at the meeting before, the series restarted, and the
numbers from 1 are missing.

**Months without a meeting.** A committee usually meets in a month when it met then in four fifths of the
other years that the archive has, and in at least three. July is excluded, and so are November to January
around an election. Such a month is a sign only where more than one and a half times the median interval
lies between the two meetings: meetings on 31 January and 1 March do not suggest one in February. Where the
numbers are consecutive, no meeting is missing.

Both are conservative: no sign is no proof of completeness, and a sign can be a cancelled meeting.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median, quantiles

_MIN_NUMBERS = 4
_MIN_SKIPS = 4  # below this, the usual skip is unknown
_MIN_YEARS = 3
_USUAL_SHARE = 0.8  # of the other years
_LONG_INTERVAL = 1.5  # times the median interval between meetings
_JANUARY, _JULY, _NOVEMBER = 1, 7, 11
# Councils are elected in November of 1981, 1985 … 2021, 2025; the term starts in January.
_TERM_YEARS, _ELECTION_YEAR = 4, 2025


@dataclass(frozen=True)
class HeldMeeting:
    """A meeting: its date, its slug, and the first and last item number, None without numbers."""

    date: date
    slug: str
    numbers: tuple[int, int] | None = None


@dataclass(frozen=True)
class Gap:
    """A meeting seems to be missing between `before` and `after`; at least one of the signs is set.

    `numbers` are the first and last missing number, `months` the first days of the months without a meeting.
    """

    before: HeldMeeting
    after: HeldMeeting
    numbers: tuple[int, int] | None = None
    months: tuple[date, ...] = ()


@dataclass(frozen=True)
class Coverage:
    """Gaps, newest first; whether any sign could be read; years without a meeting between others."""

    gaps: tuple[Gap, ...]
    is_readable: bool
    empty_years: tuple[int, ...]


def item_number_range(
    first: int | None, last: int | None, closed: Iterable[int] = ()
) -> tuple[int, int] | None:
    """The first and last item number of a meeting, or None where no open item has a number.

    `first` and `last` are those of open items. Closed items count where they continue the series; some
    municipalities number them separately, from 101.
    """
    if first is None or last is None:
        return None
    closed = set(closed)
    while last + 1 in closed:
        last += 1
    return first, last


def assess_coverage(meetings: Iterable[HeldMeeting]) -> Coverage:
    """Look for gaps between the meetings of one committee; at least one meeting is required."""
    ordered = sorted(meetings, key=lambda meeting: (meeting.date, meeting.numbers or (0, 0)))
    continuous = _continuous_years(ordered)
    min_missing = _min_missing(ordered, continuous)
    rhythm = _Rhythm(ordered)
    gaps, has_numbers = [], False
    for before, after in pairwise(ordered):
        is_comparable = bool(before.numbers and after.numbers) and after.date.year in continuous
        numbers = _missing_numbers(before, after, min_missing) if is_comparable else None
        months = () if _are_consecutive(before, after) else rhythm.months_between(before.date, after.date)
        if numbers or months:
            gaps.append(Gap(before, after, numbers, months))
        has_numbers |= is_comparable
    return Coverage(tuple(reversed(gaps)), has_numbers or rhythm.is_known, rhythm.empty_years)


def term_start(day: date) -> date:
    """The first day of the council term that includes `day`: 1 January after an election."""
    return date(day.year - (day.year - _ELECTION_YEAR - 1) % _TERM_YEARS, 1, 1)


def _length(numbers: tuple[int, int]) -> int:
    return numbers[1] - numbers[0] + 1


def _continuous_years(meetings: Sequence[HeldMeeting]) -> set[int]:
    """The years whose item numbers run on from meeting to meeting."""
    by_year: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for meeting in meetings:
        if meeting.numbers:
            by_year[meeting.date.year].append(meeting.numbers)
    longest = max((_length(numbers) for ranges in by_year.values() for numbers in ranges), default=0)
    return {
        year
        for year, ranges in by_year.items()
        if all(before[1] < after[0] for before, after in pairwise(ranges))
        and (len(ranges) > 1 or ranges[0][0] > 2 * longest)
    }


def _min_missing(meetings: Sequence[HeldMeeting], continuous: set[int]) -> float:
    """The least number of missing numbers that is a sign."""
    lengths = [_length(meeting.numbers) for meeting in meetings if meeting.numbers]
    skips = [
        after.numbers[0] - before.numbers[1] - 1
        for before, after in pairwise(meetings)
        if before.numbers and after.numbers and before.date.year == after.date.year in continuous
    ]
    usual_skip = 2 * quantiles(skips)[0] if len(skips) >= _MIN_SKIPS else 0
    return max(_MIN_NUMBERS, median(lengths or [0]) / 2) + usual_skip


def _missing_numbers(before: HeldMeeting, after: HeldMeeting, min_missing: float) -> tuple[int, int] | None:
    if not before.numbers or not after.numbers:
        return None
    restarted = after.numbers[0] <= before.numbers[1]
    missing = (1 if restarted else before.numbers[1] + 1, after.numbers[0] - 1)
    return missing if _length(missing) >= min_missing else None


def _are_consecutive(before: HeldMeeting, after: HeldMeeting) -> bool:
    return bool(before.numbers and after.numbers and before.numbers[1] + 1 == after.numbers[0])


class _Rhythm:
    """The months in which a committee usually meets, and the usual interval."""

    def __init__(self, meetings: Sequence[HeldMeeting]) -> None:
        self._met = {(meeting.date.year, meeting.date.month) for meeting in meetings}
        self._years = sorted({year for year, _ in self._met})
        days = [(after.date - before.date).days for before, after in pairwise(meetings)]
        self._median_days = median(days or [0])

    @property
    def empty_years(self) -> tuple[int, ...]:
        """The years between the first and the last without a meeting."""
        return tuple(year for year in range(self._years[0], self._years[-1]) if year not in self._years)

    @property
    def is_known(self) -> bool:
        """True if there is any month in which the committee usually meets."""
        return any(self._usually_meets(0, month) for month in range(1, 13))

    def months_between(self, before: date, after: date) -> tuple[date, ...]:
        """The first days of the months between the dates in which the committee usually meets."""
        if (after - before).days <= _LONG_INTERVAL * self._median_days:
            return ()
        return tuple(
            date(year, month, 1)
            for year, month in _months_within(before, after)
            if _has_rhythm(year, month) and self._usually_meets(year, month)
        )

    def _usually_meets(self, excluded_year: int, month: int) -> bool:
        """True if the committee met in the month in nearly every other year."""
        first, last = min(self._met), max(self._met)
        others = [
            (year, month)
            for year in self._years
            if year != excluded_year and _has_rhythm(year, month) and first <= (year, month) <= last
        ]
        met = sum(year_and_month in self._met for year_and_month in others)
        return met >= _MIN_YEARS and met >= _USUAL_SHARE * len(others)


def _months_within(before: date, after: date) -> Iterator[tuple[int, int]]:
    """The months after that of `before` and before that of `after`, as (year, month)."""
    for months in range(before.year * 12 + before.month, after.year * 12 + after.month - 1):
        yield months // 12, months % 12 + 1


def _has_rhythm(year: int, month: int) -> bool:
    since_election = (year - _ELECTION_YEAR) % _TERM_YEARS
    around_election = (since_election == 0 and month >= _NOVEMBER) or (
        since_election == 1 and month == _JANUARY
    )
    return month != _JULY and not around_election
