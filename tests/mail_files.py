"""Messages with attachments, for tests of what is read from them."""

from collections.abc import Mapping
from email.message import EmailMessage


def message(body: str, files: Mapping[str, bytes], subject: str = "Hilsen", html: str = "") -> bytes:
    """Return a message of the Internet with these files attached."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@kommune.dk", "b@kommune.dk", subject
    mail.set_content(body)
    if html:
        mail.add_alternative(html, subtype="html")
    for name, data in files.items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()
