"""Fixtures of the browser tests: Chromium against the live server; an error in the console fails the test."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, Request, expect, sync_playwright

FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
# Long, since these tests run on busy machines and do not measure speed.
TIMEOUT_MS = 30_000
expect.set_options(timeout=TIMEOUT_MS)


# The driver and Chromium of this process, while browser tests follow each other.
_running: list[tuple[Playwright, Browser]] = []


@pytest.fixture
def browser(chromium: str) -> Browser:
    """Return Chromium, started by the first browser test and closed after the last."""
    if not _running:
        playwright = sync_playwright().start()
        _running.append((playwright, playwright.chromium.launch(executable_path=chromium, args=FLAGS)))
    return _running[0][1]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> Iterator[None]:
    """Close Chromium before a test outside this folder.

    While its event loop runs, Django opens other connections.
    """
    yield
    if _running and (nextitem is None or Path(__file__).parent not in nextitem.path.parents):
        playwright, browser = _running.pop()
        browser.close()
        playwright.stop()


@pytest.fixture
def page(browser: Browser, live_server) -> Iterator[Page]:
    """A tab with Danish locale. Console errors, failed requests and requests to other hosts fail the test."""
    problems: list[str] = []
    context = browser.new_context(base_url=live_server.url, locale="da-DK")
    page = context.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("requestfailed", lambda request: problems.extend(_failures(request)))
    page.on(
        "request",
        lambda request: None if request.url.startswith(live_server.url) else problems.append(request.url),
    )
    yield page
    context.close()
    assert problems == []


def _failures(request: Request) -> list[str]:
    # Navigating away aborts the pending requests of the page.
    return [] if request.failure == "net::ERR_ABORTED" else [f"{request.url}: {request.failure}"]


@pytest.fixture
def screenshot(page: Page, request: pytest.FixtureRequest) -> Callable[[str], None]:
    """A function that saves the page as screenshots/<name>.png when SCREENSHOTS is set."""

    def screenshot(name: str) -> None:
        if os.environ.get("SCREENSHOTS"):
            page.screenshot(path=request.config.rootpath / "screenshots" / f"{name}.png", full_page=True)

    return screenshot
