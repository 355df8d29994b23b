"""What is suggested while somebody types: places, people, cases and titles of published meetings alone."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from minutes.models import AgendaItem, Case, Committee, Municipality, Person
from minutes.models.danish import slug
from minutes.search import fields
from minutes.search.fields import lexeme
from minutes.search.inflections import folded, normal
from minutes.search.query_terms import spellings
from minutes.search.searcher import MATCHES, newest_months
from minutes.search.tokenizer import tokenize

_OF_EACH = 4
_TITLES = 5
# Titles that are looked at, to leave out what is said twice; cases, to leave out what is not published.
_LOOKED_AT, _CASES_LOOKED_AT = 40, 100
_FEWEST_LETTERS = 2
_FEWEST_LETTERS_IN_TITLES = 3
_LONGEST = 100
_RECENT_MONTHS = 4


@dataclass(frozen=True)
class Suggestion:
    """A line of the list: what kind of thing, its name, where it belongs, and where it leads."""

    kind: str
    text: str
    place: str
    address: str


def suggestions(typed: str) -> list[Suggestion]:
    """What `typed` may become: committees, people, cases, titles, few of each. Eight queries at most."""
    text = " ".join(normal(typed[:_LONGEST]).split())
    key = slug(text)
    if len(key) < _FEWEST_LETTERS:
        return []
    return [*_places(key), *_people(key), *_cases(key), *_titles(text)]


def _begins(key: str, *, within: bool = True) -> Q:
    return Q(slug__startswith=key) | (Q(slug__contains=f"-{key}") if within else Q())


def _places(key: str) -> list[Suggestion]:
    towns = Municipality.objects.published().filter(_begins(key))[:_OF_EACH]
    committees = (
        Committee.objects.published()
        .filter(_begins(key))
        .select_related("municipality")
        .order_by("sort_key", "municipality__sort_key")[:_OF_EACH]
    )
    return [
        *(Suggestion(_("Kommune"), town.name, "", town.get_absolute_url()) for town in towns),
        *(
            Suggestion(_("Udvalg"), each.name, each.municipality.name, each.get_absolute_url())
            for each in committees
        ),
    ]


def _people(key: str) -> list[Suggestion]:
    people = Person.objects.published().filter(_begins(key)).select_related("municipality")
    return [
        Suggestion(_("Person"), each.name, each.municipality.name, each.get_absolute_url())
        for each in people.order_by("slug", "id")[:_OF_EACH]
    ]


def _cases(key: str) -> list[Suggestion]:
    if not any(map(str.isdigit, key)):
        return []
    # Of thousands that begin so, the first that the index has.
    some = Case.objects.filter(_begins(key, within=False)).order_by()[:_CASES_LOOKED_AT]
    cases = Case.objects.published().filter(pk__in=some.values("pk")).select_related("municipality")
    return [
        Suggestion(_("Sag"), each.number, each.municipality.name, each.get_absolute_url())
        for each in cases.order_by("slug", "id")[:_OF_EACH]
    ]


def _titles(text: str) -> list[Suggestion]:
    """Titles with the words typed, the last of them perhaps unfinished; newer ones first, each once."""
    query = _title_query(text)
    if not query:
        return []
    recent = f"({query}) & ({newest_months(_RECENT_MONTHS)})"
    # Of what very many titles begin with, one in sixteen is plenty.
    ids = _items(recent, sampled=True)
    if len(ids) < 2 * _TITLES:
        ids = _items(recent)
    if len(ids) < _TITLES:
        ids = _items(query)
    found: dict[str, Suggestion] = {}
    start = folded(text.lower())
    items = AgendaItem.objects.published().filter(pk__in=ids).as_lines()
    for item in sorted(items, key=lambda each: not folded(each.title.lower()).startswith(start)):
        meeting = item.meeting
        place = f"{meeting.committee.municipality.name}, {meeting.committee.name}"
        found.setdefault(
            item.title.lower(), Suggestion(_("Punkt"), item.title, place, item.get_absolute_url())
        )
    return list(found.values())[:_TITLES]


def _title_query(text: str) -> str:
    typed = [word.text for word in tokenize(text)]
    if not typed:
        return ""
    *whole, last = typed
    asked = [
        "(" + " | ".join(lexeme(fields.TITLE + form) for form in spellings(each)) + ")"
        for each in whole
        if spellings(each)
    ]
    start = folded(last).replace("aa", "å")
    if len(start) >= _FEWEST_LETTERS_IN_TITLES:
        unfinished = [lexeme(fields.TITLE + start, prefix=True)]
        unfinished += [lexeme(fields.TITLE + form) for form in spellings(last) if not form.startswith(start)]
        asked.append("(" + " | ".join(unfinished) + ")")
    return " & ".join(asked)


def _items(query: str, *, sampled: bool = False) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH found AS MATERIALIZED (
                SELECT item_id, date FROM minutes_searchentry
                WHERE {MATCHES} {"AND sampled" if sampled else ""} LIMIT 2000
            )
            SELECT item_id FROM found ORDER BY date DESC, item_id DESC LIMIT %s
            """,
            [query, _LOOKED_AT],
        )
        return [item for (item,) in cursor.fetchall()]
