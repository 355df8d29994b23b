"""Case numbers, as municipalities print them."""

import re

# What stands before the number, where a case is said to be open or closed: "Åbent - ", "(Lukket sag: "
_MARK = r"(?:\(?(?:åbent?|lukket)(?:\s+(?:sag|punkt))?\s*[-–:]\s*)?"
_LABEL = r"(?:J\.\s?nr|Journal[\s-]?(?:nr|nummer)|Sags?[\s-]?(?:nr|id|nummer)|Acadre|KLE(?:[\s-]?nr)?)"
# "15.20.00-Ø34-1-19", "00.01.00P35-0098", "S2018-2162", "19/2484", "330-2019-2104", "012497 - 2017/12299"
_NUMBER_OF_CASE = (
    r"\d{2}\.\d{2}\.\d{2}-?[A-ZÆØÅ]\d{2}(?:-\d{1,6})?(?:-\d{2,4})?|S\d{4}-\d{1,7}|\d{2,4}/\d{1,7}(?:-\d{1,5})?"
    r"|\d{3}-\d{4}-\d{1,7}|\d{5,7}\s-\s\d{4}/\d{1,7}|\d{4}-\d{3,7}|\d{5,12}"
)
# "00.22.04", which is a date where no label stands before it
_SUBJECT = r"\d{2}\.\d{2}\.\d{2}"
# "1-51-71-3321-08": a region's
_OF_REGION = r"\d{1,2}-\d{1,3}-\d{1,3}-\d{1,6}-\d{2}"
# A case number alone on its line, with or without a word before it.
_CASE_NUMBER = re.compile(
    rf"{_MARK}(?:(?:{_LABEL}|Sag)\.?\s*:?\s*)?(?P<number>(?:BR )?{_NUMBER_OF_CASE}|{_OF_REGION})"
    r"(?P<rest>)\)?\.?",
    re.IGNORECASE,
)
# "Sagsnr.: 330-2019-2911   Dok.nr.: 330-2019-380021   Åbent", "J.nr.: 00.22.04G01. Sagsnr.: 14/1021"
_CASE_LINE = re.compile(
    rf"{_MARK}(?:(?:J\.\s?nr|Journalnr)\.?\s*:?\s*\S+[\s,;–-]+)?{_LABEL}\.?\s*:?\s*"
    rf"(?P<number>{_OF_REGION}|{_NUMBER_OF_CASE}|{_SUBJECT}(?=\s|$))(?![\d/])(?P<rest>.*)",
    re.IGNORECASE,
)
# "Sag 306-2013-1001 Dok 306-2013-20001   Initialer: KTO": behind "Sag" alone no sentence goes on
_CASE_AND_DOCUMENT = re.compile(
    r"Sag\.?\s*:?\s*(?P<number>\d{2,4}[-/]\d[\d/-]*)(?P<rest>\s+(?:Dok|Initialer|Sagsbeh|Åbent?|Lukket)\b.*)",
    re.IGNORECASE,
)
LONGEST_CASE_LINE = 160


# "Sagsnummer:" with nothing behind it
NO_CASE = re.compile(rf"(?:{_LABEL}|Sag nr)\.?\s*:?", re.IGNORECASE)
# "BR 366/07. Budget": the council's own number of the case before the title
CASE_AHEAD = re.compile(
    rf"(?P<number>(?:BR )?\d{{1,4}}/\d{{2,7}}|{_NUMBER_OF_CASE})\.?(?:\s+(?=[A-ZÆØÅ\"”“»(])|$)"
)


def case_on(text: str) -> re.Match[str] | None:
    """The case number that a line holds and little else."""
    if len(text) > LONGEST_CASE_LINE:
        return None
    return _CASE_NUMBER.fullmatch(text) or _CASE_LINE.match(text) or _CASE_AND_DOCUMENT.match(text)
