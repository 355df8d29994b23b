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
# Items are counted no further to compare how frequent words are.
_MAX_COUNTED_ITEMS = 2_000


class RelaxedQuery(NamedTuple):
    """A query without some of its words, and those of its words that are searched with synonyms."""

    query: ParsedQuery
    expansions: Sequence[Expansion]


def relaxed_queries(query: ParsedQuery, *, synonyms: bool) -> Iterator[RelaxedQuery]:
    """Yield the query with its most frequent word dropped, then also with the next one dropped, and so on.

    Words that no item has are dropped at once; of a compound, both of its words are searched instead. What is
    not a word (a field, a phrase, what is excluded) stays. Items that have more of the words rank higher. One
    query.
    """
    relaxed = _with_parts(query)
    was_split = relaxed is not query
    expansions: Sequence[Expansion] = ()
    if synonyms and (expanded := expand(relaxed, anywhere=True)):
        relaxed, expansions = expanded.widened, expanded.expansions
    operands = relaxed.tree.operands if isinstance(relaxed.tree, And) else (relaxed.tree,)
    fixed = [operand for operand in operands if operand and not _is_word(operand)]
    words = [operand for operand in operands if operand and _is_word(operand)][:_MAX_RELAXED_WORDS]
    counts = count_matches([ParsedQuery("", word).match for word in words], _MAX_COUNTED_ITEMS)
    known = sorted((count, at) for at, count in enumerate(counts) if count)
    if not known:
        return
    rarest = [words[at] for _count, at in known]
    # All words together match nothing, unless one of them was dropped or split.
    first = len(rarest) - (not was_split and len(rarest) == len(words))
    alternatives: list[Node] = []
    for count in range(first, 0, -1):
        alternatives.append(And((*fixed, *rarest[:count])))
        yield RelaxedQuery(ParsedQuery(query.text, Or(tuple(alternatives)), query.notes), expansions)


def _is_word(node: Node) -> bool:
    if isinstance(node, Or):
        return all(isinstance(operand, And | QueryTerm) for operand in node.operands)
    return isinstance(node, QueryTerm) and bool(node.word and node.rank)


def _with_parts(query: ParsedQuery) -> ParsedQuery:
    """Return the query with both words of each compound that is in no item and in no list. One query."""
    operands = query.tree.operands if isinstance(query.tree, And) else (query.tree,)
    terms = [operand for operand in operands if isinstance(operand, QueryTerm) and operand.word]
    counts = count_matches([term.match for term in terms], 1)
    parts: dict[str, Node] = {}
    for term, count in zip(terms, counts, strict=True):
        if not count and not is_listed(term.word) and (pairs := split_in_two(term.word)):
            parts[term.word] = And(tuple(map(word_term, pairs[0])))
    if not parts:
        return query
    nodes = [
        parts.get(operand.word, operand) if isinstance(operand, QueryTerm) else operand
        for operand in operands
        if operand
    ]
    return ParsedQuery(query.text, conjunction(nodes), query.notes)
