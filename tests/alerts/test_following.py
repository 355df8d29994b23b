"""Following a page: from the form to the last mail, and the links to confirm."""

import datetime
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from minutes.alerts import following
from minutes.alerts.delivery import send_due
from minutes.models import Subscriber, Subscription
from tests.following import (
    COMMITTEE,
    DAY,
    FORM,
    HOUR,
    ask,
    follow,
    link_in,
    make_due,
    publish_now,
)
from tests.mail_sink import text_of_mail
from tests.pages import text_of

pytestmark = pytest.mark.django_db


# The whole way


def test_a_page_is_followed_confirmed_and_ended(client, sink, new):
    page = client.get(COMMITTEE)
    assert f'name="side" value="{COMMITTEE}"' in page.content.decode()
    assert "Se i din mail" in text_of(client.get(ask(client)["Location"]))
    assert send_due() == (1, 0, 0)
    (mail,) = sink.mails
    assert (mail["To"], mail["From"]) == ("eva@eksempel.dk", "arkiv@eksempel.dk")
    assert "Beskæftigelsesudvalget, Randers" in text_of_mail(mail)
    confirm = link_in(mail)
    assert "Beskæftigelsesudvalget, Randers" in text_of(client.get(confirm))
    assert not Subscription.objects.confirmed().exists()
    assert "det er bekræftet" in text_of(client.post(confirm, follow=True))

    publish_now(new)
    make_due()
    assert send_due() == (0, 0, 1)
    digest = sink.mails[-1]
    assert digest["Subject"] == "Beskæftigelsesudvalget, Randers: 2 nye punkter"
    for text in (text_of_mail(digest), text_of_mail(digest, "html")):
        assert "Skolevej" in text
        assert "Beskæftigelsesudvalget vedtog det: 6 stemte for, 1 imod" in text
        assert f"https://referater.eksempel.dk{new.get_absolute_url()}" in text
        assert "Cykelsti" not in text
    assert "<a href=" in text_of_mail(digest, "html")

    (end,) = re.findall(r"<https://referater\.eksempel\.dk(.+)>", digest["List-Unsubscribe"])
    assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert client.get(end).status_code == 200
    assert Subscriber.objects.exists()
    assert client.post(end, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscriber.objects.exists()
    assert "Du er afmeldt" in text_of(client.post(end))
    assert not client.cookies


def test_mails_about_an_english_page_are_english_and_lead_to_english_pages(client, sink, new):
    page = client.get(f"/en{COMMITTEE}").content.decode()
    assert 'action="/en/om/foelg/"' in page
    client.post(
        "/en/om/foelg/",
        {"side": f"/en{COMMITTEE}", "email": "eva@eksempel.dk", "frequency": "daily", "hour": "7"},
    )
    assert Subscription.objects.get().address == COMMITTEE
    send_due()
    client.post(link_in(sink.mails[0], "/en/om/foelg/bekraeft/"))
    make_due(sent_until=timezone.now() - DAY)
    send_due()
    digest = sink.mails[-1]
    assert "2 new items" in digest["Subject"]
    assert f"https://referater.eksempel.dk/en{new.get_absolute_url()}" in text_of_mail(digest)
    assert '<html lang="en">' in text_of_mail(digest, "html")


def test_nothing_is_followed_without_a_mail_server(client):
    assert client.get(f"{FORM}?side={COMMITTEE}").status_code == 404
    assert "på e-mail" not in text_of(client.get(COMMITTEE))
    assert send_due() == (0, 0, 0)
    with pytest.raises(CommandError, match="EMAIL_HOST"):
        call_command("send_digests")


def test_the_command_sends_what_is_due_and_deletes_what_is_old(sink):
    follow()
    old = Subscription.objects.create(
        subscriber=Subscriber.objects.create(email="x@eksempel.dk"),
        address="/randers/",
        requested_at=timezone.now() - 4 * DAY,
    )
    Subscriber.objects.filter(pk=old.subscriber_id).update(created_at=timezone.now() - 4 * DAY)
    out = StringIO()
    call_command("send_digests", stdout=out)
    assert out.getvalue() == "1 digests, 0 mails to confirm and 0 links sent\n"
    assert [subscriber.email for subscriber in Subscriber.objects.all()] == ["eva@eksempel.dk"]


def test_workers_send_what_is_due_every_minute():
    from minutes.alerts.tasks import app

    periodic = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert periodic["send_alerts"] == "* * * * *"
    assert "delete_old_alerts" in periodic


def test_a_mail_server_that_cannot_be_reached_loses_nothing(sink, settings):
    follow()
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    with pytest.raises(CommandError, match="cannot be reached"):
        call_command("send_digests")
    settings.EMAIL_PORT = port
    assert send_due().digests == 1


# Confirmation


def test_links_are_signed_and_expire(client, sink, monkeypatch):
    ask(client)
    send_due()
    confirm = link_in(sink.mails[0])
    assert client.post(confirm.replace(":", ":x", 1)).status_code == 404
    Subscription.objects.update(requested_at=timezone.now() - 4 * DAY)
    following.delete_old()
    expired = client.post(confirm)
    assert expired.status_code == 404
    assert "Linket virker ikke længere" in text_of(expired)
    for page in ("mine", "afmeld", "bekraeft"):
        assert client.get(f"{FORM}{page}/1:x:y/").status_code == 404


def test_new_choices_for_a_page_replace_the_old_ones_when_they_are_confirmed(client, sink):
    follow(hour=7)
    ask(client, email="EVA@eksempel.dk", frequency="weekly", hour="9")
    assert Subscription.objects.confirmed().get().hour == 7
    send_due()
    client.post(link_in(sink.mails[0]))
    subscription = Subscription.objects.get()
    assert (subscription.frequency, subscription.hour) == ("weekly", 9)
    assert subscription.sent_until > timezone.now() - HOUR


def test_digests_are_due_at_the_hour_by_danish_time():
    daily, weekly = Subscription(hour=7), Subscription(hour=7, frequency="weekly")
    saturday_morning = datetime.datetime(2026, 3, 28, 6, 30, tzinfo=datetime.UTC)
    assert (
        daily.following_slot(saturday_morning).astimezone(datetime.UTC).isoformat()
        == "2026-03-29T05:00:00+00:00"
    )
    assert (
        weekly.following_slot(saturday_morning).astimezone(datetime.UTC).isoformat()
        == "2026-03-30T05:00:00+00:00"
    )
    winter = datetime.datetime(2026, 12, 1, 5, 59, tzinfo=datetime.UTC)
    assert daily.following_slot(winter).astimezone(datetime.UTC).isoformat() == "2026-12-01T06:00:00+00:00"
