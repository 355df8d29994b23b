"""Redacted or removed content is gone from every text, also after a re-import and an old dump."""

import json
import re

import pytest
from django.core.management import call_command
from django.db import transaction

from minutes import publishing
from minutes.importer import Overrides, import_upload, reread_document
from minutes.models import (
    AgendaItem,
    Change,
    Correction,
    FalseHit,
    Meeting,
    PublicText,
    Reading,
    Redaction,
    SearchEntry,
    Source,
    Takedown,
)
from minutes.models.states import State
from minutes.privacy import replace_masks
from minutes.publishing import PublishingError, ledger
from minutes.reader import read
from tests.documents import file, imported, randers
from tests.texts import minutes
from tests.vendor_files import CYCLE_PATH, agenda, field, item, sbsys

pytestmark = pytest.mark.django_db

NUMBER = "010203-1234"
TITLES = ("Cykelsti", "Fortrolig kanariefugl", "Budget")


def everything() -> str:
    """Return all text in the database, except fingerprints, which are hashes and may contain any digits."""
    rows = [
        *Reading.objects.values_list("text", "facts", "warnings"),
        *PublicText.objects.values_list("text"),
        *AgendaItem.objects.values_list("title", "decision", "sections__text", "ballots__evidence"),
        *Correction.objects.values_list("seen", "value", "new_reading"),
        *Change.objects.values_list("detail", "reason"),
        *Redaction.objects.values_list("reason"),
        *Redaction.objects.exclude(fingerprint__regex="^[0-9a-f]{64}$").values_list("fingerprint"),
        *SearchEntry.objects.values_list("vector"),
    ]
    return json.dumps(rows, ensure_ascii=False, default=str)


def first_hit(meeting: Meeting) -> tuple[Reading, int]:
    reading = meeting.readings.exclude(unresolved_cpr_matches=[]).get()
    return reading, reading.unresolved_cpr_matches[0][0]


# Personal numbers


def test_a_redacted_number_is_gone_from_all_that_is_kept_and_the_meeting_can_be_published(client):
    meeting = imported(
        minutes("Cykelsti", f"Sagen om {NUMBER}", decision=f"{NUMBER} og 0102031234 fik medhold.")
    )
    publishing.redact_number(*first_hit(meeting), by=None)
    assert "1234" not in everything()
    assert not Reading.objects.exclude(unresolved_cpr_matches=[]).exists()
    publishing.publish(meeting)
    page = client.get(f"{meeting.get_absolute_url()}2/").content.decode()
    assert "<h1>Sagen om [CPR-nummer fjernet]</h1>" in page
    assert "█" not in page
    reading = Reading.objects.get()
    source = client.get(f"/kilde/{reading.pk}/").content.decode()
    assert "Punkt 2: Sagen om [CPR-nummer fjernet]" in source
    download = client.get(f"/kilde/{reading.pk}/tekst.txt").content.decode()
    assert "Punkt 2: Sagen om ███████████\n" in download


def test_a_redaction_keeps_the_length_of_the_text_and_every_place(client):
    meeting = imported(minutes("Cykelsti", decision=f"Godkendt med 6 stemmer mod 1. {NUMBER}."))
    before = Reading.objects.get().text
    publishing.redact_all_numbers(meeting, by=None)
    reading = Reading.objects.get()
    assert len(reading.text) == len(before)
    publishing.publish(meeting)
    ballot = meeting.items.get().ballots.get()
    assert replace_masks(" ".join(reading.text[ballot.start : ballot.end].split())) == ballot.evidence


def test_the_original_bytes_are_kept_for_the_staff(data_folder):
    meeting = imported(minutes(f"Sagen om {NUMBER}"))
    publishing.redact_all_numbers(meeting, by=None)
    stored = (data_folder / "sources" / Source.objects.get().sha256).read_bytes()
    assert NUMBER in stored.decode()


