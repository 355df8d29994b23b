"""Files that come along with a document are stored, searched for CPR numbers, and published with their item."""

import hashlib
import shutil

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from minutes import publishing
from minutes.importer import Overrides, discard_document, import_upload, reread_document
from minutes.models import (
    Assignment,
    Correction,
    EnclosedFile,
    Meeting,
    Municipality,
    PublicFile,
    Reading,
    Source,
)
from minutes.models.rights import EDITOR, RESPONSIBLE
from minutes.publishing import PublishingError
from tests.documents import imported, randers
from tests.enclosures import NUMBER, PICTURE, enclosed, meeting_of, publication
from tests.exports import empty_archive, export, restore
from tests.pages import text_of
from tests.stored_files import path_of
from tests.test_documents_enclosures import with_member
from tests.test_documents_mail import eml
from tests.test_documents_scans import needs_tesseract, scan
from tests.test_leaks import REPEATING_THE_QUERY, STARTS, crawl
from tests.texts import minutes
from tests.word_files import docx, p

pytestmark = pytest.mark.django_db

MAP = "Kort over stien ved Gudenåen."
ITEM = "/randers/miljoeudvalget/2019-05-15/1/"


def downloads(client, address: str) -> list[str]:
    """Return the addresses of the files on a page."""
    page = client.get(address).content.decode()
    return [part.split('"')[0] for part in page.split('href="')[1:] if part.startswith("/bilag/")]


def content(response) -> bytes:
    return b"".join(response.streaming_content)


def status(client, address: str) -> int:
    response = client.get(address)
    if response.streaming:
        content(response)
    return response.status_code


# Published with the item


def test_a_file_is_downloaded_from_the_page_of_its_item(client):
    meeting_of(publication({"Kort.txt": MAP}))
    page = text_of(client.get(ITEM))
    assert "Kort (TXT, 30" in page
    assert "kan ikke hentes" not in page
    [address] = downloads(client, ITEM)
    assert address.endswith("/kort.txt")
    assert content(client.get(address)).decode() == MAP


def test_a_download_is_never_shown_or_run_by_a_browser(client):
    meeting_of(publication({"Kort æ.txt": MAP}))
    [address] = downloads(client, ITEM)
    response = client.get(address)
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Kort%20%C3%A6.txt"
    assert response["Content-Type"] == "text/plain"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["ETag"] == f'"{PublicFile.objects.get().sha256}"'
    content(response)
    assert client.get(address, headers={"if-none-match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        (
            "a.docx",
            docx(p("Notat")),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("a.png", PICTURE, "image/png"),
        # The content is not what the name says.
        ("a.pdf", b"<html><script>alert(1)</script></html>", "application/octet-stream"),
        ("a.html", b"<html><script>alert(1)</script></html>", "application/octet-stream"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "application/octet-stream"),
    ],
)
def test_media_types_are_of_a_fixed_list(name, data, media_type):
    meeting_of(publication({name: data}))
    assert enclosed(name).media_type == media_type


def test_a_download_takes_one_query_and_pages_take_as_many_with_twenty_files(client):
    meeting_of(publication({"Kort.txt": MAP}))
    [address] = downloads(client, ITEM)
    with CaptureQueriesContext(connection) as one:
        assert status(client, address) == 200
    assert len(one) == 1
    with CaptureQueriesContext(connection) as with_one:
        client.get(ITEM)
    files = {f"Kort {number}.txt": f"{MAP} {number}" for number in range(20)}
    _run, [result] = import_upload([("n.zip", publication(files))], Overrides(municipality=randers()), None)
    publishing.accept(Reading.objects.get(pk=result.reading_id))
    with CaptureQueriesContext(connection) as with_twenty:
        assert len(downloads(client, ITEM)) == 20
    assert len(with_twenty) == len(with_one)


def test_an_address_of_unknown_bytes_is_not_found(client):
    meeting_of(publication({"Kort.txt": MAP}))
    digest = PublicFile.objects.get().sha256
    for wrong in (digest[:19], digest[:21], "0" * 20, "%" * 20, "_" * 20):
        assert status(client, f"/bilag/{wrong}/kort.txt") == 404


def test_files_of_the_vendors_systems_belong_to_their_items():
    meeting_of(publication({"Kort.txt": MAP}))
    assert [(file.item.number, file.title) for file in PublicFile.objects.all()] == [("1", "Kort")]
    assert PublicFile.objects.get().attachment.title == "Kort"


