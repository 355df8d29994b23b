"""Headings of items composed of number, title, mark of closed items and case number."""

from dataclasses import dataclass
from random import Random

from synthetic.formats.item_renderer import ItemRenderer

# Slots are {n}, {mark} of the closed before the title, and {title}.
NUMBERINGS = (
    "Punkt {n}: {title}",
    "Punkt {n} {title}",
    "{n}. {title}",
    "{n}. {title}",
    "{n} {title}",
    "{n}.{title}",
    "{n}) {title}",
    "{n} - {title}",
    "{n} : {title}",
    "Pkt. {n} {title}",
    "Pkt. {n}: {title}",
    "Pkt. {n}\n\n{title}",
    "Nr. {n} - {title}",
    "Nr. {n}. {title}",
    "Sag {n}: {title}",
    "Sag nr. {n}: {title}",
    "SAG NR. {n}\n{title}",
    "Dagsordenspunkt {n}: {title}",
    "• {n}. {title}",
    "  • {n}\n    {title}",
    "{title}\nSag nr. {n}",
    "{title}",  # the number is lost
    "1. {title}",  # a web page that lost the numbers of its list
    "",  # a page that shows neither number nor title
)
# Before and after the title of a closed item.
CLOSED_MARKS = (
    ("", " (LUKKET)"),
    ("", " (lukket)"),
    ("", " (Lukket punkt)"),
    ("", " [LUKKET]"),
    ("[LUKKET] ", ""),
    ("(LUKKET) ", ""),
    ("Lukket punkt - ", ""),
    ("Lukket punkt: ", ""),
    ("LUKKET: ", ""),
    ("Fortroligt - ", ""),
)
CASE_LINES = (
    "{case}",
    "Sagsnr.: {case}",
    "Sagsnr. {case}",
    "Sagsid.: {case}",
    "Sagsnummer: {case}",
    "J.nr. {case}",
    "Sag: {case}",
    "Journalnummer: {case}",
    "{access} - {case}",
)
ACCESS_LINES = ("", "", "", "{access} sag", "{access} punkt")
CASE_NUMBERS = (
    "{kle}-{serial}-{yy}",
    "{kle_compact}-{serial:04}",
    "{yy}/{long_serial:05}",
    "{yy}/{long_serial}",
    "{code}-{year}-{long_serial}",
    "S{year}-{long_serial}",
    "{year}-{long_serial:05}",
    "{yy}{long_serial:05}",
)


@dataclass(frozen=True)
class ItemHeading:
    """The drawn form of an item's heading."""

    numbering: str
    closed_mark: tuple[str, str]
    case_line: str
    access_line: str
    gap: str
    repeats_title: bool

    def printed_number(self, number: str | None) -> str | None:
        """Return an item's number as it is printed, None if it is not."""
        if "{n}" in self.numbering:
            return number
        return "1" if self.numbering.startswith("1.") else None

    @property
    def titled(self) -> bool:
        return "{title}" in self.numbering

    def __call__(self, renderer: ItemRenderer) -> str:
        """Return the heading of an item with the empty line after it."""
        item = renderer.item
        before, after = self.closed_mark if item.closed else ("", "")
        title = f"{before}{item.title}{after}"
        lines = [self.numbering.format(n=item.number, title=title)] if self.numbering else []
        if self.repeats_title and self.titled and not item.closed:
            lines.append(item.title)
        if self.access_line:
            lines.append(self.access_line.format(access="Lukket" if item.closed else "Åben"))
        if item.case_number:
            access = "Lukket" if item.closed else "Åbent"
            lines.append(self.case_line.format(case=item.case_number, access=access))
        return self.gap.join(lines) + "\n\n" if lines else ""


def draw_item_heading(random: Random) -> ItemHeading:
    """Draw a form of item heading, each of its properties by itself."""
    numbering = random.choice(NUMBERINGS)
    return ItemHeading(
        numbering=numbering,
        closed_mark=random.choice(CLOSED_MARKS),
        case_line=random.choice(CASE_LINES),
        access_line=random.choice(ACCESS_LINES) if numbering else "{access} sag",
        gap=random.choice(("\n", "\n\n")),
        repeats_title=random.random() < 0.15,
    )
