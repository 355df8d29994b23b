"""The format of a file is recognised by its content."""

import pytest

from minutes.documents import DocumentError, Format, convert, recognise
from minutes.documents.source import ScannedDocument
from tests.odt_files import fodt, odt
from tests.word_files import docx, flat, p
from tests.zip_files import packed

MINUTES = "Referat af møde i Seniorrådet den 3. maj 2012\n\n1. Budget\n\nBeslutning\n\nGodkendt.\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)

WORD_2003 = b"""<?xml version="1.0"?><?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>"""
OFFICE = "[Content_Types].xml"
FILES = {
    "text": (MINUTES.encode(), "a.txt", Format.TEXT),
    "text called pdf": (MINUTES.encode(), "a.pdf", Format.TEXT),
    "text with tags": (b"<b>Referat</b>\nPunkt 1\n", "a.txt", Format.TEXT),
    "text with senders": (
        ("Fra: Ib Dam\nTil: Alle\nEmne: Referat\n\n" + MINUTES).encode(),
        "a.txt",
        Format.TEXT,
    ),
    "pdf": (b"%PDF-1.7\n1 0 obj\n", "a", Format.PDF),
    "pdf behind headers": (b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n1 0 obj\n", "a", Format.PDF),
    "text about pdf": (MINUTES.encode() + b"%PDF-1.4\n", "a.txt", Format.TEXT),
    "docx": (packed({OFFICE: "<Types/>", "word/document.xml": "<a/>"}), "a.zip", Format.DOCX),
    "docm": (packed({OFFICE: "macroEnabled.main+xml", "word/document.xml": "<a/>"}), "a.docx", Format.DOCM),
    "xlsx": (packed({OFFICE: "<Types/>", "xl/workbook.xml": "<a/>"}), "a.docx", Format.SPREADSHEET),
    "pptx": (packed({OFFICE: "<Types/>", "ppt/presentation.xml": "<a/>"}), "a", Format.PRESENTATION),
    "odt": (packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "a", Format.ODT),
    "ods": (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "a", Format.SPREADSHEET),
    "epub": (packed({"mimetype": "application/epub+zip"}), "a", Format.EBOOK),
    "zip": (packed({"referat.txt": MINUTES}), "a.docx", Format.ZIP),
    "rtf": (b"{\\rtf1\\ansi Referat}", "a.doc", Format.RTF),
    "doc": (OLE + "WordDocument".encode("utf-16-le"), "a.doc", Format.DOC),
    "xls": (OLE + "Workbook".encode("utf-16-le"), "a.doc", Format.SPREADSHEET),
    "msg": (OLE + "__properties_version1.0".encode("utf-16-le"), "a", Format.MSG),
    "docx with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", Format.ENCRYPTED),
    "html": (b"<!DOCTYPE html>\n<html><body><p>Referat</p></body></html>", "a", Format.HTML),
    "html behind a comment": (b"<!-- saved from x --><html><p>Referat</p></html>", "a", Format.HTML),
    "html in UTF-16": ("<html><body><p>Referat</p></body></html>".encode("utf-16"), "a", Format.HTML),
    "xhtml": (b'<?xml version="1.0"?>\n<!DOCTYPE html><html/>', "a", Format.HTML),
    "html fragment": (b"<h2>Punkt 1</h2><p>Budget</p>\n<p>Godkendt</p>", "a", Format.HTML),
    "html fragment behind text": (b"Referat<p>Budget</p>\n<p>1</p><p>2</p>", "a.html", Format.HTML),
    "xml": (b'<?xml version="1.0"?>\n<Agendas/>', "a", Format.XML),
    "json": (b'{"Udvalg": {"Navn": "Byr"}}', "a", Format.JSON),
    "mail": (b"From: a@b.dk\r\nTo: c@d.dk\r\nSubject: x\r\n\r\nHej", "a", Format.EML),
    "saved page": (b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\n", "a", Format.EML),
    "csv": (b"Navn;Parti\nEva;A\nIb;V\n", "a.csv", Format.CSV),
    "picture": (b"\x89PNG\r\n\x1a\n", "a.pdf", Format.IMAGE),
    "fax": (b"II*\x00", "a", Format.IMAGE),
    "flat odt": (fodt("<text:p>Referat</text:p>"), "a.xml", Format.FLAT_ODT),
    "flat docx": (flat(docx(p("Referat"))), "a.xml", Format.FLAT_DOCX),
    "word 2003": (WORD_2003, "a.xml", Format.WORD_2003),
}


@pytest.mark.parametrize("file", FILES)
def test_formats_are_recognised_by_content(file):
    data, name, kind = FILES[file]
    assert recognise(data, name) == kind


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("docm", "med makroer"),
        ("doc", "før 2007"),
        ("xlsx", "et regneark"),
        ("xls", "et regneark"),
        ("csv", "en tabel"),
        ("pptx", "en præsentation"),
        ("docx with a password", "adgangskode"),
        ("word 2003", "Word 2003"),
    ],
)
def test_formats_that_are_not_read_are_refused_with_advice(file, says):
    data, name, _ = FILES[file]
    with pytest.raises(DocumentError, match=f"Filen er .*{says}.* indlæs"):
        convert(data, name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text_is_decoded(encoding):
    document = convert(MINUTES.encode(encoding), "a.txt")
    assert (document.text, document.format, document.blocks) == (MINUTES, "text", ())


def test_files_of_one_part_are_read_as_those_of_several():
    word = docx(p("Byrådet") + p("Godkendt."))
    assert convert(flat(word)) == convert(word)
    text = "<text:p>Byrådet</text:p><text:p>Godkendt.</text:p>"
    assert convert(fodt(text)).text == convert(odt(text)).text


def test_a_picture_is_a_scan():
    with pytest.raises(ScannedDocument, match="et billede"):
        convert(FILES["picture"][0])


def test_a_zip_bomb_is_refused():
    bomb = packed({OFFICE: b"\0" * 2**21, "word/document.xml": "<a/>"})
    with pytest.raises(DocumentError, match="fylder for meget"):
        recognise(bomb)


def test_too_many_members_are_refused():
    many = packed({str(number): "" for number in range(10_001)})
    with pytest.raises(DocumentError, match="fylder for meget"):
        recognise(many)


def test_a_damaged_archive_is_refused():
    with pytest.raises(DocumentError, match="beskadiget"):
        recognise(b"PK\x03\x04" + bytes(range(256)) * 3)
