"""Measures whether printed minutes say the same as the text that they were printed from.

    python -m benchmarks.printed_faithfulness [--printer reportlab] [--columns 2] [--verbose] FILE...

Each text is printed to PDF, with a running head and page numbers, read back, and its facts are compared with
those of the text: the share that is the same (F1 over all fields of all records). Pages a second are of
conversion and reading, by processor time.
"""

import argparse
import contextlib
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.faithfulness import SAMPLES, facts_in, head_of, likeness
from minutes.documents import convert
from minutes.reader import read
from synthetic.files.layout import lay_out
from synthetic.files.pdf import (
    Printer,
    chromium_printer,
    write_libreoffice,
    write_reportlab,
    write_weasyprint,
)

WRITERS: dict[str, Printer] = {
    "reportlab": write_reportlab,
    "weasyprint": write_weasyprint,
    "libreoffice": write_libreoffice,
}
PRINTERS = ("reportlab", "weasyprint", "chromium", "libreoffice")


@contextlib.contextmanager
def printer_called(name: str, executable: str | None) -> Iterator[Printer]:
    if name == "chromium":
        with chromium_printer(executable) as write:
            yield write
    else:
        yield WRITERS[name]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--printer", choices=PRINTERS, action="append")
    parser.add_argument("--columns", type=int, default=1)
    parser.add_argument("--chromium", metavar="PATH", help="the browser, if not Playwright's own")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    files = options.files or sorted(SAMPLES.glob("*.txt"))
    for name in options.printer or PRINTERS:
        if name == "libreoffice" and shutil.which("soffice") is None:
            continue
        with printer_called(name, options.chromium) as write:
            measure(name, write, files, columns=options.columns, verbose=options.verbose)


def measure(name: str, write: Printer, files: list[Path], *, columns: int, verbose: bool) -> None:
    """Print the likeness of facts, and the pages read in a second."""
    scores: list[float] = []
    seconds, pages = 0.0, 0
    for path in files:
        document = read(path.read_bytes(), path.name)
        lines = lay_out(document.text, table_of_labels=columns == 1 and len(document.text) % 2 == 0)
        data = write(lines, head_of(document), columns)
        start = time.process_time()
        converted = convert(data, f"{path.stem}.pdf")
        again = read(converted.text.encode(), path.name)
        seconds += time.process_time() - start
        pages += converted.pages or 0
        facts, facts_again = facts_in(document), facts_in(again)
        scores.append(likeness(facts, facts_again))
        if verbose and facts != facts_again:
            print(f"{path.name} by {name}: {scores[-1]:.4f}")
            print("   lost", json.dumps([*(facts - facts_again)][:6], ensure_ascii=False))
            print("   new ", json.dumps([*(facts_again - facts)][:6], ensure_ascii=False))
    same = sum(score == 1 for score in scores)
    print(
        f"{name}: {sum(scores) / len(scores):.4f}, {same} of {len(scores)} the same, "
        f"{pages / seconds:.0f} pages a second"
    )


if __name__ == "__main__":
    main()
