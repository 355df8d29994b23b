"""The kinds of words that matter in a vote, and the phrases of `words.toml` for each kind."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from minutes.reader.words import WORDS
from minutes.vocabulary import VoteChoice


class Kind:
    """The kinds of a token, as bits: a word such as "stemmer" is of several kinds.

    Plain numbers, since operations on `enum.Flag` take most of the time of reading a decision.
    """

    OTHER = 0
    # words of votes
    SIDE = 1 << 0  # for, imod
    LABEL = 1 << 1  # ja, nej, tilhængere: a side as a noun
    VERB = 1 << 2  # stemte
    UNIT = 1 << 3  # stemmer, medlemmer
    ABSTAIN = 1 << 4  # undlod at stemme
    FAVOUR = 1 << 5  # anbefaler
    OPPOSE = 1 << 6  # går imod
    PASSIVE = 1 << 7  # anbefales: by whom follows
    NOT = 1 << 8
    CAN = 1 << 9
    BE = 1 << 10
    # who votes
    ALL = 1 << 11
    EXCEPT = 1 << 12
    REST = 1 << 13
    NOBODY = 1 << 14
    ONLY = 1 << 15
    MAJORITY = 1 << 16
    MINORITY = 1 << 17
    BODY = 1 << 18
    TITLE = 1 << 19
    GROUP = 1 << 20  # liste, gruppe, parti: a party's name follows
    MADE_OF = 1 << 21  # bestående af
    OF = 1 << 22
    IN_ALL = 1 << 23
    PERSON = 1 << 24
    PARTY = 1 << 25
    UNKNOWN = 1 << 26  # capitalised, neither a person nor a party
    # the rest of the sentence
    AND = 1 << 27
    CLAUSE = 1 << 28  # mens, idet, hvor
    REASON = 1 << 29  # idet, da, fordi
    WHO = 1 << 30  # der, som
    FILLER = 1 << 31  # dog, også, herefter
    RESULT = 1 << 32
    MOTION = 1 << 33
    SAYS = 1 << 34  # bemærkede: what follows is reported
    SUPPOSE = 1 << 35  # hvis, ville
    ELSEWHERE = 1 << 36  # i udvalget, ved sidste behandling
    ELECTED = 1 << 37
    NO_NAME = 1 << 38
    # marks
    NUMBER = 1 << 39
    COMMA = 1 << 40
    STOP = 1 << 41
    DOT = 1 << 42  # a full stop that ends no sentence
    COLON = 1 << 43
    PLUS = 1 << 44
    DASH = 1 << 45
    OPEN = 1 << 46
    CLOSE = 1 << 47
    TAB = 1 << 48
    BREAK = 1 << 49  # the end of a line; of a paragraph when its value is 2


FOR, AGAINST, ABSTAINED = VoteChoice.FOR, VoteChoice.AGAINST, VoteChoice.ABSTAINED
Value = VoteChoice | int | str | None

# The sides are grammar: no other word says "for" or "imod".
_SIDES = {
    FOR: ("for", "herfor"),
    AGAINST: ("imod", "mod", "herimod"),
}
_AND = ("og", "samt", "&")
_NOT = ("ikke", "ej", "heller ikke")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the tables: its words behind the first, and what it means."""

    rest: tuple[str, ...]
    kind: int
    value: Value = None


class Lexicon:
    """Phrases by their first word; `longest` returns the longest that begins a sequence of words."""

    def __init__(self) -> None:
        self._exact: dict[str, dict[tuple[str, ...], Phrase]] = {}
        self._prefixes: dict[str, tuple[str, Phrase]] = {}

    def add(self, kind: int, phrases: Iterable[str], value: Value = None) -> None:
        for phrase in phrases:
            first, *rest = phrase.split(" ")
            if first.endswith("*") and not rest:
                self._prefixes[first] = (first[:-1], Phrase((), kind, value))
                continue
            known = self._exact.setdefault(first, {})
            before = known.get(tuple(rest))
            if before:
                kind_, value_ = before.kind | kind, before.value if value is None else value
                known[tuple(rest)] = Phrase(tuple(rest), kind_, value_)
            else:
                known[tuple(rest)] = Phrase(tuple(rest), kind, value)

    def longest(self, words: Sequence[str], at: int) -> Phrase | None:
        """Return the longest phrase at `words[at]`, words in lower case and "" for what is no word."""
        phrases = self._exact.get(words[at])
        best: Phrase | None = None
        for rest, phrase in (phrases or {}).items():
            if best and len(rest) <= len(best.rest):
                continue
            if all(at + 1 + i < len(words) and _fits(words[at + 1 + i], word) for i, word in enumerate(rest)):
                best = phrase
        if best:
            return best
        kinds = [phrase for prefix, phrase in self._prefixes.values() if words[at].startswith(prefix)]
        if not kinds:
            return None
        kind = Kind.OTHER
        for phrase in kinds:
            kind |= phrase.kind
        return Phrase((), kind, next((phrase.value for phrase in kinds if phrase.value is not None), None))


