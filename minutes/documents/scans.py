"""Scans: text that Tesseract recognises on pages that are pictures.

Tesseract reads a picture of the page and prints words with places, which become lines and paragraphs as
those of any PDF. No files are written.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from pypdfium2 import PdfPage

from minutes.documents import pdf
from minutes.documents.kinds import Format
from minutes.documents.kinds import recognise as recognise_format
from minutes.documents.pdf_furniture import PageLines
from minutes.documents.pdf_lines import read_lines
from minutes.documents.pdf_words import PageWords, Word, read_page
from minutes.documents.source import DocumentError, SourceDocument
from minutes.documents.tesseract import RecognisedWord, recognise, recognise_file

MOST_PAGES = 200
_DPI = 300
_MOST_PIXELS = 5_000  # of a side
_UNCERTAIN = 70
_POINTS = 72
_PAPER = 595  # the width of A4 in points

_PAGES = (
    "Filen er en scanning på %s sider. Der kan højst genkendes tekst på %s. Del den op i et referat pr. fil."
)
_NOTHING = "Der blev ikke genkendt nogen tekst."
_NOTE = "Teksten er genkendt i billeder af siderne (OCR) og kan have fejl; %s af %s ord er usikre."

# Letters by the parts of the line that they fill, as parts of the font's size
_DESCENDERS = re.compile("[gjpqyçQJ,;()/@|]")
_ASCENDERS = re.compile(r"[A-ZÆØÅbdfhklti0-9åé()/?!|]")
_X_HEIGHT, _ASCENT, _DESCENT = 0.52, 0.72, 0.2
# Sizes this near to the usual one are the usual one.
_SAME_SIZE = 0.2


def convert(data: bytes) -> SourceDocument:
    """Return the text of a PDF whose pages are pictures, or of a picture. Raises `DocumentError`."""
    if recognise_format(data) is not Format.PDF:
        return _convert_pictures(data)
    document = pdf.open_document(data)
    try:
        if len(document) > MOST_PAGES:
            raise DocumentError(_PAGES % (len(document), MOST_PAGES))
        pages: list[PageLines] = []
        words = uncertain = 0
        for index in range(len(document)):
            page, recognised = _read(document[index])
            words += len(recognised)
            uncertain += sum(word.certainty < _UNCERTAIN for word in recognised)
            pages.append(PageLines(read_lines(page.words), page.width, page.height))
    finally:
        document.close()
    return _written(pages, words, uncertain)


def _convert_pictures(data: bytes) -> SourceDocument:
    """Return the text of a file of pictures, each a page as wide as a sheet of paper."""
    recognised = recognise_file(data)
    pages: list[PageLines] = []
    for page in recognised:
        scale = max(page.width, 1) / _PAPER
        lines = read_lines(_words(page.words, scale))
        pages.append(PageLines(lines, page.width / scale, page.height / scale))
    words = [word for page in recognised for word in page.words]
    return _written(pages, len(words), sum(word.certainty < _UNCERTAIN for word in words))


def _written(pages: Sequence[PageLines], words: int, uncertain: int) -> SourceDocument:
    """Return the text of pages with so many words, of which some are uncertain."""
    if not any(page.lines for page in pages):
        raise DocumentError(_NOTHING)
    written = pdf.write(pages)
    return replace(written, ocr=True, notes=(_NOTE % (uncertain, words), *written.notes))


def _read(page: PdfPage) -> tuple[PageWords, list[RecognisedWord]]:
    """Return the words of a page, and those of them that were recognised."""
    printed = read_page(page)
    is_known = not pdf.has_unknown_letters([word.text for word in printed.words])
    if is_known and not pdf.is_picture(page, printed):
        return printed, []
    width, height = page.get_size()
    scale = min(_DPI / _POINTS, _MOST_PIXELS / max(width, height, 1))
    recognised = recognise(_picture(page, scale), round(scale * _POINTS))
    return PageWords(_words(recognised, scale), [], width, height), recognised


def _picture(page: PdfPage, scale: float) -> bytes:
    """Return the page as a picture in shades of grey, in the format PGM."""
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        pixels = bytes(bitmap.buffer)
        if bitmap.stride != bitmap.width:
            starts = range(0, bitmap.stride * bitmap.height, bitmap.stride)
            pixels = b"".join(pixels[start : start + bitmap.width] for start in starts)
        return b"P5\n%d %d\n255\n" % (bitmap.width, bitmap.height) + pixels
    finally:
        bitmap.close()


def _words(recognised: Sequence[RecognisedWord], scale: float) -> list[Word]:
    """Return the words with baselines and sizes that are estimated from the letters' heights."""
    lines: dict[tuple[str, str, str], list[RecognisedWord]] = defaultdict(list)
    for word in recognised:
        lines[word.line].append(word)
    sizes = {line: median(map(_size, words)) for line, words in lines.items()}
    usual = median(sizes.values()) if sizes else 0.0
    words: list[Word] = []
    for line, members in lines.items():
        size = usual if abs(sizes[line] - usual) <= _SAME_SIZE * usual else sizes[line]
        baseline = median(_baseline(word, size) for word in members)
        words += [
            Word(
                word.text, word.left / scale, (word.left + word.width) / scale, baseline / scale, size / scale
            )
            for word in members
        ]
    return words


def _size(word: RecognisedWord) -> float:
    height = _ASCENT if _ASCENDERS.search(word.text) else _X_HEIGHT
    return word.height / (height + (_DESCENT if _DESCENDERS.search(word.text) else 0))


def _baseline(word: RecognisedWord, size: float) -> float:
    return word.top + word.height - (_DESCENT * size if _DESCENDERS.search(word.text) else 0)
