"""The safety rules of the reader: closed items, no guesses, files that are not minutes."""

import bz2
import email.message
import gzip
import io
import json
import lzma
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from minutes.reader import UnreadableDocument, municipality_claims, read
from minutes.reader.records import Document, Item, as_facts, from_facts
from tests.readings import reading_of

ROOT = Path(__file__).parents[1]
SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.txt"))
HEAD = "REFERAT Teknikudvalget d. 14-01-2020\n\nMødedato Tirsdag d. 14. januar 2020 kl. 16:00\n\n"
OPEN = (
    "Punkt {}: Cykelsti langs Mosevej\n\nSagsfremstilling\n\nStien bliver to km lang.\n\n"
    "Beslutning\n\nGodkendt.\n\n"
)
BODY = "Sagsfremstilling\n\nKøber tilbyder 900.000 kr.\n\nBeslutning\n\nGodkendt.\n\n"


def read_items(*items: str, head: str = HEAD) -> Document:
    return read((head + "".join(items)).encode())


def closed_numbers(document: Document) -> list[str | None]:
    return [item.number for item in document.items if item.closed]


def codes(document: Document) -> list[str]:
    return [doubt.code for doubt in document.doubts]


# Closed unless certainly open


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Punkt 2: Salg af grund (LUKKET)", "Salg af grund"),
        ("Punkt 2: Salg af grund [LUKKET]", "Salg af grund"),
        ("Punkt 2: [LUKKET] Salg af grund", "Salg af grund"),
        ("Punkt 2: (lukket) Salg af grund", "Salg af grund"),
        ("Punkt 2 (lukket): Salg af grund", "Salg af grund"),
        ("Punkt 2 [LUKKET]: Salg af grund", "Salg af grund"),
        ("Punkt 2 - lukket: Salg af grund", "Salg af grund"),
        ("Punkt 2 (L): Salg af grund", "Salg af grund"),
        ("Punkt 2: Salg af grund (L)", "Salg af grund"),
        ("Punkt 2: Salg (lukket sag) af grund", "Salg af grund"),
        ("[LUKKET] Punkt 2: Salg af grund", "Salg af grund"),
        ("Lukket punkt 2: Salg af grund", "Salg af grund"),
        ("LUKKET Punkt 2: Salg af grund", "Salg af grund"),
        ("(Lukket) Punkt 2: Salg af grund", "Salg af grund"),
        ("Punkt 2: Lukket - Salg af grund", "Salg af grund"),
        ("Punkt 2: Lukket: Salg af grund", "Salg af grund"),
        ("Punkt 2: LUKKET Salg af grund", "Salg af grund"),
        ("Punkt 2: Lukket Salg af grund", "Salg af grund"),
        ("Punkt 2: Lukket sag – Salg af grund", "Salg af grund"),
        ("Punkt 2: L U K K E T - Salg af grund", "Salg af grund"),
        ("Punkt 2: Salg af grund - lukket", "Salg af grund"),
        ("Punkt 2: Salg af grund – Lukket punkt", "Salg af grund"),
        ("Punkt 2: Salg af grund, lukket sag", "Salg af grund"),
        ("Punkt 2: Salg af grund LUKKET", "Salg af grund"),
        ("Punkt 2: Salg af grund (FOR LUKKEDE DØRE)", "Salg af grund"),
        ("Punkt 2: Salg af grund (behandles for lukkede døre)", None),
        ("Punkt 2: Salg af grund (lukket, jf. styrelseslovens § 10)", "Salg af grund"),
        ("Punkt 2: Salg af grund (fortroligt)", "Salg af grund"),
        ("Punkt 2: Salg af grund Tavshedspligt ikke fraveget", "Salg af grund"),
        ("Punkt 2: Salg af grund (ikke-offentlig)", "Salg af grund"),
        ("Punkt 2: Salg af grund - Ikke offentligt punkt", "Salg af grund"),
        ("Punkt 2: Fortroligt - Salg af grund", "Salg af grund"),
        ("Punkt 2: Fortroligt: Salg af grund", "Salg af grund"),
        ("Punkt 2: FORTROLIGT Salg af grund", "Salg af grund"),
        ("Punkt 2: Fortrolig sag om salg af grund", None),
        ("Punkt 2: Ikke-offentlig: Salg af grund", "Salg af grund"),
        ("Punkt 2: Lukket orientering om salg af grund", None),
        ("Punkt 2: Lukket", "Lukket"),
        ("Punkt 2: Lukket punkt", "Lukket punkt"),
        ("Punkt 2: Closed item", "Closed item"),
        ("Punkt 2: Salg af grund (confidential)", "Salg af grund"),
        ("Punkt 2: Fortroligt", "Fortroligt"),
        ("Punkt 2: Lukket sag, jf. styrelseslovens § 10", None),
        ("Punkt 2: Personsag", "Personsag"),
        ("Punkt 2: Personsag - ansættelse", None),
        ("Punkt 2: Personalesag", "Personalesag"),
        ("Punkt 2: 🔒 Salg af grund", "Salg af grund"),
        ("Punkt 2: Lukket for offentligheden - Salg af grund", "Salg af grund"),
        ("Lukket\tPunkt 2: Salg af grund", "Salg af grund"),
        ("Punkt 2: Salg af grund (B) (LUKKET)", "Salg af grund"),
        ("Punkt 2: Salg af grund (LUKKET) (B)", "Salg af grund"),
    ],
)
def test_a_sign_in_the_heading_closes_the_item(heading, title):
    document = read_items(OPEN.format(1), f"{heading}\n\n{BODY}", OPEN.format(3))
    assert closed_numbers(document) == ["2"]
    assert [item.number for item in document.items] == ["1", "2", "3"]
    assert codes(document) == []
    if title:
        assert document.items[1].title == title


