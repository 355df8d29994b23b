"""Web pages and fragments of HTML are read as a browser shows them."""

import pytest

from minutes.documents import DocumentError, convert
from minutes.documents.web import fragment

TEXTS = {
    "paragraphs": ("<p>a</p><p>b</p>", "a\n\nb"),
    "unclosed paragraphs": ("<p>a<p>b", "a\n\nb"),
    "lines": ("<div>a</div><div>b</div>", "a\nb"),
    "line breaks": ("<p>a<br>b<br/>c</p>", "a\nb\nc"),
    "blank lines": ("<p>a<br><br>b<br>&nbsp;<br>c</p>", "a\n\nb\n\nc"),
    "white space": ("<p>  a\n   <b>b</b>\n c </p>", "a b c"),
    "entities": ("<p>B&oslash;rne&shy;- og&nbsp;Unge&#8209;udvalg</p>", "Børne- og Unge-udvalg"),
    "inline elements": ("<p>Be<b>slut</b>ning<sup>1</sup></p>", "Beslutning1"),
    "text without paragraphs": ("Beslutning <p>a", "Beslutning\n\na"),
    "headings": ("<h2>Punkt 1</h2><div>a</div>", "Punkt 1\n\na"),
    "a role of a heading": ('<div role="heading" aria-level="3">Punkt 1</div>a', "Punkt 1\na"),
    "bullets": ("<ul><li>a<li>b</ul>", "• a\n• b"),
    "no bullets": ('<ul style="list-style: none"><li>a</ul>', "a"),
    "numbers": ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
    "a start": ('<ol start="4"><li>a<li>b</ol>', "4. a\n5. b"),
    "values": ('<ol><li value="7">a<li>b</ol>', "7. a\n8. b"),
    "backwards": ("<ol reversed><li>a<li>b</ol>", "2. a\n1. b"),
    "letters": ('<ol type="a"><li>a<li>b</ol>', "a. a\nb. b"),
    "Roman numbers": ('<ol style="list-style-type: upper-roman"><li>a<li>b</ol>', "I. a\nII. b"),
    "lists in lists": ("<ol><li>a<ol type=a><li>b</ol><li>c</ol>", "1. a\na. b\n2. c"),
    "paragraphs in a list": ("<ol><li><p>a</p><p>b</p><li><p>c</p></ol>", "1. a\n\nb\n\n2. c"),
    "numbered headings": ("<ol><li><h3>Budget</h3><p>a</p></ol>", "1. Budget\n\na"),
    "a list of headings": ("<ul><li><h3>1. Budget</h3></ul>", "1. Budget"),
    "a table": ("<table><tr><th>Navn<th>Parti<tr><td>Ib Dam<td>A</table>", "Navn\tParti\nIb Dam\tA"),
    "wide cells": ("<table><tr><td colspan=2>a<td>b</table>", "a\t\tb"),
    "high cells": ("<table><tr><td rowspan=2>a<td>b<tr><td>c<td>d</table>", "a\tb\n\tc\td"),
    "a table that lays out": ("<table><tr><td><h2>Sag</h2><p>a</p><p>b</p></td></tr></table>", "Sag\n\na\n\nb"),
    "a table in a table": ("<table><tr><td><p>a</p><table><tr><td>b<td>c</table></table>", "a\n\nb\tc"),
    "names and values": ("<dl><dt>Dato<dd>3. maj<dt>Sted<dd>Salen</dl>", "Dato\t3. maj\n\nSted\tSalen"),
    "names in names": ("<dl><dt>a<dd>b<dl><dt>c<dd>d</dl></dl>", "a\nb\n\nc\td"),
    "names in boxes": ("<dl><div><dt>a</dt><dd>b</dd></div></dl>", "a\tb"),
    "text in a list": ("<ul>a<li>b</li>c</ul>", "a\n• b\nc"),
    "text in a table": ("<table><p>a</p><tr><td>b<td>c</table>", "a\n\nb\tc"),
    "a table without rows": ("<table><div>a</div></table>", "a"),
    "boxes side by side": ("<h3><span>1.</span><span>Budget</span></h3><p><b>B</b><i>U</i></p>", "1. Budget\n\nBU"),
    "details": ("<details><summary>Punkt 1</summary><p>a</p></details>", "Punkt 1\n\na"),
    "an accordion": (
        '<h3><button aria-expanded="false">Punkt 1</button></h3><div class="accordion-panel" hidden><p>a</p></div>',
        "Punkt 1\n\na",
    ),
    "buttons": ("<p>a</p><button>Print</button>", "a"),
    "hidden": ('<p>a</p><p style="display:none">b</p><p hidden>c</p>', "a"),
    "scripts and forms": ("<p>a</p><script>b</script><style>c</style><select><option>d</select>", "a"),
    "preformatted": ("<pre>a\n  b</pre>", "a\nb"),
    "numbers as Word writes them": (
        "<p class=MsoNormal><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp; </span></span>Budget</p>",
        "1.   Budget",
    ),
    "tight paragraphs": ("<style>p.MsoNormal {margin:0cm}</style><p class=MsoNormal>a<p class=MsoNormal>b", "a\nb"),
}  # fmt: skip


