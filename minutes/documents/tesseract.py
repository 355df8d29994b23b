"""Tesseract, which recognises text in pictures: Debian's packages tesseract-ocr and tesseract-ocr-dan."""

import csv
import io
import os
import shutil
import subprocess
from functools import cache
from typing import NamedTuple

from minutes.documents.source import DocumentError

_PROGRAM = "tesseract"
_LANGUAGE = "dan"
# A column of text with lines of several sizes: rows of tables are read row by row.
_LAYOUT = "4"
_SECONDS_A_PAGE = 60
# Words that are less certain, of 100, are specks and parts of pictures.
_LEAST_CERTAIN = 30
_FAILED = "Teksten i scanningen kunne ikke genkendes."


class RecognisedWord(NamedTuple):
    """A word in a picture, in pixels from the top left; `line` are its block, paragraph and line."""

    text: str
    left: int
    top: int
    width: int
    height: int
    line: tuple[str, str, str]
    certainty: float


@cache
def is_installed() -> bool:
    """Return True if Tesseract and its Danish data are installed."""
    if shutil.which(_PROGRAM) is None:
        return False
    listed = subprocess.run([_PROGRAM, "--list-langs"], capture_output=True, check=False)
    return _LANGUAGE.encode() in listed.stdout.split()


def recognise(picture: bytes, dpi: int) -> list[RecognisedWord]:
    """Return the words in a picture. Raises `DocumentError`."""
    command = [_PROGRAM, "stdin", "stdout", "-l", _LANGUAGE, "--psm", _LAYOUT, "--dpi", str(dpi), "tsv"]
    try:
        done = subprocess.run(
            command,
            input=picture,
            capture_output=True,
            timeout=_SECONDS_A_PAGE,
            check=True,
            # One thread: several are slower, and other processes use the other cores.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise DocumentError(_FAILED) from error
    rows = csv.DictReader(
        io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    words = (_word_of(row) for row in rows if row["level"] == "5")
    return [word for word in words if word.text and word.certainty >= _LEAST_CERTAIN]


def _word_of(row: dict[str, str]) -> RecognisedWord:
    left, top, width, height = (int(row[name]) for name in ("left", "top", "width", "height"))
    line = (row["block_num"], row["par_num"], row["line_num"])
    return RecognisedWord((row["text"] or "").strip(), left, top, width, height, line, float(row["conf"]))