@pytest.mark.parametrize(
    "heading",
    [
        "2. [LUKKET] Salg af grund",
        "2. (lukket) Salg af grund",
        "2 (lukket). Salg af grund",
        "2. Salg af grund (lukket)",
        "2. L Salg af grund",
        "[LUKKET] 2. Salg af grund",
    ],
)
def test_a_sign_beside_a_bare_number_closes_the_item(heading):
    items = [
        f"{number}. Sti {number}\n\nSagsnr. 20/11{number}\n\nBeslutning\n\nGodkendt.\n\n" for number in (1, 3)
    ]
    document = read_items(items[0], f"{heading}\n\nSagsnr. 20/112\n\nBeslutning\n\nGodkendt.\n\n", items[1])
    assert [(item.number, item.closed) for item in document.items] == [
        ("1", False),
        ("2", True),
        ("3", False),
    ]


@pytest.mark.parametrize(
    "under",
    [
        "Lukket",
        "LUKKET",
        "(LUKKET)",
        "[lukket]",
        "Lukket punkt",
        "Lukket sag",
        "Fortroligt",
        "Tavshedspligt ikke fraveget",
        "FORTROLIGT",
        "Ikke-offentlig",
        "Ikke offentligt punkt",
        "(FOR LUKKEDE DØRE)",
        "For lukkede døre",
        "Åben/Lukket: Lukket",
        "Åben/Lukket:\tLukket",
        "Åben/Lukket: L",
        "Å/L: L",
        "Lukket for offentligheden",
        "Lukket punkt i henhold til § 10 i styrelsesloven",
        "Punktet behandles på lukket dagsorden.",
        "Sagen behandles på et lukket møde.",
        "Punktet behandles uden offentlighedens adgang.",
        "Punktet behandles uden adgang for offentligheden.",
        "Åben/lukket sag: Lukket",
        "Åbent punkt: Nej",
        "Åben: Nej",
        "Offentlig: Nej",
        "Offentligt punkt: Nej",
        "Lukket punkt: Ja",
        "Lukket: Ja",
        "Lukket: X",
        "Fortroligt: Ja",
        "Ikke-offentligt: Ja",
        "Status: Lukket",
        "Adgang: Fortroligt",
        "Punkttype: Lukket punkt",
        "Åbent punkt\nNej",
        "Åben/Lukket\nLukket",
        "[ ] Åben [x] Lukket",
        "☐ Åben ☒ Lukket",
        "Sagsnr.: 20/3321   Lukket",
        "Lukket - 82.02.00-G10-12-15",
        "Sagsnr.: 20/3321\nSagsbehandler: AH\nÅben/Lukket: Lukket",
        "Sagsnr. 20/3321 · Personsag",
        "Personsag",
        "Behandles for lukkede døre.",
        "Punktet behandles for lukkede døre.",
        "Sagen behandles for lukkede døre, jf. styrelseslovens § 10",
        "Sagen er behandlet for lukkede døre.",
        "Dette punkt blev behandlet for lukkede døre.",
        "Punkt 2 behandledes for lukkede døre.",
        "Punktet er lukket, jf. styrelseslovens § 10.",
        "Punktet er fortroligt.",
        "Punktet behandles for luk\u00adkede døre.",
        "Punktet behandles som lukket punkt.",
    ],
)
def test_a_sign_under_the_heading_closes_the_item(under):
    document = read_items(OPEN.format(1), f"Punkt 2: Salg af grund\n\n{under}\n\n{BODY}", OPEN.format(3))
    assert closed_numbers(document) == ["2"]
    assert codes(document) == []


@pytest.mark.parametrize(
    "statement",
    [
        "Punktet blev behandlet for lukkede døre.",
        "Udvalget besluttede, at sagen behandles for lukkede døre. Godkendt.",
        "Godkendt. Sagen blev drøftet for lukkede døre.",
        "Punktet blev behandlet for lukkede døre uden afstemning og ingen tog ordet.",
        "Punktet blev behandlet for\nlukkede døre.",
        "Dagsordenspunktet er ikke et åbent punkt. Punktet er behandlet for lukkede døre.",
    ],
)
def test_a_statement_in_the_decision_closes_the_item(statement):
    document = read_items(OPEN.format(1), f"Punkt 2: Salg\n\nBeslutning\n\n{statement}\n\n", OPEN.format(3))
    assert closed_numbers(document) == ["2"]


@pytest.mark.parametrize(
    ("statement", "numbers"),
    [
        ("Punkt 3 behandles for lukkede døre. Godkendt.", ["3"]),
        ("Godkendt. Punkterne 2 og 3 behandledes for lukkede døre.", ["2", "3"]),
        ("Godkendt. Pkt. 2-4 er lukkede punkter.", ["2", "3", "4"]),
    ],
)
def test_a_statement_that_names_other_items_closes_those(statement, numbers):
    first = f"Punkt 1: Godkendelse af dagsorden\n\nBeslutning\n\n{statement}\n\n"
    document = read_items(first, *(OPEN.format(number) for number in (2, 3, 4)))
    assert closed_numbers(document) == numbers


