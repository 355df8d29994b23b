"""The staff's pages: every table, to search and filter. Rows that come from a reading are read-only."""

from minutes.admin import cases, meetings, places, sources, votes

__all__ = ["cases", "meetings", "places", "sources", "votes"]
