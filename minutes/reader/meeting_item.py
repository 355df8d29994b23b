"""Notes of who came and who did not, in the item about the meeting itself: "Godkendelse af dagsorden"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from minutes.reader.deciding import decides
from minutes.reader.headings import Own, decided_by, heading_kind, is_own
from minutes.reader.items import ItemLines
from minutes.reader.joined_names import is_given
from minutes.reader.labels import BULLET, PEOPLE, label_mark, label_of
from minutes.reader.names import NAME, is_name, names_in, sentences, squash, untitled, without_title
from minutes.reader.people_lists import lists_absence, parts_of_list
from minutes.reader.presence import attendance_in
from minutes.vocabulary import SectionKind

# An item under which the meeting's own attendance is noted
_ABOUT_MEETING = re.compile(
    r"(?:.{0,40}\bdagsorden|fremmøde\b|fravær(?:ende)?\b|afbud\b|mødets åbning|(?:mødet )?åbne[st]\b|åbning$"
    r"|åbning af mødet|velkomst\b|forside$|konstatering af|godkendelse af indkaldte)",
    re.IGNORECASE,
)
# No item about this meeting: "Forslag til dagsorden for årsmødet", "Godkendelse af dagsorden til næste møde"
_OTHER_MEETING = re.compile(r"\b(?:forslag|næste|kommende|generalforsamling|årsmøde)", re.IGNORECASE)
_OF_ATTENDANCE = re.compile(r"Mødets deltagere(?: og afbud)?\s*:?", re.IGNORECASE)
_NOTED_HERE = re.compile(r"(?:Mødets )?(?:deltagere|fraværende|fremmøde)\b.{0,40}\bnoteres\b", re.IGNORECASE)
_MOST_BEFORE = 4
_MOST_LINES = 80
_LONGEST_LINE = 400
_LONGEST_LABEL = 60
# What labels of other words are about: "FRAVÆRENDE INDTIL/FRA:", "Fremmøde:", "I mødet deltog:"
_OF_MOVEMENTS = re.compile(r"fremmøde|indtil|ankom|\bfra kl|bemærkninger til dagsorden", re.IGNORECASE)
_OF_ABSENCE = re.compile(
    r"fravær|afbud|forfald|udeblev|(?:ikke|ej) (?:til ?stede|mødt|fremmødt)", re.IGNORECASE
)
_OF_PRESENCE = re.compile(r"\b(?:til ?stede|deltog|deltagere|fremmødte?|mødte)\b", re.IGNORECASE)
_FIRST_NAME = re.compile(rf"(?P<name>{NAME})|(?P<given>[A-ZÆØÅ][a-zæøåé]+)(?![\w-])")
_ABSENCE_LINE = re.compile(rf"(?:Fraværende|Fravær|Afbud|(?:Ikke|Ej) til ?stede)\b|{NAME} var fraværende")
# The words that can follow a name in a list of absentees
_BEHIND_NAME = re.compile(
    r"[-–(]|(?:indkaldt|deltog|deltager|mødte|grundet|pga|på|til|fra|med|uden|har|havde|er|var|kunne|kan)\b",
    re.IGNORECASE,
)
# "… deltog i stedet. Inhabile under mødet: …": a label behind a sentence
_LABEL_WITHIN = re.compile(r"(?<=[.;)])\s+(?=[A-ZÆØÅ][\wæøåÆØÅ]*(?: [\wæøå]+){0,4}:(?:\s|$))")
_LONGEST_PARTED = 2000
# "Punkt 4 Puljer: Bo Lind …": of one item
_OF_ITEM = re.compile(r"(?:(?:Under|Ved|Ad|Til)\s)?(?:behandling\w* af\s)?(?:punkt|pkt|sag)\b", re.IGNORECASE)
# Apologies, or none, are for a meeting; one can be "fraværende" from an item.
_FOR_MEETING = re.compile(r"\bafbud\b|forfald|udeblev|mødet", re.IGNORECASE)


@dataclass
class Note:
    """A label about people with the lines under it. `use` is "" for sentences that no label has.

    `for_meeting` when the label's words say that the absence is from the whole meeting.
    """

    use: str
    for_meeting: bool = False
    lines: list[str] = field(default_factory=list)


def is_about_meeting(title: str) -> bool:
    """Return True if an item of this title is about the meeting itself: its agenda, or who came."""
    return bool(_ABOUT_MEETING.match(title)) and not _OTHER_MEETING.search(title)


def meeting_notes(items: Sequence[ItemLines], own: Own) -> Iterator[Note]:
    """Yield the notes on attendance in the first items that are about the meeting itself, which is `own`."""
    for item in items[:_MOST_BEFORE]:
        if not item.closed and (is_about_meeting(item.title) or _notes_attendance(item)):
            lines = _of_own_decisions([line.text for line in item.body if line.text][:_MOST_LINES], own)
            yield from _Notes(list(lines)).read()


def _notes_attendance(item: ItemLines) -> bool:
    """Return True if an untitled item is for attendance: "Mødets deltagere:", "Fremmøde noteres her"."""
    printed = [line.text for line in item.body if line.text][:_MOST_BEFORE]
    return not item.title and any(
        _OF_ATTENDANCE.fullmatch(text) or _NOTED_HERE.match(text) for text in printed
    )


def _of_own_decisions(lines: Sequence[str], own: Own) -> Iterator[str]:
    """Yield the lines without those under the headings of other bodies' and other days' decisions."""
    is_ours = True
    for text in lines:
        decided = decided_by(text)
        if decided:
            is_ours = is_own(decided, own)
        if is_ours:
            yield text


def lists_absentees_elsewhere(items: Sequence[ItemLines]) -> bool:
    """Return True if other items list absentees too, so that a list can be of one item only."""
    others = [
        item for place, item in enumerate(items) if place >= _MOST_BEFORE or not is_about_meeting(item.title)
    ]
    return any(_lists_absentees([line.text for line in item.body if line.text]) for item in others)


def _lists_absentees(lines: Sequence[str]) -> bool:
    """Return True if one of the lines lists absentees, or is a label over somebody's name."""
    for text, below in pairwise([*lines, ""]):
        label = _ABSENCE_LINE.match(text)
        if label and (text[label.end() :].strip(" :") or names_somebody(below)):
            return True
    return False


