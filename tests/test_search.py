"""Searching the published items: what is found, in which order, and what the page tells."""

import re

import pytest
from django.db import OperationalError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.errors import QueryCanceled

from minutes import publishing
from minutes.models import AgendaItem, Meeting, SearchEntry, SearchWord
from minutes.search import find as finding
from minutes.search.answers import answer
from minutes.search.find import Narrowing, Order, Search
from minutes.search.language import understood
from minutes.search.rebuilding import differences, rebuild
from minutes.search.snippets import snippets
from minutes.vocabulary import Outcome, SectionKind
from tests.documents import ballot, document, file, item, section

pytestmark = pytest.mark.django_db


def titles(text: str, order: Order = Order.RANK) -> list[str]:
    found = answer(text, Narrowing(), order, 1)
    items = AgendaItem.objects.in_bulk(found.items)
    assert found.counts.total >= len(found.items)
    return [items[each].title for each in found.items]


def store(*items, **fields) -> Meeting:
    return file(document(*items, **fields)).meeting


def body(text: str):
    return (section(SectionKind.PRESENTATION, text),)


# Danish


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("cykelsti", "Cykelstierne ved skolen"),
        ("skole", "Ungdomsskolernes tag"),
        ("psykiatri", "Psykiatriplanen"),
        ("psykiatri", "Børnepsykiatrien"),
        ("psykiatri", "Psykiatrisk afdeling"),
        ("plan", "Kommuneplantillæg 7"),
        ("kommuneplan", "Kommuneplantillæg 7"),
        ("budget", "Budgettet for 2020"),
        ("budgetter", "Budgettet for 2020"),
        ("jobcentret", "Et nyt jobcenter"),
        ("jobcenter", "Jobcentrenes tal"),
        ("bog", "Bøgernes dag"),
        ("reform", "To reformer"),
        ("beskaeftigelse", "Beskæftigelsen i tal"),
        ("boernepsykiatri", "Børnepsykiatrien"),
        ("århus", "Motorvej til Aarhus"),
        ("aarhus", "Motorvej til Århus"),
        ("uddannelse", "Job/uddannelse"),
        ("job/uddannelse", "Job/uddannelse"),
        ("bostøtte", "Mere bo-støtte"),
        ("kvalitetstandard", "Kvalitetsstandard for hjælp"),
        ("børneudvalg", "Børne- og Ungeudvalget"),
        ("ældrepleje", "ÆLDREPLEJE PÅ ØSTERBRO"),
        ("kr.", "500 kr. til klubben"),
        ("BR 366/07", "Svar på BR 366/07"),
        ("omorganisere", "Omorganisering af driften"),
        ("limbakke", "Limbakkeskolens gård"),
        ("18.250.000", "Et lån på 18.250.000 kr."),
        ("radikalisering", "Antiradikalisering"),
        ("hjerneskade", "Hjælp til senhjerneskadede"),
        ("jobformidlerne", "En ny jobformidler"),
        ("§ 18", "Støtte efter §18"),
        ("§18", "Støtte efter § 18"),
    ],
)
def test_it_finds_what_a_dane_means(typed, title):
    store(item("1", title), item("2", "Eventuelt"))
    assert titles(typed) == [title]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("ledighed", "Ledelse i kommunen"),
        ("led", "Ledelse i kommunen"),
        ("leder", "Leddet i kæden"),
        ("havn", "Haven ved rådhuset"),
        ("regn", "Regnskab for 2019"),
        ("eva", "Se www.kommunen.dk/eva"),
        ("§ 18", "18 boliger"),
    ],
)
def test_it_does_not_find_what_only_looks_alike(typed, title):
    store(item("1", title))
    assert understood(typed).match
    assert not Search(understood(typed)).page(1)


def test_a_whole_word_comes_before_a_part_of_one():
    store(item("1", "Beskæftigelsesudvalget"), item("2", "Et udvalg"))
    assert titles("udvalg") == ["Et udvalg", "Beskæftigelsesudvalget"]


