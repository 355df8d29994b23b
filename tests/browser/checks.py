"""Checks of a page's accessibility and width."""

from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

_WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The rules of axe-core whose answer depends on the colour scheme.
_COLOUR_RULES = ["color-contrast", "link-in-text-block"]


def accessibility_report(page: Page, *, best_practices: bool = True) -> str:
    """Return the violations found by axe-core in the light and the dark colour scheme; empty if none.

    WCAG 2.2 A and AA and, unless `best_practices` is False, axe-core's best practices. In the dark scheme
    only the rules about colour are checked: the others look at what the schemes have in common.
    """
    tags = [*_WCAG_22_AA, "best-practice"] if best_practices else _WCAG_22_AA
    reports = [_violations(page, "dark", _COLOUR_RULES), _violations(page, "light", tags)]
    return "\n".join(filter(None, reports))


def _violations(page: Page, scheme: Literal["light", "dark"], rules_or_tags: list[str]) -> str:
    page.emulate_media(color_scheme=scheme)
    # Links of the admin change their colour over a sixth of a second.
    page.evaluate("Promise.all(document.getAnimations().map(animation => animation.finished))")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"runOnly": rules_or_tags, "resultTypes": ["violations"]}
    results = AxeResults(page.evaluate("options => axe.run(options)", options))
    return f"{page.url}, {scheme}: {results.generate_report()}" if results.violations_count else ""


def assert_accessible(page: Page, *, best_practices: bool = True) -> None:
    report = accessibility_report(page, best_practices=best_practices)
    assert not report, report


def assert_fits(page: Page, width: int) -> None:
    """Assert that the page does not scroll horizontally in a window of this width."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