class _Notes:
    """Goes through the printed lines of one item once."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = [
            part
            for line in lines
            for part in _LABEL_WITHIN.split(squash(BULLET.sub("", line)[:_LONGEST_PARTED]))
        ]
        self.notes: list[Note] = []

    def read(self) -> list[Note]:
        for place, text in enumerate(self.lines):
            if len(text) <= _LONGEST_LINE:
                self._take(place, text)
            else:
                self.notes.append(Note("other"))
        return [note for note in self.notes if note.use != "other" and note.lines]

    def _take(self, place: int, text: str) -> None:
        note = label_note(text) or self._group_note(place, text)
        now = self.notes[-1] if self.notes else Note("other")
        if note:
            self.notes.append(note)
        elif now.use in {*PEOPLE, ""} and self._goes_on(place, text, now):
            now.lines.append(text)
        elif any(attendance_in(text, of_meeting=True)) and not _OF_ITEM.match(text):
            self.notes.append(Note("", lines=[text]))
        else:
            self.notes.append(Note("other"))

    def _group_note(self, place: int, text: str) -> Note | None:
        """Return a label of another kind as the end of the note above, unless it is a group of a list."""
        now = self.notes[-1] if self.notes else None
        if not (text.endswith(":") or heading_kind(text) not in {None, SectionKind.ABSENT}):
            return None
        is_group = now and now.use == "present" and text.endswith(":") and len(text) <= _LONGEST_LABEL
        below = self.lines[place + 1] if place + 1 < len(self.lines) else ""
        return None if is_group and names_somebody(below) else Note("other")

    def _goes_on(self, place: int, text: str, now: Note) -> bool:
        """Return True if a line belongs to the note above: a person, a group of a list, or a sentence."""
        if now.use == "present" and text.endswith(":"):
            return True
        if now.use == "":
            return any(attendance_in(text, of_meeting=True)) and not _OF_ITEM.match(text)
        return is_of_people(text)


def label_note(text: str) -> Note | None:
    """Return the note that a label opens: "Fraværende med afbud: Ane Holm", "FRAVÆRENDE INDTIL:"."""
    mark = label_mark(text)
    words = text[: mark if mark > 0 else len(text)].strip()
    label = label_of(text)
    if label and label.use in PEOPLE:
        use, rest = label.use, label.rest
    elif mark > 0 and len(words) <= _LONGEST_LABEL and not sentences(words)[1:]:
        use, rest = _use_of(words), text[mark + 1 :].strip()
    else:
        return None
    if _OF_MOVEMENTS.search(words):
        use = "movements"
    if not use:
        return Note("other") if label and label.use else None
    if rest and not (is_of_people(rest) or names_in(rest)):
        return Note("other")
    lines = [rest] if rest else []
    return Note("" if use == "movements" else use, bool(_FOR_MEETING.search(words)), lines)


def _use_of(words: str) -> str:
    if _OF_ABSENCE.search(words):
        return "absent"
    return "present" if _OF_PRESENCE.search(words) else ""


def names_somebody(text: str) -> bool:
    """Return True if a line begins with a person's name, or a known given name."""
    first = _FIRST_NAME.match(without_title(text))
    if first is None:
        return False
    name = first["name"]
    return is_name(untitled(squash(name))) if name else is_given(first["given"])


def is_of_people(text: str) -> bool:
    """Return True if a line is a list of people, or sentences about who came and who did not."""
    if not names_somebody(text):
        return any(attendance_in(text, of_meeting=True))
    if decides(text):
        return False
    if any(attendance_in(text, of_meeting=True)) or lists_absence(text):
        return True
    parts = parts_of_list(text)
    listed = [entry for part in parts for entry in part.entries]
    plain = all(not entry.tail or entry.substitute or _BEHIND_NAME.match(entry.tail) for entry in listed)
    return bool(listed) and plain and not any(part.sentence or part.unread for part in parts)
