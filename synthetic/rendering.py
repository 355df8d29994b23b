"""Renders a meeting as minutes in a format."""

from typing import Any

from synthetic.formats import MinutesFormat
from synthetic.formats.item_renderer import ItemRenderer
from synthetic.formats.printer import Printer
from synthetic.meetings import Meeting
from synthetic.municipalities import Municipality


def render_meeting(
    minutes_format: MinutesFormat, municipality: Municipality, meeting: Meeting
) -> tuple[str, dict[str, Any]]:
    """Return the text, and the fields of the `Document` that a perfect reader returns."""
    layout = minutes_format.layout
    printer = Printer(layout.page_length)
    renderers = []
    pages = []
    for item in meeting.items:
        if layout.items_start_pages and printer.length:
            printer.start_page()
        pages.append(printer.page)
        renderer = ItemRenderer(municipality, meeting, layout, printer, item)
        renderer.render()
        renderers.append(renderer)
    header = layout.header(municipality, meeting, pages)
    text = header.text + printer.text()
    fields = {
        "committee": meeting.committee.name,
        "committee_as_printed": meeting.committee.name,
        "date": meeting.day.isoformat(),
        **header.fields,
        "items": tuple(renderer.to_record(text, len(header.text)) for renderer in renderers),
    }
    return text, fields
