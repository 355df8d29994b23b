class UnreadableDocument(Exception):
    """Raised for input that cannot be minutes; `str` is one line in Danish: what is wrong and what to do."""
