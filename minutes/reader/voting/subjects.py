"""The subject of a vote: the matter itself, a motion beside it, or a part of the decision."""

import re
from collections.abc import Iterable, Sequence

from minutes.reader.names import NAME
from minutes.reader.words import WORDS, pattern
from minutes.vocabulary import BallotSubject

# "Ad 2", "Ad 1: …", "Ad pkt. 1", "Ad b: …"
_AD = re.compile(
    r"Ad\.?\s+(?:pkt\.?\s+|punkt\s+|at\s+)?(?P<number>\d{1,2}[a-z]?\b|[a-z](?=[.):]))[.):]*\s*", re.IGNORECASE
)
# "3. at: …", "2. at-punkt blev …"
_AT = re.compile(r"(?P<number>\d{1,2})\.\s*at(?:-punkt)?\b:?\s*", re.IGNORECASE)
# "1. Anbefales", "2) Godkendt", "b. Vedtaget": a part when a result or a vote follows
_PLAIN = re.compile(r"(?P<number>\d{1,2}\s*(?=[.):])|[a-h](?=[.)]))[.):](?=\s|$)\s*")
# "Pkt. 2:", "Indstillingspunkt 3:", "Delindstilling 2:", "Indstillingens punkt 4 blev …"
_NAMED = re.compile(
    r"(?:(?:del)?indstillings?-?(?:ens)?\s*|at-)?(?:punkt|pkt\.?|delindstilling)?\s*(?P<number>\d{1,2})(?P<mark>\s*[:.)])?",
    re.IGNORECASE,
)
_NAMES_PART = re.compile(r"(?:del)?indstilling|punkt|pkt|at-punkt", re.IGNORECASE)
_DECIDED = re.compile(
    r"\s*$|\s+(?:(?:blev|er|godkend|vedt|tiltr|anbefal|forkast)|(?:for|i?mod)\s*[(:])", re.IGNORECASE
)
# "… vedtog herefter indstillingens 1. punkt", "… udpegningen under punkt 2": the part in passing
_OF_PART = re.compile(r"\bindstillingens\s+(?P<number>\d{1,2})\.\s+(?:punkt|at\b|del)", re.IGNORECASE)
_UNDER_PART = re.compile(
    r"\b(?:under|til|anbefale|tiltræde|godkende|støtte|i?mod)\s+(?:punkt|pkt\.|at)\s+(?P<number>\d{1,2})",
    re.IGNORECASE,
)
# "Afstemning om punkt 1: …", "Afstemning om 2. at: …"
_VOTE_ON_PART = re.compile(
    r"^Afstemning(?:en)? om (?:punkt |pkt\. ?|pind )?(?P<number>\d{1,2})(?:\. (?:at|pind|punkt))?\b",
    re.IGNORECASE,
)
# "stemmer imod 2. pind", "Direktionens indstilling, pind 1: …"
_BULLET = re.compile(r"(?P<number>\d{1,2})\.\s+pind\b|\bpind\s+(?P<behind>\d{1,2})\b(?!\s+og)", re.IGNORECASE)
_AMENDMENT = re.compile(pattern(WORDS.motions.beside), re.IGNORECASE)
# "Forslag B: 3 for, 9 imod": one of several
_OPTION = re.compile(r"(?:Forslag|Alternativ|Variant)\s+[A-ZÆØÅ]\s*:")
# "For tilbagesendelse stemte 8", "Imod udsættelse stemte V"
_PUTS_OFF = re.compile(
    r"\b(?:for|i?mod|om)\s+(?:sagens\s+)?(?:tilbagesendelse|udsættelse|oversendelse|tilbagevisning)",
    re.IGNORECASE,
)
# "vedtog med 35 stemmer imod 15 at henvise forslaget til Økonomiudvalget"
_SENDS = re.compile(
    r"\bat\s+(?:henvise|oversende|tilbagesende|udsætte|udskyde)\s+(?:sagen|forslaget|punktet|behandlingen)\b"
)
_PARTYS = pattern(f"{party}s" for party in WORDS.people.parties)
# "Venstres forslag om …", "Jan Rovsings forslag om …"
_OF_SOMEBODY = re.compile(rf"(?:(?i:{pattern(WORDS.people.parties)}|{_PARTYS})|{NAME}s)\s+forslag\b")
# "Forslaget fra Venstre blev sat til afstemning"
_FROM_SOMEBODY = re.compile(
    rf"\b[Ff]orslag(?:et|\s+\d{{1,2}})\s+fra\s+(?:(?i:{pattern(WORDS.people.parties)})|[A-ZÆØÅ]\b|{NAME})"
)
# "stemte om Ane Holms habilitet", "fandt med 20 stemmer mod 4, at Ane Holm var inhabil",
# "hvorvidt sagen skulle åbnes", "om at genoptage sag 179", "om at optage sagen på dagsordenen"
_PROCEDURE = re.compile(
    r"\b(?:om|hvorvidt|at)\b[^.;:]{0,60}?(?:\b(?:in)?habil(?:itet)?\b|\bfor (?:åbne|lukkede) døre\b"
    r"|\bpå dagsordenen\b|\bgenoptage (?:sag|punkt)\b|\bsagen (?:skulle|skal|kunne|kan) (?:åbnes|lukkes)\b)"
)
# "stemte om", "Der blev foretaget afstemning om"
_VOTE = re.compile(r"\b(?:stem\w*|afstemning\w*)\s+om\b", re.IGNORECASE)
_VOTE_ON_THAT = re.compile(r"\bafstemning (?:herom|derom|om (?:dette|spørgsmålet))\b", re.IGNORECASE)
_PUT = re.compile(pattern(WORDS.motions.put), re.IGNORECASE)
_MATTER = re.compile(pattern(WORDS.motions.matter), re.IGNORECASE)