def test_a_redaction_survives_a_corrected_version_and_a_rereading():
    meeting = imported(minutes("Cykelsti", f"Sagen om {NUMBER}"))
    publishing.redact_all_numbers(meeting, by=None)
    publishing.publish(meeting)
    again = imported(minutes("Cykelsti", f"Sagen om {NUMBER}", decision="Udsat."))
    waiting = Reading.objects.get(pending=True)
    assert again == meeting
    assert waiting.unresolved_cpr_matches == []
    publishing.accept(waiting)
    assert meeting.items.get(slug="2").title == "Sagen om [CPR-nummer fjernet]"
    for source in Source.objects.all():
        reread_document(source)
    # Not as the key of a row, which search vectors contain behind a letter.
    assert not re.search(r"(?<![a-z0-9])1234(?!\d)|010203.?1234", everything())
    assert meeting.items.get(slug="2").decision == "Udsat."


def test_a_number_that_is_judged_to_be_something_else_is_shown_and_does_not_block(client):
    meeting = imported(minutes("Cykelsti", decision=f"Journal {NUMBER} er lukket."))
    with pytest.raises(PublishingError, match="hvad nummeret er"):
        publishing.dismiss_match(*first_hit(meeting), by=None, reason=" ")
    publishing.dismiss_match(*first_hit(meeting), by=None, reason="Et journalnummer")
    publishing.publish(meeting)
    page = client.get(f"{meeting.get_absolute_url()}1/").content.decode()
    assert f"Journal {NUMBER} er lukket." in page
    assert NUMBER in client.get(f"/kilde/{Reading.objects.get().pk}/").content.decode()
    assert NUMBER not in str(FalseHit.objects.values_list("reason", "fingerprint"))
    # And in the next version.
    imported(minutes("Cykelsti", decision=f"Journal {NUMBER} er lukket igen."))
    assert Reading.objects.get(pending=True).unresolved_cpr_matches == []


def test_a_hit_that_was_dealt_with_is_told_as_such():
    meeting = imported(minutes(f"Sagen om {NUMBER}"))
    reading, start = first_hit(meeting)
    publishing.redact_number(reading, start, by=None)
    with pytest.raises(PublishingError, match="allerede behandlet"):
        publishing.redact_number(reading, start, by=None)


def test_nobody_writes_a_personal_number_into_a_reason():
    meeting = imported(minutes("Cykelsti"))
    for do in (
        lambda: publishing.withdraw(meeting, reason=f"om {NUMBER}"),
        lambda: publishing.take_down_meeting(meeting, by=None, reason=f"om {NUMBER}"),
        lambda: publishing.redact_passage(Reading.objects.get(), "Cykelsti", by=None, reason=NUMBER),
    ):
        with pytest.raises(PublishingError, match="CPR"):
            do()


# Passages


def test_a_passage_is_covered_wherever_it_stands_however_it_is_broken(client):
    text = minutes("Cykelsti", "Budget", decision="Ane Lunds sag blev udsat.")
    text = text.replace("Notat om sagen", "Notat om Ane\nLunds sag", 1)
    meeting = imported(text)
    assert publishing.redact_passage(Reading.objects.get(), "ane lunds sag", by=None, reason="Privat") == 3
    assert "Lunds" not in everything()
    page = client.get(f"{meeting.get_absolute_url()}1/").content.decode()
    assert "[Fjernet] blev udsat." in page
    assert "lund" not in page.lower()


def test_a_passage_is_covered_in_older_and_in_waiting_versions_and_in_corrections():
    meeting = imported(minutes("Cykelsti", decision="Hemmelige ord her."))
    item = meeting.items.select_related("reading").get()
    publishing.correct(meeting, item, Correction.Field.TITLE, "Hemmelige ord", by=None)
    imported(minutes("Cykelsti", decision="Hemmelige ord igen."))
    publishing.redact_passage(meeting.readings.get(current=True), "hemmelige ord", by=None, reason="Privat")
    assert "emmelige" not in everything()
    assert meeting.items.get().title == "[Fjernet]"


@pytest.mark.parametrize(("passage", "said"), [("en", "fire"), ("står ingen steder", "står ikke i teksten")])
def test_a_passage_that_cannot_be_found_again_is_refused(passage, said):
    imported(minutes("Cykelsti"))
    with pytest.raises(PublishingError, match=said):
        publishing.redact_passage(Reading.objects.get(), passage, by=None, reason="Privat")
    assert not Redaction.objects.exists()
    assert ledger.read().entries == []


