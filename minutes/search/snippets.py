"""The passage of a hit that shows why it is one: marked, and safe to print."""

from collections.abc import Iterable

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from minutes.models import SearchEntry
from minutes.privacy import shown
from minutes.search.query import parted

# ts_headline lets HTML through, so its marks are characters of the private use area, which are taken out
# of the text first; the passage is escaped, and only then do the marks become elements.
_START, _STOP, _PART = "\ue000", "\ue001", "\ue002"
# PostgreSQL's parser skips what stands between tags, so < and > are other characters while it looks.
_LESS, _GREATER = "\ue003", "\ue004"
_OPTIONS = (
    f'StartSel="{_START}", StopSel="{_STOP}", FragmentDelimiter="{_PART}", '
    "MaxFragments=2, MaxWords=28, MinWords=12"
)
# The most characters of an item that a passage is looked for in.
_LONGEST = 60_000

_HEADLINES = """
SELECT item.id, ts_headline('danish', texts.body, websearch_to_tsquery('danish', %(query)s), %(options)s)
FROM minutes_agendaitem item
LEFT JOIN LATERAL (
    SELECT string_agg(text, E'\\n' ORDER BY kind <> 'resume', position) AS body
    FROM minutes_section WHERE item_id = item.id AND NOT item.closed AND kind <> 'decision'
) sections ON true
CROSS JOIN LATERAL (
    SELECT translate(
        translate(left(concat_ws(E'\\n', item.decision, sections.body), %(longest)s), %(marks)s, ''),
        '<>', %(brackets)s
    ) AS body
) texts
WHERE item.id = ANY(%(items)s)
"""


def snippets(entries: Iterable[SearchEntry], text: str) -> dict[int, SafeString]:
    """For each entry, by item id, the passage that best matches `text`: HTML with <mark>. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            _HEADLINES,
            {
                "query": parted(text),
                "options": _OPTIONS,
                "longest": _LONGEST,
                "marks": _START + _STOP + _PART + _LESS + _GREATER,
                "brackets": _LESS + _GREATER,
                "items": [entry.item_id for entry in entries],
            },
        )
        return {item: _marked(passage) for item, passage in cursor.fetchall()}


def _marked(passage: str) -> SafeString:
    printed = passage.replace(_LESS, "<").replace(_GREATER, ">")
    html = escape(shown(printed)).replace(_START, "<mark>").replace(_STOP, "</mark>").replace(_PART, " … ")
    return mark_safe(html)  # noqa: S308  Escaped in the line above; the marks are ours.
