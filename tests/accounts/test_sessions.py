"""Sign-in, sessions and second factors."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.models import User
from django.core.cache import cache
from django.urls import reverse

from minutes.models import Assignment, Change
from minutes.models.rights import EDITOR, RESPONSIBLE
from tests.documents import randers
from tests.filled import assign, staff

PASSWORD = "et langt kodeord"
pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> User:
    user = staff("anna", RESPONSIBLE)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, name: str = "anna", password: str = PASSWORD, **address: str):
    return client.post("/admin/login/", {"login": name, "password": password}, **address)


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def kinds() -> list[str]:
    return list(Change.objects.order_by("id").values_list("kind", flat=True))


def test_sign_in_and_out_are_recorded_for_the_municipality(client, anna):
    assert sign_in(client, REMOTE_ADDR="192.0.2.77")["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
    client.post(reverse("admin:logout"))
    assert client.get("/admin/").status_code == 302
    (begun, ended) = Change.objects.order_by("id")
    assert (begun.kind, begun.by, begun.detail) == ("signed_in", anna, "password")
    assert (begun.network, begun.municipality) == ("192.0.2.0/24", randers())
    assert ended.kind == "signed_out"


def test_a_refused_attempt_has_status_429(client, anna):
    for _number in range(6):
        response = sign_in(client, password="forkert")
    assert response.status_code == 429
    assert int(response["Retry-After"]) >= 1
    assert "Prøv igen om" in response.content.decode()


@pytest.mark.parametrize(("key", "hours"), [("seen", 9), ("started", 25)])
def test_a_session_ends_after_eight_idle_hours_and_after_a_day(client, anna, key, hours):
    sign_in(client)
    session = client.session
    session[key] -= hours * 3600
    session.save()
    assert client.get("/admin/").status_code == 302
    assert client.get("/admin/")["Location"].startswith("/admin/login/")


def test_a_session_without_a_beginning_ends(client, anna):
    """One that an earlier version began."""
    sign_in(client)
    session = client.session
    del session["started"]
    session.save()
    assert client.get("/admin/").status_code == 302


def test_a_changed_role_ends_the_sessions_and_is_recorded(client, client2, anna):
    other = staff("bo", EDITOR)
    other.set_password(PASSWORD)
    other.save()
    sign_in(client2, "bo")
    assert client2.get("/admin/").status_code == 200
    client.force_login(anna)
    role = Assignment.objects.get(user=other)
    client.post(reverse("admin:minutes_assignment_delete", args=[role.pk]), {"post": "yes"})
    assert client2.get("/admin/").status_code == 302
    removed = Change.objects.get(kind="role_removed")
    assert (removed.by_name, removed.detail, removed.municipality) == ("anna", "bo: Redaktør", randers())
    ended = Change.objects.get(kind="sessions_ended")
    assert (ended.by_name, ended.detail, ended.municipality) == ("anna", "bo: 1", randers())


def test_a_changed_password_ends_the_other_sessions(client, client2, anna):
    sign_in(client)
    sign_in(client2)
    page = reverse("account_change_password")
    new = "et andet langt kodeord"
    client.post(page, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert client.get("/admin/").status_code == 200
    assert client2.get("/admin/").status_code == 302
    assert {"password", "sessions_ended"} <= set(kinds())


@pytest.fixture
def client2():
    from django.test import Client

    return Client()


def test_one_sees_ones_sessions_and_ends_the_others(client, client2, anna):
    sign_in(client)
    sign_in(client2, HTTP_USER_AGENT="Min telefon")
    page = reverse("usersessions_list")
    assert "Min telefon" in client.get(page).content.decode()
    client.post(page)
    assert client2.get("/admin/").status_code == 302
    assert client.get("/admin/").status_code == 200
    ended = Change.objects.get(kind="sessions_ended")
    assert (ended.by, ended.detail) == (anna, "anna: 1")
    client.post(page)
    assert kinds().count("sessions_ended") == 1, "none was left"


def with_totp(user: User) -> str:
    secret = "A" * 32
    TOTP.activate(user, secret)
    return secret


def test_a_code_is_required_after_the_password_and_guesses_are_limited(client, anna):
    secret = with_totp(anna)
    assert sign_in(client)["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get("/admin/").status_code == 302
    for _number in range(6):
        page = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Prøv igen om" in page.content.decode()
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert client.get("/admin/").status_code == 302


def test_the_code_of_an_app_signs_in_and_its_secret_is_stored_encrypted(client, anna):
    secret = with_totp(anna)
    assert secret not in str(Authenticator.objects.get().data)
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert client.get("/admin/").status_code == 200
    assert Change.objects.get(kind="signed_in").detail == "password, totp"
    client.post(reverse("admin:logout"))
    cache.clear()
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert client.get("/admin/").status_code == 302, "a code works once, in every process"


@pytest.mark.parametrize(("role", "required"), [(EDITOR, False), (RESPONSIBLE, True)])
def test_a_second_factor_is_required_of_a_responsible_after_the_grace_period(
    client, settings, role, required
):
    user = User.objects.create_user("bo", password=PASSWORD, is_staff=True)
    assign(user, role, randers())
    sign_in(client, "bo")
    assert client.get("/admin/").status_code == 200
    client.logout()
    settings.MFA_GRACE_DAYS = -1
    sign_in(client, "bo")
    assert client.get("/admin/").status_code == (302 if required else 200)
    page = client.get("/admin/", follow=True)
    assert ("Slå totrinsbekræftelse til" in page.content.decode()) == required
    assert page.status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_superuser_without_a_second_factor_can_add_one_and_gets_recovery_codes(client, settings):
    settings.MFA_GRACE_DAYS = -1
    User.objects.create_superuser("chef", "chef@example.dk", PASSWORD)
    sign_in(client, "chef")
    confirm = client.get(reverse("mfa_activate_totp"))["Location"]
    page = client.post(confirm, {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert client.get("/admin/").status_code == 200
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}
    assert "factor_added" in kinds()


def test_there_is_no_page_to_sign_up(client):
    for path in ("signup/", "tilmeld/", "sso/signup/"):
        page = client.get(f"/admin/konto/{path}")
        assert page.status_code in {302, 404}, path
    assert User.objects.count() == 0
