"""Searching the published items: what is found, in which order, and what the page tells."""

import re

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minutes import publishing
from minutes.models import AgendaItem, SearchEntry, SearchWord
from minutes.search import facets, ranking, searcher
from minutes.search.consistency import differences
from minutes.search.filters import Order, SearchFilters
from minutes.search.index import VERSION
from minutes.search.inflections import lemmas
from minutes.search.lexicon import ABBREVIATIONS
from minutes.search.query_parser import parse_query
from minutes.search.rebuild import is_stale, rebuild
from minutes.search.results import run_search
from minutes.search.searcher import Searcher
from minutes.search.snippets import ItemTexts, snippet_texts, snippets
from minutes.vocabulary import Outcome, SectionKind
from tests.documents import ballot, item, section, store

pytestmark = pytest.mark.django_db


def titles(text: str, order: Order = Order.RANK) -> list[str]:
    found = run_search(text, SearchFilters(), order, 1)
    items = AgendaItem.objects.in_bulk(found.items)
    assert found.searcher.count().total >= len(found.items)
    return [items[each].title for each in found.items]


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
        ("aeldreomraadet", "Taget på ældreområder"),
        ("træning", "Borgerne træner hjemme"),
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
        ("rapport", "Delrapport om støj"),
        ("udgift", "Merudgifterne til vinteren"),
        ("pension", "Førtidspensioner i tal"),
        ("plan", "Tidsplanen"),
        ("kursus", "Forældrekurser i foråret"),
        ("hal", "En ny multihal"),
        ("refusion", "Beløbet refunderes"),
        ("diagnoser", "Dobbeltdiagnosticerede borgere"),
        ("dobbeltdiagnose", "Dobbeltdiagnosticerede borgere"),
        ("kortlægge", "Kortlægning af behovet"),
        ("udskrivning", "Udskrevet fra sygehuset"),
        ("20-årshændelse", "Bassin til en 20-års hændelse"),
        ("fængsel", "Én afsoner en fængselsdom"),
        ("vedligehold", "Vedligeholdelsen af vejene"),
        ("sal", "Gymnastiksalens gulv"),
        ("dyr", "Regler for husdyr"),
        ("KL20/123", "Sagen KL20/123"),
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
        ("udsættelse", "Socialt udsatte"),
        ("praktik", "Praktiske forhold"),
        ("bygge", "Tre bygninger"),
        ("dom", "Ungdommens sygdomme"),
        ("virksom", "Virksomheder"),
        ("kl", "Mødet begynder kl. 16"),
    ],
)
def test_it_does_not_find_what_only_looks_alike(typed, title):
    store(item("1", title))
    assert parse_query(typed).match
    assert not Searcher(parse_query(typed)).page(1)


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
    found = Searcher(parse_query(typed)).page(1)
    assert set(AgendaItem.objects.filter(pk__in=found).values_list("title", flat=True)) == expected


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ('skole "ny', "anførselstegn"),
        ("foo:skole", "ikke et felt"),
        ("år:snart", "ikke et årstal"),
        ("s*", "mindst to bogstaver"),
        ("og i", "for almindeligt"),
        ('"ud i skolen"', "“ud i” er for almindeligt til at søge på: i “ud i skolen” kan andre ord stå dér."),
    ],
)
def test_what_cannot_be_understood_is_said(client, typed, note):
    store(item("1", "Skole"))
    assert note in client.get("/soeg/", {"q": typed}).content.decode()


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.text("ab æ\"-*():&|!<>\\'/:.år 1", max_size=60))
def test_no_query_is_an_error(text):
    asked = parse_query(text)
    found = Searcher(asked)
    found.page(1)
    found.count()
    run_search(text.replace("\x00", ""), SearchFilters(), Order.OLDEST, 1)
    snippets([ItemTexts(1, "Imod stemte en.", "Skolen blev godkendt.", text)], asked)


@pytest.mark.parametrize(("decision", "found"), [("", 0), ("Godkendt.", 1)])
def test_who_voted_on_a_closed_item_finds_it_only_where_its_decision_is_printed(decision, found):
    voted = ballot(4, 1, against_names=("Hanne Holm",))
    told = {"closed": True, "ballots": (voted,), "reservations": ("Per Bak",), "decision": decision}
    store(item("1", "Lukket punkt", **told))
    assert len(Searcher(parse_query("imod:holm")).page(1)) == found
    assert not Searcher(parse_query("person:bak")).page(1)


