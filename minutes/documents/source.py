"""The result of a conversion: the text of a file and its structure, as blocks over the text."""

from dataclasses import dataclass, field
from typing import Literal

from minutes.documents.stated import NOTHING, StatedFacts

BlockKind = Literal["paragraph", "heading", "list", "cell", "furniture"]


class DocumentError(Exception):
    """Raised for a file that cannot be converted; `str` is Danish for staff: what it is and what to do."""


class ScannedDocument(DocumentError):
    """Raised for a file whose pages are pictures: only character recognition can read it."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item, table cell or piece of furniture: `text[start:end]`.

    Furniture is what repeats on pages or belongs to a web page: running heads, page numbers, menus. `level`
    counts from 1 for headings and from 0 for list items. `number` is the computed number of a list item or
    heading, which the text has too. `page` counts from 1; tables, rows and columns from 0. `size` is in
    points.
    """

    start: int
    end: int
    kind: BlockKind
    level: int | None = None
    number: str | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    bold: bool = False
    size: float | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A file that came along in another one: an attachment of a mail, a member of an archive.

    `item` is the number of the item to which a vendor's system says that it belongs: "" if that has no
    number, None if nothing says to which item it belongs.
    `refusal` is the reason why its bytes could not be read, in Danish.
    """

    name: str
    data: bytes = field(repr=False)
    item: str | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """The text of a file as a careful person would type it, one paragraph a line, and its blocks in order.

    Blocks never overlap; between them is white space. `notes` are Danish sentences for staff: what was left
    out. `pages` is None where the format has none. `ocr` is True for text recognised in pictures. `stated`
    are the facts that the file's own structure states, if it has such a structure. `properties` are the
    title, author and comments that an enclosure has besides its text.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    format: str = "text"
    pages: int | None = None
    notes: tuple[str, ...] = ()
    attachments: tuple[Part, ...] = ()
    ocr: bool = False
    stated: StatedFacts = NOTHING
    properties: str = ""

    def text_to_read(self) -> str:
        """Return the text with the furniture of a web page as spaces, so that offsets stay.

        Furniture that has a page remains: a head of pages can be all that names the body and the day.
        """
        pieces: list[str] = []
        end = 0
        for block in self.blocks:
            if block.kind == "furniture" and block.page is None:
                lines = self.text[block.start : block.end].split("\n")
                pieces += (self.text[end : block.start], "\n".join(" " * len(line) for line in lines))
                end = block.end
        return "".join([*pieces, self.text[end:]])
