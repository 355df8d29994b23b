"""Two people who review the same queue do not review the same drafts."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from minutes.models import Claim, Meeting
from minutes.models.rights import EDITOR, RESPONSIBLE
from minutes.models.states import State
from tests.documents import drafted
from tests.filled import staff
from tests.pages import text_of
from tests.texts import minutes

pytestmark = pytest.mark.django_db

QUEUE = "/admin/kladder/"


@pytest.fixture
def drafts() -> list[Meeting]:
    """Three certain drafts, in the order of the queue."""
    return [drafted(minutes("Budget", day=f"10-0{month}-2020")) for month in (1, 2, 3)]


@pytest.fixture
def ane(client):
    client.force_login(staff("ane", EDITOR))
    return client


@pytest.fixture
def bo(ane):
    """Another reviewer, with a browser of his own."""
    browser = type(ane)()
    browser.force_login(staff("bo", RESPONSIBLE))
    return browser


def opened(client, meeting: Meeting):
    return client.get(reverse("admin:minutes_meeting_change", args=[meeting.pk]), {"koe": ""})


def act(client, meeting: Meeting, act: str):
    return client.post(reverse("admin:minutes_meeting_claim", args=[meeting.pk]), {"act": act, "koe": ""})


def is_page_of(address: str, meeting: Meeting) -> bool:
    return address.startswith(reverse("admin:minutes_meeting_change", args=[meeting.pk]))


def test_a_draft_that_is_opened_from_the_queue_is_skipped_by_others(ane, bo, drafts):
    first, second, third = drafts
    assert "Du gennemgår mødet." in text_of(opened(ane, second))
    assert is_page_of(opened(bo, first).context["queue"]["next"], third)
    assert "ane gennemgår mødet til kl." in text_of(bo.get(QUEUE))
    assert [row["meeting"] for row in bo.get(QUEUE, {"hos": "andre"}).context["drafts"]] == [second]
    assert [row["meeting"] for row in bo.get(QUEUE, {"hos": "ledig"}).context["drafts"]] == [first, third]
    assert [row["meeting"] for row in ane.get(QUEUE, {"hos": "mig"}).context["drafts"]] == [second]


def test_a_draft_that_is_opened_elsewhere_is_not_claimed(ane, drafts):
    ane.get(reverse("admin:minutes_meeting_change", args=[drafts[0].pk]))
    assert not Claim.objects.exists()


def test_a_claimed_draft_says_who_reviews_it_and_can_be_taken_over(ane, bo, drafts):
    opened(ane, drafts[0])
    page = opened(bo, drafts[0])
    assert "ane gennemgår mødet til kl." in text_of(page)
    assert "autofocus" not in page.content.decode()
    act(bo, drafts[0], "claim")
    assert Claim.objects.get().user.username == "bo"
    assert "bo gennemgår mødet" in text_of(opened(ane, drafts[0]))


def test_skipping_releases_the_draft_and_leads_to_the_next_free_one(ane, bo, drafts):
    first, second, third = drafts
    opened(ane, first)
    opened(bo, second)
    assert is_page_of(act(ane, first, "skip").url, third)
    assert list(Claim.objects.values_list("meeting", flat=True)) == [second.pk]
    assert act(ane, third, "skip").url == f"{QUEUE}?"


def test_nobody_releases_what_another_one_reviews(ane, bo, drafts):
    opened(ane, drafts[0])
    act(bo, drafts[0], "skip")
    assert Claim.objects.get().user.username == "ane"


def test_a_claim_expires_and_is_renewed_when_the_draft_is_opened_again(ane, bo, drafts):
    opened(ane, drafts[0])
    Claim.objects.update(until=timezone.now() - datetime.timedelta(seconds=1))
    assert [row["claim"] for row in bo.get(QUEUE).context["drafts"]] == [None, None, None]
    opened(bo, drafts[0])
    claim = Claim.objects.select_related("user").get()
    assert claim.user.username == "bo"
    assert claim.until > timezone.now() + datetime.timedelta(minutes=29)


def test_publishing_ends_the_claim_and_leads_to_the_next_free_draft(ane, bo, drafts):
    first, second, third = drafts
    opened(ane, first)
    opened(bo, second)
    address = reverse("admin:minutes_meeting_state", args=[first.pk])
    assert is_page_of(ane.post(address, {"act": "publish", "koe": ""}).url, third)
    assert list(Claim.objects.values_list("meeting", flat=True)) == [second.pk]
    first.refresh_from_db()
    assert first.state == State.PUBLISHED


def test_the_overview_counts_what_waits(ane, bo, drafts):
    opened(ane, drafts[0])
    assert "Sikkert læst 3 Gennemgås af dig 1" in text_of(ane.get("/admin/"))
    assert "Gennemgås af dig" not in text_of(bo.get("/admin/"))
