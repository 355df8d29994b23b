"""One's subscriptions, and the pages of the staff about them."""

import pytest
import structlog
from django.utils import timezone

from archive.checks import check_mail
from minutes.alerts.delivery import send_due
from minutes.models import Subscriber, Subscription
from minutes.models.rights import EDITOR
from tests.filled import staff
from tests.following import COMMITTEE, DAY, FORM, SEARCH, ask, follow, link_in, publish_now
from tests.pages import text_of

pytestmark = pytest.mark.django_db


# One's subscriptions


def test_subscriptions_are_changed_ended_and_deleted_by_the_link_in_a_mail(client, sink):
    follow()
    second = follow(SEARCH)
    ask(client, side="", email="Eva@eksempel.dk")
    assert send_due(timezone.now() - 2 * DAY).links == 1
    mine = link_in(sink.mails[-1])
    assert "Søgning: havnebad" in text_of(client.get(mine))
    form = {"subscription": second.pk, "frequency": "weekly", "hour": "18"}
    assert client.post(mine, form | {"hour": "x", "act": "change"}).status_code == 400
    assert "gemt" in text_of(client.post(mine, form | {"act": "change"}, follow=True))
    second.refresh_from_db()
    assert (second.frequency, second.hour) == ("weekly", 18)
    assert second.next_at > timezone.now()
    assert "stoppet" in text_of(client.post(mine, form | {"act": "end"}, follow=True))
    assert client.post(mine, form | {"act": "end"}).status_code == 404
    assert [s.address for s in Subscription.objects.all()] == [COMMITTEE]
    assert "Du er afmeldt" in text_of(client.post(mine, {"act": "delete"}))
    assert not Subscriber.objects.exists()
    assert client.get(mine).status_code == 404


def test_no_link_is_sent_to_an_address_that_follows_nothing(client, sink):
    ask(client, side="")
    assert send_due() == (0, 0, 0)


def test_the_subscriptions_of_another_cannot_be_changed(client, sink):
    follow()
    other = follow(email="bo@eksempel.dk")
    ask(client, side="")
    send_due()
    mine = next(link_in(mail) for mail in sink.mails if mail["To"] == "eva@eksempel.dk")
    form = {"subscription": other.pk, "frequency": "weekly", "hour": "18"}
    assert client.post(mine, form | {"act": "change"}).status_code == 404
    assert client.post(mine, form | {"act": "end"}).status_code == 404


def test_the_notice_about_personal_data_tells_what_is_stored(client, sink):
    assert "Følger du en side på e-mail" in text_of(client.get("/om/persondata/"))


def test_production_warns_about_a_mail_server_that_cannot_be_used(settings):
    assert check_mail(None) == []
    settings.EMAIL_HOST, settings.EMAIL_HOST_USER, settings.EMAIL_USE_TLS = "mx", "arkiv", False
    settings.SITE_URL = "http://x/y"
    messages = " ".join(str(warning.msg) for warning in check_mail(None))
    for name in ("DEFAULT_FROM_EMAIL", "SITE_URL", "EMAIL_USE_TLS"):
        assert name in messages


# Staff


def test_staff_preview_the_mail_of_a_page(client, new):
    publish_now(new)
    client.force_login(staff("ane", EDITOR))
    assert "Mails til følgere" in text_of(client.get("/admin/"))
    shown = text_of(client.get(f"/admin/mails/?side=https://referater.dk{COMMITTEE}&dage=2"))
    assert "Beskæftigelsesudvalget, Randers: 2 nye punkter" in shown
    assert "Beskæftigelsesudvalget vedtog det: 6 stemte for, 1 imod" in shown
    html = client.get("/admin/mails/", {"side": "/soeg/?q=skolevej", "dage": "2", "vis": "html"})
    assert "Skolevej</a>" in html.content.decode()
    assert "style-src 'self' 'sha256-" in html["Content-Security-Policy"]
    assert "Skriv adressen på en kommune" in text_of(client.get("/admin/mails/?side=/findes/ikke/&dage=2"))
    assert "intet nyt" in text_of(client.get("/admin/mails/?side=/soeg/?q=cykelsti&dage=2"))


def test_the_log_has_the_pattern_of_a_signed_link_and_not_the_link(client):
    with structlog.testing.capture_logs() as lines:
        client.get(f"{FORM}afmeld/1:x:y/")
    assert [line["path"] for line in lines if line["event"] == "request"] == ["/om/foelg/afmeld/<str:token>/"]
