"""Tells votes from other words of the same form, by a subject and what it did."""

import re
from collections.abc import Sequence

from minutes.reader.voting.clauses import Predicate, Subject
from minutes.reader.voting.lexicon import ABSTAINED, AGAINST, FOR, Kind
from minutes.reader.voting.tokens import Token
from minutes.reader.words import WORDS, pattern

_ENTITY = Kind.PERSON | Kind.PARTY
_ENDS_SENTENCE = Kind.STOP | Kind.BREAK
# Behind these a bare "for" is no preposition: "7 for, 2 imod"
_AFTER_SIDE = (
    Kind.COMMA | Kind.STOP | Kind.AND | Kind.OPEN | Kind.CLOSE | Kind.CLAUSE | Kind.BREAK | Kind.COLON
) | (Kind.DASH | Kind.TAB | Kind.MOTION)

_OPINION = re.compile(pattern(WORDS.motions.opinions), re.IGNORECASE)
_ENDS_OBJECT = _ENDS_SENTENCE | Kind.COMMA | Kind.CLAUSE
_LONGEST_OBJECT = 5
_LONGEST_CLAUSE = 10

_NAMES_CANDIDATE = _ENTITY | Kind.OPEN | Kind.CLOSE | Kind.COLON | Kind.COMMA | Kind.DASH


def _chooses_people(sentence: Sequence[Token]) -> bool:
    """Return True for "Ane Holm blev valgt med 12 stemmer mod 9", where no motion is carried or lost."""
    if any(
        token.kind & (Kind.RESULT | Kind.MOTION) and not token.kind & (Kind.ELECTED | Kind.FILLER)
        for token in sentence
    ):
        return False
    return Kind.ELECTED in sentence[0] or any(Kind.PERSON in token for token in sentence)


def counts_candidate(sentence: Sequence[Token]) -> bool:
    """Return True for "Ane Holm (A): 8 stemmer" and nothing else."""
    if len(sentence) < 3 or Kind.PERSON not in sentence[0] or Kind.NUMBER not in sentence[-2]:
        return False
    votes = Kind.UNIT in sentence[-1] and sentence[-1].text.lower().startswith("stemme")
    return votes and all(token.kind & _NAMES_CANDIDATE for token in sentence[:-2])


_COUNTS_CANDIDATES = _ENTITY | Kind.OPEN | Kind.CLOSE | Kind.COMMA | Kind.AND | Kind.NUMBER | Kind.ABSTAIN


def counts_candidates(sentence: Sequence[Token]) -> bool:
    """Return True for "1. afstemning: Ane Holm (A) 8 stemmer, Bo Lind (V) 7 stemmer, 1 blank"."""
    begin = next((at for at, token in enumerate(sentence) if Kind.PERSON in token), None)
    if begin is None or (begin and Kind.COLON not in sentence[begin - 1]):
        return False
    votes = sum(_is_votes(sentence, at) for at in range(begin, len(sentence)))
    named = sum(Kind.PERSON in token for token in sentence[begin:])
    return votes == named >= 2 and all(
        token.kind & _COUNTS_CANDIDATES or _is_votes(sentence, at - 1) or Kind.VERB in token
        for at, token in enumerate(sentence[begin:], begin)
    )


def _is_votes(sentence: Sequence[Token], at: int) -> bool:
    """Return True for "8 stemmer" that is no "8 stemte"."""
    if at < 0 or at + 1 >= len(sentence) or Kind.NUMBER not in sentence[at]:
        return False
    return sentence[at + 1].text.lower() in {"stemme", "stemmer"}