@pytest.mark.parametrize("case", TEXTS)
def test_the_text_of_a_fragment(case):
    source, text = TEXTS[case]
    assert " ".join(fragment(source).text.split(" ")).rstrip("\n").replace("  ", " ") == text.replace(
        "  ", " "
    )


PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Referat – Fjordby Kommune</title></head><body>
<a class="skip-link" href="#x">Hop</a><div class="cookie-consent"><p>Vi bruger cookies</p></div><header><a href="/">Fjordby</a><nav><ul><li>Politik</ul></nav>
</header><main><h1>Byrådet</h1><nav>Punkter</nav><p>Referat af mødet i rådhusets store sal</p></main><footer><p>Torvet 1</p></footer></body></html>"""


def test_menus_banners_and_footers_are_furniture():
    document = convert(PAGE.encode())
    furniture = [
        document.text[block.start : block.end] for block in document.blocks if block.kind == "furniture"
    ]
    assert furniture == ["Hop", "Vi bruger cookies", "Fjordby", "Politik", "Punkter", "Torvet 1"]
    read = document.text_to_read()
    assert read.split() == [
        "Referat",
        "–",
        "Fjordby",
        "Kommune",
        "Byrådet",
        *["Referat", "af", "mødet", "i", "rådhusets", "store", "sal"],
    ]
    assert read.index("Byrådet") == document.text.index("Byrådet")


def test_a_page_is_not_furniture_because_of_its_names():
    page = '<html><body><div class="page-with-menu"><p>Referat</p><p>Byrådet</p></div></body></html>'
    assert convert(page.encode()).text_to_read() == "Referat\n\nByrådet\n"


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252"])
def test_the_declared_character_set_is_used(encoding):
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"></head><p>Ærø</p>'
    assert convert(page.encode(encoding)).text == "Ærø\n"


def test_an_unknown_character_set_is_windows_1252():
    assert convert('<html><meta charset="hex"><p>Ærø</p>'.encode("cp1252")).text == "Ærø\n"


def test_blocks_have_their_level_number_and_link():
    document = fragment('<h2>Sag</h2><ol><li><a href="/bilag.pdf"><b>Bilag</b></a></ol>')
    heading, item = document.blocks
    assert (heading.kind, heading.level) == ("heading", 2)
    assert (item.kind, item.level, item.number, item.bold, item.href) == ("list", 0, "1.", True, "/bilag.pdf")
    assert document.text[item.start : item.end] == "1. Bilag"


@pytest.mark.parametrize("source", ["", "   ", "<!-- x -->", "<p></p>"])
def test_a_fragment_without_text_is_empty(source):
    assert fragment(source).text == ""


def test_a_page_that_is_too_deep_is_refused():
    with pytest.raises(DocumentError, match="mange lag"):
        fragment("<div>" * 5000 + "a")


def test_external_entities_are_not_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("hemmeligt")
    page = f'<!DOCTYPE html [<!ENTITY e SYSTEM "file://{secret}">]><html><body><p>a &e;</p></body></html>'
    assert "hemmeligt" not in convert(page.encode()).text
