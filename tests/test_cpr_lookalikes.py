"""Case numbers, phone numbers, amounts and the like are no CPR numbers. The numbers here are invented."""

import pytest

from minutes.privacy import find_cpr_numbers


def numbers(text):
    return [text[match.start : match.end] for match in find_cpr_numbers(text)]


@pytest.mark.parametrize(
    "label",
    [
        *(
            "P-nr. ",
            "P-nr.: ",
            "P-nummer ",
            "P nr. ",
            "P-numre: ",
            "produktionsenhed ",
            "Produktionsenhedsnummer: ",
        ),
        *("EAN ", "EAN-nr. ", "EAN: ", "EAN-nummer ", "GLN ", "CVR ", "CVR-nr. ", "SE-nr. ", "P-nr.\n"),
        *(
            "tlf. ",
            "Tlf.: ",
            "tlf.nr. ",
            "telefon ",
            "Telefonnummer: ",
            "mobil ",
            "mobiltlf. ",
            "fax ",
            "telefax: ",
        ),
        *(
            "sagsnr. ",
            "sags nr. ",
            "Sags nr.: ",
            "Sagsnummer: ",
            "sag nr. ",
            "journalnr. ",
            "j.nr. ",
            "J. nr. ",
        ),
        *(
            "dok.nr. ",
            "dok. nr. ",
            "dokumentnr. ",
            "Dokumentnummer: ",
            "matr.nr. ",
            "matr. nr. ",
            "matrikelnr. ",
        ),
        *(
            "konto ",
            "kontonr. ",
            "Kontonummer: ",
            "bankkonto ",
            "reg.nr. ",
            "kontonr. 1234 ",
            "reg.nr. 1234 konto ",
        ),
        *("fakturanr. ", "faktura ", "Faktura nr. ", "bilag nr. ", "kr. ", "kr ", "DKK ", "DKK", "løbenr. "),
    ],
)
@pytest.mark.parametrize("number", ["0102031234", "6102031234"])
def test_a_number_with_another_label_is_no_cpr_number(label, number):
    assert numbers(f"Se {label}{number}, som blev oplyst.") == []


@pytest.mark.parametrize("label", ["Sagsnr. ", "tlf. ", "j.nr. "])
def test_a_label_counts_for_a_hyphenated_number_too(label):
    assert numbers(f"{label}010203-1234") == []


@pytest.mark.parametrize(
    "words",
    [
        *(
            "Borgeren ",
            "Han henvendte sig telefonisk ",
            "Kontohaver ",
            "Afsnit ",
            "Kontakt ",
            "Patientjournal ",
        ),
        *("Oceanet ", "Automobilist ", "Bilag ", "tlf. 20 12 30 12. Borger "),
    ],
)
def test_other_words_before_a_number_do_not_hide_it(words):
    assert numbers(f"{words}010203-1234") == ["010203-1234"]
    assert numbers(f"{words}0102031234") == ["0102031234"]


@pytest.mark.parametrize(
    "amount",
    [
        *("1011121234 kr.", "1011121234 kr", "1011121234kr.", "1011121234 kroner", "1011121234 DKK"),
        *("1011121234 t.kr.", "1011121234 mio. kr.", "1011121234,00", "1011121234,-", "12,1011121234"),
        *("kr. 1011121234", "DKK 1011121234", "1.011.121.234 kr.", "101112 1234 kr.", "1 011 121 234"),
    ],
)
def test_an_amount_is_no_cpr_number(amount):
    assert numbers(f"I alt {amount} er afsat") == []


def test_the_amount_after_a_cpr_number_does_not_hide_it():
    assert numbers("0102031234 kr. 500") == ["0102031234"]
    assert numbers("010203-1234 kr.") == ["010203-1234"]


@pytest.mark.parametrize(
    "identifier",
    [
        *(
            "EMN-2016-280114-0310",
            "EMN-280114-0310",
            "010203-1234-5",
            "00.00.00-P19-1719-10",
            "2019/010203-1234",
        ),
        *(
            "2019-0102031234",
            "010203-1234/19",
            "010203-1234-P19",
            "010203-1234.5",
            "S2018-0102031234",
            "SAG-0102031234",
        ),
        *(
            "12.34.010203-1234",
            "280114-0310-EMN",
            "280114 - 2018/30472",
            "20101012 20123013",
            "20190101-20191231",
        ),
    ],
)
def test_a_number_joined_to_digits_or_to_a_code_is_no_cpr_number(identifier):
    assert numbers(f"Sag {identifier} behandles") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("010203-1234/040506-1234", ["010203-1234", "040506-1234"]),
        ("0102031234,0405061234", ["0102031234", "0405061234"]),
        ("0102031234-040506-1234", ["0102031234", "040506-1234"]),
        ("010203-1234.\n5. Næste punkt", ["010203-1234"]),
        ("010203-1234.Byrådet", ["010203-1234"]),
        ("HANSEN/010203-1234", ["010203-1234"]),
        ("(010203-1234)", ["010203-1234"]),
        ("født 010203-1234, 2 børn", ["010203-1234"]),
    ],
)
def test_numbers_joined_to_each_other_or_to_words_are_cpr_numbers(text, expected):
    assert numbers(text) == expected


