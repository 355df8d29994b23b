"""The items stage: which lines start items, chosen together over the whole document."""

import io

import pytest
from django.core.management import call_command

from minutes.reader.cases import case_on
from minutes.reader.items import Agenda, split
from minutes.reader.layout import lines_of
from minutes.reader.numbering import numbered

HEAD = "Referat\nFritidsudvalget\nMødedato: 4. maj 2017 kl. 16.00\n\n"


def agenda(text: str, head: str = HEAD) -> Agenda:
    return split(lines_of(head + text))


def titles(text: str, head: str = HEAD) -> list[tuple[str | None, str]]:
    return [(item.number, item.title) for item in agenda(text, head).items]


def item(heading: str, text: str = "Stien bliver to meter bred.", decision: str = "Godkendt.") -> str:
    return f"{heading}\n\nSagsfremstilling\n\n{text}\n\nBeslutning\n\n{decision}\n\n"


# Numbers


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("Punkt 3: Havnebad", "3", "Havnebad"),
        ("Pkt. nr. 3 Havnebad", "3", "Havnebad"),
        ("SAG NR. 3", "3", ""),
        ("Dagsordenspunkt 3 - Havnebad", "3", "Havnebad"),
        ("• 3. Havnebad", "3", "Havnebad"),
        ("3) Havnebad", "3", "Havnebad"),
        ("3a. Havnebad", "3a", "Havnebad"),
        ("114Havnebad", "114", "Havnebad"),
        ("Lukket 101 Havnebad", "101", "Havnebad"),
        ("Åben sag 4: Havnebad", "4", "Havnebad"),
        ("FU-31/09-D Havnebad", "31", "Havnebad"),
    ],
)
def test_a_numbered_heading_is_taken_apart(line, number, title):
    parts = numbered(line)
    assert parts
    assert (parts.number, parts.title) == (number, title)


@pytest.mark.parametrize(
    "line",
    ["1.5 mio. kr.", "12.05.2020", "18.30 Pause", "2024: Rapport", "3. behandling", "12345 Ark", "FU-31/09"],
)
def test_other_figures_are_no_numbers_of_items(line):
    assert numbered(line) is None


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Journalnummer: 17/4711", "17/4711"),
        ("Sag: 2017-00471", "2017-00471"),
        ("Åbent - 04.01.00-G01-4-17", "04.01.00-G01-4-17"),
        ("Sag 561-2017-44 Dok 561-2017-901   Initialer: KVL", "561-2017-44"),
        ("J.nr.: 04.01.00", "04.01.00"),
        ("Sagnr.: 1-30-72-118-17", "1-30-72-118-17"),
        ("Sagnr.: 1-30-72-6-V", "1-30-72-6-V"),
        ("Sagnr.: 0-7-2-19", "0-7-2-19"),
        ("04.01G00 - 2017/4711", "04.01G00 - 2017/4711"),
        ("019934-2017", "019934-2017"),
        ("J.nr.: 04.01.00A10-0003/2017", "04.01.00A10-0003/2017"),
        ("FU    3/2017  J.nr. FU 14/2017", "FU 14/2017"),
        ("KB 71/17", "KB 71/17"),
        ("Sagsnr.: 4711", "4711"),
    ],
)
def test_a_case_number_is_read_behind_the_words_that_are_used(line, number):
    match = case_on(line)
    assert match
    assert match["number"] == number


def test_a_number_in_the_form_of_a_persons_is_no_case():
    assert case_on("010385-2017") is None


@pytest.mark.parametrize("lines", ["Sagsnr:\n17/4711", "J.nr.: 04.01.00.A10-0003/2017\nSagsnr.: 17/4711"])
def test_the_case_number_is_that_of_the_case_over_two_lines(lines):
    (only,) = agenda(f"1. Havnebad\n{lines}\n\nBeslutning\n\nGodkendt.\n").items
    assert only.case_number == "17/4711"
    assert [line.text for line in only.body if line.text] == ["Beslutning", "Godkendt."]


# Numbered items


