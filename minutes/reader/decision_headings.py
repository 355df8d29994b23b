"""Headings that say whose decision follows, taken apart: noun, body, day, item.

"Beslutning i Økonomiudvalget den 19-03-2014:", "Sundhedsudvalgets beslutning den 04.12.2012 Punkt 1",
"Byrådets møde 18. september 2006", "Udvalget besluttede den 4. maj 2020:", "Byrådet, 18.12.2018 Godkendt."
"""

import re
from functools import lru_cache
from typing import NamedTuple

from minutes.reader.bodies import COMMITTEE_PATTERN, in_small_letters
from minutes.reader.dates import DATE, find_date
from minutes.reader.words import WORDS, pattern

_LONGEST = 200
_LONGEST_BODY = 110
_MOST_WORDS_OF_BODY = 12
_DATE = re.compile(DATE)
_DIGIT = re.compile(r"\d")
# What no such heading is without.
_CAN_BE = (
    *("udvalg", "råd", "bestyrelse", "repræsentation", "magistrat", "nævn", "kommission", "forsamling"),
    *("beslut", "afgørelse", "møde ", "mødet "),
)
_DECISION = re.compile(rf"{pattern(WORDS.decisions.nouns)}", re.IGNORECASE)
# "Beslutning i", "Tidligere behandling:", "Indstilling fra": in front of the body
_NOUN = rf"(?:{pattern(WORDS.decisions.nouns, WORDS.decisions.other_nouns)})"
_AHEAD = re.compile(
    rf"(?:(?:tidligere|endelig|politisk)\s+)?(?P<noun>{_NOUN})(?P<glue>\s+(?:truffet\s+)?(?:i|fra|af|på)\b|\s*[:,–-])?(?:\s+|$)",
    re.IGNORECASE,
)
# "s beslutning i mødet", "besluttede på et ordinært møde": behind the body, from the end
_BEHIND = re.compile(
    rf"(?:(?P<noun>{_NOUN})|(?P<verb>{pattern(WORDS.decisions.verbs)})|(?P<meeting>\bmødet?)"
    r"|(?P<small>\b(?:i|på|ved|af|den|d\.|et|ordinært|ekstraordinært|(?:man|tirs|ons|tors|fre|lør|søn)dag)|[,:–(-]))\s*$",
    re.IGNORECASE,
)
# ", pkt. 248", " (sag nr. 12)", " Punkt 1"
_ITEM = re.compile(
    r"\s*[,(–-]?\s*(?:(?:for|til|vedr\.?|i)\s+)?(?:pkt\.?|punkt|sag|dagsordenspunkt)(?:\s+nr\.?)?\s*(?P<item>\d{1,4})\b\)?",
    re.IGNORECASE,
)
_ITEM_ALONE = re.compile(r"(?:pkt\.?|punkt|sag)(?:\s+nr\.?)?\s*(?P<item>\d{1,4})\s*[:.]?", re.IGNORECASE)
# "Arbejdsmarked og Turisme, 4. januar 2018, pkt. 9:": a day and an item follow a body's name
_NUMBERED = re.compile(
    rf"[A-ZÆØÅ][^.:;()\d]{{3,90}},\s+(?:den\s+)?{DATE},?\s+(?:pkt\.?|punkt|sag)(?:\s+nr\.?)?\s*\d{{1,4}}\s*:?"
)
# "(18-21)", "2018-2021": a body's term
_TERM = re.compile(r"\s\(?(?:19|20)?\d\d\s?[-–]\s?(?:19|20)?\d\d\)?$")
_TIME = re.compile(r",?\s*kl\.?\s*\d{1,2}(?:[.:]\d{2})?", re.IGNORECASE)
_END = re.compile(r"\)?\s*,?\s*(?P<mark>:?)\s*")
_WORD_OF_BODY = (
    r"udvalg(?:et)?|råd(?:et)?|bestyrelsen?|nævn(?:et)?|magistraten?|repræsentation(?:en)?|kommission(?:en)?"
    r"|forsamling(?:en)?|komité(?:en)?|laug(?:et)?|forum(?:met)?|direktionen"
)
# "Det fælles landdistriktsråd", "Børne- og Ungeudvalget": the noun ends it, or "for" and a subject follow
_BODY = re.compile(
    rf"(?:[\wæøå&-]+,?\s+){{0,7}}?[\wæøå-]*(?:{_WORD_OF_BODY})"
    r"(?:\s+(?:for|vedr\.|om)\s+[^\d.:;]{3,80}|\s+(?:inkl\.|herunder)[^\d:;]{3,60}|\s*\([^()]{1,30}\))?",
    re.IGNORECASE,
)
# "Sundhed, Omsorg & Ældre", "Kultur og Fritid": a body that is called by its subjects alone
_SUBJECTS = re.compile(r"[A-ZÆØÅ][\wæøå-]+(?:, [A-ZÆØÅ][\wæøå-]+){0,4} (?:og|&) [A-ZÆØÅ][\wæøå-]+")
_CAPITAL = re.compile(r"[A-ZÆØÅ]")
# A sentence, not a name: "Sagen er behandlet i udvalget".
_SENTENCE = re.compile(
    r"\b(?:er|var|blev|bliver|har|havde|skal|kan|vil|der|som|at|ikke|behandlet|sagen|mødet|møde|godkendt?e?)\b",
    re.IGNORECASE,
)
# "Beslutning ØU 12.05.2020": whose abbreviation it is, a key in the text can say
_ABBREVIATED = re.compile(r"[A-ZÆØÅ]{1,5}")
# "BPU den 12-06-2013: Godkendt.": an abbreviation and a day
_SHORT_BODY = re.compile(rf"(?P<short>[A-ZÆØÅ]{{2,5}}),? (?:den |d\. )?(?P<date>{DATE})(?P<mark>:)\s*")
_BEFORE_DATE = re.compile(r"(?:\bden|\bd\.|[,–(-])\s*$", re.IGNORECASE)
_GENERIC = re.compile(
    r"(?:ud|lokalud)valget|rådet|bestyrelsen|kommissionen|nævnet|forsamlingen|politisk|mødet", re.IGNORECASE
)


