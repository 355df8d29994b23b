"""Pages followed by e-mail: confirmed by a link, sent once with what is new and public, and ended."""

import datetime
import re
from io import BytesIO, StringIO, TextIOWrapper

import pytest
import structlog
from django.core.management import CommandError, call_command
from django.utils import timezone

from archive.checks import check_mail
from minutes import publishing
from minutes.alerts import delivery, digests, following
from minutes.alerts.delivery import send_due
from minutes.alerts.links import Mail, message_id
from minutes.alerts.subjects import subject_at
from minutes.models import AlertRequest, Digest, Meeting, Subscriber, Subscription
from minutes.models.rights import EDITOR
from tests.documents import imported
from tests.filled import staff
from tests.mail_sink import mail_server, text_of_mail
from tests.pages import text_of
from tests.texts import minutes

pytestmark = pytest.mark.django_db

FORM = "/om/foelg/"
COMMITTEE = "/randers/beskaeftigelsesudvalget/"
SEARCH = "/soeg/?q=havnebad"
DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)
VOTED = "Godkendt med 6 stemmer for og 1 stemme imod. Imod stemte Bo Dam."


@pytest.fixture(scope="module")
def server():
    with mail_server() as (sink, port):
        yield sink, port


@pytest.fixture
def sink(server, settings, monkeypatch):
    """The mail server that the site uses, without mails."""
    sink, settings.EMAIL_PORT = server
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "127.0.0.1", False
    settings.DEFAULT_FROM_EMAIL = "arkiv@eksempel.dk"
    settings.SITE_URL = "https://referater.eksempel.dk"
    sink.mails.clear()
    sink.recipient_answer = sink.data_answer = ""
    monkeypatch.setattr(delivery, "SETTLED", 0 * DAY)
    return sink


@pytest.fixture(scope="module", autouse=True)
def archive(module_db):
    """Create an old meeting, so that the pages exist, and a new one."""
    imported(minutes("Havnebad", "Cykelsti", day="14-01-2019"))
    Meeting.objects.update(published_at=timezone.now() - 30 * DAY)
    imported(minutes("Havnebad", "Skolevej", decision=VOTED))


@pytest.fixture
def new():
    """The new meeting."""
    return Meeting.objects.with_places().get(date__year=2020)


def ask(client, **fields):
    headers = fields.pop("headers", {})
    values = {"side": COMMITTEE, "email": "eva@eksempel.dk", "frequency": "daily", "hour": "7", "website": ""}
    return client.post(FORM, values | fields, **headers)


def link_in(mail, start="/om/foelg/"):
    """Return the first link of a mail to a page whose address begins with `start`."""
    (address, *_others) = re.findall(rf"https://referater\.eksempel\.dk({start}\S+)", text_of_mail(mail))
    return address


def follow(address=COMMITTEE, email="eva@eksempel.dk", **fields) -> Subscription:
    """Return a confirmed subscription whose next digest is due."""
    subject = subject_at(address)
    following.request_subscription(
        "", email, subject, fields.get("frequency", "daily"), fields.get("hour", 7)
    )
    subscription = Subscription.objects.unconfirmed().get()
    assert following.confirm(subscription)
    make_due(sent_until=timezone.now() - DAY)
    subscription.refresh_from_db()
    return subscription


def make_due(**fields):
    """Let the next digests be due."""
    Subscription.objects.confirmed().update(next_at=timezone.now() - HOUR, **fields)


def publish_now(meeting):
    """Let a meeting be first published now."""
    Meeting.objects.filter(pk=meeting.pk).update(published_at=timezone.now())


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


# The form


def test_the_answer_does_not_tell_whether_an_address_is_known(client, sink):
    follow()
    answers = [ask(client, email=email) for email in ("eva@eksempel.dk", "bo@eksempel.dk")]
    assert answers[0]["Location"] == answers[1]["Location"]
    links = [ask(client, side="", email=email) for email in ("eva@eksempel.dk", "ny@eksempel.dk")]
    assert links[0]["Location"] == links[1]["Location"]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"email": "eva"}, "Skriv hele adressen"),
        ({"email": ""}, "Skriv din e-mailadresse."),
        ({"hour": "24"}, "Vælg et klokkeslæt på listen."),
        ({"website": "x"}, "Feltet skal være tomt."),
    ],
)
def test_a_form_with_an_error_is_shown_again(client, sink, fields, message):
    response = ask(client, **fields)
    assert response.status_code == 400
    assert message in text_of(response)
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize(
    "side",
    [
        "/",
        "/moeder/",
        "/admin/",
        "/randers/findes-ikke/",
        "https://x.dk/",
        "/soeg/",
        "/soeg/?q=",
        "x\0",
        "/soeg/?q=" + "x" * 1200,
        "/soeg/?kommune=x",
    ],
)
def test_a_page_that_cannot_be_followed_is_not_found(client, sink, side):
    assert ask(client, side=side).status_code == 404


