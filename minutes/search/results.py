"""What a search answers: the page of items, the counts, and what helps whoever mistyped or asked too much."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations

from django.db import connection
from django.db.models import QuerySet

from minutes.models import Case, Committee, Municipality, Person
from minutes.models.danish import slug
from minutes.search import fields
from minutes.search.facets import Counts
from minutes.search.fields import lexeme
from minutes.search.inflections import compound_parts, lemmas, spelled_out
from minutes.search.parsed_query import And, Or, ParsedQuery
from minutes.search.query_parser import parse_query
from minutes.search.searcher import Order, Searcher, SearchFilters
from minutes.search.spelling import like, like_in_part, missing, words_of_their_own
from minutes.search.tokenizer import tokenize

# Whether anything is called so, published or not: most queries name nothing, which this tells at once.
_CALLED = """
SELECT EXISTS (SELECT FROM minutes_municipality WHERE slug = %s),
    EXISTS (SELECT FROM minutes_committee WHERE slug = %s),
    EXISTS (SELECT FROM minutes_person WHERE slug LIKE %s AND slug LIKE %s)
"""
# With so few hits, words that the archive has oftener are offered instead.
_FEW = 3
_OFTENER = 10
# Words of a query that are looked up for slips.
_WORDS_MENDED = 4
# Words of which some may be left out when no item has them all.
_WORDS_LOOSENED = 8
# A name is looked for after so many words at most, and has no more.
_WORDS_BEFORE_NAME, _WORDS_OF_NAME = 12, 8
_COMMITTEES_NAMED = _PEOPLE_NAMED = _CASES_NAMED = 5


@dataclass
class SearchResult:
    """A page of items, and what helps whoever asked. How many match, `searcher` counts."""

    searcher: Searcher
    items: list[int]
    suggestion: str = ""  # "Mente du …?": the query with other words
    corrected: str = ""  # the query that was searched instead, as nothing matched the one typed
    relaxed: bool = False  # items with any of the words, as none has them all
    municipalities: Sequence[Municipality] = field(default_factory=list)
    committees: Sequence[Committee] = field(default_factory=list)
    people: Sequence[Person] = field(default_factory=list)
    cases: Sequence[Case] = field(default_factory=list)

    @property
    def query(self) -> ParsedQuery:
        """The query as it was searched, which is another than typed where `corrected` or `relaxed`."""
        return self.searcher.query

    @property
    def counts(self) -> Counts:
        return self.searcher.counts


def run_search(text: str, filters: SearchFilters, order: Order, page: int) -> SearchResult:
    """The page of what `text` asks for. A constant number of queries, more of them when nothing matches."""

    def answered(asked: ParsedQuery) -> SearchResult:
        searcher = Searcher(asked, filters)
        return SearchResult(searcher, searcher.page(page, order))

    asked = _widened(parse_query(text))
    found = answered(asked)
    if text and not found.searcher.seen:
        found = _instead(found, answered)
    elif text and page == 1 and len(found.items) <= _FEW:
        found.suggestion = _oftener(asked)
    if text and page == 1:
        _name(found, text)
    return found


def newest_matches(text: str, filters: SearchFilters, wanted: int) -> list[int]:
    """The newest items that `text` asks for, as a page by date has them; nothing is searched instead.

    Four to eight queries.
    """
    return Searcher(_widened(parse_query(text)), filters).first(wanted, Order.NEWEST)


def _widened(asked: ParsedQuery) -> ParsedQuery:
    """A municipality's or a committee's name beside other words is that place's items too. Two queries."""
    named = {leaf.word for leaf in asked.named}
    if len(named) < 2:
        return asked
    runs = {slug(run): run for run in _runs(asked.text.split())}
    others: defaultdict[str, list[str]] = defaultdict(list)
    for model, prefix in ((Municipality, fields.MUNICIPALITY), (Committee, fields.COMMITTEE)):
        for found in set(model._default_manager.filter(slug__in=runs).values_list("slug", flat=True)):
            for word in named.intersection(word.text for word in tokenize(runs[found])):
                others[word].append(lexeme(prefix + lemmas(word)[0]))
    return asked.widened({word: " | ".join(queries) for word, queries in others.items()})


def _runs(typed: Sequence[str]) -> Iterator[str]:
    """Words that stand side by side, but not all of them, as they may be a name."""
    for start in range(min(len(typed), _WORDS_BEFORE_NAME)):
        for stop in range(start + 1, min(len(typed), start + _WORDS_OF_NAME) + 1):
            if stop - start < len(typed):
                yield " ".join(typed[start:stop])


