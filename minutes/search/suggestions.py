"""Suggestions while a query is typed: places, people, cases and titles of published meetings only."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from minutes.models import AgendaItem, Case, Committee, Municipality, Person
from minutes.models.danish import slug
from minutes.search import fields
from minutes.search.database import connection
from minutes.search.fields import lexeme
from minutes.search.matching import MATCHES, newest_months
from minutes.search.normalization import fold, fold_aa, normalize
from minutes.search.query_terms import lemma_alternatives
from minutes.search.tokenizer import tokenize

_MAX_OF_A_KIND = 4
_MAX_TITLES = 5
# Titles and cases that are read: more than are shown, to drop duplicates and what is not published.
_TITLES_READ, _CASES_READ = 40, 100
_MIN_LENGTH, _MAX_LENGTH = 2, 100
# Letters of an unfinished word that titles are searched for.
_MIN_PREFIX_LENGTH = 3
_RECENT_MONTHS = 4


@dataclass(frozen=True)
class Suggestion:
    """A line of the list: the kind of thing, its name, the place it belongs to, and its address."""

    kind: str
    text: str
    place: str
    address: str


def suggestions(typed: str) -> list[Suggestion]:
    """Return a few places, people, cases and titles that begin with `typed`. Eight queries at most."""
    text = " ".join(normalize(typed[:_MAX_LENGTH]).split())
    key = slug(text)
    if len(key) < _MIN_LENGTH:
        return []
    return [*_places(key), *_people(key), *_cases(key), *_titles(text)]


def _has_word_beginning(key: str) -> Q:
    return Q(slug__startswith=key) | Q(slug__contains=f"-{key}")


def _places(key: str) -> list[Suggestion]:
    municipalities = Municipality.objects.published().filter(_has_word_beginning(key))[:_MAX_OF_A_KIND]
    committees = (
        Committee.objects.published()
        .filter(_has_word_beginning(key))
        .select_related("municipality")
        .order_by("sort_key", "municipality__sort_key")[:_MAX_OF_A_KIND]
    )
    return [
        *(
            Suggestion(_("Kommune"), municipality.name, "", municipality.get_absolute_url())
            for municipality in municipalities
        ),
        *(
            Suggestion(_("Udvalg"), committee.name, committee.municipality.name, committee.get_absolute_url())
            for committee in committees
        ),
    ]


def _people(key: str) -> list[Suggestion]:
    people = Person.objects.published().filter(_has_word_beginning(key)).select_related("municipality")
    return [
        Suggestion(_("Person"), str(person), person.municipality.name, person.get_absolute_url())
        for person in people.order_by("slug", "id")[:_MAX_OF_A_KIND]
    ]


def _cases(key: str) -> list[Suggestion]:
    if not any(map(str.isdigit, key)):
        return []
    # Unordered, as thousands may begin so: the first that the index returns.
    candidates = Case.objects.filter(slug__startswith=key).order_by()[:_CASES_READ]
    cases = Case.objects.published().filter(pk__in=candidates.values("pk")).select_related("municipality")
    return [
        Suggestion(_("Sag"), case.number, case.municipality.name, case.get_absolute_url())
        for case in cases.order_by("slug", "id")[:_MAX_OF_A_KIND]
    ]


def _titles(text: str) -> list[Suggestion]:
    """Return distinct titles with the words of `text`, of which the last may be unfinished.

    Titles that begin with the text come first, then the newest.
    """
    query = _title_query(text)
    if not query:
        return []
    recent = f"({query}) & ({newest_months(_RECENT_MONTHS)})"
    # The sample is enough for beginnings of very many titles.
    ids = _newest_items(recent, sampled=True)
    if len(ids) < 2 * _MAX_TITLES:
        ids = _newest_items(recent)
    if len(ids) < _MAX_TITLES:
        ids = _newest_items(query)
    by_title: dict[str, Suggestion] = {}
    beginning = fold(text.lower())
    items = AgendaItem.objects.published().filter(pk__in=ids).as_lines()
    for item in sorted(items, key=lambda item: not fold(item.title.lower()).startswith(beginning)):
        committee = item.meeting.committee
        place = f"{committee.municipality.name}, {committee.name}"
        suggestion = Suggestion(_("Punkt"), item.title, place, item.get_absolute_url())
        by_title.setdefault(item.title.lower(), suggestion)
    return list(by_title.values())[:_MAX_TITLES]


def _title_query(text: str) -> str:
    """Return the tsquery of titles with the words of `text`, the last one as a prefix; empty if too short."""
    words = [token.text for token in tokenize(text)]
    if not words:
        return ""
    *finished, last = words
    queries = [
        "(" + " | ".join(lexeme(fields.TITLE + lemma) for lemma in alternatives) + ")"
        for alternatives in map(lemma_alternatives, finished)
        if alternatives
    ]
    prefix = fold_aa(fold(last))
    if len(prefix) >= _MIN_PREFIX_LENGTH:
        unfinished = [lexeme(fields.TITLE + prefix, prefix=True)]
        unfinished += [
            lexeme(fields.TITLE + lemma) for lemma in lemma_alternatives(last) if not lemma.startswith(prefix)
        ]
        queries.append("(" + " | ".join(unfinished) + ")")
    return " & ".join(queries)


def _newest_items(query: str, *, sampled: bool = False) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH matches AS MATERIALIZED (
                SELECT item_id, date FROM minutes_searchentry
                WHERE {MATCHES} {"AND sampled" if sampled else ""} LIMIT 2000
            )
            SELECT item_id FROM matches ORDER BY date DESC, item_id DESC LIMIT %s
            """,
            [query, _TITLES_READ],
        )
        return [item for (item,) in cursor.fetchall()]
