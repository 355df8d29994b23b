"""Staff select words on the review page, which become the decision of their item; people are corrected."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from minutes.models import Meeting
from minutes.models.rights import EDITOR
from minutes.rights import update_groups
from tests.browser.checks import accessibility_report, assert_fits
from tests.browser.login import log_in
from tests.documents import imported
from tests.filled import staff
from tests.texts import minutes

pytestmark = pytest.mark.django_db(transaction=True)

DECIDED = "Udvalget tiltrådte med 5 stemmer for og 2 stemmer imod. Imod stemte Ane Lund og Bo Dam."
# Select the words of the second item, as with the mouse.
SELECT = """words => {
    const text = document.querySelector(".staff-text");
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let last;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.data.includes(words)) last = node;
    }
    const start = last.data.lastIndexOf(words);
    document.getSelection().setBaseAndExtent(last, start, last, start + words.length);
    text.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
}"""


@pytest.fixture
def meeting(municipalities: None, page: Page) -> Meeting:
    """A meeting of two items without decisions; an editor is logged in."""
    update_groups()
    user = staff("redaktør", EDITOR)
    log_in(page, user.username, user.username)
    text = minutes("Cykelsti langs Mosevej", "Havnens kaj")
    return imported(text.replace("Beslutning\n\nGodkendt.", f"Hvad der så skete\n\n{DECIDED}"))


def look_at(page: Page, name: str, screenshot: Callable[[str], None]) -> None:
    """Check the page in both widths, and take its pictures."""
    assert not (report := accessibility_report(page, best_practices=False)), report
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert_fits(page, width)
        screenshot(f"repair-{name}-{width}")


def test_selected_words_become_the_decision_of_the_item_that_they_are_of(
    page: Page, meeting: Meeting, screenshot: Callable[[str], None]
):
    page.goto(f"/admin/minutes/meeting/{meeting.pk}/change/")
    page.evaluate(SELECT, DECIDED)
    expect(page.get_by_label("Ordene")).to_have_value(DECIDED)
    expect(page.locator("#mark_item")).to_have_value("2")
    look_at(page, "review", screenshot)
    page.get_by_role("button", name="Gør ordene til punktets beslutning").click()
    expect(page.locator(".messagelist")).to_contain_text("Rettelsen er gemt.")
    expect(page.locator("#punkt-2 blockquote")).to_have_text(DECIDED)
    page.evaluate(SELECT, "Hvad der så skete")
    page.get_by_role("button", name="Del punktet: et nyt begynder ved ordene").click()
    expect(page.locator("#punkt-2-2 h3")).to_have_text("Hvad der så skete")
    page.get_by_role("link", name="Ret dagsordenen").click()
    page.get_by_label("Plads for punkt 2-2").fill("0")
    page.get_by_role("button", name="Gem rækkefølgen").click()
    expect(page.get_by_role("listitem").filter(has=page.locator("#id_place-2-2"))).to_contain_text("Hvad der")
    look_at(page, "agenda", screenshot)
    page.get_by_role("link", name="Tilbage til mødet").click()
    look_at(page, "repaired", screenshot)
    page.get_by_role("link", name="Ret deltagere").click()
    look_at(page, "people", screenshot)
    page.get_by_role("link", name="Tilføj deltager").click()
    look_at(page, "person", screenshot)
    page.goto(f"/admin/minutes/meeting/{meeting.pk}/ret/")
    look_at(page, "meeting", screenshot)