def test_a_committees_name_beside_other_words_is_that_committees_items():
    store(item("1", "Færge"), committee="Teknik- og Havneudvalget")
    store(item("1", "Færge"), date="2021-01-01")
    assert len(titles("Teknik- og Havneudvalget færge")) == 1
    assert len(titles("færge teknik- og havneudvalget")) == 1


def test_a_letter_without_its_stroke_is_likelier_meant_than_another_letter():
    store(
        *(item(str(number), "Støtte til stod og stor støtte") for number in range(1, 5)),
        item("5", "Støj i parken"),
    )
    assert titles("stoj i parker") == ["Støj i parken"]


def test_an_adjective_and_its_noun_find_each_other():
    store(item("1", "Frivillige"), item("2", "Hjemløshed"))
    assert titles("frivillighed") == ["Frivillige"]
    assert titles("hjemløse") == ["Hjemløshed"]


def test_a_word_in_quotation_marks_is_not_a_part_of_another(monkeypatch):
    monkeypatch.setattr(searcher, "_MAX_CANDIDATES", 8)
    store(item("1", "Skolen"), item("2", "Skolechef"), item("3", "Chef", decision="Skolerne bygges."))
    assert titles('"skole"') == ["Skolen", "Chef"]
    assert titles('"i skolen"') == ["Skolen", "Chef"]
    assert set(titles("skole")) == {"Skolen", "Skolechef", "Chef"}
    assert titles('"skole chef"') == []
    assert titles('titel:("chef") skole') == ["Chef"]


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
@pytest.mark.parametrize(("typed", "ranked"), [("skole", 30), ('"ny skole"', 120)])
def test_no_page_repeats_an_item_and_none_is_left_out(monkeypatch, order, typed, ranked):
    """With so few looked at that ranking, windows of months and the rest by date all take part."""
    monkeypatch.setattr(searcher, "_MAX_CANDIDATES", ranked)
    monkeypatch.setattr(ranking, "_FULLY_RANKED", 10)
    monkeypatch.setattr(facets, "_MAX_COUNTED_ROWS", 5)
    for month in range(1, 13):
        items = [item(str(number), f"Punkt {number}", sections=body("ny skole")) for number in range(1, 9)]
        store(*items, item("9", f"Ny skole {month}"), date=f"{2010 + month}-{month:02}-01")
    search = Searcher(parse_query(typed))
    pages = [search.page(number, order) for number in range(1, 8)]
    found = [each for page in pages for each in page]
    monkeypatch.setattr(facets, "_MAX_COUNTED_ROWS", 1_000)
    assert len(found) == len(set(found)) == 108 == search.count().total
    assert pages[5:] == [found[100:], []]
    if order is Order.RANK:
        first = AgendaItem.objects.in_bulk(pages[0])
        assert all(first[each].title.startswith("Ny skole") for each in pages[0][:12])


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize("narrowing", [SearchFilters(), SearchFilters(years=[2020])])
def test_the_number_is_the_same_with_facets_and_without(monkeypatch, exact, narrowing):
    monkeypatch.setattr(facets, "_MAX_COUNTED_ROWS", 1_000 if exact else 0)
    monkeypatch.setattr(searcher, "_MAX_CANDIDATES", 10)
    for year in (2019, 2020):
        store(*(item(str(number), f"Skole {number}") for number in range(1, 33)), date=f"{year}-01-01")
    search = Searcher(parse_query("skole"), narrowing)
    search.page(1)
    told, with_facets = search.count(facets=False), search.count()
    assert (told.total, told.exact) == (with_facets.total, with_facets.exact)
    assert told.exact is exact
    assert told.total == sum(with_facets.outcomes.values())
    assert not exact or told.total == (32 if narrowing.years else 64)


# Slips


