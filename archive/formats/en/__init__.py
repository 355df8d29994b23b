"""British formats, for English pages."""
