"""The text of a paragraph in a Word file: runs, fields, symbols, tracked changes, text boxes."""

from dataclasses import dataclass, field

from lxml import etree

from minutes.documents import notes
from minutes.documents.word_names import RELATION_ID, switch, value, w
from minutes.documents.word_styles import Styles

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

_DELETED = frozenset({w("del"), w("moveFrom")})
_INSERTED = frozenset({w("ins"), w("moveTo")})
_LEFT_OUT = {
    w("commentReference"): notes.COMMENTS,
    w("footnoteReference"): notes.FOOTNOTES,
    w("endnoteReference"): notes.FOOTNOTES,
}
_SKIPPED = frozenset(
    {
        w("pPr"),
        w("rPr"),
        w("tblPr"),
        w("sdtPr"),
        w("sdtEndPr"),
        w("instrText"),
        w("delText"),
        w("delInstrText"),
    }
    | {w("rt"), f"{_COMPATIBILITY}Fallback"}
)
_SIGNS = {w("tab"): "\t", w("ptab"): "\t", w("cr"): "\n", w("br"): "\n", w("noBreakHyphen"): "-"}
# Symbols of the fonts Wingdings and Symbol; others are left out, as their letters mean nothing.
_SYMBOLS = {
    0xFE: "☒", 0xFD: "☒", 0x78: "☒", 0x53: "☒", 0xFC: "✓", 0x52: "☑",
    0xA8: "☐", 0x6F: "☐", 0x71: "☐", 0x72: "☐", 0xA3: "☐",
    0xE0: "→", 0xB7: "•", 0xA7: "•", 0x2D: "-", 0xB0: "°", 0xB3: "≥", 0xB1: "±",
}  # fmt: skip


@dataclass(slots=True)
class Text:
    """The text of a paragraph; the paragraphs of its text boxes stay elements."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_bold: bool = True
    href: str | None = None

    def plain(self) -> str:
        return "".join(self.pieces)


class TextReader:
    """Reads the text of paragraphs. `links` are the addresses of a part's relations."""

    def __init__(self, styles: Styles, links: dict[str, str]) -> None:
        self._styles = styles
        self._links = links
        # Fields nest: each is True while its instruction, which is no text, is read.
        self._fields: list[bool] = []

    def read(self, paragraph: etree._Element, *, bold: bool, hidden: bool) -> Text:
        """Return the text of a `w:p`, in which runs are bold or hidden unless they say otherwise."""
        text = Text()
        # An instruction is in one paragraph; one that has no end must not hide those that follow.
        self._fields.clear()
        self._walk(paragraph, text, bold, hidden)
        return text

    def _walk(self, parent: etree._Element, text: Text, bold: bool, hidden: bool) -> None:
        for element in parent:
            tag = element.tag
            if tag == w("r"):
                self._run(element, text, bold, hidden)
            elif tag in _DELETED:
                text.notes.append(notes.CHANGES)
            elif tag == w("txbxContent"):
                text.boxes.append(element)
            elif tag == w("sdt"):
                self._content_control(element, text, bold, hidden)
            elif tag not in _SKIPPED:
                self._enter(element, text)
                self._walk(element, text, bold, hidden)

    def _enter(self, element: etree._Element, text: Text) -> None:
        """Take what an element around runs says itself."""
        if element.tag in _INSERTED:
            text.notes.append(notes.CHANGES)
        elif element.tag == w("hyperlink"):
            text.href = text.href or self._links.get(element.get(RELATION_ID, ""))
        elif element.tag == _MATH_TEXT:
            text.pieces.append(element.text or "")

    def _content_control(self, element: etree._Element, text: Text, bold: bool, hidden: bool) -> None:
        """Read a content control, unless it shows the text that asks for input."""
        if not switch(element.find(w("sdtPr")), "showingPlcHdr"):
            content = element.find(w("sdtContent"))
            if content is not None:
                self._walk(content, text, bold, hidden)

    def _run(self, run: etree._Element, text: Text, bold: bool, hidden: bool) -> None:
        bold, hidden = self._font(run.find(w("rPr")), bold, hidden)
        length = len(text.pieces)
        for element in run:
            self._piece(element, text, bold, hidden)
        if not any(piece.strip() for piece in text.pieces[length:]):
            return
        if hidden:
            text.notes.append(notes.HIDDEN)
            del text.pieces[length:]
        elif not bold:
            text.is_bold = False

    def _font(self, properties: etree._Element | None, bold: bool, hidden: bool) -> tuple[bool, bool]:
        """Return whether a run with these properties is bold, and hidden."""
        if properties is None:
            return bold, hidden
        style = value(properties, "rStyle")
        if style is not None:
            named = self._styles.style(style)
            bold, hidden = bold or named.bold, hidden or named.hidden
        own_bold, own_hidden = switch(properties, "b"), switch(properties, "vanish")
        return bold if own_bold is None else own_bold, hidden if own_hidden is None else own_hidden

    def _piece(self, element: etree._Element, text: Text, bold: bool, hidden: bool) -> None:
        tag = element.tag
        if tag == w("fldChar"):
            self._field(element)
        elif any(self._fields):
            return
        elif tag == w("t"):
            text.pieces.append(element.text or "")
        elif tag in _SIGNS:
            text.pieces.append(_SIGNS[tag])
        elif tag == w("sym"):
            text.pieces.append(_symbol(element))
        elif tag in _LEFT_OUT:
            text.notes.append(_LEFT_OUT[tag])
        elif len(element) and tag not in _SKIPPED:
            self._inside(element, text, bold, hidden)

    def _inside(self, element: etree._Element, text: Text, bold: bool, hidden: bool) -> None:
        """Read a drawing or picture with text boxes, or the base of a ruby text."""
        boxes = [box for box in element.iter(w("txbxContent")) if not _is_repeated(box)]
        if boxes:
            text.boxes += boxes
        elif element.tag == w("ruby"):
            self._walk(element, text, bold, hidden)

    def _field(self, element: etree._Element) -> None:
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()


def _is_repeated(box: etree._Element) -> bool:
    """Return True for a text box inside another one, and for the copy of one for older programs."""
    above = box.getparent()
    while above is not None and above.tag != w("r"):
        if above.tag in {f"{_COMPATIBILITY}Fallback", w("txbxContent")}:
            return True
        above = above.getparent()
    return False


def _symbol(element: etree._Element) -> str:
    code = element.get(w("char"), "")
    try:
        number = int(code, 16) & 0xFF
    except ValueError:
        return ""
    return _SYMBOLS.get(number, "")
