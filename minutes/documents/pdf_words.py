"""Words of a PDF page in the order of its content, with place, size and weight; by PDFium."""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage

from minutes.documents.pdf_marks import Underlines, address_at, links_of

# PDFium's sign for a hyphen at the end of a line, behind which the next line follows at once
DIVIDED = "\ufffe"
# "1.Godkendelse": a list's number, and its text behind a narrow tab
_GLUED = re.compile(r"(?:\d{1,3}|[a-zA-Z])[.:)](?=[A-ZÆØÅ])")
_HYPHENS = str.maketrans("\u2010\u2011", "--")
_WORD = re.compile(r"[^\s\x00\ufffe\x02]+[\ufffe\x02]?|[\ufffe\x02]")
_BOLD = re.compile(r"bold|black|heavy|demi|halvfed", re.IGNORECASE)
_FORCE_BOLD = 1 << 18  # font flag of ISO 32000-1, table 123
# Sideways part of a direction that still counts as straight
_SLANT = 0.1
# How far the baseline moves within a word, in parts of the size, before it is two words.
_LINE_CHANGE = 0.5
_NAME_LENGTH = 128


class Word(NamedTuple):
    """A word upright on the page: points from the left and, downward, from the top.

    `divided` is True where a hyphen ends the line; `text` has the hyphen.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False
    divided: bool = False
    underlined: bool = False
    href: str | None = None


class PageWords(NamedTuple):
    """The print of a page: words, words in other directions (watermarks), its width and height.

    `hidden` is True for text that is not shown: another program recognised it in the picture of the page.
    """

    words: list[Word]
    slanted: list[str]
    width: float
    height: float
    hidden: bool = False


class _Glyphs(NamedTuple):
    text: str
    x: float
    y: float
    end_x: float
    end_y: float
    size: float
    direction: int  # in quarter turns counterclockwise, -1 for anything between
    bold: bool


def read_page(page: PdfPage) -> PageWords:
    """Return the words of a page; most words are upright, however the page is turned."""
    left, bottom, right, top = page.get_bbox()
    text_page = page.get_textpage()
    try:
        glyphs = list(_glyphs(text_page.raw))
        hidden = _is_hidden(text_page.raw)
    finally:
        text_page.close()
    turns = Counter(word.direction for word in glyphs if word.direction >= 0)
    turn = turns.most_common(1)[0][0] if turns else 0
    width, height = right - left, top - bottom
    if turn % 2:
        width, height = height, width
    links, underlines = links_of(page), Underlines(page)
    words: list[Word] = []
    slanted: list[str] = []
    for word in glyphs:
        if word.direction != turn:
            slanted.append(word.text)
            continue
        x, y = _upright(word.x, word.y, (left, bottom, right, top), turn)
        end, _ = _upright(word.end_x, word.end_y, (left, bottom, right, top), turn)
        if -1 <= y <= height + 1 and end > 0 and x < width:
            printed = _word(word, x, max(end, x), y)
            if turn == 0 and links:
                printed = printed._replace(href=address_at(links, (word.x + word.end_x) / 2, word.y))
            if turn == 0 and underlines.lines and underlines.are_under(word.x, word.end_x, word.y, word.size):
                printed = printed._replace(underlined=True)
            words.append(printed)
    return PageWords(words, slanted, width, height, hidden)


def _is_hidden(text_page: pdfium.FPDF_TEXTPAGE) -> bool:
    """Return True if the first character of a page is not shown."""
    drawn = pdfium.FPDFText_GetTextObject(text_page, 0)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn) if drawn else None
    return bool(mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)


def _word(glyphs: _Glyphs, left: float, right: float, baseline: float) -> Word:
    divided = glyphs.text[-1] in "\ufffe\x02"
    text = glyphs.text[:-1] + "-" if divided else glyphs.text.translate(_HYPHENS)
    return Word(text, left, right, baseline, glyphs.size, glyphs.bold, divided)


def _upright(x: float, y: float, box: tuple[float, float, float, float], turn: int) -> tuple[float, float]:
    """Return a point as seen when text that runs in direction `turn` is upright."""
    left, bottom, right, top = box
    if turn == 0:
        return x - left, top - y
    if turn == 1:
        return y - bottom, x - left
    if turn == 2:
        return right - x, y - bottom
    return top - y, right - x


def _glyphs(text_page: pdfium.FPDF_TEXTPAGE) -> Iterator[_Glyphs]:
    characters = _characters(text_page)
    probe = _Probe(text_page)
    for match in _WORD.finditer(characters):
        start, last = match.start(), match.end() - 1
        glued = _GLUED.match(match[0])
        if glued and probe.begins_text(start + glued.end()):
            parts = [(start, start + glued.end() - 1), (start + glued.end(), last)]
        else:
            parts = [(start, last)]
        for first, end in parts:
            yield from _words_between(probe, characters, first, end)


def _words_between(probe: "_Probe", characters: str, start: int, last: int) -> Iterator[_Glyphs]:
    word = probe.word(start, last, characters[start : last + 1])
    if word is not None:
        yield word
        return
    for first, end in _parts(probe, start, last):
        part = probe.word(first, end, characters[first : end + 1], whole=True)
        if part is not None:
            yield part


def _parts(probe: "_Probe", start: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield first and last index of the parts of a word that goes on in another line."""
    begin = start
    for at in range(start + 1, last + 1):
        if probe.changes_line(begin, at):
            yield begin, at - 1
            begin = at
    yield begin, last


