"""Names of people and committees in running text."""

import re

# "Kasper Fuhr Christensen", "Elvin J. Hansen", "Åse Thorup-Enghave", "Jens von der Maase"
_PART = r"[A-ZÆØÅÉÖÄÜ](?:[\wæøåéöäü'’]*(?:-[A-ZÆØÅ][\wæøåéöäü]+)*|\.)\.?"
NAME = rf"{_PART}(?:\s+(?:(?:von|van|af|de|der|den|la)\s+)*{_PART}){{1,5}}"
_WHOLE_NAME = re.compile(NAME)
# "(A)", "(SF)", "(Velfærdslisten)", "(Fravær)"
_PARENTHESIS = re.compile(r"\s*\([^()]{1,60}\)")
# "A, B og C", "A og B samt C", a name a line
_BETWEEN = re.compile(r"\s*(?:,|;|\n|\bog\b|\bsamt\b)\s*")
_SPACE = re.compile(r"\s+")
# "Liste Ø", "Gruppe C", "Venstre": no people.
_NO_PERSON = re.compile(
    r"\b(?:Liste|Gruppe|Parti|Udvalg|Kommune|Forvaltning|Folkeparti|Venstre|Alliance|Enhedslisten)",
    re.IGNORECASE,
)

# "Beskæftigelsesudvalget", "Social- og Sundhedsudvalget", "Børne-, Uddannelses- og Kulturudvalget",
# "Børn og skoleudvalget", "byrådet", "beskæftigelsesudvalgsmødet", "børne- og ungeudvalget"
COMMITTEE = (
    r"(?:[A-ZÆØÅ][\wæøåÆØÅ]*-?(?:, [A-ZÆØÅ][\wæøåÆØÅ]*-?){0,3},? og "
    r"|[a-zæøå]+-(?:, [a-zæøå]+-){0,3},? og )?"
    r"(?:[\wæøåÆØÅ]+udvalg(?:et)?|[Bb]yråd(?:et)?|[Kk]ommunalbestyrelsen|[Bb]orgerrepræsentationen)"
)


def squash(text: str) -> str:
    """`text` with every run of white space as one space."""
    return _SPACE.sub(" ", text).strip()


def bare(text: str) -> str:
    """`text` without what stands in parentheses."""
    return squash(_PARENTHESIS.sub("", text))


def is_name(text: str) -> bool:
    return bool(_WHOLE_NAME.fullmatch(text)) and not _NO_PERSON.search(text)


def names_in(text: str) -> tuple[str, ...]:
    """The people of a list such as "A (S), B og C", in its order; () when a part of it is no name."""
    parts = [part for part in _BETWEEN.split(_PARENTHESIS.sub("", text).strip(" .:")) if part.strip()]
    found = tuple(squash(part).strip(" .:") for part in parts)
    return found if all(map(is_name, found)) else ()


def committee(text: str) -> str:
    """A committee's name in the definite form: "beskæftigelsesudvalg" → "Beskæftigelsesudvalget"."""
    name = squash(text)
    if name.endswith(("udvalg", "byråd", "Byråd")):
        name += "et"
    return name[:1].upper() + name[1:]
