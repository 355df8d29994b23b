"""Lines of a decision that say who was there: no part of what was decided."""

import re
from collections.abc import Sequence
from functools import lru_cache

from minutes.reader.deciding import decides
from minutes.reader.headings import heading_kind
from minutes.reader.layout import Line
from minutes.reader.names import NAME, names_in
from minutes.reader.passages import ASIDE, Passage
from minutes.reader.people_lists import lists_absence, tells_absence
from minutes.reader.presence import says_all
from minutes.reader.tail_lines import MEETING_ENDS
from minutes.vocabulary import SectionKind

# "Fraværende: Ane Holm (A)", "Afbud fra Bo Lind (V) og Eva Kirk"
_ABSENCE_LABEL = re.compile(
    rf"(?i:Fraværende|Afbud|Fravær|Fraværende med afbud|(?:Ikke|Ej) til stede|Deltog ikke(?=:))"
    rf"(?:\s+fra\b|\s+var\b|[-–](?=\s))?\s*:?\s*{NAME}"
)
# "Afbud: Ingen", "Fraværende: -", "Ingen fraværende."
_NOBODY_ABSENT = re.compile(
    r"(?:Fraværende|Afbud|Fravær|Fraværende (?:med|uden) afbud|(?:Ikke|Ej) til stede)"
    r"\s*:\s*(?:Ingen|[-–0])\.?"
    r"|Ingen\s+(?:var\s+)?(?:fraværende|afbud)\.?",
    re.IGNORECASE,
)
_NAME_FIRST = re.compile(rf"(?:[Rr]ådmand |[Bb]orgmester )?{NAME}")
# "Ane Holm var fraværende, i stedet deltog …", "Bo Lind og Eva Kirk deltog ikke på mødet"
_IS_ABSENT = re.compile(
    r"\b(?:fraværende|ikke\s+til\s+stede|deltog\s+ikke\s+(?:på|i)\s+mødet|meldt\s+(?:afbud|forfald)|udeblev)\b"
)
_ONLY_HERE = re.compile(r"\b(?:under|ved|i)\s+(?:behandling|sag|punkt|pkt|afstemning)")
# "Bo Lind, V, ankom til mødet kl. 17.32 under behandlingen af punkt 1."
_CAME_OR_WENT = re.compile(r"\b(?:ankom|forlod|indkaldt|stedfortræder|suppleant|i stedet)\b")
# "Bo Lind (V) forlod mødet kl. 12.03 og kom tilbage kl. 12.45.", "Mødet sluttede kl. 12.50"
_CAME_OR_WENT_AT = re.compile(
    r"\b(?:ankom|forlod|tilsluttede sig|gik|kom|vendte tilbage|deltog)\b[^.;]{0,60}\bk(?:l\.?|lokken)\s*\d",
    re.IGNORECASE,
)
_OF_THE_ITEM = re.compile(r"\b(?:inhabil|habilitet|behandling|afstemning)", re.IGNORECASE)
_LEAVING = re.compile(
    r"(?:\s*\([^()]{1,30}\))?[,\s]+(?:(?:og|[A-ZÆØÅ(][\w.()-]*,?)\s+)*(?:ankom|forlod|tilsluttede|gik|kom|deltog)\b"
)
# "• Bo Lind – Ane Holm deltager som suppleant", "Partiets plads er vakant."
# "Eva Kirk og Ib Dam deltog som suppleanter.", "Eva Kirk (V) var indkaldt som stedfortræder for Bo Lind (V)."
_STOOD_IN = re.compile(
    r"\b(?:deltog|deltager|mødte|medvirkede|indkaldt)\s+som\s+(?:suppleant|stedfortræder)(?:er|e)?"
    r"(?:\s+for\s+[^.;:]{3,80})?\.?$"
)
# "(F)", "(A), Kim Holm (V)": the end of a list that was wrapped
_PARTY = re.compile(r"\([A-ZÆØÅ]{1,3}\)(?:,? (?:og )?[A-ZÆØÅ][^.]{2,60})?\.?")
_BULLET = re.compile(r"[-–•*]\s*")
_STANDS_IN = re.compile(
    r"\b(?:deltager|deltog|suppleant(?:er)?|stedfortræder(?:e)?|i stedet|indkaldt|vakant|afbud)\b"
)
# "Stedfortrædere:", "Dagsorden:": labels between the people and the decision
_LABEL = re.compile(r"(?:Stedfortrædere?|Suppleanter|Fremmøde|Deltagere|Dagsorden)\s*:?", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-ZÆØÅ])")
_LONGEST = 400
_LONGEST_NAME = 80


