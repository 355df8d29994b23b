"""The audit log: who, when and from where, for good."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from minutes import publishing
from minutes.models import Change, Meeting
from minutes.models.rights import RESPONSIBLE
from tests.documents import imported_for, randers
from tests.filled import staff
from tests.texts import minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> Meeting:
    meeting = imported_for(randers(), minutes("Cykelsti"))
    publishing.withdraw(meeting, by=staff("anna", RESPONSIBLE), reason="Fejl")
    return meeting


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE minutes_change SET by_name = 'en anden'",
        "DELETE FROM minutes_change",
        "SET LOCAL archive.delete_audit_before = '2999-01-01'; DELETE FROM minutes_change",
    ],
)
def test_the_database_refuses_to_change_and_delete_entries(published, sql):
    before = list(Change.objects.values())
    with pytest.raises(IntegrityError, match="append-only"):
        run(sql)
    assert list(Change.objects.values()) == before


def test_the_database_refuses_to_truncate_the_log():
    run("ALTER TABLE minutes_change ENABLE TRIGGER change_is_not_truncated")
    with pytest.raises(IntegrityError, match="append-only"):
        run("TRUNCATE minutes_change")


def test_entries_survive_their_user_and_their_meeting(client, published):
    User.objects.get(username="anna").delete()
    publishing.discard(published.readings.get(), by=None, reason="Ikke et referat")
    change = Change.objects.select_related("by", "meeting").get(kind="withdrawn")
    assert (change.by, change.by_name, change.meeting) == (None, "anna", None)
    client.force_login(User.objects.create_superuser("chef"))
    for address in ("/admin/", "/admin/minutes/change/", f"/admin/minutes/change/{change.pk}/change/"):
        page = client.get(address)
        assert page.status_code == 200
        assert "anna" in page.content.decode(), address


def test_an_entry_says_from_which_network_the_request_came(client, published):
    client.force_login(User.objects.get(username="anna"))
    address = reverse("admin:minutes_meeting_state", args=[published.pk])
    client.post(address, {"act": "publish"}, REMOTE_ADDR="192.0.2.77")
    assert Change.objects.get(kind="published", by_name="anna").network == "192.0.2.0/24"
