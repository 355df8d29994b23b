"""FirstAgenda Publication: the JSON that its API returns for one meeting (`/api/agenda/dagsorden/{id}`).

The names of fields are those that public users of the API rely on; no published schema exists.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from minutes.documents.agendas import Agenda, AgendaItem, Field
from minutes.documents.packages import Package
from minutes.documents.source import DocumentError, Part, SourceDocument
from minutes.documents.web import fragment

_DENMARK = ZoneInfo("Europe/Copenhagen")
_ITEMS = "Dagsordenpunkter"


def is_meeting(value: object) -> bool:
    """Return True if a JSON value is a meeting's agenda or minutes."""
    return isinstance(value, dict) and isinstance(value.get(_ITEMS), list) and "Udvalg" in value


def convert(data: bytes) -> SourceDocument:
    """Return the meeting in a JSON file; raises `DocumentError` if it is none or lacks committee or time."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise DocumentError("Filen er beskadiget JSON. Hent den på ny, og prøv igen.") from None
    if not is_meeting(value):
        raise DocumentError(
            "Filen er JSON, men ikke et møde fra FirstAgenda. Indlæs svaret på /api/agenda/dagsorden/, eller "
            "gem referatet som PDF."
        )
    return _agenda(value).document("firstagenda")


class _Attachment(NamedTuple):
    """An attachment that the JSON names, and the names without ending that its file may have."""

    item: str
    title: str
    stems: frozenset[str]


def document_in(package: Package, name: str) -> SourceDocument:
    """Return the meeting in the JSON file `name` of a ZIP file, with the files that are its attachments.

    A file is that of an attachment by the attachment's id or name. Other files belong to the meeting.
    """
    data = package.read(name)
    files = [other for other in package.names if other != name and not other.endswith("/")]
    parts: list[Part] = []
    for attachment in _attachments(json.loads(data)):
        file = _file_of(attachment, files)
        if file is not None:
            files.remove(file)
            suffix = PurePosixPath(file).suffix
            title = attachment.title.removesuffix(suffix)
            parts.append(Part(f"{title}{suffix}", package.read(file), item=attachment.item))
    parts += [Part(PurePosixPath(file).name, package.read(file)) for file in files]
    return replace(convert(data), attachments=tuple(parts))


def files_of(data: bytes, names: Iterable[str]) -> set[str]:
    """Return those of the files called `names` that are attachments of a meeting in JSON; none of others."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return set()
    files = list(names)
    attachments = _attachments(value) if is_meeting(value) else ()
    return {file for attachment in attachments if (file := _file_of(attachment, files)) is not None}


def _attachments(value: Mapping[str, Any]) -> list[_Attachment]:
    """Return the attachments of a meeting; a name that several have does not identify a file."""
    files = [(item, file) for item in _records(value, _ITEMS) for file in _records(item, "Bilag")]
    names = Counter(stem for _item, file in files for stem in _stems(file))
    return [
        _Attachment(
            _number(item),
            _text(file, "Navn"),
            frozenset(
                {_text(file, "Id").casefold(), *(stem for stem in _stems(file) if names[stem] == 1)} - {""}
            ),
        )
        for item, file in files
        if _text(file, "Navn")
    ]


def _stems(file: Mapping[str, Any]) -> set[str]:
    title = _text(file, "Navn").casefold()
    return {title, PurePosixPath(title).stem}


def _file_of(attachment: _Attachment, files: Iterable[str]) -> str | None:
    """Return the only file with one of the attachment's names."""
    matches = [file for file in files if PurePosixPath(file).stem.casefold() in attachment.stems]
    return matches[0] if len(matches) == 1 else None


def _number(item: Mapping[str, Any]) -> str:
    return (_text(item, "Punktnummer") or _text(item, "Number")).rstrip(".")


def _agenda(value: Mapping[str, Any]) -> Agenda:
    meeting = _record(value, "Moede")
    committee = _text(_record(value, "Udvalg"), "Navn")
    begin = _time(meeting, "MeetingBeginUtc") or _time(meeting, "Dato")
    if not committee or begin is None:
        raise DocumentError("Mødet fra FirstAgenda mangler udvalg eller mødedato.")
    end = _time(meeting, "MeetingEndUtc")
    name = _text(meeting, "Navn").casefold()
    return Agenda(
        committee=committee,
        date=begin.date(),
        start_time=begin.time() if begin.hour or begin.minute else None,
        end_time=end.time() if end and end.date() == begin.date() and end > begin else None,
        place=_text(meeting, "Sted"),
        people={},
        minutes="referat" in name or "protokol" in name if name else None,
        supplement=bool(meeting.get("IsSupplementaryAgenda")),
        final="udkast" not in name,
        items=[_item(item) for item in value[_ITEMS] if isinstance(item, dict)],
    )


def _item(item: Mapping[str, Any]) -> AgendaItem:
    return AgendaItem(
        number=_number(item) or None,
        title=_text(item, "Navn") or _text(item, "Caption"),
        case_number=_text(item, "SagsNummer") or _text(item, "CaseNumber") or None,
        # What is not said to be open is closed.
        closed=item.get("IsOpen") is not True,
        fields=[_field(field) for field in _records(item, "Felter")],
        attachments=[_text(file, "Navn") for file in _records(item, "Bilag") if _text(file, "Navn")],
    )


def _field(field: Mapping[str, Any]) -> Field:
    html = _text(field, "Html")
    content = fragment(html) if html else SourceDocument(_text(field, "Tekst"))
    return Field(_text(field, "Navn"), content)


def _record(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    record = value.get(key)
    return record if isinstance(record, dict) else {}


def _records(value: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    records = value.get(key)
    return [record for record in records if isinstance(record, dict)] if isinstance(records, list) else []


def _text(value: Mapping[str, Any], key: str) -> str:
    """Return a text or a number as text; "" for what is neither."""
    field = value.get(key)
    return str(field).strip() if isinstance(field, str | int) and not isinstance(field, bool) else ""


def _time(value: Mapping[str, Any], key: str) -> datetime | None:
    """Return a time as clocks in Denmark showed it; one without an offset is that already."""
    try:
        moment = datetime.fromisoformat(_text(value, key))
    except ValueError:
        return None
    return moment.astimezone(_DENMARK).replace(tzinfo=None) if moment.tzinfo else moment
