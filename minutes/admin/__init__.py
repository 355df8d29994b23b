"""The staff's pages: upload, review, correct, publish, take down; and every table, to search and filter.

`dashboard` is the front page of `archive.staff`; `own` keeps each to their municipalities; `upload`,
`review`, `correcting`, `acts` and `people` are the way of a document; the others show the tables.
"""

from minutes.admin import cases, editing, meetings, places, sources, votes

__all__ = ["cases", "editing", "meetings", "places", "sources", "votes"]
