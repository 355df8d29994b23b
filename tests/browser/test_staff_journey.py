"""A document from upload to takedown, as in `docs/staff.md`.

`STAFF_PICTURES=1` takes the screenshots of that guide, from invented text.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import Browser, FileChooser, FilePayload, Locator, Page, expect

from minutes.models import Assignment, Meeting, Municipality, QueuedFile, Reading
from minutes.models.rights import RESPONSIBLE
from minutes.models.states import State
from minutes.rights import update_groups
from tests.browser.checks import accessibility_report, assert_fits
from tests.browser.login import log_in
from tests.texts import minutes

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
NUMBER = "010203-1234"
VOTED = "Godkendt med 6 stemmer for og 1 stemme imod. Imod stemte Ane Lund."
PERSONAL = f"Sagen om borgeren med CPR {NUMBER} blev godkendt. Ring til Bo Dam på tlf. 40 12 34 56."
TITLES = ("Cykelsti langs Mosevej", "Ny legeplads ved skolen", "Flytning af biblioteket")

Picture = Callable[..., None]


def council(decision: str = PERSONAL) -> str:
    """Return minutes with three items: the second has the given decision, the others a vote."""
    text = minutes(*TITLES, decision=VOTED)
    start = text.index(VOTED, text.index("Punkt 2:"))
    return text[:start] + decision + text[start + len(VOTED) :]


@pytest.fixture(autouse=True)
def secretary(municipalities: None) -> User:
    """A user who is Ansvarlig of Randers. Creates the groups, since transactional tests empty all tables."""
    update_groups()
    user = User.objects.create_user("sekretaer", password="et langt kodeord", is_staff=True)
    Assignment.objects.create(
        user=user,
        municipality=Municipality.objects.get(code="730"),
        group=Group.objects.get(name=RESPONSIBLE),
    )
    return user


@pytest.fixture
def picture(page: Page) -> Picture:
    """A function that saves the page as docs/staff/<name>.png when STAFF_PICTURES is set."""
    folder = ROOT / "docs" / "staff"
    page.set_viewport_size({"width": 1280, "height": 800})

    def picture(name: str, height: int = 800) -> None:
        if os.environ.get("STAFF_PICTURES"):
            folder.mkdir(exist_ok=True)
            page.set_viewport_size({"width": 1280, "height": height})
            page.screenshot(path=folder / f"{name}.png", animations="disabled")
            page.set_viewport_size({"width": 1280, "height": 800})

    return picture


# Actions


def upload(page: Page, text: str, name: str = "referat.txt") -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="Nyt referat").click()
    page.get_by_label("Filer").set_input_files(file_payload(text, name))
    page.get_by_role("button", name="Indlæs og se igennem").click()
    expect(page.get_by_role("region", name="Sådan er referatet læst")).to_be_visible()


def file_payload(text: str, name: str = "referat.txt") -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def press(page: Page, button: str, message: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text(message)


def get_public(page: Page, path: str = "") -> tuple[int, str]:
    """Return status and body of the meeting's public page, or of a path below it."""
    response = page.request.get(Meeting.objects.with_places().get().get_absolute_url() + path)
    return response.status, response.text()


def search(page: Page, query: str) -> Locator:
    """Search on the public page and return the hits."""
    page.goto("/soeg/")
    page.get_by_role("combobox", name="Søg i").first.fill(query)
    page.get_by_role("button", name="Søg").first.click()
    expect(page.get_by_role("status")).to_be_visible()
    return page.locator("ol.hits > li")


def open_admin_page(page: Page) -> None:
    """Open the meeting's page in the admin."""
    page.goto(f"/admin/minutes/meeting/{Meeting.objects.get().pk}/change/")


def tab_to(page: Page, element: Locator) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if element.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"Tab does not reach {element}")


def sample_texts() -> list[Any]:
    """Return invented minutes, and those of a real meeting where the samples are installed."""
    seed = next(iter(sorted(SEEDS.glob("000_*.txt"))), None)
    real = pytest.param(
        seed, id="real", marks=pytest.mark.skipif(seed is None, reason="../shared/seeds is not here")
    )
    return [real, pytest.param(None, id="invented")]


# Tests


