"""Sentences that say that items were handled behind closed doors."""

import re
from typing import NamedTuple

from minutes.reader.closed_lines import Access, access_of, line_closes
from minutes.reader.closed_titles import read_title
from minutes.reader.closed_words import BRACKETED, LEAD, NEGATED, PHRASE, can_be_sign
from minutes.reader.dates import DATE

# Statements
_DOORS = re.compile(
    r"\b(?:for|bag|under)\s+lukkede\s+døre|for\s+lukket\s+dør\b|\bdørene\s+(?:blev\s+|bliver\s+|er\s+)?lukke(?:t|de|des|s)\b"
    r"|\blukke(?:de)?\s+dørene|\bdørlukning|\bpå\s+(?:et\s+|den\s+)?lukke(?:t|de)\s+(?:møde|dagsorden|punkt)"
    r"|\buden\s+(?:adgang\s+for\s+)?offentlighed\w*",
    re.IGNORECASE,
)
_IS_CLOSED = re.compile(
    rf"\b(?:er|var|blev|bliver|behandle[sdt]\w*(?:\s+som)?)\s+(?:et\s+|en\s+)?(?:{PHRASE})(?!\s+(?:for|i|på|fra|siden)\b)",
    re.IGNORECASE,
)
_THIS_ITEM = re.compile(
    r"(?:\b(?:dette|nærværende)\s+punkt|\bdenne\s+sag|\bpunktet|\bsagen|\bdagsordenspunktet|\bsagens\s+behandling"
    r"|^\W*(?:(?:lukket|fortrolig)\w*\s+|behandle[sdt]\w*|drøfte[sdt]\w*|(?:for|bag)\s+lukkede))",
    re.IGNORECASE,
)
_POINT = re.compile(r"\b(?:punktet|dagsordenspunktet|dette\s+punkt|denne\s+sag)\b", re.IGNORECASE)
_NUMBERS = re.compile(
    r"\b(?:dagsordens)?(?:punkt(?:erne|er)?|pkt\.?|sag(?:erne)?)\s*(?:nr\.?\s*)?"
    r"(?P<numbers>\d{1,4}(?:\s*(?:,|og|samt|til|-|–)\s*\d{1,4})*)(?!\d)",
    re.IGNORECASE,
)
_UNCERTAIN = re.compile(
    r"\b(?:ikke|aldrig|kan|kunne|må|måtte|hvis|såfremt|når|ønske\w*|foresl\w*|forslag\w*|anmod\w*|forkast\w*|spurgte"
    r"|spørgsmål\w*|begær\w*|hvorvidt|ville)\b",
    re.IGNORECASE,
)
_OTHER_DAY = re.compile(
    rf"{DATE}|\b(?:i|siden)\s+(?:19|20)\d\d\b|\b(?:sidste|forrige|tidligere|næste)\b", re.IGNORECASE
)
_BY_LAW_IN = re.compile(r"\b(?:jf|jvf|efter|i\s+henhold\s+til|i\s+medfør\s+af)\b.*", re.IGNORECASE)
# In running text
_IN_TEXT = re.compile(
    rf"(?:{_DOORS.pattern})|\blukke(?:t|de)\s+(?:punkt\w*|dagsorden\w*|mødedel|referat\w*|\w*protokol\w*)\b|\blukket\s+møde\b"
    r"|(?:som|på|en)\s+lukket\s+sag\b|\bikke[- ]offentlig\w*\s+(?:punkt|sag|møde)\w*"
    r"|\bfortrolig(?:t|e)?\s+(?:punkt|sag|møde|dagsorden)\w*|^\W*fortroligt?\s*(?:[-–:.,]|$)"
    r"|styrelseslov\w*,?\s*(?:kapitel\s+\d+,?\s*)?§\s*10\b|§\s*10\s+i\s+(?:lov\s+om\s+kommun|(?:den\s+)?(?:kommunale\s+)?styrelseslov)",
    re.IGNORECASE,
)
# "X deltog ikke i den lukkede del af mødet": about the meeting, not about the item
# "Pkt. 6: Retssag (Lukket punkt)" heads an item, "6. Tilbud (lukket)" may be an attachment
_ITEM_HEADING = re.compile(
    r"\W*(?:Dagsordenspunkt|Punkt|Pkt|Sag)\.?\s*(?:nr\.?\s*)?\d{1,4}[a-z]?\b", re.IGNORECASE
)
# "1. Fortroligt - Køb af ejendom": a title behind its number
_NUMBER = re.compile(rf"\W*{LEAD}[.:)]?\s+(?=\S)", re.IGNORECASE)
# "ReferatLukket sag", "busruten Lukket sag Sag: 20/1": the mark of the next item on the same line
_GLUED = re.compile(
    r"(?<=[a-zæøå])(?:LUKKET|FORTROLIG|Lukket|Fortrolig)"
    r"|(?<=[\wæøå.)] )(?:Lukket|Fortroligt?)\s+(?:sag|punkt|møde|[-–])|\bLUKKET\b"
)
# "Fraværende: Nr. 6 - LUKKET: Køb af ejendom": the next item, where lines were lost
_NUMBERED = re.compile(
    r"\b(?:Punkt|Pkt|Nr|Sag|SAG NR|PUNKT)\b\.?\s*\d{1,4}\s*[-–:.)]*\s*"
    r"[(\[]?(?:LUKKET|Lukket|Fortrolig|FORTROLIG)"
)
_LETTERED_FIRST = frozenset("LPNS")
_LETTERED = re.compile(r"(?:(?:Punkt|Pkt\.?|Nr\.?|Sag)\s*)?L\s?-?\d{1,3}\s*[.:)–-]?\s+[A-ZÆØÅ]")
_CLOSED_PART = re.compile(r"\blukkede\s+del(?:\s+af\s+(?:møde|dagsorden)|\b(?!\s+af))", re.IGNORECASE)
_MOST_IN_RANGE = 60
# A whole page without a full stop; only plain words are looked for in it.
_LONGEST_SENTENCE = 2000
_LONGEST_LINE = 160


