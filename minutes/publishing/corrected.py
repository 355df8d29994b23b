"""Applies a meeting's corrections to what a reading says, and detects readings that changed under them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

import msgspec
from django.utils import timezone

from minutes.models import Correction, Meeting, Reading
from minutes.models.danish import slug
from minutes.publishing.attendees import people_of, with_person
from minutes.publishing.readings import set_corrected_items, structured
from minutes.publishing.structure import Result, Structured
from minutes.reader.marked import with_decision
from minutes.reader.records import Ballot, Document, Item
from minutes.vocabulary import BallotKind, Outcome, VoteKnown

Field = Correction.Field
State = Correction.State

# The corrected facts of an item and of a meeting that have one plain value.
ITEM_FIELDS = (Field.NUMBER, Field.TITLE, Field.DECISION, Field.OUTCOME, Field.CLOSED, Field.CASE_NUMBER)
MEETING_FIELDS = (Field.LOCATION, Field.START_TIME, Field.END_TIME)


@dataclass(frozen=True)
class CorrectedItem:
    """An item with its corrections applied, beside the item as printed.

    `fields` are the corrected fields; `ballot_dates` the day each ballot was corrected, or None.
    """

    item: Item
    printed: Item
    fields: frozenset[str] = frozenset()
    ballot_dates: list[date | None] = field(default_factory=list)

    @property
    def numbered_as_printed(self) -> Item:
        """The corrected item with its printed number, by which files belong to items."""
        return msgspec.structs.replace(self.item, number=self.printed.number)


@dataclass(frozen=True)
class CorrectedMeeting:
    """The main document of a meeting with the corrections of the meeting's own facts; HH:MM or None."""

    document: Document
    end_time: str | None
    fields: frozenset[str] = frozenset()


