"""Mentions of other meetings and their items, and the way a case is to go."""

import re
from collections.abc import Iterator

from minutes.reader.bodies import COMMITTEE, COMMITTEE_PATTERN, committee_key, definite, same_committee
from minutes.reader.dates import DATE, MONTHS, find_date
from minutes.reader.flow import Flow
from minutes.reader.headings import Own
from minutes.reader.names import squash
from minutes.reader.passages import Passage
from minutes.reader.records import CaseFlowStep, PriorDecision, Reference

# "beskæftigelsesudvalgsmødet", "Social- og Sundhedsudvalget", "byrådet"; "udvalgsmødet" and "på mødet" are
# the committee's own
_BODY = (
    rf"(?P<body>(?P<compound>[\wæøåÆØÅ]{{1,60}}udvalg)smøde(?:t)?|(?P<committee>{COMMITTEE})"
    r"|(?P<own>udvalgsmøde(?:t)?|udvalgets\s+møde|mødet|[Uu]dvalget(?!\s+for\b)))"
)
# "den 28. maj (pkt. 9)": the year is that of the meeting, or the one before
_NO_YEAR = rf"\d{{1,2}}\.\s(?:{'|'.join(MONTHS)})\b(?=[^.;:()]{{0,20}}\((?:sag|pkt|punkt)\b)"
# "den 20. august 2019 (sag nr. 82)", "d. 6/3-19", "den 10. december 2019 svaret på … (sag nr. 130)"
_MENTION = re.compile(
    rf"(?:\b(?:på|af|i)\s+)?\b{_BODY}s?\b(?P<between>[^.;:()\d”“\"»«]{{0,60}}?)\s*"
    rf"(?:\b(?:d\.|den|beslutning af)\s*|(?<=møde)\s|(?<=mødet)\s)(?P<date>{DATE}|{_NO_YEAR})"
    r"(?P<item>(?:[^.;:()]{0,80}\((?:jf\.\s*)?|,\s+(?:jf\.\s*)?|\s+under\s+)(?:(?i:sag|pkt\.?|punkt|nr\.?)"
    r"\s*(?:nr\.?\s*)?(?P<number>\d{1,4})|(?P<case>BR \d{1,4}/\d\d))\)?)?"
)
# What no mention is without.
_DATED = re.compile(r"d(?<!\wd)(?:\.|en)\s*\d|m(?<!\wm)ødet?\s\d|g(?<=slutning) af\s\d")
# "- Arbejdsmarkedsudvalget den 22. oktober 2020"
_STEP = re.compile(
    rf"(?:[-–•·]\s*)?(?P<committee>{COMMITTEE}|(?<![\w])[A-ZÆØÅ]{{2,3}})(?:[,:]?\s*\(?(?:(?:d\.|den)\s*)?(?P<date>{DATE})\)?)?[.,;]?"
)
# "Økonomiudvalget den 13. november 2019, Byrådet den 28. november 2019", "TM, ØK, BY": steps in one line
_NEXT_STEP = re.compile(r",\s+(?=[A-ZÆØÅ])")
_DAY_ALONE = re.compile(DATE)
# Who decides is no step on the way.
_WHO_DECIDES = re.compile(r"kompetence|hvem beslutter|afgøres|^sagen behandles i", re.IGNORECASE)


def find_references(text: str, own: Own, flow: Flow) -> Iterator[Reference]:
    """The mentions in a flow of another meeting by committee and date, with its item where printed.

    `own` is this meeting, whose committee is meant by "udvalgsmødet" and "mødet".
    """
    if not _DATED.search(flow.text):
        return
    for sentence in (sentence for paragraph in flow.sentences() for sentence in paragraph):
        if not _DATED.search(sentence.text):
            continue
        for match in _MENTION.finditer(sentence.text):
            body = _body(match, own, sentence.text)
            if body is None:
                continue
            day = find_date(match["date"]) or _latest(match["date"], own.date)
            if day == own.date and same_committee(body, own.committee):
                continue
            start, end = flow.place(sentence.start + match.start(), sentence.start + match.end())
            yield Reference(
                committee=body,
                date=day,
                item=match["number"] or match["case"],
                evidence=text[start:end],
                start=start,
                end=end,
            )


def _body(match: re.Match[str], own: Own, text: str) -> str | None:
    """Return whose meeting a mention is of; None for "udvalget" in minutes of a body that is no committee.

    The own body's name can be longer than what the pattern finds: "Det Fælles Landsbyråd".
    """
    if match["own"]:
        is_other = (
            "udvalg" in match["own"].lower() and own.committee and "udvalg" not in own.committee.lower()
        )
        return None if is_other else own.committee
    body = definite(match["compound"] or match["committee"])
    ahead, _, _ = (own.committee or "").rpartition(" ")
    before = text[: match.start("body")].rstrip()
    longer = ahead and committee_key(own.committee or "") == committee_key(f"{ahead} {body}")
    return own.committee if longer and before.casefold().endswith(ahead.casefold()) else body


def _latest(day_and_month: str, before: str | None) -> str | None:
    """Return the date of the last such day not after `before`: "28. maj", before 2001-08-27."""
    year = int(before[:4]) if before else 0
    dates = (find_date(f"{day_and_month} {number}") for number in (year, year - 1) if before)
    return next((one for one in dates if one and before and one <= before), None)


# "Forkortelser: KB = Kommunalbestyrelsen, ØU = Økonomiudvalget"
_ABBREVIATION = re.compile(r"\b(?P<short>[A-ZÆØÅ]{2,5})\s*[=:]\s*(?=[A-ZÆØÅ])")
_KNOWN_ABBREVIATIONS = {"ØU": "Økonomiudvalget"}
_LONGEST_HEADER = 6000


def abbreviations_of(text: str) -> dict[str, str]:
    """Return the bodies' names by the abbreviations of which the text's header has a key."""
    key = {
        match["short"]: body[0]
        for match in _ABBREVIATION.finditer(text, 0, _LONGEST_HEADER)
        if (body := COMMITTEE_PATTERN.match(text, match.end()))
    }
    return _KNOWN_ABBREVIATIONS | key


def prior_decision(text: str, passage: Passage, start: int, end: int) -> PriorDecision:
    """Another committee's decision, from the passage under its heading; text[start:end] is its words."""
    decided = passage.decided_by
    body = decided.body if decided else None
    if decided and decided.abbreviation:
        body = abbreviations_of(text).get(decided.abbreviation)
    return PriorDecision(
        committee=definite(body) if body else None,
        date=decided.date if decided else None,
        item=decided.item if decided else None,
        text=text[start:end],
        start=start,
        end=end,
    )


def find_case_flow(passage: Passage) -> Iterator[CaseFlowStep]:
    """The committees and days of a case, a line each or in one line; a day can be on the line below."""
    if _WHO_DECIDES.search(passage.heading or ""):
        return
    printed = [line.text for line in passage.lines if line.text]
    for place, line in enumerate(printed):
        parts = _NEXT_STEP.split(line)
        steps = [match for part in parts if (match := _STEP.fullmatch(part))]
        if len(steps) < len(parts):
            continue
        below = printed[place + 1] if place + 1 < len(printed) else ""
        for match in steps:
            day = match["date"] or (below if len(parts) == 1 and _DAY_ALONE.fullmatch(below) else None)
            yield CaseFlowStep(
                committee=definite(squash(match["committee"])), date=find_date(day) if day else None
            )
