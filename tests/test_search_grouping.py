"""Search results grouped by case: one hit for each case, wherever its items are."""

import re

import pytest

from minutes.models import AgendaItem, Case
from minutes.search import facets, ranking, searcher
from minutes.search.consistency import differences
from minutes.search.filters import Order, SearchFilters
from minutes.search.query_parser import parse_query
from minutes.search.results import run_search
from minutes.search.searcher import Searcher
from minutes.vocabulary import Outcome
from tests.documents import ballot, item, store
from tests.searching import body

pytestmark = pytest.mark.django_db

NUMBER = "17.01.00-P20-4-19"


def store_case() -> None:
    """Store a case in two committees and the council, and an item without a number."""
    store(
        item("1", "Ny skole", case_number=NUMBER, outcome=Outcome.RECOMMENDED),
        item("2", "Skolens tag", outcome=Outcome.NOTED),
        committee="Skoleudvalget",
        date="2019-01-01",
    )
    store(
        item("1", "Skolesag", case_number=NUMBER, outcome=Outcome.RECOMMENDED),
        committee="Økonomiudvalget",
        date="2019-02-01",
    )
    store(
        item("1", "Ny skole", case_number=NUMBER, outcome=Outcome.APPROVED, ballots=(ballot(16, 2),)),
        committee="Byrådet",
        date="2019-03-01",
    )


def dates(items: list[int]) -> list[str]:
    rows = AgendaItem.objects.select_related("meeting").in_bulk(items)
    return [f"{rows[row].meeting.date:%m}" for row in items]


@pytest.mark.parametrize(
    ("order", "shown"),
    [(Order.RANK, ["03", "01"]), (Order.NEWEST, ["03", "01"]), (Order.OLDEST, ["01", "01"])],
)
def test_a_case_is_one_hit_with_its_newest_item_or_in_that_order_its_oldest(order, shown):
    store_case()
    result = run_search("skole", SearchFilters(), order, 1, grouped=True)
    assert sorted(dates(result.items)) == sorted(shown)
    ((_item, of_case),) = result.cases.items()
    assert dates([row.item for row in of_case.items]) == ["03", "02", "01"]
    assert result.searcher.count().total == 4
    assert result.searcher.known_places == 2
    assert len(run_search("skole", SearchFilters(), order, 1).items) == 4


def test_a_filter_decides_which_item_of_a_case_is_the_hit():
    store_case()
    year = SearchFilters(first=None, last=AgendaItem.objects.earliest("meeting__date").meeting.date)
    result = run_search("ny skole", year, Order.RANK, 1, grouped=True)
    assert dates(result.items) == ["01"]
    assert len(result.cases) == 1


def test_the_page_shows_the_course_of_a_case_and_links_to_it(client):
    store_case()
    page = client.get("/soeg/", {"q": "skole"}).content.decode()
    assert len(re.findall("<h2><a href", page)) == 2
    summary = re.search("<summary><span.*?</summary>", page)[0]
    summary = re.sub(r'<span class="hidden">.*?</span>|<[^>]+>', "", summary)
    assert " ".join(summary.split()) == "anbefalet → anbefalet → vedtaget 16–2 · 2 andre punkter i sagen"
    assert f'href="{Case.objects.get().get_absolute_url()}"' in page
    assert "4 punkter fundet" in page
    each_item = client.get("/soeg/", {"q": "skole", "vis": "punkter"}).content.decode()
    assert len(re.findall("<h2><a href", each_item)) == 4
    assert "<summary>anbefalet" not in each_item


def test_a_page_of_cases_makes_a_constant_number_of_queries(client, django_assert_max_num_queries):
    for number in range(15):
        for month in (1, 2):
            store(
                item("1", "Skole", case_number=f"17.01.00-P20-{number}-19"),
                date=f"20{number + 10}-{month:02}-01",
            )
    client.get("/soeg/", {"q": "skole"})
    with django_assert_max_num_queries(11):
        assert client.get("/soeg/", {"q": "skole"}).content.count(b"case-items") == 15


@pytest.mark.parametrize("order", Order)
def test_every_case_is_on_exactly_one_page(monkeypatch, order):
    """Limits are so low that ranking, ranges of months and the matches behind the candidates all occur."""
    monkeypatch.setattr(searcher, "_MAX_CANDIDATES", 30)
    monkeypatch.setattr(ranking, "_FULLY_RANKED", 10)
    monkeypatch.setattr(facets, "_MAX_COUNTED_ROWS", 5)
    for month in range(1, 13):
        others = [
            item(
                str(number),
                f"Punkt {number}",
                sections=body("ny skole"),
                # Four cases of twelve items, and two without a number.
                case_number=f"17.01.00-P20-{number}-19" if number < 5 else None,
            )
            for number in range(1, 7)
        ]
        store(*others, item("9", f"Ny skole {month}"), date=f"{2010 + month}-{month:02}-01")
    search = Searcher(parse_query("skole"), grouped=True)
    pages = [search.page(number, order) for number in range(1, 5)]
    items = [key for page in pages for key in page]
    assert [len(page) for page in pages] == [20, 20, 0, 0]
    numbers = AgendaItem.objects.filter(pk__in=items).values_list("case_numbers__printed", flat=True)
    assert len(set(items)) == 40
    assert sorted(filter(None, numbers)) == [f"17.01.00-P20-{number}-19" for number in range(1, 5)]


def test_items_with_the_number_of_a_subject_are_not_one_case():
    for year in (2018, 2019):
        store(item("1", "Skole", case_number="17.01.00-P20"), date=f"{year}-01-01")
    assert len(run_search("skole", SearchFilters(), Order.RANK, 1, grouped=True).items) == 2


def test_staff_decide_if_items_are_one_case(admin_client):
    store_case()
    case = Case.objects.get()
    for standing, hits in (("on", 4), ("", 2)):
        admin_client.post(
            f"/admin/minutes/case/{case.pk}/change/",
            {"standing": standing, "case_numbers-TOTAL_FORMS": 0, "case_numbers-INITIAL_FORMS": 0},
        )
        assert len(run_search("skole", SearchFilters(), Order.RANK, 1, grouped=True).items) == hits
        assert list(differences()) == []


def test_the_topic_is_a_facet_and_a_filter_of_the_search(client):
    store_case()
    page = client.get("/soeg/", {"q": "skole"}).content.decode()
    assert re.search(r'emne=skole">Skole</a> <span class="number">3<', page)
    response = client.get("/soeg/", {"emne": "skole", "vis": "punkter"}).content.decode()
    assert "3 punkter fundet" in response
    assert client.get("/soeg/", {"emne": "findes-ikke"}).status_code == 400


@pytest.mark.parametrize("order", Order)
def test_a_case_found_by_a_word_and_by_its_synonym_is_one_hit(order):
    for month, title in (
        ("01", "Ny børnehave"),
        ("02", "Ny daginstitution"),
        ("03", "Daginstitutionens navn"),
    ):
        number = None if month == "03" else "28.01.00-P20-4-19"
        store(item("1", title, case_number=number), date=f"2019-{month}-01")
    result = run_search("børnehave", SearchFilters(), order, 1, grouped=True)
    assert len(result.items) == 2
    assert len(result.cases) == 1
    assert result.searcher.known_places == 2
    assert result.searcher.count().total == 3
