"""The query language: what somebody typed, read into a tree.

    skole cykelsti          both words        "ny skole"         the words in this order
    skole -budget           without           skole eller hal    one of them          (a eller b) c
    psyk*                   words that begin so
    titel:skole beslutning:udsat udvalg:teknik kommune:randers sag:15.20.00* år:2017..2019
    person:"Hanne Holm" for:Holm imod:Holm   14. januar 2020   15.20.00-Ø34-1-19

Nothing typed is an error: what cannot be understood is searched as words, and a note says so.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from django.utils.translation import gettext as _

from minutes.search import fields
from minutes.search.fields import lexeme
from minutes.search.inflections import can_be_one, folded, lemmas, normal
from minutes.search.lexicon import ABBREVIATIONS, QUESTION_WORDS, WEAK_WORDS
from minutes.search.parsed_query import And, HighlightTerm, Node, Not, Or, ParsedQuery, QueryTerm
from minutes.search.query_terms import (
    any_of,
    of_abbreviation,
    of_case,
    of_name,
    of_number,
    of_phrase,
    of_prefix,
    of_word,
    or_abbreviated,
    spellings,
)
from minutes.search.tokenizer import CLOCK, OF_TIME, dates, tokenize

# The most characters of a query that are looked at.
MAX_QUERY_LENGTH = 1000
_FEWEST_BEFORE_STAR = 2
_MOST_YEARS = 80
_MOST_DEEP = 20
_JOINED = 3  # words that come of two with a hyphen: them as one, and each

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
_OF_NAMES = {*fields.PEOPLE, *fields.FACTS.values()}

_PIECE = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<open>\() | (?P<close>\))
  | (?P<not>-)(?=[^\s)-])
  | (?P<field>[A-Za-zÅå]+):(?=["(\w.])
  | "(?P<phrase>[^"]*)"
  | (?P<quote>")
  | (?P<word>[^\s()"]+)
    """,
    re.VERBOSE,
)
# "2017", "2017..2019", "2017-2019", "2017..", "..2019"
_YEARS = re.compile(r"(?P<first>\d{4})?(?P<to>\.\.|[-–])?(?P<last>\d{4})?")
# Quotation marks as Danes and word processors write them.
_MARKS = str.maketrans(dict.fromkeys("“”„»«″", '"') | {"–": "-", "\x00": " "})
# "§ 18", "§§ 18": one word. The "kl." of "kl. 16" is none, but KL is.
_PARAGRAPH = re.compile(r"§+\s*(?=\d)")
_CLOCK = re.compile(rf"\b(?:{CLOCK}|{CLOCK.title()}){OF_TIME}\s*")
_OR = frozenset({"eller", "or", "|"})
_AND = frozenset({"og", "and", "&"})


def parse_query(text: str) -> ParsedQuery:
    """What `text` asks for. Never an error."""
    told = _PARAGRAPH.sub("§", normal(text[:MAX_QUERY_LENGTH]).translate(_MARKS))
    return _Parser(told).asked(text)


