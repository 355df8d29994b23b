"""Long presentations in a vocabulary that grows with the archive, as that of real minutes does.

`parts` is the material; `lexicon` puts nouns and names together from it, common ones and some that nobody
has used before; `sentences` are what can be said with them, `slots` fills them; `writing` writes a matter's
topic and its story.
"""

from synthetic.prose.slots import Subject
from synthetic.prose.writing import Writer

__all__ = ["Subject", "Writer"]