@pytest.mark.parametrize(
    "heading",
    ["{n}. {t}", "{n}) {t}", "{n} {t}", "• {n}. {t}", "Punkt {n}: {t}", "Sag nr. {n}\n\n{t}", "Ad {n}. {t}"],
)
def test_items_are_read_in_every_form_of_number(heading):
    names = ["Havnebad i Nørrevig", "Lys på boldbanen", "Tilskud til spejderne"]
    text = "".join(item(heading.format(n=41 + place, t=name)) for place, name in enumerate(names))
    assert titles(text) == [("41", names[0]), ("42", names[1]), ("43", names[2])]


def test_items_are_read_without_a_blank_line_in_the_document():
    text = "".join(item(f"{number}. Bro nr. {number}") for number in (7, 8, 9)).replace("\n\n", "\n")
    assert [number for number, _ in titles(text, HEAD.strip() + "\n")] == ["7", "8", "9"]


def test_points_of_a_list_are_no_items():
    points = "Udvalget ønsker:\n\n1. Nye borde\n\n2. Bedre lys\n\n3. En bænk"
    text = item("1. Havnebad", points) + item("2. Boldbane", points, "1. Godkendt.\n\n2. Udsat.")
    assert titles(text) == [("1", "Havnebad"), ("2", "Boldbane")]


def test_counts_of_votes_are_no_items():
    votes = "For stemte\n\n3: A (2), V (1)\n\nImod stemte\n\n4: C (3), O (1)\n\nForslaget faldt."
    assert titles(item("2. Havnebad", decision=votes) + item("3. Boldbane")) == [
        ("2", "Havnebad"),
        ("3", "Boldbane"),
    ]


def test_a_list_printed_before_the_items_is_no_item():
    entries = "1. Havnebad\n2. Boldbane\n3. Eventuelt\n\n"
    text = entries + item("1. Havnebad") + item("2. Boldbane") + item("3. Eventuelt", decision="Intet.")
    assert [(number, title) for number, title in titles(text)] == [
        ("1", "Havnebad"),
        ("2", "Boldbane"),
        ("3", "Eventuelt"),
    ]


@pytest.mark.parametrize("glue", ["Godkendt.", "Bilag", "Sagsfremstilling"])
def test_a_heading_glued_to_the_line_before_starts_an_item(glue):
    text = item("5. Havnebad").rstrip() + f"\n\n{glue}" + item("6. Boldbane")
    assert titles(text) == [("5", "Havnebad"), ("6", "Boldbane")]


def test_the_first_item_can_be_glued_to_the_label_of_the_contents():
    text = "Indholdsfortegnelse" + item("1. Fraværende") + item("2. Boldbane")
    assert titles(text) == [("1", "Fraværende"), ("2", "Boldbane")]


@pytest.mark.parametrize("label", ["Indholdsfortegnelse", "Dagsorden:", "Indhold"])
@pytest.mark.parametrize("under", ["Sagsfremstilling\n\nAfbud.\n\n", "Sagsnr.: 21/123\n\n", ""])
def test_the_first_item_can_stand_under_the_label_of_an_empty_contents_list(label, under):
    first = f"1. Afbud\n\n{under}Beslutning\n\nAfbud.\n\n"
    text = f"{label}\n\n\n{first}" + item("2. Boldbane") + item("3. Havnebad")
    assert titles(text) == [("1", "Afbud"), ("2", "Boldbane"), ("3", "Havnebad")]


def test_a_contents_list_over_the_label_of_the_minutes_is_no_item():
    text = "Dagsorden\n\n1. Havnebad\n2. Boldbane\n\nReferat\n\n" + item("1. Havnebad") + item("2. Boldbane")
    assert titles(text) == [("1", "Havnebad"), ("2", "Boldbane")]


def test_items_with_numbers_in_disorder_are_not_read_as_untitled():
    """Their headings would be the ends of the decisions above them."""
    text = "".join(item(f"{number}. Sag om vej {number}", decision="Godkendt") for number in (51, 12, 33, 7))
    assert all(number and title for number, title in titles(text))