@pytest.mark.parametrize(
    "heading",
    [
        "LUKKET DAGSORDEN",
        "Lukket dagsorden",
        "Lukkede punkter",
        "LUKKEDE PUNKTER:",
        "Lukkede dagsordenspunkter",
        "Lukkede sager",
        "Lukket møde",
        "Lukket del",
        "Den lukkede del af mødet",
        "B. Lukkede punkter",
        "--- LUKKET DAGSORDEN ---",
        "Disse sager behandles for lukkede døre",
        "Følgende punkter behandledes for lukkede døre:",
        "Sager, der behandles for lukkede døre",
        "Til behandling - for lukkede døre",
        "For lukkede døre",
        "Ikke-offentlige punkter",
        "Fortrolige sager",
        "Dørene blev lukket.",
        "Lukkede punkter, jf. styrelseslovens § 10",
    ],
)
@pytest.mark.parametrize("opened", ["ÅBEN DAGSORDEN", "Åbne punkter", "Til behandling - for åbne døre"])
def test_a_heading_over_several_items_closes_them_until_the_next_open_one(heading, opened):
    document = read_items(
        OPEN.format(1),
        f"{heading}\n\n",
        OPEN.format(2),
        OPEN.format(3),
        f"{opened}\n\n",
        OPEN.format(4),
    )
    assert closed_numbers(document) == ["2", "3"]
    assert [item.decision for item in document.items] == ["Godkendt."] * 4
    assert codes(document) == []


@pytest.mark.parametrize(
    "title",
    [
        "LUKKET REFERAT Teknikudvalget d. 14-01-2020",
        "Lukket referat Teknikudvalget d. 14-01-2020",
        "Lukket dagsorden Teknikudvalget d. 14-01-2020",
        "REFERAT Teknikudvalget d. 14-01-2020\n\nLukket referat",
        "LUKKET REFERAT\n\nREFERAT Teknikudvalget d. 14-01-2020",
        "LUKKET DAGSORDEN\n\nREFERAT Teknikudvalget d. 14-01-2020",
        "REFERAT Teknikudvalget d. 14-01-2020 (LUKKET)",
        "REFERAT Teknikudvalget d. 14-01-2020\n\nFORTROLIGT",
        "FORTROLIGT\n\nREFERAT Teknikudvalget d. 14-01-2020",
        "REFERAT Teknikudvalget d. 14-01-2020\n\nÅbent møde: Nej",
        "REFERAT Teknikudvalget d. 14-01-2020\n\nLukket møde",
        "REFERAT Teknikudvalget d. 14-01-2020\n\nMødet blev holdt for lukkede døre.",
        "REFERAT Teknikudvalget d. 14-01-2020\n\nLukkede punkter",
        "Teknikudvalget - Lukket referat - 14. januar 2020",
        "REFERAT Teknikudvalget d. 14-01-2020\n\nTeknikudvalget, lukket møde",
        "REFERAT Teknikudvalget d. 14-01-2020\n\nDagsorden for lukket møde i Teknikudvalget",
        "REFERAT Teknikudvalget d. 14-01-2020\n\nReferat fra den lukkede del af mødet",
        "Lukket beslutningsprotokol\n\nREFERAT Teknikudvalget d. 14-01-2020",
    ],
)
def test_a_document_that_is_headed_closed_is_closed(title):
    document = read_items(OPEN.format(1), OPEN.format(2), head=f"{title}\n\n")
    assert closed_numbers(document) == ["1", "2"]
    assert (document.committee, document.date) == ("Teknikudvalget", "2020-01-14")


@pytest.mark.parametrize(
    ("contents", "closed"),
    [
        (
            "Åbent referat\n1. Cykelsti langs Mosevej\t3\n2. Cykelsti langs Mosevej\t4\n\nLukket referat\n\n",
            [],
        ),
        ("Åbent referat\n1. Cykelsti langs Mosevej\t3\n\nLukket referat\n\n", ["1", "2"]),
        (
            "Åbent referat\n1. Cykelsti langs Mosevej\t3\n\nLukket referat\n2. Cykelsti langs Mosevej\t4\n\n",
            ["2"],
        ),
        ("1. Cykelsti langs Mosevej\t3\n2. Cykelsti langs Mosevej\t4\n\nLukket referat\n\n", ["1", "2"]),
    ],
)
def test_a_heading_over_no_item_of_the_contents_closes_none_that_is_listed_as_open(contents, closed):
    head = "REFERAT Teknikudvalget d. 14-01-2020\n\nINDHOLDSFORTEGNELSE\n\n"
    document = read_items(OPEN.format(1), OPEN.format(2), head=head + contents)
    assert closed_numbers(document) == closed


def test_a_running_head_closes_the_document():
    pages = "".join(
        OPEN.format(n) + f"\n\fTeknikudvalget - Lukket referat   Side {n + 1}\n\n" for n in (1, 2, 3)
    )
    assert closed_numbers(read_items(pages)) == ["1", "2", "3"]


@pytest.mark.parametrize(
    "contents",
    [
        "Indholdsfortegnelse\n1. Sti.....2\n2. Lukket: Salg.....3\n3. Vej.....4\n\n",
        "Åbne punkter\n1. Sti\n3. Vej\nLukkede punkter\n2. Salg\n\n",
        "Dagsorden\n1 Sti\n2 Salg (LUKKET)\n3 Vej\n\n",
        "Indholdsfortegnelse\n\n1. Sti\n\n2. Fortroligt - Salg\n\n3. Vej\n\n",
    ],
)
def test_an_item_that_the_contents_list_as_closed_is_closed(contents):
    document = read_items(contents, OPEN.format(1), OPEN.format(2), OPEN.format(3))
    assert closed_numbers(document) == ["2"]


def test_the_last_heading_of_the_contents_with_nothing_under_it_closes_no_item_listed_as_open():
    contents = "Åbent referat\n1. {0}.....2\n2. {1}.....3\n\nLukket referat\n\n"
    title = OPEN.format(1).split("\n", 1)[0].split(":", 1)[1].strip()
    listed = read_items(contents.format(title, title), OPEN.format(1), OPEN.format(2))
    assert closed_numbers(listed) == []
    others = read_items(contents.format("Sti", "Vej"), OPEN.format(1), OPEN.format(2))
    assert closed_numbers(others) == ["1", "2"]