# The query language


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("nye skole", {"Den nye skole", "Skolen er ny"}),
        ('"nye skole"', {"Den nye skole"}),
        ("“nye skole”", {"Den nye skole"}),
        ("skole -budget", {"Den nye skole", "Skolen er ny"}),
        ("budget eller skole", {"Den nye skole", "Skolen er ny", "Budgettet"}),
        ("budget OR skole", {"Den nye skole", "Skolen er ny", "Budgettet"}),
        ("(budget eller skole) -ny", {"Budgettet"}),
        ("-skole", {"Budgettet"}),
        ("sko*", {"Den nye skole", "Skolen er ny"}),
        ("titel:skole", {"Den nye skole", "Skolen er ny"}),
        ("titel:varmeværk", set()),
        ("beslutning:varmeværk", {"Budgettet"}),
        ("udvalg:beskæftigelse budget", {"Budgettet"}),
        ("udvalg:teknik budget", set()),
        ("kommune:randers budget", {"Budgettet"}),
        ("kommune:odder budget", set()),
        ("år:2019..2021 budget", {"Budgettet"}),
        ("år:2020", {"Den nye skole", "Skolen er ny", "Budgettet"}),
        ("år:2017..2019 budget", set()),
        ("imod:holm", {"Budgettet"}),
        ("for:holm", set()),
        ('person:"Hanne Holm"', {"Budgettet"}),
        ("person:holm", {"Budgettet"}),
        ("14. januar 2020", {"Den nye skole", "Skolen er ny", "Budgettet"}),
        ("3. maj 2018", {"Den nye skole"}),
        ("03-05-2018", {"Den nye skole"}),
        ("05.01.00-P20-1-19", {"Skolen er ny"}),
        ("05.01.00-p20", {"Skolen er ny"}),
        ("sag:05.01.00*", {"Skolen er ny"}),
        ("sag:05.01.00", {"Skolen er ny"}),
        ("sag:05.01.0", set()),
        ("sag:05.01.00-P20-1-18", set()),
    ],
)
def test_a_query_finds(typed, expected):
    voted = ballot(4, 1, against_names=("Hanne Holm",))
    store(
        item("1", "Den nye skole", sections=body("Som besluttet den 3. maj 2018.")),
        item("2", "Skolen er ny", case_number="05.01.00-P20-1-19"),
        item("3", "Budgettet", decision="Varmeværk godkendt.", ballots=(voted,)),
    )
    found = Search(understood(typed)).page(1)
    assert set(AgendaItem.objects.filter(pk__in=found).values_list("title", flat=True)) == expected


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ('skole "ny', "anførselstegn"),
        ("foo:skole", "ikke et felt"),
        ("år:snart", "ikke et årstal"),
        ("s*", "mindst to bogstaver"),
        ("og i", "for almindeligt"),
    ],
)
def test_what_cannot_be_understood_is_said(client, typed, note):
    store(item("1", "Skole"))
    assert note in client.get("/soeg/", {"q": typed}).content.decode()


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.text("ab æ\"-*():&|!<>\\'/:.år 1", max_size=60))
def test_no_query_is_an_error(text):
    asked = understood(text)
    found = Search(asked)
    found.page(1)
    found.counts()
    answer(text.replace("\x00", ""), Narrowing(), Order.OLDEST, 1)
    snippets([1], asked)


@pytest.mark.parametrize(("decision", "found"), [("", 0), ("Godkendt.", 1)])
def test_who_voted_on_a_closed_item_finds_it_only_where_its_decision_is_printed(decision, found):
    voted = ballot(4, 1, against_names=("Hanne Holm",))
    told = {"closed": True, "ballots": (voted,), "reservations": ("Per Bak",), "decision": decision}
    store(item("1", "Lukket punkt", **told))
    assert len(Search(understood("imod:holm")).page(1)) == found
    assert not Search(understood("person:bak")).page(1)


# Order


def test_a_title_outranks_a_decision_and_a_decision_the_text():
    store(
        item("1", "Et", sections=body("varmeværk")),
        item("2", "To", decision="Varmeværk godkendt."),
        item("3", "Varmeværk"),
        item("4", "Fire", sections=(section(SectionKind.RESUME, "varmeværk"),)),
    )
    assert titles("varmeværk") == ["Varmeværk", "To", "Fire", "Et"]


def test_words_beside_each_other_come_first():
    store(
        item("1", "Taget på vores gamle og slidte skole"),
        item("2", "Skolens nye tag"),
        item("3", "Skolens hal har fået nyt gulv, nye vinduer og måske et tag"),
    )
    assert titles("gamle skole tag")[:1] == ["Taget på vores gamle og slidte skole"]
    assert titles("nye tag")[0] == "Skolens nye tag"


def test_of_equals_the_newest_comes_first_and_both_ways_by_date():
    for year in (2018, 2020, 2019):
        store(item("1", f"Varmeværk {year}"), date=f"{year}-01-01")
    in_order = ["Varmeværk 2020", "Varmeværk 2019", "Varmeværk 2018"]
    assert titles("varmeværk") == in_order
    assert titles("varmeværk", Order.NEWEST) == in_order
    assert titles("varmeværk", Order.OLDEST) == in_order[::-1]


