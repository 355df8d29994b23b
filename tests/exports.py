"""Exports and imports in tests: write one, empty the archive, restore it, compare all pages."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client

from minutes import publishing
from minutes.models import Committee, CommitteeAlias, Correction, Meeting, Municipality
from minutes.search.consistency import differences
from minutes.search.rebuild import rebuild
from minutes.vocabulary import Outcome, SectionKind
from tests.documents import ballot, document, file, herning, item, section
from tests.test_leaks import STARTS as CRAWL_STARTS

# The examples of the search help are from the rows that were stored last.
COMPARED = [start for start in CRAWL_STARTS if not start.startswith(("/en/", "/soeg/hjaelp/"))]
STARTS = (*COMPARED, "/soeg/?q=budget&sorter=dato", "/soeg/?q=godkendt")


def export(folder: Path) -> dict[str, bytes]:
    """Export to `folder`; return the contents of the files by name."""
    call_command("export_archive", str(folder), verbosity=0)
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def empty_archive() -> None:
    """Delete everything but the municipalities, as after the first migration."""
    municipalities = Municipality._meta.db_table
    models = apps.get_app_config("minutes").get_models()
    tables = [model._meta.db_table for model in models if model._meta.managed]
    with connection.cursor() as cursor:
        # Deferred checks of this transaction would stop it.
        connection.check_constraints()
        names = ", ".join(table for table in tables if table != municipalities)
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")


def restore(folder: Path) -> None:
    call_command("import_archive", str(folder), verbosity=0)


def records(folder: Path, kind: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{kind}.jsonl").read_bytes().splitlines()]


def replace_records(folder: Path, kind: str, lines: bytes) -> None:
    """Write other records of a kind to the export in `folder`, and their checksum to its manifest."""
    (folder / f"{kind}.jsonl").write_bytes(lines)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["files"][kind]["sha256"] = hashlib.sha256(lines).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))


def crawl(client: Client, *starts: str) -> dict[str, str]:
    """Return every Danish page that links from `starts` lead to, by address, without searches and filters."""
    pages: dict[str, str] = {}
    queue = list(starts)
    while queue:
        address = queue.pop()
        if address not in pages:
            response = client.get(address)
            assert response.status_code == 200, address
            pages[address] = response.getvalue().decode()
            links = re.findall(r'<(?:a|link) [^>]*href="(/[^"#?]*)', pages[address])
            queue += [link for link in links if not link.startswith(("/static/", "/soeg/", "/en/"))]
    return pages


def assert_round_trip(client: Client, folder: Path, *starts: str) -> dict[str, str]:
    """Export, empty, import and export again; all pages and files are the same. Return the pages."""
    rebuild()
    pages = crawl(client, *STARTS, *starts)
    first = export(folder / "first")
    empty_archive()
    assert client.get("/moeder/").content.decode().count("meeting-link") == 0
    restore(folder / "first")
    restored = crawl(client, *STARTS, *starts)
    assert restored.keys() == pages.keys()
    for address, body in pages.items():
        assert restored[address] == body, address
    assert export(folder / "second") == first
    assert list(differences()) == []
    return pages


def sample_archive() -> None:
    """Publish minutes that have one of everything that pages show."""
    vote = ballot(
        3, 1, for_names=("Else Ørsted",), against_names=("Frode Juul Mark",), against_parties={"A": None}
    )
    path = item(
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
        ballots=(vote,),
        reservations=("Frode Juul Mark",),
    )
    first = file(document(path, item("2", "Budget", case_number="00.30.00-S00-1-20"), term="2018-2021"))
    file(document(path, item("9", "Eventuelt"), date="2020-02-04", document="agenda", location="Rådhuset"))
    file(document(path, committee="Byrådet", date="2020-02-10", start_time=None))
    file(document(item("1", "Tillægssag"), kind="supplementary", text="Tillæg"))
    file(document(item("1", "Ekstra"), kind="extraordinary", text="Ekstra", start_time="20:00"))
    file(document(path, municipality=None, text="Herning"), given_municipality=herning())
    meeting = Meeting.objects.with_places().get(pk=first.meeting.pk)
    old = Committee.objects.get(slug="byraadet")
    CommitteeAlias.objects.create(committee=old, name="Kommunalbestyrelsen", slug="kommunalbestyrelsen")
    meeting.committee.successor = old
    meeting.committee.save()
    budget = meeting.items.get(slug="2")
    publishing.correct(meeting, budget, Correction.Field.TITLE, "Budget 2021", by=None)
    facts = meeting.readings.get(supplement=False).facts["items"][0]["ballots"][0]
    publishing.correct_ballot(meeting, meeting.items.get(slug="1"), facts, None, by=None)
