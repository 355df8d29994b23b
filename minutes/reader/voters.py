"""Who voted, from a printed list: "9 (A+C+T)", "Venstre, Ane Holm (O) og Bo Lind", "Ø (Ane Holm)"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from minutes.reader.dates import NUMBER, number
from minutes.reader.names import (
    NAME,
    is_name,
    local_list,
    party_in,
    squash,
    untitled,
    with_parties_in_brackets,
)

# "9 (A+C+T)", "21, Venstre, …", "6 stemmer: A og B", "7 medlemmer (A, F)", "4"
_COUNT = re.compile(
    rf"(?P<count>(?i:{NUMBER}))\b\s*(?:stemmer?\b|medlem(?:mer)?\b(?!\s+af\b)|personer\b)?\s*[:,–-]?\s*"
    r"(?=\(|[A-ZÆØÅ]|$|[.,:])"
)
# "1 medlem af C (Ane Holm)", "2 medlemmer af Venstre (Ane Holm og Bo Lind)", "1 medlem af C"
_MEMBERS_OF = re.compile(
    rf"(?P<count>{NUMBER})\s+medlem(?:mer)?\s+(?:af|fra)\s+(?P<party>[^()]{{1,60}}?)\s*(?:\((?P<names>[^()]*)\))?",
    re.IGNORECASE,
)
# "C med undtagelse af 1 medlem (Ane Holm)", "Venstre bortset fra Bo Lind", "A (undtagen Bo Lind)"
_EXCEPT = re.compile(
    r"\s*\(?\b(?:med\s+undtagelse\s+af|undtagen|bortset\s+fra|minus|på\s+nær|ekskl\.?)\b.*", re.IGNORECASE
)
# "Ø (Ane Holm, Bo Lind)", "A (5)", "Ane Holm (løsgænger)", "Venstre (7 stemmer)"
_WITH_NOTE = re.compile(r"(?P<ahead>[^()]+?)\s*\((?P<note>(?:[^()]|\([^()]*\))*)\)")
_NOTE_COUNT = re.compile(rf"(?P<count>{NUMBER})(?:\s+stemmer?|\s+medlem(?:mer)?)?")
# "5 A", "A 5", "A: 5"
_PARTY_COUNT = re.compile(r"(?P<party>[A-ZÆØÅ]{1,2})[\s:]+(?P<count>\d{1,2})")
# Nobody in particular: "de øvrige", "et flertal", "resten af udvalget"
_REST = re.compile(
    r"(?:de\s+)?(?:øvrige|resterende|resten)\b.*|(?:et|udvalgets)\s+flertal\b.*|(?:et|udvalgets)\s+mindretal\b.*"
    r"|(?:hele\s+)?(?:udvalget|byrådet|kommunalbestyrelsen)|ingen|medlem(?:mer|merne)?|følgende",
    re.IGNORECASE,
)
# "(V) og (O), i alt 4", "A, B og F, i alt 7 stemmer": the number behind its voters
_IN_ALL = re.compile(rf",?\s+i\s+alt\s+(?P<count>{NUMBER})(?:\s+(?:stemmer?|medlemmer))?$", re.IGNORECASE)
# "de øvrige 12", "alene Ane Holm", "kun A"
_AHEAD = re.compile(
    rf"(?:de\s+øvrige|de\s+resterende|resten,?)\s+(?=(?:{NUMBER})$)|(?:alene|kun)\s+(?=[A-ZÆØÅ(])",
    re.IGNORECASE,
)
# "Henning Skyum ikke kan støtte en lavere hastighed og (stemmer imod)": the verb is the second of its subject
_SECOND_VERB = re.compile(
    rf"(?P<who>{NAME}|[A-ZÆØÅ][\wæøå]{{0,40}})(?:\s*\([^()]{{1,40}}\))?\s+[a-zæøå][^,.:;]{{1,120}}\s+og"
)
_AND = re.compile(r"\b(?:og|samt)\b")
_GOES_ON = re.compile(r"\s*(?:[,;+]|og\b|samt\b)")
_LONGEST = 4000


@dataclass(slots=True)
class Voters:
    """A side of a ballot as printed: its number, its people and its parties with their numbers.

    `of_parties` are parties that only say whose member somebody is. `whole` is false when a part of the
    list was not understood.
    """

    count: int | None = None
    names: list[str] = field(default_factory=list)
    parties: dict[str, int | None] = field(default_factory=dict)
    of_parties: set[str] = field(default_factory=set)
    whole: bool = True

    @property
    def somebody(self) -> bool:
        return bool(self.names or self.parties)


def voters(text: str) -> Voters:
    """The voters that `text` lists; empty when it lists none."""
    found = Voters()
    text = text.strip(" .;:\t\n")
    if len(text) > _LONGEST:
        found.whole = False
        return found
    text = text[ahead.end() :] if (ahead := _AHEAD.match(text)) else text
    in_all = _IN_ALL.search(text)
    if in_all:
        found.count = number(in_all["count"])
        text = text[: in_all.start()]
    match = None if in_all else _COUNT.match(text)
    if match and not _MEMBERS_OF.match(text):
        found.count = number(match["count"])
        text = text[match.end() :].strip(" .:,")
        closing = _closing(text) if text.startswith("(") else -1
        if closing > 0 and not _GOES_ON.match(text, closing + 1):
            text = text[1:closing]  # What stands behind it tells of something else.
    for part in _parts(with_parties_in_brackets(text)):
        if part.strip():
            _add(found, part)
    return found


def subject_of(clause: str) -> str:
    """Who a clause is of that ends before its second verb, or ""."""
    match = _SECOND_VERB.fullmatch(clause.strip())
    return match["who"] if match else ""


def _add(found: Voters, part: str) -> None:
    part = squash(part).strip(" .:")
    members = _MEMBERS_OF.fullmatch(part)
    if members:
        party = party_in(members["party"])
        names = list(filter(is_name, (untitled(each) for each in _parts(members["names"] or ""))))
        if names:
            found.names += names
            found.of_parties.update(filter(None, [party]))
        elif party:
            found.parties[party] = number(members["count"])
        else:
            found.whole = False
        return
    part = _EXCEPT.sub("", part, count=1).strip() or part
    party = party_in(part) or local_list(part)
    if party:
        found.parties.setdefault(party, None)
        return
    counted = _PARTY_COUNT.fullmatch(part)
    if counted:
        found.parties[counted["party"]] = int(counted["count"])
        return
    noted = _WITH_NOTE.fullmatch(part)
    if noted:
        _add_noted(found, noted["ahead"], noted["note"])
        return
    name = untitled(part)
    if is_name(name):
        found.names.append(name)
    elif part and not _REST.fullmatch(part):
        found.whole = False


def _add_noted(found: Voters, ahead: str, note: str) -> None:
    party = party_in(ahead)
    number_of = _NOTE_COUNT.fullmatch(note.strip())
    inside = [untitled(squash(each)) for each in _parts(note)]
    if party and number_of:
        found.parties[party] = number(number_of["count"])
    elif party and inside and all(map(is_name, inside)):
        found.names += inside
        found.of_parties.add(party)
    elif party and party_in(note):
        found.parties.setdefault(party, None)
        found.of_parties.add(party_in(note) or "")
    elif is_name(untitled(ahead)):
        found.names.append(untitled(ahead))
        found.of_parties.update(filter(None, [party_in(note)]))
    else:
        found.whole = False


def _parts(text: str) -> Iterator[str]:
    """The entries of a list, apart by commas, plus signs, "og" and "samt" outside of parentheses."""
    depth = begin = 0
    at = 0
    while at < len(text):
        character = text[at]
        if character == "(":
            depth += 1
        elif character == ")":
            depth = max(depth - 1, 0)
        elif depth == 0 and character in ",;+":
            yield text[begin:at]
            begin = at + 1
        elif depth == 0 and character in "os" and (at == 0 or not text[at - 1].isalnum()):
            match = _AND.match(text, at)
            if match:
                yield text[begin:at]
                begin = at = match.end()
                continue
        at += 1
    yield text[begin:]


def _closing(text: str) -> int:
    """Where the parenthesis that `text` opens with is closed, or -1."""
    depth = 0
    for at, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return at
    return -1