def add_if_aside(passage: Passage, lines: Sequence[Line], index: int) -> bool:
    """Add a line to a passage as an aside if it is one; return True if it was.

    Of a line with names that goes on below ("Ane Holm, Bo Lind" / "deltog ikke i mødet."), both are.
    """
    line = lines[index]
    if _empty_label(line.text, passage):
        return False
    if is_aside(line, passage):
        passage.add_aside(line, of_absentee=is_of_absentees(line, passage))
        return True
    if passage.kind is not SectionKind.DECISION:
        return False
    below = lines[index + 1].text if index + 1 < len(lines) else ""
    above = lines[index - 1].text if index else ""
    goes_on = line.text[0].islower() and above and _goes_on_absent(above, line.text)
    if _goes_on_absent(line.text, below) or goes_on or _is_wrapped(passage, line, above):
        passage.add_aside(line, of_absentee=True)
        return True
    return False


def add_line(passage: Passage, line: Line) -> None:
    """Add a line; an empty label and sentences about absentees around a decision's words are asides."""
    if passage.kind is not SectionKind.DECISION:
        passage.add(line)
        return
    end = _empty_label(line.text, passage)
    if not end and passage.only_asides:
        end = leading_absence(line.text)
    if end:
        passage.add_aside(line.part(0, end), of_absentee=True)
        line = line.part(end)
    begin = trailing_absence(line.text)
    if begin < len(line.text):
        passage.add(line.part(0, len(line.text[:begin].rstrip())))
        passage.add_aside(line.part(begin), of_absentee=True)
    else:
        passage.add(line)


def _empty_label(text: str, passage: Passage) -> int:
    """Return where the decision begins behind an empty label of absentees: "Afbud: Godkendt."."""
    if passage.kind is not SectionKind.DECISION or not passage.only_asides:
        return 0
    label = ASIDE.match(text)
    behind = text[label.end() :].lstrip() if label else ""
    return len(text) - len(behind) if behind and decides(behind) else 0


def is_aside(line: Line, now: Passage) -> bool:
    """Return True if the line is about people: anywhere in a decision, or right under its heading."""
    text = line.text
    if now.kind is SectionKind.DECISION and (says_absent(text) or _says_when(text)):
        return True
    if now.kind not in {SectionKind.DECISION, SectionKind.PRIOR_DECISION} or not now.only_asides:
        return False
    if now.empty:
        return bool(ASIDE.match(text)) or heading_kind(text) is SectionKind.ABSENT
    return now.kind is SectionKind.DECISION and (
        bool(ASIDE.match(text))
        or _LABEL.fullmatch(text) is not None
        or (_is_list(now.asides[-1].text) and lists_people(text))
        or (_NAME_FIRST.match(text) is not None and _CAME_OR_WENT.search(text) is not None and _ends(text))
    )


def is_of_absentees(line: Line, now: Passage) -> bool:
    """Return True if an aside names an absentee, and not one who came, left or was a substitute."""
    if ASIDE.match(line.text) or says_absent(line.text):
        return True
    label = next((aside.text for aside in reversed(now.asides) if _is_label(aside.text)), "")
    return not _CAME_OR_WENT.search(line.text) and heading_kind(label) is SectionKind.ABSENT


