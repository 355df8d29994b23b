"""Lines that no decision has: files, messages of a page, signatures, labels of the meeting, other items."""

import re
from collections.abc import Iterable

from minutes.reader.bodies import COMMITTEE_PATTERN, in_small_letters
from minutes.reader.dates import DATE
from minutes.reader.deciding import concludes, decides
from minutes.reader.furniture import is_link
from minutes.reader.headings import DECISION_OPENING, heading_kind
from minutes.reader.names import is_name, squash
from minutes.reader.words import WORDS, pattern

_LONGEST = 80
_LONGEST_FILES = 300
_LONGEST_FILE = 160
_SHORTEST_IN_CAPITALS = 4
_NAVIGATION = re.compile(rf"\W*{pattern(WORDS.pages.navigation)}\W*", re.IGNORECASE)
_GROUP = re.compile(
    rf"(?:[A-ZÆØÅ0-9][.)]\s+)?(?:{pattern(WORDS.pages.groups)}|(?:Åbent?|Lukket)\s+(?:sag|punkt|dagsorden|møde))\s*:?",
    re.IGNORECASE,
)
# "Tirsdag den 14. marts 2017", "Nordhavn, den 14. marts 2017"
_DAY = re.compile(
    r"(?:[A-ZÆØÅ][\w.æøå-]{1,25}, )?(?:(?:man|tirs|ons|tors|fre|lør|søn)dag\s+)?"
    rf"(?:den\s+|d\.\s*)?{DATE}\.?",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"Underskrift\w*\b.{0,20}|.{0,40}_{4,}.{0,40}", re.IGNORECASE)
