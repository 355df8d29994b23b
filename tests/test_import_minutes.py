"""The command `import_minutes`: input, output, exit status and stored rows."""

import hashlib
import io
import json
import os
import time
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from minutes.documents.packages import zip_of
from minutes.models import AgendaItem, ImportRun, Meeting, Municipality, Reading, SearchEntry, Source
from minutes.models.states import State
from tests.mail_files import message
from tests.texts import minutes
from tests.vendor_files import CYCLE_PATH, agenda, sbsys
from tests.word_files import docx, p

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys):
    """Function that runs the command and returns its exit status and output."""

    def run(*arguments: object, **options: object) -> tuple[int, str]:
        status = 0
        try:
            call_command("import_minutes", *map(str, arguments), **options)
        except SystemExit as leaving:
            status = int(leaving.code or 0)
        return status, capsys.readouterr().out

    return run


@pytest.fixture
def file(tmp_path):
    def file(text: str, name: str = "referat.txt", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(encoding))
        return path

    return file


def counts(printed: str) -> dict[str, int]:
    """Return the counts in the table at the end of the output."""
    words = ("imported", "unchanged", "updated", "unplaced", "refused")
    lines = [line.split() for line in printed.splitlines()]
    return {line[0]: int(line[1]) for line in lines if len(line) == 2 and line[0] in words}


def test_a_file_is_imported_and_a_second_run_changes_nothing(run, file):
    path = file(minutes())
    status, printed = run(path)
    assert (status, counts(printed)["imported"]) == (0, 1)
    assert AgendaItem.objects.published().count() == 2
    status, printed = run(path)
    assert (status, counts(printed)) == (
        0,
        {"imported": 0, "unchanged": 1, "updated": 0, "unplaced": 0, "refused": 0},
    )
    assert Reading.objects.count() == 1


def test_folders_are_searched_recursively_and_globs_are_expanded(run, file, tmp_path):
    file(minutes(day="14-01-2020"), "a/en.txt")
    file(minutes(day="15-01-2020"), "a/dybt/to.TXT")
    file(minutes(day="16-01-2020"), "b/tre.txt")
    file("{}", "a/facts.json")
    file(minutes(day="17-01-2020"), "a/.skjult/fire.txt")
    status, printed = run(tmp_path / "a", tmp_path / "b" / "t*.txt")
    assert (status, counts(printed)["imported"]) == (0, 3)
    assert "skipped (other files)" in printed
    assert f"skipped  {tmp_path / 'a' / 'facts.json'}: not a format that is read" in printed


def test_a_corrected_version_updates_the_meeting_in_place(run, file):
    run(file(minutes("Budget", "Skolevej")))
    before = set(AgendaItem.objects.values_list("pk", "slug"))
    _status, printed = run(file(minutes("Budget", "Skolevej", decision="Udsat.")))
    assert counts(printed)["updated"] == 1
    assert set(AgendaItem.objects.values_list("pk", "slug")) == before
    assert AgendaItem.objects.first().outcome == "postponed"


def test_the_same_bytes_under_another_name_are_unchanged(run, file):
    run(file(minutes(), "a.txt"))
    _status, printed = run(file(minutes(), "b.txt"))
    assert counts(printed)["unchanged"] == 1


def test_one_bad_file_never_stops_the_batch_and_is_named_with_its_reason(run, file, tmp_path):
    file(minutes(), "god.txt")
    file("", "tom.txt")
    (tmp_path / "binær.txt").write_bytes(bytes(range(256)) * 40)
    status, printed = run(tmp_path)
    assert status == 1
    assert counts(printed) == {"imported": 1, "unchanged": 0, "updated": 0, "unplaced": 0, "refused": 2}
    assert "tom.txt" in printed
    assert "binær.txt" in printed


def test_refused_files_are_named_with_verbosity_0_too(tmp_path, capsys):
    with pytest.raises(SystemExit):
        call_command("import_minutes", str(tmp_path / "væk.txt"), verbosity=0)
    assert capsys.readouterr().err == f"refused  {tmp_path / 'væk.txt'}: Der er ingen fil her.\n"


def test_every_document_of_a_zip_file_is_imported_by_itself(run, tmp_path):
    archive = tmp_path / "referater.zip"
    with zipfile.ZipFile(archive, "w") as members:
        members.writestr("2020/januar.txt", minutes(day="14-01-2020"))
        members.writestr("2020/februar.docx", docx("".join(map(p, minutes(day="11-02-2020").split("\n")))))
        members.writestr("2020/billede.png", b"\x89PNG\r\n\x1a\n" + bytes(100))
        members.writestr("__MACOSX/._januar.txt", b"\0\5\x16\7")
    status, printed = run(archive)
    assert (status, counts(printed)["imported"], counts(printed)["refused"]) == (1, 2, 1)
    assert "referater.zip/2020/billede.png" in " ".join(printed.split())
    assert Meeting.objects.count() == 2


