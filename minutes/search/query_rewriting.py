"""Rewrite the tree of a query while it is parsed: abbreviations, compounds, weak words and fields."""

from dataclasses import replace
from functools import cache

from minutes.search import fields
from minutes.search.compounds import can_be_compound
from minutes.search.fields import lexeme
from minutes.search.inflections import lemmas
from minutes.search.lexicon import ABBREVIATIONS, QUESTION_WORDS, WEAK_WORDS
from minutes.search.parsed_query import And, Node, Not, Or, QueryTerm, conjunction, disjunction
from minutes.search.query_terms import any_of, name_term, or_abbreviation
from minutes.search.tokenizer import tokenize

# Fields whose value is a person's name.
NAME_FIELDS = {*fields.PEOPLE, *fields.FACTS.values()}


def add_abbreviation(nodes: list[Node]) -> None:
    """Let an abbreviation match too if the last nodes are the words of its expansion."""
    for abbreviation, expansion in _expansions():
        last = [node for node in nodes[-len(expansion) :] if isinstance(node, QueryTerm) and node.word]
        if tuple(lemmas(term.word) for term in last) == expansion:
            nodes[-len(expansion) :] = or_abbreviation(last, abbreviation)
            return


@cache
def _expansions() -> list[tuple[str, tuple[tuple[str, ...], ...]]]:
    """Each abbreviation with the lemmas of each word that it stands for."""
    expansions = []
    for abbreviation, expansion in ABBREVIATIONS.items():
        # Reversed, so that the first token of a position counts: "børne", not the completed compound.
        by_position = {token.position: lemmas(token.text) for token in reversed(list(tokenize(expansion)))}
        words = (by_position[position] for position in sorted(by_position))
        expansions.append((abbreviation, tuple(filter(None, words))))
    return expansions


def rank_as_compound(nodes: list[Node]) -> None:
    """Rank items with the compound of the last two words higher, if they can form one: "job formidler"."""
    match nodes[-2:]:
        case [QueryTerm(word=head), QueryTerm(word=tail) as term] if can_be_compound(head, tail):
            nodes[-1] = replace(term, joined=(*term.joined, *map(lexeme, lemmas(head + tail))))


def without_weak_words(tree: Node | None) -> Node | None:
    """Drop words that say little about the subject, unless the query has no others."""
    if not isinstance(tree, And):
        return tree
    first = tree.operands[0]
    is_question = isinstance(first, QueryTerm) and first.word.startswith("hv")
    weak = WEAK_WORDS | QUESTION_WORDS if is_question else WEAK_WORDS
    strong = [node for node in tree.operands if not (isinstance(node, QueryTerm) and node.word in weak)]
    return conjunction(strong) or tree


def in_field(node: Node, prefix: str) -> Node | None:
    """Return the tree with each of its terms restricted to a field."""
    if isinstance(node, Not):
        operand = in_field(node.operand, prefix)
        return Not(operand) if operand else None
    if isinstance(node, And | Or):
        operands = [restricted for operand in node.operands if (restricted := in_field(operand, prefix))]
        return conjunction(operands) if isinstance(node, And) else disjunction(operands)
    return _term_in_field(node, prefix)


def _term_in_field(term: QueryTerm, prefix: str) -> QueryTerm:
    if prefix in NAME_FIELDS:
        return name_term(prefix, [term.word]) if term.word else term
    if prefix == fields.TITLE:
        return QueryTerm(term.title or term.match, term.title, term.rank, term.highlights)
    if not term.word:
        return term
    query = any_of([lexeme(prefix + lemma) for lemma in lemmas(term.word)])
    rank = term.rank if prefix == fields.DECISION else ()
    return QueryTerm(query, query, rank, term.highlights)
