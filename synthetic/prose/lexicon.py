"""Nouns and names with Zipf-distributed frequencies."""

from bisect import bisect
from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate
from random import Random
from typing import Generic, NamedTuple, TypeVar

from synthetic.names import FIRST_NAMES
from synthetic.prose import word_parts
from synthetic.topics import PolicyArea

Entry = TypeVar("Entry")

_ZIPF_EXPONENT = 1.1
_ESTABLISHED_NOUNS = 9000  # compounds generated per policy area; duplicates are dropped
_NEW_NOUN_SHARE = 0.03
_TYPO_SHARE = 0.0015
# Shares of nouns that are no compound and that have three parts; the rest have two.
_SIMPLE_SHARE, _THREE_PARTS_SHARE = 0.15, 0.1
_OWN_AREA_SHARE = 0.9  # first parts from the noun's area or used in all areas
_LOCAL_SHARE = 0.85  # names that belong to the municipality
_VILLAGES, _STREETS, _INSTITUTIONS, _FAMILIES, _FIRMS = 40, 150, 40, 120, 40

_PLACE_PREFIXES, _PLACE_SUFFIXES = word_parts.PLACE_PREFIXES.split(), word_parts.PLACE_SUFFIXES.split()
_STREET_SUFFIXES, _FAMILY_SUFFIXES = word_parts.STREET_SUFFIXES.split(), word_parts.FAMILY_SUFFIXES.split()
_INSTITUTION_SUFFIXES = word_parts.INSTITUTION_SUFFIXES.split()
_FIRM_SYLLABLES, _FIRM_SUFFIXES = word_parts.FIRM_SYLLABLES.split(), word_parts.FIRM_SUFFIXES.split()
_FIRM_TYPES = word_parts.FIRM_TYPES.split()


class Noun(NamedTuple):
    """The forms of a noun, without article: "plan", "planen", "planer", "planerne"."""

    singular: str
    definite: str
    plural: str
    definite_plural: str

    @property
    def neuter(self) -> bool:
        return self.definite.endswith("t")

    def with_prefix(self, prefix: str) -> "Noun":
        """Return the compound of `prefix` and this noun."""
        return Noun(*(prefix + form for form in self))


class ZipfSampler(Generic[Entry]):
    """Samples entries by rank, with frequencies that follow Zipf's law."""

    def __init__(self, entries: Sequence[Entry], *, level: int = 4) -> None:
        """The first `level` entries are about equally frequent."""
        self._entries = entries
        self._cumulative = list(accumulate((rank + level) ** -_ZIPF_EXPONENT for rank in range(len(entries))))

    def sample(self, random: Random) -> Entry:
        return self._entries[bisect(self._cumulative, random.random() * self._cumulative[-1])]


class _Names:
    """Names of one kind: those of the municipality, and now and then a new one."""

    def __init__(self, random: Random, count: int, new_name: Callable[[], str]) -> None:
        self._random = random
        self._new_name = new_name
        self._local = ZipfSampler([new_name() for _ in range(count)])

    def sample(self) -> str:
        return self._local.sample(self._random) if self._random.random() < _LOCAL_SHARE else self._new_name()


