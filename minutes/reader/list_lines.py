"""The printed lines of lists of people, with a mark between entries that nothing else parts."""

import re
from functools import lru_cache

from minutes.reader.joined_names import divided_deputies
from minutes.reader.names import NAME, squash, without_title
from minutes.reader.words import WORDS, pattern

_BULLET = re.compile(r"^(?:[•·▪◦*o–-]|\d{1,2}[.)])\s+(?=\S)")
# "Bo Lind, syg. Der er ingen suppleant", behind a name
_NOBODY_CAME = re.compile(
    r"(?<=[\w)])[.,;]?\s+(?:-\s)?(?:der (?:er|var) )?ingen (?:\d\.\s*)?"
    r"(?:suppleant|stedfortræder)(?:er)?\.?$",
    re.IGNORECASE,
)
# "Bo Lind - suppleanten Eva Kirk kan ikke komme"
_DEPUTY_COULD_NOT = re.compile(
    r"\s+[-–]\s+(?:(?:\d\.|\w+)\s)?(?:suppleant|stedfortræder)\w*\b[^.;]{0,60}\b(?:ikke|forhindret|også)\b[^.;]{0,40}\.?$"
    r"|\s+[-–]\s+det (?:har|er|var) (?:\w+\s){0,2}ikke\b[^.;]{0,60}\b(?:suppleant|stedfortræder)\w*\.?$",
    re.IGNORECASE,
)
_FEW = 3
# "Bo Lind. Suppleant: Eva Kirk", "Bo Lind v. stedfortræder Eva Kirk"
_DEPUTY_LABEL = re.compile(
    r"[.,;]?\s+(?:(?:\d\.\s*)?(?:suppleant|stedfortræder)\s*:|v[./]\s?(?:suppleant|stedfortræder))\s*(?=[A-ZÆØÅ])",
    re.IGNORECASE,
)
# "Suppleant for Bo Lind (A), Eva Kirk.": a line about the second
_DEPUTY_LINE = re.compile(
    rf"(?:Suppleant|Stedfortræder|Vikar)\s+for\s+(?P<away>{NAME})(?P<party>\s*\([^()]{{1,20}}\))?\s*[,:]"
    rf"\s*(?P<came>{NAME}(?:\s*\([^()]{{1,20}}\))?)\.?$"
)
# "Bo Lind (Ikke inviterede: Eva Kirk og Ida Krog)"
_NOT_INVITED = re.compile(r"\(\s?[Ii]kke (?:inviter|indkald|indbud)[^()]{1,120}\)")
# "Ane Holm (A)        Bo Lind (V)": two columns
_COLUMNS = re.compile(r"(?<=[\w)])[ \xa0]{3,}(?=[A-ZÆØÅ][a-zæøå.]+ [A-ZÆØÅ])")
# "Bo Lind/Personalerep. Afbud": the full stop of an abbreviation
# "Bo Lind (A) · Eva Kirk (V)"
_DOT = re.compile(r"(?<=[\w)])\s+[·•|]\s+(?=[A-ZÆØÅ])")
# "Bo Lind (formand)Eva KirkIda Krog": entries of a web page that were glued together
_GLUED_NAMES = re.compile(r"(?<=\w\))(?=[A-ZÆØÅ][a-zæøå])|(?<=[a-zæøå]{3})(?=[A-ZÆØÅ][a-zæøå]+[ -][A-ZÆØÅ])")
_STATUS_END = re.compile(r"(?<=\w)\.(?=\s+(?:Afbud|Orlov|Fraværende)$)")
# "Bo Lind ved sag nr. 6 Eva Kirk": a list without commas
_BETWEEN_ITEMS = re.compile(
    r"(?:ved|i)\s(?:sag|pkt|punkt)\.?(?:\snr\.?)?\s\d[\d,-]*(?=\s(?-i:[A-ZÆØÅ][a-zæøå]))", re.IGNORECASE
)
_PAGE_FOOT = re.compile(
    r"(?<=[\w)])\s+Side\s\d{1,3}(?:\s(?:af\s)?\d{1,3})?$"
    r"|(?<=[a-zæøå])(?<!punkt)(?<!pkt)(?<!sag)(?<!nr)(?<!kl)(?<!\d\stil)(?<!\d\sog)\s\d{1,2}$"
)
# "Bo Lind- Holm (A)": a name broken at its hyphen
_BROKEN_HYPHEN = re.compile(r"(?<=[a-zæøå])- (?=[A-ZÆØÅ][a-zæøåé]+\s*(?:[,;.(]|$))")
# "Ane Holm, Bo Lind Ingen": the value of the next label behind a list
_NOBODY_BEHIND = re.compile(r"(?<=[a-zæøå)])\s+Ingen\.?$")
# "Ane Holm, Bo Lind Suppleanter for medarbejdere: …": another list behind
_LABEL_BEHIND = re.compile(
    r"(?<=[a-zæøå)])\.?\s+(?:Til behandling forelå|Suppleanter|Stedfortrædere|Ordstyrer|Mødeleder|Dagsorden"
    r"|Gæster)\b(?=[^,;]{0,40}:|\s*$).*$"
)
# "Bo Lind ved afbud Eva Kirk ved afbud"
_BY_APOLOGY = re.compile(r"(?<=[a-zæøå)])\s+ved\s+(?P<status>afbud)(?=\s*$|\s+[A-ZÆØÅ]|\s+\d)")
# "Fra administrationen deltog Eva Kirk": no members
_OF_OFFICIALS = re.compile(
    r"(?:Fra (?:\w*administrationen|\w*forvaltningen|sekretariatet|kommunen)|Administrationen)\b(?!\s*:)"
)
# "Bo Lind, Nørby Kommune Eva Kirk, Sønderby Kommune": a joint board
_OF_MUNICIPALITY = re.compile(
    r",\s(?P<where>[A-ZÆØÅ][\wæøå-]+(?:\s[A-ZÆØÅ][\wæøå-]+)?\sKommune)(?=[\s,;]|$),?"
)
# "… og Bo Lind. 1. Velkomst": the first item behind a list in the same line
_FIRST_ITEM = re.compile(r"(?<=[\w.)])\s1\.\s(?=[A-ZÆØÅ][a-zæøå]{3,})")
# "Bo Lind (A), formand- afbud"
_STATUS_DASH = re.compile(
    r"(?<=[\w)])(?:\s*[-–]\s*)(?P<status>afbud|fraværende)(?=$|\s+[-–]\s)", re.IGNORECASE
)
# "Ane Holm (A) Bo Lind (V) Eva Kirk (V)": a list without commas
_PARTY_ENDS = re.compile(r"(?<=\([A-ZÆØÅ]\)|[A-ZÆØÅ]{2}\))(?= [A-ZÆØÅ][\wæøåé.-]+ [A-ZÆØÅ])")
_FEWEST_PARTIES = 2
# "Ane Holm, A Bo Lind, V Eva Kirk, A": lines of a name and a party joined
_PARTY_OF_LAST = re.compile(r",\s+([A-ZÆØÅ]{1,2})\s+(?=[A-ZÆØÅ][a-zæøå]+[ -][A-ZÆØÅ])")
# "Bo Lind (boli) V (Orlov) Eva Kirk (evki) A"
_CODE = re.compile(r"\([a-zæøå]{2,8}\) ([A-ZÆØÅ]{1,2})(?![\w.])((?: \([^()]{3,60}\))?)[ ,;]*")
# "Ane Holm (A) formand Bo Lind (V)"
_ROLE_BETWEEN = re.compile(
    rf"(?<=\))\s(?:[-–]\s)?((?:\d\.\s)?{pattern(WORDS.people.titles)})(?= [A-ZÆØÅ][\wæøåé.-]+ [A-ZÆØÅ])",
    re.IGNORECASE,
)
# "Formand Ida Krog Næstformand Per Holm Bestyrelsesmedlem Bo Dam"
_ROLE_AHEAD = re.compile(
    r"(?<=[a-zæøå.)])\s(?=(?:Næstformand|Formand|Borgmester|Viceborgmester|Bestyrelsesmedlem|Byrådsmedlem"
    r"|Medlem|Adm\.\s?direktør|Direktør|Sekretær|Referent)\s[A-ZÆØÅ])"
)
LONGEST_LIST = 20_000


