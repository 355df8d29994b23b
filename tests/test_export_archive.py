"""Everything published out of the archive as files, and into an empty one again."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from minutes import publishing
from minutes.importer import Overrides, import_upload
from minutes.models import (
    AgendaItem,
    Committee,
    CommitteeAlias,
    Correction,
    Meeting,
    Municipality,
    Person,
    PersonAlias,
    Reading,
    Source,
    Takedown,
)
from minutes.publishing import ledger
from minutes.search.rebuild import differences, rebuild
from minutes.vocabulary import Outcome, SectionKind
from tests.documents import ballot, document, file, herning, imported, item, randers, section
from tests.test_leaks import STARTS
from tests.texts import minutes

pytestmark = pytest.mark.django_db(transaction=True)

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
MEETING = "/randers/beskaeftigelsesudvalget/2020-01-14/"
STARTS_HERE = (*STARTS, "/soeg/?q=budget&sorter=dato", "/soeg/?q=godkendt")


@pytest.fixture(autouse=True)
def _municipalities(municipalities):
    """The 98."""


def export(folder: Path) -> dict[str, bytes]:
    """The files of an export to `folder`, by name."""
    call_command("export_archive", str(folder), verbosity=0)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def empty() -> None:
    """The archive as it is after its first migration."""
    kept = Municipality._meta.db_table
    tables = [model._meta.db_table for model in apps.get_app_config("minutes").get_models()]
    with connection.cursor() as cursor:
        names = ", ".join(table for table in tables if table != kept)
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")


def restore(folder: Path) -> None:
    call_command("import_archive", str(folder), verbosity=0)


def records(folder: Path, kind: str) -> list[dict]:
    return [json.loads(line) for line in (folder / f"{kind}.jsonl").read_bytes().splitlines()]


def crawl(client, *starts: str) -> dict[str, str]:
    """Every page that can be reached from `starts`, by address, but further searches and lists narrowed."""
    seen: dict[str, str] = {}
    waiting = list(starts)
    while waiting:
        address = waiting.pop()
        if address not in seen:
            response = client.get(address)
            assert response.status_code == 200, address
            seen[address] = response.getvalue().decode()
            links = re.findall(r'<(?:a|link) [^>]*href="(/[^"#?]*)', seen[address])
            waiting += [link for link in links if not link.startswith(("/static/", "/soeg/"))]
    return seen


def there_and_back(client, folder: Path, *starts: str) -> dict[str, str]:
    """Export, empty, import, export: the same files, and every page of them is the same. The pages."""
    rebuild()
    pages = crawl(client, *STARTS_HERE, *starts)
    first = export(folder / "first")
    empty()
    assert client.get("/moeder/").content.decode().count("meeting-link") == 0
    restore(folder / "first")
    again = crawl(client, *STARTS_HERE, *starts)
    assert again.keys() == pages.keys()
    for address, body in pages.items():
        assert again[address] == body, address
    assert export(folder / "second") == first
    assert list(differences()) == []
    return pages


def lively() -> None:
    """Minutes with one of everything that pages show."""
    voted = ballot(
        3, 1, for_names=("Else Ørsted",), against_names=("Frode Juul Mark",), against_parties={"A": None}
    )
    told = item(
        "1",
        "Cykelsti langs Mosevej",
        case_number="05.01.00-P20-3-25",
        decision="Godkendt med 3 stemmer for og 1 imod.",
        outcome=Outcome.APPROVED,
        sections=(
            section(SectionKind.DECISION, "Godkendt med 3 stemmer for og 1 imod.", "Beslutning"),
            section(SectionKind.PRESENTATION, "En sti, 3.000 kr.\n\n- bred\n- lang", "Sagsfremstilling"),
        ),
        attachments=("Kort over stien", "Høringssvar"),
        ballots=(voted,),
        reservations=("Frode Juul Mark",),
    )
    first = file(document(told, item("2", "Budget", case_number="00.30.00-S00-1-20"), term="2018-2021"))
    file(document(told, item("9", "Eventuelt"), date="2020-02-04", document="agenda", location="Rådhuset"))
    file(document(told, committee="Byrådet", date="2020-02-10", start_time=None))
    file(document(item("1", "Tillægssag"), kind="supplementary", text="Tillæg"))
    file(document(item("1", "Ekstra"), kind="extraordinary", text="Ekstra", start_time="20:00"))
    file(document(told, municipality=None, text="Herning"), given_municipality=herning())
    meeting = Meeting.objects.with_places().get(pk=first.meeting.pk)
    old = Committee.objects.get(slug="byraadet")
    CommitteeAlias.objects.create(committee=old, name="Kommunalbestyrelsen", slug="kommunalbestyrelsen")
    meeting.committee.successor = old
    meeting.committee.save()
    budget = meeting.items.get(slug="2")
    publishing.correct(meeting, budget, Correction.Field.TITLE, "Budget 2021", by=None)
    facts = meeting.readings.get(supplement=False).facts["items"][0]["ballots"][0]
    publishing.correct_ballot(meeting, meeting.items.get(slug="1"), facts, None, by=None)


def test_an_export_taken_into_an_empty_archive_gives_the_same_pages_and_the_same_export(client, tmp_path):
    lively()
    pages = there_and_back(client, tmp_path)
    assert "Budget 2021" in pages[f"{MEETING}2/"]
    assert "Herning" in pages["/kommuner/"]
    call_command("check_search", verbosity=0)


@pytest.mark.skipif(not SEEDS.exists(), reason="The seeds are not beside the project.")
def test_the_seeds_go_there_and_back(client, tmp_path):
    call_command("import_minutes", str(SEEDS), verbosity=0)
    pages = there_and_back(client, tmp_path)
    assert len(pages) > 90


def test_former_addresses_lead_on_and_what_was_taken_down_stays_gone(client, tmp_path):
    moved = imported(minutes("Cykelsti"))
    publishing.move(moved, day=moved.date.replace(day=15), committee="Teknikudvalget", by=None)
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
    there_and_back(client, tmp_path)
    assert answers() == addresses
    assert client.get("/readyz").status_code == 200
    # Elsewhere, without the ledger: what the export says of it is enough, and the ledger knows from then on.
    empty()
    ledger.path().unlink()
    restore(tmp_path / "first")
    assert answers() == addresses
    assert {entry["kind"] for entry in ledger.read().entries} == {"meeting", "item"}
    assert client.get("/readyz").status_code == 200
    # A committee of which no more than the address was public gets its name with its next minutes.
    assert Committee.objects.get(slug="kulturudvalget").name == ""
    again = imported(minutes("Vej", "Mere", day="21-01-2020", committee="Kulturudvalget"))
    assert again.state == "taken_down"
    assert Committee.objects.get(slug="kulturudvalget").name == "Kulturudvalget"


def test_what_a_replaced_version_said_otherwise_is_told_in_the_restored_archive(client, tmp_path):
    def replace(text: str) -> None:
        publishing.accept(imported(text).readings.get(waiting=True))

    meeting = imported(minutes("Cykelsti", "Varmeværk", "Budget", decision="Varenummeret er 010203-1234."))
    while hits := meeting.readings.get().open_hits:
        publishing.dismiss_match(meeting.readings.get(), hits[0][0], by=None, reason="Et varenummer")
    publishing.publish(meeting)
    replace(minutes("Cykelsti", "Varmeværk", "Budget", "Skolevej", decision="Udsat."))
    replace(minutes("Cykelsti", "Varmeværk", decision="Forkastet.").replace("mødelokale 2", "mødelokale 7"))
    # Of this one an item is closed now, so that an earlier one may be it.
    closed = minutes("Havn", "Vej", "Skole", day="21-01-2020")
    imported(closed)
    replace(closed.replace("Godkendt.", "Udsat."))
    other = Meeting.objects.with_places().get(date="2020-01-21")
    publishing.correct(other, other.items.get(slug="2"), Correction.Field.CLOSED, True, by=None)
    first = Reading.objects.order_by("pk").first()
    asked = f"{MEETING}aendringer/?udgave={first.pk}"
    pages = there_and_back(client, tmp_path, asked)
    told = pages[asked]
    assert "010203-1234" in told
    assert "mødelokale" in told
    assert "Budget" in told
    withheld = pages[f"{other.get_absolute_url()}aendringer/"]
    assert "Kun det, der også nu er offentligt" in withheld
    assert "Vej" not in withheld
    assert [each["meeting"] for each in records(tmp_path / "first", "earlier")] == [
        "randers/beskaeftigelsesudvalget/2020-01-14",
        "randers/beskaeftigelsesudvalget/2020-01-14",
        "randers/beskaeftigelsesudvalget/2020-01-21",
    ]


CANARY = re.compile(rb"(?i)kanariefugl")


def test_nothing_that_is_not_public_is_in_an_export(tmp_path):
    hidden = item(
        "77",
        "Kanariefugl titel",
        case_number="99.99.99-K01-1-20",
        decision="Kanariefugl",
        sections=(section(SectionKind.PRESENTATION, "Kanariefugl", "Kanariefugl"),),
        attachments=("Kanariefugl",),
        ballots=(ballot(3, 2, against_names=("Kanariefugl Hansen",), against_parties={"Kanariefugl": 2}),),
    )
    told = {"committee": "Kanariefugludvalget", "text": "Kanariefugl", "location": "Kanariefuglevej"}
    file(document(hidden, **told), publish=False)
    publishing.withdraw(
        file(document(hidden, **told | {"text": "Kanariefugl to"}, date="2020-03-03")).meeting
    )
    file(
        document(hidden, **told | {"text": "Kanariefugl tre"}, municipality=None),
        given_municipality=herning(),
    )
    publishing.withdraw(Meeting.objects.get(committee__municipality=herning()))
    _closed_canaries()
    _covered_canaries()
    files = export(tmp_path / "out")
    for name, data in files.items():
        assert not CANARY.search(data), (name, CANARY.search(data))
        assert b"99.99.99" not in data, name
        assert b"010203-1234" not in data
        assert b"herning" not in data
    assert [each["title"] for each in records(tmp_path / "out", "items") if each["closed"]] == [
        "Lukket sag",
        "Køb af jord",
        "Lukket punkt",
    ]
    assert [each["decision"] for each in records(tmp_path / "out", "items") if each["closed"]] == [
        "",
        "Købt.",
        "Udsat.",
    ]


def _closed_canaries() -> None:
    """Closed items with all that pages do not show of them."""
    words = {
        "closed": True,
        "sections": (section(SectionKind.PRESENTATION, "Kanariefugl", "Kanariefugl"),),
        "attachments": ("Kanariefugl",),
        "reservations": ("Kanariefugl Hansen",),
    }
    voted = ballot(3, 2, against_names=("Kanariefugl Olsen",), evidence="Kanariefugl")
    file(
        document(
            item("1", "Lukket sag", **words, ballots=(voted,)),
            item("2", "Køb af jord", decision="Købt.", **words),
        )
    )


def _covered_canaries() -> None:
    titles = ("Cykelsti", "Kanariefugl i en titel", "Budget")
    decision = "Godkendt. En kanariefugl fløj forbi. Om 010203-1234 blev talt."
    meeting = imported(minutes(*titles, day="21-01-2020", decision=decision))
    publishing.redact_all_numbers(meeting, by=None)
    reading = meeting.readings.get()
    publishing.redact_passage(reading, "en kanariefugl fløj forbi", by=None, reason="Privat")
    publishing.take_down_item(meeting.items.get(slug="2"), by=None, reason="Efter anmodning")
    publishing.publish(meeting)
    # A version that waits, and one that was left aside.
    imported(minutes(*titles, day="21-01-2020", decision=f"{decision} Kanariefugl igen."))
    publishing.reject(Reading.objects.get(waiting=True))
    imported(minutes(*titles, "Kanariefugl som nyt punkt", day="21-01-2020"))
    _replaced_canaries()
    person = Person.objects.create(
        municipality=randers(), name="Kanariefugl Jensen", slug="kanariefugl-jensen"
    )
    PersonAlias.objects.create(municipality=randers(), person=person, name="Kanariefugl J.", slug="k-j")
    gone = imported(minutes("Kanariefugl alene", day="28-01-2020", committee="Gemt udvalg"))
    publishing.take_down_meeting(gone, by=None, reason="Kanariefugl")


def _replaced_canaries() -> None:
    """A version that was public, with an item that the one in its place has closed."""
    text = minutes("Havn", "Kanariefugl", "Vej", day="11-02-2020")
    imported(text)
    shut = text.replace("Kanariefugl", "Lukket punkt").replace("kanariefugl", "lukket punkt")
    meeting = imported(shut.replace("Godkendt.", "Udsat."))
    publishing.accept(meeting.readings.get(waiting=True))
    publishing.correct(meeting, meeting.items.get(slug="2"), Correction.Field.CLOSED, True, by=None)
    assert Reading.objects.replaced().count() == 1


def test_the_archive_lives_on_after_it_was_restored(client, tmp_path):
    meeting = imported(minutes("Cykelsti", "Budget", "Skole"))
    address, source = meeting.get_absolute_url(), meeting.readings.get().pk
    later = imported(minutes("Havn", day="21-01-2020"))
    withdrawn = later.readings.get().pk
    publishing.withdraw(later)
    export(tmp_path / "out")
    empty()
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
    lively()
    export(tmp_path / "out")
    empty()
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


def test_what_was_taken_down_since_the_export_is_not_brought_back(client, tmp_path):
    meeting = imported(minutes("Cykelsti", "Sag om en borger", decision="Karla Vad Holst ringede. Godkendt."))
    gone = imported(minutes("Vej", day="21-01-2020"))
    export(tmp_path / "old")
    publishing.redact_passage(meeting.readings.get(), "Karla Vad Holst ringede", by=None, reason="Privat")
    publishing.take_down_item(meeting.items.get(slug="2"), by=None, reason="Efter anmodning")
    publishing.take_down_meeting(gone, by=None, reason="Efter anmodning")
    empty()
    restore(tmp_path / "old")
    seen = crawl(client, *STARTS)
    assert f"{MEETING}1/" in seen
    for address, body in seen.items():
        assert "Karla Vad Holst" not in body, address
        assert "Sag om en borger" not in body, address
    assert client.get(gone.get_absolute_url()).status_code == 410
    assert client.get(f"{MEETING}2/").status_code == 410
    assert client.get("/readyz").status_code == 200


def test_a_number_that_was_judged_to_be_none_stays_readable(client, tmp_path):
    meeting = imported(minutes("Cykelsti", decision="Planen 010203-1234 er vedtaget."))
    reading = meeting.readings.get()
    publishing.dismiss_match(reading, reading.open_hits[0][0], by=None, reason="En plans nummer")
    publishing.publish(meeting)
    pages = there_and_back(client, tmp_path)
    assert "010203-1234" in pages[f"/kilde/{reading.pk}/"]


def test_an_archive_that_is_not_empty_takes_in_nothing(tmp_path):
    imported(minutes("Cykelsti"))
    export(tmp_path / "out")
    with pytest.raises(CommandError, match=r"^The archive is not empty"):
        restore(tmp_path / "out")
    assert Meeting.objects.count() == 1


def test_an_export_goes_to_a_new_or_an_empty_folder(tmp_path):
    (tmp_path / "out").mkdir()
    export(tmp_path / "out")
    with pytest.raises(CommandError, match="is not empty"):
        export(tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == ["out"]


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("items.jsonl", lambda data: data.replace(b"Cykelsti", b"Cykelvej"), "is not as it was written"),
        ("people.jsonl", None, "No such file"),
        ("manifest.json", lambda data: b"{", "is no manifest"),
        ("manifest.json", lambda data: data.replace(b'"version": 1', b'"version": 2'), "is of version 2"),
        ("manifest.json", lambda data: data.replace(b"referatarkivet", b"andet"), "is not of an export"),
        ("manifest.json", lambda data: data.replace(b'"records": 2', b'"records": 3'), "has 2 records"),
    ],
)
def test_an_export_that_is_not_whole_is_refused_before_anything_is_changed(tmp_path, name, change, said):
    imported(minutes("Cykelsti", "Budget"))
    files = export(tmp_path / "out")
    empty()
    if change:
        (tmp_path / "out" / name).write_bytes(change(files[name]))
    else:
        (tmp_path / "out" / name).unlink()
    with pytest.raises(CommandError, match=said):
        restore(tmp_path / "out")
    assert not Source.objects.exists()


def test_records_that_do_not_go_together_are_all_refused(tmp_path):
    imported(minutes("Cykelsti"))
    files = export(tmp_path / "out")
    empty()
    manifest = json.loads(files["manifest.json"])
    # Whole as files, but the items' meeting is not among the meetings.
    data = files["items.jsonl"].replace(b"2020-01-14", b"2020-01-15")
    manifest["files"]["items"] |= {"sha256": hashlib.sha256(data).hexdigest()}
    (tmp_path / "out" / "items.jsonl").write_bytes(data)
    (tmp_path / "out" / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(CommandError, match=r"items.jsonl: 1 records name what is not in the export"):
        restore(tmp_path / "out")
    assert not Meeting.objects.exists()
    assert not Takedown.objects.exists()


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
