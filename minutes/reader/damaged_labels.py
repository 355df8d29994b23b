"""Labels that a PDF's font robbed of letters → the labels: "Mødedo: 3. maj" was "Mødedato: 3. maj".

Such fonts lose the same letters everywhere, those drawn as one sign or the Danish ones.
"""

import re
from collections import defaultdict

from minutes.reader.phrases import HEADINGS, LABELS, TITLES

_LOST = ("at", "ti", "tt", "ft", "fi", "ff", "fl", "æ", "ø", "å")
_SHORTEST = 5
_FEWEST = 2
# "Mødedo: 12. juni", "Refer" alone, "Beslning"
_LINE = re.compile(r"\n[ \t]*([A-ZÆØÅ][A-Za-zæøåÆØÅ ]{4,30}?)(?=[ \t]*(:|$))", re.MULTILINE)


def _damaged() -> dict[str, tuple[str, str]]:
    """Return the label and the lost letters by what is left of the label."""
    whole = HEADINGS | LABELS | TITLES
    damaged: dict[str, tuple[str, str]] = {}
    doubtful = set()
    for phrase in sorted(whole):
        for letters in _LOST:
            left = phrase.replace(letters, "")
            if left != phrase and len(left) >= _SHORTEST and left not in whole:
                if left in damaged and damaged[left][0] != phrase:
                    doubtful.add(left)
                damaged[left] = (phrase, letters)
    return {left: label for left, label in damaged.items() if left not in doubtful}


_DAMAGED = _damaged()


def restore_labels(text: str) -> str:
    """Return `text` with damaged labels restored, if several lost the same letters or one has a colon."""
    places: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    certain = set()
    for match in _LINE.finditer(f"\n{text}"):
        label = _DAMAGED.get(match[1].lower())
        if label:
            phrase, letters = label
            written = phrase.upper() if match[1].isupper() else phrase[0].upper() + phrase[1:]
            places[letters].append((match.start(1) - 1, match.end(1) - 1, written))
            if match[2]:
                certain.add(letters)
    restored = sorted(
        place
        for letters, group in places.items()
        if letters in certain or len({written for _, _, written in group}) >= _FEWEST
        for place in group
    )
    pieces: list[str] = []
    end = 0
    for start, stop, written in restored:
        pieces += (text[end:start], written)
        end = stop
    return "".join((*pieces, text[end:])) if pieces else text