_ROLE = re.compile(rf"{pattern(WORDS.pages.signing_roles)}\.?", re.IGNORECASE)
# "Referent: Ane Lund", "For referat: Ane Lund", "Referat godkendt af formanden den 4. april"
_CLERK = re.compile(
    r"(?:Referent|For referat(?:et)?|Ref\.)\s*:\s*\S.{2,60}|Referat(?:et)? (?:er )?godkendt af\b.{2,60}",
    re.IGNORECASE,
)
_EXTENSION = r"(?:pdf|docx?|xlsx?|pptx?|rtf|odt|zip|jpe?g|png|msg)"
# "Kort_over_havnen.pdf Notat.docx": files of the next item
_FILES = re.compile(rf"(?:[^\s/]+\.{_EXTENSION}\s*)+", re.IGNORECASE)
# "Referat 11.11.2020 (DOC)", "Bilag 1 - Kort (PDF, 1,2 MB)", "• Havneplan, udkast.docx (234 KB)"
_FILE = re.compile(
    rf"(?:[-–•*]\s*)?[^:;?!]{{2,140}}(?:\.{_EXTENSION}(?:\s*\([^()]{{1,20}}\))?|\({_EXTENSION}\b[^()]{{0,20}}\))",
    re.IGNORECASE,
)
# "1.", above a file
_LIST_NUMBER = re.compile(r"\d{1,3}\.?")
# "503", the number of a page
_BARE_NUMBER = re.compile(r"\d{1,4}")
# "Vesterå Kommune, Torvet 1, 9999 Vesterå", "Vesterå Kommune, 20-06-2017": the foot of a page
_FOOT = re.compile(
    r"(?:[A-ZÆØÅ][\wæøå-]+ Kommune|Region [A-ZÆØÅ][\wæøå]+)[,·•| ]+"
    rf"(?:{DATE}|.{{3,60}}\b\d{{4}} [A-ZÆØÅ][\w. æøå-]{{1,25}})(?:\W.{{0,60}})?"
)
# "Vesterå Kommune      Teknik- og Miljøudvalget": the head of a page
_HEAD = re.compile(r"[A-ZÆØÅ][\wæøå-]+ Kommune\s+(?P<body>[A-ZÆØÅ].{3,70})")
# "- Pkt. 13 Ny badebro": a link to the next item
_LINK = re.compile(r"(?:[-–•]\s*)?(?:Pkt\.|Punkt)\s*\d{1,4}[.:]?\s+(?P<title>[A-ZÆØÅ][^.:]{2,70})")
# "Sag nr. 12", "Dagsordenspunkt 3", "Pkt. 4:"
_NUMBER = re.compile(r"(?:Sag|Pkt\.?|Punkt|Dagsordenspunkt)\s*(?:nr\.?\s*)?\d{1,4}\s*[.:]?", re.IGNORECASE)
# "Se hele referatet som pdf", "Hent bilag"
_POINTER = re.compile(
    r"(?:Se|Læs|Hent|Download|Åbn|Vis)\b[^.]{0,50}(?:referat|dagsorden|bilag|pdf)[^.]{0,40}", re.IGNORECASE
)
_MESSAGE = re.compile(rf"(?:{pattern(WORDS.pages.messages)}|©)(?:\W.{{0,60}})?", re.IGNORECASE)
# "Bilag (3)", "Bilag: 2"
_COUNTED = re.compile(r"Bilag(?: til punktet)?\s*(?:\(\d{1,3}\)|:\s*\d{1,3})", re.IGNORECASE)
# "Mødet sluttede kl. 12.50", "Mødet hævet kl. 21", "Møde slut: 17.30": behind the last decision
MEETING_ENDS = re.compile(
    r"Mødet?\s+(?:\w+\s+)?(?:start|begyn|slut|hæv|afslut)\w*"
    r"(?:[\s:]+(?:\w+\s+){0,3}(?:kl\.?|klokken)?\s*\d{1,2}\b.{0,60})?\.?",
    re.IGNORECASE,
)
# "(Økonomiudvalget)", "(Teknik- og Miljøudvalget og Økonomiudvalget)": who prepared the case
_PREPARED_BY = re.compile(
    r"\([A-ZÆØÅ][\wæøå, -]{3,70}(?:udvalget|udvalg|rådet|forvaltningen|magistraten)\)", re.IGNORECASE
)
# "Pause", "PAUSE kl. 17.00-17.15"
_BREAK = re.compile(r"\W*Pause\b(?:\W*kl\b.{0,20}|\W*\d.{0,20})?\W*", re.IGNORECASE)
# "Side 4 af 4", "Side 601", "Side 4/12", "- 4 -"
_PAGE = re.compile(r"Side\s+\d{1,4}(?:\s*(?:af|/)\s*\d{1,4})?|[-–]\s*\d{1,4}\s*[-–]", re.IGNORECASE)
# "Sagsnr.: 1-21-2019": of the next item
_CASE = re.compile(
    r"(?:[•*–-]\s*)?(?:Sags?nr|Sagsnummer|Sagsid|J\.?nr|Dok\.?nr)\.?\s*:?\s*[\w./ -]{0,40}", re.IGNORECASE
)
# "Nordhede Kommune", "Torvet 12, 3. sal", "9999 Nordhede"
_ADDRESS = re.compile(
    r"[A-ZÆØÅ][\wæøå-]+ Kommune|[A-ZÆØÅ][\w. æøåé-]{2,30} \d{1,3}[A-Z]?(?:,.{0,20})?"
    r"|\d{4} [A-ZÆØÅ][\w. æøå-]{1,25}"
)
_STANDING = re.compile(pattern(WORDS.pages.standing_items), re.IGNORECASE)
# "Godkendelse af protokol": the title of an item that was not read
_TITLE = re.compile(rf"{pattern(WORDS.pages.title_openings)}[^.:;?!]{{0,60}}", re.IGNORECASE)
# "( )", "•": what is left of an icon
_NO_LETTER = re.compile(r"[^\w]+")
_LABEL = re.compile(rf"{pattern(WORDS.pages.behind_decisions)}\s*(?P<colon>:)?", re.IGNORECASE)
_ENDS_SENTENCE = (".", "!", "?", ":", ")", "”", '"')


_OF_PAGE = (
    _NAVIGATION,
    _SIGNATURE,
    _NO_LETTER,
    _POINTER,
    MEETING_ENDS,
    _PAGE,
    _CASE,
    _MESSAGE,
    _COUNTED,
    _BREAK,
    _CLERK,
    _PREPARED_BY,
    _FOOT,
)
# What is a heading where it is by itself.
_ALONE = (_LIST_NUMBER, _FILES, _GROUP, _DAY, COMMITTEE_PATTERN, _NUMBER, _ROLE)


def ends_decision(text: str, above: str) -> bool:
    """Return True if a line ends a decision wherever it is: a label of the meeting or of the page.

    `above` is the line right above, "" for a blank one.
    """
    label = _LABEL.match(text)
    if not label:
        return False
    if label.end() == len(text):
        return bool(label["colon"]) or not above or above.endswith(_ENDS_SENTENCE)
    return bool(label["colon"]) and (not above or above.endswith(_ENDS_SENTENCE))


