"""Refuses, by content, files of other formats than plain text.

`minutes.documents` recognises those that it converts; archives, sound, programs and tables are recognised
here. What is recognised is refused, however much its text reads like minutes.
"""

import csv
import io
import re
from collections.abc import Mapping

from minutes.documents import DocumentError, Format, recognise
from minutes.reader.errors import UnreadableDocument
from minutes.reader.words import WORDS, pattern

_SAVE_AS = "Åbn den, gem den som PDF eller Word-dokument (.docx), og indlæs det."
_UNPACK = "Pak den ud, og indlæs referaterne i den."
_NOT_MINUTES = "Indlæs referatet som PDF, Word-dokument (.docx) eller tekst."

# Formats that `minutes.documents` recognises and that are no text
_OLD_OFFICE = ("et ældre Office-dokument (.doc, .xls eller .msg)", _SAVE_AS)
_NO_TEXT: Mapping[Format, tuple[str, str]] = {
    Format.PDF: ("en PDF", _SAVE_AS),
    Format.DOCX: ("et Word-dokument", _SAVE_AS),
    Format.DOCM: ("et Word-dokument", _SAVE_AS),
    Format.ODT: ("et OpenDocument-dokument", _SAVE_AS),
    Format.RTF: ("et RTF-dokument", _SAVE_AS),
    Format.SPREADSHEET: ("et regneark (f.eks. fra Excel)", _SAVE_AS),
    Format.PRESENTATION: ("en præsentation", _SAVE_AS),
    Format.EBOOK: ("en e-bog", _SAVE_AS),
    Format.ZIP: ("et ZIP-arkiv", _UNPACK),
    **dict.fromkeys((Format.DOC, Format.MSG, Format.ENCRYPTED), _OLD_OFFICE),
    Format.IMAGE: ("et billede", _NOT_MINUTES),
    Format.EML: (
        "en e-mail",
        "Indlæs den vedhæftede fil, eller kopiér referatets tekst til en fil for sig (.txt).",
    ),
    Format.JSON: ("JSON-data", _NOT_MINUTES),
}
# The bytes that other formats begin with, what they are called, and what to do. The first that fits counts.
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x05\x06", "et tomt ZIP-arkiv", _NOT_MINUTES),
    (b"\x1f\x8b", "et gzip-arkiv", _UNPACK),
    (b"\xfd7zXZ\x00", "et xz-arkiv", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "et 7z-arkiv", _UNPACK),
    (b"Rar!\x1a\x07", "et RAR-arkiv", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "et zstd-arkiv", _UNPACK),
    (b"GIF87a", "et billede", _NOT_MINUTES),
    (b"GIF89a", "et billede", _NOT_MINUTES),
    (b"OggS\x00", "en lydfil", _NOT_MINUTES),
    (b"\x7fELF", "et program", _NOT_MINUTES),
    (b"\xca\xfe\xba\xbe", "et program", _NOT_MINUTES),
    (b"\xcf\xfa\xed\xfe", "et program", _NOT_MINUTES),
    (b"#!/", "et program", _NOT_MINUTES),
    (b"SQLite format 3\x00", "en database", _NOT_MINUTES),
    (b"%!PS", "et PostScript-dokument", _SAVE_AS),
)
# Signatures of letters only count together with what follows them: a text can begin with "BZh" or "RIFF".
_LETTER_SIGNATURES: tuple[tuple[re.Pattern[bytes], str, str], ...] = (
    (re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), "et bzip2-arkiv", _UNPACK),
    (re.compile(rb"RIFF.{4}(?:WEBP|WAVE|AVI )", re.DOTALL), "et billede eller en lydfil", _NOT_MINUTES),
    (re.compile(rb"ID3[\x02-\x04][\x00-\x0a]"), "en lydfil", _NOT_MINUTES),
)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# "From a@kommune.dk Mon May  3 10:12:00 2021": a file of several messages
_MAILBOX = re.compile(r"From \S+@\S+ .*\d{4}")

_TAG = re.compile(r"</?[A-Za-z!?][^<>]{0,2000}>")
_MARKUP = re.compile(
    r"<(?:!doctype\b|!--|\?xml\b|html\b|head\b|body\b|svg\b|[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>)", re.IGNORECASE
)
# Tags that a text copied from a web page can have left.
_LEFT_TAG = re.compile(
    r"</?(?:p|br|hr|b|i|u|em|strong|span|font|a|li|ul|ol|center|sup|sub)\b[^<>]{0,200}>", re.IGNORECASE
)
_CALENDAR = re.compile(r"BEGIN:V(?:CALENDAR|CARD|EVENT)\b")
# Rows of a table are counted in the first and the last lines.
_ROWS = 60
_ROW_LABELS = frozenset(
    phrase
    for table in (WORDS.header.labels, WORDS.headings)
    for phrases in table.values()
    for phrase in phrases
)
_FEWEST_LABELS = 2
# "punkt 3", "sag nr. 4"
_ITEM_CELL = re.compile(r"(?:punkt|pkt\.?|sag|nr\.?)(?: nr\.?)? ?\d{1,4}[.:]?")
# "<tab> Godkendt"
_DECISION_CELL = re.compile(rf"\t[ \"]*{pattern(WORDS.decisions.openings)}", re.IGNORECASE)
_FEWEST_ROWS = 3
_LONGEST_COLUMN_NAME = 40