class DecisionHeading(NamedTuple):
    """A decision's heading in its parts. It is text[:end] of its line; the decision can begin at `rest`.

    `body` is None when none is named, or only "udvalget", or by an `abbreviation`. `form` is the skeleton of
    the heading, without what differs from one decision to the next: "noun i body den date".
    """

    noun: str | None
    body: str | None
    date: str | None
    item: str | None
    end: int
    rest: int
    form: str
    mark: bool
    decides: bool  # it names a decision, not only a body and a day
    abbreviation: str | None = None


@lru_cache(maxsize=4096)
def decision_heading(text: str) -> DecisionHeading | None:
    """The parts of a heading that says whose decision follows, or None."""
    if len(text) < 4 or not _CAPITAL.match(text):
        return None
    short = _SHORT_BODY.match(text)
    if short:
        return DecisionHeading(
            None,
            None,
            find_date(short["date"]),
            None,
            short.end("mark"),
            short.end(),
            "short den",
            True,
            False,
            short["short"],
        )
    lower = text[:_LONGEST].lower()
    numbered = _NUMBERED.fullmatch(text) is not None
    if not numbered and not any(word in lower for word in _CAN_BE):
        return None
    date = _DATE.search(text, 0, _LONGEST) if _DIGIT.search(text, 0, _LONGEST) else None
    head = text[: date.start()] if date else text.partition(":")[0]
    if len(head) > _LONGEST_BODY or (date and ":" in head and _AHEAD.match(head) is None):
        return None
    words = _Head(head, numbered=numbered)
    if not words.understood or not (words.decides or (date and words.body)):
        return None
    return _with_end(text, words, date, date.end() if date else len(head))


def _with_end(text: str, words: "_Head", date: re.Match[str] | None, end: int) -> DecisionHeading | None:
    """The heading whose body and day end at `end`, with the item and the mark behind them."""
    item, form = words.item, words.form(date)
    if date:
        time = _TIME.match(text, end)
        end = time.end() if time else end
        behind = _ITEM.match(text, end)
        if behind:
            end, item = behind.end(), behind["item"]
            form += " item"
    closing = _END.match(text, end)
    mark = bool(closing and closing["mark"])
    rest = closing.end() if closing else end
    if not _can_follow(text[rest:], mark=mark, dated=date is not None):
        return None
    day = find_date(date[0]) if date else None
    heading_end = closing.end("mark") if mark and closing else end
    return DecisionHeading(
        words.noun, words.named, day, item, heading_end, rest, form, mark, words.decides, words.abbreviation
    )