def test_a_file_that_names_another_item_than_its_own_is_not_published(client):
    meeting_of(publication({"Kort.txt": MAP}))
    file = enclosed("Kort.txt")
    for number in ("", "2", "7"):
        EnclosedFile.objects.update(item_number=number)
        publishing.project(Meeting.objects.with_places().get())
        assert not PublicFile.objects.exists(), number
    EnclosedFile.objects.filter(pk=file.pk).update(item_number="1")
    publishing.project(Meeting.objects.with_places().get())
    assert PublicFile.objects.exists()


# Never public


def test_files_of_closed_items_are_not_public_anywhere(client):
    meeting = meeting_of(publication({"Kort.txt": MAP}, of_closed={"Hemmelig.txt": "Prisen er fortrolig."}))
    file = enclosed("Hemmelig.txt")
    assert path_of(file.sha256).exists()
    assert [row.name for row in PublicFile.objects.all()] == ["Kort.txt"]
    assert status(client, f"/bilag/{file.sha256[:20]}/hemmelig.txt") == 404
    # Not even when staff release it.
    publishing.release_file(meeting, file, by=None)
    assert [row.name for row in PublicFile.objects.all()] == ["Kort.txt"]


def test_files_of_an_item_that_staff_close_disappear(client):
    meeting = meeting_of(publication({"Kort.txt": MAP}))
    [address] = downloads(client, ITEM)
    publishing.correct(meeting, meeting.items.get(slug="1"), Correction.Field.CLOSED, True, by=None)
    assert status(client, address) == 404
    assert not downloads(client, ITEM)


def test_files_of_drafts_and_withdrawn_meetings_are_not_public(client):
    meeting = meeting_of(publication({"Kort.txt": MAP}), public=False)
    address = f"/bilag/{enclosed('Kort.txt').sha256[:20]}/kort.txt"
    assert status(client, address) == 404
    publishing.publish(meeting)
    assert status(client, address) == 200
    publishing.withdraw(meeting)
    assert status(client, address) == 404
    assert not PublicFile.objects.exists()


def test_no_page_has_a_word_or_an_address_of_a_file_that_is_not_public(client, tmp_path):
    files = {
        "Brev.txt": f"Kanariefugl {NUMBER}",
        "Billede.png": PICTURE + b"Kanariefugl",
        "Notat.txt": "Kanariefugl i et notat.",
        "Klage.txt": "Kanariefugl klager. Frits Kirkegaard",
        "Kort.txt": MAP,
    }
    imported(minutes())
    data = publication(files, of_closed={"Pris.txt": "Kanariefugl."}, text="<p>Frits Kirkegaard</p>")
    meeting = meeting_of(data)
    publishing.withhold_file(meeting, enclosed("Notat.txt"), by=None)
    publishing.redact_passage(meeting.readings.get(), "Frits Kirkegaard", by=None, reason="privat")
    pages = crawl(client, *STARTS)
    [shown] = [address for address in pages if address.startswith("/bilag/")]
    assert pages[shown] == MAP
    folder = export(tmp_path / "out")
    assert sorted(name for name in folder if len(name) == 64) == [enclosed("Kort.txt").sha256]
    bodies = {**pages, **{name: content.decode() for name, content in folder.items()}}
    for address, body in bodies.items():
        words = body.replace("kanariefugl", "") if address.startswith(REPEATING_THE_QUERY) else body
        assert "anariefugl" not in words, address
        for name in (*files, "Pris.txt"):
            file = enclosed(name)
            assert name == "Kort.txt" or file.sha256[:20] not in body, (address, name)
    for name in (*files, "Pris.txt"):
        address = f"/bilag/{enclosed(name).sha256[:20]}/x"
        assert status(client, address) == (200 if name == "Kort.txt" else 404)


# CPR numbers


def test_a_file_with_a_possible_cpr_number_is_not_public_and_the_meeting_is(client):
    meeting = meeting_of(publication({"Brev.txt": f"Vedrører {NUMBER}.", "Kort.txt": MAP}))
    assert meeting.state == "published"
    assert [row.name for row in PublicFile.objects.all()] == ["Kort.txt"]
    assert "1234" not in enclosed("Brev.txt").text
    with pytest.raises(PublishingError, match="CPR"):
        publishing.release_file(meeting, enclosed("Brev.txt"), by=None)
    assert status(client, f"/bilag/{enclosed('Brev.txt').sha256[:20]}/brev.txt") == 404


