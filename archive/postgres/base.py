"""The database engine "archive.postgres": Django's own, on the embedded server."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base
from django.db.backends.postgresql.client import DatabaseClient as PostgreSQLClient
from psycopg import OperationalError

from archive.postgres import server

# Made with every server, so that nothing has to be created first.
DATABASE = "postgres"


class DatabaseClient(PostgreSQLClient):
    """`manage.py dbshell` with the wheel's psql."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        where = server.running(settings.ARCHIVE_DATA)
        told = {**settings_dict, "HOST": str(where.socket_folder), "USER": server.SUPERUSER}
        arguments, environment = super().settings_to_cmd_args_env(told, list(parameters))
        return [str(where.program("psql")), *arguments[1:]], environment


class DatabaseWrapper(base.DatabaseWrapper):
    """Starts the server, if no other process has, at the first connection and not before."""

    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        where = server.running(settings.ARCHIVE_DATA)
        told = {**self.settings_dict, "HOST": str(where.socket_folder), "USER": server.SUPERUSER}
        kept, self.settings_dict = self.settings_dict, told
        try:
            return super().get_connection_params()
        finally:
            self.settings_dict = kept

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            return super().get_new_connection(conn_params)
        except OperationalError:
            # The server may have died under this process. If it runs, the same error comes again.
            server.revive(settings.ARCHIVE_DATA)
            return super().get_new_connection(conn_params)
