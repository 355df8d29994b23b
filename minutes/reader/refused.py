class Refused(Exception):
    """The input cannot be minutes; `str` says in Danish, in one line, what is wrong and what to do."""
