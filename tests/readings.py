"""Readings of minutes by hand, held against what the reader says.

A reading is JSON: the facts of the reader's contract without places, where a section is told by its heading,
its kind and its first and last words (`starts`, `ends`). `missed` lists, in the words of `differences`, what
the text says and the reader does not find yet.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SIDES = ("for", "against", "abstained")


def reading_of(sample: Path) -> dict[str, Any]:
    """The reading by hand of the minutes at `sample`."""
    reading: dict[str, Any] = json.loads(sample.with_suffix(".json").read_text(encoding="utf-8"))
    return reading


def differences(facts: dict[str, Any], reading: dict[str, Any]) -> list[str]:
    """Where the reader's `facts` differ from the reading, a line each: "item 3 closed: True, not False"."""
    found = [*_of("", _header(facts), _header(reading))]
    ours, theirs = facts["items"], reading["items"]
    numbers = [[(each["number"], each["title"]) for each in items] for items in (ours, theirs)]
    found += _of("items", *numbers)
    if numbers[0] == numbers[1]:
        for got, want in zip(ours, theirs, strict=True):
            name = f"item {want['number'] or want['title']}"
            also = want.get("outcome_also", ())
            theirs_now = {**want, "outcome": got["outcome"]} if got["outcome"] in also else want
            found += _of(name, _item(got), _item(theirs_now))
            found += _sections(name, got, want)
    return found


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
    return [each if isinstance(each, str) else each["name"] for each in values or ()]


def _item(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "case_number": item["case_number"],
        "closed": item["closed"],
        "section kinds": [each["kind"] for each in item["sections"] if each["heading"]],
        "decision": squash(item.get("decision_clean") or item["decision"]),
        "outcome": item["outcome"],
        "attachments": [squash(each) for each in item["attachments"]],
        "ballots": [_ballot(each) for each in item["ballots"]],
        "reservations": [squash(each).rstrip(".") for each in _names(item["reservations"])],
        "absent": sorted(_names(item["absent"])),
        "others_attending": _names(item.get("others_attending")),
        "left_or_recused": sorted(_names(item.get("left_or_recused"))),
        "referred_to_council_by": _names(item.get("referred_to_council_by")),
        "statements": [each["who"] for each in item.get("statements") or ()],
        "prior_decisions": [_meeting(each) for each in item.get("prior_decisions") or ()],
        "references": [_meeting(each) for each in item.get("references") or () if each.get("item")],
        "case_flow": [[each["committee"], each["date"]] for each in item.get("case_flow") or ()],
    }


def _ballot(ballot: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"subject": ballot["subject"], "result": ballot["result"]}
    for side in SIDES:
        parties = ballot.get(f"{side}_parties") or {}
        told[side] = (ballot.get(side), sorted(_names(ballot.get(f"{side}_names"))), sorted(parties.items()))
    return told


def _meeting(each: dict[str, Any]) -> tuple[str | None, str | None, str | None]:
    return each.get("committee"), each.get("date"), each.get("item")


def _sections(name: str, got: dict[str, Any], want: dict[str, Any]) -> Iterator[str]:
    """The sections of the reading that the reader limits otherwise."""
    ours = [(each["kind"], squash(each["text"])) for each in got["sections"]]
    for section in want["sections"]:
        starts, ends = squash(section.get("starts")), squash(section.get("ends"))
        if starts and not any(
            kind == section["kind"] and text.startswith(starts) and text.endswith(ends) for kind, text in ours
        ):
            yield f"{name} section: no {section['kind']} “{starts[:30]}…{ends[-20:]}”"
