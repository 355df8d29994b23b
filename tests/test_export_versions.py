"""Exports of earlier versions are imported, those of later versions are refused."""

import gzip
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError

from minutes.export.upgrades import VERSION, upgrade
from minutes.models import AgendaItem, Correction, Meeting, Reading, Section, Source
from minutes.publishing import ledger
from minutes.search.consistency import differences
from tests.exports import empty_archive, export, records, restore

pytestmark = pytest.mark.django_db(transaction=True)

DATA = Path(__file__).parent / "data"


@pytest.fixture(autouse=True)
def _municipalities(municipalities):
    """The 98 municipalities."""


@pytest.fixture
def version_1(tmp_path):
    """The stored export of version 1, with the ledger of the archive that wrote it."""
    with zipfile.ZipFile(DATA / "export-f71ae0e.zip") as stored:
        stored.extractall(tmp_path / "version-1")
    ledger.path().parent.mkdir(parents=True, exist_ok=True)
    for ending in ("jsonl", "key"):
        shutil.copy(DATA / f"takedowns-f71ae0e.{ending}", ledger.path().with_name(f"takedowns.{ending}"))
    return tmp_path / "version-1"


def test_an_export_of_version_1_is_imported_with_all_pages(client, version_1):
    assert json.loads((version_1 / "manifest.json").read_bytes())["version"] == 1
    restore(version_1)
    answers = json.loads(gzip.decompress((DATA / "answers-f71ae0e.json.gz").read_bytes()))
    for address, answer in answers["pages"].items():
        response = client.get(address)
        location = response.headers.get("Location")
        assert ([response.status_code, location] if location else response.status_code) == answer, address
    assert list(differences()) == []
    for kind in ("meetings", "items", "ballots", "cases"):
        count = json.loads((version_1 / "manifest.json").read_bytes())["files"][kind]["records"]
        assert len(client.get(f"/api/v1/{kind}?limit=100").json()["data"]) == count


def test_masks_in_the_texts_of_version_1_become_words(version_1):
    restore(version_1)
    decisions = list(AgendaItem.objects.exclude(decision="").values_list("decision", flat=True))
    texts = [*decisions, *Section.objects.values_list("text", flat=True)]
    assert any("[CPR-nummer fjernet]" in text for text in texts)
    assert any("[Fjernet]" in text for text in texts)
    assert not any("█" in text or "▓" in text for text in texts)
    # Positions count characters of the source, and corrections are compared with its facts.
    assert any("█" in reading.text for reading in Reading.objects.all())
    assert any("▓" in str(correction.seen) for correction in Correction.objects.all())


def test_the_content_of_closed_items_in_the_sources_of_version_1_is_not_public(client, tmp_path, version_1):
    hidden = ("Fortroligt om køberen Ib Krog", "Fortrolig købsaftale")
    assert all(words in (version_1 / "sources.jsonl").read_text() for words in hidden)
    restore(version_1)
    closed = AgendaItem.objects.get(title="Salg af grunden ved Kanalvej")
    for address in (f"/kilde/{closed.reading_id}/", f"/kilde/{closed.reading_id}/tekst.txt"):
        page = client.get(address).getvalue().decode()
        assert "Godkendt med 3 stemmer for" in page
        assert not any(words in page for words in hidden), address
    for name, data in export(tmp_path / "present").items():
        assert not any(words in data.decode() for words in hidden), name


def test_an_imported_export_is_exported_in_the_present_version(tmp_path, version_1):
    restore(version_1)
    files = export(tmp_path / "present")
    assert json.loads(files["manifest.json"])["version"] == VERSION
    for kind in ("municipalities", "committees", "parties", "people", "cases", "gone", "takedowns"):
        added = {"distinction": "", "splits": []} if kind == "people" else {}
        stored = [record | added for record in records(version_1, kind)]
        assert records(tmp_path / "present", kind) == stored, kind
    for kind in ("sources", "earlier"):
        # The present reader may know more facts, and the content of closed items is masked.
        present, stored = (
            [record | {"facts": None, "text": len(record["text"])} for record in records(folder, kind)]
            for folder in (tmp_path / "present", version_1)
        )
        assert present == stored, kind
    empty_archive()
    restore(tmp_path / "present")
    assert export(tmp_path / "again") == files


def test_an_export_of_a_later_version_is_refused(tmp_path, version_1):
    manifest = json.loads((version_1 / "manifest.json").read_bytes())
    (version_1 / "manifest.json").write_text(json.dumps(manifest | {"version": VERSION + 1}))
    with pytest.raises(CommandError, match=rf"version {VERSION + 1}; .* versions 1 to {VERSION}\."):
        restore(version_1)
    assert not Source.objects.exists()
    assert not Meeting.objects.exists()


def test_a_text_is_cut_where_the_words_of_a_mask_do_not_fit():
    line = json.dumps({"item": "1", "number": "█" * 11 + " i et nummer", "title": "x"}).encode()
    lists = {"case_numbers": [], "sections": [], "attachments": [], "statements": [], "references": []}
    record = json.loads(line) | lists | {"attendances": []}
    (upgraded,) = upgrade("items", [json.dumps(record).encode()], 1)
    assert json.loads(upgraded)["number"] == "[CPR-nummer fjernet] i et nummer"[:30]


def test_records_are_upgraded_one_at_a_time():
    def lines():
        yield b'{"item": "1"}'
        raise AssertionError("The second record was read before the first was used.")

    assert next(upgrade("ballots", lines(), 1)) == b'{"item":"1"}\n'


def test_records_of_the_present_version_are_not_touched():
    line = b'{ "title" : "\xe2\x96\x88" }\n'
    assert list(upgrade("items", [line], VERSION)) == [line]
