"""The way of a document as a municipality's secretary goes it in a browser; `docs/staff.md` shows the same.

`STAFF_PICTURES=1` makes the pictures of that guide anew, from invented text alone.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group, User
from playwright.sync_api import Browser, FileChooser, Locator, Page, expect

from minutes.models import Assignment, Meeting, Municipality, Reading
from minutes.models.meetings import State
from minutes.models.rights import RESPONSIBLE
from minutes.rights import make_groups
from tests.texts import minutes

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
NUMBER = "010203-1234"
VOTED = "Godkendt med 6 stemmer for og 1 stemme imod. Imod stemte Ane Lund."
PERSONAL = f"Sagen om borgeren med CPR {NUMBER} blev godkendt. Ring til Bo Dam på tlf. 40 12 34 56."
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
TITLES = ("Cykelsti langs Mosevej", "Ny legeplads ved skolen", "Flytning af biblioteket")

Picture = Callable[..., None]


def council(decision: str = PERSONAL) -> str:
    """Three items that were voted on, but for the second, whose decision is the one given."""
    text = minutes(*TITLES, decision=VOTED)
    start = text.index(VOTED, text.index("Punkt 2:"))
    return text[:start] + decision + text[start + len(VOTED) :]


@pytest.fixture(autouse=True)
def secretary(municipalities: None) -> User:
    """An Ansvarlig of Randers. The test before has emptied the tables, groups and all."""
    make_groups()
    user = User.objects.create_user("sekretaer", password="et langt kodeord", is_staff=True)
    Assignment.objects.create(
        user=user,
        municipality=Municipality.objects.get(code="730"),
        group=Group.objects.get(name=RESPONSIBLE),
    )
    return user


@pytest.fixture
def picture(page: Page) -> Picture:
    """Keeps pictures of the page for docs/staff.md where STAFF_PICTURES is set."""
    folder = ROOT / "docs" / "staff"
    page.set_viewport_size({"width": 1280, "height": 800})

    def picture(name: str, height: int = 800) -> None:
        if os.environ.get("STAFF_PICTURES"):
            folder.mkdir(exist_ok=True)
            page.set_viewport_size({"width": 1280, "height": height})
            page.screenshot(path=folder / f"{name}.png", animations="disabled")
            page.set_viewport_size({"width": 1280, "height": 800})

    return picture


# What a secretary does


def log_in(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_label("Brugernavn").fill("sekretaer")
    page.get_by_label("Adgangskode").fill("et langt kodeord")
    page.get_by_role("button", name="Log ind").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Overblik")


def upload(page: Page, text: str, name: str = "referat.txt") -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="Nyt referat").click()
    page.get_by_label("Filer").set_input_files(file_of(text, name))
    page.get_by_role("button", name="Indlæs og se igennem").click()
    expect(page.get_by_role("region", name="Det er forstået")).to_be_visible()


def file_of(text: str, name: str = "referat.txt") -> dict:
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def press(page: Page, button: str, said: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text(said)


def public(page: Page, path: str = "") -> tuple[int, str]:
    """What anybody gets at the meeting's address, or below it: status and body."""
    response = page.request.get(Meeting.objects.with_places().get().get_absolute_url() + path)
    return response.status, response.text()


def hits_for(page: Page, words: str) -> Locator:
    page.goto("/soeg/")
    page.get_by_role("combobox", name="Søg i").first.fill(words)
    page.get_by_role("button", name="Søg").first.click()
    expect(page.get_by_role("status")).to_be_visible()
    return page.locator("ol.hits > li")


def own_page(page: Page) -> None:
    """The meeting's page in the admin."""
    page.goto(f"/admin/minutes/meeting/{Meeting.objects.get().pk}/change/")


def tab_to(page: Page, wanted: Locator) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"No Tab leads to {wanted}")


def whole_texts() -> list:
    """Minutes of a real meeting where they are at hand, and invented ones anywhere."""
    seed = next(iter(sorted(SEEDS.glob("000_*.txt"))), None)
    real = pytest.param(
        seed, id="real", marks=pytest.mark.skipif(seed is None, reason="../shared/seeds is not here")
    )
    return [real, pytest.param(None, id="invented")]


# Tests


