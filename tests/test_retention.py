"""Originals are erased by the rule of their municipality, and nothing else is."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from minutes import publishing
from minutes.importer import Overrides, import_upload
from minutes.models import Change, ErasedOriginal, Meeting, Municipality, Reading, Source
from minutes.publishing import ledger
from minutes.publishing.retention import months_before
from tests.documents import imported, imported_for, randers
from tests.filled import aarhus
from tests.stored_files import path_of
from tests.texts import minutes

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - timedelta(days=100)


def aged(meeting: Meeting, at: datetime = LONG_AGO) -> Meeting:
    """Let everything about the meeting have happened then."""
    Meeting.objects.filter(pk=meeting.pk).update(published_at=at)
    Source.objects.filter(readings__meeting=meeting).update(received_at=at)
    with connection.cursor() as cursor:
        # The audit log refuses changes, by a trigger.
        cursor.execute("SET LOCAL session_replication_role = replica")
        Change.objects.filter(meeting=meeting).update(at=at)
        cursor.execute("SET LOCAL session_replication_role = origin")
    return meeting


def set_rule(months: int | None, municipality: Municipality | None = None) -> None:
    Municipality.objects.filter(pk=(municipality or randers()).pk).update(originals_kept=months)


def erased(callbacks, capsys, *options: str) -> str:
    with callbacks(execute=True):
        call_command("erase_originals", *options)
    return capsys.readouterr().out


@pytest.fixture
def run(django_capture_on_commit_callbacks, capsys):
    return lambda *options: erased(django_capture_on_commit_callbacks, capsys, *options)


def stored() -> set[str]:
    return {name for name in Source.objects.values_list("sha256", flat=True) if path_of(name).exists()}


def test_only_originals_published_longer_ago_than_their_municipality_keeps_them_are_erased(run):
    old, new = aged(imported(minutes("Gammel"))), imported(minutes("Ny", day="03-03-2021"))
    theirs = aged(imported_for(aarhus(), minutes("Havnen", municipality="Aarhus")))
    set_rule(3)
    old_hash = old.readings.get().source.sha256
    before = stored()
    assert run("--dry-run").startswith("Randers (stored 3 months): would erase 1 files, 0.0 MB")
    assert stored() == before
    assert run() == "Randers (stored 3 months): erased 1 files, 0.0 MB\n"
    assert before - stored() == {old_hash}
    note = ErasedOriginal.objects.get()
    assert (note.sha256, note.cause, note.municipality) == (old_hash, "retention", randers())
    log = Change.objects.filter(kind=Change.Kind.ORIGINAL_ERASED)
    assert [(change.meeting, change.by, change.detail) for change in log] == [
        (old, None, "Efter kommunens slettefrist")
    ]
    assert not ledger.read().entries
    assert run() == "Randers (stored 3 months): erased 0 files, 0.0 MB\n"
    assert {new, theirs} == set(Meeting.objects.exclude(pk=old.pk))


def test_without_a_rule_originals_are_kept_for_ever(run):
    aged(imported(minutes("Gammel")), timezone.now() - timedelta(days=9999))
    assert run() == ""
    assert not ErasedOriginal.objects.exists()


@pytest.mark.parametrize("change", ["draft", "withdrawn", "pending", "accepted", "attachment"])
def test_originals_that_may_still_be_needed_are_kept(run, change):
    meeting = aged(imported(minutes("Cykelsti")))
    set_rule(1)
    if change in {"draft", "withdrawn"}:
        Meeting.objects.update(state=change)
    elif change == "attachment":
        source = Source.objects.get()
        facts = {"name": "a", "caption": "a", "media_type": "", "sha256": source.sha256, "size": 1}
        source.enclosed_files.create(position=1, **facts)
    else:
        text = minutes("Cykelsti", decision="Udsat.")
        import_upload([("ny.txt", text.encode())], Overrides(municipality=randers()), None)
        aged(meeting)
        if change == "accepted":
            publishing.accept(Reading.objects.get(pending=True))
    # The public version that a pending one may replace is old enough.
    expected = 1 if change == "pending" else 0
    assert f"erased {expected} files" in run()


def test_a_run_erases_at_most_its_limit_and_says_what_is_left(run):
    for day in ("01-01-2020", "02-01-2020", "03-01-2020"):
        aged(imported(minutes("Gammel", day=day)))
    set_rule(1)
    report = run("--limit", "2")
    assert "erased 2 files" in report
    assert "1 more wait for the next run" in report
    assert "erased 1 files" in run("--limit", "2")


def test_a_document_that_is_discarded_after_the_rule_can_be_imported_again(run):
    meeting = aged(imported(minutes("Gammel")))
    set_rule(1)
    run()
    publishing.withdraw(meeting)
    publishing.discard(Reading.objects.get(), by=None, reason="Forkert")
    assert imported(minutes("Gammel")).readings.exists()
    assert len(stored()) == 1


def test_an_original_can_be_erased_at_a_persons_request_after_the_rule_only_once(run):
    aged(imported(minutes("Gammel")))
    set_rule(1)
    run()
    with pytest.raises(publishing.PublishingError, match="allerede slettet"):
        publishing.erase_original(Reading.objects.get(), by=None, reason="Artikel 17")


def test_months_are_counted_by_the_calendar():
    assert months_before(datetime(2024, 3, 31, 12, tzinfo=UTC), 1) == datetime(2024, 2, 29, 12, tzinfo=UTC)
    assert months_before(datetime(2024, 1, 15, tzinfo=UTC), 25) == datetime(2021, 12, 15, tzinfo=UTC)
