"""Contents lists: they announce the items, and are none themselves unless nothing else is printed."""

from collections.abc import Callable

import pytest

from minutes.reader import read

TITLES = [
    "Godkendelse af dagsorden",
    "Budgetopfølgning pr. 31. marts for alle udvalg og nævn samt revision af oversigten",
    "Ny cykelsti langs Åvej",
    "Høringssvar om lokalplan 14 for området ved Havnegade og Strandvej",
    "Eventuelt",
]
HEADER = "Referat\nTeknisk Udvalg\nMødedato: 4. maj 2021 kl. 16.00\nMødested: Rådhuset\n\n"
SECTIONS = "\n\nSagsfremstilling\n\nTeksten om sagen er her.\n\nBeslutning\n\nGodkendt.\n\n"
WIDTH = 50


def over_lines(title: str) -> str:
    at = title.rfind(" ", 0, WIDTH) if len(title) > WIDTH else -1
    return title if at < 0 else f"{title[:at]}\n{title[at + 1 :]}"


def entries(form: str, titles: Callable[[str], str] = str) -> str:
    return "".join(
        form.format(n=n, title=titles(title), page=n + 2) + "\n" for n, title in enumerate(TITLES, 1)
    )


def printed(form: str = "{n}. {title}", titles: Callable[[str], str] = str) -> str:
    return entries(form + SECTIONS, titles)


def items(text: str) -> list[tuple[str | None, str]]:
    return [(item.number, item.title) for item in read(text.encode()).items]


@pytest.mark.parametrize(
    "text",
    [
        "Indholdsfortegnelse\n" + entries("{n}. {title} ........ {page}", over_lines) + "\n" + printed(),
        "Sagsoversigt\nSide\n" + entries("{n}.\n{title} ....... {page}", over_lines) + "\n" + printed(),
        "Indhold\n" + entries("Punkt {n}\n{title}") + "\n" + printed("Punkt {n}\n{title}"),
        "Følgende sager behandles:\nPkt. Tekst Side\n" + entries("{n} {title} {page}") + "\n" + printed(),
        "Indhold\n" + entries("{n}. {title} {page}", over_lines) + "\n" + printed(titles=over_lines),
        "Punkter\n" + entries("{n}. {title}").rstrip() + printed(),
        "Indholdsfortegnelse\n" + entries("{title}") + "\n" + printed(),
        printed() + "Indholdsfortegnelse\n" + entries("{n}. {title} {page}"),
        "Indholdsfortegnelse\n" + entries("{n}. {title} ........ {page}", over_lines),
    ],
)
def test_the_items_are_read_once_beside_their_contents_list(text):
    expected = [(str(n), title) for n, title in enumerate(TITLES, 1)]
    assert items(HEADER + text) == expected
    assert items((HEADER + text).replace("\n\n", "\n")) == expected


def test_the_name_of_a_file_is_no_item():
    listed = entries("0{n}.\n{title} .... {page}")
    text = f"00 Referat uden bilag - Nordby Kommune\n\n{HEADER}Sagsoversigt\n{listed}\n"
    assert items(text + printed("0{n}. {title}"))[0] == ("01", TITLES[0])


def test_the_first_heading_is_cut_off_the_last_entry():
    listed = entries("{n}. {title}").replace("Eventuelt\n", "Konferencer mv.:")
    text = f"{HEADER}Punkter\n{listed}1. {TITLES[0]}\n\nUdvalget fik forelagt dagsordenen.\n"
    assert items(text)[-1] == ("5", "Konferencer mv.:")


VIEWER = """Byrådet. Referat

Størrelse: px
Starte visningen fra side:

Download "Byrådet. Referat"

Transkript

1 Byrådet Referat Mødedato: 4. maj 2015 Starttidspunkt: 17:00 Sted: Byrådssalen

2 """


@pytest.mark.parametrize(
    ("contents", "expected"),
    [
        (
            "Indholdsfortegnelse Side 1. Godkendelse af dagsorden Salg af grund på Bakkevej i Nørby "
            "Ny skole, Engby Ansøgning om støtte til kajakklubben Valg af næstformand "
            "Forslag til lokalplan nr for",
            [
                ("1", "Godkendelse af dagsorden"),
                (None, "Ansøgning om støtte til kajakklubben"),
                (None, "Valg af næstformand"),
            ],
        ),
        (
            "Pkt. Tekst Side 1 Budget og likviditet Havneplads Nord 4 3 Renovering af hallen i Nørby Sogn "
            "7 4 Ansøgning fra Store Å Golfklub om medfinansiering ved køb af jord "
            "9 5 Havnens 11 takster 6 Sti",
            [
                ("1", "Budget og likviditet"),
                ("3", "Renovering af hallen i Nørby Sogn"),
                ("4", "Ansøgning fra Store Å Golfklub om medfinansiering ved køb af jord"),
            ],
        ),
        (
            "Følgende sager behandles på mødet Side Meddelelser 3 Orientering om elevtal 5 1. "
            "kvartals regnskab for havnen 8 Regulering Vækstteam 9 Frigivelse af midler "
            "til broen 12 Sti langs",
            [
                (None, "Meddelelser"),
                (None, "Orientering om elevtal"),
                (None, "1. kvartals regnskab for havnen"),
                (None, "Frigivelse af midler til broen"),
            ],
        ),
        (
            "Indholdsfortegnelse Side 7. Beretning for Salg af hus Køb af bus Ændring af budget Valg af "
            "formand Lukket punkt: Salg af grund Drøftelse af skolestart Valg af",
            [(None, "Køb af bus"), (None, "Valg af formand")],
        ),
    ],
)
def test_entries_of_a_joined_contents_list_are_items_where_both_ends_are_sure(contents, expected):
    document = read((VIEWER + contents).encode())
    assert [(item.number, item.title) for item in document.items if not item.closed] == expected
    assert document.grade == "doubtful"
    assert "items_uncertain" in {doubt.code for doubt in document.doubts}


