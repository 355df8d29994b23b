"""Settings with the other search packages for Django, configured as a Danish site would."""

from archive.settings import *  # noqa: F403
from archive.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "watson", "modelsearch", "benchmarks.search.comparison"]

WATSON_POSTGRES_SEARCH_CONFIG = "pg_catalog.danish"
MODELSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "modelsearch.backends.database",
        "SEARCH_CONFIG": "danish",
        # Indexed by the benchmark only.
        "AUTO_UPDATE": False,
    }
}
