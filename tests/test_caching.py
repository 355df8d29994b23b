"""Public pages can be stored by shared caches for a minute; others are not stored."""

import gzip

import pytest

from minutes.models import Meeting
from minutes.publishing import take_down_meeting
from tests.documents import document, file, item

pytestmark = pytest.mark.django_db

MEETING = "/randers/beskaeftigelsesudvalget/2020-01-14/"


@pytest.fixture
def archive():
    file(document(item("1", "Cykelsti ved havnen"), item("2", "Eventuelt")))


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("address", ["/", MEETING, "/soeg/?q=cykelsti", "/kommuner/", "/en/"])
def test_a_public_page_is_stored_for_a_minute_and_compared_by_browsers(client, address):
    response = client.get(address)
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert "Cookie" not in response.get("Vary", "")
    again = client.get(address, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.usefixtures("archive")
def test_a_page_is_compressed(client):
    response = client.get(MEETING, headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert response["ETag"].startswith("W/")
    assert "Cykelsti ved havnen" in gzip.decompress(response.content).decode()
    again = client.get(MEETING, headers={"accept-encoding": "gzip", "if-none-match": response["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("address", ["/findes-ikke/", "/om/fejl/", "/admin/login/"])
def test_errors_forms_and_pages_of_the_staff_are_not_stored(client, address):
    control = client.get(address)["Cache-Control"]
    assert "no-store" in control
    assert "public" not in control


def test_a_taken_down_page_is_not_stored(client, archive):

    take_down_meeting(Meeting.objects.get(), by=None, reason="Efter anmodning")
    response = client.get(MEETING)
    assert response.status_code == 410
    assert response["Cache-Control"] == "no-store"
