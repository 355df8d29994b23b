"""The hits of a page of search results, with the course of a case where several of its items are one hit."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.safestring import SafeString

from minutes.models import AgendaItem
from minutes.models.meetings import OUTCOMES
from minutes.models.votes import BALLOT_RESULTS
from minutes.search.grouping import CaseItem, CaseItems
from minutes.search.results import SearchResult
from minutes.vocabulary import Outcome

# Items of a case that a hit lists, and steps of its course, of which the last are shown.
_MAX_ITEMS, _MAX_STEPS = 20, 6
_OUTCOME_LABELS = dict(OUTCOMES)
_RESULT_LABELS = dict(BALLOT_RESULTS)


@dataclass
class Hit:
    """An item that matches; with a case, its other items, newest first, and what became of it each time.

    `course` is oldest first: "anbefalet", "vedtaget 16–2". `is_cut` says that it lacks the first steps.
    """

    item: AgendaItem
    passage: SafeString | str = ""
    case_number: str = ""
    case_address: str = ""
    others: list[AgendaItem] = field(default_factory=list)
    other_count: int = 0
    course: list[str] = field(default_factory=list)
    is_cut: bool = False


def hits_of(result: SearchResult) -> list[Hit]:
    """Return the hits of a page in their order, without passages. One query."""
    of_cases = {row.item for of_case in result.cases.values() for row in of_case.items[: _MAX_ITEMS + 1]}
    items = AgendaItem.objects.published().as_lines().in_bulk(of_cases.union(result.items))
    hits = [Hit(items[item]) for item in result.items if item in items]
    for hit in hits:
        if of_case := result.cases.get(hit.item.pk):
            _add_case(hit, of_case, items)
    return hits


def _add_case(hit: Hit, of_case: CaseItems, items: dict[int, AgendaItem]) -> None:
    rows = [row for row in of_case.items if row.item in items]
    hit.case_number = of_case.number
    hit.case_address = reverse("case", args=[hit.item.meeting.committee.municipality.slug, of_case.slug])
    hit.others = [items[row.item] for row in rows if row.item != hit.item.pk][:_MAX_ITEMS]
    hit.other_count = len(of_case.items) - 1
    course = list(filter(None, (_step(row, items[row.item]) for row in reversed(rows))))
    hit.course, hit.is_cut = course[-_MAX_STEPS:], len(course) > _MAX_STEPS or len(rows) < len(of_case.items)


def _step(row: CaseItem, item: AgendaItem) -> str:
    """Return what became of an item: "anbefalet", "vedtaget 16–2"; "" where it has no decision."""
    label = "" if item.outcome == Outcome.NONE else str(_OUTCOME_LABELS[item.outcome])
    if row.for_count is None:
        return label.lower()
    label = str(_RESULT_LABELS.get(row.result or "", label))
    return f"{label.lower()} {row.for_count}–{row.against_count}".strip()
