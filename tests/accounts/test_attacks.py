"""Attacks on sign-in: what a stranger, a thief of a session or another member of staff would try."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import hashers
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from minutes.models import Change, SignInAttempt
from minutes.models.rights import RESPONSIBLE
from tests.filled import staff
from tests.queued_mails import send_queued_mails

PASSWORD = "et langt kodeord"
NEW = "et andet langt kodeord"
LOGIN = "/admin/login/"
ELSEWHERE = ("https://example.com/", "//example.com/", "/\\example.com", "https:example.com", "javascript:x")
pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> User:
    user = staff("anna", RESPONSIBLE)
    user.email = "anna@example.dk"
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, name: str = "anna", password: str = PASSWORD, address: str = LOGIN) -> Any:
    return client.post(address, {"login": name, "password": password})


def is_signed_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def link_of(mailoutbox: list[Any]) -> str:
    return re.search(r"http://testserver(/admin/konto/ny/\S+)", mailoutbox[-1].body)[1]


def choose_password(client: Client, link: str, password: str = NEW) -> None:
    page = client.get(link, follow=True)
    client.post(page.wsgi_request.path, {"password1": password, "password2": password})


def request_link(client: Client, email: str = "anna@example.dk") -> None:
    client.post(reverse("account_reset_password"), {"email": email})
    send_queued_mails()


# Sessions


def test_a_session_key_that_an_attacker_set_is_not_that_of_the_signed_in_user(client, anna):
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    sign_in(client)
    assert is_signed_in(client)
    assert client.session.session_key != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert not is_signed_in(thief)


def test_a_session_key_is_of_no_use_after_signing_out(client, anna):
    sign_in(client)
    thief = Client()
    thief.cookies["sessionid"] = client.session.session_key
    assert is_signed_in(thief)
    client.post(reverse("admin:logout"))
    assert not is_signed_in(thief)


@pytest.mark.parametrize("page", ["account_change_password", "usersessions_list", "mfa_index"])
def test_the_password_alone_opens_no_page_of_the_account_of_who_has_a_factor(client, anna, page):
    TOTP.activate(anna, "A" * 32)
    sign_in(client)
    assert client.get(reverse(page)).status_code == 302
    assert client.post(reverse(page), {"password1": NEW, "password2": NEW}).status_code == 302
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def test_a_thief_of_a_session_cannot_guess_the_password_on_the_page_that_changes_it(client, anna):
    sign_in(client)
    page = reverse("account_change_password")
    for number in range(12):
        data = {"oldpassword": f"forkert {number}", "password1": NEW, "password2": NEW}
        response = client.post(page, data)
    assert "Prøv igen om" in response.content.decode()
    client.post(page, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)
    assert Change.objects.filter(kind="sign_in_failed", by_name="").count() > 3


def test_a_thief_of_a_session_cannot_guess_the_password_to_confirm_with_it(client, anna):
    sign_in(client)
    page = reverse("account_reauthenticate")
    for number in range(12):
        response = client.post(page, {"password": f"forkert {number}"})
    assert "Prøv igen om" in response.content.decode()
    client.post(page, {"password": PASSWORD})
    assert client.get(reverse("mfa_activate_totp")).status_code == 302


# Requests from other sites


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_and_out_and_confirming_lead_to_no_other_site(client, anna, target):
    assert sign_in(client, address=f"{LOGIN}?next={target}")["Location"] == "/admin/"
    confirmed = client.post(f"{reverse('account_reauthenticate')}?next={target}", {"password": PASSWORD})
    assert "example.com" not in confirmed.get("Location", "")
    left = client.post(reverse("account_logout"), {"next": target})
    assert "example.com" not in left.get("Location", "")


def test_every_act_of_the_account_needs_the_token_of_its_own_page(anna):
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("chef", "chef@example.dk"))
    pages = [
        *("admin:logout", "account_logout", "usersessions_list", "account_change_password", "admin:invite"),
        *("account_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn"),
        *("mfa_generate_recovery_codes", "account_login"),
    ]
    addresses = [LOGIN if page == "account_login" else reverse(page) for page in pages]
    addresses.append(reverse("admin:auth_user_password_change", args=[anna.pk]))
    for address in addresses:
        assert client.post(address, {"username": "x"}).status_code == 403, address
    assert is_signed_in(client)


def test_a_link_alone_neither_signs_out_nor_mails(client, anna, mailoutbox):
    client.force_login(User.objects.create_superuser("chef", "chef@example.dk"))
    for page in ("admin:logout", "account_logout", "usersessions_list"):
        client.get(reverse(page))
    client.get(reverse("admin:auth_user_password_change", args=[anna.pk]))
    assert is_signed_in(client)
    assert mailoutbox == []


def test_a_forged_host_gets_no_mail_with_a_link_to_it(client, anna, mailoutbox):
    page = reverse("account_reset_password")
    assert client.post(page, {"email": anna.email}, HTTP_HOST="example.com").status_code == 400
    send_queued_mails()
    assert mailoutbox == []


# Who is a user


@pytest.fixture
def hashed(monkeypatch) -> list[str]:
    """The names of the hashes that are computed, in order."""
    computed: list[str] = []
    encode = hashers.get_hasher().__class__.encode

    def count(self, password, salt, *args, **kwargs):
        computed.append(self.algorithm)
        return encode(self, password, salt, *args, **kwargs)

    monkeypatch.setattr(hashers.get_hasher().__class__, "encode", count)
    return computed


def test_sign_in_answers_alike_and_hashes_alike_for_every_name(client, anna, hashed):
    User.objects.create_user("bo", password=PASSWORD, is_staff=True, is_active=False)
    User.objects.create_user("inviteret", is_staff=True)
    answers = {}
    for name in ("anna", "bo", "inviteret", "ukendt"):
        hashed.clear()
        SignInAttempt.objects.all().delete()
        response = sign_in(client, name, PASSWORD if name == "bo" else "forkert")
        page = re.sub(rf'value="({name}|[A-Za-z0-9]{{64}})"', "", response.content.decode())
        answers[name] = (response.status_code, page, len(hashed))
    assert len(set(answers.values())) == 1
    assert answers["ukendt"][2] == 1


def test_the_request_of_a_new_password_does_the_same_for_a_known_and_an_unknown_address(
    client, anna, mailoutbox
):
    """A mail that is sent in the request would tell by its time who is a user."""
    page = reverse("account_reset_password")
    client.get(page)
    counts = []
    for email in ("anna@example.dk", "ukendt@example.dk"):
        with CaptureQueriesContext(connection) as queries:
            client.post(page, {"email": email})
        counts.append(len(queries))
        assert mailoutbox == []
    assert counts[0] == counts[1]
    send_queued_mails()
    assert [mail.to for mail in mailoutbox] == [["anna@example.dk"]]


# Links to a new password


def test_a_link_is_of_no_use_after_the_password_was_changed(client, anna, mailoutbox):
    request_link(client)
    old = link_of(mailoutbox)
    sign_in(client)
    data = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    client.post(reverse("account_change_password"), data)
    choose_password(Client(), old, "et tredje langt kodeord")
    anna.refresh_from_db()
    assert anna.check_password(NEW)


def test_of_two_links_the_second_is_of_no_use_when_the_first_was_used(client, anna, mailoutbox):
    request_link(client)
    first = link_of(mailoutbox)
    request_link(client)
    second = link_of(mailoutbox)
    choose_password(Client(), first)
    choose_password(Client(), second, "et tredje langt kodeord")
    anna.refresh_from_db()
    assert anna.check_password(NEW)


def test_a_link_of_one_user_changes_no_other_ones_password(client, anna, mailoutbox):
    other = staff("bo")
    request_link(client)
    _pk, _dash, key = link_of(mailoutbox).rstrip("/").rpartition("/")[2].partition("-")
    from allauth.account.utils import user_pk_to_url_str

    choose_password(client, f"/admin/konto/ny/{user_pk_to_url_str(other)}-{key}/")
    other.refresh_from_db()
    assert other.check_password("bo")


def test_a_new_password_ends_the_sessions_and_bypasses_no_factor(client, anna, mailoutbox):
    sign_in(client)
    TOTP.activate(anna, "A" * 32)
    request_link(Client())
    thief = Client()
    choose_password(thief, link_of(mailoutbox))
    assert not is_signed_in(client)
    assert not is_signed_in(thief)
    sign_in(thief, password=NEW)
    assert not is_signed_in(thief)
    assert Authenticator.objects.filter(user=anna).exists()


def test_a_former_address_gets_no_link(client, anna, mailoutbox):
    EmailAddress.objects.create(user=anna, email="anna@example.dk", verified=True, primary=True)
    client.force_login(User.objects.create_superuser("chef"))
    page = reverse("admin:auth_user_change", args=[anna.pk])
    data = {"username": "anna", "email": "ny@example.dk", "is_active": "on", "is_staff": "on"}
    data |= {"date_joined_0": "2020-01-01", "date_joined_1": "08:00"}
    assert client.post(page, data).status_code == 302
    client.logout()
    request_link(client, "anna@example.dk")
    assert mailoutbox == []
    request_link(client, "ny@example.dk")
    assert mailoutbox[-1].to == ["ny@example.dk"]


def test_an_inactive_user_gets_no_link_and_an_earlier_one_signs_nobody_in(client, anna, mailoutbox):
    request_link(client)
    User.objects.filter(pk=anna.pk).update(is_active=False)
    choose_password(client, link_of(mailoutbox))
    assert not is_signed_in(client)
    sign_in(client, password=NEW)
    assert not is_signed_in(client)
    request_link(client)
    assert len(mailoutbox) <= 2


# Factors of others


def test_nobody_sees_renames_or_removes_the_passkey_of_another_user(client, anna):
    data = {"name": "Annas nøgle", "credential": {}}
    key = Authenticator.objects.create(user=anna, type=Authenticator.Type.WEBAUTHN, data=data)
    bo = staff("bo", RESPONSIBLE)
    bo.set_password(PASSWORD)
    bo.save()
    sign_in(client, "bo")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for page in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        address = reverse(page, args=[key.pk])
        assert client.get(address).status_code == 404, page
        assert client.post(address, {"name": "Taget"}).status_code == 404, page
    assert "Annas" not in client.get(reverse("mfa_list_webauthn")).content.decode()
    key.refresh_from_db()
    assert key.data["name"] == "Annas nøgle"


def test_a_recovery_code_works_once(client, anna):
    TOTP.activate(anna, "A" * 32)
    code = RecoveryCodes.activate(anna).get_unused_codes()[0]
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert is_signed_in(client)
    client.post(reverse("admin:logout"))
    SignInAttempt.objects.all().delete()
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert not is_signed_in(client)
