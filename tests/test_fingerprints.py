"""Redacted numbers and passages are found again by keyed fingerprints. All of them are invented."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.privacy import CPR_MASK, Fingerprints, Passage, find_cpr_numbers, mask_spans

FINGERPRINTS = Fingerprints(b"a key of thirty-two made-up byte")


def matched_passages(text, *passages):
    return [
        text[start:end]
        for start, end in FINGERPRINTS.find_passages(text, map(FINGERPRINTS.of_passage, passages))
    ]


def numbers(text, *known):
    fingerprints = {FINGERPRINTS.of_number(number) for number in known}
    return [text[start:end] for start, end in FINGERPRINTS.find_numbers(text, fingerprints)]


@pytest.mark.parametrize("length", [0, 15, 65])
def test_a_key_that_is_too_short_or_too_long_is_refused(length):
    with pytest.raises(ValueError, match="key"):
        Fingerprints(b"x" * length)


def test_another_key_makes_other_fingerprints():
    other = Fingerprints(b"another key of some length")
    assert other.of_number("0102031234") != FINGERPRINTS.of_number("0102031234")
    assert other.of_passage("Jens") != FINGERPRINTS.of_passage("Jens")


def test_the_same_key_makes_the_same_fingerprints():
    assert Fingerprints(b"x" * 16).of_passage("Jens") == Fingerprints(b"x" * 16).of_passage("Jens")
    assert len(Fingerprints(b"x" * 16).of_passage("Jens").fingerprint) == 32


@pytest.mark.parametrize("text", ["010203-1234", "0102031234", "010203 \u2013 1234", "010203-\n1234"])
def test_a_number_has_one_fingerprint_however_it_is_written(text):
    assert FINGERPRINTS.of_number(text) == FINGERPRINTS.of_number("0102031234")


def test_a_number_of_less_than_ten_digits_is_refused():
    with pytest.raises(ValueError, match="ten digits"):
        FINGERPRINTS.of_number("010203-123")


def test_the_fingerprint_of_a_number_is_not_that_of_a_passage():
    assert FINGERPRINTS.of_passage("0102031234").fingerprint != FINGERPRINTS.of_number("0102031234")


@pytest.mark.parametrize(
    "text", ["Jens Hansen", "JENS HANSEN", "jens han-\nsen", "  Jens\u00a0Hansen.", "Jens Han\u00adsen"]
)
def test_a_passage_has_one_fingerprint_however_it_is_broken(text):
    assert FINGERPRINTS.of_passage(text) == FINGERPRINTS.of_passage("Jens Hansen")
    assert FINGERPRINTS.of_passage(text).letters == 10


@pytest.mark.parametrize("text", ["", " \n-", CPR_MASK * 4])
def test_a_passage_without_letters_is_refused(text):
    with pytest.raises(ValueError, match="no letters"):
        FINGERPRINTS.of_passage(text)


@pytest.mark.parametrize(
    ("text", "passage", "expected"),
    [
        ("Ejeren, Jens Hansen, klagede.", "Jens Hansen", ["Jens Hansen"]),
        ("JENS HAN-\n  SEN klagede.", "Jens Hansen", ["JENS HAN-\n  SEN"]),
        ("Jens og Jens", "Jens", ["Jens", "Jens"]),
        ("Mads Jenssen", "Jens", ["Jens"]),
        ("Mads-Jens", "Jens", ["Jens"]),
        ("Ajens", "Jens", []),
        ("Jen", "Jens", []),
        ("Große Straße 5 ligger", "grosse strasse 5", ["Große Straße 5"]),
        ("Vej 5, İstanbul Grill", "i\u0307stanbul", []),
        ("Vej 5, İstanbul Grill", "İSTANBUL grill", ["İstanbul Grill"]),
        ("ab ab ab", "ab ab", ["ab ab", "ab ab"]),
    ],
)
def test_a_passage_is_found_from_the_start_of_a_word_to_its_last_letter(text, passage, expected):
    assert matched_passages(text, passage) == expected


def test_several_passages_are_found_in_the_order_of_the_text():
    text = "Jens Hansen og Mette"
    assert matched_passages(text, "mette", "Jens", "Jens Hansen") == ["Jens", "Jens Hansen", "Mette"]


def test_a_passage_of_no_letters_is_nowhere():
    assert FINGERPRINTS.find_passages("Jens", [Passage(0, ""), Passage(-1, "")]) == []


@given(
    st.lists(st.text("abcæøåßİ12", min_size=1, max_size=6), min_size=1, max_size=12),
    st.data(),
)
def test_a_passage_is_found_again_however_it_is_broken(words, data):
    first = data.draw(st.integers(0, len(words) - 1))
    passage = " ".join(words[first : data.draw(st.integers(first + 1, len(words)))])
    breaks = st.sampled_from(["", "", " ", "\n", "-\n", "\u00ad", " - "])
    broken = "".join(letter if letter == " " else letter + data.draw(breaks) for letter in passage)
    before, after = " ".join([*words[:first], ""]), data.draw(st.text("abc \n", max_size=5))
    spans = FINGERPRINTS.find_passages(f"{before}{broken}{after}", [FINGERPRINTS.of_passage(passage)])
    whole = broken.rstrip(" \n-\u00ad")
    assert (len(before), len(before) + len(whole)) in spans


@pytest.mark.parametrize(
    "text",
    [
        "Borger 010203-1234.",
        "Borger 0102031234.",
        "Borger 010203 \u2013\n1234.",
        "tlf. 0102031234",
        "EMN-2016-010203-1234-5",
        "0102031234 kr.",
        "9990102031234999",
        "5790102031234",
    ],
)
def test_a_known_number_is_found_whatever_is_around_it(text):
    assert [
        number.translate(dict.fromkeys(map(ord, " -\u2013\n"))) for number in numbers(text, "010203-1234")
    ] == ["0102031234"]


def test_other_numbers_are_not_found():
    assert numbers("010203-1235 og 110203-1234", "010203-1234") == []


def test_several_numbers_in_one_run_of_digits_are_found_as_a_whole():
    text = "Listen 01010101010101 blev sendt"
    match = next(find_cpr_numbers(text))
    fingerprint = FINGERPRINTS.of_number(text[match.start : match.end])
    assert (match.start, match.end) in FINGERPRINTS.find_numbers(text, {fingerprint})


@given(
    st.lists(st.sampled_from(["010203", "1234", "0102031234", "-", " ", "9", "0"]), max_size=20).map("".join)
)
def test_a_match_whose_fingerprint_is_stored_is_masked_whole(text):
    matches = list(find_cpr_numbers(text))
    known = {FINGERPRINTS.of_number(text[match.start : match.end]) for match in matches}
    masked = mask_spans(text, FINGERPRINTS.find_numbers(text, known), CPR_MASK)
    assert all(set(masked[match.start : match.end]) == {CPR_MASK} for match in matches)


def test_a_text_of_a_megabyte_is_searched_in_seconds():
    passages = [Passage(count, "0" * 32) for count in (12, 60, 300)]
    start = time.process_time()
    assert FINGERPRINTS.find_passages("Byrådet godkendte, at " * 45_000, passages) == []
    assert FINGERPRINTS.find_numbers("0102031234" * 100_000, {"0" * 32}) == []
    # Quadratic time would be hours; the limit allows for a busy machine.
    assert time.process_time() - start < 30


# Names as whole words


def found_words(text: str, words: str) -> list[str]:
    return [text[match.start : match.end] for match in FINGERPRINTS.find_words(text, words)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bo Hansen, bo  hansen og BO\nHANSEN.", ["Bo Hansen", "bo  hansen", "BO\nHANSEN"]),
        ("Bo Hansens, Bo Hansen's og Bo Hansen’s hus", ["Bo Hansens", "Bo Hansen's", "Bo Hansen’s"]),
        ("Bo Han-\nsens hus og Bo Han\u00adsen", ["Bo Han-\nsens", "Bo Han\u00adsen"]),
        ("Bo Hansen-sagen", ["Bo Hansen"]),
        ("Bo Hansensvej, Bo Hansen\u00adsvej, Bo Hansen2", []),
        ("Ib-Bo Hansen, Bo Hansen-Krog, Ebbo Hansen", []),
    ],
)
def test_a_name_is_found_as_whole_words_with_its_genitive_however_it_is_broken(text, expected):
    assert found_words(text, "Bo Hansen") == expected
    passage = FINGERPRINTS.of_passage("Bo Hansen")._replace(whole_words=True)
    spans = FINGERPRINTS.find_passages(text, [passage])
    assert [text[slice(*span)] for span in spans] == expected


def test_a_name_is_not_found_at_an_exception():
    text = "Formanden, Bo Hansen, tak. " + "x " * 30 + "Klageren Bo Hansen."
    first, second = FINGERPRINTS.find_words(text, "Bo Hansen")
    passage = FINGERPRINTS.of_passage("Bo Hansen")._replace(
        whole_words=True, exceptions=frozenset([first.surroundings])
    )
    assert FINGERPRINTS.find_passages(text, [passage]) == [(second.start, second.end)]
