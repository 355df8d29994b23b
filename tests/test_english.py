"""The public pages in English: their addresses, and what stays Danish."""

import pytest
from django.test import Client

from tests.documents import file
from tests.pages import MEETING, rich_document

pytestmark = pytest.mark.django_db

ITEM = f"{MEETING}1/"


@pytest.fixture
def english() -> Client:
    """A client that prefers English and has a cookie that says so."""
    client = Client(headers={"accept-language": "en-GB,en"})
    client.cookies["django_language"] = "en"
    return client


def test_the_address_alone_decides_the_language(english):
    file(rich_document())
    for path, language in (("/", "da"), ("/en/", "en"), (ITEM, "da"), (f"/en{ITEM}", "en")):
        response = english.get(path)
        assert f'<html lang="{language}">' in response.content.decode()
        assert response["Content-Language"] == language
        # Caches store one copy of a page, whatever languages its visitors prefer.
        assert "Accept-Language" not in response.get("Vary", "")


def test_a_page_names_its_address_in_both_languages(client):
    file(rich_document())
    for path in (ITEM, f"/en{ITEM}"):
        body = client.get(path).content.decode()
        assert f'<link rel="canonical" href="http://testserver{path}">' in body
        assert f'<link rel="alternate" hreflang="da" href="http://testserver{ITEM}">' in body
        assert f'<link rel="alternate" hreflang="en" href="http://testserver/en{ITEM}">' in body
    assert '<meta property="og:locale" content="en_GB">' in body


def test_the_switch_leads_to_the_same_page_with_the_same_query(client):
    file(rich_document())
    query = "?q=cykelsti&udfald=approved"
    for path, other, name in (("/soeg/", "/en/soeg/", "English"), ("/en/soeg/", "/soeg/", "Dansk")):
        body = client.get(path + query).content.decode()
        href = (other + query).replace("&", "&amp;")
        language = "en" if name == "English" else "da"
        switch = f'<a href="{href}" rel="alternate nofollow" hreflang="{language}" lang="{language}">{name}'
        assert switch in body


def test_links_of_an_english_page_lead_to_english_pages(client):
    file(rich_document())
    body = client.get(f"/en{MEETING}").content.decode()
    assert f'href="/en{ITEM}"' in body
    assert f'href="{ITEM}"' not in body
    assert client.get("/en").headers["Location"] == "/en/"


def test_a_missing_page_is_reported_in_the_language_of_its_address(client):
    for path, language in (("/findes/ikke/", "da"), ("/en/findes/ikke/", "en"), ("/api/findes-ikke", "en")):
        response = client.get(path)
        assert response.status_code == 404
        if not path.startswith("/api"):
            assert f'<html lang="{language}">' in response.content.decode()
    # A malformed request is answered before the address is resolved.
    assert '<html lang="en">' in client.get("/en/?q=%00").content.decode()
    assert '<html lang="da">' in client.get("/?q=%00").content.decode()


def test_files_and_the_api_are_danish_and_have_one_address(client):
    file(rich_document())
    redirect = client.get("/en/moeder/?kommune=randers&format=json")
    assert redirect.headers["Location"] == "/moeder/?kommune=randers&format=json"
    client.get(f"/en{MEETING}")
    assert client.get("/api/v1/items?limit=1").json()["data"][0]["url"] == f"http://testserver{ITEM}"
    for path in ("/en/api/v1/items", "/en/admin/", "/en/robots.txt", "/en/was"):
        assert client.get(path, follow=True).status_code == 404, path


def test_entries_of_a_feed_have_the_same_identifiers_in_both_languages(client):
    file(rich_document())
    danish, english = (client.get(f"{prefix}/moeder/feed/").content.decode() for prefix in ("", "/en"))
    identifier = "<id>tag:testserver,2026:meeting/"
    assert danish.split(identifier)[1].split("<")[0] == english.split(identifier)[1].split("<")[0]
    assert f'href="http://testserver/en{MEETING}"' in english
    assert f'href="http://testserver{MEETING}"' in danish


def test_sitemaps_and_robots_cover_both_languages(client):
    file(rich_document())
    index = client.get("/sitemap.xml").content.decode()
    for prefix in ("", "/en"):
        assert f"<loc>http://testserver{prefix}/sitemap-randers.xml</loc>" in index
        pages = client.get(f"{prefix}/sitemap-randers.xml").getvalue().decode()
        assert f"<loc>http://testserver{prefix}{ITEM}</loc>" in pages
        assert f"Disallow: {prefix}/soeg/?*side=\n" in client.get("/robots.txt").content.decode()


def test_a_report_from_an_english_page_names_that_page(client):
    file(rich_document())
    form = client.get("/en/om/fejl/", {"side": f"/en{ITEM}"}).content.decode()
    assert f'<input type="hidden" name="side" value="/en{ITEM}">' in form