class _Parser:
    """Reads the pieces of one query from left to right."""

    def __init__(self, text: str) -> None:
        self.notes: list[str] = []
        self.common: list[str] = []
        self.pieces = [
            (found.lastgroup or "", found[found.lastgroup or 0])
            for found in _PIECE.finditer(self._with_days_marked(text))
        ]
        self.at = 0
        self.deep = 0

    def _with_days_marked(self, text: str) -> str:
        """Dates outside quotation marks are one piece each: their spaces are no spaces.

        The "kl." of a time is left out there, as it is of texts.
        """
        outside = text.split('"')
        for place in range(0, len(outside), 2):
            part = _CLOCK.sub("", outside[place])
            for start, end, _day in reversed(list(dates(part))):
                part = part[:start] + part[start:end].replace(" ", "\ue000") + part[end:]
            outside[place] = part
        return '"'.join(outside)

    def asked(self, text: str) -> ParsedQuery:
        tree = self._either()
        while self.at < len(self.pieces):  # a closing parenthesis that nothing opened
            self.at += 1
            rest = self._either()
            tree = _both([node for node in (tree, rest) if node])
        tree = _without_weak(tree)
        if self.common and tree is None:
            self.notes.append(
                _("“%(words)s” er for almindeligt til at søge på.") % {"words": " ".join(self.common)}
            )
        return ParsedQuery(text, tree, self.notes)

    def _peek(self) -> tuple[str, str]:
        while self.at < len(self.pieces) and self.pieces[self.at][0] in {"space", "quote"}:
            if self.pieces[self.at][0] == "quote":
                self.notes.append(_("Et anførselstegn har ingen makker og er sprunget over."))
            self.at += 1
        return self.pieces[self.at] if self.at < len(self.pieces) else ("", "")

    def _either(self) -> Node | None:
        choices = [self._all()]
        while self._is_word(_OR):
            self.at += 1
            choices.append(self._all())
        return _either([node for node in choices if node])

    def _all(self) -> Node | None:
        found: list[Node] = []
        while True:
            kind, _text = self._peek()
            if kind in {"", "close"} or self._is_word(_OR):
                return _both(found)
            if self._is_word(_AND):
                self.at += 1
                continue
            node = self._one()
            if node:
                found.append(node)
                _shorten(found)
                _join(found)

    def _is_word(self, of: frozenset[str]) -> bool:
        kind, text = self._peek()
        return kind == "word" and text.lower() in of

    def _one(self) -> Node | None:
        kind, text = self._peek()
        self.at += 1
        if kind == "not":
            node = self._one()
            return node.of if isinstance(node, Not) else Not(node) if node else None
        if kind == "open":
            return self._within()
        if kind == "field":
            return self._field(text)
        if kind == "phrase":
            return self._phrase(text)
        if kind == "close":
            return None
        return self._word(text.replace("\ue000", " "))

    def _within(self) -> Node | None:
        self.deep += 1
        if self.deep > _MOST_DEEP:
            self.notes.append(_("Så mange parenteser kan ikke følges; resten er læst uden."))
            return None
        node = self._either()
        if self._peek()[0] == "close":
            self.at += 1
        self.deep -= 1
        return node

    def _word(self, text: str) -> Node | None:
        days = list(dates(text))
        if days:
            return QueryTerm(
                any_of([lexeme(f"{fields.DAY}{day}") for _start, _end, day in days]),
                rank=tuple(lexeme(f"{fields.DAY}{day}") for _start, _end, day in days),
            )
        if text.endswith("*"):
            stem = "".join(word.text for word in tokenize(text))
            if len(stem) >= _FEWEST_BEFORE_STAR:
                return of_prefix(stem)
            self.notes.append(_("* virker efter mindst to bogstaver."))
        return self._words(text)

    def _words(self, text: str) -> Node | None:
        """A word, or what a hyphen or a stroke joins."""
        found = list(tokenize(text))
        if found and found[0].text.startswith("§"):
            return of_word(found[0].text)
        if any(char.isdigit() for char in text) and len(found) > 1:
            pieces = [each for each in found if each.text.isalnum()]
            if sorted(each.text.isalpha() for each in pieces) != [False, True]:
                return of_number(text)
            # A number and a word: "20-årshændelse", which may be printed "20-års hændelse".
            found = pieces
        leaves: list[Node] = []
        for each in found:
            if not lemmas(each.text):
                self.common.append(each.text)
            elif each.text in ABBREVIATIONS:
                leaves.append(of_abbreviation(each.text))
            else:
                leaves.append(of_word(each.text))
        if len(leaves) == _JOINED and len({each.start for each in found}) < len(found):
            # "bo-støtte": as one word, or as the two.
            return Or((leaves[0], And(tuple(leaves[1:]))))
        return _both(leaves)

    def _phrase(self, text: str) -> Node | None:
        written = [word.text for word in tokenize(text)]
        common = [each for each in written if not lemmas(each)]
        if common == written:
            self.common += common
            return None
        if common:
            self.notes.append(
                _("“%(words)s” er for almindeligt til at søge på: i “%(phrase)s” kan andre ord stå dér.")
                % {"words": " ".join(common), "phrase": text.strip()}
            )
        return of_phrase(text)

    def _field(self, name: str) -> Node | None:
        prefix = _FIELDS.get(name.lower())
        kind, text = self._peek() if self.at < len(self.pieces) else ("", "")
        if prefix is None:
            self.notes.append(_("“%(name)s:” er ikke et felt; det er søgt som ord.") % {"name": name})
            return self._words(name)
        if kind == "open" and prefix not in {fields.YEAR, fields.CASE}:
            self.at += 1
            node = self._within()
            return _in_field(node, prefix) if node else None
        if kind not in {"word", "phrase"}:
            return self._words(name)
        self.at += 1
        text = text.replace("\ue000", " ")
        if prefix == fields.YEAR:
            return self._years(text)
        if prefix == fields.CASE:
            return of_case(text)
        return self._value(prefix, text)

    def _years(self, text: str) -> Node | None:
        found = _YEARS.fullmatch(text)
        if not found or not (found["first"] or found["last"]):
            self.notes.append(_("“år:%(text)s” er ikke et årstal; det er søgt som ord.") % {"text": text})
            return self._words(text)
        first = int(found["first"] or 0)
        last = int(found["last"] or 0)
        if not found["to"]:
            last = first
        last = last or date.today().year + 1
        first = max(first or last - _MOST_YEARS, last - _MOST_YEARS)
        years = [lexeme(f"{fields.YEAR}{year}") for year in range(first, last + 1)]
        if not years:
            self.notes.append(_("“år:%(text)s” begynder efter, det slutter.") % {"text": text})
        return QueryTerm(any_of(years)) if years else None

    def _value(self, prefix: str, text: str) -> Node | None:
        written = [word.text for word in tokenize(text)]
        if prefix in _OF_NAMES:
            return of_name(prefix, written) if written else None
        if prefix == fields.MUNICIPALITY:
            written = [each for each in written if each != "kommune"] or written
        starred = text.endswith("*")
        leaves: list[Node] = []
        for place, each in enumerate(written):
            alternatives = spellings(each)
            if not alternatives:
                continue
            queries = [lexeme(prefix + form) for form in alternatives]
            if starred and place == len(written) - 1:
                queries.append(lexeme(prefix + folded(each), prefix=True))
            named = prefix in {fields.COMMITTEE, fields.MUNICIPALITY}
            terms = () if named else (HighlightTerm(frozenset(alternatives)),)
            rank = () if named else tuple(map(lexeme, alternatives))
            leaves.append(QueryTerm(any_of(queries), title=any_of(queries), rank=rank, terms=terms))
        return _both(leaves)


