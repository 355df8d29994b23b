"""Elections and lots: who was chosen for what, and with how many votes."""

from minutes.reader.flow import Flow
from minutes.reader.records import Election
from minutes.reader.voting.acceptance import counts_candidate, counts_candidates
from minutes.reader.voting.lexicon import Kind
from minutes.reader.voting.statements import closing_brackets
from minutes.reader.voting.tokens import Token
from minutes.reader.voting.voters import ListReader

_ENTITY = Kind.PERSON | Kind.PARTY
_ENDS = Kind.STOP | Kind.BREAK
_GOT = {"fik", "opnåede", "modtog", "får"}
_CHOSEN = {
    *("valgt", "valgtes", "valgte", "genvalgt", "genvalgtes", "nyvalgt", "udpeget", "udpegedes", "udpegede"),
    *("konstitueret", "vælges", "udpeges"),
}
_TOWARDS = {"som", "til"}
# "valgt til hvervet som formand": the office is named behind the next such word
_OFFICES = {"hvervet", "posten", "stillingen"}
# "2. afstemning gav samme resultat.", "Borgmesteren foretog lodtrækning.", "Én stemmeseddel var blank."
_ROUNDS = ("afstemning", "lodtrækning", "omvalg", "stemmelighed", "stemmeseddel", "stemmesedler")
# "i stedet for Ane Holm", "bestyrelsen i Nordby Gymnasium": who is named behind these was not chosen
_BESIDE = {"for", "i", "efter", "fra", "hos", "på", "ved", "med"}
# The words of an office: "formand for Teknisk Udvalg", "medlem af bestyrelsen for havnen"
_LONGEST_OFFICE = 8
_NEAR = 12


def find_elections(flow: Flow, words: str, tokens: list[Token]) -> tuple[Election, ...]:
    """Return the elections of a decision; successive sentences about one office are one election."""
    elections: list[Election] = []
    reader = _ElectionReader(words, tokens)
    at, open_ended, apart = 0, False, False
    while at < len(tokens):
        end = reader.end_of_sentence(at)
        election = reader.read(at, end)
        if election:
            place = flow.place(tokens[at].start, tokens[max(end - 1, at)].end)
            goes_on = open_ended and not (election.elected and elections[-1].elected)
            goes_on = goes_on and (not apart or _is_candidate(election, elections[-1]))
            if goes_on:
                elections[-1] = _together(elections[-1], election, place)
            else:
                elections.append(_at(election, place))
        line_ends = at == end
        apart = line_ends or (apart and not election)
        open_ended = bool(election) or (open_ended and (line_ends or reader.goes_on(at, end)))
        at = end + 1
    return tuple(election for election in elections if election.elected or len(election.votes) > 1)


def _at(election: Election, place: tuple[int, int]) -> Election:
    return Election(
        office=election.office, elected=election.elected, votes=election.votes, start=place[0], end=place[1]
    )


def _is_candidate(chosen: Election, votes: Election) -> bool:
    """Return True if those chosen on a later line are candidates whose votes are printed above."""
    return bool(chosen.elected) and set(chosen.elected) <= votes.votes.keys()


def _together(one: Election, other: Election, place: tuple[int, int]) -> Election:
    another_round = bool(one.votes.keys() & other.votes.keys())
    return Election(
        office=one.office or other.office,
        elected=one.elected or other.elected,
        votes=other.votes if another_round else one.votes | other.votes,
        start=one.start,
        end=place[1],
    )


def _is_votes_word(token: Token) -> bool:
    return Kind.UNIT in token and token.text.lower().startswith("stemme")


