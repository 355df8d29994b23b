"""The page of a document's text."""

import pytest

from minutes.models import PublicText, Reading
from tests.documents import document, file, item
from tests.pages import rich_document

pytestmark = pytest.mark.django_db


def test_the_source_shows_the_words_behind_a_fact(page):
    text = "REFERAT\nGodkendt med 6 stemmer.\nSlut"
    file(document(item("1", "Budget"), text=text))
    reading = Reading.objects.get()
    start = text.index("med 6")
    seen = page(f"/kilde/{reading.pk}/?fra={start}&til={start + 5}").content.decode()
    assert '<li id="fra" value="2">Godkendt <mark>med 6</mark> stemmer.</li>' in seen
    download = page(f"/kilde/{reading.pk}/tekst.txt")
    assert download.content.decode() == text
    assert download["Content-Disposition"] == (
        'attachment; filename="randers-beskaeftigelsesudvalget-2020-01-14.txt"'
    )


def test_personal_numbers_are_removed_from_the_source(page):
    """A number that an earlier version of the scanner missed is removed too."""
    file(document(item("1", "Budget"), text="Sagen om nogen blev drøftet"))
    reading = Reading.objects.get()
    PublicText.objects.update(text="Sagen om 010203-1234 blev drøftet")
    for address, covered in (
        (f"/kilde/{reading.pk}/", "Sagen om [CPR-nummer fjernet] blev drøftet"),
        (f"/kilde/{reading.pk}/tekst.txt", f"Sagen om {'█' * 11} blev drøftet"),
    ):
        seen = page(address).content.decode()
        assert "1234" not in seen
        assert covered in seen


def test_an_older_version_of_the_text_is_not_public(client):
    file(document(item("1", "Budget"), text="Første udgave"))
    file(document(item("1", "Budget"), text="Anden udgave"))
    old, new = Reading.objects.order_by("id")
    assert client.get(f"/kilde/{old.pk}/").status_code == 404
    assert client.get(f"/kilde/{new.pk}/").status_code == 200


@pytest.mark.parametrize("query", ["fra=x&til=5", "fra=5", "fra=-1&til=3", "fra=²&til=3", "fra=1&til=1e9"])
def test_an_invalid_span_is_not_found(client, query):
    file(rich_document())
    assert client.get(f"/kilde/{Reading.objects.get().pk}/?{query}").status_code == 404


def test_a_span_past_the_end_is_cut_off(page):
    file(rich_document())
    page(f"/kilde/{Reading.objects.get().pk}/?fra=5&til=99999999999")
    page(f"/kilde/{Reading.objects.get().pk}/?fra=9&til=3")


def test_the_source_takes_one_query(client, django_assert_num_queries):
    file(rich_document())
    reading = Reading.objects.get()
    with django_assert_num_queries(1):
        client.get(f"/kilde/{reading.pk}/")
