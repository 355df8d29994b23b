"""Breached passwords: refused by a file of hashes, in the format of Have I Been Pwned."""

import hashlib
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from minutes.accounts.breached_passwords import problem_of_file

BREACHED = "korrekt hest batteri"


def hash_of(password: str) -> str:
    return hashlib.sha1(password.encode()).hexdigest().upper()


def lines(count: int) -> list[str]:
    """Return sorted lines of so many passwords, `BREACHED` among them."""
    passwords = [BREACHED, *(f"adgangskode nr. {number}" for number in range(count - 1))]
    return sorted(f"{hash_of(password)}:{number * 7919}" for number, password in enumerate(passwords))


@pytest.fixture
def file(tmp_path, settings) -> Path:
    path = tmp_path / "pwnedpasswords.txt"
    settings.BREACHED_PASSWORDS_FILE = str(path)
    return path


@pytest.mark.parametrize("count", [1, 2, 3, 500])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_every_password_of_the_file_is_refused_and_no_other(file, count, end):
    file.write_bytes((end.join(lines(count)) + end).encode())
    for password in (BREACHED, *(f"adgangskode nr. {number}" for number in range(count - 1))):
        with pytest.raises(ValidationError, match="datalæk"):
            validate_password(password)
    for number in range(50):
        validate_password(f"ikke i filen, nr. {number}")


def test_a_file_without_a_last_line_break_and_in_lower_case_is_searched_too(file):
    file.write_text("\n".join(lines(9)).lower())
    with pytest.raises(ValidationError, match="datalæk"):
        validate_password(BREACHED)


def test_without_the_file_no_password_is_accepted_and_the_check_says_why(file, caplog):
    with pytest.raises(ValidationError, match="kan ikke kontrolleres"):
        validate_password("ikke i filen, nr. 1")
    assert "ikke i filen" not in caplog.text
    with pytest.raises(CommandError, match=r"BREACHED_PASSWORDS_FILE.*cannot be read"):
        call_command("check")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("\n".join(lines(300)), ""),
        ("\n".join(reversed(lines(300))), "not in the order"),
        ("123456\npassword\nqwerty\n", "SHA-1"),
        ("", "SHA-1"),
    ],
)
def test_the_check_finds_files_that_cannot_be_searched(file, text, problem):
    file.write_text(text)
    reported = problem_of_file(file)
    assert problem in reported
    assert bool(reported) == bool(problem)


@pytest.mark.django_db
def test_a_breached_password_is_not_accepted_on_the_page(client, file):
    file.write_text("\n".join(lines(20)))
    user = User.objects.create_user("anna", password="et langt kodeord", is_staff=True)
    client.force_login(user)
    data = {"oldpassword": "et langt kodeord", "password1": BREACHED, "password2": BREACHED}
    page = client.post(reverse("account_change_password"), data)
    assert "kendt datalæk" in page.content.decode()
    user.refresh_from_db()
    assert user.check_password("et langt kodeord")
