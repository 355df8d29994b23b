"""Made minutes: believable, always the same, and saying what they are said to say."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from minutes.making import MadeMinutes, make_archive
from minutes.privacy import personal_numbers
from minutes.reader import read
from minutes.reader.municipalities import MUNICIPALITIES, find_municipality
from minutes.reader.records import as_facts

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def made() -> list[MadeMinutes]:
    return list(make_archive(500, seed=4))


def test_the_reader_finds_just_what_the_maker_wrote(made):
    for minutes in made:
        told = as_facts(minutes.document)
        found = as_facts(read(minutes.text.encode(), told["source"]["name"]))
        # Whether an item without a word is worth a warning is the reader's own affair.
        assert found | {"warnings": ()} == told, minutes.path


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
    assert {ballot.subject for item in items for ballot in item.ballots} == {"main", "amendment"}
    assert any("\t" in section.text for item in items for section in item.sections)
    assert len({document.committee for document in documents}) >= 7
    assert len({document.date[:4] for document in documents if document.date}) >= 2


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
                assert len(ballot.against_names) in (0, ballot.against)


def test_the_same_seed_writes_the_same_bytes_in_another_process():
    command = (
        "import hashlib; from minutes.making import make_archive; "
        "print(hashlib.sha256(''.join(m.path + m.text for m in make_archive(40, 9)).encode()).hexdigest())"
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
    assert [each.text for each in make_archive(3, 1)] != [each.text for each in make_archive(3, 2)]


def test_no_invented_municipality_is_a_real_one(made):
    real = {each.name for each in MUNICIPALITIES}
    assert not real & {minutes.municipality for minutes in made}
    assert all(find_municipality(minutes.text) is None for minutes in made)


def test_made_minutes_hold_no_personal_numbers(made):
    assert not any(list(personal_numbers(minutes.text)) for minutes in made)


@pytest.mark.parametrize("meetings", [1, 2, 3, 250])
def test_as_many_minutes_are_made_as_asked_for(meetings):
    assert len({minutes.path for minutes in make_archive(meetings, 1)}) == meetings


def test_the_command_writes_texts_and_their_facts(tmp_path, capsys):
    call_command("make_minutes", str(tmp_path / "ud"), "--meetings", "4", "--seed", "3", "--facts")
    assert capsys.readouterr().out.startswith("4 minutes in ")
    texts = sorted((tmp_path / "ud").rglob("*.txt"))
    assert len(texts) == 4
    for path in texts:
        facts = json.loads(path.with_suffix(".json").read_text())
        assert facts["text"] == path.read_text()
        assert facts["items"]


def test_the_command_leaves_a_folder_with_files_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("vigtigt")
    with pytest.raises(CommandError, match="is not empty"):
        call_command("make_minutes", str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
