"""Words divided by a hyphen at the end of a line: one word again, or a compound that is written with one."""

import re
from collections.abc import Sequence

# "Sundheds- og …": what follows a hyphen that stays
_KEEPS = re.compile(r"(?:og|eller|samt|til|kontra|som|i|på|af)\b")
_LAST_WORD = re.compile(r"([^\W_]+)-$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"[^\W_]+-[^\W_]+")
_WORD = re.compile(r"\b[^\W\d_]{4,}\b(?!-)")
# "ikke-planlagte", "at-punkt": prefixes that are written with a hyphen
_PREFIXES = frozenset(
    ("ikke", "eks", "ex", "non", "anti", "pro", "co", "e", "it", "tv", "cd", "dvd", "post", "pre", "semi")
) | {"at"}


class Hyphens:
    """Joins lines, by the words that the same document has elsewhere."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.compounds = {match.casefold() for line in lines for match in _COMPOUND.findall(line)}
        self.words = {match.casefold() for line in lines for match in _WORD.findall(line)}

    def join(self, lines: Sequence[str]) -> str:
        """Return wrapped lines as one."""
        parts: list[str] = []
        for line in lines:
            if parts:
                parts.append(self._between(parts, line))
            parts.append(line)
        return "".join(parts)

    def _between(self, parts: list[str], line: str) -> str:
        """Return what is between the last part and `line`; take a hyphen that divided a word off the part."""
        before = parts[-1]
        if before.endswith("\u00ad"):
            parts[-1] = before[:-1]
            return ""
        word = _LAST_WORD.search(before)
        if word is None:
            # A date, a number or an address goes on behind its hyphen.
            return "" if before[-1] in "-–/" and not before[-2:-1].isspace() and line[0].isalnum() else " "
        if _KEEPS.match(line):
            return " "
        if not self._keeps(before, word[1], line):
            parts[-1] = before[:-1]
        return ""

    def _keeps(self, before: str, start: str, line: str) -> bool:
        """Return True for a hyphen of a compound: "IT-afdeling", "Nord-Syd", "ikke-planlagt"."""
        rest = _FIRST_WORD.match(line)
        if rest is None or line[0].isupper() or not start[-1].islower():
            return True
        compound, word = f"{start}-{rest[0]}".casefold(), f"{start}{rest[0]}".casefold()
        if compound in self.compounds or word in self.words:
            return compound in self.compounds
        # "Housing First-princippet": a name that is there by itself
        is_name = start[0].isupper() and re.search(r"[\w,] " + start + "-$", before) is not None
        return start.casefold() in _PREFIXES or (is_name and start.casefold() in self.words)
