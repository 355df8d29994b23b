"""Long presentations with a vocabulary that grows with the archive, as in real minutes.

`lexicon` builds nouns and names from `word_parts`, common ones and some never used before; `slots` fills the
slots of `sentences` with them; `writer` writes the topic and presentation of a case.
"""

from synthetic.prose.slots import Subject
from synthetic.prose.writer import Writer

__all__ = ["Subject", "Writer"]
