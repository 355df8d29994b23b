"""The numbers of a body's own list over its items: "ØU-55/07-O Budget", of which 55 runs on."""

import re
from collections.abc import Iterator

from minutes.reader.phrases import Row

# "ØU-55/07-O ", "KB-12/2009 ": body, number, year, and what is to be done: "L" is closed
OWN_NUMBER = re.compile(
    r"(?<![\w/-])[A-ZÆØÅ]{2,4}-(?P<value>\d{1,4})/(?:19|20)?\d\d(?:-(?P<what>[A-ZÆØÅ]))?:?\s+(?=[A-ZÆØÅ\"”»])"
)
_ENDS = re.compile(r"(?:[.:!?)\d]|mødet|dagsorden|punkter|sager)\Z", re.IGNORECASE)
_AHEAD = 12


def own_number_marks(text: str, row: Row) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of such numbers in a line of flat text, where items begin."""
    for match in OWN_NUMBER.finditer(text, row.start, row.end):
        ahead = text[max(row.start, match.start() - _AHEAD) : match.start()].rstrip()
        if not ahead or _ENDS.search(ahead):
            yield match.start(), match.end()
