"""Elections and lots: who was chosen for what, and with how many votes."""

from minutes.reader.flow import Flow
from minutes.reader.records import Election
from minutes.reader.voting.tokens import Token


def find_elections(flow: Flow, words: str, tokens: list[Token]) -> tuple[Election, ...]:
    """Return the elections that a decision tells of."""
    return ()
