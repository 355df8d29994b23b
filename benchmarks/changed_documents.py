"""Reads samples that were changed at random and counts which items are still read, by kind of change.

    python -m benchmarks.changed_documents [--seeds 3] [--change "blank lines dropped"] [--verbose]

A sample's items are known from its reading by hand. Each change is one that documents differ by: other
numbers, blank lines, capitals, words of headings, a contents list. The figure is the F1 of the titles over
all samples: consistency with our own samples, no accuracy on unseen documents.
"""

import argparse
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from minutes.reader.decoding import decode
from minutes.reader.items import split
from minutes.reader.layout import lines_of
from minutes.reader.numbering import numbered

SAMPLES = Path(__file__).parents[1] / "tests" / "samples"
_NUMBERINGS = (
    *("Punkt {n}: {t}", "Pkt. {n} {t}", "{n}. {t}", "{n}) {t}", "{n} {t}", "{n} : {t}", "Nr. {n} - {t}"),
    *("Sag nr. {n}: {t}", "• {n}. {t}", "Dagsordenspunkt {n}: {t}"),
)
# Headings and other words for them.
_OTHER_WORDS = {
    "beslutning": ("Udvalgets beslutning", "Konklusion", "Afgørelse"),
    "indstilling": ("Administrativ indstilling", "Anbefaling", "Forslag til beslutning"),
    "sagsfremstilling": ("Redegørelse", "Sagens opståen", "Beskrivelse af sagen"),
    "bilag": ("Vedlagte bilag", "Bilagsliste", "Dokumenter"),
    "resume": ("Sammendrag", "Kort fortalt", "Sagen kort"),
    "baggrund": ("Forhistorie", "Anledning", "Historik"),
}
Block = tuple[str | None, str, list[str]]  # number, title, the lines under the heading


@dataclass(frozen=True)
class Parts:
    """A sample taken apart: the lines of its header, and its items."""

    header: list[str]
    items: list[Block]

    def text(self, heading: str = "{n}. {t}") -> str:
        lines = list(self.header)
        for number, title, body in self.items:
            printed = title if number is None else heading.format(n=number, t=title)
            lines += ["", printed, *body]
        return "\n".join(lines) + "\n"


def parts_of(sample: Path) -> Parts | None:
    """Return a sample's parts, or None when its items are not printed one after the other."""
    gold = json.loads(sample.with_suffix(".json").read_text(encoding="utf-8"))
    text = decode(sample.read_bytes())[0]
    lines = [line.strip() for line in text.replace("\f", "\n").split("\n")]
    places = _places(lines, gold["items"])
    if places is None:
        return None
    ends = [*places[1:], len(lines)]
    blocks: list[Block] = [
        (item["number"], squash(item["title"]), _body(lines[place + 1 : end], item))
        for item, place, end in zip(gold["items"], places, ends, strict=True)
    ]
    titles = [title.casefold() for _, title, _ in blocks]
    header = [line for line in lines[: places[0]] if not _announces(line, titles)]
    return Parts(header, blocks)


def _announces(line: str, titles: Sequence[str]) -> bool:
    """Return True if a line above the items is an entry of a contents list, or the first item's number."""
    text = squash(line).casefold()
    parts = numbered(line) if line else None
    return any(title in text for title in titles) or bool(parts and not parts.title)


def _places(lines: Sequence[str], items: Sequence[dict[str, Any]]) -> list[int] | None:
    """Return the line of each item's heading: the last one with its title before the next item's."""
    places: list[int] = []
    end = len(lines)
    for item in reversed(items):
        title = squash(item["title"] or "").casefold()
        matches = [index for index in range(end) if title and title in squash(lines[index]).casefold()]
        if not matches:
            return None
        end = matches[-1]
        # A title printed twice begins above; a number on a line of its own is printed over it.
        places.append(end)
    return places[::-1]


def _body(lines: Sequence[str], item: dict[str, Any]) -> list[str]:
    """Return the lines under a heading without the one that announces the next item."""
    body = list(lines)
    while body and (not body[-1] or _leads_on(body[-1], item)):
        body.pop()
    return body


def _leads_on(line: str, item: dict[str, Any]) -> bool:
    parts = numbered(line)
    return bool(parts and not parts.title and parts.number != item["number"])


def squash(text: str) -> str:
    return " ".join(text.split())


Change = Callable[[Random, Parts], str]


def _renumbered(random: Random, parts: Parts) -> str:
    first = random.choice((1, 1, 7, 41, 118, 604))
    items: list[Block] = [
        (str(first + place), title, body) for place, (_, title, body) in enumerate(parts.items)
    ]
    return replace(parts, items=items).text(random.choice(_NUMBERINGS))


def _without_numbers(_random: Random, parts: Parts) -> str:
    return replace(parts, items=[(None, title, body) for _, title, body in parts.items]).text()


def _without_blank_lines(_random: Random, parts: Parts) -> str:
    return "\n".join(line for line in _numbered_text(parts).split("\n") if line) + "\n"


