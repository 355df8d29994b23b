"""The conventions that municipalities write in; an archive's towns go through them in turn.

`form` says what a form is; `items` prints an item in it on a `press`, with the `bodies` of its sections in
the form's `setting`. Each other file is a form: its header, the openings of its items, its headings, how
it tells of votes.

Of how a passage reads (`clean`) the forms agree on this: a paragraph broken over lines is one line again,
words divided there are whole, the heads and feet of pages inside are gone, runs of blanks are one. Lines
that are meant as lines (of a list, a table, a ballot) stay lines; an empty line stays one, but not between
the points of a list.
"""

from synthetic.forms.bulleted import BULLETED
from synthetic.forms.english_dates import ENGLISH_DATES
from synthetic.forms.form import Form
from synthetic.forms.majorities import MAJORITIES
from synthetic.forms.open_and_closed import OPEN_AND_CLOSED
from synthetic.forms.paged import PAGED
from synthetic.forms.points import POINTS
from synthetic.forms.protocol import PROTOCOL
from synthetic.forms.roll_call import ROLL_CALL
from synthetic.forms.running_header import RUNNING_HEADER
from synthetic.forms.tabled import TABLED
from synthetic.forms.twice_titled import TWICE_TITLED

FORMS: tuple[Form, ...] = (
    *POINTS,
    BULLETED,
    TWICE_TITLED,
    PAGED,
    PROTOCOL,
    ROLL_CALL,
    RUNNING_HEADER,
    ENGLISH_DATES,
    MAJORITIES,
    TABLED,
    OPEN_AND_CLOSED,
)

__all__ = ["FORMS", "Form"]