def _characters(text_page: pdfium.FPDF_TEXTPAGE) -> str:
    """Return the characters of a page, one for each of PDFium's indexes."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    copied = pdfium.FPDFText_GetText(text_page, 0, count, buffer) - 1
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
    if copied == count == len(text):
        return text
    codes = [pdfium.FPDFText_GetUnicode(text_page, index) for index in range(count)]
    return "".join("\ufffd" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code) for code in codes)


class _Probe:
    """Asks PDFium about characters, with one set of buffers."""

    def __init__(self, text_page: pdfium.FPDF_TEXTPAGE) -> None:
        self.text_page = text_page
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.point = ctypes.byref(self.x), ctypes.byref(self.y)
        self.box = pdfium.FS_RECTF()
        self.matrix = pdfium.FS_MATRIX()
        self.name = ctypes.create_string_buffer(_NAME_LENGTH)
        self.flags = ctypes.c_int()
        self.bold: dict[tuple[bytes, int], bool] = {}

    def word(self, start: int, last: int, text: str, *, whole: bool = False) -> _Glyphs | None:
        """Return the word of characters `start` to `last`, or None if it goes on in another line."""
        if not pdfium.FPDFText_GetMatrix(self.text_page, start, self.matrix):
            self.matrix.a, self.matrix.b, self.matrix.c, self.matrix.d = 1, 0, 0, 1
        a, b, c, d = self.matrix.a, self.matrix.b, self.matrix.c, self.matrix.d
        size = pdfium.FPDFText_GetFontSize(self.text_page, start) * math.hypot(c, d)
        pdfium.FPDFText_GetCharOrigin(self.text_page, start, *self.point)
        x, y = self.x.value, self.y.value
        direction = _quarter(a, b)
        end_x, end_y = self._end(last, direction)
        if not whole and last > start and direction >= 0:
            pdfium.FPDFText_GetCharOrigin(self.text_page, last, *self.point)
            across = self.x.value - x if direction % 2 else self.y.value - y
            if abs(across) > _LINE_CHANGE * max(size, 1):
                return None
        return _Glyphs(text, x, y, end_x, end_y, size, direction, self._is_bold(start))

    def _end(self, last: int, direction: int) -> tuple[float, float]:
        pdfium.FPDFText_GetLooseCharBox(self.text_page, last, self.box)
        box = self.box
        return (box.left if direction == 2 else box.right), (box.bottom if direction == 3 else box.top)

    def changes_line(self, start: int, at: int) -> bool:
        """Return True if character `at` is on another line than `start`."""
        pdfium.FPDFText_GetCharOrigin(self.text_page, start, *self.point)
        y = self.y.value
        pdfium.FPDFText_GetCharOrigin(self.text_page, at, *self.point)
        size = float(pdfium.FPDFText_GetFontSize(self.text_page, start))
        return abs(float(self.y.value) - y) > _LINE_CHANGE * max(size, 1)

    def begins_text(self, index: int) -> bool:
        """Return True if a character was written apart from the one before it."""
        before = pdfium.FPDFText_GetTextObject(self.text_page, index - 1)
        here = pdfium.FPDFText_GetTextObject(self.text_page, index)
        return bool(before and here and ctypes.addressof(before.contents) != ctypes.addressof(here.contents))

    def _is_bold(self, index: int) -> bool:
        length = pdfium.FPDFText_GetFontInfo(
            self.text_page, index, self.name, _NAME_LENGTH, ctypes.byref(self.flags)
        )
        key = self.name.value if 0 < length <= _NAME_LENGTH else b"", self.flags.value
        if key not in self.bold:
            self.bold[key] = bool(_BOLD.search(key[0].decode("latin-1")) or key[1] & _FORCE_BOLD)
        return self.bold[key]


def _quarter(a: float, b: float) -> int:
    """Return the direction of text with this matrix in quarter turns, -1 for a slant."""
    if abs(b) <= _SLANT * abs(a):
        return 0 if a >= 0 else 2
    if abs(a) <= _SLANT * abs(b):
        return 1 if b > 0 else 3
    return -1
