"""The committee of a meeting: bodies in labels and titles, else in headings of decisions and page heads."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from minutes.reader.bodies import Body, bodies_in, committee_key, definite, in_small_letters
from minutes.reader.dates import dates_in
from minutes.reader.header_candidates import Candidate, Header, note_conflict, strongest
from minutes.reader.header_labels import Block, Layout
from minutes.reader.header_titles import TitleLine
from minutes.reader.headings import heading_kind
from minutes.reader.items import ItemLines
from minutes.reader.names import squash
from minutes.vocabulary import SectionKind


def choose_committee(header: Header, layout: Layout, titles: Sequence[TitleLine], text: str = "") -> None:
    candidates = [
        *_committees_of_labels(layout),
        *_committees_of_titles(titles),
        *_committees_of_areas(layout, titles, text),
    ]
    ranked = strongest(candidates)
    if not ranked or ranked[0][0].weight < 2:
        return
    best = ranked[0][0]
    note_conflict(header, "committee", ranked, 5.0)
    if best.body is None:
        header.committee_as_printed = best.value
        header.committee = best.value
        return
    _take_body(header, best.body)
    joint = next(
        (
            title.bodies
            for title in titles
            if title.joint and best.body.name in {b.name for b in title.bodies}
        ),
        None,
    )
    if joint is None:
        joint = next((bodies for block in layout.blocks if len(bodies := _joint_label(block)) > 1), None)
    if joint:
        _take_body(header, joint[0])
        header.committees = tuple(dict.fromkeys(body.name for body in joint))
        names = set(header.committees)
        header.conflicts = [
            one for one in header.conflicts if one.second not in {committee_key(n) for n in names}
        ]


def _joint_label(block: Block) -> list[Body]:
    return bodies_in(block.text) if block.use == "committee" and block.text.count("\n") == 0 else []


def _take_body(header: Header, body: Body) -> None:
    header.committee = body.name
    header.committee_as_printed = definite(body.printed) if body.meeting else body.printed
    header.term = body.term


def _committees_of_labels(layout: Layout) -> Iterator[Candidate]:
    for block in layout.blocks:
        value = squash(block.text)
        bodies = bodies_in(value)
        of_meeting = bodies and block.use == "other" and block.words.startswith("møde")
        if not value or not (block.use == "committee" or of_meeting or _is_meeting_of(value, bodies)):
            continue
        if bodies and len(value) < 160:
            yield Candidate(committee_key(bodies[0].name), 8.0, block.at, bodies[0])
        elif len(value) < 60 and not any(character.isdigit() for character in value) and value[0].isupper():
            yield Candidate(in_small_letters(value), 6.0, block.at)


def _is_meeting_of(value: str, bodies: Sequence[Body]) -> bool:
    """Return True if a value is nothing but a body's meeting: "Emne: Skolebestyrelsesmøde"."""
    return bool(bodies) and bodies[0].meeting and not _MEETING_WORD.sub("", value[bodies[0].end :])


# "Skolebestyrelse|smøde"
_MEETING_WORD = re.compile(r"^s?møde(?:t)?\W*$", re.IGNORECASE)


def _committees_of_titles(titles: Sequence[TitleLine]) -> Iterator[Candidate]:
    for title in titles:
        if not title.bodies or (len(title.bodies) > 1 and not title.joint):
            # A line with several bodies names whose the matter is.
            continue
        body = title.bodies[0]
        if title.text[: body.start].casefold().endswith("med "):
            continue  # whom a body meets
        if body.genitive and not title.meeting and not title.kinds:
            continue
        weight = 1.0 + 2.0 * bool(title.kinds) + 2.0 * title.meeting + 1.5 * bool(title.dates)
        weight += 2.0 * (not title.noise) + 1.0 * (title.number < 6) - 1.5 * (len(title.noise) > 15)
        if title.text[:1].islower() and not (title.kinds or title.dates or title.meeting):
            weight -= 2
        if title.in_sentence or (title.text[:1].islower() and title.noise):
            continue
        if title.text.endswith(".") and len(title.noise) > _LONGEST_NOISE and not title.dates:
            continue  # a sentence of the page: "Du kan finde referater fra byrådet ved at søge her."
        if not title.names_meeting:
            weight -= 3
        yield Candidate(committee_key(body.name), weight, title.line, body)


