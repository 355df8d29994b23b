"""Staff repair what the reader read: place and times, numbers, decisions marked in the text, parties."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from minutes import publishing
from minutes.importer import reread_document
from minutes.models import AgendaItem, Correction, Meeting, Reading, Source, Vote
from minutes.models.rights import EDITOR
from minutes.publishing import PublishingError
from minutes.publishing.corrections import read_ballots
from tests.documents import imported
from tests.filled import staff
from tests.texts import minutes

pytestmark = pytest.mark.django_db

Field = Correction.Field
State = Correction.State
MOVED = "Udvalget tiltrådte med 5 stemmer for og 2 stemmer imod. Imod stemte Ane Lund og Bo Dam."


def first(meeting: Meeting) -> AgendaItem:
    return meeting.items.select_related("reading").order_by("position")[0]


def accept_version(text: str) -> None:
    imported(text)
    publishing.accept(Reading.objects.get(pending=True))


def undecided(*titles: str) -> str:
    """Minutes in which the decision is under a heading that the reader does not know as one."""
    return minutes(*titles).replace("Beslutning\n\nGodkendt.", f"Hvad der så skete\n\n{MOVED}")


# Place and times


def test_place_and_times_of_a_meeting_are_corrected_and_shown(client, page_text):
    client.force_login(staff("redaktør", EDITOR))
    meeting = imported(minutes("Cykelsti"))
    address = reverse("admin:minutes_meeting_correct", args=[meeting.pk])
    form = {"day": "2020-01-14", "committee": meeting.committee.name, "reason": ""}
    form |= {"location": "Kulturhuset", "start_time": "17:30", "end_time": "19:05"}
    assert client.post(address, form).status_code == 302
    shown = page_text(meeting.get_absolute_url())
    assert "kl. 17.30–19.05 · Kulturhuset" in shown
    assert "Mødets oplysninger er rettet af kommunen" in shown
    assert (
        "Rådhuset, mødelokale 2"
        in client.get(f"/admin/minutes/meeting/{meeting.pk}/change/").content.decode()
    )
    accept_version(minutes("Cykelsti", "Nyt punkt"))
    meeting.refresh_from_db()
    assert (f"{meeting.start_time:%H:%M}", meeting.location) == ("17:30", "Kulturhuset")
    assert set(Correction.objects.values_list("state", flat=True)) == {State.IN_FORCE}


def test_the_place_is_that_of_the_text_again_when_the_correction_is_dropped():
    meeting = imported(minutes("Cykelsti"))
    publishing.correct_meeting_fact(meeting, Field.LOCATION, None, by=None)
    meeting.refresh_from_db()
    assert meeting.location == ""
    publishing.drop(Correction.objects.get(), by=None)
    meeting.refresh_from_db()
    assert meeting.location == "Rådhuset, mødelokale 2"


def test_a_version_with_the_printed_start_is_of_the_meeting_whose_start_was_corrected():
    meeting = imported(minutes("Cykelsti", "Havnen"))
    publishing.correct_meeting_fact(meeting, Field.START_TIME, "17:30", by=None)
    imported(minutes("Skolen", "Svømmehallen"))
    assert Meeting.objects.get() == meeting


def test_a_place_that_a_version_no_longer_prints_is_questioned_and_can_be_confirmed():
    meeting = imported(minutes("Cykelsti"))
    publishing.correct_meeting_fact(meeting, Field.LOCATION, "Kulturhuset", by=None)
    accept_version(minutes("Cykelsti").replace("Mødested Rådhuset, mødelokale 2\n\n", ""))
    correction = Correction.objects.get()
    assert correction.state == State.QUESTIONED
    publishing.confirm(correction, by=None)
    correction.refresh_from_db()
    assert (correction.state, correction.seen) == (State.IN_FORCE, None)


# Numbers


def test_an_item_is_renumbered_and_keeps_its_address():
    meeting = imported(minutes("Cykelsti", "Havnen"))
    publishing.correct(meeting, first(meeting), Field.NUMBER, "7", by=None)
    assert (first(meeting).number, first(meeting).slug) == ("7", "1")
    accept_version(minutes("Cykelsti", "Havnen", "Skolen"))
    assert (first(meeting).number, first(meeting).slug) == ("7", "1")


# Decisions marked in the text


def test_marked_words_become_the_decision_with_its_votes_outcome_and_place(client):
    client.force_login(staff("redaktør", EDITOR))
    meeting = imported(undecided("Cykelsti"))
    assert not first(meeting).decision
    address = reverse("admin:minutes_meeting_mark", args=[meeting.pk])
    answer = client.post(address, {"words": MOVED.replace(" og ", "\n og "), "item": "1", "act": "decision"})
    assert answer.status_code == 302
    item = first(meeting)
    assert (item.decision, item.outcome, item.contested) == (MOVED, "approved", True)
    ballot = item.ballots.get()
    assert (ballot.for_count, ballot.against_count) == (5, 2)
    section = item.sections.get(kind="decision")
    assert item.reading.text[section.start : section.end] == MOVED
    assert "er rettet af kommunen" in client.get(item.get_absolute_url()).content.decode()


def test_words_that_the_item_does_not_have_are_refused_and_not_lost(client):
    client.force_login(staff("redaktør", EDITOR))
    meeting = imported(undecided("Cykelsti"))
    address = reverse("admin:minutes_meeting_mark", args=[meeting.pk])
    answer = client.post(address, {"words": "Helt andre ord", "item": "1", "act": "decision"})
    assert answer.status_code == 400
    assert "Ordene står ikke i punktets tekst" in answer.content.decode()
    assert "Helt andre ord" in answer.content.decode()
    with pytest.raises(PublishingError, match="flere steder"):
        publishing.mark_decision(meeting, first(meeting), "Randers Kommune", by=None)


def test_words_that_are_repeated_are_marked_where_they_were_selected():
    meeting = imported(minutes("Cykelsti"))
    text = first(meeting).reading.text
    place = text.rindex("Randers Kommune har holdt")
    publishing.mark_decision(meeting, first(meeting), "Randers Kommune", near=place, by=None)
    assert first(meeting).sections.get(kind="decision").start == place


def test_a_marked_decision_is_found_at_its_new_place_in_a_version():
    meeting = imported(undecided("Cykelsti"))
    publishing.mark_decision(meeting, first(meeting), MOVED, by=None)
    before = first(meeting).sections.get(kind="decision").start
    accept_version(undecided("Cykelsti", "Nyt punkt"))
    item = first(meeting)
    section = item.sections.get(kind="decision")
    assert section.start > before
    assert item.reading.text[section.start : section.end] == MOVED
    assert Correction.objects.get().state == State.IN_FORCE


def test_a_marked_decision_whose_words_are_gone_is_questioned_and_stays():
    meeting = imported(undecided("Cykelsti"))
    publishing.mark_decision(meeting, first(meeting), MOVED, by=None)
    accept_version(undecided("Cykelsti", "Nyt").replace("5 stemmer", "6 stemmer"))
    assert Correction.objects.get().state == State.QUESTIONED
    assert first(meeting).decision == MOVED
    publishing.confirm(Correction.objects.get(), by=None)
    publishing.project(Meeting.objects.with_places().get())
    assert Correction.objects.get().state == State.IN_FORCE
    assert first(meeting).decision == MOVED


def test_the_passage_of_a_closed_items_marked_decision_stays_hidden_in_the_public_text():
    meeting = imported(undecided("Cykelsti"))
    publishing.correct(meeting, first(meeting), Field.CLOSED, True, by=None)
    publishing.mark_decision(meeting, first(meeting), MOVED, by=None)
    assert first(meeting).decision == MOVED
    assert MOVED not in first(meeting).reading.public_text.text


# Parties


def test_the_party_printed_at_a_vote_is_corrected(client):
    client.force_login(staff("redaktør", EDITOR))
    meeting = imported(minutes("Cykelsti", decision=MOVED))
    address = reverse("admin:minutes_meeting_correct_item", args=[meeting.pk, "1"])
    form = {"title": "Cykelsti", "outcome": "approved", "decision": MOVED, "case_number": "15.20.00-P35-1-19"}
    seen = read_ballots(first(meeting))[0]
    form |= {"ballot0-subject": "main", "ballot0-for_count": 5, "ballot0-against_count": 2}
    form |= {"ballot0-against_names": "Ane Lund (A)\nBo Dam", "ballot0-result": seen["result"]}
    form |= {"ballot0-evidence": seen["evidence"], "ballot1-subject": "main"}
    assert client.post(address, form).status_code == 302
    votes = Vote.objects.filter(person__isnull=False).order_by("person__name")
    assert [vote.printed_party and vote.printed_party.letter for vote in votes] == ["A", None]
    assert "Ane Lund (A)" in client.get(address).content.decode()


# What a better reader makes unnecessary


def test_reread_minutes_reports_how_many_corrections_are_unnecessary_and_contradicted(capsys):
    meeting = imported(minutes("Cykelsti", "Havnen"))
    publishing.correct(meeting, first(meeting), Field.TITLE, "Cykelstien", by=None)
    publishing.correct(meeting, meeting.items.get(slug="2"), Field.TITLE, "Havnens kaj", by=None)
    publishing.correct(meeting, first(meeting), Field.OUTCOME, "other", by=None)
    # As if an earlier reader had read the first title and the outcome worse.
    Correction.objects.filter(value="Cykelstien").update(value="Cykelsti", seen="Cykelst")
    Correction.objects.filter(field=Field.OUTCOME).update(seen="noted")
    Reading.objects.update(reader_version=0)
    call_command("reread_minutes")
    report = capsys.readouterr().out
    assert "corrections of title: 2 in force, 1 unnecessary by now, 0 contradicted" in report
    assert "corrections of outcome: 1 in force, 0 unnecessary by now, 1 contradicted" in report
    reread_document(Source.objects.get())
    assert Correction.objects.filter(agrees=True).get().value == "Cykelsti"
