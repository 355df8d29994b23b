"""A stored document is read again: what a person has accepted stays public."""

from unittest.mock import patch

import pytest

from minutes import publishing
from minutes.importer import Overrides, import_upload, reread_document
from minutes.importer.files import read_file
from minutes.models import Meeting, Reading, Source
from minutes.models.states import State
from tests.documents import randers

pytestmark = pytest.mark.django_db

AGENDA = "Punkt 1: Sti\n\nBeslutning\n\nGodkendt.\n\nPunkt 3: Vej\n\nBeslutning\n\nUdsat.\n"
# Number 2 is missing; there are no items.
DOUBTFUL = f"REFERAT Teknikudvalget d. 14-01-2020\n\n{AGENDA}"
UNREAD = "REFERAT Teknikudvalget d. 14-01-2020\n\nVi talte om vejen.\n"


def accepted(text: str) -> Meeting:
    """Import and publish a document that is in doubt, as an earlier reader read it."""
    import_upload([("referat.txt", text.encode())], Overrides(municipality=randers()), None)
    meeting = Meeting.objects.get()
    assert meeting.state == State.DRAFT
    publishing.publish(meeting, by=None)
    Reading.objects.update(reader_version=1)
    return meeting


@pytest.mark.parametrize("text", [DOUBTFUL, UNREAD])
def test_the_doubts_that_a_person_accepted_do_not_come_back(text):
    meeting = accepted(text)
    result = reread_document(Source.objects.get())
    assert (result.status, result.message) == ("updated", "")
    newest = Reading.objects.latest("id")
    assert (newest.current, newest.pending) == (True, False)
    meeting.refresh_from_db()
    assert meeting.state == State.PUBLISHED


def test_a_new_doubt_of_a_rereading_waits_for_a_person():
    accepted(DOUBTFUL)

    def read_worse(data, *args, **kwargs):
        text = data.decode().replace("Punkt 3", "Punkt 7")
        return read_file(text.encode(), *args, **kwargs)

    with patch("minutes.importer.rereading.read_file", read_worse):
        result = reread_document(Source.objects.get())
    assert "holdt tilbage" in result.message
    assert Reading.objects.latest("id").pending


def test_a_document_whose_file_is_missing_is_named_in_danish():
    accepted(DOUBTFUL)
    source = Source.objects.get()
    source.sha256 = "0" * 64
    assert reread_document(source).message == "Den originale fil er ikke i arkivets lager."
