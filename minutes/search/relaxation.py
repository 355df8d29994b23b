"""Relax a query that few items match: drop the words that say least, the most frequent first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import NamedTuple

from minutes.search.compound_parts import split_in_two
from minutes.search.dictionary import is_listed
from minutes.search.filters import SearchFilters
from minutes.search.matching import Matcher, Matches
from minutes.search.parsed_query import And, Node, Or, ParsedQuery, QueryTerm, conjunction
from minutes.search.query_terms import any_of, word_term
from minutes.search.searcher import Searcher
from minutes.search.spelling import count_matches
from minutes.search.synonyms import Expansion, expand, has_synonyms

# Words of which some may be dropped.
_MAX_RELAXED_WORDS = 5
# Letters of both words of a compound that the word list has.
_MIN_LISTED_PART = 6
# Of two words, the frequent one suffices too.
_PAIR = 2
# Items are counted no further to choose one of the queries.
_MAX_COUNTED_MATCHES = 200
# How much a part of a compound counts, compared with a word.
_PART_SHARE = 0.5
# Where the planner estimates more items, they are not counted.
_MAX_COUNTED_ITEMS = 2_000


class _Word(NamedTuple):
    node: Node
    items: int


class RelaxedSearcher(Searcher):
    """Finds items with some of the words of a query, by how many they have and how rare these are.

    `narrower` is the query of few matches, all of which are ranked; `expansions` are the words that are
    searched with synonyms.
    """

    def __init__(
        self,
        query: ParsedQuery,
        narrower: ParsedQuery | None,
        filters: SearchFilters,
        expansions: Sequence[Expansion],
        *,
        grouped: bool,
    ) -> None:
        super().__init__(query, filters, grouped=grouped)
        self.expansions = expansions
        self._narrower = narrower

    def _other_candidates(self) -> Matches:
        titles = super()._other_candidates()
        if not self._narrower:
            return titles
        query = self._matcher.filtered(self._narrower.match)
        narrower = self._matcher.by_date(query, self._matcher.estimate(query), self._max_candidates)
        return titles._replace(items=[*narrower.items, *titles.items], cases=narrower.cases | titles.cases)


@dataclass(frozen=True)
class Relaxation:
    """Queries from all the words of a query to any of them, each of which matches what those before it do.

    `counts` are their numbers of items, up to `_MAX_COUNTED_MATCHES`. The first `narrow` of them match at
    least the rarest word.
    """

    queries: Sequence[ParsedQuery]
    counts: Sequence[int]
    narrow: int
    filters: SearchFilters
    expansions: Sequence[Expansion]
    grouped: bool

    def narrow_searcher(self, enough: int) -> RelaxedSearcher:
        """Return a searcher of `enough` items with the rarest words, or of those that there are."""
        return self._searcher(self._first_with(enough, 0, self.narrow))

    def wide_searcher(self, enough: int, more_than: int) -> RelaxedSearcher | None:
        """Return a searcher of `enough` items with any of the words; None if there are no `more_than`."""
        at = self._first_with(enough, 0, len(self.queries))
        return self._searcher(at) if self.counts[at] > more_than else None

    def _first_with(self, enough: int, start: int, stop: int) -> int:
        return next((at for at in range(start, stop) if self.counts[at] >= enough), stop - 1)

    def _searcher(self, at: int) -> RelaxedSearcher:
        narrower = self.queries[at - 1] if at else None
        searcher = RelaxedSearcher(
            self.queries[at], narrower, self.filters, self.expansions, grouped=self.grouped
        )
        if self.counts[at] < _MAX_COUNTED_MATCHES:
            searcher.estimate = self.counts[at]
        return searcher


def relax(
    query: ParsedQuery, filters: SearchFilters, *, synonyms: bool, grouped: bool, parts: bool
) -> Relaxation | None:
    """Return the query without its most frequent word, then without the next one too, down to any of them.

    If `parts`, items with a part of a compound match at last. Words that no item has are dropped at once; of
    a compound, both of its words are searched instead. What is not a word (a field, a phrase, what is
    excluded) stays. None if there is no word to drop. Four queries at most.
    """
    relaxed = query if parts else _with_parts(query, synonyms=synonyms)
    expanded = expand(relaxed, anywhere=True) if synonyms else None
    pieces = _pieces(expanded.widened if expanded else relaxed, _parts(query) if parts else [])
    is_changed = expanded or pieces.parts or relaxed is not query
    if not pieces.words or (len(pieces.words) == 1 and not is_changed):
        return None
    words, wholes, part_words = _known_words(*pieces[:3])
    if not words:
        return None
    alternatives = list(_alternatives(pieces.fixed, words, wholes, part_words))
    # What is fixed narrows every word, as filters do.
    single_words = [] if pieces.fixed else [*words, *part_words]
    counts, items = _counts(alternatives, single_words, filters)
    # Before the table is analysed, PostgreSQL does not know how many items there are.
    items = max(items, *(word.items for word in words))
    weights = (
        *_weights((*words, *wholes), items),
        *((part, weight * _PART_SHARE) for part, weight in _weights(part_words, items)),
    )
    return Relaxation(
        [ParsedQuery(query.text, Or(some), query.notes, weights) for some in alternatives],
        counts,
        len(words) + (len(words) == _PAIR),
        filters,
        expanded.expansions if expanded else (),
        grouped,
    )


class _Pieces(NamedTuple):
    """The words of a query, synonyms of several of them, parts of compounds, and what must match anyway."""

    words: Sequence[Node]
    wholes: Sequence[Node]
    parts: Sequence[Node]
    fixed: Sequence[Node]


def _pieces(query: ParsedQuery, parts: Sequence[str]) -> _Pieces:
    operands = _operands(query.tree)
    words, wholes = _separated([operand for operand in operands if _is_word(operand)])
    fixed = [operand for operand in operands if not _is_word(operand)]
    return _Pieces(words[:_MAX_RELAXED_WORDS], wholes, [word_term(part) for part in parts], fixed)


def _weights(words: Sequence[_Word], items: int) -> list[tuple[ParsedQuery, float]]:
    """Return each word with its weight: the logarithm of how rare it is among `items`."""
    return [(ParsedQuery("", word.node), log(1 + items / word.items)) for word in words]


def _alternatives(
    fixed: Sequence[Node], rarest: Sequence[_Word], wholes: Sequence[_Word], parts: Sequence[_Word]
) -> Iterator[tuple[Node, ...]]:
    """Yield what may match, from all of the words to any word or part. Each one has those before it."""
    alternatives = tuple(And((*fixed, whole.node)) for whole in wholes)
    words = [word.node for word in rarest]
    chosen = [words[:count] for count in range(len(words), 0, -1)]
    for some in (*chosen, *([word] for word in words[1:]), *([part.node] for part in parts)):
        alternatives = (*alternatives, And((*fixed, *some)))
        yield alternatives


def _separated(nodes: Sequence[Node]) -> tuple[list[Node], list[Node]]:
    """Return the words one by one, and the synonyms of several words together."""
    words: list[Node] = []
    wholes: list[Node] = []
    for node in nodes:
        if isinstance(node, Or) and isinstance(node.operands[0], And):
            words += node.operands[0].operands
            wholes += node.operands[1:]
        else:
            words.append(node)
    return words, wholes


def _counts(
    alternatives: Sequence[tuple[Node, ...]], single_words: Sequence[_Word], filters: SearchFilters
) -> tuple[list[int], int]:
    """Return how many items match each, up to `_MAX_COUNTED_MATCHES`, and how many items there are.

    One query. The last alternatives each add one of `single_words`. From the first frequent one on,
    PostgreSQL need not count, unless filters leave few of its items.
    """
    is_filtered = filters != SearchFilters()
    several = len(alternatives) - len(single_words)
    few = next(
        (at for at, word in enumerate(single_words) if word.items > _MAX_COUNTED_ITEMS and not is_filtered),
        len(single_words),
    )
    queries = [ParsedQuery("", Or(some)).match for some in alternatives[: several + few]]
    counts, items = Matcher(filters, 1).count(queries, _MAX_COUNTED_MATCHES)
    return counts + [_MAX_COUNTED_MATCHES] * (len(single_words) - few), items


def _known_words(*lists: Sequence[Node]) -> list[list[_Word]]:
    """Return the words of each list that items have, the rarest first. Two queries.

    The number of items with a frequent word is estimated.
    """
    nodes = [_or_joined(node) for some in lists for node in some]
    queries = [ParsedQuery("", node).match for node in nodes]
    estimates = dict(zip(queries, Matcher(SearchFilters(), 1).estimates(queries), strict=True))
    rare = [query for query, estimate in estimates.items() if estimate <= _MAX_COUNTED_ITEMS]
    items = estimates | dict(zip(rare, count_matches(rare, _MAX_COUNTED_ITEMS), strict=True))
    known = iter(_Word(node, items[query]) for node, query in zip(nodes, queries, strict=True))
    words = [[next(known) for _node in some] for some in lists]
    return [sorted((word for word in some if word.items), key=lambda word: word.items) for some in words]


def _or_joined(node: Node) -> Node:
    """Return the term of a word that also matches this word and the one before it written as one."""
    if isinstance(node, QueryTerm) and node.joined:
        return replace(node, match=any_of([node.match, *node.joined]))
    return node


def _parts(query: ParsedQuery) -> list[str]:
    """Return both words of each compound among the words, as other words may share one of them."""
    pairs = [pairs[0] for word in query.words[:_MAX_RELAXED_WORDS] if (pairs := split_in_two(word))]
    return [part for pair in pairs for part in pair if part not in query.words]


def _is_word(node: Node) -> bool:
    if isinstance(node, Or):
        return all(isinstance(operand, And | QueryTerm) for operand in node.operands)
    return isinstance(node, QueryTerm) and bool(node.word and node.rank)


def _may_split(word: str, pair: tuple[str, str]) -> bool:
    """Return whether both words of a compound tell what it is about: not "kort" and "lægning"."""
    return not is_listed(word) or min(map(len, pair)) >= _MIN_LISTED_PART


def _operands(tree: Node | None) -> Sequence[Node]:
    return tree.operands if isinstance(tree, And) else [tree] if tree else []


def _with_parts(query: ParsedQuery, *, synonyms: bool) -> ParsedQuery:
    """Return the query with both words of each compound that neither items nor synonyms have.

    One query at most.
    """
    operands = _operands(query.tree)
    terms = [operand for operand in operands if isinstance(operand, QueryTerm) and operand.word]
    pairs: dict[str, tuple[str, str]] = {}
    for term in terms:
        pair = next((pair for pair in split_in_two(term.word) if _may_split(term.word, pair)), None)
        if pair and not (synonyms and has_synonyms(term.word)):
            pairs[term.word] = pair
    counts = count_matches([word_term(word).match for word in pairs], 1)
    parts = {
        word: And(tuple(map(word_term, pair)))
        for (word, pair), count in zip(pairs.items(), counts, strict=True)
        if not count
    }
    if not parts:
        return query
    nodes: list[Node] = [
        parts.get(operand.word, operand) if isinstance(operand, QueryTerm) else operand
        for operand in operands
    ]
    return ParsedQuery(query.text, conjunction(nodes), query.notes)
