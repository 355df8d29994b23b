"""Staff correct who attended a meeting, one person at a time."""

from typing import Any

import pytest
from django.urls import reverse

from minutes import publishing
from minutes.models import Attendance, Correction, Meeting
from minutes.models.rights import EDITOR
from minutes.publishing import PublishingError
from minutes.publishing.attendees import new_person
from minutes.reader.records import Absence, Movement, Participant, Substitute
from tests.documents import document, file, item
from tests.filled import staff

pytestmark = pytest.mark.django_db

State = Correction.State
ROSTER: dict[str, Any] = {
    "participants": (Participant(name="Ane Lund", party="A"), Participant(name="Bo Dam", party="V")),
    "absent": (Absence(name="Ida Holm", party="C", reason="ferie"),),
    "departures": (Movement(name="Bo Dam", time="18:00"),),
}


def met(**roster: Any) -> Meeting:
    """Publish minutes with this roster; a later one is a new version of the same meeting."""
    items = [item("1", "Cykelsti"), item("2", f"Havnen {len(roster)}")]
    return file(document(*items, **{**ROSTER, **roster})).meeting


def roles(meeting: Meeting) -> list[str]:
    """Return "present Ane Lund A" for each attendance, in their order."""
    rows = meeting.attendances.select_related("party").order_by("role", "position")
    return [
        " ".join(filter(None, [row.role, row.name, row.party and row.party.letter, row.note])) for row in rows
    ]


def correct(meeting: Meeting, key: str, **facts: Any) -> Correction | None:
    person = {**new_person(facts.pop("name", key)), **facts}
    return publishing.correct_attendance(meeting, key, person, by=None)


def test_a_present_member_is_made_absent_and_back_again():
    meeting = met()
    correct(meeting, "ane-lund", name="Ane Lund", party="A", status="absent", reason="afbud")
    assert "absent Ane Lund A afbud" in roles(meeting)
    assert "present Ane Lund A" not in roles(meeting)
    assert str(Correction.objects.get()) == "Deltagelse"
    publishing.drop(Correction.objects.get(), by=None)
    assert roles(meeting) == [
        "absent Ida Holm C ferie",
        "left Bo Dam",
        "present Ane Lund A",
        "present Bo Dam V",
    ]


def test_staff_correct_add_and_remove_people_on_the_pages(client, page_text):
    client.force_login(staff("redaktør", EDITOR))
    meeting = met()
    people = reverse("admin:minutes_meeting_attendance", args=[meeting.pk])
    person = reverse("admin:minutes_meeting_correct_person", args=[meeting.pk])
    assert "Ret Ida Holm" in page_text(people)
    form = {"name": "Ida Holm", "party": "C", "status": "excused", "absence_reason": "ferie"}
    assert client.post(f"{person}?navn=ida-holm", form).status_code == 302
    added = {
        "name": "Per Ravn",
        "party": "C",
        "status": "substitute",
        "absentee": "Ida Holm",
        "arrived": "16:20",
    }
    assert client.post(person, added).status_code == 302
    removed = {"name": "Ane Lund", "party": "A", "status": "removed"}
    assert client.post(f"{person}?navn=ane-lund", removed).status_code == 302
    assert roles(meeting) == [
        "absent Ida Holm C afbud, ferie",
        "arrived Per Ravn",
        "left Bo Dam",
        "present Bo Dam V",
        "substitute Per Ravn C Ida Holm",
    ]
    assert "Ane Lund (A): Til stede fjernet fra listen rettet" in page_text(people)
    assert 'value="excused" selected' in client.get(f"{person}?navn=ida-holm").content.decode()
    shown = page_text(meeting.get_absolute_url())
    assert "Per Ravn (C) for Ida Holm" in shown
    assert "ankom senere kl. 16.20" in shown


def test_a_name_is_spelled_right_and_its_place_in_the_list_stays():
    meeting = met()
    correct(meeting, "ane-lund", name="Ane Lundt", party="A")
    assert roles(meeting)[2:] == ["present Ane Lundt A", "present Bo Dam V"]


def test_corrections_of_people_survive_a_version_and_are_questioned_where_it_says_otherwise():
    meeting = met()
    correct(meeting, "ane-lund", name="Ane Lund", party="F")
    correct(meeting, "bo-dam", name="Bo Dam", party="V", left="19:00")
    met(departures=(Movement(name="Bo Dam", time="18:30"),))
    ane, bo = Correction.objects.order_by("id")
    assert (ane.state, bo.state) == (State.IN_FORCE, State.QUESTIONED)
    assert "present Ane Lund F" in roles(meeting)
    assert f"{meeting.attendances.get(role='left').time:%H:%M}" == "19:00"


def test_a_version_that_has_a_person_whom_staff_added_needs_no_correction():
    meeting = met()
    correct(meeting, "", name="Per Ravn", status="substitute", **{"for": "Ida Holm"})
    met(substitutes=(Substitute(name="Per Ravn", absentee="Ida Holm"),))
    correction = Correction.objects.get()
    assert (correction.state, correction.agrees) == (State.IN_FORCE, True)
    assert Attendance.objects.filter(name="Per Ravn").count() == 1


def test_a_person_cannot_get_the_name_of_another():
    meeting = met()
    with pytest.raises(PublishingError, match="allerede"):
        correct(meeting, "", name="Bo Dam")
    with pytest.raises(PublishingError, match="CPR"):
        correct(meeting, "ane-lund", name="Ane Lund", status="absent", reason="010203-1234")


def test_two_corrections_of_people_wait_for_a_second_reviewer_independently(settings, django_user_model):
    one, two = (django_user_model.objects.create_user(name) for name in ("en", "to"))
    meeting = met()
    correct(meeting, "ane-lund", name="Ane Lund", party="F")
    settings.REQUIRE_SECOND_REVIEWER = True
    publishing.correct_attendance(meeting, "bo-dam", None, by=one)
    assert "present Bo Dam V" in roles(meeting)
    publishing.confirm(Correction.objects.get(state=State.PROPOSED), by=two)
    assert roles(meeting) == ["absent Ida Holm C ferie", "present Ane Lund F"]
