"""Sign-in by OpenID Connect, at a server on this machine."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import oidc_provider_mock
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from django.test import Client
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


def sign_in(client, provider: str, email: str, *, verified: bool = True, **more: Any):
    """Sign in at the provider as the user with that e-mail address; return the page of the site."""
    claims = {"email": email, "email_verified": verified, **more}
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


_NSIS = "https://data.gov.dk/concept/core/nsis/Substantial"


@pytest.mark.parametrize(
    ("claims", "value"),
    [({"amr": ["pwd", "mfa"]}, "mfa"), ({"amr": "mfa"}, "mfa"), ({"acr": _NSIS}, _NSIS)],
)
def test_the_second_factor_of_the_provider_counts_if_it_says_so(client, provider, settings, claims, value):
    settings.MFA_GRACE_DAYS, settings.OIDC_MFA_VALUES = -1, [value]
    User.objects.create_superuser("chef", "chef@example.dk")
    sign_in(client, provider, "chef@example.dk", **claims)
    assert client.get("/admin/").status_code == 200
    assert Change.objects.get(kind="signed_in").detail == "socialaccount, mfa"


@pytest.mark.parametrize("claims", [{}, {"amr": ["pwd"], "acr": "1"}, {"acr": _NSIS}, {"mfa": True}])
def test_without_a_second_factor_at_the_provider_the_archives_is_required(client, provider, settings, claims):
    settings.MFA_GRACE_DAYS = -1
    User.objects.create_superuser("chef", "chef@example.dk")
    sign_in(client, provider, "chef@example.dk", **claims)
    assert client.get("/admin/")["Location"] == reverse("mfa_index")


def test_a_user_without_a_password_confirms_at_the_provider_before_adding_a_factor(
    client, provider, settings, monkeypatch
):
    User.objects.create_user("anna", "anna@example.dk", is_staff=True)
    sign_in(client, provider, "anna@example.dk")
    page = reverse("mfa_activate_totp")
    assert client.get(page).status_code == 200, "signed in at the provider a moment ago"
    monkeypatch.setattr("allauth.account.app_settings.REAUTHENTICATION_TIMEOUT", -1, raising=False)
    confirm = client.get(page)["Location"]
    assert confirm.startswith(reverse("account_confirm_at_provider"))
    at_provider = client.get(confirm)["Location"]
    assert "prompt=login" in at_provider
    monkeypatch.undo()
    answer = requests.post(at_provider, data={"sub": "anna@example.dk"}, allow_redirects=False, timeout=10)
    callback = urlsplit(answer.headers["Location"])
    assert client.get(callback.path, parse_qs(callback.query))["Location"] == page
    assert client.get(page).status_code == 200


def test_a_user_with_a_password_confirms_by_it(client, provider):
    user = User.objects.create_user("anna", "anna@example.dk", is_staff=True)
    sign_in(client, provider, "anna@example.dk")
    user.set_password("et langt kodeord")
    user.save()
    client.force_login(user, "minutes.accounts.passwords.LimitedPasswords")
    address = client.get(reverse("mfa_activate_totp"))["Location"]
    assert address.startswith(reverse("account_reauthenticate") + "?")


def test_the_provider_returns_to_no_other_site(client, provider):
    User.objects.create_user("anna", "anna@example.dk", is_staff=True)
    sign_in(client, provider, "anna@example.dk")
    for page in ("account_confirm_at_provider", "openid_connect_login"):
        address = reverse(page, args=["sso"] if page == "openid_connect_login" else [])
        start = client.get(address, {"next": "https://example.com/"})
        data = {"sub": "anna@example.dk"}
        answer = requests.post(start["Location"], data=data, allow_redirects=False, timeout=10)
        callback = urlsplit(answer.headers["Location"])
        assert client.get(callback.path, parse_qs(callback.query))["Location"] == "/admin/"


def test_an_identity_cannot_be_added_to_the_user_of_a_session(client, provider):
    """It would sign in as that user when the session is long over."""
    victim = User.objects.create_user("anna", "anna@example.dk", "et langt kodeord", is_staff=True)
    client.force_login(victim, "minutes.accounts.passwords.LimitedPasswords")
    start = client.get(reverse("openid_connect_login", args=["sso"]), {"process": "connect"})
    data = {"sub": "fremmed@example.dk"}
    answer = requests.post(start["Location"], data=data, allow_redirects=False, timeout=10)
    callback = urlsplit(answer.headers["Location"])
    assert client.get(callback.path, parse_qs(callback.query)).status_code == 401
    assert not SocialAccount.objects.exists()


def test_an_answer_of_the_provider_for_another_browser_signs_nobody_in(client, provider):
    User.objects.create_user("anna", "anna@example.dk", is_staff=True)
    start = client.get(reverse("openid_connect_login", args=["sso"]))
    claims = {"email": "anna@example.dk", "email_verified": True}
    requests.put(f"{provider}/users/anna@example.dk", json=claims, timeout=10).raise_for_status()
    data = {"sub": "anna@example.dk"}
    answer = requests.post(start["Location"], data=data, allow_redirects=False, timeout=10)
    callback = urlsplit(answer.headers["Location"])
    other = Client()
    other.get(callback.path, parse_qs(callback.query))
    assert other.get("/admin/").status_code == 302


def test_the_first_sign_in_at_the_provider_removes_the_password_and_ends_other_sessions(client, provider):
    user = User.objects.create_user("anna", "anna@example.dk", "et langt kodeord", is_staff=True)
    other = Client()
    other.post("/admin/login/", {"login": "anna", "password": "et langt kodeord"})
    assert other.get("/admin/").status_code == 200
    sign_in(client, provider, "anna@example.dk")
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert other.get("/admin/").status_code == 302
    assert Change.objects.filter(kind="sessions_ended", by_name="anna").exists()
