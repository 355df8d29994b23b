"""A secretary uploads minutes in the formats that municipalities have."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from minutes.documents.packages import zip_of
from synthetic.files.html import write_html
from synthetic.files.layout import lay_out
from synthetic.files.opendocument import write_odt
from synthetic.files.pdf import write_reportlab
from synthetic.files.rich_text import write_rtf
from synthetic.files.word import write_docx
from tests.browser.checks import assert_fits
from tests.browser.login import log_in
from tests.browser.test_staff_journey import TITLES, council, secretary
from tests.queued import work
from tests.vendor_files import CYCLE_PATH, SALE, agenda, sbsys

__all__ = ["secretary"]  # the user of these tests

pytestmark = pytest.mark.django_db(transaction=True)

HEAD = "Randers Kommune"
LINES = lay_out(council("Godkendt."))
FILES = {
    "referat.docx": lambda: write_docx(LINES, HEAD),
    "referat.odt": lambda: write_odt(LINES, HEAD),
    "referat.rtf": lambda: write_rtf(LINES, HEAD),
    "referat.html": lambda: write_html(LINES, HEAD),
    "referat.pdf": lambda: write_reportlab(LINES, HEAD),
}


def choose(page: Page, files: dict[str, bytes]) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="Nyt referat").click()
    payload = [
        {"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files.items()
    ]
    page.get_by_label("Filer").set_input_files(payload)
    page.get_by_role("button", name="Indlæs og se igennem").click()


def picture(page: Page, name: str) -> None:
    """Save the page under PICTURES, to be looked at, when that is set."""
    folder = os.environ.get("PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True, animations="disabled")


def test_a_file_of_each_format_is_reviewed_like_text(page: Page):
    log_in(page, "sekretaer")
    for name, write in FILES.items():
        choose(page, {name: write()})
        reading = page.get_by_role("region", name="Sådan er referatet læst")
        expect(reading).to_be_visible()
        for title in TITLES:
            expect(reading.get_by_role("heading", name=title)).to_be_visible()
        item = page.locator(".staff-items > li").filter(has=page.locator(".staff-ballot")).first
        item.get_by_role("link", name="i teksten", exact=True).first.click()
        expect(page.locator(".staff-text :target")).to_be_in_viewport()
        picture(page, name)


def test_each_file_has_its_own_fate(page: Page):
    log_in(page, "sekretaer")
    choose(
        page,
        {
            "flere.zip": zip_of(
                {"a.docx": FILES["referat.docx"](), "b.png": b"\x89PNG\r\n\x1a\n" + bytes(50)}
            ),
            "regneark.xlsx": zip_of({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}),
            "sbsys.zip": sbsys(agenda(CYCLE_PATH, SALE)),
            "ødelagt.docx": b"PK\x03\x04 og ikke mere",
        },
    )
    expect(page.get_by_role("status")).to_contain_text("0 af 4 filer")
    work()
    expect(page.get_by_role("status")).to_contain_text("færdig")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(5)
    expect(rows.filter(has_text="a.docx")).to_contain_text("Nyt møde")
    expect(rows.filter(has_text="b.png")).to_contain_text("et billede")
    expect(rows.filter(has_text="regneark.xlsx")).to_contain_text("regneark")
    expect(rows.filter(has_text="sbsys.zip")).to_contain_text("Nyt møde")
    expect(rows.filter(has_text="ødelagt.docx")).to_contain_text("beskadiget")
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert_fits(page, width)
        picture(page, f"uploaded-{width}")


def test_the_upload_page_names_the_formats(page: Page):
    log_in(page, "sekretaer")
    page.get_by_role("link", name="Nyt referat").click()
    expect(page.locator("form.staff-form")).to_contain_text("PDF, Word (.docx)")
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert_fits(page, width)
        picture(page, f"upload-{width}")
