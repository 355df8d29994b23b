"""The words that minutes use, read from `words.toml`, and regular expressions of them."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from minutes.vocabulary import Outcome, SectionKind

Phrases = tuple[str, ...]
# What a label of the header is for.
_Use = Literal[
    "when",
    "where",
    "when_and_where",
    "present",
    "absent",
    "committee",
    "contents",
    "substitutes",
    "guests",
    "remarks",
    "other",
]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file, which documents each of its keys."""


class _Decisions(_Table, frozen=True):
    nouns: Phrases
    other_nouns: Phrases
    matters: Phrases
    agreed: Phrases
    verbs: Phrases
    openings: Phrases
    body_nouns: Phrases
    body_verbs: Phrases
    sent_on: Phrases
    reported: Phrases
    own_bodies: Phrases
    other_bodies: Phrases
    events: Phrases
    nothing: Phrases


class _Motions(_Table, frozen=True):
    opinions: Phrases
    beside: Phrases
    put: Phrases
    matter: Phrases


class _Votes(_Table, frozen=True):
    verbs: Phrases
    units: Phrases
    before_voters: Phrases
    abstaining: Phrases
    label_for: Phrases
    label_against: Phrases
    label_abstained: Phrases
    group_in_favour: Phrases
    group_against: Phrases
    group_abstaining: Phrases


class _Grammar(_Table, frozen=True, kw_only=True):
    can: Phrases
    be: Phrases
    all: Phrases
    except_: Phrases = msgspec.field(name="except")
    rest: Phrases
    nobody: Phrases
    only: Phrases
    majority: Phrases
    minority: Phrases
    body: Phrases
    group: Phrases
    passive: Phrases
    made_of: Phrases
    of: Phrases
    in_all: Phrases
    clause: Phrases
    reason: Phrases
    who: Phrases
    filler: Phrases
    suppose: Phrases
    elsewhere: Phrases
    acts: Phrases
    motion: Phrases
    elected: Phrases


class _Statements(_Table, frozen=True):
    verbs: Phrases


class _People(_Table, frozen=True):
    parties: Phrases
    party_endings: Phrases
    party_openings: Phrases
    name_abbreviations: Phrases
    name_particles: Phrases
    no_party: Phrases
    titles: Phrases
    no_name: Phrases
    no_surname: Phrases
    behind_names: Phrases
    abbreviations: Phrases
    absence_reasons: Phrases
    officials: Phrases
    first_names: Phrases


class _Header(_Table, frozen=True):
    title_words: Phrases
    meeting_words: Phrases
    want_colon: Phrases
    label_fillers: Phrases
    labels: dict[_Use, Phrases]


class _Places(_Table, frozen=True):
    nouns: Phrases
    streets: Phrases
    behind: Phrases
    no_places: Phrases
    verbs: Phrases


class _Pages(_Table, frozen=True):
    groups: Phrases
    navigation: Phrases
    title_columns: Phrases
    messages: Phrases
    behind_decisions: Phrases
    signing_roles: Phrases
    group_headings: Phrases
    standing_items: Phrases
    text_openings: Phrases
    reports: Phrases
    title_openings: Phrases
    title_joins: Phrases
    name_joins: Phrases
    column_heads: Phrases
    ambiguous_headings: Phrases
    flat_labels: Phrases
    furniture: Phrases
    web_furniture: Phrases
    links: Phrases
    compounds: Phrases
    link_verbs: Phrases
    link_objects: Phrases


class _Minutes(_Table, frozen=True):
    words: Phrases


class _Words(_Table, frozen=True):
    headings: dict[SectionKind, Phrases]
    weak_headings: dict[SectionKind, Phrases]
    heading_nouns: dict[SectionKind, Phrases]
    outcomes: dict[Outcome, Phrases]
    resolved: dict[Outcome, Phrases]
    decisions: _Decisions
    motions: _Motions
    votes: _Votes
    grammar: _Grammar
    statements: _Statements
    people: _People
    header: _Header
    places: _Places
    pages: _Pages
    minutes: _Minutes


WORDS = msgspec.toml.decode(Path(__file__).with_suffix(".toml").read_bytes(), type=_Words)


def pattern(*tables: Iterable[str]) -> str:
    """A regular expression for the phrases of `tables`: whole words, the longest first, any white space."""
    phrases = sorted(
        {phrase for table in tables for phrase in table}, key=lambda phrase: (-len(phrase), phrase)
    )
    return rf"(?<![\wæøå])(?:{'|'.join(map(_expression, phrases))})"


def _expression(phrase: str) -> str:
    words = re.escape(phrase.rstrip("*")).replace(r"\ ", r"\s+")
    return rf"{words}[\w-]*" if phrase.endswith("*") else rf"{words}(?![\wæøå])"
