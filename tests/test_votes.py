"""The list of ballots, as a visitor sees it."""

import html
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from minutes import publishing
from minutes.models import AgendaItem, Ballot
from minutes.reader.records import Statement
from tests.ballots import file_ballots, options, titles, voted, year_rows
from tests.documents import ballot, document, file, item
from tests.pages import text_of

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def archive() -> None:
    file_ballots()


# A ballot in the list


def test_every_ballot_shows_who_voted_how_and_links_to_its_source(client):
    call_command("import_minutes", str(SAMPLES / "aarhus_byraadet.txt"))
    response = client.get("/afstemninger/")
    seen = text_of(response)
    assert f"{Ballot.objects.count()} afstemninger" in seen
    for words in (
        "Aarhus · Byrådet · 22. februar 2017 Afstemning om ændringsforslag: forkastet Omstridt",
        "10 for, 20 imod For Venstre, Dansk Folkeparti",
        "2 for, 25 imod, 3 undlod Undlod SF (3)",
        "Afstemning om del 2: vedtaget Omstridt 16 for, 14 imod",
    ):
        assert words in seen, words
    body = response.content.decode()
    assert '<a href="/aarhus/byraadet/2017-02-22/3/">' in body
    assert '<a href="/aarhus/personer/theis-arnfeldt/">Theis Arnfeldt</a>' in body
    for row in Ballot.objects.all():
        quoted = f"<blockquote>{html.escape(row.evidence)}</blockquote>"
        source = f"/kilde/{row.item.reading_id}/?fra={row.start}&amp;til={row.end}#fra"
        assert quoted in body
        assert source in body


def test_inferred_counts_and_results_are_marked(client):
    file(document(voted("Bro", ballot(1, 2, counts_from="counted", result_from="counts", result="lost"))))
    file(document(voted("Sti", ballot(3, 2)), date="2020-02-02"))
    file(document(voted("Tag", ballot(None, None)), date="2020-03-03"))
    seen = text_of(client.get("/afstemninger/"))
    assert "1 for, 2 imod (optalt ud fra navnene) (resultatet er udledt af stemmetallene)" in seen
    assert seen.count("optalt ud fra navnene") == 1
    assert "Tag" in seen
    assert "vedtaget Stemmetallene fremgår ikke af referatet." in seen


def test_people_named_at_an_item_link_to_their_pages(client, archive):
    seen = client.get("/randers/beskaeftigelsesudvalget/2020-02-03/1/").content.decode()
    mark = '<i class="seat against printed" aria-hidden="true"></i>'
    name = f'{mark}&nbsp;<a href="/randers/personer/ane-lund/">Ane Lund</a>'
    assert f'<th scope="row">Imod</th><td>–</td><td>{name}</td>' in seen
    assert client.get("/randers/personer/ane-lund/").status_code == 200


def test_texts_of_a_document_are_escaped(client):
    hostile = "<script>alert(1)</script>"
    names = {"against_names": (f"Ane {hostile}",), "against_parties": {"<b>": 2}}
    file(document(voted(hostile, ballot(6, 1, evidence=hostile, **names), reservations=(hostile,))))
    seen = client.get("/afstemninger/").content.decode()
    assert "<script>alert" not in seen
    assert "<b>" not in seen.replace("<b>6</b>", "").replace("<b>1</b>", "")
    assert seen.count("&lt;script&gt;") >= 3


# Contested ballots


@pytest.mark.parametrize(
    ("printed", "fields", "contested"),
    [
        (ballot(5, 0), {}, False),
        (ballot(5, None), {}, False),
        (ballot(None, None), {}, False),
        (ballot(None, None, result="lost"), {}, False),
        (ballot(4, 1), {}, True),
        (ballot(4, 0, abstained=1), {}, True),
        (ballot(None, None, against_names=("Ane Lund",)), {}, True),
        (ballot(None, None, abstained_parties={"A": None}), {}, True),
        (ballot(2, None, result="lost"), {}, True),
        (ballot(5, 0), {"reservations": ("Bo Dam",)}, True),
        (ballot(5, 0), {"statements": (Statement(who=("Bo Dam",), text="Nå.", start=0, end=1),)}, False),
    ],
)
def test_a_ballot_is_contested_by_the_rules_for_items(client, printed, fields, contested):
    file(document(voted("Bro", printed, **fields)))
    assert AgendaItem.objects.get().contested is contested
    assert bool(titles(client.get("/afstemninger/?omstridt=on"))) is contested
    assert ("vedtaget Omstridt" in text_of(client.get("/afstemninger/"))) is (
        contested and printed.result == "carried"
    )