# "Æ1", "ÆF2": the number of an amendment
_NUMBERED_AMENDMENT = re.compile(r"\bÆF?\s?\d{1,2}\b")
_BESIDE = (_NUMBERED_AMENDMENT, _AMENDMENT, _OF_SOMEBODY, _FROM_SOMEBODY, _PUTS_OFF, _SENDS)


def part_mark(sentence: str) -> tuple[str, int, bool] | None:
    """Return (number of a part, where its words begin, if a result must follow) at the head of a sentence."""
    for form in (_AD, _AT):
        match = form.match(sentence)
        if match:
            return match["number"], match.end(), False
    match = _PLAIN.match(sentence)
    if match:
        return match["number"].strip(), match.end(), True
    match = _NAMED.match(sentence) if _NAMES_PART.match(sentence) else None
    if match and (match["mark"] or _DECIDED.match(sentence, match.end())):
        end = match.end()
        return match["number"], end + len(sentence[end:]) - len(sentence[end:].lstrip()), False
    return None


def named_subject(sentences: Iterable[str]) -> str | None:
    """Return whether sentences name the matter or a motion beside it; None when they name neither."""
    for sentence in sentences:
        if any(form.search(sentence) for form in _BESIDE) or _OPTION.match(sentence):
            return BallotSubject.AMENDMENT
        matter, put = _MATTER.search(sentence), _PUT.search(sentence)
        if matter or put:
            return BallotSubject.MAIN if matter and not put else BallotSubject.AMENDMENT
    return None


def subject_of(sentences: Sequence[str], lead: Sequence[str], part: str | None) -> str:
    """Return what was voted on, by the ballot's own words or the nearest sentence ahead that says so."""
    if named_subject((*sentences, *reversed(lead))) == BallotSubject.AMENDMENT or _is_procedure(
        sentences, lead
    ):
        return BallotSubject.AMENDMENT
    number = part or _part_within((*sentences, *lead[-1:]))
    return f"part {number}" if number else BallotSubject.MAIN


def _is_procedure(sentences: Sequence[str], lead: Sequence[str]) -> bool:
    """Return True if the vote is on how to go on, by its words or those right ahead of it."""
    if named_subject(sentences) is not None:
        return False
    if any(map(_PROCEDURE.search, sentences)):
        return True
    for sentence, following in zip(lead[-2:], (*lead[-1:], ""), strict=False):
        if _PROCEDURE.search(sentence) and (_VOTE.search(sentence) or _VOTE_ON_THAT.search(following)):
            return True
    return False


def puts_motion(sentence: str) -> bool:
    return bool(_AMENDMENT.search(sentence) or _PUT.search(sentence))


def _part_within(sentences: Iterable[str]) -> str | None:
    for sentence in sentences:
        match = _OF_PART.search(sentence) or _UNDER_PART.search(sentence) or _VOTE_ON_PART.search(sentence)
        if match:
            return match["number"]
        match = _BULLET.search(sentence)
        if match:
            return match["number"] or match["behind"]
    return None
