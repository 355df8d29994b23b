"""Formats of dates and times that differ from those of Django, by language."""
