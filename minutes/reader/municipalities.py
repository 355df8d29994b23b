"""The 98 municipalities, and which of them a text is of."""

import re
from collections import Counter
from typing import NamedTuple

from minutes.reader.records import MunicipalityFound


class Municipality(NamedTuple):
    code: str
    name: str
    region: str


# Codes and regions from Danmarks Statistik's "Regioner, landsdele og kommuner".
MUNICIPALITIES = (
    Municipality("101", "København", "Hovedstaden"),
    Municipality("147", "Frederiksberg", "Hovedstaden"),
    Municipality("151", "Ballerup", "Hovedstaden"),
    Municipality("153", "Brøndby", "Hovedstaden"),
    Municipality("155", "Dragør", "Hovedstaden"),
    Municipality("157", "Gentofte", "Hovedstaden"),
    Municipality("159", "Gladsaxe", "Hovedstaden"),
    Municipality("161", "Glostrup", "Hovedstaden"),
    Municipality("163", "Herlev", "Hovedstaden"),
    Municipality("165", "Albertslund", "Hovedstaden"),
    Municipality("167", "Hvidovre", "Hovedstaden"),
    Municipality("169", "Høje-Taastrup", "Hovedstaden"),
    Municipality("173", "Lyngby-Taarbæk", "Hovedstaden"),
    Municipality("175", "Rødovre", "Hovedstaden"),
    Municipality("183", "Ishøj", "Hovedstaden"),
    Municipality("185", "Tårnby", "Hovedstaden"),
    Municipality("187", "Vallensbæk", "Hovedstaden"),
    Municipality("190", "Furesø", "Hovedstaden"),
    Municipality("201", "Allerød", "Hovedstaden"),
    Municipality("210", "Fredensborg", "Hovedstaden"),
    Municipality("217", "Helsingør", "Hovedstaden"),
    Municipality("219", "Hillerød", "Hovedstaden"),
    Municipality("223", "Hørsholm", "Hovedstaden"),
    Municipality("230", "Rudersdal", "Hovedstaden"),
    Municipality("240", "Egedal", "Hovedstaden"),
    Municipality("250", "Frederikssund", "Hovedstaden"),
    Municipality("253", "Greve", "Sjælland"),
    Municipality("259", "Køge", "Sjælland"),
    Municipality("260", "Halsnæs", "Hovedstaden"),
    Municipality("265", "Roskilde", "Sjælland"),
    Municipality("269", "Solrød", "Sjælland"),
    Municipality("270", "Gribskov", "Hovedstaden"),
    Municipality("306", "Odsherred", "Sjælland"),
    Municipality("316", "Holbæk", "Sjælland"),
    Municipality("320", "Faxe", "Sjælland"),
    Municipality("326", "Kalundborg", "Sjælland"),
    Municipality("329", "Ringsted", "Sjælland"),
    Municipality("330", "Slagelse", "Sjælland"),
    Municipality("336", "Stevns", "Sjælland"),
    Municipality("340", "Sorø", "Sjælland"),
    Municipality("350", "Lejre", "Sjælland"),
    Municipality("360", "Lolland", "Sjælland"),
    Municipality("370", "Næstved", "Sjælland"),
    Municipality("376", "Guldborgsund", "Sjælland"),
    Municipality("390", "Vordingborg", "Sjælland"),
    Municipality("400", "Bornholm", "Hovedstaden"),
    Municipality("410", "Middelfart", "Syddanmark"),
    Municipality("420", "Assens", "Syddanmark"),
    Municipality("430", "Faaborg-Midtfyn", "Syddanmark"),
    Municipality("440", "Kerteminde", "Syddanmark"),
    Municipality("450", "Nyborg", "Syddanmark"),
    Municipality("461", "Odense", "Syddanmark"),
    Municipality("479", "Svendborg", "Syddanmark"),
    Municipality("480", "Nordfyns", "Syddanmark"),
    Municipality("482", "Langeland", "Syddanmark"),
    Municipality("492", "Ærø", "Syddanmark"),
    Municipality("510", "Haderslev", "Syddanmark"),
    Municipality("530", "Billund", "Syddanmark"),
    Municipality("540", "Sønderborg", "Syddanmark"),
    Municipality("550", "Tønder", "Syddanmark"),
    Municipality("561", "Esbjerg", "Syddanmark"),
    Municipality("563", "Fanø", "Syddanmark"),
    Municipality("573", "Varde", "Syddanmark"),
    Municipality("575", "Vejen", "Syddanmark"),
    Municipality("580", "Aabenraa", "Syddanmark"),
    Municipality("607", "Fredericia", "Syddanmark"),
    Municipality("615", "Horsens", "Midtjylland"),
    Municipality("621", "Kolding", "Syddanmark"),
    Municipality("630", "Vejle", "Syddanmark"),
    Municipality("657", "Herning", "Midtjylland"),
    Municipality("661", "Holstebro", "Midtjylland"),
    Municipality("665", "Lemvig", "Midtjylland"),
    Municipality("671", "Struer", "Midtjylland"),
    Municipality("706", "Syddjurs", "Midtjylland"),
    Municipality("707", "Norddjurs", "Midtjylland"),
    Municipality("710", "Favrskov", "Midtjylland"),
    Municipality("727", "Odder", "Midtjylland"),
    Municipality("730", "Randers", "Midtjylland"),
    Municipality("740", "Silkeborg", "Midtjylland"),
    Municipality("741", "Samsø", "Midtjylland"),
    Municipality("746", "Skanderborg", "Midtjylland"),
    Municipality("751", "Aarhus", "Midtjylland"),
    Municipality("756", "Ikast-Brande", "Midtjylland"),
    Municipality("760", "Ringkøbing-Skjern", "Midtjylland"),
    Municipality("766", "Hedensted", "Midtjylland"),
    Municipality("773", "Morsø", "Nordjylland"),
    Municipality("779", "Skive", "Midtjylland"),
    Municipality("787", "Thisted", "Nordjylland"),
    Municipality("791", "Viborg", "Midtjylland"),
    Municipality("810", "Brønderslev", "Nordjylland"),
    Municipality("813", "Frederikshavn", "Nordjylland"),
    Municipality("820", "Vesthimmerlands", "Nordjylland"),
    Municipality("825", "Læsø", "Nordjylland"),
    Municipality("840", "Rebild", "Nordjylland"),
    Municipality("846", "Mariagerfjord", "Nordjylland"),
    Municipality("849", "Jammerbugt", "Nordjylland"),
    Municipality("851", "Aalborg", "Nordjylland"),
    Municipality("860", "Hjørring", "Nordjylland"),
)

