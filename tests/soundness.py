"""Checks that every reading must pass, whatever the bytes."""

from minutes.reader import UnreadableDocument, read
from minutes.reader.notices import PARAMS
from minutes.reader.records import Document, as_facts, from_facts


def assert_sound(document: Document) -> None:
    """Assert that every span is in the text and has the quoted words, and that the facts survive JSON."""
    text = document.text
    end = 0
    for item in document.items:
        assert end <= item.start <= item.end <= len(text)
        end = item.end
        for section in item.sections:
            assert item.start <= section.start <= section.end <= item.end
        for section in item.sections:
            assert text[section.start : section.end] == section.text
        for fact in (*item.ballots, *item.references):
            assert fact.evidence.strip()
            assert text[fact.start : fact.end] == fact.evidence
        for quote in (*item.statements, *item.prior_decisions):
            assert text[quote.start : quote.end] == quote.text
    for notice in (*document.warnings, *document.doubts):
        assert 0 <= notice.start <= notice.end <= len(text)
        assert set(notice.params) == set(PARAMS[notice.code])
    assert from_facts(as_facts(document)) == document


def read_or_refused(data: bytes) -> Document | None:
    """Return the reading; None when the bytes are refused with a message of one line."""
    try:
        return read(data)
    except UnreadableDocument as error:
        message = str(error)
    assert message
    assert "\n" not in message
    return None
