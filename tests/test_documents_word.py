"""Word files are read as a person would transcribe them."""

import pytest

from minutes.documents import DocumentError, convert
from tests.word_files import abstract, docx, item, levels, p, r, table, use

START_AT_5 = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
STYLE = '<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>{more}</w:style>'
PUNKT = STYLE.format(id="Punkt", name="Punkt", more='<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')


def lines(data: bytes) -> list[str]:
    return [line for line in convert(data).text.split("\n") if line]


NUMBERINGS = {
    "decimal": (levels("%1."), use(), [item("A"), item("B")], ["1. A", "2. B"]),
    "words around the number": (levels("Punkt %1:"), use(), [item("A"), item("B")], ["Punkt 1: A", "Punkt 2: B"]),
    "text between": (levels("%1)"), use(), [item("A"), p("x"), item("B")], ["1) A", "x", "2) B"]),
    "lower letters": (levels("%1)", form="lowerLetter"), use(), [item("A"), item("B")], ["a) A", "b) B"]),
    "upper letters": (levels("%1", form="upperLetter"), use(), [item("A")], ["A A"]),
    "lower Roman": (levels("%1.", form="lowerRoman"), use(), [item("A")] * 4, ["i. A", "ii. A", "iii. A", "iv. A"]),
    "upper Roman": (levels("%1.", form="upperRoman"), use(), [item("A")], ["I. A"]),
    "leading zero": (levels("%1", form="decimalZero"), use(), [item("A")], ["01 A"]),
    "no number": (levels("§", form="none"), use(), [item("A")], ["§ A"]),
    "bullets": (levels("\uf0b7", form="bullet"), use(), [item("A")], ["• A"]),
    "dashes": (levels("-", form="bullet"), use(), [item("A")], ["- A"]),
    "levels": (
        levels("%1.", "%1.%2"),
        use(),
        [item("A"), item("B", level=1), item("C", level=1), item("D"), item("E", level=1)],
        ["1. A", "1.1 B", "1.2 C", "2. D", "2.1 E"],
    ),
    "a level without the one above": (levels("%1.", "%1.%2"), use(), [item("B", level=1)], ["1.1 B"]),
    "a level that never starts again": (
        levels("%1.", "%2", more='<w:lvlRestart w:val="0"/>'),
        use(),
        [item("A"), item("B", level=1), item("C"), item("D", level=1)],
        ["1. A", "1 B", "2. C", "2 D"],
    ),
    "legal numbers": (
        levels("%1", form="upperRoman")
        + '<w:lvl w:ilvl="1"><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>',
        use(),
        [item("A"), item("B", level=1)],
        ["I A", "1.1 B"],
    ),
    "another start": (levels("%1."), use(override=START_AT_5), [item("A"), item("B")], ["5. A", "6. B"]),
    "two references to a list count on": (
        levels("%1."), use() + use(2), [item("A"), item("B", use=2)], ["1. A", "2. B"]
    ),
    "a reference that starts again": (
        levels("%1."),
        use() + use(2, override=START_AT_5),
        [item("A"), item("B", use=2), item("C", use=2)],
        ["1. A", "5. B", "6. C"],
    ),
    "a level of its own": (
        levels("%1."),
        use(override='<w:lvlOverride w:ilvl="0"><w:lvl><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1"/></w:lvl></w:lvlOverride>'),
        [item("A")],
        ["A A"],
    ),
    "numbers turned off": (levels("%1."), use(), [item("A", use=0), item("B")], ["A", "1. B"]),
    "an unknown list": (levels("%1."), use(), [item("A", use=7)], ["A"]),
    "a number without text": (levels("%1."), use(), [item(""), item("B")], ["1.", "2. B"]),
}  # fmt: skip


@pytest.mark.parametrize("case", NUMBERINGS)
def test_numbers_are_computed(case):
    content, uses, body, printed = NUMBERINGS[case]
    assert lines(docx("".join(body), numbering=abstract(content) + uses)) == printed