def test_only_the_contested_ballots_of_a_contested_item_are_listed(client):
    file(document(voted("Bro", ballot(2, 5, subject="amendment", result="lost"), ballot(7, 0))))
    seen = text_of(client.get("/afstemninger/?omstridt=on"))
    assert "1 afstemning " in seen
    assert "Afstemning om ændringsforslag: forkastet" in seen


def test_reservations_are_shown(client):
    file(document(voted("Bro", ballot(7, 0), ballot(5, 2), reservations=("Bo Dam", "Eva Kirk"))))
    assert text_of(client.get("/afstemninger/")).count("Forbehold ved punktet: Bo Dam, Eva Kirk") == 2


# Empty lists and hidden ballots


def test_an_empty_archive_and_an_empty_result_are_explained(client):
    seen = text_of(client.get("/afstemninger/"))
    assert "0 afstemninger" in seen
    assert "Der er ingen afstemninger i arkivet endnu." in seen
    file(document(voted("Bro", ballot(5, 4))))
    seen = text_of(client.get("/afstemninger/?til=2001-01-01"))
    assert "0 afstemninger" in seen
    assert "Ingen afstemninger passer til afgrænsningen." in seen
    assert "<svg" not in client.get("/afstemninger/?til=2001-01-01").content.decode()


@pytest.mark.parametrize("hide", ["draft", "withdrawn", "taken down"])
def test_unpublished_ballots_are_in_no_list_choice_or_figure(client, archive, hide):
    names = {"for_names": ("Kanariefugl Hansen",), "against_parties": {"Kanariefugl": None}}
    hidden = file(
        document(voted("Kanariefugl", ballot(3, 2, **names)), date="2022-02-02"), publish=hide != "draft"
    ).meeting
    if hide == "withdrawn":
        publishing.withdraw(hidden)
    elif hide == "taken down":
        publishing.take_down_meeting(hidden, by=None, reason="Efter anmodning")
    for query in ("", "?kommune=randers", "?omstridt=on", "?sorter=taettest", "?forskel=1"):
        response = client.get(f"/afstemninger/{query}")
        assert "anariefugl" not in response.content.decode(), query
        assert "2022" not in [row[0] for row in year_rows(response)]
    assert "5 afstemninger" in text_of(client.get("/afstemninger/"))
    assert client.get("/afstemninger/?person=kanariefugl-hansen").status_code == 400
    assert client.get("/afstemninger/?parti=Kanariefugl").status_code == 400


def test_a_closed_item_shows_only_its_decision(client):
    against = ballot(5, 2, against_names=("Ane Lund",))
    file(
        document(
            item("1", "Lukket uden ord", closed=True, ballots=(against,)),
            item(
                "2",
                "Lukket med ord",
                closed=True,
                decision="Godkendt.",
                ballots=(ballot(7, 0),),
                reservations=("Bo Kanariefugl",),
            ),
        )
    )
    response = client.get("/afstemninger/")
    assert titles(response) == ["Lukket med ord"]
    assert options(response, "person") == []
    assert "anariefugl" not in response.content.decode()
    assert titles(client.get("/afstemninger/?omstridt=on")) == []


# Query counts


@pytest.mark.parametrize(
    "query", ["", "?kommune=randers&person=ane-lund&omstridt=on&forskel=5&sorter=taettest&parti=A"]
)
def test_a_page_makes_as_many_queries_for_twenty_ballots_as_for_one(client, query, django_assert_num_queries):
    def rich(number: int):
        names = {"for_names": ("Bo Dam", "Ib Holm"), "against_names": ("Ane Lund",)}
        printed = ballot(5, 4, for_parties={"A": None, "B": 2}, **names)
        return voted(f"Sag {number}", printed, reservations=("Eva Kirk",))

    queries = 11 if query else 10
    file(document(rich(0)))
    with django_assert_num_queries(queries):
        assert len(titles(client.get(f"/afstemninger/{query}"))) == 1
    for number in range(1, 21):
        day = date(2020, 1, 14) + timedelta(days=200 * number)
        file(document(rich(number), date=str(day), committee=f"Udvalg {number}"))
    with django_assert_num_queries(queries):
        assert len(titles(client.get(f"/afstemninger/{query}"))) == 21
