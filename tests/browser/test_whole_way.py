"""The way of a ZIP file of mixed files: its page, the review queue, a repair, the preview, publication."""

import io
import itertools
import os
import zipfile

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from minutes.models import AgendaItem, Meeting, QueuedFile
from minutes.models.queue import FileStatus
from minutes.models.rights import EDITOR
from minutes.models.states import State
from minutes.rights import update_groups
from synthetic.files import WRITERS
from synthetic.files.layout import lay_out
from synthetic.files.pdf import write_reportlab
from tests.browser.checks import assert_fits
from tests.filled import staff
from tests.mail_files import message
from tests.queued import work
from tests.texts import minutes

pytestmark = pytest.mark.django_db(transaction=True)

# `WHOLE_WAY=200 pytest tests/browser/test_whole_way.py` takes a minute and a half.
FILES = int(os.environ.get("WHOLE_WAY") or 20)
BAD = {
    "tom.txt": b"",
    "brev.txt": "Kære læser. Her er ikke noget referat.".encode(),
    "billede.png": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "beskadiget.docx": b"PK\x03\x04" + bytes(200),
    "gaade.pdf": b"%PDF-1.7\nIngen sider",
}
DECIDED = "Udvalget vedtog forslaget enstemmigt."
# Every twentieth document has this instead of a decision's heading.
UNREAD = f"Hvad der så skete\n\n{DECIDED}"


def mixed_files() -> bytes:
    """Return a ZIP file of meetings in six formats, a few of them doubtful, and of files that are refused."""
    kinds = itertools.cycle(["txt", *WRITERS, "pdf", "eml"])
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as written:
        for number, kind in zip(range(FILES), kinds, strict=False):
            text = minutes(
                f"Cykelsti {number}",
                f"Havnebad {number}",
                day=f"{number % 28 + 1:02}-{number // 28 % 12 + 1:02}-{2019 - number // 336}",
            )
            if number % 20 == 0:
                text = text.replace("Beslutning\n\nGodkendt.", UNREAD)
            written.writestr(f"referater/{number:03}.{kind}", as_file(text, kind))
        for name, data in BAD.items():
            written.writestr(f"andet/{name}", data)
    return archive.getvalue()


def as_file(text: str, kind: str) -> bytes:
    if kind == "txt":
        return text.encode()
    if kind == "eml":
        return message("Hermed referatet.", {"referat.docx": as_file(text, "docx")})
    lines = lay_out(text)
    return write_reportlab(lines, "Randers") if kind == "pdf" else WRITERS[kind](lines, "Randers")


@pytest.fixture(autouse=True)
def editor(municipalities: None, page: Page) -> None:
    """An editor of Randers, logged in."""
    update_groups()
    user: User = staff("redaktør", EDITOR)
    user.set_password("et langt kodeord")
    user.save()
    page.goto("/admin/")
    page.get_by_label("Brugernavn").fill("redaktør")
    page.keyboard.press("Tab")
    page.keyboard.type("et langt kodeord")
    page.keyboard.press("Enter")


def press(page: Page, role: str, name: str) -> None:
    """Activate a link or button by the keyboard."""
    control = page.get_by_role(role, name=name).first  # type: ignore[arg-type]
    control.focus()
    control.press("Enter")


def in_both_widths(page: Page, screenshot, name: str) -> None:
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert_fits(page, width)
        screenshot(f"whole-way-{name}-{width}")


def test_a_zip_file_of_mixed_files_is_uploaded_reviewed_repaired_previewed_and_published(page, screenshot):
    press(page, "link", "Nyt referat")
    zipped = {"name": "arkiv.zip", "mimeType": "application/zip", "buffer": mixed_files()}
    page.get_by_label("Filer").set_input_files([zipped])
    press(page, "button", "Indlæs og se igennem")
    expect(page.get_by_role("status")).to_contain_text("filer")
    work()
    expect(page.get_by_role("status")).to_contain_text(f"{FILES + len(BAD)} af {FILES + len(BAD)} filer")
    expect(page.get_by_role("status")).to_contain_text("færdig")
    in_both_widths(page, screenshot, "batch")
    refused = QueuedFile.objects.filter(status=FileStatus.REFUSED)
    assert sorted(file.name.rpartition("/")[2] for file in refused) == sorted(BAD)
    doubtful = len(range(0, FILES, 20))
    assert Meeting.objects.filter(state=State.DRAFT).count() == FILES

    press(page, "link", "Gennemgå kladderne herfra")
    expect(page.get_by_role("status")).to_contain_text(f"{FILES} kladder venter")
    in_both_widths(page, screenshot, "queue")
    # The first certain draft has the focus; its button of publication too.
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Offentliggør og næste")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Mødet er offentliggjort")
    assert Meeting.objects.filter(state=State.PUBLISHED).count() == 1

    while Meeting.objects.filter(state=State.DRAFT).count() > doubtful:
        press(page, "link", "Kladder")
        press(page, "link", "Offentliggør de sikre")
        press(page, "button", "Offentliggør de afkrydsede")
        expect(page.locator(".messagelist")).to_contain_text("offentliggjort.")
    expect(page.get_by_role("status")).to_contain_text(f"{doubtful} kladde")

    page.keyboard.press("Enter")
    page.get_by_label("Ordene").fill(DECIDED)
    page.locator("#mark_item").select_option("1")
    in_both_widths(page, screenshot, "repair")
    press(page, "button", "Gør ordene til punktets beslutning")
    expect(page.locator("#punkt-1 blockquote")).to_have_text(DECIDED)
    press(page, "button", "Lav et link")
    press(page, "link", "Se forhåndsvisningen")
    expect(page.get_by_role("note")).to_contain_text("Mødet er ikke offentliggjort.")
    in_both_widths(page, screenshot, "preview")
    page.go_back()
    press(page, "button", "Offentliggør")
    expect(page.locator(".messagelist")).to_contain_text("Mødet er offentliggjort")

    repaired = AgendaItem.objects.get(decision=DECIDED)
    assert repaired.outcome == "approved"
    page.goto(repaired.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text("Cykelsti 0")
