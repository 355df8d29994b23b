"""How paragraphs are set on pages: lines broken, words divided, pages ended in mid-sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from synthetic.paragraphs import Edit, Paragraph, edited

# The fewest characters before and, about, after the end of a page in a paragraph.
_SHORTEST_CUT = 90
# How often a long word is divided rather than taken to the next line, and given a soft hyphen.
_DIVIDED = 0.4
_SOFTENED = 0.3
_DIVIDED_WORD = re.compile(r"\n([a-zæøå]{9,})(?![\w-])")
_LONG_WORD = re.compile(r"(?<![\w-])[a-zæøå]{12,}(?![\w-])")
_SPACE = re.compile(" ")
_LINE_END = re.compile(r"\n+")
# "forvalt|ningen", "sags|fremstilling": between two consonants with a vowel before and after.
_SYLLABLES = re.compile(r"(?<=[aeiouyæøå][bdfgklmnprstv])(?=[bdfghjklmnprstv][aeiouyæøå])")


@dataclass(frozen=True)
class Setting:
    """A form's typography. `page_end` parts a paragraph where a page ends; {folio} is the next one's head."""

    width: int = 0  # of a line; 0 leaves a paragraph on one
    divides: bool = False  # words, at the ends of a presentation's lines
    softens: bool = False  # words, with soft hyphens within a presentation's lines
    page_end: str = "\n\n"
    bullet: str = "- "
    indent: str = ""

    def set(self, random: Random, paragraph: Paragraph, *, story: bool) -> Paragraph:
        """The paragraph as this form prints it; what is peculiar to presentations, where it is a `story`."""
        text = paragraph.text
        if "\n" in text:
            return self._indented(paragraph)
        if self.width and len(text) > self.width:
            # A space becomes a line end, so no fact moves.
            text = _line(self.width).sub(r"\1\n", text)
        if not story:
            return Paragraph(text, paragraph.reads, paragraph.said)
        whole = Paragraph(text, paragraph.reads, paragraph.said)
        if self.divides:
            whole = edited(whole, [*_divisions(random, text)])
        if self.softens:
            whole = edited(whole, [*_soft_hyphens(random, text)])
        return whole

    def listed(self, points: list[str], apart: str) -> Paragraph:
        """A bullet list, which reads "- " before each point."""
        return Paragraph(
            apart.join(self.bullet + point for point in points), "\n".join(f"- {point}" for point in points)
        )

    def _indented(self, paragraph: Paragraph) -> Paragraph:
        if not self.indent:
            return paragraph
        edits = [Edit(match.end(), match.end(), self.indent) for match in _LINE_END.finditer(paragraph.text)]
        return edited(paragraph, edits)

    def cut(self, paragraph: Paragraph, folio: str) -> Paragraph:
        """The paragraph, cut in two in mid-sentence by the end of a page, if there is a place for it."""
        text = paragraph.text
        if len(text) < 2 * _SHORTEST_CUT or paragraph.text[0] in "-•":
            return paragraph
        for match in (_LINE_END if self.width else _SPACE).finditer(text, _SHORTEST_CUT):
            before, after = text[match.start() - 1], text[match.end() : match.end() + 3]
            # A paragraph that began with "at" would be a point of a recommendation.
            if (before.isalpha() or before == "-") and after[:1].islower() and after != "at ":
                edit = Edit(match.start(), match.end(), self.page_end.format(folio=folio))
                return edited(paragraph, [edit])
        return paragraph


_LINES: dict[int, re.Pattern[str]] = {}


def _line(width: int) -> re.Pattern[str]:
    """A line of at most `width` characters with the space that ends it."""
    if width not in _LINES:
        _LINES[width] = re.compile(rf"(?=.{{{width + 1}}})(.{{1,{width}}}) ")
    return _LINES[width]


def _divisions(random: Random, text: str) -> Iterator[Edit]:
    for match in _DIVIDED_WORD.finditer(text):
        place = _SYLLABLES.search(text, match.start(1) + 3, match.end(1) - 3)
        if place and random.random() < _DIVIDED:
            yield Edit(match.start(), match.start(1), " ")
            yield Edit(place.start(), place.start(), "-\n")


def _soft_hyphens(random: Random, text: str) -> Iterator[Edit]:
    for match in _LONG_WORD.finditer(text):
        place = _SYLLABLES.search(text, match.start() + 3, match.end() - 3)
        if place and random.random() < _SOFTENED:
            yield Edit(place.start(), place.start(), "\u00ad")
