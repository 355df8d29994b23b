"""An import refuses an export that is not complete; staff can work on in a restored archive."""

import pytest
from django.core.management import CommandError
from django.db import transaction

from minutes import publishing
from minutes.importer import Overrides, import_upload
from minutes.models import (
    Correction,
    Meeting,
    Person,
    Reading,
    Source,
    Takedown,
)
from minutes.search.consistency import differences
from tests.documents import imported, randers
from tests.exports import STARTS, crawl, empty_archive, export, replace_records, restore, sample_archive
from tests.texts import minutes

pytestmark = pytest.mark.django_db(transaction=True)

MEETING = "/randers/beskaeftigelsesudvalget/2020-01-14/"


@pytest.fixture(autouse=True)
def _municipalities(municipalities):
    """The 98 municipalities."""


def test_staff_import_and_correct_in_a_restored_archive(client, tmp_path):
    meeting = imported(minutes("Cykelsti", "Budget", "Skole"))
    address, source = meeting.get_absolute_url(), meeting.readings.get().pk
    later = imported(minutes("Havn", day="21-01-2020"))
    withdrawn = later.readings.get().pk
    publishing.withdraw(later)
    export(tmp_path / "out")
    empty_archive()
    restore(tmp_path / "out")
    # The same bytes are known; a corrected version takes the old one's place, at the same addresses.
    assert _uploaded(minutes("Cykelsti", "Budget", "Skole")).status == "unchanged"
    changed = _uploaded(minutes("Cykelsti", "Budget for 2021", "Skole"))
    assert (changed.status, changed.meeting) == ("updated", address)
    reading = Reading.objects.get(pk=changed.reading_id)
    # No number that a source had is another's.
    assert reading.pk > withdrawn > source
    publishing.accept(reading)
    assert "Budget for 2021" in client.get(f"{address}2/").content.decode()
    assert client.get(f"/kilde/{source}/").status_code == 404
    meeting = Meeting.objects.with_places().get()
    # All else that staff do.
    publishing.correct(meeting, meeting.items.get(slug="1"), Correction.Field.TITLE, "Cykelstier", by=None)
    publishing.redact_passage(
        meeting.readings.get(current=True), "to møder med naboerne", by=None, reason="x"
    )
    publishing.take_down_item(meeting.items.get(slug="3"), by=None, reason="Efter anmodning")
    assert "Cykelstier" in client.get(address).content.decode()
    assert "Skole" not in client.get(address).content.decode()
    assert imported(minutes("Ny sag", day="04-02-2020")).state == "published"
    assert list(differences()) == []


def _uploaded(text: str):
    _run, (result,) = import_upload([("ny.txt", text.encode())], Overrides(municipality=randers()), None)
    return result


def test_staff_correct_and_merge_in_a_restored_archive_without_a_new_version(client, tmp_path):
    sample_archive()
    export(tmp_path / "out")
    empty_archive()
    restore(tmp_path / "out")
    before = client.get(f"{MEETING}1/").content.decode()
    meeting = Meeting.objects.with_places().get(
        date="2020-01-14", sequence=1, committee__municipality=randers()
    )
    assert meeting.get_absolute_url() == MEETING
    with transaction.atomic():
        publishing.project(meeting)
    assert client.get(f"{MEETING}1/").content.decode() == before
    assert set(Correction.objects.values_list("state", flat=True)) == {"in_force"}
    Person.objects.create(municipality=randers(), name="Elsa Ørsted", slug="elsa-oersted")
    publishing.merge(
        Person.objects.get(slug="elsa-oersted"),
        Person.objects.get(slug="else-oersted", municipality=randers()),
        by=None,
    )
    assert "Elsa Ørsted" in client.get("/afstemninger/?format=csv").getvalue().decode()


def test_a_takedown_since_the_export_stays_in_force(client, tmp_path):
    meeting = imported(minutes("Cykelsti", "Sag om en borger", decision="Karla Vad Holst ringede. Godkendt."))
    gone = imported(minutes("Vej", day="21-01-2020"))
    export(tmp_path / "old")
    publishing.redact_passage(meeting.readings.get(), "Karla Vad Holst ringede", by=None, reason="Privat")
    publishing.take_down_item(meeting.items.get(slug="2"), by=None, reason="Efter anmodning")
    publishing.take_down_meeting(gone, by=None, reason="Efter anmodning")
    empty_archive()
    restore(tmp_path / "old")
    seen = crawl(client, *STARTS)
    assert f"{MEETING}1/" in seen
    for address, body in seen.items():
        assert "Karla Vad Holst" not in body, address
        assert "Sag om en borger" not in body, address
    assert client.get(gone.get_absolute_url()).status_code == 410
    assert client.get(f"{MEETING}2/").status_code == 410
    assert client.get("/readyz").status_code == 200


def test_nothing_is_imported_into_an_archive_that_is_not_empty(tmp_path):
    imported(minutes("Cykelsti"))
    export(tmp_path / "out")
    with pytest.raises(CommandError, match=r"^The archive is not empty"):
        restore(tmp_path / "out")
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("items.jsonl", lambda data: data.replace(b"Cykelsti", b"Cykelvej"), "is not as it was written"),
        ("people.jsonl", None, "No such file"),
        ("manifest.json", lambda data: b"{", "is no manifest"),
        ("manifest.json", lambda data: data.replace(b'"version": 2', b'"version": 3'), "is of version 3"),
        ("manifest.json", lambda data: data.replace(b"referatarkivet", b"andet"), "is not of an export"),
        ("manifest.json", lambda data: data.replace(b'"records": 2', b'"records": 3'), "has 2 records"),
    ],
)
def test_an_export_that_is_not_whole_is_refused_before_anything_is_changed(tmp_path, name, change, message):
    imported(minutes("Cykelsti", "Budget"))
    files = export(tmp_path / "out")
    empty_archive()
    if change:
        (tmp_path / "out" / name).write_bytes(change(files[name]))
    else:
        (tmp_path / "out" / name).unlink()
    with pytest.raises(CommandError, match=message):
        restore(tmp_path / "out")
    assert not Source.objects.exists()


def test_records_with_a_missing_reference_are_refused(tmp_path):
    imported(minutes("Cykelsti"))
    files = export(tmp_path / "out")
    empty_archive()
    # Whole as files, but the items' meeting is not among the meetings.
    data = files["items.jsonl"].replace(b"2020-01-14", b"2020-01-15")
    replace_records(tmp_path / "out", "items", data)
    with pytest.raises(CommandError, match=r"items.jsonl: 1 records name what is not in the export"):
        restore(tmp_path / "out")
    assert not Meeting.objects.exists()
    assert not Takedown.objects.exists()
