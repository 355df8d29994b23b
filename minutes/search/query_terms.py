"""Translate the words, phrases, numbers and names of a query into terms of the index."""

from collections.abc import Sequence
from dataclasses import replace

from minutes.search import fields
from minutes.search.compounds import relinked
from minutes.search.dictionary import is_listed
from minutes.search.fields import lexeme
from minutes.search.inflections import lemmas
from minutes.search.lexicon import ABBREVIATIONS
from minutes.search.normalization import fold, fold_aa
from minutes.search.parsed_query import HighlightTerm, QueryTerm
from minutes.search.tokenizer import Token, normalize_number, tokenize

# A number with so many separators or digits may be the beginning of a case number.
_CASE_SEPARATORS, _CASE_DIGITS = 2, 6
# Names that may be between a given name and a surname.
_MAX_MIDDLE_NAMES = 2


def any_of(queries: Sequence[str]) -> str:
    """Return a tsquery that matches where any of `queries` does."""
    return queries[0] if len(queries) == 1 else f"({' | '.join(queries)})"


def lemma_alternatives(word: str) -> tuple[str, ...]:
    """Return the lemmas of a typed word and of its other possible spellings.

    Those of an unlisted word are "æ", "ø" and "å" typed as "ae", "oe" and "aa", and compounds with or without
    a linking s.
    """
    alternatives = lemmas(word)
    if not is_listed(word):
        with_ae = word.replace("ae", "æ")
        with_oe = with_ae.replace("oe", "ø")
        for spelling in (with_oe, with_oe.replace("aa", "å"), with_ae):
            alternatives += lemmas(spelling)
            alternatives += tuple(lemma for compound in relinked(spelling) for lemma in lemmas(compound))
    return tuple(dict.fromkeys(alternatives))


def word_term(word: str) -> QueryTerm:
    alternatives = lemma_alternatives(word)
    return QueryTerm(
        any_of([lexeme(lemma) for lemma in alternatives]),
        title=any_of([lexeme(fields.TITLE + lemma) for lemma in alternatives]),
        rank=tuple(map(lexeme, alternatives)),
        highlights=(HighlightTerm(frozenset(alternatives)),),
        word=word,
    )


def abbreviation_term(abbreviation: str) -> QueryTerm:
    """Return the term of an abbreviation, which matches its expansion too.

    An expansion of several words is not ranked by, as they are common ones; its last word is highlighted.
    """
    term, expansion = word_term(abbreviation), ABBREVIATIONS[abbreviation]
    expanded = phrase_term(expansion) if " " in expansion else word_term(expansion)
    return replace(
        term,
        match=any_of([term.match, expanded.match]),
        title=any_of([term.title, expanded.title]),
        rank=term.rank if " " in expansion else (*term.rank, *expanded.rank),
        highlights=(*term.highlights, *expanded.highlights[-1:]),
    )


def or_abbreviation(terms: Sequence[QueryTerm], abbreviation: str) -> list[QueryTerm]:
    """Return the terms of an expansion's words, each of which matches the abbreviation too."""
    short = word_term(abbreviation)
    widened = [
        replace(term, match=any_of([term.match, short.match]), title=any_of([term.title, short.title]))
        for term in terms
    ]
    highlights = (*widened[-1].highlights, *short.highlights)
    widened[-1] = replace(widened[-1], joined=short.rank, highlights=highlights)
    return widened


def prefix_term(stem: str) -> QueryTerm:
    """Return the term of words that begin with `stem`, as written or in their lemma."""
    prefix = fold_aa(fold(stem))
    stem_lemmas = () if stem.endswith("s") else lemmas(stem)
    # Those that the prefix does not cover.
    others = [lexeme(lemma) for lemma in stem_lemmas if not lemma.startswith(prefix)]
    in_title = [lexeme(fields.TITLE + lemma) for lemma in stem_lemmas]
    return QueryTerm(
        any_of([lexeme(prefix, prefix=True), *others]),
        title=any_of([lexeme(fields.TITLE + prefix, prefix=True), *in_title]),
        rank=(lexeme(prefix, prefix=True), *others),
        highlights=(HighlightTerm(frozenset(lemmas(stem)), prefix),),
        prefix=prefix,
    )