def test_items_numbered_from_101_beside_open_ones_are_closed():
    document = read_items(*(OPEN.format(number) for number in (1, 2, 101, 102)))
    assert closed_numbers(document) == ["101", "102"]


@pytest.mark.parametrize("numbers", [(99, 100, 101), (101, 102), (95, 97, 101, 104)])
def test_items_whose_numbers_run_on_past_100_are_open(numbers):
    assert closed_numbers(read_items(*map(OPEN.format, numbers))) == []


@pytest.mark.parametrize(
    "title",
    [
        "Lukket skole i Ørby",
        "Lukkede afdelinger på plejehjem",
        "Lukket anbringelse af unge",
        "Lukning af Ørby Skole",
        "Lukketider i daginstitutioner",
        "Lukkedage 2021",
        "Vejen lukkes for gennemkørsel",
        "Skolen forbliver lukket",
        "Offentlig høring om lokalplan",
        "Offentliggørelse af regnskab",
        "Åben skole",
        "Fortrolighed i sagsbehandlingen",
        "Persontransport",
        "Personalepolitik",
        "Forespørgsel fra Ane Holm (L)",
        "Ingen lukkede punkter",
    ],
)
def test_a_title_about_something_closed_does_not_close_the_item(title):
    document = read_items(OPEN.format(1), f"Punkt 2: {title}\n\n{BODY}", OPEN.format(3))
    assert closed_numbers(document) == []
    assert document.items[1].title == title
    assert codes(document) == []


@pytest.mark.parametrize(
    "text",
    [
        "Punktet blev behandlet for åbne døre.",
        "Skolen lukker til sommer, og bygningen har været lukket siden januar.",
        "Lukkede punkter: ingen",
        "Der var ingen lukkede punkter.",
        "Åben/Lukket: Åben",
        "Åbent punkt: Ja",
        "Lukket punkt: Nej",
        "Fortroligt: Nej",
        "Unge på lukkede afdelinger har lukket adgang til haven.",
        "Oplysningerne er fortrolige, og borgerne har krav på fortrolighed.",
        "Den lukkede del af havnen åbnes igen.",
        "Planen har været i offentlig høring. Ikke alle høringssvar er offentliggjort.",
        "Åbent punkt\nLukket punkt\nTeknikudvalget",
        "Sagen er lukket.",
        "For stemte: 10 (A)\n\nUndlod at stemme: 1 (L)",
        "Bilag\n\nTilbud A (lukket)\nLukket bilag",
    ],
)
def test_a_word_of_something_closed_in_the_text_does_not_close_the_item(text):
    document = read_items(
        OPEN.format(1), f"Punkt 2: Sti\n\nSagsfremstilling\n\n{text}\n\nBeslutning\n\nGodkendt.\n"
    )
    assert closed_numbers(document) == []
    assert codes(document) == []
    labels = read_items(OPEN.format(1), f"Punkt 2: Sti\n\n{text}\n\nBeslutning\n\nGodkendt.\n")
    assert closed_numbers(labels) == []
    assert codes(labels) == []


@pytest.mark.parametrize(
    "text",
    [
        "Godkendt.\n\nLukket punkt\n\nSalg af grund til 900.000 kr.",
        "Godkendt.\n\nLUKKET\n\nSalg af grund til 900.000 kr.",
        "Godkendt.\n\nLUKKET DAGSORDEN\n\nSalg af grund til 900.000 kr.",
        "Godkendt.\n\nFortroligt\n\nSalg af grund til 900.000 kr.",
        "Godkendt.\n\nFortroligt: Salg af grund til 900.000 kr.",
        "Godkendt.\n\nLukket punkt: Salg af grund til 900.000 kr.",
        "Godkendt.\n\nLukket: Salg af grund til 900.000 kr.",
        "Godkendt.\n\nLukket - Salg af grund til 900.000 kr.",
        "Godkendt.\n\nSalg af grund – lukket sag\n\nSolgt for 900.000 kr.",
        "Godkendt.\n\nPersonsag\n\nHun blev ansat.",
        "Godkendt.\n\nL1. Salg af grund\n\nSolgt for 900.000 kr.",
        "Godkendt.\n\nPunkt L1: Salg af grund\n\nSolgt for 900.000 kr.",
        "Godkendt.\n\nTeknikudvalget - Lukket referat\n\nSolgt for 900.000 kr.",
        "Godkendt. LUKKET DAGSORDEN Solgt for 900.000 kr.",
        "Godkendt. Sagen er fortrolig og behandles på lukket møde den 4. maj 2020.",
        "Godkendt.\n\nSalg af grund (LUKKET)\n\nSolgt for 900.000 kr.",
        "Godkendt.\n\n1. Fortroligt - Salg af grund\n\nSolgt for 900.000 kr.",
        "Godkendt.\n\nReferatLukket sag\n\nSolgt for 900.000 kr.",
        "Godkendt. Udvalget ser på busruten Lukket sag Sag: 20/17 Solgt for 900.000 kr.",
        "Godkendt. Fraværende: Nr. 6 - LUKKET: Salg af grund Solgt for 900.000 kr.",
        "Godkendt.\n\nBilag\n\nTegning Sag 6: Fortroligt salg. Solgt for 900.000 kr.",
        "Godkendt.\n\nSalg af grund [lukket punkt]\n\nSolgt for 900.000 kr.",
        "Godkendt.\n\nÅben/Lukket: Lukket\n\nSolgt for 900.000 kr.",
        "Godkendt.\n\nEt lejemål blev talt igennem for lukkede døre.",
        "Borgmesteren foreslog, at punktet behandles for lukkede døre. Det blev forkastet.",
        "Sagen blev behandlet for lukkede døre den 4. maj 2019. Godkendt.",
        "Godkendt, jf. styrelseslovens § 10.",
    ],
)
def test_a_sign_in_the_text_of_an_open_item_is_a_doubt(text):
    document = read_items(OPEN.format(1), f"Punkt 2: Sti\n\nBeslutning\n\n{text}\n")
    (doubt,) = document.doubts
    assert (doubt.code, doubt.params["number"]) == ("closed_sign_in_open_item", "2")
    assert document.text[doubt.start : doubt.end].strip() in document.text
    assert document.items[1].start <= doubt.start < doubt.end <= document.items[1].end
    assert document.grade == "doubtful"


