"""Recognises, by content, files of other formats than plain text: archives, PDFs, e-mail messages, tables.

The name of a file says nothing. What is recognised here is refused, however much its text reads like minutes.
"""

import csv
import io
import json
import re

from minutes.reader.errors import UnreadableDocument
from minutes.reader.words import WORDS, pattern

_SAVE_AS = "Åbn den, gem den som PDF eller Word-dokument (.docx), og indlæs det."
_UNPACK = "Pak den ud, og indlæs referaterne i den."
_NOT_MINUTES = "Indlæs referatet som PDF, Word-dokument (.docx) eller tekst."

# The bytes that a format begins with, what it is called, and what to do. The first that fits counts.
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "et RTF-dokument", _SAVE_AS),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "et ældre Office-dokument (.doc, .xls eller .msg)", _SAVE_AS),
    (b"PK\x05\x06", "et tomt ZIP-arkiv", _NOT_MINUTES),
    (b"\x1f\x8b", "et gzip-arkiv", _UNPACK),
    (b"\xfd7zXZ\x00", "et xz-arkiv", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "et 7z-arkiv", _UNPACK),
    (b"Rar!\x1a\x07", "et RAR-arkiv", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "et zstd-arkiv", _UNPACK),
    (b"\x89PNG\r\n\x1a\n", "et billede", _NOT_MINUTES),
    (b"\xff\xd8\xff", "et billede", _NOT_MINUTES),
    (b"GIF87a", "et billede", _NOT_MINUTES),
    (b"GIF89a", "et billede", _NOT_MINUTES),
    (b"II*\x00", "et billede", _NOT_MINUTES),
    (b"MM\x00*", "et billede", _NOT_MINUTES),
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
# "%PDF-1.7" is on a line of its own within the first kilobyte.
_PDF_WITHIN = 1024
_PDF = re.compile(rb"(?:\A|[\r\n])%PDF-\d")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

# Headers of an e-mail message. Danish minutes can begin with "Fra:" and "Til:", not with these.
_MAIL_HEADER = re.compile(
    r"(?P<name>From|To|Cc|Bcc|Subject|Date|Sender|Reply-To|Message-ID|In-Reply-To|References|MIME-Version|Received|"
    r"Return-Path|Delivered-To|DKIM-Signature|Authentication-Results|Content-[A-Za-z-]+|X-[A-Za-z0-9-]+|ARC-[A-Za-z-]+)"
    r":(?:[ \t].*)?",
    re.IGNORECASE,
)
_MBOX = re.compile(r"From \S+@\S+ .*\d{4}$")
_FEWEST_HEADERS = 3
_MOST_HEADER_LINES = 200

_TAG = re.compile(r"</?[A-Za-z!?][^<>]{0,2000}>")
_MARKUP = re.compile(
    r"<(?:!doctype\b|!--|\?xml\b|html\b|head\b|body\b|svg\b|[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>)", re.IGNORECASE
)
# Tags that a text copied from a web page can have left.
_LEFT_TAG = re.compile(
    r"</?(?:p|br|hr|b|i|u|em|strong|span|font|a|li|ul|ol|center|sup|sub)\b[^<>]{0,200}>", re.IGNORECASE
)
_JSON_OBJECT = re.compile(r"\{\s*\"[^\"\n]{0,200}\"\s*:")
_JSON = re.compile(r"\{\s*(?:\"|\})|\[\s*(?:\{|\[|\"|\]|-?\d+\s*,)")
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
    pdf = _PDF.search(data[:_PDF_WITHIN])
    if pdf and (not data[: pdf.start()].strip() or b" obj" in data):
        raise _refusal("en PDF", _SAVE_AS)
    if data.startswith(b"PK\x03\x04"):
        raise _refusal(*_kind_of_zip(data))
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
    if _is_mail(lines):
        raise _refusal(
            "en e-mail", "Indlæs den vedhæftede fil, eller kopiér referatets tekst til en fil for sig (.txt)."
        )
    if _MARKUP.match(start) and not _LEFT_TAG.match(start) and len(_TAG.findall(start[:100_000])) > 1:
        raise _refusal("HTML eller XML", "Åbn siden i en browser, og gem den som PDF.")
    if _JSON.match(start) and _is_json(start):
        raise _refusal("JSON-data", _NOT_MINUTES)
    if _CALENDAR.match(start):
        raise _refusal("en kalender eller et kontaktkort", _NOT_MINUTES)
    if _is_table(lines):
        raise _refusal("en tabel (CSV)", _NOT_MINUTES)


def _refusal(name: str, advice: str) -> UnreadableDocument:
    return UnreadableDocument(f"Filen er {name}, ikke tekst. {advice}")


def _kind_of_zip(data: bytes) -> tuple[str, str]:
    """Return what a ZIP file is, by the names of its members, and what to do."""
    for member, name in (
        (b"word/", "et Word-dokument"),
        (b"xl/", "et Excel-regneark"),
        (b"ppt/", "en PowerPoint-præsentation"),
        (b"mimetypeapplication/vnd.oasis.opendocument", "et OpenDocument-dokument"),
        (b"mimetypeapplication/epub", "en e-bog"),
    ):
        if member in data:
            return name, _SAVE_AS
    return "et ZIP-arkiv", _UNPACK


def _is_windows_program(data: bytes) -> bool:
    """Return True if `data` begins with "MZ" and points to the header of a program."""
    at = int.from_bytes(data[60:64], "little")
    return data.startswith(b"MZ") and (data[at : at + 2] == b"PE" or b"DOS mode" in data[:512])


def _is_mail(lines: list[str]) -> bool:
    """Return True if the lines begin with the headers of an e-mail message, RFC 5322."""
    if lines and _MBOX.fullmatch(lines[0]):
        return True
    names: set[str] = set()
    for line in lines[:_MOST_HEADER_LINES]:
        header = _MAIL_HEADER.fullmatch(line)
        if header:
            names.add(header["name"].lower())
        elif not (names and line.startswith((" ", "\t")) and line.strip()):
            break
    return len(names) >= _FEWEST_HEADERS


def _is_json(text: str) -> bool:
    """Return True if the text is JSON, or the beginning of it."""
    try:
        json.loads(text)
    except RecursionError:
        return True
    except json.JSONDecodeError:
        return bool(_JSON_OBJECT.match(text) or re.match(r"\[\s*(?:\{|\[)", text))
    return True


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