# Taking down


def test_a_meeting_that_is_taken_down_is_gone_and_its_addresses_say_so(client):
    meeting = imported(minutes(*TITLES))
    reading = Reading.objects.get()
    publishing.take_down_meeting(meeting, by=None, reason="Efter anmodning")
    for address in ("", "1/"):
        response = client.get(f"{meeting.get_absolute_url()}{address}")
        assert response.status_code == 410
        assert "noindex" in response.content.decode()
        assert "Cykelsti" not in response.content.decode()
    assert client.get(f"/kilde/{reading.pk}/").status_code == 410
    assert not SearchEntry.objects.exists()
    with pytest.raises(PublishingError):
        publishing.publish(meeting)


def test_an_item_that_is_taken_down_is_gone_from_every_text_and_the_others_stay(client):
    meeting = imported(minutes(*TITLES))
    publishing.take_down_item(meeting.items.get(slug="2"), by=None, reason="Efter anmodning")
    assert "kanariefugl" not in everything().lower()
    assert client.get(f"{meeting.get_absolute_url()}2/").status_code == 410
    assert [row.slug for row in meeting.items.all()] == ["1", "3"]
    assert meeting.items.get(slug="1").sections.count() == meeting.items.get(slug="3").sections.count()
    source = client.get(f"/kilde/{Reading.objects.get().pk}/").content.decode()
    assert "kanariefugl" not in source.lower()
    assert "Punkt 1: Cykelsti" in source
    assert "Punkt 3: Budget" in source


def test_the_other_items_stay_as_they_are_when_more_is_covered_later():
    meeting = imported(minutes(*TITLES, decision="Godkendt af de hemmelige."))
    publishing.take_down_item(meeting.items.get(slug="2"), by=None, reason="Efter anmodning")
    before = list(meeting.items.get(slug="1").sections.values_list("heading", "text", "start", "end"))
    publishing.redact_passage(Reading.objects.get(), "hemmelige", by=None, reason="Privat")
    after = list(meeting.items.get(slug="1").sections.values_list("heading", "text", "start", "end"))
    assert [row for row in after if "[Fjernet]" not in row[1]] == [
        row for row in before if "hemmelige" not in row[1]
    ]
    assert [row.slug for row in meeting.items.all()] == ["1", "3"]


def test_an_item_that_is_taken_down_does_not_come_back_with_another_version():
    meeting = imported(minutes(*TITLES))
    publishing.take_down_item(meeting.items.get(slug="2"), by=None, reason="Efter anmodning")
    for titles in (
        TITLES,
        ("Cykelsti", "Kanariefugl, ny titel", "Budget"),
        ("Fortrolig kanariefugl", "Cykelsti"),
    ):
        imported(minutes(*titles, decision=f"Udsat {len(titles)} {titles[0]}."))
        publishing.accept(Reading.objects.get(pending=True))
        titles_now = list(meeting.items.values_list("title", flat=True))
        assert not any("kanariefugl" in title.lower() for title in titles_now), titles
        assert "Cykelsti" in titles_now
    for source in Source.objects.all():
        reread_document(source)
    assert not meeting.items.filter(title__icontains="kanariefugl").exists()


def test_a_reason_is_needed():
    meeting = imported(minutes("Cykelsti"))
    with pytest.raises(PublishingError, match="begrundelse"):
        publishing.take_down_meeting(meeting, by=None, reason=" ")
    assert Meeting.objects.get().state == State.PUBLISHED


# The ledger


def test_the_ledger_has_keys_and_fingerprints_and_no_text():
    meeting = imported(minutes("Cykelsti", f"Sagen om {NUMBER}", decision="Hemmelige ord her."))
    publishing.redact_all_numbers(meeting, by=None)
    publishing.redact_passage(Reading.objects.get(), "Hemmelige ord", by=None, reason="Privat")
    publishing.take_down_item(meeting.items.get(slug="1"), by=None, reason="Efter anmodning")
    written = ledger.path().read_text()
    assert len(written.splitlines()) == 3
    assert '"randers/beskaeftigelsesudvalget/2020-01-14"' in written
    for word in ("0102031234", NUMBER, "Hemmelige", "Cykelsti"):
        assert word not in written
    assert (ledger.path().parent / "takedowns.key").stat().st_mode & 0o077 == 0


