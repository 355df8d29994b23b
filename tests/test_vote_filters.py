"""Filters and sorting of the list of ballots."""

import re
from datetime import date, timedelta

import pytest

from minutes import filters
from minutes.models import Party
from minutes.reader.records import MemberVote, Participant
from minutes.vocabulary import VoteChoice, VoteKnown
from tests.ballots import file_ballots, options, titles, voted
from tests.documents import ballot, document, file, herning, item
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive() -> None:
    file_ballots()


# Filters


FILTERED = {
    "": ["Museum", "Havnebad", "Cykelsti", "Ny bro", "Skolens tag"],
    "kommune=randers": ["Havnebad", "Cykelsti", "Ny bro", "Skolens tag"],
    "udvalg=byraadet": ["Museum", "Skolens tag"],
    "kommune=randers&udvalg=byraadet": ["Skolens tag"],
    "fra=2020-03-03": ["Museum", "Havnebad", "Cykelsti"],
    "til=2020-03-03": ["Cykelsti", "Ny bro", "Skolens tag"],
    "fra=2020-01-01&til=2020-12-31": ["Cykelsti", "Ny bro"],
    "resultat=carried": ["Museum", "Cykelsti", "Ny bro", "Skolens tag"],
    "resultat=lost": ["Havnebad"],
    "forskel=1": ["Havnebad", "Skolens tag"],
    "forskel=3": ["Havnebad", "Ny bro", "Skolens tag"],
    "forskel=5": ["Havnebad", "Cykelsti", "Ny bro", "Skolens tag"],
    "omstridt=on": ["Museum", "Havnebad", "Ny bro", "Skolens tag"],
    "person=ane-lund": ["Museum", "Ny bro", "Skolens tag"],
    "person=ane-lund&kommune=herning": ["Museum"],
    "person=bo-dam": ["Skolens tag"],
    "parti=A": ["Havnebad"],
    "parti=%C3%98&person=ane-lund&omstridt=on&forskel=1&til=2019-12-31": ["Skolens tag"],
    "parti=A&person=ane-lund": [],
    "sorter=taettest": ["Havnebad", "Skolens tag", "Ny bro", "Cykelsti", "Museum"],
    "sorter=taettest&omstridt=on&kommune=randers": ["Havnebad", "Skolens tag", "Ny bro"],
    "ukendt=1&omstridt=": ["Museum", "Havnebad", "Cykelsti", "Ny bro", "Skolens tag"],
}


def test_ballots_are_filtered_and_sorted(client, archive):
    for query, expected in FILTERED.items():
        response = client.get(f"/afstemninger/?{query}")
        assert response.status_code == 200, query
        assert titles(response) == expected, query
        assert f"{len(expected)} afstemning" in text_of(response), query


def test_ballots_are_filtered_by_words_and_topic_of_their_item(client):
    for number, (title, case_number) in enumerate(
        [("Ny bro", "05.01.00-P20-1-19"), ("Ny skole", "17.01.00-P20-4-19")]
    ):
        file(document(voted(title, ballot(4, 3), case_number=case_number), date=f"2020-0{number + 1}-01"))
    for query, expected in {
        "q=skoler": ["Ny skole"],
        "q=ny": ["Ny skole", "Ny bro"],
        "q=ny+-skole": ["Ny bro"],
        "q=havn": [],
        "emne=trafik": ["Ny bro"],
        "emne=trafik&q=skole": [],
        "emne=kultur": [],
    }.items():
        assert titles(client.get(f"/afstemninger/?{query}")) == expected, query
    assert client.get("/afstemninger/?emne=findes-ikke").status_code == 400
    rows = client.get("/api/v1/ballots?topic=skole").json()["data"]
    assert len(rows) == 1
    assert len(client.get("/api/v1/items?topic=skole").json()["data"]) == 1


