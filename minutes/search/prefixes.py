"""Let a prefix match words as they are written, although items are indexed by lemmas: `skolern*`."""

from minutes.search.database import connection
from minutes.search.parsed_query import And, Node, Not, Or, ParsedQuery

# A shorter prefix is the beginning of too many words, and mostly of their lemmas too.
_MIN_LENGTH = 4
# Lemmas that are added to a prefix, and prefixes of a query that are looked up.
_MAX_LEMMAS, _MAX_PREFIXES = 20, 3

# The shortest words first, which are the least likely to be rare compounds.
_LEMMAS = """
SELECT form FROM minutes_searchword WHERE word LIKE %s AND form NOT LIKE %s
GROUP BY form ORDER BY min(length(word)), form LIMIT %s
"""


def match_written_words(query: ParsedQuery) -> ParsedQuery:
    """Let prefixes match inflected words of published items that begin so. One query for each prefix."""
    prefixes = [prefix for prefix in dict.fromkeys(_prefixes(query.tree)) if len(prefix) >= _MIN_LENGTH]
    forms = {prefix: _lemmas(prefix) for prefix in prefixes[:_MAX_PREFIXES]}
    return query.with_forms(forms) if any(forms.values()) else query


def _prefixes(node: Node | None) -> list[str]:
    if isinstance(node, Not):
        return _prefixes(node.operand)
    if isinstance(node, And | Or):
        return [prefix for operand in node.operands for prefix in _prefixes(operand)]
    return [node.prefix] if node and node.prefix else []


def _lemmas(prefix: str) -> list[str]:
    """Return lemmas that do not begin with the prefix, but have a form that does."""
    with connection.cursor() as cursor:
        cursor.execute(_LEMMAS, [f"{prefix}%", f"{prefix}%", _MAX_LEMMAS])
        return [lemma for (lemma,) in cursor.fetchall()]
