"""Sort candidates by relevance, with PostgreSQL's ranking functions.

All candidates are ranked by their small vector, which is stored in the row; the best of them once more by the
full vector.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from minutes.search.database import connection
from minutes.search.matching import array_literal
from minutes.search.parsed_query import ParsedQuery

# The candidates that are ranked by the full vector.
_FULLY_RANKED = 200

# The value of a word by its weight, D to A; see `vectors`.
_WEIGHTS = "{0.05, 0.2, 0.5, 1.0}"
# Bonuses for words near each other, for all words in order, for a contested item, and for each year.
_NEAR, _IN_ORDER, _CONTESTED, _PER_YEAR = 0.5, 0.2, 0.01, 0.001
# Where an item may lack some words, the value of having one, wherever it is.
_PRESENT = 0.5


class _OrderBy(NamedTuple):
    sql: str
    values: list[Any]


def best_candidates(query: ParsedQuery, candidates: Sequence[int], start: int, count: int) -> list[int]:
    """Return `count` candidates from place `start` in the order of their rank. One or two queries."""
    page = []
    if start < _FULLY_RANKED:
        page = _by_full_rank(query, candidates, start, count)
        start, count = _FULLY_RANKED, count - len(page)
    if count and start < len(candidates):
        page += _by_small_rank(query, candidates, start, count)
    return page


def all_by_rank(query: ParsedQuery, candidates: Sequence[int]) -> Iterator[list[int]]:
    """Yield the best candidates, then all others, in the order of their rank. One query for each list."""
    best = _by_full_rank(query, candidates, 0, _FULLY_RANKED)
    yield best
    if len(best) < len(candidates):
        yield _by_small_rank(query, candidates, len(best), len(candidates))


def _by_full_rank(query: ParsedQuery, candidates: Sequence[int], start: int, count: int) -> list[int]:
    """Sort the best candidates by their full vector."""
    order = _rank_order("vector", query.full_rank, query)
    if len(candidates) <= _FULLY_RANKED:
        return _sorted(candidates, _OrderBy("", []), order, start, count)
    small = _rank_order("ranks", query.rank, query)
    best = _OrderBy(f"ORDER BY {small.sql} LIMIT {_FULLY_RANKED}", small.values)
    return _sorted(candidates, best, order, start, count)


def _by_small_rank(query: ParsedQuery, candidates: Sequence[int], start: int, count: int) -> list[int]:
    return _sorted(candidates, _OrderBy("", []), _rank_order("ranks", query.rank, query), start, count)


def _sorted(
    candidates: Sequence[int], selection: _OrderBy, order: _OrderBy, start: int, count: int
) -> list[int]:
    """Sort the candidates that `selection` (an ORDER BY with a LIMIT) leaves. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT item_id
            FROM (
                SELECT item_id, date, contested, vector, ranks FROM minutes_searchentry
                WHERE item_id = ANY(%s::bigint[]) {selection.sql}
            ) candidate
            ORDER BY {order.sql} OFFSET %s LIMIT %s
            """,
            [array_literal(candidates), *selection.values, *order.values, start, count],
        )
        return [item for (item,) in cursor.fetchall()]


def _rank_order(column: str, rank_query: str, query: ParsedQuery) -> _OrderBy:
    """Return the SQL to order by how well a vector matches, the newest first of equals."""
    if query.weights:
        sql, values = _rank_of_words(column, query.weights)
    else:
        sql, values = f"ts_rank(%s, {column}, %s::tsquery)", [_WEIGHTS, rank_query]
    if query.near:
        sql += f" + {_NEAR} * ts_rank_cd(%s, {column}, %s::tsquery)"
        values += [_WEIGHTS, query.near]
    if query.in_order:
        sql += f" + CASE WHEN {column} @@ %s::tsquery THEN {_IN_ORDER} ELSE 0 END"
        values += [query.in_order]
    sql += f" + CASE WHEN contested THEN {_CONTESTED} ELSE 0 END + {_PER_YEAR} * extract(year FROM date)"
    return _OrderBy(f"{sql} DESC, date DESC, item_id DESC", values)


def _rank_of_words(column: str, weights: Sequence[tuple[ParsedQuery, float]]) -> _OrderBy:
    """Return the SQL to rank by the words that an item has, each by its weight."""
    ranks: list[str] = []
    values: list[Any] = []
    for word, weight in weights:
        has_word, rank = (word.match, word.full_rank) if column == "vector" else (word.rank, word.rank)
        ranks.append(
            f"CASE WHEN {column} @@ %s::tsquery"
            f" THEN {weight} * ({_PRESENT} + ts_rank(%s, {column}, %s::tsquery)) ELSE 0 END"
        )
        values += [has_word, _WEIGHTS, rank]
    return _OrderBy(" + ".join(ranks), values)
