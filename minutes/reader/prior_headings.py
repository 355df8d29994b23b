"""Headings with a body or a day over decisions of other meetings, where the header does not say it.

Where most items have a heading without a day that decides too ("Beslutning"), that one is the meeting's own;
else the latest of several days is.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from minutes.reader.bodies import same_committee
from minutes.reader.decision_headings import DecisionHeading
from minutes.reader.heading_features import Candidate
from minutes.reader.headings import Own
from minutes.reader.layout import Line
from minutes.vocabulary import SectionKind


class Deciding:
    """The headings of decisions of one item, by whether they name a body or a day."""

    def __init__(self) -> None:
        self.dated: list[tuple[int, DecisionHeading]] = []
        self.undated: list[int] = []


def prior_headings(
    lines: Sequence[Candidate],
    kinds: Mapping[int, tuple[SectionKind, bool]],
    bodies: Sequence[Sequence[Line]],
    own: Own,
) -> Iterator[int]:
    """Yield the starts of headings that head prior decisions though nothing in the header says so.

    `kinds` are the headings' kinds by their starts, and whether their words are weak.
    """
    if own.committee and own.date:
        return
    by_item = _deciding(lines, kinds, bodies, own)
    dated = [item for item in by_item.values() if item.dated]
    mixed = [item for item in dated if item.undated]
    if mixed and 2 * len(mixed) >= len(dated):
        for item in mixed:
            yield from (start for start, decided in item.dated if not _is_confirmed(decided, own))
    elif not own.committee and not own.date:
        for item in dated:
            yield from _all_but_latest(item.dated)


def _deciding(
    lines: Sequence[Candidate],
    kinds: Mapping[int, tuple[SectionKind, bool]],
    bodies: Sequence[Sequence[Line]],
    own: Own,
) -> dict[int, Deciding]:
    """Return the headings of decisions by item; weak ones only where the header names nothing."""
    heads = {candidate.line.start: candidate for candidate in lines if candidate.line.start in kinds}
    by_item: dict[int, Deciding] = defaultdict(Deciding)
    for start, candidate in heads.items():
        kind, weak = kinds[start]
        if kind is not SectionKind.DECISION or (weak and (own.committee or own.date)):
            continue
        decided = candidate.decided
        if decided and (decided.body or decided.date):
            by_item[candidate.item].dated.append((start, decided))
        elif _has_text(candidate, bodies[candidate.item], heads):
            by_item[candidate.item].undated.append(start)
    return by_item


def _has_text(candidate: Candidate, body: Sequence[Line], heads: Mapping[int, Candidate]) -> bool:
    """Return True if words, and not the next heading, are behind a heading or below it."""
    if candidate.rest < len(candidate.line.text):
        return True
    below = next((line for line in body[candidate.place + 1 :] if line.text), None)
    return below is not None and below.start not in heads


def _is_confirmed(decided: DecisionHeading, own: Own) -> bool:
    if own.date:
        return decided.date == own.date
    return decided.date is None and bool(own.committee) and same_committee(decided.body, own.committee)


def _all_but_latest(dated: Sequence[tuple[int, DecisionHeading]]) -> Iterator[int]:
    """Yield the headings of one item that are not of the latest day; all of them if several bodies are."""
    days = {decided.date or "" for _, decided in dated}
    latest = max(days, default="")
    bodies = {decided.body for _, decided in dated if (decided.date or "") == latest}
    for start, decided in dated:
        if (decided.date or "") != latest or len(bodies) > 1:
            yield start
