"""What a form is: data, and small functions that print."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from minutes.vocabulary import SectionKind
from synthetic.agenda import Meeting
from synthetic.encodings import Encoding
from synthetic.forms.setting import Setting
from synthetic.paragraphs import Paragraph
from synthetic.towns import Habits, Town
from synthetic.wording import Wording

if TYPE_CHECKING:
    from synthetic.forms.items import Desk


class Header(NamedTuple):
    """What stands before the items, and the fields of the `Document` that it tells."""

    text: str
    fields: dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A section of an item: its heading, and what stands under it.

    In the headings of decisions {body}, {spelled}, {figures} and {number} stand for the committee, the day
    and the item's number; the decisions of other committees need no `body`. With `gap` between them
    heading and text stand apart.
    """

    kind: SectionKind
    heading: str
    body: Callable[["Desk"], Sequence[Paragraph]] = lambda _desk: ()
    gap: str | None = None


@dataclass(frozen=True)
class Layout:
    """How a form prints a meeting."""

    header: Callable[[Town, Meeting, Sequence[int]], Header]  # with the page of each item
    opening: Callable[["Desk"], str]  # an item's number, title and case number
    parts: tuple[Part, ...]
    gap: str = "\n\n"  # between a heading and its text
    between: str = "\n\n"  # between sections
    absence: str = ""  # the line under a decision's heading that names the absent
    absence_gap: str = "\n"
    setting: Setting = field(default=Setting())
    folio: str = ""  # the head of a page, with {body}, {figures} and {page}
    page: int = 2600  # about how many characters are on one
    new_pages: bool = False  # each item begins on one


@dataclass(frozen=True)
class Form:
    """A convention of writing minutes, named after what is peculiar to it."""

    name: str
    habits: Habits
    wording: Wording
    layout: Layout
    encoding: Encoding = field(default=Encoding())
