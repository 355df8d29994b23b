"""The review queue: drafts in order, filtered, published one after another."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from minutes.importer import Overrides, import_upload
from minutes.models import ImportRun, Meeting
from minutes.models.rights import RESPONSIBLE
from minutes.models.states import State
from tests.documents import herning, randers
from tests.filled import staff
from tests.pages import text_of
from tests.texts import minutes

pytestmark = pytest.mark.django_db

QUEUE = "/admin/kladder/"


@pytest.fixture
def responsible(client):
    client.force_login(staff("ansvarlig", RESPONSIBLE))
    return client


def draft(text: str, municipality=None) -> Meeting:
    _run, (result,) = import_upload(
        [("referat.txt", text.encode())], Overrides(municipality=municipality or randers()), None
    )
    return Meeting.objects.get(pk=result.meeting_id)


@pytest.fixture
def drafts() -> list[Meeting]:
    """Two certain drafts, and before them in time a doubtful one."""
    return [
        draft(minutes("Budget", day="10-02-2020")),
        draft(minutes("Cykelsti", day="17-03-2020")),
        draft(minutes("Skole", day="14-01-2020", municipality="Herning")),
    ]


def listed(client, **query) -> list[str]:
    """Return the dates of the drafts on the queue's page, in order."""
    response = client.get(QUEUE, query)
    return [str(row["meeting"].date) for row in response.context["drafts"]]


def publish(client, meeting: Meeting, **data):
    address = reverse("admin:minutes_meeting_state", args=[meeting.pk])
    return client.post(address, {"act": "publish", **data})


def test_certain_drafts_come_first_then_by_date(responsible, drafts):
    assert listed(responsible) == ["2020-02-10", "2020-03-17", "2020-01-14"]
    page = text_of(responsible.get(QUEUE))
    assert "3 kladder venter: 2 sikkert læst, 1 tvivlsomt læst" in page
    assert "Herning" in page


def test_the_filters_can_be_combined(responsible, drafts):
    other = draft(minutes("Havn", committee="Havneudvalget", day="05-05-2021"))
    assert listed(responsible, udvalg=other.committee_id) == ["2021-05-05"]
    assert listed(responsible, aar=2020, laest="certain") == ["2020-02-10", "2020-03-17"]
    run = ImportRun.objects.latest("id")
    assert listed(responsible, indlaesning=run.pk) == ["2021-05-05"]
    assert listed(responsible, udvalg=other.committee_id, aar=2020) == []


def test_an_invalid_filter_lists_nothing_and_says_so(responsible, drafts):
    assert listed(responsible, aar="i fjor") == []
    assert "Indtast et heltal" in text_of(responsible.get(QUEUE, {"aar": "i fjor"}))


def test_publishing_leads_to_the_next_draft_and_from_the_last_to_the_queue(responsible, drafts):
    first, second, third = drafts
    response = publish(responsible, first, koe="aar=2020")
    assert response.url.startswith(f"/admin/minutes/meeting/{second.pk}/change/?koe=aar%3D2020")
    assert "Offentliggør og næste" in text_of(responsible.get(response.url))
    response = publish(responsible, third, koe="aar=2020")
    assert response.url == f"{QUEUE}?aar=2020"
    assert Meeting.objects.get(pk=second.pk).state == State.DRAFT
    assert listed(responsible) == ["2020-03-17"]


def test_a_refused_publication_stays_on_the_page(responsible):
    refused = draft(minutes("Sagen om 010203-1234"))
    response = publish(responsible, refused, koe="")
    assert response.url == f"/admin/minutes/meeting/{refused.pk}/change/?koe="
    refused.refresh_from_db()
    assert refused.state == State.DRAFT


def test_a_certain_draft_is_published_with_two_key_strokes(responsible, drafts):
    row = responsible.get(QUEUE).content.decode()
    assert row.count(" autofocus") == 1
    certain = responsible.get(responsible.get(QUEUE).context["drafts"][0]["address"]).content.decode()
    assert 'value="publish" class="button staff-primary" autofocus' in certain
    doubtful = responsible.get(responsible.get(QUEUE).context["drafts"][2]["address"]).content.decode()
    assert "autofocus" not in doubtful


def test_the_queue_has_the_drafts_of_the_users_municipalities_only(responsible, drafts):
    elsewhere = draft(minutes("Havn", municipality="Herning", day="05-05-2021"), herning())
    assert "2021-05-05" not in listed(responsible)
    assert listed(responsible, udvalg=elsewhere.committee_id) == []
    assert responsible.get(f"/admin/minutes/meeting/{elsewhere.pk}/change/?koe=").status_code == 302


def test_the_queue_makes_as_many_queries_for_twenty_drafts_as_for_three(responsible, drafts):
    few = _queries(responsible)
    for month in range(4, 13):
        draft(minutes("Havn", day=f"05-{month:02}-2021"))
    assert _queries(responsible) == few


def _queries(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(QUEUE).status_code == 200
    return len(queries)
