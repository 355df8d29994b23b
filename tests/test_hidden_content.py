"""Hidden content is in no public table, page, file, feed, search or export: a canary for each way to hide."""

from importlib import import_module
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from minutes import publishing
from minutes.models import (
    AgendaItem,
    Attachment,
    Attendance,
    Ballot,
    CaseNumber,
    Correction,
    GazetteerMention,
    Meeting,
    PublicText,
    Reading,
    Reference,
    SearchEntry,
    SearchWord,
    Section,
    Statement,
)
from minutes.publishing.gazetteer import find_all_places
from minutes.publishing.gazetteer_places import PlaceEntry, store_gazetteer
from minutes.reader.records import Absence, Guest, Item
from minutes.reader.records import Reference as Mention
from minutes.reader.records import Statement as StatementFacts
from minutes.vocabulary import Outcome, SectionKind
from tests.documents import ballot, document, file, herning, imported, item, randers, section
from tests.test_leaks import PLACES, REPEATING_THE_QUERY, STARTS, crawl
from tests.texts import minutes

pytestmark = pytest.mark.django_db

CANARY = "anariefugl"
Field = Correction.Field
# What may contain nothing but public content; an item of an unpublished meeting has its title for staff.
PUBLIC_TABLES = (
    *(Section, Attachment, CaseNumber, Ballot, Statement, Attendance, Reference),
    *(PublicText, SearchEntry, SearchWord),
)


def full_item(title: str = "Salg af grund", **facts) -> Item:
    """An item with the canary in everything but its title and decision."""
    return item(
        "1",
        title,
        case_officer="Kanariefugl Bo",
        sections=(
            section(SectionKind.PRESENTATION, "Kanariefugl tekst", "Kanariefugl"),
            section(SectionKind.RESUME, "Kanariefugl resumé"),
        ),
        attachments=("Kanariefugl bilag",),
        reservations=("Kanariefugl Jensen",),
        referred_to_council_by=("Kanariefugl Juul",),
        statements=(StatementFacts(who=("Kanariefugl Ly",), text="Kanariefugl", start=0, end=1),),
        absent=(Absence(name="Kanariefugl Friis", reason="kanariefugl"),),
        left_or_recused=(Absence(name="Kanariefugl Holm"),),
        others_attending=(Guest(name="Kanariefugl Gæst", role="kanariefugl"),),
        references=(Mention(committee="Kanariefugludvalget", evidence="kanariefugl", start=0, end=1),),
        **facts,
    )


def draft(day: str) -> None:
    file(document(full_item(), text=f"Kanariefugl {day}", date=day), publish=False)


def withdrawn(day: str) -> None:
    publishing.withdraw(file(document(full_item(), text=f"Kanariefugl {day}", date=day)).meeting)


def meeting_taken_down(day: str) -> None:
    meeting = file(document(full_item(), text=f"Kanariefugl {day}", date=day)).meeting
    publishing.take_down_meeting(meeting, by=None, reason="Privat")


def item_taken_down(day: str) -> None:
    meeting = imported(minutes("Budget", "Kanariefugl i en titel", day=printed(day)))
    publishing.take_down_item(meeting.items.get(slug="2"), by=None, reason="Privat")


def of_another_municipality(day: str) -> None:
    file(document(full_item(), text=f"Kanariefugl {day}", date=day), given_municipality=herning())


def closed_without_a_decision(day: str) -> None:
    file(
        document(
            full_item(closed=True, ballots=(ballot(3, 2, against_names=("Kanariefugl Ko",)),)),
            date=day,
            text=f"Kanariefugl {day}",
        )
    )


def closed_with_a_decision(day: str) -> None:
    facts = {"closed": True, "decision": "Godkendt.", "outcome": Outcome.APPROVED}
    file(document(full_item(**facts), date=day, text=f"Salg {day}"))


def closed_and_its_decision_removed(day: str) -> None:
    voted = ballot(3, 2, against_names=("Kanariefugl Ko",), evidence="Imod stemte Kanariefugl Ko.")
    facts = {"closed": True, "decision": "Imod stemte Kanariefugl Ko.", "outcome": Outcome.APPROVED}
    decision = section(SectionKind.DECISION, "Imod stemte Kanariefugl Ko.", "Beslutning")
    row = item("1", "Salg af grund", sections=(decision,), ballots=(voted,), **facts)
    meeting = file(document(row, date=day, text=f"Salg {day}")).meeting
    publishing.correct(meeting, meeting.items.get(), Field.DECISION, None, by=None)


def closed_and_its_decision_replaced(day: str) -> None:
    words = "Solgt til Kanariefugl. Imod stemte Kanariefugl Ko."
    voted = ballot(3, 2, against_names=("Kanariefugl Ko",), evidence="Imod stemte Kanariefugl Ko.")
    decision = section(SectionKind.DECISION, words, "Beslutning")
    facts = {"closed": True, "decision": words, "outcome": Outcome.APPROVED}
    row = item("1", "Salg af grund", sections=(decision,), ballots=(voted,), **facts)
    meeting = file(document(row, date=day, text=f"Salg {day}")).meeting
    publishing.correct(meeting, meeting.items.get(), Field.DECISION, "Solgt.", by=None)


