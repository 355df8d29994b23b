"""The fonts and styles that RTF declares before its text."""

import re
from dataclasses import dataclass, field

from minutes.documents.rich_text_tokens import Token

_HEADING = re.compile(r"\s*(?:heading|overskrift) ?([1-9])\b", re.IGNORECASE)


@dataclass(slots=True)
class Tables:
    """Character sets of fonts, and levels of styles that are headings, by their numbers."""

    fonts: dict[int, int] = field(default_factory=dict)
    headings: dict[int, int] = field(default_factory=dict)
    default_font: int = 0
    _current: int = 0

    def font(self, token: Token) -> None:
        """Read a token of the table of fonts."""
        if token.text == "f" and token.number is not None:
            self._current = token.number
        elif token.text == "fcharset" and token.number is not None:
            self.fonts[self._current] = token.number

    def style(self, token: Token) -> None:
        """Read a token of the table of styles."""
        if token.kind == "group":
            self._current = 0 if token.text == "{" else self._current
        elif token.kind == "word" and token.text == "s" and token.number is not None:
            self._current = token.number
        elif token.kind == "word" and token.text == "outlinelevel" and token.number is not None:
            if 0 <= token.number < 9:
                self.headings[self._current] = token.number + 1
        elif token.kind == "text" and (heading := _HEADING.match(token.text)):
            self.headings.setdefault(self._current, int(heading[1]))
