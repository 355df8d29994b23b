"""Finds the ends of titles in flat text: "4. Sti langs åen Rådet drøftede …", "5. Havnen Art: Drøftelse"."""

import re
from collections import Counter
from collections.abc import Iterator

from minutes.reader.joints import Cut
from minutes.reader.marks import ITEMS, Mark
from minutes.reader.words import WORDS

_LONGEST_TITLE = 250
# A title with a full stop behind it is rarely longer.
_LONGEST_STOPPED = 120
# A sentence behind a title without a full stop: "4. Sti langs åen Godkendt.", "5. Havnen Rådet drøftede …"
_OPENINGS = "|".join(sorted({phrase.capitalize() for phrase in WORDS.decisions.openings}))
_SENTENCE_OPENS = (
    "Der|Det|De|Vi|Rådet|Udvalget|Byrådet|Kommunalbestyrelsen|Bestyrelsen|Formanden|Referatet|Dagsordenen|"
    "Forvaltningen|Administrationen|Orienteringen|Sagen|Punktet|Indstillingen|Borgmesteren|Alle|"
    "Ingen bemærkninger"
)
# "… område På baggrund af drøftelserne …": no title has such a word with a capital inside
_OPENS_CLAUSE = (
    "På|I|Med|Efter|Ved|Hvis|Når|Ifølge|Som|Siden|Under|Af|Denne|Dette|Disse|Nærværende|Derudover|Herunder"
)
_NO_PREPOSITION = (
    r"(?<=[\wæøå)”] )(?<!\bfra )(?<!\btil )(?<!\bog )(?<!\baf )(?<!\bfor )(?<!\bi )(?<!\bom )(?<!\bved )"
)
_SENTENCES = rf"{_OPENINGS}|{_SENTENCE_OPENS}|(?:Intet|Ingen)(?=\.)"
_BEHIND_LIST = re.compile(rf"{_NO_PREPOSITION}(?:{_SENTENCES})(?=[.,; ]|$)")
_BEHIND_TITLE = re.compile(
    rf"(?:{_NO_PREPOSITION}|(?<=[a-zæøå]{{4}}[.!?] ))"
    rf"(?:{_SENTENCES}|(?:{_OPENS_CLAUSE})(?= [a-zæøå\d]))(?=[.,; ]|$)"
)
# "Ældrerådet rykker for …", "Begge godkendt."
_BODY_ACTS = re.compile(
    rf"{_NO_PREPOSITION}(?:[A-ZÆØÅ][a-zæøå]+(?:rådet|udvalget|bestyrelsen) [a-zæøå]+(?:er|ede|te)(?= )"
    r"|(?:Begge|Alt) (?:god|ved|til)[a-zæøå]+)"
)
# "4. Tilsynet. | Rådet har rykket for svar. Det …": a title that text follows ends with its first sentence
_FIRST_STOP = re.compile(
    r"(?<=[a-zæøå)”]{3}[.!?] )(?<!vedr\. )(?<!evt\. )(?<!afd\. )(?<!pkt\. )(?<!mio\. )(?<!pr\. )(?=[A-ZÆØÅ])"
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
_END_OF_CAPITALS = re.compile(
    r"(?:(?<=[A-ZÆØÅ]{2})[.:]?|(?<=[A-ZÆØÅ]{5})(?P<dash> [-–])) (?=[A-ZÆØÅ][a-zæøå])"
)
_FEWEST_IN_CAPITALS = 2
_TITLE_AT = re.compile(r"(?:\d{1,3}\. ?)?\s*(?=[A-ZÆØÅ])")
# "2. Vedtægter a. Gennemgang …", "1. Formalia o Referent …": a list behind the title
_POINT = re.compile(r"(?<=[\wæøå)”.:] )(?:a[.)]|o|•) (?=[A-ZÆØÅ])")
# "3. Punkter fra medlemmerne Drøftelse af opgaver", "1. Formalia: Til stede: …"
_SECOND_TITLE = re.compile(
    rf"{_NO_PREPOSITION}(?<=[a-zæøå] )[A-ZÆØÅ][a-zæøå]+(?:else|ing|ation) (?:af|om|vedr)\b"
    r"|(?<=: )(?:Tilstede|Til stede|Fraværende|Afbud|Deltagere)\b"
)
# "3. Elevråd: Eleverne deltog ikke. 4. Budget: Gennemgået.": titles that end with a colon
_NUMBERED = re.compile(r"(?<![\w.,/-])\d{1,3}\. [A-ZÆØÅ]")
_WITH_COLON = re.compile(r"(?<![\w.,/-])\d{1,3}\. [A-ZÆØÅ][^.:\n]{3,80}: [A-ZÆØÅ]")
_COLON = re.compile(r"(?<=[\wæøå)”]): (?=[A-ZÆØÅ])")
_FEWEST_COLONS = 3
# "Eventuelt Sten Holm meddelte, at …": items whose title is always the same
_STANDING = re.compile(
    r"(?:Eventuelt|Evt\.|Næste møde|Siden sidst|Meddelelser|"
    r"Godkendelse af (?:dagsorden(?:en)?|referat(?:et)?))"
    r"[.:]? (?=[A-ZÆØÅ][\wæøåÆØÅ-]* [\wæøåÆØÅ(])"
)
# "… liste for mødediæter | Næste rådsmøde er flyttet": the verb of a sentence, and where that can begin
_VERBS = (
    "er|har|var|blev|havde|orienterede|oplyste|fortalte|meddelte|gennemgik|drøftede|foreslog|spurgte|nævnte|"
    "besluttede|godkendte|takkede|præsenterede|fremlagde|redegjorde|konstaterede|bød"
)
_VERB = re.compile(rf"(?<=[\wæøå)] )(?:{_VERBS})(?=[ ,])")
_CAPITALS = re.compile(r"(?<=[\wæøå)”] )[A-ZÆØÅ][\wæøåÆØÅ-]*(?: [A-ZÆØÅ][\wæøåÆØÅ-]*)*")
_BEHIND_NOUN = re.compile(_NO_PREPOSITION)
_SHORTEST_TITLE = 9
_SHORTEST_LIST = 4
# "… Morten Holm anmoder | Byrådet om": the sentence began with the name
_VERB_AHEAD = re.compile(r" [a-zæøå]{3,} \Z")
# "Afbud: Ida Krog | Ledelsen: Per Holm": another label behind names
_BEHIND_NAMES = re.compile(r"(?<=[a-zæøå)] )[A-ZÆØÅ][a-zæøå]{3,}(?: [a-zæøå]+)?:(?= )")
# The full stop behind a title: "4. Sti langs åen. Beslutning: …"
_TITLE_STOP = re.compile(r"(?<=[a-zæøå)\d])\.\s*\Z")


# "Ny havn" in "4. Ny havn i byen Ny havn skal anlægges"
_FIRST_WORDS = re.compile(r"[A-ZÆØÅ][\wæøåÆØÅ-]+ [\wæøåÆØÅ-]{4,}(?= )")


class TitleEnds:
    """Yield where titles and lists of names of a flat text end, when nothing else says so."""

    def __init__(self, text: str) -> None:
        self._text = text
        times = Counter(match[0] for match in _LABEL.finditer(text))
        self._labels = {label for label, count in times.items() if count >= _FEWEST_LABELS}
        numbers = len(_NUMBERED.findall(text))
        colons = len(_WITH_COLON.findall(text))
        self._with_colon = colons >= _FEWEST_COLONS and 2 * colons > numbers
        self._in_capitals = len(_IN_CAPITALS.findall(text)) >= _FEWEST_IN_CAPITALS

    def behind(self, mark: Mark, end: int, after: Mark | None) -> Iterator[Cut]:
        """Yield the cut behind a title or a list of names that begins at `mark`, or at a title's full stop.

        `end` is where the mark `after` it is, or the line ends.
        """
        if mark.kind not in ITEMS and not mark.names:
            return
        zone = min(end, mark.end + _LONGEST_TITLE)
        if mark.names:
            ends = self._ends_of_names(mark.end, zone)
        else:
            text_follows = zone < end or after is None or after.kind in ITEMS
            ends = self._ends_of_title(mark.end, zone, text_follows=text_follows)
        if ends:
            yield Cut(min(ends), gap=True)
        elif after and mark.kind == "item" and end == zone:
            yield from self._full_stop(mark.end, end)

    def _ends_of_names(self, start: int, end: int) -> list[int]:
        """Return where a list of names in text[start:end] can end: at a sentence or another label."""
        text = self._text
        sentence = _BEHIND_LIST.search(text, start + _SHORTEST_LIST, end)
        if sentence and _VERB_AHEAD.search(text, start, sentence.start()):
            return []
        label = _BEHIND_NAMES.search(text, start, end)
        return [match.start() for match in (sentence, label) if match]

    def _ends_of_title(self, start: int, end: int, *, text_follows: bool) -> list[int]:
        """Return where a title in text[start:end] can end.

        Where `text_follows` the title, or other evidence shows its end, it does not go on over a full stop.
        """
        text = self._text
        sentence = _BEHIND_TITLE.search(text, start + _SHORTEST_TITLE, end)
        ends = [*([sentence.start()] if sentence else []), *self._title_ends(start, end)]
        if ends or text_follows:
            furthest = min([end, start + _LONGEST_STOPPED, *ends])
            stop = _FIRST_STOP.search(text, start + _SHORTEST_TITLE, furthest)
            ends += [stop.start()] if stop else []
        return ends

    def _full_stop(self, start: int, end: int) -> Iterator[Cut]:
        """Yield the cut that leaves out the full stop behind the title, if it has no other stop."""
        if self._text.find(". ", start + 4, end - 2) < 0:
            last = _TITLE_STOP.search(self._text, end - 3, end)
            if last:
                yield Cut(last.start(), furniture=True)

    def _title_ends(self, start: int, end: int) -> Iterator[int]:
        """Yield where a title in text[start:end] can end: at names, files, hours, labels and sentences."""
        text = self._text
        for form in (_BODY_ACTS, _POINT, _SECOND_TITLE, _NAMES, _FILE, _ACCESS, _EMPTY_HEADING, _HOURS):
            match = form.search(text, start + _SHORTEST_TITLE, end)
            if match:
                yield match.start()
        yield from self._sentence(start, end)
        yield from self._again(start, end)
        colon = _COLON.search(text, start + 2, end) if self._with_colon else None
        if colon:
            yield colon.end()
        capitals = _END_OF_CAPITALS.search(text, start, end) if self._in_capitals else None
        if capitals:
            yield capitals.start() if capitals["dash"] else capitals.end()
        labels = list(_LABEL.finditer(text, start + _SHORTEST_TITLE, end))
        if any(label[0] in self._labels for label in labels):
            yield labels[0].start()

    def _sentence(self, start: int, end: int) -> Iterator[int]:
        """Yield where a sentence begins: behind a standing title, or at the only capital before a verb."""
        text = self._text
        title = _TITLE_AT.match(text, start)
        standing = _STANDING.match(text, title.end(), end) if title else None
        if standing:
            yield standing.end()
        if self._in_capitals:  # a capital says nothing there
            return
        verb = _VERB.search(text, start + _SHORTEST_TITLE, end)
        clauses = list(self._clauses(start, verb.start())) if verb else []
        if len(clauses) == 1:
            yield clauses[0]

    def _again(self, start: int, end: int) -> Iterator[int]:
        """Yield where the title's first two words come again: "Ny havn i byen Ny havn skal anlægges …"."""
        title = _TITLE_AT.match(self._text, start)
        words = _FIRST_WORDS.match(self._text, title.end(), end) if title else None
        if words is None:
            return
        behind = self._text[words.end() : end].lower().find(f" {words[0].lower()} ")
        at = words.end() + behind + 1
        if behind >= 0 and self._text[at].isupper():
            yield at

    def _clauses(self, start: int, end: int) -> Iterator[int]:
        """Yield where in text[start:end] a sentence can begin: words with a capital behind no preposition."""
        title = _TITLE_AT.match(self._text, start)
        for match in _CAPITALS.finditer(self._text, title.end() + 1 if title else start, end):
            if match.start() >= start + _SHORTEST_TITLE and _BEHIND_NOUN.match(self._text, match.start()):
                yield match.start()
