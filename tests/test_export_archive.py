"""An export imported into an empty archive restores every page."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minutes import publishing
from minutes.models import (
    AgendaItem,
    Committee,
    Correction,
    Meeting,
    Municipality,
    Reading,
)
from minutes.publishing import ledger
from tests.documents import ballot, document, file, imported, item
from tests.exports import assert_round_trip, empty_archive, export, records, restore, sample_archive
from tests.texts import minutes

pytestmark = pytest.mark.django_db(transaction=True)

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
MEETING = "/randers/beskaeftigelsesudvalget/2020-01-14/"


@pytest.fixture(autouse=True)
def _municipalities(municipalities):
    """The 98 municipalities."""


def test_a_restored_archive_has_the_same_pages_and_the_same_export(client, tmp_path):
    sample_archive()
    pages = assert_round_trip(client, tmp_path)
    assert "Budget 2021" in pages[f"{MEETING}2/"]
    assert "Herning" in pages["/kommuner/"]
    call_command("check_search", verbosity=0)


@pytest.mark.skipif(not SEEDS.exists(), reason="The seeds are not beside the project.")
def test_the_seeds_are_exported_and_restored(client, tmp_path):
    call_command("import_minutes", str(SEEDS), verbosity=0)
    pages = assert_round_trip(client, tmp_path)
    assert len(pages) > 90


def test_former_addresses_redirect_and_takedowns_stay_in_force(client, tmp_path):
    moved = imported(minutes("Cykelsti"))
    publishing.move(moved, day=moved.date.replace(day=15), committee="Teknikudvalget", by=None)
    elsewhere = imported(minutes("Havn", day="30-01-2020"))
    former = elsewhere.get_absolute_url()
    aarhus = Municipality.objects.get(slug="aarhus")
    publishing.move(elsewhere, day=elsewhere.date, committee="Havneudvalget", municipality=aarhus, by=None)
    gone = imported(minutes("Vej", day="21-01-2020", committee="Kulturudvalget"))
    gone_source = gone.readings.get().pk
    publishing.take_down_meeting(gone, by=None, reason="Efter anmodning")
    parted = imported(minutes("Skole", "Sag om en borger", "Budget", day="28-01-2020"))
    publishing.take_down_item(parted.items.get(slug="2"), by=None, reason="Efter anmodning")
    withdrawn = imported(minutes("Trukket", day="29-01-2020"))
    publishing.withdraw(withdrawn)
    addresses = {
        MEETING: 301,
        f"{MEETING}1/": 301,
        former: 301,
        f"/aarhus/havneudvalget/{elsewhere.date}/": 200,
        moved.get_absolute_url(): 301,
        "/randers/teknikudvalget/2020-01-15/1/": 200,
        gone.get_absolute_url(): 410,
        f"{gone.get_absolute_url()}1/": 410,
        f"/kilde/{gone_source}/": 410,
        "/randers/kulturudvalget/": 404,
        f"{parted.get_absolute_url()}2/": 410,
        f"{parted.get_absolute_url()}3/": 200,
        withdrawn.get_absolute_url(): 404,
    }

    def answers() -> dict[str, int]:
        return {address: client.get(address).status_code for address in addresses}

    assert answers() == addresses
    assert_round_trip(client, tmp_path)
    assert answers() == addresses
    assert client.get("/readyz").status_code == 200
    # In another archive, without the ledger: the takedowns of the export are enough, and enter the ledger.
    empty_archive()
    ledger.path().unlink()
    restore(tmp_path / "first")
    assert answers() == addresses
    assert {entry["kind"] for entry in ledger.read().entries} == {"meeting", "item"}
    assert client.get("/readyz").status_code == 200
    # A committee without public minutes gets its name with its next ones.
    assert Committee.objects.get(slug="kulturudvalget").name == ""
    again = imported(minutes("Vej", "Mere", day="21-01-2020", committee="Kulturudvalget"))
    assert again.state == "taken_down"
    assert Committee.objects.get(slug="kulturudvalget").name == "Kulturudvalget"


def test_a_restored_archive_compares_versions(client, tmp_path):
    def replace(text: str) -> None:
        publishing.accept(imported(text).readings.get(pending=True))

    meeting = imported(minutes("Cykelsti", "Varmeværk", "Budget", decision="Varenummeret er 010203-1234."))
    while hits := meeting.readings.get().unresolved_cpr_matches:
        publishing.dismiss_match(meeting.readings.get(), hits[0][0], by=None, reason="Et varenummer")
    publishing.publish(meeting)
    replace(minutes("Cykelsti", "Varmeværk", "Budget", "Skolevej", decision="Udsat."))
    replace(minutes("Cykelsti", "Varmeværk", decision="Forkastet.").replace("mødelokale 2", "mødelokale 7"))
    # An item of this meeting is closed in the present version.
    closed = minutes("Havn", "Vej", "Skole", day="21-01-2020")
    imported(closed)
    replace(closed.replace("Godkendt.", "Udsat."))
    other = Meeting.objects.with_places().get(date="2020-01-21")
    publishing.correct(other, other.items.get(slug="2"), Correction.Field.CLOSED, True, by=None)
    first = Reading.objects.order_by("pk").first()
    address = f"{MEETING}aendringer/?udgave={first.pk}"
    pages = assert_round_trip(client, tmp_path, address)
    comparison = pages[address]
    assert "010203-1234" in comparison
    assert "mødelokale" in comparison
    assert "Budget" in comparison
    withheld = pages[f"{other.get_absolute_url()}aendringer/"]
    assert "vises kun det, der stadig er offentligt" in withheld
    assert "Vej" not in withheld
    assert [record["meeting"] for record in records(tmp_path / "first", "earlier")] == [
        "randers/beskaeftigelsesudvalget/2020-01-14",
        "randers/beskaeftigelsesudvalget/2020-01-14",
        "randers/beskaeftigelsesudvalget/2020-01-21",
    ]


def test_a_dismissed_cpr_number_stays_readable(client, tmp_path):
    meeting = imported(minutes("Cykelsti", decision="Planen 010203-1234 er vedtaget."))
    reading = meeting.readings.get()
    publishing.dismiss_match(reading, reading.unresolved_cpr_matches[0][0], by=None, reason="En plans nummer")
    publishing.publish(meeting)
    pages = assert_round_trip(client, tmp_path)
    assert "010203-1234" in pages[f"/kilde/{reading.pk}/"]


def test_an_export_goes_to_a_new_or_an_empty_folder(tmp_path):
    (tmp_path / "out").mkdir()
    export(tmp_path / "out")
    with pytest.raises(CommandError, match="is not empty"):
        export(tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == ["out"]


def test_an_export_makes_as_many_queries_for_twenty_meetings_as_for_one(tmp_path):
    counts = []
    for number, days in enumerate((1, 20)):
        for day in range(1, days + 1):
            file(
                document(item("1", "Cykelsti", ballots=(ballot(1, 1),)), date=f"2020-0{number + 1}-{day:02}")
            )
        with CaptureQueriesContext(connection) as queries:
            export(tmp_path / str(number))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert AgendaItem.objects.count() == len(records(tmp_path / "1", "items")) == 21
