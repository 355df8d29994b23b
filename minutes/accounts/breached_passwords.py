"""Refuses passwords of known breaches, by a file on the server.

The file is that of Have I Been Pwned, ordered by hash: lines of a SHA-1 in hexadecimal, a colon and a count.
Sorted lines are found by bisection in a few reads, whatever the size of the file.
"""

import hashlib
import logging
import os
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

_HASH_LETTERS = 40
_PROBES = 64


class BreachedPasswordValidator:
    """Refuse the passwords whose hash is in `BREACHED_PASSWORDS_FILE`; without the setting, none."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise a `ValidationError` also when the file cannot be read."""
        if not settings.BREACHED_PASSWORDS_FILE:
            return
        try:
            with Path(settings.BREACHED_PASSWORDS_FILE).open("rb") as file:
                is_breached = _contains(file, _hash(password))
        except OSError as error:
            logger.exception("The file of breached passwords cannot be read")
            text = _("Adgangskoden kan ikke kontrolleres lige nu. Prøv igen senere.")
            raise ValidationError(text, code="password_not_checked") from error
        if is_breached:
            text = _("Adgangskoden er fra et kendt datalæk. Vælg en anden.")
            raise ValidationError(text, code="password_breached")

    def get_help_text(self) -> str:
        return _("Din adgangskode må ikke være fra et kendt datalæk.")


def problem_of_file(path: Path) -> str:
    """Return why the file cannot be searched; "" if it can, as far as samples of its lines show."""
    try:
        with path.open("rb") as file:
            end = file.seek(0, os.SEEK_END)
            hashes = [_hash_after(file, end * probe // _PROBES) for probe in range(_PROBES)]
    except OSError as error:
        return f"it cannot be read ({error.strerror})"
    hashes = [line for line in hashes if line]
    if not hashes or any(len(line) != _HASH_LETTERS or not line.isalnum() for line in hashes):
        return "its lines do not begin with a SHA-1 in hexadecimal"
    return "" if hashes == sorted(hashes) else "its lines are not in the order of the hashes"


def _hash(password: str) -> bytes:
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()


def _contains(file: BinaryIO, wanted: bytes) -> bool:
    """Return True if a line begins with the hash. About as many reads as the size has bits."""
    low, high = 0, file.seek(0, os.SEEK_END)
    while low < high:
        middle = (low + high) // 2
        line = _hash_after(file, middle)
        if line == wanted:
            return True
        if line and line < wanted:
            low = middle + 1
        else:
            high = middle
    return _hash_after(file, low) == wanted


def _hash_after(file: BinaryIO, position: int) -> bytes:
    """Return the hash of the first line that begins at the position or after it; b"" at the end."""
    # The rest of the line that contains the byte before.
    file.seek(max(position - 1, 0))
    if position:
        file.readline()
    return file.readline().partition(b":")[0].strip().upper()