def test_a_slip_is_mended_when_nothing_is_found_and_that_is_said(client):
    store(item("1", "Beskæftigelsesplan"), item("2", "Svømmehallen"), item("3", "Partnerskaberne"))
    assert titles("beskæftigelsesplam") == ["Beskæftigelsesplan"]
    assert titles("svommehallen") == ["Svømmehallen"]
    assert titles("partnerskap") == ["Partnerskaberne"]
    page = client.get("/soeg/", {"q": "svommehallen"}).content.decode()
    assert "Viser i stedet <b>svømmehallen</b>" in page


def test_a_slip_in_a_part_of_a_compound_is_mended_though_the_archive_has_only_a_longer_one():
    store(item("1", "Forældrenetværksgruppe"), item("2", "Netværk"), item("3", "Forældre"))
    found = run_search("forældrentværk", SearchFilters(), Order.RANK, 1)
    assert (found.corrected, titles("forældrentværk")) == ("forældrenetværk", ["Forældrenetværksgruppe"])


def test_a_compound_that_no_item_has_is_searched_as_its_words_and_that_is_said(client):
    store(item("1", "Nedsættelse af huslejen"), item("2", "Husleje"))
    assert titles("huslejenedsættelse") == ["Nedsættelse af huslejen"]
    store(item("1", "Lukning af en skolevej"), item("2", "Skole"), date="2020-02-01")
    assert titles("skolevejlukning") == ["Lukning af en skolevej"]
    page = client.get("/soeg/", {"q": "huslejenedsættelse"}).content.decode()
    assert "Viser i stedet <b>husleje nedsættelse</b>" in page


def test_the_words_of_a_compound_that_no_item_has_are_sought_side_by_side_first():
    store(item("1", "Psykiatriens Hus"), item("2", "Psykiatri i et nyt hus"))
    assert titles("psykiatrihus") == ["Psykiatriens Hus"]
    store(item("1", "Borgerrådgiverens beretning"), date="2020-02-01")
    assert titles("borgerrådgiverberetning") == ["Borgerrådgiverens beretning"]


def test_a_compound_that_was_typed_as_its_words_comes_first():
    store(
        item("1", "Beskæftigelse", decision="Der er fundet job til fire, og der er formidlet hjælp."),
        item("2", "Beskæftigelse", decision="Der er ansat jobformidlere."),
    )
    first, _second = run_search("job formidler", SearchFilters(), Order.RANK, 1).items
    assert AgendaItem.objects.get(pk=first).decision == "Der er ansat jobformidlere."


def test_an_abbreviation_and_what_it_stands_for_find_each_other():
    store(item("1", "Svar fra KL"), item("2", "Kommunernes Landsforening"), item("3", "Mødet kl. 16"))
    assert set(titles("KL")) == set(titles("kommunernes landsforening"))
    assert sorted(titles("kl")) == ["Kommunernes Landsforening", "Svar fra KL"]
    assert titles("kommunernes landsforening -svar") == ["Kommunernes Landsforening"]
    assert titles("møde kl. 16") == titles('"mødet kl. 16"') == ["Mødet kl. 16"]
    store(item("1", "Et svar", sections=body("Mødet med KL 12 gange.")), date="2020-02-01")
    assert "med <mark>KL</mark> <mark>12</mark>" in snippet("KL 12 gange")


def test_every_abbreviation_and_what_it_stands_for_ask_for_both():
    for short, long in ABBREVIATIONS.items():
        full = parse_query(f'"{long}"').match if " " in long else f"'{lemmas(long)[0]}'"
        assert full in parse_query(short).match, short
        assert f"'{lemmas(short)[0]}'" in parse_query(long).match, long


def test_an_abbreviation_is_a_word_like_others():
    store(item("1", "Takst for SFO"), item("2", "Skolefritidsordning", decision="Takst."), item("3", "Takst"))
    assert set(titles("sfo takst")) == {"Takst for SFO", "Skolefritidsordning"}
    assert set(titles("skolefritidsordning randers")) == {"Takst for SFO", "Skolefritidsordning"}
    assert set(titles("sfo elefant")) == {"Takst for SFO", "Skolefritidsordning"}
    assert titles("titel:(sfo) takst -ordning") == ["Takst for SFO"]


