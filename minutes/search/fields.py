"""Lexemes for everything a query can ask of an item besides its words.

Each is a lexeme of the same vector as the words, so that one index answers any combination of words, fields
and facets. They begin with "=", which no word of a text does.
"""

from datetime import date

from minutes.item_facts import SEARCHED_FACTS
from minutes.search.normalization import fold, fold_aa

ANY = "=a"  # every item
TITLE, DECISION = "=t:", "=b:"  # lemmas in the title and in the decision
COMMITTEE, MUNICIPALITY = "=u:", "=k:"  # lemmas in their names
PERSON, FOR, AGAINST = "=p:", "=f:", "=i:"  # names: people in votes and statements, and who voted how
PEOPLE = {PERSON, FOR, AGAINST}
CASE = "=s:"  # a case number, see `tokenizer.normalize_number`
CASE_END = "=r:"  # the last pieces of a case number
# Names printed with an item, such as the case officer, by their prefix in a query.
FACTS = {search.prefix: f"={search.prefix}:" for _fact, search in SEARCHED_FACTS}
DAY = "=d:"  # day of the meeting, and dates in the text: "=d:2020-01-14"
YEAR, MONTH = "=y:", "=m:"  # of the meeting: "=y:2020", "=m:2020-01"

# Samples of one item in 16, 64 or 256, by item id. The first has an index of its own (`SearchEntry.sampled`),
# the others are lexemes: "=z:64".
SAMPLES = (16, 64, 256)
SAMPLE = "=z:"

# Facets, by id or value.
IN_COMMITTEE, IN_MUNICIPALITY, OUTCOME, CONTESTED, TOPIC = "=c:", "=n:", "=o:", "=x", "=e:"


def month(day: date) -> str:
    """Return the lexeme of the month of a day."""
    return f"{MONTH}{day.year}-{day.month:02}"


def name_form(word: str) -> str:
    """Return a word of a person's name as it is indexed: not inflected, as "Holger" is no form of "holge"."""
    return fold_aa(fold(word))


def lexeme(text: str, *, prefix: bool = False) -> str:
    """Quote a lexeme for a tsquery; with `prefix`, it matches any lexeme that begins with it."""
    quoted = text.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}'" + (":*" if prefix else "")
