"""Invitations and new passwords by e-mail, received by an SMTP server."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from minutes.models import Assignment, Change
from minutes.models.rights import EDITOR, RESPONSIBLE
from tests.documents import randers
from tests.filled import staff
from tests.mail_sink import mail_server, text_of_mail
from tests.queued_mails import send_queued_mails

PASSWORD = "et langt kodeord"
INVITE = "/admin/inviter/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def inbox(settings) -> Iterator[list[Any]]:
    """The mails that a mail server receives."""
    with mail_server() as (sink, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
        settings.DEFAULT_FROM_EMAIL = "arkivet@example.dk"
        yield sink.mails


def link_in(mail: Any) -> str:
    return re.search(r"http://testserver(/admin/konto/ny/\S+)", text_of_mail(mail))[1]


def choose_password(client, link: str):
    page = client.get(link, follow=True)
    data = {"password1": PASSWORD, "password2": PASSWORD}
    return client.post(page.wsgi_request.path, data, follow=True)


def signs_in(client, name: str) -> bool:
    client.logout()
    client.post("/admin/login/", {"login": name, "password": PASSWORD})
    return client.get("/admin/").status_code == 200


def test_an_invited_user_chooses_a_password_by_the_link_once(client, inbox):
    client.force_login(User.objects.create_superuser("chef"))
    data = {"username": "anna", "email": "anna@example.dk", "first_name": "Anna"}
    client.post(INVITE, data)
    user = User.objects.get(username="anna")
    assert (user.is_staff, user.is_superuser, user.has_usable_password()) == (True, False, False)
    (mail,) = inbox
    assert mail["To"] == "anna@example.dk"
    client.logout()
    choose_password(client, link_in(mail))
    assert signs_in(client, "anna")
    client.logout()
    assert 'type="password"' not in client.get(link_in(mail), follow=True).content.decode()
    assert {"invited", "password"} <= set(Change.objects.values_list("kind", flat=True))


def test_a_responsible_invites_an_editor_of_their_own_municipality(client, inbox):
    client.force_login(staff("ansvarlig", RESPONSIBLE))
    page = client.get(INVITE)
    form = page.context["form"]
    assert [str(place) for place in form.fields["municipality"].queryset] == [str(randers())]
    assert [group.name for group in form.fields["group"].queryset] == [EDITOR]
    data = {"username": "bo", "email": "bo@example.dk", "first_name": "Bo"}
    data |= {"municipality": randers().pk, "group": Group.objects.get(name=EDITOR).pk}
    assert client.post(INVITE, data)["Location"] == reverse("admin:minutes_assignment_changelist")
    role = Assignment.objects.get(user__username="bo")
    assert (role.municipality, role.group.name) == (randers(), EDITOR)
    entries = Change.objects.filter(by_name="ansvarlig").exclude(kind="signed_in")
    assert {entry.kind for entry in entries} == {"role_given", "user_changed", "invited"}
    assert {entry.municipality for entry in entries} == {randers()}
    client.logout()
    choose_password(client, link_in(inbox[0]))
    assert signs_in(client, "bo")


def test_an_administrator_cannot_type_a_password(client, inbox):
    client.force_login(User.objects.create_superuser("chef"))
    user = User.objects.create_user("anna", "anna@example.dk", is_staff=True)
    send = reverse("admin:auth_user_password_change", args=[user.pk])
    own = reverse("admin:auth_user_change", args=[user.pk])
    assert "user_permissions" not in client.get(own).content.decode()
    for page in (INVITE, own, send):
        assert 'type="password"' not in client.get(page).content.decode()
    assert inbox == [], "a link on another site must not send mails"
    client.post(send, {"password1": PASSWORD})
    user.refresh_from_db()
    assert not user.check_password(PASSWORD)
    assert [mail["To"] for mail in inbox] == ["anna@example.dk"]


def test_a_forgotten_password_is_replaced_by_a_mailed_link(client, inbox):
    User.objects.create_user("anna", "anna@example.dk", "et gammelt kodeord", is_staff=True)
    page = reverse("account_reset_password")
    known = client.post(page, {"email": "anna@example.dk"}, follow=True)
    unknown = client.post(page, {"email": "ukendt@example.dk"}, follow=True)
    assert known.content.split(b"csrf")[0] == unknown.content.split(b"csrf")[0]
    send_queued_mails()
    (mail,) = inbox
    assert mail["To"] == "anna@example.dk"
    choose_password(client, link_in(mail))
    assert signs_in(client, "anna")


def test_mails_with_new_passwords_are_limited(client, inbox):
    User.objects.create_user("anna", "anna@example.dk", PASSWORD, is_staff=True)
    statuses = [
        client.post(reverse("account_reset_password"), {"email": "anna@example.dk"}).status_code
        for _number in range(7)
    ]
    assert statuses[-1] == 429
    send_queued_mails()
    assert len(inbox) <= 5


def test_a_mail_server_that_does_not_answer_loses_nothing(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 9, False
    client.force_login(User.objects.create_superuser("chef"))
    page = client.post(INVITE, {"username": "anna", "email": "anna@example.dk"}, follow=True)
    assert "kunne ikke sendes" in page.content.decode()
    assert User.objects.filter(username="anna").exists()
