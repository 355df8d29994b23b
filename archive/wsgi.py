"""The site for a web server: `gunicorn archive.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

from archive.secret import require_secret_key

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
# A page that takes longer than this is not worth waiting for; commands may take their time.
os.environ.setdefault("STATEMENT_TIMEOUT_MS", "5000")

require_secret_key()
application = get_wsgi_application()

from minutes.search import inflections  # noqa: E402  Django is ready now.

# Nobody's search waits for the word list to be read.
inflections.load()