class Corrections:
    """The corrections in force of a meeting, by the address of their item.

    One query, and one for each correction whose state changes; none with `is_new`, of a meeting that cannot
    have corrections yet. With `update=False` no state is changed: for a version that is not current.
    """

    def __init__(self, meeting: Meeting, *, update: bool = True, is_new: bool = False) -> None:
        self._update = update
        self._by_item: dict[str, list[Correction]] = defaultdict(list)
        self._operations: list[Correction] = []
        self._results: dict[int, set[Result]] = defaultdict(set)
        for correction in () if is_new else meeting.corrections.in_force().order_by("id"):
            self._by_item[correction.item_slug].append(correction)
            if correction.field in Correction.STRUCTURE:
                self._operations.append(correction)

    def structured(self, reading: Reading) -> Structured:
        """Return the document of `reading` with its items as repaired; store them if that changes them."""
        repaired = structured(reading, self._operations)
        for key, result in repaired.results.items():
            self._results[key].add(result)
        if self._update and set_corrected_items(reading, repaired):
            reading.save(update_fields=["corrected_items"])
        return repaired

    def settle_structure(self) -> None:
        """Store which corrections of the structure no document of the meeting has the words of."""
        for correction in self._operations:
            results = self._results[correction.pk]
            agrees = Result.AGREES in results and Result.APPLIED not in results
            is_gone = not results - {Result.GONE}
            self._set_state(correction, None, confirmed=not is_gone, agrees=agrees)

    def _lost(self) -> Iterator[Correction]:
        """Yield the corrections of the structure that no document has the words of."""
        for correction in self._operations:
            if not self._results[correction.pk] - {Result.GONE}:
                yield correction

    def order(self, addresses: Sequence[str]) -> list[int]:
        """Return the indexes of the items with these addresses, as read, in their corrected order.

        An item that the correction does not know stays behind the one that it is read behind.
        """
        natural = list(range(len(addresses)))
        for correction in self._of("", Field.ORDER):
            wanted = {address: place for place, address in enumerate(correction.value)}
            known = [address for address in addresses if address in wanted]
            agrees = known == [address for address in correction.value if address in known]
            as_before = known == [address for address in correction.seen if address in known]
            self._set_state(correction, known, confirmed=agrees or as_before, agrees=agrees)
            places, place = [], -1
            for address in addresses:
                place = wanted.get(address, place)
                places.append(place)
            natural.sort(key=lambda at: places[at])
        return natural

    def apply(self, item_slug: str, item: Item, document: Document) -> CorrectedItem:
        """Return `item` of `document` with its corrections."""
        read = self.as_marked(item_slug, item, document)
        changes: dict[str, Any] = {}
        for correction in self._by_item.get(item_slug, ()):
            if correction.field == Field.DECISION:
                is_gone = isinstance(correction.value, dict) and read is item
                changes |= self._change(correction, item, is_gone=is_gone)
            elif correction.field in ITEM_FIELDS:
                changes |= self._change(correction, read)
        if read is not item:
            changes["decision"] = read.decision
        changes |= self._closedness(item_slug, item)
        ballots = self._ballots(item_slug, read, document.text)
        corrected = msgspec.structs.replace(read, **changes, ballots=tuple(ballot for ballot, _ in ballots))
        return CorrectedItem(corrected, item, self.fields_of(item_slug), [day for _, day in ballots])

    def _closedness(self, item_slug: str, item: Item) -> dict[str, bool]:
        """Return the closedness of an item that a correction concerns which is lost; else nothing.

        It can contain what was another item: it is closed if one of them was, and no correction opens it.
        """
        lost = [correction for correction in self._lost() if item_slug in addresses_of_operation(correction)]
        if not lost:
            return {}
        concerned = set().union(*map(addresses_of_operation, lost))
        closed = [correction.value for address in concerned for correction in self._of(address, Field.CLOSED)]
        was_closed = any(correction.value["closed"] for correction in lost)
        return {"closed": True} if item.closed or was_closed or any(closed) else {}

    def as_marked(self, item_slug: str, item: Item, document: Document) -> Item:
        """Return `item` as read, or read again with the passage that was marked as its decision.

        A passage whose words are gone from the item marks nothing.
        """
        for correction in self._of(item_slug, Field.DECISION):
            if isinstance(correction.value, dict):
                places = places_of(correction.value["text"], document.text, item.start, item.end)
                if places:
                    place = min(places, key=lambda place: abs(place[0] - correction.value["start"]))
                    return with_decision(document, item, *place)
        return item

    def has_marked_decision(self, item_slug: str) -> bool:
        return any(isinstance(correction.value, dict) for correction in self._of(item_slug, Field.DECISION))

    def meeting(self, document: Document) -> CorrectedMeeting:
        """Return the main document with the corrections of the meeting's own facts."""
        changes: dict[str, Any] = {}
        for correction in self._by_item.get("", ()):
            if correction.field in MEETING_FIELDS:
                changes |= self._change(correction, document)
        end_time = changes.pop(Field.END_TIME.value, None)
        corrected = self._with_people(msgspec.structs.replace(document, **changes))
        return CorrectedMeeting(corrected, end_time, self.fields_of(""))

    def _with_people(self, document: Document) -> Document:
        """Return the document with the corrected attendance of each person."""
        corrections = self._of("", Field.ATTENDANCE)
        people = people_of(document) if corrections else {}
        for correction in corrections:
            key, value = attendee_of(correction), correction.value
            renamed = slug(value["name"]) if value else key
            key = renamed if key not in people and renamed in people else key
            printed = people.get(key)
            agrees = printed == value
            self._set_state(
                correction, printed, confirmed=agrees or printed == correction.seen, agrees=agrees
            )
            document = with_person(document, key, value)
        return document

    def _change(
        self, correction: Correction, facts: Item | Document, *, is_gone: bool = False
    ) -> dict[str, Any]:
        """Return the corrected value of a fact by its name; store whether `facts` still has the one read.

        `is_gone` when the words that the correction refers to are not in the text.
        """
        printed, value = getattr(facts, correction.field, None), plain_value(correction.value)
        agrees = _as_words(printed) == _as_words(value)
        is_as_before = printed == correction.seen and not is_gone
        self._set_state(correction, printed, confirmed=agrees or is_as_before, agrees=agrees)
        is_outcome = correction.field == Field.OUTCOME
        return {str(correction.field): Outcome(value) if is_outcome else value}

    def question_missing(self, slugs: Iterable[str]) -> None:
        """Question the corrections of items that are not among `slugs`, the meeting's present items."""
        present = {*slugs, ""}
        for item_slug, corrections in self._by_item.items():
            if item_slug not in present:
                for correction in corrections:
                    self._set_state(correction, None, confirmed=False)

    def fields_of(self, item_slug: str) -> frozenset[str]:
        return frozenset(correction.field for correction in self._by_item.get(item_slug, ()))

    def _set_state(
        self, correction: Correction, printed: Any, *, confirmed: bool, agrees: bool = False
    ) -> None:
        """Store whether the reading still says at the correction's place what it said before.

        It `agrees` when it says by now what the correction says.
        """
        state = State.IN_FORCE if confirmed else State.QUESTIONED
        new_reading = None if confirmed else _as_json(printed)
        stored = correction.state, correction.new_reading, correction.agrees
        if self._update and stored != (state, new_reading, agrees):
            correction.state, correction.new_reading, correction.agrees = state, new_reading, agrees
            correction.save(update_fields=["state", "new_reading", "agrees"])

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
        agrees = printed is not None and _same(printed, correction.value)
        self._set_state(correction, printed, confirmed=is_missing or agrees, agrees=agrees)
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
        agrees = printed == correction.value or (printed is not None and _same(printed, correction.value))
        self._set_state(correction, printed, confirmed=confirmed, agrees=agrees)
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
    return next(iter(places_of(words, text, start, end, most=1)), None)


