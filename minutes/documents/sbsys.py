"""SBSYS: the folder, as a ZIP file, that SBSYS (eDagsorden) writes when an agenda is published.

It has `PublicationN/PublicationN.xml` and the enclosures. There is no public schema: the names of fields are
those of a published example.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import PurePosixPath, PureWindowsPath

from lxml.etree import _Element as Element
from lxml.etree import tostring

from minutes.documents.agendas import Agenda, AgendaItem, Field
from minutes.documents.fields import text_at, time_at
from minutes.documents.markup import parse_xml
from minutes.documents.packages import Package, zip_of
from minutes.documents.source import DocumentError, Part, SourceDocument
from minutes.documents.web import fragment

# `PublicationTypeAsEnum`: the kind of the publication.
_MINUTES = "Minutes"
_DRAFT = "Draft"
_LABELS = {"Attending": "Til stede", "NotAttending": "Fraværende"}
_MEMBERS = "Medlemmer"


def document_in(package: Package, name: str) -> SourceDocument:
    """Return the agenda of the publication whose XML file is `name`, with its enclosures.

    Of several agendas each becomes an attachment, a publication of its own. Raises `DocumentError` if the XML
    is damaged, or lacks the committee or the time of a meeting.
    """
    root = parse_xml(package.read(name))
    agendas = root.findall("Agendas/Agenda")
    if root.tag != "Publication" or not agendas:
        raise DocumentError("XML-filen i ZIP-filen er ikke en dagsorden eller et referat fra SBSYS.")
    if len(agendas) > 1:
        return SourceDocument("", format="sbsys", attachments=tuple(_apart(root, agendas, package, name)))
    return _document(agendas[0], text_at(root, "PublicationTypeAsEnum"), package, PurePosixPath(name).parent)


def _apart(root: Element, agendas: Sequence[Element], package: Package, name: str) -> Iterator[Part]:
    """Yield a publication of its own for each agenda, with its enclosures."""
    folder = PurePosixPath(name).parent
    for number, agenda in enumerate(agendas, start=1):
        publication = deepcopy(root)
        everything = publication.find("Agendas")
        assert everything is not None
        everything[:] = [deepcopy(agenda)]
        members = {name: tostring(publication, encoding="utf-8", xml_declaration=True)}
        for enclosure in agenda.iterfind("Items/Item/Enclosures/Enclosure"):
            member = _member(enclosure, folder)
            if member in package:
                members[member] = package.read(member)
        yield Part(f"{PurePosixPath(name).stem}-{number}.zip", zip_of(members))


def _document(agenda: Element, kind: str, package: Package, folder: PurePosixPath) -> SourceDocument:
    committee = text_at(agenda, "Committee/Name") or text_at(agenda, "Name")
    begin = time_at(agenda, "Meeting/When")
    if not committee or begin is None:
        raise DocumentError("Publikationen fra SBSYS mangler udvalg eller mødetidspunkt.")
    end = time_at(agenda, "Meeting/Until")
    parts, notes = _parts(agenda, package, folder)
    return Agenda(
        committee=committee,
        date=begin.date(),
        start_time=begin.time() if begin.time().hour else None,
        end_time=end.time() if end and end.date() == begin.date() and end > begin else None,
        place=text_at(agenda, "Meeting/Where"),
        people=_people(agenda),
        minutes=kind == _MINUTES,
        final=kind != _DRAFT,
        items=[_item(item) for item in agenda.iterfind("Items/Item")],
    ).document("sbsys", parts, notes)


def _people(agenda: Element) -> dict[str, list[str]]:
    """Return the members by whether they took part; those of whom nothing is stated are only members."""
    people: dict[str, list[str]] = {_MEMBERS: [], **{label: [] for label in _LABELS.values()}}
    for member in agenda.iterfind("Meeting/Members/MeetingMember"):
        name = text_at(member, "Name")
        if name:
            label = _LABELS.get(text_at(member, "ParticipationStatusAsText"), _MEMBERS)
            people[label].append(name)
    return people


def _item(item: Element) -> AgendaItem:
    number = text_at(item, "Number")
    return AgendaItem(
        number=number or None,
        title=text_at(item, "Caption"),
        case_number=text_at(item, "Case/Number") or None,
        # What is not said to be public is not.
        closed=text_at(item, "IsPublic") != "True",
        fields=[
            Field(
                heading=text_at(field, "Caption"),
                content=fragment(text_at(field, "Content")),
                decision=text_at(field, "IsFeedback") == "True",
            )
            for field in item.iterfind("Fields/ItemField")
        ],
        attachments=[
            text_at(enclosure, "Name") or text_at(enclosure, "FileName")
            for enclosure in item.iterfind("Enclosures/Enclosure")
        ],
    )


def _parts(agenda: Element, package: Package, folder: PurePosixPath) -> tuple[list[Part], list[str]]:
    """Return the enclosures that the ZIP file has, and a note for each that it lacks."""
    parts: list[Part] = []
    notes: list[str] = []
    for item in agenda.iterfind("Items/Item"):
        for enclosure in item.iterfind("Enclosures/Enclosure"):
            title = text_at(enclosure, "Name") or text_at(enclosure, "FileName")
            member = _member(enclosure, folder)
            if member in package:
                suffix = PurePosixPath(member).suffix
                name = title if title.endswith(suffix) else f"{title}{suffix}"
                parts.append(Part(name, package.read(member), item=_item_number(item, enclosure)))
            else:
                notes.append(f"Bilaget ”{title}” er ikke i ZIP-filen.")
    return parts, notes


def _item_number(item: Element, enclosure: Element) -> str:
    """Return the number of an enclosure's item; "" if it has none, or the enclosure says another."""
    number = text_at(item, "Number")
    return number if text_at(enclosure, "ItemNumber") in {"", number} else ""


def _member(enclosure: Element, folder: PurePosixPath) -> str:
    """Return the name in the ZIP file of an enclosure's file."""
    path = PureWindowsPath(text_at(enclosure, "InstantiationFilePathRelative"))
    return str(folder.joinpath(*path.parts))
