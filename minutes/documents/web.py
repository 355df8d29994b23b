"""Web pages and fragments of HTML → `SourceDocument`: headings, numbered lists, tables, furniture marked."""

import re
from dataclasses import dataclass

from lxml import etree

from minutes.documents.composing import BULLET, Cell, Composer, Content, Paragraph, Table, cleaned, flattened
from minutes.documents.encodings import page_text
from minutes.documents.heads import head_lines
from minutes.documents.source import DocumentError, SourceDocument
from minutes.documents.web_elements import (
    BLOCKS,
    SKIPPED,
    heading_level,
    is_control,
    is_furniture,
    is_hidden,
    is_named_furniture,
    is_spaced,
)
from minutes.documents.web_lists import labelled_items

_SPACE = 12.0  # points
_WHITE = re.compile("[ \t\r\n\f]+")
_BREAK = "\v"
_BLANKS = " \u00a0"
_BLANK_LINES = re.compile("\n{2,}")
# "p.MsoNormal, li.MsoNormal {margin:0cm; margin-bottom:.0001pt"
_TIGHT_STYLE = re.compile(r"\.([\w-]{1,60})[^{}]{0,300}\{\s*margin:\s*0", re.IGNORECASE)
_LONGEST_STYLE = 200_000
_BOLD = frozenset({"b", "strong", "th"})
_MOST_COLUMNS = 100
_BOXES = frozenset({"span", "a", "label", "time"})
_ENDS_APART = re.compile(r"[\d.:)a-zæøå]$")
_ROWS = frozenset({"tr", "tbody", "thead", "tfoot", "caption", "colgroup", "col"})
# A page of which more is furniture has names that mean something else.
_MOST_FURNITURE = 0.6


def convert(data: bytes) -> SourceDocument:
    """Return the text and structure of a web page or of a fragment of one."""
    return fragment(page_text(data))


def contents(source: str) -> list[Content]:
    """Return the paragraphs and tables of HTML."""
    root = _parsed(source)
    return [] if root is None else _content(root)


def fragment(source: str, title: str = "") -> SourceDocument:
    """Return the text and structure of HTML, below its title (or this one) where that says more.

    Nothing that it links to is fetched, and no script runs.
    """
    root = _parsed(source)
    if root is None:
        return SourceDocument(text="", format="html")
    content = _content(root)
    composer = Composer()
    element = root.find(".//title")
    if not title and element is not None:
        title = "".join(map(str, element.itertext()))
    lines = head_lines(
        [Paragraph(" ".join(cleaned(title).split()))],
        [block for block in content if not _is_furniture(block)],
    )
    composer.add(Paragraph(line, kind="heading", level=1, after=_SPACE) for line in lines)
    composer.add(content)
    return composer.document("html")


def _content(root: etree._Element) -> list[Content]:
    content = _Reader(root, trusts_names=True).content()
    if _share_of_furniture(content) > _MOST_FURNITURE:
        content = _Reader(root, trusts_names=False).content()
    return content


