"""The facts of a reading and the corrections of a meeting as an export may contain them.

Of closed items they say no more than the public rows do, by the rules of `public_content`.
"""

from collections.abc import Iterable
from typing import Any

from minutes.models import AgendaItem, Correction, Reading
from minutes.privacy import replace_masks
from minutes.vocabulary import SectionKind


def public_facts(reading: Reading, rows: Iterable[AgendaItem]) -> dict[str, Any]:
    """Return the reading's facts without warnings and doubts, and without hidden content of closed items.

    `rows` are the reading's items with their ballots.
    """
    by_index = {row.reading_index: row for row in rows}
    items = [_public_item(item, by_index.get(index)) for index, item in enumerate(reading.item_facts)]
    public = {"warnings": [], "doubts": [], "grade": "certain", "items": items}
    # Facts of an earlier reader may lack some of these.
    return {**reading.facts, **{name: value for name, value in public.items() if name in reading.facts}}


def public_corrections(
    corrections: Iterable[Correction], closed: Iterable[AgendaItem]
) -> list[dict[str, Any]]:
    """Return the corrections, those of `closed` items without what the reading said before.

    Corrections of the structure quote the text of several items: they are left out where one is closed. The
    exported items are those that they lead to.

    A ballot of a closed item that was corrected is then one that was added; a false one is left out.
    """
    rows = {row.slug: row for row in closed}
    public = []
    for correction in corrections:
        if rows and correction.field in Correction.STRUCTURE:
            continue
        row = rows.get(correction.item_slug)
        if row and correction.field == Correction.Field.BALLOT and not (row.decision and correction.value):
            continue
        public.append(
            {
                "item_slug": correction.item_slug,
                "field": correction.field,
                "seen": None if row else correction.seen,
                "value": correction.value,
                "made_at": correction.made_at,
            }
        )
    return public


def _public_item(item: dict[str, Any], row: AgendaItem | None) -> dict[str, Any]:
    if not (row.closed if row else item["closed"]):
        return item
    public: dict[str, Any] = {name: [] if isinstance(value, list) else None for name, value in item.items()}
    public |= {name: item[name] for name in ("number", "case_number", "start", "end")}
    public |= {"title": "", "closed": True, "outcome": "none"}
    if row is None:
        return public
    public |= {"title": row.title, "outcome": row.outcome, "decision": row.decision or None}
    if replace_masks(item["decision"] or "") == row.decision != "":
        public["sections"] = [
            section for section in item["sections"] if section["kind"] == SectionKind.DECISION
        ]
    as_read = {ballot.evidence for ballot in row.ballots.all() if ballot.corrected_on is None}
    public["ballots"] = [ballot for ballot in item["ballots"] if replace_masks(ballot["evidence"]) in as_read]
    return public
