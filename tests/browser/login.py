"""Logs staff in by the form, as a person does."""

from playwright.sync_api import Page, expect

PASSWORD = "et langt kodeord"


def log_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Log in from the login page, and wait for the overview."""
    page.goto("/admin/")
    page.get_by_label("Brugernavn").fill(name)
    page.get_by_label("Adgangskode").fill(password)
    page.get_by_role("button", name="Log ind", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Overblik")
