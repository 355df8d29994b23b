"""Requests to the API."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.api.samples import HERE


@pytest.fixture
def get_json(client: Client) -> Callable[..., Any]:
    """Return a function that gets an address, which must answer 200, and returns its JSON."""

    def get_json(address: str, **parameters: Any) -> Any:
        response = client.get(address.removeprefix(HERE), parameters)
        assert response.status_code == 200, response.content
        assert response["Content-Type"].startswith("application/json")
        return response.json()

    return get_json


@pytest.fixture
def problem(client: Client) -> Callable[..., dict[str, Any]]:
    """Return a function that gets an address, which must answer with this status, and returns the problem."""

    def problem(address: str, status: int, method: str = "get") -> dict[str, Any]:
        response = getattr(client, method)(address)
        assert response.status_code == status, response.content
        assert response["Content-Type"] == "application/problem+json"
        body: dict[str, Any] = response.json()
        assert (body["status"], body["type"]) == (status, "about:blank")
        assert body["instance"] == urlsplit(address).path
        return body

    return problem