@pytest.mark.parametrize("heading", ["Sag 31: Forlig (lukket)", "Pkt. nr. 31 Forlig (LUKKET)"])
def test_the_heading_of_an_item_in_a_list_of_attachments_is_a_doubt(heading):
    document = read_items(
        OPEN.format(1), f"Bilag\n\nKort over stien\n{heading}\nForliget koster en million.\n"
    )
    assert [item.closed for item in document.items] in ([False], [False, True])
    assert len(document.items) == 2 or "closed_sign_in_open_item" in codes(document)


def test_an_item_whose_heading_is_a_row_of_cells_is_closed_by_one_of_them():
    document = read_items(
        OPEN.format(1), OPEN.format(2), "Punkt 3\tLukket\tSalg af grund\n\nSolgt for 900.000 kr.\n"
    )
    assert closed_numbers(document) == ["3"]


def test_a_mark_in_the_link_of_a_title_is_a_doubt():
    link = "Salg af grundKlik her for at folde ud og læse mere om Salg af grund (LUKKET)"
    document = read_items(OPEN.format(1), f"Punkt 2: {link}\n\n{BODY}")
    assert document.items[-1].closed or codes(document) == ["closed_sign_in_open_item"]


@pytest.mark.parametrize(
    "title",
    [
        "Lukket salg af grund",
        "LUKKET SALG AF GRUND",
        "Salg (lukket bud)",
        "Bilag31. LUKKET: Salg",
        "Bilag4 : Fortroligt - Salg",
    ],
)
def test_a_title_that_may_be_marked_is_a_doubt(title):
    document = read_items(OPEN.format(1), f"Punkt 2: {title}\n\n{BODY}", OPEN.format(3))
    (doubt,) = document.doubts
    assert (doubt.code, doubt.params["number"]) == ("closed_sign_in_open_item", "2")
    assert document.text[doubt.start : doubt.end] == f"Punkt 2: {title}"


def test_closed_items_that_are_numbered_from_1_again_are_closed():
    closed = [OPEN.format(number).replace("Cykelsti", "Salg") for number in (1, 2)]
    document = read_items(OPEN.format(1), OPEN.format(2), "LUKKET DAGSORDEN\n\n", *closed)
    assert [item.closed for item in document.items] == [False, False, True, True]


@pytest.mark.parametrize(
    "text",
    [
        "Godkendt. Punkt 9 blev behandlet for lukkede døre.",
        "Godkendt. Ane Holm deltog ikke i den lukkede del af mødet.",
    ],
)
def test_a_sign_about_no_item_that_was_read_is_a_doubt(text):
    document = read_items(OPEN.format(1), f"Punkt 2: Sti\n\nBeslutning\n\n{text}\n")
    assert codes(document) == ["closed_sign_unplaced"]
    assert document.grade == "doubtful"


def test_a_mark_between_two_headings_closes_both_when_it_is_not_certain_whose_it_is():
    document = read_items(OPEN.format(1), "Punkt 2: Salg\n\nLukket\n\nPunkt 3: Køb\n\nPunkt 4: Leje\n")
    assert closed_numbers(document) == ["2", "3"]
    nearer = read_items(OPEN.format(1), "Punkt 2: Salg\nLukket\n\nPunkt 3: Køb\n\nPunkt 4: Leje\n")
    assert closed_numbers(nearer) == ["2"]


# Samples whose items have neither numbers nor titles.
EXPECTED_DOUBTS = {
    "gammelhavn_seniorraad_foldeud": ["items_without_headings"],
    "bredsund_teknik_udskriv": ["items_without_headings"],
    "hejlsted_ungeraad_underpunkter": ["no_decisions"],
    "klintholt_kommission_kolonnumre": ["no_committee"],
    "oelgaard_kommunalbestyrelse_punktliste": ["items_uncertain", "no_decisions"],
}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_has_no_doubt_but_where_something_is_said_to_be_closed(sample):
    document = read(sample.read_bytes())
    closed_signs = [doubt for doubt in document.doubts if doubt.code.startswith("closed_")]
    assert all("lukke" in document.text[doubt.start : doubt.end].lower() for doubt in closed_signs)
    assert bool(closed_signs) == (sample.stem == "laesoe_teknik_havn")
    if not reading_of(sample).get("missed"):
        others = [doubt.code for doubt in document.doubts if doubt not in closed_signs]
        assert others == EXPECTED_DOUBTS.get(sample.stem, [])


# Nothing is guessed


def decided(decision: str) -> Item:
    return read_items(f"Punkt 1: Sti\n\nBeslutning\n\n{decision}\n").items[0]


@pytest.mark.parametrize(
    "decision",
    [
        "Imod stemte 6 medlemmer.",
        "Imod stemte Ane Holm (A).",
        "Hanne Lind (C) undlod at stemme.",
        "1 medlem undlod at stemme.",
        "For stemte A og F.",
        "For stemte 4.",
        "Der var 4 stemmer for og 4 stemmer imod.",
        "For stemte: A (2)\n\nImod stemte: V (2)",
        "For stemte Ane Holm (A) og Bo Lind (V). Imod stemte Eva Kirk (V).",
        "Der blev stemt, 46 stemmer imod 3.",
        "Venstre stemmer imod.",
    ],
)
def test_a_result_that_is_neither_printed_nor_certain_is_unknown(decision):
    for ballot in decided(decision).ballots:
        assert (ballot.result, ballot.result_from) == (None, None)


