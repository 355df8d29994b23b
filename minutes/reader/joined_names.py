"""Names in a row without commas: "Bo Lind Eva Kirk Ole Bak Holm"; divided where a given name begins."""

import re
from collections.abc import Sequence
from itertools import pairwise

from minutes.reader.names import is_name, without_title
from minutes.reader.words import WORDS, pattern

_FIRST_NAMES = frozenset(WORDS.people.first_names)
_MOST_WORDS = 4
_LONGEST = 4000
_DEPUTY = " stedfortræder "
_DEFINITE = re.compile(r"[A-ZÆØÅ][a-zæøå]{4,}(?:en|et)")
_FEW = 3
_PAIR = 2
# One name of so many in a row can have a given name that is not known.
_MOST_STRANGE = 5
# "Bo Lind DH Eva Kirk": letters of an organisation behind a name
_LETTERS = re.compile(r"(?:[A-ZÆØÅ]{2,5}|\([A-ZÆØÅ]{1,3}\))")

# "Direktør", "Økonomichef": the office before a name
_OFFICES = "|".join(map(re.escape, WORDS.people.officials))
_OFFICE_WORD = re.compile(rf"\w*(?:{_OFFICES})", re.IGNORECASE)
_OFFICE = re.compile(rf"(?i:\w*(?:{_OFFICES}))\s+(?=[A-ZÆØÅ])")
# Among members without an administration's department in front: a director who is one of them
_DIRECTOR = re.compile(r"^Direktør\s+")
_NOTES_BEHIND = re.compile(r"(?:\s*\([^()]{1,60}\))+$")
# Where the next person of a row begins: behind a bracket, and before a title
_NEXT_IN_ROW = re.compile(
    rf"(?<=\))\s+(?=[A-ZÆØÅ])|\s+(?=(?i:{pattern(WORDS.people.titles)}|\w*(?:{_OFFICES}))\s+[A-ZÆØÅ])"
)


def is_given(word: str) -> bool:
    """Return True if a word is a known given name."""
    return word[:1].isupper() and word.lower() in _FIRST_NAMES


def begins_with_house(name: str) -> bool:
    """Return True if a name has a noun before the given name: "Rådhussalen Ida Holm", the end of a place."""
    words = name.split()
    is_noun = len(words) > _PAIR and not is_given(words[0]) and _DEFINITE.fullmatch(words[0])
    return bool(is_noun) and is_given(words[1])


def divided(text: str) -> list[str]:
    """Return the names in a row in `text`, with the letters behind each; [] where they are not certain.

    Each name begins with a known given name and ends with a word that is none.
    """
    words = text[:_LONGEST].split()
    names = _split_at_given(words) if len(words) >= _MOST_WORDS else []
    strange = [name for name in names if not _is_certain(name)]
    return list(map(" ".join, names)) if len(names) > 1 and _are_few(strange, len(names)) else []


def _split_at_given(words: Sequence[str]) -> list[list[str]]:
    """Return the words of each name; one begins at a given name, or behind letters."""
    names: list[list[str]] = []
    for place, word in enumerate(words):
        letters = _LETTERS.fullmatch(word) is not None
        behind_letters = place > 0 and _LETTERS.fullmatch(words[place - 1]) is not None
        behind = words[place + 1] if place + 1 < len(words) else ""
        opens = is_given(word) and behind and not _LETTERS.fullmatch(behind)
        if not names or (behind_letters and not letters) or (opens and len(names[-1]) > 1):
            names.append([word])
        else:
            names[-1].append(word)
    return [part for name in names for part in _at_surname(name)]


def _are_few(strange: Sequence[list[str]], names: int) -> bool:
    """Return True if few of so many names have a given name that is not known, and can be names."""
    return len(strange) * _MOST_STRANGE <= names and all(map(_can_be_name, strange))


def people_in_row(text: str) -> list[str]:
    """Return the entries of a row of people that titles and brackets part; [] where one is not certain.

    "Borgmester Ida Krog (formand) Bo Dam Økonomichef Per Holm": with the title before and the notes behind.
    """
    begins = [0, *(match.end() for match in _NEXT_IN_ROW.finditer(text[:_LONGEST]))]
    if len(begins) < _PAIR:
        return []
    people: list[str] = []
    strange: list[list[str]] = []
    for begin, end in pairwise([*begins, len(text)]):
        part = _DIRECTOR.sub("", text[begin:end].strip())
        named = _NOTES_BEHIND.sub("", part)
        bare = without_title(_OFFICE.sub("", named, count=1))
        names = _split_at_given(bare.split())
        if len(names) > 1:
            strange += [name for name in names if not _is_certain(name)]
            office = _OFFICE.match(named)
            people += [*map(" ".join, names[:-1]), " ".join(names[-1]) + part[len(named) :]]
            people[-len(names)] = (office[0] if office else "") + people[-len(names)]
        elif is_name(bare) and len(bare.split()) <= _FEW and not can_be_two(bare):
            people.append(part)  # whole, since brackets or titles part it
        else:
            return []
    return people if _are_few(strange, len(people)) else []


def _at_surname(words: list[str]) -> list[list[str]]:
    """Return the two names that words are which are too many for one: "Palle S. Madsen Käthe Pedersen"."""
    if _is_certain(words):
        return [words]
    ends = [
        place + 1
        for place, word in enumerate(words[1:-2], start=1)
        if word.endswith("sen") and not words[place + 1].endswith("sen")
    ]
    if not ends and len(words) == _MOST_WORDS and not is_given(words[1]):
        ends = [_PAIR]  # the second has a given name that is not known
    parts = [words[: ends[0]], words[ends[0] :]] if len(ends) == 1 else []
    return parts if parts and all(len(part) <= _FEW for part in parts) else [words]


def _can_be_name(words: list[str]) -> bool:
    """Return True if the words are one name, of which the given name is not known or the surname is one."""
    is_short = len(words) == _PAIR or (len(words) == _FEW and not any(map(is_given, words)))
    return is_short and is_name(" ".join(words))


def divided_deputies(text: str) -> str:
    """Return a list such as "Bo Lind stedfortræder Eva Kirk Ib Dam stedfortræder Ole Bak" with its commas."""
    parts = [part.strip(" –-") for part in text.split(_DEPUTY)]
    if len(parts) < _FEW or any(mark in text for mark in ",;:()"):
        return text
    pairs = [divided(part) for part in parts[1:-1]]
    if any(len(pair) != _PAIR for pair in pairs):
        return text
    absent = [parts[0], *(pair[1] for pair in pairs)]
    came = [*(pair[0] for pair in pairs), parts[-1]]
    return "; ".join(f"{away}, suppleant {who}" for away, who in zip(absent, came, strict=True))


def can_be_two(name: str) -> bool:
    """Return True if a second given name follows where another person's name can begin."""
    words = name.split()
    return any(map(is_given, words[2:-1])) and not is_given(words[1])


def _is_certain(words: list[str]) -> bool:
    """Return True if the words are one name, and letters behind it; four words could be two names."""
    named = [word for word in words if not _LETTERS.fullmatch(word)]
    is_pair = len(named) == _PAIR and named[1].endswith("sen")
    return (
        2 <= len(named) <= _MOST_WORDS
        and (len(named) < _MOST_WORDS or is_given(named[1]) or named[1].endswith("."))
        and (is_given(named[0]) or is_pair)
        and not is_given(named[-1])
        and not any(map(_OFFICE_WORD.fullmatch, named))
        and is_name(" ".join(named))
    )
