"""Why something is not done, in words for the person who asked for it."""


class Refusal(Exception):
    """Nothing was changed; `str` says in Danish, in one line, what is wrong and what to do."""
