"""What must hold of a reading, whatever the bytes were."""

from minutes.reader import UnreadableDocument, read
from minutes.reader.notices import PARAMS
from minutes.reader.records import Document, as_facts, from_facts


def assert_sound(document: Document) -> None:
    """Every place lies in the text and holds the words it is said to hold; the facts go through JSON."""
    text = document.text
    end = 0
    for item in document.items:
        assert end <= item.start <= item.end <= len(text)
        end = item.end
        for section in item.sections:
            assert item.start <= section.start <= section.end <= item.end
        for section in item.sections:
            assert text[section.start : section.end] == section.text
        for each in (*item.ballots, *item.references):
            assert each.evidence.strip()
            assert text[each.start : each.end] == each.evidence
        for each in (*item.statements, *item.prior_decisions):
            assert text[each.start : each.end] == each.text
    for notice in (*document.warnings, *document.doubts):
        assert 0 <= notice.start <= notice.end <= len(text)
        assert set(notice.params) == set(PARAMS[notice.code])
    assert from_facts(as_facts(document)) == document


def read_or_refused(data: bytes) -> Document | None:
    """The reading; None when the bytes are refused, in one line."""
    try:
        return read(data)
    except UnreadableDocument as error:
        told = str(error)
    assert told
    assert "\n" not in told
    return None
