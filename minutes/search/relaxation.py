"""Relax a query without matches: drop the words that say least, the most frequent first."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from minutes.search.compound_parts import split_in_two
from minutes.search.dictionary import is_listed
from minutes.search.parsed_query import And, Node, Or, ParsedQuery, QueryTerm, conjunction
from minutes.search.query_terms import word_term
from minutes.search.spelling import count_matches
from minutes.search.synonyms import Expansion, expand

# Words of which some may be dropped when no item has them all.
_MAX_RELAXED_WORDS = 5
# Letters of both words of a compound that the word list has.
_MIN_LISTED_PART = 6
_PAIR = 2
# Items are counted no further to compare how frequent words are.
_MAX_COUNTED_ITEMS = 2_000


class RelaxedQuery(NamedTuple):
    """A query without some of its words, and those of its words that are searched with synonyms."""

    query: ParsedQuery
    expansions: Sequence[Expansion]


def relaxed_queries(query: ParsedQuery, *, synonyms: bool) -> Iterator[RelaxedQuery]:
    """Yield the query without its most frequent word, then without the next one too, down to one word.

    Of two words, the frequent one suffices at last. Each query also matches what those before it do, and
    items with more of the words rank higher. Words that no item has are dropped at once; of a compound, both
    of its words are searched instead. What is not a word (a field, a phrase, what is excluded) stays. Two
    queries.
    """
    relaxed = _with_parts(query)
    is_changed = relaxed is not query
    expansions: Sequence[Expansion] = ()
    if synonyms and (expanded := expand(relaxed, anywhere=True)):
        relaxed, expansions = expanded.widened, expanded.expansions
    operands = relaxed.tree.operands if isinstance(relaxed.tree, And) else (relaxed.tree,)
    fixed = [operand for operand in operands if operand and not _is_word(operand)]
    words = [operand for operand in operands if operand and _is_word(operand)][:_MAX_RELAXED_WORDS]
    counts = count_matches([ParsedQuery("", word).match for word in words], _MAX_COUNTED_ITEMS)
    rarest = [words[at] for count, at in sorted((count, at) for at, count in enumerate(counts)) if count]
    is_changed = is_changed or len(rarest) < len(words)
    choices = [rarest[:count] for count in range(len(rarest), 0, -1)]
    if len(rarest) == _PAIR:
        choices.append(rarest[1:])
    alternatives: list[Node] = []
    for chosen in choices:
        alternatives.append(And((*fixed, *chosen)))
        if len(alternatives) > 1 or is_changed:
            yield RelaxedQuery(ParsedQuery(query.text, Or(tuple(alternatives)), query.notes), expansions)


def _is_word(node: Node) -> bool:
    if isinstance(node, Or):
        return all(isinstance(operand, And | QueryTerm) for operand in node.operands)
    return isinstance(node, QueryTerm) and bool(node.word and node.rank)


def _may_split(word: str, pair: tuple[str, str]) -> bool:
    """Return whether both words of a compound tell what it is about: not "kort" and "lægning"."""
    return not is_listed(word) or min(map(len, pair)) >= _MIN_LISTED_PART


def _with_parts(query: ParsedQuery) -> ParsedQuery:
    """Return the query with both words of each compound that no item has. One query."""
    operands = query.tree.operands if isinstance(query.tree, And) else (query.tree,)
    terms = [operand for operand in operands if isinstance(operand, QueryTerm) and operand.word]
    counts = count_matches([term.match for term in terms], 1)
    parts: dict[str, Node] = {}
    for term, count in zip(terms, counts, strict=True):
        pair = next(
            (pair for pair in split_in_two(term.word) if not count and _may_split(term.word, pair)), ()
        )
        if pair:
            parts[term.word] = And(tuple(map(word_term, pair)))
    if not parts:
        return query
    nodes = [
        parts.get(operand.word, operand) if isinstance(operand, QueryTerm) else operand
        for operand in operands
        if operand
    ]
    return ParsedQuery(query.text, conjunction(nodes), query.notes)
