"""Frames of pages around the items: lists cut off at the end, links, bars of tables, people."""

import pytest

from minutes.reader import read
from minutes.reader.items import split
from minutes.reader.layout import lines_of

HEAD = "Referat\nSundhedsudvalget\nMødedato: 4. maj 2017 kl. 16.00\n\n"


def items(text: str, head: str = HEAD) -> list[tuple[str | None, str, str | None]]:
    agenda = split(lines_of(head + text))
    return [(item.number, item.title, item.case_number) for item in agenda.items]


def test_of_a_contents_list_only_the_first_item_can_follow():
    listed = "".join(
        f"  {number}. {title}\n"
        for number, title in enumerate(
            ("Besøg på klinikken", "Ny ambulance", "Mødeplan", "Meddelelser", "Eventuelt"), 1
        )
    )
    first = (
        "\n\n  Sagsnr. 17/471\n  1. Besøg på klinikken\n  fold dette punkt ind Resume\n\n  Vi er i Nordby.\n"
    )
    assert items(listed + first) == [("1", "Besøg på klinikken", "17/471")]


@pytest.mark.parametrize("behind", ["Beskrivelse af sagen", "Sagsfremstilling"])
def test_what_follows_the_decision_of_an_untitled_item_is_of_it(behind):
    one = f"Resume\n\nKort.\n\nBeslutning\n\nGodkendt.\n\n{behind}\n\nDer er en plan.\n\n"
    document = read(f"{HEAD}{one}{one}".encode())
    assert [[section.heading for section in item.sections] for item in document.items] == [
        ["Resume", "Beslutning", behind],
        ["Resume", "Beslutning", behind],
    ]


def test_a_page_with_the_meeting_and_sections_is_one_item():
    head = "Byrådet tirsdag den 4. maj 2021 kl. 16.30\n\nMødelokale Eg, Rådhuset, Torvet 2, 2000 Nordby\n\n"
    assert items("Sagsfremstilling\n\nStien bliver to meter bred.\n", head) == [(None, "", None)]


def test_the_bars_of_a_table_are_no_title():
    head = "Dato: |\n04-05-2021 19:00:00 |\n---|---|\nUdvalg: |\nByrådet |\nSted: |\nSalen |\nPdf: |\n|\n"
    text = "Beslutning Byrådet den 04-05-2021\n\nGodkendt.\n\nSagsfremstilling\n\nStien bliver bred.\n"
    assert items(text, head) == [(None, "", None)]


def test_a_text_below_other_lines_than_those_of_the_meeting_is_no_item():
    head = "Byrådet tirsdag den 4. maj 2021 kl. 16.30\n\nBY = Byrådet ØU = Økonomiudvalget\n\n"
    assert items("Sagsfremstilling\n\nStien bliver to meter bred.\n", head) == []


def test_numbered_people_are_no_items():
    people = "".join(f"{n}. {name} -\n" for n, name in enumerate(("Ane Lund", "Bo Dam", "Ib Holm"), 1))
    assert items(f"Suppleanter for forældre:\n{people}") == []


def test_the_mark_of_an_open_item_behind_a_title_is_not_of_it():
    text = "".join(
        f"{n}. {title} Åben sag\n\nSagsfremstilling\n\nDer er en plan.\n\nBeslutning\n\nGodkendt.\n\n"
        for n, title in enumerate(("Ny sti", "Ny bro"), 1)
    )
    assert items(text) == [("1", "Ny sti", None), ("2", "Ny bro", None)]


@pytest.mark.parametrize("above", ["12 Køb af traktor Lukket møde", "Sti langs åen LUKKEDE PUNKTER:"])
def test_a_heading_over_closed_items_at_the_end_of_a_line_closes_them(above):
    text = f"Punkt 1: Ny sti\nBeslutning\nGodkendt.\n{above}\n\nPunkt 2: Ny bro\nBeslutning\nGodkendt.\n"
    assert [item.closed for item in read((HEAD + text).encode()).items] == [False, True]


def test_a_section_that_comes_again_opens_the_next_untitled_item():
    text = (
        "Resume\n\nKort.\n\nSagsfremstilling\n\nDer er en plan.\n\nBeslutning\n\nGodkendt.\n\nBilag\n\n"
        "Sagsfremstilling\n\nStien er smal.\n\n"
    )
    assert items(text) == [(None, "", None), (None, "", None)]


