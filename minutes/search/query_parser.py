"""Parse the query language into a tree.

    skole cykelsti          both words        "ny skole"         the words in this order
    skole -budget           without           skole eller hal    one of them          (a eller b) c
    psyk*                   words that begin with these letters
    titel:skole beslutning:udsat udvalg:teknik kommune:randers sag:15.20.00* år:2017..2019
    person:"Hanne Holm" for:Holm imod:Holm   14. januar 2020   15.20.00-Ø34-1-19

There are no syntax errors: what cannot be parsed is searched as words, and a note tells the user so.
"""

import re
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from minutes.search import fields
from minutes.search.fields import lexeme
from minutes.search.inflections import lemmas
from minutes.search.lexicon import ABBREVIATIONS, STOP_NOUNS
from minutes.search.normalization import fold
from minutes.search.parsed_query import (
    And,
    HighlightTerm,
    Node,
    Not,
    Or,
    ParsedQuery,
    QueryTerm,
    conjunction,
    disjunction,
)
from minutes.search.query_rewriting import (
    NAME_FIELDS,
    add_abbreviation,
    in_field,
    rank_as_compound,
    without_weak_words,
)
from minutes.search.query_scanner import Piece, PieceKind, scan
from minutes.search.query_terms import (
    abbreviation_term,
    any_of,
    case_number_term,
    lemma_alternatives,
    name_term,
    number_term,
    phrase_term,
    prefix_term,
    word_term,
)
from minutes.search.tokenizer import Token, find_dates, tokenize

# Characters; the rest of a longer query is ignored.
MAX_QUERY_LENGTH = 1000
_MIN_PREFIX_LENGTH = 2
_MAX_YEARS = 80
_MAX_NESTING = 20
# Tokens of two words joined by a hyphen: the two as one, and each.
_HYPHENATED_TOKENS = 3

_FIELDS = {
    "titel": fields.TITLE,
    "beslutning": fields.DECISION,
    "udvalg": fields.COMMITTEE,
    "kommune": fields.MUNICIPALITY,
    "person": fields.PERSON,
    "for": fields.FOR,
    "imod": fields.AGAINST,
    "mod": fields.AGAINST,
    "sag": fields.CASE,
    "år": fields.YEAR,
    "aar": fields.YEAR,
    **fields.FACTS,
}
# Fields that take no parenthesis.
_SINGLE_VALUE_FIELDS = {fields.YEAR, fields.CASE}
_OR = frozenset({"eller", "or", "|"})
_AND = frozenset({"og", "and", "&"})

# "2017", "2017..2019", "2017-2019", "2017..", "..2019"
_YEARS = re.compile(r"(?P<first>\d{4})?(?P<to>\.\.|[-–])?(?P<last>\d{4})?")

_END = Piece(PieceKind.END, "")


def parse_query(text: str) -> ParsedQuery:
    """Parse what a user typed. Never raises; text past MAX_QUERY_LENGTH characters is ignored."""
    return _Parser(scan(text[:MAX_QUERY_LENGTH])).parse(text)


