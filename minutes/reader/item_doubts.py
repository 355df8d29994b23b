"""Signs that an item was not read as it was meant: its title, case number, decision and people."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from minutes.reader.deciding import decides, says_decision
from minutes.reader.headings import decided_by, heading_kind
from minutes.reader.meeting_item import is_about_meeting
from minutes.reader.names import NAME
from minutes.reader.notices import doubt
from minutes.reader.records import Document, Doubt, Item, Section
from minutes.vocabulary import DocumentKind, Outcome, SectionKind

# A label or a page's foot inside a decision: "Sagsnr.: 10/1539", "Ej til stede:", "Sidenr. 90", "Fremmøde"
_LABEL_INSIDE = re.compile(
    r"SAG NR\. \d"
    r"|^(?:Sags?n(?:r|ummer)\b|Sagsid\b|J(?:ournal)?\.?nr\b|Sidenr\b|Fremmøde\b|(?:Ej|Ikke) til stede\b)"
    r"|^(?:Sagens forløb|SAGENS FORLØB|Sagsforløb|Eventuelt|Mødet (?:startede|sluttede|blev hævet|hævet))\b",
    re.MULTILINE,
)
# "A og B deltog ikke.", "A (V) var fraværende.": what a decision ends with that says who was away
_SAYS_AWAY = re.compile(
    r"\n[^\n]*\b(?:deltog ikke|ikke til stede)\.?$|\b(?:deltog ikke i mødet|var fraværende)\.?$",
    re.IGNORECASE,
)
# "x x x": cells of a table of ticks, in the beginning of a decision
_TICKS = re.compile(r"\bx\s+x\s+x\b", re.IGNORECASE)
_TOP = 400
# "1. Ny sti", a line of a decision that begins like an item
_NEXT_ITEM = re.compile(r"^(?P<number>\d{1,3})\. +[A-ZÆØÅ]\w+", re.MULTILINE)
# A title that is a sentence about people, or a page's link or label
_NO_TITLE = re.compile(
    r"\b(?:deltog ikke|deltog i stedet|havde meldt afbud|var fraværende)\b"
    r"|^(?:Se alle bilag|Bemærkninger\b|Download|Transkript|Udskriv|Til top|Tilbage til|Læs mere)"
    r"|^Lukket (?!sag$|punkt$)",
    re.IGNORECASE,
)
# "07/5773", "018520-2013", "1-30-11-06-V", "01.02G00 - 2017/27088"
_CASE_FORM = re.compile(r"(?=(?:\D*\d){5})[\dA-ZÆØÅ][\dA-ZÆØÅ.]*(?:\s?[-/]\s?[\dA-ZÆØÅ.]+)+")
# "Åbent Kommuneplan 2030": a mark before a title
_MARKED = re.compile(r"Åbent? [A-ZÆØÅ]")
# "3. Ny sti", a number and a title at the beginning of a line
_NUMBERED = re.compile(r"^[^\w\n]{0,8}(?P<number>\d{1,3})[.)] {1,3}[A-ZÆØÅ]", re.MULTILINE)
# "• Pkt. 17 Ny sti", "3. Ny sti", the first line behind a decision
_TITLE_BEHIND = re.compile(
    r"[^\w\n]{0,8}(?:(?:Pkt\.?|Punkt|Sag) ?)?(?P<number>\d{1,3})[.:)]? {1,3}[A-ZÆØÅ]\w"
)
# "Ny sti Ny sti": a title that is printed twice
_TWICE = re.compile(r"(?P<half>.{5,150}) (?P=half)")
# "Ny sti S2022-520": a case number at the end of a title
_CASE_BEHIND = re.compile(
    r"\sS\d{4}-\d{2,}$|\s\d{2}\.\d{2}\.\d{2}-\S+$|\sÅbent? - \S+$|^Åbent?(?: sag| punkt)?$", re.IGNORECASE
)
_CASE_LABEL = re.compile(
    r"(?:J\.?\s?nr|Sags?n(?:r|ummer)|Sagsid|Sag nr)\b\.?\s*:?\s*[\w.]*\d[\d/.-]{3,}", re.IGNORECASE
)
_DATE_FORM = re.compile(r"\d{1,2}[-./]\d{1,2}[-./](?:\d\d){1,2}")
# How many printed lines under its title an item's case number is among.
_CASE_LINES = 4
_LONGEST_CASE = 60
_LONGEST_PERSON = 60
# The last line of a decision is a list of absentees up to this length, and the last paragraph a decision.
_LONGEST_ABSENCE = 200
_LONGEST_END = 200
_LONGEST_SENTENCE = 40
# "begærede sagen i KB", "begærer sagen indbragt for byrådet"
_REFERS = re.compile(
    r"\bbegær(?:er|ede|es|t)?\b[^.\n]{0,60}\b(?:sag|punkt|i KB|indbragt|forelagt)", re.IGNORECASE
)
# "Ane Lund (V) erklærede sig inhabil", "Bo Dam deltog ikke i sagens behandling", "på grund af inhabilitet"
_RECUSES = re.compile(
    r"\b(?:erklærede sig (?:selv )?inhabil|var inhabil|grundet? inhabilitet|af inhabilitet)\b"
)
_TOOK_NO_PART = re.compile(rf"(?P<name>{NAME})(?: \([^()]{{1,9}}\))? deltog ikke i (?:sagens )?behandling")
# "Imod stemte: 3 (Ane Lund …)", "Imod: 2 (", "Imod stemte 1:": a side of a vote on a line
_VOTE_LINE = re.compile(
    r"^[ \t]{0,20}(?:(?:Imod|Mod)(?: stemte)?:?[ \t]{1,3}\d{1,3} ?[:(]|(?:For|Imod) stemte ?:)", re.MULTILINE
)
# "godkendt med 31 stemmer imod 14"
_VOTES = re.compile(r"\bmed \d{1,3} (?:stemmer )?i?mod \d{1,3}\b")
# "Åben sag", "Åbent punkt" alone on a line, and not answered: "Nej"
_SAYS_OPEN = re.compile(
    r"^[ \t]{0,20}Åbent? (?:sag|punkt)[ \t]{0,9}$(?!\s{1,4}(?:Nej|Ja|Lukket|x)\b)",
    re.MULTILINE | re.IGNORECASE,
)
# "11. Eventuelt", "Pkt. 8 Evt.": a title that most agendas end with
_LAST_TITLE = re.compile(
    r"^[^\w\n]{0,12}(?:(?:Punkt|Pkt\.?|Nr\.?) ?)?(?:\d{1,3}\W{0,3})?Eventuelt[ \t.:]{0,9}$", re.MULTILINE
)
# "Godkendt.", "Forslaget tiltrådt": words of an outcome
_DECIDED = re.compile(r"\b(?:[Gg]odkend|[Vv]edtag|[Tt]iltr[åa]|[Ff]orkast)")
_LONG = 20_000
_BRACKETS = re.compile(r"\([^()]*\)")
_LETTER = re.compile(r"\w")
# Headings that no item is called by.
_OF_SECTIONS = {
    SectionKind.DECISION,
    SectionKind.RECOMMENDATION,
    SectionKind.PRESENTATION,
    SectionKind.RESUME,
}
_FEWEST_DECIDED = 3
# In how many items a decision is printed, of those that are open, where one without is doubtful.
_MOST_DECIDED = 0.75


def item_doubts(document: Document) -> Iterator[Doubt]:
    """Yield the doubts about what was read of each item."""
    numbers = {item.number for item in document.items if item.number}
    for item in document.items:
        if _is_odd_title(item):
            yield of_item(item, "title_odd")
        if item.closed and _SAYS_OPEN.search(document.text, item.start, item.end):
            yield of_item(item, "open_sign_in_closed_item")
        if (
            _has_last_title(document.text, item)
            or _has_next_number(document.text, item)
            or _has_title_behind(item, numbers)
        ):
            yield of_item(item, "title_inside_item")
    yield from _case_numbers(document)
    yield from _people_lines(document)
    if document.document == DocumentKind.MINUTES:
        yield from _decisions(document)


def of_item(item: Item, code: str) -> Doubt:
    return doubt(code, item.start, item.end, number=item.number, title=item.title)


def _case_numbers(document: Document) -> Iterator[Doubt]:
    """Yield a doubt about the first item with a case number printed that was not read."""
    for item in document.items:
        if item.case_number or item.closed:
            continue
        above = _printed(document.text[max(item.start - _LONGEST_CASE, 0) : item.start])[-1:]
        below = _printed(document.text[item.start : item.end])[:_CASE_LINES]
        if any(map(_CASE_LABEL.match, above)) or any(map(_is_case, below)):
            yield of_item(item, "case_unread")
            return


def _is_case(line: str) -> bool:
    if len(line) > _LONGEST_CASE or _DATE_FORM.fullmatch(line):
        return False
    return bool(_CASE_FORM.fullmatch(line) or _CASE_LABEL.match(line))


def _printed(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n", 4 * _CASE_LINES) if line.strip()]


def _people_lines(document: Document) -> Iterator[Doubt]:
    """Yield a doubt about the first item with a line of absent people who are not read as its own."""
    names = [absence.name for absence in document.absent]
    if not names:
        return
    for item in document.items:
        if is_about_meeting(item.title):
            continue  # where the absence is the meeting's
        away = {person.name for person in (*item.absent, *item.left_or_recused)}
        for line in document.text[item.start : item.end].split("\n"):
            named = [name for name in names if name in line]
            if not named or away.issuperset(named) or ":" in line:
                continue
            rest = _BRACKETS.sub("", line)
            for name in named:
                rest = rest.replace(name, "")
            if not _LETTER.search(re.sub(r"\bog\b|\([^()]*$", "", rest)):
                yield of_item(item, "absence_unread")
                return


def _decisions(document: Document) -> Iterator[Doubt]:
    """Yield doubts about the decisions of the items, and about an item without a number beside others."""
    opened = [item for item in document.items if not item.closed]
    decided = sum(item.decision is not None for item in opened)
    numbered = sum(item.number is not None for item in document.items)
    if 0 < numbered < len(document.items):
        first = next(item for item in document.items if item.number is None)
        yield of_item(first, "item_without_number")
    if len(opened) >= _FEWEST_DECIDED and not decided:
        yield doubt("no_decisions", opened[0].start, opened[0].start)
    are_usual = decided >= max(_FEWEST_DECIDED, _MOST_DECIDED * len(opened))
    for item in document.items:
        if item.closed and _has_several_decisions(item):
            yield of_item(item, "two_decisions")
    for item in opened:
        code = _decision_code(item, are_usual=are_usual, is_last=item is document.items[-1])
        if code:
            yield of_item(item, code)
        yield from _unread(document.text, item)


def _unread(text: str, item: Item) -> Iterator[Doubt]:
    """Yield doubts about a referral, a recusal or a vote that an item's text mentions and it has not."""
    decision = item.decision or ""
    if "begær" in decision and _REFERS.search(decision) and not item.referred_to_council_by:
        yield of_item(item, "referral_unread")
    if _is_recusal_unread(text, item):
        yield of_item(item, "recusal_unread")
    if _is_vote_unread(text, item):
        yield of_item(item, "vote_unread")


