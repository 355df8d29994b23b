"""Settings for the tests: a fixed key, plain HTTP, and a data folder separate from the demo's."""

import hashlib
import os
from pathlib import Path

_BASE = Path(__file__).resolve().parent.parent
_ROOTS = Path("/var/lib/referatarkivet") / f"tests-{hashlib.sha256(bytes(_BASE)).hexdigest()[:8]}"

# In the environment, for the processes that tests start.
os.environ.setdefault("SECRET_KEY", "for-tests-only")
os.environ.setdefault("PLAIN_HTTP", "1")
# A test may wait for a busy machine.
os.environ.setdefault("REQUEST_DEADLINE_SECONDS", "60")
os.environ.setdefault("ARCHIVE_DATA", str(_ROOTS if os.geteuid() == 0 else _BASE / ".data" / "tests"))

from archive.settings import *  # noqa: E402, F403
from archive.settings import DATABASES, STORAGES, TRANSACTION_POOLING  # noqa: E402

# Serve static files from their source folders, without collectstatic.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
# Faster: neither password hashes nor durable commits matter here.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if not TRANSACTION_POOLING:
    DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
