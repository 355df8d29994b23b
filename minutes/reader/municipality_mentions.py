"""The municipality of a text, by all that it mentions."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import islice

from minutes.reader.municipalities import BY_CODE, Municipality, known_municipality
from minutes.reader.records import MunicipalityFound

# Weights of the kinds of evidence; a municipality is certain from `_ENOUGH` of it, and by `_LEAD` times as
# much as any other has.
_ENOUGH = 2.0
_LEAD = 2.0
_ENOUGH_IN_ONE_ITEM = 6.0
_LETTERHEAD_WEIGHS = 3.0
_FIRST_LINE_WEIGHS = 9.0
_SENTENCE_WEIGHS = 1.0
# "… i Dragør Kommune": where the matter is, if it is not the example of another.
_PLACE_WEIGHS = 2.0
_ELSEWHERE_WEIGHS = 0.25
_CASES_WEIGH = 2.0

_TOWN = r"[A-ZÆØÅ][\wæøåÆØÅ]+(?:-[A-ZÆØÅ][\wæøåÆØÅ]+)?"
# "Randers Kommune", "i Dragør Kommune", "Herning Kommunes", "Jobcenter Herning", "Randers Byråd": the words
# that act, and the town behind or before them
_ACTOR = re.compile(
    r"[ \n](?=[KkRBJS])(?:(?P<what>[Kk]ommun(?:es?|ale)|KOMMUNES?|Regionskommunes?|Byråds?"
    rf"|Kommunalbestyrelse|Rådhus)\b|(?:Jobcenter|Sprogcenter|Borgerservice) (?P<office>{_TOWN}))"
)
_TOWN_BEFORE = re.compile(rf"(?<![\w-]){_TOWN}$")
_LONGEST_TOWN = 40
# The words before another municipality, mentioned in passing.
_IN_PASSING = re.compile(
    r"\b(?:fra|med|og|som|også|ligesom|fx|f\.eks\.|bl\.a\.|blandt|herunder|mellem|eksempelvis|samt|både|af|til|hos|ved|flyttet|naboen)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_WHERE = re.compile(r"\bi (?:hele |resten af )?$")
# A sentence that compares: "Til sammenligning betaler et hus i Rebild Kommune …"
_COMPARES = re.compile(
    r"sammenlign|\bnabo|\berfaring|kendes fra|\bligesom\b|tilsvarende|afprøvet|lignende", re.IGNORECASE
)
_SENTENCE_BEFORE = 120
# "REBILD KOMMUNE", "Rebild Kommune" alone on a line, "Randers Kommune, Laksetorvet" as the place
_LETTERHEAD = re.compile(rf"^[ \t]*(?P<town>{_TOWN}) (?:KOMMUNE|Kommune)[ \t]*(?:$|[-–,|•])", re.M)
_HELD_AT = re.compile(
    rf"^[ \t]*(?:Mødested|Sted|Lokale)\b[^\n]{{0,40}}?(?P<town>{_TOWN}) (?:Kommune|Rådhus)\b", re.M
)
# "FREDERIKSBERG KOMMUNE", "Læsø Kommune på nettet": the first line of all
_FIRST_LINE = re.compile(
    rf"\s*(?P<town>{_TOWN}) (?:KOMMUNE|Kommune)(?:s hjemmeside| på nettet| online)?[ \t]*$", re.M
)
# "Teknik- og Havneudvalget, Læsø Kommune": behind the committee
_BEHIND_COMMITTEE = re.compile(
    rf"^[^\n]{{0,80}}(?:udvalget|[a-zæøåB]rådet|[Bb]yrådet|bestyrelsen"
    rf"|[Kk]ommunalbestyrelsen),? (?:i )?(?P<town>{_TOWN}) Kommune[ \t]*$",
    re.M,
)
# Only Copenhagen has them.
_COPENHAGEN = re.compile(r"\b(?:Borgerrepræsentationens?|BORGERREPRÆSENTATIONENS?|[Oo]verborgmesterens?)\b")
# "330-2019-50118": a case number that begins with the municipality's code.
_CODED_CASE = re.compile(r"-(?:19|20)\d\d-\d{2,7}(?!\d)")
_CODE_BEFORE = re.compile(r"(?<![\d-])\d{3}$")
_FEWEST_CODED = 3
# Only the first lines of a document are a letterhead; furniture of pages may be anywhere.
_HEAD = 2500
# So many mentions as the one who acts are enough.
_MOST = 5_000
# Minutes of a region name municipalities of others.
_REGION = re.compile(r"egion(?<=\b[Rr]egion)(?:sråd\w*|ens?\b|(?<=\bRegion) [HSMN][a-zæø]+\b)")
_REGIONAL_LEAD = 2


def find_municipality(text: str, starts: Sequence[int] = (), file_name: str = "") -> MunicipalityFound | None:
    """Return the municipality that acts in `text`, or None when two are as likely, or one is hardly named.

    `starts` are the places where the items of `text` begin: one that a single item names is its matter,
    unless the name of the file has it too.
    """
    mentions = _Mentions(f"\n{text}", starts)  # every word has white space before it
    winner = mentions.winner(file_name)
    if winner is None or is_regional(text, mentions.times[winner]):
        return None
    evidence = f"“{mentions.evidence[winner]}” m.m., {mentions.times[winner]} steder"
    return MunicipalityFound(code=winner.code, name=winner.name, evidence=evidence)


def is_regional(text: str, times: int) -> bool:
    """Return True if a region is named oftener than the municipality is."""
    named = sum(1 for _ in zip(_REGION.finditer(text), range(_REGIONAL_LEAD * times + 2), strict=False))
    return named >= 2 and named > _REGIONAL_LEAD * times


class _Mentions:
    """The municipalities that a text mentions, with the weight of their mentions."""

    def __init__(self, text: str, starts: Sequence[int]) -> None:
        self.text = text
        self.starts = starts
        self.weights: defaultdict[Municipality, float] = defaultdict(float)
        self.evidence: dict[Municipality, str] = {}
        self.times: Counter[Municipality] = Counter()
        self.items: defaultdict[Municipality, set[int]] = defaultdict(set)
        self.in_full: Counter[Municipality] = Counter()  # as in a letterhead
        self._add_heads()
        self._add_actors()
        self._add_codes()
        for match in islice(_COPENHAGEN.finditer(text), _MOST):
            self._add("København", self._weight_in_sentence(match.start()), match[0], match.start())

    def _add(self, spelling: str, weight: float, words: str, at: int) -> None:
        municipality = known_municipality(spelling)
        if municipality:
            self.weights[municipality] += weight
            self.times[municipality] += 1
            self.evidence.setdefault(municipality, " ".join(words.split()).strip(" ,-–|•"))
            self.items[municipality].add(bisect_right(self.starts, at))
            self.in_full[municipality] += weight >= _LETTERHEAD_WEIGHS

    def _add_heads(self) -> None:
        first = _FIRST_LINE.match(self.text)
        if first:
            self._add(first["town"], _FIRST_LINE_WEIGHS, first[0], 0)
        for form in (_LETTERHEAD, _HELD_AT, _BEHIND_COMMITTEE):
            for match in form.finditer(self.text[:_HEAD]):
                self._add(match["town"], _LETTERHEAD_WEIGHS, match[0], match.start())

    def _add_actors(self) -> None:
        for count, match in enumerate(_ACTOR.finditer(self.text)):
            if count >= _MOST:
                break
            start, town = match.start() + 1, match["office"]
            if not town:
                behind = _TOWN_BEFORE.search(self.text[max(start - _LONGEST_TOWN, 0) : start - 1])
                if not behind:
                    continue
                town, start = behind[0], match.start() - len(behind[0])
            capitals = (match["what"] or "").isupper() and town.isupper() and start < _HEAD
            full = capitals or (match["what"] or "").startswith("Region")
            weight = _LETTERHEAD_WEIGHS if full else self._weight_in_sentence(start)
            self._add(town, weight, self.text[start : match.end()], start)

    def _weight_in_sentence(self, start: int) -> float:
        """Return how much a mention weighs by the words before it in its sentence."""
        begin = max(start - _SENTENCE_BEFORE, 0)
        begin = max(begin, *(self.text.rfind(end, begin, start) + 1 for end in ".\n"))
        before = self.text[begin:start]
        where = _WHERE.search(before)
        ahead = before[: where.start()].rstrip() + " " if where else before
        if _IN_PASSING.search(ahead) or _COMPARES.search(ahead):
            return _ELSEWHERE_WEIGHS
        return _PLACE_WEIGHS if where else _SENTENCE_WEIGHS

    def _add_codes(self) -> None:
        """Add the municipality of the codes that case numbers begin with."""
        years = _CODED_CASE.finditer(self.text)
        before = (self.text[max(match.start() - 4, 0) : match.start()] for match in years)
        coded = Counter(code[0] for code in map(_CODE_BEFORE.search, before) if code)
        for code, number in coded.items():
            if number >= _FEWEST_CODED and code in BY_CODE and 2 * number > coded.total():
                self._add(BY_CODE[code].name, _CASES_WEIGH, f"{code}-…", 0)

    def winner(self, file_name: str) -> Municipality | None:
        ranked = sorted(self.weights.items(), key=lambda entry: -entry[1])[:2]
        if not ranked or ranked[0][1] < _ENOUGH:
            return None
        if len(ranked) == 2 and ranked[0][1] < _LEAD * ranked[1][1]:
            return None
        winner = ranked[0][0]
        in_one_item = len(self.starts) > 1 and len(self.items[winner]) < 2 and 0 not in self.items[winner]
        sure = self.in_full[winner] or self.weights[winner] >= _ENOUGH_IN_ONE_ITEM
        named = _folded(winner.name) in _folded(file_name)
        return None if in_one_item and not sure and not named else winner


def _folded(name: str) -> str:
    """Return a name as files and addresses have it: "Brønderslev" → "broenderslev"."""
    return name.casefold().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
