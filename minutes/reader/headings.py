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
_LONGEST_HEADING = max(map(len, _KIND_OF)) + 2
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
    """The committee and day of the meeting; text under headings with them is this meeting's."""

    committee: str | None
    date: str | None


@lru_cache(maxsize=4096)
def heading_kind(text: str) -> SectionKind | None:
    """The kind of the heading `text`, if a table has it; an Å for an Ø is an error of scanning."""
    if len(text) > _LONGEST_HEADING:
        return None
    name = text.casefold().rstrip(" :.")
    kind = _KIND_OF.get(name) or (_KIND_OF.get("ø" + name[1:]) if name.startswith("å") else None)
    if kind is None and name.startswith("beslutning "):
        decided = decision_heading(text)
        kind = SectionKind.DECISION if decided and decided.item and not decided.date else None
    # A heading has a capital, and no full stop behind it.
    return kind if kind and text[0].isupper() and not text.endswith(".") else None


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
    if decided.body and own.committee and not same_committee(decided.body, own.committee):
        return False
    return decided.date is None or own.date is None or decided.date == own.date
