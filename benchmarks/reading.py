"""How fast the reader is, whether its time is linear, and what it makes of odd and endless files.

    python -m benchmarks.reading [FOLDER of minutes, else the seeds beside the project]

Each endless file is read by a process of its own, whose memory is measured. Prints figures and ratios.
"""

import contextlib
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from minutes.reader import UnreadableDocument, read

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 7
_MB = 1_000_000
ENDLESS = {
    "a sentence": "Udvalget drøftede oplægget og besluttede at deltage i mødet.\n",
    "Punkt 1: Budget": "Punkt 1: Budget\n",
    "Beslutning": "Beslutning\n\n",
    "a paragraph of votes": "Godkendt med 6 stemmer for og 1 stemme imod. Imod stemte Ane Holm.\n\n",
    "a long line": "Forvaltningen indstiller, at " + "budgettet godkendes af udvalget, " * 40 + "\n",
}
ADVERSARIAL = (
    *("a", "A", "Ane Holm, ", "(", "1", " x", "\n", "Ane Holm og ", "med 6 stemmer for og ", ".", "- "),
    *("A. ", "Børne-, ", "(A) ", "For stemte: ", "Imod stemte 3 (A, ", "Ad 1: ", "\t", "1. Budget\n"),
    *("Side 3\n", "-\n", "Udvalget for Teknik og ", "den 4. maj 2020, ", "Et flertal bestående af A"),
    *("Randers Kommune ", "”", "\f", "Ane Holm, A, ", "Fraværende:\nAne Holm\n\nGodkendt.\n\n"),
)


def seconds(data: bytes) -> float:
    """The least of several tries."""
    best = 1e9
    for _ in range(ROUNDS):
        began = time.perf_counter()
        read(data)
        best = min(best, time.perf_counter() - began)
    return best


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        one(Path(sys.argv[2]))
        return
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "seeds"
    texts = [path.read_bytes() for path in sorted(folder.rglob("*.txt"))]
    took = sum(map(seconds, texts))
    size = sum(map(len, texts))
    print(f"{len(texts)} minutes, {size / _MB:.2f} MB    {took:6.3f} s    {size / _MB / took:5.2f} MB/s")
    long = max(texts, key=len)
    once, eight = seconds(long), seconds(long * 8)
    print(f"the longest, once and 8 times         {once:6.3f} s  {eight:6.3f} s    ratio {eight / once:.2f}")
    print("\n1 MB of                                   in a decision    in a presentation")
    for part in ADVERSARIAL:
        print(
            f"  {part!r:38}",
            *(f"{adversarial(part, kind):12.2f} s" for kind in ("Beslutning", "Sagsfremstilling")),
        )
    print("\n30 MB of                                       time      memory")
    for name, part in ENDLESS.items():
        endless(name, "REFERAT Byrådet d. 14-01-2020\n\nPunkt 1: Budget\n\nBeslutning\n\n", part)
        endless(f"{name}, in one line", "", part.replace("\n", " "))


def adversarial(part: str, heading: str) -> float:
    text = f"REFERAT Byrådet d. 14-01-2020\n\nPunkt 1: Budget\n\n{heading}\n\n" + part * (
        _MB // len(part.encode())
    )
    began = time.perf_counter()
    with contextlib.suppress(UnreadableDocument):
        read(text.encode())
    return time.perf_counter() - began


def endless(name: str, head: str, part: str) -> None:
    with tempfile.NamedTemporaryFile(suffix=".txt") as file:
        file.write((head + part * (30 * _MB // len(part.encode()))).encode())
        file.flush()
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.reading", "--one", file.name],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    print(f"  {name:42} {ran.stdout.strip()}")


def one(path: Path) -> None:
    began = time.perf_counter()
    try:
        told = f"read, {len(read(path.read_bytes()).items)} items"
    except UnreadableDocument as error:
        told = f"refused: {error}"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"{time.perf_counter() - began:5.1f} s   {memory:6.0f} MB   {told}")


if __name__ == "__main__":
    main()
