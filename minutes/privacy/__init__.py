"""Personal data in a text: find it, mask it, and find redacted data again. No Django.

- `cpr` finds CPR numbers: those with a label (`labelled`, by `spellings`) and those without (`unlabelled`).
- `contacts` finds contact details that staff are warned of before they publish.
- `masks` replaces spans by masks of equal length, and masks by words for readers.
- `fingerprints` finds redacted numbers and passages again without storing them.
"""

from minutes.privacy.contacts import Contact, ContactKind, find_contacts
from minutes.privacy.cpr import CprMatch, find_cpr_numbers, find_split_number, mask_cpr_numbers
from minutes.privacy.fingerprints import Fingerprints, Passage, Surroundings, WordMatch
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
    "Surroundings",
    "WordMatch",
    "find_contacts",
    "find_cpr_numbers",
    "find_split_number",
    "mask_cpr_numbers",
    "mask_spans",
    "replace_masks",
]
