"""Words that were divided at the end of a line that was lost: "be- handles", "Per Fog- Holm"."""

import re
from collections.abc import Iterator

from minutes.reader.words import WORDS

# The halves of "be- handles", "Ras- mussen", "Fog- Holm"
_FIRST = re.compile(r"(?<![\w-])[^\W\d_]{2,20}\Z")
_NO_SECOND = (
    "og|eller|samt|til|i|på|hhv|henholdsvis"
    r"|afbud|fraværende|syg|ferie|orlov|formand|næstformand|suppleant\w*|stedfortræder\w*|deltog|mødte"
)
_SECOND = re.compile(rf"(?!(?:{_NO_SECOND})\b)[^\W\d_]{{2,20}}(?![\w-])")
_LONGEST = 22
# "Ida Lind- suppleanten": what somebody is, no half of a name
_ROLE = re.compile(
    r"(?:suppleant|stedfortræder|(?:næst|vice)?formand|referent|sekretær|borgmester|leder|medlem|afbud|fraværende)"
)
# A first name ahead, and what is behind a name
_FIRST_NAME = re.compile(r"[A-ZÆØÅ][a-zæøåé]+ \Z")
_BEHIND_NAME = re.compile(r"\s*(?:[,;(./\n]|$)| [A-ZÆØÅ(]")
# What a name does not begin with: "Børne- Unge", "Plan- Miljøudvalget"
_COMPOUNDS = frozenset(WORDS.pages.compounds)
_END_OF_HEADER = 3000
_MOST_WORDS = 100


def broken_words(text: str) -> Iterator[int]:
    """Yield the places of the hyphens and blanks that divide words; of a double name only the blank.

    The whole word is somewhere else in the text, or it is a name among those in the header.
    """
    known: dict[str, bool] = {}
    hyphen = text.find("- ")
    while hyphen >= 0 and len(known) < _MOST_WORDS:
        second = _SECOND.match(text, hyphen + 2) if text[hyphen - 1 : hyphen].isalpha() else None
        first = _FIRST.search(text, max(0, hyphen - _LONGEST), hyphen) if second else None
        if first and second and first[0].lower() not in _COMPOUNDS:
            is_double = second[0][0].isupper()
            whole = f"{first[0]}-{second[0]}" if is_double else first[0] + second[0]
            if whole not in known:
                known[whole] = whole in text
            is_name = not _ROLE.match(second[0]) and _is_name(text, first.start(), second.end())
            if known[whole] or (is_name and text.count(f" {second[0]}") == 1):
                yield from (hyphen + 1,) if is_double else (hyphen, hyphen + 1)
        hyphen = text.find("- ", hyphen + 2)


def _is_name(text: str, start: int, end: int) -> bool:
    """Return True if text[start:end] in the header has a first name ahead, and a name's end behind it."""
    return (
        start < _END_OF_HEADER
        and text[start].isupper()
        and _FIRST_NAME.search(text, max(0, start - 25), start) is not None
        and _BEHIND_NAME.match(text, end) is not None
    )
