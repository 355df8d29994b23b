"""Downloads of a list."""

import csv
from pathlib import Path

import pytest

from tests.browser.checks import assert_accessible, assert_fits
from tests.documents import document, file, item

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [320, 1280])
def test_a_visitor_filters_meetings_and_downloads_them(page, municipalities, screenshot, width):
    for day in ("2020-01-14", "2020-02-04", "2020-03-03"):
        file(document(item("1", "Cykelsti"), date=day))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/moeder/")
    if width == 320:
        page.get_by_text("Afgræns").click()
    page.get_by_label("Fra dato").fill("2020-02-01")
    page.get_by_role("button", name="Vis").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    assert download.value.suggested_filename == "moeder-2020-02-01.csv"
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    assert [row["dato"] for row in rows] == ["2020-03-03", "2020-02-04"]
    assert_fits(page, width)
    assert_accessible(page)
    screenshot(f"files-{width}")
