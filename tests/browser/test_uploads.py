"""A secretary uploads a folder and a ZIP file, follows the import, and retries what was refused."""

import io
import os
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from minutes.models import Meeting, QueuedFile
from minutes.models.rights import EDITOR
from minutes.rights import update_groups
from tests.browser.checks import accessibility_report, assert_fits
from tests.browser.login import log_in
from tests.filled import staff
from tests.queued import work
from tests.texts import folder_of, minutes

pytestmark = pytest.mark.django_db(transaction=True)

PICTURES = Path(__file__).parents[2] / "docs" / "staff"


@pytest.fixture(autouse=True)
def editor(municipalities: None, page: Page) -> None:
    """A Redaktør of Randers, logged in."""
    update_groups()
    user = staff("redaktør", EDITOR)
    log_in(page, user.username, user.username)


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        written.writestr("2019/marts.txt", minutes("Skole", day="05-03-2019"))
        written.writestr("2019/brev.txt", "Kære læser. Her er ikke noget referat.")
    return file.getvalue()


def test_a_folder_and_a_zip_file_are_imported_in_the_background(page: Page, tmp_path: Path, screenshot):
    folder = tmp_path / "referater"
    folder.mkdir()
    folder_of(folder, 23)
    page.get_by_role("link", name="Nyt referat").click()
    zipped = {"name": "2019.zip", "mimeType": "application/zip", "buffer": archive()}
    page.get_by_label("Filer").set_input_files([zipped])
    page.get_by_label("en hel mappe").set_input_files(folder)
    page.get_by_role("button", name="Indlæs og se igennem").click()

    # More files than one request has.
    expect(page.get_by_role("status")).to_contain_text("0 af 24 filer")
    expect(page.get_by_role("alert")).to_contain_text("Ingen proces indlæser filer")
    expect(page.get_by_role("table", name="Filer")).to_contain_text("referater/0022.txt")
    work()
    expect(page.get_by_role("status")).to_contain_text("25 af 25 filer · færdig")
    assert Meeting.objects.count() == 24

    page.get_by_role("link", name="Afvist").click()
    row = page.get_by_role("row", name="2019.zip/2019/brev.txt")
    expect(row).to_contain_text("ligner ikke et referat")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert_fits(page, width)
        screenshot(f"admin-upload-{width}")
    if os.environ.get("STAFF_PICTURES"):
        page.set_viewport_size({"width": 1280, "height": 480})
        page.screenshot(path=PICTURES / "indlaest.png", animations="disabled")
    assert accessibility_report(page, best_practices=False) == ""
    row.get_by_text("Indlæs igen").first.click()
    row.get_by_label("Udvalg").fill("Kulturudvalget")
    row.get_by_label("Mødedato").fill("2019-04-02")
    row.get_by_role("button", name="Indlæs igen").click()
    expect(page.locator(".messagelist")).to_contain_text("1 fil bliver indlæst igen.")
    work()
    assert Meeting.objects.filter(date="2019-04-02").count() == 1
    expect(page.get_by_role("status")).to_contain_text("færdig")


def test_what_waits_is_cancelled(page: Page):
    page.get_by_role("link", name="Nyt referat").click()
    files = [
        {"name": f"{number}.txt", "mimeType": "text/plain", "buffer": minutes(f"Sag {number}").encode()}
        for number in range(3)
    ]
    page.get_by_label("Filer").set_input_files(files)
    page.get_by_role("button", name="Indlæs og se igennem").click()
    page.get_by_text("Annullér 3 filer, der venter").click()
    page.get_by_role("button", name="Annullér det, der venter").click()
    expect(page.locator(".messagelist")).to_contain_text("3 filer er annulleret.")
    expect(page.get_by_role("status")).to_contain_text("3 af 3 filer")
    work()
    assert not Meeting.objects.exists()


def test_only_what_is_missing_is_sent_after_a_broken_connection(page: Page):
    sent = []

    def interrupt_the_second(route) -> None:
        sent.append(route.request.url)
        if len(sent) == 2:
            route.fulfill(status=200, body="<h1>Netværket kræver log ind</h1>")
        else:
            route.continue_()

    page.get_by_role("link", name="Nyt referat").click()
    page.route("**/filer/", interrupt_the_second)
    files = [
        {"name": f"{number}.txt", "mimeType": "text/plain", "buffer": f"Tekst {number}".encode()}
        for number in range(30)
    ]
    page.get_by_label("Filer").set_input_files(files)
    page.get_by_role("button", name="Indlæs og se igennem").click()
    expect(page.get_by_text("Forbindelsen blev afbrudt.")).to_be_visible()
    assert QueuedFile.objects.count() == 20
    page.get_by_role("button", name="Send resten").click()
    expect(page.get_by_role("status")).to_contain_text("0 af 30 filer")
    assert QueuedFile.objects.count() == 30
    # It asks for the progress until all are imported.
    work()
    expect(page.get_by_role("status")).to_contain_text("færdig")
