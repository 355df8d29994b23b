"""Measures imports into archives of different sizes, side by side with another version of the code.

    python -m benchmarks.imports [--against TREE] [--items 100000 1000000] [--meetings 300] [--jobs 2]

Each version has an archive of its own, in a new folder under /tmp: an empty one at first, then one that is
enlarged to a number of items by copying its rows. Both versions import the same minutes in turns, so that
other work on the machine slows both. Prints documents per second, the ratio, the memory of a process, and the
processor time of a document without the database server's, which other work changes less.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.temporary_archive import create_folder

ROOT = Path(__file__).resolve().parents[1]
# Number of batches that each version imports in turn into an archive of each size.
_BATCHES = 3


class Version:
    """A version of the code, in `tree`, with an archive in `folder`."""

    def __init__(self, name: str, tree: Path, folder: Path) -> None:
        self.name, self.tree, self.folder = name, tree, folder
        self.memory = 0
        self.processor_time = 0.0  # of the last command, in seconds
        self.manage("migrate", "-v", 0)

    @property
    def environment(self) -> dict[str, str]:
        data = {"ARCHIVE_DATA": str(self.folder), "DATABASE_URL": "", "PLAIN_HTTP": "1", "SECRET_KEY": "x"}
        return {
            **os.environ,
            **data,
            "DJANGO_SETTINGS_MODULE": "archive.settings",
            "PYTHONPATH": str(self.tree),
        }

    def manage(self, *arguments: object) -> float:
        return self.run("manage.py", *arguments)

    def run(self, *arguments: object) -> float:
        """Run Python with these arguments in the tree; return the duration in seconds."""
        start = time.monotonic()
        command = [sys.executable, *map(str, arguments)]
        child = subprocess.Popen(command, cwd=self.tree, env=self.environment, stdout=subprocess.DEVNULL)
        _pid, status, usage = os.wait4(child.pid, 0)
        if status:
            raise subprocess.CalledProcessError(status, command)
        self.memory = max(self.memory, usage.ru_maxrss // 1024)
        self.processor_time = usage.ru_utime + usage.ru_stime
        return time.monotonic() - start

    def import_minutes(self, paths: Sequence[Path], jobs: int) -> float:
        options = ("--municipality", "Lindbjerg", "--new", "--jobs", jobs, "-v", 0)
        return self.manage("import_minutes", *paths, *options)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path, metavar="TREE", help="a checkout of another version")
    parser.add_argument("--items", type=int, nargs="*", default=[])
    parser.add_argument("--meetings", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    folder = create_folder("imports")
    trees = {"this": ROOT} | ({"other": options.against.resolve()} if options.against else {})
    try:
        sizes = [0, *sorted(options.items)]
        batches = generate(folder / "minutes", options.meetings, len(sizes) * _BATCHES)
        versions = [Version(name, tree, folder / name) for name, tree in trees.items()]
        for items in sizes:
            for version in versions if items else ():
                version.run(ROOT / "benchmarks" / "copied_rows.py", items)
            measure(versions, [batches.pop() for _ in range(_BATCHES)], options.jobs, items)
    finally:
        shutil.rmtree(folder, onerror=_unless_gone)


def _unless_gone(_function: object, _path: str, error: Any) -> None:
    """Raise an error of `rmtree`, unless a server that was about to end has deleted the file."""
    if not isinstance(error[1], FileNotFoundError):
        raise error[1]


def generate(folder: Path, meetings: int, count: int) -> list[list[Path]]:
    """Generate `count` batches of synthetic minutes of one municipality."""
    subprocess.run(
        [
            sys.executable,
            "-m",
            "synthetic",
            folder,
            "--meetings",
            str(meetings * count),
            "--municipalities",
            "1",
        ],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    paths = sorted(folder.rglob("*.txt"))
    return [paths[at::count] for at in range(count)]


def measure(versions: Sequence[Version], batches: Sequence[Sequence[Path]], jobs: int, items: int) -> None:
    """Import the batches with each version in turn, and print the rates.

    The first batch starts with two documents only, whose duration is that of the start.
    """
    rates: dict[str, list[float]] = {version.name: [] for version in versions}
    processor_times: dict[str, list[float]] = {version.name: [] for version in versions}
    for batch in batches:
        for version in versions:
            start = version.import_minutes(batch[:2], jobs)
            processor_time_of_start = version.processor_time
            seconds = version.import_minutes(batch[2:], jobs)
            count = len(batch) - 2
            rates[version.name].append(count / (seconds - start))
            processor_times[version.name].append((version.processor_time - processor_time_of_start) / count)
            print(f"  {version.name:<6} {seconds:6.1f} s, of these {start:.1f} s to start", flush=True)
    for version in versions:
        median = statistics.median(rates[version.name])
        milliseconds = 1000 * statistics.median(processor_times[version.name])
        print(
            f"{items:>9} items  {version.name:<6} {median:6.1f} documents/s  {version.memory} MB"
            f"  {milliseconds:.0f} ms of Python for a document"
        )
    if len(versions) == 2:
        ratios = [this / other for this, other in zip(*rates.values(), strict=True)]
        print(f"{items:>9} items  ratio  {statistics.median(ratios):6.2f}")


if __name__ == "__main__":
    main()
