"""The result of a motion, as a sentence says it."""

import re

from minutes.reader.negation import denies
from minutes.reader.words import WORDS, pattern
from minutes.vocabulary import BallotResult, Outcome

_LOST = re.compile(pattern(WORDS.outcomes[Outcome.REJECTED], ("bortfalder",)), re.IGNORECASE)
# "udvalgets indstilling om afslag godkendt": the refusal was carried
_REFUSAL = re.compile(
    r"\b(?:indstilling|forslag)\w*\s+om\s+(?:at\s+)?(?:(?:give\s+|meddele\s+)?afslag|afslå|afvis\w+)\b",
    re.IGNORECASE,
)
_CARRIED = re.compile(
    pattern(
        WORDS.outcomes[Outcome.APPROVED],
        WORDS.outcomes[Outcome.NOTED],
        WORDS.outcomes[Outcome.POSTPONED],
        WORDS.decisions.sent_on,
        ("besluttet", "besluttede", "besluttes", "anbefaler", "oversendt til", "oversendes til"),
    ),
    re.IGNORECASE,
)
# "Tiltrådt, idet Ane Holm ikke kan støtte det": what follows is no result
_REASON = re.compile(r",?\s+(?:idet|mens|men|da|fordi|hvoraf|hvorved)\b")
# "…, da de ønsker sagen udsat": a voter's reason is no result
_BECAUSE = re.compile(r",?\s+(?:da|fordi|eftersom)\s")
# A result and little else: "Faldet.", "Forslaget faldt.", "Faldet ved stemmelighed."
_RESULT_LINE = re.compile(
    r"(?:\S+\s+){0,7}?(?:er\s+|blev\s+|er\s+hermed\s+|blev\s+derfor\s+)?\w+(?:\s+ved\s+stemmelighed)?\.?"
)
# "Udsættes, da Ane Holm …", "Udsat til næste møde på forslag af Bo Lind.": a result opens the sentence
_OPENING = re.compile(
    r"(?:Udsat|Udsættes|Udskudt|Udskydes|Godkendt|Godkendes|Tiltrådt|Tiltrædes|Vedtaget|Bevilget)\b[^,.;:]{0,90}"
)
# "Forslaget sendes i høring."
_HEARING = re.compile(r"\b(?:sendes|udsendes|fremlægges)\s+(?:hermed\s+)?i\s+(?:offentlig\s+)?høring\b")
# "… formandens stemme var udslagsgivende, og indstillingen blev dermed godkendt"
_TIE = re.compile(
    r"\b(?:udslagsgivende|afgørende stemme|stemmen? (?:er|var|blev) afgørende|stemmelighed|stemmeligheden"
    r"|stemmer?ne stod lige|lodtrækning\w*)\b"
)
_LOT = re.compile(r"\blodtrækning|\btrukket lod\b|\bved lod\b", re.IGNORECASE)
# "Et flertal besluttede, at planen sendes i høring"
_MAJORITY = re.compile(
    r"(?:et|udvalgets|byrådets)\s+(?:\w+\s+)?flertal\b[^.,]{0,60}\b(?:besluttede|vedtog|godkendte|tiltrådte)\b",
    re.IGNORECASE,
)
# "Udvalget besluttede med stemmerne 4-3 at give afslag": the refusal was carried
_REFUSES = re.compile(
    r"\b(?:besluttede|vedtog)\b[^.;]{0,80}\bat (?:(?:give|meddele)\s(?:\w+\s)?afslag|afslå|afvise)\b",
    re.IGNORECASE,
)
_THEREBY = re.compile(r"\b(?:dermed|hermed|derfor|således|derved)\b")
_PUTS_MOTION = re.compile(rf"{pattern(WORDS.motions.put)}|,\s+at\b", re.IGNORECASE)
_LONGEST_RESULT, _LONGEST_TIE = 90, 300


def result_of(sentence: str) -> BallotResult | None:
    """Return what the sentence says became of a motion; that it was lost outweighs what else it says."""
    sentence = _BECAUSE.split(sentence, maxsplit=1)[0]
    if _REFUSES.search(sentence):
        return BallotResult.CARRIED
    sentence = _REFUSAL.sub("indstilling", sentence)
    if _LOST.search(sentence) or denies(_REASON.split(sentence, maxsplit=1)[0]):
        return BallotResult.LOST
    return BallotResult.CARRIED if _CARRIED.search(sentence) else None


def result_alone(sentence: str) -> BallotResult | None:
    """Return the result of a sentence that says nothing else: "Faldet.", "Forslaget blev vedtaget."."""
    if _MAJORITY.match(sentence):
        return BallotResult.CARRIED
    opening = _OPENING.match(sentence)
    if opening and not _PUTS_MOTION.search(opening[0]):
        return result_of(opening[0])
    if _HEARING.search(sentence) and len(sentence) <= _LONGEST_RESULT:
        return BallotResult.CARRIED
    if is_tie(sentence) or (_THEREBY.search(sentence) and len(sentence) <= _LONGEST_TIE):
        return None if _PUTS_MOTION.search(sentence) else result_of(sentence)
    if (
        len(sentence) > _LONGEST_RESULT
        or not _RESULT_LINE.fullmatch(sentence)
        or _PUTS_MOTION.search(sentence)
    ):
        return None
    return result_of(sentence)


def is_lot(sentence: str) -> bool:
    """Return True for a sentence that says that lots were drawn."""
    return bool(_LOT.search(sentence))


def is_tie(sentence: str) -> bool:
    """Return True for a sentence about a tie or the chair's casting vote."""
    return len(sentence) <= _LONGEST_TIE and bool(_TIE.search(sentence))
