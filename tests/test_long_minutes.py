"""Long made minutes: what they say is found, and their words are as many and as common as in real ones."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from minutes.privacy import find_cpr_numbers
from minutes.reader.records import Item
from synthetic import SyntheticMinutes, generate_by_municipality, generate_minutes
from synthetic.formats import FORMATS
from tests.synthetic_facts import actual_and_expected

MEETINGS_OF_EACH_FORM = 3
WORD = re.compile(r"[a-zæøå]+")


@pytest.fixture(scope="module")
def made() -> list[tuple[str, SyntheticMinutes]]:
    """The form and the minutes of three meetings in every form."""
    archive = generate_minutes(MEETINGS_OF_EACH_FORM * len(FORMATS), 4, len(FORMATS), long=True)
    return [(FORMATS[at // MEETINGS_OF_EACH_FORM].name, minutes) for at, minutes in enumerate(archive)]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """What is printed under each item of some 300 meetings."""
    archive = generate_minutes(300, 4, long=True)
    return [printed_under(item) for minutes in archive for item in minutes.document.items]


def printed_under(item: Item) -> str:
    return "\n".join((item.title, item.decision or "", *(section.clean for section in item.sections)))


def test_the_reader_returns_the_facts_of_long_synthetic_minutes(made):
    for form, minutes in made:
        found, told = actual_and_expected(minutes, form)
        assert found == told, minutes.path


def test_no_personal_number_comes_of_many_figures(made):
    assert not any(list(find_cpr_numbers(minutes.text)) for _form, minutes in made)


def test_an_item_has_more_than_300_words_in_the_mean_and_some_have_a_thousand(texts):
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


def test_a_few_words_are_in_every_third_item_and_most_in_hardly_any(texts):
    found_in = Counter(word for text in texts for word in set(WORD.findall(text.lower())))
    counts = list(found_in.values())
    assert sum(count > 0.3 * len(texts) for count in counts) > 50
    assert sum(count > 0.03 * len(texts) for count in counts) > 500
    assert 0.7 < sum(count <= 10 for count in counts) / len(counts) < 0.95


def test_each_municipality_is_made_for_itself_and_the_same_again():
    towns = [[minutes.text for minutes in town] for town in generate_by_municipality(9, 2, 3, long=True)]
    assert [text for town in towns for text in town] == [
        minutes.text for minutes in generate_minutes(9, 2, 3, long=True)
    ]
    assert [len(town) for town in towns] == [3, 3, 3]
    last = [minutes.text for minutes in generate_by_municipality(9, 2, 3, long=True)[2]]
    assert last == towns[2]


def test_each_tells_its_day(made):
    assert all(minutes.day == minutes.document.date for _form, minutes in made)
