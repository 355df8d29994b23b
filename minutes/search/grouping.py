"""The items of the cases on a page of results that is grouped by case."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from minutes.search.database import connection
from minutes.search.matching import Condition

# Items of a case that are read: more than a case has steps in its timeline.
_MAX_ITEMS = 61

_ITEMS_OF_CASES = """
SELECT of_case.case_id, numbered.number, numbered.slug,
    of_case.item_id, of_case.matches, vote.result, vote.for_count, vote.against_count
FROM (
    SELECT DISTINCT case_id FROM minutes_searchentry WHERE item_id = ANY(%s::bigint[]) AND case_id IS NOT NULL
) place
JOIN minutes_case numbered ON numbered.id = place.case_id
CROSS JOIN LATERAL (
    SELECT entry.case_id, entry.item_id, entry.date, {condition} AS matches
    FROM minutes_casenumber number JOIN minutes_searchentry entry
        ON entry.item_id = number.item_id AND entry.case_id = number.case_id
    WHERE number.case_id = place.case_id ORDER BY entry.date DESC, entry.item_id DESC LIMIT {limit}
) of_case
LEFT JOIN LATERAL (
    SELECT result, for_count, against_count FROM minutes_ballot
    WHERE item_id = of_case.item_id AND subject = 'main' AND kind = 'motion'
        AND for_count IS NOT NULL AND against_count IS NOT NULL
    ORDER BY position LIMIT 1
) vote ON true
ORDER BY of_case.date DESC, of_case.item_id DESC
"""


class CaseItem(NamedTuple):
    """An item of a case, and the vote on its main question, None where its counts are not known."""

    item: int
    matches: bool
    result: str | None
    for_count: int | None
    against_count: int | None


@dataclass
class CaseItems:
    """A case with its published items, newest first."""

    number: str
    slug: str
    items: list[CaseItem] = field(default_factory=list)

    @property
    def newest_match(self) -> int | None:
        return next((row.item for row in self.items if row.matches), None)


def items_of_cases(places: Sequence[int], condition: Condition) -> dict[int, CaseItems]:
    """Return the cases of `places`, by each of their items; places without a case are missing.

    `condition` says which items match. One query.
    """
    sql = _ITEMS_OF_CASES.format(condition=condition.sql, limit=_MAX_ITEMS)
    cases: dict[int, CaseItems] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(places), *condition.values])
        for case, number, slug, *item in cursor.fetchall():
            cases.setdefault(case, CaseItems(number, slug)).items.append(CaseItem(*item))
    return {row.item: of_case for of_case in cases.values() for row in of_case.items}
