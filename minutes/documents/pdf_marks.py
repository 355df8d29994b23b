"""The marks around the words of a PDF page: links, and lines drawn under words."""

import ctypes
from collections import defaultdict
from typing import NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage

# Bounds, so that words times marks stay few
_MOST_LINKS = 200
_LONGEST_ADDRESS = 2_000
_MOST_OBJECTS = 5_000
_MOST_AT_ONE_HEIGHT = 50
# An underline is at most so thick in points, and this far below the baseline in parts of the size.
_THICKEST = 2
_LOWEST = 0.35
_HIGHEST = -0.05


class Link(NamedTuple):
    """The address that a part of the page leads to; the edges are the page's coordinates, upward."""

    left: float
    bottom: float
    right: float
    top: float
    address: str


def links_of(page: PdfPage) -> list[Link]:
    """Return the links of a page to other places than the document itself."""
    links: list[Link] = []
    position, link, box = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
    while len(links) < _MOST_LINKS and pdfium.FPDFLink_Enumerate(page.raw, position, link):
        action = pdfium.FPDFLink_GetAction(link)
        length = pdfium.FPDFAction_GetURIPath(page.pdf.raw, action, None, 0) if action else 0
        if not 1 < length <= _LONGEST_ADDRESS or not pdfium.FPDFLink_GetAnnotRect(link, box):
            continue
        buffer = ctypes.create_string_buffer(length)
        pdfium.FPDFAction_GetURIPath(page.pdf.raw, action, buffer, length)
        links.append(Link(box.left, box.bottom, box.right, box.top, buffer.value.decode("utf-8", "replace")))
    return links


def address_at(links: list[Link], x: float, y: float) -> str | None:
    """Return the address of the link around a point."""
    for link in links:
        if link.left <= x <= link.right and link.bottom <= y + 1 and y <= link.top:
            return link.address
    return None


class Underlines:
    """Thin horizontal lines of a page by their height."""

    def __init__(self, page: PdfPage) -> None:
        self.lines: dict[int, list[tuple[float, float, float]]] = defaultdict(list)
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        edges = tuple(map(ctypes.byref, (left, bottom, right, top)))
        for index in range(min(pdfium.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
            drawn = pdfium.FPDFPage_GetObject(page.raw, index)
            if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_PATH:
                continue
            pdfium.FPDFPageObj_GetBounds(drawn, *edges)
            if top.value - bottom.value <= _THICKEST < right.value - left.value:
                lines = self.lines[int(bottom.value)]
                if len(lines) < _MOST_AT_ONE_HEIGHT:
                    lines.append((left.value, right.value, (bottom.value + top.value) / 2))

    def are_under(self, left: float, right: float, baseline: float, size: float) -> bool:
        """Return True if a line is drawn under a word; places are the page's coordinates, upward."""
        low, high = baseline - _LOWEST * size, baseline - _HIGHEST * size
        middle = (left + right) / 2
        return any(
            start <= middle <= end and low <= height <= high
            for bottom in range(int(low) - 1, int(high) + 1)
            for start, end, height in self.lines.get(bottom, ())
        )
