"""Dates and times of day in the forms that minutes print."""

import pytest

from minutes.reader.dates import dates_in, day_and_month, find_clock, find_date, find_time, times_in


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Mandag den 06.februar 2017", "2017-02-06"),
        ("onsdag d. 11. september 2013", "2013-09-11"),
        ("d. 4/2-14", "2014-02-04"),
        ("21/3 2017", "2017-03-21"),
        ("08.02. 2001", "2001-02-08"),
        ("tirsdag d. 06.02. 18", "2018-02-06"),
        ("8/29/2019 4:00:00 PM", "2019-08-29"),
        ("8/29/2019", None),
        ("28.09.98", "1998-09-28"),
        ("Onsdag den 15-maj-2002", "2002-05-15"),
        ("2021-01-13", "2021-01-13"),
        ("Onsdag, April 3, 2019 - 18:00", "2019-04-03"),
        ("mandag d 8 april 2013", "2013-04-08"),
        ("31-02-2014", None),
        ("Mødelokale 4, 3. sal", None),
    ],
)
def test_a_date(text, date):
    assert [day.iso for day in dates_in(text)] == ([date] if date else [])
    if text not in ("21/3 2017", "08.02. 2001", "tirsdag d. 06.02. 18"):
        assert find_date(text) == date


def test_the_weekday_before_a_date_can_contradict_it():
    assert dates_in("Tirsdag den 14. januar 2020")[0].agrees
    assert not dates_in("Mandag, den 14. januar 2020")[0].agrees
    assert dates_in("den 14. januar 2020")[0].agrees


@pytest.mark.parametrize(
    ("text", "time", "end"),
    [
        ("kl. 16", "16:00", "kl. 16"),
        ("kl. 19.00 - 21.15 i salen", "19:00", "kl. 19.00 - 21.15"),
        ("kl. 14-16, salen", "14:00", "kl. 14-16"),
        ("kl 1630", "16:30", "kl 1630"),
        ("kl. 16,30", "16:30", "kl. 16,30"),
        ("Kl.: 16.30", "16:30", "Kl.: 16.30"),
        ("03-11-2015 16:30:00", "16:30", "16:30:00"),
    ],
)
def test_a_time_ends_with_its_range(text, time, end):
    (clock,) = times_in(text)
    assert find_time(text) == clock.clock == time
    assert text[clock.start : clock.end] == end


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("9.00-11.30", "09:00"),
        ("16:00 - 18:30", "16:00"),
        ("4:30 PM", "16:30"),
        ("12:15:00 AM", "00:15"),
        ("16", "16:00"),
        ("18:00.", "18:00"),
        ("12 medlemmer", None),
        ("14.01.2020", None),
        ("Kl", None),
        ("25:10", None),
        (":00 Sted", None),
        (": 18:00", "18:00"),
    ],
)
def test_a_time_that_stands_alone(text, time):
    assert find_clock(text) == time


def test_a_day_without_a_year():
    day = day_and_month("den 25. maj kl. 18.30")
    assert day is not None
    assert day.clock == "05-25"
    assert day_and_month("den 25. maj 2022") is None