def _parsed(source: str) -> etree._Element | None:
    """Return the root, or None for a page without elements; raises `DocumentError` for one too deep."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(source.replace("\0", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise DocumentError("Websiden har for mange lag i hinanden. Gem den som PDF, og indlæs den.")
    return root


def _share_of_furniture(content: list[Content]) -> float:
    lengths = [(len(paragraph.text), paragraph.kind == "furniture") for paragraph in flattened(content)]
    return sum(length for length, furniture in lengths if furniture) / max(
        1, sum(length for length, _ in lengths)
    )


def _is_furniture(content: Content) -> bool:
    return isinstance(content, Paragraph) and content.kind == "furniture"


@dataclass(slots=True)
class _Label:
    """The number or bullet of a list item, until its first paragraph."""

    text: str
    level: int


class _Reader:
    """Walks through the elements of a page and collects its paragraphs and tables.

    With `trusts_names`, classes and identifiers such as "cookie-banner" tell what is furniture.
    """

    def __init__(self, root: etree._Element, *, trusts_names: bool) -> None:
        self._root = root
        self._trusts_names = trusts_names
        self._tight = _tight_classes(root)
        self._content: list[Content] = []
        self._pieces: list[str] = []
        self._is_bold = True
        self._href: str | None = None
        self._gap = False
        self._label: _Label | None = None
        self._heading: tuple[int | None] | None = None
        self._furniture = 0
        self._lists = 0

    def content(self) -> list[Content]:
        """Return everything on the page, in its order."""
        self._block(self._root, bold=False)
        return self._content

    def _walk(self, element: etree._Element, *, bold: bool) -> None:
        self._text(element.text, bold=bold)
        for child in element:
            self._element(child, bold=bold)
            self._text(child.tail, bold=bold)

    def _element(self, element: etree._Element, *, bold: bool) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in SKIPPED or is_hidden(element) or is_control(element):
            return
        if tag == "br":
            self._pieces.append(_BREAK)
        elif tag in BLOCKS or element.get("role") == "heading" or self._is_skip_link(element):
            self._block(element, bold=bold)
        else:
            self._inline(element, tag, bold=bold)

    def _is_skip_link(self, element: etree._Element) -> bool:
        return element.tag == "a" and self._trusts_names and is_named_furniture(element)

    def _inline(self, element: etree._Element, tag: str, *, bold: bool) -> None:
        if tag == "a":
            self._href = self._href or element.get("href")
        before = len(self._pieces)
        self._walk(element, bold=bold or tag in _BOLD)
        # Word prints the number of a list with spaces behind it that fill the line.
        if "mso-list" in (element.get("style") or "") and self._pieces:
            self._pieces.append(" ")
        if tag in _BOXES:
            self._set_apart(before)

    def _set_apart(self, at: int) -> None:
        """Put a space before the box that begins with this piece, if it would run into the one before."""
        # Pages put space between "<span>1.</span><span>Budget</span>" by their styles.
        is_between = 0 < at < len(self._pieces)
        if is_between and _ENDS_APART.search(self._pieces[at - 1]) and self._pieces[at][:1].isupper():
            self._pieces.insert(at, " ")

    def _text(self, text: str | None, *, bold: bool) -> None:
        if text:
            self._pieces.append(text)
            if not bold and not text.isspace():
                self._is_bold = False

    def _block(self, element: etree._Element, *, bold: bool) -> None:
        self._end_paragraph()
        furniture = is_furniture(element) or (self._trusts_names and is_named_furniture(element))
        spaced = is_spaced(element, tight=self._tight) and not (self._lists and element.tag in {"ul", "ol"})
        self._furniture += furniture
        self._gap = self._gap or spaced
        self._inside(element, bold=bold)
        self._end_paragraph()
        self._furniture -= furniture
        self._gap = self._gap or spaced

    def _inside(self, element: etree._Element, *, bold: bool) -> None:
        tag = element.tag
        level = heading_level(element)
        if level is not None or tag == "summary":
            self._heading = (level,)
            self._walk(element, bold=True)
            self._end_paragraph()
            self._heading = None
        elif self._furniture:
            self._walk(element, bold=bold)
        elif tag == "table":
            self._table(element)
        elif tag in {"ul", "ol"}:
            self._list(element, bold=bold)
        elif tag == "dl":
            self._definitions(element)
        elif tag == "pre":
            text = "".join(map(str, element.itertext())).replace("\n", _BREAK).replace(" ", "\u00a0")
            self._text(text, bold=bold)
        else:
            self._walk(element, bold=bold or tag in _BOLD)

    def _end_paragraph(self) -> None:
        """Make a paragraph of the text since the last one, or several where blank lines divide it."""
        lines = _WHITE.sub(" ", "".join(self._pieces)).split(_BREAK)
        text = "\n".join(line.strip(_BLANKS) for line in lines)
        bold, href = self._is_bold, self._href
        self._pieces.clear()
        self._is_bold, self._href = True, None
        for part in _BLANK_LINES.split(text):
            if plain := cleaned(part):
                self._content.append(self._paragraph(plain, bold=bold, href=href))
                self._gap = True
        self._gap = False if text.strip() else self._gap

    def _paragraph(self, text: str, *, bold: bool, href: str | None) -> Paragraph:
        paragraph = Paragraph(text, bold=bold, href=href, before=_SPACE if self._gap else 0.0)
        label, self._label = self._label, None
        if self._furniture:
            paragraph.kind = "furniture"
        elif self._heading is not None:
            paragraph.kind, paragraph.level = "heading", self._heading[0]
            paragraph.label = label.text if label and label.text != BULLET else ""
        elif label is not None:
            paragraph.kind, paragraph.label, paragraph.level = "list", label.text, label.level
        return paragraph

    def _list(self, element: etree._Element, *, bold: bool) -> None:
        self._lists += 1
        self._text(element.text, bold=bold)
        for child, label in labelled_items(element):
            if label is None:
                self._element(child, bold=bold)
                self._text(child.tail, bold=bold)
                continue
            self._end_paragraph()
            self._label = _Label(label, self._lists - 1) if label else None
            self._element(child, bold=bold)
            self._end_paragraph()
            self._label = None
            self._text(child.tail, bold=bold)
        self._lists -= 1

    def _table(self, element: etree._Element) -> None:
        caption = element.find("caption")
        if caption is not None:
            self._block(caption, bold=False)
        # What is neither in a row nor the caption is shown above the table.
        self._text(element.text, bold=False)
        for child in element:
            if child.tag not in _ROWS:
                self._element(child, bold=False)
            self._text(child.tail, bold=False)
        self._end_paragraph()
        table = Table()
        spans: dict[int, int] = {}
        for row in element.iter("tr"):
            if next(row.iterancestors("table"), None) is element:
                table.rows.append(self._row(row, spans))
        self._content.append(table)

    def _row(self, row: etree._Element, spans: dict[int, int]) -> list[Cell]:
        """Return the cells of a row; `spans` has the columns that cells above reach into, and how far."""
        cells: list[Cell] = []
        column = 0
        for element in row:
            if element.tag not in {"td", "th"}:
                continue
            while column < _MOST_COLUMNS and spans.get(column, 0) > 0:
                spans[column] -= 1
                column += 1
            cells.append(Cell(column, flattened(self._apart(element))))
            width, height = _span(element, "colspan"), _span(element, "rowspan")
            for covered in range(column, column + width):
                spans[covered] = height - 1
            column = min(column + width, _MOST_COLUMNS)
        return cells

    def _definitions(self, element: etree._Element) -> None:
        """Read names and what belongs to them: a row of a table where both are a line."""
        names: list[Paragraph] = []
        for child in element:
            if child.tag == "dt":
                self._content += names
                names = flattened(self._apart(child))
            elif child.tag == "dd":
                paragraphs = flattened(self._apart(child))
                if len(names) == 1 and len(paragraphs) == 1 and "\n" not in paragraphs[0].text:
                    self._content.append(Table([[Cell(0, names), Cell(1, paragraphs)]]))
                else:
                    self._content += [*names, *paragraphs]
                names = []
            elif child.tag == "div":
                self._definitions(child)
            else:
                self._element(child, bold=False)
        self._content += names

    def _apart(self, element: etree._Element) -> list[Content]:
        """Return the content of a cell."""
        content, self._content = self._content, []
        label, self._label = self._label, None
        self._element(element, bold=False)
        self._end_paragraph()
        content, self._content = self._content, content
        self._label = label
        return content


def _tight_classes(root: etree._Element) -> frozenset[str]:
    """Return the classes of paragraphs that have no space around them, as Word writes them."""
    styles = "".join("".join(map(str, style.itertext())) for style in root.iter("style"))
    return frozenset(match[1] for match in _TIGHT_STYLE.finditer(styles[:_LONGEST_STYLE]))


def _span(element: etree._Element, name: str) -> int:
    width = element.get(name) or "1"
    return min(int(width), _MOST_COLUMNS) if width.isascii() and width.isdecimal() and len(width) < 5 else 1
