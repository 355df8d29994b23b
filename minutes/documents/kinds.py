"""Recognises the format of a file by its content; its name decides only between kinds of text."""

import codecs
import re
from enum import StrEnum
from pathlib import PurePath

from minutes.documents.encodings import marked_encoding
from minutes.documents.packages import Package


class Format(StrEnum):
    """Formats that are distinguished. `TEXT` is plain text and everything that is not recognised."""

    PDF = "pdf"
    DOCX = "docx"
    DOCM = "docm"
    DOC = "doc"
    ODT = "odt"
    FLAT_DOCX = "flat docx"  # the parts of a Word file in one XML file
    FLAT_ODT = "fodt"
    WORD_2003 = "word 2003 xml"
    RTF = "rtf"
    HTML = "html"
    EML = "eml"
    MSG = "msg"
    ZIP = "zip"
    SPREADSHEET = "spreadsheet"
    CSV = "csv"
    PRESENTATION = "presentation"
    EBOOK = "ebook"
    ENCRYPTED = "encrypted"
    IMAGE = "image"
    XML = "xml"
    JSON = "json"
    TEXT = "text"


_SAMPLE = 100_000
ZIP_START = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# PNG, JPEG, TIFF: pictures as scanners and telephones take of pages
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
# "%PDF-1.7" is on a line of its own within the first kilobyte.
_PDF_WITHIN = 1024
_PDF = re.compile(rb"(?:\A|[\r\n])%PDF-\d")
# Streams of an Office file before 2007: names are UTF-16 in its directory.
_OLE_STREAMS = (
    ("__properties_version1.0", Format.MSG),
    ("EncryptedPackage", Format.ENCRYPTED),
    ("WordDocument", Format.DOC),
    ("Workbook", Format.SPREADSHEET),
    ("PowerPoint Document", Format.PRESENTATION),
)
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_MIMETYPES = (
    (_OPEN_DOCUMENT + "text", Format.ODT),
    (_OPEN_DOCUMENT + "spreadsheet", Format.SPREADSHEET),
    (_OPEN_DOCUMENT + "presentation", Format.PRESENTATION),
    ("application/epub+zip", Format.EBOOK),
)

# Headers of an e-mail message, RFC 5322. Danish minutes can begin with "Fra:" and "Til:", not with these.
_MAIL_HEADER = re.compile(
    r"(From|To|Cc|Subject|Date|Sender|Reply-To|Message-ID|MIME-Version|Received|Return-Path|Delivered-To"
    r"|Content-[A-Za-z-]{1,40}|X-[A-Za-z0-9-]{1,60}|[A-Z][A-Za-z]{1,30}-[A-Za-z-]{1,40}):(?:[ \t]|$)",
    re.IGNORECASE,
)
_FEWEST_HEADERS = 3
_MOST_HEADER_LINES = 200
# What the root of an XML file of an office program begins with
_OFFICE_XML = (
    ("http://schemas.microsoft.com/office/2006/xmlPackage", Format.FLAT_DOCX),
    ("http://schemas.microsoft.com/office/word/2003/wordml", Format.WORD_2003),
    ("application/vnd.oasis.opendocument.text", Format.FLAT_ODT),
)
_ROOT_WITHIN = 10_000
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|main|article)\b", re.IGNORECASE
)
# The end of a paragraph, heading, list item, cell, section or link, or a line break.
_HTML_BLOCK = re.compile(r"</(?:p|h[1-6]|li|td|th|div|section|table|ul|ol|a)>|<br ?/?>", re.IGNORECASE)
_FEWEST_BLOCKS = 3
_JSON = re.compile(r"\{\s*(?:\"|\})|\[\s*(?:\{|\[|\")")
_FEWEST_ROWS = 2


def recognise(data: bytes, name: str = "") -> Format:
    """Return the format of `data`, a file called `name`.

    A file of two formats is the one that it begins with. Raises `DocumentError` if it is a damaged ZIP file.
    """
    pdf = _PDF.search(data[:_PDF_WITHIN])
    if pdf and (not data[: pdf.start()].strip(b" \t\r\n\f\0\xef\xbb\xbf") or b" obj" in data):
        return Format.PDF
    if data.startswith(ZIP_START):
        return zip_format(Package(data))
    if data.startswith(_OLE):
        return _ole_format(data)
    if data.startswith(_IMAGES):
        return Format.IMAGE
    return _text_format(_sample(data), PurePath(name).suffix.casefold())


