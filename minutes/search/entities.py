"""Recognise municipalities, committees, people, cases and places that a query names."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value

from minutes.models import Case, Committee, GazetteerPlace, Municipality, Person
from minutes.models.danish import slug
from minutes.search import fields
from minutes.search.database import connection
from minutes.search.fields import lexeme
from minutes.search.inflections import lemmas
from minutes.search.parsed_query import ParsedQuery
from minutes.search.tokenizer import tokenize

# Whether there are such names at all, published or not: most queries name nothing, and end here.
_NAMES_EXIST = """
SELECT EXISTS (SELECT FROM minutes_municipality WHERE slug = %s),
    EXISTS (SELECT FROM minutes_committee WHERE slug = %s),
    EXISTS (SELECT FROM minutes_person WHERE slug LIKE %s AND slug LIKE %s),
    EXISTS (SELECT FROM minutes_gazetteerplace WHERE slug = %s)
"""
_MAX_COMMITTEES = _MAX_PEOPLE = _MAX_CASES = _MAX_PLACES = 5
# A name within a query begins after so many words at most, and has no more than so many.
_MAX_WORDS_BEFORE_NAME, _MAX_WORDS_OF_NAME = 12, 8


@dataclass
class Entities:
    """The municipalities, committees, people, cases and places that a whole query names."""

    municipalities: Sequence[Municipality] = field(default_factory=list)
    committees: Sequence[Committee] = field(default_factory=list)
    people: Sequence[Person] = field(default_factory=list)
    cases: Sequence[Case] = field(default_factory=list)
    places: Sequence[GazetteerPlace] = field(default_factory=list)


def named_entities(text: str) -> Entities:
    """Return the published municipalities, committees, people, cases and places of this name.

    Six queries at most.
    """
    entities = Entities()
    key = slug(text)
    if not key:
        return entities
    municipality_key, (first, last) = key.removesuffix("-kommune"), _first_and_last_name(key)
    with connection.cursor() as cursor:
        cursor.execute(_NAMES_EXIST, [municipality_key, key, f"{first}-%", f"%-{last}", key])
        is_municipality, is_committee, is_person, is_place = cursor.fetchone()
    if is_municipality:
        entities.municipalities = list(Municipality.objects.published().filter(slug=municipality_key))
    if is_committee:
        committees = Committee.objects.published().select_related("municipality").filter(slug=key)
        entities.committees = list(committees.order_by("municipality__sort_key")[:_MAX_COMMITTEES])
    if is_person:
        entities.people = list(_people_named(key)[:_MAX_PEOPLE])
    if any(map(str.isdigit, key)):
        cases = Case.objects.published().select_related("municipality").filter(slug=key)
        entities.cases = list(cases.order_by("municipality__sort_key")[:_MAX_CASES])
    if is_place:
        places = GazetteerPlace.objects.published().select_related("municipality").filter(slug=key)
        entities.places = list(places.order_by("municipality__sort_key")[:_MAX_PLACES])
    return entities


def _people_named(key: str) -> QuerySet[Person]:
    """Return published people with the first and the last name of a slug, whatever is between them."""
    first, last = _first_and_last_name(key)
    people = Person.objects.published().select_related("municipality")
    # The addresses of namesakes end with a number.
    ends = Q(slug__endswith=f"-{last}") | Q(slug__regex=rf"-{last}-[0-9]+$")
    return people.filter(ends, slug__startswith=f"{first}-").order_by("slug")


def words_of_names(words: Sequence[str]) -> set[str]:
    """Return the words that are a part of a published member's name. One query, none for no words."""
    keys = {slug(word): word for word in words if slug(word)}
    if not keys:
        return set()
    any_key = Q()
    for key in keys:
        any_key |= Q(slug__startswith=f"{key}-") | Q(slug__contains=f"-{key}-") | Q(slug__endswith=f"-{key}")
    people = Person.objects.published().filter(any_key).values_list("slug", flat=True)
    parts = {part for name in people for part in name.split("-")}
    return {word for key, word in keys.items() if key in parts}


def _first_and_last_name(key: str) -> tuple[str, str]:
    """Split a slug; the last name of a single one is empty, which matches nobody."""
    return key.partition("-")[0], key.rpartition("-")[2] if "-" in key else ""


def match_place_names(query: ParsedQuery) -> ParsedQuery:
    """Let the name of a committee match all of its items, and that of a municipality among other words.

    One query.
    """
    required_words = {term.word for term in query.required_words}
    if not required_words:
        return query
    names = {slug(name): name for name in _possible_names(query.text.split())}
    place_queries: defaultdict[str, list[str]] = defaultdict(list)
    # A municipality alone has a page, and all the archive may be its items.
    municipalities = _slugs(Municipality, names.keys() - {slug(query.text)}, fields.MUNICIPALITY)
    committees = _slugs(Committee, names.keys(), fields.COMMITTEE)
    for key, prefix in municipalities.union(committees):
        for word in required_words.intersection(token.text for token in tokenize(names[key])):
            place_queries[word].append(lexeme(prefix + lemmas(word)[0]))
    return query.with_alternatives({word: " | ".join(queries) for word, queries in place_queries.items()})


def _slugs(
    model: type[Municipality | Committee], keys: Collection[str], prefix: str
) -> QuerySet[Any, tuple[str, str]]:
    """Return the slugs among `keys` that places of a kind have, each with the prefix of its field."""
    rows = model._default_manager.filter(slug__in=keys).order_by()
    return rows.annotate(prefix=Value(prefix, CharField())).values_list("slug", "prefix")


def _possible_names(words: Sequence[str]) -> Iterator[str]:
    """Yield all sequences of consecutive words."""
    for start in range(min(len(words), _MAX_WORDS_BEFORE_NAME)):
        for stop in range(start + 1, min(len(words), start + _MAX_WORDS_OF_NAME) + 1):
            yield " ".join(words[start:stop])
