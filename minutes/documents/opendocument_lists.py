"""Computes the numbers of lists and headings in an OpenDocument file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from minutes.documents.composing import bullet
from minutes.documents.numbers import printed_number
from minutes.documents.opendocument_names import LIST_FORMAT, count, name

_LEVELS = 10
# "%1%.%2%"
_PLACE = re.compile("%(10|[1-9])%")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list's style. `shown` is how many levels its number has, `text` its whole form."""

    form: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1
    text: str | None = None
    bullet: str | None = None


@dataclass(slots=True)
class Counter:
    """The last number of each level of a list."""

    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)

    def advance(self, levels: dict[int, Level], at: int, start: int | None) -> None:
        """Count one on at a level, or from `start`, and start the levels below again."""
        for above in range(at):
            if self.counts[above] is None:
                self.counts[above] = levels.get(above, Level()).start
        before = self.counts[at]
        first = levels.get(at, Level()).start if before is None else before + 1
        self.counts[at] = first if start is None else start
        self.counts[at + 1 :] = [None] * (_LEVELS - at - 1)

    def printed(self, levels: dict[int, Level], at: int) -> str:
        """Return the number of a level as it is printed, or the bullet; "" for none."""
        level = levels.get(at)
        if level is None or not 0 <= at < _LEVELS:
            return ""
        if level.bullet is not None:
            return bullet(level.bullet.strip()) if level.bullet.strip() else ""
        if not level.form:
            return " ".join(f"{level.prefix}{level.suffix}".split())
        if level.text is not None:
            text = _PLACE.sub(lambda place: self._number(levels, int(place[1]) - 1), level.text)
        else:
            shown = range(max(0, at - level.shown + 1), at + 1)
            numbers = [number for above in shown if (number := self._number(levels, above))]
            text = f"{level.prefix}{'.'.join(numbers)}{level.suffix}"
        return " ".join(text.split())

    def _number(self, levels: dict[int, Level], at: int) -> str:
        level = levels.get(at, Level())
        number = self.counts[at]
        return "" if level.bullet is not None else printed_number(number or level.start, level.form)


class ListStyles:
    """The styles of lists by name, and that of headings."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._styles: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}
        for root in roots:
            for style in root.iter(name("text:list-style")):
                self._styles[style.get(name("style:name"), "")] = _levels(style)
            for style in root.iter(name("text:outline-style")):
                self.outline = _levels(style)

    def levels(self, style: str) -> dict[int, Level]:
        """Return the levels of a style, from 0 on."""
        return self._styles.get(style, {})


def _levels(style: etree._Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for element in style:
        at = count(element.get(name("text:level"))) - 1
        form = element.get(name("style:num-format"), "")
        is_bullet = element.tag == name("text:list-level-style-bullet")
        levels[at] = Level(
            form=form,
            prefix=element.get(name("style:num-prefix"), ""),
            suffix=element.get(name("style:num-suffix"), ""),
            start=count(element.get(name("text:start-value"))),
            shown=count(element.get(name("text:display-levels"))),
            text=element.get(LIST_FORMAT),
            bullet=element.get(name("text:bullet-char"), "•") if is_bullet else None,
        )
    return levels
