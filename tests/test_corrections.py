"""Corrections survive new readings; staff must confirm those whose reading has changed."""

import pytest
from django.db import transaction
from django.urls import reverse

from minutes import publishing
from minutes.importer import reread_document
from minutes.models import AgendaItem, Attendance, Change, Correction, Meeting, Person, Reading, Source, Vote
from minutes.publishing import PublishingError
from minutes.publishing.corrections import read_ballots
from minutes.reader.records import Participant
from minutes.vocabulary import MeetingKind
from tests.documents import ballot, document, file, imported, item, randers, source
from tests.pages import text_of
from tests.texts import minutes

pytestmark = pytest.mark.django_db

Field = Correction.Field
State = Correction.State
VOTED = "Godkendt med 6 stemmer for og 1 stemme imod. Imod stemte Ane Lund."


def first(meeting: Meeting) -> AgendaItem:
    return meeting.items.select_related("reading").order_by("position")[0]


def accept_version(text: str) -> None:
    imported(text)
    publishing.accept(Reading.objects.get(pending=True))


def test_a_correction_survives_a_version_that_says_the_same_there():
    meeting = imported(minutes("Cykelsti", decision="Godkendt."))
    publishing.correct(meeting, first(meeting), Field.TITLE, "Cykelsti ved åen", by=None)
    accept_version(minutes("Cykelsti", "Nyt punkt", decision="Udsat."))
    assert first(meeting).title == "Cykelsti ved åen"
    assert first(meeting).decision == "Udsat."
    assert Correction.objects.get().state == State.IN_FORCE


def test_a_correction_survives_a_rereading_and_keeps_the_items_address():
    meeting = imported(minutes("Cykelsti"))
    publishing.correct(meeting, first(meeting), Field.TITLE, "Helt andre ord", by=None)
    Reading.objects.update(reader_version=0)
    reread_document(Source.objects.get())
    assert (first(meeting).title, first(meeting).slug) == ("Helt andre ord", "1")


def test_a_correction_is_questioned_when_the_new_version_says_something_else_there():
    meeting = imported(minutes("Cykelsti", decision="Godkendt."))
    publishing.correct(meeting, first(meeting), Field.DECISION, "Godkendt enstemmigt.", by=None)
    accept_version(minutes("Cykelsti", decision="Udsat."))
    correction = Correction.objects.get()
    assert (correction.state, correction.new_reading) == (State.QUESTIONED, "Udsat.")
    # Until they answer, the correction applies.
    assert first(meeting).decision == "Godkendt enstemmigt."
    publishing.confirm(correction, by=None)
    correction.refresh_from_db()
    assert (correction.state, correction.seen) == (State.IN_FORCE, "Udsat.")


def test_the_new_reading_applies_when_staff_drop_the_correction():
    meeting = imported(minutes("Cykelsti", decision="Godkendt."))
    publishing.correct(meeting, first(meeting), Field.DECISION, "Godkendt enstemmigt.", by=None)
    accept_version(minutes("Cykelsti", decision="Udsat."))
    publishing.drop(Correction.objects.get(), by=None)
    assert first(meeting).decision == "Udsat."


def test_a_version_that_contains_the_correction_questions_nothing():
    meeting = imported(minutes("Cykelsti", decision="Godkendt."))
    publishing.correct(meeting, first(meeting), Field.DECISION, "Udsat.", by=None)
    accept_version(minutes("Cykelsti", decision="Udsat."))
    assert Correction.objects.get().state == State.IN_FORCE


def test_a_correction_is_questioned_when_the_item_is_gone():
    meeting = imported(minutes("Cykelsti", "Budget"))
    publishing.correct(
        meeting, meeting.items.select_related("reading").get(slug="2"), Field.CLOSED, True, by=None
    )
    accept_version(minutes("Cykelsti"))
    assert Correction.objects.get().state == State.QUESTIONED


def test_a_corrected_outcome_case_number_and_closedness_reach_the_rows():
    meeting = imported(minutes("Cykelsti"))
    for field, value in ((Field.OUTCOME, "postponed"), (Field.CASE_NUMBER, "99.1-P1"), (Field.CLOSED, True)):
        publishing.correct(meeting, first(meeting), field, value, by=None)
    row = first(meeting)
    assert (row.outcome, row.closed, row.case_numbers.get().printed) == ("postponed", True, "99.1-P1")


def test_correcting_back_to_what_was_read_drops_the_correction():
    meeting = imported(minutes("Cykelsti"))
    publishing.correct(meeting, first(meeting), Field.TITLE, "Andet", by=None)
    publishing.correct(meeting, first(meeting), Field.TITLE, "Cykelsti", by=None)
    assert first(meeting).title == "Cykelsti"
    assert not Correction.objects.in_force().exists()