def test_titles_behind_a_dash_start_items_where_each_decision_has_one():
    text = (
        "- Godkendelse af dagsorden\nBeslutning\nGodkendt.\n"
        "- Høringer\nDer er kommet to:\na. Sti langs åen\nb. Nyt torv\nBeslutning\nUdsat.\n"
        "- Undersøgelse på plejehjem\na. Brev fra ministeriet\nDrøftet.\nBeslutning\nUdsat.\n"
        "- Budget for 2018\nFormanden gav en kort orientering.\n"
    )
    assert [title for _, title, _ in items(text)] == [
        "Godkendelse af dagsorden",
        "Høringer",
        "Undersøgelse på plejehjem",
        "Budget for 2018",
    ]


def test_points_of_a_decision_are_no_titles():
    text = "Ny sti\nBeslutning\nVi ønsker:\n- Lys langs stien\n- En bænk\n\nNy bro\nBeslutning\nGodkendt.\n"
    assert [title for _, title, _ in items(text)] == ["Ny sti", "Ny bro"]


def test_a_number_whose_title_runs_into_the_text_starts_an_item_without_a_title():
    table = "4 Onsdag budget " * 20
    text = f"Punkt 2. Plan MØDE DAG TEMA 3 Torsdag {table}\n\nBeslutning\n\nTaget til efterretning.\n\n"
    document = read(f"{HEAD}{item_1()}{text}".encode())
    assert [(item.number, item.title, item.decision) for item in document.items] == [
        ("1", "Godkendelse af referat", "Tiltrådt."),
        ("2", "", "Taget til efterretning."),
    ]
    assert "title_odd" in {doubt.code for doubt in document.doubts}


def item_1() -> str:
    return "Punkt 1. Godkendelse af referat\n\nIndstilling\n\nTil godkendelse.\n\nBeslutning\n\nTiltrådt.\n\n"


def test_the_title_again_above_the_decision_is_no_item_of_its_own():
    text = (
        "1. Godkendelse af dagsorden\n\nSagsfremstilling\n\n.....\n\nBeslutning\n\n"
        "Dagsordenspunkt 1: Godkendelse af dagsorden\n\nUdvalgets beslutning i mødet den 4. maj 2017\n\n"
        "Godkendt.\n"
    )
    assert items(text, "") == [("1", "Godkendelse af dagsorden", None)]


def test_the_heading_over_the_next_items_is_not_of_the_title_before():
    text = (
        "1. Godkendelse af dagsorden\n2. Direktøren orienterer Punkter til beslutning:\n3. Lån til havnen\n"
        "4. Eventuelt Sager til orientering\n"
    )
    assert [title for _, title, _ in items(text)] == [
        "Godkendelse af dagsorden",
        "Direktøren orienterer",
        "Lån til havnen",
        "Eventuelt",
    ]


@pytest.mark.parametrize("label", ["Dok.nr.: 471", "Initialer: kvl", "Sagsbehandler: Ane Lund"])
def test_labels_can_stand_above_the_case_number(label):
    text = "".join(
        f"{n}. {title}\n{label}\nSagsid.: 17/{n}\n\nBeslutning\n\nGodkendt.\n\n"
        for n, title in enumerate(("Ny sti", "Ny bro"), 1)
    )
    assert items(text) == [("1", "Ny sti", "17/1"), ("2", "Ny bro", "17/2")]


def test_a_text_above_the_first_section_can_mention_a_year():
    head = "Mødedato: 04.05.2017, kl. 11:00\nMødested: Salen\n\n"
    text = (
        "Første behandling af budgettet\n\nSe alle bilag\n\nRådet vedtog budgettet for 2018 og mere til.\n\n"
        "Indstilling\n\nDet indstilles.\n"
    )
    assert items(text, head) == [(None, "Første behandling af budgettet", None)]


def test_a_case_number_that_is_cut_off_is_not_of_the_title():
    text = (
        "1. Valg til bestyrelsen.\nÅbent - 00.01.00A04 - 2017/4711\n\nBeslutning\n\nGodkendt.\n\n"
        "2. Revisionens beretning.\nÅbent - 00.01.00K01 - 20\n"
    )
    assert items(text) == [
        ("1", "Valg til bestyrelsen.", "00.01.00A04 - 2017/4711"),
        ("2", "Revisionens beretning.", None),
    ]


def test_the_name_of_the_meeting_is_no_item():
    head = "Bestyrelsesmøde i Nordbus\n\nJ.nr.:\nInitialer: kvl\n\n"
    text = f"{head}Ny køreplan\n\nJ.nr.: 14/471\n\nBeslutning\n\nGodkendt.\n"
    assert [title for _, title, _ in items(text, "")] == ["Ny køreplan"]


