"""Pages with one item: its title is under the header, above it or nowhere."""

import pytest

from minutes.reader import read
from minutes.reader.header_lines import is_header_line

TITLE = "Ny cykelsti langs Åvej i Nordby"
SECTIONS = "Sagsfremstilling\nStien bliver bred.\n\nBeslutning\nGodkendt.\n"


def items(text: str) -> list[tuple[str | None, str, str]]:
    return [(item.number, item.title, item.decision or "") for item in read(text.encode()).items]


@pytest.mark.parametrize(
    "header",
    [
        "Referat Nordby Byråd 12-08-2020\n",
        "Vælg\n\nReferat Nordby Byråd 12-08-2020\n",
        "Teknisk Udvalg\n04-05-2021 kl. 16:00\nRådhuset, lokale 3\n",
        "Mødedato: 4. maj 2021\nMødested: Byrådssalen\n",
        "Søg\n\nMødedato\n22.04.2021, kl. 17:30\nMødested\nRådhuset\n",
        "Nordby Kommune\nReferat\nByrådet\n4. maj 2021\n",
        "Nordby Kommune\nSkovbrynet Skole\n\nReferat af møde i Ældrerådet den 4. maj 2021\n",
        "Mødedato: 4. maj 2021\nTil stede: Ane Lund (A), Bo Dam (V)\nAfbud: Dorte Fisk (B)\n",
    ],
)
@pytest.mark.parametrize("blank", ["", "\n"])
def test_the_title_stands_between_the_header_and_the_first_section(header, blank):
    assert items(f"{header}{blank}{TITLE}\n{blank}{SECTIONS}") == [(None, TITLE, "Godkendt.")]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Byrådet 04-05-2021\n\n{TITLE}\nog på Havnegade\n\n{SECTIONS}", f"{TITLE} og på Havnegade"),
        (f"Mødedato: 04.05.2021\n\n{TITLE}\n\nSe alle bilag\n\nDer mangler en sti.\n\n{SECTIONS}", TITLE),
        (f"Byrådet, 4. maj 2021\n\n{TITLE}\n\nByrådet, 4. maj 2021\nGodkendt.\n", TITLE),
        (f"{TITLE}\n\nTeknisk Udvalg\nDato: 4. maj 2021\nSted: Salen\n\n{SECTIONS}", TITLE),
        (f"{TITLE}\n\n{SECTIONS}", TITLE),
    ],
)
def test_the_title_is_read_in_other_places(text, title):
    assert items(text) == [(None, title, "Godkendt.")]


@pytest.mark.parametrize(
    "text",
    [
        "Beslutning\nGodkendt.\n",
        "Mødedato: 4. maj 2021\nMødested: Byrådssalen\n\nSagsfremstilling\nStien.\n\nBeslutning\nGodkendt.\n",
        "Teknisk Udvalg\n4. maj 2021\nNordby Skole\nBeslutning\nGodkendt.\n",
        "Teknisk Udvalg\nReferat • 2. oktober 2024 kl. 13.30\nIndhold\n"
        "Beslutning i Teknisk Udvalg den 02-10-2024\nGodkendt.\nIndstilling\nAne Lund (A) foreslår det.\n",
    ],
)
def test_a_page_without_a_title_has_a_doubtful_item(text):
    document = read(text.encode())
    assert [(item.number, item.title, item.decision) for item in document.items] == [(None, "", "Godkendt.")]
    assert "items_without_headings" in [doubt.code for doubt in document.doubts]


def test_a_number_glued_to_the_title_is_read_below_the_header():
    header = "Byrådets møde den 25. juni 2025\nMødelokale 1. Rådssalen kl. 19.00\n"
    text = f"{header}114Spørgsmål fra borgere\n{SECTIONS}"
    assert items(text) == [("114", "Spørgsmål fra borgere", "Godkendt.")]


