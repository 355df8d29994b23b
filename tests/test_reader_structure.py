"""The structure of a file shows what its text alone does not: titles of items, sections, who was present."""

import pytest

from minutes.documents import convert
from minutes.reader import read, read_converted
from minutes.reader.records import Document
from tests.word_files import docx, p, table

HEAD = "<h1>Havneudvalget</h1><p>Møde den 4. maj 2021 kl. 16 i Pakhuset</p>"


def page(content: str) -> Document:
    data = f"<html><body><main>{content}</main></body></html>".encode()
    return read_converted(convert(data), data, "referat.html")


def rows(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def titles(document: Document) -> list[tuple[str | None, str, str | None]]:
    return [(item.number, item.title, item.decision) for item in document.items]


ITEMS = (
    "<h2>Cykelsti langs Mosevej</h2><p>Stien bliver 1,4 km lang.</p><h3>Beslutning</h3><p>Stien anlægges.</p>"
    "<h2>Parkering ved havnen</h2><p>Der er kommet klager.</p><h3>Beslutning</h3><p>Udsat.</p>"
)
READ = [(None, "Cykelsti langs Mosevej", "Stien anlægges."), (None, "Parkering ved havnen", "Udsat.")]


def test_items_are_the_headings_of_one_level():
    document = page(HEAD + ITEMS)
    assert titles(document) == READ
    assert document.grade == "certain"
    first, second = document.items
    assert document.text[first.start : first.end].startswith("Cykelsti langs Mosevej")
    assert document.text[second.start : second.end].rstrip().endswith("Udsat.")


def test_items_can_be_on_the_level_of_the_title():
    assert titles(page(HEAD + ITEMS.replace("h2>", "h1>"))) == READ


def test_headings_of_word_files_are_items():
    def heading(text: str, level: int) -> str:
        return p(text, f'<w:outlineLvl w:val="{level}"/>')

    data = docx(
        p("Havneudvalget")
        + p("Møde den 4. maj 2021 kl. 16 i Pakhuset")
        + heading("Cykelsti langs Mosevej", 0)
        + p("Stien bliver 1,4 km lang.")
        + heading("Beslutning", 1)
        + p("Stien anlægges.")
        + heading("Parkering ved havnen", 0)
        + p("Der er kommet klager.")
        + heading("Beslutning", 1)
        + p("Udsat.")
    )
    assert titles(read_converted(convert(data), data, "referat.docx")) == READ


def test_sections_are_the_headings_below_a_title_whatever_their_words():
    document = page(
        HEAD + "<h2>1. Cykelsti</h2><h3>Beslutning</h3><p>Godkendt.</p>"
        "<h3>Hvad sker der nu</h3><p>Arbejdet udbydes.</p>"
        "<h2>2. Parkering</h2><h3>Beslutning</h3><p>Udsat.</p>"
    )
    assert titles(document) == [("1", "Cykelsti", "Godkendt."), ("2", "Parkering", "Udsat.")]
    assert [section.heading for section in document.items[0].sections] == ["Beslutning", "Hvad sker der nu"]


def test_items_without_decisions_are_doubtful():
    document = page(HEAD + "<h2>Cykelsti</h2><p>Stien er smal.</p><h2>Parkering</h2><p>Der er klager.</p>")
    assert [item.title for item in document.items] == ["Cykelsti", "Parkering"]
    assert "items_uncertain" in {doubt.code for doubt in document.doubts}


def test_entries_of_a_list_with_text_below_are_items():
    document = page(
        HEAD + "<ol><li>Cykelsti<br>Rådet bakker op.<li>Parkering<br>Rådet skriver til udvalget.</ol>"
    )
    assert [(item.number, item.title) for item in document.items] == [("1", "Cykelsti"), ("2", "Parkering")]
    assert document.grade == "doubtful"


def test_closed_items_are_closed_whatever_shows_them():
    document = page(HEAD + ITEMS.replace("Parkering ved havnen", "Salg af grund (lukket)"))
    assert [item.closed for item in document.items] == [False, True]


def test_headings_of_sections_alone_are_no_items():
    document = page(HEAD + "<h2>Indstilling</h2><p>At det godkendes.</p><h2>Beslutning</h2><p>Godkendt.</p>")
    assert "Indstilling" not in [item.title for item in document.items]


PEOPLE = [
    [("Navn", "Parti", "Fremmøde"), ("Ib Dam", "V", "Til stede"), ("Eva Kirk", "A", "Afbud")],
    [("Navn", "Parti", "Fremmøde"), ("Ib Dam", "V", ""), ("Eva Kirk", "A", "Ikke til stede")],
    [
        ("Medlem", "Stilling", "Til stede", "Afbud"),
        ("Ib Dam (V)", "formand", "X", ""),
        ("Eva Kirk (A)", "", "", "X"),
    ],
    [("Deltager", "Parti", "Til stede"), ("Ib Dam", "V", "Ja"), ("Eva Kirk", "A", "Nej")],
    [("Deltagere", "Afbud"), ("Ib Dam (V)", ""), ("Eva Kirk (A)", "x")],
]


@pytest.mark.parametrize("people", PEOPLE)
def test_tables_say_who_was_present_and_who_was_not(people):
    word = docx(
        p("Havneudvalget")
        + p("Møde den 4. maj 2021 kl. 16")
        + table(*map(list, people))
        + p("1. Cykelsti")
        + p("Beslutning")
        + p("Godkendt.")
    )
    text = "Havneudvalget\nMøde den 4. maj 2021 kl. 16\n\n" + "\n".join(map("\t".join, people))
    for document in (
        page(HEAD + rows(*people) + ITEMS),
        read_converted(convert(word), word, "referat.docx"),
        read((text + "\n\n1. Cykelsti\n\nBeslutning\n\nGodkendt.\n").encode()),
    ):
        assert [(person.name, person.party) for person in document.participants] == [("Ib Dam", "V")]
        assert [(person.name, person.party) for person in document.absent] == [("Eva Kirk", "A")]
