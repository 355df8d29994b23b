"""Lines above the items: labels, titles of the meeting, its day, time and place."""

import re

from minutes.reader.bodies import COMMITTEE_PATTERN
from minutes.reader.decision_headings import decision_heading
from minutes.reader.header_titles import clock_alone, parse_title
from minutes.reader.labels import label_of
from minutes.reader.layout import Line
from minutes.reader.words import WORDS, pattern

_LONGEST = 260
_OPENING = re.compile(pattern(WORDS.pages.title_openings), re.IGNORECASE)
_COLUMN_HEAD = re.compile(pattern(WORDS.pages.column_heads), re.IGNORECASE)
# "Mødelokale 3", "Referat", "kl. 17.00": lines above the items
_OF_HEADER = re.compile(
    r"(?:mødelokale|lokale|sal|mødested|rådhuset|referat|protokol|beslutningsprotokol|dagsorden|møde|bilag)\b"
    r"|.*\bkl\.?\s*\d|.*\b\d{4} (?-i:[A-ZÆØÅ])|[A-ZÆØÅ][\wæøå -]+ kommunes?$|region \w+$",
    re.IGNORECASE,
)
# "Bemærkninger Ida Holm deltog ikke", "Mødedeltagere Ida Holm"
_LABEL_AHEAD = re.compile(r"(?:Bemærkninger|Fraværende|Mødedeltagere|Afbud|Mødested|Deltagere)\b(?! til)")


def is_column_head(text: str) -> bool:
    """Return True if a line heads a column of an agenda in a table: "Varighed", "Ansvarlig"."""
    return _COLUMN_HEAD.fullmatch(text) is not None


def is_of_header(text: str) -> bool:
    """Return True if a line without a number has words of the lines above the items: "Mødelokale 3"."""
    return bool(_OF_HEADER.match(text)) and not _OPENING.match(text)


def is_header_label(title: str) -> bool:
    """Return True if a line begins with a label of headers, with or without a colon: "Fraværende Ingen"."""
    label = label_of(title, bare=True)
    return bool(label and label.use) or bool(_LABEL_AHEAD.match(title))


def is_header_line(text: str) -> bool:
    """Return True if a line says which meeting it is: "Referat Nordby Byråd 12-08-2020", "Sted: Salen"."""
    if is_header_label(text):
        return True
    if len(text) > _LONGEST:
        return False
    if is_of_header(text) or clock_alone(text) or COMMITTEE_PATTERN.fullmatch(text):
        return True
    heading = decision_heading(text)
    if heading and (heading.decides or heading.end < len(text.rstrip(" :."))):
        return False
    return is_title_of_meeting(text)


def is_title_of_meeting(text: str) -> bool:
    """Return True if a line names the meeting and nothing else: "Referat Nordby Byråd 12-08-2020"."""
    title = parse_title(Line(text, 0, len(text)), 0, text)
    return title is not None and title.names_meeting and not title.noise
