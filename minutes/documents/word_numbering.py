"""Computes the numbers of lists in a Word file, as Word prints them, from `numbering.xml`."""

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from minutes.documents.composing import bullet
from minutes.documents.numbers import printed_number
from minutes.documents.word_names import integer, number, switch, value, w
from minutes.documents.word_styles import Format, Styles

_LEVELS = 9
# "%1.%2": the numbers of levels in the text of a level
_PLACE = re.compile("%([1-9])")
_FORMS = {
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
    "decimalZero": "01",
    "none": "",
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `restart` is the level whose numbers start it again; 0 for never."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    is_legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class _List:
    """A list that counts: its levels, and the last number of each."""

    levels: dict[int, Level]
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


@dataclass(slots=True)
class _Use:
    """A reference to a list (`w:num`), with levels of its own."""

    list: _List
    levels: dict[int, Level]
    starts: dict[int, int]
    is_started: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """The label that Word prints before a paragraph."""

    text: str
    level: int
    is_bullet: bool = False


class Numbering:
    """The lists of a file, which count on with every call of `label`."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._uses: dict[str, _Use] = {}
        if root is None:
            return
        abstract = {
            element.get(w("abstractNumId"), ""): element for element in root.iterfind(w("abstractNum"))
        }
        targets = {
            element.get(w("numId"), ""): value(element, "abstractNumId") or ""
            for element in root.iterfind(w("num"))
        }
        lists: dict[str, _List] = {}
        for element in root.iterfind(w("num")):
            target = value(element, "abstractNumId") or ""
            link = value(abstract.get(target), "numStyleLink")
            if link is not None:
                target = targets.get(styles.list_of(link) or "", target)
            if target not in lists:
                lists[target] = _List(_levels(abstract.get(target)))
            self._uses[element.get(w("numId"), "")] = _use(element, lists[target])

    def label(self, style: Format) -> Label | None:
        """Return the number or bullet of the next paragraph of this format, and count."""
        use = self._uses.get(style.list_id or "")
        if use is None:
            return None
        at = style.list_level
        if at is None:
            at = next((at for at, level in use.levels.items() if level.style == style.list_style), 0)
        level = use.levels.get(at)
        if level is None or not 0 <= at < _LEVELS:
            return None
        _count(use, at)
        if level.form == "bullet":
            return Label(bullet(level.text.strip()), at, is_bullet=True)
        text = _PLACE.sub(lambda place: _printed(use, int(place[1]) - 1, is_legal=level.is_legal), level.text)
        return Label(" ".join(text.split()), at)


def _count(use: _Use, at: int) -> None:
    """Count one on at a level, and start the levels below it again."""
    counts = use.list.counts
    if not use.is_started:
        use.is_started = True
        for level, start in use.starts.items():
            counts[level] = start - 1
    for above in range(at):
        if counts[above] is None:
            counts[above] = _start(use, above)
    before = counts[at]
    counts[at] = _start(use, at) if before is None else before + 1
    for below in range(at + 1, _LEVELS):
        if _restarts(use, below, at):
            counts[below] = None


def _restarts(use: _Use, below: int, at: int) -> bool:
    """Return True if a number of level `at` starts the numbers of a lower level again."""
    restart = use.levels[below].restart if below in use.levels else None
    return restart is None or at < restart


def _start(use: _Use, at: int) -> int:
    return use.levels[at].start if at in use.levels else 1


def _printed(use: _Use, at: int, *, is_legal: bool) -> str:
    count = use.list.counts[at]
    level = use.levels.get(at, Level())
    if level.form == "bullet":
        return ""
    form = "decimal" if is_legal else _FORMS.get(level.form, "decimal")
    return printed_number(level.start if count is None else count, form)


def _levels(abstract: etree._Element | None) -> dict[int, Level]:
    if abstract is None:
        return {}
    return {integer(level.get(w("ilvl"))) or 0: _level(level) for level in abstract.iterfind(w("lvl"))}


def _level(element: etree._Element) -> Level:
    start = number(element, "start")
    return Level(
        start=1 if start is None else start,
        form=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        restart=number(element, "lvlRestart"),
        is_legal=bool(switch(element, "isLgl")),
        style=value(element, "pStyle"),
    )


def _use(element: etree._Element, target: _List) -> _Use:
    levels = dict(target.levels)
    starts: dict[int, int] = {}
    for override in element.iterfind(w("lvlOverride")):
        at = integer(override.get(w("ilvl"))) or 0
        own = override.find(w("lvl"))
        start = number(override, "startOverride")
        if own is not None:
            levels[at] = _level(own)
        if start is not None and 0 <= at < _LEVELS:
            starts[at] = start
            levels[at] = replace(levels.get(at, Level()), start=start)
    return _Use(target, levels, starts)