def test_a_style_numbers_its_paragraphs():
    numbering = abstract(levels("%1.")) + use()
    body = p("A", '<w:pStyle w:val="Punkt"/>') + p("x") + p("B", '<w:pStyle w:val="Punkt"/>')
    assert lines(docx(body, styles=PUNKT, numbering=numbering)) == ["1. A", "x", "2. B"]


def test_the_level_of_a_style_is_the_one_that_names_it():
    second = '<w:lvl w:ilvl="1"><w:pStyle w:val="Punkt"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    derived = STYLE.format(id="Arvet", name="Arvet", more='<w:basedOn w:val="Punkt"/>')
    data = docx(
        p("A", '<w:pStyle w:val="Punkt"/>') + p("B", '<w:pStyle w:val="Arvet"/>'),
        styles=PUNKT + derived,
        numbering=abstract(levels("%1.") + second) + use(),
    )
    assert lines(data) == ["1.1 A", "1.2 B"]


def test_a_list_can_be_that_of_a_numbering_style():
    styles = '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    numbering = abstract('<w:numStyleLink w:val="L"/>') + abstract(levels("%1:"), 1) + use() + use(2, of=1)
    assert lines(docx(item("A") + item("B"), styles=styles, numbering=numbering)) == ["1: A", "2: B"]


def test_headings_are_blocks_with_their_level_and_number():
    style = STYLE.format(id="O1", name="heading 1", more='<w:rPr><w:b/><w:sz w:val="28"/></w:rPr>')
    heading = p("Budget", '<w:pStyle w:val="O1"/><w:numPr><w:numId w:val="1"/></w:numPr>')
    data = docx(p("x") + heading + p("y"), styles=style, numbering=abstract(levels("Punkt %1:")) + use())
    document = convert(data)
    block = document.blocks[1]
    assert document.text == "x\n\nPunkt 1: Budget\ny\n"
    assert document.text[block.start : block.end] == "Punkt 1: Budget"
    assert (block.kind, block.level, block.number) == ("heading", 1, "Punkt 1:")
    assert (block.bold, block.size) == (True, 14.0)


@pytest.mark.parametrize(
    ("spacing", "text"),
    [
        ("", "a\nb\n"),
        ('<w:spacing w:after="160"/>', "a\n\nb\n"),
        ('<w:spacing w:before="240"/>', "a\n\nb\n"),
        ('<w:spacing w:after="20"/>', "a\nb\n"),
        ('<w:spacing w:afterAutospacing="1"/>', "a\n\nb\n"),
        ('<w:spacing w:afterLines="100"/>', "a\n\nb\n"),
        ('<w:spacing w:after="160"/><w:contextualSpacing/>', "a\nb\n"),
    ],
)
def test_space_between_paragraphs_is_a_blank_line(spacing, text):
    style = STYLE.format(id="A", name="A", more=f"<w:pPr>{spacing}</w:pPr>")
    data = docx(p("a", '<w:pStyle w:val="A"/>') + p("b", '<w:pStyle w:val="A"/>'), styles=style)
    assert convert(data).text == text


def test_empty_paragraphs_are_one_blank_line():
    assert convert(docx(p("a") + p("") + p(" ") + p("b"))).text == "a\n\nb\n"


