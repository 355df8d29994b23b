"""Dates and numbers as Danes print them."""

import re
from datetime import date
from operator import attrgetter
from typing import NamedTuple

MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)
_MONTH_OF = {name[:3]: number for number, name in enumerate(MONTHS, start=1)} | {"may": 5, "oct": 10}
_MONTH = r"(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-zæøå]{0,7}\.?"

# "14. januar 2020", "30. aug 2022", "15-maj-2002", "14 marts, 2019", "6.februar 2017"; "14-01-2020",
# "08.11.2007", "4/2-2014", "6/3-19", "21/3 2017"; "April 3, 2019"; "2019-04-03"
DATE = (
    rf"(?:\d{{1,2}}\.?[ \-]{{0,2}}(?i:{_MONTH}),?[ \-]{{1,2}}\d{{4}}"
    r"|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?!\d)"
    rf"|(?i:{_MONTH}) \d{{1,2}}, \d{{4}}"
    r"|(?:19|20)\d\d-\d\d-\d\d(?!\d))"
)
_WORDS = re.compile(rf"(\d{{1,2}})\.?[ \-]{{0,2}}({_MONTH}),?[ \-]{{1,2}}(\d{{4}})(?!\d)", re.IGNORECASE)
# "April 3, 2019 - 18:00"
_MONTH_FIRST = re.compile(rf"\b({_MONTH}) (\d{{1,2}}), (\d{{4}})", re.IGNORECASE)
# "2019-04-03", "2019.04.03"
_YEAR_FIRST = re.compile(r"(?<!\d)(?<!\d-)((?:19|20)\d\d)([-.])(\d\d)\2(\d\d)(?![\d-])")
_FIGURES = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?!\d)")
# "3. IV 2012", "14/XI-1998": the month in Roman figures
_ROMAN = re.compile(r"(?<![\w.])(\d{1,2})[. /-]{1,2}([IVX]{1,4})[. /-]{1,2}((?:19|20)\d\d)(?!\d)")
_ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_TWO_FIGURES = re.compile(r"(\d\d)[.-](\d\d)[.-](\d\d)")
# "08.02. 2001", "21/3 2017", "2.12 - 2008"
_SPACED = re.compile(r"(?<![\d.])(\d{1,2})\s?[./-]\s?(\d{1,2})\.?\s?[./-]?\s?((?:19|20)\d\d)(?!\d)")
# "d. 06.02. 18"
_SHORT_SPACED = re.compile(r"\b(?:den|d\.)\s(\d{1,2})\.(\d{1,2})\.\s(\d{2})(?![\d.:])")
# "8/29/2019 4:00:00 PM": the American form, by its clock of twelve hours
_AMERICAN = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?=\s\d{1,2}:\d\d(?::\d\d)?\s?[AP]M\b)")
_HALF_OF_DAY = re.compile(r"(?::\d\d)?\s?([AP])M\b")
# "den 25. maj kl. 18"; not "25. maj 2022"
_DAY_AND_MONTH = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})\.?\s?(?P<month>{_MONTH})(?![a-zæøå])(?!,?\s?\d{{4}})", re.IGNORECASE
)
_WEEKDAYS = ("man", "tir", "ons", "tor", "fre", "lør", "søn")
# "Mandag, den ", "ons. d. ": the words before a date
_WEEKDAY_BEFORE = re.compile(
    r"\b(?P<day>man|tirs?|ons|tors?|fre|lør|søn)(?:dag)?[.,]?\s+(?:(?:den|d\.?)\s*)?$", re.IGNORECASE
)
_LONGEST_WEEKDAY = 20
_NOON = 12
# Two-digit years from here on are of the last century.
_FIRST_OF_1900 = 70
# "kl. 16:00", "kl. 16.30", "kl. 9", "Kl.18,30", "kl.: 16.30"; of four digits "kl 1630"
_TIME = re.compile(
    r"\b(?:kl|klokken)\b[.:]{0,2}\s*(?P<hour>\d{1,2})(?:[.:,](?P<minute>\d{2}))?(?!\d)", re.IGNORECASE
)
_TIME_IN_FOUR = re.compile(r"\b(?:kl|klokken)\b\.?\s*(?P<hour>\d{2})(?P<minute>\d{2})(?!\d)", re.IGNORECASE)
# "18:00.", "16.30 - 20.15", "9.00-11.30", "18:00:00"; not "14.01.2020", "14.01-2020"
_CLOCK = re.compile(
    r"(?:(?:kl|klokken)\b)?[.:]{0,2}\s*(?P<hour>\d{1,2})[.:,](?P<minute>\d{2})"
    r"(?!\d|[./-]\d{4}|\.\d{2}|-\d{2}(?![.:,\d])).*",
    re.DOTALL | re.IGNORECASE,
)
# "8", "14-16", "Kl. 8 til 10"
_HOUR = re.compile(
    r"(?:(?:kl|klokken)\b)?[.:]{0,2}\s*(?P<hour>\d{1,2})(?P<minute>)(?:\s*(?:[-–]|til)\s*(?:kl\.?\s*)?\d{1,2})?\.?",
    re.IGNORECASE,
)
# ":00", of which a PDF has lost the hour
_MINUTES_ALONE = re.compile(r"[.:]\d\d(?![.:,]?\d)")
# "April 3, 2019 - 18:00", "05-10-2016 18:00:00": the time behind a date
_BEHIND_DATE = re.compile(rf"{DATE}[ ,–-]{{0,5}}\b(?P<hour>\d{{1,2}})[.:](?P<minute>\d{{2}})(?::\d\d)?\b")
# " - 20.15", "-16", " til kl. 18"
_RANGE_END = re.compile(
    r"\s*(?:[-–]|til)\s*(?:(?:kl|klokken)\b\.?\s*)?\d{1,2}(?:[.:,]\d{2})?(?![\d./-])", re.IGNORECASE
)

