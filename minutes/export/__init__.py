"""Downloads: lists as they are filtered, and everything published.

`files` streams a list as CSV or JSON, with the columns in `lists`. `archive` writes an export of everything
and verifies a stored one: `kinds` lists its files, `records` has the records, and `upgrades` converts those
of earlier versions.
"""