def test_a_network_uses_the_form_ten_times_an_hour_and_another_site_never(client, sink):
    assert ask(client, headers={"HTTP_SEC_FETCH_SITE": "cross-site"}).status_code == 429
    statuses = [ask(client, email=f"{number}@eksempel.dk").status_code for number in range(11)]
    assert statuses == [302] * 10 + [429]
    assert "192.0.2" not in str([vars(request) for request in AlertRequest.objects.all()])


def test_an_address_gets_five_mails_a_day_by_the_form_and_nobody_sees_it(client, sink):
    for number in range(7):
        assert ask(client, headers={"REMOTE_ADDR": f"198.51.{number}.1"}).status_code == 302
        send_due()
    assert len(sink.mails) == 5


def test_a_mail_to_confirm_cannot_carry_an_advertisement(client, sink):
    ask(client, side="/soeg/?q=Køb+nu+https://reklame.example/tilbud+" + "meget+" * 30)
    send_due()
    (mail,) = sink.mails
    assert "reklame.example" not in mail.as_string()
    assert "reklame.example" not in text_of_mail(mail)
    assert len(text_of_mail(mail)) < 900


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


# The news


@pytest.mark.parametrize(
    ("address", "titles"),
    [
        ("/randers/", {"Havnebad", "Skolevej"}),
        (COMMITTEE, {"Havnebad", "Skolevej"}),
        (SEARCH, {"Havnebad"}),
        ("/soeg/?q=skolevej+OR+havnebad&kommune=randers", {"Havnebad", "Skolevej"}),
        ("/soeg/?emne=job&kommune=randers", {"Havnebad", "Skolevej"}),
        ("/soeg/?emne=skole", set()),
        ("/soeg/?udvalg=beskaeftigelsesudvalget&q=havnebad&sorter=dato&side=2", {"Havnebad"}),
        ("/randers/personer/bo-dam/", {"Havnebad", "Skolevej"}),
    ],
)
def test_the_news_of_a_page_are_the_items_first_published_since_the_last_digest(sink, new, address, titles):
    follow(address)
    assert send_due().digests == bool(titles)
    text = text_of_mail(sink.mails[-1]) if titles else ""
    assert {title for title in ("Havnebad", "Skolevej", "Cykelsti") if title in text} == titles
    assert ("Bo Dam stemte: imod" in text) == ("bo-dam" in address)
    publishing.withdraw(new)
    publishing.publish(new)
    make_due()
    assert send_due().digests == 0


def test_a_case_is_followed_by_its_address(sink, new):
    case = new.items.first().case_numbers.first().case
    follow(case.get_absolute_url())
    assert send_due().digests == 1
    assert sink.mails[-1]["Subject"].startswith("Sag 15.20.00-P35-1-19, Randers")


def test_a_search_stores_its_conditions_and_nothing_that_only_sorts():
    subject = subject_at("/soeg/?side=3&sorter=dato&q=+havnebad&kommune=randers&vis=punkter&hvor=randers")
    assert subject.address == "/soeg/?q=+havnebad&kommune=randers"
    assert subject.title == "Søgning: havnebad (Randers)"


def test_pages_of_one_address_share_a_mail_and_nothing_new_sends_none(sink, new):
    for address in (COMMITTEE, SEARCH):
        follow(address)
        make_due(sent_until=timezone.now())
    assert send_due().digests == 0
    publish_now(new)
    make_due()
    assert send_due().digests == 1
    assert sink.mails[-1]["Subject"].strip() == "Beskæftigelsesudvalget, Randers og mere: 3 nye punkter"


def test_nothing_that_is_hidden_when_the_mail_is_sent_is_in_it(sink, new):
    follow()
    shown = imported(minutes("Motorvej", "Svømmehal", day="03-03-2020"))
    publishing.withdraw(new)
    publishing.take_down_item(shown.items.get(title="Svømmehal"), by=None, reason="x")
    assert send_due().digests == 1
    text = text_of_mail(sink.mails[-1])
    assert "Motorvej" in text
    for hidden in ("Havnebad", "Skolevej", "Svømmehal"):
        assert hidden not in text


def test_titles_are_escaped_in_html_and_long_lists_are_cut(sink, new, monkeypatch):
    follow()
    new.items.update(title="<b>Fed</b> & skrå")
    monkeypatch.setattr(digests, "MAX_ITEMS", 1)
    send_due()
    html = text_of_mail(sink.mails[-1], "html")
    assert "&lt;b&gt;Fed&lt;/b&gt; &amp; skrå" in html
    assert "Og 1 punkt til på siden." in html
    assert "<b>Fed</b> & skrå" in text_of_mail(sink.mails[-1])


def test_a_digest_takes_a_constant_number_of_queries(sink, django_assert_max_num_queries):
    follow()
    imported(minutes(*(f"Sag nummer {number}" for number in range(20)), day="03-03-2020", decision=VOTED))
    with django_assert_max_num_queries(30):
        assert send_due().digests == 1


def test_a_meeting_whose_publication_may_not_be_visible_yet_waits_for_the_next_digest(sink, new, monkeypatch):
    follow()
    monkeypatch.setattr(delivery, "SETTLED", HOUR)
    assert send_due().digests == 0
    Meeting.objects.filter(pk=new.pk).update(published_at=timezone.now() - HOUR)
    make_due()
    assert send_due().digests == 1


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
