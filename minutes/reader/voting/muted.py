"""Parts of a sentence that are no votes of this meeting: reported, supposed, at another time, elsewhere."""

from collections.abc import Sequence

from minutes.reader.voting.lexicon import Kind
from minutes.reader.voting.tokens import Token

_ENDS_CLAUSE = Kind.COMMA | Kind.CLAUSE | Kind.STOP | Kind.BREAK
_DECIDES = Kind.RESULT | Kind.VERB | Kind.FAVOUR
# "bemærkede, at", "ønskede ført til protokol, at"
_NEAR = 8
_CONDITIONS = {"hvis", "såfremt", "dersom"}
_DECISIONS = ("beslutning", "beslutningen", "afgørelse", "afgørelsen")
_PROTOCOL = ("protokol", "referatet", "mindretalsudtalelse", "udtalelse")


def muted(tokens: Sequence[Token], first: int, end: int) -> list[tuple[int, int]]:
    """Return the ranges of a sentence that do not count as votes of this meeting."""
    ranges: list[tuple[int, int]] = []
    for at in range(first, end):
        token = tokens[at]
        if Kind.SAYS in token or any(word in token.text.lower() for word in _PROTOCOL):
            begin = _reported(tokens, at, end)
            if begin:
                ranges.append((begin, end))
        elif Kind.SUPPOSE in token:
            if token.text.lower() in _CONDITIONS:
                ranges.append((first if at < first + 3 else at, end))
            else:
                ranges.append((at, _clause_end(tokens, at, end)))
        elif Kind.ELSEWHERE in token:
            ranges.append(_elsewhere(tokens, at, first, end))
        elif token.kind & _DECIDES and _is_dated(tokens, at, end):
            ranges.append((first, end))
        elif token.text.lower().endswith(_DECISIONS) and _is_of_day(tokens, at, end):
            ranges.append((at, end))
        elif token.text == "i" and at + 1 < end and _is_year(tokens[at + 1]):
            begin = _clause_start(tokens, at, first)
            if any(tokens[index].kind & (Kind.SIDE | Kind.ABSTAIN) for index in range(begin, at)):
                ranges.append((begin, at))
        elif _is_earlier_reading(tokens, at, end):
            ranges.append(_elsewhere(tokens, at, first, end))
    return ranges


def _reported(tokens: Sequence[Token], at: int, end: int) -> int:
    """Return where what is reported begins behind a verb such as "bemærkede", or 0."""
    for index in range(at + 1, min(at + 1 + _NEAR, end)):
        if tokens[index].text == "at" or Kind.COLON in tokens[index]:
            return index + 1
        if tokens[index].kind & (Kind.CLAUSE | Kind.VERB):
            return 0
    return 0


def _elsewhere(tokens: Sequence[Token], at: int, first: int, end: int) -> tuple[int, int]:
    if at <= first + 1:
        return first, end
    return _clause_start(tokens, at, first), _clause_end(tokens, at, end)


def _clause_end(tokens: Sequence[Token], at: int, end: int) -> int:
    while at < end and not tokens[at].kind & _ENDS_CLAUSE:
        at += 1
    return at


def _clause_start(tokens: Sequence[Token], at: int, first: int) -> int:
    while at > first and not tokens[at - 1].kind & (Kind.CLAUSE | Kind.STOP | Kind.BREAK):
        at -= 1
    return at


def _is_dated(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Return True for "vedtog den 4. maj …", "anbefalede den 2/4"."""
    return (
        at + 2 < end
        and tokens[at + 1].text in {"den", "d"}
        and any(Kind.NUMBER in tokens[index] for index in range(at + 2, min(at + 4, end)))
    )


def _is_of_day(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Return True for "beslutning af 26. april", "afgørelse fra den 2. maj", of another meeting."""
    if at + 2 >= end or tokens[at + 1].text not in {"af", "fra"}:
        return False
    return any(Kind.NUMBER in tokens[index] for index in range(at + 2, min(at + 4, end)))


def _is_year(token: Token) -> bool:
    return len(token.text) == 4 and token.text.isdigit() and token.text[:2] in {"19", "20"}


def _is_earlier_reading(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Return True for "ved 1. behandling"."""
    if tokens[at].text.lower() != "ved" or at + 2 >= end:
        return False
    return tokens[at + 1].text == "1" and any(
        tokens[index].text.startswith("behandling") for index in range(at + 2, min(at + 4, end))
    )
