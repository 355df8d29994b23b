"""Fills the slots of sentences, mostly with words of the case's subject."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from minutes.reader.dates import MONTHS
from synthetic.prose import word_parts
from synthetic.prose.lexicon import Lexicon, Noun
from synthetic.topics import PolicyArea

_OWN_WORD_SHARE = 0.62  # words taken from the subject
_ADJECTIVES, _VERBS = word_parts.ADJECTIVES.split(), word_parts.VERBS.split()


@dataclass(frozen=True)
class Subject:
    """The words and names that the texts of a case repeat."""

    area: PolicyArea
    year: int
    nouns: tuple[Noun, ...]
    names: dict[str, tuple[str, ...]]  # by slot

    @property
    def slots(self) -> dict[str, str]:
        """The names by their slots in `synthetic.topics`."""
        return {
            "sted": self.names["place"][0],
            "vej": self.names["street"][0],
            "firma": self.names["firm"][0],
        }


class SlotValues(dict[str, str]):
    """A mapping for `str.format_map` that returns a new word each time a slot of `sentences` is read."""

    def __init__(self, lexicon: Lexicon, random: Random, subject: Subject) -> None:
        super().__init__()
        self._random = random
        self._subject = subject
        self._lexicon = lexicon
        self._new_name: dict[str, Callable[[], str]] = {
            "place": lexicon.village,
            "street": lexicon.street,
            "institution": lexicon.institution,
            "firm": lexicon.firm,
            "person": lexicon.person,
        }

    def __missing__(self, slot: str) -> str:
        lower = slot.lower()
        value = self._value(lower)
        return value if slot == lower else value[0].upper() + value[1:]

    def _value(self, slot: str) -> str:
        random = self._random
        if slot in _NOUN_FORMS:
            return _NOUN_FORMS[slot](self._noun())
        if slot in _NOUN_PHRASES:
            return _NOUN_PHRASES[slot](self._noun(), random.choice(_ADJECTIVES))
        if slot in _VERB_ENDINGS:
            return random.choice(_VERBS) + _VERB_ENDINGS[slot]
        if slot in self._new_name:
            if random.random() < _OWN_WORD_SHARE:
                return random.choice(self._subject.names[slot])
            return self._new_name[slot]()
        return _NUMBERS[slot](random, self._subject.year)

    def _noun(self) -> Noun:
        random = self._random
        if random.random() < _OWN_WORD_SHARE:
            nouns = self._subject.nouns
            # Favours the first nouns.
            return nouns[int(random.random() * random.random() * len(nouns))]
        return self._lexicon.noun(self._subject.area)


_NOUN_FORMS: dict[str, Callable[[Noun], str]] = {
    "one": lambda noun: noun.singular,
    "the_one": lambda noun: noun.definite,
    "many": lambda noun: noun.plural,
    "the_many": lambda noun: noun.definite_plural,
    "a_one": lambda noun: f"{'et' if noun.neuter else 'en'} {noun.singular}",
}
_NOUN_PHRASES: dict[str, Callable[[Noun, str], str]] = {
    "adj_one": lambda noun, adjective: (
        f"et {_neuter(adjective)} {noun.singular}" if noun.neuter else f"en {adjective} {noun.singular}"
    ),
    "adj_the_one": lambda noun, adjective: (
        f"{'det' if noun.neuter else 'den'} {_plural(adjective)} {noun.singular}"
    ),
    "adj_many": lambda noun, adjective: f"{_plural(adjective)} {noun.plural}",
}
_VERB_ENDINGS = {"do": "", "does": "r", "done": "t", "is_done": "s"}


def _neuter(adjective: str) -> str:
    return adjective if adjective.endswith("sk") else f"{adjective}t"


def _plural(adjective: str) -> str:
    """Return the plural of an adjective: "ny", "nye"; "simpel", "simple"; "sikker", "sikre"."""
    for ending, plural_ending in (("el", "le"), ("kker", "kre"), ("ben", "bne")):
        if adjective.endswith(ending):
            return adjective.removesuffix(ending) + plural_ending
    return f"{adjective}e"


def _number(random: Random) -> str:
    """Return a number of two to five digits, small ones more often: "340", "12.700"."""
    number = int(10 ** random.uniform(1.7, 4.6))
    return f"{number:,}".replace(",", ".")


def _amount(random: Random) -> str:
    """Return an amount, small ones more often: "1.250.000 kr."."""
    return f"{int(10 ** random.uniform(1.5, 5)) * 1000:,} kr.".replace(",", ".")


_NUMBERS: dict[str, Callable[[Random, int], str]] = {
    "kr": lambda random, _year: _amount(random),
    "figure": lambda random, _year: _number(random),
    "few": lambda random, _year: str(random.randint(2, 60)),
    "pct": lambda random, _year: f"{random.randint(1, 80)},{random.randint(1, 9)}",
    "year": lambda random, year: str(year - int(random.expovariate(0.5))),
    "month": lambda random, _year: random.choice(MONTHS),
    "plot": lambda random, _year: f"matrikel {random.randint(1, 180)}{random.choice('abcdefghik')}",
}
