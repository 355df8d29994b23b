"""Writes believable minutes of councils that do not exist, and knows what they say. No Django.

`names` and `topics` are the material; `towns` makes municipalities, councils and committees; `agenda` lets
matters travel from meeting to meeting; `decisions` finds the words for what is decided; `printing` sets
each meeting's text and notes where every fact stands in it; `archive` does it all, meeting by meeting.
"""

from minutes.making.archive import MadeMinutes, make_archive

__all__ = ["MadeMinutes", "make_archive"]
