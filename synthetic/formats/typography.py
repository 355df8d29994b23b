"""Typesets paragraphs: line breaks, hyphenation and page breaks in mid-sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from synthetic.paragraphs import Edit, Paragraph, apply_edits

# Minimum number of characters before a page break, and roughly after it.
_MIN_BROKEN_LENGTH = 90
_HYPHENATED_SHARE = 0.4
_SOFT_HYPHEN_SHARE = 0.3
# "…\nforvaltningen": a word long enough to divide, at the start of a line.
_LONG_WORD_AT_LINE_START = re.compile(r"\n([a-zæøå]{9,})(?![\w-])")
_LONG_WORD = re.compile(r"(?<![\w-])[a-zæøå]{12,}(?![\w-])")
_SPACE = re.compile(" ")
_LINE_END = re.compile(r"\n+")
# "forvalt|ningen", "sags|fremstilling": between two consonants with a vowel before and after.
_SYLLABLE_BREAK = re.compile(r"(?<=[aeiouyæøå][bdfgklmnprstv])(?=[bdfghjklmnprstv][aeiouyæøå])")


@dataclass(frozen=True)
class Typography:
    """Typography of a format. `page_break` replaces a blank; {page_header} is that of the next page."""

    line_width: int = 0  # 0: no line breaks
    hyphenate: bool = False  # at line ends of presentations
    soft_hyphens: bool = False  # inside lines of presentations
    page_break: str = "\n\n"
    bullet: str = "- "
    indent: str = ""

    def typeset(self, random: Random, paragraph: Paragraph, *, is_presentation: bool) -> Paragraph:
        """Return the paragraph as printed. Only presentations are hyphenated."""
        text = paragraph.text
        if "\n" in text:
            return self._indent_lines(paragraph)
        if self.line_width and len(text) > self.line_width:
            # A blank becomes a line break, so positions stay the same.
            text = _line_pattern(self.line_width).sub(r"\1\n", text)
        typeset = Paragraph(text, paragraph.clean_text, paragraph.annotations)
        if is_presentation and self.hyphenate:
            typeset = apply_edits(typeset, [*_hyphenations(random, text)])
        if is_presentation and self.soft_hyphens:
            typeset = apply_edits(typeset, [*_soft_hyphens(random, text)])
        return typeset

    def bullet_list(self, points: list[str], separator: str) -> Paragraph:
        """Return a bullet list, whose clean text has "- " before each point."""
        return Paragraph(
            separator.join(self.bullet + point for point in points),
            "\n".join(f"- {point}" for point in points),
        )

    def _indent_lines(self, paragraph: Paragraph) -> Paragraph:
        if not self.indent:
            return paragraph
        edits = [Edit(match.end(), match.end(), self.indent) for match in _LINE_END.finditer(paragraph.text)]
        return apply_edits(paragraph, edits)

    def break_page(self, paragraph: Paragraph, page_header: str) -> Paragraph:
        """Insert a page break in mid-sentence; return the same object if there is no place for one."""
        text = paragraph.text
        if len(text) < 2 * _MIN_BROKEN_LENGTH or text[0] in "-•":
            return paragraph
        for match in (_LINE_END if self.line_width else _SPACE).finditer(text, _MIN_BROKEN_LENGTH):
            before, after = text[match.start() - 1], text[match.end() : match.end() + 3]
            # A paragraph that starts with "at" reads as a point of a recommendation.
            if (before.isalpha() or before == "-") and after[:1].islower() and after != "at ":
                page_break = self.page_break.format(page_header=page_header)
                return apply_edits(paragraph, [Edit(match.start(), match.end(), page_break)])
        return paragraph


@cache
def _line_pattern(width: int) -> re.Pattern[str]:
    """Match a line of at most `width` characters and the blank after it."""
    return re.compile(rf"(?=.{{{width + 1}}})(.{{1,{width}}}) ")


def _hyphenations(random: Random, text: str) -> Iterator[Edit]:
    """Move the first part of long words from the start of a line to the end of the line before."""
    for match in _LONG_WORD_AT_LINE_START.finditer(text):
        syllable = _SYLLABLE_BREAK.search(text, match.start(1) + 3, match.end(1) - 3)
        if syllable and random.random() < _HYPHENATED_SHARE:
            yield Edit(match.start(), match.start(1), " ")
            yield Edit(syllable.start(), syllable.start(), "-\n")


def _soft_hyphens(random: Random, text: str) -> Iterator[Edit]:
    for match in _LONG_WORD.finditer(text):
        syllable = _SYLLABLE_BREAK.search(text, match.start() + 3, match.end() - 3)
        if syllable and random.random() < _SOFT_HYPHEN_SHARE:
            yield Edit(syllable.start(), syllable.start(), "\u00ad")
