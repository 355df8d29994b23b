"""The Danish wording of the reader's warnings and doubts."""

import json

import pytest
from django.core.management import call_command

from minutes.publishing import doubts
from minutes.reader import read
from minutes.reader.notices import PARAMS, warning
from minutes.reader.records import as_facts, from_facts
from minutes.warning_messages import MESSAGES, message_of

ALL_PARAMS = {**PARAMS, **doubts.PARAMS}

TWO_ITEMS = "REFERAT Teknikudvalget d. 14-01-2020\n\nPunkt 1: Cykelsti\n\nResume\n\nStien anlægges.\n"


class Reported(dict):
    """Parameters that report which of them a message uses."""

    def __init__(self, params):
        super().__init__(params)
        self.used = set()

    def __getitem__(self, name):
        self.used.add(name)
        return super().__getitem__(name)


def test_every_code_of_the_reader_and_the_import_has_a_message():
    assert set(MESSAGES) == set(ALL_PARAMS)


@pytest.mark.parametrize("code", sorted(ALL_PARAMS))
def test_a_message_uses_the_parameters_of_its_code(code):
    names = set(ALL_PARAMS[code])
    if "number" in names:
        names = names - {"number", "title"} | {"item"}
    params = Reported(dict.fromkeys(names, "x"))
    assert str(MESSAGES[code]) % params
    assert params.used == names


def test_an_item_is_named_by_its_number_or_else_by_its_title():
    assert (
        message_of(warning("no_decision", 0, 1, number="7", title="Sti")) == "Punkt 7 har ingen beslutning."
    )
    assert message_of(warning("no_decision", 0, 1, number=None, title="Sti")) == "”Sti” har ingen beslutning."


def test_a_percent_sign_in_a_title_is_printed():
    message = message_of(warning("empty_item", 0, 1, number=None, title="Moms 25 % af %(x)s"))
    assert message == "”Moms 25 % af %(x)s” har ingen tekst."


def test_a_parameter_that_is_missing_or_too_many_is_an_error():
    with pytest.raises(TypeError, match="contents_differ"):
        warning("contents_differ", 0, 1, contents=2)


def test_a_warning_that_was_stored_with_its_message_is_read_and_shown():
    facts = as_facts(read(TWO_ITEMS.encode()))
    del facts["doubts"], facts["grade"]
    facts["warnings"] = [{"code": "no_decision", "message": "Punkt 1 mangler.", "start": 3, "end": 9}]
    document = from_facts(json.loads(json.dumps(facts)))
    (stored,) = document.warnings
    assert (stored.code, stored.start, stored.end) == ("no_decision", 3, 9)
    assert message_of(stored) == "Punkt 1 mangler."
    assert from_facts(as_facts(document)) == document


def test_parse_minutes_prints_the_message_of_each_warning(tmp_path, capfdbinary):
    path = tmp_path / "referat.txt"
    path.write_text(TWO_ITEMS)
    call_command("parse_minutes", str(path))
    facts = json.loads(capfdbinary.readouterr().out)
    (printed,) = facts["warnings"]
    assert (printed["code"], printed["message"]) == ("no_decision", "Punkt 1 har ingen beslutning.")
    assert facts["text"][printed["start"] : printed["end"]] == "Punkt 1: Cykelsti"
    assert (facts["grade"], facts["doubts"]) == ("certain", [])
