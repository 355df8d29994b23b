"""Publication at a planned time: never early, once, checked as any publication, and reported if refused."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from minutes import publishing
from minutes.models import Assignment, Change, Correction, Meeting, PlannedPublication, Reading
from minutes.models.rights import EDITOR, RESPONSIBLE
from minutes.models.states import State
from minutes.publishing import PublishingError
from tests.documents import drafted
from tests.filled import staff
from tests.pages import text_of
from tests.texts import minutes

pytestmark = pytest.mark.django_db

QUEUE = "/admin/kladder/"
PASSED = datetime.timedelta(minutes=1)


@pytest.fixture
def ane():
    return staff("ane", EDITOR)


@pytest.fixture
def draft() -> Meeting:
    return drafted(minutes("Cykelsti", "Havnebad"))


def planned(meeting: Meeting, by, **ahead) -> bool:
    at = timezone.now() + datetime.timedelta(**(ahead or {"hours": 1}))
    return publishing.plan_publication(meeting, at, by=by)


def run_late() -> tuple[int, int]:
    """Let the planned times pass, and publish what is due; return the numbers of published and refused."""
    PlannedPublication.objects.update(publish_at=timezone.now() - PASSED)
    return publishing.publish_due()


def state_of(meeting: Meeting) -> State:
    meeting.refresh_from_db()
    return State(meeting.state)


def refusal_of(meeting: Meeting) -> str:
    return PlannedPublication.objects.get(meeting=meeting).refusal


def test_a_meeting_is_published_when_its_time_has_come_and_not_before(ane, draft):
    assert planned(draft, ane, seconds=30)
    assert publishing.publish_due() == (0, 0)
    assert state_of(draft) == State.DRAFT
    assert run_late() == (1, 0)
    assert state_of(draft) == State.PUBLISHED
    assert not PlannedPublication.objects.exists()
    change = Change.objects.get(meeting=draft, kind=Change.Kind.PUBLISHED)
    assert change.by == ane
    assert publishing.publish_due() == (0, 0)


def test_the_command_publishes_what_is_due(ane, draft):
    planned(draft, ane)
    PlannedPublication.objects.update(publish_at=timezone.now() - PASSED)
    output = StringIO()
    call_command("publish_planned", stdout=output)
    assert output.getvalue() == "1 meetings published, 0 refused\n"
    assert state_of(draft) == State.PUBLISHED


def test_workers_publish_what_is_due_every_minute():
    from minutes.importer.tasks import app

    periodic = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert periodic["publish_planned"] == "* * * * *"


def test_a_time_that_is_past_or_too_far_ahead_is_refused(ane, draft):
    for ahead in ({"seconds": -1}, {"days": 800}):
        with pytest.raises(PublishingError, match="Tidspunktet er"):
            planned(draft, ane, **ahead)
    assert not PlannedPublication.objects.exists()


def find_cpr_number(meeting: Meeting, ane) -> None:
    meeting.readings.update(unresolved_cpr_matches=[[0, 4]])


def wait_with_a_version(meeting: Meeting, ane) -> None:
    reading = meeting.readings.get()
    reading.pk, reading.current, reading.pending = None, False, True
    reading.save()


def replace_the_reading(meeting: Meeting, ane) -> None:
    reading = meeting.readings.get()
    Reading.objects.filter(pk=reading.pk).update(current=False)
    reading.pk = None
    reading.save()


def doubt(meeting: Meeting, ane) -> None:
    meeting.readings.update(doubts=[{"code": "same_day", "params": {}, "start": 0, "end": 0}])


def question_a_correction(meeting: Meeting, ane) -> None:
    publishing.correct(meeting, meeting.items.get(slug="1"), Correction.Field.TITLE, "Rettet", by=ane)
    meeting.corrections.update(state=Correction.State.QUESTIONED)


def lose_the_role(meeting: Meeting, ane) -> None:
    Assignment.objects.all().delete()


def leave(meeting: Meeting, ane) -> None:
    ane.delete()


@pytest.mark.parametrize(
    ("happen", "refusal"),
    [
        (find_cpr_number, "mulige CPR-numre"),
        (wait_with_a_version, "ny udgave, som venter"),
        (replace_the_reading, "ny udgave eller en ny læsning"),
        (doubt, "ny tvivl"),
        (question_a_correction, "En rettelse venter på svar"),
        (lose_the_role, "må ikke længere offentliggøre"),
        (leave, "må ikke længere offentliggøre"),
    ],
)
def test_what_happened_in_between_stops_the_publication_and_is_said(client, ane, draft, happen, refusal):
    planned(draft, ane)
    happen(draft, ane)
    assert run_late() == (0, 1)
    assert state_of(draft) == State.DRAFT
    assert refusal in refusal_of(draft)
    assert Change.objects.filter(meeting=draft, kind=Change.Kind.PLAN_REFUSED).count() == 1
    # It is not tried again.
    assert run_late() == (0, 0)
    client.force_login(staff("chef", RESPONSIBLE))
    assert refusal in text_of(client.get(QUEUE))
    assert len(client.get(QUEUE, {"grund": "refused"}).context["drafts"]) == 1
    page = client.get(reverse("admin:minutes_meeting_change", args=[draft.pk]))
    assert refusal in text_of(page)
    assert "Ikke offentliggjort som planlagt 1" in text_of(client.get("/admin/"))


def test_a_doubt_that_the_reviewer_saw_does_not_stop_it(ane):
    doubtful = drafted(minutes("Skole", municipality="Herning"))
    planned(doubtful, ane)
    assert run_late() == (1, 0)


def test_a_correction_in_between_is_published_too(ane, draft):
    planned(draft, ane)
    publishing.correct(draft, draft.items.get(slug="1"), Correction.Field.TITLE, "En bedre sti", by=ane)
    assert run_late() == (1, 0)
    assert draft.items.get(slug="1").title == "En bedre sti"


def test_one_that_is_refused_or_fails_stops_no_other(ane, draft, monkeypatch):
    second = drafted(minutes("Skole", day="11-02-2020"))
    third = drafted(minutes("Havn", day="10-03-2020"))
    for meeting in (draft, second, third):
        planned(meeting, ane)
    find_cpr_number(draft, ane)
    publish = publishing.planning.publish

    def fail_for_the_second(meeting, **options):
        if meeting == second:
            raise KeyError
        return publish(meeting, **options)

    monkeypatch.setattr(publishing.planning, "publish", fail_for_the_second)
    assert run_late() == (1, 2)
    assert refusal_of(second) == "Det mislykkedes (KeyError)."
    assert state_of(third) == State.PUBLISHED


def test_a_plan_is_replaced_by_a_later_one_and_ends_when_the_meeting_is_published_or_taken_down(ane, draft):
    planned(draft, ane, hours=1)
    planned(draft, ane, hours=2)
    assert PlannedPublication.objects.get().publish_at > timezone.now() + datetime.timedelta(minutes=90)
    publishing.publish(draft, by=ane)
    assert not PlannedPublication.objects.exists()
    publishing.withdraw(draft, by=ane)
    planned(draft, ane)
    publishing.take_down_meeting(draft, by=ane, reason="fejl")
    assert not PlannedPublication.objects.exists()


def test_of_two_reviewers_both_must_plan_it(ane, draft, settings):
    settings.REQUIRE_SECOND_REVIEWER = True
    bo = staff("bo", RESPONSIBLE)
    assert not planned(draft, ane)
    assert not planned(draft, ane, hours=2)
    assert run_late() == (0, 1)
    assert refusal_of(draft) == "En anden skal også godkende mødet."
    assert planned(draft, bo)
    assert run_late() == (1, 0)
    assert state_of(draft) == State.PUBLISHED


def test_what_two_reviewers_agreed_on_is_not_published_after_a_correction(ane, draft, settings):
    settings.REQUIRE_SECOND_REVIEWER = True
    bo = staff("bo", RESPONSIBLE)
    planned(draft, ane)
    planned(draft, bo)
    publishing.correct(draft, draft.items.get(slug="1"), Correction.Field.TITLE, "En bedre sti", by=ane)
    assert run_late() == (0, 1)


# The pages


@pytest.fixture
def editor(client, ane):
    client.force_login(ane)
    return client


def post(client, meeting: Meeting, **data):
    return client.post(reverse("admin:minutes_meeting_plan", args=[meeting.pk]), data, follow=True)


def test_staff_choose_a_time_in_copenhagen_and_cancel_it(editor, draft):
    day = timezone.localdate() + datetime.timedelta(days=10)
    page = post(editor, draft, act="plan", day=day.isoformat(), time="08:30")
    plan = PlannedPublication.objects.get()
    local = timezone.localtime(plan.publish_at)
    assert (local.date(), local.time()) == (day, datetime.time(8, 30))
    assert f"Mødet bliver offentliggjort {day.day}." in text_of(page)
    assert "bliver offentliggjort" in text_of(editor.get(QUEUE, {"grund": "planned"}))
    assert "Planlagt 1" in text_of(editor.get("/admin/"))
    assert "annulleret" in text_of(post(editor, draft, act="cancel"))
    assert not PlannedPublication.objects.exists()
    assert run_late() == (0, 0)
    kinds = draft.changes.order_by("-id").values_list("kind", flat=True)
    assert list(kinds[:2]) == ["plan_cancelled", "planned"]


def test_planning_leads_to_the_next_draft_of_the_queue(editor, draft):
    other = drafted(minutes("Skole", day="11-02-2020"))
    day = timezone.localdate() + datetime.timedelta(days=1)
    page = post(editor, draft, act="plan", day=day.isoformat(), time="08:00", koe="")
    assert page.context["meeting"] == other


@pytest.mark.parametrize(
    ("day", "time", "message"),
    [
        ("", "08:00", "Dette felt er påkrævet"),
        ("2031-02-30", "08:00", "Indtast en gyldig dato"),
        # Clocks go from 2 to 3.
        ("2027-03-28", "02:30", "kunne ikke fortolkes i tidszonen Europe/Copenhagen"),
        # It is half past two twice.
        ("2027-10-31", "02:30", "kunne ikke fortolkes i tidszonen Europe/Copenhagen"),
    ],
)
def test_an_invalid_time_is_explained_and_what_was_written_stays(editor, draft, day, time, message):
    page = post(editor, draft, act="plan", day=day, time=time, koe="aar=2020")
    assert page.status_code == 400
    assert message in text_of(page)
    assert f'value="{time}"' in page.content.decode()
    assert 'value="aar=2020"' in page.content.decode()
    assert not PlannedPublication.objects.exists()


def test_a_plan_that_nothing_carries_out_is_reported(editor, ane, draft):
    planned(draft, ane)
    PlannedPublication.objects.update(publish_at=timezone.now() - datetime.timedelta(minutes=6))
    page = editor.get(reverse("admin:minutes_meeting_change", args=[draft.pk]))
    assert "Tidspunktet er passeret." in text_of(page)
