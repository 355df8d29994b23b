"""The minutes in a message are read: its text, or the attachment that is minutes."""

from email.message import EmailMessage

import pytest
from compressed_rtf import compress

from minutes.documents import DocumentError, convert
from minutes.documents.source import ScannedDocument
from tests.mail_files import message
from tests.msg_files import msg
from tests.word_files import docx, p

MINUTES = """Referat fra Seniorrådet

Dato: 3. maj 2021 kl. 10
Til stede: Ib Dam, Eva Kirk
Afbud: Lis Bro

Punkt 1: Godkendelse af dagsorden
Beslutning: Godkendt.

Punkt 2: Busdrift
Indstilling: At orienteringen tages til efterretning.
Beslutning: Taget til efterretning.

Punkt 3: Eventuelt
Der var ikke noget til dette punkt, og mødet sluttede klokken elleve.
"""
WORD = docx(p("Byrådet") + p("Godkendt."))


def eml(body: str, subject: str = "Hilsen", html: str = "", **files: bytes) -> bytes:
    named = {".".join(name.rsplit("_", 1)): data for name, data in files.items()}
    return message(body, named, subject, html)


def test_the_text_of_a_message_is_read():
    document = convert(eml(MINUTES))
    assert document.format == "eml"
    assert "Punkt 2: Busdrift\nIndstilling: At" in document.text
    assert document.text.startswith("Hilsen\n\nReferat fra Seniorrådet\n\nDato")


def test_the_subject_is_left_out_where_the_text_says_the_same():
    assert convert(eml(MINUTES, subject="VS: Referat Seniorrådet")).text.startswith(
        "Referat fra Seniorrådet\n"
    )


def test_html_is_preferred_to_plain_text():
    document = convert(eml("plain", html="<h1>Hilsen</h1><ol><li>Budget</ol>"))
    assert document.text == "Hilsen\n\n1. Budget\n"


def test_the_only_document_attached_is_read():
    document = convert(eml("Her er det.", bilag_docx=WORD, logo_png=b"\x89PNG\r\n\x1a\n"))
    assert document.text == "Byrådet\nGodkendt.\n"
    assert document.notes == ("Læst af filen »bilag.docx«, som er vedhæftet en e-mail.",)
    assert document.attachments == ()


def test_the_attachment_that_is_called_minutes_is_read_and_the_others_stay_attachments():
    document = convert(eml("Hej", kort_docx=docx(p("Kort")), referat_docx=WORD, tal_csv=b"a;b\n1;2\n"))
    assert document.text == "Byrådet\nGodkendt.\n"
    assert [part.name for part in document.attachments] == ["kort.docx", "tal.csv"]


def test_minutes_in_a_message_keep_its_attachments():
    document = convert(eml(MINUTES, kort_docx=WORD))
    assert "Punkt 1" in document.text
    assert [part.name for part in document.attachments] == ["kort.docx"]


def test_several_documents_stay_attachments():
    document = convert(eml("Hej", a_docx=WORD, b_txt=MINUTES.encode()))
    assert document.text == ""
    assert [part.name for part in document.attachments] == ["a.docx", "b.txt"]


def test_a_scan_that_is_attached_stays_an_attachment_to_be_recognised(monkeypatch):
    monkeypatch.setattr("minutes.documents.pdf.convert", _scanned)
    document = convert(eml("Hej", referat_pdf=b"%PDF-1.7 obj", kort_docx=WORD))
    assert (document.text, [part.name for part in document.attachments]) == ("", ["referat.pdf", "kort.docx"])


def _scanned(data):
    raise ScannedDocument("Siderne er billeder.")


def test_a_text_file_that_is_attached_is_read():
    assert convert(eml("Hej", referat_txt=MINUTES.encode("cp1252"))).text == MINUTES


def test_an_attachment_of_a_format_that_is_not_read_is_refused():
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le")
    with pytest.raises(DocumentError, match="før 2007"):
        convert(eml("Hej", referat_doc=old))


def test_a_message_in_a_message_is_read():
    inner = EmailMessage()
    inner.set_content("Hej")
    inner.add_attachment(WORD, maintype="application", subtype="octet-stream", filename="referat.docx")
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Subject"] = "a@kommune.dk", "b@kommune.dk", "VS"
    outer.set_content("Se nedenfor")
    outer.add_attachment(inner)
    assert convert(outer.as_bytes()).text == "Byrådet\nGodkendt.\n"


def test_a_web_page_saved_in_one_file_is_read():
    page = (
        b"From: <Saved by Blink>\r\nSubject: Byr=?utf-8?Q?=C3=A5det?=\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html\r\n'
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><h1>Byr=C3=A5det</h1><p>Godkendt</p></html>\r\n--x--\r\n"
    )
    assert convert(page).text == "Byrådet\n\nGodkendt\n"


def test_outlook_messages_are_read():
    assert convert(msg("Hilsen", MINUTES.replace("\n", "\r\n"))).text.startswith(
        "Hilsen\n\nReferat fra Seniorrådet\n\nDato"
    )
    assert (
        convert(msg("x", html="<p>Byrådet</p><p>Godkendt.</p>".encode())).text
        == "x\n\nByrådet\n\nGodkendt.\n"
    )


def test_the_attachment_of_an_outlook_message_is_read():
    document = convert(
        msg("Hilsen", "Hej", attachments={"referat.docx": WORD, "logo.png": b"\x89PNG\r\n\x1a\n"})
    )
    assert document.text == "Byrådet\nGodkendt.\n"


def test_outlook_messages_with_rich_text_alone_are_read():
    rich = rb"{\rtf1\ansi\ansicpg1252 Byr\'e5det\par Godkendt.\par}"
    assert convert(msg("Hilsen", rich=compress(rich))).text == "Hilsen\n\nByrådet\nGodkendt.\n"


@pytest.mark.parametrize("length", [600, 1500, 3000])
def test_a_damaged_outlook_message_is_refused(length):
    with pytest.raises(DocumentError, match="beskadiget"):
        convert(
            msg("Hilsen", MINUTES, attachments={"referat.docx": WORD})[:length]
            + "__properties_version1.0".encode("utf-16-le")
        )


def test_a_message_without_text_is_refused():
    with pytest.raises(DocumentError, match="ingen tekst"):
        convert(eml("", subject=""))