def test_the_form_shows_the_chosen_filters(client, archive):
    seen = client.get(
        "/afstemninger/?kommune=randers&person=ane-lund&forskel=3&omstridt=on&sorter=taettest"
    ).content.decode()
    for chosen in (
        '<option value="randers" selected>',
        '<option value="ane-lund" selected>',
        '<option value="3" selected>',
        '<option value="taettest" selected>',
    ):
        assert chosen in seen, chosen
    assert re.search(r'<input type="checkbox" name="omstridt"[^>]* checked', seen)


def test_the_choices_are_those_who_voted_in_the_chosen_municipality(client, archive):
    everywhere = client.get("/afstemninger/")
    assert options(everywhere, "person") == ["Ane Lund", "Bo Dam", "Eva Kirk"]
    assert options(everywhere, "parti") == ["Socialdemokratiet (A)", "Enhedslisten (Ø)"]
    assert options(everywhere, "udvalg") == ["Beskæftigelsesudvalget", "Byrådet", "Kulturudvalget"]
    there = client.get("/afstemninger/?kommune=herning")
    assert options(there, "person") == ["Ane Lund"]
    assert options(there, "parti") == []
    assert options(there, "udvalg") == ["Byrådet"]
    assert client.get("/afstemninger/?kommune=herning&person=bo-dam").status_code == 400


def test_the_letter_of_a_local_list_is_shown_with_its_names(client, archive):
    local = {"for_parties": {"L": None}}
    file(document(voted("Bro", ballot(3, 2, **local)), date="2021-08-07"))
    Party.objects.filter(letter="L").update(name="Borgerlisten")
    file(
        document(voted("Havn", ballot(3, 2, **local)), date="2021-08-08", municipality=None),
        given_municipality=herning(),
    )
    Party.objects.filter(letter="L", name="").update(name="Aktive i Herning")
    national = ["Socialdemokratiet (A)", "Enhedslisten (Ø)"]
    everywhere = options(client.get("/afstemninger/"), "parti")
    assert everywhere == [national[0], "L (Aktive i Herning, Borgerlisten)", national[1]]
    assert titles(client.get("/afstemninger/?parti=L")) == ["Havn", "Bro"]
    there = client.get("/afstemninger/?kommune=randers")
    assert options(there, "parti") == [national[0], "L (Borgerlisten)", national[1]]


def test_a_party_is_found_by_letter_and_name_and_by_its_members_votes(client):
    printed = MemberVote(name="Bo Dam", choice=VoteChoice.AGAINST, party="V", known=VoteKnown.PRINTED)
    deduced = MemberVote(name="Ane Lund", choice=VoteChoice.FOR, known=VoteKnown.DEDUCED)
    lists = {"participants": (Participant(name="Ane Lund", party="Venstre"),)}
    for number, (title, one, fields) in enumerate(
        (
            ("Partiet", ballot(3, 2, against_parties={"Venstre": 2}), {}),
            ("Navnet", ballot(3, 2, against_names=("Bo Dam",), votes=(printed,)), {}),
            ("Listen", ballot(3, 2, against_names=("Ane Lund",)), lists),
            ("Fremmødet", ballot(1, 2, votes=(deduced,)), lists),
            ("Andre", ballot(3, 2, against_names=("Eva Kirk",)), lists),
        )
    ):
        file(document(voted(title, one), date=f"2020-03-0{number + 1}", **fields))
    assert options(client.get("/afstemninger/"), "parti") == ["Venstre (V)"]
    assert titles(client.get("/afstemninger/?parti=V")) == ["Fremmødet", "Listen", "Navnet", "Partiet"]
    assert titles(client.get("/afstemninger/?parti=V&referat=on")) == ["Listen", "Navnet", "Partiet"]


def test_a_letter_that_was_not_always_its_partys_is_labelled_with_the_years(client):
    for title, printed in (("Bogstavet", "D"), ("Navnet", "Nye Borgerlige")):
        file(document(voted(title, ballot(3, 2, against_parties={printed: 2})), committee=title))
    assert options(client.get("/afstemninger/"), "parti") == ["D (Nye Borgerlige 2018–2025)"]
    assert set(titles(client.get("/afstemninger/?parti=D"))) == {"Bogstavet", "Navnet"}


