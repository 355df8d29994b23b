"""Search the published items.

Writing the index: `tokenizer`, `inflections`, `derivations` and `compound_parts` find what a word is indexed
under; `vectors` builds the entry of an item, `index` stores those of a meeting, `rebuild` all of them.

Searching: `query_parser` parses a query, `searcher` runs it, `results` adds corrections, `snippets` shows why
an item matches. `docs/search.md` explains how it works.
"""