def refuse_foreign_bytes(data: bytes) -> None:
    """Raise `UnreadableDocument` when `data` is a file of another format, by its first bytes."""
    data = data.removeprefix(_BYTE_ORDER_MARK)
    try:
        kind = recognise(data)
    except DocumentError:
        raise _refusal(*_NO_TEXT[Format.ZIP]) from None
    if kind in _NO_TEXT:
        raise _refusal(*_NO_TEXT[kind])
    for signature, name, advice in _SIGNATURES:
        if data.startswith(signature):
            raise _refusal(name, advice)
    for letters, name, advice in _LETTER_SIGNATURES:
        if letters.match(data):
            raise _refusal(name, advice)
    if _is_windows_program(data):
        raise _refusal("et program", _NOT_MINUTES)
    if data[257:262] == b"ustar":
        raise _refusal("et tar-arkiv", _UNPACK)
    if data[4:8] == b"ftyp":
        raise _refusal("et billede eller en film", _NOT_MINUTES)
    if data.startswith(b"BM") and int.from_bytes(data[2:6], "little") == len(data):
        raise _refusal("et billede", _NOT_MINUTES)


def refuse_foreign_text(text: str) -> None:
    """Raise `UnreadableDocument` when `text` is the source of something else than plain text."""
    start = text.lstrip("\ufeff \t\r\n")
    lines = start[:100_000].splitlines()
    if lines and _MAILBOX.fullmatch(lines[0]):
        raise _refusal(*_NO_TEXT[Format.EML])
    if _MARKUP.match(start) and not _LEFT_TAG.match(start) and len(_TAG.findall(start[:100_000])) > 1:
        raise _refusal("HTML eller XML", "Åbn siden i en browser, og gem den som PDF.")
    if _CALENDAR.match(start):
        raise _refusal("en kalender eller et kontaktkort", _NOT_MINUTES)
    if _is_table(lines):
        raise _refusal("en tabel (CSV)", _NOT_MINUTES)


def _refusal(name: str, advice: str) -> UnreadableDocument:
    return UnreadableDocument(f"Filen er {name}, ikke tekst. {advice}")


def _is_windows_program(data: bytes) -> bool:
    """Return True if `data` begins with "MZ" and points to the header of a program."""
    at = int.from_bytes(data[60:64], "little")
    return data.startswith(b"MZ") and (data[at : at + 2] == b"PE" or b"DOS mode" in data[:512])


def _is_table(lines: list[str]) -> bool:
    """Return True if the lines are the rows of a table whose cells a comma, semicolon or tab divides.

    A table whose rows begin with the labels or headings of minutes is minutes.
    """
    rows = [line for line in lines if line.strip()]
    if len(rows) < _FEWEST_ROWS:
        return False
    sample = rows if len(rows) <= 2 * _ROWS else [*rows[:_ROWS], *rows[-_ROWS:]]
    return any(_divides(sample, delimiter) and not _is_of_minutes(sample, delimiter) for delimiter in ";,\t")


def _is_of_minutes(rows: list[str], delimiter: str) -> bool:
    """Return True if two rows begin with a label, heading or item's number, or a cell is a decision."""
    first_cells = {row.split(delimiter, 1)[0].strip(' ":').lower() for row in rows}
    if sum(cell in _ROW_LABELS or bool(_ITEM_CELL.fullmatch(cell)) for cell in first_cells) >= _FEWEST_LABELS:
        return True
    return delimiter == "\t" and any(_DECISION_CELL.search(row) for row in rows)


def _divides(rows: list[str], delimiter: str) -> bool:
    if delimiter not in rows[0]:
        return False
    try:
        cells = list(csv.reader(io.StringIO("\n".join(rows), newline=""), delimiter=delimiter))
    except csv.Error:
        return False
    head = cells[0]
    if any(len(name) > _LONGEST_COLUMN_NAME or name != name.strip() or not name for name in head):
        return False
    same = sum(len(row) == len(head) for row in cells)
    return len(cells) >= _FEWEST_ROWS and same >= 0.9 * len(cells)