def _says_when(text: str) -> bool:
    """Return True if a line only says when somebody came or went, or when the meeting ended."""
    if len(text) >= _LONGEST or "l" not in text:
        return False
    if MEETING_ENDS.fullmatch(text):
        return True
    name = _NAME_FIRST.match(text)
    if not name or not _LEAVING.match(text, name.end()) or not _CAME_OR_WENT_AT.search(text, name.end()):
        return False
    return not _OF_THE_ITEM.search(text) and _ends(text)


def _is_wrapped(passage: Passage, line: Line, above: str) -> bool:
    """Return True if a list of absentees in the line above goes on: "… Ida Krog" / "(F)"."""
    if not passage.asides or not above or passage.asides[-1].text != above:
        return False
    return _PARTY.fullmatch(line.text) is not None or (above[-1] == "," and lists_people(line.text))


def _goes_on_absent(text: str, below: str) -> bool:
    """Return True if a list of names says only on the line below that these people were absent."""
    return (
        bool(below)
        and below[0].islower()
        and _NAME_FIRST.match(text) is not None
        and says_absent(f"{text} {below}")
    )


@lru_cache(maxsize=4096)
def says_absent(text: str) -> bool:
    """Return True if a line says who was absent from the item or a substitute, and decides nothing."""
    if len(text) >= _LONGEST:
        return False
    if _NOBODY_ABSENT.fullmatch(text) or _stood_in(text):
        return True
    if not _ABSENCE_LABEL.match(text):
        absent = _IS_ABSENT.search(text) if _NAME_FIRST.match(text) else None
        if not absent or _ONLY_HERE.search(text, absent.end()):
            return False
    return _ends(text)


def _stood_in(text: str) -> bool:
    """Return True if a line only says who came as a substitute."""
    return _NAME_FIRST.match(text) is not None and _STOOD_IN.search(text) is not None and _ends(text)


def leading_absence(text: str) -> int:
    """Return where the sentences about absentees end that open a line: "X var fraværende. Godkendt."."""
    if len(text) >= _LONGEST or not (_NAME_FIRST.match(text) or ASIDE.match(text)):
        return 0
    end = 0
    for stop in _SENTENCE_END.finditer(text):
        sentence = text[end : stop.start() + 1]
        if says_absent(sentence):
            end = stop.end()
    return end


def trailing_absence(text: str) -> int:
    """Return where the sentences about absentees begin that end a line: "Godkendt. X var fraværende."."""
    begin = len(text)
    if len(text) >= _LONGEST or not (_IS_ABSENT.search(text) or _STOOD_IN.search(text)):
        return begin
    for stop in reversed(list(_SENTENCE_END.finditer(text))):
        sentence = text[stop.end() : begin].rstrip()
        if not says_absent(sentence):
            break
        begin = stop.end()
    return begin


@lru_cache(maxsize=4096)
def lists_people(text: str) -> bool:
    """Return True if a line lists names, says that there are none, or says who came and who did not."""
    if names_in(text) or ASIDE.match(text) or text in {"-", "Ingen", "Ingen."} or says_all(text):
        return True
    if lists_absence(text) or tells_absence(text):
        return True
    bullet = _BULLET.match(text)
    if len(text) <= _LONGEST_NAME * 2 and (bullet or _NAME_FIRST.match(text)) and _STANDS_IN.search(text):
        return not decides(text[bullet.end() :] if bullet else text)
    return len(text) <= _LONGEST_NAME and _NAME_FIRST.match(text) is not None and text[-1] in "),"


def _is_label(text: str) -> bool:
    return heading_kind(text) is SectionKind.ABSENT or _LABEL.fullmatch(text) is not None


def _is_list(text: str) -> bool:
    return _is_label(text) or lists_people(text)


def _ends(text: str) -> bool:
    """Return True if no decision follows on the line."""
    return not any(decides(text[end.end() :]) for end in _SENTENCE_END.finditer(text))