def _fits(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


def _single_words(lists: Iterable[Iterable[str]]) -> Iterable[str]:
    return (phrase for phrases in lists for phrase in phrases if " " not in phrase)


def _lexicon() -> Lexicon:
    lexicon, votes = Lexicon(), WORDS.votes
    for side, words in _SIDES.items():
        lexicon.add(Kind.SIDE, words, side)
    for side, labels in (
        (FOR, votes.label_for),
        (AGAINST, votes.label_against),
        (ABSTAINED, votes.label_abstained),
    ):
        kind = Kind.ABSTAIN if side is ABSTAINED else Kind.LABEL
        lexicon.add(kind, (label for label in labels if label not in {"for", "imod", "mod"}), side)
    lexicon.add(Kind.ABSTAIN, (*votes.abstaining, *votes.group_abstaining), ABSTAINED)
    for kind, phrases in (
        (Kind.VERB, votes.verbs),
        (Kind.UNIT, votes.units),
        (Kind.FAVOUR, votes.group_in_favour),
        (Kind.OPPOSE, votes.group_against),
        (Kind.NOT, _NOT),
        (Kind.AND, _AND),
        *(
            (getattr(Kind, name.upper().rstrip("_")), getattr(WORDS.grammar, name))
            for name in WORDS.grammar.__struct_fields__
            if name != "acts"
        ),
        (Kind.TITLE, (*WORDS.people.titles, *WORDS.votes.before_voters)),
        (Kind.RESULT, _single_words(WORDS.outcomes.values())),
        (Kind.MOTION, (*WORDS.motions.beside, *WORDS.motions.matter)),
        (Kind.SAYS, WORDS.statements.verbs),
        (Kind.NO_NAME, (*WORDS.people.no_name, *WORDS.people.no_party)),
    ):
        lexicon.add(kind, phrases)
    return lexicon


LEXICON = _lexicon()


# A decision with none of these has no vote; looking for them is fast.
_STEMS = (
    *("stem", "imod", " mod ", "for:", "undl", "blank", "hverken", "flertal", "mindretal", "valgt", "udpeg"),
    *(
        " ja ",
        " nej ",
        "ja:",
        "nej:",
        "anbefalet af",
        "anbefales af",
        "godkendt af",
        "tiltrådt af",
        "lodtræk",
    ),
)
# "Vedtaget 17-12", "JA" and "NEJ" above columns
_TALLY = re.compile(r"(?:et|t|\() ?\d{1,3} ?[-–] ?\d{1,3}(?![\d-])|\b(?:ja|nej)(?=[\s:(])")
# Those who approve are voters where others do not, or in groups: these words alone are in every decision.
_COMMON = frozenset(WORDS.votes.group_in_favour)


def mentions_votes(decision: str) -> bool:
    """Return True if a decision has words of votes."""
    lower = decision.lower()
    if any(stem in lower for stem in _STEMS) or any(word in lower for word in _RARE):
        return True
    if _TALLY.search(lower):
        return True
    if "ikke" not in lower and "(" not in lower and "medlem" not in lower:
        return False
    return any(f"{word}{mark}" in lower for word in _COMMON for mark in " .,;\n")


def _rare_words() -> Iterable[str]:
    votes = WORDS.votes
    lists = (
        *(
            votes.verbs,
            votes.units,
            votes.abstaining,
            votes.label_for,
            votes.label_against,
            votes.label_abstained,
        ),
        *(votes.group_against, votes.group_abstaining),
    )
    words = {word for words in lists for word in words} - {"for", "imod", "mod", "ja", "nej"}
    return (word for word in sorted(words) if not any(stem in f" {word} " for stem in _STEMS))


_RARE = tuple(_rare_words())
