"""Figures and timelines of people, cases, committees and ballots, computed from published rows.

Read only: nothing here writes to the database or renders a page.
"""