def _is_vote_unread(text: str, item: Item) -> bool:
    """Return True if an item without a ballot lists voters, or counts votes and has no decision."""
    if item.ballots or item.elections or text.find("mod", item.start, item.end) < 0:
        return False
    return _says(text, item, _VOTE_LINE) or (item.decision is None and _says(text, item, _VOTES))


def _decision_code(item: Item, *, are_usual: bool, is_last: bool) -> str | None:
    """Return the code of the doubt about an item's decision, or None."""
    if _has_several_decisions(item):
        return "two_decisions"
    if item.decision is not None:
        if _is_mixed(item.decision, item.number or ""):
            return "decision_mixed"
        is_unclear = (
            item.outcome == Outcome.OTHER and len(item.decision) < _LONG and _DECIDED.search(item.decision)
        )
        return "outcome_unclear" if is_unclear else None
    is_awaited = _is_recommended(item) and (are_usual or not is_last)
    is_said = any(section.heading is None and says_decision(section.clean) for section in item.sections)
    return "decision_missing" if is_awaited or is_said or _decides_at_end(item.sections) else None


def _has_several_decisions(item: Item) -> bool:
    printed = [section for section in item.sections if section.kind == SectionKind.DECISION]
    return sum(bool(section.clean) for section in printed) > 1


