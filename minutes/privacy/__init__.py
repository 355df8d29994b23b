"""What must not be shown of a text: found, covered, and known again. No Django.

`numbers` finds personal numbers (CPR), by what `labels` tells of the numbers beside them; `contacts` finds
what staff are warned of before they publish. `covering` puts masks of the same length over places and says
what a reader sees instead of them; `fingerprints` knows a covered number or passage again without keeping it.
"""

from minutes.privacy.contacts import Contact, ContactKind, find_contacts
from minutes.privacy.cpr import CprMatch, find_cpr_numbers, mask_cpr_numbers
from minutes.privacy.fingerprints import Fingerprints, Passage
from minutes.privacy.masks import CPR_MASK, PASSAGE_MASK, Span, mask_spans, replace_masks

__all__ = [
    "CPR_MASK",
    "PASSAGE_MASK",
    "Contact",
    "ContactKind",
    "CprMatch",
    "Fingerprints",
    "Passage",
    "Span",
    "find_contacts",
    "find_cpr_numbers",
    "mask_cpr_numbers",
    "mask_spans",
    "replace_masks",
]