class Acceptance:
    """Accepts votes within a sentence, tokens[first:end]."""

    def __init__(self, tokens: list[Token], first: int, end: int) -> None:
        self.tokens = tokens
        self.first = first
        self.end = end
        sentence = tokens[first:end]
        self.election = any(Kind.ELECTED in token for token in sentence) or (
            counts_candidate(sentence) or counts_candidates(sentence)
        )
        self.chooses = self.election and _chooses_people(sentence)
        self.voting = any(
            token.kind & (Kind.VERB | Kind.RESULT | Kind.ABSTAIN)
            or token.text.lower().startswith(("stemme", "afstemning"))
            for token in sentence
        )

    def kind(self, at: int) -> int:
        return self.tokens[at].kind if self.first <= at < self.end else Kind.STOP

    def is_vote(self, subject: Subject, predicate: Predicate) -> bool:
        """Return True if subject and predicate together are a vote."""
        if self._is_of_opinion(predicate.end):
            return False
        if predicate.approves:
            return self._approves(subject, predicate)
        if subject.counted and not predicate.denied:
            return self._is_count(subject, predicate)
        if subject.nobody or predicate.voted or predicate.choice is ABSTAINED:
            return True
        # "Venstre imod.": the side ends the clause
        end = predicate.end
        return bool(self.kind(end) & (_ENDS_SENTENCE | Kind.COMMA | Kind.CLOSE)) or end >= self.end

    def _is_of_opinion(self, at: int) -> bool:
        """Return True for "tilsluttede sig bemærkningerne fra V" and "var imod at åbne døren for mere".

        "3 var imod, at punktet blev udsat" tells what they thought of what was done.
        """
        if self.kind(at) & Kind.COMMA and self.kind(at - 2) & Kind.BE:
            words = [token.text for token in self.tokens[at + 1 : min(at + _LONGEST_CLAUSE, self.end)]]
            return words[:1] == ["at"] and "blev" in words
        if at < self.end and self.tokens[at].text == "at" and self.kind(at - 2) & Kind.BE:
            clause = self.tokens[at : min(at + _LONGEST_CLAUSE, self.end)]
            return not any(token.kind & (Kind.RESULT | Kind.FAVOUR | Kind.MOTION) for token in clause)
        if self.kind(at) & Kind.AND:
            return False  # "stemte imod og ønskede ført til protokol"
        for token in self.tokens[at : min(at + _LONGEST_OBJECT, self.end)]:
            if token.kind & _ENDS_OBJECT or token.text == "med":
                return False
            if _OPINION.match(token.text):
                return True
        return False

    def _is_count(self, subject: Subject, predicate: Predicate) -> bool:
        """Return True if a number and a side are those of a vote: "7 for, 2 imod"."""
        strong = predicate.voted or subject.votes
        side_behind = self.kind(predicate.end) & _AFTER_SIDE
        sided = side_behind and (subject.votes or self._both_sides())
        chosen = self.election and not predicate.voted and not sided
        if self._is_share(subject) or chosen:
            return False
        return bool(strong or side_behind) and (
            self.voting or self._both_sides() or self._is_count_alone(predicate.end)
        )

    def _is_count_alone(self, at: int) -> bool:
        """Return True if a number and its side before a token are all there is: "Forslag B: 3 for (A)."."""
        if not self.kind(at - 2) & Kind.NUMBER or not (
            at - 2 == self.first or self.kind(at - 3) & Kind.COLON
        ):
            return False
        if self.kind(at) & Kind.OPEN and self.kind(at + 1) & _ENTITY:
            while at < self.end and not self.kind(at) & Kind.CLOSE:
                at += 1
            at += 1
        return at >= self.end or bool(self.kind(at) & _ENDS_SENTENCE)

    def _both_sides(self) -> bool:
        kinds = Kind.SIDE | Kind.LABEL
        sides = {token.value for token in self.tokens[self.first : self.end] if token.kind & kinds}
        return {FOR, AGAINST} <= sides

    def _is_share(self, subject: Subject) -> bool:
        """Return True for "hvoraf seks var for": a share of something counted before."""
        words = {token.text.lower() for token in self.tokens[self.first : subject.end]}
        return bool(words & {"hvoraf", "heraf"})

    def _is_of_part(self, at: int) -> bool:
        """Return True for "kunne ikke tiltræde den sidste del": the decision itself is not opposed."""
        words = [token.text for token in self.tokens[at : min(at + 3, self.end)]]
        return words[:1] == ["den"] and words[-1] == "del"

    def _approves(self, subject: Subject, predicate: Predicate) -> bool:
        """Return True if a verb such as "anbefaler" is a vote: of a group, of parties, or denied."""
        if subject.majority or subject.minority or (subject.count is not None and subject.voters.somebody):
            return True
        if not subject.voters.somebody:
            return False
        if predicate.denied or predicate.choice is AGAINST:
            return not self._is_of_part(predicate.end)
        members = [party for _, party in subject.voters.members]
        if not all(members) or self.kind(predicate.end) & _ENTITY:
            return False
        # "A foreslår og anbefaler" is one thing, "(A), (V) og (F) godkendte" another
        return len(members) + len(subject.voters.parties) > 1
