"""Applies a meeting's corrections to what a reading says, and detects readings that changed under them."""

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
from minutes.vocabulary import BallotKind, Outcome

Field = Correction.Field
State = Correction.State


@dataclass(frozen=True)
class CorrectedItem:
    """An item with its corrections applied, beside the item as printed.

    `fields` are the corrected fields; `ballot_dates` the day each ballot was corrected, or None.
    """

    item: Item
    printed: Item
    fields: frozenset[str] = frozenset()
    ballot_dates: list[date | None] = field(default_factory=list)


class Corrections:
    """The corrections in force of a meeting, by the address of their item.

    One query, and one for each correction whose state changes. With `update=False` no state is changed: for
    a version that is not current.
    """

    def __init__(self, meeting: Meeting, *, update: bool = True) -> None:
        self._update = update
        self._by_item: dict[str, list[Correction]] = defaultdict(list)
        for correction in meeting.corrections.in_force().order_by("id"):
            self._by_item[correction.item_slug].append(correction)

    def apply(self, item_slug: str, item: Item, text: str) -> CorrectedItem:
        """Return `item`, of a reading with this `text`, with its corrections."""
        changes: dict[str, Any] = {}
        for correction in self._by_item.get(item_slug, ()):
            if correction.field != Field.BALLOT:
                printed = getattr(item, correction.field)
                self._set_state(correction, printed, confirmed=printed in (correction.seen, correction.value))
                is_outcome = correction.field == Field.OUTCOME
                changes[correction.field] = Outcome(correction.value) if is_outcome else correction.value
        ballots = self._ballots(item_slug, item, text)
        corrected = msgspec.structs.replace(item, **changes, ballots=tuple(ballot for ballot, _ in ballots))
        return CorrectedItem(corrected, item, self.fields_of(item_slug), [day for _, day in ballots])

    def question_missing(self, slugs: Iterable[str]) -> None:
        """Question the corrections of items that are not among `slugs`, the meeting's present items."""
        present = {*slugs, ""}
        for item_slug, corrections in self._by_item.items():
            if item_slug not in present:
                for correction in corrections:
                    self._set_state(correction, None, confirmed=False)

    def fields_of(self, item_slug: str) -> frozenset[str]:
        return frozenset(correction.field for correction in self._by_item.get(item_slug, ()))

    def _set_state(self, correction: Correction, printed: Any, *, confirmed: bool) -> None:
        """Store whether the reading still says at the correction's place what it said before."""
        state = State.IN_FORCE if confirmed else State.QUESTIONED
        new_reading = None if confirmed else _as_json(printed)
        if self._update and (correction.state, correction.new_reading) != (state, new_reading):
            correction.state, correction.new_reading = state, new_reading
            correction.save(update_fields=["state", "new_reading"])

    def _of(self, item_slug: str, field: Correction.Field) -> list[Correction]:
        return [correction for correction in self._by_item.get(item_slug, ()) if correction.field == field]

    def _ballots(self, item_slug: str, item: Item, text: str) -> list[tuple[Ballot, date | None]]:
        ballots: list[tuple[Ballot, date | None]] = [(ballot, None) for ballot in item.ballots]
        for correction in self._of(item_slug, Field.BALLOT):
            at = next((at for at, (ballot, _) in enumerate(ballots) if _corrects(correction, ballot)), None)
            if correction.seen is None:
                self._add_missed(correction, at, ballots, item, text)
            else:
                self._replace(correction, at, ballots, item, text)
        return sorted(ballots, key=lambda dated: (dated[0].start, dated[0].end))

    def _add_missed(
        self,
        correction: Correction,
        at: int | None,
        ballots: list[tuple[Ballot, date | None]],
        item: Item,
        text: str,
    ) -> None:
        """Add a ballot that the reader missed, unless it reads it by now."""
        place = place_of(correction.value["evidence"], text, item.start, item.end)
        printed = msgspec.to_builtins(ballots[at][0]) if at is not None else None
        is_missing = printed is None and place is not None
        self._set_state(correction, printed, confirmed=is_missing)
        if is_missing and place:
            ballots.append((_ballot(correction.value, place), timezone.localdate(correction.made_at)))

    def _replace(
        self,
        correction: Correction,
        at: int | None,
        ballots: list[tuple[Ballot, date | None]],
        item: Item,
        text: str,
    ) -> None:
        """Replace a ballot by its correction, or remove a false one."""
        printed = msgspec.to_builtins(ballots[at][0]) if at is not None else None
        confirmed = printed is not None and _same(printed, correction.seen, correction.value)
        self._set_state(correction, printed, confirmed=confirmed)
        if at is None:
            return
        if correction.value is None:
            del ballots[at]
            return
        place = place_of(correction.value["evidence"], text, item.start, item.end)
        place = place or (ballots[at][0].start, ballots[at][0].end)
        ballots[at] = (_ballot(correction.value, place), timezone.localdate(correction.made_at))


def place_of(words: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the first place of `words` in text[start:end], whatever white space is between them."""
    if not words.split():
        return None
    match = re.compile(r"\s+".join(map(re.escape, words.split()))).search(text, start, end)
    return match.span() if match else None


def without_place(ballot: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the facts of a ballot that a correction compares: without offsets and votes of members.

    White space in the wording is collapsed. Facts of a reader before version 6 have no kind and no votes.
    """
    if ballot is None:
        return None
    facts = {key: value for key, value in ballot.items() if key not in {"start", "end", "votes"}}
    return {"kind": BallotKind.MOTION.value, **facts, "evidence": " ".join(ballot["evidence"].split())}


def _corrects(correction: Correction, ballot: Ballot) -> bool:
    """Return True if the correction is of this ballot: with the same wording and subject."""
    words = (correction.seen or correction.value)["evidence"].split()
    return words == ballot.evidence.split() and (
        correction.seen is None or correction.seen["subject"] == ballot.subject
    )


def _same(ballot: dict[str, Any], *others: dict[str, Any] | None) -> bool:
    facts = _as_json(without_place(ballot))
    return any(facts == without_place(other) for other in others)


def _as_json(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


def _ballot(facts: dict[str, Any], place: tuple[int, int]) -> Ballot:
    ballot = msgspec.convert(facts, Ballot)
    return msgspec.structs.replace(ballot, start=place[0], end=place[1])
