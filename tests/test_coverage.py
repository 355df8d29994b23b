"""Signs that a committee's meeting is missing: item numbers and months."""

from datetime import date

import pytest

from minutes.reader.records import Document
from minutes.statistics.coverage import HeldMeeting, assess_coverage, item_number_range, term_start
from synthetic import generate_minutes


def meeting(day: str, first: int | None = None, last: int | None = None) -> HeldMeeting:
    return HeldMeeting(date.fromisoformat(day), day, (first, last) if first and last else None)


def gaps(*meetings: HeldMeeting) -> list[tuple[str, str, tuple[int, int] | None, str]]:
    """Each gap as (the day before, the day after, numbers, months)."""
    return [
        (gap.before.slug, gap.after.slug, gap.numbers, " ".join(f"{month:%Y-%m}" for month in gap.months))
        for gap in assess_coverage(meetings).gaps
    ]


# Continuous numbering


CONTINUOUS = {
    "nothing is missing": (["01-14 1 12", "02-11 13 25", "03-10 26 41"], []),
    "between two meetings": (["02-11 28 41", "04-14 55 66"], ["02-11 04-14 42-54"]),
    "between two, twice": (
        ["01-14 1 12", "03-10 26 41", "04-14 42 50", "06-09 64 75"],
        ["04-14 06-09 51-63", "01-14 03-10 13-25"],
    ),
    "a few closed items were never published": (["01-14 1 12", "02-11 16 25"], []),
    "less than half an agenda": (["01-14 1 20", "02-11 29 48"], []),
    "closed items are left out between all of them": (
        ["01-14 1 8", "02-11 14 20", "03-10 25 32", "04-14 37 44", "05-12 50 56", "06-09 61 68"],
        [],
    ),
    "each meeting begins with 1": (["01-14 1 12", "02-11 1 15", "04-14 1 9"], []),
    "one of many begins late": (["01-14 1 12", "02-11 14 20", "03-10 1 9"], []),
    "a meeting between has no numbers": (["02-11 28 41", "03-10", "04-14 55 66"], []),
    "two on a day, in any order": (["01-14 13 20", "01-14 1 12", "02-11 21 30"], []),
}


@pytest.mark.parametrize(("meetings", "expected"), CONTINUOUS.values(), ids=CONTINUOUS)
def test_skipped_numbers_are_a_gap(meetings, expected):
    rows = [line.split() for line in meetings]
    all_gaps = gaps(*(meeting(f"2019-{day}", *map(int, numbers)) for day, *numbers in rows))
    assert [f"{a[5:]} {b[5:]} {n[0]}-{n[1]}" for a, b, n, _ in all_gaps if n] == expected


YEARS = {
    "numbers restart with the year": (["2018-11-06 80 92", "2019-01-08 1 12", "2019-02-05 13 24"], []),
    "numbers run through the term": (["2018-12-04 80 92", "2019-01-08 93 104", "2019-02-05 105 110"], []),
    "a term's numbers, with a meeting missing": (
        ["2018-12-04 80 92", "2019-02-05 105 116", "2019-03-05 117 120"],
        [("2018-12-04", "2019-02-05", (93, 104), "")],
    ),
    "the year's first meetings are missing": (
        ["2018-12-04 140 152", "2019-03-05 26 37", "2019-04-02 38 49"],
        [("2018-12-04", "2019-03-05", (1, 25), "")],
    ),
    "a year's only meeting begins high": (
        ["2020-01-14 1 9", "2021-12-14 82 88"],
        [("2020-01-14", "2021-12-14", (10, 81), "")],
    ),
    "a year's only meeting begins where an agenda could": (["2020-01-14 1 20", "2021-12-14 30 38"], []),
    "the archive begins in the middle": (["2019-03-05 46 60", "2019-04-02 61 70"], []),
}


@pytest.mark.parametrize(("meetings", "expected"), YEARS.values(), ids=YEARS)
def test_numbers_are_understood_across_years(meetings, expected):
    rows = [line.split() for line in meetings]
    assert gaps(*(meeting(day, *map(int, numbers)) for day, *numbers in rows)) == expected


@pytest.mark.parametrize(
    ("first", "last", "closed", "expected"),
    [
        (1, 10, [], (1, 10)),
        (1, 10, [11, 12], (1, 12)),
        (1, 10, [101, 102], (1, 10)),
        (3, 10, [1, 2], (3, 10)),
        (None, None, [1, 2], None),
    ],
)
def test_closed_items_belong_to_the_numbers_they_follow(first, last, closed, expected):
    assert item_number_range(first, last, closed) == expected


# Months


