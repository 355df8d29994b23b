"""Case numbers, as municipalities print them."""

import re

# A mark of an open or closed case before the number: "Åbent - ", "(Lukket sag: ", "Åben sag "
_MARK = r"(?:\(?(?:åbent?|lukket)(?:\s+(?:sag|punkt)\s*[-–:]?|\s*[-–:])\s*)?"
_LABEL = r"(?:J\.\s?nr|Journal[\s-]?(?:nr|nummer)|Sags?[\s-]?(?:nr|id|nummer)|Acadre|KLE(?:[\s-]?nr)?)"
# "01.02G00 - 2017/27088", "05.04.00P20 / 08-301", "01.02.05 P16/2000/988", "00.01.00.A10-0001/2013"
_BEHIND_SUBJECT = r"(?:\s-\s\d{4}/\d{1,7}|\s/\s\d{2}-\d{1,7}|(?:[-/]\d{1,6}){2,3}|-\d{4}(?!\d))"
_SUBJECT_AND_CASE = rf"\d{{2}}\.\d{{2}}(?:\.\d{{2}})?[. -]?[A-ZÆØÅ]\d{{2}}{_BEHIND_SUBJECT}"
# "018520-2013", but no day, month and year in front as in a person's number
_CASE_AND_YEAR = r"(?!(?:[0-2]\d|3[01])(?:0\d|1[0-2]))\d{6}-(?:19|20)\d{2}(?!\d)"
# "15.20.00-Ø34-1-19", "00.01.00P35-0098", "S2018-2162", "19/2484", "330-2019-2104", "012497 - 2017/12299"
_NUMBER_OF_CASE = (
    rf"{_SUBJECT_AND_CASE}|{_CASE_AND_YEAR}"
    r"|\d{2}\.\d{2}\.\d{2}-?[A-ZÆØÅ]\d{2}(?:-\d{1,6})?(?:-\d{2,4})?|S\d{4}-\d{1,7}|\d{2,4}/\d{1,7}(?:-\d{1,5})?"
    r"|\d{3}-\d{4}-\d{1,7}|\d{5,7}\s-\s\d{4}/\d{1,7}|\d{4}-\d{3,7}|\d{5,12}|(?-i:[A-Z]{2,4})-\d{4}-\d{3,7}"
)
# "00.22.04", which is a date unless a label precedes it
_SUBJECT = r"\d{2}\.\d{2}\.\d{2}"
# "1-51-71-3321-08", "1-30-11-06-V": a region's
_OF_REGION = r"\d{1,2}-\d{1,3}-\d{1,3}-\d{1,6}-(?:\d{2}|V(?!\w))"
# "1-00-4-09": a region's, which no day has the form of
_OF_REGION_ALONE = r"\d-\d{2}-\d{1,3}-\d{2}(?!\d)"
# "0-3-1-13": a region's, if a label precedes it
_SHORT_OF_REGION = r"\d{1,2}-\d{1,3}-\d{1,3}-\d{2}(?![\d-])"
# "Sagsnr: 19-004512": a year and a number, if a label precedes it
_YEAR_AND_NUMBER = r"\d{2}-\d{4,6}(?![\d/-])"
# "BR 366/07", "IU 14/2005": of a body's own list
_OF_BODY = r"(?-i:[A-ZÆØÅ]{2,3}) "
# A case number alone on its line, with or without a word before it.
_CASE_NUMBER = re.compile(
    rf"\(?{_MARK}(?:(?:{_LABEL}|Sag)\.?\s*:?\s*)?(?P<number>(?:{_OF_BODY})?(?:{_NUMBER_OF_CASE})|{_OF_REGION}|{_OF_REGION_ALONE})"
    r"(?P<rest>)\)?\.?",
    re.IGNORECASE,
)
# "Sagsnr.: 330-2019-2911   Dok.nr.: 330-2019-380021   Åbent", "J.nr.: 00.22.04G01. Sagsnr.: 14/1021"
_CASE_LINE = re.compile(
    rf"{_MARK}(?:{_OF_BODY}\s*\d{{1,4}}/\d{{2,4}}\s+)?(?:(?:J\.\s?nr|Journalnr)\.?\s*:?\s*\S+[\s,;–-]+)?{_LABEL}\.?\s*:?\s*"
    rf"(?P<number>{_OF_REGION}|{_SHORT_OF_REGION}|{_YEAR_AND_NUMBER}|(?:{_OF_BODY})?(?:{_NUMBER_OF_CASE})|(?:{_SUBJECT}|\d{{4}})(?=\s|$))(?![\d/])(?P<rest>.*)",
    re.IGNORECASE,
)
# "Sag 306-2013-1001 Dok 306-2013-20001   Initialer: KTO": behind "Sag" alone no sentence goes on
_CASE_AND_DOCUMENT = re.compile(
    r"Sag\.?\s*:?\s*(?P<number>\d{2,4}[-/]\d[\d/-]*)(?P<rest>\s+(?:Dok|Initialer|Sagsbeh|Åbent?|Lukket)\b.*)",
    re.IGNORECASE,
)
# "DIKEOL / 08/3208 ÅBEN SAG": who handles the case, and its number
_INITIALS_AND_CASE = re.compile(
    r"[A-ZÆØÅ]{3,8} ?/ ?(?P<number>\d{2}/\d{1,7})(?P<rest>(?:\s+(?:ÅBENT?|Åbent?|LUKKET|Lukket)\b.{0,20})?)"
)
# "326-2012-4107 <tabs> Åbent <tabs> Init.: LIHE", "2012-4107   Lukket": other cells behind the number
_CASE_AND_CELLS = re.compile(
    rf"(?P<number>{_NUMBER_OF_CASE})(?P<rest>(?:\t|\s{{2}})\s*(?:Åben|Lukket|Init|Sagsbeh|Dok)[^\n]{{0,80}})"
)
# "J.nr. 102": a short number, if it is alone behind its label
_SHORT_OF_JOURNAL = re.compile(
    r"(?:J\. ?nr|Journal[\s-]?(?:nr|nummer))\.?\s*:?\s*(?P<number>\d{2,4})(?P<rest>)",
    re.IGNORECASE,
)
# "Nr. 48   Journalnr. 82.20.00P20   Sagsbehandler: Ane Holm": the item's number again, ahead of the label
_ITEM_AHEAD = re.compile(r"(?:Nr|Pkt|Punkt)\.? ?\d{1,4}\.?(?:\t|\s{2})\s*(?=[JKS])")
LONGEST_CASE_LINE = 160
# "Budget for havnen (2016-0002911)", "Takster. (Sag 99/3310)": behind a title
CASE_BEHIND = re.compile(
    r"\s*\((?:(?:Sag|J\.\s?nr|Sagsnr)\.?\s*:?\s*)?(?P<number>(?:19|20)\d\d-\d{5,7}|\d{2}/\d{3,7})\)\.?$",
    re.IGNORECASE,
)


