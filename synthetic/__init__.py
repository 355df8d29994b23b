"""Generates invented council minutes together with the facts they state.

For the demo, tests and benchmarks only; the product does not import this package. Synthetic minutes prove
that the reader, the import and the search are consistent with themselves: the generator knows what it wrote.
They say nothing about how accurately real minutes are read, since the generator only knows the wordings we
gave it; that is measured on documents labelled by hand (docs/reading.md).

From the ground up: `names` and `topics` are word lists and texts; `municipalities` invents councils and
committees; `deliberation` and `votes` decide what happens to an item and `wording` phrases it as
`paragraphs`; `cases` invents cases and `simulation` carries them from meeting to meeting; `formats` lays out
a meeting as one kind of document; `encodings` turns the text into bytes; `generator` runs all of it. `prose`
writes the long presentations of `--long`. `place_names` lists the streets and villages that they mention.
"""

from synthetic.generator import SyntheticMinutes, generate_by_municipality, generate_minutes
from synthetic.place_names import gazetteer

__all__ = ["SyntheticMinutes", "gazetteer", "generate_by_municipality", "generate_minutes"]
