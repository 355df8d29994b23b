"""Votes in the words of a decision: tokens, then a small grammar, then ballots.

tokens.py      words by their kind (lexicon.py), numbers and marks
entities.py    people and parties among them, by the roster
tables.py      tables of votes as lists
roll_calls.py  a name a line with a cross below its side
sides.py       the voters of one side
voters.py      lists of voters
speakers.py    lists of people and parties before a verb
clauses.py     who did what
labels.py      "For stemte: …" and the voters behind it
tallies.py     numbers of votes against each other
statements.py  what one sentence says of a vote
gathering.py   the sentences of a decision as drafts of ballots (drafts.py)
ballots.py     the records of ballots and elections
elections.py   elections and lots
deduction.py   votes that follow from the others
"""

from minutes.reader.voting.ballots import Voting, find_votes
from minutes.reader.voting.deduction import with_deduced_votes
from minutes.reader.voting.voting_roster import VotingRoster

__all__ = ["Voting", "VotingRoster", "find_votes", "with_deduced_votes"]