def zip_format(package: Package) -> Format:
    """Return what a ZIP file is, by the members that its format requires."""
    stated = _stated_format(package)
    if stated is not None:
        return stated
    if "[Content_Types].xml" not in package:
        return Format.ZIP
    folders = {name.partition("/")[0] for name in package.names}
    if "xl" in folders:
        return Format.SPREADSHEET
    if "ppt" in folders:
        return Format.PRESENTATION
    if "word" in folders:
        types = package.read("[Content_Types].xml", most=2**20)
        has_macros = b"macroEnabled" in types or any(
            name.endswith("vbaProject.bin") for name in package.names
        )
        return Format.DOCM if has_macros else Format.DOCX
    return Format.ZIP


def _stated_format(package: Package) -> Format | None:
    """Return the format that a member "mimetype" names, as OpenDocument files and e-books have it."""
    if "mimetype" not in package:
        return None
    mimetype = package.read("mimetype", most=1000).decode("latin-1")
    return next((kind for prefix, kind in _MIMETYPES if mimetype.startswith(prefix)), None)


def _ole_format(data: bytes) -> Format:
    for stream, kind in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return kind
    return Format.DOC


def _sample(data: bytes) -> str:
    """Return the beginning of a text, good enough to recognise markup of ASCII letters."""
    sample = data[:_SAMPLE]
    marked = marked_encoding(sample)
    if marked and marked != "utf-8-sig":
        return sample.decode(marked, "replace")
    if sample[1:2] == b"\0":
        return sample.decode("utf-16-le", "replace")
    return sample.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _text_format(sample: str, suffix: str) -> Format:
    start = sample.lstrip("\ufeff \t\r\n\f")
    if start.startswith("{\\rtf"):
        return Format.RTF
    if start.startswith("<"):
        return _markup_format(start, suffix)
    if _is_mail(start):
        return Format.EML
    if _JSON.match(start) and '":' in start:
        return Format.JSON
    return _named_format(start, suffix)


def _named_format(start: str, suffix: str) -> Format:
    """Return the format of a text that only its name tells from plain text."""
    if suffix in {".htm", ".html"} and len(_HTML_BLOCK.findall(start)) >= _FEWEST_BLOCKS:
        return Format.HTML
    if suffix in {".csv", ".tsv"} and _is_table(start):
        return Format.CSV
    return Format.TEXT


def _markup_format(start: str, suffix: str) -> Format:
    """Return the format of a text that begins with "<": markup, or plain text in which some tags are left."""
    body = re.sub(r"\A(?:\s*<!--[^>]{0,2000}-->)+\s*", "", start[:10_000])
    if _HTML.match(body) or re.match(r"<\?xml[^>]{0,200}>\s*(?:<!doctype html|<html)", body, re.IGNORECASE):
        return Format.HTML
    root = start[:_ROOT_WITHIN]
    for sign, kind in _OFFICE_XML if "<pkg:" in root or ":wordDocument" in root or "<office:" in root else ():
        if sign in root:
            return kind
    is_declared = body.startswith("<?xml") or suffix == ".xml"
    if not is_declared and len(_HTML_BLOCK.findall(start)) >= _FEWEST_BLOCKS:
        return Format.HTML
    return Format.XML if is_declared else Format.TEXT


def _is_mail(start: str) -> bool:
    """Return True if the text begins with the headers of a message."""
    names: set[str] = set()
    for line in start.splitlines()[:_MOST_HEADER_LINES]:
        header = _MAIL_HEADER.match(line)
        if header:
            names.add(header[1].casefold())
        elif not (names and line.startswith((" ", "\t")) and line.strip()):
            break
    return len(names) >= _FEWEST_HEADERS


def _is_table(start: str) -> bool:
    rows = [line for line in start.splitlines()[:20] if line.strip()]
    return len(rows) >= _FEWEST_ROWS and any(
        all(delimiter in row for row in rows) for delimiter in (";", ",", "\t")
    )
