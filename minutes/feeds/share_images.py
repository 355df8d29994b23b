"""Images of items for links that are shared: 1200 × 630 pixels with the title, the verdict and the votes."""

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from threading import Lock
from typing import NamedTuple

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
# Images of a process that are not drawn again, of some 20 kB each.
_MAX_CACHED = 200
# How long a request waits for another one's image to be drawn, in seconds.
_PATIENCE = 0.5

_MARGIN, _WIDTH = 72, 1200 - 2 * 72
_PAPER, _INK, _SOFT, _GREEN, _LINE = "#fbfaf6", "#1b2330", "#566070", "#1d5745", "#dcd8cc"
_SIDES = (_GREEN, "#b4531d", "#8d94a0")
# Characters of a text that are drawn; more do not fit.
_MAX_TEXT = 240
_drawing = Lock()


class Content(NamedTuple):
    """The content of an image. `counts` are the votes for and against and abstentions; empty if unknown."""

    place: str
    title: str
    verdict: str
    counts: tuple[int, ...]
    site: str


class BusyError(Exception):
    """Too many images are requested at once."""


def share_image(content: Content) -> bytes:
    """Return the image as PNG, drawn in some 40 ms or from the cache of this process.

    A process draws one image at a time, so that requests for many do not occupy it. Raises `BusyError` if
    another one is being drawn for long.
    """
    if not _drawing.acquire(timeout=_PATIENCE):
        raise BusyError
    try:
        place, title, verdict, counts, site = content
        return _drawn(Content(_printable(place), _printable(title), _printable(verdict), counts, site))
    finally:
        _drawing.release()


@lru_cache(maxsize=_MAX_CACHED)
def _drawn(content: Content) -> bytes:
    image = Image.new("RGB", SIZE, _PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], 14), fill=_GREEN)
    draw.text((_MARGIN, 66), _shortened(content.place, _sans(32)), font=_sans(32), fill=_SOFT)
    top = 126
    for line in _lines(content.title, _serif(60), 3 if content.verdict else 4):
        draw.text((_MARGIN, top), line, font=_serif(60), fill=_INK)
        top += 74
    top += 24
    for line in _lines(content.verdict, _sans(38, 600), 2):
        draw.text((_MARGIN, top), line, font=_sans(38, 600), fill=_GREEN)
        top += 50
    if any(content.counts):
        _draw_bar(draw, content.counts, top=SIZE[1] - 130)
    draw.text((_MARGIN, SIZE[1] - 76), content.site, font=_serif(36), fill=_INK)
    file = BytesIO()
    # 64 colours are enough for text in five colours, and a third of the size.
    image.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def _draw_bar(draw: ImageDraw.ImageDraw, counts: tuple[int, ...], top: int) -> None:
    """Draw a bar with a part for each side that got votes."""
    left, total = float(_MARGIN), sum(counts)
    for count, colour in zip(counts, _SIDES, strict=False):
        width = _WIDTH * count / total
        if count:
            draw.rectangle((left, top, left + width - 3, top + 28), fill=colour)
        left += width


def _lines(text: str, font: ImageFont.FreeTypeFont, most: int) -> list[str]:
    """Break a text into lines of the image's width, `most` at most; the last one ends with "…" if cut."""
    lines: list[str] = []
    words = list(_words(text, font))
    while words and len(lines) < most:
        line = words.pop(0)
        while words and font.getlength(f"{line} {words[0]}") <= _WIDTH:
            line += f" {words.pop(0)}"
        lines.append(line)
    if words:
        lines[-1] = _shortened(f"{lines[-1]} {words[0]}", font)
    return lines


def _words(text: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    """Yield the words of a text, and those wider than the image in parts."""
    for word in text.split():
        part = word
        while font.getlength(part) > _WIDTH:
            count = next(n for n in range(len(part) - 1, 0, -1) if font.getlength(part[:n]) <= _WIDTH)
            yield part[:count]
            part = part[count:]
        yield part


def _printable(text: str) -> str:
    """Return the beginning of a text on one line, without control characters."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text[: _MAX_TEXT + 1])
    return " ".join(printable.split())


def _shortened(text: str, font: ImageFont.FreeTypeFont) -> str:
    if font.getlength(text) <= _WIDTH:
        return text
    while text and font.getlength(f"{text} …") > _WIDTH:
        text = text[:-1].rstrip()
    return f"{text} …"


@lru_cache(maxsize=8)
def _sans(size: int, weight: int = 400) -> ImageFont.FreeTypeFont:
    return _font("source-sans-3", size, weight)


@lru_cache(maxsize=8)
def _serif(size: int, weight: int = 600) -> ImageFont.FreeTypeFont:
    return _font("source-serif-4", size, weight)


def _font(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """Return a font of the site, whose file has all weights. FreeType reads WOFF2 itself."""
    font = ImageFont.truetype(settings.BASE_DIR / "static" / "fonts" / f"{name}.woff2", size)
    font.set_variation_by_axes([weight])
    return font