# "Udvikling, By og Land": a committee that is called by its matters alone
_AREA = re.compile(r"[A-ZÆØÅ][\wæøå-]+(?:, [A-ZÆØÅ][\wæøå-]+){0,3},? (?:og|&) [A-ZÆØÅa-zæøå][\wæøå-]+")
# "indstiller til", "Beslutning i": before who decides
_DECIDES = re.compile(r"\b(?:indstil\w+|[Bb]eslutning|[Bb]ehandling|møde)(?:\s\w+){0,2}\s(?:til|i|af|fra)\s$")
_LONGEST_NOISE = 15
_LONGEST_AREA = 60
_LONGEST_AHEAD = 50


def _committees_of_areas(layout: Layout, titles: Sequence[TitleLine], text: str) -> Iterator[Candidate]:
    """Yield a line of matters beside the day, if the text says that it decides."""
    days = {title.line.start for title in titles if title.dates}
    printed = [line for line in layout.free if line.text]
    for place, line in enumerate(printed):
        beside = printed[max(place - 1, 0) : place + 2]
        if len(line.text) > _LONGEST_AREA or not _AREA.fullmatch(line.text):
            continue
        if any(other.start in days for other in beside) and _is_decider(line.text, text):
            yield Candidate(line.text, 6.0, line)


def _is_decider(name: str, text: str) -> bool:
    at = text.find(name)
    while at >= 0:
        if _DECIDES.search(text[max(at - _LONGEST_AHEAD, 0) : at]):
            return True
        at = text.find(name, at + len(name))
    return False


def complete(header: Header, agenda_items: Sequence[ItemLines], text: str) -> None:
    """Take the committee and the day that the header does not name from headings of decisions or page heads.

    They are those under which most of the items were decided, if it is most of them.
    """
    decided = sum(not item.closed for item in agenda_items) or len(agenda_items)
    seen, names, is_undated = _count_decisions(agenda_items)
    ranked = sorted(seen.items(), key=lambda entry: (-entry[1], entry[0][0], entry[0][1] or ""))
    top = _latest([entry for entry in ranked if 2 * entry[1] > decided])[:2]
    if not top:
        top, names = _of_page_heads(text)
    if not top and header.committee is None and not is_undated:
        top, names = _of_decisions(text, header.date)
    for (name, day), _times in top:
        if header.committee is None:
            _take_body(header, names[name])
        if header.date is None and day and name == committee_key(header.committee or ""):
            header.date = day
    if header.committee is None:
        body = _of_case_lines(agenda_items, text) or _of_sentences(text) or _of_local_committee(text)
        if body:
            _take_body(header, body)


def _count_decisions(
    agenda_items: Sequence[ItemLines],
) -> tuple[dict[tuple[str, str | None], int], dict[str, Body], bool]:
    """Return in how many items each body decided on each day, the bodies by their keys, and a flag.

    Nothing is counted, and the flag is set, where most of the items have a heading without a day too, which
    is the meeting's own.
    """
    seen: defaultdict[tuple[str, str | None], int] = defaultdict(int)
    names: dict[str, Body] = {}
    undated = dated = 0
    for item in agenda_items:
        here = {}
        for line in item.body:
            here.update({(committee_key(body.name), day): body for body, day in _decided_by(line.text)})
        for key, body in here.items():
            names.setdefault(key[0], body)
            seen[key] += 1
        dated += bool(here)
        undated += bool(here) and _decides_undated(item)
    is_undated = 2 * undated > dated
    return ({}, {}, True) if is_undated else (seen, names, False)


