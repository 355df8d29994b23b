"""Progress of commands that process many records of several kinds."""

from typing import IO, Any, Self, cast

from rich.console import Console
from rich.progress import Progress, TaskID, TextColumn


class RecordCounter:
    """Prints the number of records of each kind: counting on a terminal, else once at the end."""

    def __init__(self, out: Any, *, quiet: bool) -> None:
        self._progress = Progress(
            TextColumn("{task.description:<15}"),
            TextColumn("{task.completed:>10.0f}"),
            console=Console(file=cast("IO[str]", out), highlight=False),
            disable=quiet,
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._progress.stop()

    def update(self, kind: str, number: int) -> None:
        """Set the number of processed records of `kind`."""
        if kind not in self._tasks:
            self._tasks[kind] = self._progress.add_task(kind, total=None)
        self._progress.update(self._tasks[kind], completed=number)
