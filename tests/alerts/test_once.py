"""A digest is sent once, whatever fails, and never to an address that stopped."""

import pytest
from django.utils import timezone

from minutes.alerts import delivery
from minutes.alerts.delivery import send_due
from minutes.models import Digest, Subscriber
from tests.following import HOUR, ask, follow, link_in, make_due
from tests.mail_sink import text_of_mail

pytestmark = pytest.mark.django_db


# Once


class Killed(BaseException):
    """The end of the process."""


def test_a_process_killed_before_the_claim_is_committed_sends_the_mail_later(sink, monkeypatch):
    follow()

    def killed(*_arguments):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "digest_message", killed)
        with pytest.raises(Killed):
            send_due()
    assert send_due().digests == 1
    assert len(sink.mails) == 1


def test_a_process_killed_while_it_sends_never_sends_the_mail_twice(sink, monkeypatch):
    follow()
    send = delivery._Server.send

    def killed(server, message):
        send(server, message)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(delivery._Server, "send", killed)
        with pytest.raises(Killed):
            send_due()
    assert send_due().digests == 0
    assert Digest.objects.get().sent_at is None
    make_due()
    assert send_due().digests == 0
    assert len(sink.mails) == 1


def test_a_temporary_refusal_is_tried_again_with_the_news_since_then(sink):
    follow()
    sink.data_answer = "451 4.7.1 Try again later"
    assert send_due().digests == 0
    sink.data_answer = ""
    assert send_due().digests == 0
    assert send_due(timezone.now() + HOUR).digests == 1
    assert "Skolevej" in text_of_mail(sink.mails[-1])


@pytest.mark.parametrize(
    ("recipient", "data", "stops"),
    [
        ("550 5.1.1 No such user", "", True),
        ("550 No such user", "", True),
        ("550 5.7.1 Rejected by policy", "", False),
        ("", "550 5.1.1 No such user", True),
        ("", "554 5.7.1 Looks like spam", False),
    ],
)
def test_an_address_that_does_not_exist_stops_and_a_policy_does_not(sink, recipient, data, stops):
    follow()
    sink.recipient_answer, sink.data_answer = recipient, data
    assert send_due().digests == 0
    assert (Subscriber.objects.get().stopped_at is not None) == stops
    sink.recipient_answer = sink.data_answer = ""
    make_due()
    assert send_due().digests == (not stops)


def test_a_stopped_address_starts_again_when_its_owner_confirms(client, sink):
    follow()
    Subscriber.objects.update(stopped_at=timezone.now())
    ask(client)
    send_due()
    client.post(link_in(sink.mails[-1]))
    assert Subscriber.objects.get().stopped_at is None
