"""The form to follow a page: its answers, and its limits."""

import pytest

from minutes.alerts.delivery import send_due
from minutes.models import AlertRequest, Subscriber
from tests.following import ask, follow
from tests.mail_sink import text_of_mail
from tests.pages import text_of

pytestmark = pytest.mark.django_db


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
        "/kommuner/",
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
