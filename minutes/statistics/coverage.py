"""Where a meeting seems to be missing between two that the archive has. Pure: no database, no Django.

Two signs are read, and only between meetings of one committee that follow each other in the archive.

**Numbers that run on.** Some committees number their items on from meeting to meeting, through a year or a
term; others begin with 1 each time. The numbers of a year are believed to run on when every meeting of that
year begins above where the one before it ended and there are at least two of them, or when the only one
begins at more than twice what any agenda of the committee holds. Then numbers that no meeting has are a sign,
if they are at least `_FEWEST_NUMBERS` and half a usual agenda: fewer can be closed items that were never
published, or items that nobody could read. A committee that leaves numbers out between nearly all of its
meetings must leave out more than that by twice its lower quartile. Where the numbers fell since the meeting
before, they began anew in between, and those from 1 are missing.

**Months without a meeting.** A committee uses to meet in a month when it met in it in four fifths of the
other years that the archive has of it, and in three years at least. July is nobody's, and the months around
an election (November to January) follow no rhythm. Such a month is a sign only where more than one and a half
times the usual time lies between the two meetings: those of 31 January and 1 March miss no February. Where
the numbers follow each other exactly, no meeting is missing.

Both are conservative: a silence here proves nothing, and a sign can be a meeting that was called off.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median, quantiles

_FEWEST_NUMBERS = 4
_FEWEST_JUMPS = 4  # that tell what is usual
_FEWEST_YEARS = 3
_USED_TO = 0.8  # of the other years
_LONG = 1.5  # times the usual time between two meetings
_JULY = 7
# The council is elected in November of the years 1981, 1985 … 2021, 2025, and meets anew in January.
_TERM, _AN_ELECTION = 4, 2025


@dataclass(frozen=True)
class HeldMeeting:
    """A meeting that was held: its day, its part of the address, the first and the last number of its items.

    `numbers` is None where none is printed that could follow on others.
    """

    date: date
    slug: str
    numbers: tuple[int, int] | None = None


@dataclass(frozen=True)
class Gap:
    """Between `before` and `after` a meeting seems to be missing; at least one of the signs is there.

    `numbers` are the first and the last of those that no meeting has, `months` the first days of those
    without a meeting.
    """

    before: HeldMeeting
    after: HeldMeeting
    numbers: tuple[int, int] | None = None
    months: tuple[date, ...] = ()


@dataclass(frozen=True)
class Coverage:
    """The gaps, newest first, whether any sign could be read, and the years between without any meeting."""

    gaps: tuple[Gap, ...]
    is_readable: bool
    empty_years: tuple[int, ...]


def item_number_range(
    first: int | None, last: int | None, closed: Iterable[int] = ()
) -> tuple[int, int] | None:
    """The first and the last of a meeting's numbers, from those of its open items and all of its closed ones.

    Closed items belong to the series where they follow on the last open one; some municipalities number them
    for themselves, from 101. None where no open item has a number.
    """
    if first is None or last is None:
        return None
    closed = set(closed)
    while last + 1 in closed:
        last += 1
    return first, last


def assess_coverage(meetings: Iterable[HeldMeeting]) -> Coverage:
    """What the meetings of one committee, one at least, say of those that are missing between them."""
    held = sorted(meetings, key=lambda each: (each.date, each.numbers or (0, 0)))
    running = _years_that_run_on(held)
    fewest = _fewest_numbers(held, running)
    rhythm = _Rhythm(held)
    gaps, has_numbers = [], False
    for before, after in pairwise(held):
        can_tell = bool(before.numbers and after.numbers) and after.date.year in running
        numbers = _numbers_between(before, after, fewest) if can_tell else None
        months = () if _follow(before, after) else rhythm.months_between(before.date, after.date)
        if numbers or months:
            gaps.append(Gap(before, after, numbers, months))
        has_numbers |= can_tell
    return Coverage(tuple(reversed(gaps)), has_numbers or rhythm.is_known, rhythm.empty_years)


def term_start(day: date) -> date:
    """The first day of the council's term in which `day` lies: 1 January after an election."""
    return date(day.year - (day.year - _AN_ELECTION - 1) % _TERM, 1, 1)


