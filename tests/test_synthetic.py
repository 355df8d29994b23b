"""Made minutes: believable, always the same, and saying what they are said to say."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from minutes.privacy import find_cpr_numbers
from minutes.reader.municipalities import MUNICIPALITIES, find_municipality
from synthetic import SyntheticMinutes, generate_minutes
from synthetic.__main__ import main
from synthetic.formats import FORMATS
from tests.synthetic_facts import actual_and_expected, squashed

ROOT = Path(__file__).parents[1]


MEETINGS_OF_EACH_FORM = 40
# Archives of another seed each. `make score` asks for as many as make 10,000 meetings.
ARCHIVES = int(os.environ.get("SYNTHETIC_ARCHIVES", "1"))


@pytest.fixture(scope="module")
def of_form() -> dict[str, list[SyntheticMinutes]]:
    """Minutes in every form: each has a municipality of every archive."""
    made: dict[str, list[SyntheticMinutes]] = {form.name: [] for form in FORMATS}
    for seed in range(4, 4 + ARCHIVES):
        archive = generate_minutes(MEETINGS_OF_EACH_FORM * len(FORMATS), seed, municipalities=len(FORMATS))
        for at, minutes in enumerate(archive):
            made[FORMATS[at // MEETINGS_OF_EACH_FORM].name].append(minutes)
    return made


@pytest.fixture(scope="module")
def made(of_form) -> list[SyntheticMinutes]:
    return [minutes for form in of_form.values() for minutes in form]


@pytest.mark.parametrize("form", [form.name for form in FORMATS])
def test_the_reader_returns_the_facts_of_synthetic_minutes(of_form, form):
    for minutes in of_form[form]:
        found, told = actual_and_expected(minutes, form)
        assert found == told, minutes.path


def test_every_place_holds_the_words_it_is_said_to_hold(made):
    for minutes in made:
        for item in minutes.document.items:
            for each in (*item.sections, *item.statements, *item.prior_decisions):
                assert minutes.text[each.start : each.end] == each.text
            for each in (*item.ballots, *item.references):
                assert minutes.text[each.start : each.end] == each.evidence


def test_made_archives_hold_all_that_minutes_hold(made):
    documents = [minutes.document for minutes in made]
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


def test_an_archive_goes_back_over_the_years_of_several_councils():
    dates = [minutes.document.date or "" for minutes in generate_minutes(500, 4, 1)]
    assert dates == sorted(dates)
    assert dates[0] < "2022" < "2026-10" < dates[-1]


def test_a_heading_stands_before_its_section_and_the_sections_in_their_order(made):
    for minutes in made:
        for item in minutes.document.items:
            end = 0
            for section in item.sections:
                assert section.heading is not None
                assert minutes.text[end : section.start].rstrip().endswith(section.heading)
                assert section.start >= end
                assert section.text == section.text.strip() != ""
                end = section.end


def test_the_decision_is_its_section_without_the_absent(made):
    for minutes in made:
        for item in minutes.document.items:
            own = [section for section in item.sections if section.kind == "decision"]
            assert len(own) == (item.decision is not None)
            for section in own:
                absent = section.clean.removesuffix(item.decision)
                assert absent == "" or re.fullmatch(r"Fraværende:[^\n]*\n", absent)


def test_what_reads_is_what_is_printed_with_the_printing_undone(made):
    for minutes in made:
        for item in minutes.document.items:
            for section in item.sections:
                printed = re.sub(r"\n\n\f?[^\n]*\b[Ss]ide \d+\n\n", "\n", section.text).replace("\u00ad", "")
                printed = re.sub(r"(?<=[a-zæøå])-\n(?!og\b)", "", printed)
                printed = re.sub(r"^ *• ", "- ", printed, flags=re.MULTILINE)
                assert squashed(printed) == squashed(section.clean)


def test_everybody_and_every_party_of_a_ballot_is_named_in_its_words(made):
    for minutes in made:
        for item in minutes.document.items:
            for ballot in item.ballots:
                words = squashed(ballot.evidence)
                assert words in squashed(item.decision)
                for each in (
                    *(*ballot.for_names, *ballot.against_names, *ballot.abstained_names),
                    *(*ballot.for_parties, *ballot.against_parties, *ballot.abstained_parties),
                ):
                    assert each in words


def test_nobody_takes_part_in_a_meeting_and_is_absent_from_it(made):
    for minutes in made:
        document = minutes.document
        absent = {each.name for each in document.absent}
        assert not absent & {each.name for each in document.participants}
        for item in document.items:
            assert len({each.name for each in item.absent}) == len(item.absent)
            assert not absent & {each.name for each in item.left_or_recused}


def test_whoever_is_recused_is_absent_from_the_item(made):
    recused = [item for minutes in made for item in minutes.document.items if item.left_or_recused]
    assert {each.reason for item in recused for each in item.left_or_recused} == {"inhabil", None}
    assert all(each in item.absent for item in recused for each in item.left_or_recused)


def test_the_bytes_are_the_text_in_the_encoding_that_is_told(of_form):
    seen = set()
    for minutes in (each for some in of_form.values() for each in some):
        source, data = minutes.document.source, minutes.data
        assert source.bytes == len(data)
        text = data.decode(source.encoding)
        seen.add((source.encoding, source.repaired, "\r\n" in text))
        text = text.replace("\r\n", "\n")
        if source.repaired:
            assert minutes.text not in text
            text = b"".join(_byte(each) for each in text).decode()
        assert text == minutes.text
    assert {encoding for encoding, _, _ in seen} == {"utf-8", "utf-8-sig", "utf-16", "cp1252"}
    assert {("utf-8", True, False), ("utf-8", False, True)} <= seen


def _byte(character: str) -> bytes:
    """Of what was a byte before it was taken for Windows-1252."""
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")


@pytest.mark.parametrize(
    ("form", "example"),
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
def test_a_form_shows_what_is_peculiar_to_it(of_form, form, example):
    assert any(re.search(example, minutes.text, re.MULTILINE) for minutes in of_form[form])


def test_the_forms_differ_in_their_names():
    assert len({form.name for form in FORMATS}) == len(FORMATS) >= 12


def test_cases_travel_through_several_committees(made):
    seen: dict[tuple[str, str], set[str]] = {}
    for minutes in made:
        for item in minutes.document.items:
            if item.case_number:
                seen.setdefault((minutes.municipality, item.case_number), set()).add(
                    minutes.document.committee or ""
                )
    assert sum(len(committees) >= 3 for committees in seen.values()) >= 10


def test_a_ballot_counts_no_more_voters_than_are_present(made):
    for minutes in made:
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


def test_the_same_seed_writes_the_same_bytes_in_another_process():
    command = (
        "import hashlib; from synthetic import generate_minutes; "
        "made = [m.path.encode() + m.data for m in generate_minutes(45, 9, 15)]; "
        "print(hashlib.sha256(b''.join(made)).hexdigest())"
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


def test_another_seed_writes_other_minutes():
    assert [each.text for each in generate_minutes(3, 1)] != [each.text for each in generate_minutes(3, 2)]


def test_no_invented_municipality_is_a_real_one(made):
    real = {each.name for each in MUNICIPALITIES}
    assert not real & {minutes.municipality for minutes in made}
    assert all(find_municipality(minutes.text) is None for minutes in made)


def test_made_minutes_hold_no_personal_numbers(made):
    assert not any(list(find_cpr_numbers(minutes.text)) for minutes in made)


@pytest.mark.parametrize("meetings", [1, 2, 3, 250])
def test_as_many_minutes_are_made_as_asked_for(meetings):
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
