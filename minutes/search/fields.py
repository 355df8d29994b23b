"""What can be asked of an item besides its words, each as a lexeme of its own beside them.

A word of a text never begins with "=", so the two cannot be taken for each other. Because everything that a
query or a facet asks is a lexeme of one vector, one index answers any combination of them.
"""

from datetime import date

from minutes.item_facts import SEARCHED_FACTS
from minutes.search.inflections import folded

ANY = "=a"  # every item
TITLE, DECISION = "=t:", "=b:"  # words of the title and of the decision
COMMITTEE, MUNICIPALITY = "=u:", "=k:"  # words of their names
PERSON, FOR, AGAINST = "=p:", "=f:", "=i:"  # names: whoever is named in votes and statements; who voted how
PEOPLE = {PERSON, FOR, AGAINST}
CASE = "=s:"  # a case number, as `words.number` writes it
# Names printed with an item, as the case officer's, by their prefix in a query.
FACTS = {search.prefix: f"={search.prefix}:" for _fact, search in SEARCHED_FACTS}
DAY = "=d:"  # the day of the meeting, and days that the text names: "=d:2020-01-14"
YEAR, MONTH = "=y:", "=m:"  # the meeting's: "=y:2020", "=m:2020-01"

# One item of so many is in a sample; "=z:64" one of the smaller samples. The first has an index of its own.
SAMPLES = (16, 64, 256)
SAMPLE = "=z:"

# The facets, by id or value.
IN_COMMITTEE, IN_MUNICIPALITY, OUTCOME, CONTESTED = "=c:", "=n:", "=o:", "=x"


def month(day: date) -> str:
    return f"{MONTH}{day.year}-{day.month:02}"


def name_form(written: str) -> str:
    """A word of a person's name as it is indexed: not bent, as Holger is no form of "holge"."""
    return folded(written).replace("aa", "å")


def lexeme(form: str, *, prefix: bool = False) -> str:
    """A form as it stands in a tsquery."""
    quoted = form.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}'" + (":*" if prefix else "")
