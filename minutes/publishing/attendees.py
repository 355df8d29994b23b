"""The people of a document's lists of those present and absent as facts of one person each, and back."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from minutes.models.danish import slug
from minutes.reader.records import Absence, Document, Movement, Participant, Substitute

# Facts of one person, as `publishing.attendance` describes them.
Facts = dict[str, Any]

_LISTS = ("participants", "absent", "substitutes", "arrivals", "departures")


def people_of(document: Document) -> dict[str, Facts]:
    """Return the facts of the document's people by the slug of their name, without namesakes."""
    people: dict[str, Facts] = {}
    for participant in document.participants:
        _person(people, participant.name, party=participant.party)
    for absence in document.absent:
        _person(people, absence.name, party=absence.party, status="absent", reason=absence.reason)
    for substitute in document.substitutes:
        facts = {"status": "substitute", "for": substitute.absentee}
        _person(people, substitute.name, party=substitute.party, **facts)
    for arrival in document.arrivals:
        _person(people, arrival.name, arrived=arrival.time, arrived_item=arrival.item)
    for departure in document.departures:
        _person(people, departure.name, left=departure.time, left_item=departure.item)
    names = [*(member.name for member in document.participants), *(member.name for member in document.absent)]
    listed = Counter(map(slug, names))
    return {key: facts for key, facts in people.items() if listed[key] < 2}


def _person(people: dict[str, Facts], name: str, **facts: Any) -> None:
    known = people.setdefault(slug(name), new_person(name))
    known.update({key: value for key, value in facts.items() if value is not None})


def new_person(name: str) -> Facts:
    """Return the facts of a person of whom only the name is known."""
    return {
        "name": name,
        "party": None,
        "status": "present",
        "reason": None,
        "for": None,
        **dict.fromkeys(("arrived", "arrived_item", "left", "left_item")),
    }


def with_person(document: Document, key: str, facts: Facts | None) -> Document:
    """Return the document with the person of this slug as `facts` say, or without the person.

    The person stays at the same place of a list.
    """
    lists: dict[str, Sequence[Any]] = dict.fromkeys(_LISTS, ())
    if facts is not None:
        was_present = any(slug(participant.name) == key for participant in document.participants)
        lists |= dict(_records(facts, was_present=was_present))
    changes = {}
    for name in _LISTS:
        before = getattr(document, name)
        at = next((at for at, record in enumerate(before) if slug(record.name) == key), len(before))
        rest = [record for record in before if slug(record.name) != key]
        changes[name] = (*rest[:at], *lists[name], *rest[at:])
    return msgspec.structs.replace(document, **changes)


def _records(facts: Facts, *, was_present: bool) -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield the records of a person, by the list that they belong to."""
    name, party, status = facts["name"], facts["party"], facts["status"]
    if status == "present" or (status == "substitute" and was_present):
        yield "participants", [Participant(name=name, party=party)]
    if status == "absent":
        yield "absent", [Absence(name=name, party=party, reason=facts["reason"])]
    if status == "substitute":
        yield "substitutes", [Substitute(name=name, party=party, absentee=facts["for"])]
    for field, list_name in (("arrived", "arrivals"), ("left", "departures")):
        if facts[field] or facts[f"{field}_item"]:
            yield list_name, [Movement(name=name, time=facts[field], item=facts[f"{field}_item"])]
