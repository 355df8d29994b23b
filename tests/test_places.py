"""The 98 municipalities that a migration creates."""

import csv
from pathlib import Path

import pytest

from minutes.models import Municipality
from minutes.models.danish import slug
from minutes.models.places import RESERVED_SLUGS
from minutes.reader.municipalities import MUNICIPALITIES

REFERENCE = Path(__file__).parents[2] / "shared" / "reference" / "municipalities.csv"

pytestmark = pytest.mark.django_db


def test_the_archive_and_the_reader_know_the_same_98_municipalities():
    stored = set(Municipality.objects.values_list("code", "name", "region", "slug"))
    assert stored == {(row.code, row.name, row.region, slug(row.name)) for row in MUNICIPALITIES}
    assert len(stored) == 98


@pytest.mark.skipif(not REFERENCE.exists(), reason="../shared is not on this machine")
def test_the_municipalities_match_the_official_list():
    with REFERENCE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    official = {(row["code"], row["name"]) for row in rows}
    assert {(row.code, row.name) for row in MUNICIPALITIES} == official


def test_no_municipality_has_a_reserved_address():
    assert not RESERVED_SLUGS & set(Municipality.objects.values_list("slug", flat=True))


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Børne- og Ungeudvalget", "boerne-og-ungeudvalget"),
        ("Århus", "aarhus"),
        ("Aarhus", "aarhus"),
        ("Ærø", "aeroe"),
        ("Social- & Sundhedsudvalget (2018)", "social-sundhedsudvalget-2018"),
        ("Café é", "cafe-e"),
        ("!!!", ""),
    ],
)
def test_an_address_folds_danish_letters(name, address):
    assert slug(name) == address


def test_municipalities_sort_as_danes_sort():
    names = list(Municipality.objects.in_danish_order().values_list("name", flat=True))
    assert names[0] == "Albertslund"
    assert names[-4:] == ["Ærø", "Aabenraa", "Aalborg", "Aarhus"]
