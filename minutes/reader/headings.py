"""Kinds of headings: by phrases of the tables, by the head noun, by whose decision follows."""

import re
from functools import lru_cache
from typing import NamedTuple

from minutes.reader.bodies import same_committee
from minutes.reader.decision_headings import DecisionHeading, decision_heading
from minutes.reader.words import WORDS, pattern
from minutes.vocabulary import SectionKind

_KIND_OF = {heading: kind for kind, headings in WORDS.headings.items() for heading in headings}
_WEAK_KIND_OF = {heading: kind for kind, headings in WORDS.weak_headings.items() for heading in headings}
_KIND_OF_NOUN = {noun: kind for kind, nouns in WORDS.heading_nouns.items() for noun in nouns}
_LONGEST_HEADING = max(map(len, _KIND_OF)) + 6
# "Bilag (3)": how many entries are below
_COUNT = re.compile(r"\s*\(\d{1,3}\)$")
_SHORTEST_MISSPELT = 10


def _without_a_letter(word: str) -> list[str]:
    return [word[:index] + word[index + 1 :] for index in range(len(word))]


# Headings by their spellings with a letter left out.
_MISSPELT = {
    shortened: heading
    for heading in _KIND_OF
    if len(heading) >= _SHORTEST_MISSPELT and heading.isalpha()
    for shortened in (heading, *_without_a_letter(heading))
}
LONGEST_LEARNED = 40
# "Forvaltningen indstiller", "Forvaltningen indstiller til beskæftigelsesudvalget,",
# "Direktøren for Social, Sundhed og Beskæftigelse indstiller"
RECOMMENDS = re.compile(
    r"(?:Forvaltningen|Administrationen|Direktionen|Borgmesteren|Kommunaldirektøren|Direktøren|Chefen|"
    r"[A-ZÆØÅ][\wæøå-]{0,40}(?:forvaltningen|chefen|direktøren|afdelingen))[^.:;]{0,90}?\b"
    r"(?:indstiller|anbefaler|foreslår)(?:\s+(?:over for|overfor|til)\s[^.:;]{1,150})?[,:]?"
)
DECISION_OPENING = re.compile(pattern(WORDS.decisions.openings), re.IGNORECASE)
# "Intet.", "Ingen bemærkninger", "Der var ingen meddelelser."
NOTHING = re.compile(rf"{pattern(WORDS.decisions.nothing)}(?:\s+\w+){{0,4}}\.?", re.IGNORECASE)


class Own(NamedTuple):
    """The committee and day of the meeting; text under headings with them is this meeting's.

    `joint` are the other committees of a joint meeting.
    """

    committee: str | None
    date: str | None
    joint: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def heading_kind(text: str) -> SectionKind | None:
    """The kind of the heading `text`, if a table has it.

    An Å for an Ø is an error of scanning; one letter of a long word can be wrong, missing or doubled.
    """
    if len(text) > _LONGEST_HEADING:
        return None
    name = _COUNT.sub("", text).casefold().rstrip(" :.")
    kind = _KIND_OF.get(name) or (_KIND_OF.get("ø" + name[1:]) if name.startswith("å") else None)
    if kind is None and len(name) >= _SHORTEST_MISSPELT - 1 and name.isalpha() and name not in _WEAK_KIND_OF:
        kind = _misspelt_kind(name)
    if kind is None and name.startswith("beslutning "):
        decided = decision_heading(text)
        kind = SectionKind.DECISION if decided and decided.item and not decided.date else None
    # A heading has a capital, and no full stop behind it.
    return kind if kind and text[0].isupper() and not text.endswith(".") else None


def counts_entries(heading: str) -> bool:
    """Return True for "Bilag (3)", which can be a link to a list elsewhere."""
    return _COUNT.search(heading) is not None


def _misspelt_kind(name: str) -> SectionKind | None:
    """Return the kind of the heading that a word is but for one letter: "Sagsfremstiling"."""
    meant = (_MISSPELT.get(shortened) for shortened in (name, *_without_a_letter(name)))
    # Another ending is another form of the word: "Indstillingen".
    return next((_KIND_OF[heading] for heading in meant if heading and heading[-2:] == name[-2:]), None)


# "Fraværende: Ane Lund", "Beslutning: Godkendt.": the heading ends at the colon
INLINE = re.compile(r"[A-ZÆØÅ][\wæøåÆØÅé/-]+(?: [\wæøåÆØÅ]+){0,4}\s*:(?=\s*\S)")


@lru_cache(maxsize=4096)
def weak_kind(text: str) -> SectionKind | None:
    """The kind of a heading that is a word of running text too: "Vurdering", "Konklusion"."""
    return _WEAK_KIND_OF.get(text.casefold().rstrip(" :.")) if len(text) <= LONGEST_LEARNED else None


# The words of a heading that belong to its head: those before "til", "fra", "for" …
_TAIL = re.compile(r"\s(?:til|fra|for|af|i|på|om|med|ved|vedr\.?|vedrørende|efter|den)\s|[(:,/]|\sog\s")
_WORDS = re.compile(r"[\wæøå]+")
# beslutning-en, bemærkning-erne, konsekvens-er-ne-s
_ENDINGS = ("ernes", "erne", "ens", "ets", "en", "et", "er", "ne", "e", "s", "")
_MOST_WORDS = 8
_SENTENCE = re.compile(r"\b(?:at|er|blev|skal|har|kan|om også)\b")
_FORMER = ("tidligere", "seneste", "forrige")


@lru_cache(maxsize=4096)
def noun_kind(text: str) -> SectionKind | None:
    """The kind of section that the head noun of `text` names: "Centrets økonomiske bemærkninger".

    The noun is the last word before a preposition, alone, inflected or in a compound ("Anlægsbevilling");
    where it says nothing, the words before it do ("Økonomiske konsekvenser").
    """
    name = text.casefold()
    if name.count(" ") >= _MOST_WORDS or _SENTENCE.search(name):
        return None
    tail = _TAIL.search(name)
    words = _WORDS.findall(name[: tail.start()] if tail else name)
    if not words:
        return None
    kinds = [kind for word in reversed(words) if (kind := _kind_of_word(word))]
    kind = next((kind for kind in kinds if kind is not SectionKind.OTHER), kinds[0] if kinds else None)
    if kind is SectionKind.DECISION and words[0] in _FORMER:
        return SectionKind.PRIOR_DECISION
    return kind


@lru_cache(maxsize=8192)
def _kind_of_word(word: str) -> SectionKind | None:
    for ending in _ENDINGS:
        if not word.endswith(ending):
            continue
        stem = word[: len(word) - len(ending)]
        for begin in range(max(0, len(stem) - 3)):
            kind = _KIND_OF_NOUN.get(stem[begin:])
            if kind:
                return kind
    return None


def decided_by(text: str) -> DecisionHeading | None:
    """The parts of a heading that names the meeting of the decision below, by body or day."""
    decided = decision_heading(text)
    return decided if decided and (decided.body or decided.date) else None


def is_own(decided: DecisionHeading, own: Own) -> bool:
    """Return True if a decision's heading names this meeting: its committee, and its day."""
    if decided.body and own.committee:
        bodies = (own.committee, *own.joint)
        if not any(same_committee(decided.body, body) for body in bodies):
            return False
    return decided.date is None or own.date is None or decided.date == own.date
