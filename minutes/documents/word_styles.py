"""Styles of a Word file, with what they inherit."""

import re
from dataclasses import dataclass, replace

from lxml import etree

from minutes.documents.word_names import VAL, integer, number, switch, value, w

# "heading 1", "Overskrift 1"
_HEADING = re.compile(r"(?:heading|overskrift) ?([1-9])\b", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|titel)", re.IGNORECASE)
_BODY_LEVEL = 9
_POINT = 20  # twentieths
_LINE = 12.0  # points
_AUTOMATIC = 14.0
_DEEPEST = 30


@dataclass(frozen=True, slots=True)
class Format:
    """Properties of a paragraph that matter to its text, inherited ones included.

    `list_style` is the style that names the list.
    """

    name: str = ""
    heading: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    list_style: str = ""
    before: float = 0.0
    after: float = 0.0
    contextual: bool = False
    bold: bool = False
    hidden: bool = False
    size: float | None = None


def formatted(base: Format, properties: etree._Element | None) -> Format:
    """Return a format with the properties of a `w:pPr` over it."""
    if properties is None:
        return base
    changes: dict[str, object] = {}
    level = number(properties, "outlineLvl")
    if level is not None:
        changes["heading"] = level + 1 if 0 <= level < _BODY_LEVEL else None
    numbering = properties.find(w("numPr"))
    if numbering is not None:
        if (list_id := value(numbering, "numId")) is not None:
            changes["list_id"] = list_id if list_id != "0" else None
        if (list_level := number(numbering, "ilvl")) is not None:
            changes["list_level"] = list_level
    contextual = switch(properties, "contextualSpacing")
    if contextual is not None:
        changes["contextual"] = contextual
    changes |= _spacing(properties.find(w("spacing")))
    return replace(base, **changes) if changes else base  # type: ignore[arg-type]


def with_font(base: Format, properties: etree._Element | None) -> Format:
    """Return a format with the properties of a `w:rPr` over it."""
    if properties is None:
        return base
    bold = switch(properties, "b")
    hidden = switch(properties, "vanish")
    size = number(properties, "sz")
    return replace(
        base,
        bold=base.bold if bold is None else bold,
        hidden=base.hidden if hidden is None else hidden,
        size=base.size if size is None else size / 2,
    )


def _spacing(spacing: etree._Element | None) -> dict[str, float]:
    space: dict[str, float] = {}
    if spacing is None:
        return space
    for side in ("before", "after"):
        twips = integer(spacing.get(w(side)))
        lines = integer(spacing.get(w(f"{side}Lines")))
        if twips is not None:
            space[side] = twips / _POINT
        if lines:
            space[side] = lines / 100 * _LINE
        if spacing.get(w(f"{side}Autospacing")) in {"1", "true", "on"}:
            space[side] = _AUTOMATIC
    return space


class Styles:
    """The styles of a file by their identifiers; unknown ones are the default."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._formats: dict[str, Format] = {}
        self._default = Format()
        self._default_id = ""
        if root is None:
            return
        defaults = root.find(w("docDefaults"))
        if defaults is not None:
            paragraph = defaults.find(f"{w('pPrDefault')}/{w('pPr')}")
            font = defaults.find(f"{w('rPrDefault')}/{w('rPr')}")
            self._default = with_font(formatted(self._default, paragraph), font)
        for style in root.iterfind(w("style")):
            identifier = style.get(w("styleId"), "")
            self._elements.setdefault(identifier, style)
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in {"1", "true", "on"}:
                self._default_id = identifier

    def paragraph(self, properties: etree._Element | None) -> Format:
        """Return the format of a paragraph with these properties."""
        identifier = value(properties, "pStyle") or self._default_id
        return formatted(self.style(identifier), properties)

    def style(self, identifier: str) -> Format:
        """Return what the style of this identifier says."""
        if identifier in self._formats:
            return self._formats[identifier]
        chain = self._chain(identifier)
        result = self._default
        for style in reversed(chain):
            result = with_font(formatted(result, style.find(w("pPr"))), style.find(w("rPr")))
            name = style.get(w("styleId"), "")
            result = replace(result, name=name)
            if style.find(f"{w('pPr')}/{w('numPr')}") is not None:
                result = replace(result, list_style=name)
            level = _named_level(value(style, "name") or "")
            if level is not None and result.heading is None:
                result = replace(result, heading=level)
        self._formats[identifier] = result
        return result

    def list_of(self, identifier: str) -> str | None:
        """Return the list that a numbering style names."""
        return self.style(identifier).list_id

    def _chain(self, identifier: str) -> list[etree._Element]:
        chain: list[etree._Element] = []
        while identifier in self._elements and len(chain) < _DEEPEST:
            chain.append(self._elements[identifier])
            based_on = chain[-1].find(w("basedOn"))
            identifier = "" if based_on is None else based_on.get(VAL, "")
        return chain


def _named_level(name: str) -> int | None:
    heading = _HEADING.match(name)
    if heading:
        return int(heading[1])
    return 1 if _TITLE.fullmatch(name) else None
