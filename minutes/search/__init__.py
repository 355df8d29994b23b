"""Searching the published items.

`words` and `language` read what is written and typed, `index` keeps the tables, `find` and `answers`
ask them, `snippets` shows why.
"""