@pytest.mark.parametrize(
    ("decision", "counts", "result", "result_from"),
    [
        ("4 ja, 9 nej, 2 blanke.", (4, 9, 2), "lost", "counts"),
        ("Resultatet blev 5 ja-stemmer, 3 nej-stemmer og 1 blank.", (5, 3, 1), "carried", "counts"),
        ("Der blev afgivet 9 nej og 4 ja.", (4, 9, None), "lost", "counts"),
        ("Der var 6 stemmer for og 1 stemme imod.", (6, 1, None), "carried", "counts"),
        ("Der var 1 stemme for og 6 stemmer imod.", (1, 6, None), "lost", "counts"),
        ("For stemte 5. Imod stemte 3.", (5, 3, None), "carried", "counts"),
        ("Godkendt. Imod stemte Ane Holm (A).", (None, 1, None), "carried", "printed"),
        ("Der var 4 stemmer for og 4 imod. Forslaget faldt.", (4, 4, None), "lost", "printed"),
        ("Forkastet med 46 stemmer imod 3.", (3, 46, None), "lost", "printed"),
        ("Vedtaget med 46 stemmer imod 3.", (46, 3, None), "carried", "printed"),
        ("Ikke godkendt med 2 stemmer for og 5 stemmer imod.", (2, 5, None), "lost", "printed"),
        ("Et mindretal (V) kunne ikke tiltræde forslaget.", (None, None, None), "carried", "printed"),
    ],
)
def test_a_result_is_printed_or_certain_from_both_counts(decision, counts, result, result_from):
    (ballot,) = decided(decision).ballots
    assert (ballot.in_favour, ballot.against, ballot.abstained) == counts
    assert (ballot.result, ballot.result_from) == (result, result_from)


def test_a_printed_result_that_its_counts_contradict_is_a_doubt():
    item = "Punkt 1: Sti\n\nBeslutning\n\nGodkendt med 3 stemmer for og 6 stemmer imod.\n"
    document = read_items(item)
    (ballot,) = document.items[0].ballots
    assert (ballot.result, ballot.result_from) == ("carried", "printed")
    assert codes(document) == ["result_against_counts"]


def test_a_ballot_of_unknown_result_goes_through_json():
    document = read_items("Punkt 1: Sti\n\nBeslutning\n\nImod stemte 6 medlemmer.\n")
    assert document.items[0].ballots
    assert from_facts(json.loads(json.dumps(as_facts(document)))) == document


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ("Anbefales ikke.", "rejected"),
        ("Anbefales ikke godkendt.", "rejected"),
        ("Ikke anbefalet.", "rejected"),
        ("Kan ikke anbefales.", "rejected"),
        ("Forslaget kan ikke anbefales.", "rejected"),
        ("Udvalget kan ikke anbefale forslaget.", "rejected"),
        ("Udvalget anbefaler ikke forslaget.", "rejected"),
        ("Et flertal anbefaler ikke, at forslaget vedtages.", "rejected"),
        ("Løsning B anbefales ikke.", "rejected"),
        ("Ej godkendt.", "rejected"),
        ("Ej tiltrådt.", "rejected"),
        ("Godkendes ikke.", "rejected"),
        ("Ansøgningen godkendes dermed ikke.", "rejected"),
        ("Blev ikke godkendt.", "rejected"),
        ("Tiltrædes ikke.", "rejected"),
        ("Udvalget tiltræder ikke indstillingen.", "rejected"),
        ("Udvalget vedtog ikke forslaget.", "rejected"),
        ("Der gives dermed ikke dispensation.", "rejected"),
        ("Indstilles forkastet.", "rejected"),
        ("Indstilles ikke godkendt.", "rejected"),
        ("Indstilles afvist.", "rejected"),
        ("Indstiller afslag.", "rejected"),
        ("Udvalget indstiller til Byrådet, at der gives afslag.", "rejected"),
        ("Udvalget anbefaler afslag på ansøgningen.", "rejected"),
        ("Udvalget anbefaler, at ansøgningen ikke imødekommes.", "rejected"),
        ("Udvalget anbefaler Byrådet, at forslaget forkastes.", "rejected"),
        ("Punkt 1 anbefales. Punkt 2 anbefales ikke.", "other"),
        ("Fremsendes til Byrådet uden anbefaling.", "other"),
        ("Oversendes til Byrådet uden udvalgets indstilling.", "other"),
        ("Anbefales godkendt.", "recommended"),
        ("Indstilles godkendt. Venstre kan ikke anbefale indstillingen.", "recommended"),
        ("Indstilles godkendt. Et mindretal (V) kan ikke tiltræde indstillingen.", "recommended"),
        ("Anbefales, ikke mindst af hensyn til trafikken.", "recommended"),
        ("Godkendt, ikke kun for i år.", "approved"),
        ("Godkendt. Ane Holm (V) godkendte ikke punkt 2.", "approved"),
        ("Godkendt. Liste B tiltræder ikke.", "approved"),
        ("Taget til efterretning.", "noted"),
    ],
)
def test_a_denied_decision_is_neither_recommended_nor_approved(decision, expected):
    assert decided(decision).outcome == expected


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ("Borgmesteren meddelte, at punkt 9 om snerydning udgår.\n\nGodkendt.", "approved"),
        ("Sag 3 udgår. Dagsordenen blev herefter godkendt.", "approved"),
        ("Punkt 4 om grus blev taget af dagsordenen.\n\nDagsordenen blev godkendt.", "approved"),
        ("Punkt 9 udsættes.", "other"),
        ("Punkt 1 udgår.", "withdrawn"),
        ("Punktet udgår.", "withdrawn"),
    ],
)
def test_another_item_that_leaves_the_agenda_is_not_this_one(decision, expected):
    assert decided(decision).outcome == expected


