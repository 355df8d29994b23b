"""Show why an item matches: the passage with the words of the query, highlighted and safe to print."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import islice
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from minutes.search.database import connection
from minutes.search.highlighting import MAX_INVARIANT_LENGTH, Highlighter, Hit
from minutes.search.normalization import normalize
from minutes.search.parsed_query import HighlightTerm, ParsedQuery

# Characters of a text in which a passage is looked for.
_MAX_TEXT_LENGTH = 60_000
# Words of a passage, and of each of two passages.
_WORDS, _WORDS_OF_TWO = 30, 18
_WORDS_BEFORE_HIT = 6
# The longest passage in characters.
_MAX_PASSAGE_LENGTH = 500
# Private characters that stand for <mark> and </mark> until the text is escaped.
_MARK_START, _MARK_END = "\ue000", "\ue001"
_WITHOUT_MARKS = str.maketrans("", "", _MARK_START + _MARK_END)
_BLANK = re.compile(r"[ \n]")
# "Skolechef Ane Lund deltog under punktet", "Bo Friis forlod mødet": says nothing of the matter.
_ATTENDANCE = re.compile(
    r"\b(?:deltog|deltager|til stede|forlod|mødte)\b[^.\n]{0,60}\b(?:punkt|sag|møde|behandling)", re.I
)

# Characters of an excerpt of an attachment, and of it before a word of the query
_EXCERPT, _BEFORE = 4_000, 500
_MOST_EXCERPTS = 20

# The parts of an item's attachments around the first word of each term, first those that have one.
_EXCERPTS = f"""
SELECT file.title, file.position, part.start,
    substring(file.text FROM greatest(part.start - {_BEFORE}, 1) FOR {_EXCERPT}) AS text
FROM minutes_publicfile file
CROSS JOIN LATERAL (
    SELECT min(nullif(strpos(beginning.text, word), 0)) AS start
    FROM (SELECT left(file.text, {_MAX_TEXT_LENGTH}) AS text OFFSET 0) beginning,
        unnest(%(words)s::text[], %(terms)s::int[]) AS form (word, term)
    GROUP BY term
) part
WHERE file.item_id = item.id AND file.text <> '' AND %(attachments)s
ORDER BY part.start IS NULL, file.position, part.start
LIMIT {_MOST_EXCERPTS}
"""

# The texts of items, in the order in which passages are taken from them.
_TEXTS = f"""
SELECT item.id,
    coalesce((
        SELECT string_agg(evidence, E'\\n' ORDER BY position) FROM minutes_ballot WHERE item_id = item.id
    ), ''),
    item.decision,
    coalesce((
        SELECT string_agg(text, E'\\n' ORDER BY kind <> 'resume', kind = 'prior_decision', position)
        FROM minutes_section WHERE item_id = item.id AND kind <> 'decision'
    ), ''),
    (
        SELECT array_agg(ARRAY[title, text] ORDER BY position, start) FROM ({_EXCERPTS}) excerpt
    )
