"""The OpenAPI document and its page."""

import pytest

from tests.api.samples import API

pytestmark = pytest.mark.django_db


def test_every_example_is_valid_for_its_schema(client):
    import jsonschema_rs

    document = client.get(f"{API}/openapi.json").json()
    for path, operations in document["paths"].items():
        content = operations["get"]["responses"]["200"]["content"]["application/json"]
        schema = {**content["schema"], "components": document["components"]}
        jsonschema_rs.validator_for(schema, validate_formats=True).validate(content["example"])
        assert operations["get"]["description"], path
        for parameter in operations["get"]["parameters"]:
            assert parameter["description"], (path, parameter["name"])


def test_the_page_lists_every_address_and_loads_nothing_from_elsewhere(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        body = client.get(f"{API}/").content.decode()
    for path in client.get(f"{API}/openapi.json").json()["paths"]:
        assert path in body
    assert "<h1>Referatarkivet: API" in body
    assert "follow <code>links.next</code> until" in " ".join(body.split())
    assert "`" not in body
    for address in ("https://cdn", 'src="http', "<style", "onclick"):
        assert address not in body
    assert f'href="{API}/openapi.json"' in body
    assert f'<a href="{API}/">API</a>' in client.get("/om/").content.decode()
