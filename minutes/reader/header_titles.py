"""Lines that name a meeting: a body, a day, an hour, a kind of document, and the place behind them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from minutes.reader.bodies import Body, bodies_in
from minutes.reader.dates import PrintedDate, PrintedTime, dates_in, day_and_month, find_clock, times_in
from minutes.reader.joined_names import is_given
from minutes.reader.layout import Line, contents_title
from minutes.reader.names import is_name, sentences
from minutes.reader.places import has_place_noun, is_place, place_in
from minutes.reader.presence import attendance_in
from minutes.reader.words import WORDS, pattern

_LONGEST_TITLE = 260
_KIND = re.compile(pattern(WORDS.header.title_words), re.IGNORECASE)
_MEETING = re.compile(r"\b\w*møde(?:t|ts)?\b", re.IGNORECASE)
_WEEKDAY = r"(?:man|tirs|ons|tors|fre|lør|søn)(?:dag)?"
_FILLER = re.compile(
    rf"(?:[\s,.;:()\[\]–|•·/-]+|{pattern(WORDS.header.meeting_words)}|\b{_WEEKDAY}\b"
    r"|\b(?:kl|dato|møde nr|nr)\b\.?)+",
    re.IGNORECASE,
)
_FILLER_END = re.compile(
    rf"(?:[\s,.;:()\[\]–|•·/-]|\b(?:den|d|kl|i|og|{_WEEKDAY}|holdt|afholdt)\b)+$", re.IGNORECASE
)
_BODY_GOES_ON = re.compile(r"s?(?:møde(?:t)?)?s?\b", re.IGNORECASE)
# A sentence that speaks of another meeting: "Godkendelse af referat fra mødet den …", "Næste møde: …"
_OTHER_MEETING = re.compile(
    r"\b(?:godkend\w*|næste|forrige|sidste|kommende|tidligere|udsendt|udskrevet|fremsendt|senest|frist|offentliggj\w*|høring\w*"
    r"|oprettet|der\safholdes|vedtag(?!elser\b)\w*|udgår|behandle\w*|indstil\w*|foreslå\w*|anbefal\w*|vedr\w*|orienter\w*|jf|ændr\w*|træder|pr)\b",
    re.IGNORECASE,
)
# "Det meddeles herved, at der afholdes møde i Byrådet tirsdag den 4. maj": of this meeting
_ANNOUNCES = re.compile(r"(?:Det meddeles|Der indkaldes)\b")
_MOST_NOISE = 40
# A stamp on minutes: "Referat GODKENDT"
_APPROVED = re.compile(r"\(?\bGODKENDT\b\)?\s*")
# "Socialudvalgets" / "ekstraordinære møde"
_MEETING_GOES_ON = re.compile(r"(?:(?:ekstra)?ordinære\s+)?møde\b")
# "torsdag den 15. november" / "2007"
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d[.,]?")
_LONGEST_DAY = 16
# "på Ny Havø"
_PREPOSITION = re.compile(r"^(?:på|hos|i)\s")
# "Byrådets møde", "Socialudvalgets ekstraordinære møde", "Ældrerådets referat"
_MEETS = re.compile(r"s\s+(?:\w+\s+)?(?:\w*møde(?:t|r)?|referat|dagsorden|beslutning\w*)\b", re.IGNORECASE)
# "for Ny Fjordby Kommune", "i Læsø Kommune", "VEJDAL AMT"
_TOWN = re.compile(
    r"(?:\b(?:for|i)\s)?[A-ZÆØÅ][\w-]+(?:\s[A-ZÆØÅ][\w-]+)?\s(?:[Kk]ommune|KOMMUNE|Amt|AMT)\b|\b(?:Region|REGION)\s[A-ZÆØÅ]\w+"
)
# "4. Orientering fra Økonomiudvalget": a line of a list
_NUMBERED = re.compile(r"\d{1,4}[.):]?\s+[A-ZÆØÅ]")


class TitleLine(NamedTuple):
    """A line of a header, by what it names. `noise` are its other words; `number` counts printed lines."""

    line: Line
    number: int
    text: str
    bodies: list[Body]
    dates: list[PrintedDate]
    times: list[PrintedTime]
    kinds: tuple[str, ...]
    meeting: bool
    places: list[str]
    noise: str

    @property
    def names_meeting(self) -> bool:
        """Return True if the line is a title: it names a meeting, and says little else."""
        return bool(self.bodies or self.dates or self.kinds or self.times) and len(self.noise) <= _MOST_NOISE

    @property
    def in_sentence(self) -> bool:
        """Return True if the line begins within a sentence, with a body: "byrådsmødet den 3. maj"."""
        return self.text[:1].islower() and bool(self.bodies) and not self.bodies[0].start and bool(self.dates)

    @property
    def joint(self) -> bool:
        """Return True if the line names two bodies or more as those who meet together."""
        between = [
            self.text[one.end : other.start].strip(" s")
            for one, other in zip(self.bodies, self.bodies[1:], strict=False)
        ]
        return len(self.bodies) > 1 and all(re.fullmatch(r",|og|samt|&|/|\+|, og|", part) for part in between)


def title_lines(lines: Sequence[Line]) -> Iterator[TitleLine]:
    """Yield the lines that can name the meeting, two of them as one where a name goes on."""
    printed = [line for line in lines if line.text]
    skip = False
    for number, line in enumerate(printed):
        if skip:
            skip = False
            continue
        text = line.text
        below = printed[number + 1] if number + 1 < len(printed) else None
        if (
            below is not None
            and below.start - line.end <= 3
            and len(text) < 90
            and _goes_on(text, below.text)
        ):
            text, skip = f"{text} {below.text}", True
        if len(text) > _LONGEST_TITLE or contents_title(text):
            continue
        title = parse_title(line, number, _opening(text))
        if title is not None:
            yield title


def _opening(text: str) -> str:
    """Return the first sentence of a line if it names the meeting, and those behind it say who came."""
    first, *others = sentences(text)
    names_meeting = others and bodies_in(first) and dates_in(first)
    return first if names_meeting and any(attendance_in(" ".join(others))) else text


def _goes_on(text: str, below: str) -> bool:
    """Return True if a body's name goes on in the next line: "Udvalget for Børn, Unge" / "og Uddannelse"."""
    if text.endswith("s") and _MEETING_GOES_ON.match(below):
        return bool(bodies_in(text))
    if _YEAR_ALONE.fullmatch(below):
        return day_and_month(text[-_LONGEST_DAY:]) is not None and text[-1].isalpha()
    if not below.startswith(("og ", "samt ", "& ")) and not text.endswith((" og", " for", "-", " &")):
        return False
    return bool(bodies_in(text)) or bool(bodies_in(f"{text} {below}"))