def test_who_handles_the_case_can_stand_before_its_number():
    text = "18. Ny sti\nKVLUND / 08/3208 ÅBEN SAG\nSagsfremstilling\nDer er en plan.\nBeslutning\nGodkendt.\n"
    assert items(text) == [("18", "Ny sti", "08/3208")]


def test_text_behind_the_case_number_of_flat_text_is_of_the_item():
    text = (
        "Transkript\n\n1 Referat torsdag den 4. maj 2017 kl. 18.00\n\n"
        "2 Side 1 1. Godkendelse af dagsorden Sagsnr.: 17/1172 Beslutning den : Godkendt\n\n"
        "3 Side 2 2. Tilskud til floorball Sagsnr.: 17/19897 Nordby Floorball søger om at blive godkendt.\n"
    )
    assert items(text, "")[1] == ("2", "Tilskud til floorball", "17/19897")


def test_what_says_that_no_decision_is_released_is_no_decision():
    one = "Sagens forløb\n04-05-2017 Kulturudvalget\nBeslutning ikke frigivet\n\nBilag\n\n"
    text = "".join(
        f"{title}\n\nBeslutning\nDrøftet.\n{one}"
        for title in ("Drøftelse af baner", "Orientering om besøg", "Deltagelse i kurser")
    )
    assert [title for _, title, _ in items(text, "Referat Kulturudvalget 04-05-2017\n\n")] == [
        "Drøftelse af baner",
        "Orientering om besøg",
        "Deltagelse i kurser",
    ]


def test_a_case_number_is_apart_from_the_text_behind_it():
    text = "".join(
        f"Punkt {n}: {title}\n\n00.22.00-P35-{n}-17 Beslutning Sundhedsudvalget 04.05.2017 Godkendt.\n\n"
        for n, title in enumerate(("Godkendelse af dagsorden", "Ny sti"), 1)
    )
    document = read((HEAD + text).encode())
    assert [(item.case_number, item.decision) for item in document.items] == [
        ("00.22.00-P35-1-17", "Godkendt."),
        ("00.22.00-P35-2-17", "Godkendt."),
    ]


def test_a_capital_letter_behind_the_first_word_of_a_title_is_of_it():
    text = (
        "Transkript\n\n1 Økonomiudvalget den 4. maj 2017 kl. 16.00\n\n"
        "2 Sag nr. 14 Forslag A til boliger Indstilling Forslaget godkendes. Beslutning Godkendt. "
        "Sag nr. 15 Forslag B til boliger Indstilling Forslaget godkendes. Beslutning Udsat.\n"
    )
    assert [title for _, title, _ in items(text, "")] == ["Forslag A til boliger", "Forslag B til boliger"]


def test_the_heads_of_a_tables_columns_are_no_items():
    head = "Dato: 16.8.2017\n\nSted: Køkkenet\n\nOpgave:\n\nane@nordby.example\n\n"
    text = (
        "Emne\n\nProces\n\nVarighed\n\nBeslutning\n\nDagsorden\n\nÆndring\n\n2 min.\n\nDagsorden godkendt\n\n"
        "Valg af formand\n\n10 min.\n\nAne blev valgt\n"
    )
    assert items(text, head) == []


def test_the_first_point_of_the_text_is_not_of_the_title():
    text = item_1().replace("Godkendelse af referat", "Meddelelser a)")
    assert items(text + text.replace("1", "2")) == [("1", "Meddelelser", None), ("2", "Meddelelser", None)]


def test_entries_of_the_closed_meeting_close_nothing_else():
    listed = "Indholdsfortegnelse\n\nÅbent møde\nSag nr. 8 Havnen\n\nLukket møde\nSag nr. 9 Køb af grund\n\n"
    text = "Sag nr. 8 Havnen\n\nIndstilling\n\nGodkendes.\n\nBeslutning\n\nGodkendt.\n"
    document = read((HEAD + listed + text).encode())
    assert [(item.number, item.closed) for item in document.items] == [("8", False)]


@pytest.mark.parametrize("what", ["D", "L"])
def test_the_numbers_of_a_bodys_own_list_number_the_items(what):
    one = "Bådene ligger tæt.\n\nBeslutning:\nGodkendt.\n\n"
    lines = f"SU-31/09-O Ny havn\n\n{one}SU-32/09-{what} Gammel havn\n\n{one}"
    document = read(f"{HEAD}{lines}".encode())
    assert [(item.number, item.title, item.closed) for item in document.items] == [
        ("31", "Ny havn", False),
        ("32", "Gammel havn", what == "L"),
    ]


