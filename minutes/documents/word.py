"""Word files (.docx) → `SourceDocument`: numbering computed, styles, tables, heads of pages, text boxes."""

from collections.abc import Iterable, Iterator

from lxml import etree

from minutes.documents import kinds, notes
from minutes.documents.composing import Cell, Composer, Content, Paragraph, Table, cleaned, flattened
from minutes.documents.encodings import page_text
from minutes.documents.heads import closed_lines, head_lines
from minutes.documents.packages import Package
from minutes.documents.source import SourceDocument
from minutes.documents.web import contents
from minutes.documents.word_names import RELATION_ID, integer, switch, w
from minutes.documents.word_numbering import Numbering
from minutes.documents.word_parts import WordParts
from minutes.documents.word_styles import Format, Styles
from minutes.documents.word_text import TextReader

# Elements that only wrap paragraphs, tables, rows or cells.
_WRAPPERS = frozenset({w("ins"), w("moveTo"), w("customXml"), w("smartTag"), w("sdtContent")})


def convert(data: bytes) -> SourceDocument:
    """Return the text and structure of a Word file; raises `DocumentError` if it is damaged."""
    parts = WordParts(Package(data))
    root = parts.document()
    body = root.find(w("body"))
    if body is None:
        body = root
    reader = _Reader(parts)
    composer = Composer()
    heads = _Heads(parts, reader)
    printed: set[str] = set()
    for number, (section, elements) in enumerate(_sections(body), 1):
        content = list(reader.blocks(elements))
        lines = list(head_lines(heads.first_page(section), content)) if number == 1 else []
        lines += closed_lines(heads.all(section))
        new = [line for line in dict.fromkeys(lines) if line not in printed]
        printed.update(new)
        composer.furniture(new, page=number)
        composer.add(content)
    return composer.document("docx", reader.notes)


def _sections(body: etree._Element) -> Iterator[tuple[etree._Element | None, list[etree._Element]]]:
    """Yield the sections of a document: their properties, which come last, and their elements."""
    elements: list[etree._Element] = []
    for element in body:
        elements.append(element)
        ends = element if element.tag == w("sectPr") else element.find(f"{w('pPr')}/{w('sectPr')}")
        if ends is not None:
            yield ends, elements
            elements = []
    if elements:
        yield None, elements


class _Heads:
    """The heads and feet of pages."""

    def __init__(self, parts: WordParts, reader: "_Reader") -> None:
        self._parts = parts
        self._reader = reader
        self._read: dict[str, list[Paragraph]] = {}

    def first_page(self, section: etree._Element | None) -> list[Paragraph]:
        """Return the paragraphs in the head of a section's first page."""
        heads = dict(_references(section, "headerReference"))
        kind = "first" if switch(section, "titlePg") and "first" in heads else "default"
        return self._paragraphs(heads.get(kind, ""))

    def all(self, section: etree._Element | None) -> list[Paragraph]:
        """Return the paragraphs of all heads and feet of a section; without own ones it has those before."""
        references = [*_references(section, "headerReference"), *_references(section, "footerReference")]
        return [paragraph for _, part in references for paragraph in self._paragraphs(part)]

    def _paragraphs(self, identifier: str) -> list[Paragraph]:
        if identifier not in self._read:
            part = self._parts.by_id(identifier)
            self._read[identifier] = [] if part is None else flattened(self._reader.blocks(part))
        return self._read[identifier]


def _references(section: etree._Element | None, tag: str) -> list[tuple[str, str]]:
    """Return the kinds of pages and the identifiers of their heads or feet."""
    if section is None:
        return []
    return [(head.get(w("type"), ""), head.get(RELATION_ID, "")) for head in section.iterfind(w(tag))]


class _Reader:
    """Reads paragraphs and tables in the order of the file; lists count on."""

    def __init__(self, parts: WordParts) -> None:
        self._parts = parts
        self._styles = Styles(parts.of_kind("styles"))
        self._numbering = Numbering(parts.of_kind("numbering"), self._styles)
        self._text = TextReader(self._styles, parts.links())
        # The beginning of a paragraph whose end was deleted: the next paragraph goes on behind it.
        self._joined: list[str] = []
        self.notes: list[str] = []

    def blocks(self, parent: Iterable[etree._Element]) -> Iterator[Content]:
        """Yield the paragraphs and tables of a body, cell or text box."""
        for element in parent:
            tag = element.tag
            if tag == w("p"):
                yield from self._paragraph(element)
            elif tag == w("tbl"):
                yield Table(list(self._rows(element)))
            elif tag == w("sdt"):
                if not switch(element.find(w("sdtPr")), "showingPlcHdr"):
                    yield from self.blocks(element)
            elif tag == w("altChunk"):
                yield from self._embedded(element)
            elif tag in _WRAPPERS:
                yield from self.blocks(element)

    def _embedded(self, element: etree._Element) -> Iterator[Content]:
        """Yield the content of an embedded web page, as some systems write fields into Word files."""
        data = self._parts.embedded(element.get(RELATION_ID, ""))
        if kinds.recognise(data) == kinds.Format.HTML:
            yield from contents(page_text(data))
        else:
            self.notes.append(notes.EMBEDDED)

    def _paragraph(self, element: etree._Element) -> Iterator[Content]:
        properties = element.find(w("pPr"))
        style = self._styles.paragraph(properties)
        text = self._text.read(element, bold=style.bold, hidden=style.hidden)
        self.notes += text.notes
        if _is_end_deleted(properties):
            self.notes.append(notes.CHANGES)
            self._joined.append(text.plain())
            return
        plain = cleaned("".join(self._joined) + text.plain())
        self._joined.clear()
        yield self._composed(plain, style, is_bold=text.is_bold, href=text.href)
        for box in text.boxes:
            yield from self.blocks(box)

    def _composed(self, text: str, style: Format, *, is_bold: bool, href: str | None) -> Paragraph:
        label = self._numbering.label(style)
        paragraph = Paragraph(
            text,
            bold=is_bold and bool(text),
            size=style.size,
            href=href,
            before=style.before,
            after=style.after,
            style=style.name,
            contextual=style.contextual,
        )
        if style.heading is not None and text:
            paragraph.kind, paragraph.level = "heading", style.heading
        elif label is not None:
            paragraph.kind, paragraph.level = "list", label.level
        if label is not None:
            paragraph.label = label.text
        return paragraph

    def _rows(self, table: etree._Element) -> Iterator[list[Cell]]:
        for element in table:
            if element.tag == w("tr"):
                properties = element.find(w("trPr"))
                if properties is not None and properties.find(w("del")) is not None:
                    self.notes.append(notes.CHANGES)
                else:
                    yield list(self._cells(element, 0))
            elif element.tag in _WRAPPERS or element.tag == w("sdt"):
                yield from self._rows(element)

    def _cells(self, row: etree._Element, column: int) -> Iterator[Cell]:
        for element in row:
            if element.tag == w("tc"):
                properties = element.find(w("tcPr"))
                yield Cell(column, flattened(self.blocks(element)))
                column += max(1, _span(properties))
            elif element.tag in _WRAPPERS or element.tag == w("sdt"):
                for cell in self._cells(element, column):
                    yield cell
                    column = cell.column + 1


def _span(properties: etree._Element | None) -> int:
    span = None if properties is None else properties.find(w("gridSpan"))
    width = None if span is None else integer(span.get(w("val")))
    return min(width or 1, 100)


def _is_end_deleted(properties: etree._Element | None) -> bool:
    mark = None if properties is None else properties.find(w("rPr"))
    return mark is not None and mark.find(w("del")) is not None
