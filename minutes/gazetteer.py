"""Finds the names of a gazetteer (streets, schools, plans) in running text.

The time is linear in the text and independent of the number of names. A name is found as whole words, also
in the genitive ("Birkevejs"). Its capitals must be there, so that the street "Engen" is not found in "engen";
a single word that is not recognisable as a name ("Engen") counts at the start of a sentence, where every word
has a capital, only with a house number.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

# "Lokalplan 2.15-3" → "Lokalplan", "2.15-3"; "Skt. Jørgens Gade" → "Skt", "Jørgens", "Gade"
_TOKEN = re.compile(r"\d\w*(?:[./-]\d\w*)*|\w+")
# What may be between two words of a name: "H. C. Andersens", "Nord-Syd"; in wrapped lines a line break
_GAP = re.compile(r"[ .\-–\u00a0]{0,3}\n?[ \u00a0]{0,3}")
# A full stop between two words belongs to an abbreviation of at most so many letters: "Skt.", "nr."
_LONGEST_ABBREVIATION = 3
_NUMBER_WORDS = frozenset({"nr", "nummer"})
# Endings of names of streets and schools; a longer word with one is a name even where a sentence begins.
_NAME_ENDINGS = (
    *("vej", "vejen", "gade", "gaden", "allé", "alle", "stræde", "strædet", "plads", "pladsen"),
    *("torv", "torvet", "park", "parken", "skole", "skolen", "sti", "stien", "gård", "gården"),
    *("have", "haven", "bakke", "bakken", "bro", "broen", "havn", "havnen"),
    *("vænge", "vænget", "lund", "lunden"),
)
# "Ny Birkevej" is another street than "Birkevej".
_QUALIFIERS = frozenset(
    {
        *("ny", "nye", "gl", "gammel", "gamle", "nordre", "søndre", "østre", "vestre", "ndr", "sdr"),
        *("store", "lille", "øvre", "nedre", "indre", "ydre"),
    }
)
# Characters after which a sentence or a line of a list begins.
_SENTENCE_MARKS = frozenset(".!?:;\n•–-*»«\"'”“„(")
# The shortest name, in letters and digits.
_SHORTEST_NAME = 3


@dataclass(frozen=True)
class _Token:
    text: str
    folded: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


@dataclass(frozen=True)
class _Name:
    """A name of a place: which of its words begin with a capital, and whether it has a number."""

    place: int
    capitals: tuple[bool, ...]
    has_number: bool
    is_recognisable: bool

    def is_written_as(self, tokens: Sequence[_Token]) -> bool:
        """Return True if the capitals are there; the number of a plan makes up for them."""
        return self.has_number or all(
            token.is_capital for token, capital in zip(tokens, self.capitals, strict=True) if capital
        )


@dataclass
class _Node:
    """A node of the trie of names, word by word."""

    following: "dict[str, _Node]" = field(default_factory=dict)
    names: list[_Name] = field(default_factory=list)


class Gazetteer:
    """The names of places, to find in texts."""

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        """Take names, each with the key of its place."""
        self._root = _Node()
        for name, place in names:
            self._add(name, place)

    def places_in(self, text: str) -> set[int]:
        """Return the keys of the places whose names are in `text`."""
        tokens = list(_tokens(text))
        places: set[int] = set()
        at = 0
        while at < len(tokens):
            length, names = self._match(text, tokens, at)
            places.update(name.place for name in names)
            at += max(length, 1)
        return places

    def _add(self, name: str, place: int) -> None:
        tokens = _words_of(name)
        if not tokens:
            return
        node = self._root
        for token in tokens:
            node = node.following.setdefault(token.folded, _Node())
        node.names.append(
            _Name(
                place,
                tuple(token.is_capital for token in tokens),
                has_number=any(token.is_number for token in tokens),
                is_recognisable=len(tokens) > 1 or _has_ending(tokens[0].folded),
            )
        )

    def _match(self, text: str, tokens: list[_Token], at: int) -> tuple[int, list[_Name]]:
        """Return the longest names that begin at a token, and their length in tokens; 0 for none."""
        node, length = self._root, 0
        words: list[_Token] = []
        names: list[_Name] = []
        for index in range(at, len(tokens)):
            token = tokens[index]
            if index > at and not _adjoin(text, tokens[index - 1], token):
                break
            if words and token.folded in _NUMBER_WORDS:
                continue
            words.append(token)
            following = node.following.get(token.folded)
            for last in (following, node.following.get(_without_genitive(token.folded))):
                here = [name for name in last.names if name.is_written_as(words)] if last else []
                here = [name for name in here if _is_name(text, tokens, at, index, name)]
                if here:
                    length, names = index - at + 1, here
                    break
            if following is None:
                break
            node = following
        return length, names


def words_to_look_up(text: str) -> set[str]:
    """Return the words of a text that can be the key of a name in it."""
    words = {token.folded for token in _tokens(text) if token.is_number or token.is_capital}
    return words | {_without_genitive(word) for word in words}


def key_of(name: str) -> str:
    """Return the word by which a name is looked up: its longest number, else its longest word with a capital.

    "" for what cannot be a name: too short, no letters, or all in lower case.
    """
    tokens = _words_of(name)
    letters = sum(map(str.isalpha, name))
    if letters < 2 or sum(map(str.isalnum, name)) < _SHORTEST_NAME:
        return ""
    numbers = [token.folded for token in tokens if token.is_number]
    capitals = [token.folded for token in tokens if token.is_capital]
    return max(numbers or capitals, key=len, default="")


def _words_of(name: str) -> list[_Token]:
    return [token for token in _tokens(name) if token.folded not in _NUMBER_WORDS]


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        yield _Token(match[0], match[0].casefold(), *match.span())


def _without_genitive(word: str) -> str:
    return word.removesuffix("s")


def _adjoin(text: str, token: _Token, following: _Token) -> bool:
    """Return True if two tokens can be words of one name."""
    gap = text[token.end : following.start]
    if "." in gap and len(token.text) > _LONGEST_ABBREVIATION:
        return False
    return len(gap) > 0 and _GAP.fullmatch(gap) is not None


def _is_name(text: str, tokens: list[_Token], first: int, last: int, name: _Name) -> bool:
    """Return False for a word that is probably no name, and for the last word of a longer name."""
    if name.has_number:
        return True
    begins_sentence = _begins_sentence(text, tokens[first].start)
    before = tokens[first - 1] if first else None
    if before and before.is_capital and before.folded in _QUALIFIERS and _adjoin(text, before, tokens[first]):
        return _begins_sentence(text, before.start)
    if name.is_recognisable:
        return True
    in_capitals = len(tokens[first].text) > 1 and tokens[first].text.isupper()
    return not (begins_sentence or in_capitals) or _has_number_after(text, tokens, last)


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" \t\u00a0")
    return start == 0 or not before or before[-1] in _SENTENCE_MARKS


def _has_number_after(text: str, tokens: list[_Token], index: int) -> bool:
    following = tokens[index + 1 : index + 2]
    return any(token.is_number and text[tokens[index].end : token.start] == " " for token in following)


def _has_ending(word: str) -> bool:
    return any(word.endswith(ending) and len(word) >= len(ending) + 3 for ending in _NAME_ENDINGS)
