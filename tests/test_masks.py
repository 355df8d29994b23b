"""Masks have the length of what they replace, and readers see words for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.privacy import CPR_MASK, PASSAGE_MASK, mask_spans, replace_masks


@given(
    st.text(alphabet="ab\n█", max_size=40),
    st.lists(st.tuples(st.integers(-5, 50), st.integers(-5, 50)), max_size=6),
)
def test_masking_leaves_the_length_the_line_ends_and_all_outside_the_spans(text, spans):
    masked = mask_spans(text, spans, PASSAGE_MASK)
    within = {offset for start, end in spans for offset in range(start, end)}
    assert masked == "".join(
        PASSAGE_MASK if offset in within and character != "\n" else character
        for offset, character in enumerate(text)
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
