"""The key that signs sessions and forms."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_MISSING = (
    "SECRET_KEY is not set. Give the site one of its own in the environment "
    "(python3 -c 'import secrets; print(secrets.token_urlsafe(50))'), or DEBUG=1 to develop."
)


def secret_key(given: str, *, development: bool, kept_in: Path | None, make: bool) -> str:
    """The key given; else, in development, a fixed one; else the one kept in a file.

    With `make` the file is made when it is not there. Without a file the key is empty, which is enough
    for commands that sign nothing; `require_secret_key` stops a web server. Raises `ImproperlyConfigured`
    when there is no place to keep one: a site never has a key that others know.
    """
    if given:
        return given
    if development:
        return "for-development-only"
    if not kept_in:
        raise ImproperlyConfigured(_MISSING)
    if make:
        _make(kept_in)
    try:
        return kept_in.read_text()
    except OSError:
        return ""


def require_secret_key() -> None:
    """Raise `ImproperlyConfigured`, saying what to do, when the settings have no key."""
    try:
        settings.SECRET_KEY  # noqa: B018  Django raises when it is empty.
    except ImproperlyConfigured:
        raise ImproperlyConfigured(_MISSING) from None


def _make(path: Path) -> None:
    """A key in the file at `path`, readable by its owner alone; of two that make it at once, one wins."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    file, made = tempfile.mkstemp(dir=path.parent, prefix=".secret_key")
    with os.fdopen(file, "w") as writing:
        writing.write(secrets.token_urlsafe(50))
    # A link fails where a file stands: then the key of the other process is the one.
    with contextlib.suppress(FileExistsError):
        os.link(made, path)
    Path(made).unlink()
