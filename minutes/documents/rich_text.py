"""RTF → `SourceDocument`: paragraphs, printed numbers of lists, tables, heads of pages."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field

from minutes.documents import notes
from minutes.documents.composing import (
    BULLET,
    Cell,
    Composer,
    Content,
    Paragraph,
    Table,
    bullet,
    cleaned,
    flattened,
)
from minutes.documents.heads import closed_lines, head_lines
from minutes.documents.rich_text_styles import Tables
from minutes.documents.rich_text_tokens import SYMBOL_CHARSET, Token, charset, code_page, decoded, tokens
from minutes.documents.source import DocumentError, SourceDocument

_POINT = 20  # twentieths
_DEEPEST = 2000
# Groups whose text is not shown. Those that begin with "\*" are not either, but for `_READ`.
_SKIPPED = frozenset(
    {
        "colortbl",
        "info",
        "pict",
        "object",
        "nonshppict",
        "shprslt",
        "nonesttables",
        "sn",
        "sv",
        "xe",
        "tc",
        "rxe",
    }
    | {
        "filetbl",
        "revtbl",
        "listtable",
        "listoverridetable",
        "fldinst",
    }
)
_NOTED = {"footnote": notes.FOOTNOTES, "annotation": notes.COMMENTS}
_READ = frozenset({"shpinst", "shptxt", "fldrslt", "pntext", "listtext"})
_FEET = ("footerf", "footer", "footerr", "footerl")
_HEADS = ("headerf", "header", "headerr", "headerl")
# The text of a box follows the paragraph that it is anchored to.
_BOX = "shptxt"
_TARGETS = {"listtext": "label", "pntext": "label", "fonttbl": "fonts", "stylesheet": "styles"}
_SIGNS = {"~": " ", "_": "-", "\t": "\t"}
_AUTOMATIC = 14.0
_CHARACTERS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
    "nestcell": "\t",
}  # fmt: skip
_SYMBOLS = {"\xb7": BULLET, "\xa7": BULLET, "\xfe": "☒", "\xa8": "☐", "\x6f": "☐", "\xfc": "✓", "-": "-"}


def convert(data: bytes) -> SourceDocument:
    """Return the text and structure of an RTF file."""
    machine = _Machine()
    for token in tokens(data.decode("latin-1")):
        machine.read(token)
    content = machine.finish()
    composer = Composer()
    head = next((machine.heads[name] for name in _HEADS if name in machine.heads), [])
    lines = list(head_lines(flattened(head), content))
    for paragraphs in machine.heads.values():
        lines += closed_lines(flattened(paragraphs))
    composer.furniture(dict.fromkeys(lines))
    composer.add(content)
    return composer.document("rtf", machine.notes)


@dataclass(slots=True)
class _State:
    """The settings of a group: where its text goes, and the formats of characters and paragraphs.

    `target` is "text", "label", "fonts", "styles" or "skipped"; `owner` is "body", a head or a box.
    """

    target: str = "text"
    owner: str = "body"
    font: int = 0
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    size: float | None = None
    fallbacks: int = 1
    before: float = 0.0
    after: float = 0.0
    contextual: bool = False
    style: int = 0
    level: int | None = None
    in_table: bool = False


# Words that set a format: the field of the state, and its value for a number.
_FORMATS: dict[str, tuple[str, Callable[[int | None], object]]] = {
    "f": ("font", lambda number: number or 0),
    "b": ("bold", lambda number: number != 0),
    "v": ("hidden", lambda number: number != 0),
    "deleted": ("deleted", lambda number: number != 0),
    "fs": ("size", lambda number: (number or 24) / 2),
    "uc": ("fallbacks", lambda number: max(0, min(number if number is not None else 1, 10))),
    "sb": ("before", lambda number: (number or 0) / _POINT),
    "sa": ("after", lambda number: (number or 0) / _POINT),
    "sbauto": ("before", lambda number: _AUTOMATIC if number else 0.0),
    "saauto": ("after", lambda number: _AUTOMATIC if number else 0.0),
    "contextualspace": ("contextual", lambda number: number != 0),
    "s": ("style", lambda number: number or 0),
    "outlinelevel": ("level", lambda number: number + 1 if number is not None and 0 <= number < 9 else None),
    "intbl": ("in_table", lambda number: number != 0),
}


@dataclass(slots=True)
class _Open:
    """The parts so far of a paragraph, cell, row and table, in the body or in a head."""

    content: list[Content] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    label: list[str] = field(default_factory=list)
    is_bold: bool = True
    size: float | None = None
    cell: list[Content] = field(default_factory=list)
    row: list[Cell] = field(default_factory=list)
    table: Table | None = None


class _Machine:
    """Reads tokens one after the other."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.heads: dict[str, list[Content]] = {}
        self._tables = Tables()
        self._state = _State()
        self._states: list[_State] = []
        self._owners = {"body": _Open()}
        self._encoding = "cp1252"
        # The next word is the first of its group, and may be unknown to a program.
        self._is_first = False
        self._is_optional = False
        # Characters for programs without Unicode, behind a Unicode character.
        self._to_skip = 0
        self._surrogate = 0
        self._readers = {"fonts": self._tables.font, "styles": self._tables.style}
        self._words: dict[str, Callable[[int | None], None]] = {
            "par": self._end_paragraph,
            "sect": self._end_paragraph,
            "page": self._end_paragraph,
            "nestrow": self._end_paragraph,
            "cell": self._end_cell,
            "row": self._end_row,
            "pard": self._reset_paragraph,
            "plain": self._reset_font,
            "u": self._unicode,
            "ansicpg": self._set_code_page,
            "deff": self._set_default_font,
            "mac": lambda _: self._set_code_page(10000),
            "pca": lambda _: self._set_code_page(850),
            "revised": lambda _: self.notes.append(notes.CHANGES),
        }

    def read(self, token: Token) -> None:
        """Read the next token."""
        if token.kind == "group":
            self._group(token.text)
            if self._state.target == "styles":
                self._tables.style(token)
            return
        if token.kind == "sign" and token.text == "*":
            self._is_optional = self._is_first
            return
        enters = token.kind == "word" and self._is_first and self._enter(token.text)
        self._is_first = self._is_optional = False
        if enters or self._state.target == "skipped":
            return
        if self._state.target in self._readers:
            self._readers[self._state.target](token)
        else:
            self._content(token)

    def _content(self, token: Token) -> None:
        if token.kind == "word":
            self._word(token.text, token.number)
        elif token.kind == "sign":
            self._sign(token.text)
        else:
            self._text(token.text)

    def finish(self) -> list[Content]:
        """End what is open, and return the content of the body; those of the heads are in `heads`."""
        self.heads = {
            owner: self._finished(owner) for owner in list(self._owners) if owner not in {"body", _BOX}
        }
        content = self._finished("body")
        return content + self._finished(_BOX) if _BOX in self._owners else content

    def _finished(self, owner: str) -> list[Content]:
        """End what is open of an owner, and return its content."""
        state, self._state = self._state, _State(owner=owner)
        opened = self._owners[owner]
        if opened.pieces or opened.label:
            self._end_paragraph(None)
        if opened.row or opened.cell:
            self._end_row(None)
        self._end_table(opened)
        self._state = state
        return opened.content

    def _group(self, brace: str) -> None:
        self._to_skip = 0
        self._is_first = brace == "{"
        self._is_optional = False
        if brace == "{":
            if len(self._states) >= _DEEPEST:
                raise DocumentError("RTF-filen har for mange lag i hinanden. Gem den på ny, og prøv igen.")
            self._states.append(self._state)
            self._state = copy(self._state)
        elif self._states:
            self._state = self._states.pop()

    def _enter(self, word: str) -> bool:
        """Set where text goes in a group that begins with a word; return False if as in the group around."""
        state = self._state
        if state.target == "skipped":
            return True
        if word in _NOTED:
            self.notes.append(_NOTED[word])
            state.target = "skipped"
        elif word in _SKIPPED or (self._is_optional and word not in _READ):
            state.target = "skipped"
        elif word in _TARGETS:
            state.target = _TARGETS[word]
        elif word in _HEADS or word in _FEET or word == _BOX:
            state.owner = word
            self._owners.setdefault(word, _Open())
        else:
            return False
        return True

    def _word(self, word: str, number: int | None) -> None:
        if word in self._words:
            self._words[word](number)
        elif word in _CHARACTERS:
            self._text(_CHARACTERS[word])
        elif word in _FORMATS:
            name, value = _FORMATS[word]
            setattr(self._state, name, value(number))

    def _sign(self, sign: str) -> None:
        if sign in "\r\n":
            self._end_paragraph(None)
        elif sign in "\\{}" or sign in _SIGNS:
            self._text(_SIGNS.get(sign, sign))

    def _unicode(self, number: int | None) -> None:
        """Add a character of UTF-16; two make one beyond its first plane."""
        unit = (number or 0) & 0xFFFF
        if 0xD800 <= unit < 0xDC00:
            self._surrogate = unit
        elif 0xDC00 <= unit < 0xE000:
            if self._surrogate:
                self._add(chr(0x10000 + ((self._surrogate - 0xD800) << 10) + unit - 0xDC00))
            self._surrogate = 0
        elif 0xF000 <= unit < 0xF100:
            self._add(_SYMBOLS.get(chr(unit - 0xF000), ""))
        else:
            self._add(chr(unit))
        self._to_skip = self._state.fallbacks

    def _text(self, text: str) -> None:
        """Add text of the file, whose characters are bytes, without what stands for a Unicode character."""
        if self._to_skip:
            skipped = min(self._to_skip, len(text))
            self._to_skip -= skipped
            text = text[skipped:]
        if not text:
            return
        kind = self._tables.fonts.get(self._state.font, 0)
        if kind == SYMBOL_CHARSET:
            self._add("".join(_SYMBOLS.get(letter, letter if letter.isspace() else "") for letter in text))
        else:
            self._add(decoded(text, charset(kind) or self._encoding) if max(text) < "\u0100" else text)

    def _add(self, text: str) -> None:
        state, opened = self._state, self._owners[self._state.owner]
        if state.target == "label":
            opened.label.append(text)
        elif state.deleted:
            self.notes.append(notes.CHANGES)
        elif state.hidden:
            self.notes.append(notes.HIDDEN)
        else:
            opened.pieces.append(text)
            if text.strip():
                opened.is_bold = opened.is_bold and state.bold
                opened.size = opened.size or state.size

    def _end_paragraph(self, _: int | None) -> None:
        state, opened = self._state, self._owners[self._state.owner]
        text = cleaned("".join(opened.pieces))
        paragraph = Paragraph(
            text,
            bold=opened.is_bold and bool(text),
            size=opened.size,
            before=state.before,
            after=state.after,
            style=f"s{state.style}",
            contextual=state.contextual,
        )
        level = state.level or self._tables.headings.get(state.style)
        label = _printed_label("".join(opened.label))
        if level is not None and text:
            paragraph.kind, paragraph.level = "heading", level
        elif label:
            paragraph.kind = "list"
        paragraph.label = label
        opened.pieces, opened.label, opened.is_bold, opened.size = [], [], True, None
        if state.in_table:
            opened.cell.append(paragraph)
        else:
            self._end_table(opened)
            opened.content.append(paragraph)
            if state.owner == "body" and _BOX in self._owners:
                opened.content += self._finished(_BOX)
                del self._owners[_BOX]

    def _end_cell(self, _: int | None) -> None:
        opened = self._owners[self._state.owner]
        self._state.in_table = True
        self._end_paragraph(None)
        opened.row.append(Cell(len(opened.row), flattened(opened.cell)))
        opened.cell = []

    def _end_row(self, _: int | None) -> None:
        opened = self._owners[self._state.owner]
        if opened.cell:
            self._end_cell(None)
        opened.table = opened.table or Table()
        opened.table.rows.append(opened.row)
        opened.row = []

    def _end_table(self, opened: _Open) -> None:
        if opened.table is not None:
            opened.content.append(opened.table)
            opened.table = None

    def _reset_paragraph(self, _: int | None) -> None:
        state = self._state
        state.before = state.after = 0.0
        state.style, state.level, state.in_table, state.contextual = 0, None, False, False

    def _reset_font(self, _: int | None) -> None:
        state = self._state
        state.bold, state.hidden, state.size, state.font = False, False, None, self._tables.default_font

    def _set_code_page(self, number: int | None) -> None:
        self._encoding = code_page(number or 0)

    def _set_default_font(self, number: int | None) -> None:
        self._tables.default_font = self._state.font = number or 0


def _printed_label(text: str) -> str:
    """Return the number or bullet of a list, of which a letter "o" is a bullet too."""
    label = " ".join(cleaned(text).split())
    if label and (label == "o" or not any(letter.isalnum() for letter in label)):
        return bullet(label)
    return label
