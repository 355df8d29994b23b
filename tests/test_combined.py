"""Minutes of independently drawn conventions state their facts, and the reader never invents on them."""

from collections import Counter

import pytest

from benchmarks.combined import closed_read_as_open, facts, false_ballots
from minutes.privacy import find_cpr_numbers
from minutes.reader import read
from minutes.reader.records import Document
from synthetic.combined import CombinedMinutes, LineLabel, as_reading, generate_combined, labelled_lines
from synthetic.combined.damage import DAMAGES
from synthetic.combined.headers import DATES, PEOPLE_LAYOUTS
from synthetic.combined.item_headings import NUMBERINGS
from tests.soundness import assert_sound

DOCUMENTS = 200


@pytest.fixture(scope="module")
def all_minutes() -> list[CombinedMinutes]:
    return list(generate_combined(DOCUMENTS, 1))


@pytest.fixture(scope="module")
def readings(all_minutes) -> list[tuple[Document, Document]]:
    """The reader's document and the generator's, of all minutes."""
    return [(read(minutes.data, minutes.path), minutes.document) for minutes in all_minutes]


def test_every_reading_is_sound(readings):
    for actual, _ in readings:
        assert_sound(actual)


def test_no_ballot_is_read_where_no_vote_was_taken(readings):
    wrong = [evidence for actual, expected in readings for evidence in false_ballots(actual, expected)]
    assert wrong == []


def test_no_closed_item_is_published_as_open(readings):
    wrong = [title for actual, expected in readings for title in closed_read_as_open(actual, expected)]
    assert wrong == []


def test_every_fact_is_compared(readings):
    counts = Counter(fact.facet for actual, expected in readings for fact in facts(actual, expected))
    assert counts["committee"] == DOCUMENTS
    assert counts["items"] > 5 * DOCUMENTS
    assert counts["ballots"] > DOCUMENTS / 2
    assert all(fact.right for _, expected in readings for fact in facts(expected, expected))
    assert not any(false_ballots(expected, expected) for _, expected in readings)


def test_the_span_of_every_fact_contains_its_text(all_minutes):
    for minutes in all_minutes:
        for item in minutes.document.items:
            for record in (*item.sections, *item.statements, *item.prior_decisions):
                assert minutes.text[record.start : record.end] == record.text
                assert item.start < record.start < record.end <= item.end
            for record in (*item.ballots, *item.references):
                assert minutes.text[record.start : record.end] == record.evidence
            for section in item.sections:
                assert section.text == section.text.strip() != ""


def test_conventions_are_drawn_independently(all_minutes):
    drawn = [minutes.choices for minutes in all_minutes]
    assert {choices["numbering"] for choices in drawn} == set(NUMBERINGS)
    assert {choices["date"] for choices in drawn} == set(DATES)
    assert {choices["people"] for choices in drawn} == {*PEOPLE_LAYOUTS, "none"}
    assert {choices["damage"] for choices in drawn} == set(DAMAGES)
    pairs = {(choices["numbering"], choices["decision heading"]) for choices in drawn}
    assert len(pairs) > DOCUMENTS / 2
    assert len({tuple(choices.values()) for choices in drawn}) == DOCUMENTS


def test_the_same_seed_generates_the_same_bytes(all_minutes):
    again = list(generate_combined(3, 1))
    assert [minutes.data for minutes in again] == [minutes.data for minutes in all_minutes[:3]]
    other = list(generate_combined(3, 2))
    assert [minutes.data for minutes in other] != [minutes.data for minutes in again]


def test_every_line_is_labelled(all_minutes):
    for minutes in all_minutes:
        document = minutes.document
        lines = labelled_lines(document)
        assert "\n".join(line for line, _ in lines) == minutes.text
        labels = Counter(label for _, label in lines)
        if minutes.choices["damage"] != "page as paragraph":
            assert labels[LineLabel.ITEM] == len(document.items)
            headed = [section for item in document.items for section in item.sections if section.heading]
            assert labels[LineLabel.DECISION] == sum(section.kind == "decision" for section in headed)
        for line, label in lines:
            assert (label is LineLabel.EMPTY) == (not line.strip())


def test_a_reading_has_the_shape_of_one_by_hand(all_minutes):
    minutes = all_minutes[0]
    reading = as_reading(minutes.document, minutes.path)
    assert reading["file"] == minutes.path
    assert reading["committee"] == minutes.document.committee
    first = reading["items"][0]
    assert first["decision"] == "Godkendt."
    assert {"heading", "kind", "starts", "ends"} == set(first["sections"][0])


def test_combined_minutes_contain_no_cpr_numbers(all_minutes):
    assert not any(list(find_cpr_numbers(minutes.text)) for minutes in all_minutes)