def _with_more_blank_lines(_random: Random, parts: Parts) -> str:
    return _numbered_text(parts).replace("\n", "\n\n")


def _numbered_text(parts: Parts) -> str:
    """Return the text with the items' own numbers, or from 1 on where they have none."""
    items: list[Block] = [
        (number or str(place), title, body) for place, (number, title, body) in enumerate(parts.items, 1)
    ]
    return replace(parts, items=items).text()


def _in_capitals(_random: Random, parts: Parts) -> str:
    items = [(number, title.upper(), body) for number, title, body in parts.items]
    return _numbered_text(replace(parts, items=items))


def _other_headings(random: Random, parts: Parts) -> str:
    words = {word: random.choice(others) for word, others in _OTHER_WORDS.items()}
    lines = [words.get(line.casefold().rstrip(" :"), line) for line in _numbered_text(parts).split("\n")]
    return "\n".join(lines)


def _with_contents(random: Random, parts: Parts) -> str:
    leader = random.choice(("", "", " ........ {p}", "\t{p}"))
    label = random.choice(("Indholdsfortegnelse", "Dagsorden", "Punkter:"))
    entries = [
        f"{number or place}. {title}" + leader.format(p=place + 2)
        for place, (number, title, _) in enumerate(parts.items, 1)
    ]
    text = _numbered_text(parts)
    header = "\n".join(parts.header)
    return f"{header}\n\n{label}\n\n" + "\n".join(entries) + "\n\n" + text[len(header) :]


def _chosen(random: Random, parts: Parts) -> Block:
    return random.choice(parts.items)


def _only_one(random: Random, parts: Parts) -> str:
    return _numbered_text(replace(parts, items=[_chosen(random, parts)]))


def _wrapped(_random: Random, parts: Parts) -> str:
    """Break the titles after some 40 characters."""
    items = [
        (number, re.sub(r"(.{30,40}) ", r"\1\n", title, count=1), body) for number, title, body in parts.items
    ]
    return _numbered_text(replace(parts, items=items))


def _glued(_random: Random, parts: Parts) -> str:
    return re.sub(r"\n+(\d{1,4}\. )", r"\1", _numbered_text(parts))


def _with_groups(random: Random, parts: Parts) -> str:
    groups = ["A. Sager til afgørelse", "B. Sager til orientering", "ØKONOMIUDVALGET", "Til behandling"]
    text = _numbered_text(parts)
    for number, title, _ in random.sample(parts.items, min(2, len(parts.items))):
        if number:
            text = text.replace(f"\n{number}. {title}", f"\n{groups.pop()}\n\n{number}. {title}")
    return text


CHANGES: dict[str, Change] = {
    "as they are": lambda _, parts: _numbered_text(parts),
    "numbered otherwise": _renumbered,
    "numbers lost": _without_numbers,
    "blank lines dropped": _without_blank_lines,
    "blank lines doubled": _with_more_blank_lines,
    "titles in capitals": _in_capitals,
    "headings renamed": _other_headings,
    "contents added": _with_contents,
    "one item": _only_one,
    "titles over two lines": _wrapped,
    "group headings": _with_groups,
}


def score(text: str, titles: Sequence[str]) -> tuple[int, int, int]:
    """Return how many of the titles are read as items, how many there are, and how many items were read."""
    read_titles = [squash(item.title).casefold() for item in split(lines_of(text)).items]
    rest = list(read_titles)
    right = 0
    for title in titles:
        if title.casefold() in rest:
            rest.remove(title.casefold())
            right += 1
    return right, len(titles), len(read_titles)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--change", default="", choices=["", *CHANGES])
    parser.add_argument(
        "--write", type=Path, help="directory for the changed documents that are read otherwise"
    )
    parser.add_argument("--verbose", action="store_true", help="name the documents that are read otherwise")
    options = parser.parse_args()
    samples = {path.stem: parts for path in sorted(SAMPLES.glob("*.txt")) if (parts := parts_of(path))}
    if options.write:
        options.write.mkdir(parents=True, exist_ok=True)
    print(f"{len(samples)} samples")
    for name, change in CHANGES.items():
        if options.change not in {"", name}:
            continue
        right = expected = read = whole = documents = 0
        for stem, parts in samples.items():
            for seed in range(options.seeds):
                text = change(Random(f"{stem} {seed}"), parts)
                titles = [title for _, title, _ in parts.items]
                if name == "one item":
                    titles = [_chosen(Random(f"{stem} {seed}"), parts)[1]]
                counts = score(text, titles)
                documents += 1
                whole += counts[0] == counts[1] == counts[2]
                right, expected, read = right + counts[0], expected + counts[1], read + counts[2]
                if options.verbose and not counts[0] == counts[1] == counts[2]:
                    if options.write:
                        file = options.write / f"{stem} {seed} {name}.txt"
                        file.write_text(text, encoding="utf-8")
                    print(f"    {stem} {seed}: {counts[0]} of {counts[1]} right, {counts[2]} read")
        print(f"{name:24} F1 {2 * right / (expected + read):.3f}   all right in {whole} of {documents}")


if __name__ == "__main__":
    main()