class Lexicon:
    """The nouns and names of one municipality, fully determined by `random`."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._villages = _Names(random, _VILLAGES, self._new_place)
        self._streets = _Names(random, _STREETS, self._new_street)
        self._institutions = _Names(random, _INSTITUTIONS, self._new_institution)
        self._families = _Names(random, _FAMILIES, self._new_family)
        self._firms = _Names(random, _FIRMS, self._new_firm)

    def noun(self, area: PolicyArea) -> Noun:
        """Return a noun of the area's committees, usually a compound."""
        random = self._random
        if random.random() < _NEW_NOUN_SHARE:
            noun = _compound(random, area)
        else:
            noun = _established_nouns(area).sample(random)
        return Noun(*map(_with_typo, noun)) if random.random() < _TYPO_SHARE else noun

    def village(self) -> str:
        return self._villages.sample()

    def street(self) -> str:
        return self._streets.sample()

    def institution(self) -> str:
        """Return the name of an institution: "Ejstrupskolen"."""
        return self._institutions.sample()

    def firm(self) -> str:
        return self._firms.sample()

    def person(self) -> str:
        family = self._families.sample()
        return f"{self._random.choice(FIRST_NAMES)} {family}"

    def _new_place(self) -> str:
        return f"{self._random.choice(_PLACE_PREFIXES)}{self._random.choice(_PLACE_SUFFIXES)}"

    def _new_street(self) -> str:
        random = self._random
        prefix = self._new_place() if random.random() < 0.6 else random.choice(_PLACE_PREFIXES)
        return prefix + random.choice(_STREET_SUFFIXES)

    def _new_institution(self) -> str:
        return self._new_place() + self._random.choice(_INSTITUTION_SUFFIXES)

    def _new_family(self) -> str:
        return f"{self._random.choice(_PLACE_PREFIXES)}{self._random.choice(_FAMILY_SUFFIXES)}"

    def _new_firm(self) -> str:
        random = self._random
        name = "".join(random.choices(_FIRM_SYLLABLES, k=2)) + random.choice(_FIRM_SUFFIXES)
        return f"{name.capitalize()} {random.choice(_FIRM_TYPES)}"


def _with_typo(word: str) -> str:
    """Swap two letters in the middle of a word."""
    middle = len(word) // 2
    return word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]


@cache
def _established_nouns(area: PolicyArea) -> ZipfSampler[Noun]:
    """Return the area's nouns, the same in every municipality and archive."""
    random = Random(area.value)
    nouns = dict.fromkeys(_compound(random, area) for _ in range(_ESTABLISHED_NOUNS))
    return ZipfSampler(tuple(nouns))


def _compound(random: Random, area: PolicyArea) -> Noun:
    """Build a noun from up to three parts."""
    parts = _ranked_parts()
    noun = parts.last[area].sample(random)
    draw = random.random()
    for _ in range((draw > _SIMPLE_SHARE) + (draw > 1 - _THREE_PARTS_SHARE)):
        first = parts.first[area] if random.random() < _OWN_AREA_SHARE else parts.first_of_any_area
        noun = noun.with_prefix(first.sample(random))
    return noun


class _RankedParts(NamedTuple):
    last: dict[PolicyArea, ZipfSampler[Noun]]
    first: dict[PolicyArea, ZipfSampler[str]]
    first_of_any_area: ZipfSampler[str]


@cache
def _ranked_parts() -> _RankedParts:
    """Return the parts of compounds, ranked differently in each area."""
    nouns = [_parse_noun(entry) for entry in word_parts.LAST_PARTS.split()]
    general = word_parts.GENERAL_FIRST_PARTS.split()
    last, first = {}, {}
    for area, own in word_parts.FIRST_PARTS.items():
        random = Random(area.value)
        first_parts = [*own.split(), *general]
        first[area] = ZipfSampler(random.sample(first_parts, len(first_parts)), level=8)
        last[area] = ZipfSampler(random.sample(nouns, len(nouns)), level=8)
    all_parts = [*general, *(part for own in word_parts.FIRST_PARTS.values() for part in own.split())]
    return _RankedParts(last, first, ZipfSampler(Random(0).sample(all_parts, len(all_parts))))


def _parse_noun(entry: str) -> Noun:
    """Parse an entry of `LAST_PARTS`: "plan/en/er" is plan, planen, planer, planerne."""
    singular, definite_ending, plural_ending = entry.split("/")
    definite, plural = singular + definite_ending, singular + plural_ending
    if not plural_ending:
        definite_plural = definite[:-2] + "ene"  # mål: målene; tilbud: tilbuddene
    elif plural.endswith("ere"):
        definite_plural = plural[:-1] + "ne"  # lejere: lejerne
    else:
        definite_plural = plural + "ne"
    return Noun(singular, definite, plural, definite_plural)
