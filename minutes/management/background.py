"""Base class of commands that run for a long time beside the site."""

import os
from collections.abc import Sequence

from django.core.management import BaseCommand

_NICENESS = 5


class BackgroundCommand(BaseCommand):
    """A command that lowers its priority when started from a shell, so that pages stay fast."""

    def run_from_argv(self, argv: Sequence[str]) -> None:
        os.nice(_NICENESS)
        super().run_from_argv(list(argv))