def test_a_mail_with_several_minutes_is_imported_as_each_of_them(run, tmp_path):
    january, february = (
        minutes(day="14-01-2020").encode(),
        docx("".join(map(p, minutes(day="11-02-2020").split("\n")))),
    )
    sheet = zip_of({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"})
    mail = tmp_path / "referater.eml"
    mail.write_bytes(
        message(
            "Her er de.", {"referat januar.txt": january, "referat februar.docx": february, "tal.xlsx": sheet}
        )
    )
    status, printed = run(mail)
    assert (status, counts(printed)["imported"], counts(printed)["refused"]) == (1, 2, 1)
    assert "referater.eml/tal.xlsx" in " ".join(printed.split())
    assert counts(run(mail)[1])["unchanged"] == 2


def test_archives_and_mails_in_archives_are_opened_and_a_damaged_member_stops_no_other(run, tmp_path):
    mail = message("Hej", {"referat.txt": minutes(day="14-01-2020").encode(), "dagsorden.txt": b""})
    inner = zip_of({"februar.txt": minutes(day="11-02-2020").encode()})
    data = bytearray(zip_of({"a.eml": mail, "b.zip": inner, "c.txt": minutes(day="12-03-2020").encode()}))
    at = data.index(b"c.txt") + len("c.txt")
    data[at : at + 20] = bytes(20)
    archive = tmp_path / "alt.zip"
    archive.write_bytes(data)
    _status, printed = run(archive)
    assert (counts(printed)["imported"], counts(printed)["refused"]) == (2, 1)
    assert "alt.zip/c.txt: Filen er beskadiget" in " ".join(printed.split())


def test_the_folder_of_a_publication_is_one_document(run, tmp_path):
    with zipfile.ZipFile(
        io.BytesIO(sbsys(agenda(CYCLE_PATH), more={"Publication7/1.pdf": b"%PDF-"}))
    ) as files:
        files.extractall(tmp_path)
    status, printed = run(tmp_path, "--municipality", "Randers")
    assert (status, counts(printed)["imported"]) == (0, 1)
    assert Meeting.objects.get().items.get().title == "Cykelsti"
    assert counts(run(tmp_path / "Publication7" / "Publication7.xml")[1])["unchanged"] == 1


def test_a_damaged_zip_file_is_refused(run, tmp_path):
    (tmp_path / "referater.zip").write_bytes(b"PK\x03\x04 og ikke mere")
    status, printed = run(tmp_path)
    assert (status, counts(printed)["refused"]) == (1, 1)
    assert "beskadiget" in printed


def test_a_file_of_another_format_is_refused_when_it_is_named_outright(run, tmp_path):
    image, old = tmp_path / "referater.txt", tmp_path / "referat.docx"
    image.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    status, printed = run(image, old)
    assert (status, counts(printed)["refused"]) == (1, 2)
    assert "Filen er et billede." in " ".join(printed.split())
    assert "et Word-dokument i formatet fra før 2007" in " ".join(printed.split())
    assert not Meeting.objects.exists()


def test_a_path_that_is_not_there_is_refused(run, tmp_path):
    status, printed = run(tmp_path / "findes-ikke.txt")
    assert status == 1
    assert "findes-ikke.txt: Der er ingen fil her." in printed


def test_minutes_without_a_municipality_are_kept_rather_than_guessed(run, file):
    text = minutes(municipality="Vores")
    status, printed = run(file(text))
    assert (status, counts(printed)["unplaced"]) == (0, 1)
    assert "siger ikke kommunen" in " ".join(printed.split())
    assert Source.objects.exists()
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("name", ["Herning", "657", "Herning Kommune", "herning"])
def test_the_municipality_can_be_given_by_name_or_code(run, file, name):
    run(file(minutes(municipality="Vores")), "--municipality", name)
    assert Meeting.objects.get().committee.municipality.code == "657"


def test_a_new_municipality_is_created_only_with_the_option(run, file):
    path = file(minutes(municipality="Vores"))
    with pytest.raises(CommandError, match="unknown") as refused:
        run(path, "--municipality", "Ærøskov")
    assert refused.value.returncode == 2
    status, _printed = run(path, "--municipality", "Ærøskov", "--new")
    assert status == 0
    assert Municipality.objects.get(name="Ærøskov").slug == "aeroeskov"


def test_a_municipality_cannot_take_an_address_of_the_site(run, file):
    with pytest.raises(CommandError, match="valid address"):
        run(file(minutes()), "--municipality", "Søg", "--new")


def test_date_committee_and_encoding_can_be_given(run, file):
    path = file(minutes(), encoding="cp1252")
    run(path, "--date", "2021-05-04", "--committee", "Byrådet", "--encoding", "cp1252")
    meeting = Meeting.objects.get()
    assert meeting.get_absolute_url() == "/randers/byraadet/2021-05-04/"
    assert meeting.items.first().title == "Godkendelse af dagsorden"


@pytest.mark.parametrize(
    "wrong",
    [
        ("--date", "14-01-2020"),
        ("--encoding", "dansk"),
        ("--committee", "!"),
        ("--jobs", "0"),
        ("--new",),
    ],
)
def test_wrong_usage_is_reported_with_exit_status_two(run, file, wrong):
    with pytest.raises(CommandError) as refused:
        run(file(minutes()), *wrong)
    assert refused.value.returncode == 2
    assert not Meeting.objects.exists()


def test_the_same_bytes_said_to_be_another_meeting_are_refused(run, file):
    path = file(minutes())
    run(path)
    status, printed = run(path, "--date", "2021-05-04")
    assert status == 1
    assert "/randers/beskaeftigelsesudvalget/2020-01-14/" in printed


def test_drafts_are_not_published_and_not_searched(run, file):
    run(file(minutes()), "--draft")
    assert Meeting.objects.get().state == State.DRAFT
    assert not SearchEntry.objects.exists()


def test_a_dry_run_says_what_would_happen_and_changes_nothing(run, file, tmp_path, settings):
    file(minutes(), "a.txt")
    file(minutes(), "b.txt")
    _status, printed = run(tmp_path, "--dry-run")
    assert counts(printed)["imported"] == 1
    assert counts(printed)["unchanged"] == 1
    for model in (Meeting, Source, ImportRun):
        assert not model.objects.exists()
    assert not (Path(settings.ARCHIVE_DATA) / "sources").exists()


def test_the_report_contains_every_document(run, file, tmp_path):
    file(minutes(), "ind/god.txt")
    file("", "ind/tom.txt")
    run(tmp_path / "ind", "--report", tmp_path / "rapport.json")
    report = json.loads((tmp_path / "rapport.json").read_text(encoding="utf-8"))
    assert report["counts"] == {"imported": 1, "unchanged": 0, "updated": 0, "unplaced": 0, "refused": 1}
    by_name = {Path(result["file"]).name: result for result in report["documents"]}
    assert by_name["god.txt"]["meeting"] == "/randers/beskaeftigelsesudvalget/2020-01-14/"
    assert by_name["tom.txt"]["message"]


def test_every_run_is_stored_with_its_counts(run, file):
    run(file(minutes("Budget")))
    stored = ImportRun.objects.get()
    assert (stored.imported, stored.refused) == (1, 0)
    assert stored.finished_at
    assert Source.objects.get().run == stored


def test_the_original_bytes_are_stored_under_their_hash(run, file, settings):
    path = file(minutes(), encoding="utf-16")
    run(path)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    assert (Path(settings.ARCHIVE_DATA) / "sources" / sha256).read_bytes() == path.read_bytes()
    assert Source.objects.get().sha256 == sha256


def test_a_personal_number_makes_a_draft_and_is_reported_masked(run, file):
    status, printed = run(file(minutes(decision="Borger 010203-1234 fik medhold.")))
    assert status == 0
    assert "CPR" in printed
    assert "1234" not in printed
    assert Meeting.objects.get().state == State.DRAFT


def test_a_file_whose_name_is_not_unicode_is_imported(run, tmp_path):
    path = Path(str(tmp_path) + "/r\udce6ferat.txt")
    path.write_text(minutes(), encoding="utf-8")
    status, _printed = run(tmp_path)
    assert status == 0


@pytest.mark.skipif(not SEEDS.exists(), reason="../shared/seeds is not on this machine")
def test_the_five_real_minutes_are_imported_and_are_unchanged_the_second_time(run):
    status, printed = run(SEEDS)
    assert (status, counts(printed)["imported"]) == (0, 5)
    assert sorted(meeting.get_absolute_url() for meeting in Meeting.objects.published()) == [
        "/herning/beskaeftigelsesudvalget/2021-12-14/",
        "/odder/arbejdsmarkedsudvalget/2020-10-22/",
        "/randers/beskaeftigelsesudvalget/2017-12-05/",
        "/randers/beskaeftigelsesudvalget/2020-01-14/",
        "/randers/socialudvalget-inkl-de-ikke-arbejdsmarkedsparete-borgere/2015-03-25/",
    ]
    assert AgendaItem.objects.published().count() == 57
    status, printed = run(SEEDS)
    assert (status, counts(printed)["unchanged"]) == (0, 5)


def test_rereading_restores_the_rows(run, file, capsys):
    run(file(minutes("Budget")))
    AgendaItem.objects.update(title="Forkert")
    call_command("reread_minutes", "--all")
    assert AgendaItem.objects.get().title == "Budget"


def test_rereading_names_a_source_whose_bytes_are_missing(run, file, settings, capsys):
    run(file(minutes("Budget"), "væk.txt"))
    next((Path(settings.ARCHIVE_DATA) / "sources").iterdir()).unlink()
    with pytest.raises(SystemExit):
        call_command("reread_minutes", "--all")
    assert "væk.txt" in capsys.readouterr().out
    assert AgendaItem.objects.get().title == "Budget"


def test_what_a_killed_process_left_half_written_is_deleted_an_hour_later(run, file, settings):
    sources = Path(settings.ARCHIVE_DATA) / "sources"
    sources.mkdir(parents=True)
    hours = {".old": 2, ".new": 0, "whole": 2}
    for name, age in hours.items():
        (sources / name).write_text("Referat")
        os.utime(sources / name, (time.time() - age * 3600,) * 2)
    run(file(minutes("Budget")))
    names = {path.name for path in sources.iterdir()}
    assert {".new", "whole"} <= names
    assert ".old" not in names