@pytest.mark.parametrize("seed", sample_texts())
def test_a_secretary_reviews_and_corrects_a_reading(page: Page, seed: Path | None):
    page.set_viewport_size({"width": 1280, "height": 800})
    log_in(page, "sekretaer")
    upload(page, seed.read_text(encoding="utf-8") if seed else council("Godkendt."))
    heads = page.locator("#content h2").all_inner_texts()
    assert re.fullmatch(r"\d+ advars(el|ler)", heads[0])
    assert heads[1] == "Sådan er referatet læst"

    item = page.locator(".staff-items > li").filter(has=page.locator(".staff-ballot")).first
    for fact in (item.get_by_role("link", name="i teksten", exact=True), item.locator("h3 a")):
        fact.first.click()
        passage = page.locator(".staff-text :target")
        expect(passage).to_have_id(fact.first.get_attribute("href").removeprefix("#"))
        expect(passage).to_be_in_viewport()

    item.get_by_role("link", name="Ret punkt").click()
    page.get_by_label("Titel").fill("Den rettede titel")
    ballot = page.get_by_role("group", name="Afstemning 1")
    ballot.get_by_label("Imod:", exact=True).fill("2")
    ballot.get_by_label("Navne imod").fill("Ane Lund\nBo Dam")
    press(page, "Gem rettelsen", "Rettelsen er gemt.")
    expect(page.locator(".staff-ballot").filter(has_text="Imod 2 (Ane Lund, Bo Dam)")).to_be_visible()
    press(page, "Offentliggør", "Mødet er offentliggjort.")
    page.get_by_role("link", name="Se det offentlige møde").click()
    page.get_by_role("link", name="Den rettede titel").first.click()
    expect(page.locator(".corrected", has_text="Titlen er rettet af kommunen")).to_be_visible()
    expect(page.locator(".corrected", has_text="Afstemningen er rettet af kommunen")).to_be_visible()


def test_a_document_goes_from_upload_to_takedown(page: Page, picture: Picture):
    log_in(page, "sekretaer")
    page.get_by_role("link", name="Nyt referat").click()
    picture("nyt-referat", 780)
    upload(page, council())
    assert NUMBER[:6] not in page.content()
    page.evaluate("scrollTo(0, 0)")
    picture("cpr-nummer", 680)
    page.locator("#punkt-1").get_by_role("link", name="i teksten", exact=True).click()
    picture("se-igennem", 700)
    correct_title_and_ballot(page, picture)
    remove_cpr_number_and_publish(page, picture)
    hits = search(page, "legeplads")
    expect(hits).to_have_count(1)
    hits.get_by_role("link", name=TITLES[1]).click()
    expect(page.get_by_role("region", name="Beslutning")).to_contain_text("[CPR-nummer fjernet]")
    for path in ("", "2/"):
        assert NUMBER[:6] not in get_public(page, path)[1]
    activate_new_version(page, picture)
    open_admin_page(page)
    press(page, "Træk tilbage", "Mødet er trukket tilbage.")
    assert get_public(page)[0] == 404
    press(page, "Offentliggør", "Mødet er offentliggjort.")
    assert get_public(page)[0] == 200
    take_down_item_and_meeting(page)


def correct_title_and_ballot(page: Page, picture: Picture) -> None:
    page.get_by_role("link", name="Ret punkt 1", exact=True).click()
    page.get_by_label("Titel").fill("Cykelsti langs Mosevej og Åvej")
    page.get_by_role("group", name="Afstemning 1").get_by_label("For:", exact=True).fill("8")
    page.evaluate("scrollTo(0, 0)")
    picture("ret-punkt", 900)
    press(page, "Gem rettelsen", "Rettelsen er gemt.")


def remove_cpr_number_and_publish(page: Page, picture: Picture) -> None:
    """Publish after the possible CPR number, which blocks publishing and is not shown, is removed."""
    page.get_by_role("button", name="Offentliggør", exact=True).click()
    expect(page.locator(".messagelist .error")).to_contain_text("mulige CPR-numre")
    assert NUMBER[:6] not in page.content()
    assert get_public(page)[0] == 404
    page.goto("/admin/")
    expect(page.get_by_role("region", name="Mulige CPR-numre")).to_contain_text("1 fund")
    picture("overblik", 700)
    open_admin_page(page)
    press(page, "Fjern nummeret", "Nummeret er fjernet overalt i mødets tekster.")
    expect(page.locator(".staff-items")).to_contain_text("[CPR-nummer fjernet]")
    page.get_by_label("Begrundelse (valgfri)").fill("Godkendt af formanden")
    press(page, "Offentliggør", "Mødet er offentliggjort.")


