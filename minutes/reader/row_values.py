"""Finds where the values begin that follow each other in one line behind the labels of a row.

"Mødested: Deltagere: Fraværende: Referent: Salen, det gamle rådhus Per Holm, Ida Krog Ingen Olga Dahl": each
value has its own form.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from minutes.reader.dates import dates_in, times_in
from minutes.reader.joined_names import divided, is_given
from minutes.reader.labels import PEOPLE, Label
from minutes.reader.names import is_name
from minutes.reader.places import has_place_noun

_LONGEST = 6000
_NOBODY = re.compile(r"(?<=\w)\s(?=Ingen\b)|(?<=\bIngen)\.?\s(?=[A-ZÆØÅ])")
# The words before a day, and before a time
_WEEKDAY = re.compile(r"(?:[A-ZÆØÅa-zæøå]+dag,?\s)?(?:den\s|d\.\s?)?$")
_PIECE = re.compile(r"[^,;]+")
_WORD = re.compile(r"\S+")
_PARTY = re.compile(r"\s*\([A-ZÆØÅ]{1,2}\)")
_LONGEST_WEEKDAY = 14
# "18:00. Byrådssalen", "13.00 - 15.00 Salen"
_HOUR = re.compile(r"[\s.,]*\d{1,2}[.:]\d\d(?:\s*[-–]\s*\d{1,2}[.:]\d\d)?\.?(?=\s[A-ZÆØÅ])")
_PAIR = 2
# "Ane Holm (A) Bo Lind": no comma behind the bracket
_NOTED = re.compile(r"\([^()]{1,40}\) (?=[A-ZÆØÅ][\w-]+ [A-ZÆØÅ])")
_BRACKETS = re.compile(r"\([^()]{1,40}\)")
_FEWEST_NOTED = 3
_HAVE_PEOPLE = PEOPLE | {"guests", ""}


def value_cuts(text: str, labels: Sequence[Label] = ()) -> list[int]:
    """Return where the values in `text` begin.

    They begin at a day and behind it, at an hour, before and behind "Ingen", where people begin, and where a
    list of people ends without a comma.

    `labels` are those before the values. An hour belongs to the day before it unless a label asks for it.
    """
    if len(text) > _LONGEST:
        return [0]
    cuts = {0, *(match.end() for match in _NOBODY.finditer(text)), *_of_days(text, labels)}
    cuts.update(_of_noted_people(text))
    people = list(_of_people(text, has_place=any(label.use == "where" for label in labels)))
    # More ends of lists than lists are no ends: names without commas.
    lists = sum(label.use in _HAVE_PEOPLE for label in labels)
    certain = [cut for cut, is_certain in people if is_certain]
    cuts.update([cut for cut, _ in people] if len(people) < max(lists, 1) + len(certain) else certain)
    return list(_with_letters(text, sorted(cut for cut in cuts if cut < len(text))))


def _with_letters(text: str, cuts: Sequence[int]) -> Iterator[int]:
    """Yield the cuts behind which there is a word or an hour: "- 19.00" behind a day is none."""
    for cut, end in pairwise([*cuts, len(text)]):
        value = text[cut:end]
        if not cut or any(map(str.isalpha, value)) or value.lstrip()[:1].isdigit():
            yield cut


def _of_days(text: str, labels: Sequence[Label]) -> Iterator[int]:
    """Yield where the first day and the hours begin and end."""
    days = dates_in(text)[:1]
    for day in days:
        ahead = _WEEKDAY.search(text[max(0, day.start - _LONGEST_WEEKDAY) : day.start])
        yield day.start - (len(ahead[0]) if ahead else 0)
        yield day.end + (text[day.end : day.end + 1] in {",", "."})
    if not any("tid" in label.words for label in labels):
        return
    for hour in times_in(text):
        yield hour.start
        yield hour.end
    bare = _HOUR.match(text, days[0].end if days else 0)
    if bare:
        yield bare.end()


def _of_people(text: str, *, has_place: bool) -> Iterator[tuple[int, bool]]:
    """Yield where lists of people begin, and whether that is certain.

    Names that were in the list before begin another list: those absent are members too. Two names without
    a comma between them are the end of a list, where most have one.
    """
    known: set[str] = set()
    for piece in _PIECE.finditer(text):
        words = _PARTY.sub("", piece[0]).strip()
        if not words:
            continue
        names = divided(words)
        if len(names) > 1:
            second = piece[0].rindex(names[-1]) if names[-1] in piece[0] else -1
            if second > 0 and (names[-1] in known or len(names) == _PAIR):
                yield piece.start() + second, names[-1] in known
        elif (begin := _people_behind_place(piece[0], certain=has_place and not known)) is not None:
            yield piece.start() + begin, True
            names = [_PARTY.sub("", piece[0][begin:]).strip()]
        known.update(names or ([words] if is_name(words) else []))


def _of_noted_people(text: str) -> Iterator[int]:
    """Yield where lists of people begin whose entries only brackets part: "Salen Ane Holm (A) Bo Lind (V) …".

    Names that were in the list before begin another list, and the first other one behind them a third.
    """
    if len(_NOTED.findall(text)) < _FEWEST_NOTED:
        return
    known: dict[str, None] = {}  # in their order
    is_again = False
    end = 0
    for bracket in [*_BRACKETS.finditer(text), None]:
        words = text[end : bracket.start() if bracket else len(text)]
        for place, name in _names_at(words, known):
            if (not known) or (name in known) != is_again:
                yield end + place
                is_again = bool(known)
            known[name] = None
        end = bracket.end() if bracket else end


def _names_at(words: str, known: Mapping[str, None]) -> Iterator[tuple[int, str]]:
    """Yield the names in a row and their places; the first ones of all can be behind a place."""
    starts = [match.start() for match in _WORD.finditer(words)] if not known else [0]
    for start in starts:
        row = words[start:].strip()
        again = next((name for name in known if row.startswith(f"{name} ")), "")
        names = [again, row[len(again) :].strip()] if again else divided(row)
        names = names or ([row] if is_name(row) and (known or is_given(row.split()[0])) else [])
        if names and (known or is_given(names[0].split()[0])):
            at = start
            for name in names:
                at = words.index(name, at)
                yield at, name
            return


def _people_behind_place(words: str, *, certain: bool) -> int | None:
    """Return where a name begins behind a place: "det gamle rådhus Lis Holm".

    Where a label asks for the place the name can be behind other words of it: "lokale 3 øst Lis Holm".
    """
    starts = [match.start() for match in _WORD.finditer(words)]
    likely: int | None = None
    for before, start in pairwise(starts):
        name = _PARTY.sub("", words[start:]).strip()
        if not is_name(name):
            continue
        ahead = words[before:start].strip()
        behind_place = has_place_noun(words[:start]) or ahead[-1].isdigit() or ahead.islower()
        if not has_place_noun(ahead) and not (certain and behind_place):
            continue
        if is_given(name.split()[0]):
            return start
        if likely is None and _PARTY.search(words, start):
            likely = start
    return likely
