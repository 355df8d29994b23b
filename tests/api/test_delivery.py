"""Conditional requests, HEAD and caching of the API."""

import pytest

from tests.api.samples import API, publish
from tests.documents import item

pytestmark = pytest.mark.django_db


def test_a_response_that_the_client_has_is_answered_with_304(client):
    publish()
    first = client.get(f"{API}/meetings")
    assert first["ETag"].startswith('W/"')
    assert first["Cache-Control"] == "public, max-age=60"
    again = client.get(
        f"{API}/meetings", headers={"If-None-Match": first["ETag"], "Origin": "https://avisen.dk"}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Access-Control-Allow-Origin"] == "*"
    publish(item("1", "Ny"), date="2020-02-04", text="ny")
    changed = client.get(f"{API}/meetings", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_head_is_get_without_the_body(client):
    publish()
    get, head = client.get(f"{API}/meetings"), client.head(f"{API}/meetings")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", get["ETag"])


def test_errors_are_not_cached(client):
    assert client.get(f"{API}/nothing")["Cache-Control"] == "no-store"
