"""Mentions of other meetings and their items, and the way a case is to go."""

import re
from collections.abc import Iterator, Sequence

from minutes.reader.dates import DATE, find_date
from minutes.reader.names import COMMITTEE, committee, squash
from minutes.reader.records import CaseFlowStep, PriorDecision, Reference
from minutes.reader.sections import PRIOR, Passage
from minutes.reader.sentences import Sentence

# "beskæftigelsesudvalgsmødet", "Social- og Sundhedsudvalget", "byrådet"; "udvalgsmødet" and "på mødet" are
# the committee's own
_BODY = (
    rf"(?P<body>(?P<compound>[\wæøåÆØÅ]+udvalg)smøde(?:t)?|(?P<committee>{COMMITTEE})"
    r"|(?P<own>udvalgsmøde(?:t)?|mødet))"
)
# "den 20. august 2019 (sag nr. 82)", "d. 6/3-19", "den 10. december 2019 svaret på … (sag nr. 130)"
_MENTION = re.compile(
    rf"(?:\b(?:på|af|i)\s+)?\b{_BODY}\b(?P<between>[^.;:()\d]{{0,60}}?)\s*\b(?:d\.|den)\s*(?P<date>{DATE})"
    r"(?P<item>[^.;:()]{0,80}\((?:jf\.\s*)?(?:sag|pkt\.?|punkt)\s*(?:nr\.?\s*)?(?P<number>\d{1,4})\))?"
)
# "- Arbejdsmarkedsudvalget den 22. oktober 2020"
_STEP = re.compile(rf"(?:[-–•]\s*)?(?P<committee>{COMMITTEE})[,:]?\s+(?:d\.|den)?\s*(?P<date>{DATE})?\.?")


def find_references(text: str, own: str | None, sentences: Sequence[Sentence]) -> Iterator[Reference]:
    """The mentions in `sentences` of a meeting by its committee and date, with its item where printed.

    `own` is this meeting's committee, meant by "udvalgsmødet" and "mødet".
    """
    for sentence in sentences:
        if "20" not in sentence.text and "19" not in sentence.text:
            continue
        for match in _MENTION.finditer(sentence.text):
            body = own if match["own"] else committee(match["compound"] or match["committee"])
            start, end = sentence.start + match.start(), sentence.start + match.end()
            yield Reference(
                committee=body,
                date=find_date(match["date"]),
                item=match["number"],
                evidence=text[start:end],
                start=start,
                end=end,
            )


def prior_decision(text: str, passage: Passage, start: int, end: int) -> PriorDecision:
    """Another committee's decision, from the passage under its heading; text[start:end] is its words."""
    match = PRIOR.fullmatch(passage.heading or "")
    return PriorDecision(
        committee=committee(match["committee"]) if match else None,
        date=find_date(match["date"]) if match else None,
        item=match["item"] if match else None,
        text=text[start:end],
        start=start,
        end=end,
    )


def find_case_flow(passage: Passage) -> Iterator[CaseFlowStep]:
    """The committees and days that a case goes through, a line each."""
    for line in passage.lines:
        match = _STEP.fullmatch(line.text)
        if match:
            yield CaseFlowStep(
                committee=committee(squash(match["committee"])),
                date=find_date(match["date"]) if match["date"] else None,
            )