def test_with_too_many_people_a_municipality_must_be_chosen_first(client, archive, monkeypatch):
    monkeypatch.setattr(filters, "_MAX_PEOPLE", 2)
    response = client.get("/afstemninger/")
    assert options(response, "person") == []
    assert "Alle (vælg en kommune for at se navnene)" in text_of(response)
    response = client.get("/afstemninger/?person=bo-dam")
    assert options(response, "person") == ["Bo Dam"]
    assert titles(response) == ["Skolens tag"]
    assert options(client.get("/afstemninger/?kommune=herning"), "person") == ["Ane Lund"]
    assert client.get("/afstemninger/?person=ingen").status_code == 400


INVALID = (
    "kommune=findesikke",
    "udvalg=findesikke",
    "fra=igaar",
    "til=2020-13-45",
    "resultat=udsat",
    "forskel=4",
    "forskel=-1",
    "forskel=99999999999999999999",
    "person=findesikke",
    "person=Ane+Lund",
    "parti=X",
    "sorter=baglaens",
    "person=null",
    "parti=%F0%9F%90%A6&forskel=x",
)


def test_an_invalid_filter_is_reported_on_the_page(client, archive):
    for query in INVALID:
        response = client.get(f"/afstemninger/?{query}")
        assert response.status_code == 400, query
        assert 'class="error"' in response.content.decode(), query
        assert "Afgrænsningen er ugyldig" in text_of(response), query
        assert titles(response) == [], query
        assert "0 afstemninger" not in text_of(response), query


def test_nul_characters_and_unknown_pages_are_errors(client, archive):
    for name in ("kommune", "udvalg", "fra", "forskel", "person", "parti", "omstridt", "sorter", "side"):
        assert client.get(f"/afstemninger/?{name}=a%00b").status_code == 400, name
    for side in ("0", "-1", "2", "x", "²", "1.5", "9" * 40):
        assert client.get("/afstemninger/", {"side": side}).status_code == 404, side


# Order and pages


def test_the_closest_are_first_then_the_newest_and_unknown_counts_are_last(client):
    for day, counts in enumerate([(5, 4), (None, 3), (3, 3), (9, 10), (7, 0), (4, 3), (6, None)], start=1):
        file(document(voted(f"Sag {day}", ballot(*counts)), date=f"2020-01-{day:02}"))
    assert titles(client.get("/afstemninger/?sorter=taettest")) == [
        "Sag 3",
        "Sag 6",
        "Sag 4",
        "Sag 1",
        "Sag 5",
        "Sag 7",
        "Sag 2",
    ]


def test_ballots_of_a_day_are_in_the_order_of_the_agenda(client):
    items = [
        item(str(number), f"Sag {number}", decision="Ja.", ballots=(ballot(5, 4), ballot(6, 3)))
        for number in range(1, 4)
    ]
    file(document(*items))
    assert titles(client.get("/afstemninger/")) == ["Sag 1", "Sag 1", "Sag 2", "Sag 2", "Sag 3", "Sag 3"]


def test_pages_preserve_the_filters_and_show_each_ballot_once(client):
    first = date(2020, 1, 1)
    for number in range(4):
        items = [
            item(str(position), f"Sag {number}-{position}", decision="Ja.", ballots=(ballot(5, 4),))
            for position in range(1, 16)
        ]
        file(document(*items, date=str(first + timedelta(days=number))))
    seen = []
    for side in (1, 2, 3):
        response = client.get(f"/afstemninger/?forskel=2&sorter=taettest&side={side}")
        assert "60 afstemninger" in text_of(response)
        seen += titles(response)
    assert len(seen) == len(set(seen)) == 60
    assert 'href="?forskel=2&amp;sorter=taettest&amp;side=2"' in response.content.decode()
