"""Stores documents as readings and loads them back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from minutes.models import Correction, FalseHit, Meeting, Reading
from minutes.privacy import CPR_MASK, Fingerprints, Span, find_cpr_numbers, mask_spans
from minutes.publishing import ledger
from minutes.publishing.anchors import find_anchor
from minutes.publishing.doubts import PARAMS
from minutes.publishing.structure import Structured, apply_structure
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
    """Return the reading's facts, with its masked text and that of sections.

    Its items are as staff repaired them when the meeting was projected last.
    """
    return _load(reading, reading.item_facts)


def structured(reading: Reading, operations: Sequence[Correction]) -> Structured:
    """Return the reading's document, as the reader returned it, with these corrections of its structure."""
    return apply_structure(_load(reading, reading.facts["items"]), operations)


def set_corrected_items(reading: Reading, repaired: Structured) -> bool:
    """Set the reading's items as repaired; return True if that changes them. Does not save it."""
    items = storable_facts(repaired.document)["items"] if repaired.results else None
    changed: bool = items != reading.corrected_items
    reading.corrected_items = items
    return changed


def _mask_anchors(reading: Reading, masked: str) -> None:
    """Mask in the anchors of the meeting's corrections what `masked`, the reading's new text, has masked."""
    for correction in reading.meeting.corrections.filter(field__in=Correction.STRUCTURE):
        value = dict(correction.value)
        for name, anchor in correction.value.items():
            place = find_anchor(anchor, reading.text) if isinstance(anchor, dict) else None
            if place and masked[slice(*place)] != reading.text[slice(*place)]:
                value[name] = anchor | {"words": masked[slice(*place)]}
        if value != correction.value:
            correction.value = value
            correction.save(update_fields=["value"])


def _load(reading: Reading, items: list[dict[str, Any]]) -> Document:
    text = masked_text(reading)
    facts: dict[str, Any] = {**reading.facts, "text": text}
    facts["items"] = [
        {
            **item,
            "sections": [
                {**section, "text": text[section["start"] : section["end"]]} for section in item["sections"]
            ],
        }
        for item in items
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
    """Replace the content of a stored reading after a redaction or takedown.

    What is masked in the text is masked in the words by which corrections of the structure find their place.
    """
    _mask_anchors(reading, redacted.text)
    reading.text = redacted.text
    reading.facts = storable_facts(redacted.document)
    reading.warnings = reading.facts["warnings"]
    of_import = [doubt for doubt in reading.doubts if doubt["code"] in PARAMS]
    set_doubts(reading, [*reading.facts["doubts"], *of_import])
    reading.unresolved_cpr_matches = redacted.unresolved_cpr_matches
    if reading.corrected_items is not None:
        set_corrected_items(reading, structured(reading, list(reading.meeting.corrections.of_structure())))
    changed = ("text", "facts", "corrected_items", "warnings", "doubts", "grade", "unresolved_cpr_matches")
    reading.save(update_fields=changed)


def meeting_keys(meeting: Meeting) -> list[str]:
    """Return the keys of the meeting's present and former addresses. One query."""
    former = meeting.former_addresses.select_related("committee__municipality")
    return [meeting.key, *(address.key for address in former)]
