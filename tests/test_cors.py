"""Cross-origin requests: pages of other sites may read public data, and nothing else."""

import pytest

from tests.documents import ballot, document, file, item

pytestmark = pytest.mark.django_db

ORIGIN = {"Origin": "https://avisen.dk"}
PERSON = "/randers/personer/ane-lund/"
CASE = "/randers/sager/05-01-00-p20-1-19/"
COMMITTEE = "/randers/beskaeftigelsesudvalget/"

OPEN = (
    *("/api/v1/", "/api/v1/meetings", "/api/v1/search?q=cykelsti", "/api/v1/openapi.json"),
    *("/moeder/feed/", "/afstemninger/feed/", "/soeg/feed/?q=cykelsti"),
    *("/randers/feed/", f"{COMMITTEE}feed/", f"{PERSON}feed/", f"{CASE}feed/"),
    *("/randers/kalender.ics", f"{COMMITTEE}kalender.ics"),
    *("/moeder/?format=csv", "/afstemninger/?format=json", "/soeg/?q=cykelsti&format=csv-excel"),
    *(f"{PERSON}?format=csv", f"{CASE}?format=csv"),
)
SAME_ORIGIN_ONLY = (
    *("/", "/om/", "/kommuner/", "/randers/", COMMITTEE, f"{COMMITTEE}2020-01-14/"),
    *("/admin/", "/admin/login/", "/admin/nyt/", "/admin/minutes/meeting/", "/admin/feed/"),
    *("/admin/x/feed/", "/admin/x/kalender.ics", "/admin/personer/x/", "/admin/sager/x/", "/healthz"),
)


@pytest.fixture
def archive() -> None:
    ballots = (ballot(6, 1, against_names=("Ane Lund",)),)
    file(document(item("1", "Cykelsti", case_number="05.01.00-P20-1-19", ballots=ballots)))


@pytest.mark.parametrize("url", OPEN)
def test_any_site_may_read_public_data_without_cookies(client, archive, url):
    response = client.get(url, headers=ORIGIN)
    assert response.status_code == 200
    # Reads downloads to their end: they are streamed through a database cursor.
    assert response.getvalue()
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Expose-Headers"] == "ETag, Retry-After"
    assert "Access-Control-Allow-Credentials" not in response
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("url", SAME_ORIGIN_ONLY)
def test_other_sites_may_read_nothing_else(client, admin_client, archive, url):
    for visitor in (client, admin_client):
        response = visitor.get(url, headers=ORIGIN)
        assert not [name for name in response.headers if name.lower().startswith("access-control-")]
        preflight = visitor.options(url, headers={**ORIGIN, "Access-Control-Request-Method": "POST"})
        assert not [name for name in preflight.headers if name.lower().startswith("access-control-")]


@pytest.mark.parametrize("url", ["/api/v1/meetings", "/moeder/feed/", "/moeder/?format=csv"])
def test_a_preflight_allows_reading_with_conditional_headers(client, archive, url, django_assert_num_queries):
    headers = {
        **ORIGIN,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    with django_assert_num_queries(0):
        response = client.options(url, headers=headers)
    assert (response.status_code, response.content) == (200, b"")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response["Access-Control-Allow-Headers"] == "if-none-match, if-modified-since"
    assert response["Access-Control-Max-Age"] == "86400"


def test_options_without_preflight_names_the_methods_of_the_api(client):
    response = client.options("/api/v1/meetings")
    assert (response.status_code, response["Allow"]) == (204, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize(
    ("url", "status"),
    [("/api/v1/nothing", 404), ("/api/v1/meetings?x=1", 400), ("/api/v1/meetings?q=%00", 400)],
)
def test_other_sites_may_read_why_the_api_refused(client, url, status):
    response = client.get(url, headers=ORIGIN)
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (status, "*")


def test_other_sites_may_read_that_the_api_has_not_changed(client, archive):
    for url in ("/api/v1/meetings", "/moeder/feed/"):
        etag = client.get(url)["ETag"]
        response = client.get(url, headers={**ORIGIN, "If-None-Match": etag})
        assert (response.status_code, response["Access-Control-Allow-Origin"]) == (304, "*")


def test_writing_to_the_api_is_refused(client):
    response = client.post("/api/v1/meetings", headers=ORIGIN)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