def test_a_file_whose_number_is_dismissed_becomes_public():
    meeting = meeting_of(publication({"Brev.txt": f"Nummer {NUMBER}."}))
    [match] = enclosed("Brev.txt").cpr_matches
    publishing.dismiss_file_match(meeting, enclosed("Brev.txt"), match[2], by=None, reason="Et P-nummer")
    assert [row.name for row in PublicFile.objects.all()] == ["Brev.txt"]
    # Also in a new version.
    meeting_of(publication({"Brev.txt": f"Nummer {NUMBER}. Ny."}))
    assert not enclosed("Brev.txt").cpr_matches


def test_a_cpr_number_in_the_name_of_a_file_holds_it_back():
    letter = eml("Hilsen", **{"referat_txt": minutes().encode(), f"Brev om {NUMBER}_docx": docx(p("Kære"))})
    meeting = meeting_of(letter, "post.eml")
    file = EnclosedFile.objects.get()
    assert "1234" not in f"{file.name} {file.caption}"
    with pytest.raises(PublishingError, match="CPR"):
        publishing.release_file(meeting, file, by=None)


def test_a_number_removed_from_the_minutes_holds_back_the_file_that_has_it(client):
    meeting = meeting_of(
        publication({"Liste.txt": "Sag 0102031234"}, text=f"<p>cpr-nr. {NUMBER}</p>"), public=False
    )
    publishing.redact_all_numbers(meeting, by=None)
    publishing.publish(meeting)
    assert "1234" not in enclosed("Liste.txt").text
    assert not PublicFile.objects.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("Billede.png", PICTURE),
        ("Regneark.xlsx", b"PK\x03\x04 beskadiget"),
        ("Tom.docx", docx("")),
        ("Side.html", b"<html><body><p>Notat</p><p hidden>010203-1234</p></body></html>"),
        ("Kommentar.docx", docx('<w:p><w:r><w:commentReference w:id="1"/><w:t>Notat</w:t></w:r></w:p>')),
    ],
)
def test_a_file_that_cannot_be_searched_whole_waits_for_a_person(client, name, data):
    meeting = meeting_of(publication({name: data}))
    assert enclosed(name).waits_for
    assert not PublicFile.objects.exists()
    publishing.release_file(meeting, enclosed(name), by=None)
    [address] = downloads(client, ITEM)
    assert content(client.get(address)) == data


def test_the_feet_of_a_word_files_pages_are_searched_too():
    meeting_of(publication({"Notat.docx": docx(p("Notat"), head=p(f"Sag {NUMBER}"))}))
    assert enclosed("Notat.docx").cpr_matches


def test_a_cpr_number_in_the_properties_of_a_file_holds_it_back():
    comment = f"<cp:coreProperties><dc:description>Om {NUMBER}</dc:description></cp:coreProperties>"
    data = with_member(docx(p("Notat")), "docProps/core.xml", comment.encode())
    meeting = meeting_of(publication({"Notat.docx": data}))
    file = enclosed("Notat.docx")
    assert (file.text.strip(), file.waits_for) == ("Notat", [])
    assert "egenskaber" in file.note
    assert not PublicFile.objects.exists()
    [match] = file.cpr_matches
    publishing.dismiss_file_match(meeting, file, match[2], by=None, reason="Et sagsnummer")
    assert PublicFile.objects.get().text.strip() == "Notat"


@needs_tesseract
def test_the_text_of_a_scan_is_recognised_by_workers_and_waits_for_a_person():
    scanned = scan(lines=["Notat om havnestien", f"CPR-nummer {NUMBER}"])
    data = publication({"Scanning.pdf": scanned, "Kort.txt": "Kort over stien"})
    meeting = meeting_of(data)
    file = enclosed("Scanning.pdf")
    assert not file.text
    assert EnclosedFile.Reason.UNREAD in file.waits_for
    reread_document(meeting.readings.get().source)
    file = enclosed("Scanning.pdf")
    assert "Notat om havnestien" in file.text
    assert NUMBER not in file.text
    assert file.waits_for == [EnclosedFile.Reason.PARTLY_READ]
    assert len(file.cpr_matches) == 1
    assert "OCR" in file.note
    assert [public.name for public in PublicFile.objects.all()] == ["Kort.txt"]


def test_a_very_long_text_is_cut_and_waits_for_a_person():
    meeting_of(publication({"Lang.txt": " ".join(str(number * number) for number in range(110_000))}))
    file = enclosed("Lang.txt")
    assert len(file.text) == 1_000_000
    assert "resten er ikke læst" in file.note
    assert not PublicFile.objects.exists()


