"""Facts that the reader returns for synthetic minutes, next to those that the generator states."""

from typing import Any

from minutes.reader import read
from minutes.reader.records import as_facts
from synthetic import SyntheticMinutes


def actual_and_expected(minutes: SyntheticMinutes, format_name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the reader's facts and the generator's, without what the generator does not know.

    Warnings are left out: the generator does not know which empty items the reader warns about.
    """
    expected = as_facts(minutes.document)
    actual = as_facts(read(minutes.data, expected["source"]["name"]))
    actual, expected = (without_item_spans(facts | {"warnings": ()}) for facts in (actual, expected))
    actual, expected = (with_named_votes(facts) for facts in (actual, expected))
    if format_name.startswith("punkt"):
        return actual, expected
    return with_joined_lines(actual), with_joined_lines(expected)


def normalize_whitespace(text: str) -> str:
    return " ".join(text.split())


def with_joined_lines(facts: dict[str, Any]) -> dict[str, Any]:
    """Join the lines of each passage, since line breaks of a narrow column carry no meaning."""
    items = [
        {
            **item,
            "decision": normalize_whitespace(item["decision"] or ""),
            "sections": [
                {**section, "clean": normalize_whitespace(section["clean"])} for section in item["sections"]
            ],
        }
        for item in facts["items"]
    ]
    return {**facts, "items": items}


def without_item_spans(facts: dict[str, Any]) -> dict[str, Any]:
    """Remove the start and end of items, which the generator does not state."""
    return {**facts, "items": [{**item, "start": 0, "end": 0} for item in facts["items"]]}


def with_named_votes(facts: dict[str, Any]) -> dict[str, Any]:
    """Have each printed vote as a name and a choice, for the generator those of its names.

    The generator does not state which party is printed at a vote, nor which votes follow from others.
    """
    items = [
        {**item, "ballots": [_with_named_votes(ballot) for ballot in item["ballots"]]}
        for item in facts["items"]
    ]
    return {**facts, "items": items}


def _with_named_votes(ballot: dict[str, Any]) -> dict[str, Any]:
    named = [(name, side) for side in ("for", "against", "abstained") for name in ballot[f"{side}_names"]]
    printed = [(vote["name"], vote["choice"]) for vote in ballot["votes"] if vote["known"] == "printed"]
    return {**ballot, "votes": sorted(printed or named)}