@pytest.mark.parametrize("order", Order)
def test_no_page_repeats_an_item_and_none_is_left_out(monkeypatch, order):
    """With so few looked at that ranking, windows of months and the rest by date all take part."""
    for name, value in {"_RANKED": 30, "_CLOSER": 10, "_COLLECTED": 5, "_COUNTED": 1_000}.items():
        monkeypatch.setattr(finding, name, value)
    for month in range(1, 13):
        items = [item(str(number), f"Punkt {number}", sections=body("skole")) for number in range(1, 9)]
        store(*items, item("9", f"Skole {month}"), date=f"{2010 + month}-{month:02}-01")
    search = Search(understood("skole"))
    pages = [search.page(number, order) for number in range(1, 8)]
    found = [each for page in pages for each in page]
    assert len(found) == len(set(found)) == 108 == search.counts().total
    assert pages[5:] == [found[100:], []]
    if order is Order.RANK:
        first = AgendaItem.objects.in_bulk(pages[0])
        assert all(first[each].title.startswith("Skole") for each in pages[0][:12])


# Slips


def test_a_slip_is_mended_when_nothing_is_found_and_that_is_said(client):
    store(item("1", "Beskæftigelsesplan"), item("2", "Svømmehallen"))
    assert titles("beskæftigelsesplam") == ["Beskæftigelsesplan"]
    assert titles("svommehallen") == ["Svømmehallen"]
    page = client.get("/soeg/", {"q": "svommehallen"}).content.decode()
    assert "Viser i stedet <b>svømmehallen</b>" in page


def test_when_no_item_has_all_words_those_with_most_are_shown_and_that_is_said(client):
    store(item("1", "Svømmehal i Dybdal"), item("2", "Svømmehal"), item("3", "Budget"))
    assert titles("svømmehal dybdal elefant") == ["Svømmehal i Dybdal"]
    assert "Ingen punkter har alle ordene" in client.get("/soeg/?q=svømmehal+elefant").content.decode()


def test_words_of_what_is_not_published_are_never_suggested():
    meeting = store(item("1", "Hemmelighedsplanen"))
    assert titles("hemmelighedsplamen") == ["Hemmelighedsplanen"]
    publishing.withdraw(meeting, by=None, reason="Fejl")
    assert not answer("hemmelighedsplamen", Narrowing(), Order.RANK, 1).mended
    assert not SearchWord.objects.filter(word="hemmelighedsplanen").exists()


# The index


def test_the_index_agrees_with_the_archive_until_somebody_meddles():
    store(item("1", "Varmeværk", ballots=(ballot(4, 3),), outcome=Outcome.APPROVED), item("2", "Skole"))
    assert not list(differences())
    SearchEntry.objects.filter(item__title="Skole").update(outcome="rejected")
    SearchEntry.objects.filter(item__title="Varmeværk").delete()
    assert sorted(each.what for each in differences()) == ["missing", "other"]
    assert rebuild() == 2
    assert not list(differences())
    assert titles("varmeværk") == ["Varmeværk"]
    assert SearchWord.objects.filter(word="varmeværk").exists()


def test_what_changes_while_the_index_is_made_anew_is_taken_in(monkeypatch):
    from minutes.search import rebuilding

    kept, gone = store(item("1", "Varmeværk")), store(item("1", "Skole"), date="2020-02-01")
    fill = rebuilding._fill

    def fill_and_change(meetings, jobs):
        fill(meetings, jobs)
        publishing.withdraw(gone, by=None, reason="Fejl")
        store(item("1", "Svømmehal"), date="2020-03-01")

    monkeypatch.setattr(rebuilding, "_fill", fill_and_change)
    assert rebuild() == 2
    assert not list(differences())
    assert (titles("varmeværk"), titles("skole"), titles("svømmehal")) == (["Varmeværk"], [], ["Svømmehal"])
    assert kept.items.count() == 1


def test_an_item_of_a_megabyte_is_indexed():
    words = " ".join(f"ord{number}" for number in range(150_000))
    store(item("1", "Stort", decision=words, sections=body(words)))
    assert titles("ord17") == ["Stort"]


# Snippets


def snippet(text: str) -> str:
    asked = understood(text)
    (found,) = snippets(Search(asked).page(1), asked).values()
    return str(found)