FROM minutes_agendaitem item
WHERE item.id = ANY(%(items)s)
"""


class ItemTexts(NamedTuple):
    """The texts of an item: what the minutes say of its ballots, its decision, and the rest.

    `files` are the titles and excerpts of its attachments, None without any.
    """

    item: int
    ballots: str
    decision: str
    body: str
    files: Sequence[tuple[str, str]] | None = None


class _Passage(NamedTuple):
    """A text, the offset of the first hit of its passage, and the title of an attachment whose text it is."""

    text: str
    first_hit: int
    attachment: str = ""


def snippet_texts(items: Iterable[int], query: ParsedQuery) -> list[ItemTexts]:
    """Return the texts from which snippets are taken. One query.

    Of attachments, which can be long, they are excerpts around the first letters of each term.
    """
    forms = [(form, at) for at, term in enumerate(query.highlights) for form in _printed_forms(term)]
    words, terms = zip(*(forms or [("", 0)]), strict=True)
    parameters: dict[str, Any] = {
        "words": list(words),
        "terms": list(terms),
        "attachments": settings.SEARCH_ATTACHMENTS,
        "items": list(items),
    }
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS, parameters)
        return [ItemTexts(*row) for row in cursor.fetchall()]


def _printed_forms(term: HighlightTerm) -> Iterator[str]:
    """Yield the letters that most words of a term begin with, small, with a capital and in capitals."""
    for word in (*term.lemmas, term.prefix):
        stem = word.removesuffix("e") if len(word) > MAX_INVARIANT_LENGTH else word
        if stem:
            yield from {stem, stem.capitalize(), stem.upper()}


def snippets(texts: Iterable[ItemTexts], query: ParsedQuery) -> dict[int, SafeString]:
    """Return the best passage of each item, by its id: HTML with <mark>. No query.

    The decision is preferred to the rest; for a person's votes, the text of the ballots to both. A passage
    of an attachment, which is named, is shown for terms that the minutes themselves do not have.
    """
    highlighter = Highlighter(query.highlights)
    return {
        text.item: _snippet(
            [
                *(("", ballots) for ballots in [text.ballots] * query.of_people),
                *(("", of_item) for of_item in (text.decision, text.body)),
                *(text.files or ()),
            ],
            highlighter,
        )
        for text in texts
    }


def _snippet(texts: Sequence[tuple[str, str]], highlighter: Highlighter) -> SafeString:
    """Return one passage, or two where the second has terms that the first has not; else the beginning.

    The texts are pairs: the title of the attachment, or "" for the item's own, and the text.
    """
    cleaned = [(attachment, _without_attendance(_clean(text))) for attachment, text in texts]
    passages = _passages(cleaned, highlighter)
    if not passages:
        own = (text.strip() for attachment, text in cleaned if not attachment)
        text = next(filter(None, own), "")
        passages = [_Passage(text, 0)] if text else _passages(texts, highlighter) or [_Passage(text, 0)]
    return _html(passages, highlighter, _WORDS if len(passages) == 1 else _WORDS_OF_TWO)


def _passages(texts: Sequence[tuple[str, str]], highlighter: Highlighter) -> list[_Passage]:
    missing = set(range(highlighter.term_count))
    passages: list[_Passage] = []
    for attachment, text in texts:
        if not missing or len(passages) == 2:
            break
        if best := _best_hits(text, highlighter, missing):
            passages.append(_Passage(text, best[0].start, attachment))
            missing -= {hit.term for hit in best}
    return passages


def _without_attendance(text: str) -> str:
    """Return `text` without sentences that say who attended an item."""
    if not _ATTENDANCE.search(text):
        return text
    return "\n".join(
        ". ".join(sentence for sentence in line.split(". ") if not _ATTENDANCE.search(sentence))
        for line in text.split("\n")
    )


def _clean(text: str) -> str:
    text = normalize(text[:_MAX_TEXT_LENGTH])
    return text.translate(_WITHOUT_MARKS) if _MARK_START in text or _MARK_END in text else text


def _best_hits(text: str, highlighter: Highlighter, missing: Set[int]) -> list[Hit]:
    """Return the hits of the first passage that has most of the `missing` terms, whole words before parts.

    The text is read no further than a passage that has all of them.
    """
    quick_hits = highlighter.quick_hits(text)
    if missing <= {hit.term for hit in quick_hits if hit.whole}:
        return _best_cluster([(len(text), quick_hits)], missing)
    return _best_cluster(highlighter.hits(text, missing), missing)


def _best_cluster(chunks: Iterable[tuple[int, list[Hit]]], missing: Set[int]) -> list[Hit]:
    """Return the hits within a passage of each other with most terms; chunks are offsets and their hits."""
    hits: list[Hit] = []
    best: list[Hit] = []
    best_score, full_score = (0, 0), (len(missing), len(missing))
    first = 0
    for stop, chunk in chunks:
        for hit in chunk:
            hits.append(hit)
            while hit.blanks - hits[first].blanks > _WORDS_OF_TWO - _WORDS_BEFORE_HIT:
                first += 1
            cluster = hits[first:]
            terms = {near.term for near in cluster} & missing
            whole_terms = {near.term for near in cluster if near.whole} & missing
            score = (len(terms), len(whole_terms))
            if score > best_score:
                best, best_score = cluster, score
        if best_score == full_score and stop > best[0].start + _MAX_PASSAGE_LENGTH:
            break
    return best


def _html(passages: Sequence[_Passage], highlighter: Highlighter, length: int) -> SafeString:
    """Return passages of `length` words, each from a few words before its first hit, with all hits marked."""
    pieces = []
    for text, first_hit, attachment in passages:
        start = _offset_of_words_before(text, first_hit, _WORDS_BEFORE_HIT)
        stop = _offset_of_words_after(text, start, length)
        marked = _marked(text[start:stop], highlighter)
        html = str(escape(" ".join(marked.split())))
        html = html.replace(_MARK_START, "<mark>").replace(_MARK_END, "</mark>")
        if attachment:
            pieces.append(str(escape(_("I bilaget »%s«:") % attachment)))
        pieces.append(("… " if start else "") + html + (" …" if stop < len(text.rstrip()) else ""))
    return mark_safe(" ".join(pieces).replace("… …", "…"))  # noqa: S308  Escaped above; the marks are ours.


def _marked(passage: str, highlighter: Highlighter) -> str:
    next_start = len(passage)
    for match in sorted(highlighter.matches(passage), reverse=True):
        # Of overlapping matches, as "bo-støtte" and "støtte", only the last is marked.
        if match.end <= next_start:
            next_start = match.start
            word = passage[match.start : match.end]
            passage = f"{passage[: match.start]}{_MARK_START}{word}{_MARK_END}{passage[match.end :]}"
    return passage


def _offset_of_words_before(text: str, offset: int, words: int) -> int:
    for _step in range(words + 1):
        blank = max(text.rfind(" ", 0, offset), text.rfind("\n", 0, offset))
        if blank < 0:
            return 0
        offset = blank
    return offset + 1


def _offset_of_words_after(text: str, offset: int, words: int) -> int:
    blanks = list(islice(_BLANK.finditer(text, offset), words))
    return blanks[-1].start() if len(blanks) == words else len(text)
