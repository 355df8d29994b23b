"""A parsed query: a tree of terms, and the tsqueries to match, rank and highlight with."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from minutes.search import fields

# In-order bonus is given to queries of at most so many words.
_MAX_WORDS_IN_ORDER = 6


@dataclass(frozen=True)
class HighlightTerm:
    """Words to highlight in snippets: those with one of `lemmas`, or that begin with `prefix`."""

    lemmas: frozenset[str] = frozenset()
    prefix: str = ""


@dataclass(frozen=True)
class QueryTerm:
    """A word, phrase, number, date or field of a query.

    `match` is its tsquery, `title` the tsquery for titles (empty if no title can match), `rank` the lexemes
    to rank by.
    """

    match: str
    title: str = ""
    rank: tuple[str, ...] = ()
    highlights: tuple[HighlightTerm, ...] = ()
    word: str = ""  # as typed in lower case, if the term is a single plain word
    joined: tuple[str, ...] = ()  # lexemes to rank by: this word and those before it, written as one
    of_people: bool = False
    prefix: str = ""  # of words, if the term is one


@dataclass(frozen=True)
class Not:
    operand: "Node"


@dataclass(frozen=True)
class And:
    operands: tuple["Node", ...]


@dataclass(frozen=True)
class Or:
    operands: tuple["Node", ...]


Node = QueryTerm | Not | And | Or


def conjunction(nodes: Sequence[Node]) -> Node | None:
    """Return the nodes joined by And, with nested ones flattened; a single node as it is; None for none."""
    operands: list[Node] = []
    for node in nodes:
        operands += node.operands if isinstance(node, And) else [node]
    return And(tuple(operands)) if len(operands) > 1 else operands[0] if operands else None


def disjunction(nodes: Sequence[Node]) -> Node | None:
    """Return the nodes joined by Or; a single node as it is; None for none."""
    return Or(tuple(nodes)) if len(nodes) > 1 else nodes[0] if nodes else None


@dataclass
class ParsedQuery:
    """A query with its notes to the user; `tree` is None when it has nothing to search by.

    `weights` are its words with how much each counts, if matches may lack some of them.
    """

    text: str
    tree: Node | None
    notes: list[str] = field(default_factory=list)
    weights: Sequence[tuple["ParsedQuery", float]] = ()

    @property
    def words(self) -> list[str]:
        """The plain words outside negations, as typed in lower case."""
        return list(dict.fromkeys(term.word for term in terms_of(self.tree) if term.word))

    @property
    def highlights(self) -> list[HighlightTerm]:
        return list(dict.fromkeys(highlight for term in terms_of(self.tree) for highlight in term.highlights))

    @property
    def of_people(self) -> bool:
        """True if the query asks for a person's votes or statements."""
        return any(term.of_people for term in terms_of(self.tree))

    @property
    def match(self) -> str:
        """The tsquery that items match; empty without a tree."""
        return _tsquery(self.tree, lambda term: term.match) if self.tree else ""

    @property
    def title(self) -> str:
        """The tsquery of matches with the query in their title; empty if no title can have it."""
        if self.tree is None or not any(term.title for term in terms_of(self.tree)):
            return ""
        return _tsquery(self.tree, lambda term: term.title or term.match)

    @property
    def rank(self) -> str:
        """A tsquery of any of the words, to rank by the small vector; empty if there are none."""
        return " | ".join(self._rank_lexemes)

    @property
    def full_rank(self) -> str:
        """A tsquery of any of the words, in any part of the item, to rank by the full vector."""
        lexemes = self._rank_lexemes
        prefixes = (fields.TITLE, fields.DECISION)
        in_fields = [f"'{prefix}{lexeme[1:]}" for lexeme in lexemes for prefix in prefixes]
        return " | ".join([*lexemes, *in_fields])

    @property
    def _rank_lexemes(self) -> list[str]:
        return list(
            dict.fromkeys(lexeme for term in terms_of(self.tree) for lexeme in (*term.rank, *term.joined))
        )

    @property
    def near(self) -> str:
        """A tsquery of all the words, to rank by their proximity; empty unless there are several."""
        terms = list(dict.fromkeys(term for term in terms_of(self.tree) if term.rank))
        if len(terms) < 2:
            return ""
        return " & ".join(f"({' | '.join(term.rank)})" for term in terms)

    @property
    def in_order(self) -> str:
        """A tsquery of the plain words in order, or two of them as one; empty unless there are several."""
        terms = list(dict.fromkeys(term for term in terms_of(self.tree) if term.word and term.rank))
        if not 2 <= len(terms) <= _MAX_WORDS_IN_ORDER:
            return ""
        in_order = " <-> ".join(f"({' | '.join(term.rank)})" for term in terms)
        return " | ".join([f"({in_order})", *(lexeme for term in terms for lexeme in term.joined)])

    @property
    def required_words(self) -> list[QueryTerm]:
        """The terms of the plain words that every match has, in their order."""
        if isinstance(self.tree, QueryTerm):
            return [self.tree] if self.tree.word else []
        if isinstance(self.tree, And):
            return [node for node in self.tree.operands if isinstance(node, QueryTerm) and node.word]
        return []

    def with_alternatives(self, alternatives: Mapping[str, str]) -> "ParsedQuery":
        """Return the query where each required word of `alternatives` may be replaced by that tsquery."""

        def widened(node: Node) -> Node:
            if isinstance(node, QueryTerm) and node.word in alternatives:
                return replace(node, match=f"({node.match} | {alternatives[node.word]})")
            return node

        if isinstance(self.tree, And):
            return ParsedQuery(self.text, And(tuple(map(widened, self.tree.operands))), self.notes)
        return ParsedQuery(self.text, widened(self.tree) if self.tree else None, self.notes)

    def with_forms(self, forms: Mapping[str, Sequence[str]]) -> "ParsedQuery":
        """Return the query where each prefix matches the lemmas that `forms` has for it too."""

        def widened(node: Node) -> Node:
            if isinstance(node, Not):
                return Not(widened(node.operand))
            if isinstance(node, And | Or):
                return type(node)(tuple(map(widened, node.operands)))
            if not forms.get(node.prefix):
                return node
            lemmas = list(map(fields.lexeme, forms[node.prefix]))
            titles = [fields.lexeme(fields.TITLE + lemma) for lemma in forms[node.prefix]]
            return replace(
                node,
                match=" | ".join([node.match, *lemmas]).join("()"),
                title=" | ".join([node.title, *titles]).join("()") if node.title else "",
                rank=(*node.rank, *lemmas),
            )

        return ParsedQuery(self.text, widened(self.tree) if self.tree else None, self.notes)


def terms_of(node: Node | None) -> Iterable[QueryTerm]:
    """Yield the terms of a tree, except those behind a minus."""
    if isinstance(node, QueryTerm):
        yield node
    elif isinstance(node, And | Or):
        for operand in node.operands:
            yield from terms_of(operand)


def _tsquery(node: Node, of_term: Callable[[QueryTerm], str]) -> str:
    """Return the tsquery of a tree, built from that of each term; negated terms always give their `match`."""
    if isinstance(node, QueryTerm):
        return of_term(node)
    if isinstance(node, Not):
        return f"!({_tsquery(node.operand, lambda term: term.match)})"
    operator = " & " if isinstance(node, And) else " | "
    return f"({operator.join(_tsquery(operand, of_term) for operand in node.operands)})"
