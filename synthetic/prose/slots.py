"""Fills the slots of sentences, mostly with what the matter is about."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from minutes.reader.dates import MONTHS
from synthetic.prose import parts
from synthetic.prose.lexicon import Lexicon, Noun
from synthetic.topics import Field

# How often a word is one that the matter keeps coming back to.
_OF_MATTER = 0.62


@dataclass(frozen=True)
class Subject:
    """What a matter keeps coming back to."""

    field: Field
    year: int
    nouns: tuple[Noun, ...]
    names: dict[str, tuple[str, ...]]  # by their slot

    @property
    def slots(self) -> dict[str, str]:
        """Of the slots of `topics`, the names."""
        return {
            "sted": self.names["place"][0],
            "vej": self.names["street"][0],
            "firma": self.names["firm"][0],
        }


class Words(dict[str, str]):
    """Another word each time a slot is asked for; the slots stand in `sentences`."""

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
        small = slot.lower()
        word = self._filled(small)
        return word if slot == small else word[0].upper() + word[1:]

    def _filled(self, slot: str) -> str:
        random = self._random
        if slot in _NOUN_FORMS:
            return _NOUN_FORMS[slot](self._noun())
        if slot in _PHRASES:
            return _PHRASES[slot](self._noun(), random.choice(_ADJECTIVES))
        if slot in _VERB_ENDS:
            return random.choice(_VERBS) + _VERB_ENDS[slot]
        if slot in self._new_name:
            if random.random() < _OF_MATTER:
                return random.choice(self._subject.names[slot])
            return self._new_name[slot]()
        return _FIGURES[slot](random, self._subject.year)

    def _noun(self) -> Noun:
        random = self._random
        if random.random() < _OF_MATTER:
            nouns = self._subject.nouns
            # The first more often than the last.
            return nouns[int(random.random() * random.random() * len(nouns))]
        return self._lexicon.noun(self._subject.field)


_ADJECTIVES, _VERBS = parts.ADJECTIVES.split(), parts.VERBS.split()
_NOUN_FORMS: dict[str, Callable[[Noun], str]] = {
    "one": lambda noun: noun.one,
    "the_one": lambda noun: noun.the_one,
    "many": lambda noun: noun.many,
    "the_many": lambda noun: noun.the_many,
    "a_one": lambda noun: f"{'et' if noun.neuter else 'en'} {noun.one}",
}
_PHRASES: dict[str, Callable[[Noun, str], str]] = {
    "adj_one": lambda noun, adjective: (
        f"et {_neuter(adjective)} {noun.one}" if noun.neuter else f"en {adjective} {noun.one}"
    ),
    "adj_the_one": lambda noun, adjective: (
        f"{'det' if noun.neuter else 'den'} {_plural(adjective)} {noun.one}"
    ),
    "adj_many": lambda noun, adjective: f"{_plural(adjective)} {noun.many}",
}
_VERB_ENDS = {"do": "", "does": "r", "done": "t", "is_done": "s"}


def _neuter(adjective: str) -> str:
    return adjective if adjective.endswith("sk") else f"{adjective}t"


def _plural(adjective: str) -> str:
    """ "ny": "nye", "simpel": "simple", "sikker": "sikre" """
    for end, put in (("el", "le"), ("kker", "kre"), ("ben", "bne")):
        if adjective.endswith(end):
            return adjective.removesuffix(end) + put
    return f"{adjective}e"


def _figure(random: Random) -> str:
    """A number of any length, small ones more often: "340", "12.700", "1.204"."""
    number = int(10 ** random.uniform(1.7, 4.6))
    return f"{number:,}".replace(",", ".")


def _amount(random: Random) -> str:
    """ "1.250.000 kr." """
    return f"{int(10 ** random.uniform(1.5, 5)) * 1000:,} kr.".replace(",", ".")


_FIGURES: dict[str, Callable[[Random, int], str]] = {
    "kr": lambda random, _year: _amount(random),
    "figure": lambda random, _year: _figure(random),
    "few": lambda random, _year: str(random.randint(2, 60)),
    "pct": lambda random, _year: f"{random.randint(1, 80)},{random.randint(1, 9)}",
    "year": lambda random, year: str(year - int(random.expovariate(0.5))),
    "month": lambda random, _year: random.choice(MONTHS),
    "plot": lambda random, _year: f"matrikel {random.randint(1, 180)}{random.choice('abcdefghik')}",
}
