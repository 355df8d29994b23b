"""Lines of a PDF that begin something: an entry of a list, an item, a label, a heading, a file."""

import re

from minutes.documents.heads import MONTHS
from minutes.documents.pdf_lines import Line, Paragraph
from minutes.documents.pdf_sentences import ENDS, is_heading_of_day

# "Pkt. 38 Leje af lokaler", "124Lukket punkt", "lukket 101": begins an item
ITEM = re.compile(
    r"(?:[Pp]kt\.|[Pp]unkt|[Ss]ag|[Ss]ag nr\.) \d{1,4}[ .:]|(?:[Åå]bent|[Ll]ukket) \d"
    r"|\d{1,4}(?=[A-ZÆØÅ][a-zæøå])"
)
# "1. ", "a) ", "• ", "- ", "2.1 ": begins an entry of a list
ENTRY = re.compile(
    r"(?:\(?\d{1,3}(?:\.\d{1,3}){0,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}|\(?[a-zæøå][.)]|[A-ZÆØÅ][.)]"
    r"|[-–•*\uf0b7\uf0a7▪●○■►])(?:\s|$)"
)
# "i alt / 4. Forslaget", "Jens / A. Holm": at the beginning of a line that goes on
_MAY_GO_ON = re.compile(r"(?:\d{1,3}|[A-ZÆØÅ])\.(?:\s|$)|\d{1,2}\.\d\d\b")
LABEL = re.compile(r"[A-ZÆØÅ][^\s:,]{1,25}(?: [^\s:,]{1,20}){0,3}:(?:\s|$)")
# "indstiller, at / 1. budgettet": the first entry of a list
_FIRST_ENTRY = re.compile(r"\(?(?:1|a)[.)](?:\s|$)")
_AT = re.compile(r"at\s")
# Words of a row that ends with a number; letters of a word that ends rows
_LONGEST_ROW, _SHORTEST_WORD = 6, 3
_NUMBERS = re.compile(r"\d[\d.,]*")
_MONTH = re.compile("|".join(MONTHS))
# "Sagsnr. 05.01.02-Ø54-1-21": a label without its colon
_CASE_LABEL = re.compile(r"(?:Sagsnr|J\.? ?nr|Journalnr|Dok\.?nr|Sagsid)\.? \d")
# "2019-058812", "15/20844", "00.22.04-A21-1-19": the number of a case is a line of its own.
_CASE_NUMBER = re.compile(
    r"(?!20\d\d[-/]20\d\d$)\d{2}(?:\d{2})?[-/]\d{3,7}|\d{2}\.\d{2}\.\d{2}[-.]\w{3}[-/\d]*"
)
# "stoejkort_2014.pdf"
_FILE = re.compile(r"\S{1,80}\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|msg|txt)", re.IGNORECASE)
# "Budget 2021 / ....... 4"
_CONTENTS_LINE = re.compile(r"(?:\.\.|…|\. \.)\s*\d{1,3}$")
NUMBER = re.compile(r"(?:[^\W\d]{1,12} )?(\d{1,5})(?![\d.,/-])")
# "67. Initiativsag", "Pkt. 8: Valg"
ENTRY_NUMBER = re.compile(r"(?:[^\W\d]{1,12}\.? (?:nr\. )?)?(\d{1,5})(?:[.:)]|(?= [A-ZÆØÅ(]))")
# A heading is shorter than this part of the width.
_SHORT = 0.5


def entry_mark(text: str) -> str:
    """Return the number or bullet that begins an entry of a list, else ""."""
    match = ENTRY.match(text)
    return match[0].strip() if match else ""


def is_label(text: str) -> bool:
    """Return True for a label without its value: "Dok.nr.:"."""
    return LABEL.fullmatch(text) is not None


def begins_something(paragraph: Paragraph, line: Line, following: Line, width: float) -> bool:
    """Return True if a line is an entry, a heading, or behind a contents entry or a drawn line."""
    return (
        _begins_entry(paragraph, line, following)
        or follows(paragraph.rows[0].first.text, following.text)
        or (line.text.endswith(ENDS) and ITEM.match(following.text) is not None)
        or _is_parallel(line.text, following.text)
        or _is_short_heading(line, following, width)
        or _CONTENTS_LINE.search(line.text) is not None
        or any(not any(map(str.isalnum, one.text)) for one in (line, following))
    )


def follows(text: str, other: str, form: re.Pattern[str] = NUMBER) -> bool:
    """Return True if two lines begin with numbers that run on: "579 Råstofplan", "åbent 4 Takster"."""
    numbers = [match[1] for match in map(form.match, (text, other)) if match]
    return len(numbers) == 2 and int(numbers[1]) == int(numbers[0]) + 1


def _is_parallel(text: str, other: str) -> bool:
    """Return True if two lines are entries of a list that end alike, or both begin with "at".

    "Byrådet den 4. maj 2019", "Eva Kirk (A) deltog", "Sygedagpenge 1.243"
    """
    if _AT.match(text) and _AT.match(other):
        return True
    if not (text[0].isupper() and other[0].isupper()):
        return False
    words, others = (_NUMBERS.sub("#", _MONTH.sub("#", line)).split() for line in (text, other))
    if words[-1] != others[-1]:
        return False
    is_row = words[-1] == "#" and max(len(words), len(others)) <= _LONGEST_ROW
    is_word = words[-1].isalpha() and len(words[-1]) > _SHORTEST_WORD
    return is_row or is_word or ("#" in words[-1] and words[-2:] == others[-2:])


def _is_short_heading(line: Line, following: Line, width: float) -> bool:
    """Return True for a short line without a full stop behind a sentence that ended."""
    return (
        line.text.endswith(".")
        and not following.text.endswith(ENDS)
        and following.text[0].isupper()
        and following.right - following.left < _SHORT * width
    )


def _begins_entry(paragraph: Paragraph, line: Line, following: Line) -> bool:
    """Return True if a line begins with a list's mark, not with a number or initial in a sentence."""
    if following.text[0] in "-–" and following.text[2:3].islower() and line.text[-1].isalnum():
        return following.left > paragraph.rows[0].left or paragraph.rows[0].first.text[0] in "-–•"
    in_list = ENTRY.match(paragraph.rows[0].first.text) is not None
    if _FIRST_ENTRY.match(following.text) and line.text.endswith((" at", " om", ":", ",")):
        return True
    if (
        _MAY_GO_ON.match(following.text)
        and not in_list
        and (line.text[-1].isalpha() or line.text.endswith("kl."))
    ):
        return False
    return ENTRY.match(following.text) is not None


def begins_line(text: str, above: str) -> bool:
    """Return True for a label, the name of a file, or the number of a case that no label is `above`."""
    return (
        (_CASE_NUMBER.fullmatch(text) is not None and not above.endswith(":"))
        or _FILE.fullmatch(text) is not None
        or any(pattern.match(text) for pattern in (LABEL, _CASE_LABEL))
        or is_heading_of_day(text)
    )