# Redaction, takedown, discard


def test_a_name_removed_from_the_minutes_holds_back_files_that_have_it(client):
    meeting = meeting_of(
        publication(
            {"Brev.txt": "Hilsen Frits Kirkegaard", "Kort.txt": MAP}, text="<p>Frits Kirkegaard klager.</p>"
        )
    )
    reading = meeting.readings.get()
    publishing.redact_passage(reading, "Frits Kirkegaard", by=None, reason="privat")
    assert [row.name for row in PublicFile.objects.all()] == ["Kort.txt"]
    assert "Frits" not in enclosed("Brev.txt").text
    # A person may release it, which another redaction of other words does not change.
    publishing.release_file(meeting, enclosed("Brev.txt"), by=None)
    publishing.redact_passage(reading, "klager", by=None, reason="privat")
    assert len(downloads(client, ITEM)) == 2
    reread_document(reading.source)
    assert len(downloads(client, ITEM)) == 2
    # In a new version the same file is still withheld.
    meeting_of(publication({"Brev.txt": "Hilsen igen Frits Kirkegaard"}, text="<p>Ny.</p>"))
    assert enclosed("Brev.txt").waits_for == ["redacted"]
    assert "Frits" not in enclosed("Brev.txt").text


@pytest.mark.django_db(transaction=True)
def test_taking_an_item_down_deletes_its_files(client, municipalities):
    meeting = meeting_of(publication({"Kort.txt": MAP}, of_closed={"Andet.txt": "Andet."}))
    kort, other = enclosed("Kort.txt"), enclosed("Andet.txt")
    publishing.take_down_item(meeting.items.get(slug="1"), by=None, reason="fejl")
    assert [file.name for file in EnclosedFile.objects.all()] == ["Andet.txt"]
    assert not path_of(kort.sha256).exists()
    assert path_of(other.sha256).exists()
    # The same file again, in a new version and in the same one read again, is not stored.
    meeting_of(publication({"Kort.txt": MAP}, text="<p>Ny.</p>"))
    reread_document(Source.objects.order_by("pk")[0])
    assert not EnclosedFile.objects.filter(name="Kort.txt").exists()
    assert not path_of(kort.sha256).exists()


@pytest.mark.django_db(transaction=True)
def test_taking_a_meeting_down_deletes_its_files_also_after_an_old_dump(client, municipalities):
    meeting = meeting_of(publication({"Kort.txt": MAP}))
    sha256 = enclosed("Kort.txt").sha256
    publishing.take_down_meeting(meeting, by=None, reason="fejl")
    assert not EnclosedFile.objects.exists()
    assert not path_of(sha256).exists()
    meeting_of(publication({"Kort.txt": MAP}, text="<p>Ny.</p>"), public=False)
    assert not EnclosedFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_bytes_are_deleted_with_the_last_document_that_has_them(municipalities):
    first = meeting_of(publication({"Kort.txt": MAP}), public=False)
    sha256 = enclosed("Kort.txt").sha256
    second = publication({"Kort.txt": MAP}, text="<p>Ny.</p>")
    _run, [result] = import_upload([("n.zip", second)], Overrides(municipality=randers()), None)
    discard_document(Reading.objects.get(pk=result.reading_id), by=None, reason="fejl")
    assert path_of(sha256).exists()
    discard_document(first.readings.get(), by=None, reason="fejl")
    assert not path_of(sha256).exists()
    assert not EnclosedFile.objects.exists()


# Versions and rereading


def test_the_same_document_again_changes_nothing():
    data = publication({"Kort.txt": MAP})
    meeting_of(data)
    before = EnclosedFile.objects.get().pk
    meeting_of(data)
    reread_document(Source.objects.get())
    assert EnclosedFile.objects.get().pk == before


def test_a_new_version_brings_its_own_files(client):
    meeting_of(publication({"Kort.txt": MAP}))
    [old] = downloads(client, ITEM)
    data = publication({"Kort.txt": "Et nyt kort."})
    _run, [result] = import_upload([("n.zip", data)], Overrides(municipality=randers()), None)
    assert downloads(client, ITEM) == [old]
    publishing.accept(Reading.objects.get(pk=result.reading_id))
    [new] = downloads(client, ITEM)
    assert content(client.get(new)).decode() == "Et nyt kort."
    assert status(client, old) == 404


