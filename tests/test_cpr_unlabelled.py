"""CPR numbers without a label are found and masked. The numbers here are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.privacy import CPR_MASK, PASSAGE_MASK, find_cpr_numbers, mask_cpr_numbers

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


def numbers(text):
    return [text[match.start : match.end] for match in find_cpr_numbers(text)]


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
def test_a_number_is_found_with_every_separator(text):
    assert [text[hit.start : hit.end] for hit in find_cpr_numbers(text)] == [text]


def test_a_number_is_found_inside_a_longer_run_of_digits():
    assert mask_cpr_numbers("99993112991234999") == f"9999{CPR_MASK * 10}999"


def test_numbers_that_overlap_in_a_run_of_digits_are_one_match():
    assert len(list(find_cpr_numbers("01010101010101"))) == 1


def test_a_number_that_fails_the_check_digit_is_still_found():
    assert list(find_cpr_numbers("010203-1235"))


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
    assert numbers(f"Borger {text}.") == [text]


def test_two_neighbouring_numbers_are_two_matches():
    assert numbers("6101021234 6101021235") == ["6101021234", "6101021235"]
    assert numbers("P-nr. 1012345678 3101021234") == ["3101021234"]


def test_halves_with_a_blank_line_between_them_are_no_number_without_a_hyphen():
    assert numbers("010203\n1234") == ["010203\n1234"]
    assert numbers("010203\n\n1234") == []
    assert numbers("010203-\n\n1234") == ["010203-\n\n1234"]


def test_a_mask_replaces_the_number_alone_and_has_its_length():
    text = "Borgeren, 010203-1234, og naboen\n0405061234 klagede."
    masked = mask_cpr_numbers(text)
    assert len(masked) == len(text)
    assert masked == f"Borgeren, {CPR_MASK * 11}, og naboen\n{CPR_MASK * 10} klagede."


def test_a_mask_leaves_the_line_ends():
    assert mask_cpr_numbers("010203-\n1234").count("\n") == 1


def test_a_masked_text_has_no_numbers_left():
    text = "x 010203-1234 99990102031234999 010203 \u2013 1234"
    assert list(find_cpr_numbers(mask_cpr_numbers(text))) == []


@given(st.lists(PIECES, max_size=8).map("".join))
def test_masked_text_has_nothing_left_to_find(text):
    masked = mask_cpr_numbers(text)
    assert len(masked) == len(text)
    assert numbers(masked) == []