def list_lines(text: str) -> tuple[str, ...]:
    """Return the printed lines of a list without bullets and numbers; a bullet ends the entry before it."""
    return _list_lines(text[:LONGEST_LIST])


@lru_cache(maxsize=512)
def _list_lines(text: str) -> tuple[str, ...]:
    lines: list[str] = []
    for printed in _NOT_INVITED.sub("", text).split("\n"):
        printed = _GLUED_NAMES.sub("; ", _DOT.sub("; ", _BROKEN_HYPHEN.sub("-", printed)))
        if (item := _FIRST_ITEM.search(printed)) and without_title(printed[item.end() - 3 :])[:1] == "1":
            printed = printed[: item.start()]
        if _OF_OFFICIALS.match(printed):
            continue
        printed = _LABEL_BEHIND.sub("", _with_parties(printed))
        printed = _BY_APOLOGY.sub(r" (\g<status>);", _NOBODY_BEHIND.sub("", printed))
        if len(_OF_MUNICIPALITY.findall(printed)) >= _FEW:
            printed = _OF_MUNICIPALITY.sub(r" (\g<where>);", printed)
        raw = _COLUMNS.sub("; ", printed.strip())
        line = squash(raw.replace("\t", ", ")).strip(", ") if "\t" in raw else squash(raw)
        line = _parted(line)
        line = _BETWEEN_ITEMS.sub(r"\g<0>;", _PAGE_FOOT.sub("", divided_deputies(line)))
        line = _STATUS_DASH.sub(r" (\g<status>)", line)
        line = _DEPUTY_COULD_NOT.sub("", _NOBODY_CAME.sub("", line))
        line = _STATUS_END.sub("", _DEPUTY_LABEL.sub(", suppleant ", line))
        line = _DEPUTY_LINE.sub(r"\g<came> (suppleant for \g<away>);", line)
        bullet = _BULLET.match(line)
        if bullet and lines and lines[-1][-1] not in ",;:":
            lines[-1] += ";"
        if line := line[bullet.end() :] if bullet else line:
            lines.append(line)
    return tuple(lines)


def _with_parties(line: str) -> str:
    """Return a list of names, codes and parties with the parties in brackets: "Bo Lind (boli) V"."""
    return _CODE.sub(r"(\1)\2; ", line) if len(_CODE.findall(line)) >= _FEWEST_PARTIES else line


def _parted(line: str) -> str:
    """Return a list of names and parties without commas with a mark between its entries."""
    if "," not in line and ";" not in line and len(_ROLE_AHEAD.findall(line)) >= _FEW:
        return _ROLE_AHEAD.sub("; ", line)
    if len(_PARTY_OF_LAST.findall(line)) >= _FEW:
        return _PARTY_OF_LAST.sub(r" (\1); ", line)
    if "(" not in line:
        return line
    parted = _PARTY_ENDS.sub(";", _ROLE_BETWEEN.sub(r", \1;", line))
    entries = parted.count(";") - line.count(";")
    return parted if entries >= _FEWEST_PARTIES and entries > line.count(",") else line
