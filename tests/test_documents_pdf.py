"""PDF → text and blocks: reading order, wrapped lines, columns, tables, heads of pages, files that cannot be read."""

import io
from collections.abc import Callable

import pytest
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from minutes.documents import DocumentError, SourceDocument, convert
from minutes.documents import pdf as pdf_files
from minutes.documents.source import ScannedDocument

WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP = 60, 535, 100
LEADING = 13
SENTENCES = (
    "Forvaltningen har undersøgt tre placeringer af den nye legeplads ved Åvej og anbefaler den nordlige, som ligger "
    "tættest på skolen og har gode adgangsforhold for gående og cyklister fra hele oplandet."
)


class Page:
    """Draws lines on a page; places are points from the top left."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.y = TOP

    def at(self, x: float, y: float, text: str, font: str = "Helvetica", size: float = 10) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, HEIGHT - y, text)

    def line(self, text: str, *, x: float = LEFT, bold: bool = False, size: float = 10) -> None:
        self.at(x, self.y, text, "Helvetica-Bold" if bold else "Helvetica", size)
        self.y += LEADING

    def gap(self) -> None:
        self.y += LEADING

    def wrapped(self, text: str, *, x: float = LEFT, right: float = RIGHT) -> None:
        """Draw a paragraph, with as many words on each line as there is space for."""
        line = ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if self.canvas.stringWidth(longer, "Helvetica", 10) > right - x:
                self.line(line, x=x)
                longer = word
            line = longer
        self.line(line, x=x)


def pdf(*pages: Callable[[Page], None], **options: object) -> bytes:
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=A4, invariant=True, **options)
    for draw in pages:
        draw(Page(canvas))
        canvas.showPage()
    canvas.save()
    return output.getvalue()


def read(*pages: Callable[[Page], None]) -> SourceDocument:
    return pdf_files.convert(pdf(*pages))


def lines_of(document: SourceDocument) -> list[str]:
    return document.text.rstrip("\n").split("\n")


def texts(document: SourceDocument, kind: str) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind == kind]


def body(page: Page, text: str = SENTENCES) -> None:
    page.y = 200
    page.wrapped(text)


def numbered_pages(draw: Callable[[Page, int], None], count: int = 3) -> list[Callable[[Page], None]]:
    """Return functions that draw pages by their numbers."""
    return [lambda page, number=number: draw(page, number) for number in range(1, count + 1)]


def test_wrapped_lines_are_one_paragraph() -> None:
    def page(page: Page) -> None:
        page.line("Sagsfremstilling", bold=True)
        page.wrapped(SENTENCES)
        page.gap()
        page.wrapped(SENTENCES)

    assert lines_of(read(page)) == ["Sagsfremstilling", SENTENCES, "", SENTENCES]


def test_short_lines_are_not_joined() -> None:
    roster = ["Anna Holm (A), formand", "Bo Dam (V)", "Carla Juul (F)", "Dan Bro (C)"]

    def page(page: Page) -> None:
        page.line("Til stede", bold=True)
        for name in roster:
            page.line(name)
        page.gap()
        page.wrapped(SENTENCES)

    assert lines_of(read(page)) == ["Til stede", *roster, "", SENTENCES]


def test_list_items_begin_lines_of_their_own() -> None:
    items = ["1. at " + SENTENCES, "2. at punktet udsættes.", "• " + SENTENCES]

    def page(page: Page) -> None:
        for item in items:
            page.wrapped(item)

    document = read(page)
    assert lines_of(document) == items
    assert [(block.kind, block.number) for block in document.blocks] == [
        ("list", "1."),
        ("list", "2."),
        ("list", None),
    ]


def test_number_of_a_list_behind_a_tab_is_on_the_line_of_its_text() -> None:
    def page(page: Page) -> None:
        page.at(LEFT, 100, "12.")
        page.at(LEFT + 40, 100, "Legeplads ved Åvej", "Helvetica-Bold")
        body(page)

    assert lines_of(read(page))[0] == "12. Legeplads ved Åvej"


def test_a_date_over_two_lines_is_no_list() -> None:
    start = "Udvalget behandler sagen igen på sit næste ordinære møde, som er berammet til onsdag den"

    def page(page: Page) -> None:
        page.line(start)
        page.line("4. maj, når høringen er slut.")
        page.wrapped(SENTENCES, right=LEFT + 390)

    assert lines_of(read(page))[0] == f"{start} 4. maj, når høringen er slut."


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("… blev behandlet i Økonomi-", "udvalget den 4. maj.", "Økonomiudvalget den"),
        ("… blev behandlet i Børne-", "og Skoleudvalget.", "Børne- og Skoleudvalget"),
        ("… en del af vores ikke-", "planlagte opgaver.", "ikke-planlagte opgaver"),
        ("… efter ønske fra IT-", "afdelingen.", "IT-afdelingen"),
        ("… vejen mellem Nord-", "Syd og Øst.", "Nord-Syd"),
    ],
)
def test_hyphens_at_the_ends_of_lines(first: str, second: str, whole: str) -> None:
    def page(page: Page) -> None:
        words = SENTENCES.split()
        while page.canvas.stringWidth(" ".join([*words, first]), "Helvetica", 10) > RIGHT - LEFT:
            words.pop()
        page.line(" ".join([*words, first]))
        page.line(second)
        page.gap()
        page.wrapped(f"{SENTENCES} {SENTENCES} {SENTENCES}")

    assert whole in read(page).text


def test_a_paragraph_goes_on_over_pages_and_their_heads() -> None:
    words = SENTENCES.split()
    count = 17  # as many as a line has space for

    def first(page: Page) -> None:
        page.at(LEFT, 40, "Teknisk Udvalg, den 4. maj 2020")
        page.at(RIGHT, 40, "Side 1")
        page.y = 700
        page.line(" ".join(words[:count]))

    def later(number: int) -> Callable[[Page], None]:
        def draw(page: Page) -> None:
            page.at(LEFT, 40, "Teknisk Udvalg, den 4. maj 2020")
            page.at(RIGHT, 40, f"Side {number}")
            page.y = 100
            page.wrapped(" ".join(words[count:]) if number == 2 else "Godkendt.")

        return draw

    document = read(first, later(2), later(3))
    assert SENTENCES in lines_of(document)
    assert texts(document, "furniture") == ["Teknisk Udvalg, den 4. maj 2020"]
    assert document.text.count("Teknisk Udvalg") == 1
    assert "Side" not in document.text
    assert document.pages == 3
    assert document.notes == ("6 gentagne sidehoveder, sidefødder og sidetal er udeladt af teksten.",)


def test_headings_at_the_top_of_pages_stay() -> None:
    def page(page: Page, number: int) -> None:
        page.at(LEFT, 40, "Byrådet")
        page.y = 100
        page.line("Beslutning", bold=True)
        page.line(f"Forslag {number * number} blev godkendt.")
        page.y = 400
        page.line("Beslutning", bold=True)
        page.line("Godkendt.")

    text = read(*numbered_pages(page)).text
    assert text.count("Beslutning") == 6
    assert text.count("Byrådet") == 1


@pytest.mark.parametrize("sign", ["Lukket dagsorden", "Fortroligt", "Ikke-offentlige punkter"])
def test_heads_that_may_close_items_stay_on_every_page(sign: str) -> None:
    def page(page: Page, number: int) -> None:
        page.at(LEFT, 40, sign)
        body(page, f"{number}. {SENTENCES}")

    assert read(*numbered_pages(page)).text.count(sign) == 3


def test_two_columns_are_read_one_after_the_other() -> None:
    text = f"{SENTENCES} {SENTENCES}"
    other = text.replace("Forvaltningen", "Administrationen")

    def page(page: Page) -> None:
        page.line("Sagsfremstilling", bold=True)
        top = page.y
        page.wrapped(text, right=280)
        page.y = top
        page.wrapped(other, x=310)

    assert lines_of(read(page)) == ["Sagsfremstilling", text, "", other]


NARROW = 285


def column(*paragraphs: str, gaps: bool = True) -> list[str]:
    """Return the lines read of paragraphs in the left one of two columns, under a head over both."""

    def page(page: Page) -> None:
        page.at(400, 40, "Teknisk Udvalg, 4. maj 2021", size=8)
        for text in paragraphs:
            page.wrapped(text, right=NARROW)
            page.y += LEADING * gaps
        page.gap()
        page.wrapped(SENTENCES, right=NARROW)
        page.y = TOP
        page.wrapped(SENTENCES, x=310)

    return [line for line in lines_of(read(page)) if line][1:]


@pytest.mark.parametrize(
    "text",
    [
        "Beslutning i Teknisk Udvalg og Havneudvalget den 12-11-2020",
        "Medlemmer: Anders Lei, Kurt Anker Riis, Mads, Eva Underbjerg, Tom Juul",
        "Ad 2: Forslaget anbefales godkendt. Susanne Askholt-Mariager (O) tager forbehold.",
        "3. Lokalplan 05-B-31.02 for boligerne ved Hedegårdsvej, endelig vedtagelse",
        "Sagen behandles igen på udvalgsmødet nr. 14 Der er ingen tidsfrist.",
        "For stemte Venstre, Radikale og et medlem (Eva Underbjerg Kongsgaard).",
        "BESLUTNING FRA UDVALGET FOR BØRN OG KULTURUDVALGET",
        "Sagsnr.: 360-2020-10017 Dokumentnummer: 360-2020-500 Åbent",
        "Teknisk Udvalg behandler forslaget igen den 29. marts 2023 på rådhuset.",
        "Ældrerådet foreslår, at kommunen er vært for Seniordagen.",
        "1 Referat Sted: Rådhuset, lokale 14 Deltagere: Anders Lei, Kurt Anker Riis Afbud: Tom Juul Referent: "
        "Eva Dam 1. Godkendelse af dagsorden 2. Eventuelt Sagsfremstilling: Den hidtidige formand er flyttet.",
    ],
)
def test_paragraphs_in_narrow_columns_are_whole(text: str) -> None:
    assert column(text)[0] == text


@pytest.mark.parametrize(
    "lines",
    [
        ["Teknik- og Miljøudvalget den 25. februar 2019", "Økonomiudvalget den 4. marts 2019"],
        ["Orienteringen handler om støj fra ringvejen", "stoejkort_over_ringvejen_og_havnen_2014.pdf"],
        ["Ressourcemodel for skolerne i skoleåret", "2019-058812"],
        ["åbent 4 Midtvejsstatus for plejehjemsplanen", "åbent 5 Likviditetsoversigt"],
        ["Beslutning i Økonomiudvalget den 14-09-2015:", "Anbefales"],
        ["Udsat, da skitsen til udsmykningen mangler.", "Punkt 40 Temadrøftelse"],
        ["Udsat, da skitsen til udsmykningen mangler.", "114Spørgsmål"],
        ["Marianne Dalgaard-Hvidtved (C) deltog", "Steen Aggerholm-Fjord (A) deltog"],
        ["Førtidspension og Seniorpension i alt 4.133", "Sygedagpenge 1.243"],
        ["Lukket: Udbud af vintervedligeholdelse", "Sagsnr. 05.01.02-Ø54-1-21"],
    ],
)
def test_lines_of_their_own_in_narrow_columns_are_not_joined(lines: list[str]) -> None:
    assert column(*lines, gaps=False)[:2] == lines


def test_a_title_ends_where_the_next_number_is() -> None:
    lines = column("575 Budget", "576 Garanti for lån til Kirkebjerg Vandværk", "577 Takster", gaps=False)
    assert lines[:3] == ["575 Budget", "576 Garanti for lån til Kirkebjerg Vandværk", "577 Takster"]


def test_a_number_of_the_only_page_is_furniture_with_the_text_beside_it() -> None:
    def page(page: Page) -> None:
        page.at(LEFT, 40, "Teknisk Udvalg, 4. maj 2021", size=8)
        page.at(480, 40, "Side 1", size=8)
        body(page)

    document = read(page)
    assert lines_of(document) == ["Teknisk Udvalg, 4. maj 2021", "", SENTENCES]
    assert texts(document, "furniture") == ["Teknisk Udvalg, 4. maj 2021"]


def test_rows_of_a_table_are_lines_with_tabs() -> None:
    rows = [("Mødedato", "Tirsdag den 4. maj 2020 kl. 16"), ("Mødested", "Rådhuset, lokale 2")]

    def page(page: Page) -> None:
        for label, value in rows:
            page.at(LEFT, page.y, label)
            page.at(LEFT + 120, page.y, value)
            page.y += LEADING
        page.gap()
        page.wrapped(SENTENCES)

    document = read(page)
    assert lines_of(document)[:2] == ["\t".join(row) for row in rows]
    cells = [(block.row, block.column) for block in document.blocks if block.kind == "cell"]
    assert cells == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_cells_of_several_lines_are_read_whole() -> None:
    def page(page: Page) -> None:
        body(page)
        for x, y, text in (
            (LEFT, 300, "Udvidelse af legepladsen"),
            (LEFT, 313, "ved Åvej og Søvej"),
            (LEFT + 250, 300, "250.000 kr."),
            (LEFT, 330, "Nyt hegn"),
            (LEFT + 250, 330, "12.000 kr."),
        ):
            page.at(x, y, text)

    assert lines_of(read(page))[-2:] == [
        "Udvidelse af legepladsen ved Åvej og Søvej\t250.000 kr.",
        "Nyt hegn\t12.000 kr.",
    ]


def test_lines_of_the_last_cell_are_joined_where_they_go_on_in_small_letters() -> None:
    def page(page: Page) -> None:
        body(page)
        for x, y, text in (
            (LEFT, 300, "Anna Holm (A)"),
            (LEFT + 150, 300, "Gik kl. 17.30 efter"),
            (LEFT + 150, 313, "behandlingen af punkt 2"),
            (LEFT, 330, "Til stede"),
            (LEFT + 150, 330, "Bo Dam (V)"),
            (LEFT + 150, 343, "Carla Juul (F)"),
        ):
            page.at(x, y, text)

    assert lines_of(read(page))[-3:] == [
        "Anna Holm (A)\tGik kl. 17.30 efter behandlingen af punkt 2",
        "Til stede\tBo Dam (V)",
        "Carla Juul (F)",
    ]


def test_headings_have_levels_by_size_and_weight() -> None:
    def page(page: Page) -> None:
        page.line("Referat", size=18)
        page.gap()
        page.line("1. Legeplads ved Åvej", bold=True, size=12)
        page.gap()
        page.line("Beslutning", bold=True)
        page.wrapped(SENTENCES)

    document = read(page)
    headings = [
        (block.level, block.number, block.bold, block.size)
        for block in document.blocks
        if block.kind == "heading"
    ]
    assert headings == [(1, None, False, 18.0), (2, "1.", True, 12.0), (3, None, True, 10.0)]


def test_blocks_are_the_text() -> None:
    def page(page: Page) -> None:
        page.line("Beslutning", bold=True)
        page.wrapped(SENTENCES)

    document = read(page, lambda page: page.line("Godkendt."))
    assert "".join(
        document.text[block.start : block.end] for block in document.blocks
    ) == document.text.replace("\n", "")
    assert [block.page for block in document.blocks] == [1, 1, 2]


def test_pages_on_their_side_are_read_upright() -> None:
    def page(page: Page) -> None:
        page.canvas.translate(WIDTH, 0)
        page.canvas.rotate(90)
        page.canvas.drawString(100, 300, "Godkendt af udvalget")
        page.canvas.drawString(100, 280, "den 4. maj 2020")

    assert lines_of(read(page)) == ["Godkendt af udvalget", "den 4. maj 2020"]


def test_a_slanted_watermark_is_furniture() -> None:
    def page(page: Page) -> None:
        body(page)
        page.canvas.rotate(45)
        page.canvas.drawString(400, 100, "UDKAST")

    document = read(page)
    assert texts(document, "furniture") == ["UDKAST"]
    assert SENTENCES in lines_of(document)


def test_links_are_kept() -> None:
    def page(page: Page) -> None:
        page.line("Bilag 1")
        page.canvas.linkURL(
            "https://byen.example/bilag.pdf", (LEFT, HEIGHT - TOP - 3, LEFT + 100, HEIGHT - TOP + 10)
        )

    assert [block.href for block in read(page).blocks] == ["https://byen.example/bilag.pdf"]


def scan(page: Page) -> None:
    page.canvas.drawInlineImage(_picture(), 0, 0, WIDTH, HEIGHT)


def _picture() -> object:
    image = pytest.importorskip("PIL.Image")
    return image.new("RGB", (20, 30), "white")


def test_a_scan_is_recognised() -> None:
    with pytest.raises(ScannedDocument, match="ingen tekst"):
        read(scan, scan)


def test_pages_that_are_pictures_are_named() -> None:
    assert read(body, scan).notes == ("Side 2 er et billede uden tekst.",)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (pdf(body, encrypt=pdfencrypt.StandardEncryption("hemmelig")), "adgangskode"),
        (b"%PDF-1.7\n%%EOF", "beskadiget"),
        (pdf(body)[:200], "beskadiget"),
        (pdf(lambda page: None), "ingen tekst"),
    ],
)
def test_files_that_cannot_be_read_say_why(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        convert(data, "referat.pdf")


def test_files_of_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minutes.documents.pdf.MOST_PAGES", 2)
    with pytest.raises(DocumentError, match="på 3 sider"):
        read(body, body, body)


def test_files_without_a_password_to_open_them_are_read() -> None:
    data = pdf(body, encrypt=pdfencrypt.StandardEncryption("", ownerPassword="kun-udskrift", canCopy=0))
    assert SENTENCES in convert(data, "referat.pdf").text
