"""The documentation page of the API."""

import pytest

from tests.browser.checks import assert_accessible, assert_fits

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_documentation_is_readable_and_accessible(page, screenshot):
    page.goto("/om/")
    page.get_by_role("link", name="API").click()
    assert page.url.endswith("/api/v1/")
    page.locator("#ballots").scroll_into_view_if_needed()
    page.locator("section[aria-labelledby=ballots] summary").click()
    assert '"option": "yes"' in page.locator("section[aria-labelledby=ballots] pre").inner_text()
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert_fits(page, width)
        assert_accessible(page, best_practices=False)
        screenshot(f"api-{width}")
    page.get_by_role("link", name="openapi.json").click()
    assert page.url.endswith("/api/v1/openapi.json")
