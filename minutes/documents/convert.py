"""Any file → `SourceDocument`."""

import codecs
from collections.abc import Callable, Mapping

from minutes.documents import pdf, word
from minutes.documents.kinds import Format, recognise
from minutes.documents.refusals import refuse
from minutes.documents.source import DocumentError, SourceDocument

Converter = Callable[[bytes], SourceDocument]

CONVERTERS: Mapping[Format, Converter] = {Format.DOCX: word.convert, Format.PDF: pdf.convert}


def plain_text(data: bytes) -> str:
    """Return the text of `data`, which is Unicode or Windows-1252."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def convert(data: bytes, name: str = "", *, decode: Callable[[bytes], str] = plain_text) -> SourceDocument:
    """Return the text and structure of a file called `name`.

    Plain text, and what is of no known format, is decoded by `decode`, which may refuse it. Raises
    `DocumentError` for a file that cannot be read, and for one without text.
    """
    kind = recognise(data, name)
    refuse(kind)
    converter = CONVERTERS.get(kind)
    if converter is None:
        return SourceDocument(text=decode(data))
    document = converter(data)
    if not document.text.strip() and not document.attachments:
        raise DocumentError("Der er ingen tekst i filen.")
    return document
