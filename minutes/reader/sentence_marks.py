"""Sentences on presence and labels in capitals that begin a line of flat text."""

import re
from collections.abc import Iterator

from minutes.reader.phrases import Row

# "UDVALG Kulturudvalget MØDE Referat STED Salen STARTTIDSPUNKT 29-01-2013 10:00:00 PUNKTER 8. Budget"
_LABEL = re.compile(
    r"(?<![\w-])(?:UDVALG|MØDE|STED|MØDESTED|DATO|TID|STARTTIDSPUNKT|SLUTTIDSPUNKT|PUNKTER|DELTAGERE)"
    r"(?= [A-ZÆØÅ\d])"
)
_FEWEST_LABELS = 3
_HEAD = 1000
# What a sentence says of who was there
_PRESENCE = re.compile(
    r" (?:deltog (?:ikke|som (?:suppleant|stedfortræder))|var (?:ikke til stede|fraværende)|forlod mødet"
    r"|havde meldt afbud)"
)
# "… blev godkendt. | Ida Holm (V) forlod", "Godkendt | Ida Holm, Per Vang og Bo Lind deltog ikke"
_BEGIN = re.compile(
    r"(?:[a-zæøå)\d][.!]|\b(?:[Gg]odkendt|Tiltrådt|Vedtaget|Drøftet|Udsat|Anbefalet|til efterretning)) "
    r"(?=[A-ZÆØÅ][a-zæøåé-]+ (?:[A-ZÆØÅ][\w.-]*,? |\())"
)
_LONGEST = 300
# "Godkendt. | Fraværende- Ida Krog"
_ABSENT = re.compile(r"(?<=[.!?)a-zæøå] )(?:Fraværende|Afbud)[-–] (?=[A-ZÆØÅ])")
# "Lukket møde Sag nr. 14 Køb af ejendom", "Punkter til beslutning: 4. Budget": a heading over items
_GROUP = re.compile(
    r"(?<!\S)(?:(?:Lukkede|Lukket|LUKKEDE|LUKKET|Åbent?|Åbne|ÅBENT?|ÅBNE) "
    r"(?:[Mm]øder?|[Pp]unkter|[Ss]ager|[Dd]agsorden|MØDE|PUNKTER|SAGER|DAGSORDEN)"
    r"|(?:Punkter|Sager) til (?:beslutning|orientering|drøftelse|behandling|efterretning|godkendelse))"
    r"(?::|(?= (?:(?:Sag|Punkt|Pkt\.|SAG|PUNKT|Nr\.)(?: nr\.| NR\.)? ?)?\d{1,4}\b))"
)
# "SAGER TIL UDVALGETS AFGØRELSE 156. Ny havn", "PUNKTER TIL ORIENTERING"
_GROUP_IN_CAPITALS = re.compile(
    r"(?<!\S)(?:SAGER|PUNKTER) TIL (?:[A-ZÆØÅ/-]+S )?(?:[A-ZÆØÅ]+(?:ELSE|ING))(?= [A-ZÆØÅ\d])"
)


def sentence_marks(text: str, row: Row) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of labels in the document's head, and the places of sentences on presence."""
    labels = [match.span() for match in _LABEL.finditer(text, row.start, min(row.end, _HEAD))]
    if len(labels) >= _FEWEST_LABELS:
        yield from labels
    yield from ((match.start(), match.start()) for match in _ABSENT.finditer(text, row.start, row.end))
    done = row.start
    for match in _PRESENCE.finditer(text, row.start, row.end):
        begin = max(done, match.start() - _LONGEST)
        ends = [end.end() for end in _BEGIN.finditer(text, begin, match.start() + 1)]
        done = match.end()
        if ends:
            yield ends[-1], ends[-1]


def group_marks(text: str, row: Row) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of headings over several items: whether they were open, what they were for."""
    for form in (_GROUP, _GROUP_IN_CAPITALS):
        yield from (match.span() for match in form.finditer(text, row.start, row.end))