# Whose minutes they are, and text left over


@pytest.mark.parametrize(
    ("head", "foot", "names"),
    [
        ("Randers Kommune\n\n", "", ["Randers"]),
        ("RANDERS KOMMUNE\n\n", "", ["Randers"]),
        ("Randers Kommune - Byrådet\n\n", "", ["Randers"]),
        ("Kommune: Randers\n\n", "", ["Randers"]),
        ("Teknikudvalget, Læsø Kommune\n\n", "", ["Læsø"]),
        ("Århus Byråd\n\n", "", ["Aarhus"]),
        ("Københavns Kommunes Byråd\n\n", "", ["København"]),
        ("Bornholms Regionskommune\n\n", "", ["Bornholm"]),
        ("Mødested: Randers Rådhus\n\n", "", ["Randers"]),
        ("Nordhede Kommune\n\n", "", ["Nordhede"]),
        ("", "\nSyddjurs Kommune, Lundbergsvej 2, 8400 Ebeltoft\n", ["Syddjurs"]),
        ("Randers Kommune\n\n", "\nRanders Kommune, Laksetorvet, 8900 Randers C\n", ["Randers"]),
        ("Randers Kommune\n\n", "\nSyddjurs Kommune\n", ["Randers", "Syddjurs"]),
        ("Randers Kommune\n\nMødested: Syddjurs Rådhus\n\n", "", ["Randers", "Syddjurs"]),
        ("Egebjerg Kommune\n\nSvendborg Kommune\n\n", "", ["Egebjerg", "Svendborg"]),
        ("", "", []),
    ],
)
def test_a_document_claims_the_municipalities_that_it_names_itself_after(head, foot, names):
    document = read_items(OPEN.format(1), OPEN.format(2), foot, head=head + HEAD)
    claims = municipality_claims(document)
    assert [claim.name for claim in claims] == names
    assert all(" ".join(document.text[claim.start : claim.end].split()) == claim.evidence for claim in claims)
    assert codes(document) == (["municipality_conflict"] if len(names) > 1 else [])


@pytest.mark.parametrize(
    "text",
    [
        "Randers Kommune har spurgt Syddjurs Kommune.",
        "Erfaringer fra Odense Kommune",
        "Aftale med Viborg Byråd",
    ],
)
def test_a_mention_of_a_municipality_is_no_claim(text):
    item = f"Punkt 3: {text}\n\nSagsfremstilling\n\n{text}\n\nBeslutning\n\nGodkendt.\n\n"
    document = read_items(OPEN.format(1), OPEN.format(2), item, OPEN.format(4), OPEN.format(5))
    assert municipality_claims(document) == ()


def test_page_feet_of_another_municipality_than_the_letterhead_are_a_doubt():
    pages = "".join(f"{OPEN.format(n)}\nSyddjurs Kommune   Side {n}\n\f\n" for n in (1, 2, 3))
    document = read_items(pages, head="Randers Kommune\n\n" + HEAD)
    (doubt,) = document.doubts
    assert (doubt.code, doubt.params) == ("municipality_conflict", {"first": "Randers", "other": "Syddjurs"})
    assert document.text[doubt.start : doubt.end] == "Syddjurs Kommune   Side 1"


def test_a_letterhead_of_another_municipality_than_the_one_found_is_a_doubt():
    text = "Randers Kommune vil. Randers Kommune har. Randers Kommune kan. Randers Kommune skal. " * 3
    item = f"Punkt 2: Sti\n\nSagsfremstilling\n\n{text}\n\nBeslutning\n\nGodkendt.\n"
    document = read_items(OPEN.format(1), item, head=HEAD + "Mødested: Syddjurs Rådhus\n\n")
    assert document.municipality
    assert document.municipality.name == "Randers"
    assert codes(document) == ["municipality_conflict"]


def test_a_section_above_the_first_item_is_a_doubt():
    lost = "Cykelsti langs Mosevej\n\nBeslutning\n\nGodkendt med 4 stemmer for og 3 stemmer imod.\n\n"
    assert codes(read_items(lost, OPEN.format(1), OPEN.format(2))) == ["text_before_items"]


def test_a_section_below_the_end_is_a_doubt():
    lost = "Mødet hævet kl. 18.\n\nCykelsti\n\nBeslutning\n\nGodkendt med 4 stemmer for og 3 imod.\n\n"
    assert codes(read_items(OPEN.format(1), OPEN.format(2), lost)) == ["text_after_end"]
    closed = "Mødet hævet kl. 18.\n\nLukket punkt: Salg af grund\n\nSolgt for 900.000 kr.\n"
    assert codes(read_items(OPEN.format(1), OPEN.format(2), closed)) == ["closed_sign_unplaced"]


def test_a_document_without_items_is_unread():
    document = read((HEAD + "Udvalget talte om havnen.\n").encode())
    assert (document.items, document.grade) == ((), "unread")


# Refused is what is no text, whatever its name

MINUTES = HEAD + OPEN.format(1) + OPEN.format(2)


