"""FirstAgenda Publication: the JSON that its API returns for one meeting (`/api/agenda/dagsorden/{id}`).

The names of fields are those that public users of the API rely on; no published schema exists.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from minutes.documents.agendas import Agenda, AgendaItem, Field
from minutes.documents.source import DocumentError, SourceDocument
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
    number = _text(item, "Punktnummer") or _text(item, "Number")
    return AgendaItem(
        number=number.rstrip(".") or None,
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
