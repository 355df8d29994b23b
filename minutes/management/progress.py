"""How far a command is that works through many records of several kinds."""

from typing import IO, Any, Self, cast

from rich.console import Console
from rich.progress import Progress, TaskID, TextColumn


class Counting:
    """A line for each kind with how many there are; on a terminal it counts, else it stands at the end."""

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

    def told(self, kind: str, number: int) -> None:
        """So many records of the kind are done."""
        if kind not in self._tasks:
            self._tasks[kind] = self._progress.add_task(kind, total=None)
        self._progress.update(self._tasks[kind], completed=number)