def test_items_without_numbers_and_titles_are_read():
    assert (
        titles("".join(item("", decision="1. Godkendt.\n\n2. Udsat.") for _ in range(3))) == [(None, "")] * 3
    )


def test_items_out_of_order_and_with_a_number_left_out_are_read():
    numbers = ["11", "12", "15", "13", "16"]
    text = "".join(item(f"Punkt {number}: Sag om bro {number}") for number in numbers)
    assert [number for number, _ in titles(text)] == numbers


def test_closed_items_from_101_on_stand_among_the_open_ones():
    text = item("Åbent 1 Havnebad") + "Lukket 101 Køb af grund\n\n" + item("Åbent 2 Boldbane")
    assert [(entry.number, entry.closed) for entry in agenda(text).items] == [
        ("1", False),
        ("101", True),
        ("2", False),
    ]


def test_a_list_that_lost_its_numbers_has_as_many_items_as_titles():
    text = "".join(
        f" 1. {title}\n\nReferat:\n\n{words}\n\n"
        for title, words in (
            ("Godkendelse af referat", "Godkendt."),
            ("Ny bus", "Drøftet."),
            ("Sommerfest", "Aftalt."),
        )
    )
    assert titles(text) == [("1", "Godkendelse af referat"), ("1", "Ny bus"), ("1", "Sommerfest")]


def test_a_page_with_one_item_is_an_agenda():
    page = "178. Godkendelse af dagsorden\n\nBeslutning i Byrådet den 04-05-2017\n\nGodkendt.\n"
    assert titles(page, "") == [("178", "Godkendelse af dagsorden")]


# Items without numbers, and without titles


def test_titles_without_numbers_start_items():
    text = item("Havnebad i Nørrevig") + item("Lys på boldbanen") + item("Tilskud til spejderne")
    assert titles(text) == [
        (None, "Havnebad i Nørrevig"),
        (None, "Lys på boldbanen"),
        (None, "Tilskud til spejderne"),
    ]


def test_the_mark_of_an_open_item_is_no_title():
    text = item("Havnebad\nÅben sag\nSagsnr.: 17/100") + item("Boldbane\nÅben sag\nSagsnr.: 17/101")
    items = agenda(text).items
    assert [(entry.title, entry.case_number) for entry in items] == [
        ("Havnebad", "17/100"),
        ("Boldbane", "17/101"),
    ]


def test_cases_without_numbers_and_titles_are_told_apart_by_their_first_sections():
    case = "Sagsfremstilling\n\nDer er søgt om en bro.\n\nBeslutning\n\n{}\n\n"
    items = agenda(case.format("Godkendt.") + case.format("Udsat.")).items
    assert [(entry.number, entry.title) for entry in items] == [(None, ""), (None, "")]
    assert [[line.text for line in entry.body if line.text][-1] for entry in items] == ["Godkendt.", "Udsat."]


def test_attachments_over_a_heading_are_no_titles():
    text = item("Havnebad i Nørrevig\nSagsnr. 17/100").replace(
        "Beslutning", "Bilag\n\nKort over havnen\n\nIndstilling\n\nAt badet bygges.\n\nBeslutning"
    )
    assert titles(text + item("Lys på boldbanen\nSagsnr. 17/101")) == [
        (None, "Havnebad i Nørrevig"),
        (None, "Lys på boldbanen"),
    ]


# Around the headings


@pytest.mark.parametrize(
    "group", ["A. Sager til afgørelse", "TEKNISK UDVALG", "Til top", "Sager til behandling - for åbne døre"]
)
def test_what_stands_above_a_heading_is_not_of_the_item_before(group):
    items = agenda(item("1. Havnebad") + f"{group}\n\n" + item("2. Boldbane")).items
    assert [line.text for line in items[0].body if line.text][-1] == "Godkendt."


def test_the_head_of_every_page_is_not_of_the_item_before():
    head = "Den 4. maj 2017\nFRITIDSUDVALGET\n\n"
    text = "".join(head + item(f"SAG NR. {number}\nNY BRO TIL Ø NR. {number}") for number in (1, 2, 3))
    items = agenda(text).items
    assert [entry.title for entry in items] == [f"NY BRO TIL Ø NR. {number}" for number in (1, 2, 3)]
    assert all([line.text for line in entry.body if line.text][-1] == "Godkendt." for entry in items)


