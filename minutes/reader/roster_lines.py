"""Lines of lists of people that are sentences, and names at the beginning of others."""

import re

from minutes.reader.joined_names import is_given
from minutes.reader.names import NAME, is_name, sentences
from minutes.reader.presence import Attendance, Said, attendance_in, says_all

# "Bo Lind, A Fraværende var Eva Kirk": a sentence glued to the list of those present
ABSENCE_WITHIN = re.compile(
    r"(?<=[\w).])[ .]+(?=(?:Fraværende|Ikke til ?stede) var [A-ZÆØÅ]|(?:Der var )?[Aa]fbud fra [A-ZÆØÅ])"
)
# Why somebody was absent, which lists are read for: "Bo Lind grundet ferie, suppleant Eva Kirk deltager"
_BECAUSE = re.compile(r"\b(?:grundet|pga|på grund af)\b", re.IGNORECASE)
_NAME_FIRST = re.compile(NAME)


def said_of_all(line: str) -> list[Attendance]:
    """Return what a line of a list of those absent says, if its sentences say something of everyone."""
    if _BECAUSE.search(line):
        return []
    said = [says_all(sentence, of_meeting=True) for sentence in sentences(line)]
    together = [one for part in said for one in part]
    vague = any(
        one.said is Said.CAME or (one.said is Said.SUBSTITUTE and not one.absentee) for one in together
    )
    return [] if vague or not all(said) else together


def name_first(sentence: str) -> list[str]:
    """Return the name that a sentence begins with, if it says nothing of attendance that is understood."""
    match = _NAME_FIRST.match(sentence)
    return [match[0]] if match and is_name(match[0]) else []


def said_of_given(line: str) -> list[Attendance]:
    """Return what a sentence says that begins with a given name alone: "Kirsten er syg - …"."""
    given, _, behind = line.partition(" ")
    if not is_given(given) or not behind[:1].islower():
        return []
    return list(attendance_in(line, of_meeting=True))
