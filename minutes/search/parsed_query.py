"""A query as a tree, and what PostgreSQL is asked of it: tsqueries to match by, to rank by, and of titles."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from minutes.search import fields


@dataclass(frozen=True)
class HighlightTerm:
    """What a snippet marks: words indexed under one of `forms`, or written with the beginning `prefix`."""

    forms: frozenset[str] = frozenset()
    prefix: str = ""


@dataclass(frozen=True)
class QueryTerm:
    """A word, phrase, number, date or field: its tsquery, and those for title and rank; empty where none."""

    match: str
    title: str = ""
    rank: tuple[str, ...] = ()
    terms: tuple[HighlightTerm, ...] = ()
    word: str = ""  # as typed, when it is one plain word
    joined: tuple[str, ...] = ()  # for rank, as one word with those before it
    of_people: bool = False


@dataclass(frozen=True)
class Not:
    of: "Node"


@dataclass(frozen=True)
class And:
    of: tuple["Node", ...]


@dataclass(frozen=True)
class Or:
    of: tuple["Node", ...]


Node = QueryTerm | Not | And | Or


@dataclass
class ParsedQuery:
    """A query as understood: `tree` is None when there is nothing in it to search by."""

    text: str
    tree: Node | None
    notes: list[str] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """The plain words that are asked for, as typed, in small letters."""
        return list(dict.fromkeys(leaf.word for leaf in _leaves(self.tree) if leaf.word))

    @property
    def terms(self) -> list[HighlightTerm]:
        return list(dict.fromkeys(term for leaf in _leaves(self.tree) for term in leaf.terms))

    @property
    def of_people(self) -> bool:
        """Whether it asks for somebody's votes or words."""
        return any(leaf.of_people for leaf in _leaves(self.tree))

    @property
    def match(self) -> str:
        """The tsquery of the items that match; empty when there is none."""
        return _query(self.tree, lambda leaf: leaf.match) if self.tree else ""

    @property
    def title(self) -> str:
        """The tsquery of matches that have in their title what was asked; empty when no title could."""
        if self.tree is None or not any(leaf.title for leaf in _leaves(self.tree)):
            return ""
        return _query(self.tree, lambda leaf: leaf.title or leaf.match)

    @property
    def rank(self) -> str:
        """Any of the words, for ranking; empty when there are none."""
        return " | ".join(self._ranked)

    @property
    def score(self) -> str:
        """Any of the words, wherever they stand, for the closer ranking; empty when there are none."""
        words = self._ranked
        inside = [f"'{prefix}{form[1:]}" for form in words for prefix in (fields.TITLE, fields.DECISION)]
        return " | ".join([*words, *inside])

    @property
    def _ranked(self) -> list[str]:
        leaves = list(_leaves(self.tree))
        return list(dict.fromkeys(form for leaf in leaves for form in (*leaf.rank, *leaf.joined)))

    @property
    def near(self) -> str:
        """All of the words, for nearness; empty unless there are several."""
        leaves = list(dict.fromkeys(leaf for leaf in _leaves(self.tree) if leaf.rank))
        if len(leaves) < 2:
            return ""
        return " & ".join(f"({' | '.join(leaf.rank)})" for leaf in leaves)

    @property
    def in_order(self) -> str:
        """The plain words one after another, or two of them as one; empty unless there are several."""
        leaves = list(dict.fromkeys(leaf for leaf in _leaves(self.tree) if leaf.word and leaf.rank))
        if len(leaves) < 2 or len(leaves) > 6:
            return ""
        in_order = " <-> ".join(f"({' | '.join(leaf.rank)})" for leaf in leaves)
        return " | ".join([f"({in_order})", *(form for leaf in leaves for form in leaf.joined)])

    @property
    def named(self) -> list[QueryTerm]:
        """The leaves of the plain words that must all stand, in their order."""
        if isinstance(self.tree, QueryTerm):
            return [self.tree] if self.tree.word else []
        if isinstance(self.tree, And):
            return [each for each in self.tree.of if isinstance(each, QueryTerm) and each.word]
        return []

    def widened(self, others: Mapping[str, str]) -> "ParsedQuery":
        """The same, where each plain word of `others` (as typed) may also be what they say, a tsquery."""

        def wider(node: Node) -> Node:
            if isinstance(node, QueryTerm) and node.word in others:
                return replace(node, match=f"({node.match} | {others[node.word]})")
            return node

        if isinstance(self.tree, And):
            return ParsedQuery(self.text, And(tuple(map(wider, self.tree.of))), self.notes)
        return self


def _leaves(node: Node | None) -> Iterable[QueryTerm]:
    """The leaves that are asked for, those behind a minus left out."""
    if isinstance(node, QueryTerm):
        yield node
    elif isinstance(node, And | Or):
        for each in node.of:
            yield from _leaves(each)


def _query(node: Node, of_leaf: Callable[[QueryTerm], str]) -> str:
    if isinstance(node, QueryTerm):
        return of_leaf(node)
    if isinstance(node, Not):
        return f"!({_query(node.of, lambda leaf: leaf.match)})"
    sign = " & " if isinstance(node, And) else " | "
    return f"({sign.join(_query(each, of_leaf) for each in node.of)})"
