"""Personal numbers are found and covered. The numbers here are invented."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.privacy import (
    CPR_MASK,
    PASSAGE_MASK,
    find_cpr_numbers,
    mask_cpr_numbers,
    mask_spans,
    replace_masks,
)
from minutes.reader.decoding import decode
from synthetic import generate_minutes

SEEDS = sorted((Path(__file__).parents[2] / "shared" / "seeds").glob("*.txt"))
SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.txt"))

# Pieces of text that make numbers, labels, currencies and identifiers when they stand together.
PIECES = st.sampled_from(
    [
        *("010203", "1234", "0102031234", "610203", "6101021234", "040506-1234", "5790000000012", "20101012"),
        *(
            " ",
            "-",
            "\n",
            "/",
            ".",
            ",",
            "9",
            "CPR ",
            "tlf. ",
            "kr. ",
            " kr.",
            "konto ",
            "P-nr. ",
            "EMN",
            "a",
        ),
        *(CPR_MASK, PASSAGE_MASK),
    ]
)


def found(text):
    return [text[hit.start : hit.end] for hit in find_cpr_numbers(text)]


@pytest.mark.parametrize(
    "text",
    [
        "010203-1234",
        "0102031234",
        "010203 1234",
        "010203 - 1234",
        "010203–1234",
        "010203\u2011 1234",
        "010203-\n1234",
        "290200-4123",  # 2000 was a leap year, 1900 was not
    ],
)
def test_a_personal_number_is_found_however_it_is_separated(text):
    assert [text[hit.start : hit.end] for hit in find_cpr_numbers(text)] == [text]


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
def test_what_is_no_date_or_not_ten_digits_is_no_personal_number(text):
    assert list(find_cpr_numbers(text)) == []


def test_a_number_is_found_inside_a_longer_run_of_digits():
    assert mask_cpr_numbers("99993112991234999") == f"9999{CPR_MASK * 10}999"


def test_numbers_that_overlap_in_a_run_of_digits_are_one_hit():
    assert len(list(find_cpr_numbers("01010101010101"))) == 1


def test_a_number_that_fails_the_check_digit_is_still_found():
    assert list(find_cpr_numbers("010203-1235"))


def test_a_mask_covers_the_number_and_nothing_else_and_keeps_the_length():
    text = "Borgeren, 010203-1234, og naboen\n0405061234 klagede."
    masked = mask_cpr_numbers(text)
    assert len(masked) == len(text)
    assert masked == f"Borgeren, {CPR_MASK * 11}, og naboen\n{CPR_MASK * 10} klagede."


def test_a_mask_keeps_the_line_ends():
    assert mask_cpr_numbers("010203-\n1234").count("\n") == 1


def test_a_masked_text_has_no_hits_left():
    text = "x 010203-1234 99990102031234999 010203 \u2013 1234"
    assert list(find_cpr_numbers(mask_cpr_numbers(text))) == []


def test_eight_times_the_digits_are_covered_too():
    text = "0102031234" * 20_000
    assert set(mask_cpr_numbers(text)) == {CPR_MASK}


@pytest.mark.skipif(not SEEDS, reason="../shared/seeds is not on this machine")
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_real_minutes_without_personal_numbers_have_no_hits(path):
    assert list(find_cpr_numbers(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_samples_have_no_hits(path):
    assert found(decode(path.read_bytes()).text) == []


def test_made_minutes_have_no_hits():
    assert [hit for made in generate_minutes(300, seed=1) for hit in found(made.text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "610203-1234",
        "910112-1234",
        "6102031234",
        "610203 - 1234",
        "610203-\n1234",
    ],
)
def test_a_replacement_number_with_a_hyphen_or_alone_is_found(text):
    assert found(f"Borger {text}.") == [text]


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
    assert found(text) == []


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
def test_a_number_labelled_as_another_one_is_no_hit(label, number):
    assert found(f"Se {label}{number}, som blev oplyst.") == []


@pytest.mark.parametrize("label", ["Sagsnr. ", "tlf. ", "j.nr. "])
def test_a_label_counts_for_a_hyphenated_number_too(label):
    assert found(f"{label}010203-1234") == []


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
    assert found(f"{words}010203-1234") == ["010203-1234"]
    assert found(f"{words}0102031234") == ["0102031234"]


@pytest.mark.parametrize(
    "amount",
    [
        *("1011121234 kr.", "1011121234 kr", "1011121234kr.", "1011121234 kroner", "1011121234 DKK"),
        *("1011121234 t.kr.", "1011121234 mio. kr.", "1011121234,00", "1011121234,-", "12,1011121234"),
        *("kr. 1011121234", "DKK 1011121234", "1.011.121.234 kr.", "101112 1234 kr.", "1 011 121 234"),
    ],
)
def test_an_amount_is_no_hit(amount):
    assert found(f"I alt {amount} er afsat") == []


def test_the_amount_after_a_personal_number_does_not_hide_it():
    assert found("0102031234 kr. 500") == ["0102031234"]
    assert found("010203-1234 kr.") == ["010203-1234"]


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
def test_a_number_joined_to_digits_or_to_a_code_is_no_hit(identifier):
    assert found(f"Sag {identifier} behandles") == []


@pytest.mark.parametrize(
    ("text", "numbers"),
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
def test_numbers_joined_to_each_other_or_to_words_are_hits(text, numbers):
    assert found(text) == numbers


@pytest.mark.parametrize(
    "number",
    ["5790101021237", "EAN 5798001012345", "20 12 30 12", "+4520123012", "0045 20123012", "004520123012"],
)
def test_a_phone_number_and_a_gln_are_no_hits(number):
    assert found(number) == []


def test_thirteen_digits_with_another_check_digit_hide_no_personal_number():
    assert found("5790101021237") == []
    assert found("5790101021239") == ["0101021239"]


def test_two_numbers_beside_each_other_are_two_hits_not_one_across_them():
    assert found("6101021234 6101021235") == ["6101021234", "6101021235"]
    assert found("P-nr. 1012345678 3101021234") == ["3101021234"]


def test_halves_with_a_blank_line_between_them_are_no_hit_without_a_hyphen():
    assert found("010203\n1234") == ["010203\n1234"]
    assert found("010203\n\n1234") == []
    assert found("010203-\n\n1234") == ["010203-\n\n1234"]


@pytest.mark.parametrize(
    "label",
    [
        *(
            "CPR ",
            "CPR-",
            "cpr-nr. ",
            "cpr.nr.: ",
            "CPR-nummer ",
            "personnummer ",
            "personnr. ",
            "Personnummeret er ",
        ),
        *(
            "erstatnings-CPR ",
            "erstatningspersonnummer ",
            "CPR-nr. på ansøgeren: ",
            "CPR, sagsnr. ",
            "CPR/tlf. ",
        ),
    ],
)
@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("010203-1234-5", "010203-1234"),
        ("0102031234 kr.", "0102031234"),
        ("610203 1234", "610203 1234"),
        ("61020312349", "6102031234"),
    ],
)
def test_a_number_labelled_as_a_personal_number_is_a_hit_whatever_the_rest_says(label, written, number):
    assert found(f"{label}{written}") == [number]


@pytest.mark.parametrize("before", ["CPR-registret, som sagen handler om, P-nr. ", "CPR\nP-nr. "])
def test_a_label_far_away_or_on_another_line_says_nothing(before):
    assert found(f"{before}0102031234") == []


@given(st.lists(PIECES, max_size=8).map("".join))
def test_nothing_is_left_to_find_in_masked_text(text):
    masked = mask_cpr_numbers(text)
    assert len(masked) == len(text)
    assert found(masked) == []


@given(
    st.text(alphabet="ab\n█", max_size=40),
    st.lists(st.tuples(st.integers(-5, 50), st.integers(-5, 50)), max_size=6),
)
def test_a_cover_keeps_the_length_the_line_ends_and_all_outside_its_spans(text, spans):
    covered = mask_spans(text, spans, PASSAGE_MASK)
    within = {place for start, end in spans for place in range(start, end)}
    assert covered == "".join(
        PASSAGE_MASK if place in within and each != "\n" else each for place, each in enumerate(text)
    )


def test_a_mask_is_a_single_character():
    with pytest.raises(ValueError, match="single"):
        mask_spans("tekst", [(0, 1)], "xx")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Intet er fjernet.", "Intet er fjernet."),
        (f"Borger {CPR_MASK * 11}, som", "Borger [CPR-nummer fjernet], som"),
        (f"{CPR_MASK * 7}\n{CPR_MASK * 4} og", "[CPR-nummer fjernet] og"),
        (f"{CPR_MASK * 6} {CPR_MASK * 4}\n", "[CPR-nummer fjernet]\n"),
        (f"{CPR_MASK * 10}\n\n{CPR_MASK * 10}", "[CPR-nummer fjernet]\n\n[CPR-nummer fjernet]"),
        (f"{CPR_MASK}, {CPR_MASK}", "[CPR-nummer fjernet], [CPR-nummer fjernet]"),
        (f"  {PASSAGE_MASK * 9}\n\n  {PASSAGE_MASK}\tx", "  [Fjernet]\tx"),
        (f"{PASSAGE_MASK * 3}{CPR_MASK * 10}", "[Fjernet][CPR-nummer fjernet]"),
    ],
)
def test_a_reader_sees_words_for_masks(text, seen):
    assert replace_masks(text) == seen
