"""Any file → `SourceDocument`."""

from collections.abc import Callable, Mapping

from minutes.documents import opendocument, pdf, rich_text, web, word
from minutes.documents.encodings import plain_text
from minutes.documents.kinds import Format, recognise
from minutes.documents.refusals import refuse
from minutes.documents.source import DocumentError, SourceDocument

Converter = Callable[[bytes], SourceDocument]

CONVERTERS: Mapping[Format, Converter] = {
    Format.DOCX: word.convert,
    Format.ODT: opendocument.convert,
    Format.RTF: rich_text.convert,
    Format.HTML: web.convert,
    Format.PDF: pdf.convert,
}


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
