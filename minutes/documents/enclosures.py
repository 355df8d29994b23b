"""Reads files that come along with minutes: their text, and what of them the text lacks."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import PurePath, PurePosixPath

import pypdfium2 as pdfium
from pypdfium2 import raw

from minutes.documents import pdf, properties, scans
from minutes.documents.convert import CONVERTERS, convert
from minutes.documents.encodings import plain_text
from minutes.documents.kinds import Format, recognise
from minutes.documents.notes import EMBEDDED, LEFT_OUT
from minutes.documents.packages import Package
from minutes.documents.source import DocumentError, SourceDocument

_READ_WHOLE = frozenset({Format.PDF, Format.DOCX, Format.ODT, Format.RTF})
_MARKED_UP = frozenset({Format.TEXT, Format.XML})
_TEXTS = frozenset({".txt", ".text", ".md", ".csv", ".tsv"})
_NOT_WHOLE = "Filer af denne art kan indeholde mere, end arkivet læser."
_NOT_READ = "Teksten i filer af denne art kan ikke læses."
_NO_TEXT = "Der er ingen tekst i filen."
_PICTURES = "Der er billeder i filen, som kan vise tekst."
_RECOGNISED = "Siderne er billeder, og deres tekst er genkendt af et program (OCR)."
_MORE_IN_PDF = "PDF-filen har kommentarer, felter eller indlejrede filer."
# A picture in a Word or OpenDocument file that is larger is more than a logo.
_SMALL_PICTURE = 100_000
_PICTURE = re.compile(r"(?:word/media|Pictures)/")
_EMBEDDED = re.compile(r"word/embeddings/|Object \d+/content\.xml")
# Heads and feet, of which a converter leaves out those that repeat.
_HEADS = re.compile(r"word/(?:header|footer)\d*\.xml|styles\.xml")
_END_OF_PARAGRAPH = re.compile(r"</(?:w|text):(?:p|h)>")
_TAG = re.compile(r"<[^<>]{0,5000}>")
_LARGEST_HEAD = 2**22
# A page with less text, most of which is a picture, may be a scan.
_LITTLE_TEXT = 300
_MOST_OBJECTS = 2_000
_HARMLESS_ANNOTATIONS = frozenset({raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP})


def convert_enclosure(data: bytes, name: str = "") -> SourceDocument:
    """Return the text of a file called `name`; its notes say what of the file is not in it.

    Raises `ScannedDocument` for a scan, `DocumentError` for others without text, or that cannot be read.
    """
    if PurePath(name).suffix.casefold() in _TEXTS and _is_text(data):
        return SourceDocument(plain_text(data))
    kind = recognise(data, name)
    if kind not in CONVERTERS and (kind not in _MARKED_UP or not _is_text(data)):
        raise DocumentError(_NOT_READ)
    document = convert(data, name)
    if kind not in _READ_WHOLE:
        return replace(document, attachments=(), notes=(_NOT_WHOLE,))
    notes = [note for note in document.notes if note in LEFT_OUT]
    text, about = document.text, ""
    if kind == Format.PDF:
        about, more = _read_pdf(data)
        notes += more
        if document.ocr:
            notes.append(_RECOGNISED)
    elif kind == Format.RTF:
        if b"\\objdata" in data or b"\\pict" in data:
            notes.append(EMBEDDED)
        about = properties.of_rich_text(data)
    else:
        package = Package(data)
        notes += _notes_of_package(package)
        about = properties.of_package(package)
        text = "\n".join([text, *_heads(package)])
    if not text.strip():
        notes.append(_NO_TEXT)
    return replace(
        document,
        text=text,
        attachments=(),
        notes=tuple(dict.fromkeys(notes)),
        properties=about,
    )


def _is_text(data: bytes) -> bool:
    return b"\0" not in data or data.startswith((b"\xff\xfe", b"\xfe\xff"))


def _notes_of_package(package: Package) -> Iterator[str]:
    for name in package.names:
        if _EMBEDDED.match(name):
            yield EMBEDDED
        elif _PICTURE.match(name) and package.size(name) > _SMALL_PICTURE:
            yield _PICTURES


def _heads(package: Package) -> Iterator[str]:
    """Yield the text of the parts of a Word or OpenDocument file that have heads and feet of pages."""
    for name in package.names:
        if _HEADS.fullmatch(str(PurePosixPath(name))):
            markup = package.read(name, most=_LARGEST_HEAD).decode("utf-8", "replace")
            yield html.unescape(_TAG.sub("", _END_OF_PARAGRAPH.sub("\n", markup)))


def _read_pdf(data: bytes) -> tuple[str, list[str]]:
    """Return the properties of a PDF, and what its pages have besides text."""
    document = pdf.open_document(data)
    try:
        return properties.of_pdf(document, data), list(_notes_of_pdf(document))
    finally:
        document.close()


def convert_scan(data: bytes) -> SourceDocument:
    """Return the recognised text of a scan, with its properties. Raises `DocumentError`."""
    document = scans.convert(data)
    about = _read_pdf(data)[0] if recognise(data) is Format.PDF else ""
    return replace(document, properties=about)


def _notes_of_pdf(document: pdfium.PdfDocument) -> Iterator[str]:
    """Yield what the pages have besides text: comments, fields, embedded files, pages that are pictures."""
    if raw.FPDFDoc_GetAttachmentCount(document.raw) or document.get_formtype() != raw.FORMTYPE_NONE:
        yield _MORE_IN_PDF
    for page in document:
        if _has_comments(page):
            yield _MORE_IN_PDF
        if _may_be_scanned(page):
            yield _PICTURES
        page.close()


def _has_comments(page: pdfium.PdfPage) -> bool:
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_OBJECTS)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        subtype = raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
        if subtype not in _HARMLESS_ANNOTATIONS:
            return True
    return False


def _may_be_scanned(page: pdfium.PdfPage) -> bool:
    """Return True for a page with little text of which a picture covers half."""
    text_page = page.get_textpage()
    length = text_page.count_chars()
    text_page.close()
    if length >= _LITTLE_TEXT:
        return False
    left, bottom, right, top = page.get_bbox()
    half = (right - left) * (top - bottom) / 2
    for drawn in islice(page.get_objects(max_depth=3), _MOST_OBJECTS):
        if drawn.type == raw.FPDF_PAGEOBJ_IMAGE:
            x, y, x_end, y_end = drawn.get_bounds()
            if (x_end - x) * (y_end - y) > half:
                return True
    return False
