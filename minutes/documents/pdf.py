"""PDF → `SourceDocument`, by PDFium (pypdfium2).

Running heads, feet and page numbers are taken out of the text. What they say is in it once, as blocks of
furniture: heads at the top of the first page that has them, feet below the text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

import pypdfium2 as pdfium
from pypdfium2 import raw

from minutes.documents.heads import BEGINNING, CLOSED, without_page_number, words_of
from minutes.documents.pdf_furniture import PageLines, letters, take_out_furniture
from minutes.documents.pdf_hyphens import Hyphens
from minutes.documents.pdf_lines import Line, build_rows, read_lines
from minutes.documents.pdf_measures import measure
from minutes.documents.pdf_paragraphs import paragraphs
from minutes.documents.pdf_text import HeadingLevels, TextWriter
from minutes.documents.pdf_words import PageWords, Word, read_page
from minutes.documents.source import DocumentError, ScannedDocument, SourceDocument

MOST_PAGES = 2_000
MOST_CHARACTERS = 10_000_000
# A page with fewer characters and a picture is taken for a scan.
_FEWEST_CHARACTERS = 20
_MOST_NAMED = 20
_MOST_OBJECTS = 5_000
# Of the characters, without a meaning that the file says
_MOST_UNKNOWN = 0.2

_PROTECTED = (
    "Filen er en PDF, der er beskyttet med adgangskode. "
    "Åbn den med adgangskoden, gem den uden beskyttelse, og indlæs den."
)
_DAMAGED = (
    "Filen er en PDF, der er beskadiget, så den ikke kan åbnes. Gem eller hent den på ny, og prøv igen."
)
_EMPTY = "Filen er en PDF uden sider."
_TOO_MANY_PAGES = "Filen er en PDF på %s sider. Der kan højst læses %s. Del den op i et referat pr. fil."
_TOO_LONG = "Filen er en PDF med over %s tegn. Del den op i et referat pr. fil."
_NO_TEXT = "Der er ingen tekst i PDF-filen: Siderne er billeder, for eksempel en scanning."
_UNKNOWN_LETTERS = (
    "Teksten i PDF-filen kan ikke læses: Skrifttyperne siger ikke, hvilke bogstaver de viser. "
    "Gem referatet som PDF på ny fra det program, det er skrevet i."
)


def convert(data: bytes) -> SourceDocument:
    """Return the text of a PDF in reading order, with a block for each paragraph and cell.

    Raises `ScannedDocument` for one without text, `DocumentError` for one that is protected, damaged or
    too long.
    """
    document = open_document(data)
    try:
        contents = _read_pages(document)
    finally:
        document.close()
    _refuse_unread(contents)
    written = write(contents.pages, contents.slanted)
    notes = (*written.notes, *_notes(contents))
    return replace(written, notes=notes, ocr=2 * contents.hidden > len(contents.pages))


@dataclass(slots=True)
class _Contents:
    """Lines of pages, slanted text, numbers of pages that are pictures, how many pages have hidden text."""

    pages: list[PageLines] = field(default_factory=list)
    slanted: list[str] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    hidden: int = 0


def open_document(data: bytes) -> pdfium.PdfDocument:
    """Return the file as PDFium's document, which the caller closes. Raises `DocumentError`."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        protected = error.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
        raise DocumentError(_PROTECTED if protected else _DAMAGED) from error
    count = len(document)
    if not 0 < count <= MOST_PAGES:
        document.close()
        raise DocumentError(_TOO_MANY_PAGES % (_figure(count), _figure(MOST_PAGES)) if count else _EMPTY)
    return document


def _read_pages(document: pdfium.PdfDocument) -> _Contents:
    contents = _Contents()
    slanted: dict[str, None] = {}
    characters = 0
    for index in range(len(document)):
        try:
            page = document[index]
        except pdfium.PdfiumError as error:
            raise DocumentError(_DAMAGED) from error
        words = read_page(page)
        characters += sum(len(word.text) for word in words.words)
        if characters > MOST_CHARACTERS:
            raise DocumentError(_TOO_LONG % _figure(MOST_CHARACTERS))
        if is_picture(page, words):
            contents.pictures.append(index + 1)
        contents.hidden += words.hidden
        page.close()
        if words.slanted:
            slanted[" ".join(words.slanted)] = None
        contents.pages.append(PageLines(read_lines(words.words), words.width, words.height))
    contents.slanted = list(slanted)
    return contents