_NUMBER_WORDS = (
    "nul",
    "en én et ét",
    "to",
    "tre",
    "fire",
    "fem",
    "seks",
    "syv",
    "otte",
    "ni",
    "ti",
    "elleve",
    "tolv",
    "tretten",
    "fjorten",
    "femten",
    "seksten",
    "sytten",
    "atten",
    "nitten",
    "tyve",
)
_TENS = {"tyve": 20, "tredive": 30, "fyrre": 40, "halvtreds": 50}
_NUMBERS = {word: number for number, words in enumerate(_NUMBER_WORDS) for word in words.split()}
# "enogtyve", "fireogtredive"
_NUMBERS |= _TENS | {
    f"{one}og{ten}": value + number
    for ten, value in _TENS.items()
    for number, words in enumerate(_NUMBER_WORDS[1:10], start=1)
    for one in words.split()
}
# "6", "seks", "én"; figures of at most three places
NUMBER = rf"(?:\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"


class PrintedDate(NamedTuple):
    """A date in a text. `weekday` is the one printed before it, Monday being 0; `end` is behind the year."""

    iso: str
    start: int
    end: int
    weekday: int | None = None

    @property
    def agrees(self) -> bool:
        """True unless another weekday than the date's is printed before it."""
        return self.weekday is None or self.weekday == date.fromisoformat(self.iso).weekday()


class PrintedTime(NamedTuple):
    """A time of day in a text, HH:MM. `end` is behind the end of a range such as "16.30 - 20.15"."""

    clock: str
    start: int
    end: int


