"""Compares the reader's facts with readings by hand.

A reading is JSON: the facts of the reader's contract without offsets, with a section given by its heading,
kind, and first and last words (`starts`, `ends`). `missed` lists facts that the reader does not find yet, as
`differences` words them.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SIDES = ("for", "against", "abstained")


def reading_of(sample: Path) -> dict[str, Any]:
    """Return the reading by hand of the minutes at `sample`."""
    reading: dict[str, Any] = json.loads(sample.with_suffix(".json").read_text(encoding="utf-8"))
    return reading


def differences(facts: dict[str, Any], reading: dict[str, Any]) -> list[str]:
    """Return the differences of `facts` from the reading, one line each: "item 3 closed: True, not False"."""
    lines = [*_of("", _header(facts), _header(reading))]
    ours, theirs = facts["items"], reading["items"]
    numbers = [[(item["number"], item["title"]) for item in items] for items in (ours, theirs)]
    lines += _of("items", *numbers)
    if numbers[0] == numbers[1]:
        for got, want in zip(ours, theirs, strict=True):
            name = f"item {want['number'] or want['title']}"
            also = want.get("outcome_also", ())
            theirs_now = {**want, "outcome": got["outcome"]} if got["outcome"] in also else want
            lines += _of(name, _item(got), _item(theirs_now))
            lines += _sections(name, got, want)
    return lines


def _of(name: str, got: Any, want: Any) -> Iterator[str]:
    if isinstance(want, dict):
        for key in want:
            yield from _of(f"{name} {key}".strip(), got[key], want[key])
    elif got != want:
        yield f"{name}: {got!r}, not {want!r}"


def squash(text: str | None) -> str:
    return " ".join((text or "").split())


def _header(facts: dict[str, Any]) -> dict[str, Any]:
    municipality = facts.get("municipality_code")
    if isinstance(facts.get("municipality"), dict):
        municipality = facts["municipality"]["code"]
    return {
        "municipality": municipality,
        **{
            key: facts.get(key) for key in ("committee", "committee_as_printed", "term", "date", "start_time")
        },
        "location": squash(facts.get("location")),
        "participants": sorted(_names(facts.get("participants"))),
        "absent": sorted(_names(facts.get("absent"))),
    }


def _names(values: Any) -> list[str]:
    return [value if isinstance(value, str) else value["name"] for value in values or ()]


def _item(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "case_number": item["case_number"],
        "closed": item["closed"],
        "section kinds": [section["kind"] for section in item["sections"] if section["heading"]],
        "decision": squash(item.get("decision_clean") or item["decision"]),
        "outcome": item["outcome"],
        "attachments": [squash(title) for title in item["attachments"]],
        "ballots": [_ballot(ballot) for ballot in item["ballots"]],
        "reservations": [squash(name).rstrip(".") for name in _names(item["reservations"])],
        "absent": sorted(_names(item["absent"])),
        "others_attending": _names(item.get("others_attending")),
        "left_or_recused": sorted(_names(item.get("left_or_recused"))),
        "referred_to_council_by": _names(item.get("referred_to_council_by")),
        "statements": [statement["who"] for statement in item.get("statements") or ()],
        "prior_decisions": [_meeting(decision) for decision in item.get("prior_decisions") or ()],
        "references": [_meeting(mention) for mention in item.get("references") or () if mention.get("item")],
        "case_flow": [[step["committee"], step["date"]] for step in item.get("case_flow") or ()],
    }


def _ballot(ballot: dict[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {"subject": ballot["subject"], "result": ballot["result"]}
    for side in SIDES:
        parties = ballot.get(f"{side}_parties") or {}
        facts[side] = (ballot.get(side), sorted(_names(ballot.get(f"{side}_names"))), sorted(parties.items()))
    return facts


def _meeting(mention: dict[str, Any]) -> tuple[str | None, str | None, str | None]:
    return mention.get("committee"), mention.get("date"), mention.get("item")


def _sections(name: str, got: dict[str, Any], want: dict[str, Any]) -> Iterator[str]:
    """Yield the sections of the reading that the reader delimits differently."""
    ours = [(section["kind"], squash(section["text"])) for section in got["sections"]]
    for section in want["sections"]:
        starts, ends = squash(section.get("starts")), squash(section.get("ends"))
        if starts and not any(
            kind == section["kind"] and text.startswith(starts) and text.endswith(ends) for kind, text in ours
        ):
            yield f"{name} section: no {section['kind']} “{starts[:30]}…{ends[-20:]}”"
