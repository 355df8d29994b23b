"""Long synthetic minutes are read correctly, and their word frequencies resemble those of real ones."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from minutes.privacy import find_cpr_numbers
from minutes.reader.records import Item
from synthetic import SyntheticMinutes, generate_by_municipality, generate_minutes
from synthetic.formats import FORMATS
from tests.synthetic_facts import actual_and_expected

MEETINGS_PER_FORMAT = 3
WORD = re.compile(r"[a-zæøå]+")


@pytest.fixture(scope="module")
def minutes_with_format() -> list[tuple[str, SyntheticMinutes]]:
    """Minutes of three meetings in every format, each with the format's name."""
    archive = generate_minutes(MEETINGS_PER_FORMAT * len(FORMATS), 4, len(FORMATS), long=True)
    return [
        (FORMATS[position // MEETINGS_PER_FORMAT].name, minutes) for position, minutes in enumerate(archive)
    ]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """The texts of the items of 300 meetings."""
    archive = generate_minutes(300, 4, long=True)
    return [item_text(item) for minutes in archive for item in minutes.document.items]


def item_text(item: Item) -> str:
    return "\n".join((item.title, item.decision or "", *(section.clean for section in item.sections)))


def test_the_reader_returns_the_facts_of_long_synthetic_minutes(minutes_with_format):
    for name, minutes in minutes_with_format:
        actual, expected = actual_and_expected(minutes, name)
        assert actual == expected, minutes.path


def test_numbers_in_long_minutes_are_not_mistaken_for_cpr_numbers(minutes_with_format):
    assert not any(list(find_cpr_numbers(minutes.text)) for _name, minutes in minutes_with_format)


def test_items_have_more_than_300_words_on_average_and_some_over_a_thousand(texts):
    lengths = [len(text.split()) for text in texts]
    assert 300 < sum(lengths) / len(lengths) < 400
    assert max(lengths) > 1000
    assert min(lengths) < 10


def test_the_vocabulary_grows_with_the_archive(texts):
    sizes = [vocabulary_size(texts[:count]) for count in (500, 1000, 2000)]
    for smaller, larger in pairwise(sizes):
        assert 1.3 < larger / smaller < 1.8
    assert sizes[-1] > 15_000


def vocabulary_size(texts: list[str]) -> int:
    return len({word for text in texts for word in WORD.findall(text.lower())})


def test_a_few_words_are_frequent_and_most_are_rare(texts):
    item_counts = Counter(word for text in texts for word in set(WORD.findall(text.lower())))
    counts = list(item_counts.values())
    assert sum(count > 0.3 * len(texts) for count in counts) > 50
    assert sum(count > 0.03 * len(texts) for count in counts) > 500
    assert 0.7 < sum(count <= 10 for count in counts) / len(counts) < 0.95


def test_municipalities_are_generated_independently_of_each_other():
    municipalities = [
        [minutes.text for minutes in municipality]
        for municipality in generate_by_municipality(9, 2, 3, long=True)
    ]
    assert [text for municipality in municipalities for text in municipality] == [
        minutes.text for minutes in generate_minutes(9, 2, 3, long=True)
    ]
    assert [len(municipality) for municipality in municipalities] == [3, 3, 3]
    last = [minutes.text for minutes in generate_by_municipality(9, 2, 3, long=True)[2]]
    assert last == municipalities[2]


def test_the_day_is_the_date_of_the_document(minutes_with_format):
    assert all(minutes.day == minutes.document.date for _name, minutes in minutes_with_format)
