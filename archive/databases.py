"""The databases of the site, as in Django's setting `DATABASES`: servers by address, or the embedded one."""

from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from archive.deadlines import Connection

PRIMARY, REPLICA = "default", "replica"


def databases(
    url: str, replica_url: str, *, statement_timeout: int, pooled: bool = False
) -> dict[str, dict[str, Any]]:
    """Return the databases; without `url` the embedded server, without `replica_url` the primary alone.

    `statement_timeout` is in milliseconds, 0 for none. `pooled` says that both lead to a pooler such as
    PgBouncer in transaction mode: a connection has no settings and cursors that outlive a transaction.
    Raises `ImproperlyConfigured` for another database than PostgreSQL, and for a replica of the embedded
    server.
    """
    options = {"options": f"-c statement_timeout={statement_timeout}"} if statement_timeout else {}
    if not url:
        if replica_url:
            raise ImproperlyConfigured("REPLICA_DATABASE_URL needs a DATABASE_URL.")
        embedded = {"ENGINE": "archive.postgres", "NAME": "postgres", "OPTIONS": options, "CONN_MAX_AGE": 60}
        return {PRIMARY: embedded}
    if pooled:
        # The pooler sets the time limit.
        options = {}
    servers = {PRIMARY: _server("DATABASE_URL", url, options, pool_timeout=2.5)}
    if replica_url:
        # Requests that cannot have a connection of it soon read from the primary.
        servers[REPLICA] = _server("REPLICA_DATABASE_URL", replica_url, options, pool_timeout=0.5)
    for server in servers.values():
        server["DISABLE_SERVER_SIDE_CURSORS"] = pooled
    return servers


def _server(setting: str, url: str, options: dict[str, str], *, pool_timeout: float) -> dict[str, Any]:
    database: dict[str, Any] = dict(dj_database_url.parse(url))
    if database["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{setting} must begin with postgresql:// (PostgreSQL 15 or newer).")
    database["OPTIONS"] = {
        # A machine that has left the network: give up on connecting, on data that is not acknowledged, and
        # on an idle connection.
        "connect_timeout": 2,
        "tcp_user_timeout": 5000,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 2,
        **database.get("OPTIONS", {}),
        **options,
        "pool": {
            "connection_class": Connection,
            "min_size": 1,
            "max_size": 8,
            "timeout": pool_timeout,
            # Stop waiting ever longer between attempts: the next request makes a new one.
            "reconnect_timeout": 4,
        },
    }
    # After a restart of the server the pool's connections are dead.
    database["CONN_HEALTH_CHECKS"] = True
    return database