def test_a_title_goes_on_over_lines():
    text = item("1. Cykelsti langs Strandvejen mellem\nNørrevig og Sønderby") + item("2. Havnebad")
    text += item("3. Renovering af klubhuset på Ringvej\n12")
    assert titles(text)[0] == ("1", "Cykelsti langs Strandvejen mellem Nørrevig og Sønderby")
    assert titles(text)[1] == ("2", "Havnebad")


def test_the_words_of_a_button_are_not_of_the_title():
    text = item("1. HavnebadKlik her for at folde ud og læse mere om Havnebad") + item("2. Boldbane")
    assert titles(text) == [("1", "Havnebad"), ("2", "Boldbane")]


# What is known about the choice


def test_the_choice_says_what_is_left_out():
    text = "Dagsorden\n\n1. Havnebad\n2. Boldbane\n3. Spejderhytte\n4. Klubhus\n\n"
    text += item("1. Havnebad") + item("2. Boldbane") + item("4. Klubhus")
    choice = agenda(text).choice
    assert (choice.kind, choice.holes) == ("numbered", (3,))
    assert [line.text for line in choice.unlisted] == ["3. Spejderhytte"]
    assert choice.margin > 0


def test_no_items_are_better_than_wrong_ones():
    text = "Udvalget mødtes på havnen og så på broen.\n\n1. Broen er fra 1971.\n\n2. Den er for smal.\n\n"
    assert titles(text) == []
    assert agenda(text).choice.kind == "none"


def test_the_evidence_for_each_item_can_be_printed(tmp_path):
    file = tmp_path / "referat.txt"
    file.write_text(HEAD + item("1. Havnebad") + item("2. Boldbane"), encoding="utf-8")
    out = io.StringIO()
    call_command("parse_minutes", file, "--explain-items", stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0].startswith("numbered: score ")
    assert "number follows +3.0" in lines[2]


# Minutes without headings

BOARD = (
    "Referat af bestyrelsesmøde\nTirsdag den 6. maj 2014 kl. 19\nTil stede: Ida Holm, Per Krog og Bo Lind\n\n"
)


@pytest.mark.parametrize(
    "heading",
    [" {n}. {title}:\n  ", "{n}.{title}.\n\n", "{n}) {title} v/Ida – 5 min.\n", "{n}. {title} (Bo)\n"],
)
def test_plain_numbers_that_run_on_from_1_number_the_items_of_minutes_without_headings(heading):
    texts = {
        "Legeplads": "Hegnet males i juni.",
        "Klasselister": "Ida retter dem.",
        "Priser": "1. Hegn\n2. Maling\nVedtaget.",
        "Næste møde": "I juni.",
    }
    text = "\n".join(heading.format(n=n, title=title) + texts[title] for n, title in enumerate(texts, 1))
    headings = titles(f"{text}\n", BOARD)
    assert [number for number, _ in headings] == ["1", "2", "3", "4"]
    assert all(title.startswith(name) for (_, title), name in zip(headings, texts, strict=True))


def test_what_was_decided_stands_behind_the_titles_of_minutes_with_a_line_an_item():
    text = (
        "1. Valg af referent Bo\n2. Godkendelse af dagsorden Godkendt\n3. Godkendelse af referat Udsat.\n"
        "4. Havedag Vi mødes kl. 10 ved skuret.\n5. Eventuelt intet\n"
    )
    items = agenda(text, BOARD).items
    assert [item.title for item in items] == [
        "Valg af referent",
        "Godkendelse af dagsorden",
        "Godkendelse af referat",
        "Havedag",
        "Eventuelt",
    ]
    assert [line.text for line in items[1].body if line.text] == ["Godkendt"]


def test_a_list_of_points_alone_gives_items_without_text():
    text = "1. (Åben) Takster for havnen 4\n\n2. (Åben) Køb af kran 5\n\n3. (Åben) Bølgebryder ved Nordø 9\n"
    assert titles(text) == [("1", "Takster for havnen"), ("2", "Køb af kran"), ("3", "Bølgebryder ved Nordø")]


