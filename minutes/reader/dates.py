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
_MONTH_OF = {name[:3]: number for number, name in enumerate(MONTHS, start=1)}
_MONTH = r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-zæøå]{0,7}\.?"

# "14. januar 2020", "30. aug 2022", "15-maj-2002"; "14-01-2020", "08.11.2007", "4/2-2014", "6/3-19"
DATE = (
    rf"(?:\d{{1,2}}\.?[ \-]{{1,2}}{_MONTH}[ \-]{{1,2}}\d{{4}}"
    r"|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2}))"
)
_WORDS = re.compile(rf"(\d{{1,2}})\.?[ \-]{{1,2}}({_MONTH})[ \-]{{1,2}}(\d{{4}})", re.IGNORECASE)
_FIGURES = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?!\d)")
# "kl. 16:00", "kl. 16.30", "kl. 9"
_TIME = re.compile(r"\bkl\.?\s*(\d{1,2})(?:[.:](\d{2}))?", re.IGNORECASE)

# "18:00.", "16.30 - 20.15"
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})(?!\d).*", re.DOTALL)

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
_NUMBERS = {word: number for number, words in enumerate(_NUMBER_WORDS) for word in words.split()}
# "6", "seks", "én"
NUMBER = rf"(?:\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"


def find_date(text: str) -> str | None:
    """The first date in `text` as YYYY-MM-DD, or None; a date that no calendar has is none."""
    found = [(match.start(), match) for match in (_WORDS.search(text), _FIGURES.search(text)) if match]
    if not found:
        return None
    day, month, year = min(found, key=lambda each: each[0])[1].groups()
    number = int(month) if month.isdigit() else _MONTH_OF.get(month[:3].lower(), 0)
    full = int(year) if len(year) == 4 else 2000 + int(year)
    try:
        return date(full, number, int(day)).isoformat()
    except ValueError:
        return None


def find_time(text: str) -> str | None:
    """The first time of day in `text` as HH:MM, or None."""
    match = _TIME.search(text)
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
