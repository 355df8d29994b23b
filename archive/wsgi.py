"""WSGI application: `gunicorn archive.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

from archive.secret import require_secret_key

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
# Limits the database time of a web request; commands have no limit.
os.environ.setdefault("STATEMENT_TIMEOUT_MS", "5000")
# A restored database must not show what was taken down since.
os.environ.setdefault("REQUIRE_REPLAYED_LEDGER", "1")

require_secret_key()
application = get_wsgi_application()

from minutes.search import dictionary  # noqa: E402  Needs Django's app registry.

# Load the word list now, not during the first search.
dictionary.load()
