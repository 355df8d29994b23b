"""Checks of a page's accessibility and width."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def accessibility_report(page: Page, *, best_practices: bool = True) -> str:
    """Return the violations of WCAG 2.2 A and AA and of best practices by axe-core; empty if none."""
    tags = [*_WCAG_22_AA, "best-practice"] if best_practices else _WCAG_22_AA
    results = Axe().run(page, options={"runOnly": tags})
    return f"{page.url}: {results.generate_report()}" if results.violations_count else ""


def assert_accessible(page: Page, *, best_practices: bool = True) -> None:
    report = accessibility_report(page, best_practices=best_practices)
    assert not report, report


def assert_fits(page: Page, width: int) -> None:
    """Assert that the page does not scroll horizontally in a window of this width."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