def test_a_compound_is_not_parted_in_what_no_item_says_as_a_word():
    """Or a search for "kortlægning" is one for "kort", as any "planlægning" has the rest."""
    store(item("1", "Planlægning af kort varighed"), item("2", "Kort"))
    found = run_search("kortlægning", SearchFilters(), Order.RANK, 1)
    assert (found.corrected, found.items) == ("", [])
    store(item("1", "Kort over lægning af kabler"), date="2020-02-01")
    assert run_search("kortlægning", SearchFilters(), Order.RANK, 1).corrected == "kort lægning"


def test_when_no_item_has_all_words_those_with_most_are_shown_and_that_is_said(client):
    store(item("1", "Svømmehal i Dybdal"), item("2", "Svømmehal"), item("3", "Budget"))
    assert titles("svømmehal dybdal elefant") == ["Svømmehal i Dybdal"]
    assert "Ingen punkter har alle ordene" in client.get("/soeg/?q=svømmehal+elefant").content.decode()


def test_words_of_what_is_not_published_are_never_suggested():
    meeting = store(item("1", "Hemmelighedsplanen"))
    assert titles("hemmelighedsplamen") == ["Hemmelighedsplanen"]
    publishing.withdraw(meeting, by=None, reason="Fejl")
    assert not run_search("hemmelighedsplamen", SearchFilters(), Order.RANK, 1).corrected
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


def test_migrate_makes_an_older_index_anew_but_not_to_show_its_plan():
    store(item("1", "Varmeværk"))
    SearchEntry.objects.update(version=VERSION - 1)
    call_command("migrate", plan=True, verbosity=0)
    call_command("migrate", check_unapplied=True, verbosity=0)
    assert is_stale()
    call_command("migrate", verbosity=0)
    assert not is_stale()
    assert titles("varmeværk") == ["Varmeværk"]


def test_what_changes_while_the_index_is_made_anew_is_taken_in(monkeypatch):
    from minutes.search import rebuild as rebuild_module

    kept, gone = store(item("1", "Varmeværk")), store(item("1", "Skole"), date="2020-02-01")
    fill_tables = rebuild_module._fill_tables

    def fill_and_change(meetings, jobs):
        fill_tables(meetings, jobs)
        publishing.withdraw(gone, by=None, reason="Fejl")
        store(item("1", "Svømmehal"), date="2020-03-01")

    monkeypatch.setattr(rebuild_module, "_fill_tables", fill_and_change)
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
    asked = parse_query(text)
    (found,) = snippets(snippet_texts(Searcher(asked).page(1)), asked).values()
    return str(found)


def test_a_snippet_marks_the_words_where_they_stand():
    store(item("1", "Havn", sections=body("Der bygges et varmeværk ved havnen.")))
    assert "<mark>varmeværk</mark>" in snippet("varmeværk")


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("varmeværk", "Et nyt varmeværk bygges.", "nyt <mark>varmeværk</mark> bygges"),
        ("børneudvalget", "Børne- og ungeudvalget mødes.", "<mark>Børne</mark>- og"),
        ("bostøtte", "Hjælp som bo-støtte gives.", "som <mark>bo-støtte</mark> gives"),
        ("366/07", "Se sag 366/07 af maj.", "sag <mark>366/07</mark> af"),
        (
            "havn skole",
            "Havnens mole. En skole ved vandet.",
            "<mark>Havnens</mark> mole. En <mark>skole</mark>",
        ),
    ],
)
@pytest.mark.parametrize("before", ["", "Om alt det andet, der er sagt på mødet.\n" * 400, "x" * 5_000 + " "])
def test_a_snippet_is_found_wherever_it_stands_in_a_text(typed, text, marked, before):
    store(item("1", "Sagen", sections=body(before + text)))
    assert marked in snippet(typed)


def test_words_bent_otherwise_are_marked_beside_those_that_are_not_and_found_without_them():
    store(item("1", "Sagen", sections=body("Bogen er en af de bøger, der købes.")))
    assert snippet("bog") == "<mark>Bogen</mark> er en af de <mark>bøger</mark>, der købes."
    store(item("1", "Sagen", sections=body("Alt andet. " * 60 + "Nye bøger købes.")), date="2020-02-01")
    assert "<mark>Nye</mark> <mark>bøger</mark> købes" in snippet("nye bog")


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