@pytest.mark.parametrize(
    "number",
    ["5790101021237", "EAN 5798001012345", "20 12 30 12", "+4520123012", "0045 20123012", "004520123012"],
)
def test_a_phone_number_and_a_gln_are_no_cpr_numbers(number):
    assert numbers(number) == []


def test_thirteen_digits_with_another_check_digit_hide_no_cpr_number():
    assert numbers("5790101021237") == []
    assert numbers("5790101021239") == ["0101021239"]


@pytest.mark.parametrize(
    "text",
    [
        "610203 1234",
        "96102031234",
        "61020312349",
        "920203-1234",  # day 32
        "600203-1234",  # day 0
    ],
)
def test_what_could_be_a_replacement_number_is_none_without_a_hyphen_or_inside_other_digits(text):
    assert numbers(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "320103-1234",
        "011303-1234",
        "290200-1123",  # the seventh digit says 1900, no leap year
        "15.20.00-Ø34-1-19",
        "00.00.00-P19-1719-10",
        "330-2019-50118",
        "6.749.600 kr. og 1.906.179 kr.",
        "86 15 12 20 og 8615 1220",
        "S2018-2162",
        "2017-2018",
    ],
)
def test_without_a_date_or_ten_digits_there_is_no_cpr_number(text):
    assert list(find_cpr_numbers(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        # Case, journal and document numbers
        *("Sagsnr. 19/012345", "Sags nr.: 0102031234", "Sagsnummer 010203-1234", "S2018-0102031234"),
        *("Sag 2019-0102031", "EMN-2016-280114-0310", "EMN-280114-0310", "Sagsnr.: 00.01.00-P35-1-19"),
        *("J.nr. 0102-031234", "GEO-2019-010203", "journalnr. 0102031234", "j.nr. 0102031234"),
        *("Dok.nr. 010203-1234", "Dokument nr. 0102031234", "2019/010203-1234", "SAG-0102031234"),
        *("280114-2018/30472", "Sagsid: 0102031234", "sags-id 0102031234", "010203-1234/19", "D2018-010203"),
        # KLE numbers and facets
        *("KLE 27.36.16-A00-1-19", "00.00.00-P19-1719-10", "15.20.00-Ø34-1-19", "82.18.00-G01-5-12"),
        # Telephone numbers
        *("tlf. 20 12 30 12", "Tlf. 20123012 og 40123012", "+45 20 12 30 12", "+4520123012"),
        *("0045 20123012", "86 15 12 20", "20101012 20123013", "telefon 0102031234", "mobil: 0102031234"),
        *("fax 0102031234", "Tlf.: 2012 3012 / 2012 3013", "tlf.nr. 010203-1234"),
        # EAN, GLN, CVR, P, SE and account numbers
        *("EAN 5798001012345", "5790101021237", "EAN-nr. 0102031234", "GLN: 0102031234", "CVR 12345678"),
        *("CVR-nr. 0102031234", "P-nr. 0102031234", "P-nummer 1012345678", "SE-nr. 0102031234"),
        *("Produktionsenhed 0102031234", "ISBN 0102031234", "konto 0102031234", "Kontonr. 1234 0102031234"),
        *("reg.nr. 1234 konto 0102031234", "bankkonto: 0102031234", "faktura 0102031234"),
        *("Fakturanr. 0102031234", "ordrenr. 0102031234", "IBAN DK5000400440116243", "løbenr. 0102031234"),
        # Land registry
        *("matr.nr. 0102031234", "matrikelnr. 0102031234", "matr.nr. 7000ab, 8900 Randers"),
        # Dates, times and periods
        *("01.02.2019 12.30", "01.02.2019 kl. 12.30-14.00", "20190101-20191231", "2018-2019 og 2019-2020"),
        *("2019-02-01 12:30", "01.02.2019-31.12.2019", "1. februar 2019 12.30", "d. 1/2-2019 12:30"),
        *("01-02-2019 1234", "budget 2019, 2020, 2021"),
        # Amounts
        *("1.011.121.234 kr.", "1011121234 kr.", "kr. 1011121234", "1011121234,50", "DKK 1011121234"),
        *("1011121234 mio. kr.", "1 011 121 234", "101112 1234 kr."),
        # CPR numbers as they are written only with a label
        *("01 02 03 12 34", "010203.1234", "010203/1234", "01.02.1903-1234", "102031234", "610203 1234"),
        *("O1O2O3-l234", "99 02 03 12 34"),
    ],
)
def test_what_looks_like_a_cpr_number_is_none_without_a_label(text):
    assert numbers(text) == []
    assert numbers(f"Punkt 3. Se {text}, som blev oplyst på mødet.") == []