def is_files(lines: Iterable[str]) -> bool:
    """Return True for lines with nothing but names of files, which are what is attached to an item."""
    texts = list(lines)
    return bool(texts) and all(_FILES.fullmatch(text) or _FILE.fullmatch(text) for text in texts)


def files_of(line: str) -> list[str]:
    """Return the files of a line; the whole line, unless it is a row of names without blanks."""
    return line.split() if _FILES.fullmatch(line) else [line]


def is_of_tail(text: str, *, above: str, below: str) -> bool:
    """Return True if a line that ends a decision, or has only such lines below it, is no part of it.

    `above` is the line right above, "" for a blank one; `below` is the printed line below that was found
    to be no part of the decision, "" for none.
    """
    alone = not above
    text = squash(text)
    if len(text) > _LONGEST:
        is_file = len(text) <= _LONGEST_FILE and _is_file(text, above)
        return is_file or (alone and len(text) <= _LONGEST_FILES and _FILES.fullmatch(text) is not None)
    if _is_of_page(text) or _is_file(text, above) or _is_page_number(text, above):
        return True
    if _is_above_tail(text, below) or _is_twice(text, above, below):
        return True
    if _is_link(text) and (alone or above.endswith(".")):
        return True
    return _is_heading(text) if alone else _goes_on(text, above)


def _is_of_page(text: str) -> bool:
    """Return True for a line of the page or the meeting: "Side 4 af 4", "Mødet hævet kl. 21"."""
    if any(form.fullmatch(text) for form in _OF_PAGE) or is_link(text):
        return True
    head = _HEAD.fullmatch(text)
    if head and COMMITTEE_PATTERN.fullmatch(head["body"]):
        return True
    return text.isupper() and bool(
        _GROUP.fullmatch(text) or COMMITTEE_PATTERN.fullmatch(in_small_letters(text))
    )


def _is_page_number(text: str, above: str) -> bool:
    """Return True for a number by itself, unless it is the value of a label: "Undlod at stemme:" over "1"."""
    return _BARE_NUMBER.fullmatch(text) is not None and not above.endswith(":")


def _is_file(text: str, above: str) -> bool:
    return _FILE.fullmatch(text) is not None and (not above or not above[-1].isalpha() or above[-1] in ".:")


def _is_twice(text: str, above: str, below: str) -> bool:
    """Return True for a title that is printed twice."""
    return text in {above, below} and text[-1] not in ".!?:" and not decides(text)


def _is_above_tail(text: str, below: str) -> bool:
    """Return True if the tail below shows what a line is: a file's number, a signature's name, an address."""
    if not below:
        return False
    if _LIST_NUMBER.fullmatch(text):
        return _FILE.fullmatch(below) is not None
    if _ROLE.fullmatch(below):
        return is_name(text)
    if text.endswith(" Kommune") and COMMITTEE_PATTERN.fullmatch(below):
        return True  # the head of a page
    return bool(_ADDRESS.fullmatch(text) and (_ADDRESS.fullmatch(below) or _MESSAGE.fullmatch(below)))


def _is_link(text: str) -> bool:
    link = _LINK.fullmatch(text)
    return link is not None and not decides(link["title"])


def _goes_on(text: str, above: str) -> bool:
    """Return True for the second line of a signature or an address: "formand", "Torvet 1"."""
    if _ROLE.fullmatch(text):
        return is_name(above)
    if above.endswith(" Kommune") and COMMITTEE_PATTERN.fullmatch(text):
        return True
    return above.endswith(" Kommune") and _ADDRESS.fullmatch(text) is not None


def _is_heading(text: str) -> bool:
    """Return True if a line by itself is a title, a heading with nothing under it, a day or an address."""
    if _in_capitals(text) or any(form.fullmatch(text) for form in _ALONE):
        return True
    if decides(text):
        return False
    if _STANDING.fullmatch(text) or (_ADDRESS.fullmatch(text) and text.endswith("Kommune")):
        return True
    return heading_kind(text) is not None or (_TITLE.fullmatch(text) is not None and not concludes(text))


def _in_capitals(text: str) -> bool:
    """Return True if the line is a heading in capitals, over the items that follow: "ØKONOMIUDVALGET"."""
    return (
        text.isupper()
        and len(text) > _SHORTEST_IN_CAPITALS
        and text[-1] not in ".!?"
        and not DECISION_OPENING.match(text)
        and not is_name(text)
    )
