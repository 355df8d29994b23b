"""Writes the facts of a document in the shape of a reading by hand."""

from typing import Any

from minutes.reader.records import Document, as_facts

_SHOWN = 40
_COPIED = (
    "committee",
    "committee_as_printed",
    "term",
    "date",
    "start_time",
    "location",
    "participants",
    "absent",
)
_COPIED_OF_ITEMS = (
    *("number", "title", "case_number", "closed", "outcome", "attachments", "ballots", "reservations"),
    *("referred_to_council_by", "statements", "absent", "left_or_recused", "others_attending"),
    *("prior_decisions", "references", "case_flow"),
)


def as_reading(document: Document, file_name: str) -> dict[str, Any]:
    """Return the facts without offsets; a section is given by its heading, kind, and first and last words."""
    facts = as_facts(document)
    items = [
        {key: item[key] for key in _COPIED_OF_ITEMS}
        | {
            "decision": item["decision"],
            "sections": [
                {
                    "heading": section["heading"],
                    "kind": section["kind"],
                    "starts": " ".join(section["text"].split())[:_SHOWN],
                    "ends": " ".join(section["text"].split())[-_SHOWN:],
                }
                for section in item["sections"]
            ],
        }
        for item in facts["items"]
    ]
    return {
        "file": file_name,
        "municipality_code": (facts["municipality"] or {}).get("code"),
        **{key: facts[key] for key in _COPIED},
        "items": items,
    }
