"""Dates and numbers as Danes print them."""

import re
from datetime import date

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

# "14. januar 2020", "30. aug 2022", "15-maj-2002", "14 marts, 2019"; "14-01-2020", "08.11.2007", "4/2-2014",
# "6/3-19"; "April 3, 2019"; "2019-04-03"
DATE = (
    rf"(?:\d{{1,2}}\.?[ \-]{{1,2}}(?i:{_MONTH}),?[ \-]{{1,2}}\d{{4}}"
    r"|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?!\d)"
    rf"|(?i:{_MONTH}) \d{{1,2}}, \d{{4}}"
    r"|(?:19|20)\d\d-\d\d-\d\d(?!\d))"
)
_WORDS = re.compile(rf"(\d{{1,2}})\.?[ \-]{{1,2}}({_MONTH}),?[ \-]{{1,2}}(\d{{4}})", re.IGNORECASE)
# "April 3, 2019 - 18:00"
_MONTH_FIRST = re.compile(rf"\b({_MONTH}) (\d{{1,2}}), (\d{{4}})", re.IGNORECASE)
# "2019-04-03"
_YEAR_FIRST = re.compile(r"(?<![\d-])((?:19|20)\d\d)-(\d\d)-(\d\d)(?![\d-])")
_FIGURES = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?!\d)")
# "kl. 16:00", "kl. 16.30", "kl. 9"
_TIME = re.compile(r"\b(?:kl|klokken)\.?\s*(\d{1,2})(?:[.:](\d{2}))?", re.IGNORECASE)
# "18:00.", "16.30 - 20.15", "18:00:00"
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})(?!\d|[.-]\d{2}).*", re.DOTALL)
# "April 3, 2019 - 18:00", "05-10-2016 18:00:00": the time behind a date
_BEHIND_DATE = re.compile(rf"{DATE}[ ,–-]{{0,5}}\b(\d{{1,2}})[.:](\d{{2}})(?::\d\d)?\b")

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


def find_date(text: str) -> str | None:
    """The first date in `text` as YYYY-MM-DD, or None; a date that no calendar has is none."""
    found = [match for form in (_WORDS, _FIGURES, _MONTH_FIRST, _YEAR_FIRST) if (match := form.search(text))]
    if not found:
        return None
    match = min(found, key=lambda each: each.start())
    day, month, year = match.groups()
    if match.re is _MONTH_FIRST:
        day, month = month, day
    elif match.re is _YEAR_FIRST:
        day, year = year, day
    number = int(month) if month.isdigit() else _MONTH_OF.get(month[:3].lower(), 0)
    full = int(year) if len(year) == 4 else 2000 + int(year)
    try:
        return date(full, number, int(day)).isoformat()
    except ValueError:
        return None


def find_time(text: str) -> str | None:
    """The first time of day in `text` as HH:MM, or None."""
    match = _TIME.search(text) or _BEHIND_DATE.search(text)
    if not match or int(match[1]) > 23 or int(match[2] or 0) > 59:
        return None
    return f"{int(match[1]):02}:{match[2] or '00'}"


def find_clock(text: str) -> str | None:
    """A time of day where nothing else can stand, as under "Mødetidspunkt": "18:00.", "16.30"."""
    match = _CLOCK.fullmatch(text.strip())
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    return f"{int(match[1]):02}:{match[2]}"


def number(text: str) -> int:
    """The value of what `NUMBER` matched."""
    return int(text) if text.isdigit() else _NUMBERS[text.lower()]
