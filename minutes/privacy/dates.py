"""The date of birth in a CPR number."""

from calendar import isleap

_MONTH_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# "0102", and "6102" of a replacement number (erstatnings-CPR), whose day is sixty higher.
_DAYS = frozenset(
    f"{day + added:02}{month:02}"
    for month, length in enumerate(_MONTH_LENGTHS, start=1)
    for day in range(1, length + 1)
    for added in (0, 60)
)
_LEAP_DAYS = frozenset({"2902", "8902"})
_CENTURIES = frozenset({"18", "19", "20"})


def has_birth_date(digits: str) -> bool:
    """Return whether ten digits begin with a date that exists in the century the seventh digit names.

    Source: CPR-kontoret, "Personnummeret i CPR".
    """
    day = digits[:4]
    if day not in _DAYS:
        return False
    year = int(digits[4:6])
    return day not in _LEAP_DAYS or isleap(_century(year, int(digits[6])) + year)


def without_century(digits: str) -> str | None:
    """Return the ten digits of a number written with a year of four digits, or None.

    "010219031234" and "190302011234" are both "0102031234".
    """
    if digits[4:6] in _CENTURIES:
        day, year = digits[:4], digits[4:8]
        if _is_day(day, int(year)):
            return day + year[2:] + digits[8:]
    if digits[:2] in _CENTURIES:
        day, year = digits[6:8] + digits[4:6], digits[:4]
        if _is_day(day, int(year)):
            return day + year[2:] + digits[8:]
    return None


def _is_day(day: str, year: int) -> bool:
    return day in _DAYS and (day not in _LEAP_DAYS or isleap(year))


def _century(year: int, seventh_digit: int) -> int:
    if seventh_digit <= 3:
        return 1900
    if seventh_digit in (4, 9):
        return 2000 if year <= 36 else 1900
    return 2000 if year <= 57 else 1800
