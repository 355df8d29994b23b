"""A document that staff store as something else stays redacted, and publishes nothing hidden."""

import pytest
from django.core.management import call_command

from minutes import publishing
from minutes.models import AgendaItem, Correction, Meeting, Reading
from minutes.models.states import State
from minutes.publishing import PublishingError, Relation
from minutes.reader.records import Doubt
from tests.documents import document, file, imported, item
from tests.texts import minutes

pytestmark = pytest.mark.django_db

CANARY = "kanariefugl"
SOLD = "Solgt til kanariefugl Bo."


def withdrawn(*titles: str, decision: str = "Godkendt.") -> Meeting:
    """A withdrawn meeting of the same day, three hours later."""
    meeting = imported(minutes(*titles, decision=decision, time="19:00"))
    publishing.withdraw(meeting)
    return meeting


def pages(client, meeting: Meeting) -> str:
    """The meeting's page and the text of its latest reading."""
    latest = meeting.readings.order_by("id").last()
    assert latest.current
    addresses = (meeting.get_absolute_url(), f"/kilde/{latest.pk}/tekst.txt")
    responses = [client.get(address) for address in addresses]
    assert [response.status_code for response in responses] == [200, 200]
    return "".join(response.content.decode() for response in responses).lower()


def test_a_document_of_a_meeting_that_was_taken_down_cannot_be_moved():
    meeting = file(document(item("1", "Kanariefugl"), text="Kanariefugl")).meeting
    file(document(item("1", "Budget"), text="Budget", start_time="19:00"))
    publishing.take_down_meeting(meeting, by=None, reason="Privat")
    for relation in Relation:
        with pytest.raises(PublishingError):
            publishing.change_relation(meeting.readings.get(), relation, by=None)
    assert AgendaItem.objects.published().get().title == "Budget"


def test_a_document_is_redacted_like_the_meeting_it_is_moved_to(client):
    meeting = imported(minutes("Salg af grund", decision=SOLD))
    publishing.redact_passage(meeting.readings.get(), "kanariefugl Bo", by=None, reason="Privat")
    moved = withdrawn("Kirke", decision=SOLD)
    publishing.change_relation(moved.readings.get(), Relation.SUPPLEMENT, by=None)
    assert CANARY not in pages(client, meeting)


def test_an_item_that_was_taken_down_is_removed_from_a_document_moved_to_its_meeting(client):
    meeting = imported(minutes("Salg af grund", "Kanariefugl Bo"))
    publishing.take_down_item(meeting.items.get(slug="2"), by=None, reason="Privat")
    moved = withdrawn("Torv", "Kirke", "Kanariefugl Bo")
    publishing.change_relation(moved.readings.get(), Relation.VERSION, by=None)
    assert CANARY not in pages(client, meeting)


def test_a_redaction_holds_for_a_document_moved_from_its_meeting_and_read_again(client):
    meeting = imported(minutes("Salg af grund", decision=SOLD))
    publishing.redact_passage(meeting.readings.get(), "kanariefugl Bo", by=None, reason="Privat")
    imported(minutes("Salg af grund", decision=f"{SOLD} Enigt."))
    publishing.withdraw(meeting)
    moved = publishing.change_relation(meeting.readings.order_by("id").last(), Relation.ANOTHER, by=None)
    publishing.publish(moved)
    Reading.objects.update(reader_version=0)
    call_command("reread_minutes", verbosity=0)
    assert moved.readings.count() == 2
    assert CANARY not in pages(client, moved)


def test_items_that_were_corrected_to_be_closed_are_not_published_by_a_move():
    imported(minutes("Salg af grund"))
    moved = withdrawn("Kirke", "Kanariefugl Bo")
    publishing.correct(moved, moved.items.get(slug="2"), Correction.Field.CLOSED, True, by=None)
    with pytest.raises(PublishingError):
        publishing.change_relation(moved.readings.get(), Relation.VERSION, by=None)
    assert not AgendaItem.objects.published().filter(title="Kanariefugl Bo").exists()


def test_another_reading_of_a_public_document_does_not_move_it():
    meeting = imported(minutes("Budget"))
    pending = meeting.readings.get()
    pending.pk, pending.current, pending.pending = None, False, True
    pending.save()
    for relation in Relation:
        with pytest.raises(PublishingError):
            publishing.change_relation(pending, relation, by=None)
    assert meeting.readings.filter(current=True).exists()


def test_discarding_a_version_does_not_publish_a_rejected_one():
    meeting = file(document(item("8", "Tillæg"), text="Tillæg", kind="supplementary")).meeting
    assert meeting.state == State.PUBLISHED
    for title in ("Kanariefugl", "Budget"):
        doubt = Doubt(code="same_day", start=0, end=0)
        doubtful = document(item("1", title), text=title, doubts=(doubt,))
        reading = file(doubtful, relation=Relation.VERSION).reading
        assert reading.pending
        if title == "Kanariefugl":
            publishing.reject(reading)
    publishing.discard(reading, by=None, reason="Forkert")
    assert AgendaItem.objects.published().get().title == "Tillæg"
