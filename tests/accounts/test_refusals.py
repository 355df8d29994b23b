"""Entries of the audit log about refused pages and about requests of new passwords."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from minutes.models import Change
from minutes.models.rights import EDITOR, RESPONSIBLE
from tests.documents import imported_for, randers
from tests.filled import aarhus, assign, staff
from tests.queued_mails import send_queued_mails
from tests.texts import minutes

pytestmark = pytest.mark.django_db

REFUSED = Change.objects.filter(kind=Change.Kind.REFUSED)
REQUESTED = Change.objects.filter(kind=Change.Kind.PASSWORD_REQUESTED)
LOG = "/admin/minutes/change/"


def test_a_refused_page_is_recorded_with_who_from_where_and_which(client):
    meeting = imported_for(randers(), minutes("Cykelsti"))
    client.force_login(staff("bo", EDITOR))
    address = reverse("admin:minutes_meeting_take_down", args=[meeting.pk])
    assert client.get(address, REMOTE_ADDR="192.0.2.77").status_code == 403
    entry = REFUSED.get()
    assert (entry.by_name, entry.network, entry.municipality) == ("bo", "192.0.2.0/24", randers())
    assert entry.detail == address.replace(str(meeting.pk), "<int:meeting_id>")


def test_a_page_is_recorded_once_an_hour_for_each_user(client, monkeypatch):
    meetings = [imported_for(randers(), minutes("Sti", day=day)) for day in ("14-01-2020", "15-01-2020")]
    client.force_login(staff("bo", EDITOR))
    for meeting in (*meetings, *meetings):
        page = reverse("admin:minutes_meeting_take_down", args=[meeting.pk])
        assert client.get(page).status_code == 403
    assert REFUSED.count() == 1, "the numbers in an address make no other page"
    client.get(LOG)
    assert REFUSED.count() == 2
    client.force_login(staff("eva", EDITOR))
    client.get(LOG)
    assert REFUSED.count() == 3
    later = timezone.now() + timedelta(minutes=61)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    client.get(LOG)
    assert list(REFUSED.order_by("id").values_list("by_name", flat=True)) == ["bo", "bo", "eva", "eva"]


def test_pages_that_are_allowed_missing_or_refused_to_strangers_are_not_recorded(client):
    client.get(LOG)
    client.force_login(staff("anna", RESPONSIBLE))
    assert client.get(LOG).status_code == 200
    assert client.get("/admin/minutes/meeting/999999/").status_code in {302, 404}
    assert not REFUSED.exists()


def test_a_request_of_a_new_password_is_recorded_with_its_user_and_network(client, mailoutbox):
    anna = User.objects.create_user("anna", "anna@example.dk", is_staff=True)
    assign(anna, EDITOR, aarhus())
    page = reverse("account_reset_password")
    client.post(page, {"email": "ANNA@example.dk"}, REMOTE_ADDR="192.0.2.77")
    assert not REQUESTED.exists(), "the request itself must do the same for every address"
    send_queued_mails()
    entry = REQUESTED.get()
    assert (entry.detail, entry.network, entry.municipality) == ("anna", "192.0.2.0/24", aarhus())
    assert (entry.by, entry.target) == (None, f"auth.user:{anna.pk}")
    assert len(mailoutbox) == 1


def test_a_request_for_an_unknown_address_is_recorded_without_the_address(client, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": "ukendt@example.dk"})
    send_queued_mails()
    entry = REQUESTED.get()
    assert (entry.detail, entry.target, entry.municipality) == ("", "", None)
    assert mailoutbox == []


def test_another_attempt_to_mail_is_not_another_request(client):
    User.objects.create_user("anna", "anna@example.dk", is_staff=True)
    client.post(reverse("account_reset_password"), {"email": "anna@example.dk"})
    send_queued_mails(attempts=1)
    assert not REQUESTED.exists()
