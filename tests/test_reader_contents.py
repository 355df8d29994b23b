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
