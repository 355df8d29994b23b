"""The search index: consistency, rebuilds, migrations and very long items."""

import pytest
from django.core.management import call_command

from minutes import publishing
from minutes.models import SearchEntry, SearchWord
from minutes.search import rebuild as rebuild_module
from minutes.search.consistency import differences
from minutes.search.index import VERSION
from minutes.search.rebuild import is_stale, rebuild
from minutes.vocabulary import Outcome
from tests.documents import ballot, item, store
from tests.searching import body, titles

pytestmark = pytest.mark.django_db


def test_differences_are_reported_and_a_rebuild_removes_them():
    store(item("1", "Varmeværk", ballots=(ballot(4, 3),), outcome=Outcome.APPROVED), item("2", "Skole"))
    assert not list(differences())
    SearchEntry.objects.filter(item__title="Skole").update(outcome="rejected")
    SearchEntry.objects.filter(item__title="Varmeværk").delete()
    assert sorted(difference.what for difference in differences()) == ["missing", "other"]
    assert rebuild() == 2
    assert not list(differences())
    assert titles("varmeværk") == ["Varmeværk"]
    assert SearchWord.objects.filter(word="varmeværk").exists()


def test_migrate_rebuilds_an_index_of_an_older_version_but_not_with_plan_or_check():
    store(item("1", "Varmeværk"))
    SearchEntry.objects.update(version=VERSION - 1)
    call_command("migrate", plan=True, verbosity=0)
    call_command("migrate", check_unapplied=True, verbosity=0)
    assert is_stale()
    call_command("migrate", verbosity=0)
    assert not is_stale()
    assert titles("varmeværk") == ["Varmeværk"]


def test_changes_during_a_rebuild_are_indexed(monkeypatch):
    published, withdrawn = store(item("1", "Varmeværk")), store(item("1", "Skole"), date="2020-02-01")
    fill_tables = rebuild_module._fill_tables

    def fill_and_change(meetings, jobs):
        fill_tables(meetings, jobs)
        publishing.withdraw(withdrawn, by=None, reason="Fejl")
        store(item("1", "Svømmehal"), date="2020-03-01")

    monkeypatch.setattr(rebuild_module, "_fill_tables", fill_and_change)
    assert rebuild() == 2
    assert not list(differences())
    assert (titles("varmeværk"), titles("skole"), titles("svømmehal")) == (["Varmeværk"], [], ["Svømmehal"])
    assert published.items.count() == 1


def test_an_item_of_a_megabyte_is_indexed():
    words = " ".join(f"ord{number}" for number in range(150_000))
    store(item("1", "Stort", decision=words, sections=body(words)))
    assert titles("ord17") == ["Stort"]
