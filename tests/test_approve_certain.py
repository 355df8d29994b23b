"""The certain drafts among those of the review queue are published together, after a page that lists them."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minutes import publishing
from minutes.admin import approve_certain
from minutes.models import Change, Claim, Meeting, PlannedPublication
from minutes.models.rights import EDITOR, RESPONSIBLE
from minutes.models.states import State
from tests.documents import drafted, herning
from tests.filled import staff
from tests.pages import text_of
from tests.texts import minutes

pytestmark = pytest.mark.django_db

PAGE = "/admin/kladder/sikre/"


@pytest.fixture
def editor(client):
    client.force_login(staff("redaktoer", EDITOR))
    return client


@pytest.fixture
def drafts() -> list[Meeting]:
    """Two certain drafts, a doubtful one, and one with a possible CPR number."""
    return [
        drafted(minutes("Budget", day="10-02-2020")),
        drafted(minutes("Cykelsti", day="17-03-2021")),
        drafted(minutes("Skole", day="14-01-2020", municipality="Herning")),
        drafted(minutes("Sagen om 010203-1234", day="15-01-2020")),
    ]


def offered(client, **query) -> list[Meeting]:
    return [candidate.meeting for candidate in client.get(PAGE, query).context["candidates"]]


def approve(client, *meetings: Meeting, follow: bool = True, **query):
    readings = [reading.pk for meeting in meetings for reading in meeting.readings.filter(current=True)]
    data = {"_selected_action": [meeting.pk for meeting in meetings], "reading": readings}
    return client.post(f"{PAGE}?{urlencode(query)}", data, follow=follow)


def published() -> list[str]:
    meetings = Meeting.objects.filter(state=State.PUBLISHED).order_by("date")
    return [str(meeting.date) for meeting in meetings]


def test_the_page_lists_the_certain_drafts_among_the_filtered_and_publishes_nothing(editor, drafts):
    assert offered(editor) == drafts[:2]
    assert offered(editor, aar=2021) == [drafts[1]]
    page = text_of(editor.get(PAGE))
    assert "Beskæftigelsesudvalget, 10. februar 2020" in page
    assert "1 punkt" in page
    assert published() == []


def test_the_ticked_ones_are_published(editor, drafts):
    assert "1 møde er offentliggjort." in text_of(approve(editor, drafts[1]))
    assert published() == ["2021-03-17"]


def test_what_is_not_certain_is_not_published_even_if_it_is_sent(editor, drafts):
    page = approve(editor, *drafts, aar="2020")
    assert published() == ["2020-02-10"]
    assert "3 møder er ændret i mellemtiden." in text_of(page)


def test_a_draft_that_another_one_reviews_or_that_waits_for_a_version_is_left_out(editor, drafts):
    Claim.objects.claim(drafts[0], staff("ansvarlig", RESPONSIBLE))
    drafts[1].readings.update(current=False, pending=True)
    assert offered(editor) == []


def test_a_new_version_in_between_is_not_published_unseen(editor, drafts):
    shown = drafts[0].readings.get()
    new = drafts[0].readings.get()
    new.pk = None
    shown.current = False
    shown.save()
    new.save()
    data = {"_selected_action": [drafts[0].pk], "reading": [shown.pk]}
    page = editor.post(PAGE, data, follow=True)
    assert "der er kommet en ny udgave" in text_of(page)
    assert published() == []


def test_a_failure_does_not_stop_the_others(editor, drafts, monkeypatch):
    publish = publishing.publish

    def fail_for_the_first(meeting, **options):
        if meeting == drafts[0]:
            raise KeyError
        return publish(meeting, **options)

    monkeypatch.setattr(publishing, "publish", fail_for_the_first)
    page = text_of(approve(editor, *drafts[:2]))
    assert "2020-02-10: Det mislykkedes (KeyError)." in page
    assert published() == ["2021-03-17"]


def test_more_than_a_page_of_them_are_published_in_the_background(editor, drafts, monkeypatch, settings):
    assert "i baggrunden" not in text_of(editor.get(PAGE))
    monkeypatch.setattr(approve_certain, "_MOST", 1)
    assert offered(editor) == [drafts[0]]
    assert "Offentliggør alle 2 sikkert læste kladder i baggrunden" in text_of(editor.get(PAGE))
    page = text_of(editor.post(PAGE, {"all": "1"}))
    assert "2 møder bliver offentlige." in page
    assert "Randers 2" in page
    assert not PlannedPublication.objects.exists()
    assert "2 møder bliver offentlige." in text_of(editor.post(PAGE, {"all": "1", "count": "3"}))
    assert not PlannedPublication.objects.exists(), "another number than the page said"
    page = editor.post(PAGE, {"all": "1", "count": "2"}, follow=True)
    assert "2 møder bliver offentliggjort i baggrunden" in text_of(page)
    assert set(Change.objects.filter(kind="planned").values_list("meeting", flat=True)) == {
        draft.pk for draft in drafts[:2]
    }
    assert offered(editor) == published() == []
    drafts[1].readings.update(unresolved_cpr_matches=[[0, 4]])
    assert publishing.publish_due() == (1, 1)
    assert published() == ["2020-02-10"]
    settings.REQUIRE_SECOND_REVIEWER = True
    page = editor.post(PAGE, {"all": "1", "count": "0"}, follow=True)
    assert "To skal godkende hvert møde." in text_of(page)


def test_with_two_reviewers_the_first_approves_and_the_second_publishes(editor, drafts, settings):
    settings.REQUIRE_SECOND_REVIEWER = True
    assert "en anden skal også gøre det" in text_of(approve(editor, drafts[0]))
    assert published() == []
    assert offered(editor) == [drafts[1]]
    editor.force_login(staff("ansvarlig", RESPONSIBLE))
    approve(editor, drafts[0])
    assert published() == ["2020-02-10"]


def test_only_drafts_of_municipalities_where_the_user_may_publish_are_offered(editor, drafts):
    elsewhere = drafted(minutes("Havn", municipality="Herning", day="05-05-2021"), herning())
    assert elsewhere not in offered(editor)
    approve(editor, elsewhere)
    assert published() == []


def test_the_page_makes_as_many_queries_for_ten_drafts_as_for_two(editor, drafts):
    few = _queries(editor)
    for month in range(4, 12):
        drafted(minutes("Havn", day=f"05-{month:02}-2021"))
    assert _queries(editor) == few


def _queries(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(PAGE).status_code == 200
    return len(queries)
