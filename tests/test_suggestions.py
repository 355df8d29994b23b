"""Suggestions while a query is typed."""

import pytest

from minutes import publishing
from tests.documents import ballot, item, store

pytestmark = pytest.mark.django_db


def suggested(client, text: str) -> list[tuple[str, str]]:
    suggestions = client.get("/soeg/forslag/", {"q": text}).json()["suggestions"]
    return [(suggestion["kind"], suggestion["text"]) for suggestion in suggestions]


def test_committees_cases_and_titles_are_suggested(client):
    store(item("1", "Cykelsti ved skolen", case_number="05.01.00-P20-1-19"))
    assert ("Udvalg", "Beskæftigelsesudvalget") in suggested(client, "besk")
    assert ("Kommune", "Randers") in suggested(client, "rand")
    assert ("Punkt", "Cykelsti ved skolen") in suggested(client, "cyk")
    assert ("Punkt", "Cykelsti ved skolen") in suggested(client, "cykelsti skol")
    assert ("Sag", "05.01.00-P20-1-19") in suggested(client, "05.01")
    assert suggested(client, "x") == suggested(client, "") == []


def test_a_member_is_suggested_with_the_address_of_their_page(client):
    store(item("1", "Cykelsti", ballots=(ballot(5, 1, against_names=("Hanne Holm",)),)))
    (suggestion,) = client.get("/soeg/forslag/", {"q": "hann"}).json()["suggestions"]
    assert (suggestion["kind"], suggestion["text"], suggestion["place"]) == (
        "Person",
        "Hanne Holm",
        "Randers",
    )
    assert suggestion["href"] == "/randers/personer/hanne-holm/"
    assert client.get(suggestion["href"]).status_code == 200


def test_nothing_unpublished_is_suggested(client):
    meeting = store(item("1", "Cykelsti", case_number="05.01.00-P20-1-19"))
    publishing.withdraw(meeting, by=None, reason="Fejl")
    for text in ("besk", "rand", "cyk", "05.01"):
        assert suggested(client, text) == []
