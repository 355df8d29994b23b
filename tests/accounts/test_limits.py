"""Guesses of passwords: counted by account and address, delayed, locked, logged, and few hashed at once."""

import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import F

from minutes.accounts import hashing, passwords
from minutes.accounts.limits import MOST_FAILURES, TooManyAttempts, reserve
from minutes.accounts.passwords import SignInRefused
from minutes.models import Change, SignInAttempt

LOGIN = "/admin/login/"
PASSWORD = "et langt kodeord"
ELSEWHERE = {"REMOTE_ADDR": "198.51.100.7"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return User.objects.create_user("jens", password=PASSWORD, is_staff=True)


@pytest.fixture
def verified(monkeypatch) -> list[str]:
    """The passwords that are hashed, in order."""
    hashed: list[str] = []
    authenticate = passwords.ModelBackend.authenticate

    def count(self, request, username=None, password=None, **kwargs):
        hashed.append(password)
        return authenticate(self, request, username=username, password=password, **kwargs)

    monkeypatch.setattr(passwords.ModelBackend, "authenticate", count)
    return hashed


def post(client, password: str, name: str = "jens", **address: str):
    return client.post(LOGIN, {"login": name, "password": password}, **address)


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def wait(**time: int) -> None:
    """Let the attempts be so much older."""
    SignInAttempt.objects.update(at=F("at") - timedelta(**time))


def test_guesses_lock_the_account_also_for_the_right_password(client, user, verified, caplog, rf):
    for number in range(30):
        with suppress(SignInRefused):
            authenticate(rf.post(LOGIN), username="jens", password=f"forkert {number}")
    response = post(client, PASSWORD, **ELSEWHERE)
    assert not signed_in(client)
    assert "Prøv igen om 5 minutter" in response.content.decode()
    assert len(verified) <= MOST_FAILURES
    kinds = list(Change.objects.values_list("kind", flat=True))
    assert kinds.count("locked") == 1
    assert "sign_in_failed" in kinds
    assert "Sign-in locked for five minutes: user" in caplog.text
    assert "forkert" not in caplog.text
    wait(minutes=5, seconds=1)
    post(client, PASSWORD, **ELSEWHERE)
    assert signed_in(client)


def test_guesses_at_many_accounts_lock_the_address_alone(client, user, verified):
    for number in range(MOST_FAILURES):
        post(client, "forkert", f"bruger{number}")
    post(client, PASSWORD)
    assert not signed_in(client)
    assert len(verified) == MOST_FAILURES
    post(client, PASSWORD, **ELSEWHERE)
    assert signed_in(client)


def test_an_account_waits_longer_after_each_failure(user):
    for _number in range(5):
        reserve("password", "jens", "")
    with pytest.raises(TooManyAttempts) as refused:
        reserve("password", "jens", "")
    assert refused.value.seconds == 1
    wait(seconds=3)
    reserve("password", " JENS", "")
    with pytest.raises(TooManyAttempts) as refused:
        reserve("password", "jens", "")
    assert refused.value.seconds == 4


def test_the_right_password_forgets_the_failures_of_the_account_but_not_of_the_address(client, user):
    for _number in range(4):
        post(client, "forkert")
    post(client, PASSWORD)
    assert signed_in(client)
    client.logout()
    for number in range(6):
        post(client, "forkert", f"bruger{number}")
    post(client, PASSWORD)
    assert not signed_in(client)


def test_a_failed_attempt_is_recorded_without_the_name_of_an_unknown_user(client, user):
    post(client, "forkert", **ELSEWHERE)
    post(client, "forkert", "mit hemmelige kodeord")
    unknown, known = Change.objects.all()
    assert (known.kind, known.detail, known.network) == ("sign_in_failed", "jens", "198.51.100.0/24")
    assert known.target == f"auth.user:{user.pk}"
    assert (unknown.kind, unknown.detail, unknown.target) == ("sign_in_failed", "", "")


def test_of_sixteen_posters_one_is_hashed_at_a_time_and_fourteen_are_refused_at_once():
    hashed, refused, at_once, most = [], [], [], []
    every_other_is_refused = threading.Event()

    def poster() -> None:
        try:
            with hashing.hashing():
                at_once.append(1)
                most.append(len(at_once))
                assert every_other_is_refused.wait(10)
                hashed.append(at_once.pop())
        except hashing.Busy:
            refused.append(1)
            if len(refused) == 14:
                every_other_is_refused.set()

    threads = [threading.Thread(target=poster) for _number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert (len(hashed), len(refused), max(most)) == (2, 14, 1)


def test_a_refusal_because_others_are_hashed_is_no_failure(client, user, monkeypatch):
    def busy():
        raise hashing.Busy

    monkeypatch.setattr(passwords, "hashing", busy)
    for _number in range(MOST_FAILURES):
        assert "Mange prøver at logge ind" in post(client, PASSWORD).content.decode()
    monkeypatch.undo()
    post(client, PASSWORD)
    assert signed_in(client)


@pytest.mark.parametrize(
    "password",
    [
        "kort kodeord",
        "passwordpassword",
        "Password-1234567",
        "Sommer2026!!!!!!!",
        "referatarkivet1",
        "12345678901234567",
        "qwertyqwertyqwe",
        "abcabcabcabcabc",
        "jens.hansen.2026",
    ],
)
def test_short_common_and_repeated_passwords_are_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, User(username="jens.hansen"))


@pytest.mark.parametrize("password", ["et langt kodeord", "korrekt hest batteri", "x7Tq-pLm2-vR9w-aa"])
def test_long_passwords_are_accepted(password):
    validate_password(password, User(username="jens"))