def test_what_was_taken_down_is_gone_again_after_an_old_dump_is_restored(client):
    meeting = imported(minutes(*TITLES, decision="Hemmelige ord her."))
    other = imported(minutes("Havnen", day="21-01-2020"))
    old = transaction.savepoint()
    publishing.take_down_item(meeting.items.get(slug="2"), by=None, reason="Efter anmodning")
    publishing.take_down_meeting(other, by=None, reason="Efter anmodning")
    transaction.savepoint_rollback(old)
    # The old dump: everything is back, and the site is not ready.
    assert "kanariefugl" in everything().lower()
    assert client.get("/readyz").status_code == 503
    assert b"replay_takedowns" in client.get("/readyz").content
    call_command("replay_takedowns")
    assert client.get("/readyz").status_code == 200
    assert "kanariefugl" not in everything().lower()
    assert client.get(f"{meeting.get_absolute_url()}2/").status_code == 410
    assert client.get(other.get_absolute_url()).status_code == 410


def test_migrate_brings_the_ledger_into_an_empty_database_and_an_import_stays_covered():
    meeting = imported(minutes(*TITLES, decision=f"Om {NUMBER} og hemmelige ord."))
    whole = imported(minutes("Havnen", day="21-01-2020"))
    old = transaction.savepoint()
    publishing.redact_all_numbers(meeting, by=None)
    publishing.redact_passage(meeting.readings.get(), "hemmelige ord", by=None, reason="Privat")
    publishing.take_down_item(meeting.items.get(slug="2"), by=None, reason="Efter anmodning")
    publishing.take_down_meeting(whole, by=None, reason="Efter anmodning")
    transaction.savepoint_rollback(old)
    AgendaItem.objects.all().delete()
    Reading.objects.all().delete()
    Meeting.objects.all().delete()
    Source.objects.all().delete()
    call_command("migrate", verbosity=0)
    file(read(minutes(*TITLES, decision=f"Om {NUMBER} og hemmelige ord. Ny.").encode(), "a.txt"))
    file(read(minutes("Havnen", day="21-01-2020").encode(), "b.txt"))
    text = everything().lower()
    for word in ("kanariefugl", "1234", "hemmelige"):
        assert word not in text
    assert list(Meeting.objects.order_by("date").values_list("state", flat=True)) == [
        "published",
        "taken_down",
    ]


def test_the_same_bytes_under_another_day_are_still_taken_down():
    meeting = imported(minutes(*TITLES))
    publishing.take_down_meeting(meeting, by=None, reason="Efter anmodning")
    sha256 = Source.objects.get().sha256
    AgendaItem.objects.all().delete()
    Reading.objects.all().delete()
    Meeting.objects.all().delete()
    Source.objects.all().delete()
    given = Overrides(municipality=randers(), committee="Jobudvalget")
    import_upload([("referat.txt", minutes(*TITLES).encode())], given, None)
    assert Source.objects.get().sha256 == sha256
    assert Meeting.objects.get().state == State.TAKEN_DOWN


def test_a_line_that_was_not_written_to_its_end_is_told_and_swallows_no_other(client):
    meeting = imported(minutes(*TITLES))
    publishing.take_down_item(meeting.items.get(slug="1"), by=None, reason="Efter anmodning")
    with ledger.path().open("ab") as file_:
        file_.write(b'{"id": "half')
    publishing.take_down_item(meeting.items.get(slug="2"), by=None, reason="Efter anmodning")
    assert [entry["item"] for entry in ledger.read().entries] == ["1", "2"]
    assert ledger.read().unreadable == [2]
    assert b"line 2" in client.get("/readyz").content


def test_a_lost_ledger_is_written_again_from_the_database(client):
    meeting = imported(minutes(*TITLES))
    publishing.take_down_item(meeting.items.get(slug="2"), by=None, reason="Efter anmodning")
    before = ledger.read().entries
    ledger.path().unlink()
    assert client.get("/readyz").status_code == 503
    call_command("replay_takedowns")
    assert ledger.read().entries == before
    assert Takedown.objects.count() == 1