class _Parser:
    """A recursive-descent parser over the pieces of one query."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._notes: list[str] = []
        self._stop_words: list[str] = []
        self._pieces = pieces
        self._index = 0
        self._nesting = 0

    def parse(self, text: str) -> ParsedQuery:
        tree = self._disjunction()
        while self._index < len(self._pieces):
            # A closing parenthesis without an opening one: skip it.
            self._index += 1
            rest = self._disjunction()
            tree = conjunction([node for node in (tree, rest) if node])
        tree = without_weak_words(tree)
        if tree is None:
            # "have" is a verb, but alone it is a garden.
            nouns = [STOP_NOUNS[word] for word in self._stop_words if word in STOP_NOUNS]
            tree = conjunction(list(map(word_term, nouns)))
        if self._stop_words and tree is None:
            words = " ".join(self._stop_words)
            self._notes.append(_("”%(words)s” er for almindeligt til at søge på.") % {"words": words})
        return ParsedQuery(text, tree, self._notes)

    def _peek(self) -> Piece:
        """Return the next piece that is not a space or an unmatched quotation mark, without consuming it."""
        while self._index < len(self._pieces):
            piece = self._pieces[self._index]
            if piece.kind is PieceKind.QUOTE:
                self._notes.append(_("Et anførselstegn er ikke afsluttet og er sprunget over."))
            elif piece.kind is not PieceKind.SPACE:
                return piece
            self._index += 1
        return _END

    def _next_is_operator(self, operators: frozenset[str]) -> bool:
        piece = self._peek()
        return piece.kind is PieceKind.WORD and piece.text.lower() in operators

    def _disjunction(self) -> Node | None:
        alternatives = [self._conjunction()]
        while self._next_is_operator(_OR):
            self._index += 1
            alternatives.append(self._conjunction())
        return disjunction([node for node in alternatives if node])

    def _conjunction(self) -> Node | None:
        nodes: list[Node] = []
        while True:
            if self._peek().kind in {PieceKind.END, PieceKind.CLOSE} or self._next_is_operator(_OR):
                return conjunction(nodes)
            if self._next_is_operator(_AND):
                self._index += 1
                continue
            node = self._operand()
            if node:
                nodes.append(node)
                add_abbreviation(nodes)
                rank_as_compound(nodes)

    def _operand(self) -> Node | None:
        piece = self._peek()
        self._index += 1
        match piece.kind:
            case PieceKind.NOT:
                return self._negation()
            case PieceKind.OPEN:
                return self._parenthesis()
            case PieceKind.FIELD:
                return self._field(piece.text)
            case PieceKind.PHRASE:
                return self._phrase(piece.text)
            case PieceKind.WORD:
                return self._word(piece.text)
        return None

    def _negation(self) -> Node | None:
        node = self._operand()
        if isinstance(node, Not):
            return node.operand
        return Not(node) if node else None

    def _parenthesis(self) -> Node | None:
        self._nesting += 1
        if self._nesting > _MAX_NESTING:
            self._notes.append(_("Søgningen har for mange parenteser; de overskydende er sprunget over."))
            return None
        node = self._disjunction()
        if self._peek().kind is PieceKind.CLOSE:
            self._index += 1
        self._nesting -= 1
        return node

    def _word(self, text: str) -> Node | None:
        days = [lexeme(fields.DAY + match.day) for match in find_dates(text)]
        if days:
            return QueryTerm(any_of(days), rank=tuple(days))
        if text.endswith("*"):
            stem = "".join(token.text for token in tokenize(text))
            if len(stem) >= _MIN_PREFIX_LENGTH:
                return prefix_term(stem)
            self._notes.append(_("* kan kun bruges efter mindst to bogstaver."))
        return self._plain_words(text)

    def _plain_words(self, text: str) -> Node | None:
        """Parse a word, a number, or words joined by hyphens or slashes."""
        tokens = list(tokenize(text))
        if tokens and tokens[0].text.startswith("§"):
            return word_term(tokens[0].text)
        if any(char.isdigit() for char in text) and len(tokens) > 1:
            pieces = [token for token in tokens if token.text.isalnum()]
            if sorted(token.text.isalpha() for token in pieces) != [False, True]:
                return number_term(text)
            # A number and a word: "20-årshændelse" may be written "20-års hændelse".
            tokens = pieces
        terms = self._word_terms(tokens)
        if len(terms) == _HYPHENATED_TOKENS and len({token.start for token in tokens}) < len(tokens):
            # "bo-støtte": "bostøtte", or both of its words.
            return Or((terms[0], And(terms[1:])))
        return conjunction(terms)

    def _word_terms(self, tokens: Sequence[Token]) -> tuple[Node, ...]:
        terms: list[Node] = []
        for token in tokens:
            if not lemmas(token.text):
                self._stop_words.append(token.text)
            elif token.text in ABBREVIATIONS:
                terms.append(abbreviation_term(token.text))
            else:
                terms.append(word_term(token.text))
        return tuple(terms)

    def _phrase(self, text: str) -> Node | None:
        words = [token.text for token in tokenize(text)]
        stop_words = [word for word in words if not lemmas(word)]
        if stop_words == words:
            self._stop_words += stop_words
            return None
        if stop_words:
            self._notes.append(
                _(
                    "”%(words)s” er for almindeligt til at søge på; "
                    "i ”%(phrase)s” kan der være andre ord på den plads."
                )
                % {"words": " ".join(stop_words), "phrase": text.strip()}
            )
        return phrase_term(text)

    def _field(self, name: str) -> Node | None:
        prefix = _FIELDS.get(name.lower())
        piece = self._peek()
        if prefix is None:
            self._notes.append(_("”%(name)s:” er ikke et søgefelt og er søgt som et ord.") % {"name": name})
            return self._plain_words(name)
        if piece.kind is PieceKind.OPEN and prefix not in _SINGLE_VALUE_FIELDS:
            self._index += 1
            node = self._parenthesis()
            return in_field(node, prefix) if node else None
        if piece.kind not in {PieceKind.WORD, PieceKind.PHRASE}:
            return self._plain_words(name)
        self._index += 1
        if prefix == fields.YEAR:
            return self._years(piece.text)
        if prefix == fields.CASE:
            return case_number_term(piece.text)
        return _field_value(prefix, piece.text)

    def _years(self, text: str) -> Node | None:
        match = _YEARS.fullmatch(text)
        if not match or not (match["first"] or match["last"]):
            self._notes.append(_("”år:%(text)s” er ikke et årstal og er søgt som et ord.") % {"text": text})
            return self._plain_words(text)
        first = int(match["first"] or 0)
        last = int(match["last"] or 0) if match["to"] else first
        last = last or date.today().year + 1
        first = max(first or last - _MAX_YEARS, last - _MAX_YEARS)
        years = [lexeme(f"{fields.YEAR}{year}") for year in range(first, last + 1)]
        if not years:
            self._notes.append(_("”år:%(text)s” begynder senere, end det slutter.") % {"text": text})
        return QueryTerm(any_of(years)) if years else None


def _field_value(prefix: str, text: str) -> Node | None:
    """Parse the value of a field of words or names; all its words must match."""
    words = [token.text for token in tokenize(text)]
    if prefix in NAME_FIELDS:
        return name_term(prefix, words) if words else None
    if prefix == fields.MUNICIPALITY:
        words = [word for word in words if word != "kommune"] or words
    terms: list[Node] = []
    for index, word in enumerate(words):
        is_prefix = text.endswith("*") and index == len(words) - 1
        if term := _field_term(prefix, word, is_prefix=is_prefix):
            terms.append(term)
    return conjunction(terms)


def _field_term(prefix: str, word: str, *, is_prefix: bool) -> QueryTerm | None:
    alternatives = lemma_alternatives(word)
    if not alternatives:
        return None
    queries = [lexeme(prefix + lemma) for lemma in alternatives]
    if is_prefix:
        queries.append(lexeme(prefix + fold(word), prefix=True))
    query = any_of(queries)
    if prefix in {fields.COMMITTEE, fields.MUNICIPALITY}:
        # Neither ranked by nor highlighted: every match has the name.
        return QueryTerm(query, title=query)
    highlights = (HighlightTerm(frozenset(alternatives)),)
    return QueryTerm(query, title=query, rank=tuple(map(lexeme, alternatives)), highlights=highlights)