def activate_new_version(page: Page, picture: Picture) -> None:
    """Compare a new version with the current one and activate it; the corrections remain."""
    upload(page, council(f"{PERSONAL} Udvalget følger op i maj."), "referat-2.txt")
    expect(page.locator(".differences ins")).to_contain_text("Udvalget følger op i maj.")
    assert NUMBER[:6] not in page.content()
    assert "følger op i maj" not in get_public(page, "2/")[1]
    picture("ny-udgave", 720)
    press(page, "Tag udgaven i brug", "Udgaven er taget i brug.")
    assert "følger op i maj" in get_public(page, "2/")[1]
    page.get_by_role("link", name="Se det offentlige møde").click()
    page.get_by_role("link", name="Cykelsti langs Mosevej og Åvej").first.click()
    expect(page.locator(".corrected", has_text="Titlen er rettet af kommunen")).to_be_visible()
    expect(page.locator(".corrected", has_text="Afstemningen er rettet af kommunen")).to_be_visible()
    picture("rettet-af-kommunen", 640)


def take_down_item_and_meeting(page: Page) -> None:
    """Take down an item, then the meeting: their pages answer 410, and the search does not list them."""
    page.get_by_role("link", name="Tag punkt 3 ned").click()
    page.get_by_label("Begrundelse").fill("Borgerens ønske")
    press(page, "Tag punktet ned for altid", "Punktet er taget ned.")
    assert get_public(page, "3/")[0] == 410
    assert "biblioteket" not in get_public(page)[1]
    expect(search(page, "biblioteket")).to_have_count(0)
    expect(search(page, "legeplads")).to_have_count(1)
    open_admin_page(page)
    page.get_by_role("link", name="Tag mødet ned").click()
    page.get_by_label("Begrundelse").fill("Borgerens ønske")
    press(page, "Tag mødet ned for altid", "Mødet er taget ned.")
    for path in ("", "1/", "2/", "3/"):
        assert get_public(page, path)[0] == 410
    expect(search(page, "legeplads")).to_have_count(0)


