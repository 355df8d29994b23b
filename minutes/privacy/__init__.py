"""What must not be shown of a text: found, covered, and known again. No Django.

`numbers` finds personal numbers (CPR), by what `labels` tells of the numbers beside them; `contacts` finds
what staff are warned of before they publish. `covering` puts masks of the same length over places and says
what a reader sees instead of them; `fingerprints` knows a covered number or passage again without keeping it.
"""

from minutes.privacy.contacts import Contact, ContactKind, contacts
from minutes.privacy.covering import MASK, PASSAGE_MASK, Span, cover, shown
from minutes.privacy.fingerprints import Fingerprints, Passage
from minutes.privacy.numbers import Hit, mask, personal_numbers

__all__ = [
    "MASK",
    "PASSAGE_MASK",
    "Contact",
    "ContactKind",
    "Fingerprints",
    "Hit",
    "Passage",
    "Span",
    "contacts",
    "cover",
    "mask",
    "personal_numbers",
    "shown",
]
