"""Stores documents as readings and loads them back."""

from dataclasses import dataclass
from typing import Any

import msgspec

from minutes.models import FalseHit, Meeting, Reading
from minutes.privacy import CPR_MASK, Fingerprints, Span, find_cpr_numbers, mask_spans
from minutes.publishing import ledger
from minutes.publishing.doubts import PARAMS
from minutes.reader.records import Document, as_facts, from_facts
from minutes.vocabulary import Grade


@dataclass(frozen=True)
class RedactedDocument:
    """A document as it is stored.

    Redactions are masked in `text`; in `document` the `unresolved_cpr_matches` are masked too.
    """

    text: str
    document: Document
    unresolved_cpr_matches: list[list[int]]


def load_document(reading: Reading) -> Document:
    """Return the reading's facts as the reader returned them, with its masked text and that of sections."""
    text = masked_text(reading)
    facts: dict[str, Any] = {**reading.facts, "text": text}
    facts["items"] = [
        {
            **item,
            "sections": [
                {**section, "text": text[section["start"] : section["end"]]} for section in item["sections"]
            ],
        }
        for item in reading.item_facts
    ]
    return from_facts(facts)


def masked_text(reading: Reading) -> str:
    """Return the reading's text with its unresolved CPR matches masked, and those of the present scanner."""
    text = mask_spans(reading.text, map(tuple, reading.unresolved_cpr_matches), CPR_MASK)
    return mask_possible_cpr_numbers(text, reading.meeting_id)


def mask_possible_cpr_numbers(text: str, meeting_id: int) -> str:
    """Return a text of the meeting with possible CPR numbers masked, except those that staff dismissed.

    Stored texts are searched again because the scanner may have improved since. One query if there is one.
    """
    if not any(find_cpr_numbers(text)):
        return text
    dismissed = frozenset(FalseHit.objects.filter(meeting=meeting_id).values_list("fingerprint", flat=True))
    return mask_spans(text, unresolved_cpr_spans(text, dismissed, ledger.fingerprints()), CPR_MASK)


def unresolved_cpr_spans(text: str, dismissed: frozenset[str], fingerprints: Fingerprints) -> list[Span]:
    """Return the places of possible CPR numbers whose fingerprint is not among `dismissed`."""
    return [
        (match.start, match.end)
        for match in find_cpr_numbers(text)
        if not dismissed or fingerprints.of_number(text[match.start : match.end]) not in dismissed
    ]


def storable_facts(document: Document) -> dict[str, Any]:
    """Return the document's facts as JSON without its text and without the sections' copies of it."""
    facts: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(as_facts(document)))
    del facts["text"]
    for item in facts["items"]:
        for section in item["sections"]:
            del section["text"]
    return facts


def set_doubts(reading: Reading, doubts: list[dict[str, Any]]) -> None:
    """Set the reading's doubts, as JSON, and its grade by them and its facts. Does not save it."""
    reading.doubts = doubts
    is_read = reading.facts["items"] or reading.facts.get("cancelled")
    reading.grade = Grade.UNREAD if not is_read else Grade.DOUBTFUL if doubts else Grade.CERTAIN


def save_reading(reading: Reading, redacted: RedactedDocument) -> None:
    """Replace the content of a stored reading after a redaction or takedown."""
    reading.text = redacted.text
    reading.facts = storable_facts(redacted.document)
    reading.warnings = reading.facts["warnings"]
    of_import = [doubt for doubt in reading.doubts if doubt["code"] in PARAMS]
    set_doubts(reading, [*reading.facts["doubts"], *of_import])
    reading.unresolved_cpr_matches = redacted.unresolved_cpr_matches
    reading.save(update_fields=["text", "facts", "warnings", "doubts", "grade", "unresolved_cpr_matches"])


def meeting_keys(meeting: Meeting) -> list[str]:
    """Return the keys of the meeting's present and former addresses. One query."""
    former = meeting.former_addresses.select_related("committee__municipality")
    return [meeting.key, *(address.key for address in former)]
