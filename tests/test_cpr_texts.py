"""Real and synthetic minutes have no CPR numbers, and hostile texts are searched in linear time."""

import time
from pathlib import Path

import pytest

from minutes.privacy import CPR_MASK, find_cpr_numbers, mask_cpr_numbers
from minutes.reader.decoding import decode
from synthetic import generate_minutes

SEEDS = sorted((Path(__file__).parents[2] / "shared" / "seeds").glob("*.txt"))
SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.txt"))


def numbers(text):
    return [text[match.start : match.end] for match in find_cpr_numbers(text)]


@pytest.mark.skipif(not SEEDS, reason="../shared/seeds is not on this machine")
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_real_minutes_have_no_cpr_numbers(path):
    assert list(find_cpr_numbers(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_samples_have_no_cpr_numbers(path):
    assert numbers(decode(path.read_bytes()).text) == []


def test_synthetic_minutes_have_no_cpr_numbers():
    assert [number for minutes in generate_minutes(300, seed=1) for number in numbers(minutes.text)] == []


def test_a_long_run_of_digits_is_masked_whole():
    text = "0102031234" * 20_000
    assert set(mask_cpr_numbers(text)) == {CPR_MASK}


HOSTILE = {
    "one run of digits": "0102031234" * 100_000,
    "pairs without a label": "01 02 03 12 34 " * 66_000,
    "labels": "cpr " * 250_000,
    "labels with a digit": "cpr 1 " * 170_000,
    "labels with numbers": "cpr 010203-1234 " * 62_000,
    "labels on lines": "cpr\n" * 250_000,
    "a long list under a label": "cpr " + "01 02 03 12 34 " * 66_000,
    "single digits under a label": "cpr " + "1 " * 500_000,
    "nines under a label": "cpr " + "9" * 1_000_000,
    "zero-width characters": "cpr " + "0\u200b1\u200b" * 250_000,
    "full-width digits": "０１" * 500_000,
    "combining characters": "cpr 0" + "\u0301" * 1_000_000,
    "blanks under a label": "cpr" + " " * 1_000_000 + "1",
    "misread letters": "cpr " + "Ol" * 500_000,
    "months": "cpr " + "1. maj " * 140_000,
    "a hyphen and blanks": ("010203-" + " " * 59) * 15_000,
    "labels behind numbers": "010203.1234 (cpr) " * 55_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_megabyte_is_searched_in_seconds(text):
    start = time.process_time()
    assert len(mask_cpr_numbers(text)) == len(text)
    assert time.process_time() - start < 3


def test_ten_times_the_text_takes_about_ten_times_as_long():
    def seconds(text: str) -> float:
        start = time.process_time()
        list(find_cpr_numbers(text))
        return time.process_time() - start

    unit = "Sagsnr. 19/1234. CPR-nr. på barnet: 01 02 03 - 1234, tlf. 20 12 30 12\n\n"
    assert seconds(unit * 4_000) < 25 * max(seconds(unit * 400), 0.01)