TEXTS = {
    "runs": (r("Bud") + r("get"), "Budget"),
    "tabs and breaks": ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a\tb\nc"),
    "hyphens": ("<w:r><w:t>Børne\u00ad- og</w:t><w:softHyphen/><w:t>A</w:t><w:noBreakHyphen/></w:r>", "Børne- ogA-"),
    "inserted": (f"<w:ins>{r('ny ')}</w:ins>{r('tekst')}", "ny tekst"),
    "deleted": (f"{r('ny')}<w:del><w:r><w:delText>gammel</w:delText></w:r></w:del>", "ny"),
    "moved away": (f"{r('her')}<w:moveFrom>{r('der')}</w:moveFrom>", "her"),
    "link": (f'<w:hyperlink r:id="link">{r("Bilag")}</w:hyperlink>', "Bilag"),
    "field": (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("3. maj")}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        "3. maj",
    ),
    "simple field": (f'<w:fldSimple w:instr="DATE">{r("3. maj")}</w:fldSimple>', "3. maj"),
    "hidden": (r("a") + r("skjult", "<w:vanish/>"), "a"),
    "check box": ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + r(" Åben"), "☒ Åben"),
    "content control": (f"<w:sdt><w:sdtPr/><w:sdtContent>{r('Økonomi')}</w:sdtContent></w:sdt>", "Økonomi"),
    "content control without input": (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('Klik her')}</w:sdtContent></w:sdt>{r('x')}",
        "x",
    ),
    "decomposed letters": (r("a\u030a"), "å"),
    "comment": (r("a") + '<w:r><w:commentReference w:id="1"/></w:r>', "a"),
    "picture of a missing kind": ("<w:r><w:drawing><x/></w:drawing></w:r>" + r("a"), "a"),
}  # fmt: skip


@pytest.mark.parametrize("case", TEXTS)
def test_the_text_of_a_paragraph(case):
    runs, text = TEXTS[case]
    assert convert(docx(f"<w:p>{runs}</w:p>")).text == f"{text}\n"


@pytest.mark.parametrize(
    ("case", "note"),
    [
        ("inserted", "ændringer"),
        ("deleted", "ændringer"),
        ("moved away", "ændringer"),
        ("hidden", "Skjult tekst"),
        ("comment", "Kommentarer"),
    ],
)
def test_what_is_left_out_is_noted(case, note):
    notes = convert(docx(f"<w:p>{TEXTS[case][0]}</w:p>")).notes
    assert len(notes) == 1
    assert note in notes[0]


def test_a_paragraph_whose_end_was_deleted_goes_on():
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('Godkendt ')}</w:p>"
    assert convert(docx(first + p("enstemmigt."))).text == "Godkendt enstemmigt.\n"


def test_text_boxes_follow_their_paragraph_once():
    box = f"<w:txbxContent>{p('I boksen')}</w:txbxContent>"
    picture = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert lines(docx(f"<w:p>{r('a')}<w:r>{picture}</w:r></w:p>" + p("b"))) == ["a", "I boksen", "b"]


def test_rows_of_a_table_are_lines_with_tabs():
    document = convert(docx(p("a") + table(["Ib Dam", "A"], ["Eva", "", "V"]) + p("b")))
    assert document.text == "a\nIb Dam\tA\nEva\t\tV\n\nb\n"
    cells = [(block.row, block.column) for block in document.blocks if block.table == 0]
    assert cells == [(0, 0), (0, 1), (1, 0), (1, 2)]


def test_a_table_that_only_lays_out_a_page_is_read_cell_by_cell():
    assert lines(docx(table([p("Beslutning") + p("Godkendt.")], ["Til stede:", p("Ib Dam") + p("Eva Kirk")]))) == [
        "Beslutning", "Godkendt.", "Til stede:", "Ib Dam", "Eva Kirk",
    ]  # fmt: skip


def test_numbers_in_cells_are_computed():
    data = docx(table([item(""), "Budget"], [item(""), "Sti"]), numbering=abstract(levels("%1.")) + use())
    assert lines(data) == ["1.\tBudget", "2.\tSti"]


def test_a_table_in_a_cell_becomes_lines():
    assert lines(docx(table([p("a") + table(["b", "c"])]))) == ["a", "b\tc"]


HEAD = '<w:sectPr><w:headerReference w:type="default" r:id="header"/></w:sectPr>'


