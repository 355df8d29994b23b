"""Tesseract, which recognises text in pictures: Debian's packages tesseract-ocr and tesseract-ocr-dan."""

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from minutes.documents.source import DocumentError

_PROGRAM = "tesseract"
_LANGUAGE = "dan"
# A column of text with lines of several sizes: rows of tables are read row by row.
_LAYOUT = "4"
_SECONDS_A_PAGE = 60
_SECONDS_A_FILE = 20 * 60
# Words that are less certain, of 100, are specks and parts of pictures.
_LEAST_CERTAIN = 30
_FAILED = "Teksten kunne ikke genkendes."


class RecognisedWord(NamedTuple):
    """A word in a picture, in pixels from the top left; `line` are its block, paragraph and line."""

    text: str
    left: int
    top: int
    width: int
    height: int
    line: tuple[str, str, str]
    certainty: float


class RecognisedPage(NamedTuple):
    """The words on a page, and its size in pixels."""

    width: int
    height: int
    words: list[RecognisedWord]


@cache
def is_installed() -> bool:
    """Return True if Tesseract and its Danish data are installed."""
    if shutil.which(_PROGRAM) is None:
        return False
    listed = subprocess.run([_PROGRAM, "--list-langs"], capture_output=True, check=False)
    return _LANGUAGE.encode() in listed.stdout.split()


def recognise(picture: bytes, dpi: int) -> list[RecognisedWord]:
    """Return the words in a picture with so many dots an inch. Raises `DocumentError`."""
    pages = _recognise(picture, ["--dpi", str(dpi)], _SECONDS_A_PAGE)
    return [word for page in pages for word in page.words]


def recognise_file(picture: bytes) -> list[RecognisedPage]:
    """Return the pages of a file of pictures (PNG, JPEG, TIFF). Raises `DocumentError`."""
    return _recognise(picture, [], _SECONDS_A_FILE)


def _recognise(picture: bytes, options: Sequence[str], seconds: int) -> list[RecognisedPage]:
    command = [_PROGRAM, "stdin", "stdout", "-l", _LANGUAGE, "--psm", _LAYOUT, *options, "tsv"]
    try:
        done = subprocess.run(
            command,
            input=picture,
            capture_output=True,
            timeout=seconds,
            check=True,
            # One thread: several are slower, and other processes use the other cores.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise DocumentError(_FAILED) from error
    rows = csv.DictReader(
        io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    pages: list[RecognisedPage] = []
    for row in rows:
        if row["level"] == "1":
            pages.append(RecognisedPage(int(row["width"]), int(row["height"]), []))
        elif row["level"] == "5" and pages:
            word = _word_of(row)
            if word.text and word.certainty >= _LEAST_CERTAIN:
                pages[-1].words.append(word)
    return pages


def _word_of(row: dict[str, str]) -> RecognisedWord:
    left, top, width, height = (int(row[name]) for name in ("left", "top", "width", "height"))
    line = (row["block_num"], row["par_num"], row["line_num"])
    return RecognisedWord((row["text"] or "").strip(), left, top, width, height, line, float(row["conf"]))
