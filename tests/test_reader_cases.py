"""The reader on one invented document per kind of difficulty: tests/reader_cases/README.md."""

import json
from pathlib import Path

import pytest

from minutes.reader import read
from minutes.reader.records import as_facts
from tests.fact_checks import parse_checks
from tests.soundness import assert_sound

CASES = Path(__file__).parent / "reader_cases"
SEPARATOR = "\n=== expected ===\n"
# Only ever remove lines from this file: a case in it that passes fails the test.
UNSOLVED = frozenset((CASES / "unsolved").read_text(encoding="utf-8").split())
PATHS = {path.relative_to(CASES).with_suffix("").as_posix(): path for path in sorted(CASES.glob("*/*.txt"))}


def _parameter(name: str) -> object:
    marks = [pytest.mark.xfail(reason="not read yet", strict=True)] if name in UNSOLVED else []
    return pytest.param(PATHS[name], id=name, marks=marks)


@pytest.mark.parametrize("path", [_parameter(name) for name in PATHS])
def test_a_document_of_this_kind_is_read(path):
    text, expected = path.read_text(encoding="utf-8").split(SEPARATOR)
    document = read(text.encode(), path.name)
    facts = json.loads(json.dumps(as_facts(document)))
    failures = [*filter(None, (check.failure(facts) for check in parse_checks(expected)))]
    assert not failures, "\n".join(failures)
    assert_sound(document)
    if ".ballots." not in expected and " ballots" not in expected:
        assert [ballot for item in facts["items"] for ballot in item["ballots"]] == []


def test_the_list_of_unsolved_kinds_names_existing_ones():
    assert set(PATHS) >= UNSOLVED
