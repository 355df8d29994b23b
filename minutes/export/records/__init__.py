"""The records of an export: what pages show of each row, and nothing more.

Rows are in the order of their ids, which is the order of their creation. A record has its row's `id`, as
pages sort by it and feeds and calendars name their entries by it; records refer to each other by address.
`docs/export.md` describes the fields, `minutes.publishing.restore` imports the records.
"""

from typing import Any

JsonObject = dict[str, Any]


def fields(row: Any, *names: str) -> JsonObject:
    return {name: getattr(row, name) for name in names}
