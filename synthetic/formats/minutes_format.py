"""Definition of a format of minutes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from minutes.vocabulary import SectionKind
from synthetic.encodings import Encoding
from synthetic.formats.typography import Typography
from synthetic.meetings import Meeting
from synthetic.municipalities import Conventions, Municipality
from synthetic.paragraphs import Paragraph
from synthetic.wording import Wording

if TYPE_CHECKING:
    from synthetic.formats.item_renderer import ItemRenderer


class Header(NamedTuple):
    """The text before the items, and the fields of the `Document` that it states."""

    text: str
    fields: dict[str, Any]


@dataclass(frozen=True)
class SectionSpec:
    """A section of an item.

    Slots of the heading are {committee}, {department}, {long_date}, {numeric_date} and {number} (of the
    item). Decisions need no `body`: the renderer prints them. `gap` overrides the layout's `heading_gap`. A
    section may have no heading: "".
    """

    kind: SectionKind
    heading: str
    body: Callable[["ItemRenderer"], Sequence[Paragraph]] = lambda _renderer: ()
    gap: str | None = None


@dataclass(frozen=True)
class Layout:
    """Layout of a document: the order of its parts and what is between them."""

    header: Callable[[Municipality, Meeting, Sequence[int]], Header]  # given the page of each item
    item_heading: Callable[["ItemRenderer"], str]  # number, title and case number
    sections: tuple[SectionSpec, ...]
    heading_gap: str = "\n\n"  # between a heading and its text
    section_gap: str = "\n\n"  # between sections
    # Under the heading of a decision, with the slot {names}. One that begins with it needs somebody absent.
    absence_line: str = ""
    absence_line_last: bool = False  # below the decision instead
    typography: Typography = field(default=Typography())
    page_header: str = ""  # with the slots {committee}, {numeric_date} and {page}
    page_length: int = 2600  # approximate number of characters
    items_start_pages: bool = False


@dataclass(frozen=True)
class MinutesFormat:
    """A format of minutes, named after its peculiarity."""

    name: str
    conventions: Conventions
    wording: Wording
    layout: Layout
    encoding: Encoding = field(default=Encoding())