def parse_title(line: Line, number: int, text: str) -> TitleLine | None:
    """Return what a line names, or None where it speaks of another meeting."""
    text = _APPROVED.sub("", text)
    bodies = bodies_in(text)
    if _OTHER_MEETING.search(_without(text, bodies)) and not _ANNOUNCES.match(text):
        return None
    if text[:1].islower() and text.endswith(","):
        return None  # of a sentence
    if _NUMBERED.match(text) and not (dates_in(text[:40]) or _KIND.match(text.lstrip("0123456789.) "))):
        return None
    bodies = [body for body in bodies if not _is_of_room(text, body)]
    dates, times = dates_in(text), times_in(text)
    kinds = list(_KIND.finditer(text))
    strong = [
        *((body.start, _end_of_body(text, body), "body") for body in bodies),
        *((date.start, date.end, "date") for date in dates),
        *((time.start, time.end, "time") for time in times),
        *((kind.start(), kind.end(), "kind") for kind in kinds),
        *((town.start(), town.end(), "town") for town in _TOWN.finditer(text)),
    ]
    places, noise = _places_and_noise(text, sorted(strong))
    return TitleLine(
        line,
        number,
        text,
        bodies,
        dates,
        times,
        tuple(kind[0].casefold() for kind in kinds),
        bool(_MEETING.search(text)),
        places,
        noise,
    )


def _places_and_noise(text: str, strong: Sequence[tuple[int, int, str]]) -> tuple[list[str], str]:
    """Return the places between and behind the names of a line, and the words that are nothing of it."""
    places: list[str] = []
    noise: list[str] = []
    for words, ahead, behind in _between(text, strong):
        room = f" i {words}" in text or f" på {words}" in text
        if behind == "date" and f"{words}, d" in text and not has_place_noun(words):
            noise.append(words)  # "Nørby, den 3. maj 2015": where and when it was written
            continue
        beside_time = ahead in {"date", "time"} or behind == "time"
        is_one = beside_time and (is_place(words, digits=room) or _is_town(words, text))
        if behind == "body" and not has_place_noun(words) and not _PREPOSITION.match(words):
            noise.append(words)  # of the body: "Både nyt og gammelt lokalråd"
            continue
        place = place_in(words) if is_one or (ahead and is_place(words, strict=True)) else None
        if place:
            places.append(place)
        else:
            noise.append(words)
    return places, " ".join(noise)


def _is_town(words: str, text: str) -> bool:
    """Return True if words behind "i" or "på" are the name of a place that has the form of a person's."""
    place = _PREPOSITION.sub("", words)
    ahead = place != words or f" i {words}" in text
    return ahead and is_name(place) and not is_given(place.split()[0])


def _without(text: str, bodies: Sequence[Body]) -> str:
    """Return a text without the names of bodies, which can have any words: "Udvalget vedrørende trafik"."""
    for body in reversed(bodies):
        text = f"{text[: body.start]} {text[body.end :]}"
    return text


def _is_of_room(text: str, body: Body) -> bool:
    """Return True if a body only names the owner of a place: "Magistratens mødelokale"."""
    return body.genitive and not _MEETS.match(text, body.end)


def _end_of_body(text: str, body: Body) -> int:
    match = _BODY_GOES_ON.match(text, body.end)
    return match.end() if match else body.end


def _between(text: str, strong: Sequence[tuple[int, int, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield (words between two names, what is before them, what is behind) without fillers at their ends."""
    at, ahead = 0, ""
    for start, end, what in [*strong, (len(text), len(text), "")]:
        if start >= at:
            words = text[at:start]
            opening = _FILLER.match(words)
            words = words[opening.end() :] if opening else words
            inner = _FILLER_END.sub("", words)
            is_open = inner.count("(") > inner.count(")") and words[len(inner) :].startswith(")")
            words = (inner + ")" * is_open).strip()
            if words:
                yield words, ahead, what
        at, ahead = max(at, end), what


def clock_alone(text: str) -> str | None:
    """Return the time of a line that has nothing else: "Kl. 10.00", "16:00 - 18:30"."""
    if len(text) > 40:
        return None
    times = times_in(text)
    if times and not text[: times[0].start].strip() and not text[times[0].end :].strip(" ."):
        return times[0].clock
    return (
        find_clock(text) if re.fullmatch(r"[\d.:,\s–-]+", text) and re.search(r"\d[.:]\d\d", text) else None
    )
