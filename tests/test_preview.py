"""The preview of a draft: what citizens will see, for those who have the link, until it expires."""

import datetime
import re

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from minutes import publishing
from minutes.models import Change, Correction, Meeting, PreviewLink
from minutes.models.rights import EDITOR
from minutes.publishing import PublishingError
from tests.documents import drafted
from tests.filled import staff
from tests.pages import text_of
from tests.texts import minutes

pytestmark = pytest.mark.django_db

VOTED = "Godkendt med 6 stemmer for og 1 stemme imod. Imod stemte Ane Lund."


@pytest.fixture
def draft() -> Meeting:
    return drafted(minutes("Cykelsti", "Havnebadet", "Hemmelig kontrakt", decision=VOTED))


def previewed(meeting: Meeting) -> str:
    """Create a link; return its address."""
    link = publishing.create_preview_link(meeting, by=None)
    return reverse("preview", args=[publishing.preview_token(link)])


def main_of(response) -> str:
    """Return the main part of a page, without the ways to follow it, which a preview does not have."""
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    main = re.sub(r'<section class="follow".*?</section>', "", main, flags=re.DOTALL)
    return re.sub(r"\s+", " ", main)


def links_in(response) -> list[str]:
    return re.findall(r'<a [^>]*href="([^"]+)"', main_of(response))


def rows() -> dict[str, list]:
    with connection.cursor() as cursor:
        tables = [
            table for table in connection.introspection.table_names(cursor) if table.startswith("minutes")
        ]
        contents = {}
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1')
            contents[table] = cursor.fetchall()
    return contents


def test_the_preview_is_the_page_that_is_published(client, draft):
    item = draft.items.get(slug="2")
    publishing.correct(draft, item, Correction.Field.TITLE, "Et større havnebad", by=staff("a"))
    publishing.correct(draft, draft.items.get(slug="3"), Correction.Field.CLOSED, True, by=staff("b"))
    publishing.redact_passage(draft.readings.get(), "Rådhuset", by=None, reason="privat")
    address, public = previewed(draft), draft.get_absolute_url()
    pages = ("", *(f"{public[1:]}{number}/" for number in (1, 2, 3)))
    seen = {path: main_of(client.get(address + path)) for path in pages}
    publishing.publish(draft)
    for path, page in seen.items():
        expected = main_of(client.get(f"/{path}" if path else public))
        assert page.replace(address, "/") == expected
    assert "Et større havnebad" in seen[""]
    assert "Lukket punkt" in seen[f"{public[1:]}3/"]


def test_links_to_pages_of_the_draft_stay_inside(client, draft):
    address = previewed(draft)
    page = client.get(address)
    inside = [link for link in links_in(page) if link.startswith(address)]
    assert len(inside) >= 4
    for link in inside:
        response = client.get(link)
        assert response.status_code == 200, link
        assert "Forhåndsvisning" in response.content.decode(), link
    assert "/randers/" in links_in(page)


def test_a_preview_changes_nothing(client, draft):
    address = previewed(draft)
    before = rows()
    for link in links_in(client.get(address)):
        client.get(link)
    assert rows() == before
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_nobody_finds_the_draft_elsewhere(client, draft):
    client.get(previewed(draft))
    for address in (
        "/",
        "/moeder/",
        "/soeg/?q=cykelsti",
        "/moeder/feed/",
        "/sitemap.xml",
        "/api/v1/meetings",
    ):
        page = client.get(address).content.decode()
        assert "2020-01-14" not in page, address
        assert "forhaandsvisning" not in page, address


def test_the_response_is_neither_indexed_nor_stored_nor_named_to_other_sites(client, draft):
    address = previewed(draft)
    item = f"{address}{draft.get_absolute_url()[1:]}1/"
    for response in (client.get(address), client.get(item)):
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Cache-Control"] == "no-store, private"
        assert response["Referrer-Policy"] == "no-referrer"
        assert 'name="robots" content="noindex' in response.content.decode()
        assert 'rel="canonical"' not in response.content.decode()


@pytest.mark.parametrize("token", ["1-2:x", "", "æ", "1:2:3", "findes-ikke"])
def test_an_invalid_link_shows_nothing(client, draft, token):
    previewed(draft)
    assert client.get(f"/moeder/forhaandsvisning/{token}/").status_code == 404


def test_an_expired_link_shows_nothing(client, draft, settings):
    settings.PREVIEW_DAYS = 3
    address = previewed(draft)
    link = PreviewLink.objects.get()
    assert datetime.timedelta(days=2.9) < link.expires_at - timezone.now() < datetime.timedelta(days=3)
    assert client.get(address).status_code == 200
    PreviewLink.objects.update(expires_at=timezone.now())
    response = client.get(address)
    assert response.status_code == 404
    assert "Linket er udløbet eller trukket tilbage" in text_of(response)
    assert "noindex" in response["X-Robots-Tag"]
    assert "Cykelsti" not in response.content.decode()


def test_a_withdrawn_or_replaced_link_shows_nothing(client, draft):
    first = previewed(draft)
    second = previewed(draft)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    publishing.withdraw_preview_link(draft, by=None)
    assert client.get(second).status_code == 404


def test_a_link_shows_no_other_draft_and_no_other_page(client, draft):
    address = previewed(draft)
    other = drafted(minutes("Skole", day="11-02-2020"))
    for path in (
        other.get_absolute_url()[1:],
        f"kilde/{other.readings.get().pk}/",
        "admin/",
        "soeg/",
        "moeder/",
        "aarhus/personer/ane-lund/",
        address[1:],
    ):
        assert client.get(address + path).status_code == 404, path


def test_the_link_of_a_published_meeting_leads_to_its_page_until_it_is_withdrawn(client, draft):
    address = previewed(draft)
    publishing.publish(draft)
    assert client.get(address).url == draft.get_absolute_url()
    publishing.withdraw(draft)
    assert client.get(address).status_code == 404


def test_what_cannot_be_published_has_no_preview(client, draft):
    address = previewed(draft)
    draft.readings.update(unresolved_cpr_matches=[[0, 4]])
    assert client.get(address).status_code == 404
    with pytest.raises(PublishingError, match="mulige CPR-numre"):
        publishing.create_preview_link(draft, by=None)
    draft.readings.update(unresolved_cpr_matches=[])
    publishing.take_down_meeting(draft, by=None, reason="fejl")
    assert client.get(address).status_code == 404


def test_staff_create_the_link_see_until_when_it_works_and_withdraw_it(client, draft):
    client.force_login(staff("redaktoer", EDITOR))
    page = reverse("admin:minutes_meeting_change", args=[draft.pk])
    act = reverse("admin:minutes_meeting_preview", args=[draft.pk])
    assert "Lav et link" in text_of(client.get(page))
    seen = client.post(act, {"act": "create"}, follow=True)
    link = PreviewLink.objects.get()
    until = timezone.localtime(link.expires_at)
    assert f"virker til {until.day}." in text_of(seen)
    assert client.get(seen.context["preview"].address).status_code == 200
    assert "trukket tilbage" in text_of(client.post(act, {"act": "withdraw"}, follow=True))
    assert not PreviewLink.objects.exists()
    kinds = Change.objects.filter(meeting=draft).order_by("id").values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["linked", "link_withdrawn"]
    assert client.post(act, {"act": "andet"}).status_code == 404