def test_what_was_withheld_is_not_published_by_a_new_version(client):
    meeting = meeting_of(publication({"Kort.txt": MAP, "Brev.txt": "Kære borger"}))
    for name in ("Kort.txt", "Brev.txt"):
        publishing.withhold_file(meeting, enclosed(name), by=None)
    assert not downloads(client, ITEM)
    # The letter was saved again, so that its bytes differ.
    data = publication({"Kort.txt": MAP, "Brev.txt": "Kære  borger"})
    _run, [result] = import_upload([("n.zip", data)], Overrides(municipality=randers()), None)
    publishing.accept(Reading.objects.get(pk=result.reading_id))
    assert enclosed("Kort.txt").decision == "withheld"
    assert enclosed("Brev.txt").waits_for == ["withheld_before"]
    assert not downloads(client, ITEM)


def test_documents_imported_before_get_their_files_when_they_are_read_again(client):
    meeting_of(publication({"Kort.txt": MAP}))
    EnclosedFile.objects.all().delete()
    assert not downloads(client, ITEM)
    reread_document(Source.objects.get())
    assert len(downloads(client, ITEM)) == 1


# Mails and files of no item


def test_files_of_a_mail_are_of_the_meeting_when_a_person_releases_them(client):
    letter = eml("Hilsen", referat_txt=minutes().encode(), kort_docx=docx(p("Et kort")))
    meeting = meeting_of(letter, "post.eml")
    address = meeting.get_absolute_url()
    assert not downloads(client, address)
    publishing.release_file(meeting, enclosed("kort.docx"), by=None)
    assert "Bilag til mødet kort (DOCX" in text_of(client.get(address))
    [download] = downloads(client, address)
    assert status(client, download) == 200


# API and export


def test_the_api_has_the_files_of_items_and_meetings(client):
    letter = eml("Hilsen", referat_txt=minutes().encode(), kort_docx=docx(p("Et kort")))
    other = meeting_of(letter, "post.eml")
    publishing.release_file(other, enclosed("kort.docx"), by=None)
    meeting_of(publication({"Kort.txt": MAP, "Billede.png": PICTURE}))
    item = client.get("/api/v1/items/randers/miljoeudvalget/2019-05-15/1").json()
    assert [(entry["title"], bool(entry["file"])) for entry in item["attachments"]] == [
        ("Kort", True),
        ("Billede", False),
    ]
    file = item["attachments"][0]["file"]
    assert (file["name"], file["media_type"], file["size"]) == ("Kort.txt", "text/plain", len(MAP.encode()))
    assert content(client.get(file["url"])).decode() == MAP
    assert hashlib.sha256(MAP.encode()).hexdigest() == file["sha256"]
    meeting = client.get(f"/api/v1/meetings/{other.key}").json()
    assert [entry["title"] for entry in meeting["attachments"]] == ["kort"]


@pytest.mark.django_db(transaction=True)
def test_an_export_carries_the_public_files_to_another_archive(client, tmp_path, municipalities):
    letter = eml("Hilsen", referat_txt=minutes().encode(), kort_docx=docx(p("Et kort")))
    publishing.release_file(meeting_of(letter, "post.eml"), enclosed("kort.docx"), by=None)
    meeting_of(publication({"Kort.txt": MAP, "Brev.txt": f"Nummer {NUMBER}"}))
    addresses = [ITEM, "/randers/beskaeftigelsesudvalget/2020-01-14/", "/soeg/?q=gudenåen"]
    [download] = downloads(client, ITEM)
    before = [text_of(client.get(address)) for address in addresses]
    first = export(tmp_path / "first")
    empty_archive()
    shutil.rmtree(path_of("x").parent)
    restore(tmp_path / "first")
    assert [text_of(client.get(address)) for address in addresses] == before
    assert content(client.get(download)).decode() == MAP
    assert export(tmp_path / "second") == first
    # The same after the meeting is projected again.
    with transaction.atomic():
        publishing.project(*Meeting.objects.with_places().filter(committee__slug="miljoeudvalget"))
    assert [text_of(client.get(address)) for address in addresses] == before


@pytest.mark.django_db(transaction=True)
def test_an_export_whose_file_was_changed_is_refused(tmp_path, municipalities):
    meeting_of(publication({"Kort.txt": MAP}))
    export(tmp_path / "out")
    next((tmp_path / "out" / "files").iterdir()).write_bytes(b"noget andet")
    empty_archive()
    with pytest.raises(CommandError, match="SHA-256"):
        restore(tmp_path / "out")