def test_a_snippet_marks_the_words_where_they_stand():
    store(item("1", "Havn", sections=body("Der bygges et varmeværk ved havnen.")))
    assert "<mark>varmeværk</mark>" in snippet("varmeværk")


def test_a_snippet_is_of_the_decision_before_the_text():
    store(item("1", "Havn", decision="Skolen bygges.", sections=body("Om en skole.")))
    assert snippet("skole") == "<mark>Skolen</mark> bygges."


def test_a_snippet_of_somebodys_vote_is_of_the_ballot():
    voted = ballot(4, 1, against_names=("Hanne Holm",), evidence="Imod stemte Hanne Holm.")
    store(item("1", "Budget", decision="Godkendt.", ballots=(voted,)))
    assert snippet("imod:holm") == "Imod stemte Hanne <mark>Holm</mark>."


def test_a_snippet_is_escaped_before_it_is_marked():
    store(item("1", "Havn", sections=body("<script>alert(1)</script> varmeværk <mark>x</mark> <b>fed</b>")))
    found = snippet("varmeværk")
    assert "<mark>varmeværk</mark>" in found
    assert re.sub(r"</?mark>", "", found, count=2).count("<") == 0
    assert "&lt;mark&gt;x" in found


def test_marks_of_a_documents_own_are_no_marks():
    store(item("1", "Havn", decision="\ue000varmeværk\ue001 ved havnen"))
    assert snippet("havnen").count("<mark>") == 1


# The page


@pytest.fixture
def found(client):
    """The titles that the search page shows, in its order."""

    def found(**query: object) -> list[str]:
        response = client.get("/soeg/", query)
        assert response.status_code == 200
        return re.findall(r'<h2><a href="/[^"]+">([^<]+)</a></h2>', response.content.decode())

    return found


def store_three() -> None:
    store(
        item("1", "Varmeværk ét", outcome=Outcome.APPROVED, ballots=(ballot(4, 3),)),
        item("2", "Varmeværk to", outcome=Outcome.REJECTED),
    )
    store(item("1", "Varmeværk tre"), date="2010-01-01", committee="Byrådet")


def test_the_page_filters_by_place_time_outcome_and_dissent(found):
    store_three()
    assert len(found(q="varmeværk")) == 3
    assert found(q="varmeværk", udvalg="byraadet") == ["Varmeværk tre"]
    assert len(found(q="varmeværk", udvalg=["byraadet", "beskaeftigelsesudvalget"])) == 3
    assert found(q="varmeværk", udvalg="byraadet", kommune="randers") == ["Varmeværk tre"]
    assert found(q="varmeværk", til="2015-01-01") == ["Varmeværk tre"]
    assert found(q="varmeværk", aar="2010") == ["Varmeværk tre"]
    assert found(q="varmeværk", udfald="rejected") == ["Varmeværk to"]
    assert found(q="varmeværk", omstridt="on") == ["Varmeværk ét"]
    assert found(omstridt="on") == ["Varmeværk ét"]
    assert found(q="varmeværk", sorter="dato")[-1] == "Varmeværk tre"
    assert found(q="varmeværk", sorter="aeldste")[0] == "Varmeværk tre"


def test_facets_count_what_each_would_give_and_keep_the_query(client):
    store_three()
    page = client.get("/soeg/", {"q": "varmeværk", "udvalg": "byraadet"}).content.decode()
    told = re.findall(r'href="(\?[^"]+)"[^>]*>(?:<span[^>]*>✓ </span>)?([^<]+)<.*?number">([\d.]+)<', page)
    counts = {label: int(number) for _href, label, number in told}
    assert counts["Byrådet"] == 1
    assert counts["Beskæftigelsesudvalget"] == 2  # as if the facet were not narrowed to itself
    assert counts["2010"] == 1
    assert "2020" not in counts
    assert all("q=varmev%C3%A6rk" in href for href, _label, _number in told)


def test_the_page_keeps_its_questions_from_page_to_page(client):
    store(*(item(str(number), f"Varmeværk {number}") for number in range(1, 26)))
    body = client.get("/soeg/", {"q": "varmeværk", "sorter": "dato"}).content.decode()
    assert "25 punkter fundet" in body
    assert re.search(r'href="\?[^"]*q=varmev%C3%A6rk[^"]*side=2', body)
    assert client.get("/soeg/", {"q": "varmeværk", "side": "2"}).status_code == 200


