"""What runs beside the site gives way to it."""

import os
from collections.abc import Sequence

from django.core.management import BaseCommand

_NICENESS = 5


class GivesWay(BaseCommand):
    """A long command that, started from a shell, leaves the processor to whoever reads pages meanwhile."""

    def run_from_argv(self, argv: Sequence[str]) -> None:
        os.nice(_NICENESS)
        super().run_from_argv(list(argv))
