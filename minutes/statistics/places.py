"""Filters for rows that belong to a committee or to a whole municipality.

Places are reached by plain joins: sub-queries take minutes on a database whose planner statistics are out of
date, as after a big import.
"""

from minutes.models import Committee, Municipality

Place = Committee | Municipality


def in_place(place: Place, path_to_meeting: str = "") -> dict[str, Place]:
    """Lookups that select the rows of `place`; `path_to_meeting` is like "item__meeting__".

    A joint meeting is one of each of its committees, and one of their municipality.
    """
    path = "committees" if isinstance(place, Committee) else "committee__municipality"
    return {f"{path_to_meeting}{path}": place}