def test_own_numbers_and_a_title_printed_again_start_items_in_the_text_of_a_viewer():
    text = (
        "SU-31/09-O Ny havn i byen Ny havn skal ligge mod syd. Beslutning: Taget til efterretning. "
        "Side 4 SU-32/09-D Gammel havn Der er plads til ti både. Beslutning: Godkendt."
    )
    pages = f"Referat\n\nTranskript\n\n1 Referat Sundhedsudvalget 4. maj 2009\n\n2 {text}\n"
    document = read(pages.encode())
    assert [(item.number, item.title, item.decision) for item in document.items] == [
        ("31", "Ny havn i byen", "Taget til efterretning."),
        ("32", "Gammel havn", "Godkendt."),
    ]


def test_notes_under_an_agenda_are_of_its_items():
    agenda = "Dagsorden:\n\n1. Velkomst\n2. formanden\n3. Ny badebro\n4. Evt.\n\n"
    notes = (
        "Referat:\n\nAd. 1 Ane bød velkommen\n\nAd. 2: Formanden har talt med kommunen.\n\n"
        "Ad. 3. Ny badebro: Rådet besluttede at søge tilskud.\n\nBroen er dyr.\n\n"
    )
    document = read(f"{HEAD}{agenda}{notes}".encode())
    assert [(item.number, item.title, item.sections[0].text) for item in document.items] == [
        ("1", "Velkomst", "Ane bød velkommen"),
        ("2", "formanden", "Formanden har talt med kommunen."),
        ("3", "Ny badebro", "Rådet besluttede at søge tilskud.\n\nBroen er dyr."),
    ]
    assert "listed_unread" in [doubt.code for doubt in document.doubts]


def test_decisions_on_the_points_of_a_recommendation_are_no_items():
    text = (
        "1. Ny badebro\n\nIndstilling\n\n1. Broen købes.\n2. Broen males.\n3. Stien ryddes.\n\n"
        "Beslutning\n\nAd 1 Godkendt.\n\nAd 2 Godkendt.\n\nAd 3 Udsat.\n"
    )
    assert [title for _, title, _ in items(text)] == ["Ny badebro"]


def test_a_list_of_members_on_the_first_page_is_no_decision():
    one = "Titel\nForside\n\nSagsfremstilling\n\nBeslutning\n\nMedlemmer\nAne Lund (V)\nBo Dam (A)\n\n"
    two = "Godkendelse af dagsorden\n\nSagsfremstilling\n\nBeslutning\n\nGodkendt.\n\n"
    document = read(f"{HEAD}{one}{two}".encode())
    assert [item.decision for item in document.items] == [None, "Godkendt."]
    assert [person.name for person in document.participants] == ["Ane Lund", "Bo Dam"]


def test_a_title_in_capitals_ends_at_the_dash_before_the_text():
    lines = (
        "PKT. 1. GODKENDELSE AF REFERAT - Godkendt uden bemærkninger.\n\n"
        "PKT. 2. NYT FRA FORMANDEN - Besøg på havnen - Møde med kommunen\n\nPKT. 3. EVENTUELT - Intet.\n"
    )
    document = read(f"{HEAD}{lines}".encode())
    assert [(item.title, item.decision) for item in document.items] == [
        ("GODKENDELSE AF REFERAT", "Godkendt uden bemærkninger."),
        ("NYT FRA FORMANDEN", None),
        ("EVENTUELT", "Intet."),
    ]


def test_a_title_in_capitals_does_not_go_on_in_small_letters():
    one = "PKT. 1. NY BADEBRO\nReferat\n\nBeslutning: Udsat.\n\n"
    assert items(f"{one}PKT. 2. NY STI\nReferat\n\nBeslutning: Godkendt.\n") == [
        ("1", "NY BADEBRO", None),
        ("2", "NY STI", None),
    ]


def test_parts_of_titles_and_group_headings_in_a_list_without_numbers_are_no_items():
    entries = (
        "Åbne efterretningssager Klagenævnets afgørelse vedr. varmeværk...85 Åbne beslutningssager "
        "Udpegning af medlem til havnerådet Lokalplan 2 Klitten. Endelig godkendelse Salg af havnehuset"
    )
    head = "Referat\n\nTranskript\n\n1 Referat Sundhedsudvalget 4. maj 2009\n\n"
    pages = f"{head}2 Indholdsfortegnelse: {entries}\n"
    titles = [item.title for item in read(pages.encode()).items]
    assert "Udpegning af medlem til havnerådet" in titles
    assert not {"Åbne beslutningssager", "Endelig godkendelse", "Lokalplan"} & set(titles)
