"""Dates as minutes print them."""

from datetime import date

from minutes.reader.dates import MONTHS

_WEEKDAYS = ("Mandag", "Tirsdag", "Onsdag", "Torsdag", "Fredag", "Lørdag", "Søndag")
_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def long_date(day: date) -> str:
    """Format a date as "14. januar 2020"."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def numeric_date(day: date) -> str:
    """Format a date as "14-01-2020"."""
    return f"{day.day:02}-{day.month:02}-{day.year}"


def english_date(day: date) -> str:
    """Format a date as "January 14, 2020"."""
    return f"{_ENGLISH_MONTHS[day.month - 1]} {day.day}, {day.year}"


def weekday(day: date) -> str:
    """Return the Danish weekday, capitalized: "Tirsdag"."""
    return _WEEKDAYS[day.weekday()]