class _ElectionReader:
    """Reads sentences about elections: "A fik 5 stemmer, B 4", "Valgt blev A", "A blev valgt til formand"."""

    def __init__(self, words: str, tokens: list[Token]) -> None:
        self.words = words
        self.tokens = tokens
        self.lists = ListReader(tokens, closing_brackets(tokens))

    def end_of_sentence(self, at: int) -> int:
        while at < len(self.tokens) and not self.tokens[at].kind & _ENDS:
            at += 1
        return at

    def goes_on(self, first: int, end: int) -> bool:
        """Return True for "Blanke: 1" and nothing else, and for a sentence about another round or lots."""
        if any(token.text.lower().startswith(_ROUNDS) for token in self.tokens[first:end]):
            return True
        kinds = Kind.ABSTAIN | Kind.NUMBER | Kind.COLON | Kind.UNIT
        return first < end and all(token.kind & kinds for token in self.tokens[first:end])

    def read(self, first: int, end: int) -> Election | None:
        sentence = self.tokens[first:end]
        if counts_candidate(sentence) or counts_candidates(sentence):
            return Election(office=None, elected=(), votes=self._votes(first, end))
        chosen = [at for at in range(first, end) if self.tokens[at].text.lower() in _CHOSEN]
        got = any(token.text.lower() in _GOT for token in sentence)
        if not chosen and not got:
            return None
        if any(
            token.kind & (Kind.MOTION | Kind.SIDE)
            and not token.kind & Kind.FILLER
            and token.text.lower() != "for"
            for token in sentence
        ):
            return None
        votes = self._votes(first, end)
        elected = self._elected(first, end) if chosen else ()
        if not elected and not votes:
            return None
        return Election(office=self._office(first, end) if chosen else None, elected=elected, votes=votes)

    def _votes(self, first: int, end: int) -> dict[str, int | None]:
        """Return the votes of each candidate: "A fik 5 stemmer, B 4", "A blev valgt med 4 stemmer"."""
        votes: dict[str, int | None] = {}
        candidate: str | None = None
        for at in range(first, end):
            token = self.tokens[at]
            if token.kind & _ENTITY and not self._in_brackets(at, first):
                candidate = token.name
            elif Kind.NUMBER in token and candidate and self._is_votes(at, end):
                votes.setdefault(candidate, token.number)
        return votes

    def _in_brackets(self, at: int, first: int) -> bool:
        return at > first and Kind.OPEN in self.tokens[at - 1]

    def _is_votes(self, at: int, end: int) -> bool:
        behind = self.tokens[at + 1] if at + 1 < end else None
        ahead = self.tokens[at - 1]
        if behind is not None and Kind.UNIT in behind and behind.text.lower().startswith("stemme"):
            return True
        if behind is not None and Kind.CLOSE in behind and Kind.OPEN in ahead:
            units = any(_is_votes_word(token) for token in self.tokens[max(at - _NEAR, 0) : at])
            return units and bool(self.tokens[at - 2].kind & _ENTITY)  # "Ane Holm (7 stemmer) og Bo Lind (4)"
        follows = bool(ahead.kind & (_ENTITY | Kind.COLON | Kind.CLOSE)) or ahead.text.lower() in _GOT
        return follows and (behind is None or bool(behind.kind & (Kind.COMMA | Kind.AND | _ENTITY)))

    def _elected(self, first: int, end: int) -> tuple[str, ...]:
        """Return those who were chosen, the longest list of people beside the verb."""
        names: list[str] = []
        at = first
        while at < end:
            if not self.tokens[at].kind & Kind.PERSON:
                at += 1
                continue
            voters, behind = self.lists.read(at, end=end)
            beside = at > first and self.tokens[at - 1].text.lower() in _BESIDE
            if beside and self.tokens[at - 2].text != "faldt":  # "Loddet faldt på Ane Holm, der er valgt"
                at = max(behind, at + 1)
                continue
            got = behind < end and self.tokens[behind].text.lower() in _GOT
            if voters and not got:
                names += [name for name in voters.names if name not in names]
            at = max(behind, at + 1)
        return tuple(names)

    def _office(self, first: int, end: int) -> str | None:
        """Return "formand" of "valgt til formand", "Som formand valgtes …"."""
        for at in range(first, end - 1):
            if self.tokens[at].text.lower() not in _TOWARDS or self.tokens[at + 1].text in _OFFICES:
                continue
            stop = at + 1
            while stop < end and stop <= at + _LONGEST_OFFICE and not self._ends_office(stop):
                stop += 1
            if stop > at + 1:
                return self.words[self.tokens[at + 1].start : self.tokens[stop - 1].end]
        return None

    def _ends_office(self, at: int) -> bool:
        token = self.tokens[at]
        if Kind.NUMBER in token and Kind.DOT in self.tokens[at + 1]:
            return False  # "1. viceborgmester"
        if Kind.PERSON in token and self.tokens[at - 1].text in {"i", "for", "på"}:
            return False  # "bestyrelsen i Nordby Gymnasium"
        marks = Kind.COMMA | Kind.COLON | Kind.NUMBER | Kind.PERSON | Kind.OPEN | Kind.ELECTED | Kind.BE
        return bool(token.kind & marks) or token.text.lower() in {"med", "ved", "efter"}