@cache
def _long() -> list[tuple[str, tuple[tuple[str, ...], ...]]]:
    """Each abbreviation with the forms of the words that it stands for."""
    found = []
    for short, long in ABBREVIATIONS.items():
        # Of "børne- og ungdomspædagogernes" what is typed: no "børnepædagogernes", at the same place.
        by_place = {word.position: lemmas(word.text) for word in reversed(list(tokenize(long)))}
        found.append((short, tuple(filter(None, (by_place[place] for place in sorted(by_place))))))
    return found


def _shorten(nodes: list[Node]) -> None:
    """Where the last of the nodes are the words of what has an abbreviation, that will do too."""
    for short, long in _long():
        last = [node for node in nodes[-len(long) :] if isinstance(node, QueryTerm) and node.word]
        if tuple(lemmas(leaf.word) for leaf in last) == long:
            nodes[-len(long) :] = or_abbreviated(last, short)
            return


def _join(nodes: list[Node]) -> None:
    """Where the last two are the words of a compound, "job formidler", items that have it come before."""
    match nodes[-2:]:
        case [QueryTerm(word=first), QueryTerm(word=last) as leaf] if (
            first and last and can_be_one(first, last)
        ):
            nodes[-1] = replace(leaf, joined=(*leaf.joined, *map(lexeme, lemmas(first + last))))


def _both(nodes: Sequence[Node]) -> Node | None:
    flat: list[Node] = []
    for node in nodes:
        flat += node.of if isinstance(node, And) else [node]
    return And(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None


def _without_weak(tree: Node | None) -> Node | None:
    """The tree without words that say little of what is sought, where there are others."""
    if not isinstance(tree, And):
        return tree
    first = tree.of[0]
    asks = isinstance(first, QueryTerm) and first.word.startswith("hv")
    weak = WEAK_WORDS | QUESTION_WORDS if asks else WEAK_WORDS
    strong = [each for each in tree.of if not (isinstance(each, QueryTerm) and each.word in weak)]
    return _both(strong) or tree


def _either(nodes: Sequence[Node]) -> Node | None:
    return Or(tuple(nodes)) if len(nodes) > 1 else nodes[0] if nodes else None


def _in_field(node: Node, prefix: str) -> Node | None:
    """Each leaf of `node` in the field."""
    if isinstance(node, Not):
        inner = _in_field(node.of, prefix)
        return Not(inner) if inner else None
    if isinstance(node, And | Or):
        inside = [each for each in (_in_field(one, prefix) for one in node.of) if each]
        return _both(inside) if isinstance(node, And) else _either(inside)
    if prefix in _OF_NAMES:
        return of_name(prefix, [node.word]) if node.word else node
    if prefix == fields.TITLE:
        return QueryTerm(node.title or node.match, node.title, node.rank, node.terms)
    if not node.word:
        return node
    queries = [lexeme(prefix + form) for form in lemmas(node.word)]
    return QueryTerm(
        any_of(queries), any_of(queries), node.rank if prefix == fields.DECISION else (), node.terms
    )