# What a reviewer found


@pytest.mark.parametrize(
    "written", ["010203-\n     1234", "010203-\n\n\n1234", "010203-\n\x0cSide 2\n1234", "010203 –\n1234"]
)
def test_a_number_that_is_broken_over_lines_or_pages_blocks_and_is_shown_nowhere(client, written):
    meeting = imported(minutes("Cykelsti", decision=f"Sagen om borgeren med {written} og naboen er udsat."))
    assert meeting.state == State.DRAFT
    rows = str(list(meeting.items.values_list("decision", "sections__text")))
    assert "1234" not in rows
    with pytest.raises(PublishingError, match="CPR"):
        publishing.publish(meeting)


def test_a_redaction_around_an_earlier_one_holds_when_the_document_is_read_again():
    meeting = imported(minutes("Cykelsti", decision="Sagen om Jens Hansen der bor i skurvognen er udsat."))
    publishing.redact_passage(meeting.readings.get(), "Jens Hansen", by=None, reason="Privat")
    words = meeting.readings.get().text.split("Sagen om ")[1].split(" er udsat")[0]
    publishing.redact_passage(meeting.readings.get(), f"Sagen om {words}", by=None, reason="Privat")
    reread_document(Source.objects.get())
    imported(minutes("Cykelsti", decision="Sagen om Jens Hansen der bor i skurvognen er udsat igen."))
    assert "Hansen" not in everything()
    assert "skurvognen" not in everything()


def test_redacted_words_cannot_be_typed_back_nor_a_number_broken_over_lines():
    meeting = imported(minutes("Cykelsti", decision="Hemmelige ord her."))
    publishing.redact_passage(meeting.readings.get(), "Hemmelige ord", by=None, reason="Privat")
    item = meeting.items.select_related("reading").get()
    for value, said in (("De hemmelige ord", "fjernet"), ("Om 010203-\n1234", "CPR")):
        with pytest.raises(PublishingError, match=said):
            publishing.correct(meeting, item, Correction.Field.DECISION, value, by=None)


def test_an_item_taken_down_before_the_meeting_moved_is_gone_at_the_new_address(client):
    meeting = imported(minutes(*TITLES))
    publishing.take_down_item(meeting.items.get(slug="2"), by=None, reason="Efter anmodning")
    moved = publishing.move(meeting, day=meeting.date, committee="Jobudvalget", by=None)
    assert client.get(f"{moved.get_absolute_url()}2/").status_code == 410


# Files whose structure says more than their text


def imported_publication(kind: str, *words: str) -> Meeting:
    """Import a publication of SBSYS with an open and a closed item, and redact the words."""
    sale = item(2, "Salg af grund", field("Sagen kort", "<p>Prisen er lav.</p>"), public=False)
    data = sbsys(agenda(CYCLE_PATH, sale), kind=kind)
    _run, (result,) = import_upload([("sbsys.zip", data)], Overrides(municipality=randers()), None)
    meeting = Meeting.objects.with_places().get(pk=result.meeting_id)
    for passage in words:
        publishing.redact_passage(meeting.readings.get(), passage, by=None, reason="Persondata")
    return meeting


def test_a_closed_item_stays_closed_when_the_words_that_say_so_are_redacted(client):
    meeting = imported_publication("Minutes", "Lukket punkt")
    publishing.publish(meeting)
    assert [item.closed for item in meeting.items.order_by("position")] == [False, True]
    for address in (meeting.items.last().get_absolute_url(), meeting.readings.get().get_absolute_url()):
        page = client.get(address)
        assert (page.status_code, "Prisen" in page.content.decode()) == (200, False)


def test_the_draft_of_a_publication_stays_doubtful_after_a_redaction():
    reading = imported_publication("Draft", "Stien er to km").readings.get()
    assert "Stien er" not in reading.text
    assert (reading.grade, [doubt["code"] for doubt in reading.doubts]) == ("doubtful", ["draft"])