def test_a_corrected_ballot_survives_and_is_questioned_when_its_counts_change():
    meeting = imported(minutes("Cykelsti", decision=VOTED))
    seen = read_ballots(first(meeting))[0]
    publishing.correct_ballot(meeting, first(meeting), seen, {**seen, "against": 2}, by=None)
    accept_version(minutes("Cykelsti", "Budget", decision=VOTED))
    assert first(meeting).ballots.get().against_count == 2
    assert Correction.objects.get().state == State.IN_FORCE
    accept_version(minutes("Cykelsti", decision=VOTED.replace("6", "7")))
    assert Correction.objects.get().state == State.QUESTIONED
    # No ballot has those words any more, so the reading applies.
    assert first(meeting).ballots.get().for_count == 7


def test_a_removed_ballot_stays_removed():
    meeting = imported(minutes("Cykelsti", decision=VOTED))
    publishing.correct_ballot(meeting, first(meeting), read_ballots(first(meeting))[0], None, by=None)
    accept_version(minutes("Cykelsti", "Budget", decision=VOTED))
    assert not first(meeting).ballots.exists()
    assert not first(meeting).contested


def test_an_added_ballot_is_not_duplicated_when_the_reader_finds_it():
    meeting = imported(minutes("Cykelsti", decision="Vedtaget."))
    added = {
        **dict.fromkeys(("for", "against", "abstained")),
        **{f"{side}_names": [] for side in ("for", "against", "abstained")},
        **{f"{side}_parties": {} for side in ("for", "against", "abstained")},
        "subject": "main",
        "result": "carried",
        "counts_from": "printed",
        "result_from": "printed",
        "evidence": "Vedtaget.",
        "start": 0,
        "end": 0,
        "for": 5,
        "against": 2,
    }
    publishing.correct_ballot(meeting, first(meeting), None, added, by=None)
    assert first(meeting).ballots.get().corrected_on
    accept_version(minutes("Cykelsti", "Budget", decision="Vedtaget."))
    assert first(meeting).ballots.get().against_count == 2


def test_a_later_version_of_a_moved_meeting_is_still_that_meeting():
    meeting = imported(minutes("Cykelsti"))
    publishing.move(meeting, day=meeting.date.replace(day=15), committee="Jobudvalget", by=None)
    accept_version(minutes("Cykelsti", decision="Udsat."))
    assert Meeting.objects.count() == 1
    assert str(Meeting.objects.get()) == "Jobudvalget 2020-01-15"
    publishing.move(meeting, day=meeting.date, committee="Beskæftigelsesudvalget", by=None)
    assert (
        Meeting.objects.with_places().get().get_absolute_url()
        == "/randers/beskaeftigelsesudvalget/2020-01-14/"
    )


def test_a_correction_of_a_public_meeting_waits_for_a_second_reviewer_where_required(
    settings, django_user_model
):
    settings.REQUIRE_SECOND_REVIEWER = True
    one, two = (django_user_model.objects.create_user(name) for name in ("en", "to"))
    meeting = imported(minutes("Cykelsti"))
    publishing.correct(meeting, first(meeting), Field.TITLE, "Andet", by=one)
    assert first(meeting).title == "Cykelsti"
    with pytest.raises(PublishingError, match="En anden"):
        publishing.confirm(Correction.objects.get(), by=one)
    publishing.confirm(Correction.objects.get(), by=two)
    assert first(meeting).title == "Andet"


# People


def people(*names: str, day: str = "2020-01-14") -> None:
    voted = item("1", "Cykelsti", ballots=(ballot(6, 1, against_names=names[:1]),))
    file(document(voted, participants=tuple(Participant(name=name) for name in names), date=day))


def test_merged_people_stay_merged_until_they_are_split():
    people("Ane Lund", "Bo Dam")
    people("Ane K. Lund", "Bo Dam", day="2020-01-15")
    ane = Person.objects.get(name="Ane Lund")
    publishing.merge(ane, Person.objects.get(name="Ane K. Lund"), by=None)
    assert Vote.objects.filter(person=ane).count() == 2
    assert Attendance.objects.filter(person=ane).count() == 2
    people("Ane K. Lund", "Bo Dam", day="2020-01-16")
    assert Vote.objects.filter(person=ane).count() == 3
    assert Person.objects.count() == 2
    publishing.split(ane.aliases.get(), by=None)
    assert Vote.objects.filter(person__name="Ane K. Lund").count() == 2
    assert Vote.objects.filter(person__name="Ane Lund").count() == 1