def monthly(first: int, last: int, *without: str) -> list[HeldMeeting]:
    """A meeting on the 10th of every month but July, from January of `first` to December of `last`."""
    months = (f"{year}-{month:02}" for year in range(first, last + 1) for month in range(1, 13) if month != 7)
    return [meeting(f"{month}-10") for month in months if month not in without]


def months_missed(meetings: list[HeldMeeting]) -> list[str]:
    return [months for _, _, _, months in gaps(*meetings)]


MONTHS = {
    "a month": (["2016-03"], ["2016-03"]),
    "two months in a row": (["2016-03", "2016-04"], ["2016-03 2016-04"]),
    "two months, newest first": (["2012-05", "2016-03"], ["2016-03", "2012-05"]),
    "a month that was left out before": (["2012-03", "2014-03", "2016-03"], []),
    "around an election": (["2013-11", "2013-12", "2014-01"], []),
    "at the end": (["2017-11", "2017-12"], []),
}


@pytest.mark.parametrize(("without", "expected"), MONTHS.values(), ids=MONTHS)
def test_a_month_in_which_the_committee_usually_meets_is_a_gap(without, expected):
    assert months_missed(monthly(2010, 2017, *without)) == expected


def test_three_other_years_make_a_month_usual_and_two_do_not():
    assert months_missed(monthly(2014, 2017, "2016-03")) == ["2016-03"]
    assert months_missed(monthly(2015, 2017, "2016-03")) == []


def test_a_meeting_moved_by_days_misses_no_month():
    meetings = monthly(2010, 2017, "2016-02", "2016-03")
    assert months_missed([*meetings, meeting("2016-02-01"), meeting("2016-04-01")]) == ["2016-03"]
    assert months_missed([*meetings, meeting("2016-01-31"), meeting("2016-03-01")]) == []


def test_a_committee_without_a_rhythm_has_no_gap():
    days = ["2010-01-14", "2010-05-02", "2011-03-09", "2012-11-20", "2013-02-12", "2015-06-06", "2016-09-01"]
    assert gaps(*map(meeting, days)) == []


def test_a_year_without_any_meeting_is_named():
    meetings = [row for row in monthly(2010, 2017) if row.date.year != 2014]
    assert assess_coverage(meetings).empty_years == (2014,)
    assert months_missed(meetings)[0].startswith("2014-02 2014-03")


def test_consecutive_numbers_prove_that_no_meeting_is_missing():
    def numbered(meetings: list[HeldMeeting]) -> list[HeldMeeting]:
        return [HeldMeeting(row.date, row.slug, (n * 10 + 1, n * 10 + 10)) for n, row in enumerate(meetings)]

    assert months_missed(numbered(monthly(2010, 2017, "2016-03"))) == []


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        ("2017-12-31", 2014),
        ("2018-01-01", 2018),
        ("2021-12-14", 2018),
        ("2022-01-01", 2022),
        ("1999-05-05", 1998),
    ],
)
def test_a_term_begins_in_january_after_the_election(day, begins):
    assert term_start(date.fromisoformat(day)) == date(begins, 1, 1)


# A generated archive


def generated_archive() -> dict[tuple[str, str], list[HeldMeeting]]:
    """The meetings of a generated archive of fourteen municipalities, by municipality and committee."""
    meetings: dict[tuple[str, str], list[HeldMeeting]] = {}
    for generated in generate_minutes(1400, seed=3):
        open_numbers, closed_numbers = (_numbers(generated.document, closed) for closed in (False, True))
        numbers = item_number_range(
            min(open_numbers, default=None), max(open_numbers, default=None), closed_numbers
        )
        meeting = HeldMeeting(date.fromisoformat(generated.day), generated.day, numbers)
        place = (generated.municipality, generated.document.committee or "")
        meetings.setdefault(place, []).append(meeting)
    return meetings


def _numbers(document: Document, closed: bool) -> list[int]:
    numbers = [item.number or "" for item in document.items if item.closed is closed]
    return [int(number) for number in numbers if number.isdigit()]


def test_a_complete_archive_has_no_gap_and_one_with_a_hole_shows_it():
    """In all layouts: with continuous numbers, nearly every meeting that is removed is noticed."""
    tried = noticed = 0
    for place, meetings in generated_archive().items():
        assert assess_coverage(meetings).gaps == (), place
        for index in range(1, len(meetings) - 1):
            before, after = meetings[index - 1], meetings[index + 1]
            left = assess_coverage([*meetings[:index], *meetings[index + 1 :]])
            assert all((gap.before, gap.after) == (before, after) for gap in left.gaps), place
            if before.date.year == after.date.year and before.numbers and after.numbers:
                missing = (before.numbers[1] + 1, after.numbers[0] - 1)
                tried += missing[0] < missing[1]
                noticed += [gap.numbers for gap in left.gaps] == [missing]
    assert tried > 100
    assert noticed > 0.8 * tried
