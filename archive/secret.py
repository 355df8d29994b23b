"""SECRET_KEY: from the environment, or generated and stored with the data of the embedded database."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_MISSING = (
    "SECRET_KEY is not set. Set it in the environment to a random value "
    "(python3 -c 'import secrets; print(secrets.token_urlsafe(50))'), or set DEBUG=1 for development."
)


def secret_key(given: str, *, development: bool, file: Path | None, create: bool) -> str:
    """Return `given`, or a fixed key in development, or the content of `file`.

    With `create`, a missing file is written with a random key. Without a file the key is empty, which is
    enough for commands that sign nothing; `require_secret_key` stops a web server. Raises
    `ImproperlyConfigured` if there is neither a key nor a file to read it from.
    """
    if given:
        return given
    if development:
        return "for-development-only"
    if not file:
        raise ImproperlyConfigured(_MISSING)
    if create:
        _create(file)
    try:
        return file.read_text()
    except OSError:
        return ""


def require_secret_key() -> None:
    """Raise `ImproperlyConfigured` with instructions if the settings have no key."""
    try:
        settings.SECRET_KEY  # noqa: B018  Django raises when it is empty.
    except ImproperlyConfigured:
        raise ImproperlyConfigured(_MISSING) from None


def _create(path: Path) -> None:
    """Write a random key to `path`, readable by its owner alone, unless the file exists.

    If two processes do so at the same time, both use the key of the first.
    """
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".secret_key")
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    # Unlike a rename, a link fails if another process has written the file.
    with contextlib.suppress(FileExistsError):
        os.link(temporary, path)
    Path(temporary).unlink()
