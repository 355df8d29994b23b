"""Formats of minutes, modelled on those of real municipalities and assigned to synthetic ones in turn.

`minutes_format` defines what a format consists of. `item_renderer` prints an item to a `printer`: the bodies
of its sections come from `sections`, line and page breaks from `typography`. The other modules are formats.

All formats agree on the clean text of a passage: paragraphs are single lines, hyphenated words are whole,
page headers and footers are removed, runs of blanks are one blank. Lines of a list, table or ballot stay
separate lines; empty lines stay, except between the points of a list.
"""

from synthetic.formats.bulleted import BULLETED
from synthetic.formats.english_dates import ENGLISH_DATES
from synthetic.formats.majorities import MAJORITIES
from synthetic.formats.minutes_format import MinutesFormat
from synthetic.formats.open_and_closed import OPEN_AND_CLOSED
from synthetic.formats.paged import PAGED
from synthetic.formats.protocol import PROTOCOL
from synthetic.formats.punkt import PUNKT_FORMATS
from synthetic.formats.repeated_title import REPEATED_TITLE
from synthetic.formats.roll_call import ROLL_CALL
from synthetic.formats.sentence_header import SENTENCE_HEADER
from synthetic.formats.table_header import TABLE_HEADER

FORMATS: tuple[MinutesFormat, ...] = (
    *PUNKT_FORMATS,
    BULLETED,
    REPEATED_TITLE,
    PAGED,
    PROTOCOL,
    ROLL_CALL,
    SENTENCE_HEADER,
    ENGLISH_DATES,
    MAJORITIES,
    TABLE_HEADER,
    OPEN_AND_CLOSED,
)

__all__ = ["FORMATS", "MinutesFormat"]