def _decides_undated(item: ItemLines) -> bool:
    """Return True if an item has a heading "Beslutning" with text under it that names no body or day."""
    printed = [line.text for line in item.body if line.text]
    for place, text in enumerate(printed):
        head, _, behind = text.partition(":")
        if heading_kind(head) is not SectionKind.DECISION:
            continue
        below = [*printed[place + 1 : place + 3], "", ""]
        first = below[1] if _ITEM_LINE.match(below[0]) else below[0]
        names_none = heading_kind(below[0]) is None and not any(_decided_by(first))
        if behind.strip() or names_none:
            return True
    return False


def _latest(top: list[tuple[tuple[str, str | None], int]]) -> list[tuple[tuple[str, str | None], int]]:
    """Return those of the latest day first: prior decisions are of earlier days."""
    return sorted(top, key=lambda entry: entry[0][1] or "", reverse=True)


# "Beslutning i Skoleudvalget den 5. maj 2014", "Ældrerådets beslutning den …", "Skoleudvalget, 05-05-2014"
_DECISION = re.compile(r"(?:beslutning|behandling|behandlet)\w*\b", re.IGNORECASE)


def _decided_by(text: str) -> Iterator[tuple[Body, str | None]]:
    if not 8 < len(text) < 200 or not (text[0].isupper() or text[0].isdigit()):
        return
    bodies = bodies_in(text)
    if len(bodies) != 1:
        return
    body = bodies[0]
    before, behind = text[: body.start], text[body.end :]
    says = bool(_DECISION.match(before)) and len(before) < 30
    dates = dates_in(behind) or (dates_in(before) if not says else [])
    if says or (not before.strip() and (dates or _DECISION.search(behind[:30])) and len(behind) < 90):
        yield body, dates[0].iso if dates else None


def _of_decisions(
    text: str, date: str | None
) -> tuple[list[tuple[tuple[str, str | None], int]], dict[str, Body]]:
    """Return the only body that the lines of a text say to have decided on the meeting's day, and the day."""
    names: dict[str, Body] = {}
    days: set[str] = set()
    for line in _CAN_DECIDE.finditer(text):
        for body, day in _decided_by(line[0].strip()):
            if day is not None and (date is None or day == date):
                names.setdefault(committee_key(body.name), body)
                days.add(day)
    if len(names) != 1 or len(days) != 1:
        return [], {}
    return [((next(iter(names)), days.pop()), 1)], names


# "Skoleudvalgets beslutning i mødet den 5. maj 2014"
# Between "Beslutning" and "Byrådets beslutning den 3. maj 2021": "Punkt 1: Dagsorden", "1. Dagsorden"
_ITEM_LINE = re.compile(
    r"(?:(?:(?:Dagsordens)?punkt|Pkt\.?|Sag(?:\s+nr\.)?)\s+)?\d{1,4}[.:)]?\s", re.IGNORECASE
)
_CAN_DECIDE = re.compile(
    r"^[^\n]{0,120}\b(?:[Bb]eslutning|[Bb]ehandling)[^\n]{0,80}\d{4}\b[^\n]{0,20}$", re.MULTILINE
)
_PAGE = re.compile(r"^(?P<head>[^\n]{8,120}?)\s+[Ss]ide:?\s*(?:nr\.?\s*)?\d{1,4}\b", re.MULTILINE)


def _of_page_heads(text: str) -> tuple[list[tuple[tuple[str, str | None], int]], dict[str, Body]]:
    """Return the body and day in the heads and feet of pages, if there are two at least and all agree."""
    seen: defaultdict[tuple[str, str | None], int] = defaultdict(int)
    names: dict[str, Body] = {}
    for match in _PAGE.finditer(text):
        for body, day in _decided_by(match["head"].strip()):
            names.setdefault(committee_key(body.name), body)
            seen[committee_key(body.name), day] += 1
    if len(seen) != 1 or max(seen.values()) < 2:
        return [], {}
    return list(seen.items()), names