def is_picture(page: pdfium.PdfPage, words: PageWords) -> bool:
    """Return True for a page with a picture and hardly any text."""
    return sum(len(word.text) for word in words.words) < _FEWEST_CHARACTERS and _has_picture(page)


def _has_picture(page: pdfium.PdfPage) -> bool:
    objects = islice(page.get_objects(max_depth=3), _MOST_OBJECTS)
    return any(drawn.type == raw.FPDF_PAGEOBJ_IMAGE for drawn in objects)


def _refuse_unread(contents: _Contents) -> None:
    """Raise `DocumentError` for pages without text, or whose characters have no known meaning."""
    words = [word.text for page in contents.pages for line in page.lines for word in line.words]
    length = sum(map(len, words))
    if not length or 2 * len(contents.pictures) > len(contents.pages):
        raise ScannedDocument(_NO_TEXT)
    if has_unknown_letters(words):
        raise ScannedDocument(_UNKNOWN_LETTERS)


def has_unknown_letters(words: Sequence[str]) -> bool:
    """Return True if the file does not say what many of its letters are, only how they look."""
    unknown = sum(
        character == "\ufffd" or "\ue000" <= character <= "\uf8ff" or character < " "
        for word in words
        for character in word
    )
    return unknown > _MOST_UNKNOWN * sum(map(len, words))


def write(pages: Sequence[PageLines], slanted: Sequence[str] = ()) -> SourceDocument:
    """Return the text of pages, without their running heads, feet and page numbers."""
    take_out_furniture(pages)
    rows = [row for number, page in enumerate(pages) for row in build_rows(page.lines, number)]
    heads, feet = _kept_furniture(pages)
    heads[0][:0] = [Line([Word(text, 0, 0, 0, 1)]) for text in slanted]
    measures = measure(rows, [page.width for page in pages])
    hyphens = Hyphens([line.text for row in rows for cell in row.cells for line in cell])
    writer = TextWriter(measures, hyphens, HeadingLevels(rows, measures))
    written = 0
    for paragraph in paragraphs(rows, measures):
        while written <= paragraph.rows[0].page:
            writer.write_furniture(heads[written], written)
            written += 1
        writer.write(paragraph)
    for number in range(written, len(pages)):
        writer.write_furniture(heads[number], number)
    writer.write_furniture(feet, len(pages) - 1)
    return SourceDocument(
        text=writer.text + "\n",
        blocks=tuple(writer.blocks),
        format="pdf",
        pages=len(pages),
        notes=tuple(_note_of_furniture(pages)),
    )


def _kept_furniture(pages: Sequence[PageLines]) -> tuple[list[list[Line]], list[Line]]:
    """Return, by page, the heads that say something for the first time, and all such feet."""
    heads: list[list[Line]] = [[] for _ in pages]
    feet: list[Line] = []
    known: set[str] = set()
    words = words_of(line.text for line in pages[0].lines[:BEGINNING])
    for number, page in enumerate(pages):
        for places, lines in ((heads[number], page.heads), (feet, page.feet)):
            for line in lines:
                says = letters(line.text)
                printed = words_of([without_page_number(line.text)])
                if says in known or (printed <= words and not CLOSED.search(line.text)):
                    continue
                known.add(says)
                words |= printed
                places.append(line)
    return heads, feet


def _note_of_furniture(pages: Sequence[PageLines]) -> Iterable[str]:
    count = sum(len(page.heads) + len(page.feet) for page in pages)
    if count > len(pages[0].heads) + len(pages[0].feet):
        yield f"{_figure(count)} gentagne sidehoveder, sidefødder og sidetal er udeladt af teksten."


def _notes(contents: _Contents) -> Iterable[str]:
    if contents.pictures:
        which = ", ".join(map(str, contents.pictures[:_MOST_NAMED]))
        are = "er et billede" if len(contents.pictures) == 1 else "er billeder"
        yield f"Side {which} {are} uden tekst."
    if 2 * contents.hidden > len(contents.pages):
        yield "Siderne er billeder, og deres tekst er genkendt af et andet program (OCR). Den kan have fejl."


def _figure(number: int) -> str:
    return f"{number:,}".replace(",", ".")
