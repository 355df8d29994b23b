"""Notes behind a person's name in a list: the party, why and when somebody was absent, initials."""

import re
from typing import NamedTuple

from minutes.reader.dates import find_clock, find_time
from minutes.reader.names import party_in
from minutes.reader.words import WORDS, pattern

_ABSENT = re.compile(
    r"(?:var |er |har |havde |lovligt |på )*"
    rf"(?:{pattern(WORDS.people.absence_reasons)}|(?:grundet|pga\.?|på grund af) \w)",
    re.IGNORECASE,
)
# "fravær: syg", "afbud, ferie": the reason behind the word
_REASON = re.compile(r"(?:fravær\w*|afbud|med afbud|forfald)\s*[:,–-]?\s*(?P<reason>.*)", re.IGNORECASE)
_BECAUSE = re.compile(r"^(?:grundet|pga\.?|på grund af) ", re.IGNORECASE)
_ARRIVED = re.compile(r"\b(?:ankom|kom|fra|mødte|indtrådte|tiltrådte|deltog fra|først)\b", re.IGNORECASE)
_LEFT = re.compile(r"\b(?:forlod|gik|til|indtil|udtrådte|deltog til)\b", re.IGNORECASE)
_ITEMS = re.compile(r"\b(?:sag|punkt|pkt?\.?)(?:erne|en|et)?\s*(?:nr\.?\s*)?:?\s*\d", re.IGNORECASE)
_PARTLY = re.compile(r"\b(?:behandling|drøftelse)", re.IGNORECASE)


class NoteFacts(NamedTuple):
    """The facts in the notes behind one name. `note` is one of times or items, for the reader of lists."""

    party: str | None = None
    reason: str | None = None
    absent: bool = False
    arrived: str | None = None
    left: str | None = None
    items: str | None = None


def note_facts(notes: list[str], name: str) -> NoteFacts:
    """Return what `notes` behind `name` say, without brackets; initials of the name are no party."""
    facts = NoteFacts()
    for note in notes:
        time = find_time(note) or find_clock(note)
        absent = _ABSENT.match(note)
        if time and (_ARRIVED.search(note) or _LEFT.search(note)):
            arrived = bool(_ARRIVED.search(note)) and not re.search(r"\b(?:forlod|gik)\b", note)
            facts = facts._replace(arrived=time) if arrived else facts._replace(left=time)
        elif _ITEMS.search(note) and (not absent or _PARTLY.search(note)):
            facts = facts._replace(items=note)
        elif absent and not facts.absent:
            reason = _REASON.fullmatch(note)
            why = _BECAUSE.sub("", reason["reason"] if reason else note)
            facts = facts._replace(absent=True, reason=why or None)
        elif facts.party is None and not are_initials(note, name):
            facts = facts._replace(party=party_in(note))
    return facts


def are_initials(note: str, name: str) -> bool:
    """Return True if a note has first letters of the name's words, two or more: "Bo Dahl (BD)"."""
    letters = note.replace(".", "").strip()
    if not 2 <= len(letters) <= 5 or not letters.isalpha() or not letters.isupper():
        return False
    words = iter(word[0].upper() for part in name.split() for word in part.split("-") if word)
    return letters[0] == name[:1].upper() and all(letter in words for letter in letters)
