"""ETag, Last-Modified and 304 of feeds and calendars."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.http import http_date

from minutes import publishing
from minutes.models import AgendaItem, Correction, Meeting
from tests.atom import COMMITTEE, FEEDS, contested_item, contested_minutes
from tests.documents import file, imported, item
from tests.texts import minutes

pytestmark = pytest.mark.django_db

CALENDARS = (f"{COMMITTEE}kalender.ics", "/randers/kalender.ics")
URLS = (*FEEDS, *CALENDARS)


def validators(client, url: str) -> tuple[str, str]:
    response = client.get(url)
    return response["ETag"], response["Last-Modified"]


@pytest.mark.parametrize("url", URLS)
def test_an_unchanged_list_is_answered_304(client, url):
    file(contested_minutes())
    etag, last_modified = validators(client, url)
    assert etag.startswith('W/"')
    for headers in ({"if-none-match": etag}, {"if-modified-since": last_modified}):
        response = client.get(url, headers=headers)
        assert (response.status_code, response.content) == (304, b"")
        assert (response["ETag"], response["Last-Modified"]) == (etag, last_modified)
    file(contested_minutes(date="2020-05-05"))
    assert client.get(url, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("url", CALENDARS)
def test_a_304_of_a_calendar_takes_two_queries(client, url, django_assert_num_queries):
    file(contested_minutes())
    etag, _last_modified = validators(client, url)
    with django_assert_num_queries(2):
        client.get(url, headers={"if-none-match": etag})


@pytest.mark.parametrize("url", URLS)
def test_head_has_the_validators_of_get(client, url):
    file(contested_minutes())
    etag, last_modified = validators(client, url)
    response = client.head(url)
    assert (response.status_code, response.content) == (200, b"")
    assert (response["ETag"], response["Last-Modified"]) == (etag, last_modified)
    assert client.head(url, headers={"if-none-match": etag}).status_code == 304


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("hide", [publishing.withdraw, publishing.take_down_meeting])
def test_a_hidden_meeting_disappears_for_every_conditional_request(client, url, hide):
    file(contested_minutes())
    canary = file(contested_minutes(contested_item("1", "Kanariefugl cykelsti"), date="2020-02-02")).meeting
    # The meeting that stays was changed last, so that Last-Modified alone cannot show the removal.
    Meeting.objects.exclude(pk=canary.pk).update(indexed_at=timezone.now())
    response = client.get(url)
    content = response.content.decode()
    assert "Kanariefugl" in content or "2020-02-02" in content
    Meeting.objects.exclude(pk=canary.pk).update(indexed_at=timezone.now() - timedelta(seconds=1))
    hide(canary, by=None, reason="Efter anmodning")
    for headers in (
        {"if-none-match": response["ETag"]},
        {"if-modified-since": http_date((timezone.now() - timedelta(seconds=1)).timestamp())},
    ):
        response = client.get(url, headers=headers)
        assert response.status_code == 200
        assert "Kanariefugl" not in response.content.decode()
        assert "2020-02-02" not in response.content.decode()


@pytest.mark.parametrize("url", URLS)
def test_validators_do_not_change_with_what_is_not_published(client, url):
    file(contested_minutes())
    before = validators(client, url)
    file(contested_minutes(date="2020-04-04"), publish=False)
    assert validators(client, url) == before
    never_public = Meeting.objects.get(date="2020-04-04")
    publishing.take_down_meeting(never_public, by=None, reason="Efter anmodning")
    assert validators(client, url) == before


def test_a_correction_changes_the_etag(client):
    meeting = imported(minutes())
    etag, _last_modified = validators(client, "/moeder/feed/")
    corrected = AgendaItem.objects.select_related("reading").get(slug="1")
    publishing.correct(meeting, corrected, Correction.Field.TITLE, "Rettet titel", by=None)
    response = client.get("/moeder/feed/", headers={"if-none-match": etag})
    assert response.status_code == 200
    assert response["ETag"] != etag


def test_an_empty_feed_has_an_etag_and_no_last_modified(client):
    response = client.get("/moeder/feed/")
    assert "Last-Modified" not in response
    assert client.get("/moeder/feed/", headers={"if-none-match": response["ETag"]}).status_code == 304


def test_each_filter_has_its_own_etag(client):
    file(contested_minutes())
    file(contested_minutes(item("1", "Budget"), date="2021-02-01", committee="Byrådet"))
    etags = {
        client.get(f"/moeder/feed/{query}")["ETag"] for query in ("", "?fra=2021-01-01", "?til=2020-12-31")
    }
    assert len(etags) == 3