def number_term(text: str) -> QueryTerm:
    """Return the term of a number with several pieces: a case number, "366/07", "2019-2022"."""
    number = normalize_number(text)
    # The beginning of a case number is that of all cases of its subject.
    as_prefix = number.count("-") >= _CASE_SEPARATORS or sum(map(str.isdigit, number)) >= _CASE_DIGITS
    case, plain = lexeme(fields.CASE + number, prefix=as_prefix), lexeme(number)
    # Pieces of the middle are the beginning of an end.
    end = lexeme(fields.CASE_END + number, prefix=as_prefix or not number.replace("-", "").isdigit())
    return QueryTerm(
        f"({case} | {end} | {plain})",
        title=f"({case} | {end} | {lexeme(fields.TITLE + number)})",
        rank=(case, end, plain),
        highlights=(HighlightTerm(frozenset({number})),),
    )


def case_number_term(text: str) -> QueryTerm | None:
    """Return the term of `sag:`: the case, or all whose number begins or ends with these pieces."""
    number = normalize_number(text)
    if not number:
        return None
    begins = lexeme(fields.CASE + number + ("" if text.endswith("*") else "-"), prefix=True)
    queries = (lexeme(fields.CASE + number), begins, lexeme(fields.CASE_END + number))
    highlights = (HighlightTerm(frozenset({number})),)
    return QueryTerm(any_of(queries), title=any_of(queries), rank=queries, highlights=highlights)


def phrase_term(text: str) -> QueryTerm:
    """Return the term of words in this order; any word matches in place of a stop word.

    A single word matches as a whole word, not as part of a compound.
    """
    tokens = [token for token in tokenize(text) if lemmas(token.text)]
    return QueryTerm(
        _in_order(tokens, ""),
        title=_in_order(tokens, fields.TITLE),
        rank=tuple(lexeme(lemma) for token in tokens for lemma in lemmas(token.text)),
        highlights=tuple(HighlightTerm(frozenset(lemmas(token.text))) for token in tokens),
    )


def _in_order(tokens: Sequence[Token], prefix: str) -> str:
    """Return the tsquery of tokens at their distances; those with a field prefix must be whole words."""
    query, position = "", 0
    for token in tokens:
        # Parts of compounds in titles have positions too, but not weight A.
        weight = ":A" if prefix else ""
        word = any_of([lexeme(prefix + lemma) + weight for lemma in lemmas(token.text)])
        if not query:
            query = word
        elif token.position > position:
            query += f" <{token.position - position}> {word}"
        position = token.position
    # Parts of compounds in other texts have no positions, so only a whole word is at distance 0 of itself.
    return f"({query})" if " <" in query else f"({query} <0> {query})"


def name_term(prefix: str, words: Sequence[str]) -> QueryTerm:
    """Return the term of a person's name in a field, its words in order.

    A given name and a surname may have other names between them. `person:` searches the text as well.
    """
    names = [lexeme(prefix + fields.name_form(word)) for word in words]
    query = " <-> ".join(names)
    if len(names) == 2:
        for middle_names in range(1, _MAX_MIDDLE_NAMES + 1):
            query += f" | {names[0]} <{middle_names + 1}> {names[1]}"
    alternatives = [lemmas(word) or (fold(word),) for word in words]
    if prefix == fields.PERSON:
        in_text = " <-> ".join(any_of([lexeme(lemma) for lemma in word]) for word in alternatives)
        query = f"(({query}) | ({in_text}))"
    return QueryTerm(
        f"({query})",
        rank=tuple(lexeme(lemma) for word in alternatives for lemma in word),
        highlights=tuple(HighlightTerm(frozenset(word)) for word in alternatives),
        of_people=prefix in fields.PEOPLE,
    )