@pytest.mark.parametrize("seed", whole_texts())
def test_what_was_understood_is_looked_through_and_corrected(page: Page, seed: Path | None):
    page.set_viewport_size({"width": 1280, "height": 800})
    log_in(page)
    upload(page, seed.read_text(encoding="utf-8") if seed else council("Godkendt."))
    heads = page.locator("#content h2").all_inner_texts()
    assert re.fullmatch(r"\d+ advars(el|ler)", heads[0])
    assert heads[1] == "Det er forstået"

    item = page.locator(".staff-items > li").filter(has=page.locator(".staff-ballot")).first
    for fact in (item.get_by_role("link", name="i teksten", exact=True), item.locator("h3 a")):
        fact.first.click()
        place = page.locator(".staff-text :target")
        expect(place).to_have_id(fact.first.get_attribute("href").removeprefix("#"))
        expect(place).to_be_in_viewport()

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


def test_the_way_of_a_document_from_upload_to_takedown(page: Page, picture: Picture):
    log_in(page)
    page.get_by_role("link", name="Nyt referat").click()
    picture("nyt-referat", 780)
    upload(page, council())
    assert NUMBER[:6] not in page.content()
    page.evaluate("scrollTo(0, 0)")
    picture("cpr-nummer", 680)
    page.locator("#punkt-1").get_by_role("link", name="i teksten", exact=True).click()
    picture("se-igennem", 700)

    # A title and a ballot are corrected before anything is public.
    page.get_by_role("link", name="Ret punkt 1", exact=True).click()
    page.get_by_label("Titel").fill("Cykelsti langs Mosevej og Åvej")
    page.get_by_role("group", name="Afstemning 1").get_by_label("For:", exact=True).fill("8")
    page.evaluate("scrollTo(0, 0)")
    picture("ret-punkt", 900)
    press(page, "Gem rettelsen", "Rettelsen er gemt.")

    # A possible personal number stops it, and is shown nowhere.
    page.get_by_role("button", name="Offentliggør", exact=True).click()
    expect(page.locator(".messagelist .error")).to_contain_text("mulige CPR-numre")
    assert NUMBER[:6] not in page.content()
    assert public(page)[0] == 404
    page.goto("/admin/")
    expect(page.get_by_role("region", name="Mulige CPR-numre")).to_contain_text("1 fund")
    picture("overblik", 700)
    own_page(page)
    press(page, "Fjern nummeret", "Nummeret er fjernet overalt i mødets tekster.")
    expect(page.locator(".staff-items")).to_contain_text("[CPR-nummer fjernet]")
    page.get_by_label("Begrundelse (valgfri)").fill("Godkendt af formanden")
    press(page, "Offentliggør", "Mødet er offentliggjort.")

    found = hits_for(page, "legeplads")
    expect(found).to_have_count(1)
    found.get_by_role("link", name=TITLES[1]).click()
    expect(page.get_by_role("region", name="Beslutning")).to_contain_text("[CPR-nummer fjernet]")
    for path in ("", "2/"):
        assert NUMBER[:6] not in public(page, path)[1]

    # A better version waits, is compared, and leaves the correction as it is.
    upload(page, council(f"{PERSONAL} Udvalget følger op i maj."), "referat-2.txt")
    expect(page.locator(".differences ins")).to_contain_text("Udvalget følger op i maj.")
    assert NUMBER[:6] not in page.content()
    assert "følger op i maj" not in public(page, "2/")[1]
    picture("ny-udgave", 720)
    press(page, "Tag udgaven i brug", "Udgaven er taget i brug.")
    assert "følger op i maj" in public(page, "2/")[1]
    page.get_by_role("link", name="Se det offentlige møde").click()
    page.get_by_role("link", name="Cykelsti langs Mosevej og Åvej").first.click()
    expect(page.locator(".corrected", has_text="Titlen er rettet af kommunen")).to_be_visible()
    expect(page.locator(".corrected", has_text="Afstemningen er rettet af kommunen")).to_be_visible()
    picture("rettet-af-kommunen", 640)

    own_page(page)
    press(page, "Træk tilbage", "Mødet er trukket tilbage.")
    assert public(page)[0] == 404
    press(page, "Offentliggør", "Mødet er offentliggjort.")
    assert public(page)[0] == 200

    # What is taken down says so at its address, and is found no more.
    page.get_by_role("link", name="Tag punkt 3 ned").click()
    page.get_by_label("Begrundelse").fill("Borgerens ønske")
    press(page, "Tag punktet ned for altid", "Punktet er taget ned.")
    assert public(page, "3/")[0] == 410
    assert "biblioteket" not in public(page)[1]
    expect(hits_for(page, "biblioteket")).to_have_count(0)
    expect(hits_for(page, "legeplads")).to_have_count(1)
    own_page(page)
    page.get_by_role("link", name="Tag mødet ned").click()
    page.get_by_label("Begrundelse").fill("Borgerens ønske")
    press(page, "Tag mødet ned for altid", "Mødet er taget ned.")
    for path in ("", "1/", "2/", "3/"):
        assert public(page, path)[0] == 410
    expect(hits_for(page, "legeplads")).to_have_count(0)


