"""The key that signs sessions and forms."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def secret_key(given: str, *, development: bool, kept_in: Path | None) -> str:
    """The key given; else one kept in a file, made on first use; else, in development, a fixed one.

    Raises `ImproperlyConfigured` when there is none: a site does not start with a key that others know.
    """
    if given:
        return given
    if kept_in:
        return _kept(kept_in)
    if development:
        return "for-development-only"
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Give the site one of its own in the environment "
        "(python3 -c 'import secrets; print(secrets.token_urlsafe(50))'), or DEBUG=1 to develop."
    )


def _kept(path: Path) -> str:
    """The key in the file at `path`, readable by its owner alone; of two that make it at once, one wins."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        file, made = tempfile.mkstemp(dir=path.parent, prefix=".secret_key")
        with os.fdopen(file, "w") as writing:
            writing.write(secrets.token_urlsafe(50))
        # A link fails where a file stands: then the key of the other process is the one.
        with contextlib.suppress(FileExistsError):
            os.link(made, path)
        Path(made).unlink()
    return path.read_text()
