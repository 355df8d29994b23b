"""No file makes a converter slow or huge, or reads what it must not; time grows with the file's size only."""

import struct
import time
from email.message import EmailMessage

import pytest

from minutes.documents import DocumentError, Format, convert, recognise
from tests.odt_files import items, numbers, odt
from tests.word_files import abstract, docx, item, levels, p, r, table, use
from tests.zip_files import packed

SECONDS = 4.0


def claiming(data: bytes, size: int) -> bytes:
    """Return a ZIP file whose directory claims this size of every member."""
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data = data[: at + 24] + struct.pack("<I", size) + data[at + 28 :]
        at += 4
    return data


def word_bomb(size: int) -> bytes:
    """Return a Word file whose document is so many spaces."""
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": b" " * size})


WORD = docx(p("Godkendt."))
ENTITIES = "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10))
BOMB = f'<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">{ENTITIES}]>'
FILE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
ADDRESS = '<!DOCTYPE x [<!ENTITY % e SYSTEM "http://127.0.0.1:9/"> %e;]>'

REFUSED = {
    "zip bomb": (word_bomb(40 * 2**20), "fylder for meget"),
    "zip bomb in an archive": (packed({"a.txt": b" " * 40 * 2**20}), "fylder for meget"),
    "4 GB claimed": (claiming(WORD, 0xFFFFFFF0), "fylder for meget"),
    "less claimed than there is": (claiming(WORD, 3), "beskadiget"),
    "20,000 members": (packed({str(number): "" for number in range(20_000)}), "fylder for meget"),
    "entity bomb in Word": (docx(p("&a9;"), prolog=BOMB), "DTD"),
    "external entity in Word": (docx(p("&e;"), prolog=FILE), "DTD"),
    "external DTD in Word": (docx(p("a"), prolog=ADDRESS), "DTD"),
    "entity bomb in OpenDocument": (odt("<text:p>&a9;</text:p>", prolog=BOMB), "DTD"),
    "external entity in OpenDocument": (odt("<text:p>&e;</text:p>", prolog=FILE), "DTD"),
    "deep tables in Word": (docx("<w:tbl><w:tr><w:tc>" * 200 + "</w:tc></w:tr></w:tbl>" * 200), "beskadiget"),
    "deep lists in OpenDocument": (
        odt("<text:list><text:list-item>" * 200 + "</text:list-item></text:list>" * 200),
        "beskadiget",
    ),
    "deep page": (b"<html>" + b"<div>" * 100_000, "mange lag"),
    "deep RTF": (b"{\\rtf1" + b"{" * 100_000, "mange lag"),
    "macros": (packed({"[Content_Types].xml": "macroEnabled", "word/document.xml": "<x/>"}), "makroer"),
    "macros in a Word file": (
        packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<x/>", "word/vbaProject.bin": "x"}),
        "makroer",
    ),
    "half a file": (WORD[: len(WORD) // 2], "beskadiget"),
    "no document": (packed({"[Content_Types].xml": "<Types/>", "word/other.xml": "<x/>"}), "mangler"),
    "no content": (packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "mangler"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_hostile_files_are_refused(case):
    data, says = REFUSED[case]
    started = time.process_time()
    with pytest.raises(DocumentError, match=says):
        convert(data)
    assert time.process_time() - started < SECONDS


def large_mail() -> bytes:
    message = EmailMessage()
    message["From"] = message["To"] = "a@kommune.dk"
    message.set_content("Godkendt.\n" * 40_000)
    # A header of many encoded words.
    return b"Subject: " + b"=?utf-8?q?a?= " * 40_000 + b"\n" + message.as_bytes()


LARGE = {
    "paragraphs": docx("".join(p(f"Godkendt {number * 7919}.") for number in range(10_000))),
    "runs": docx("<w:p>" + "".join(r(f"a{number * 7919}") for number in range(10_000)) + "</w:p>"),
    "fields that do not end": docx("<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 20_000 + "</w:p>" + p("a")),
    "lists": docx(
        "".join(item("A", use=number) for number in range(1, 4000)),
        numbering=abstract(levels("%1.")) + "".join(use(number) for number in range(1, 4000)),
    ),
    "styles that inherit from each other": docx(
        p("a", '<w:pStyle w:val="s0"/>'),
        styles="".join(
            f'<w:style w:styleId="s{number}"><w:basedOn w:val="s{(number + 1) % 3000}"/></w:style>' for number in range(3000)
        ),
    ),
    "rows": docx(table(*[["a", "b", "c"]] * 4000)),
    "wide cells": docx("<w:tbl><w:tr>" + f'<w:tc><w:tcPr><w:gridSpan w:val="9999"/></w:tcPr>{p("a")}</w:tc>' * 2000 + "</w:tr></w:tbl>"),
    "deleted ends": docx(
        "".join(f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r(str(number * 7919))}</w:p>" for number in range(10_000)) + p("b")
    ),
    "list items": odt(items(*["a"] * 8_000), automatic=numbers('style:num-format="1"')),
    "repeated columns": odt(
        "<table:table><table:table-row>"
        + '<table:table-cell table:number-columns-repeated="16384"><text:p>a</text:p></table:table-cell>' * 2000
        + "</table:table-row></table:table>"
    ),
    "spaces": odt("<text:p>a" + '<text:s text:c="99999"/>' * 5000 + "b</text:p>"),
    "RTF groups": b"{\\rtf1 " + b"{\\b a}" * 25_000 + b"}",
    "RTF paragraphs": b"{\\rtf1 " + b"\\pard\\sb200 a\\par " * 15_000 + b"}",
    "RTF cells": b"{\\rtf1 " + b"\\intbl a\\cell " * 15_000 + b"\\row}",
    "RTF data": b"{\\rtf1{\\pict " + b"ab" * 500_000 + b"}a}",
    "RTF data that is not there": b"{\\rtf1 a\\bin9999999999 b}",
    "tags that do not end": b"<html>" + b"<p" * 200_000 + b"<p>a",
    "menus in menus": b"<html>" + b'<div class="menu">' * 200 + b"<p>a</p>" * 8_000,
    "spans of tables": b"<html><table>" + b'<tr><td colspan="1000" rowspan="1000">a' * 4000,
    "attributes": b"<html><p " + b"a=b " * 100_000 + b">a",
    "styles of pages": b"<html><style>" + b".a" * 100_000 + b"</style><p>a",
    "entities": b"<html><p>" + b"&amp;" * 200_000,
    "mail": large_mail(),
}  # fmt: skip


@pytest.mark.parametrize("case", LARGE)
def test_large_files_take_time_by_their_size(case):
    started = time.process_time()
    document = convert(LARGE[case])
    assert time.process_time() - started < SECONDS
    assert document.text
    assert len(document.text) < 2_000_000
    for block in document.blocks[:100]:
        assert document.text[block.start : block.end].strip()


def test_a_file_of_two_formats_is_the_one_it_begins_with():
    assert recognise(b"%PDF-1.7\n1 0 obj\n" + WORD) == Format.PDF
    assert recognise(WORD + b"%PDF-1.7\n1 0 obj\n") == Format.DOCX
    assert recognise(b"<html><body><p>a</p></body></html>" + WORD) == Format.HTML
    assert recognise(b"MZ" + WORD) == Format.TEXT


def test_what_a_page_links_to_is_not_fetched():
    page = '<html><head><base href="http://127.0.0.1:9/"><link rel="stylesheet" href="x.css"></head><body><img src="x.png">a'
    assert convert(page.encode()).text == "a\n"
