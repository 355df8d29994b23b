"""Renders a meeting as minutes in a format."""

from itertools import pairwise
from typing import Any

import msgspec

from synthetic.formats import MinutesFormat
from synthetic.formats.item_renderer import ItemRenderer
from synthetic.formats.printer import Printer
from synthetic.meetings import Meeting
from synthetic.municipalities import Municipality


def render_meeting(
    minutes_format: MinutesFormat, municipality: Municipality, meeting: Meeting
) -> tuple[str, dict[str, Any]]:
    """Return the text, and the fields of the `Document` that a perfect reader returns.

    An item ends where the next one starts.
    """
    layout = minutes_format.layout
    printer = Printer(layout.page_length)
    renderers = []
    pages = []
    starts = []
    for item in meeting.items:
        if layout.items_start_pages and printer.length:
            printer.start_page()
        pages.append(printer.page)
        starts.append(printer.length)
        renderer = ItemRenderer(municipality, meeting, layout, printer, item)
        renderer.render()
        renderers.append(renderer)
    header = layout.header(municipality, meeting, pages)
    text = header.text + printer.text()
    offset = len(header.text)
    fields = {
        "committee": meeting.committee.name,
        "committee_as_printed": meeting.committee.name,
        "date": meeting.day.isoformat(),
        **header.fields,
        "items": tuple(
            msgspec.structs.replace(renderer.to_record(text, offset), start=start + offset, end=end + offset)
            for renderer, (start, end) in zip(renderers, pairwise([*starts, printer.length]), strict=True)
        ),
    }
    return text, fields
