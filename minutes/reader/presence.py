"""Who was at the meeting and who was not, from the lists and sentences of a header."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from minutes.reader.names import NAME, is_name, party_in, squash, untitled, with_parties_in_brackets
from minutes.reader.records import Absence, Participant

# "Hans Hammann (Fravær)", "Ane Lund (A)", "Bo Lind (V) (afbud: syg)", "Bo Lind, V", "Ane Holm (A), kl. 16-17"
_PERSON = re.compile(r"\s*(?P<name>[^(),;]+?)\s*(?P<notes>(?:\([^()]*\)\s*){0,3})(?:,|;|$)")
_NOTE = re.compile(r"\(([^()]*)\)")
_AWAY = re.compile(
    r"(?:fravær|afbud|ikke til stede|forfald|fraværende|meldt)\w*[:,]?\s*(?P<reason>.*)", re.IGNORECASE
)
# "(sag 129-138)", "(punkt 3)", "(pkt. 4 og 7-9)", "under sag 131"
_ITEMS = re.compile(
    r"(?:sag(?:erne)?|punkt(?:erne)?|pkt\.?)\s*(?:nr\.?\s*)?(?P<items>\d[\d\s,og–-]*)", re.IGNORECASE
)
_RANGE = re.compile(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?")
_LONGEST_RANGE = 400
# Sentences of a header: "Ane Holm (A) deltog", "Bo Lind havde meldt forfald", "Afbud fra Eva Kirk",
# "Kaj Dal (A) var indkaldt som stedfortræder for Arne Ask (A)", "I stedet for Bo Lind mødte Ib Dam"
_PARTY = r"(?:,?\s*\([^()]{1,40}\)|,\s*[A-ZÆØÅ](?=[\s,.]))?"
_CAME = re.compile(rf"(?P<who>{NAME}){_PARTY}\s+(?:deltog|mødte|var til stede|er til stede)\.?")
_SUBSTITUTE = re.compile(
    rf"(?P<who>{NAME}){_PARTY},?\s+(?:var|er|blev|deltog|mødte|indkaldt|deltager|møder)\s*(?:indkaldt\s*)?(?:som\s+)?"
    rf"(?:stedfortræder|suppleant|i\s+stedet)\s+for\s+(?P<away>{NAME})"
)
_INSTEAD = re.compile(
    rf"(?i:som\s+(?:stedfortræder|suppleant)|i\s+stedet)(?:\s+for\s+(?P<away>{NAME}){_PARTY})?\s+(?:deltog|mødte|deltager|møder)\s*:?\s*"
    rf"(?:stedfortræder\s+|suppleant\s+)?(?P<who>{NAME})"
)
# What ends a list of those absent: ", i stedet mødte …", ". Som stedfortræder …"
_LIST_ENDS = re.compile(
    r"(?i:,?\s*(?:og\s+)?(?:i\s+stedet|som\s+(?:stedfortræder|suppleant)|stedfortræder|suppleant)\b)"
    r"|(?<=[a-zæøå)])\.\s+(?=[A-ZÆØÅ])|\.$"
)
_STAYED_AWAY = re.compile(
    rf"(?P<who>{NAME}{_PARTY}(?:(?:,|\s+og)\s+{NAME}{_PARTY}){{0,12}})\s+(?:havde\s+meldt\s+(?:afbud|forfald)|var\s+fraværende|deltog\s+ikke|var\s+forhindret|er\s+fraværende|har\s+meldt\s+afbud|ikke\s+til\s+stede)\b"
)
_EXCUSED = re.compile(rf"(?:Afbud|Forfald|Fraværende)\s+(?:fra|var)\s*:?\s*(?P<who>{NAME}.*)")
_AND_BEHIND_PARTY = re.compile(r"(?<=\))\s+(?:og|samt)\s+")
_NOBODY = re.compile(r"(?:ingen|-|–|0|intet|alle (?:var )?(?:til stede|mødt))\.?", re.IGNORECASE)


class AbsentFrom(NamedTuple):
    """Somebody absent while some items were handled, by their numbers."""

    absence: Absence
    numbers: frozenset[str]


@dataclass
class Presence:
    """The people of a header, gathered from its lists and sentences."""

    present: list[Participant] = field(default_factory=list)
    absent: list[Absence] = field(default_factory=list)
    partly: list[AbsentFrom] = field(default_factory=list)

    def told(self) -> tuple[tuple[Participant, ...], tuple[Absence, ...], tuple[AbsentFrom, ...]]:
        """(present, absent, absent from some items), each once; a list of members names those absent too."""
        absent = {each.name: each for each in reversed(self.absent)}
        present = {each.name: each for each in reversed(self.present) if each.name not in absent}
        return tuple(reversed(present.values())), tuple(reversed(absent.values())), tuple(self.partly)

    def add_present(self, text: str) -> None:
        for name, notes in persons(_one_sentence(text)):
            away = next(filter(None, map(_AWAY.fullmatch, notes)), None)
            if away:
                self.absent.append(Absence(name=name, party=_party(notes), reason=away["reason"] or None))
            else:
                self.present.append(Participant(name=name, party=_party(notes)))

    def add_absent(self, text: str) -> None:
        if _NOBODY.fullmatch(text.strip()):
            return
        for match in _INSTEAD.finditer(text):
            self._came(match["who"])
        for name, notes in persons(text):
            items = next(filter(None, map(_ITEMS.search, notes)), None)
            absence = Absence(name=name, party=_party(notes))
            if items:
                self.partly.append(AbsentFrom(absence, _numbers(items["items"])))
            else:
                self.absent.append(absence)

    def add_substitutes(self, text: str) -> None:
        """Under "Stedfortrædere": "Ane Holm (A)", "Ane Holm (A) for Bo Lind (A), Eva Kirk for Ib Dam"."""
        for line in text.split("\n"):
            if "." in line.rstrip(".") or line[:1].islower():
                self.add_line(line)
                continue
            for pair in re.split(r"[,;]\s+|\s+og\s+", line):
                who, *away = re.split(r"\s+for\s+", pair, maxsplit=1)
                self.absent += [
                    Absence(name=n, party=_party(notes)) for each in away for n, notes in persons(each)
                ]
                self.present += [Participant(name=n, party=_party(notes)) for n, notes in persons(who)]

    def add_remarks(self, text: str) -> None:
        for line in text.split("\n"):
            self.add_line(line)

    def add_line(self, line: str) -> None:
        """A sentence of a header about who came and who did not."""
        if len(line) > 600 or not line[:1].isupper():
            return
        for form in (_SUBSTITUTE, _INSTEAD):
            for match in form.finditer(line):
                self._came(match["who"])
                if match["away"]:
                    self.absent.append(Absence(name=squash(match["away"])))
        came = _CAME.fullmatch(line)
        if came:
            self._came(came["who"])
        excused = _EXCUSED.fullmatch(line.rstrip("."))
        away = excused or _STAYED_AWAY.match(line)
        if away:
            self.absent += [Absence(name=name, party=_party(notes)) for name, notes in persons(away["who"])]

    def _came(self, name: str) -> None:
        name = untitled(squash(name))
        if is_name(name):
            self.present.append(Participant(name=name))


def persons(text: str) -> list[tuple[str, list[str]]]:
    """(name, what stands in parentheses after it) of each person in a list that can run over lines."""
    found: list[tuple[str, list[str]]] = []
    listed = _AND_BEHIND_PARTY.sub(", ", with_parties_in_brackets(_one_line(text)))
    ends = _LIST_ENDS.search(listed)
    for match in _PERSON.finditer(listed[: ends.start()] if ends else listed):
        for printed in re.split(r"\s+(?:og|samt)\s+", match["name"].strip(" .•-–")):
            name = untitled(printed.strip())
            if is_name(name):
                found.append((name, [squash(note) for note in _NOTE.findall(match["notes"])]))
            elif found and not match["notes"] and party_in(printed) and len(printed) <= 3:
                found[-1][1].append(printed)  # "Bo Lind, V"
    return found


def _one_sentence(text: str) -> str:
    """The list without what is told behind it: "A, B og C. Desuden var …"."""
    return re.split(r"(?<=[a-zæøå)])\.\s+(?=[A-ZÆØÅ])", text, maxsplit=1)[0]


def _one_line(text: str) -> str:
    """The list in one line: a name a line gets commas, a list broken into lines none."""
    lines = [squash(line) for line in text.split("\n") if line.strip()]
    a_name_a_line = (
        len(lines) > 1
        and not any(line.endswith(",") for line in lines[:-1])
        and all(map(_is_one_person, lines))
    )
    lines = [with_parties_in_brackets(line) for line in lines] if a_name_a_line else lines
    joined = ", ".join(lines) if a_name_a_line else " ".join(lines)
    return re.sub(r"(?<=[a-zæøå])- (?=[a-zæøå])", "", re.sub(r"(?<=[a-zæøå]-) (?=[A-ZÆØÅ])", "", joined))


def _is_one_person(line: str) -> bool:
    """Whether the line names one person, with no more behind the name than a party or an office."""
    name, *behind = _NOTE.sub("", line).strip(" .•-–").split(",")
    return is_name(untitled(name.strip())) and all(
        len(each.strip()) <= 3 or each.strip()[0].islower() for each in behind if each.strip()
    )


def _party(notes: list[str]) -> str | None:
    """The party among what stands in parentheses after a name."""
    return next(filter(None, map(party_in, notes)), None)


def _numbers(items: str) -> frozenset[str]:
    found: set[str] = set()
    for match in _RANGE.finditer(items):
        first, last = int(match[1]), int(match[2] or match[1])
        if first <= last <= first + _LONGEST_RANGE:
            found |= {str(number) for number in range(first, last + 1)}
    return frozenset(found)
