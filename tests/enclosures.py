"""Publications of SBSYS with files, imported for Randers: for tests of attachments."""

from collections.abc import Iterable
from html import escape

from minutes.importer import Overrides, import_upload
from minutes.models import EnclosedFile, Meeting
from minutes.publishing import publish
from tests.documents import randers
from tests.vendor_files import agenda, enclosure, field, item, sbsys

NUMBER = "010203-1234"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 100


def publication(
    files: dict[str, bytes | str],
    *,
    of_closed: dict[str, bytes | str] | None = None,
    more: str = "",
    text: str = "<p>Stien bliver anlagt.</p>",
) -> bytes:
    """Return a publication with the open item 1, which has `files`, and the closed item 2."""
    of_closed = of_closed or {}
    items = (
        item(
            1,
            "Cykelsti ved havnen",
            field("Sagsfremstilling", text),
            field("Beslutning", f"<p>Godkendt.</p>{more}", decision=True),
            enclosures=_enclosures(files, 1),
        ),
        item(
            2,
            "Salg af grund",
            field("Beslutning", "<p>Solgt.</p>", decision=True),
            public=False,
            enclosures="".join(
                enclosure(*map(escape, (name.partition(".")[0], name)), 2) for name in of_closed
            ),
        ),
    )
    members = {
        f"Publication7/Enclosures/{name}": content.encode() if isinstance(content, str) else content
        for name, content in {**files, **of_closed}.items()
    }
    return sbsys(agenda(*items), more=members)


def _enclosures(names: Iterable[str], number: int) -> str:
    return "".join(enclosure(escape(name.partition(".")[0]), escape(name), number) for name in names)


def meeting_of(data: bytes, name: str = "Publication7.zip", *, public: bool = True) -> Meeting:
    """Import a document of Randers; publish its meeting, or accept it as a new version."""
    _run, [result] = import_upload([(name, data)], Overrides(municipality=randers()), None)
    assert result.meeting_id, result
    meeting = Meeting.objects.with_places().get(pk=result.meeting_id)
    if public and meeting.state == "draft":
        publish(meeting)
        meeting.refresh_from_db()
    return meeting


def enclosed(name: str) -> EnclosedFile:
    """Return the newest file of this name."""
    file = EnclosedFile.objects.filter(name=name).order_by("-pk").first()
    assert file is not None
    return file
