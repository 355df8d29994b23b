"""PDF → `SourceDocument`, by PDFium (pypdfium2).

Running heads, feet and page numbers are taken out of the text. What they say is kept once, as blocks of
furniture: heads at the top of the first page that has them, feet below the text.
"""

from collections.abc import Iterable, Sequence

import pypdfium2 as pdfium
from pypdfium2 import raw

from minutes.documents.pdf_furniture import PageLines, is_page_number, letters, take_out_furniture
from minutes.documents.pdf_hyphens import Hyphens
from minutes.documents.pdf_lines import Line, build_rows, read_lines
from minutes.documents.pdf_measures import measure
from minutes.documents.pdf_paragraphs import paragraphs
from minutes.documents.pdf_text import HeadingLevels, TextWriter
from minutes.documents.pdf_words import Word, read_page
from minutes.documents.source import DocumentError, SourceDocument

MOST_PAGES = 2_000
MOST_CHARACTERS = 10_000_000
# A page with fewer characters and a picture is taken for a scan.
_FEWEST_CHARACTERS = 20
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
    "Teksten i PDF-filen kan ikke læses: Skrifttyperne siger ikke, hvilke bogstaver der er trykt. "
    "Gem referatet som PDF på ny fra det program, det er skrevet i."
)


class ScannedDocument(DocumentError):
    """Raised for a PDF without text, which only character recognition can read."""


def convert(data: bytes) -> SourceDocument:
    """Return the text of a PDF in reading order, with a block for each paragraph and cell.

    Raises `ScannedDocument` for one without text, `DocumentError` for one that is protected, damaged or
    too long.
    """
    document = _open(data)
    try:
        pages, slanted, pictures = _read_pages(document)
    finally:
        document.close()
    _refuse_unread(pages)
    take_out_furniture(pages)
    return _write(pages, slanted, pictures)


def _open(data: bytes) -> pdfium.PdfDocument:
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


def _read_pages(document: pdfium.PdfDocument) -> tuple[list[PageLines], list[str], list[int]]:
    """Return the lines of every page, slanted text, and the numbers of pages that are pictures."""
    pages: list[PageLines] = []
    slanted: dict[str, None] = {}
    pictures: list[int] = []
    characters = 0
    for index in range(len(document)):
        try:
            page = document[index]
        except pdfium.PdfiumError as error:
            raise DocumentError(_DAMAGED) from error
        words = read_page(page)
        length = sum(len(word.text) for word in words.words)
        characters += length
        if characters > MOST_CHARACTERS:
            raise DocumentError(_TOO_LONG % _figure(MOST_CHARACTERS))
        if length < _FEWEST_CHARACTERS and _has_picture(page):
            pictures.append(index + 1)
        page.close()
        if words.slanted:
            slanted[" ".join(words.slanted)] = None
        pages.append(PageLines(read_lines(words.words), words.width, words.height))
    return pages, list(slanted), pictures


def _has_picture(page: pdfium.PdfPage) -> bool:
    return next(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3), None) is not None


def _refuse_unread(pages: Sequence[PageLines]) -> None:
    """Raise `DocumentError` for pages without text, or whose characters have no known meaning."""
    words = [word.text for page in pages for line in page.lines for word in line.words]
    length = sum(map(len, words))
    if not length:
        raise ScannedDocument(_NO_TEXT)
    unknown = sum(
        character == "\ufffd" or "\ue000" <= character <= "\uf8ff" or character < " "
        for word in words
        for character in word
    )
    if unknown > _MOST_UNKNOWN * length:
        raise ScannedDocument(_UNKNOWN_LETTERS)


def _write(pages: Sequence[PageLines], slanted: Sequence[str], pictures: Sequence[int]) -> SourceDocument:
    rows = [row for number, page in enumerate(pages) for row in build_rows(page.lines, number)]
    heads, feet = _kept_furniture(pages)
    heads[0][:0] = [Line([Word(text, 0, 0, 0, 1)]) for text in slanted]
    measures = measure(rows, [page.width for page in pages])
    hyphens = Hyphens([line.text for row in rows for cell in row.cells for line in cell])
    writer = TextWriter(measures, hyphens, HeadingLevels(rows))
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
        notes=tuple(_notes(pages, pictures)),
    )


def _kept_furniture(pages: Sequence[PageLines]) -> tuple[list[list[Line]], list[Line]]:
    """Return, by page, the heads that say something for the first time, and all such feet."""
    heads: list[list[Line]] = [[] for _ in pages]
    feet: list[Line] = []
    known: set[str] = set()
    words = {word for line in pages[0].lines for word in letters(line.text).split()}
    for number, page in enumerate(pages):
        for kept, lines in ((heads[number], page.heads), (feet, page.feet)):
            for line in lines:
                says = letters(line.text)
                if says in known or is_page_number(line.text) or (number and words.issuperset(says.split())):
                    continue
                known.add(says)
                words.update(says.split())
                kept.append(line)
    return heads, feet


def _notes(pages: Sequence[PageLines], pictures: Sequence[int]) -> Iterable[str]:
    count = sum(len(page.heads) + len(page.feet) for page in pages)
    if count > len(pages[0].heads) + len(pages[0].feet):
        yield f"{_figure(count)} gentagne sidehoveder, sidefødder og sidetal er udeladt af teksten."
    if pictures:
        which = ", ".join(map(str, pictures[:20]))
        yield (
            f"Side {which} er et billede uden tekst."
            if len(pictures) == 1
            else f"Side {which} er billeder uden tekst."
        )


def _figure(number: int) -> str:
    return f"{number:,}".replace(",", ".")
