"""A secretary's way from a ZIP file of mixed files to published meetings, with the keyboard."""

import datetime
import os
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import Page, expect

from minutes.models import Assignment, Meeting, Reading
from minutes.models.rights import EDITOR
from minutes.models.states import State
from minutes.rights import update_groups
from synthetic.files.html import write_html
from synthetic.files.layout import lay_out
from synthetic.files.opendocument import write_odt
from synthetic.files.rich_text import write_rtf
from synthetic.files.word import write_docx
from tests.browser.checks import accessibility_report, assert_fits
from tests.documents import randers
from tests.queued import work
from tests.texts import minutes
from tests.zip_files import packed

pytestmark = pytest.mark.django_db(transaction=True)

# Files in the ZIP file; `REVIEWED_FILES=200` reviews as many as a municipality has of a year.
FILES = int(os.environ.get("REVIEWED_FILES", "10"))
REFUSED = 2 * (FILES // 10)
PICTURES = Path(__file__).parents[2] / "docs" / "staff"
WRITERS = {"docx": write_docx, "odt": write_odt, "rtf": write_rtf, "html": write_html}


@pytest.fixture(autouse=True)
def editor(municipalities: None, page: Page) -> None:
    """A Redaktør of Randers, logged in."""
    update_groups()
    user = User.objects.create_user("redaktør", password="et langt kodeord", is_staff=True)
    Assignment.objects.create(user=user, municipality=randers(), group=Group.objects.get(name=EDITOR))
    page.goto("/admin/")
    page.get_by_label("Brugernavn").fill("redaktør")
    page.get_by_label("Adgangskode").fill("et langt kodeord")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Overblik")


def mixed_files(count: int) -> dict[str, bytes | str]:
    """Return files of five formats; of ten, one is damaged, one is a letter and one is another's."""
    files: dict[str, bytes | str] = {}
    for number in range(count):
        day = datetime.date(2010, 1, 4) + datetime.timedelta(days=17 * number)
        municipality = "Herning" if number % 10 == 7 else "Randers"
        text = minutes(f"Sag {number}", "Cykelsti", day=f"{day:%d-%m-%Y}", municipality=municipality)
        if number % 10 == 3:
            files[f"{day.year}/{number:03}.docx"] = b"PK\x03\x04 og ikke mere"
        elif number % 10 == 5:
            files[f"{day.year}/{number:03}.txt"] = "Kære læser. Her er ikke noget referat."
        elif number % 5 == 4 or municipality != "Randers":
            files[f"{day.year}/{number:03}.txt"] = text
        else:
            ending, write = list(WRITERS.items())[number % 4]
            files[f"{day.year}/{number:03}.{ending}"] = write(lay_out(text), "Randers Kommune")
    return files


def graded(grade: str) -> int:
    return Reading.objects.filter(current=True, grade=grade, meeting__state=State.DRAFT).count()


def press(page: Page, role: str, name: str) -> None:
    """Activate a control with the keyboard, and wait for the page that it leads to."""
    control = page.get_by_role(role, name=name)
    control.focus()
    expect(control).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def press_with_alt(page: Page, key: str) -> None:
    """Press an access key. Playwright sends no text with Alt, and Chromium looks for the key by its text."""
    session = page.context.new_cdp_session(page)
    event = {"type": "keyDown", "modifiers": 1, "key": key, "text": key, "unmodifiedText": key}
    with page.expect_navigation():
        session.send("Input.dispatchKeyEvent", event)
    session.detach()


def in_both_widths(page: Page, screenshot, name: str, *, is_new: bool = True) -> None:
    """Look at the page at 320 and 1280 pixels; other tests check the accessibility of those not new."""
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert_fits(page, width)
        screenshot(f"{name}-{width}")
    if is_new:
        assert accessibility_report(page, best_practices=False) == ""


def upload(page: Page, screenshot) -> None:
    """Upload a ZIP file, let a worker import it, and look at what became of the files."""
    press(page, "link", "Nyt referat")
    archive = {"name": "arkiv.zip", "mimeType": "application/zip", "buffer": packed(mixed_files(FILES))}
    page.get_by_label("Filer").set_input_files([archive])
    press(page, "button", "Indlæs og se igennem")
    expect(page.get_by_role("status")).to_contain_text("0 af 1 filer")
    work()
    expect(page.get_by_role("status")).to_contain_text(f"{FILES} af {FILES} filer · færdig")
    expect(page.get_by_role("link", name=f"Afvist {REFUSED}")).to_be_visible()
    in_both_widths(page, screenshot, "review-batch", is_new=False)


def open_the_first_draft(page: Page, screenshot) -> str:
    """Open the first draft of the queue; return its address."""
    press(page, "link", "Gennemgå kladderne herfra")
    expect(page.get_by_role("status")).to_contain_text(f"{FILES - REFUSED} kladder venter")
    in_both_widths(page, screenshot, "review-queue", is_new=False)
    if os.environ.get("STAFF_PICTURES"):
        page.set_viewport_size({"width": 1280, "height": 560})
        page.screenshot(path=PICTURES / "gennemgaa-kladder.png", animations="disabled")
    first = page.get_by_role("table").get_by_role("link").first
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(first).not_to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Offentliggør og næste")).to_be_focused()
    return page.url


def repair_and_preview(page: Page, screenshot, draft: str) -> None:
    press(page, "link", "Ret punkt 2")
    page.get_by_label("Titel").fill("Cykelsti ved havnen")
    press(page, "button", "Gem rettelsen")
    page.goto(draft)
    press(page, "button", "Lav et link")
    in_both_widths(page, screenshot, "review-draft")
    press(page, "link", "Se forhåndsvisningen")
    expect(page.get_by_role("note")).to_contain_text("Mødet er ikke offentliggjort.")
    in_both_widths(page, screenshot, "review-preview")
    press(page, "link", "Cykelsti ved havnen")
    expect(page.get_by_role("note")).to_contain_text("Mødet er ikke offentliggjort.")
    in_both_widths(page, screenshot, "review-preview-item", is_new=False)
    page.goto(draft)


def publish_two_and_the_other_certain_ones(page: Page, screenshot) -> None:
    for _draft in range(2):
        expect(page.get_by_role("button", name="Offentliggør og næste")).to_be_focused()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator(".messagelist")).to_contain_text("Mødet er offentliggjort.")
    press_with_alt(page, "k")
    expect(page.get_by_role("status")).to_contain_text(f"{FILES - REFUSED - 2} kladder venter")
    while graded("certain"):
        press_with_alt(page, "o")
        in_both_widths(page, screenshot, "review-certain")
        press(page, "button", "Offentliggør de afkrydsede")
        expect(page.get_by_role("heading", level=1)).to_have_text("Gennemgå kladder")


def test_a_zip_file_of_mixed_files_is_imported_repaired_previewed_and_published(page: Page, screenshot):
    upload(page, screenshot)
    certain = graded("certain")
    draft = open_the_first_draft(page, screenshot)
    repair_and_preview(page, screenshot, draft)
    publish_two_and_the_other_certain_ones(page, screenshot)
    assert Meeting.objects.published().count() == certain
    # What is doubtful waits for a person.
    assert graded("doubtful") == FILES - REFUSED - certain > 0
    page.goto("/randers/beskaeftigelsesudvalget/2010-01-04/2/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cykelsti ved havnen")