def zipped(**members: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    return file.getvalue()


def tarred(text: str) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        member = tarfile.TarInfo("referat.txt")
        member.size = len(text.encode())
        archive.addfile(member, io.BytesIO(text.encode()))
    return file.getvalue()


def mailed(text: str) -> bytes:
    message = email.message.EmailMessage()
    message["From"] = "Ane Holm <ane@example.org>"
    message["To"] = "arkiv@example.org"
    message["Subject"] = "Referat"
    message.set_content(text)
    return message.as_bytes()


HTML = f"<html><head><title>Referat</title></head><body><pre>{MINUTES}</pre></body></html>"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (zipped(referat=MINUTES), "ZIP"),
        (zipped(**{"[Content_Types].xml": "<Types/>"}, word__document=MINUTES), "Word"),
        (zipped(**{"[Content_Types].xml": "<Types/>"}, xl__workbook=MINUTES), "Excel"),
        (zipped(word__referat=MINUTES), "ZIP"),
        (b"%PDF-1.7\n" + MINUTES.encode(), "PDF"),
        (b"\n\n%PDF-1.7\n" + MINUTES.encode(), "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + MINUTES.encode(), "Office"),
        (b"{\\rtf1\\ansi " + MINUTES.encode() + b"}", "RTF"),
        (gzip.compress(MINUTES.encode()), "gzip"),
        (bz2.compress(MINUTES.encode()), "bzip2"),
        (lzma.compress(MINUTES.encode()), "xz"),
        (tarred(MINUTES), "tar"),
        (b"\x89PNG\r\n\x1a\n" + MINUTES.encode(), "billede"),
        (b"\xff\xd8\xff\xe0" + MINUTES.encode(), "billede"),
        (b"GIF89a" + MINUTES.encode(), "billede"),
        (b"\x00\x00\x00\x20ftypheic" + MINUTES.encode(), "billede"),
        (b"\x7fELF" + MINUTES.encode(), "program"),
        (b"#!/bin/sh\n" + MINUTES.encode(), "program"),
        (b"MZ" + b"This program cannot be run in DOS mode" + MINUTES.encode(), "program"),
        (mailed(MINUTES), "e-mail"),
        (
            b"Received: from x\r\n\tby y\r\nMIME-Version: 1.0\r\nDate: Tue\r\n\r\n" + MINUTES.encode(),
            "e-mail",
        ),
        (b"From ane@example.org Tue Jan 14 16:00:00 2020\nX: y\n\n" + MINUTES.encode(), "e-mail"),
        (HTML.encode(), "HTML"),
        (HTML.encode("utf-16"), "HTML"),
        (b"\xef\xbb\xbf<!DOCTYPE html>\n" + HTML.encode(), "HTML"),
        (f"<div><h1>Referat</h1><pre>{MINUTES}</pre></div>".encode(), "HTML"),
        (f'<?xml version="1.0"?><referat>{MINUTES}</referat>'.encode(), "XML"),
        (json.dumps({"text": MINUTES}).encode(), "JSON"),
        (json.dumps([{"text": MINUTES}], indent=1).encode(), "JSON"),
        (json.dumps({"text": MINUTES}, indent=1).encode()[:-9], "JSON"),
        (b"dato;udvalg;punkt\n" + b"14-01-2020;Teknikudvalget;Punkt 1: Cykelsti\n" * 9, "CSV"),
        (b"dato,udvalg,punkt\n" + b'14-01-2020,Teknikudvalget,"Sti, Mosevej"\n' * 9, "CSV"),
        (b"dato\tudvalg\tpunkt\n" + b"14-01-2020\tTeknikudvalget\tSti\n" * 9, "CSV"),
        (b"BEGIN:VCALENDAR\r\nSUMMARY:Referat\r\n" + MINUTES.encode(), "kalender"),
    ],
)
def test_a_file_of_another_format_is_refused_with_its_name(data, says):
    with pytest.raises(UnreadableDocument, match=f"Filen er .*{says}.*, ikke tekst") as refused:
        read(data, "referat.txt")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "ahead",
    [
        "Fra: Byrådssekretariatet\nTil: Byrådets medlemmer\nDato: 14. januar 2020\nEmne: Referat\n\n",
        "From: Byrådssekretariatet\nDate: 14. januar 2020\n\n",
        "[Udkast]\n\n",
        "{Udkast}\n\n",
        "<Udkast>\n\n",
        "BM\n\n",
        "ID: 4711\n\n",
        "Dato\tUdvalg\tSted\n14-01-2020\tTeknikudvalget\tRådhuset\n\n",
    ],
)
def test_text_that_begins_like_another_format_is_read(ahead):
    assert [item.number for item in read((ahead + MINUTES).encode()).items] == ["1", "2"]


def test_nuls_in_a_text_are_taken_out_as_before():
    assert "\0" not in read(MINUTES.replace("Mosevej", "Mose\0vej").encode()).text


# The same file gives the same reading


def test_a_reading_does_not_depend_on_the_order_of_sets():
    command = (
        "import hashlib, json, pathlib; from minutes.reader import read; "
        "from minutes.reader.records import as_facts; "
        "paths = sorted(pathlib.Path('tests/samples').glob('*.txt')); "
        "facts = [as_facts(read(path.read_bytes())) for path in paths]; "
        "print(hashlib.sha256(json.dumps(facts).encode()).hexdigest())"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", command],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2", "3")
    }
    assert len(printed) == 1


@pytest.mark.parametrize("seed", ["0", "1", "2", "3", "4", "5"])
def test_a_tie_between_committees_is_decided_the_same_way(seed):
    """Two committees decided as many items each; the header names none."""
    text = "Referat 14-01-2020\n\n" + "".join(
        f"Punkt {number}: Sti\n\nSagsnr. 20/1{number}\n\n"
        + "".join(f"Beslutning i {name} den 14-01-2020\n\nGodkendt.\n\n" for name in names)
        for number, names in ((1, ("Byrådet", "Teknikudvalget")), (2, ("Teknikudvalget", "Byrådet")))
    )
    command = (
        "import sys; from minutes.reader import read; document = read(sys.stdin.buffer.read()); "
        "print(document.committee, document.date)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", command],
        cwd=ROOT,
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        input=text.encode(),
        capture_output=True,
        check=True,
    )
    assert ran.stdout.decode().split() == ["Byrådet", "2020-01-14"]
