"""Minutes whose conventions are drawn independently of each other, with the facts they state.

`synthetic.formats` are fourteen fixed forms. Here header, numbering, headings, wording, layout, encoding and
damage are separate axes, so that every document is a new combination of them. `axes` draws a combination;
`headers`, `item_headings`, `section_headings` and `vote_sentences` are the axes with more than a few choices;
`damage` changes a finished text as copying and conversion do, and moves the facts along; `generator`
runs all of it; `labels` says what each line of a document is; `gold` writes the facts as a reading by hand.

As all synthetic minutes these prove consistency and train; they never measure accuracy.
"""

from synthetic.combined.axes import Combination
from synthetic.combined.generator import CombinedMinutes, generate_combined
from synthetic.combined.gold import as_reading
from synthetic.combined.labels import LineLabel, labelled_lines

__all__ = [
    "Combination",
    "CombinedMinutes",
    "LineLabel",
    "as_reading",
    "generate_combined",
    "labelled_lines",
]
