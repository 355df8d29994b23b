"""The party that minutes mean by a printed letter or name, as far as that is certain.

`known_parties.toml` has the parties of many municipalities. A letter means one of them only in the
years when it was reserved for it; any other letter or name stands for itself, in its municipality.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from minutes.models.danish import slug

# "A", "Ø", "RV"; not "Borgerlisten"
_MAX_LETTERS = 3
# Letters reserved since before this year are labelled with their party alone.
_LONG_RESERVED = 2000


@dataclass(frozen=True)
class PartyIdentity:
    """A party or list, compared by `slug`, which is the last part of its address in a municipality.

    `letter` is its letter on ballot papers, "" if not known; `name` is "" where only a letter is printed.
    `colour` is like "#254264", or "". Members of no party have an identity too, with `is_party` False.
    """

    slug: str
    letter: str = field(compare=False)
    name: str = field(compare=False)
    colour: str = field(default="", compare=False)
    is_party: bool = True

    def __hash__(self) -> int:
        return hash(self.slug)

    def __str__(self) -> str:
        if self.name and self.letter:
            return f"{self.name} ({self.letter})"
        return self.name or self.letter

    @property
    def short(self) -> str:
        """The letter, else the name."""
        return self.letter or self.name

    @property
    def sort_key(self) -> tuple[bool, str]:
        """Parties with a letter in the order of the alphabet, then the others by name."""
        return not self.letter, (self.letter or self.name).casefold()


@dataclass(frozen=True)
class _KnownParty:
    identity: PartyIdentity
    # First and last days on which the letter was certainly the party's; open ends are date.min and date.max.
    periods: tuple[tuple[date, date], ...]


def _read() -> tuple[dict[str, _KnownParty], dict[str, _KnownParty], dict[str, PartyIdentity]]:
    """Return the known parties by letter and by folded name, and the words for members of no party."""
    table: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    by_letter, by_name = {}, {}
    for row in table["party"]:
        letter = row.get("letter", "")
        identity = PartyIdentity(
            row.get("address") or slug(letter), letter, row["name"], row.get("colour", "")
        )
        periods = tuple(
            (period.get("first", date.min), period.get("last", date.max)) for period in row.get("periods", ())
        )
        known = _KnownParty(identity, periods)
        if letter:
            by_letter[letter] = known
        for name in (row["name"], *row.get("names", ()), *row.get("short", ())):
            by_name[_folded(name)] = known
    independents = {
        _folded(name): PartyIdentity("", "", name, is_party=False) for name in table["independent"]["names"]
    }
    return by_letter, by_name, independents


def _folded(name: str) -> str:
    return slug(name).replace("-", "")


class PartyChoice(NamedTuple):
    """A choice of filters: a letter with the names of its party, or a list without a letter."""

    key: str
    label: str


def party_choice(printed: str) -> PartyChoice | None:
    """Return the choice that includes `printed`, a letter or a name, in any year; None for no party.

    Where a letter was reserved for its party in some years only, the label says in which.
    """
    readings = _readings_of(printed)
    if not readings.certain.is_party:
        return None
    letter = readings.certain.letter
    known = _BY_LETTER.get(letter)
    if known is None:
        return PartyChoice(letter or readings.certain.slug, str(readings.certain))
    first, last = known.periods[0][0], known.periods[-1][1]
    if first.year <= _LONG_RESERVED:
        return PartyChoice(letter, str(known.identity))
    years = _("fra %(year)s") % {"year": first.year} if last == date.max else f"{first.year}–{last.year}"
    return PartyChoice(letter, f"{letter} ({known.identity.name} {years})")


def named_party(text: str) -> PartyIdentity | None:
    """Return the known party of this name, a full or a short one; None for letters."""
    known = _BY_NAME.get(_folded(text)) if text else None
    return known.identity if known else None


def identify(printed: str, day: date) -> PartyIdentity:
    """Return the party that `printed`, a letter or a name, means in minutes of a meeting on `day`."""
    readings = _readings_of(printed)
    is_certain = any(first <= day <= last for first, last in readings.periods)
    return readings.certain if is_certain else readings.otherwise


class _Readings(NamedTuple):
    """The party that a printed letter or name certainly means in `periods`, and what it means otherwise."""

    periods: tuple[tuple[date, date], ...]
    certain: PartyIdentity
    otherwise: PartyIdentity


@lru_cache(maxsize=4096)
def _readings_of(printed: str) -> _Readings:
    text = " ".join(printed.split())
    if independent := _INDEPENDENTS.get(_folded(text)):
        return _Readings((), independent, independent)
    if known := _BY_NAME.get(_folded(text)):
        return _Readings(((date.min, date.max),), known.identity, known.identity)
    address = slug(text) or "andre"
    if len(text) > _MAX_LETTERS:
        itself = PartyIdentity(address, "", text)
    else:
        letter = text.upper()
        itself = PartyIdentity(f"liste-{address}" if address in _ADDRESSES else address, letter, "")
    if known := _BY_LETTER.get(text.upper()):
        return _Readings(known.periods, known.identity, itself)
    return _Readings((), itself, itself)


_BY_LETTER, _BY_NAME, _INDEPENDENTS = _read()
_ADDRESSES = frozenset(known.identity.slug for known in (*_BY_LETTER.values(), *_BY_NAME.values()))
