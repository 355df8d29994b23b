"""Variants of annotated documents: other headings, blank lines, capitals, line lengths and damage.

Each choice is drawn independently of the others, so that a variant combines what no one document has.
"""

import random
import textwrap
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from benchmarks.headings.corpus import DECISION, PRIOR, SECTION, Annotated, Bodies
from minutes.reader.headings import Own
from minutes.reader.layout import Line

_DRAWN_FROM = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
BODIES, HEADINGS, FORMS = (_DRAWN_FROM[name] for name in ("bodies", "headings", "forms"))


class Style(NamedTuple):
    """The changes that make a variant of a document."""

    blanks: str
    form: str | None
    rename: bool
    capitals: bool
    mark: str
    width: int | None
    inline: bool
    damage: float
    empty: float  # the share of sections without text
    items: int  # how many items it has at the most


@dataclass
class _Written:
    """The bodies of a variant while they are written, line by line."""

    bodies: Bodies
    labels: dict[tuple[int, int], str]
    start: int = 0

    def add(self, text: str, label: str | None = None) -> None:
        if label:
            self.labels[len(self.bodies) - 1, len(self.bodies[-1])] = label
        self.bodies[-1].append(Line(text, self.start, self.start + len(text)))
        self.start += len(text) + 1


def variant(document: Annotated, seed: int) -> Annotated:
    """Return a changed copy of a document, the same for the same seed."""
    draw = random.Random(f"{document.name} {seed}")
    style = Style(
        draw.choice(["keep", "keep", "drop", "double", "above"]),
        draw.choice([None, *FORMS]),
        draw.random() < 0.6,
        draw.random() < 0.15,
        draw.choice(["", "", "", ":"]),
        draw.choice([None, None, 60, 80, 95]),
        draw.random() < 0.25,
        draw.choice([0, 0, 0, 0.03]),
        draw.choice([0, 0, 0.2]),
        draw.choice([99, 99, 1, 2, 3]),
    )
    own = Own(draw.choice(BODIES), document.own.date) if style.form else document.own
    heading = _Headings(draw, style, own)
    written = _Written([], {})
    first = draw.randrange(max(1, len(document.bodies) - style.items))
    for item, body in list(enumerate(document.bodies))[first : first + style.items]:
        written.bodies.append([])
        pending = ""
        empty = False
        for index, line in enumerate(body):
            label = document.labels.get((item, index))
            if line.blank:
                for _ in range({"keep": 1, "double": 2}.get(style.blanks, 0) if not pending else 0):
                    written.add("")
            elif label:
                empty = draw.random() < style.empty
                if pending:
                    written.add(pending, DECISION)
                if style.blanks == "above":
                    written.add("")
                pending = heading.of(label, line.text, item)
                if not (style.inline and label == DECISION):
                    written.add(pending, label)
                    pending = ""
            elif pending or not empty:
                _add_text(written, line.text, pending, style, draw)
                pending = ""
        if pending:
            written.add(pending, DECISION)
    return Annotated(f"{document.name} {seed}", own, written.bodies, written.labels, [])


def _add_text(written: _Written, text: str, pending: str, style: Style, draw: random.Random) -> None:
    wide = style.width and len(text) > style.width and "\t" not in text
    lines = textwrap.wrap(text, style.width or 0) if wide else [text]
    if pending:
        mark = "" if pending[-1].isdigit() and style.mark else ":"
        written.add(f"{pending.rstrip(':')}{mark} {_damaged(lines[0], style, draw)}", DECISION)
        lines = lines[1:]
    for line in lines:
        written.add(_damaged(line, style, draw))


def _damaged(text: str, style: Style, draw: random.Random) -> str:
    """The text as a bad scan has it: letters lost, and ø for o."""
    if not style.damage:
        return text
    letters = [
        draw.choice(["", "o", "l"]) if index and letter.isalpha() and draw.random() < style.damage else letter
        for index, letter in enumerate(text)
    ]
    return "".join(letters)


class _Headings:
    """Writes the headings of a variant: one form for decisions, one new name for each old one."""

    def __init__(self, draw: random.Random, style: Style, own: Own) -> None:
        self.draw, self.style, self.own = draw, style, own
        self.names: dict[str, str] = {}
        self.form = style.form or ""
        self.day = draw.choice(["{2}-{1}-{0}", "{2}.{1}.{0}", "{2}. maj {0}"])

    def of(self, label: str, text: str, item: int) -> str:
        if label == SECTION:
            name = self._renamed(text) if self.style.rename else text
        elif not self.form or (label == PRIOR and "{b}" not in self.form):
            name = text
        else:
            body = self.own.committee if label == DECISION else self.draw.choice(BODIES)
            year, month, day = (self.own.date or "2014-05-06").split("-")
            if label == PRIOR:
                day = f"{self.draw.randint(1, 28):02}"
            name = self.form.format(b=body, d=self.day.format(year, month, day), n=item + 1)
        if self.style.capitals:
            name = name.upper()
        if self.style.mark and not name.endswith(":") and label == SECTION:
            name += self.style.mark
        return _damaged(name, self.style, self.draw)

    def _renamed(self, text: str) -> str:
        if text not in self.names:
            self.names[text] = self.draw.choice(HEADINGS)
        return self.names[text]
