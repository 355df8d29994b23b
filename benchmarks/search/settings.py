"""The archive's settings with the other search engines that a Django site can have."""

from archive.settings import *  # noqa: F403
from archive.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "watson", "modelsearch", "benchmarks.search.rivalry"]

# As a Danish site would set them; nothing is indexed behind the benchmark's back.
WATSON_POSTGRES_SEARCH_CONFIG = "pg_catalog.danish"
MODELSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "modelsearch.backends.database",
        "SEARCH_CONFIG": "danish",
        "AUTO_UPDATE": False,
    }
}
