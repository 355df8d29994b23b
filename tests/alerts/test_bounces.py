"""Bounces stop the mails to an address."""

from io import BytesIO, StringIO, TextIOWrapper

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from minutes.alerts.links import Mail, message_id
from minutes.models import Digest, Subscriber, Subscription
from tests.following import ask, follow

pytestmark = pytest.mark.django_db


# Bounces

REPORT = """\
From: MAILER-DAEMON@eksempel.dk
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I am sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.eksempel.dk

Final-Recipient: rfc822; eva@eksempel.dk
Action: {action}
Status: {status}

--b
Content-Type: {kind}

Subject: Nyt
Message-ID:
 {message_id}

--b--
"""


def read(monkeypatch, report: str) -> str:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(report.encode())))
    out = StringIO()
    call_command("read_bounces", "-", stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_delivery_report_stops_the_address_once(sink, monkeypatch, kind):
    digest = Digest.objects.create(subscriber=follow().subscriber, due_at=timezone.now())
    values = {"kind": kind, "action": "failed", "status": "5.1.1"}
    forged = message_id(Mail("digest", digest.pk)).replace(f".{digest.pk}.", f".{digest.pk + 1}.")
    for fields in (
        {"message_id": forged},
        {"action": "delayed"},
        {"status": "4.2.2"},
        {"status": "5.7.1"},
    ):
        report = REPORT.format(**{**values, "message_id": message_id(Mail("digest", digest.pk)), **fields})
        assert "0 addresses stopped" in read(monkeypatch, report)
    report = REPORT.format(**values, message_id=message_id(Mail("digest", digest.pk)))
    assert read(monkeypatch, report) == "1 messages read, 1 mails of ours failed, 1 addresses stopped\n"
    assert "0 addresses stopped" in read(monkeypatch, report)
    assert Subscriber.objects.get().stopped_at


def test_a_mailbox_has_many_reports_and_other_mail(sink, tmp_path, client):
    ask(client)
    request = Subscription.objects.get()
    report = REPORT.format(
        kind="message/rfc822",
        action="failed",
        status="5.1.1",
        message_id=message_id(Mail("confirm", request.pk, 3)),
    )
    box = tmp_path / "mbox"
    box.write_text(
        f"From x Mon Nov 30 21:00:00 2026\n{report}\n\n"
        "From y Mon Nov 30 21:00:00 2026\nSubject: Ferie\n\nHej\n"
    )
    out = StringIO()
    call_command("read_bounces", str(box), stdout=out)
    assert out.getvalue() == "2 messages read, 1 mails of ours failed, 1 addresses stopped\n"
    assert not Subscriber.objects.exists()
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("read_bounces", str(tmp_path / "none"))
