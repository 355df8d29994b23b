"""Add what minutes call a thing to a query that uses an everyday word for it.

The words are in `synonyms.toml`, which explains its format. Only plain words are expanded: not phrases,
prefixes, fields, numbers, nor what a query excludes.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import combinations, product
from pathlib import Path
from typing import Any, NamedTuple

from minutes.search import fields
from minutes.search.derivations import derivations
from minutes.search.fields import lexeme
from minutes.search.inflections import lemmas
from minutes.search.parsed_query import (
    And,
    HighlightTerm,
    Node,
    Not,
    Or,
    ParsedQuery,
    QueryTerm,
    conjunction,
    terms_of,
)
from minutes.search.query_parser import parse_query
from minutes.search.query_terms import any_of, lemma_alternatives, phrase_term

# Words of a query that are compared with entries of several words.
_MAX_COMPARED_WORDS = 8
# Words in an entry.
MAX_ENTRY_WORDS = 4
# Synonyms that are added to a query, which bounds how much it can cost.
_MAX_ADDED = 12

# The lemmas of an entry's words, sorted.
_Key = tuple[str, ...]
# The places of an entry's words among the operands of a query.
_Places = tuple[int, ...]


class SynonymGroup(NamedTuple):
    """A query with one of `words` also searches `synonyms`; each may be a few words."""

    subject: str
    words: tuple[str, ...]
    synonyms: tuple[str, ...]
    equal: bool  # in meaning


class Expansion(NamedTuple):
    """Words of a query, as typed in lower case, and what is searched besides."""

    words: str
    synonyms: tuple[str, ...]


@dataclass(frozen=True)
class ExpandedQuery:
    """A query as typed, the same with synonyms, and what only synonyms match."""

    typed: ParsedQuery
    widened: ParsedQuery
    others: ParsedQuery
    expansions: Sequence[Expansion]


def read_groups() -> Iterator[SynonymGroup]:
    """Yield the groups of the file. Words of equal meaning give a group for each of them."""
    content: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    for subject, lines in content.items():
        for line in lines.get("equal", []):
            words = _listed(line)
            for word in words:
                yield SynonymGroup(subject, (word,), tuple(other for other in words if other != word), True)
        for line, synonyms in lines.get("also", {}).items():
            yield SynonymGroup(subject, _listed(line), _listed(synonyms), False)


def _listed(line: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in line.split(","))


def has_synonyms(word: str) -> bool:
    """Return whether a word by itself is an entry."""
    return _group([word]) is not None


def expand(query: ParsedQuery, *, anywhere: bool = False) -> ExpandedQuery | None:
    """Return the query with synonyms; None if it has no words that have some.

    A synonym that is not of equal meaning is searched in titles and decisions only, unless `anywhere`.
    """
    expander = _Expander(anywhere)
    tree = expander.expanded(query.tree) if query.tree else None
    if query.tree is None or tree is None or not expander.expansions:
        return None
    return ExpandedQuery(
        query,
        ParsedQuery(query.text, tree, query.notes),
        ParsedQuery(query.text, And((tree, Not(query.tree))), query.notes),
        expander.expansions,
    )


class _Expander:
    """Adds synonyms to the tree of a query and notes them."""

    def __init__(self, anywhere: bool) -> None:
        self.expansions: list[Expansion] = []
        self._anywhere = anywhere

    def expanded(self, node: Node) -> Node:
        if isinstance(node, Not):
            return node
        if isinstance(node, Or):
            return Or(tuple(map(self.expanded, node.operands)))
        operands: dict[int, Node] = dict(enumerate(node.operands if isinstance(node, And) else [node]))
        words = {at: term for at, term in operands.items() if isinstance(term, QueryTerm) and term.word}
        of_several: list[tuple[_Places, QueryTerm]] = []
        for places, group in _matching_entries(words):
            terms = self._synonym_terms([words[at].word for at in places], group)
            if terms and len(places) > 1:
                of_several.append((places, _any_term(terms)))
            elif terms:
                operands[places[0]] = _with_synonyms(words[places[0]], terms)
        for places, synonym in of_several:
            operands[places[0]] = Or((And(tuple(operands[at] for at in places)), synonym))
            for at in places[1:]:
                del operands[at]
        nested = [
            self.expanded(operand) if isinstance(operand, Or) and at not in words else operand
            for at, operand in operands.items()
        ]
        return conjunction(nested) or node

    def _synonym_terms(self, words: Sequence[str], group: SynonymGroup) -> list[QueryTerm]:
        """Return the terms of the synonyms that may still be added to the query."""
        added = sum(len(expansion.synonyms) for expansion in self.expansions)
        if synonyms := group.synonyms[: _MAX_ADDED - added]:
            self.expansions.append(Expansion(" ".join(words), synonyms))
        anywhere = self._anywhere or group.equal
        return [_synonym_term(synonym, anywhere=anywhere) for synonym in synonyms]


def _matching_entries(words: Mapping[int, QueryTerm]) -> Iterator[tuple[_Places, SynonymGroup]]:
    """Yield the places of the words of each entry in a query, and its group, the longest entries first.

    The words of an entry may be in any order, with others between them. No word is of two entries of several.
    """
    compared = [at for at, term in words.items() if _entry_variants(term.word)][:_MAX_COMPARED_WORDS]
    taken: set[int] = set()
    for count in range(min(len(compared), MAX_ENTRY_WORDS), 0, -1):
        for places in combinations(compared, count):
            is_free = count == 1 or taken.isdisjoint(places)
            if is_free and (group := _group(words[at].word for at in places)):
                yield places, group
                taken.update(places)


def _group(words: Iterable[str]) -> SynonymGroup | None:
    """Return the group of the entry with these words, which may be inflected or derived."""
    keys = map(_key, product(*map(_entry_variants, words)))
    return next((entries()[key] for key in keys if key in entries()), None)


@lru_cache(maxsize=1_000)
def _entry_variants(word: str) -> tuple[str, ...]:
    """Return the lemmas of a typed word that entries have, then words derived from it."""
    variants = (*lemma_alternatives(word), *sorted(derivations(word)))
    return tuple(variant for variant in dict.fromkeys(variants) if variant in _entry_lemmas())


def _key(words: Iterable[str]) -> _Key:
    return tuple(sorted(words))


@cache
def entries() -> dict[_Key, SynonymGroup]:
    """Return the group of each entry by the lemmas of its words."""
    return {entry_key(entry): group for group in read_groups() for entry in group.words}


def entry_key(entry: str) -> _Key:
    """Return the lemmas of the words by which a query finds an entry, sorted."""
    tree = parse_query(entry).tree
    # A word with a hyphen is written as one, or else as two.
    terms = terms_of(tree.operands[0] if isinstance(tree, Or) else tree)
    return _key(lemmas(term.word)[0] for term in terms if term.word)


@cache
def _entry_lemmas() -> frozenset[str]:
    return frozenset(lemma for key in entries() for lemma in key)


def _with_synonyms(term: QueryTerm, synonyms: Sequence[QueryTerm]) -> QueryTerm:
    """Return the term of a word that matches its synonyms too."""
    return replace(_any_term([term, *synonyms]), word=term.word, joined=term.joined)


def _any_term(terms: Sequence[QueryTerm]) -> QueryTerm:
    """Return the term that matches where any of `terms` does, and is highlighted as one."""
    highlights = [highlight for term in terms for highlight in term.highlights]
    return QueryTerm(
        any_of([term.match for term in terms]),
        title=any_of([term.title for term in terms if term.title]),
        rank=tuple(dict.fromkeys(rank for term in terms for rank in term.rank)),
        highlights=(HighlightTerm(frozenset().union(*(highlight.lemmas for highlight in highlights))),),
    )


@cache
def _synonym_term(synonym: str, *, anywhere: bool) -> QueryTerm:
    """Return the term of a synonym in titles and decisions, or anywhere in an item.

    Several words are anywhere in a title or a decision, in order in other texts.
    """
    parsed = parse_query(synonym)
    term = parsed.tree if isinstance(parsed.tree, QueryTerm) else phrase_term(synonym)
    if not parsed.words:
        return term
    title, decision = (_all_words(prefix, parsed.words) for prefix in (fields.TITLE, fields.DECISION))
    matches = [term.match] if anywhere else []
    return replace(term, match=any_of([*matches, title, decision]), title=any_of([term.title, title]))


def _all_words(prefix: str, words: Sequence[str]) -> str:
    """Return the tsquery of items that have all the words in a field."""
    return f"({' & '.join(any_of([lexeme(prefix + lemma) for lemma in lemmas(word)]) for word in words)})"