def _instead(nothing: SearchResult, answered: Callable[[ParsedQuery], SearchResult]) -> SearchResult:
    """What is searched when nothing matches: mended words, else any of the words; both are said."""
    asked = nothing.query
    better = {word: _mended(word) for word in missing(asked.words[:_WORDS_MENDED])}
    for place in range(max(map(len, better.values()), default=0)):
        others = {word: each[min(place, len(each) - 1)] for word, each in better.items() if each}
        mended = _with_words(nothing.query.text, others)
        if mended == nothing.query.text:
            continue
        asked = parse_query(mended)
        found = answered(_widened(asked))
        if found.searcher.seen:
            found.corrected = mended
            return found
    for fewer in _loosened(asked):
        found = answered(fewer)
        if found.searcher.seen:
            found.relaxed = True
            found.corrected = asked.text if asked.text != nothing.query.text else ""
            return found
    return nothing


def _mended(word: str) -> tuple[str, ...]:
    """What is searched instead of a word that the archive has not, one after the other.

    The two words that a compound is made of, if the archive has both, and not only within longer ones: side
    by side, or else anywhere. Or the likeliest word like it: always, where nothing but a linking letter or a
    stroke is missing; otherwise what was typed is no compound, and a slip.
    """
    near = next(iter(like(word) or like_in_part(word)), None)
    two = spelled_out(word) if not near or near.distance else []
    known = words_of_their_own(set(chain.from_iterable(two))) if two else set()
    apart = next((each for each in two if known.issuperset(each)), ())
    if apart and not (near and all(each in near.word for each in apart)):
        return f'"{" ".join(apart)}"', " ".join(apart)
    return (near.word,) if near else ()


def _loosened(asked: ParsedQuery) -> Iterator[ParsedQuery]:
    """The query with one word fewer, whichever it is, then with two fewer, and so on."""
    leaves = [leaf for leaf in asked.named if leaf.rank][:_WORDS_LOOSENED]
    for number in range(len(leaves) - 1, 0, -1):
        yield ParsedQuery(asked.text, Or(tuple(map(And, combinations(leaves, number)))), asked.notes)


def _oftener(asked: ParsedQuery) -> str:
    """The query with words that the archive has far oftener than those typed, if there are any."""
    others: dict[str, str] = {}
    for word in asked.words[:_WORDS_MENDED]:
        near = [
            each
            for each in like(word)
            if not set(lemmas(word)) & {*lemmas(each.word), *compound_parts(each.word)}
        ]
        if near and near[0].distance <= 1 and near[0].items >= _OFTENER:
            others[word] = near[0].word
    mended = _with_words(asked.text, others)
    return mended if mended != asked.text else ""


def _with_words(text: str, others: dict[str, str]) -> str:
    for word, other in others.items():
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", other, text, flags=re.IGNORECASE)
    return text


def _name(found: SearchResult, text: str) -> None:
    """The municipalities, committees, people and cases that the whole query names. Five queries at most."""
    key = slug(text)
    if not key:
        return
    town, (first, last) = key.removesuffix("-kommune"), _first_and_last(key)
    with connection.cursor() as cursor:
        cursor.execute(_CALLED, [town, key, f"{first}-%", f"%-{last}"])
        is_town, is_committee, is_person = cursor.fetchone()
    if is_town:
        found.municipalities = list(Municipality.objects.published().filter(slug=town))
    if is_committee:
        committees = Committee.objects.published().select_related("municipality").filter(slug=key)
        found.committees = list(committees.order_by("municipality__sort_key")[:_COMMITTEES_NAMED])
    if is_person:
        found.people = list(people_named(key)[:_PEOPLE_NAMED])
    if any(map(str.isdigit, key)):
        cases = Case.objects.published().select_related("municipality").filter(slug=key)
        found.cases = list(cases.order_by("municipality__sort_key")[:_CASES_NAMED])


def people_named(key: str) -> QuerySet[Person]:
    """Published people whose name has this slug, or begins and ends as it does."""
    first, last = _first_and_last(key)
    named = Person.objects.published().select_related("municipality")
    return named.filter(slug__startswith=f"{first}-", slug__endswith=f"-{last}").order_by("slug")


def _first_and_last(key: str) -> tuple[str, str]:
    """Of a single name, that and nothing, which no name ends in."""
    return key.partition("-")[0], key.rpartition("-")[2] if "-" in key else ""
