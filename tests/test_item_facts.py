"""Every fact in the list of item facts is in all places that read it."""

import pytest
from django.db import models

from minutes.api.items import ItemRecord
from minutes.export.lists import ITEMS
from minutes.item_facts import CSV_FACTS, ITEM_FACTS
from minutes.models import AgendaItem
from minutes.reader.records import Item
from minutes.search import fields


@pytest.mark.parametrize("fact", ITEM_FACTS, ids=lambda fact: fact.name)
def test_a_fact_is_a_column_a_field_of_the_reader_and_of_the_api(fact):
    column = AgendaItem._meta.get_field(fact.name)
    assert isinstance(
        column, models.BooleanField if fact.type is bool else models.CharField | models.TextField
    )
    assert column.verbose_name == fact.label
    assert (fact.name in Item.__struct_fields__) is not fact.derived
    field = ItemRecord.model_fields[fact.name]
    assert field.annotation == (fact.type | None if fact.nullable else fact.type)
    assert fact.csv_column in ITEMS.columns


def test_names_columns_and_prefixes_are_unique():
    assert len({fact.name for fact in ITEM_FACTS}) == len(ITEM_FACTS)
    assert len({fact.csv_column for fact in ITEM_FACTS}) == len(ITEM_FACTS)
    prefixes = [fact.search.prefix for fact in ITEM_FACTS if fact.search]
    assert list(fields.FACTS) == prefixes


def test_the_columns_of_the_file_of_items_are_permanent():
    assert [fact.csv_column for fact in CSV_FACTS][:3] == ["punkt", "titel", "lukket"]
    assert set(ITEMS.columns) >= {
        *("kommune", "udvalg", "dato", "punkt", "titel", "lukket", "udfald", "omstridt", "sagsbehandler"),
        *("beslutning", "adresse"),
    }
    assert list(ITEMS.columns)[-2:] == ["beslutning", "adresse"]
