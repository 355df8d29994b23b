"""The speakers of a sentence: a list of people and parties before the verb, read as a list of voters is."""

import re
from functools import lru_cache

from minutes.reader.names import NAME, is_name, local_list
from minutes.reader.voting.entities import Entities
from minutes.reader.voting.lexicon import Kind
from minutes.reader.voting.statements import closing_brackets
from minutes.reader.voting.tokens import tokenize
from minutes.reader.voting.voters import ListReader
from minutes.reader.voting.voting_roster import VotingRoster

_LONGEST = 1000
_NOBODY = VotingRoster()
# "Henning Holm ikke kan støtte en lavere hastighed og (stemmer imod)": the verb is the second of its subject
_SECOND_VERB = re.compile(
    rf"(?P<who>{NAME}|[A-ZÆØÅ][\wæøå]{{0,40}})(?:\s*\([^()]{{1,40}}\))?"
    rf"(?P<too>\s+og\s+{NAME}(?:\s*\([^()]{{1,40}}\))?)?\s+(?!og\b)[a-zæøå][^,.:;]{{1,120}}\s+og"
)
# "Elevrådets repræsentanter": a group that has no names
_DELEGATES = re.compile(
    r"[A-ZÆØÅ][a-zæøå-]{0,40}(?:rådets|nævnets|forældrenes|elevernes|personalets)\s+repræsentant(?:er)?"
)


@lru_cache(maxsize=1024)
def speakers(text: str) -> tuple[str, ...]:
    """Return the people and parties of a list; () when a part of it is neither, or it contains a number."""
    text = text.strip(" .,;:\t\n")
    if not text or len(text) > _LONGEST:
        return ()
    if local_list(text) or _DELEGATES.fullmatch(text):
        return (text,)
    tokens = Entities(list(tokenize(text, frozenset())), _NOBODY).merged()
    listed, end = ListReader(tokens, closing_brackets(tokens)).read(0)
    if listed is None or not listed.whole or listed.count is not None:
        return ()
    if any(not token.kind & Kind.BREAK for token in tokens[end:]):
        return ()
    return (*(name for name in listed.names if is_name(name)), *listed.parties)


def subject_of(clause: str) -> str:
    """Return who a clause is of that ends before its second verb, or ""."""
    match = _SECOND_VERB.fullmatch(clause.strip())
    return match["who"] + (match["too"] or "") if match else ""