_BY_CODE = {each.code: each for each in MUNICIPALITIES}


def _spellings(name: str) -> set[str]:
    """ "Aarhus" and "Århus"; "København" and "Københavns"."""
    forms = {name, name.replace("Aa", "Å").replace("aa", "å"), name.replace("Å", "Aa").replace("å", "aa")}
    return forms | {f"{form}s" for form in forms} | {form.removesuffix("s") for form in forms}


_BY_SPELLING = {spelling: each for each in MUNICIPALITIES for spelling in _spellings(each.name)} | {
    each.name: each for each in MUNICIPALITIES
}

# "Randers Kommune", "Herning Kommunes", "Høje-Taastrup Kommune", "Jobcenter Herning", "Randers Byråd"
_ACTOR = re.compile(
    r"(?<![\w-])([A-ZÆØÅ][\wæøåÆØÅ]+(?:-[A-ZÆØÅ][\wæøå]+)?) (?:[Kk]ommunes?|Byråds?|Kommunalbestyrelse)\b"
    r"|\bJobcenter ([A-ZÆØÅ][\wæøå]+(?:-[A-ZÆØÅ][\wæøå]+)?)"
)
# "REBILD KOMMUNE", "Rebild Kommune" alone on one of the first lines
_LETTERHEAD = re.compile(
    r"^[ \t]*([A-ZÆØÅ][\wæøåÆØÅ]+(?:-[A-ZÆØÅ][\wæøåÆØÅ]+)?) (?:KOMMUNE|Kommune)[ \t]*$", re.M
)
_HEAD = 1500
# "330-2019-50118": a case number that begins with the municipality's code.
_CODED_CASE = re.compile(r"(?<![\d-])(\d{3})-20\d\d-\d{2,6}(?!\d)")

# A municipality is named at least so often, and so many times as often as any other.
_FEWEST = 2
_LEAD = 2


def find_municipality(text: str) -> MunicipalityFound | None:
    """The municipality that acts in `text`, or None when two are as likely, or one is hardly named."""
    seen: Counter[Municipality] = Counter()
    evidence: dict[Municipality, str] = {}
    for match in _ACTOR.finditer(text):
        found = _BY_SPELLING.get(match[1] or match[2])
        if found:
            seen[found] += 1
            evidence.setdefault(found, match[0])
    for match in _LETTERHEAD.finditer(text[:_HEAD]):
        found = _BY_SPELLING.get(match[1].title())
        if found:
            # A letterhead is worth as much as the fewest mentions that are enough.
            seen[found] += _FEWEST
            evidence[found] = match[0].strip()
    for match in _CODED_CASE.finditer(text):
        found = _BY_CODE.get(match[1])
        if found:
            seen[found] += 1
            evidence.setdefault(found, match[0])
    ranked = seen.most_common(2)
    if not ranked or ranked[0][1] < _FEWEST:
        return None
    if len(ranked) == 2 and ranked[0][1] < _LEAD * ranked[1][1]:
        return None
    winner, times = ranked[0]
    return MunicipalityFound(
        code=winner.code, name=winner.name, evidence=f"“{evidence[winner]}” m.m., {times} steder"
    )