def test_minutes_are_uploaded_and_published_with_the_keyboard_alone(page: Page):
    page.goto("/admin/")
    page.keyboard.type("sekretaer")
    page.keyboard.press("Tab")
    page.keyboard.type("et langt kodeord")
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="Nyt referat"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/nyt/")
    tab_to(page, page.get_by_label("Filer"))
    choosers: list[FileChooser] = []
    page.on("filechooser", lambda chooser: choosers.append(chooser))
    # Chromium opens no chooser where its machine was too busy to see key and click as one act: press again.
    for _ in range(5):
        page.keyboard.press("Space")
        page.wait_for_timeout(1_000)
        if choosers:
            break
    choosers[0].set_files(file_of(minutes("Cykelsti")))
    tab_to(page, page.get_by_role("button", name="Indlæs og se igennem"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="beslutningen i teksten"))
    page.keyboard.press("Enter")
    expect(page.locator(".staff-text :target")).to_be_in_viewport()
    tab_to(page, page.get_by_role("button", name="Offentliggør"))
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Mødet er offentliggjort.")
    assert public(page)[0] == 200


def test_files_that_are_dropped_on_the_form_are_uploaded(page: Page):
    log_in(page)
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
    expect(page.get_by_role("table", name="Dokumenter")).to_contain_text("referat1.txt")
    assert Meeting.objects.count() == 2


def test_words_marked_in_the_text_go_into_the_field_and_are_removed(page: Page, picture: Picture):
    log_in(page)
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


def test_everything_is_done_without_scripts_too(browser: Browser, live_server):
    context = browser.new_context(base_url=live_server.url, locale="da-DK", java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(10_000)
    log_in(page)
    upload(page, council())
    page.get_by_role("link", name="beslutningen i teksten").first.click()
    expect(page.locator(".staff-text :target")).to_be_in_viewport()
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
def addresses(page: Page) -> list[str]:
    """Every page of the way: with hits, with differences, with a correction, of what was taken down."""
    log_in(page)
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


def test_the_staffs_pages_are_accessible(page: Page, addresses: list[str]):
    """WCAG 2.2 A and AA, as far as axe-core can tell, in light and dark."""
    found = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for address in addresses:
            page.goto(address)
            results = Axe().run(page, options={"runOnly": TAGS})
            if results.violations_count:
                found[f"{address}, {scheme}"] = results.generate_report()
    assert not found, "\n".join(f"{where}: {report}" for where, report in found.items())


def test_none_of_the_staffs_pages_is_wider_than_the_window(page: Page, addresses: list[str], screenshot):
    for number, address in enumerate(addresses):
        page.goto(address)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            screenshot(f"admin-{width}-{number:02}")


def test_the_guide_calls_everything_what_the_pages_call_it():
    guide = (ROOT / "docs" / "staff.md").read_text(encoding="utf-8")
    files = [*(ROOT / "templates" / "admin").glob("*.html"), *(ROOT / "minutes" / "admin").glob("*.py")]
    pages = "".join(each.read_text(encoding="utf-8") for each in files)
    # "Ret punkt 1" is written as "Ret punkt {{ n }}".
    names = {re.sub(r"\d+", "{{ n }}", name) for name in re.findall(r"\*\*(.+?)\*\*", guide)}
    assert len(names) > 30
    assert sorted(name for name in names if name not in pages) == []
    assert all((ROOT / "docs" / name).is_file() for name in re.findall(r"\]\((staff/.+?)\)", guide))
