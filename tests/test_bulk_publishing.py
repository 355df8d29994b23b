"""Publishing and withdrawing several meetings: a page asks first, and doubtful ones must be ticked."""

import re

import pytest
from django.contrib.auth.models import Group, Permission, User

from minutes.admin import bulk
from minutes.models import Assignment, Change, Meeting
from minutes.models.rights import EDITOR
from minutes.models.states import State
from tests.documents import document, file, herning, item, randers
from tests.filled import assign, staff
from tests.pages import text_of

pytestmark = pytest.mark.django_db

CHANGELIST = "/admin/minutes/meeting/"


@pytest.fixture
def editor(client):
    user = User.objects.create_user("redaktoer", is_staff=True)
    group = Group.objects.get(name=EDITOR)
    for municipality in (randers(), herning()):
        Assignment.objects.create(user=user, municipality=municipality, group=group)
    client.force_login(user)
    return client


def draft(day: str, **overrides) -> Meeting:
    return file(document(item("1", "Budget"), date=day, text=day), publish=False, **overrides).meeting


def select(client, action: str, *meetings: Meeting, **data):
    return client.post(
        CHANGELIST, {"action": action, "_selected_action": [meeting.pk for meeting in meetings], **data}
    )


def confirm(client, response, action: str, *meetings: Meeting):
    """Tick these meetings on the page of `response`, and confirm."""
    shown = re.findall(r'<input type="hidden" name="reading" value="(\d+)">', response.content.decode())
    return select(client, action, *meetings, reading=shown, confirmed="1")


def ticked(response) -> dict[int, bool]:
    """The meetings that the page offers, and whether each is ticked."""
    boxes = re.findall(
        r'<input type="checkbox" name="_selected_action" value="(\d+)"([^>]*)>', response.content.decode()
    )
    return {int(number): "checked" in rest for number, rest in boxes}


def test_nothing_is_published_before_a_person_has_confirmed(editor):
    first, second = draft("2020-01-14"), draft("2020-02-14")
    response = select(editor, "publish", first, second)
    assert ticked(response) == {first.pk: True, second.pk: True}
    assert set(Meeting.objects.values_list("state", flat=True)) == {State.DRAFT}
    confirm(editor, response, "publish", first, second)
    assert set(Meeting.objects.values_list("state", flat=True)) == {State.PUBLISHED}


def test_a_doubtful_meeting_is_listed_with_its_doubt_and_left_out_unless_ticked(editor):
    certain = draft("2020-01-14")
    doubtful = draft("2020-02-14", given_municipality=herning())
    response = select(editor, "publish", certain, doubtful)
    assert ticked(response) == {certain.pk: True, doubtful.pk: False}
    assert "Teksten er fra Randers Kommune, men lagt under Herning." in response.content.decode()
    confirm(editor, response, "publish", certain)
    doubtful.refresh_from_db()
    assert doubtful.state == State.DRAFT
    confirm(editor, response, "publish", doubtful)
    doubtful.refresh_from_db()
    assert doubtful.state == State.PUBLISHED


def test_a_version_that_came_after_the_page_is_not_published_unseen(editor):
    meeting = draft("2020-01-14")
    response = select(editor, "publish", meeting)
    file(document(item("1", "Budget"), date="2020-01-14", text="ny"), publish=False)
    answer = editor.get(confirm(editor, response, "publish", meeting).url)
    assert "der er kommet en ny udgave" in answer.content.decode()
    meeting.refresh_from_db()
    assert meeting.state == State.DRAFT


def test_what_cannot_be_published_is_listed_apart(editor):
    numbered = draft("2020-01-14")
    numbered.readings.update(unresolved_cpr_matches=[[0, 4]])
    published = file(document(item("1", "Budget"), date="2020-03-14", text="x")).meeting
    response = select(editor, "publish", numbered, published)
    assert ticked(response) == {}
    body = response.content.decode()
    assert "Mulige CPR-numre i teksten." in body
    assert "Allerede offentliggjort." in body


def test_the_page_says_how_many_are_changed_and_how_many_skipped(editor):
    certain = draft("2020-01-14")
    published = file(document(item("1", "Budget"), date="2020-03-14", text="x")).meeting
    page = text_of(select(editor, "publish", certain, published))
    assert "1 møde kan ændres. 1 springes over; nederst står hvorfor." in page
    page = text_of(select(editor, "withdraw", certain, published))
    assert "1 møde kan ændres. 1 springes over; nederst står hvorfor." in page
    assert "Ikke offentliggjort." in page


def test_of_a_large_selection_the_first_are_shown(editor, monkeypatch):
    monkeypatch.setattr(bulk, "_MOST", 2)
    meetings = [draft(f"2020-01-{day}") for day in (14, 15, 16)]
    response = select(editor, "publish", *meetings, select_across="1")
    assert len(ticked(response)) == 2
    assert "Her er de første 2." in text_of(response)


def test_meetings_of_a_municipality_where_the_user_may_not_publish_are_skipped(client):
    user = staff("laeser", EDITOR)
    other = assign(user, EDITOR, herning())
    meeting = file(document(item("1", "Budget"))).meeting
    reader = Group.objects.create(name="Læser")
    reader.permissions.set(Permission.objects.filter(codename__startswith="view_"))
    Assignment.objects.filter(user=user).exclude(pk=other.pk).update(group=reader)
    client.force_login(user)
    response = select(client, "withdraw", meeting)
    assert ticked(response) == {}
    assert "Du må ikke trække det tilbage." in response.content.decode()
    select(client, "withdraw", meeting, confirmed="1")
    meeting.refresh_from_db()
    assert meeting.state == State.PUBLISHED


def test_withdrawing_asks_first_too(editor):
    meeting = file(document(item("1", "Budget"))).meeting
    assert ticked(select(editor, "withdraw", meeting)) == {meeting.pk: True}
    meeting.refresh_from_db()
    assert meeting.state == State.PUBLISHED
    select(editor, "withdraw", meeting, confirmed="1")
    meeting.refresh_from_db()
    assert meeting.state == State.WITHDRAWN
    assert Change.objects.get(kind="withdrawn").by_name == "redaktoer"


def test_the_page_makes_as_many_queries_for_twenty_meetings_as_for_two(editor, django_assert_max_num_queries):
    meetings = [draft(f"2020-01-{day:02}") for day in range(1, 21)]
    select(editor, "publish", *meetings[:2])
    with django_assert_max_num_queries(20):
        select(editor, "publish", *meetings)