@pytest.mark.parametrize("side", ["3", "0", "-1", "501", "x", "99999999999999999999"])
def test_pages_that_do_not_exist_are_not_found(client, side):
    store(*(item(str(number), f"Varmeværk {number}") for number in range(1, 26)))
    assert client.get("/soeg/", {"q": "varmeværk", "side": side}).status_code == 404


@pytest.mark.parametrize(
    "query", [{"q": "a" * 1001}, {"sorter": "navn"}, {"kommune": "atlantis"}, {"aar": "i fjor"}, {"fra": "x"}]
)
def test_a_question_that_cannot_be_is_refused(client, query):
    assert client.get("/soeg/", query).status_code == 400


def test_a_search_without_hits_gives_advice(client):
    store(item("1", "Budget"))
    assert "Prøv færre eller andre ord" in client.get("/soeg/", {"q": "elefant"}).content.decode()


def test_counts_from_the_sample_are_said_to_be_guesses(client, monkeypatch):
    monkeypatch.setattr(finding, "_COUNTED", -1)
    monkeypatch.setattr(finding, "_RANKED", 20)
    store(*(item(str(number), f"Varmeværk {number}") for number in range(1, 40)))
    page = client.get("/soeg/", {"q": "varmeværk"}).content.decode()
    number = re.search(r'role="status">ca\. (\d+) punkter', page)
    assert number
    assert int(number[1]) >= 20


def test_the_number_found_is_the_same_whatever_the_order(client, monkeypatch):
    monkeypatch.setattr(finding, "_COUNTED", -1)
    store(*(item(str(number), f"Varmeværk {number}") for number in range(1, 40)))
    for order in Order:
        page = client.get("/soeg/", {"q": "varmeværk", "sorter": order.value}).content.decode()
        assert 'role="status">39 punkter fundet' in page


def test_a_query_that_names_a_committee_shows_it_on_top(client):
    store(item("1", "Budget"))
    page = client.get("/soeg/", {"q": "Beskæftigelsesudvalget"}).content.decode()
    assert '<a href="/randers/beskaeftigelsesudvalget/">Beskæftigelsesudvalget</a>' in page


def test_a_search_that_takes_too_long_asks_for_a_narrower_one(client, monkeypatch):
    def gives_up(*_arguments: object) -> None:
        raise OperationalError from QueryCanceled()

    monkeypatch.setattr("minutes.views.search.answer", gives_up)
    response = client.get("/soeg/", {"q": "skole"})
    assert response.status_code == 503
    assert "Gør den snævrere" in response.content.decode()


def test_the_help_shows_examples_that_work(client):
    page = client.get("/soeg/hjaelp/").content.decode()
    examples = re.findall(r'href="(/soeg/\?q=[^"]+)"', page)
    assert len(examples) > 12
    for example in examples:
        assert client.get(example).status_code == 200


@pytest.mark.parametrize("number", [1, 20])
def test_a_page_of_hits_makes_a_constant_number_of_queries(client, django_assert_max_num_queries, number):
    store(*(item(str(each), f"Varmeværk {each}") for each in range(1, number + 1)))
    client.get("/soeg/", {"q": "varmeværk"})
    with django_assert_max_num_queries(20):
        client.get("/soeg/", {"q": "varmeværk budgets"})
    with django_assert_max_num_queries(13):
        client.get("/soeg/", {"q": "varmeværk"})
    assert connection.connection


# Suggestions


def suggested(client, text: str) -> list[tuple[str, str]]:
    found = client.get("/soeg/forslag/", {"q": text}).json()["suggestions"]
    return [(each["kind"], each["text"]) for each in found]


def test_committees_cases_and_titles_are_suggested(client):
    store(item("1", "Cykelsti ved skolen", case_number="05.01.00-P20-1-19"))
    assert ("Udvalg", "Beskæftigelsesudvalget") in suggested(client, "besk")
    assert ("Kommune", "Randers") in suggested(client, "rand")
    assert ("Punkt", "Cykelsti ved skolen") in suggested(client, "cyk")
    assert ("Punkt", "Cykelsti ved skolen") in suggested(client, "cykelsti skol")
    assert ("Sag", "05.01.00-P20-1-19") in suggested(client, "05.01")
    assert suggested(client, "x") == suggested(client, "") == []


def test_nothing_unpublished_is_suggested(client):
    meeting = store(item("1", "Cykelsti", case_number="05.01.00-P20-1-19"))
    publishing.withdraw(meeting, by=None, reason="Fejl")
    for text in ("besk", "rand", "cyk", "05.01"):
        assert suggested(client, text) == []