def test_minutes_are_uploaded_and_published_with_the_keyboard_alone(page: Page):
    page.goto("/admin/")
    expect(page.get_by_label("Brugernavn")).to_be_focused()
    page.keyboard.type("sekretaer")
    page.keyboard.press("Tab")
    page.keyboard.type("et langt kodeord")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    tab_to(page, page.get_by_role("link", name="Nyt referat"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/nyt/")
    tab_to(page, page.get_by_label("Filer"))
    choosers: list[FileChooser] = []
    # Playwright sets an attribute on the handler, which a built-in method does not allow.
    page.on("filechooser", lambda chooser: choosers.append(chooser))  # noqa: PLW0108
    # On a busy machine Chromium may ignore the key press.
    for _ in range(5):
        page.keyboard.press("Space")
        page.wait_for_timeout(1_000)
        if choosers:
            break
    choosers[0].set_files(file_payload(minutes("Cykelsti")))
    tab_to(page, page.get_by_role("button", name="Indlæs og se igennem"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="beslutningen i teksten"))
    page.keyboard.press("Enter")
    expect(page.locator(".staff-text :target")).to_be_in_viewport()
    tab_to(page, page.get_by_role("button", name="Offentliggør", exact=True))
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Mødet er offentliggjort.")
    assert get_public(page)[0] == 200


def test_files_dropped_on_the_form_are_uploaded(page: Page):
    log_in(page, "sekretaer")
    page.get_by_role("link", name="Nyt referat").click()
    dropped = page.evaluate_handle(
        """texts => {
          const data = new DataTransfer();
          texts.forEach((text, n) => data.items.add(new File([text], `referat${n}.txt`)));
          return data;
        }""",
        [minutes("Cykelsti"), minutes("Budget", day="21-01-2020")],
    )
    form = page.locator("form[data-drop]")
    form.dispatch_event("dragover", {"dataTransfer": dropped})
    expect(form).to_have_class(re.compile("staff-dropping"))
    form.dispatch_event("drop", {"dataTransfer": dropped})
    expect(form).not_to_have_class(re.compile("staff-dropping"))
    page.get_by_role("button", name="Indlæs og se igennem").click()
    expect(page.get_by_role("table", name="Filer")).to_contain_text("referat1.txt")
    assert QueuedFile.objects.waiting().count() == 2


def test_selected_text_is_copied_to_the_field_and_redacted(page: Page, picture: Picture):
    log_in(page, "sekretaer")
    upload(page, council())
    page.get_by_role("link", name="Fjern tekst").click()
    expect(page.get_by_text("Markér ordene her")).to_be_visible()
    page.evaluate(
        """words => {
          const node = document.querySelector(".staff-text").firstChild;
          const start = node.data.indexOf(words);
          document.getSelection().setBaseAndExtent(node, start, node, start + words.length);
        }""",
        "Ring til Bo Dam på tlf. 40 12 34 56",
    )
    page.locator(".staff-text").dispatch_event("mouseup")
    expect(page.get_by_label("Tekst, der skal fjernes")).to_have_value("Ring til Bo Dam på tlf. 40 12 34 56")
    page.get_by_label("Begrundelse").fill("Privat telefonnummer")
    picture("fjern-tekst", 720)
    press(page, "Fjern teksten", "Teksten er fjernet.")
    expect(page.locator(".staff-text")).to_contain_text("blev godkendt. ▓▓▓")
    assert "40 12 34 56" not in page.content()


def test_everything_works_without_scripts(browser: Browser, live_server):
    context = browser.new_context(base_url=live_server.url, locale="da-DK", java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(10_000)
    log_in(page, "sekretaer")
    upload(page, council())
    page.get_by_role("link", name="beslutningen i teksten").first.click()
    expect(page.locator(".staff-text :target")).to_be_in_viewport()
    page.locator("summary", has_text="Fjern").first.click()
    press(page, "Fjern dem alle", "Alle mulige CPR-numre er fjernet.")
    page.get_by_role("link", name="Fjern tekst").click()
    expect(page.get_by_text("Markér ordene her")).to_be_hidden()
    page.get_by_label("Tekst, der skal fjernes").fill("Bo Dam")
    page.get_by_label("Begrundelse").fill("Privat")
    press(page, "Fjern teksten", "Teksten er fjernet.")
    press(page, "Offentliggør", "Mødet er offentliggjort.")
    assert Meeting.objects.get().state == State.PUBLISHED
    context.close()


@pytest.fixture
def urls(page: Page) -> list[str]:
    """The staff's pages of a meeting with CPR matches, a correction and a new version."""
    log_in(page, "sekretaer")
    upload(page, council("Godkendt."))
    meeting = Meeting.objects.get()
    page.get_by_role("link", name="Ret punkt 1", exact=True).click()
    page.get_by_label("Titel").fill("Cykelsti langs Mosevej og Åvej")
    press(page, "Gem rettelsen", "Rettelsen er gemt.")
    press(page, "Offentliggør", "Mødet er offentliggjort.")
    upload(page, council(), "referat-med-et-meget-langt-navn-som-ingen-har-delt-op_2020_01_14.txt")
    old, new = Reading.objects.order_by("pk")
    home = f"/admin/minutes/meeting/{meeting.pk}/"
    return [
        "/admin/",
        "/admin/nyt/",
        f"/admin/nyt/{new.source.run_id}/",
        f"{home}laesning/{new.pk}/",
        f"{home}laesning/{old.pk}/",
        f"{home}laesning/{new.pk}/fjern/",
        f"{home}ret/",
        f"{home}punkt/1/ret/",
        f"{home}punkt/1/tag-ned/",
        f"{home}tag-ned/",
    ]


def test_the_pages_of_the_staff_are_accessible_and_fit_the_window(page: Page, urls: list[str], screenshot):
    reports = []
    for number, url in enumerate(urls):
        page.goto(url)
        if report := accessibility_report(page, best_practices=False):
            reports.append(report)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert_fits(page, width)
            screenshot(f"admin-{width}-{number:02}")
    assert not reports, "\n".join(reports)


def test_the_guide_uses_the_labels_of_the_pages():
    guide = (ROOT / "docs" / "staff.md").read_text(encoding="utf-8")
    templates = (ROOT / "templates").glob("a[cd]*/*.html")
    files = [
        *templates,
        *(ROOT / "minutes" / "admin").glob("*.py"),
        *(ROOT / "minutes" / "models").glob("*.py"),
    ]
    pages = "".join(file.read_text(encoding="utf-8") for file in files)
    # The template has "Ret punkt {{ n }}" for "Ret punkt 1".
    names = {re.sub(r"\d+", "{{ n }}", name) for name in re.findall(r"\*\*(.+?)\*\*", guide)}
    assert len(names) > 30
    # The names of models begin with a capital in headings.
    assert sorted(name for name in names if name not in pages and name.lower() not in pages) == []
    assert all((ROOT / "docs" / name).is_file() for name in re.findall(r"\]\((staff/.+?)\)", guide))
