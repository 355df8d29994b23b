"""The site's settings for its tests: a key of their own, plain HTTP, a data folder apart from the demo's."""

import hashlib
import os
from pathlib import Path

_BASE = Path(__file__).resolve().parent.parent
_ROOTS = Path("/var/lib/referatarkivet") / f"tests-{hashlib.sha256(bytes(_BASE)).hexdigest()[:8]}"

# In the environment, so that commands started by a test have them too.
os.environ.setdefault("SECRET_KEY", "for-tests-only")
os.environ.setdefault("PLAIN_HTTP", "1")
os.environ.setdefault("ARCHIVE_DATA", str(_ROOTS if os.geteuid() == 0 else _BASE / ".data" / "tests"))

from archive.settings import *  # noqa: E402, F403
from archive.settings import DATABASES, STORAGES  # noqa: E402

# Serves static files from where they lie.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
# Hashing a password slowly protects nobody here, nor does waiting for the disk.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
