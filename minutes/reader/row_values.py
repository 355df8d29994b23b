"""Values that stand behind each other in one line, behind the labels of a row: where each of them ends."""

import re
from itertools import pairwise

from minutes.reader.dates import dates_in
from minutes.reader.joined_names import divided, is_given
from minutes.reader.names import is_name
from minutes.reader.places import has_place_noun

_LONGEST = 3000
_NOBODY = re.compile(r"(?<=\w)\s(?=Ingen\b)|(?<=\bIngen)\.?\s(?=[A-ZÆØÅ])")
_PIECE = re.compile(r"[^,]+")
_WORD = re.compile(r"\S+")


def value_cuts(text: str) -> list[int]:
    """Return where the values in `text` begin: behind a day, before and behind "Ingen", where people begin.

    Names that stood in the list before begin another list: those absent are members too.
    """
    if len(text) > _LONGEST:
        return [0]
    cuts = {0, *(match.end() for match in _NOBODY.finditer(text))}
    days = dates_in(text)
    if days:
        cuts.add(days[0].end)
    known: set[str] = set()
    for piece in _PIECE.finditer(text):
        words = piece[0].strip()
        begin = piece.start() + piece[0].index(words) if words else piece.start()
        names = divided(words)
        if len(names) > 1 and names[-1] in known:
            cuts.add(begin + words.rindex(names[-1]))
        elif (people := _people_behind_place(words)) is not None:
            cuts.add(begin + people)
            names = [words[people:]]
        known.update(names or ([words] if is_name(words) else []))
    return sorted(cut for cut in cuts if cut < len(text))


def _people_behind_place(words: str) -> int | None:
    """Return where a name begins behind a house or a room: "det gamle rådhus Lis Holm"."""
    starts = [match.start() for match in _WORD.finditer(words)]
    for before, start in pairwise(starts):
        name = words[start:]
        if is_given(name.split()[0]) and is_name(name) and has_place_noun(words[before:start]):
            return start
    return None
