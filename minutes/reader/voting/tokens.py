"""The flow of a decision → tokens: words by their kind, numbers, marks and the ends of lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from minutes.reader.dates import NUMBER, number
from minutes.reader.voting.lexicon import LEXICON, Kind, Value
from minutes.vocabulary import VoteChoice

_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]\w*(?:(?:[-'’]|/(?=[a-zæøå]{2}))[^\W_]+)*-?)|(?P<digits>\d+)|(?P<gap>\s+)|(?P<mark>.)"
)
_NUMBER_WORD = re.compile(NUMBER, re.IGNORECASE)
# "”… stemmer imod …”": said, not done
_QUOTED = re.compile(r"[\"“”„»][^\"“”„«»\n]{0,2000}[\"“”«]")
_MARKS = {
    ",": Kind.COMMA,
    ";": Kind.STOP,
    ":": Kind.COLON,
    "+": Kind.PLUS,
    "(": Kind.OPEN,
    ")": Kind.CLOSE,
    "[": Kind.OPEN,
    "]": Kind.CLOSE,
    "-": Kind.DASH,
    "–": Kind.DASH,
    "—": Kind.DASH,
    "•": Kind.DASH,
    "!": Kind.STOP,
    "?": Kind.STOP,
    "&": Kind.AND,
    "/": Kind.PLUS,
    "·": Kind.DASH,
    "*": Kind.DASH,
}
# "nr. 82", "kl. 16", "1,5 mio. kr.": no end of a sentence
_SHORT = {
    *(
        "nr",
        "pkt",
        "kl",
        "d",
        "bl.a",
        "mio",
        "mia",
        "ca",
        "stk",
        "jf",
        "evt",
        "inkl",
        "vedr",
        "hhv",
        "kr",
        "pct",
    ),
    *("ad", "ekskl", "mdl", "medl", "st"),
}
_LONGEST_NUMBER = 3
# "Anbefales.Ane Holm": a sentence glued to the one before
_GLUED = re.compile(r"[a-zæøå]{3}\.[A-ZÆØÅ][a-zæøå]{2}")
_GLUED_BEHIND = 4
# Numbers that are articles too: "en stemme", "et medlem"
_ARTICLES = {"en", "et"}


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the flow, text[start:end] of it. `wide`: a gap between columns precedes it."""

    kind: int
    text: str
    start: int
    end: int
    value: Value = None
    spaced: bool = False  # blanks before it
    wide: bool = False

    def __contains__(self, kind: int) -> bool:
        return bool(self.kind & kind)

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()

    @property
    def number(self) -> int:
        return int(self.value or 0)

    @property
    def side(self) -> VoteChoice:
        return VoteChoice(str(self.value))

    @property
    def name(self) -> str:
        """The name of a person or a party."""
        return str(self.value)

    @property
    def article(self) -> bool:
        return self.text.lower() in _ARTICLES


def tokenize(text: str, columns: frozenset[int] = frozenset()) -> list[Token]:
    """Return the tokens of a flow's text. `columns` are the places behind a wide gap."""
    text = _QUOTED.sub(lambda match: " " * len(match[0]), text)
    return _with_phrases(_pieces(text, columns))


def _pieces(text: str, columns: frozenset[int]) -> list[Token]:
    tokens: list[Token] = []
    spaced = True
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match["gap"]:
            spaced = True
            if "\n" in match["gap"] or "\t" in match["gap"]:
                tokens.append(_blank(match["gap"], start, end))
            continue
        kind, value = Kind.OTHER, None
        if match["digits"]:
            if end - start <= _LONGEST_NUMBER:
                kind, value = Kind.NUMBER, int(match["digits"])
        elif match["mark"]:
            kind = _MARKS.get(match["mark"], Kind.OTHER)
            if match["mark"] == ".":
                kind = Kind.STOP if _ends_sentence(text, end, tokens) else Kind.DOT
        tokens.append(Token(kind, match[0], start, end, value, spaced, spaced and start in columns))
        spaced = False
    return tokens


def _blank(gap: str, start: int, end: int) -> Token:
    lines = gap.count("\n")
    if not lines:
        return Token(Kind.TAB, "\t" * gap.count("\t"), start, end)
    return Token(Kind.BREAK, "\n", start, end, min(lines, 2))


def _ends_sentence(text: str, end: int, tokens: Sequence[Token]) -> bool:
    """Return True if the full stop before text[end] ends a sentence, unless it belongs to an initial."""
    behind = text[end : end + 1]
    if behind and not behind.isspace():
        return behind in ")]" or bool(_GLUED.match(text, max(end - _GLUED_BEHIND, 0)))
    following = text[end : end + 40].lstrip()
    if following[:1].islower():
        return False
    before = tokens[-1] if tokens else None
    if before is None or before.text.lower() in _SHORT:
        return False
    if Kind.NUMBER in before and before.end - before.start <= 2 and len(tokens) > 1:
        # "… løsning 1. 2 medlemmer": a number ends the sentence; at its head it numbers a list.
        return tokens[-2].kind not in {Kind.BREAK, Kind.STOP}
    return not (Kind.NUMBER in before and len(tokens) == 1)


def _with_phrases(tokens: list[Token]) -> list[Token]:
    """Return the tokens with phrases of several words as one, each with its kind."""
    words = [token.text.lower() if token.text[:1].isalpha() else "" for token in tokens]
    merged: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        phrase = LEXICON.longest(words, at) if words[at] else None
        if phrase:
            last = tokens[at + len(phrase.rest)]
            token = replace(
                token,
                kind=phrase.kind,
                value=phrase.value,
                text=" ".join(piece.text for piece in tokens[at : at + len(phrase.rest) + 1]),
                end=last.end,
            )
            at += len(phrase.rest)
        elif words[at] and _NUMBER_WORD.fullmatch(words[at]):
            token = replace(token, kind=Kind.NUMBER, value=number(token.text))
        merged.append(token)
        at += 1
    return _without_same(merged)


def _without_same(tokens: list[Token]) -> list[Token]:
    """Return the tokens without the "de samme" of "imod de samme 3 stemmer"."""
    without: list[Token] = []
    for token in tokens:
        if Kind.NUMBER in token and without and without[-1].text in {"samme", "de samme"}:
            without.pop()
            if without and without[-1].text == "de":
                without.pop()
        without.append(token)
    return without
