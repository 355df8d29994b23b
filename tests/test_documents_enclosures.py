"""Files that come along: their text, what of them is not in it, and to which item they belong."""

import io
import json
import zipfile

import pytest
from reportlab.pdfgen.canvas import Canvas

from minutes.documents import DocumentError, convert
from minutes.documents.archives import open_archive
from minutes.documents.enclosures import convert_enclosure
from minutes.documents.packages import zip_of
from minutes.importer.files import read_path
from tests import odt_files
from tests.word_files import docx, p

NOTE = docx(p("Notat om stien"))
ODT_NOTE = odt_files.odt(odt_files.p("Notat om stien"))


def pdf(*draw: str) -> bytes:
    """Return a PDF of one page of text, with what `draw` names on it."""
    file = io.BytesIO()
    canvas = Canvas(file, pageCompression=0, invariant=True)
    canvas.drawString(72, 700, "Notat om stien")
    if "comment" in draw:
        canvas.textAnnotation("Husk borgerens nummer", Rect=(72, 600, 90, 620))
    if "field" in draw:
        canvas.acroForm.textfield(name="navn", value="Ib Dam", x=72, y=500)
    if "link" in draw:
        canvas.linkURL("https://kommune.dk", (72, 690, 200, 710))
    canvas.save()
    return file.getvalue()


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    """Return a ZIP file with one more member."""
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.docx", NOTE), ("a.pdf", pdf()), ("a.pdf", pdf("link")), ("a.txt", b"Notat om stien")],
)
def test_the_text_of_a_file_is_read_whole(name, data):
    document = convert_enclosure(data, name)
    assert document.text.strip() == "Notat om stien"
    assert document.notes == ()


@pytest.mark.parametrize(
    ("name", "data", "note"),
    [
        ("a.pdf", pdf("comment"), "kommentarer, felter"),
        ("a.pdf", pdf("field"), "kommentarer, felter"),
        ("a.docx", with_member(NOTE, "word/embeddings/ark.xlsx", b"PK"), "indlejret"),
        ("a.docx", with_member(NOTE, "word/media/scan.png", bytes(200_000)), "billeder"),
        ("a.rtf", rb"{\rtf1 Notat om stien{\object{\*\objdata 0105}}}", "indlejret"),
        ("a.html", b"<html><body><p>Notat om stien</p><!-- 010203-1234 --></body></html>", "mere"),
        ("a.bin", b"Notat om stien", "mere"),
    ],
)
def test_what_is_not_in_the_text_is_noted(name, data, note):
    document = convert_enclosure(data, name)
    assert "Notat om stien" in document.text
    assert note in " ".join(document.notes)


def titled_pdf(title: str) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, invariant=True)
    canvas.setTitle(title)
    canvas.drawString(72, 700, "Notat om stien")
    canvas.save()
    return file.getvalue()


_TITLE = b"<dc:title>Ib Dam 010203&#45;1234</dc:title>"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (
            "a.docx",
            with_member(NOTE, "docProps/core.xml", b"<cp:coreProperties>" + _TITLE + b"</cp:coreProperties>"),
        ),
        ("a.odt", with_member(ODT_NOTE, "meta.xml", b"<office:meta>" + _TITLE + b"</office:meta>")),
        ("a.rtf", rb"{\rtf1{\info{\title Ib Dam 010203\'2d1234}{\author Eva}}Notat om stien}"),
        ("a.pdf", titled_pdf("Ib Dam 010203-1234")),
        ("a.pdf", pdf() + b"<x:xmpmeta>" + _TITLE + b"</x:xmpmeta>"),
    ],
)
def test_the_properties_of_a_file_are_beside_its_text(name, data):
    document = convert_enclosure(data, name)
    assert "Ib Dam 010203-1234" in document.properties
    assert document.text.strip() == "Notat om stien"


@pytest.mark.parametrize(("name", "data"), [("a.png", b"\x89PNG\r\n\x1a\n"), ("a.pdf", b"%PDF-1.4 x")])
def test_a_file_without_text_is_refused(name, data):
    with pytest.raises(DocumentError):
        convert_enclosure(data, name)


def meeting(*items: dict[str, object]) -> bytes:
    return json.dumps(
        {
            "Udvalg": {"Navn": "Miljøudvalget"},
            "Moede": {"Navn": "Referat", "Dato": "2024-05-14T16:00:00"},
            "Dagsordenpunkter": [
                {"Punktnummer": f"{number}.", "Navn": "Et punkt", "IsOpen": True, "Felter": [], **item}
                for number, item in enumerate(items, start=1)
            ],
        }
    ).encode()


def attached(**fields: str) -> dict[str, object]:
    return {"Bilag": [fields]}


def parts(data: bytes) -> list[tuple[str, str | None]]:
    return [(part.name, part.item) for part in convert(data, "mappe.zip").attachments]


def test_the_files_beside_a_meeting_from_firstagenda_are_its_attachments():
    data = meeting(attached(Id="4f-1", Navn="Kort"), attached(Id="4f-2", Navn="Notat.docx"))
    files = {"mappe/4F-1.pdf": pdf(), "mappe/Notat.docx": NOTE, "mappe/Andet.txt": b"Andet"}
    assert parts(zip_of({"mappe/moede.json": data, **files})) == [
        ("Kort.pdf", "1"),
        ("Notat.docx", "2"),
        ("Andet.txt", None),
    ]


def test_workers_do_not_split_a_meeting_from_its_attachments(tmp_path):
    data = meeting(attached(Id="1", Navn="Kort"))
    (tmp_path / "a.zip").write_bytes(zip_of({"moede.json": data, "Kort.pdf": pdf()}))
    (tmp_path / "b.zip").write_bytes(zip_of({"moede.json": data, "Andet.pdf": pdf()}))
    assert open_archive(tmp_path / "a.zip") is None
    assert open_archive(tmp_path / "b.zip") is not None


def test_a_name_that_two_attachments_have_identifies_no_file():
    data = meeting(
        attached(Id="1", Navn="Bilag"), attached(Id="2", Navn="Bilag"), attached(Id="3", Navn="Kort")
    )
    files = {"Bilag.pdf": pdf(), "Kort.pdf": pdf("link")}
    assert parts(zip_of({"moede.json": data, **files})) == [("Kort.pdf", "3"), ("Bilag.pdf", None)]


def test_a_folder_with_a_meeting_from_firstagenda_is_read_with_its_attachments(tmp_path):
    (tmp_path / "moede.json").write_bytes(meeting(attached(Id="1", Navn="Kort")))
    alone = read_path(tmp_path / "moede.json")
    (tmp_path / "Kort.pdf").write_bytes(pdf())
    (tmp_path / "Andet møde.docx").write_bytes(NOTE)
    assert parts(read_path(tmp_path / "moede.json")) == [("Kort.pdf", "1")]
    assert alone == (tmp_path / "moede.json").read_bytes()
