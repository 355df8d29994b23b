"""OpenDocument texts are read as a person would transcribe them."""

import pytest

from minutes.documents import DocumentError, convert
from tests.odt_files import items, numbers, odt, p

DOT = 'style:num-format="1" style:num-suffix="."'


def lines(data: bytes) -> list[str]:
    return [line for line in convert(data).text.split("\n") if line]


NUMBERINGS = {
    "decimal": (numbers(DOT), items("A", "B"), ["1. A", "2. B"]),
    "words around the number": (
        numbers('style:num-format="1" style:num-prefix="Punkt " style:num-suffix=":"'),
        items("A"),
        ["Punkt 1: A"],
    ),
    "letters": (numbers('style:num-format="a" style:num-suffix=")"'), items("A", "B"), ["a) A", "b) B"]),
    "Roman": (numbers('style:num-format="I"'), items("A", "B"), ["I A", "II B"]),
    "a start": (numbers(DOT + ' text:start-value="5"'), items("A", "B"), ["5. A", "6. B"]),
    "a list starts again": (numbers(DOT), items("A") + p("x") + items("B"), ["1. A", "x", "1. B"]),
    "a list goes on": (
        numbers(DOT),
        items("A") + p("x") + items("B", more='text:continue-numbering="true"'),
        ["1. A", "x", "2. B"],
    ),
    "a list goes on with another one": (
        numbers(DOT),
        items("A", more='xml:id="l1"') + items("B") + items("C", more='text:continue-list="l1"'),
        ["1. A", "1. B", "2. C"],
    ),
    "an item's own start": (
        numbers(DOT),
        f'<text:list text:style-name="L"><text:list-item text:start-value="4">{p("A")}</text:list-item></text:list>',
        ["4. A"],
    ),
    "levels": (
        numbers(DOT, 'style:num-format="1" text:display-levels="2"'),
        items("A", p("B") + items("C", "D", style="L"), "E"),
        ["1. A", "2. B", "2.1 C", "2.2 D", "3. E"],
    ),
    "a form of LibreOffice": (
        numbers(DOT, 'style:num-format="1" loext:num-list-format="§ %1%-%2%"'),
        items(p("A") + items("B", style="L")),
        ["1. A", "§ 1-1 B"],
    ),
    "two paragraphs in an item": (numbers(DOT), items(p("A") + p("B"), "C"), ["1. A", "B", "2. C"]),
    "bullets": (
        '<text:list-style style:name="L"><text:list-level-style-bullet text:level="1" text:bullet-char="\uf0b7"/></text:list-style>',
        items("A"),
        ["• A"],
    ),
    "no style": ("", items("A"), ["A"]),
}


@pytest.mark.parametrize("case", NUMBERINGS)
def test_numbers_are_computed(case):
    styles, body, printed = NUMBERINGS[case]
    assert lines(odt(body, automatic=styles)) == printed


def test_headings_are_numbered_by_the_outline():
    outline = (
        '<office:styles><text:outline-style><text:outline-level-style text:level="1" style:num-format="1" '
        'style:num-prefix="Punkt " style:num-suffix=":"/></text:outline-style></office:styles>'
    )
    body = '<text:h text:outline-level="1">Budget</text:h><text:h text:outline-level="1">Sti</text:h>'
    document = convert(odt(p("x") + body, styles=outline))
    assert document.text == "x\n\nPunkt 1: Budget\nPunkt 2: Sti\n"
    heading = document.blocks[1]
    assert (heading.kind, heading.level, heading.number) == ("heading", 1, "Punkt 1:")


@pytest.mark.parametrize(
    ("margins", "text"),
    [
        ("", "a\nb\n"),
        ('fo:margin-bottom="0.3cm"', "a\n\nb\n"),
        ('fo:margin-top="12pt"', "a\n\nb\n"),
        ('fo:margin="0.1in"', "a\n\nb\n"),
        ('fo:margin-bottom="0.3cm" style:contextual-spacing="true"', "a\nb\n"),
    ],
)
def test_space_between_paragraphs_is_a_blank_line(margins, text):
    style = f'<style:style style:name="A" style:family="paragraph"><style:paragraph-properties {margins}/></style:style>'
    assert convert(odt(p("a", "A") + p("b", "A"), automatic=style)).text == text