# "Sagsnr. 328857 Taxinævnet Åbent punkt": the body in an item's line of case number and openness
_CASE_LINE = re.compile(r"(?:Sags?(?:nr|id|nummer)|J\.?nr|Journalnr)\b[.:]?", re.IGNORECASE)
_OPENNESS = re.compile(r"\s+(?:åbent?|lukket)(?:\s+(?:punkt|sag|dagsorden))?$", re.IGNORECASE)
# "Mødet i Sundhedsudvalget begyndte kl. 14", "Skoleudvalget holdt møde"
_MEETING_IN = re.compile(r"\b(?:(?:[Dd]agens )?[Mm]øde|[Mm]ødet|Fraværende) i (?=[A-ZÆØÅ])")
_WENT_ON = re.compile(
    r"\s+(?:begyndte|startede|sluttede|åbnede|åbnedes|hævedes|blev (?:åbnet|hævet|afholdt))\b"
)
_MOST_SENTENCES = 200
_TOP_OF_ITEM = 12
_LONGEST_BODY = 120


def _of_case_lines(agenda_items: Sequence[ItemLines], text: str) -> Body | None:
    """Return the only body in the items' lines of case number and openness, if most of them have one."""
    bodies: dict[str, Body] = {}
    times = 0
    for item in agenda_items:
        here = [
            body
            for line in map(str.strip, text[item.start : item.end].split("\n", _TOP_OF_ITEM)[:_TOP_OF_ITEM])
            if _CASE_LINE.match(line) and (openness := _OPENNESS.search(line))
            for body in bodies_in(line)
            if body.end == openness.start()
        ]
        bodies.update({committee_key(body.name): body for body in here})
        times += bool(here)
    return next(iter(bodies.values())) if len(bodies) == 1 and 2 * times > len(agenda_items) else None


def _of_sentences(text: str) -> Body | None:
    """Return the only body whose meeting sentences say to have begun or ended: "Mødet i X begyndte …"."""
    bodies: dict[str, Body] = {}
    for match, _ in zip(_MEETING_IN.finditer(text), range(_MOST_SENTENCES), strict=False):
        behind = text[match.end() : match.end() + _LONGEST_BODY]
        body = next((body for body in bodies_in(behind) if body.start == 0), None)
        if body and (_WENT_ON.match(behind, body.end) or _is_today(match[0], behind[body.end :])):
            bodies.setdefault(committee_key(body.name), body)
    return next(iter(bodies.values())) if len(bodies) == 1 else None


def _is_today(ahead: str, behind: str) -> bool:
    """Return True for "dagens møde i Byrådet", "Fraværende i Byrådet, 3. maj 2021:": of this meeting."""
    return ahead.startswith(("Dagens", "dagens")) or (
        ahead.startswith("Fraværende") and bool(dates_in(behind.partition(":")[0]))
    )


# "at Fjordby Lokaludvalg godkender", in what is recommended
_LOCAL = re.compile(
    r"\b(?:at (?=(?:[A-ZÆØÅ][\w.-]+\s){1,3}[Ll]okaludvalg\s+[a-zæøå]+er\b)"
    r"|indstiller til (?=(?:[A-ZÆØÅ][\w.-]+\s){1,3}[Ll]okaludvalg\b))"
)


def _of_local_committee(text: str) -> Body | None:
    """Return the only local committee that something is recommended to, where it decided itself."""
    if not any(words in text for words in ("Lokaludvalget ", " lokaludvalget ", "agsord")):
        return None
    bodies: dict[str, Body] = {}
    for match, _ in zip(_LOCAL.finditer(text), range(_MOST_SENTENCES), strict=False):
        body = next(iter(bodies_in(text[match.end() : match.end() + _LONGEST_BODY])), None)
        if body and body.start == 0:
            bodies.setdefault(committee_key(body.name), body)
    return next(iter(bodies.values())) if len(bodies) == 1 else None
