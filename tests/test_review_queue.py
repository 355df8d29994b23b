"""The review queue: drafts in order, filtered, published one after another."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from minutes import publishing
from minutes.admin.doubt_kinds import DOUBT_KINDS
from minutes.importer import Overrides, import_upload
from minutes.models import ImportRun, Meeting, UnplacedDocument
from minutes.models.rights import RESPONSIBLE
from minutes.models.states import State
from minutes.warning_messages import MESSAGES
from tests.documents import drafted, herning, randers
from tests.filled import staff
from tests.pages import text_of
from tests.texts import minutes

pytestmark = pytest.mark.django_db

QUEUE = "/admin/kladder/"


@pytest.fixture
def responsible(client):
    client.force_login(staff("ansvarlig", RESPONSIBLE))
    return client


@pytest.fixture
def drafts() -> list[Meeting]:
    """Two certain drafts, and before them in time a doubtful one."""
    return [
        drafted(minutes("Budget", day="10-02-2020")),
        drafted(minutes("Cykelsti", day="17-03-2020")),
        drafted(minutes("Skole", day="14-01-2020", municipality="Herning")),
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
    other = drafted(minutes("Havn", committee="Havneudvalget", day="05-05-2021"))
    assert listed(responsible, udvalg=other.committee_id) == ["2021-05-05"]
    assert listed(responsible, aar=2020, grund="certain") == ["2020-02-10", "2020-03-17"]
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
    refused = drafted(minutes("Sagen om 010203-1234"))
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
    elsewhere = drafted(minutes("Havn", municipality="Herning", day="05-05-2021"), herning())
    assert "2021-05-05" not in listed(responsible)
    assert listed(responsible, udvalg=elsewhere.committee_id) == []
    assert responsible.get(f"/admin/minutes/meeting/{elsewhere.pk}/change/?koe=").status_code == 302


def test_the_queue_makes_as_many_queries_for_twenty_drafts_as_for_three(responsible, drafts):
    few = _queries(responsible)
    for month in range(4, 13):
        drafted(minutes("Havn", day=f"05-{month:02}-2021"))
    assert _queries(responsible) == few


def _queries(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(QUEUE).status_code == 200
    return len(queries)


def test_the_reasons_are_kinds_of_doubts_possible_cpr_numbers_and_no_items(responsible, drafts):
    drafted(minutes("Sagen om 010203-1234", day="05-05-2021"))
    assert listed(responsible, grund="kommune") == ["2020-01-14"]
    assert listed(responsible, grund="afstemninger") == []
    assert listed(responsible, grund="cpr") == ["2021-05-05"]
    assert listed(responsible, grund="unread") == []


def test_every_doubt_has_one_kind():
    codes = [code for _label, codes in DOUBT_KINDS.values() for code in codes]
    assert sorted(codes) == sorted(MESSAGES)


def test_documents_without_a_meeting_are_counted_and_listed_by_their_reason(responsible, drafts):
    text = "1. Budget\n\nBeslutning\nGodkendt.\n\n2. Cykelsti\n\nBeslutning\nGodkendt.\n"
    import_upload([("brev.txt", text.encode())], Overrides(municipality=randers()), None)
    document = UnplacedDocument.objects.get()
    assert "1 dokument uden møde" in text_of(responsible.get(QUEUE))
    assert list(responsible.get(QUEUE, {"grund": "unplaced"}).context["documents"]) == [document]
    run = document.source.run_id
    assert "1 dokument uden møde" in text_of(responsible.get(QUEUE, {"indlaesning": run}))
    assert responsible.get(QUEUE, {"aar": "2020"}).context["unplaced_count"] == 0


def test_an_upload_can_be_chosen_while_it_has_drafts(responsible, drafts):
    field = responsible.get(QUEUE).context["form"].fields["indlaesning"]
    runs = [key for key, _label in field.choices if key]
    assert runs == list(ImportRun.objects.order_by("-id").values_list("pk", flat=True))
    publishing.publish(drafts[0])
    field = responsible.get(QUEUE).context["form"].fields["indlaesning"]
    assert len(field.choices) == len(runs)