# The staff's page


def assigned(name: str, group: str, code: str = "730") -> User:
    user = User.objects.create_user(name, password=name, is_staff=True)
    Assignment.objects.create(
        user=user, municipality=Municipality.objects.get(code=code), group=Group.objects.get(name=group)
    )
    return user


def review(client, meeting: Meeting):
    return client.get(reverse("admin:minutes_meeting_change", args=[meeting.pk]))


def decide(client, meeting: Meeting, name: str, **data: str):
    address = reverse("admin:minutes_meeting_decide_file", args=[meeting.pk, enclosed(name).pk])
    return client.post(address, data, follow=True)


def test_the_review_page_lists_the_files_and_what_was_found_in_them(client):
    files = {"Brev.txt": f"Kære borger\nVedrører {NUMBER} igen.", "Billede.png": PICTURE, "Kort.txt": MAP}
    meeting = meeting_of(publication(files, of_closed={"Pris.txt": "Pris."}), public=False)
    client.force_login(assigned("ansvarlig", RESPONSIBLE))
    response = review(client, meeting)
    page = text_of(response)
    assert "4 bilag, der fulgte med" in page
    assert "linje 2: …Kære borger Vedrører ███████████ igen.…" in page
    assert "1234" not in response.content.decode()
    assert "Ikke offentligt, før nogen har set på det" in page
    assert "Bliver offentligt sammen med mødet" in page
    assert "Hører til et lukket punkt og bliver ikke offentligt" in page


def test_staff_release_hold_back_and_dismiss_on_the_review_page(client):
    meeting = meeting_of(publication({"Brev.txt": f"Nummer {NUMBER}", "Billede.png": PICTURE}))
    client.force_login(assigned("ansvarlig", RESPONSIBLE))
    assert "Bilaget er frigivet." in text_of(decide(client, meeting, "Billede.png", act="release"))
    assert len(downloads(client, ITEM)) == 1
    assert "Bilag frigivet" in text_of(review(client, meeting))
    assert "Bilaget er holdt tilbage." in text_of(decide(client, meeting, "Billede.png", act="withhold"))
    match = enclosed("Brev.txt").cpr_matches[0][2]
    assert "hvad nummeret er" in text_of(decide(client, meeting, "Brev.txt", act="false", match=match))
    decide(client, meeting, "Brev.txt", act="false", match=match, reason="Et P-nummer")
    assert [row.name for row in PublicFile.objects.all()] == ["Brev.txt"]


def test_an_editor_does_not_dismiss_and_others_do_not_see(client):
    meeting = meeting_of(publication({"Brev.txt": f"Nummer {NUMBER}", "Billede.png": PICTURE}))
    match = enclosed("Brev.txt").cpr_matches[0][2]
    original = reverse("admin:minutes_meeting_file", args=[meeting.pk, enclosed("Billede.png").pk])
    assert status(client, original) == 302
    client.force_login(assigned("redaktoer", EDITOR))
    assert decide(client, meeting, "Brev.txt", act="false", match=match, reason="x").status_code == 403
    assert content(client.get(original)) == PICTURE
    letter = reverse("admin:minutes_meeting_file", args=[meeting.pk, enclosed("Brev.txt").pk])
    assert status(client, letter) == 403
    client.force_login(assigned("herning", RESPONSIBLE, "657"))
    assert status(client, original) == 404
    assert decide(client, meeting, "Billede.png", act="release").status_code == 404


def test_two_must_release_a_file_of_a_published_meeting(client, settings):
    meeting = meeting_of(publication({"Brev.txt": f"Nummer {NUMBER}", "Billede.png": PICTURE}))
    settings.REQUIRE_SECOND_REVIEWER = True
    one, two = (User.objects.create_user(name) for name in ("en", "to"))
    assert not publishing.release_file(meeting, enclosed("Billede.png"), by=one)
    with pytest.raises(PublishingError, match="En anden"):
        publishing.release_file(meeting, enclosed("Billede.png"), by=one)
    assert not PublicFile.objects.exists()
    assert publishing.release_file(meeting, enclosed("Billede.png"), by=two)
    # Dismissing a match publishes nothing either.
    match = enclosed("Brev.txt").cpr_matches[0][2]
    publishing.dismiss_file_match(meeting, enclosed("Brev.txt"), match, by=one, reason="P-nummer")
    assert [row.name for row in PublicFile.objects.all()] == ["Billede.png"]