def _is_odd_title(item: Item) -> bool:
    """Return True if a title is a sentence, a link or a heading of sections, or has a case number.

    A number without a title is odd too.
    """
    title = item.title
    if not title:
        return item.number is not None
    if _CASE_BEHIND.search(title) or _TWICE.fullmatch(title) or _MARKED.match(title):
        return True
    if title.endswith(("-", "–")):
        return True
    decision = decided_by(title)
    if heading_kind(title) in _OF_SECTIONS or (decision is not None and decision.noun is not None):
        return True
    return not item.number and bool(_NO_TITLE.search(title))


def _has_next_number(text: str, item: Item) -> bool:
    """Return True if the first numbered line under an item's title has the number after its own."""
    if item.number is None or not item.number.isdecimal():
        return False
    under = text.find("\n", item.start, item.end)
    numbered = _NUMBERED.search(text, under, item.end) if under >= 0 else None
    return numbered is not None and int(numbered["number"]) == int(item.number) + 1 > 2


def _is_recusal_unread(text: str, item: Item) -> bool:
    """Return True if an item's text says that somebody took no part in it whom the item does not have."""
    if text.find("inhabil", item.start, item.end) >= 0 and not item.left_or_recused:
        return _says(text, item, _RECUSES)
    away = {person.name for person in (*item.absent, *item.left_or_recused)}
    return any(
        _names_another(text, section, away)
        for section in item.sections
        if section.kind == SectionKind.DECISION
    )


