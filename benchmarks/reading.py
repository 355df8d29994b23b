"""Measures the reader: its speed, whether its time is linear, and how it handles odd and very long files.

    python -m benchmarks.reading [FOLDER of minutes, by default the seeds beside the project]

Times are of the processor, and of a first reading: what the reader remembers of other documents is forgotten
before each. Each very long file is read by a process of its own, whose memory is measured.
"""

import contextlib
import functools
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from minutes.reader import UnreadableDocument, read

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 7
LONG_FILE_MEGABYTES = 30
_MB = 1_000_000
_HEADER = "REFERAT Byrådet d. 14-01-2020\n\nPunkt 1: Budget\n\n"
REPEATED_PASSAGES = {
    "a sentence": "Udvalget drøftede oplægget og besluttede at deltage i mødet.\n",
    "Punkt 1: Budget": "Punkt 1: Budget\n",
    "Beslutning": "Beslutning\n\n",
    "a paragraph of votes": "Godkendt med 6 stemmer for og 1 stemme imod. Imod stemte Ane Holm.\n\n",
    "a long line": "Forvaltningen indstiller, at " + "budgettet godkendes af udvalget, " * 40 + "\n",
}
ADVERSARIAL_FRAGMENTS = (
    *("a", "A", "Ane Holm, ", "(", "1", " x", "\n", "Ane Holm og ", "med 6 stemmer for og ", ".", "- "),
    *("A. ", "Børne-, ", "(A) ", "For stemte: ", "Imod stemte 3 (A, ", "Ad 1: ", "\t", "1. Budget\n"),
    *("Side 3\n", "-\n", "Udvalget for Teknik og ", "den 4. maj 2020, ", "Et flertal bestående af A"),
    *("Randers Kommune ", "”", "\f", "Ane Holm, A, ", "Fraværende:\nAne Holm\n\nGodkendt.\n\n"),
    *("Punkt 1: A\nBeslutning\nFor: A\nImod: B\n", "Åben sag\n", "Titel\n12/345\n", "Beslutning\nGodkendt\n"),
    *("Beslutning\n\n", "Titel\nBeslutning\n\nGodkendt\n\n", "a\n"),
)


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        print(read_one(Path(sys.argv[2])))
        return
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "seeds"
    print_speed([path.read_bytes() for path in sorted(folder.rglob("*.txt"))])
    print("\n1 MB of                                         in a decision    in a presentation")
    for fragment in ADVERSARIAL_FRAGMENTS:
        times = (adversarial_seconds(fragment, heading) for heading in ("Beslutning", "Sagsfremstilling"))
        print(f"  {fragment!r:44}", *(f"{seconds:12.2f} s" for seconds in times))
    print(f"\n{LONG_FILE_MEGABYTES} MB of                                       time      memory")
    for name, passage in REPEATED_PASSAGES.items():
        print_long_file(name, f"{_HEADER}Beslutning\n\n", passage)
        print_long_file(f"{name}, in one line", "", passage.replace("\n", " "))


def print_speed(documents: list[bytes]) -> None:
    seconds = sum(map(best_seconds, documents))
    size = sum(map(len, documents)) / _MB
    print(f"{len(documents)} minutes, {size:.2f} MB    {seconds:6.3f} s    {size / seconds:5.2f} MB/s")
    longest = max(documents, key=len)
    once, eight = best_seconds(longest), best_seconds(longest * 8)
    print(f"the longest, once and 8 times         {once:6.3f} s  {eight:6.3f} s    ratio {eight / once:.2f}")


def best_seconds(data: bytes) -> float:
    """Return the shortest time of several rounds."""

    def timed() -> float:
        forget()
        start = time.process_time()
        read(data)
        return time.process_time() - start

    return min(timed() for _ in range(ROUNDS))


def forget() -> None:
    """Clear what the reader remembers of short texts."""
    for name, module in list(sys.modules.items()):
        for value in vars(module).values() if name.startswith("minutes.reader") else ():
            if isinstance(value, functools._lru_cache_wrapper) and value.cache_parameters()["maxsize"]:
                value.cache_clear()


def adversarial_seconds(fragment: str, heading: str) -> float:
    """Return the time for 1 MB of a fragment under a heading."""
    text = f"{_HEADER}{heading}\n\n" + fragment * (_MB // len(fragment.encode()))
    start = time.process_time()
    with contextlib.suppress(UnreadableDocument):
        read(text.encode())
    return time.process_time() - start


def print_long_file(name: str, header: str, passage: str) -> None:
    repetitions = LONG_FILE_MEGABYTES * _MB // len(passage.encode())
    with tempfile.NamedTemporaryFile(suffix=".txt") as file:
        file.write((header + passage * repetitions).encode())
        file.flush()
        process = subprocess.run(
            [sys.executable, "-m", "benchmarks.reading", "--one", file.name],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    print(f"  {name:42} {process.stdout.strip()}")


def read_one(path: Path) -> str:
    """Read a file and return the time, the peak memory of this process and the result."""
    start = time.process_time()
    try:
        result = f"read, {len(read(path.read_bytes()).items)} items"
    except UnreadableDocument as error:
        result = f"unreadable: {error}"
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return f"{time.process_time() - start:5.1f} s   {megabytes:6.0f} MB   {result}"


if __name__ == "__main__":
    main()
