"""Lines of several labels, cut before each: pages of PDFs in one paragraph."""

import re
from collections.abc import Sequence
from itertools import pairwise

from minutes.reader.dates import dates_in
from minutes.reader.labels import ALTERNATIVES, PEOPLE, Label, label_of
from minutes.reader.layout import Line
from minutes.reader.row_values import value_cuts

# A label inside a line: "Mødested: Rådhuset Tidspunkt: Kl. 15"
_WITHIN = re.compile(
    rf"(?<=[\s.)\d])(?P<label>(?:{ALTERNATIVES})(?:\s+(?:med afbud|fra|for møde))?)\s*:", re.IGNORECASE
)
# Nothing yet: "Kl", "kl.", the bar of a table
EMPTY = re.compile(r"\s*(?:kl\.?|-|–|\|)?\s*", re.IGNORECASE)
# No single value on a line of its own is longer.
_LONGEST_VALUE = 120
_LONGEST_TITLE = 260
# A line with several labels and their values is longer.
_LONGEST_ALONE = 80
# "Sted Medlemmer Fraværende Byrådssalen, …", "Mødetidspunkt 18:00", "… Bemærkninger"
_BARE_ROW = re.compile(r"(?:(?:Sted|Mødested|Medlemmer|Deltagere|Fraværende|Afbud)\s){2,}(?=[A-ZÆØÅ])")
_BARE_HOUR = re.compile(r"\b(?:Mødetidspunkt|Starttidspunkt|Tidspunkt|Sluttidspunkt)\s(?=\d)")
_BARE_REMARKS = re.compile(r"\bBemærkninger$")
# "Tilstede Ida Krog (A) - formand Bo Dam (V) Afbud/Fraværende Sekretær Liv Lund": labels without colons
_BARE_PEOPLE = re.compile(r"\bTil ?stede\s(?=[A-ZÆØÅ][\w'-]+\s[^()]{2,60}\([A-ZÆØÅ]{1,2}\))")
# "Medlemmer Ida Krog (idkr) A Bo Dam (boda) V Fraværende Bo Dam (boda) V Bemærkninger"
_BARE_MEMBERS = re.compile(r"\bMedlemmer\s(?=[A-ZÆØÅ][\w'-]+\s[^()]{2,60}\([a-zæøå]{2,8}\)\s[A-ZÆØÅ])")
_BARE_BEHIND = re.compile(
    r"\b(?:Afbud/Fraværende|Afbud|Fraværende|Sekretær|Bemærkninger|INDHOLDSFORTEGNELSE)\b(?!:)"
)
_LONGEST_LIST = 1500
# "Dato 22. maj 2013 Tidspunkt 17:00 Sted Mødelokale 1 Til stede Ida Krog, Bo Dam Fraværende Per Holm"
_BARE_SERIES = re.compile(
    r"\b(?:Dato|Tidspunkt|Sted|Mødested|Til ?stede|Deltagere|Medlemmer|Fraværende|Afbud|Referent)"
    r" (?=[A-ZÆØÅ\d])"
)
_OPENS_SERIES = re.compile(r"(?:Dato|Mødedato|Sted|Mødested) (?=[A-ZÆØÅ\d])")
_DAY_BEHIND = re.compile(r"\bDato\s(?:\w+dag\s)?(?:den\s)?\d")
_SERIES = 4
_WORD = re.compile(r"\S+")
# "Mødested: Industrivej 9, Nørby Afbud fra Eva Krog.": a sentence behind the value of a label
_APOLOGY = re.compile(r"(?<=[\w.] )Afbud fra (?=[A-ZÆØÅ][\w-]+ [A-ZÆØÅ])")
# "… den 3. maj 2010 i Byrådssalen Til stede: …", "… REFERAT 1. Godkendelse …"
_TITLE_ENDS = re.compile(
    r"\s(?=(?:REFERAT|DAGSORDEN|BESLUTNINGER|INDHOLD|Indhold|Oversigt|Dagsorden|Afbud|Medlemmer|Til ?stede"
    r"|Mødedeltagere|Deltagere|Fraværende|Fremmødte?|Mødetidspunkt|Sted)\w*\b|\d{1,3}\. [A-ZÆØÅ])"
)
# Labels are looked for in the beginning of a line only.
_LONGEST_HEAD = 6000


