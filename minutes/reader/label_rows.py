"""Values in order behind a row of labels, and the label of each value."""

import re
from collections.abc import Mapping, Sequence

from minutes.reader.bodies import bodies_in
from minutes.reader.dates import dates_in, find_clock, times_in
from minutes.reader.labels import PEOPLE, Label, is_person
from minutes.reader.places import is_place

_NOTE = re.compile(r"\([^()]*\)?")
_SEPARATOR = re.compile(r",|;|\s(?:og|samt)\s")
_GOES_ON = re.compile(r"\b(?:og|samt)$")
# "Ane Holm, (A)", "Ane Holm, A"
_PARTY_BEHIND = re.compile(r",\s*\(?[A-ZÆØÅ]{1,2}\)?$")
_MANY = 3
_FIT_OF_OFFICIAL = 1.9
_NOBODY = re.compile(r"(?:ingen|alle)\b", re.IGNORECASE)


def align(labels: Sequence[Label], values: Sequence[tuple[str, ...]]) -> tuple[dict[int, int], list[Label]]:
    """Return which value each label of a row has, in order, and labels whose value could be another's.

    The pairs are those that fit best together: dates to days, houses to places, names to people.
    """
    size, many = len(labels), len(values)
    best = [[0.0] * (many + 1) for _ in range(size + 1)]
    for i in range(size - 1, -1, -1):
        for j in range(many - 1, -1, -1):
            fit = _fit(labels[i], values[j])
            both = fit + best[i + 1][j + 1] if fit > 0 else -1.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    pairs: dict[int, int] = {}
    i = j = 0
    while i < size and j < many:
        fit = _fit(labels[i], values[j])
        if fit > 0 and best[i][j] == fit + best[i + 1][j + 1]:
            pairs[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return _without_ties(labels, values, pairs)


def _without_ties(
    labels: Sequence[Label], values: Sequence[tuple[str, ...]], pairs: dict[int, int]
) -> tuple[dict[int, int], list[Label]]:
    """Drop the people of a short list that could be those present as well as those absent."""
    people = [place for place, label in enumerate(labels) if label.use in {"present", "absent"}]
    lists = [
        place for place, value in enumerate(values) if is_person(value[0]) and not _NOBODY.match(value[0])
    ]
    both = {labels[place].use for place in people} == {"present", "absent"}
    if both and len(lists) == 1 and _people(values[lists[0]]) < _MANY:
        doubtful = [labels[place] for place in people]
        return {label: value for label, value in pairs.items() if value != lists[0]}, doubtful
    unsure = [place for place in _of_officials(labels, pairs) if pairs.get(place) in lists]
    unsure = [place for place in unsure if _people(values[pairs[place]]) < _MANY]
    return {label: value for label, value in pairs.items() if label not in unsure}, [
        labels[place] for place in unsure
    ]


def _of_officials(labels: Sequence[Label], pairs: Mapping[int, int]) -> list[int]:
    """Return the labels of absentees whose list may be an official's: "Afbud: Referent:" and one name."""
    officials = any(label.use == "guests" and place not in pairs for place, label in enumerate(labels))
    return [place for place, label in enumerate(labels) if officials and label.use == "absent"]


def begins_list(above: Sequence[str], line: str) -> bool:
    """Return True if a line of people begins another list than the lines above it.

    Those absent are members too; and a list with commas goes on behind a comma or in the middle of a name.
    """
    known = {name for text in above for name in _names(text)}
    names = _names(line)
    if names and known.issuperset(names):
        return True
    before = _PARTY_BEHIND.sub("", above[-1])
    last = _names(before)[-1:]
    whole = bool(last) and " " in last[0] and bool(names) and " " in names[0]
    return whole and "," in before and before[-1] not in ",-" and not _GOES_ON.search(before)


def _names(text: str) -> list[str]:
    """Return the entries of a list in a line, without what is in brackets behind them."""
    return [name for piece in _SEPARATOR.split(_NOTE.sub("", text)) if (name := piece.strip(" ."))]


def _people(value: Sequence[str]) -> int:
    return sum(1 + line.count(",") + line.count(" og ") for line in value)


def _fit(label: Label, value: tuple[str, ...]) -> float:
    """Return how well a value fits a label; 0 when it cannot be of it."""
    first = value[0]
    if label.use in PEOPLE:
        return _fit_of_people(label.use, value)
    if label.use == "guests":
        return min(_fit_of_people(label.use, value), _FIT_OF_OFFICIAL)
    if label.use in {"when", "when_and_where"}:
        return _fit_of_day(label.words, first)
    return _fit_of_words(label.use, first)


def _fit_of_people(use: str, value: tuple[str, ...]) -> float:
    nobody = bool(_NOBODY.match(value[0]))
    if not is_person(value[0]) or (use == "present" and nobody):
        return 0.0
    return 3.0 if use == "present" and _people(value) >= _MANY else 2.0


def _fit_of_words(use: str, first: str) -> float:
    if use == "where":
        if dates_in(first) or times_in(first) or find_clock(first) or is_person(first):
            return 0.0
        return 2.0 if is_place(first, strict=True) else 1.0 if is_place(first) else 0.0
    if use == "committee":
        return 3.0 if bodies_in(first) else 0.0
    if use == "other":
        return 1.5 if times_in(first) or find_clock(first) else 0.8 if dates_in(first) else 0.0
    return 0.3 if use == "remarks" and len(first) > 30 else 0.0


def _fit_of_day(words: str, value: str) -> float:
    day, clock = bool(dates_in(value)), bool(times_in(value)) or find_clock(value) is not None
    asks_time = "tid" in words or "start" in words or "kl" in words
    if asks_time and "dato" not in words:
        return 3.0 if clock and not day else 2.0 if day else 0.0
    return 3.0 if day else 0.0
