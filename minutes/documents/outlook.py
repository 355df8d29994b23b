"""Messages that Outlook saved (.msg) → the minutes in or attached to them."""

from compressed_rtf import decompress
from oxmsg import Message

from minutes.documents import rich_text
from minutes.documents.mail import Letter, attach, document_of, refuse_damaged
from minutes.documents.source import SourceDocument

_MOST_PARTS = 500


# PidTagRtfCompressed, MS-OXPROPS
_RICH_TEXT = 0x1009


def convert(data: bytes) -> SourceDocument:
    """Return the minutes in or attached to a message; raises `DocumentError` if it is damaged."""
    return document_of(_read(data), "msg")


def _read(data: bytes) -> Letter:
    try:
        message = Message.load(data)
        letter = Letter(message.subject, message.html_body or "", message.body or "")
        if not letter.html and not letter.plain:
            letter.plain = _rich_text(message)
        for attachment in message.attachments[:_MOST_PARTS]:
            attach(letter, attachment.file_name, attachment.file_bytes)
    # Any error of the library is one of the file: its sizes and offsets are not to be trusted.
    except Exception:
        refuse_damaged()
    return letter


def _rich_text(message: Message) -> str:
    """Return the text of a message that has it as RTF only, as Outlook's own format stores it."""
    compressed = message.properties.binary_prop_value(_RICH_TEXT)
    return rich_text.convert(decompress(compressed)).text if compressed else ""