def test_the_merge_page_shows_what_moves_before_it_asks(admin_client):
    people("Ane Lund", "Bo Dam")
    for day in ("2020-01-15", "2020-01-16"):
        people("Ane K. Lund", "Bo Dam", day=day)
    ane, other = Person.objects.get(name="Ane Lund"), Person.objects.get(name="Ane K. Lund")
    address = reverse("admin:minutes_person_merge", args=[ane.pk])
    seen = text_of(admin_client.post(address, {"other": other.pk, "action": "preview"}))
    assert "Det flyttes fra Ane K. Lund til Ane Lund 2 møder 2 navngivne stemmer" in seen
    assert "2 gange på deltagerlister" in seen
    assert Person.objects.filter(pk=other.pk).exists()
    assert not Change.objects.filter(kind=Change.Kind.MERGED).exists()
    admin_client.post(address, {"other": other.pk, "action": "merge"})
    assert not Person.objects.filter(pk=other.pk).exists()
    assert Vote.objects.filter(person=ane).count() == 3


def test_the_merge_page_refuses_two_who_voted_in_one_ballot_before_it_asks(admin_client):
    file(document(item("1", "Cykelsti", ballots=(ballot(5, 2, against_names=("Ane Lund", "Ane K. Lund")),))))
    one, two = Person.objects.order_by("id")
    response = admin_client.post(reverse("admin:minutes_person_merge", args=[one.pk]), {"other": two.pk})
    assert response.status_code == 400
    assert "samme afstemning" in text_of(response)


def test_two_who_voted_in_one_ballot_are_two_people():
    voted = item("1", "Cykelsti", ballots=(ballot(5, 2, against_names=("Ane Lund", "Ane K. Lund")),))
    file(document(voted))
    with pytest.raises(PublishingError, match="samme afstemning"):
        publishing.merge(*Person.objects.order_by("id"), by=None)


def test_people_of_two_municipalities_are_two_people():
    one = Person.objects.create(name="Ane Lund", slug="ane-lund", municipality=randers())
    other_place = type(randers()).objects.get(code="751")
    two = Person.objects.create(name="Ane Lund", slug="ane-lund", municipality=other_place)
    with pytest.raises(PublishingError, match="samme kommune"):
        publishing.merge(one, two, by=None)


# Reported faults


def test_a_corrected_case_number_does_not_separate_an_item_from_its_corrections():
    meeting = imported(minutes("Cykelsti", "Skole"))
    item = meeting.items.select_related("reading").get(slug="2")
    publishing.correct(meeting, item, Field.CASE_NUMBER, "99.1-P1", by=None)
    publishing.correct(meeting, item, Field.TITLE, "Skolen ved åen", by=None)
    text = minutes("Cykelsti", "Skole").replace("Punkt 2:", "Punkt 3:")
    accept_version(text.replace("Punkt 3:", "Punkt 2: Nyt punkt\n\nBeslutning\n\nUdsat.\n\nPunkt 3:"))
    assert meeting.items.get(title="Skolen ved åen").slug == "2"


def test_a_correction_of_a_ballot_that_is_gone_can_be_dropped_but_not_confirmed():
    meeting = imported(minutes("Cykelsti", decision=VOTED))
    publishing.correct_ballot(meeting, first(meeting), read_ballots(first(meeting))[0], None, by=None)
    accept_version(minutes("Cykelsti", decision="Udsat."))
    correction = Correction.objects.get()
    assert correction.state == State.QUESTIONED
    with pytest.raises(PublishingError, match="ikke i den nye udgave"):
        publishing.confirm(correction, by=None)
    publishing.drop(correction, by=None)
    assert not Correction.objects.in_force().exists()


def test_minutes_of_the_day_that_another_meeting_moved_from_are_a_meeting_of_their_own():
    moved = imported(minutes("Cykelsti", "Skole"))
    publishing.move(moved, day=moved.date.replace(day=21), committee="Beskæftigelsesudvalget", by=None)
    other = imported(minutes("Havnen", "Budget"))
    assert other.pk != moved.pk
    assert other.slug == "2020-01-14-2"


def test_moving_a_meeting_back_drops_its_correction():
    meeting = imported(minutes("Cykelsti"))
    day = meeting.date
    meeting = publishing.move(meeting, day=day.replace(day=21), committee="Jobudvalget", by=None)
    publishing.move(meeting, day=day, committee="Beskæftigelsesudvalget", by=None)
    assert not Correction.objects.in_force().exists()
    assert Meeting.objects.with_places().get().key == "randers/beskaeftigelsesudvalget/2020-01-14"


def test_two_supplements_can_be_pending_at_once():
    file(document(item("1", "Cykelsti")))
    for number in ("20", "30", "20"):
        supplement = document(item(number, f"Tillæg {number}"), kind=MeetingKind.SUPPLEMENTARY)
        with transaction.atomic():
            publishing.ingest_document(source(), supplement, publish=False, hold=True)
    first, second, third = Reading.objects.filter(supplement=True).order_by("id")
    assert (first.pending, second.pending, third.pending) == (False, True, True)
    publishing.accept(second)
    publishing.accept(third)
    assert list(Meeting.objects.get().items.values_list("number", flat=True)) == ["1", "30", "20"]
