"""The committee, day, time, place and people of invented headers, in as many layouts (headers.toml)."""

import pytest

from minutes.reader import read
from tests.headers import HEADERS, differences, read_header


@pytest.mark.parametrize("header", HEADERS, ids=[header["name"] for header in HEADERS])
def test_a_header_is_read_as_by_hand(header):
    assert list(differences(read_header(header), header)) == []


AGENDA_ITEM = "\n\n1. Badebro\n\nBeslutning\nGodkendt.\n"


@pytest.mark.parametrize(
    ("printed", "place"),
    [
        ("Sted: Ida Krog (A)", None),
        ("Sted: Udvalget besigtigede byggeriet", None),
        ("Sted: Ved Søen 20", "Ved Søen 20"),
        ("Sted: Rådhuset. Mødelokale 3.", "Rådhuset. Mødelokale 3"),
        ("Sted: Byrådssalen, Rådhuset. Mødet begyndte udendørs.", "Byrådssalen, Rådhuset"),
        ("Mødelokale SL 1. Rådssalen kl. 19.00", "Mødelokale SL 1. Rådssalen"),
        ("Mødet blev afholdt i Byrådssalen", "Byrådssalen"),
        ("Formanden bød velkommen på Rådhuset", None),
    ],
)
def test_a_place_is_a_room_or_a_house_no_person_and_no_sentence(printed, place):
    text = f"Referat af møde i Teknikudvalget den 6. oktober 2015 kl. 17.00\n{printed}{AGENDA_ITEM}"
    assert read(text.encode()).location == place


@pytest.mark.parametrize(
    ("body", "committee"),
    [
        (
            "Mødet i Sundheds- og Havneudvalget begyndte kl. 14.30 og sluttede kl. 17.",
            "Sundheds- og Havneudvalget",
        ),
        ("Mødet i Teknikudvalget blev hævet kl. 17. Mødet i Havneudvalget begyndte kl. 18.", None),
        ("Næste møde i Havneudvalget er den 5. maj.", None),
        ("Sagsnr. 4711 Taxinævnet Åbent punkt", "Taxinævnet"),
        ("Sagsnr. 4711 Ansøgning til Taxinævnet", None),
        ("Godkendelse af dagsorden til dagens møde i Byrådet.", "Byrådet"),
        ("Fraværende i Havneudvalget, 6. oktober 2015: Ida Krog (A)", "Havneudvalget"),
        ("Fraværende i Havneudvalget: Ida Krog (A)", None),
        ("1. at Ny Lund Lokaludvalg godkender puljen.\n\nLokaludvalget holder øje.", "Ny Lund Lokaludvalg"),
        ("1. at Ny Lund Lokaludvalg godkender puljen.", None),
    ],
)
def test_a_committee_that_only_a_sentence_or_a_case_line_names(body, committee):
    text = f"Referat\n6. oktober 2015\n\n1. Badebro\n\n{body}\n\nBeslutning\nGodkendt.\n"
    assert read(text.encode()).committee == committee


@pytest.mark.parametrize(
    ("header", "committee", "time", "place"),
    [
        ("UDVALG/RÅDHavneudvalget\nMødestartkl. 18:15\nSted: Kajen", "Havneudvalget", "18:15", "Kajen"),
        ("UDVALG/RÅD: Havneudvalget\nTid: kl. 18:15\nSted: Kajen", "Havneudvalget", "18:15", "Kajen"),
    ],
)
def test_labels_with_a_stroke_and_labels_glued_to_their_values(header, committee, time, place):
    document = read(f"REFERAT\n\n{header}\nDato: 6. oktober 2015{AGENDA_ITEM}".encode())
    assert (document.committee, document.start_time, document.location) == (committee, time, place)


@pytest.mark.parametrize(
    ("sentence", "time"),
    [
        ("Mødet begyndte kl. 14.30 og sluttede kl. 17.", "14:30"),
        ("Formanden åbnede mødet kl. 19.05.", "19:05"),
        ("Mødet varede fra kl. 17 til 19.", "17:00"),
        ("Mødet sluttede kl. 21.00.", None),
        ("Formanden åbnede udstillingen kl. 10.", None),
    ],
)
def test_an_hour_that_only_a_sentence_under_an_item_says(sentence, time):
    text = f"Referat\nTeknikudvalget\n6. oktober 2015\n\n1. Velkomst\n\nBeslutning\n{sentence} Godkendt.\n"
    assert read(text.encode()).start_time == time


@pytest.mark.parametrize(
    ("absent", "unread"),
    [
        ("Ida Krog (A) - Per Holm (A), Bo Dam (V)", True),
        ("Ida Krog (A) - Per Holm (A) deltog som stedfortræder, Bo Dam (V)", False),
        ("Ida Krog (A) - formand, Bo Dam (V)", False),
    ],
)
def test_somebody_behind_a_dash_among_absentees_is_a_doubt(absent, unread):
    document = read(f"Byrådet\nDato: 3. maj 2021\nFraværende: {absent}{AGENDA_ITEM}".encode())
    assert any(doubt.code == "people_unread" for doubt in document.doubts) is unread


def test_substitutes_of_several_absentees_by_their_parties():
    decision = (
        "Godkendt. Afbud fra Bo Dam (A), Per Holm (V). Som suppleanter deltog Liv Bak (V), Ane Lund (A)."
    )
    text = f"Byrådet\n3. maj 2021\n\n1. Badebro\n\nBeslutning\n{decision}\n"
    substitutes = read(text.encode()).substitutes
    assert {one.name: one.absentee for one in substitutes} == {"Liv Bak": "Per Holm", "Ane Lund": "Bo Dam"}


def test_people_behind_two_labels_in_one_paragraph_are_nobody_but_a_doubt():
    people = "Formand Ida Krog Næstformand Per Holm Bestyrelsesmedlem Bo Dam Bestyrelsesmedlem Ane Bak"
    title = "1 Referat Bestyrelsesmøde i Nordby Vand Dato: 3. maj 2014 kl. 16"
    text = f"{title} Sted: Værket, Vej 5, Nordby I mødet deltager: Afbud fra: {people}\n{AGENDA_ITEM}"
    document = read(text.encode())
    assert (document.location, document.participants, document.absent) == ("Værket, Vej 5, Nordby", (), ())
    assert any(doubt.code == "people_uncertain" for doubt in document.doubts)


def test_an_absence_behind_a_hyphen_is_one_from_the_item():
    text = "Byrådet\n3. maj 2021\n\n1. Badebro\n\nBeslutning\nGodkendt.\n\nFraværende- Ida Krog ()\n"
    item = read(text.encode()).items[0]
    assert (item.decision, [one.name for one in item.absent]) == ("Godkendt.", ["Ida Krog"])
