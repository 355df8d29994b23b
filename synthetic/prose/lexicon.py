"""Nouns, names and figures, some of them common and most of them rare, as words are."""

from bisect import bisect
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from random import Random
from typing import Generic, NamedTuple, TypeVar

from synthetic.names import FIRST_NAMES
from synthetic.prose import parts
from synthetic.topics import Field

Entry = TypeVar("Entry")

# How often a compound's first part is one of its field's, or of every field's; else it is any field's.
_OF_FIELD = 0.9
# How often nouns were put together that the committees of a field use, and how often one is now.
_COINED, _NEW = 9000, 0.03
# How often a new noun is no compound, how often one of three parts; how often a letter is out of its place.
_BARE, _THREE_PARTS = 0.15, 0.1
_MISTYPED = 0.0015
# The exponent of Zipf's law.
_STEEP = 1.1
# How often a name is one of the town's own.
_OF_TOWN = 0.85
# How many of each the town has.
_VILLAGES, _STREETS, _INSTITUTIONS, _FAMILIES, _FIRMS = 40, 150, 40, 120, 40


class Noun(NamedTuple):
    """A noun's four forms, without article: "plan", "planen", "planer", "planerne"."""

    one: str
    the_one: str
    many: str
    the_many: str

    @property
    def neuter(self) -> bool:
        return self.the_one.endswith("t")

    def after(self, part: str) -> "Noun":
        """The compound with `part` before it."""
        return Noun(*(part + form for form in self))


class Ranked(Generic[Entry]):
    """Entries of which the nth is drawn about as often as Zipf says of the nth word."""

    def __init__(self, entries: Sequence[Entry], *, level: int = 4) -> None:
        """The first `level` are drawn about equally often."""
        self._entries = entries
        self._until = list(accumulate((rank + level) ** -_STEEP for rank in range(len(entries))))

    def drawn(self, random: Random) -> Entry:
        return self._entries[bisect(self._until, random.random() * self._until[-1])]


class Lexicon:
    """The words of one town. The same `random` gives the same; what is drawn next, it says."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._villages = Ranked([self._new_place() for _ in range(_VILLAGES)])
        self._streets = Ranked([self._new_street() for _ in range(_STREETS)])
        self._institutions = Ranked([self._new_institution() for _ in range(_INSTITUTIONS)])
        self._families = Ranked([self._new_family() for _ in range(_FAMILIES)])
        self._firms = Ranked([self._new_firm() for _ in range(_FIRMS)])

    def noun(self, field: Field) -> Noun:
        """A noun as committees of `field` use them, mostly a compound."""
        random = self._random
        noun = _coined(random, field) if random.random() < _NEW else _established(field).drawn(random)
        return Noun(*map(self._mistyped, noun)) if random.random() < _MISTYPED else noun

    def _mistyped(self, word: str) -> str:
        """Two neighbours in the middle of the word change places."""
        at = len(word) // 2
        return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]

    def village(self) -> str:
        return self._villages.drawn(self._random) if self._is_of_town() else self._new_place()

    def street(self) -> str:
        return self._streets.drawn(self._random) if self._is_of_town() else self._new_street()

    def institution(self) -> str:
        """ "Ejstrupskolen" """
        return self._institutions.drawn(self._random) if self._is_of_town() else self._new_institution()

    def firm(self) -> str:
        return self._firms.drawn(self._random) if self._is_of_town() else self._new_firm()

    def person(self) -> str:
        family = self._families.drawn(self._random) if self._is_of_town() else self._new_family()
        return f"{self._random.choice(FIRST_NAMES)} {family}"

    def _is_of_town(self) -> bool:
        return self._random.random() < _OF_TOWN

    def _new_place(self) -> str:
        return f"{self._random.choice(_PLACE_FRONTS)}{self._random.choice(_PLACE_BACKS)}"

    def _new_street(self) -> str:
        front = self._new_place() if self._random.random() < 0.6 else self._random.choice(_PLACE_FRONTS)
        return front + self._random.choice(_STREET_BACKS)

    def _new_institution(self) -> str:
        return self._new_place() + self._random.choice(_INSTITUTION_BACKS)

    def _new_family(self) -> str:
        return f"{self._random.choice(_PLACE_FRONTS)}{self._random.choice(_FAMILY_BACKS)}"

    def _new_firm(self) -> str:
        random = self._random
        name = "".join(random.choices(_SYLLABLES, k=2)) + random.choice(_NAME_ENDS)
        return f"{name.capitalize()} {random.choice(_FIRM_KINDS)}"


_PLACE_FRONTS, _PLACE_BACKS = parts.PLACE_FRONTS.split(), parts.PLACE_BACKS.split()
_STREET_BACKS, _FAMILY_BACKS = parts.STREET_BACKS.split(), parts.FAMILY_BACKS.split()
_INSTITUTION_BACKS = parts.INSTITUTION_BACKS.split()
_SYLLABLES, _NAME_ENDS, _FIRM_KINDS = (
    each.split() for each in (parts.SYLLABLES, parts.NAME_ENDS, parts.FIRM_KINDS)
)


@cache
def _established(field: Field) -> Ranked[Noun]:
    """The field's nouns, in every town and archive the same."""
    random = Random(field.value)
    nouns = dict.fromkeys(_coined(random, field) for _ in range(_COINED))
    return Ranked(tuple(nouns))


def _coined(random: Random, field: Field) -> Noun:
    """A noun put together from parts, one that is used already or not."""
    last, first, any_first = _ranked_parts()
    noun = last[field].drawn(random)
    kind = random.random()
    for _ in range((kind > _BARE) + (kind > 1 - _THREE_PARTS)):
        noun = noun.after((first[field] if random.random() < _OF_FIELD else any_first).drawn(random))
    return noun


@cache
def _ranked_parts() -> tuple[dict[Field, Ranked[Noun]], dict[Field, Ranked[str]], Ranked[str]]:
    """Last parts by field, first parts by field, first parts of all fields: each field's own are first."""
    nouns = [_noun(each) for each in parts.LAST_PARTS.split()]
    everywhere = parts.EVERYWHERE_PARTS.split()
    last, first = {}, {}
    for field, own in parts.FIRST_PARTS.items():
        random = Random(field.value)
        fronts = [*own.split(), *everywhere]
        first[field] = Ranked(random.sample(fronts, len(fronts)), level=8)
        last[field] = Ranked(random.sample(nouns, len(nouns)), level=8)
    every = [*everywhere, *(part for own in parts.FIRST_PARTS.values() for part in own.split())]
    return last, first, Ranked(Random(0).sample(every, len(every)))


def _noun(told: str) -> Noun:
    """ "plan/en/er" → plan, planen, planer, planerne"""
    one, definite, plural = told.split("/")
    many = one + plural
    if not plural:
        the_many = (one + definite)[:-2] + "ene"  # mål: målene; tilbud: tilbuddene
    elif many.endswith("ere"):
        the_many = many[:-1] + "ne"  # lejere: lejerne
    else:
        the_many = many + "ne"
    return Noun(one, one + definite, many, the_many)
