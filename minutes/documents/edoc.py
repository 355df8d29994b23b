"""eDoc: the folder that eDoc writes when a meeting is published, as a ZIP file.

It has `eDocAgendaPublishing.xml`, a PDF of the whole document and one of each item, and the attachments. The
names of fields are from a published example.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePosixPath

from lxml.etree import _Element as Element

from minutes.documents import pdf
from minutes.documents.fields import text_at, time_at
from minutes.documents.markup import parse_xml
from minutes.documents.packages import Package
from minutes.documents.source import DocumentError, Part, SourceDocument
from minutes.documents.stated import StatedFacts, StatedItem

# "&#xC;": control characters, which eDoc writes and XML forbids.
_CONTROL = re.compile(rb"&#(?:x0?[0-8bcef]|x1[0-9a-f]|[0-8]|1[124-9]|2[0-9]|3[01]);", re.IGNORECASE)
_OPEN = "Åben dagsorden"
_TO_BE_PUBLISHED = "SKAL PUBLICERES"
# `MeetingState` of minutes that are final; all others are agendas and drafts.
_FINAL = "Referat endeligt godkendt"
# So much of a title finds its line in the PDF; a long one goes on on the next line.
_TITLE_BEGINS = 30


def document_in(package: Package, name: str) -> SourceDocument:
    """Return the text of the open agenda's PDF and what the publication's XML file, called `name`, states.

    Raises `DocumentError` if the XML is damaged, has no open agenda, or the PDF is missing or has no text.
    """
    root = parse_xml(_CONTROL.sub(b" ", package.read(name)))
    agendas = root.iterfind("MeetingAgendaTypes/MeetingAgendaType")
    agenda = next((one for one in agendas if text_at(one, "AgendaType") == _OPEN), None)
    if root.tag != "Meeting" or agenda is None:
        raise DocumentError("Mappen fra eDoc har ingen åben dagsorden.")
    folder = PurePosixPath(name).parent
    member = str(folder / text_at(agenda, "PDFDocument"))
    if member not in package:
        raise DocumentError(f"Mappen fra eDoc mangler referatet, {text_at(agenda, 'PDFDocument')}.")
    document = pdf.convert(package.read(member))
    items = sorted(agenda.iterfind("MeetingAgendaItems/MeetingAgendaItem"), key=_number)
    parts, notes = _parts(items, package, folder)
    stated = _stated(root, items, document.text)
    if items and not stated.items:
        notes.append("Punkterne i eDocs XML-fil passer ikke med dem i PDF-filen; de er læst af PDF-filen.")
    return replace(
        document,
        format="edoc",
        attachments=tuple(parts),
        notes=(*document.notes, *notes),
        stated=stated,
    )


def _stated(root: Element, items: Sequence[Element], text: str) -> StatedFacts:
    state = text_at(root, "MeetingState")
    moment = time_at(root, "MeetingDate")
    return StatedFacts(
        committee=text_at(root, "Committee") or None,
        date=moment.date() if moment else None,
        start_time=moment.time() if moment and moment.hour else None,
        minutes=state.startswith("Referat") if state else None,
        final=state == _FINAL,
        items=tuple(_items(items, text)),
    )


def _items(items: Sequence[Element], text: str) -> list[StatedItem]:
    """Return the items with the places of their headings, or none if one is not found in its order."""
    stated: list[StatedItem] = []
    for item in items:
        number, title = text_at(item, "AgendaItemNumber"), text_at(item, "Document/Title")
        begins = re.escape(" ".join(title.split())[:_TITLE_BEGINS])
        heading = re.compile(rf"^(?:Punkt )?{re.escape(number)}[.:]? {begins}", re.MULTILINE | re.IGNORECASE)
        # The list of contents has them too, above the items.
        places = [match.start() for match in heading.finditer(text)]
        if not title or not places:
            return []
        stated.append(StatedItem(places[-1], number, title))
    in_order = all(one.start < next_one.start for one, next_one in pairwise(stated))
    return stated if in_order else []


def _parts(items: Sequence[Element], package: Package, folder: PurePosixPath) -> tuple[list[Part], list[str]]:
    """Return the attachments that are to be published, and a note for each whose file is missing."""
    parts: list[Part] = []
    notes: list[str] = []
    for item, attachment in _attachments(items):
        title, file = text_at(attachment, "Title"), text_at(attachment, "PDFDocument")
        member = str(folder / file)
        if file and member in package:
            suffix = PurePosixPath(file).suffix.casefold()
            parts.append(
                Part(f"{title}{suffix}", package.read(member), item=text_at(item, "AgendaItemNumber"))
            )
        else:
            notes.append(f"Bilaget ”{title}” er ikke i mappen fra eDoc.")
    return parts, notes


def _attachments(items: Sequence[Element]) -> Iterator[tuple[Element, Element]]:
    for item in items:
        for attachment in item.iterfind("Document/Attachments/Attachment"):
            if text_at(attachment, "PublishingType") == _TO_BE_PUBLISHED:
                yield item, attachment


def _number(item: Element) -> int:
    number = text_at(item, "AgendaItemNumber")
    return int(number) if number.isdecimal() else 0
