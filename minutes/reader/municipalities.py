"""The 98 municipalities with their codes, regions and spellings."""

import re
from typing import NamedTuple


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

BY_CODE = {municipality.code: municipality for municipality in MUNICIPALITIES}


def _spellings(name: str) -> set[str]:
    """ "Aarhus" and "Århus"; "København" and "Københavns"."""
    forms = {name, name.replace("Aa", "Å").replace("aa", "å"), name.replace("Å", "Aa").replace("å", "aa")}
    return forms | {f"{form}s" for form in forms} | {form.removesuffix("s") for form in forms}


_BY_SPELLING = {spelling: one for one in MUNICIPALITIES for spelling in _spellings(one.name)} | {
    one.name: one for one in MUNICIPALITIES
}


def known_municipality(spelling: str) -> Municipality | None:
    """Return the municipality that is spelt so, in letters of any case, or None."""
    return _BY_SPELLING.get(spelling) or _BY_SPELLING.get(_in_title_case(spelling))


def _in_title_case(name: str) -> str:
    """ "REBILD" → "Rebild", "HØJE-TAASTRUP" → "Høje-Taastrup"."""
    return "-".join(part.capitalize() for part in name.split("-")) if name.isupper() else name


def _in_addresses(name: str) -> set[str]:
    """Return how addresses on the web spell a name: "Sorø" as "soroe" and "soro"."""
    plain = name.casefold().replace(" ", "")
    long = plain.replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return {long, plain.replace("æ", "ae").replace("ø", "o").replace("å", "a"), long.replace("-", "")}


_BY_ADDRESS = {form: one for one in MUNICIPALITIES for form in _in_addresses(one.name)}


def municipality_at(address: str) -> Municipality | None:
    """Return the municipality whose name is the domain of a web address: "www.solrod.dk/politik"."""
    match = _ADDRESS.fullmatch(address)
    return _BY_ADDRESS.get(match["name"].casefold()) if match else None


# "https://www.solrod.dk/politik/referater      3/12", "solrod.dk"
_ADDRESS = re.compile(
    r"(?:https?://)?(?:[a-z]{2,20}\.){0,2}(?P<name>[a-z-]{3,30})\.dk(?:/\S*)?(?:\s+\d{1,3}/\d{1,3})?",
    re.IGNORECASE,
)
