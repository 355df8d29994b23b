"""Refuses common passwords, also when they are repeated or extended by digits and signs."""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

# Words of the site and of the keyboard, besides the common passwords.
_WORDS = frozenset(
    (
        *("referatarkivet", "referatarkiv", "referat", "referater", "kommune", "kommunen", "byraad", "byråd"),
        *("adgangskode", "kodeord", "passw0rd", "hemmelig", "velkommen", "sommer", "efterår", "vinter"),
        *("qwertyuiop", "asdfghjkl", "abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyzæøå"),
    )
)
# "sommer" in "Sommer-2026!!!!!".
_DIGITS_AND_SIGNS = re.compile(r"[\W\d_]+")
# "abc" in "abcabcabcabcab".
_REPEATED = re.compile(r"(.+?)\1+")
_FEWEST_LETTERS = 5


class CommonPasswordValidator(password_validation.CommonPasswordValidator):
    """Refuse the 20,000 most common passwords, and those that only extend or repeat one of them."""

    def validate(self, password: str, user: Any = None) -> None:
        for core in _cores(password.casefold().strip()):
            if len(core) < _FEWEST_LETTERS or core in _WORDS or core in self.passwords:
                raise ValidationError(self.get_error_message(), code="password_too_common")


def _cores(password: str) -> Iterator[str]:
    """Yield the password, its letters, and what is repeated in them."""
    letters = _DIGITS_AND_SIGNS.sub("", password)
    yield from (password, letters)
    for text in (password, letters):
        match = _REPEATED.match(text)
        if match and (match[1] * len(text)).startswith(text):
            yield match[1]
