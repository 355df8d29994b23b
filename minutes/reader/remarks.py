"""Remarks of people and parties in a decision: who said it, and in what words."""

import re
from collections.abc import Iterable, Iterator, Sequence

from minutes.reader.flow import Flow, Sentence
from minutes.reader.records import Ballot, Statement
from minutes.reader.voting.speakers import speakers, subject_of
from minutes.reader.words import WORDS, pattern

# No list of people before a verb is longer.
_LONGEST_WHO = 1000
_VOTED = pattern(WORDS.votes.verbs)
_BECAUSE = r"(?:idet|da|fordi|eftersom|af hensyn til|på grund af|med (?:den )?begrundelsen?)"
# "For stemte A og B, idet Ane Holm meddelte, at …": said by somebody else
_NOT_ANOTHER = r"(?-i:(?!\w+\s+[A-ZÆØÅ][a-zæøå]+\s+[A-ZÆØÅ]))"
# "… stemte imod, idet vejadgangen ikke er løst.", "… stemmer imod, da …": why somebody voted so
_REASONS = re.compile(
    rf"\s+(?P<says>{_VOTED}\s+(?:for|i?mod)|{pattern(WORDS.votes.abstaining)})(?P<rest>[^,.]{{0,40}})"
    rf"(?P<mark>,?\s)\s*(?={_BECAUSE}\b)(?P<text>\S)"
)
# "Imod stemte: Ib Dam (V) idet han ikke ønsker vejadgang."
_VOTED_BECAUSE = re.compile(
    rf"(?:For|I?mod)\s+{_VOTED}\s*:?\s+(?P<who>[^:.]{{1,200}}?)(?P<mark>,?\s)\s*(?={_BECAUSE}\b){_NOT_ANOTHER}(?P<text>\S)",
    re.IGNORECASE,
)
# "… bemærkede følgende: …", "… tilkendegav, at …", "… finder, at …", "… ønskede ført til protokol: …",
# "… kan ikke gå ind for, at …", "… afgav mindretalsudtalelse: …"
_SAYS = re.compile(
    rf"\s+(?P<says>(?:{pattern(WORDS.statements.verbs)}"
    r"|afg(?:av|iver)(?:\s+(?:følgende|denne|en))?(?:\s+[\wæøå]+)?\s+(?:mindretalsudtalelse|protokolbemærkning|erklæring)"
    r"|(?:ønskede|ønsker|bad\s+om\s+at\s+få|vil(?:le)?\s+gerne\s+have|fik(?!\s+\d))(?:\s+følgende)?(?:\s+(?:til)?ført|\s+indført|\s+tilføjet|\s+protokolleret|\s+optaget)?"
    r"(?:\s+(?:til|i)?\s*(?:protokol(?:len|s)?|referat(?:et)?|beslutningsprotokollen))?(?:\s+følgende)?"
    r"(?:\s+(?:protokolbemærkning|bemærkning|mindretalsudtalelse))?"
    r"|bad\s+om,?\s+at\s+(?:det|følgende)\s+(?:kom|kommer|blev|bliver)\s+(?:med\s+i|ført\s+til|tilført)\s+(?:referatet|protokollen)"
    r"|begær(?:ede|er)(?:\s+følgende)?\s+(?:til)?ført(?:\s+(?:til\s+)?(?:protokol(?:len|s)?|referatet))?"
    r"|kan\s+ikke\s+(?:gå\s+ind\s+for|tiltræde|tilslutte\s+sig|støtte|godkende|anbefale)|kunne\s+ikke\s+(?:tiltræde|tilslutte\s+sig|støtte)))\b"
    r"(?:[^:,.]{0,80}(?P<mark>[:,])\s*(?P<text>\S?))?"
)
# "Protokolbemærkning fra Ane Holm (Ø): …", "Mindretalsudtalelse fra Venstre:", "Bemærkning fra V: …"
_STATEMENT_FROM = re.compile(
    r"(?:Protokolbemærkning|Protokoltilførsel|Mindretalsudtalelse|Særudtalelse|Udtalelse|Bemærkning|Erklæring"
    r"|Tilførsel\s+til\s+protokollen)\s+(?:fra|af)\s+(?P<who>[^:]{1,300}?)\s*(?P<mark>:)\s*(?P<text>\S?)"
)
_QUOTES = {"”": "”", "“": "”", '"': '"', "»": "«", "„": "“"}
# "(Ø) kunne ikke tiltræde": a vote against, where a ballot has it
_COULD_NOT = re.compile(r"(?:kan|kunne) ikke\b")


def without_votes(statements: Iterable[Statement], ballots: Sequence[Ballot]) -> Iterator[Statement]:
    """Yield the statements that do not only say how somebody voted in one of the ballots."""
    for statement in statements:
        is_within = any(ballot.start <= statement.start and statement.end <= ballot.end for ballot in ballots)
        if not (is_within and _COULD_NOT.match(statement.text)):
            yield statement


def quotation(paragraph: Sequence[Sentence]) -> Sequence[Sentence]:
    """Return the sentences of a paragraph that is a quotation, announced by the one before it."""
    return paragraph if paragraph and paragraph[0].text[0] in _QUOTES else ()


def remark(
    text: str, flow: Flow, paragraph: Sequence[Sentence], position: int
) -> tuple[Statement, int] | None:
    """A remark and where it ends: after a colon the paragraph or the quotation, else the sentence."""
    sentence = paragraph[position]
    match = _STATEMENT_FROM.match(sentence.text) or _VOTED_BECAUSE.match(sentence.text)
    who = speakers(match["who"]) if match else ()
    for form in (_REASONS, _SAYS):
        if who:
            break
        match = form.search(sentence.text, 0, _LONGEST_WHO)
        ahead = sentence.text[: match.start()] if match else ""
        who = speakers(ahead) or speakers(subject_of(ahead)) or speakers(_behind_decision(ahead))
    if not match or not who:
        return None
    end = sentence.end
    if match["mark"] == ":":
        end = _end_of_quotation(flow.text, sentence.start + match.start("text"), paragraph[-1].end)
    start = sentence.start + match.start("text" if match["mark"] else "says")
    if match["mark"] and not match["text"]:
        if match["mark"] != ":" or position + 1 >= len(paragraph):
            return None
        start = paragraph[position + 1].start
        end = _end_of_quotation(flow.text, start, paragraph[-1].end)
    low, high = flow.place(start, end)
    return Statement(who=who, text=text[low:high], start=low, end=high), end


def _behind_decision(ahead: str) -> str:
    """Return whom a clause behind the decision begins with: "Godkendt, idet A og F"."""
    decision, _, who = ahead.rpartition(", idet ")
    return who if decision and " " not in decision.strip() else ""


def _end_of_quotation(text: str, start: int, end: int) -> int:
    """Return the end of the quotation that begins at `start`, else `end`."""
    closing = _QUOTES.get(text[start : start + 1])
    at = text.find(closing, start + 1, end) if closing else -1
    return at + 1 if at >= 0 else end