def test_titles_in_capitals_end_before_running_text_in_a_viewers_page():
    text = (
        VIEWER
        + "FORTEGNELSE OVER PUNKTERNE: 1. Godkendelse af dagsorden 2. Nyt fra formanden 3. Eventuelt\n\n"
        "3 PKT. 1. GODKENDELSE AF DAGSORDEN Godkendt. PKT. 2. FORMANDENS NYHEDER Velkommen til årets første "
        "møde i byen. Vi mødte borgerne i går. PKT. 3. SPØRGSMÅL OG SVAR Der var ingen."
    )
    document = read(text.encode())
    assert [(item.number, item.title) for item in document.items] == [
        ("1", "GODKENDELSE AF DAGSORDEN"),
        ("2", "FORMANDENS NYHEDER"),
        ("3", "SPØRGSMÅL OG SVAR"),
    ]
    assert document.items[0].decision == "Godkendt."


def test_titles_are_less_indented_than_the_numbered_points_under_them():
    text = (
        "Referat af ungerådsmøde d. 12. maj 2020\n\n 1. Besøg fra biblioteket\n\n  1. Planen\n   1. Formål\n"
        "   2. Høring\n  2. Eventuelle ændringer\n 2. Arrangementer\n\n  1. Koncert\n   1. Musik\n"
        " 3. Nyt fra de andre råd\n\n  1. Ansøgning\n 4. Evt.\n"
    )
    assert items(text) == [
        ("1", "Besøg fra biblioteket"),
        ("2", "Arrangementer"),
        ("3", "Nyt fra de andre råd"),
        ("4", "Evt."),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Referat\n\n1. Godkendelse af dagsorden 2. Nyt fra borgmesteren 3. Flagregler 4. Salg af grund "
            "(FOR LUKKEDE DØRE)\n\nDeltagere:\n\nAne Lund, V\nBo Dam, A\n",
            [("1", "Godkendelse af dagsorden"), ("2", "Nyt fra borgmesteren"), ("3", "Flagregler")],
        ),
        (
            "Byrådet\n\nReferat\n\n5. oktober 2017 kl. 17:00\n\nIndholdsfortegnelse\n\nPkt. Tekst Side 1 "
            "Åvejens afdeling - godkendelse af lån (Beslutning) 4 2 Grøn pulje 2017 (Beslutning) 6 3 "
            "Letbanens økonomi (Orientering) 8 Fælles svar fra Nordby til revision af planen 2017 11 36 "
            "(Beslutning) 12 Sti",
            [
                ("1", "Åvejens afdeling - godkendelse af lån"),
                ("2", "Grøn pulje 2017"),
            ],
        ),
    ],
)
def test_a_list_in_one_paragraph_is_read_where_nothing_else_is_printed_of_the_items(text, expected):
    document = read(text.encode())
    opened = [(item.number, item.title) for item in document.items if not item.closed]
    assert opened[: len(expected)] == expected
    assert [item.number for item in document.items if item.closed] in ([], ["4"])
    if "Deltagere" in text:
        assert [person.name for person in document.participants] == ["Ane Lund", "Bo Dam"]


def test_numbered_names_above_a_label_are_no_items():
    names = "".join(f"{n}. {name} -\n" for n, name in enumerate(("Ane Lund", "Bo Dam", "Eva Kirk"), 1))
    assert items(f"Referat\nSkolebestyrelsen\n\nMedlemmer\n{names}\nAfbud:\nPer Holm\n") == []


def test_items_that_ad_numbers_are_read_from_joined_text():
    text = (
        "Referat af Grønt Råds møde mandag den 7. maj 2012\n\n8. Temaer9. Evt.Ad 1. Godkendelse af dagsorden"
        "Dagsordenen blev godkendtAd 2. MeddelelserRådet har fået et nyt medlem.Der er møde i juni.Ad 3. "
        "Møde mellem Plan- ogMiljøudvalget og rådetRådet drøftede mødet.\n"
    )
    document = read(text.encode())
    assert [(item.number, item.title) for item in document.items] == [
        ("1", "Godkendelse af dagsorden"),
        ("2", "Meddelelser"),
        ("3", "Møde mellem Plan- ogMiljøudvalget og rådet"),
    ]
    assert document.items[0].decision == "Dagsordenen blev godkendt"


def test_a_page_of_one_item_can_have_a_link_glued_to_its_case_number_and_many_members():
    members = ", ".join(f"Ane Marie Sørensen Holm{letter}" for letter in "abcdefghijklmnopqrstuvwxyzæøå")
    text = (
        "Beslutningsprotokol\nonsdag den 20. september 2017 kl. 17:00\nUdvalg: | Byrådet |\n"
        f"Medlemmer: | {members} |\n-\nUdskrivSagsid.: 17/3668, Sagsinitialer: ABC\nSagsfremstilling\n"
        "Udvalget har fremsat forslag til budget.\n"
    )
    (item,) = read(text.encode()).items
    assert (item.number, item.title, item.case_number) == (None, "", "17/3668")