TEXTS = {
    "white space": (p(" a  <text:s text:c='2'/>\n b "), "a    b"),
    "tabs and breaks": (p("a<text:tab/>b<text:line-break/>c"), "a\tb\nc"),
    "spans and links": (p("<text:span>Bi</text:span><text:a xlink:href='x'>lag</text:a> 1"), "Bilag 1"),
    "fields": (p("den <text:date>3. maj</text:date>"), "den 3. maj"),
    "sections": (f"<text:section>{p('a')}</text:section>", "a"),
    "hidden sections": (f"<text:section text:display='none'>{p('b')}</text:section>{p('a')}", "a"),
    "comments": (p("a<office:annotation><text:p>hov</text:p></office:annotation>b"), "ab"),
    "footnotes": (p("a<text:note><text:note-body><text:p>hov</text:p></text:note-body></text:note>"), "a"),
    "deleted text": (
        f"<text:tracked-changes><text:changed-region><text:deletion>{p('gammel')}</text:deletion>"
        f"</text:changed-region></text:tracked-changes>{p('ny<text:change/>')}",
        "ny",
    ),
    "text boxes": (p("a<draw:frame><draw:text-box><text:p>b</text:p></draw:text-box></draw:frame>"), "a\nb"),
    "tables": (
        "<table:table><table:table-header-rows><table:table-row>"
        f"<table:table-cell>{p('Navn')}</table:table-cell><table:table-cell>{p('Parti')}</table:table-cell>"
        "</table:table-row></table:table-header-rows><table:table-row>"
        f"<table:table-cell table:number-columns-spanned='2'>{p('Ib Dam')}</table:table-cell><table:covered-table-cell/>"
        "</table:table-row></table:table>",
        "Navn\tParti\n\nIb Dam",
    ),
    "contents": (
        f"<text:table-of-content><text:index-body><text:index-title>{p('Indhold')}</text:index-title>{p('A<text:tab/>3')}"
        "</text:index-body></text:table-of-content>",
        "Indhold\nA\t3",
    ),
}


@pytest.mark.parametrize("case", TEXTS)
def test_the_text_of_a_body(case):
    body, text = TEXTS[case]
    assert convert(odt(body)).text == f"{text}\n"


@pytest.mark.parametrize(
    ("case", "note"),
    [
        ("comments", "Kommentarer"),
        ("footnotes", "Fodnoter"),
        ("deleted text", "ændringer"),
        ("hidden sections", "Skjult"),
    ],
)
def test_what_is_left_out_is_noted(case, note):
    (printed,) = convert(odt(TEXTS[case][0])).notes
    assert note in printed


def test_the_head_of_a_page_is_furniture():
    head = (
        '<office:master-styles><style:master-page style:name="Standard"><style:header>'
        "<text:p>Byrådet, 3. maj 2020<text:tab/>Side <text:page-number>1</text:page-number></text:p>"
        "</style:header></style:master-page></office:master-styles>"
    )
    document = convert(odt(p("Referat"), styles=head))
    assert document.text == "Byrådet, 3. maj 2020\n\nReferat\n"
    assert document.blocks[0].kind == "furniture"


def test_what_may_close_items_is_kept_of_every_head_and_foot():
    foot = (
        '<office:master-styles><style:master-page style:name="Standard"><style:footer>'
        "<text:p>Lukket referat</text:p><text:p>Torvet 1</text:p></style:footer></style:master-page></office:master-styles>"
    )
    assert convert(odt(p("Referat"), styles=foot)).text == "Lukket referat\n\nReferat\n"


def test_a_file_with_a_password_is_refused():
    with pytest.raises(DocumentError, match="adgangskode"):
        convert(odt(p("a"), manifest="<encryption-data/>"))


def test_external_entities_are_refused():
    with pytest.raises(DocumentError, match="sikkerhedsgrunde"):
        convert(odt(p("&e;"), prolog='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'))
