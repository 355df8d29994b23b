"""Checks of a page's accessibility and width."""

from typing import Literal
from weakref import WeakKeyDictionary

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

_WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The rules of axe-core whose answer depends on the colour scheme.
_COLOUR_RULES = ["color-contrast", "link-in-text-block"]

# The addresses that the tab of a test has shown in the dark scheme.
_checked_in_dark: WeakKeyDictionary[Page, set[str]] = WeakKeyDictionary()


def accessibility_report(page: Page, *, best_practices: bool = True) -> str:
    """Return the violations found by axe-core in the light and the dark colour scheme; empty if none.

    WCAG 2.2 A and AA and, unless `best_practices` is False, axe-core's best practices. In the dark scheme
    only the rules about colour are checked, and once for an address in a test: the others look at what the
    schemes have in common, and colours do not depend on the width.
    """
    tags = [*_WCAG_22_AA, "best-practice"] if best_practices else _WCAG_22_AA
    reports = []
    checked = _checked_in_dark.setdefault(page, set())
    if page.url not in checked:
        reports.append(_violations(page, "dark", _COLOUR_RULES))
        checked.add(page.url)
    reports.append(_violations(page, "light", tags))
    return "\n".join(filter(None, reports))


def _violations(page: Page, scheme: Literal["light", "dark"], rules_or_tags: list[str]) -> str:
    page.emulate_media(color_scheme=scheme)
    # Links of the admin change their colour over a sixth of a second.
    page.evaluate("Promise.all(document.getAnimations().map(animation => animation.finished))")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # Without "cssom": for @import axe adds styles to the page, which its policy blocks with an error in the
    # console. Only an experimental rule, which the tags leave out, reads them.
    options = {"runOnly": rules_or_tags, "resultTypes": ["violations"], "preload": {"assets": ["media"]}}
    results = AxeResults(page.evaluate("options => axe.run(options)", options))
    return f"{page.url}, {scheme}: {results.generate_report()}" if results.violations_count else ""


def assert_accessible(page: Page, *, best_practices: bool = True) -> None:
    report = accessibility_report(page, best_practices=best_practices)
    assert not report, report


def assert_fits(page: Page, width: int) -> None:
    """Assert that the page does not scroll horizontally in a window of this width."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
