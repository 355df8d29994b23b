"""Searching the published items: `index` keeps the table, `query` asks it, `snippets` shows why."""
