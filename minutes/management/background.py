"""Base class of commands that run for a long time beside the site."""

import os
from collections.abc import Sequence

from django.core.management import BaseCommand

from minutes.importer.processes import collect_garbage_less_often

_NICENESS = 5


class BackgroundCommand(BaseCommand):
    """A command for much work. Started from a shell, it has a lower priority, so that pages stay fast."""

    def run_from_argv(self, argv: Sequence[str]) -> None:
        os.nice(_NICENESS)
        collect_garbage_less_often()
        super().run_from_argv(list(argv))