@pytest.mark.parametrize(
    "text",
    [
        # names
        "1. Ida Holm\n2. Per Krog\n3. Bo Lind\n",
        # a proposal
        "Sagsfremstilling\n\n1. Hegnet males.\nDet er slidt.\n2. Skuret rives ned.\nNu.\n3. Stien flyttes.\n",
        # where the numbers start again
        "1. Hegn\nMales.\n2. Skur\nRives.\n3. Sti\nFlyttes.\n1. Mur\nMales.\n2. Tag\nRives.\n3. Sti\n",
    ],
)
def test_other_numbers_that_run_on_from_1_are_no_items(text):
    assert not [number for number, _ in titles(text, BOARD) if number]


# Starts that are none


def test_decisions_that_two_a_number_have_do_not_make_items_of_their_own():
    text = "".join(
        f"{n}. Bro {n}\nPolitisk behandling: - Fritidsudvalget den 4. maj 2017\n- Byrådet den 25. maj 2017\n"
        "Fritidsudvalgets beslutning den 4. maj 2017: Indstilles godkendt.\nBeslutning: Udsat.\n"
        for n in (1, 2)
    )
    assert titles(text) == [("1", "Bro 1"), ("2", "Bro 2")]


def test_a_mark_of_access_opens_an_item_only_over_a_section_or_a_case_number():
    marks = "Åben sag\n" * 40
    assert not agenda(marks).items
    assert len(agenda("Åben sag\nSagsfremstilling\nSti.\nBeslutning\nGodkendt.\n" * 3).items) == 3


def test_a_label_of_the_header_is_no_title():
    text = "Bemærkninger Ida Holm deltog ikke i sag nr. 2\n\nSagsid.: 17/4711\n\nSagsfremstilling\n\nStien.\n"
    assert titles(text) == [(None, "")]


@pytest.mark.parametrize("link", ["", "\nSe alle bilag\n"])
def test_the_title_of_a_page_with_one_item_stands_alone_under_the_labels(link):
    text = (
        f"\nCykelparkering ved stationen\n{link}\nDet foreslås,\n\nat det sker.\n\nBeslutning\n\nGodkendt.\n"
    )
    assert titles(text, "Mødedato: 04.05.2017, kl. 16:00\nMødested: Salen\n") == [
        (None, "Cykelparkering ved stationen")
    ]


def test_a_title_stands_under_the_number_and_the_one_who_presents_it():
    text = "".join(
        f"Pkt. {n} ({who})\n\n{title}\n\nOrientering\n\n"
        for n, who, title in ((1, "Ida", "Elevrådet har ordet"), (3, "Bo", "Skærme i timerne"))
    )
    assert titles(text) == [("1", "Elevrådet har ordet"), ("3", "Skærme i timerne")]


def test_a_contents_list_whose_last_items_are_not_printed_gives_no_items():
    head = "Referat\nFritidsudvalget\n4. maj 2017\n\nDagsordenspunkter\n"
    names = [
        "Fravær og dagsorden",
        "Havnebad i Nordby",
        "Sti langs åen",
        "Lys på torvet",
        "Gensidig orientering",
    ]
    listed = "".join(f"  åbent {n} {name}\n" for n, name in enumerate(names, 1))
    printed = "".join(
        f"\n{n}  {name}\n\n00.01.00P35-010{n}\n\nBeslutning\n\nGodkendt.\n"
        for n, name in enumerate(names[:2], 1)
    )
    assert titles(listed + printed, head) == [("1", "Fravær og dagsorden"), ("2", "Havnebad i Nordby")]


def test_the_title_stands_over_the_number_and_the_case_of_another_body():
    text = "".join(
        f"{title}\nSag nr. {n} (ØU {n}/2017)\n\nSagsfremstilling\n\nStien.\n\nBeslutning\n\nGodkendt.\n\n"
        for n, title in ((19, "Havnebad i Nordby"), (20, "Sti langs åen"))
    )
    assert titles(text) == [("19", "Havnebad i Nordby"), ("20", "Sti langs åen")]


