"""The text of an item's files is searched with the lowest weight, unless a setting turns it off."""

import pytest

from minutes import publishing
from minutes.models import SearchWord
from minutes.reader.records import Item
from minutes.search.consistency import differences
from minutes.search.index import refresh
from minutes.search.query_parser import parse_query
from minutes.search.rebuild import is_stale, rebuild
from minutes.search.searcher import Searcher
from minutes.search.snippets import snippet_texts
from tests.documents import item, store
from tests.enclosures import NUMBER, PICTURE, enclosed, meeting_of, publication
from tests.searching import body, snippet, titles

pytestmark = pytest.mark.django_db


def with_text(word: str) -> Item:
    return item("1", "Et andet punkt", sections=body(f"Der er en {word}."))


def test_an_item_is_found_by_the_words_of_its_file_below_items_that_say_them_themselves():
    meeting_of(publication({"Kort.txt": "Her yngler en vandsalamander."}))
    assert titles("vandsalamander") == ["Cykelsti ved havnen"]
    assert titles('"yngler en vandsalamander"') == ["Cykelsti ved havnen"]
    store(with_text("vandsalamander"), date="2018-02-01")
    assert titles("vandsalamander") == ["Et andet punkt", "Cykelsti ved havnen"]
    assert not list(differences())


def test_the_snippet_says_that_the_words_are_in_an_attachment():
    meeting_of(publication({"Kort <b>.txt": "Her yngler en vandsalamander.", "Notat.txt": "Intet."}))
    expected = "I bilaget »Kort &lt;b&gt;«: Her yngler en <mark>vandsalamander</mark>."
    assert snippet("vandsalamander") == expected
    both = snippet("anlagt vandsalamander")
    assert both.startswith("Stien bliver <mark>anlagt</mark>.")
    assert both.endswith(expected)
    # What the minutes say themselves is shown alone.
    assert "bilaget" not in snippet("anlagt")


def test_the_snippet_is_found_deep_in_a_long_attachment_without_reading_all_of_it():
    long = f"{'Stien er smal. ' * 2_500}Her yngler en Vandsalamander. {'Stien er smal. ' * 600}Og en snog."
    meeting_of(publication({"Kort.txt": long}))
    passage = snippet("vandsalamander snog")
    assert passage.count("I bilaget") == 2
    assert "<mark>Vandsalamander</mark>" in passage
    assert "<mark>snog</mark>" in passage
    query = parse_query("vandsalamander")
    [texts] = snippet_texts(Searcher(query).page(1), query)
    assert sum(len(text) for _title, text in texts.files) <= 4_000


def test_the_search_page_shows_hits_in_attachments_with_as_many_queries(
    client, django_assert_max_num_queries
):
    meeting_of(publication({f"Kort {number}.txt": f"Vandsalamander {number}." for number in range(9)}))
    with django_assert_max_num_queries(18):
        page = client.get("/soeg/?q=vandsalamander").content.decode()
    assert "I bilaget »Kort 0«: <mark>Vandsalamander</mark> 0." in page


def test_the_setting_leaves_attachments_out(settings):
    meeting_of(publication({"Kort.txt": "Her yngler en vandsalamander."}))
    settings.SEARCH_ATTACHMENTS = False
    assert is_stale()
    rebuild()
    assert not is_stale()
    assert not list(differences())
    assert titles("vandsalamander") == []
    settings.SEARCH_ATTACHMENTS = True
    assert is_stale()
    assert [difference.what for difference in differences()].count("other") == 2
    rebuild()
    assert titles("vandsalamander") == ["Cykelsti ved havnen"]


def test_files_that_are_not_public_are_not_searched():
    meeting = meeting_of(
        publication(
            {"Brev.txt": f"Salamander {NUMBER}", "Kort.txt": "vandsalamander", "a.png": PICTURE},
            of_closed={"Pris.txt": "fortrolig salamander"},
        )
    )
    assert titles("vandsalamander") == ["Cykelsti ved havnen"]
    assert titles("fortrolig") == []
    publishing.withhold_file(meeting, enclosed("Kort.txt"), by=None)
    assert titles("vandsalamander") == []
    assert not list(differences())


def test_words_of_attachments_correct_no_spelling_and_remove_no_words():
    meeting = meeting_of(publication({"Kort.txt": "En vandsalamander på stien."}))
    assert not SearchWord.objects.filter(word="vandsalamander").exists()
    store(with_text("vandsalamander"), date="2018-02-01")
    refresh(meeting)
    assert SearchWord.objects.filter(word="vandsalamander").exists()
