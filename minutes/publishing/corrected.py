"""Puts corrections over what a reading says, and notices where the reading has changed under them."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec
from django.utils import timezone

from minutes.models import Correction, Meeting
from minutes.reader.records import Ballot, Item
from minutes.vocabulary import Outcome

State = Correction.State


@dataclass
class Corrected:
    """An item with the corrections put over it; `ballot_dates` says when each ballot was corrected."""

    item: Item
    ballot_dates: list[date | None] = field(default_factory=list)


class Corrections:
    """Those in force of a meeting, by the address of their item. One query, and one for each that changes.

    With `ask=False` nothing is remembered of what was noticed: to look at a version before it is in force.
    """

    def __init__(self, meeting: Meeting, *, ask: bool = True) -> None:
        self._ask = ask
        self._by_item: dict[str, list[Correction]] = defaultdict(list)
        for each in meeting.corrections.in_force().order_by("id"):
            self._by_item[each.item_slug].append(each)

    def printed_title(self, item_slug: str, title: str) -> str:
        """The title that the reading had where `title` is a correction of it."""
        held = self._of(item_slug, Correction.Field.TITLE)
        return held[0].seen if held and held[0].seen else title

    def printed_case_number(self, item_slug: str, number: str) -> str:
        """The case number that the reading had where `number` is a correction of it."""
        held = self._of(item_slug, Correction.Field.CASE_NUMBER)
        return held[0].seen or "" if held else number

    def put_over(self, item_slug: str, item: Item, text: str) -> Corrected:
        """`item` as the municipality says it should be; `text` is its reading's."""
        changes: dict[str, Any] = {}
        for each in self._by_item.get(item_slug, ()):
            if each.field != Correction.Field.BALLOT:
                found = getattr(item, each.field)
                self._notice(each, found, as_seen=found in (each.seen, each.value))
                changes[each.field] = Outcome(each.value) if each.field == "outcome" else each.value
        ballots = self._ballots(item_slug, item, text)
        changes["ballots"] = tuple(ballot for ballot, _ in ballots)
        return Corrected(msgspec.structs.replace(item, **changes), [day for _, day in ballots])

    def ask_about_gone(self, slugs: Iterable[str]) -> None:
        """Question those whose item the meeting has no more."""
        present = {*slugs, ""}
        for item_slug, corrections in self._by_item.items():
            if item_slug not in present:
                for each in corrections:
                    self._notice(each, None, as_seen=False)

    def fields_of(self, item_slug: str) -> set[str]:
        return {each.field for each in self._by_item.get(item_slug, ())}

    def _notice(self, correction: Correction, found: Any, *, as_seen: bool) -> None:
        """Remember whether the reading still says at the correction's place what it said."""
        state = State.IN_FORCE if as_seen else State.QUESTIONED
        found = None if as_seen else _as_json(found)
        if self._ask and (correction.state, correction.found) != (state, found):
            correction.state, correction.found = state, found
            correction.save(update_fields=["state", "found"])

    def _of(self, item_slug: str, field: Correction.Field) -> list[Correction]:
        return [each for each in self._by_item.get(item_slug, ()) if each.field == field]

    def _ballots(self, item_slug: str, item: Item, text: str) -> list[tuple[Ballot, date | None]]:
        ballots: list[tuple[Ballot, date | None]] = [(each, None) for each in item.ballots]
        for each in self._of(item_slug, Correction.Field.BALLOT):
            day = timezone.localdate(each.made_at)
            at = next((at for at, (ballot, _) in enumerate(ballots) if _is_told_by(ballot, each)), None)
            found = msgspec.to_builtins(ballots[at][0]) if at is not None else None
            if each.seen is None:
                place = place_of(each.value["evidence"], text, item.start, item.end)
                # A better reader may have found the ballot by now.
                self._notice(each, found, as_seen=found is None and place is not None)
                if found is None and place is not None:
                    ballots.append((_ballot(each.value, place), day))
                continue
            self._notice(each, found, as_seen=found is not None and _same(found, each.seen, each.value))
            if at is None:
                continue
            if each.value is None:
                del ballots[at]
            else:
                place = place_of(each.value["evidence"], text, item.start, item.end)
                ballots[at] = (_ballot(each.value, place or (ballots[at][0].start, ballots[at][0].end)), day)
        return sorted(ballots, key=lambda each: (each[0].start, each[0].end))


def place_of(words: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where `words` stand in text[start:end], white space aside."""
    if not words.split():
        return None
    match = re.compile(r"\s+".join(map(re.escape, words.split()))).search(text, start, end)
    return match.span() if match else None


def without_place(ballot: dict[str, Any] | None) -> dict[str, Any] | None:
    """The facts of a ballot without where it stands, its wording's white space collapsed."""
    if ballot is None:
        return None
    told = {key: value for key, value in ballot.items() if key not in {"start", "end"}}
    return {**told, "evidence": " ".join(ballot["evidence"].split())}


def _is_told_by(ballot: Ballot, correction: Correction) -> bool:
    """Whether the correction is of this ballot: the same wording, or what it was corrected from in part."""
    told = (correction.seen or correction.value)["evidence"].split()
    return told == ballot.evidence.split() and (
        correction.seen is None or correction.seen["subject"] == ballot.subject
    )


def _same(found: dict[str, Any], *others: dict[str, Any] | None) -> bool:
    plain = _as_json(without_place(found))
    return any(plain == without_place(each) for each in others)


def _as_json(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


def _ballot(facts: dict[str, Any], place: tuple[int, int]) -> Ballot:
    ballot = msgspec.convert(facts, Ballot)
    return msgspec.structs.replace(ballot, start=place[0], end=place[1])