def test_a_title_of_the_header_is_no_heading_of_a_decision():
    text = f"BESLUTNINGER NORDBYRÅDET mandag den 4. maj 2021\nMøde nr. 1\n\nSAG NR. 1 {TITLE}\n{SECTIONS}"
    assert items(text) == [("1", TITLE, "Godkendt.")]


@pytest.mark.parametrize(
    ("text", "item"),
    [
        # a list that is the item, with its case number above the title and a table of bodies below
        (
            f"Udvalg: Teknisk Udvalg\nMødedato: 4. maj 2021\n\nDagsordenspunkter\n\n"
            f"Sagsnr.: 05.01.00-P20-3-21 Sagsbehandler: Ane Lund\n\n{TITLE}\n\nTU\nØU\nBY\n \nx\n x\n\n"
            "Sagsfremstilling\n\nStien bliver bred.\n",
            (TITLE, "05.01.00-P20-3-21", None),
        ),
        # the case number alone, and a decision over several lines
        (
            "Referat\ntirsdag den 4. maj 2021 kl. 16:00\n\nUdvalg Teknisk Udvalg\n\nSagsid.: "
            "21/4969\nResume\n"
            "Stien er smal.\nBeslutning i Teknisk Udvalg den 04-05-2021\nTeknisk Udvalg besluttede,\n"
            "1. at stien gøres bredere.\nSagsfremstilling\nStien bliver bred.\n",
            ("", "21/4969", "Teknisk Udvalg besluttede,\n1. at stien gøres bredere."),
        ),
        # the page's title above the item's, and recommendations of another body in the text
        (
            "Mødedato: 04.05.2021, kl. 19:00\nMødested: Salen\n\nPuljen\n\n3. Puljen\n\nIndstilling og "
            "beslutning\n"
            "Det indstilles, at puljen fordeles.\n\nProblemstilling\n\n1. Koret. Søger 8.000 kr.\n\n"
            "Puljegruppens indstilling:\nGives.\n\n2. Spejderne. Søger 2.000 kr.\n\nPuljegruppens "
            "indstilling:\nGives.\n",
            ("Puljen", None, None),
        ),
    ],
)
def test_one_item_under_a_case_number_or_its_title_printed_twice(text, item):
    (only,) = read(text.encode()).items
    assert (only.title, only.case_number, only.decision) == item


@pytest.mark.parametrize(
    "text",
    [
        # several items whose titles are not known by anything
        "Referat af møde i skolebestyrelsen den 4. maj 2021\nTil stede: Ane Lund, Bo Dam\n\nNyt fra "
        "skolen\n"
        "Der er ansat en lærer.\n\nTrivsel\nVi drøftede den.\n\nLejrskole\nBeslutning: Klassen rejser.\n",
        # two recommendations, one decision
        "Byrådet 04-05-2021\n\nNy sti\n\nIndstilling\nAt den anlægges.\n\nNy bro\n\nIndstilling\n"
        "At den bygges.\n\nBeslutning\nGodkendt.\n",
        # a contents list
        "Byrådet 04-05-2021\nIndhold\nNy sti\nNy bro\n\nSagsfremstilling\nStien.\n\nBeslutning\nGodkendt.\n",
    ],
)
def test_what_may_be_several_items_is_not_one(text):
    assert len(items(text)) != 1


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Referat Nordby Byråd 12-08-2020", True),
        ("Mødested: Byrådssalen", True),
        ("Byrådet, 4. maj 2021 kl. 17.00", True),
        ("Nordby Kommune", True),
        ("kl. 17.00 - 19.00", True),
        ("Budget for Teknisk Udvalg", False),
        ("Kommissorium for Ældrerådet", False),
        ("Beslutning i Byrådet den 4. maj 2021", False),
        ("Ny cykelsti langs Åvej", False),
    ],
)
def test_lines_of_the_header_are_known_by_what_they_name(line, is_one):
    assert is_header_line(line) is is_one
