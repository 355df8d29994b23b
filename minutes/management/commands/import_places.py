"""`import_places`: import a municipality's streets, schools and plans, and find them in its items."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import CommandError

from minutes.importer.gazetteer_file import read_gazetteer
from minutes.management.background import BackgroundCommand
from minutes.management.database import require_migrated_database
from minutes.models import GazetteerPlace, Municipality
from minutes.publishing.gazetteer import find_places
from minutes.publishing.gazetteer_places import store_gazetteer

_MAX_ERRORS = 20


class Command(BackgroundCommand):
    help = (
        "Import the streets, schools and plans of a municipality from a CSV file, and find them in the items "
        "that are published. Without a file, only find the places that are stored. Nothing is imported of a "
        "file with an error."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="CSV with a header: navn;type;id;andre navne")
        parser.add_argument("--municipality", required=True, help="code or name")
        parser.add_argument(
            "--kind",
            default="",
            choices=GazetteerPlace.Kind.values,
            help="what the places are, where the file has no column of it",
        )
        parser.add_argument("--replace", action="store_true", help="delete places that are not in the file")

    def handle(self, *args: Any, **options: Any) -> None:
        require_migrated_database()
        municipality = Municipality.objects.called(options["municipality"])
        if municipality is None:
            raise CommandError(f"There is no municipality {options['municipality']!r}.")
        if options["file"]:
            self._import(municipality, options)
        mentions = find_places(municipality)
        self.stdout.write(f"{municipality.name}: {mentions} mentions of places in items")

    def _import(self, municipality: Municipality, options: dict[str, Any]) -> None:
        path = Path(options["file"])
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        file = read_gazetteer(content, options["kind"])
        if file.errors:
            more = len(file.errors) - _MAX_ERRORS
            lines = [f"{path}: {error}" for error in file.errors[:_MAX_ERRORS]]
            lines += [f"and {more} more"] if more > 0 else []
            raise CommandError("\n".join([*lines, "Nothing was imported."]))
        stored = store_gazetteer(municipality, file.entries, delete_others=options["replace"])
        self.stdout.write(
            f"{municipality.name}: {stored.added} places added, {stored.changed} changed, "
            f"{stored.deleted} deleted, {stored.unchanged} as before"
        )
