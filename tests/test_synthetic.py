"""Synthetic minutes are plausible and reproducible, and state the facts that the generator reports."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from minutes.privacy import find_cpr_numbers
from minutes.reader.municipalities import MUNICIPALITIES
from minutes.reader.municipality_mentions import find_municipality
from synthetic import SyntheticMinutes, generate_minutes
from synthetic.__main__ import main
from synthetic.formats import FORMATS
from tests.synthetic_facts import actual_and_expected, normalize_whitespace

ROOT = Path(__file__).parents[1]

MEETINGS_PER_FORMAT = 40
# Number of archives, each with its own seed. `make score` generates 10,000 meetings.
ARCHIVES = int(os.environ.get("SYNTHETIC_ARCHIVES", "1"))


@pytest.fixture(scope="module")
def minutes_by_format() -> dict[str, list[SyntheticMinutes]]:
    """Minutes by name of their format; every archive has one municipality per format."""
    by_format: dict[str, list[SyntheticMinutes]] = {minutes_format.name: [] for minutes_format in FORMATS}
    for seed in range(4, 4 + ARCHIVES):
        archive = generate_minutes(MEETINGS_PER_FORMAT * len(FORMATS), seed, municipalities=len(FORMATS))
        for position, minutes in enumerate(archive):
            by_format[FORMATS[position // MEETINGS_PER_FORMAT].name].append(minutes)
    return by_format


@pytest.fixture(scope="module")
def all_minutes(minutes_by_format) -> list[SyntheticMinutes]:
    return [minutes for group in minutes_by_format.values() for minutes in group]


@pytest.mark.parametrize("name", [minutes_format.name for minutes_format in FORMATS])
def test_the_reader_returns_the_facts_of_synthetic_minutes(minutes_by_format, name):
    for minutes in minutes_by_format[name]:
        actual, expected = actual_and_expected(minutes, name)
        assert actual == expected, minutes.path


def test_the_span_of_every_fact_contains_its_text(all_minutes):
    for minutes in all_minutes:
        for item in minutes.document.items:
            for record in (*item.sections, *item.statements, *item.prior_decisions):
                assert minutes.text[record.start : record.end] == record.text
            for record in (*item.ballots, *item.references):
                assert minutes.text[record.start : record.end] == record.evidence


def test_an_archive_contains_every_kind_of_fact(all_minutes):
    documents = [minutes.document for minutes in all_minutes]
    items = [item for document in documents for item in document.items]
    for field in (
        *("case_number", "closed", "attachments", "ballots", "reservations", "statements", "absent"),
        *("left_or_recused", "others_attending", "prior_decisions", "references", "case_flow"),
    ):
        assert any(getattr(item, field) for item in items), field
    assert {"approved", "noted", "recommended", "discussed", "postponed", "rejected", "none"} <= {
        item.outcome.value for item in items
    }
    assert {ballot.subject for item in items for ballot in item.ballots} == {
        *("main", "amendment", "part 1", "part 2", "part 3")
    }
    assert any("\t" in section.text for item in items for section in item.sections)
    assert len({document.committee for document in documents}) >= 7


def test_an_archive_covers_the_terms_of_several_councils():
    dates = [minutes.document.date or "" for minutes in generate_minutes(500, 4, 1)]
    assert dates == sorted(dates)
    assert dates[0] < "2022"
    assert dates[-1] > "2026-10"


def test_sections_follow_their_headings_in_text_order(all_minutes):
    for minutes in all_minutes:
        for item in minutes.document.items:
            end = 0
            for section in item.sections:
                assert section.heading is not None
                assert minutes.text[end : section.start].rstrip().endswith(section.heading)
                assert section.start >= end
                assert section.text == section.text.strip() != ""
                end = section.end


def test_a_decision_is_its_section_without_the_line_of_absent_members(all_minutes):
    for minutes in all_minutes:
        for item in minutes.document.items:
            own = [section for section in item.sections if section.kind == "decision"]
            assert len(own) == (item.decision is not None)
            for section in own:
                absent = section.clean.removesuffix(item.decision)
                assert absent == "" or re.fullmatch(r"Fraværende:[^\n]*\n", absent)


def test_the_clean_text_is_the_printed_text_without_typesetting(all_minutes):
    for minutes in all_minutes:
        for item in minutes.document.items:
            for section in item.sections:
                printed = re.sub(r"\n\n\f?[^\n]*\b[Ss]ide \d+\n\n", "\n", section.text).replace("\u00ad", "")
                printed = re.sub(r"(?<=[a-zæøå])-\n(?!og\b)", "", printed)
                printed = re.sub(r"^ *• ", "- ", printed, flags=re.MULTILINE)
                assert normalize_whitespace(printed) == normalize_whitespace(section.clean)


def test_the_evidence_of_a_ballot_names_its_members_and_parties(all_minutes):
    for minutes in all_minutes:
        for item in minutes.document.items:
            for ballot in item.ballots:
                words = normalize_whitespace(ballot.evidence)
                assert words in normalize_whitespace(item.decision)
                for name in (
                    *(*ballot.for_names, *ballot.against_names, *ballot.abstained_names),
                    *(*ballot.for_parties, *ballot.against_parties, *ballot.abstained_parties),
                ):
                    assert name in words


def test_no_member_is_both_present_and_absent(all_minutes):
    for minutes in all_minutes:
        document = minutes.document
        absent = {absence.name for absence in document.absent}
        assert not absent & {participant.name for participant in document.participants}
        for item in document.items:
            assert len({absence.name for absence in item.absent}) == len(item.absent)
            assert not absent & {absence.name for absence in item.left_or_recused}


def test_a_recused_member_is_absent_from_the_item(all_minutes):
    recused = [item for minutes in all_minutes for item in minutes.document.items if item.left_or_recused]
    assert {absence.reason for item in recused for absence in item.left_or_recused} == {"inhabil", None}
    assert all(absence in item.absent for item in recused for absence in item.left_or_recused)


def test_the_bytes_are_the_text_in_the_stated_encoding(all_minutes):
    seen = set()
    for minutes in all_minutes:
        source, data = minutes.document.source, minutes.data
        assert source.bytes == len(data)
        text = data.decode(source.encoding)
        seen.add((source.encoding, source.repaired, "\r\n" in text))
        text = text.replace("\r\n", "\n")
        if source.repaired:
            assert minutes.text not in text
            text = b"".join(map(_cp1252_byte, text)).decode()
        assert text == minutes.text
    assert {encoding for encoding, _, _ in seen} == {"utf-8", "utf-8-sig", "utf-16", "cp1252"}
    assert {("utf-8", True, False), ("utf-8", False, True)} <= seen


def _cp1252_byte(character: str) -> bytes:
    """Return the byte that was decoded to this character as Windows-1252."""
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")


@pytest.mark.parametrize(
    ("name", "example"),
    [
        ("punkt, with term", r"^Punkt 1: Godkendelse af dagsorden"),
        ("bulleted", r"^  • 2\n    .+\n    Sagsid\.: \d\d/\d+\n"),
        ("bulleted", r"^    Imod stemte:\n\n    Undlod at stemme:\n\n    (Godkendt|Anbefales)\.$"),
        ("bulleted", r"^    For stemte:  +\d+ \([A-ZØÅ+]+\)$"),
        ("repeated title", r"^1\. (.+ \(B\))\n\n1\.     \1\n\nSagsnr\.: 9\d\d-"),
        ("repeated title", r"^Ad 1: .+ med stemmerne \d+ for \(.+\) og \d+ imod \(.+\)\.$"),
        ("repeated title", r"^\(.\) stemmer imod, da .+\.$"),
        ("paged", r"^2\. .+ \.{3,} \d+$"),
        ("paged", r"[a-zæøå]\n\n\w+udvalget +\d\d-\d\d-\d{4} +Side \d+\n\n[a-zæøå]"),
        ("paged", r"[a-zæøå]{3}-\n[a-zæøå]{3}"),
        ("paged", r"^For forslaget stemte .+\nImod stemte \d+\nForslaget faldt\.$"),
        ("protocol", r"^fra Ekstraordinært møde (mandag|tirsdag|onsdag|torsdag) den "),
        ("protocol", r"^Nr\. \d+  BR \d+/\d\d\.$"),
        ("protocol", r"med\s+undtagelse\s+af\s+1\s+medlem"),
        ("protocol", r"med\s\d+\sstemmer\simod\s\d+\."),
        ("roll call", r"^Nr\.\d+ - Lukket punkt - "),
        ("roll call", r"[a-zæøå]\n\n\f.+, side \d+\n\n[a-zæøå]"),
        ("roll call", r"^Imod: \d+ \(.+ \(.\)\)\n\n.+\n\nListe . stemte imod, idet "),
        ("sentence header", r"\AReferat til mødet i .+ den \d+\. \w+ \d{4} kl\. \d\d:\d\d i "),
        ("sentence header", r"^For forslaget stemte \d+, .+\. Imod forslaget stemte \d+, "),
        ("sentence header", r"\w\u00ad\w"),
        ("English dates", r"^(Mandag|Tirsdag|Onsdag|Torsdag), (May|October|March) \d+, \d{4} - "),
        ("English dates", r"^Pkt\. (\d+) .+\n\nPkt\. \1 .+\n\n"),
        ("English dates", r"^Byrådet, \d\d-\d\d-\d{4}, pkt\. \d+$"),
        ("majorities", r"^\d+ medlem(mer)? \(.+\) anbefaler\. \d+ medlem(mer)? \(.+\) tager forbehold\.$"),
        ("majorities", r"Et flertal bestående af .+ Et mindretal bestående af .+ stemmer imod\."),
        ("table header", r"^1 : Godkendelse af dagsorden"),
        ("table header", r"^For stemte:\n\n\d+ \("),
        ("open and closed", r"^lukket 101 "),
        ("open and closed", r"^\w+\. (Liste \w )+(og Liste . )?stemmer imod\.$"),
    ],
)
def test_a_format_has_its_peculiarities(minutes_by_format, name, example):
    assert any(re.search(example, minutes.text, re.MULTILINE) for minutes in minutes_by_format[name])


def test_formats_have_different_names():
    names = {minutes_format.name for minutes_format in FORMATS}
    assert len(names) == len(FORMATS)
    assert len(names) >= 12


def test_cases_pass_through_several_committees(all_minutes):
    seen: dict[tuple[str, str], set[str]] = {}
    for minutes in all_minutes:
        for item in minutes.document.items:
            if item.case_number:
                seen.setdefault((minutes.municipality, item.case_number), set()).add(
                    minutes.document.committee or ""
                )
    assert sum(len(committees) >= 3 for committees in seen.values()) >= 10


def test_a_ballot_counts_no_more_voters_than_are_present(all_minutes):
    for minutes in all_minutes:
        document = minutes.document
        for item in document.items:
            for ballot in item.ballots:
                counts = (ballot.in_favour or 0) + (ballot.against or 0) + (ballot.abstained or 0)
                assert counts <= (len(document.participants) or 25)
                for count, names, parties in (
                    (ballot.in_favour, ballot.for_names, ballot.for_parties),
                    (ballot.against, ballot.against_names, ballot.against_parties),
                    (ballot.abstained, ballot.abstained_names, ballot.abstained_parties),
                ):
                    if count is None:
                        assert parties or not names
                    elif parties:
                        assert len(names) + len(parties) <= count
                    else:
                        assert len(names) in (0, count)


def test_the_same_seed_generates_the_same_bytes_in_another_process():
    command = (
        "import hashlib; from synthetic import generate_minutes; "
        "data = [m.path.encode() + m.data for m in generate_minutes(45, 9, 15)]; "
        "print(hashlib.sha256(b''.join(data)).hexdigest())"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", command],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(printed) == 1


def test_another_seed_generates_other_minutes():
    first, second = ([minutes.text for minutes in generate_minutes(3, seed)] for seed in (1, 2))
    assert first != second


def test_no_invented_municipality_is_a_real_one(all_minutes):
    real = {municipality.name for municipality in MUNICIPALITIES}
    assert not real & {minutes.municipality for minutes in all_minutes}
    assert all(find_municipality(minutes.text) is None for minutes in all_minutes)


def test_synthetic_minutes_contain_no_cpr_numbers(all_minutes):
    assert not any(list(find_cpr_numbers(minutes.text)) for minutes in all_minutes)


@pytest.mark.parametrize("meetings", [1, 2, 3, 250])
def test_the_requested_number_of_minutes_is_generated(meetings):
    assert len({minutes.path for minutes in generate_minutes(meetings, 1)}) == meetings


def test_the_command_writes_texts_and_their_facts(tmp_path, capsys):
    assert main([str(tmp_path / "ud"), "--meetings", "4", "--seed", "3", "--facts"]) == 0
    assert capsys.readouterr().out.startswith("4 minutes in ")
    texts = sorted((tmp_path / "ud").rglob("*.txt"))
    assert len(texts) == 4
    for path in texts:
        facts = json.loads(path.with_suffix(".json").read_text())
        assert facts["text"] == path.read_text()
        assert facts["items"]


def test_the_command_writes_documents_of_independent_conventions(tmp_path):
    assert main([str(tmp_path / "ud"), "--combined", "--meetings", "2", "--facts"]) == 0
    texts = sorted((tmp_path / "ud").rglob("*.txt"))
    assert len(texts) == 2
    assert all(json.loads(path.with_suffix(".json").read_text())["items"] for path in texts)


def test_the_command_does_not_write_to_a_folder_with_files(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("vigtigt")
    with pytest.raises(SystemExit) as exit_:
        main([str(tmp_path)])
    assert exit_.value.code == 2
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    "option", [("--meetings", "0"), ("--municipalities", "0"), ("--municipalities", "91"), ("--seed", "x")]
)
def test_the_command_reports_an_invalid_option(tmp_path, capsys, option):
    with pytest.raises(SystemExit) as exit_:
        main([str(tmp_path / "ud"), *option])
    assert exit_.value.code == 2
    assert option[0] in capsys.readouterr().err
    assert not (tmp_path / "ud").exists()


def test_the_module_runs_from_the_command_line(tmp_path):
    command = [sys.executable, "-m", "synthetic", str(tmp_path / "ud"), "--meetings", "1"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert len(list((tmp_path / "ud").rglob("*.txt"))) == 1


def test_the_image_leaves_the_package_out():
    # .dockerignore excludes everything but the paths listed in it.
    assert (ROOT / ".dockerignore").read_text().splitlines()[0] == "*"
    assert "synthetic" not in (ROOT / ".dockerignore").read_text()
    assert "synthetic" not in (ROOT / "Dockerfile").read_text()
