"""Searching the published items.

`words` reads what is written and `vectors` makes rows of it, which `index` keeps; `language` reads what is
typed, `find` and `answers` ask for it, `snippets` shows why.
"""