def test_titles_without_numbers_stand_under_their_case_numbers():
    text = "".join(
        f"Sagsnr.: 04.01.00-G01-{n}-17 Sagsbehandler: Ida Holm\n\n{title}\n\nØKU\n\nBYR\n\n"
        "Sagsfremstilling\n\nStien.\n\nBeslutning\n\nGodkendt.\n\n"
        for n, title in ((1, "Havnebad i Nordby"), (2, "Sti langs åen"))
    )
    assert titles(text) == [(None, "Havnebad i Nordby"), (None, "Sti langs åen")]
    assert [item.case_number for item in agenda(text).items] == ["04.01.00-G01-1-17", "04.01.00-G01-2-17"]


def test_titles_end_before_the_dots_that_lead_to_a_page():
    text = (
        "1.\nHavneplan ................ 3\nBeslutning\nUdsat.\n2.\nTakster ........\nBeslutning\nGodkendt.\n"
    )
    assert titles(text) == [("1", "Havneplan"), ("2", "Takster")]


def test_a_title_that_ends_with_og_goes_on_below_a_blank_line():
    text = "1. Godkendelse af regnskab og\n\nevaluering af samarbejdet\n\n2. Takster\n\n3. Eventuelt\n"
    assert titles(text)[0] == ("1", "Godkendelse af regnskab og evaluering af samarbejdet")


def case(mark: str, number: int, *, attachments: str = "") -> str:
    text = f"{mark}\n\nSagsnr. 21/{number}\n\nSagsfremstilling\n\nStien.\n\nBeslutning\n\nGodkendt.\n\n"
    return text + (f"Bilag\n\n{attachments}\n\n" if attachments else "")


@pytest.mark.parametrize("listed", ["Kort\nHenvendelser fra naboer", "Kort\nHøringssvar og bemærkninger"])
def test_the_last_attachment_over_a_mark_is_no_title(listed):
    text = "".join(case("Åben sag", number, attachments=listed) for number in (3301, 3302, 3303))
    assert titles(text) == [(None, "")] * 3


@pytest.mark.parametrize("people", ["Ane Lund, A", "Fremmødte: Ane Lund (A), Bo Dam (V)", "Ane Lund (A)"])
def test_people_of_the_header_are_no_title(people):
    text = "".join(case("Åben sag", number) for number in (3301, 3302, 3303))
    assert titles(f"{people}\n\n{text}") == [(None, "")] * 3


def test_open_marks_without_decisions_open_items():
    text = "Åben sag\n\nSagsfremstilling\n\nStien.\n\n" * 3
    assert titles(text) == [(None, "")] * 3


def test_a_closed_title_in_square_brackets_starts_an_item():
    text = item("Ny sti\nSagsnr. 21/3301") + "[LUKKET] Køb af jord\nSagsnr. 21/3302\n\n"
    items = agenda(text + item("Ny bro\nSagsnr. 21/3303")).items
    assert [(one.title, one.closed) for one in items] == [
        ("Ny sti", False),
        ("Køb af jord", True),
        ("Ny bro", False),
    ]


def test_a_title_over_two_lines_stands_over_its_number():
    text = "".join(
        f"Samarbejde med nabokommunen om\n{what}\n{word} {n}\n\nSagsnr. 21/{n}\n\nBeslutning\n\nGodkendt.\n\n"
        for n, what, word in ((1, "affald", "Sag nr."), (2, "vand", "Sag nr."))
    )
    assert titles(text) == [
        ("1", "Samarbejde med nabokommunen om affald"),
        ("2", "Samarbejde med nabokommunen om vand"),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "Nordby Kommune\n\nReferat\nKommunalbestyrelsen\nMandag den 23. september 2002 kl. 18.30\n\n",
        "Kommunalbestyrelsen\n\nMandag den 24. juni 2013 kl. 17.15 i Rådhuset\n\nReferat\n\n"
        "Deltagere: Ane Lund (A), Bo Dam (V)\n\n",
    ],
)
def test_what_stands_over_the_heading_of_the_document_is_no_item(head):
    text = "".join(f"{title}\n\nReferat\n\nGodkendt.\n\n" for title in ("Godkendelse af dagsorden", "Budget"))
    assert titles(text, head) == [(None, "Godkendelse af dagsorden"), (None, "Budget")]