# "Sagsnummer:" with nothing behind it
NO_CASE = re.compile(rf"(?:{_LABEL}|Sag nr)\.?\s*:?", re.IGNORECASE)
# "J.nr.: 00.01.00": the number of a subject or a journal, where "Sagsnr." may be below
JOURNAL = re.compile(r"(?:J\.\s?nr|Journal[\s-]?(?:nr|nummer)|KLE)\b", re.IGNORECASE)
# "00.22.00-P35-11-21 Beslutning Byrådet …"
CASE_BEFORE_TEXT = re.compile(r"\d\d\.\d\d\.\d\d-[A-ZÆØÅ]\d\d-\d{1,5}-\d\d(?= [A-ZÆØÅ][a-zæøå]+[ :])")
# "Dok.nr.: 1965", "Initialer: abc": labels beside the case number
BESIDE_CASE = re.compile(r"(?:Dok(?:ument)?\.?\s?nr|Initialer|Sagsbeh(?:andler)?|Sagsansvarlig)\b.{0,40}")
# "BR 366/07. Budget": the council's own number of the case before the title
CASE_AHEAD = re.compile(
    rf"(?P<number>(?:{_OF_BODY})?\d{{1,4}}/\d{{2,7}}|{_NUMBER_OF_CASE})\.?(?:\s+(?=[A-ZÆØÅ\"”“»(])|$)"
)


def case_on(text: str) -> re.Match[str] | None:
    """Return the match of a case number on a line with little else, or None."""
    if len(text) > LONGEST_CASE_LINE:
        return None
    ahead = _ITEM_AHEAD.match(text)
    at = ahead.end() if ahead else 0
    return (
        _CASE_NUMBER.fullmatch(text, at)
        or _CASE_LINE.match(text, at)
        or _CASE_AND_DOCUMENT.match(text, at)
        or _INITIALS_AND_CASE.fullmatch(text, at)
        or _CASE_AND_CELLS.fullmatch(text, at)
        or _SHORT_OF_JOURNAL.fullmatch(text, at)
    )
