"""What a word, a phrase, a number or a name of a query asks of the index."""

from collections.abc import Sequence
from dataclasses import replace

from minutes.search import fields
from minutes.search.fields import lexeme
from minutes.search.inflections import folded, is_listed, lemmas, linked_otherwise
from minutes.search.lexicon import ABBREVIATIONS
from minutes.search.parsed_query import HighlightTerm, QueryTerm
from minutes.search.tokenizer import Token, number, tokenize

# A number of so many pieces or digits is a case number, perhaps the beginning of one.
_PIECES_OF_A_CASE, _DIGITS_OF_A_CASE = 2, 6


def any_of(queries: Sequence[str]) -> str:
    return queries[0] if len(queries) == 1 else f"({' | '.join(queries)})"


def spellings(written: str) -> tuple[str, ...]:
    """The forms of a typed word, and of what it may stand for: æ, ø and å typed otherwise, a linking s."""
    found = lemmas(written)
    if not is_listed(written):
        typed = written.replace("ae", "æ")
        for other in (typed.replace("oe", "ø"), typed.replace("oe", "ø").replace("aa", "å"), typed):
            found += lemmas(other)
            found += tuple(form for each in linked_otherwise(other) for form in lemmas(each))
    return tuple(dict.fromkeys(found))


def of_word(written: str) -> QueryTerm:
    alternatives = spellings(written)
    return QueryTerm(
        any_of([lexeme(form) for form in alternatives]),
        title=any_of([lexeme(fields.TITLE + form) for form in alternatives]),
        rank=tuple(map(lexeme, alternatives)),
        terms=(HighlightTerm(frozenset(alternatives)),),
        word=written,
    )


def of_abbreviation(short: str) -> QueryTerm:
    """An abbreviation, or what it stands for. Of that, if it is several words, the last is marked, and none
    ranks: they are common ones."""
    leaf, long = of_word(short), ABBREVIATIONS[short]
    full = of_phrase(long) if " " in long else of_word(long)
    return replace(
        leaf,
        match=any_of([leaf.match, full.match]),
        title=any_of([leaf.title, full.title]),
        rank=leaf.rank if " " in long else (*leaf.rank, *full.rank),
        terms=(*leaf.terms, *full.terms[-1:]),
    )


def or_abbreviated(leaves: Sequence[QueryTerm], short: str) -> list[QueryTerm]:
    """The words of what an abbreviation stands for, which will do instead of each of them."""
    other = of_word(short)
    found = [
        replace(leaf, match=any_of([leaf.match, other.match]), title=any_of([leaf.title, other.title]))
        for leaf in leaves
    ]
    found[-1] = replace(found[-1], joined=other.rank, terms=(*found[-1].terms, *other.terms))
    return found


def of_prefix(stem: str) -> QueryTerm:
    """Words that begin so, as typed or in their dictionary form."""
    start = folded(stem).replace("aa", "å")
    bent = () if stem.endswith("s") else lemmas(stem)
    known = [lexeme(form) for form in bent if not form.startswith(start)]
    return QueryTerm(
        any_of([lexeme(start, prefix=True), *known]),
        title=any_of(
            [
                lexeme(fields.TITLE + start, prefix=True),
                *(lexeme(fields.TITLE + form) for form in bent),
            ]
        ),
        rank=(lexeme(start, prefix=True), *known),
        terms=(HighlightTerm(frozenset(lemmas(stem)), start),),
    )


def of_number(text: str) -> QueryTerm:
    """A number of several pieces: a case number, "366/07", "2019-2022"."""
    whole = number(text)
    # The first numbers of a case number are those of all cases of its subject.
    begins = whole.count("-") >= _PIECES_OF_A_CASE or sum(map(str.isdigit, whole)) >= _DIGITS_OF_A_CASE
    queries = (lexeme(fields.CASE + whole, prefix=begins), lexeme(whole))
    return QueryTerm(
        f"({queries[0]} | {queries[1]})",
        title=f"({queries[0]} | {lexeme(fields.TITLE + whole)})",
        rank=queries,
        terms=(HighlightTerm(frozenset({whole})),),
    )


def of_case(text: str) -> QueryTerm | None:
    whole = number(text)
    if not whole:
        return None
    # Of the first numbers of a case number, all cases of the subject.
    below = lexeme(fields.CASE + whole + ("" if text.endswith("*") else "-"), prefix=True)
    queries = (lexeme(fields.CASE + whole), below)
    return QueryTerm(
        any_of(queries), title=any_of(queries), rank=queries, terms=(HighlightTerm(frozenset({whole})),)
    )


def of_phrase(text: str) -> QueryTerm:
    """The words one after another; what is too common to be indexed leaves its place open.

    A single one stands as a word, not as a part of another.
    """
    found = [word for word in tokenize(text) if lemmas(word.text)]
    rank = tuple(lexeme(form) for word in found for form in lemmas(word.text))
    return QueryTerm(
        _in_order(found, ""),
        title=_in_order(found, fields.TITLE),
        rank=rank,
        terms=tuple(HighlightTerm(frozenset(lemmas(word.text))) for word in found),
    )


def _in_order(found: Sequence[Token], prefix: str) -> str:
    query, before = "", 0
    for word in found:
        # The parts of a title's words have places, though not a whole word's weight.
        one = any_of([lexeme(prefix + form) + ":A" * bool(prefix) for form in lemmas(word.text)])
        if not query:
            query = one
        elif word.position > before:
            query += f" <{word.position - before}> {one}"
        before = word.position
    # Parts of other words have no places, so what is at its own place is a word.
    return f"({query})" if " <" in query else f"({query} <0> {query})"


def of_name(prefix: str, written: Sequence[str]) -> QueryTerm:
    """Somebody's name: its words in order, other names between; people are found in the text too."""
    names = [lexeme(prefix + fields.name_form(each)) for each in written]
    query = " <-> ".join(names)
    if len(names) == 2:
        query += "".join(f" | {names[0]} <{apart}> {names[1]}" for apart in (2, 3))
    alternatives = [lemmas(each) or (folded(each),) for each in written]
    terms = tuple(HighlightTerm(frozenset(each)) for each in alternatives)
    rank = tuple(lexeme(form) for each in alternatives for form in each)
    if prefix == fields.PERSON:
        told = " <-> ".join(any_of([lexeme(form) for form in each]) for each in alternatives)
        query = f"(({query}) | ({told}))"
    return QueryTerm(f"({query})", rank=rank, terms=terms, of_people=prefix in fields.PEOPLE)