class Statement(NamedTuple):
    """A sentence that says that items were closed.

    `numbers` are the items it names, `own` when it is about the item it is printed in. With neither, it is
    not certain which item is meant.
    """

    own: bool
    numbers: frozenset[int]


def statement_in(sentence: str, own: int | None) -> Statement | None:
    """Return what a sentence says of items behind closed doors, or None. `own` is the number of its item."""
    if not can_be_sign(sentence) or NEGATED.search(sentence):
        return None
    if len(sentence) > _LONGEST_SENTENCE:
        return Statement(False, frozenset()) if _DOORS.search(sentence) else None
    # "Sagen er lukket" may say that a case has come to its end.
    closed = _IS_CLOSED.search(sentence) and (_POINT.search(sentence) or _NUMBERS.search(sentence))
    if not _DOORS.search(sentence) and not closed:
        return None
    nowhere = Statement(False, frozenset())
    if _UNCERTAIN.search(_BY_LAW_IN.sub("", sentence)) or _OTHER_DAY.search(sentence):
        return nowhere
    numbers = frozenset(
        number for match in _NUMBERS.finditer(sentence) for number in _range(match["numbers"])
    )
    is_own = own in numbers if numbers else bool(_THIS_ITEM.search(sentence))
    return Statement(is_own, numbers - {own})


def _range(numbers: str) -> set[int]:
    """Return the numbers of "5", "5, 6 og 9", "5-7"."""
    included = {int(number) for number in re.findall(r"\d+", numbers)}
    for first, last in re.findall(r"(\d+)\s*(?:-|–|til)\s*(\d+)", numbers):
        if 0 < int(last) - int(first) < _MOST_IN_RANGE:
            included |= set(range(int(first), int(last) + 1))
    return included


def is_sign_in_text(sentence: str, *, attachment: bool = False) -> bool:
    """Return True if a sentence of an open item may belong to something closed.

    In a list of attachments, "Tilbud (lukket)" and "Fortroligt bilag" are said of an attachment.
    """
    sentence = sentence.replace("(L)", "")  # a party's letter; it says closed behind a title only
    if not can_be_sign(sentence):
        return False
    if len(sentence) > _LONGEST_SENTENCE:
        return bool(_IN_TEXT.search(sentence) or _NUMBERED.search(sentence) or _GLUED.search(sentence))
    if NEGATED.search(sentence):
        return False
    if _NUMBERED.search(sentence):
        return True
    if attachment:
        access = access_of(sentence)
        inside = BRACKETED.search(sentence)
        numbered = bool(re.match(LEAD, sentence)) and bool(inside and inside.end() < len(sentence.rstrip()))
        headed = bool(inside and _ITEM_HEADING.match(sentence))
        return bool(_DOORS.search(sentence)) or access is Access.CLOSED_GROUP or numbered or headed
    return bool(
        _IN_TEXT.search(sentence)
        or BRACKETED.search(sentence)
        or _GLUED.search(sentence)
        or (len(sentence) < _LONGEST_LINE and read_title(_NUMBER.sub("", sentence)).closed)
        or access_of(sentence) in {Access.CLOSED_GROUP, Access.CLOSED_ITEM}
        or line_closes(sentence)
    )


def is_lettered_heading(line: str) -> bool:
    """Return True if a line is an item's heading with a letter for lukket: "L1. Køb", "Punkt L2: Køb"."""
    return line[:1] in _LETTERED_FIRST and bool(_LETTERED.match(line))


def speaks_of_closed_part(text: str) -> bool:
    """Return True if the text says that the meeting had a closed part: "forlod mødet før den lukkede del"."""
    return bool(_CLOSED_PART.search(text)) and not NEGATED.search(text)