def test_a_page_number_in_roman_figures_is_of_a_contents_list():
    text = "102. Spørgetid...xv Til behandling - for lukkede døre...xv\n103. Lukket sag: Tilsyn...xv åben\n"
    assert not titles(text)


OUTLINE = (
    "  • 1 Ny stipolitik\n    • Resume\n\n      Der gives en præsentation.\n\n"
    "    • Beslutning i Fritidsudvalget den 04-05-2017\n\n      Godkendt.\n\n"
    "  • 2 Ny bro\n    • Sagsfremstilling\n\n      Broen er gammel.\n"
)


def test_sections_that_are_points_of_an_outline_are_read():
    assert titles(OUTLINE) == [("1", "Ny stipolitik"), ("2", "Ny bro")]


def test_points_that_are_links_to_the_sections_stay_points():
    links = "  • Resume\n  • Sagsfremstilling\n  • Beslutning\n\n"
    agenda_of_one = agenda(links + item("1. Ny sti") + "Resume\n\nKort.\n")
    assert [line.text for line in agenda_of_one.before if "•" in line.text] == [
        "• Resume",
        "• Sagsfremstilling",
        "• Beslutning",
    ]


def test_the_first_item_stands_behind_the_last_line_of_the_header():
    text = (
        "Fraværende: Ane Lund (vistnok på ferie?). 1. Godkendelse af referat:\n  Godkendt.\n\n"
        " 2. Elevråd:\n  Eleverne deltog ikke.\n\n 3. Nyt fra skolen:\n  Der er ansat en lærer.\n"
    )
    assert titles(text) == [
        ("1", "Godkendelse af referat:"),
        ("2", "Elevråd:"),
        ("3", "Nyt fra skolen:"),
    ]


def test_numbers_with_and_without_the_one_who_presents_the_item_are_of_one_form():
    text = "".join(
        f"Pkt. {n}{who}\n\n{title}\n\nDer blev orienteret.\n\n"
        for n, who, title in ((1, "", "Dagsorden"), (3, " (Ida)", "Elevråd"), (7, "", "Lejrskole i Nordby"))
    )
    assert titles(text) == [("1", "Dagsorden"), ("3", "Elevråd"), ("7", "Lejrskole i Nordby")]


def test_the_bookmarks_of_a_text_file_of_word_are_no_part_of_headings():
    text = "1BPkt. 1\n2BGodkendelse af dagsorden\n\nBeslutning\n\nGodkendt.\n\n"
    text += "3BPkt. 2\n4BNy bro\n\nBeslutning\n\nUdsat.\n"
    read_agenda = agenda(text, "0BReferat af møde i Ældrerådet\n\n")
    assert [(one.number, one.title) for one in read_agenda.items] == [
        ("1", "Godkendelse af dagsorden"),
        ("2", "Ny bro"),
    ]
    assert read_agenda.before[0].text == "Referat af møde i Ældrerådet"


def test_titles_between_case_numbers_and_sections_need_no_blank_line():
    text = "".join(
        f"Sagsnr.: 21/{n}\n{title}\nBeslutning\nGodkendt.\n\n"
        for n, title in ((3301, "Ny sti"), (3302, "Ny bro"))
    )
    assert titles(text) == [(None, "Ny sti"), (None, "Ny bro")]


def test_the_title_of_the_meeting_over_a_decision_is_no_item():
    text = "Fraværende: Ane Lund\n\nNy sti langs åen\nBeslutning\nUdsat.\n\nNy bro\nBeslutning\nGodkendt.\n"
    head = "Byrådet 4. maj 2021\nBeslutning\nGodkendt.\n"
    assert titles(text, head) == [(None, "Ny sti langs åen"), (None, "Ny bro")]
