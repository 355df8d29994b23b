"""Messages of the Internet (.eml) and web pages saved in one file → the minutes in or attached to them."""

from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default as modern

from minutes.documents.encodings import plain_text
from minutes.documents.mail import Letter, attach, document_of, refuse_damaged
from minutes.documents.source import DocumentError, SourceDocument

_MOST_PARTS = 500


def convert(data: bytes) -> SourceDocument:
    """Return the minutes in or attached to a message, RFC 5322; raises `DocumentError` if it is damaged."""
    return document_of(_read(data), "eml")


def _read(data: bytes) -> Letter:
    try:
        message = message_from_bytes(data, policy=modern)
        letter = Letter(subject=str(message["Subject"] or ""))
        for count, part in enumerate(_leaves(message)):
            if count >= _MOST_PARTS:
                raise DocumentError(
                    "E-mailen har for mange vedhæftede filer. Gem referatet fra den, og indlæs det."
                )
            _read_part(part, letter)
    except (MessageError, LookupError, ValueError, AttributeError, RecursionError):
        refuse_damaged()
    return letter


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the parts of a message that have content, those of messages inside it too."""
    for part in message.walk():
        if isinstance(part, EmailMessage) and not part.is_multipart():
            yield part


def _read_part(part: EmailMessage, letter: Letter) -> None:
    kind = part.get_content_type()
    name = part.get_filename() or ""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return
    is_attached = part.get_content_disposition() == "attachment" or bool(name)
    if kind in {"text/html", "text/plain"} and not is_attached:
        text = plain_text(data, part.get_content_charset())
        if kind == "text/html":
            letter.html = letter.html or text
        else:
            letter.plain = letter.plain or text
    else:
        attach(letter, name, data)
