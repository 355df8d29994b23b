"""A meeting → its minutes in a form, and every fact with its place in the text."""

from typing import Any

from synthetic.agenda import Meeting
from synthetic.forms.form import Form
from synthetic.forms.items import Desk
from synthetic.forms.press import Press
from synthetic.towns import Town


def printed(form: Form, town: Town, meeting: Meeting) -> tuple[str, dict[str, Any]]:
    """The text of the minutes, and the fields of the `Document` that a perfect reader would give."""
    press = Press(form.layout.page)
    desks = []
    pages = []
    for item in meeting.items:
        if form.layout.new_pages and press.length:
            press.turn()
        pages.append(press.page)
        desk = Desk(town, meeting, form.layout, press, item)
        desk.print()
        desks.append(desk)
    header = form.layout.header(town, meeting, pages)
    text = header.text + press.text()
    fields = {
        "committee": meeting.committee.name,
        "committee_as_printed": meeting.committee.name,
        "date": meeting.day.isoformat(),
        **header.fields,
        "items": tuple(desk.record(text, len(header.text)) for desk in desks),
    }
    return text, fields