def places_of(
    words: str, text: str, start: int, end: int, *, most: int | None = None
) -> list[tuple[int, int]]:
    """Return the places of `words` in text[start:end], at most so many, whatever white space is between."""
    if not words.split():
        return []
    matches = re.compile(r"\s+".join(map(re.escape, words.split()))).finditer(text, start, end)
    return [match.span() for match in islice(matches, most)]


def attendee_of(correction: Correction) -> str:
    """Return the slug of the name of the person whose attendance is corrected, as read, else as added."""
    return slug((correction.seen or correction.value)["name"])


def addresses_of_operation(correction: Correction) -> set[str]:
    """Return the addresses of the items that a correction of the structure concerns."""
    return {correction.item_slug, correction.value.get("from", correction.item_slug)}


def plain_value(value: Any) -> Any:
    """Return the value of a correction of a fact with a plain value: of a marked decision its text."""
    return value["text"] if isinstance(value, dict) else value


def is_same_ballot(one: dict[str, Any] | None, other: dict[str, Any] | None) -> bool:
    """Return True if the facts of two ballots differ at most in their place and in deduced votes.

    White space in the wording is nothing. Facts of a reader before version 6 have no kind and no votes, and
    so no parties at the votes.
    """
    if one is None or other is None:
        return one is other
    has_votes = bool(one.get("votes") and other.get("votes"))
    return _without_place(one) == _without_place(other) and (
        not has_votes or _printed_parties(one) == _printed_parties(other)
    )


def _without_place(ballot: dict[str, Any]) -> dict[str, Any]:
    facts = {key: value for key, value in ballot.items() if key not in {"start", "end", "votes"}}
    return {"kind": BallotKind.MOTION.value, **facts, "evidence": " ".join(ballot["evidence"].split())}


def _printed_parties(ballot: dict[str, Any]) -> dict[tuple[str, str], str | None]:
    return {
        (vote["choice"], vote["name"]): vote["party"]
        for vote in ballot["votes"]
        if vote["known"] == VoteKnown.PRINTED
    }


def _corrects(correction: Correction, ballot: Ballot) -> bool:
    """Return True if the correction is of this ballot: with the same wording and subject."""
    words = (correction.seen or correction.value)["evidence"].split()
    return words == ballot.evidence.split() and (
        correction.seen is None or correction.seen["subject"] == ballot.subject
    )


def _same(ballot: dict[str, Any], *others: dict[str, Any] | None) -> bool:
    facts = _as_json(ballot)
    return any(is_same_ballot(facts, other) for other in others)


def _as_words(value: Any) -> Any:
    """Return `value`, a text without differences of white space."""
    return " ".join(value.split()) if isinstance(value, str) else value


def _as_json(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


def _ballot(facts: dict[str, Any], place: tuple[int, int]) -> Ballot:
    ballot = msgspec.convert(facts, Ballot)
    return msgspec.structs.replace(ballot, start=place[0], end=place[1])
