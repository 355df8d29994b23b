"""Imports in processes of their own, forked from one that has loaded Django and the word list.

Importing this module loads them.
"""

import multiprocessing
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from multiprocessing.process import BaseProcess
from pathlib import Path

import django

django.setup()

from minutes.search import dictionary  # noqa: E402

dictionary.load()


def start(arguments: Sequence[str], data: Path, output: Path) -> BaseProcess:
    """Start `manage.py import_minutes` with the data folder `data`; it writes what it prints to `output`.

    The first call starts the process that the others are forked from, with the environment as it is now.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    process = context.Process(target=_import, args=(list(arguments), data, output))
    process.start()
    return process


def _import(arguments: list[str], data: Path, output: Path) -> None:
    from django.conf import settings
    from django.core.management import call_command

    settings.ARCHIVE_DATA = data
    with output.open("w", encoding="utf-8") as file, redirect_stdout(file), redirect_stderr(file):
        call_command("import_minutes", *arguments)
