"""Sign-in by OpenID Connect, at a server on this machine."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import oidc_provider_mock
import pytest
import requests
from django.contrib.auth.models import User
from django.urls import reverse

from minutes.models import Change

pytestmark = [
    pytest.mark.django_db,
    # Of the server, which uses older names of its library.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.fixture
def provider(settings) -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread() as server:
        issuer = f"http://127.0.0.1:{server.server_port}"
        settings.OIDC_NAME = "kommunens login"
        app = {"provider_id": "sso", "name": "kommunens login", "client_id": "arkivet", "secret": "hemmelig"}
        apps = [{**app, "settings": {"server_url": issuer}}]
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}
        yield issuer


def sign_in(client, provider: str, email: str, *, verified: bool = True):
    """Sign in at the provider as the user with that e-mail address; return the page of the site."""
    claims = {"email": email, "email_verified": verified}
    requests.put(f"{provider}/users/{email}", json=claims, timeout=10).raise_for_status()
    start = client.get(reverse("openid_connect_login", args=["sso"]))
    assert start["Location"].startswith(provider)
    answer = requests.post(start["Location"], data={"sub": email}, allow_redirects=False, timeout=10)
    callback = urlsplit(answer.headers["Location"])
    return client.get(callback.path, parse_qs(callback.query), follow=True)


def test_an_invited_user_signs_in_at_the_provider(client, provider):
    user = User.objects.create_user("anna", "anna@example.dk", is_staff=True)
    assert reverse("openid_connect_login", args=["sso"]) in client.get("/admin/login/").content.decode()
    page = sign_in(client, provider, "anna@example.dk")
    assert page.wsgi_request.user == user
    assert page.wsgi_request.path == "/admin/"
    assert Change.objects.get(kind="signed_in").detail == "socialaccount"


@pytest.mark.parametrize(
    ("email", "verified"), [("anna@example.dk", False), ("ukendt@example.dk", True), ("bo@example.dk", True)]
)
def test_unknown_inactive_and_unverified_addresses_do_not_sign_in(client, provider, email, verified):
    User.objects.create_user("anna", "anna@example.dk", is_staff=True)
    User.objects.create_user("bo", "bo@example.dk", is_staff=True, is_active=False)
    sign_in(client, provider, email, verified=verified)
    assert client.get("/admin/").status_code == 302
    assert User.objects.count() == 2


def test_without_the_setting_there_is_no_single_sign_on(client):
    assert "sso" not in client.get("/admin/login/").content.decode()
    assert client.get(reverse("openid_connect_login", args=["sso"])).status_code == 404
