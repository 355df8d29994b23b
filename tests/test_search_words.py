"""Danish words in a search: inflections, compounds, derivations, abbreviations and spellings."""

import pytest

from minutes.search.inflections import lemmas
from minutes.search.lexicon import ABBREVIATIONS
from minutes.search.query_parser import parse_query
from minutes.search.searcher import Searcher
from tests.documents import item, store
from tests.searching import body, snippet, titles

pytestmark = pytest.mark.django_db


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
def test_related_words_find_the_item(typed, title):
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
def test_similar_words_that_are_unrelated_find_nothing(typed, title):
    store(item("1", title))
    assert parse_query(typed).match
    assert not Searcher(parse_query(typed)).page(1)


def test_an_adjective_and_its_noun_find_each_other():
    store(item("1", "Frivillige"), item("2", "Hjemløshed"))
    assert titles("frivillighed") == ["Frivillige"]
    assert titles("hjemløse") == ["Hjemløshed"]


def test_an_abbreviation_and_its_expansion_find_each_other():
    store(item("1", "Svar fra KL"), item("2", "Kommunernes Landsforening"), item("3", "Mødet kl. 16"))
    assert set(titles("KL")) == set(titles("kommunernes landsforening"))
    assert sorted(titles("kl")) == ["Kommunernes Landsforening", "Svar fra KL"]
    assert titles("kommunernes landsforening -svar") == ["Kommunernes Landsforening"]
    assert titles("møde kl. 16") == titles('"mødet kl. 16"') == ["Mødet kl. 16"]
    store(item("1", "Et svar", sections=body("Mødet med KL 12 gange.")), date="2020-02-01")
    assert "med <mark>KL</mark> <mark>12</mark>" in snippet("KL 12 gange")


def test_every_abbreviation_and_its_expansion_match_both():
    for short, long in ABBREVIATIONS.items():
        full = parse_query(f'"{long}"').match if " " in long else f"'{lemmas(long)[0]}'"
        assert full in parse_query(short).match, short
        assert f"'{lemmas(short)[0]}'" in parse_query(long).match, long


def test_an_abbreviation_can_be_used_as_any_other_word():
    store(item("1", "Takst for SFO"), item("2", "Skolefritidsordning", decision="Takst."), item("3", "Takst"))
    assert set(titles("sfo takst")) == {"Takst for SFO", "Skolefritidsordning"}
    assert set(titles("skolefritidsordning randers")) == {"Takst for SFO", "Skolefritidsordning"}
    assert set(titles("sfo elefant")) == {"Takst for SFO", "Skolefritidsordning"}
    assert titles("titel:(sfo) takst -ordning") == ["Takst for SFO"]
