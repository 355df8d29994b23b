"""Styles of an OpenDocument file, with what they inherit."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from lxml import etree

from minutes.documents.opendocument_names import name, points

_DEEPEST = 30
_STYLE = name("style:style")
_FAMILY = name("style:family")
_NAME = name("style:name")
_BOLD = frozenset({"bold", "600", "700", "800", "900"})


@dataclass(frozen=True, slots=True)
class Format:
    """Properties of a paragraph or a span that matter to its text, inherited ones included."""

    before: float = 0.0
    after: float = 0.0
    contextual: bool = False
    bold: bool = False
    hidden: bool = False
    size: float | None = None


class Styles:
    """The styles of a file by family and name: those of `styles.xml`, then the automatic ones."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._elements: dict[tuple[str, str], etree._Element] = {}
        self._formats: dict[tuple[str, str], Format] = {}
        self._defaults: dict[str, Format] = {}
        for root in roots:
            for default in root.iter(name("style:default-style")):
                family = default.get(_FAMILY, "")
                self._defaults[family] = _formatted(Format(), default)
            for style in root.iter(_STYLE):
                self._elements[style.get(_FAMILY, ""), style.get(_NAME, "")] = style

    def paragraph(self, style: str | None) -> Format:
        return self._format("paragraph", style)

    def span(self, style: str | None, base: Format) -> Format:
        """Return the format of a span in text of a format."""
        for element in reversed(self._chain("text", style)):
            base = _formatted(base, element)
        return base

    def master_page(self, style: str | None) -> str | None:
        """Return the kind of page that a paragraph's style starts."""
        pages = (element.get(name("style:master-page-name")) for element in self._chain("paragraph", style))
        return next((page for page in pages if page), None)

    def base(self, style: str) -> str:
        """Return the style with a name of its own on which an automatic one is based."""
        element = self._elements.get(("paragraph", style))
        parent = None if element is None else element.get(name("style:parent-style-name"))
        is_automatic = element is not None and element.getparent() is not None
        if is_automatic and str(element.getparent().tag).endswith("automatic-styles") and parent:  # type: ignore[union-attr]
            return parent
        return style

    def _format(self, family: str, style: str | None) -> Format:
        key = (family, style or "")
        if key not in self._formats:
            result = self._defaults.get(family, Format())
            for element in reversed(self._chain(family, style)):
                result = _formatted(result, element)
            self._formats[key] = result
        return self._formats[key]

    def _chain(self, family: str, style: str | None) -> list[etree._Element]:
        chain: list[etree._Element] = []
        key = (family, style or "")
        while key in self._elements and len(chain) < _DEEPEST:
            chain.append(self._elements[key])
            key = (family, chain[-1].get(name("style:parent-style-name"), ""))
        return chain


def _formatted(base: Format, style: etree._Element) -> Format:
    paragraph = style.find(name("style:paragraph-properties"))
    if paragraph is not None:
        around = points(paragraph.get(name("fo:margin")))
        before = points(paragraph.get(name("fo:margin-top")))
        after = points(paragraph.get(name("fo:margin-bottom")))
        contextual = paragraph.get(name("style:contextual-spacing"))
        base = replace(
            base,
            before=_first(before, around, base.before),
            after=_first(after, around, base.after),
            contextual=base.contextual if contextual is None else contextual == "true",
        )
    font = style.find(name("style:text-properties"))
    if font is not None:
        weight = font.get(name("fo:font-weight"))
        base = replace(
            base,
            bold=base.bold if weight is None else weight in _BOLD,
            hidden=base.hidden or font.get(name("text:display")) == "none",
            size=points(font.get(name("fo:font-size"))) or base.size,
        )
    return base


def _first(*lengths: float | None) -> float:
    return next((length for length in lengths if length is not None), 0.0)
