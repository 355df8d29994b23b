"""The words of a line that say whether its text goes on in the next line.

The lines leave no space for the first word of the next: they were wrapped, or end there by chance.
"""

import re
from collections.abc import Sequence

from minutes.documents.heads import MONTHS

ENDS = (".", ":", "!", "?", ";")
# Words and abbreviations that hardly ever end a paragraph
_GOES_ON = re.compile(
    r"(?:,|[a-zæøå]-|\b(?:og|eller|samt|at|for|af|til|på|i|med|om|den|det|en|et|der|som|ved|fra|mellem|under|over"
    r"|efter|hos|uden|hvor|ikke|er|var|har|kan|skal|vil|blev|bliver|(?:nr|pkt|stk|kl|ca|jf|jfr|mio)\.))$"
)
_GOES_ON_IN_CAPITALS = re.compile(r"[A-ZÆØÅ]{2} (?:OG|ELLER|SAMT|FOR|AF|TIL|PÅ|I|MED|OM|DEN|VED|FRA)$")
# "mellem Sdr. / Stenderup"
_ABBREVIATION = re.compile(r"\b(?:[NSØV]dr|[ØV]str|Gl|Skt|Sct|St|Chr|vedr|bl\.a|f\.eks)\.$")
# "Beslutning i Økonomiudvalget den 14-09-2015"
_ENDS_WITH_DAY = re.compile(rf"\bden \d{{1,2}}(?:[-./]\d{{1,2}}[-./]|\. (?:{'|'.join(MONTHS)}) )\d{{4}}$")
# "Godkendt. Susanne": behind the end of a sentence another one begins.
_SENTENCES = re.compile(r"[a-zæøå]{3}[.!?] [A-ZÆØÅ]")
_VERB = re.compile(
    r"\b(?:er|var|har|havde|kan|kunne|skal|skulle|vil|ville|må|måtte|bør|bliver|blev|får|fik|giver|gav|tog"
    r"|stemte|deltog|indstiller|anbefaler|foreslår|foreslog|ønsker|ønskede)\b"
)
# "den 29. marts / 2023", "den 8. / februar", "den 14-01- / 2016", "2015- / 16"
_HALF_DAYS = (
    (re.compile(rf"\d\. (?:{'|'.join(MONTHS)})$", re.IGNORECASE), re.compile(r"(?:19|20)\d\d\b")),
    (re.compile(r"\b(?:den|d\.) \d{1,2}\.$"), re.compile("|".join(MONTHS), re.IGNORECASE)),
    (re.compile(r"\d-$"), re.compile(r"\d")),
)
_NAME = r"[A-ZÆØÅ][^\W\d]+(?:-[^\W\d]+)*"
# "Til stede: Eva Kirk, Aage", "(V) og Mads": a list that ends with the first word of a name
_HALF_NAME = re.compile(rf"(?:[,):]|\bog|\bsamt) {_NAME}$")
# "Ivan Bro Lund og Sys / Hedegaard", "Per Holt / Lauge, Bente": within a list of names
_ENDS_WITH_NAME = re.compile(rf"(?:, |: | og ){_NAME}(?: {_NAME}){{1,2}}$")
_ENDS_NAME = re.compile(rf"{_NAME}(?: \(\w{{1,2}}\))?(?:,| og\b)")
# "Sagsnr.: 1 Dok.nr.: 2", "formand 2. Valg", "godkendes. RESUME Budgettet": within a line
_LABEL_WITHIN = re.compile(r"[\w)\"”.,] [A-ZÆØÅ][a-zæøå]{2,20}(?:\.nr)?\.?:(?= |$)")
_ENTRY_WITHIN = re.compile(r"[a-zæøå)] \d{1,3}\.(?= [A-ZÆØÅ]|$)")
_CAPITALS_WITHIN = re.compile(r"[a-zæøå)]\.? (?:[A-ZÆØÅ]{4,} ){1,3}(?=[A-ZÆØÅ]?[a-zæøå])")
# Characters at the beginning of the next line in which the value of a label ends
_NEAR = 30
_LABEL = re.compile(r"[A-ZÆØÅ][^\s:]{1,25}:")


def is_open(text: str) -> bool:
    """Return True for a line that ends with a comma, or a word that something has to follow."""
    return any(pattern.search(text) for pattern in (_GOES_ON, _GOES_ON_IN_CAPITALS, _ABBREVIATION))


def divides_day(text: str, following: str) -> bool:
    """Return True if a line ends within a date."""
    return any(end.search(text) and start.match(following) for end, start in _HALF_DAYS)


def is_heading_of_day(text: str) -> bool:
    """Return True for "Beslutning i Byrådet den 3. maj 2021:"."""
    return text.endswith(":") and text[0].isupper() and _ENDS_WITH_DAY.search(text[:-1]) is not None


def is_unfinished(lines: Sequence[str], following: str) -> bool:
    """Return True if the last of a paragraph's lines ends within a sentence, a name or brackets."""
    text = lines[-1]
    if _has_open_bracket(lines, following) or _has_labels(text, following):
        return True
    if text.endswith(ENDS):
        return False
    if _SENTENCES.search(text):
        return True
    if following[0].isupper() and (_HALF_NAME.search(text) or _is_within_names(text, following)):
        return True
    return _VERB.search(text) is not None and not is_heading(lines, following)


def _has_labels(text: str, following: str) -> bool:
    """Return True for a label, and another one behind its value: "Sagsnr.: 1 Dok.nr.: 2"."""
    within = any(map(_LABEL_WITHIN.search, (text, following[:_NEAR])))
    return within and _LABEL.match(text) is not None


def _has_open_bracket(lines: Sequence[str], following: str) -> bool:
    """Return True if `following` closes a bracket that the last two lines open."""
    before = " ".join(lines[-2:])
    closes = following.find(")")
    opens = following.find("(")
    return before.count("(") > before.count(")") and closes >= 0 and (opens < 0 or closes < opens)


def _is_within_names(text: str, following: str) -> bool:
    return _ENDS_WITH_NAME.search(text) is not None and _ENDS_NAME.match(following) is not None


def is_heading(lines: Sequence[str], following: str) -> bool:
    """Return True for a line that ends with a day, or a paragraph that ends with its only colon.

    "Beslutning i Byrådet den 3. maj 2021", "Teknik- og Miljøudvalget:"; a line with a capital is below it.
    """
    text = lines[-1]
    if not following[0].isupper() or _SENTENCES.search(text) or not text[0].isupper():
        return False
    if _ENDS_WITH_DAY.search(text):
        return not _VERB.search(text)
    return len(lines) == 1 and text.find(":") == len(text) - 1


def marks_within(text: str) -> int:
    """Return how many labels, entries and headings in capitals are within a line."""
    return sum(len(pattern.findall(text)) for pattern in (_LABEL_WITHIN, _ENTRY_WITHIN, _CAPITALS_WITHIN))
