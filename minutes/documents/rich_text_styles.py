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
        if token.text == "{":
            self._current = 0
        elif token.kind == "text":
            if heading := _HEADING.match(token.text):
                self.headings.setdefault(self._current, int(heading[1]))
        elif token.text == "s":
            self._current = token.number or 0
        elif token.text == "outlinelevel" and 0 <= (token.number or 0) < 9:
            self.headings[self._current] = (token.number or 0) + 1