def item_alone(text: str) -> str | None:
    """The number on a line under a heading that says which item was decided: "Punkt 2:"."""
    match = _ITEM_ALONE.fullmatch(text) if len(text) <= 24 else None
    return match["item"] if match else None


def is_generic(body: str) -> bool:
    """Return True if the body is only called "udvalget", "rådet"."""
    return _GENERIC.fullmatch(body) is not None


def _can_follow(rest: str, *, mark: bool, dated: bool) -> bool:
    """Return True if the rest of the line can be the decision, not the heading's sentence going on."""
    if not rest or mark:
        return True
    return dated and (_CAPITAL.match(rest) is not None or rest[0] in '"”»')


class _Head:
    """The words of a heading before its day, taken apart from both ends."""

    def __init__(self, head: str, *, numbered: bool = False) -> None:
        self.numbered = numbered
        self.noun: str | None = None
        self.verb = self.meeting = self.genitive = False
        self.item: str | None = None
        self.glue = ""
        phrase = head.strip()
        ahead = _AHEAD.match(phrase)
        if ahead:
            self.noun, self.glue = ahead["noun"].lower(), (ahead["glue"] or "").strip().lower()
            phrase = phrase[ahead.end() :]
        phrase = self._without_end(phrase)
        if phrase.startswith("(") and phrase.endswith(")"):
            phrase = phrase[1:-1]
        elif self.noun and phrase.startswith("(") and ")" not in phrase:
            phrase = phrase[1:].lstrip()  # "Beslutning (Havneudvalget den 4. maj 2020)"
        self.abbreviation = phrase if self.decides and _ABBREVIATED.fullmatch(phrase) else None
        if self.abbreviation:
            phrase = ""
        self.body: str | None = phrase or None
        self.understood = not phrase or self._is_body(phrase)

    def _without_end(self, phrase: str) -> str:
        """The phrase without the nouns, verbs and small words behind the body."""
        genitive = False
        while phrase:
            item = None if self.item else _ITEM.search(phrase, max(0, len(phrase) - 24))
            if item and item.end() == len(phrase):
                self.item, phrase = item["item"], phrase[: item.start()].rstrip()
                continue
            term = _TERM.search(phrase, max(0, len(phrase) - 14))
            if term:
                phrase = phrase[: term.start()].rstrip()
                continue
            match = _BEHIND.search(phrase, max(0, len(phrase) - 24))
            if not match:
                break
            if match["noun"]:
                if self.noun:
                    break
                self.noun, genitive = match["noun"].lower(), True
            elif match["verb"]:
                self.verb = True
            elif match["meeting"]:
                self.meeting, genitive = True, True
            phrase = phrase[: match.start()].rstrip()
        self.genitive = genitive and phrase.endswith(("s", "S"))
        return phrase[:-1] if self.genitive else phrase

    def _is_body(self, phrase: str) -> bool:
        if not phrase[0].isalnum():
            return False  # "Politisk behandling: - Byrådet den 4. maj 2020" lists the steps of a case
        if len(phrase.split()) > _MOST_WORDS_OF_BODY or _SENTENCE.search(phrase.partition(" inkl.")[0]):
            return False
        if COMMITTEE_PATTERN.fullmatch(phrase) or _BODY.fullmatch(phrase):
            return True
        if self.genitive and self.decides and _SUBJECTS.fullmatch(phrase):
            return True
        # "Beslutning i Teknik og Miljø den 23-10-2012"
        return (self.numbered or self.glue in {"i", "fra"}) and _CAPITAL.match(phrase) is not None

    @property
    def decides(self) -> bool:
        return self.verb or (self.noun is not None and _DECISION.match(self.noun) is not None)

    @property
    def named(self) -> str | None:
        """The body's name, without capitals throughout."""
        if self.body is None or is_generic(self.body):
            return None
        return in_small_letters(self.body)

    def form(self, date: re.Match[str] | None) -> str:
        before = _BEFORE_DATE.search(date.string, max(0, date.start() - 6), date.start()) if date else None
        parts = (
            "noun" if self.noun else "",
            self.glue,
            "body" if self.body else "",
            "verb" if self.verb else "",
            "meeting" if self.meeting else "",
            before[0].strip().lower() if before else "",
        )
        return " ".join(part for part in parts if part)
