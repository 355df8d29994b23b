"""A real browser on a real server, which must not complain of any page."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
# Machines are shared: what a page does is tested here, not how soon.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Chromium, for no longer than these tests: Django gives its driver's event loop other connections."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, live_server) -> Iterator[Page]:
    """A Danish visitor's tab on the test's server. The test fails when the browser complains of a page."""
    complaints: list[str] = []
    context = browser.new_context(base_url=live_server.url, locale="da-DK")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.extend(_failed(request)))
    page.on(
        "request",
        lambda request: None if request.url.startswith(live_server.url) else complaints.append(request.url),
    )
    yield page
    context.close()
    assert complaints == []


def _failed(request: Request) -> list[str]:
    # A visitor who goes on to another page stops the requests of the first.
    return [] if request.failure == "net::ERR_ABORTED" else [f"{request.url}: {request.failure}"]


@pytest.fixture
def screenshot(page: Page, request: pytest.FixtureRequest):
    """Keeps pictures of pages in screenshots/ where SCREENSHOTS is set."""

    def screenshot(name: str) -> None:
        if os.environ.get("SCREENSHOTS"):
            page.screenshot(path=request.config.rootpath / "screenshots" / f"{name}.png", full_page=True)

    return screenshot
