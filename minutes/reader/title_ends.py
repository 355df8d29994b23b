"""Finds the ends of titles in flat text: "4. Sti langs åen Rådet drøftede …", "5. Havnen Art: Drøftelse"."""

import re
from collections import Counter
from collections.abc import Iterator

from minutes.reader.joints import Cut
from minutes.reader.marks import ITEMS, Mark
from minutes.reader.words import WORDS

_LONGEST_TITLE = 250
# A sentence behind a title without a full stop: "4. Sti langs åen Godkendt.", "5. Havnen Rådet drøftede …"
_OPENINGS = "|".join(sorted({phrase.capitalize() for phrase in WORDS.decisions.openings}))
_SENTENCE_OPENS = (
    "Der|Det|De|Vi|Rådet|Udvalget|Byrådet|Kommunalbestyrelsen|Bestyrelsen|Formanden|Referatet|Dagsordenen|"
    "Forvaltningen|Administrationen|Orienteringen|Sagen|Punktet|Indstillingen|Borgmesteren|Alle|"
    "Ingen bemærkninger"
)
_NO_PREPOSITION = (
    r"(?<=[\wæøå)”] )(?<!\bfra )(?<!\btil )(?<!\bog )(?<!\baf )(?<!\bfor )(?<!\bi )(?<!\bom )(?<!\bved )"
)
_BEHIND_TITLE = re.compile(
    rf"{_NO_PREPOSITION}(?:{_OPENINGS}|{_SENTENCE_OPENS}|(?:Intet|Ingen)(?=\.))(?=[.,; ]|$)"
)
# "Ældrerådet rykker for …", "Begge godkendt."
_BODY_ACTS = re.compile(
    rf"{_NO_PREPOSITION}(?:[A-ZÆØÅ][a-zæøå]+(?:rådet|udvalget|bestyrelsen) [a-zæøå]+(?:er|ede|te)(?= )"
    r"|(?:Begge|Alt) (?:god|ved|til)[a-zæøå]+)"
)
# The absentees that some print under the title: "Budget Ida Krog (V), Per Holm (A) Beslutning …"
_NAMES = re.compile(
    rf"{_NO_PREPOSITION}(?:[A-ZÆØÅ][\wæøå.-]* ){{1,3}}[A-ZÆØÅ][a-zæøåé-]+ \([A-ZÆØÅ]{{1,2}}\)(?=,| og |\s*\Z)"
)
# "Mødekalender moedekalender_2.pdf"
_FILE = re.compile(r"(?<= )\S+\.(?:pdf|docx?|xlsx?|pptx?)\b")
# "Gensidig orientering Åbent Sagsnr.: …"
_ACCESS = re.compile(r"(?<= )Åben(?:t|(?: sag)?)?(?=\s*\Z)")
# "Godkendelse af dagsorden Art: Godkendelse Ansvarlig: Ida"
_LABEL = re.compile(r"(?<=[\wæøå)”] )[A-ZÆØÅ][a-zæøå]+(?: [a-zæøå]+){0,2}:(?= |$)")
_FEWEST_LABELS = 2
# "Godkendelse af dagsorden Økonomi Sagen afgøres af …": a heading without text
_AMBIGUOUS = "|".join(
    sorted((words.capitalize() for words in WORDS.pages.ambiguous_headings), key=len, reverse=True)
)
_EMPTY_HEADING = re.compile(rf"{_NO_PREPOSITION}(?:{_AMBIGUOUS})(?=\s*\Z)")
# "Godkendelse af dagsorden (16:30 - 16:35)"
_HOURS = re.compile(r"(?<= )(?:[Kk]l\.? )?\(?\d{1,2}[.:]\d\d ?[-–] ?\d{1,2}[.:]\d\d\)?(?=\s*\Z| [A-ZÆØÅ])")
# "PKT. 2. ORIENTERING FRA FORMANDEN Velkommen til mødet": titles in capitals
_IN_CAPITALS = re.compile(r"\b(?:PKT\.|PUNKT|SAG|Pkt\.|Punkt|Sag) \d{1,3}[.:]? [A-ZÆØÅ]{4,}")
_END_OF_CAPITALS = re.compile(r"(?<=[A-ZÆØÅ]{2})[.:]? (?=[A-ZÆØÅ][a-zæøå])")
_FEWEST_IN_CAPITALS = 2
_SHORTEST_TITLE = 9
_SHORTEST_LIST = 4
# "… Morten Holm anmoder | Byrådet om": the sentence began with the name
_VERB_AHEAD = re.compile(r" [a-zæøå]{3,} \Z")
# "Afbud: Ida Krog | Ledelsen: Per Holm": another label behind names
_BEHIND_NAMES = re.compile(r"(?<=[a-zæøå)] )[A-ZÆØÅ][a-zæøå]{3,}(?: [a-zæøå]+)?:(?= )")
# The full stop behind a title: "4. Sti langs åen. Beslutning: …"
_TITLE_STOP = re.compile(r"(?<=[a-zæøå)\d])\.\s*\Z")


class TitleEnds:
    """Yield where titles and lists of names of a flat text end, when nothing else says so."""

    def __init__(self, text: str) -> None:
        self._text = text
        times = Counter(match[0] for match in _LABEL.finditer(text))
        self._labels = {label for label, count in times.items() if count >= _FEWEST_LABELS}
        self._in_capitals = len(_IN_CAPITALS.findall(text)) >= _FEWEST_IN_CAPITALS

    def behind(self, mark: Mark, end: int, *, followed: bool) -> Iterator[Cut]:
        """Yield the cut behind a title or a list of names that begins at `mark`, or at a title's full stop.

        `end` is where the next mark is, if one is `followed`, or the line ends.
        """
        if mark.kind not in ITEMS and not mark.names:
            return
        text = self._text
        zone = min(end, mark.end + _LONGEST_TITLE)
        shortest = _SHORTEST_LIST if mark.names else _SHORTEST_TITLE
        sentence = _BEHIND_TITLE.search(text, mark.end + shortest, zone)
        if sentence and mark.names and _VERB_AHEAD.search(text, mark.end, sentence.start()):
            return
        ends = [sentence.start()] if sentence else []
        if mark.names:
            label = _BEHIND_NAMES.search(text, mark.end, zone)
            ends += [label.start()] if label else []
        else:
            ends += self._title_ends(mark.end, zone)
        if ends:
            yield Cut(min(ends), gap=True)
        elif followed and mark.kind == "item" and end == zone and text.find(". ", mark.end + 4, end - 2) < 0:
            stop = _TITLE_STOP.search(text, end - 3, end)
            if stop:
                yield Cut(stop.start(), furniture=True)

    def _title_ends(self, start: int, end: int) -> Iterator[int]:
        """Yield where a title in text[start:end] can end: at names, files, hours, labels and sentences."""
        text = self._text
        for form in (_BODY_ACTS, _NAMES, _FILE, _ACCESS, _EMPTY_HEADING, _HOURS):
            match = form.search(text, start + _SHORTEST_TITLE, end)
            if match:
                yield match.start()
        capitals = _END_OF_CAPITALS.search(text, start, end) if self._in_capitals else None
        if capitals:
            yield capitals.end()
        labels = list(_LABEL.finditer(text, start + _SHORTEST_TITLE, end))
        if any(label[0] in self._labels for label in labels):
            yield labels[0].start()
