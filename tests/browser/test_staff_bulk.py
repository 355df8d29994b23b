"""Several drafts are published after a page that lists them; a document in the wrong place is discarded."""

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import Page, expect

from minutes.models import Assignment, Meeting, Municipality
from minutes.models.rights import RESPONSIBLE
from minutes.models.states import State
from minutes.rights import update_groups
from tests.browser.checks import accessibility_report, assert_fits
from tests.browser.login import log_in
from tests.documents import document, file, herning, item

pytestmark = pytest.mark.django_db(transaction=True)

MEETINGS = "/admin/minutes/meeting/"


@pytest.fixture(autouse=True)
def responsible(municipalities: None, page: Page) -> None:
    """A user who is Ansvarlig of Randers and Herning, logged in."""
    update_groups()
    user = User.objects.create_user("ansvarlig", password="et langt kodeord", is_staff=True)
    group = Group.objects.get(name=RESPONSIBLE)
    for municipality in Municipality.objects.filter(code__in=["730", "657"]):
        Assignment.objects.create(user=user, municipality=municipality, group=group)
    log_in(page, "ansvarlig")


@pytest.fixture
def drafts() -> tuple[Meeting, Meeting]:
    """A certain draft, and one that names another municipality than its own."""
    certain = file(document(item("1", "Budget"), text="a"), publish=False).meeting
    doubtful = file(
        document(item("1", "Budget"), date="2020-02-14", text="b"),
        publish=False,
        given_municipality=herning(),
    ).meeting
    return certain, doubtful


def choose_all(page: Page) -> None:
    page.goto(MEETINGS)
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("publish")
    page.get_by_role("button", name="Udfør").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Offentliggør møder")


def test_only_the_certain_draft_is_published_unless_the_other_is_ticked(page: Page, drafts):
    certain, doubtful = drafts
    choose_all(page)
    expect(page.get_by_text("Teksten er fra Randers Kommune, men lagt under Herning.")).to_be_visible()
    page.get_by_role("button", name="Offentliggør de afkrydsede").click()
    expect(page.locator(".messagelist")).to_contain_text("1 møde er offentliggjort.")
    certain.refresh_from_db()
    doubtful.refresh_from_db()
    assert (certain.state, doubtful.state) == (State.PUBLISHED, State.DRAFT)


def test_certain_drafts_are_published_from_the_queue_with_two_key_strokes(page: Page, drafts, screenshot):
    certain, doubtful = drafts
    page.goto("/admin/kladder/")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert_fits(page, width)
        screenshot(f"admin-queue-{width}")
    assert accessibility_report(page, best_practices=False) == ""
    expect(page.get_by_role("table").get_by_role("link").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Offentliggør og næste")).to_be_focused()
    screenshot("admin-queue-review")
    page.keyboard.press("Enter")
    # The next one is doubtful: nothing is chosen in advance.
    expect(page.locator(".messagelist")).to_contain_text("Mødet er offentliggjort.")
    expect(page.get_by_text("Teksten er fra Randers Kommune, men lagt under Herning.")).to_be_visible()
    expect(page.get_by_role("button", name="Offentliggør og næste")).not_to_be_focused()
    certain.refresh_from_db()
    doubtful.refresh_from_db()
    assert (certain.state, doubtful.state) == (State.PUBLISHED, State.DRAFT)


def test_a_document_of_another_municipality_is_discarded(page: Page, drafts):
    _certain, doubtful = drafts
    page.goto(f"{MEETINGS}{doubtful.pk}/change/")
    page.get_by_role("link", name="Kassér dokumentet", exact=True).click()
    page.get_by_label("Begrundelse").fill("Forkert kommune")
    page.get_by_role("button", name="Kassér dokumentet").click()
    expect(page.locator(".messagelist")).to_contain_text("Samme fil kan indlæses igen.")
    assert not Meeting.objects.filter(pk=doubtful.pk).exists()


def test_the_pages_are_accessible_and_fit_the_window(page: Page, drafts, screenshot):
    _certain, doubtful = drafts
    reading = doubtful.readings.get()
    for number, url in enumerate(
        (None, f"{MEETINGS}{doubtful.pk}/change/", f"{MEETINGS}{doubtful.pk}/laesning/{reading.pk}/kasser/")
    ):
        if url:
            page.goto(url)
        else:
            choose_all(page)
        assert accessibility_report(page, best_practices=False) == ""
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert_fits(page, width)
            screenshot(f"admin-bulk-{width}-{number}")