def dates_in(text: str) -> list[PrintedDate]:
    """Return the dates in `text` in their order, without those that no calendar has."""
    dates: list[PrintedDate] = []
    for form in (_WORDS, _YEAR_FIRST, _AMERICAN, _FIGURES, _MONTH_FIRST, _SPACED, _SHORT_SPACED, _ROMAN):
        for match in form.finditer(text):
            iso = _iso(match)
            if iso and not any(other.start < match.end() and match.start() < other.end for other in dates):
                before = _WEEKDAY_BEFORE.search(text, max(match.start() - _LONGEST_WEEKDAY, 0), match.start())
                weekday = _WEEKDAYS.index(before["day"][:3].lower()) if before else None
                dates.append(PrintedDate(iso, match.start(), match.end(), weekday))
    return sorted(dates, key=attrgetter("start"))


def with_year_first(printed: str) -> str | None:
    """Return the date that figures such as "25.08.27" are with the year first; None where they are none."""
    match = _TWO_FIGURES.fullmatch(printed.strip())
    if not match:
        return None
    try:
        return date(2000 + int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return None


def find_date(text: str) -> str | None:
    """Return the first date in `text` as YYYY-MM-DD, or None; a date that no calendar has is none."""
    forms = (_WORDS, _AMERICAN, _FIGURES, _MONTH_FIRST, _YEAR_FIRST)
    matches = [match for form in forms if (match := form.search(text))]
    return _iso(min(matches, key=lambda match: match.start())) if matches else None


def _iso(match: re.Match[str]) -> str | None:
    if match.re is _YEAR_FIRST:
        year, _, month, day = match.groups()
    else:
        day, month, year = match.groups()
    if match.re in {_MONTH_FIRST, _AMERICAN}:
        day, month = month, day
    if match.re is _ROMAN:
        number = _ROMAN_MONTHS.index(month) + 1 if month in _ROMAN_MONTHS else 0
    else:
        number = int(month) if month.isdigit() else _MONTH_OF.get(month[:3].lower(), 0)
    full = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= _FIRST_OF_1900 else 2000)
    try:
        return date(full, number, int(day)).isoformat()
    except ValueError:
        return None


def day_and_month(text: str) -> PrintedTime | None:
    """Return the first day without a year, as MM-DD with its place: "den 25. maj kl. 18"."""
    match = _DAY_AND_MONTH.search(text)
    month = _MONTH_OF.get(match["month"][:3].lower(), 0) if match else 0
    if not match or not month:
        return None
    return PrintedTime(f"{month:02}-{int(match['day']):02}", match.start(), match.end())


def times_in(text: str) -> list[PrintedTime]:
    """Return the times of day in `text` behind "kl." or a date, a range as its beginning."""
    times: list[PrintedTime] = []
    for form in (_TIME, _TIME_IN_FOUR, _BEHIND_DATE):
        for match in form.finditer(text):
            clock = _clock(match)
            begin = match.start("hour")
            if clock and not any(other.start <= begin < other.end for other in times):
                start = begin if form is _BEHIND_DATE else match.start()
                times.append(PrintedTime(clock, start, _end_of_range(text, match.end())))
    return sorted(times, key=attrgetter("start"))


def find_time(text: str) -> str | None:
    """Return the first time of day in `text` as HH:MM, or None."""
    times = times_in(text)
    return times[0].clock if times else None


def find_clock(text: str) -> str | None:
    """Return the time of a text that is nothing else, behind "Mødetidspunkt": "18:00.", "16.30", "9-11"."""
    if _MINUTES_ALONE.match(text.strip()):
        return None
    match = _CLOCK.fullmatch(text.strip()) or _HOUR.fullmatch(text.strip())
    return _clock(match) if match else None


def _clock(match: re.Match[str]) -> str | None:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = (
        _HALF_OF_DAY.match(match.string, match.end("minute")) if match["minute"] and hour <= _NOON else None
    )
    if half:
        hour = hour % _NOON + (_NOON if half[1] == "P" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _end_of_range(text: str, end: int) -> int:
    match = _RANGE_END.match(text, end)
    return match.end() if match else end


def number(text: str) -> int:
    """The value of what `NUMBER` matched."""
    return int(text) if text.isdigit() else _NUMBERS[text.lower()]
