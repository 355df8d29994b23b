"""The database engine "archive.postgres": Django's own, connected to the embedded server."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base
from django.db.backends.postgresql.client import DatabaseClient as PostgreSQLClient
from psycopg import OperationalError

from archive.postgres import server

# Exists in every new cluster.
DATABASE = "postgres"


class DatabaseClient(PostgreSQLClient):
    """Run `manage.py dbshell` with the wheel's psql."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        running = server.running(settings.ARCHIVE_DATA)
        local = {**settings_dict, "HOST": str(running.socket_folder), "USER": server.SUPERUSER}
        arguments, environment = super().settings_to_cmd_args_env(local, list(parameters))
        return [str(running.program("psql")), *arguments[1:]], environment


class DatabaseWrapper(base.DatabaseWrapper):
    """Starts the server at the first connection, unless another process has."""

    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        running = server.running(settings.ARCHIVE_DATA)
        original = self.settings_dict
        self.settings_dict = {**original, "HOST": str(running.socket_folder), "USER": server.SUPERUSER}
        try:
            return super().get_connection_params()
        finally:
            self.settings_dict = original

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            return super().get_new_connection(conn_params)
        except OperationalError:
            # The server may have died. If it runs, the second attempt raises the same error.
            server.revive(settings.ARCHIVE_DATA)
            return super().get_new_connection(conn_params)
