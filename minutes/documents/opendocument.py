"""OpenDocument texts (.odt) → `SourceDocument`: numbers computed, styles, tables, heads of pages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from minutes.documents import notes
from minutes.documents.composing import Cell, Composer, Content, Paragraph, Table, cleaned, flattened
from minutes.documents.heads import closed_lines, head_lines
from minutes.documents.markup import parse_xml
from minutes.documents.opendocument_lists import Counter, Level, ListStyles
from minutes.documents.opendocument_names import HREF, XML_ID, count, name
from minutes.documents.opendocument_styles import Format, Styles
from minutes.documents.packages import Package
from minutes.documents.source import DocumentError, SourceDocument

_WHITE = re.compile("[ \t\r\n]+")
_LARGEST_PART = 64 * 2**20
_LEVELS = 10
_MOST_SPACES = 200
_WIDEST = 100
_STYLE = name("text:style-name")
_LEFT_OUT = {
    name("office:annotation"): notes.COMMENTS,
    name("text:note"): notes.FOOTNOTES,
    name("text:tracked-changes"): notes.CHANGES,
    name("text:hidden-text"): notes.HIDDEN,
    name("text:hidden-paragraph"): notes.HIDDEN,
}
_PARAGRAPHS = (name("text:p"), name("text:h"))
_SIGNS = {name("text:tab"): "\t", name("text:line-break"): "\n"}
# Elements that only wrap paragraphs, lists and tables, or rows.
_WRAPPERS = frozenset(
    map(
        name,
        (
            "text:section",
            "text:table-of-content",
            "text:index-body",
            "text:index-title",
            "text:alphabetical-index",
        ),
    )
) | frozenset(map(name, ("table:table-header-rows", "table:table-rows", "table:table-row-group")))
_CELLS = frozenset({name("table:table-cell"), name("table:covered-table-cell")})


def convert(data: bytes) -> SourceDocument:
    """Return the text and structure of an OpenDocument text; raises `DocumentError` if it is damaged."""
    package = Package(data)
    if "META-INF/manifest.xml" in package:
        manifest = package.read("META-INF/manifest.xml", most=_LARGEST_PART)
        if b"encryption-data" in manifest:
            raise DocumentError(
                "Filen er beskyttet med adgangskode. Gem den uden adgangskode, og indlæs den."
            )
    if "content.xml" not in package:
        raise DocumentError("OpenDocument-filen er beskadiget: Indholdet mangler i den. Gem den på ny.")
    roots = [
        parse_xml(package.read(part, most=_LARGEST_PART))
        for part in ("styles.xml", "content.xml")
        if part in package
    ]
    return document_of(roots)


def document_of(roots: Sequence[etree._Element]) -> SourceDocument:
    """Return the text and structure of the roots of an OpenDocument text: styles first, content last."""
    text = roots[-1].find(f"{name('office:body')}/{name('office:text')}")
    if text is None:
        raise DocumentError("OpenDocument-filen er beskadiget: Teksten mangler i den. Gem den på ny.")
    reader = _Reader(Styles(roots), ListStyles(roots))
    content = list(reader.blocks(text))
    composer = Composer()
    lines = [*head_lines(reader.head(roots[0], text), content), *closed_lines(reader.heads(roots[0], text))]
    composer.furniture(dict.fromkeys(lines))
    composer.add(content)
    return composer.document("odt", reader.notes)


@dataclass(slots=True)
class _List:
    """The list that is read: its style, its numbers, and how deep in it the reader is."""

    levels: dict[int, Level]
    counter: Counter
    style: str
    depth: int = 0


@dataclass(slots=True)
class _Label:
    """The number or bullet of a list item, until its first paragraph."""

    list: _List
    start: int | None


@dataclass(slots=True)
class _Text:
    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    is_bold: bool = True
    href: str | None = None


class _Reader:
    """Reads paragraphs, lists and tables in the order of the file; numbers count on."""

    def __init__(self, styles: Styles, lists: ListStyles) -> None:
        self._styles = styles
        self._lists = lists
        self._outline = Counter()
        # The numbers of lists that a later list can go on with, by identifier and by style.
        self._counters: dict[str, Counter] = {}
        self._label: _Label | None = None
        self.notes: list[str] = []

    def head(self, styles: etree._Element, text: etree._Element) -> list[Paragraph]:
        """Return the paragraphs in the head of the first page."""
        first = next(text.iter(*_PARAGRAPHS), None)
        page = self._styles.master_page(None if first is None else first.get(_STYLE)) or "Standard"
        pages = list(styles.iter(name("style:master-page")))
        pages = [master for master in pages if master.get(name("style:name")) == page] or pages
        for kind in ("style:header-first", "style:header"):
            head = pages[0].find(name(kind)) if pages else None
            if head is not None and head.get(name("style:display")) != "false":
                return flattened(self.blocks(head))
        return []

    def heads(self, styles: etree._Element, text: etree._Element) -> list[Paragraph]:
        """Return the paragraphs in the heads and feet of all kinds of pages that are used."""
        used = {self._styles.master_page(element.get(_STYLE)) for element in text.iter(*_PARAGRAPHS)}
        return [
            paragraph
            for page in styles.iter(name("style:master-page"))
            if page.get(name("style:name")) in used | {"Standard"}
            for head in page
            for paragraph in flattened(self.blocks(head))
        ]

    def blocks(self, parent: etree._Element, within: _List | None = None) -> Iterator[Content]:
        """Yield the paragraphs and tables in an element."""
        for element in parent:
            tag = element.tag
            if tag in _PARAGRAPHS:
                yield from self._paragraph(element)
            elif tag == name("text:list"):
                yield from self._list(element, within)
            elif tag == name("table:table"):
                yield Table(list(self._rows(element)))
            elif tag == name("draw:frame"):
                yield from self._boxes([element])
            elif tag in _LEFT_OUT:
                self.notes.append(_LEFT_OUT[tag])
            elif tag in _WRAPPERS:
                if element.get(name("text:display")) == "none":
                    self.notes.append(notes.HIDDEN)
                else:
                    yield from self.blocks(element, within)

    def _paragraph(self, element: etree._Element) -> Iterator[Content]:
        style_name = element.get(_STYLE, "")
        style = self._styles.paragraph(style_name)
        text = _Text()
        self._walk(element, text, style)
        paragraph = Paragraph(
            cleaned("".join(text.pieces)),
            bold=text.is_bold,
            size=style.size,
            href=text.href,
            before=style.before,
            after=style.after,
            style=self._styles.base(style_name),
            contextual=style.contextual,
        )
        self._number(element, paragraph)
        paragraph.bold = paragraph.bold and bool(paragraph.text)
        yield paragraph
        yield from self._boxes(text.boxes)

    def _number(self, element: etree._Element, paragraph: Paragraph) -> None:
        """Set the paragraph's kind, level and label."""
        label, self._label = self._label, None
        if label is not None and 0 < label.list.depth <= _LEVELS:
            at = label.list.depth - 1
            label.list.counter.advance(label.list.levels, at, label.start)
            paragraph.label = label.list.counter.printed(label.list.levels, at)
            paragraph.kind, paragraph.level = "list", at
        if element.tag != name("text:h") or not paragraph.text:
            return
        level = max(1, min(count(element.get(name("text:outline-level"))), _LEVELS))
        paragraph.kind, paragraph.level = "heading", level
        is_numbered = element.get(name("text:is-list-header")) != "true"
        if label is None and is_numbered and self._lists.outline:
            restart = element.get(name("text:restart-numbering")) == "true"
            start = count(element.get(name("text:start-value"))) if restart else None
            self._outline.advance(self._lists.outline, level - 1, start)
            paragraph.label = self._outline.printed(self._lists.outline, level - 1)

    def _list(self, element: etree._Element, within: _List | None) -> Iterator[Content]:
        current = within or self._new_list(element)
        style = element.get(_STYLE)
        if within is not None and style and style != within.style:
            current = _List(self._lists.levels(style), within.counter, style, within.depth)
        current.depth += 1
        for item in element:
            if item.tag == name("text:list-item"):
                start = item.get(name("text:start-value"))
                self._label = _Label(current, None if start is None else count(start))
            yield from self.blocks(item, current)
            self._label = None
        current.depth -= 1

    def _new_list(self, element: etree._Element) -> _List:
        style = element.get(_STYLE, "")
        continued = element.get(name("text:continue-list"))
        counter = None
        if continued:
            counter = self._counters.get(f"#{continued}")
        elif element.get(name("text:continue-numbering")) == "true":
            counter = self._counters.get(style)
        counter = counter or Counter()
        self._counters[style] = counter
        if identifier := element.get(XML_ID):
            self._counters[f"#{identifier}"] = counter
        return _List(self._lists.levels(style), counter, style)

    def _rows(self, table: etree._Element) -> Iterator[list[Cell]]:
        for element in table:
            if element.tag == name("table:table-row"):
                yield list(self._cells(element))
            elif element.tag in _WRAPPERS:
                yield from self._rows(element)

    def _cells(self, row: etree._Element) -> Iterator[Cell]:
        column = 0
        for element in row:
            if element.tag not in _CELLS:
                continue
            label, self._label = self._label, None
            yield Cell(column, flattened(self.blocks(element)))
            self._label = label
            column = min(column + count(element.get(name("table:number-columns-repeated"))), _WIDEST)

    def _boxes(self, frames: list[etree._Element]) -> Iterator[Content]:
        for frame in frames:
            for box in frame.iterchildren(name("draw:text-box")):
                yield from self.blocks(box)

    def _walk(self, element: etree._Element, text: _Text, style: Format) -> None:
        self._piece(element.text, text, style)
        for child in element:
            self._inline(child, text, style)
            self._piece(child.tail, text, style)

    def _inline(self, element: etree._Element, text: _Text, style: Format) -> None:
        tag = element.tag
        if tag in _SIGNS:
            text.pieces.append(_SIGNS[tag])
        elif tag == name("text:s"):
            text.pieces.append(" " * min(count(element.get(name("text:c"))), _MOST_SPACES))
        elif tag in _LEFT_OUT:
            self.notes.append(_LEFT_OUT[tag])
        elif tag == name("draw:frame"):
            text.boxes.append(element)
        elif tag == name("text:span"):
            self._walk(element, text, self._styles.span(element.get(_STYLE), style))
        elif tag != name("text:ruby-text"):
            if tag == name("text:a"):
                text.href = text.href or element.get(HREF)
            self._walk(element, text, style)

    def _piece(self, piece: str | None, text: _Text, style: Format) -> None:
        """Add text, in which white space counts as one space."""
        if not piece:
            return
        if style.hidden:
            self.notes.append(notes.HIDDEN)
            return
        text.pieces.append(_WHITE.sub(" ", piece))
        if not style.bold and not piece.isspace():
            text.is_bold = False
