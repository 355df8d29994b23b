"""The API's page, as a person reads it."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_apis_page_is_read_by_anybody(page, screenshot, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/om/")
    page.get_by_role("link", name="API").click()
    assert page.url.endswith("/api/v1/")
    page.locator("#ballots").scroll_into_view_if_needed()
    page.locator("section[aria-labelledby=ballots] summary").click()
    assert '"option": "yes"' in page.locator("section[aria-labelledby=ballots] pre").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    assert found.violations_count == 0, found.generate_report()
    screenshot(f"api-{width}")
    page.get_by_role("link", name="openapi.json").click()
    assert page.url.endswith("/api/v1/openapi.json")
