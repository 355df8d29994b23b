"""The search in the header, and the links that widen a search or narrow it to a place."""

import re

import pytest

from tests.documents import item, store

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def archive() -> None:
    store(item("1", "Ny skole"), committee="Byrådet")
    store(item("1", "Skolens tag"), committee="Skoleudvalget")


def scopes(page: str) -> dict[str, str]:
    """Return the addresses of the links by their label, in order; the current one has a star."""
    (links,) = re.findall(r'<nav class="scopes".*?</nav>', page) or [""]
    return {
        label + "*" * bool(current): address.replace("&amp;", "&")
        for address, current, label in re.findall(r'href="([^"]+)"( aria-current="true")?>([^<]+)<', links)
    }


def hidden_fields(page: str) -> dict[str, str]:
    (form,) = re.findall(r'<form class="site-search".*?</form>', page, re.DOTALL)
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', form))


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/om/", {}),
        ("/moeder/", {}),
        ("/randers/", {"kommune": "randers", "hvor": "randers"}),
        ("/randers/byraadet/", {"kommune": "randers", "hvor": "randers/byraadet"}),
        ("/randers/byraadet/2020-01-14/1/", {"kommune": "randers", "hvor": "randers/byraadet"}),
    ],
)
def test_every_page_has_a_search_of_its_place(client, address, fields):
    assert hidden_fields(client.get(address).content.decode()) == fields


def test_a_page_with_a_search_has_no_second_one_in_the_header(client):
    for address in ("/", "/soeg/", "/soeg/?q=skole"):
        assert 'class="site-search"' not in client.get(address).content.decode()


def test_a_search_of_a_municipality_can_be_widened_and_narrowed_again(client):
    address = "/soeg/?q=skole&kommune=randers&hvor=randers/byraadet&side=1"
    links = scopes(client.get(address).content.decode())
    assert list(links) == ["Alle kommuner", "Randers*", "Byrådet"]
    committee = client.get("/soeg/" + links["Byrådet"]).content.decode()
    assert list(scopes(committee)) == ["Alle kommuner", "Randers", "Byrådet*"]
    assert "1 punkt fundet" in committee
    everywhere = client.get("/soeg/" + links["Alle kommuner"]).content.decode()
    assert list(scopes(everywhere)) == ["Alle kommuner*", "Randers", "Byrådet"]
    assert "2 punkter fundet" in everywhere


def test_a_filter_is_a_place_too_and_unknown_places_are_none(client):
    page = client.get("/soeg/", {"q": "skole", "kommune": "randers", "udvalg": "byraadet"}).content.decode()
    assert list(scopes(page)) == ["Alle kommuner", "Randers", "Byrådet*"]
    for place in ("findes-ikke", "findes-ikke/byraadet", "/", "\x00"):
        page = client.get("/soeg/", {"q": "skole", "hvor": place}).content.decode()
        assert scopes(page) == {}
    page = client.get("/soeg/", {"q": "skole", "hvor": "randers/findes-ikke"}).content.decode()
    assert list(scopes(page)) == ["Alle kommuner*", "Randers"]
    assert scopes(client.get("/soeg/", {"q": "skole"}).content.decode()) == {}
