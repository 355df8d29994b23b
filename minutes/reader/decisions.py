"""What became of an item, in the words of its own decision."""

import re

from minutes.vocabulary import Outcome

# "Intet.", "Ingen bemærkninger.", "Der var ingen emner på efterretningslisten."
_NOTHING = re.compile(
    r"(?:Intet|Ingen|Ingenting)\b[^.]{0,30}\.?|Der (?:var|er) (?:ingen|intet)\b[^.]*\.?", re.IGNORECASE
)
# A sentence about a motion beside the matter itself says nothing of what became of the matter.
_ASIDE = re.compile(r"ændringsforslag|modforslag|\bbegærede\b|\bforbehold\b|\bbemærkede\b", re.IGNORECASE)

# Sent on to a higher body, wherever it stands: "Indstilles godkendt", "indstilles … til godkendelse".
_SENT_ON = re.compile(
    r"\bindstilles\b|\bindstillede (?:til|over for)\b|^anbefal(?:es|et|ede)\b"
    r"|\banbefales (?:godkendt|tiltrådt|vedtaget)\b"
    r"|\bfremsendes\b",
    re.IGNORECASE | re.MULTILINE,
)
# Otherwise the first of these words decides.
WORDS = {
    Outcome.POSTPONED: r"\budsat\b|\budsættes\b|\budsatte\b|\budskydes\b|\budskudt\b",
    Outcome.REJECTED: (
        r"\bforkastet\b|\bforkastes\b|\bafvist\b|\bafvises\b|\bnedstemt\b|\bfaldet\b"
        r"|\bikke (?:tiltrådt|godkendt|vedtaget|imødekommet)\b"
    ),
    Outcome.NOTED: r"\btil efterretning\b|\bnoterer sig\b|\bnoterede sig\b|\btil orientering\b",
    Outcome.DISCUSSED: r"\bdrøftet\b|\bdrøftede\b|\bdrøftedes\b",
    Outcome.APPROVED: (
        r"\bgodkendte?s?\b|\bgodkendes\b|\btiltrådte?s?\b|\btiltrædes\b|\bvedtag(?:et|es)\b|\bvedtog(?:es)?\b"
        r"|\bimødekommet\b|\bsom indstillet\b"
    ),
}
_WORDS = {outcome: re.compile(pattern, re.IGNORECASE) for outcome, pattern in WORDS.items()}
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


def outcome(decision: str | None) -> Outcome:
    """The outcome of `decision`, clean text, or `none` when nothing was decided."""
    if not decision or not decision.strip() or _NOTHING.fullmatch(decision.strip()):
        return Outcome.NONE
    own = "\n".join(
        sentence for sentence in _SENTENCE_END.split(decision) if sentence and not _ASIDE.search(sentence)
    )
    if _SENT_ON.search(own):
        return Outcome.RECOMMENDED
    first: tuple[int, Outcome] | None = None
    for each, pattern in _WORDS.items():
        match = pattern.search(own)
        if match and (first is None or match.start() < first[0]):
            first = (match.start(), each)
    return first[1] if first else Outcome.OTHER