def closed_by_a_correction(day: str) -> None:
    text = minutes("Salg af grund", "Budget", decision="Godkendt.", day=printed(day))
    text = text.replace("har holdt to møder med naboerne", "sælger til kanariefuglen", 1)
    text = text.replace("Notat om sagen", "Notat om kanariefuglen", 1)
    meeting = imported(text)
    publishing.correct(meeting, meeting.items.get(slug="1"), Field.CLOSED, True, by=None)


def closed_and_retitled_by_corrections(day: str) -> None:
    meeting = imported(
        minutes("Personsag om Kanariefugl Hansen", "Budget", decision="Godkendt.", day=printed(day))
    )
    row = meeting.items.get(slug="1")
    publishing.correct(meeting, row, Field.TITLE, "Personsag", by=None)
    publishing.correct(meeting, row, Field.CLOSED, True, by=None)


def redacted(day: str) -> None:
    meeting = imported(minutes("Salg af grund", decision="Solgt til kanariefugl Bo.", day=printed(day)))
    publishing.redact_passage(meeting.readings.get(), "kanariefugl Bo", by=None, reason="Privat")


def pending_version(day: str) -> None:
    imported(minutes("Salg af grund", day=printed(day)))
    imported(minutes("Salg af grund", decision="Solgt til kanariefugl.", day=printed(day)))


def rejected_version(day: str) -> None:
    pending_version(day)
    publishing.reject(Reading.objects.get(pending=True, meeting__date=day))


def partial_correction(day: str) -> None:
    agenda = [item(str(number), f"Sag {number}") for number in range(1, 6)]
    file(document(*agenda, date=day, text=f"Sager {day}"))
    file(document(item("2", "Sag 2", decision="Kanariefugl."), text=f"Kanariefugl {day}", date=day))


WAYS = (
    *(draft, withdrawn, meeting_taken_down, item_taken_down, of_another_municipality),
    *(closed_without_a_decision, closed_with_a_decision, closed_and_its_decision_removed),
    *(closed_and_its_decision_replaced, closed_by_a_correction, closed_and_retitled_by_corrections),
    *(redacted, pending_version, rejected_version, partial_correction),
)


def test_hidden_content_is_nowhere_in_public(client, tmp_path: Path):
    """One meeting for each way of being hidden, each on a day of its own."""
    for place in (randers(), herning()):
        store_gazetteer(place, [PlaceEntry(name, "street") for name in PLACES])
    file(document(item("9", "Cykelsti"), text="Cykelsti"))
    for number, hide in enumerate(WAYS, start=1):
        hide(f"2019-{number // 28 + 1:02}-{number % 28 + 1:02}")
    assert _tables_with_canary() == []
    assert not GazetteerMention.objects.exists()
    find_all_places()
    assert not GazetteerMention.objects.exists()
    pages = crawl(client, *STARTS, *_guessed(client))
    assert len(pages) > 100
    for address, body in pages.items():
        # A search repeats the word that was searched for.
        words = body.replace("kanariefugl", "") if address.startswith(REPEATING_THE_QUERY) else body
        assert CANARY not in words, address
    assert "0 punkter fundet" in pages["/soeg/?q=kanariefugl"]
    call_command("export_archive", str(tmp_path / "export"), verbosity=0)
    for path in (tmp_path / "export").rglob("*"):
        assert path.is_dir() or CANARY.encode() not in path.read_bytes(), path


def test_the_migration_deletes_the_ballots_of_a_corrected_decision_of_a_closed_item():
    """Even if the meeting cannot be projected afterwards."""
    migration = import_module("minutes.migrations.0005_public_texts")
    words = "Imod stemte Kanariefugl Ko."
    decision = section(SectionKind.DECISION, words, "Beslutning")
    voted = ballot(3, 2, against_names=("Kanariefugl Ko",), evidence=words)
    row = item("1", "Salg", closed=True, decision=words, sections=(decision,), ballots=(voted,))
    meeting = file(document(row)).meeting
    # As an earlier version left the rows.
    Correction.objects.create(
        meeting=meeting, item_slug="1", field=Field.DECISION, seen=words, value="Solgt."
    )
    meeting.items.update(decision="Solgt.")
    with connection.cursor() as cursor:
        cursor.execute(migration._DELETE_HIDDEN)
    assert not Ballot.objects.exists()
    assert not Section.objects.exists()


def printed(day: str) -> str:
    """An ISO date as the minutes print it."""
    return "-".join(reversed(day.split("-")))


def _tables_with_canary() -> list[str]:
    """Public tables in which any column of any row contains the canary."""
    tables = [model._meta.db_table for model in PUBLIC_TABLES]
    leaking = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table} row WHERE row::text LIKE %s", [f"%{CANARY}%"])
            if cursor.fetchone()[0]:
                leaking.append(table)
    published = AgendaItem.objects.published()
    return leaking + [
        str(row) for row in published if CANARY in f"{row.title}{row.decision}{row.case_officer}"
    ]


def _guessed(client) -> list[str]:
    """Addresses that a stranger could guess and that answer with a page."""
    addresses = [
        address
        for meeting in Meeting.objects.with_places()
        for address in (
            meeting.get_absolute_url(),
            *(f"{meeting.get_absolute_url()}{slug}/" for slug in ("1", "2", "aendringer")),
        )
    ]
    addresses += [
        f"/kilde/{reading.pk}/{suffix}" for reading in Reading.objects.all() for suffix in ("", "tekst.txt")
    ]
    return [address for address in addresses if client.get(address).status_code == 200]
