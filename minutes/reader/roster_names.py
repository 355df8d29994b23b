"""Names in a roster: given names alone, and names that differ by an initial or a letter."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

import msgspec

from minutes.reader.joined_names import is_given
from minutes.reader.list_entries import NOTE
from minutes.reader.list_lines import LONGEST_LIST, list_lines
from minutes.reader.names import NAME, untitled
from minutes.reader.people_lists import split_list
from minutes.reader.person_notes import are_initials
from minutes.reader.records import Absence, Movement, Participant, Substitute

_ONE_NAME = re.compile(r"[A-ZÆØÅ][a-zæøåé]{2,}")
# "Helle T": distinguished by a letter
_INITIAL = re.compile(r" [A-ZÆØÅ]$")
# "Ida K. Holm"
_MIDDLE_INITIAL = re.compile(r" (?:[A-ZÆØÅ]\.? )+")
# Of so many names one can be unknown.
_FEWEST_KNOWN = 5
_PAIR = 2

# "Bo Lind (BL)", "BL, EK og IK"
_INITIALED = re.compile(rf"(?P<name>{NAME})\s*\((?P<initials>[A-ZÆØÅ]{{2,4}})\)")
_BETWEEN_CODES = re.compile(r",\s*|\s*/\s*|\s+og\s+|\s+")

_Named = TypeVar("_Named", Absence, Movement, Substitute)


@dataclass
class Initials:
    """The members of a list by the initials behind their names: "Bo Lind (BL)"."""

    names: dict[str, str] = field(default_factory=dict)

    def learn(self, text: str) -> None:
        """Note the initials in a list; those of two people are of nobody."""
        for match in _INITIALED.finditer(text[:LONGEST_LIST]):
            if are_initials(match["initials"], match["name"]):
                name = untitled(match["name"])
                known = self.names.setdefault(match["initials"], name)
                self.names[match["initials"]] = name if known == name else ""

    def named_by(self, text: str) -> list[str]:
        """Return the names of people of whom `text` has nothing but the initials: "BL, EK og IK"."""
        codes = _BETWEEN_CODES.split(text.strip(" .")) if self.names else []
        names = [self.names.get(code, "") for code in codes]
        return names if all(names) else []


def given_names(text: str) -> tuple[str, ...]:
    """Return the given names of a list that has nothing else: "Bente, Kim og Ole"; else ()."""
    return _given_names(list_lines(text))


@lru_cache(maxsize=512)
def _given_names(lines: tuple[str, ...]) -> tuple[str, ...]:
    listed = " ".join(lines)
    pieces = [NOTE.sub("", piece).strip(" .") for piece in split_list(listed)]
    names = list(filter(None, pieces))
    strange = [name for name in names if not all(map(is_given, _INITIAL.sub("", name).split()))]
    few = len(strange) * _FEWEST_KNOWN <= len(names) and all(map(_ONE_NAME.fullmatch, strange))
    # "Anne Grete" is a given name among others of one word.
    plain = 2 * sum(" " not in _INITIAL.sub("", name) for name in names) >= len(names)
    return tuple(names) if few and plain else ()


def differ_by_letter(one: str, other: str) -> bool:
    """Return True if two names are the same but for one letter more or less within one of their words."""
    words, others = one.split(), other.split()
    if abs(len(one) - len(other)) != 1 or len(words) != len(others):
        return False
    pairs = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    if len(pairs) != 1:
        return False
    short, long = sorted(pairs[0], key=len)
    at = next((place for place, letter in enumerate(short) if letter != long[place]), len(short))
    return at > 1 and len(short) > _PAIR and short[at:] == long[at + 1 :]


def whole_names(members: Iterable[Participant | Absence]) -> dict[str, str]:
    """Return the name of each member by that without its middle initials or names, where only one has it.

    Surnames that end in "-sen" are too frequent for a name without its middle to be that of one member.
    """
    by_bare: dict[str, set[str]] = {}
    by_ends: dict[str, set[str]] = {}
    for name in {member.name for member in members}:
        by_bare.setdefault(_MIDDLE_INITIAL.sub(" ", name), set()).add(name)
        words = name.split()
        if len(words) > _PAIR and not words[-1].endswith("sen"):
            by_ends.setdefault(f"{words[0]} {words[-1]}", set()).add(name)
    return {bare: names.pop() for bare, names in (by_ends | by_bare).items() if len(names) == 1}


def renamed(one: _Named, names: Mapping[str, str]) -> _Named:
    """Return somebody with the name by which a member is known: "Ida Holm" for "Ida K. Holm"."""
    name = names.get(_MIDDLE_INITIAL.sub(" ", one.name), one.name)
    return one if name == one.name else msgspec.structs.replace(one, name=name)


_Person = TypeVar("_Person", Participant, Absence)


def once(people: Sequence[_Person], namesakes: set[str]) -> list[_Person]:
    """Return everyone once, with the party where one of several mentions has it."""
    merged: dict[tuple[str, str | None], _Person] = {}
    for one in people:
        key = (one.name, one.party if one.name in namesakes else None)
        if key not in merged or (merged[key].party is None and one.party):
            merged[key] = one
    return list(merged.values())
