"""The connection for queries of the search, to the database that Django's routers choose for reading."""

from typing import Any

from django.db import connections, router

from minutes.models import SearchEntry


class _ReadConnection:
    """Passes everything on to the present connection, as `django.db.connection` does for the default one."""

    def __getattr__(self, name: str) -> Any:
        return getattr(connections[router.db_for_read(SearchEntry)], name)


connection = _ReadConnection()
