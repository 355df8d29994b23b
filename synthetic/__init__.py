"""Writes believable minutes of councils that do not exist, and knows what they say. No Django.

`names` and `topics` are the material; `towns` makes municipalities, councils and committees; `agenda` lets
matters travel from meeting to meeting; `decisions` says what becomes of them, `votes` who voted how, and
`wording` tells it in the `paragraphs` of a municipality's phrases. `forms` are the conventions of writing;
`printing` sets each meeting's text in one and notes where every fact stands in it, `encodings` makes bytes of
it; `archive` does it all, meeting by meeting. `prose` writes the presentations of long minutes.
"""

from synthetic.generator import SyntheticMinutes, generate_by_municipality, generate_minutes

__all__ = ["SyntheticMinutes", "generate_by_municipality", "generate_minutes"]