def _names_another(text: str, section: Section, away: set[str]) -> bool:
    at = text.find(" deltog ikke i ", section.start, section.end)
    if at < 0:
        return False
    said = _TOOK_NO_PART.search(text, max(section.start, at - _LONGEST_PERSON), at + _LONGEST_PERSON)
    # The window can cut a name, and a title can precede it.
    return said is not None and not any(
        said["name"].endswith(name) or name.endswith(said["name"]) for name in away
    )


def _has_title_behind(item: Item, numbers: set[str]) -> bool:
    """Return True if behind the decision is a line that begins like an item whose number no item has."""
    for above, section in pairwise(item.sections):
        if above.kind != SectionKind.DECISION or section.heading is not None:
            continue
        title = _TITLE_BEHIND.match(section.text)
        if title and (title["number"] not in numbers or title["number"] == item.number):
            return True
    return False


def _has_last_title(text: str, item: Item) -> bool:
    """Return True if the title of an agenda's last item is alone on a line inside this item."""
    if text.find("Eventuelt", item.start, item.end) < 0 or "eventuelt" in item.title.casefold():
        return False
    return _LAST_TITLE.search(text, item.start, item.end) is not None


def _says(text: str, item: Item, pattern: re.Pattern[str]) -> bool:
    """Return True if a section of an item matches, other than prior decisions."""
    return any(
        pattern.search(text, section.start, section.end)
        for section in item.sections
        if section.kind != SectionKind.PRIOR_DECISION
    )


def _is_mixed(decision: str, number: str) -> bool:
    """Return True if the decision of the item with `number` has words of something else in it."""
    if _LABEL_INSIDE.search(decision) or _TICKS.search(decision, 0, _TOP):
        return True
    numbered = _NEXT_ITEM.findall(decision)
    # Where every item is number 1, so is the next.
    if len(numbered) == 1 and number.isdecimal() and int(numbered[0]) - int(number) in {0, 1}:
        return True
    return bool(_SAYS_AWAY.search(decision.rstrip(), max(len(decision) - _LONGEST_ABSENCE, 0)))


def _is_recommended(item: Item) -> bool:
    return any(section.kind == SectionKind.RECOMMENDATION and section.clean for section in item.sections)


def _decides_at_end(sections: Sequence[Section]) -> bool:
    """Return True if the last paragraph of one of the sections opens like a decision, or ends with one."""
    for section in sections:
        if section.kind == SectionKind.RECOMMENDATION:
            continue
        last = section.clean.rstrip().rsplit("\n\n", 1)[-1]
        if len(last) < _LONGEST_END and (decides(last) or decides(_last_sentence(last))):
            return True
    return False


def _last_sentence(paragraph: str) -> str:
    """Return what is behind the last full stop within a paragraph, if it is short: "Godkendt."."""
    sentence = paragraph[paragraph.rfind(". ", 0, -1) + 2 :]
    return sentence if len(sentence) <= _LONGEST_SENTENCE else ""
