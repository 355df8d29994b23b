"""Personal numbers are found and covered. The numbers here are invented."""

from pathlib import Path

import pytest

from minutes.privacy import MASK, mask, personal_numbers

SEEDS = sorted((Path(__file__).parents[2] / "shared" / "seeds").glob("*.txt"))


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
    assert [text[hit.start : hit.end] for hit in personal_numbers(text)] == [text]


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
    assert list(personal_numbers(text)) == []


def test_a_number_is_found_inside_a_longer_run_of_digits():
    assert mask("99993112991234999") == f"9999{MASK * 10}999"


def test_numbers_that_overlap_in_a_run_of_digits_are_one_hit():
    assert len(list(personal_numbers("01010101010101"))) == 1


def test_a_number_that_fails_the_check_digit_is_still_found():
    assert list(personal_numbers("010203-1235"))


def test_a_mask_covers_the_number_and_nothing_else_and_keeps_the_length():
    text = "Borgeren, 010203-1234, og naboen\n0405061234 klagede."
    masked = mask(text)
    assert len(masked) == len(text)
    assert masked == f"Borgeren, {MASK * 11}, og naboen\n{MASK * 10} klagede."


def test_a_mask_keeps_the_line_ends():
    assert mask("010203-\n1234").count("\n") == 1


def test_a_masked_text_has_no_hits_left():
    text = "x 010203-1234 99990102031234999 010203 \u2013 1234"
    assert list(personal_numbers(mask(text))) == []


def test_eight_times_the_digits_are_covered_too():
    text = "0102031234" * 20_000
    assert set(mask(text)) == {MASK}


@pytest.mark.skipif(not SEEDS, reason="../shared/seeds is not on this machine")
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_real_minutes_without_personal_numbers_have_no_hits(path):
    assert list(personal_numbers(path.read_text(encoding="utf-8"))) == []