def test_the_head_of_a_page_is_furniture():
    document = convert(docx(p("Referat") + HEAD, head=p("Byrådet, 3. maj 2020\tSide 1") + p("Side 1 af 3")))
    assert document.text == "Byrådet, 3. maj 2020\n\nReferat\n"
    assert [block.kind for block in document.blocks] == ["furniture", "paragraph"]


def test_the_head_of_a_page_is_left_out_where_the_text_says_the_same():
    data = docx(p("Byrådet") + p("den 3. maj 2020") + HEAD, head=p("Byrådet – 03-05-2020"))
    assert convert(data).text == "Byrådet\nden 3. maj 2020\n"


def test_what_may_close_items_is_kept_of_every_head_and_foot():
    foot = '<w:footerReference w:type="default" r:id="header"/>'
    first = "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"
    data = docx(
        p("Referat") + first + p("Personsag") + f"<w:sectPr>{foot}</w:sectPr>",
        head=p("Lukket dagsorden\tSide 2") + p("Torvet 1"),
    )
    document = convert(data)
    assert document.text == "Referat\n\nLukket dagsorden\n\nPersonsag\n"
    assert [block.kind for block in document.blocks] == ["paragraph", "furniture", "paragraph"]


def test_what_may_close_items_is_kept_though_the_text_has_the_word():
    data = docx(p("Lukket punkt") + HEAD, head=p("Lukket"))
    assert convert(data).text == "Lukket\n\nLukket punkt\n"


def test_web_pages_in_a_word_file_are_read():
    data = docx(p("a") + '<w:altChunk r:id="page"/>', page="<html><ol><li>Budget</li></ol></html>")
    assert convert(data).text == "a\n\n1. Budget\n"


def test_other_files_in_a_word_file_are_noted():
    data = docx(p("a") + '<w:altChunk r:id="page"/>', page="{\\rtf1 b}")
    assert convert(data).notes == ("En fil, der er indlejret i dokumentet, er udeladt.",)


def test_the_strict_variant_is_read():
    data = docx(p("Godkendt."))
    usual, strict = (
        b"schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert convert(_replaced(data, usual, strict)).text == "Godkendt.\n"


def test_external_entities_are_refused(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("hemmeligt")
    prolog = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'
    with pytest.raises(DocumentError, match="sikkerhedsgrunde"):
        convert(docx(p("&e;"), prolog=prolog))


def test_entity_bombs_are_refused():
    prolog = '<!DOCTYPE x [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    with pytest.raises(DocumentError, match="sikkerhedsgrunde"):
        convert(docx(p("&b;"), prolog=prolog))


@pytest.mark.parametrize("body", ["<w:p>", "<w:tbl>" * 300 + "</w:tbl>" * 300])
def test_damaged_and_very_deep_files_are_refused(body):
    with pytest.raises(DocumentError, match="beskadiget"):
        convert(docx(body))


def test_a_file_without_text_is_refused():
    with pytest.raises(DocumentError, match="ingen tekst"):
        convert(docx(p("")))


def _replaced(data: bytes, old: bytes, new: bytes) -> bytes:
    import io
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(old, new))
    return file.getvalue()


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (
            [["Dato", "3. maj 2021", "Tid", "16.00"], ["Sted", "Rådhuset", "Afbud", "Lis Dam (C)"]],
            "Dato\t3. maj 2021\nTid\t16.00\nSted\tRådhuset\nAfbud\tLis Dam (C)\n",
        ),
        ([["Navn", "Parti", "Fremmøde", "Kl."], ["Eva Kirk", "A", "Ja", "16"]], None),
        ([["Post", "Budget 2021", "Konto", "12"], ["Vej 4", "1", "Sti 5", "2"]], None),
    ],
)
def test_labels_side_by_side_in_a_table_are_lines_with_their_values(rows, text):
    document = convert(docx(table(*([p(cell) for cell in row] for row in rows))))
    assert document.text == (text or "\n".join("\t".join(row) for row in rows) + "\n")