def _length(numbers: tuple[int, int]) -> int:
    return numbers[1] - numbers[0] + 1


def _years_that_run_on(held: Sequence[HeldMeeting]) -> set[int]:
    by_year: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for each in held:
        if each.numbers:
            by_year[each.date.year].append(each.numbers)
    longest = max((_length(each) for year in by_year.values() for each in year), default=0)
    return {
        year
        for year, numbers in by_year.items()
        if all(before[1] < after[0] for before, after in pairwise(numbers))
        and (len(numbers) > 1 or numbers[0][0] > 2 * longest)
    }


def _fewest_numbers(held: Sequence[HeldMeeting], running: set[int]) -> float:
    """How many numbers must be missing to be a sign."""
    lengths = [_length(each.numbers) for each in held if each.numbers]
    left_out = [
        after.numbers[0] - before.numbers[1] - 1
        for before, after in pairwise(held)
        if before.numbers and after.numbers and before.date.year == after.date.year in running
    ]
    usually_left_out = 2 * quantiles(left_out)[0] if len(left_out) >= _FEWEST_JUMPS else 0
    return max(_FEWEST_NUMBERS, median(lengths or [0]) / 2) + usually_left_out


def _numbers_between(before: HeldMeeting, after: HeldMeeting, fewest: float) -> tuple[int, int] | None:
    if not before.numbers or not after.numbers:
        return None
    began_anew = after.numbers[0] <= before.numbers[1]
    missing = (1 if began_anew else before.numbers[1] + 1, after.numbers[0] - 1)
    return missing if _length(missing) >= fewest else None


def _follow(before: HeldMeeting, after: HeldMeeting) -> bool:
    return bool(before.numbers and after.numbers and before.numbers[1] + 1 == after.numbers[0])


class _Rhythm:
    """In which months a committee uses to meet, and how far apart."""

    def __init__(self, held: Sequence[HeldMeeting]) -> None:
        self._met = {(each.date.year, each.date.month) for each in held}
        self._years = sorted({year for year, _ in self._met})
        days = [(after.date - before.date).days for before, after in pairwise(held)]
        self._usual_days = median(days or [0])

    @property
    def empty_years(self) -> tuple[int, ...]:
        """The years between the first and the last that have no meeting."""
        return tuple(each for each in range(self._years[0], self._years[-1]) if each not in self._years)

    @property
    def is_known(self) -> bool:
        """Whether there is any month in which the committee uses to meet."""
        return any(self._uses_to_meet(0, month) for month in range(1, 13))

    def months_between(self, before: date, after: date) -> tuple[date, ...]:
        """The first days of the months without a meeting in which there uses to be one."""
        if (after - before).days <= _LONG * self._usual_days:
            return ()
        return tuple(
            date(year, month, 1)
            for year, month in _months_within(before, after)
            if _has_rhythm(year, month) and self._uses_to_meet(year, month)
        )

    def _uses_to_meet(self, but: int, month: int) -> bool:
        """Whether it met in the month in nearly every year, that year aside."""
        first, last = min(self._met), max(self._met)
        others = [
            (year, month)
            for year in self._years
            if year != but and _has_rhythm(year, month) and first <= (year, month) <= last
        ]
        met = sum(each in self._met for each in others)
        return met >= _FEWEST_YEARS and met >= _USED_TO * len(others)


def _months_within(before: date, after: date) -> Iterator[tuple[int, int]]:
    """The months after that of `before` and before that of `after`, as (year, month)."""
    for months in range(before.year * 12 + before.month, after.year * 12 + after.month - 1):
        yield months // 12, months % 12 + 1


def _has_rhythm(year: int, month: int) -> bool:
    since_election = (year - _AN_ELECTION) % _TERM
    around_election = (since_election == 0 and month >= 11) or (since_election == 1 and month == 1)
    return month != _JULY and not around_election
