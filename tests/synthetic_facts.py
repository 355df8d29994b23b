"""Made minutes as the reader reads them, beside what they are said to say."""

from typing import Any

from minutes.reader import read
from minutes.reader.records import as_facts
from synthetic import SyntheticMinutes


def actual_and_expected(minutes: SyntheticMinutes, form: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The facts that the reader finds and those that the maker tells, as far as the two must agree."""
    told = as_facts(minutes.document)
    found = as_facts(read(minutes.data, told["source"]["name"]))
    # Whether an item without a word is worth a warning is the reader's own affair.
    found, told = without_places(found | {"warnings": ()}), without_places(told | {"warnings": ()})
    return (found, told) if form.startswith("punkt") else (with_lines_joined(found), with_lines_joined(told))


def squashed(text: str) -> str:
    return " ".join(text.split())


def with_lines_joined(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts with the lines of each passage joined: where a narrow column breaks them says nothing."""
    items = [
        {
            **item,
            "decision": squashed(item["decision"] or ""),
            "sections": [{**each, "clean": squashed(each["clean"])} for each in item["sections"]],
        }
        for item in facts["items"]
    ]
    return {**facts, "items": items}


def without_places(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts without where each item begins and ends, which the maker does not tell."""
    return {**facts, "items": [{**item, "start": 0, "end": 0} for item in facts["items"]]}