def parted(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, with a line of several labels cut before each: text of PDFs in one paragraph."""
    parts: list[Line] = []
    for whole in lines:
        line = whole
        cuts: list[int] = []
        if len(line.text) > _LONGEST_TITLE:
            cut = _end_of_title(line.text)
            parts += [line.part(_page_number(line.text), cut)] if cut else []
            line = line.part(cut)
        if len(line.text) > _LONGEST_ALONE or _OPENS_SERIES.match(line.text):
            cuts = _bare_labels(line.text)
        colons = line.text.count(":", 0, _LONGEST_HEAD)
        if colons:
            labels = (match.start() for match in _WITHIN.finditer(line.text[:_LONGEST_HEAD]))
            anywhere = colons > 1 or len(line.text) > _LONGEST_TITLE
            cuts += [
                cut
                for cut in labels
                if line.text[cut].isupper() and (anywhere or line.text[:cut].endswith(". "))
            ]
        ends = [0, *sorted(set(cuts)), len(line.text)]
        parts += [
            line.part(begin, end)
            for begin, end in pairwise(ends)
            if line.text[begin:end].strip() or not line.text
        ]
    return _with_values_apart(parts)


def _bare_labels(text: str) -> list[int]:
    """Return where labels without colons begin in a page in one paragraph: in a row, or before an hour."""
    cuts: list[int] = []
    for row in _BARE_ROW.finditer(text[:_LONGEST_HEAD]):
        cuts += [row.start() + word.start() for word in _WORD.finditer(row[0])]
        cuts.append(row.end())
    cuts += [match.start() for match in _BARE_HOUR.finditer(text[:_LONGEST_HEAD])]
    cuts += [match.start() for match in _APOLOGY.finditer(text[:_LONGEST_HEAD])]
    series = list(_BARE_SERIES.finditer(text[:_LONGEST_HEAD]))
    is_series = len({match[0] for match in series}) >= _SERIES and _DAY_BEHIND.search(text[:_LONGEST_HEAD])
    if is_series or _OPENS_SERIES.match(text):
        cuts += [match.start() for match in series]
    head = text[:_LONGEST_HEAD]
    if people := _BARE_PEOPLE.search(head) or _BARE_MEMBERS.search(head):
        cuts.append(people.start())
        behind = _BARE_BEHIND.finditer(text, people.end(), people.end() + _LONGEST_LIST)
        cuts += [match.start() for match in behind]
    remarks = _BARE_REMARKS.search(text[:_LONGEST_HEAD]) if cuts else None
    return [*cuts, remarks.start()] if remarks else cuts


def _with_values_apart(parts: list[Line]) -> list[Line]:
    """Return the parts of a line; each value of a row of labels, behind the last label, is one part."""
    apart: list[Line] = []
    empty: list[Label] = []
    for part in parts:
        if not part.text:
            apart.append(part)
            continue
        label = label_of(part.text)
        if label and EMPTY.fullmatch(label.rest):
            empty.append(label)
            apart.append(part)
            continue
        begin = len(part.text) - len(label.rest) if label else 0
        behind = empty and (label is not None or len(empty) > 1 or len(part.text) > _LONGEST_VALUE)
        labels = [*empty, *([label] if label else [])]
        cuts = [begin + cut for cut in value_cuts(part.text[begin:], labels)] if behind else []
        if len(cuts) > 1 or (cuts and label and _can_be_of_other(empty[-1], label, apart, part)):
            apart += [part.part(0, begin)] if begin else []
            for one, other in pairwise([*cuts, len(part.text)]):
                apart += [part.part(one, other), Line("", part.start + other, part.start + other)]
        else:
            apart.append(part)
        empty = []
    return apart


def _can_be_of_other(above: Label, label: Label, before: Sequence[Line], part: Line) -> bool:
    """Return True if the people behind a label can be of the empty one before it in the same paragraph.

    A blank line between them, for which the text has no place, was put into a page in one paragraph.
    """
    if above.use == label.use or not PEOPLE.issuperset({above.use, label.use}):
        return False
    last = next((line for line in reversed(before) if line.text), None)
    return not before[-1].text and last is not None and part.start - last.end == 1


def _end_of_title(text: str) -> int:
    """Return where the title of a page in one paragraph ends, behind its day and place; or 0."""
    head = text[:_LONGEST_TITLE]
    ends = [match.start() for match in _TITLE_ENDS.finditer(head)]
    days = dates_in(head)
    label = _WITHIN.search(head)
    end = next((end for end in ends if days and end >= days[0].end), 0)
    return end if label is None or end <= label.start() else 0


def _page_number(text: str) -> int:
    """Return where a line begins behind the number of its page."""
    match = re.match(r"\d{1,3} (?:! )?(?=[A-ZÆØÅ])", text)
    return match.end() if match else 0
