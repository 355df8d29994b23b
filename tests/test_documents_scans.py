"""Scans: recognised with Tesseract where it is installed, else refused with the reason."""

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from minutes.documents import scans, tesseract
from minutes.documents.source import DocumentError, ScannedDocument
from minutes.documents.tesseract import RecognisedPage, RecognisedWord
from minutes.importer import files
from minutes.reader import UnreadableDocument
from minutes.vocabulary import Grade

LINES = [
    "Referat af møde i Teknisk Udvalg",
    "tirsdag den 4. maj 2021 kl. 16.00",
    "1. Cykelsti langs Mosevej",
    "Beslutning",
    "Godkendt med 4 stemmer for og 1 imod.",
]
needs_tesseract = pytest.mark.skipif(
    not tesseract.is_installed(), reason="needs Tesseract with Danish (tesseract-ocr, tesseract-ocr-dan)"
)


def picture(lines=LINES):
    """Return a page with these lines as pixels, 200 to an inch."""
    image_module, draw = pytest.importorskip("PIL.Image"), pytest.importorskip("PIL.ImageDraw")
    fonts = pytest.importorskip("PIL.ImageFont")
    image = image_module.new("L", (1654, 2339), 255)
    for index, line in enumerate(lines):
        place = (200, 250 + 70 * index)
        draw.Draw(image).text(place, line, fill=0, font=fonts.load_default(size=34))
    return image


def scan(pages=1, lines=LINES):
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=A4, invariant=True)
    for _ in range(pages):
        canvas.drawImage(ImageReader(picture(lines)), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return output.getvalue()


def words(lines):
    """Return what Tesseract would print of lines of words."""
    return [
        RecognisedWord(text, 200 + 150 * column, 300 + 60 * row, 120, 30, ("1", "1", str(row)), 90.0)
        for row, line in enumerate(lines)
        for column, text in enumerate(line.split())
    ]


def test_recognised_words_become_lines(monkeypatch):
    monkeypatch.setattr(scans, "recognise", lambda picture, dpi: words(["Godkendt af", "Teknisk Udvalg"]))
    document = scans.convert(scan(lines=[]))
    assert document.text.split("\n")[:2] == ["Godkendt af", "Teknisk Udvalg"]
    assert document.ocr
    assert document.notes[0].startswith("Teksten er genkendt i billeder")


def test_a_scan_in_which_nothing_is_recognised_is_refused(monkeypatch):
    monkeypatch.setattr(scans, "recognise", lambda picture, dpi: [])
    with pytest.raises(DocumentError, match="ikke genkendt nogen tekst"):
        scans.convert(scan(lines=[]))


def test_a_scan_of_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(scans, "MOST_PAGES", 1)
    with pytest.raises(DocumentError, match="scanning på 2 sider"):
        scans.convert(scan(pages=2))


def test_without_tesseract_a_scan_is_refused_with_what_to_do(monkeypatch):
    monkeypatch.setattr(tesseract, "is_installed", lambda: False)
    with pytest.raises(UnreadableDocument, match=r"Siderne er billeder.*Tesseract med dansk"):
        files.read_file(scan(), "scan.pdf", scans_too=True)


def test_an_upload_does_not_wait_for_recognition(monkeypatch):
    monkeypatch.setattr(tesseract, "is_installed", lambda: True)
    with pytest.raises(UnreadableDocument, match="import_minutes"):
        files.read_file(scan(), "scan.pdf")


def test_the_child_process_reports_a_scan():
    with pytest.raises(ScannedDocument):
        files._converter(files.Limits()).convert(scan(), "scan.pdf")


def test_a_picture_is_recognised_as_a_page(monkeypatch):
    recognised = RecognisedPage(1654, 2339, words(["Godkendt af", "Teknisk Udvalg"]))
    monkeypatch.setattr(scans, "recognise_file", lambda data: [recognised])
    document = scans.convert(b"\x89PNG\r\n\x1a\n")
    assert document.text.split("\n")[:2] == ["Godkendt af", "Teknisk Udvalg"]
    assert document.ocr


def test_an_uploaded_picture_is_refused_with_what_to_do(monkeypatch):
    monkeypatch.setattr(tesseract, "is_installed", lambda: False)
    with pytest.raises(UnreadableDocument, match=r"Filen er et billede\. .*Tesseract"):
        files.read_file(b"\x89PNG\r\n\x1a\n", "referat.png", scans_too=True)


@needs_tesseract
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_pictures_of_pages_are_read(kind):
    output = io.BytesIO()
    picture().save(output, kind)
    document = files.read_file(output.getvalue(), "side", scans_too=True)
    assert (document.committee, document.date) == ("Teknisk Udvalg", "2021-05-04")
    assert document.grade is Grade.DOUBTFUL


@needs_tesseract
def test_a_scan_is_read_and_never_certain():
    document = files.read_file(scan(), "scan.pdf", scans_too=True)
    assert (document.committee, document.date, document.start_time) == (
        "Teknisk Udvalg",
        "2021-05-04",
        "16:00",
    )
    assert [item.title for item in document.items] == ["Cykelsti langs Mosevej"]
    assert document.grade is Grade.DOUBTFUL
    assert "recognised_text" in {doubt.code for doubt in document.doubts}
