"""Measures how many files of each format are converted and read in a second, and the memory of the converter.

    python -m benchmarks.conversion [--files 1000] [--format pdf]...

The samples are written as every format and converted by a child process, as when they are imported. Seconds
are of processor time of both processes. The child's memory after a tenth of the files is compared with its
most.
"""

import argparse
import os
import resource
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from itertools import cycle, islice
from pathlib import Path

from benchmarks.faithfulness import SAMPLES, head_of, written
from minutes.documents.isolation import Converter
from minutes.documents.packages import zip_of
from minutes.reader import read, read_converted
from synthetic.files import WRITERS
from synthetic.files.layout import lay_out
from synthetic.files.pdf import write_reportlab

_PAGES = 10
_CHARACTERS_A_PAGE = 1_250
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = resource.getpagesize()
_MB = 2**20


def _office(kind: str) -> Callable[[str], bytes]:
    return lambda text: written(text, kind, read(text.encode()))


def _pdf(text: str) -> bytes:
    """Return about ten pages."""
    document = read(text.encode())
    whole = text * (_PAGES * _CHARACTERS_A_PAGE // len(text) + 1)
    return write_reportlab(lay_out(whole[: _PAGES * _CHARACTERS_A_PAGE]), head_of(document))


def _mail(text: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@kommune.dk", "b@kommune.dk", "Referat"
    message.set_content("Se filen.")
    message.add_attachment(
        _office("docx")(text), maintype="application", subtype="octet-stream", filename="referat.docx"
    )
    return message.as_bytes()


FORMATS: dict[str, Callable[[str], bytes]] = {
    **{kind: _office(kind) for kind in WRITERS},
    "pdf of 10 pages": _pdf,
    "eml": _mail,
    "zip": lambda text: zip_of({"referat.docx": _office("docx")(text), "bilag.txt": text.encode()}),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--format", choices=[*FORMATS], action="append")
    options = parser.parse_args()
    texts = [
        path.read_text(encoding="utf-8", errors="replace") for path in sorted(SAMPLES.glob("*.txt"))[:20]
    ]
    print("format             a second   memory of the converter, MB: after a tenth, most")
    for name in options.format or FORMATS:
        files = [FORMATS[name](text) for text in texts]
        rate, early, most = measure(islice(cycle(files), options.files), options.files)
        print(f"{name:18} {rate:8.1f}   {early:6.0f} {most:6.0f}")


def measure(files: Iterator[bytes], count: int) -> tuple[float, float, float]:
    """Return the files a second, and the memory of the child after a tenth of them and at the most."""
    converter = Converter()
    seconds: dict[int, float] = {}  # of each child, which is replaced after some hundred files
    early = most = 0.0
    started = time.process_time()
    for number, data in enumerate(files):
        converted = converter.convert(data, "referat")
        if converted.text:
            read_converted(converted, data, are_minutes=True)
        pid = converter.pid
        if pid is None:
            continue
        used, memory = _usage(pid)
        seconds[pid] = used
        most = max(most, memory)
        early = most if number < count / 10 else early
    total = time.process_time() - started + sum(seconds.values())
    converter.close()
    return count / total, early / _MB, most / _MB


def _usage(pid: int) -> tuple[float, float]:
    """Return the seconds of processor time and the bytes of memory of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS, int(fields[21]) * _PAGE


if __name__ == "__main__":
    main()
