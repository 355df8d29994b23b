"""The audit log: who, when and from where, for good."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from minutes import publishing
from minutes.models import Change, Meeting
from minutes.models.rights import EDITOR, RESPONSIBLE
from tests.documents import imported_for, randers
from tests.filled import aarhus, staff
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


def test_the_command_deletes_entries_that_are_older_than_the_setting(settings, published, monkeypatch):
    settings.AUDIT_DAYS = 200
    last = Change.objects.order_by("-id")[0]
    for days in (100, 199, 201):
        with monkeypatch.context() as earlier:
            past = timezone.now() - timedelta(days=days)
            earlier.setattr("django.utils.timezone.now", lambda past=past: past)
            Change.objects.create(kind="signed_in", by_name=f"{days} dage")
    call_command("delete_old_audit_entries")
    assert set(Change.objects.filter(pk__gt=last.pk).values_list("by_name", flat=True)) == {
        "100 dage",
        "199 dage",
    }
    with pytest.raises(IntegrityError):
        Change.objects.filter(pk=last.pk).delete()


def test_a_responsible_downloads_the_log_of_their_municipality(client, published):
    User.objects.create_superuser("chef")
    Change.objects.create(kind="signed_in", by_name="chef")
    Change.objects.create(kind="signed_in", by_name="fremmed", municipality=aarhus())
    client.force_login(User.objects.get(username="anna"))
    page = client.get(reverse("admin:minutes_change_export"), {"format": "csv"})
    text = b"".join(page.streaming_content).decode()
    assert "Trukket tilbage" in text
    assert "chef" not in text
    assert "fremmed" not in text
    exported = Change.objects.get(kind="exported")
    assert (exported.by_name, exported.municipality) == ("anna", randers())


def test_an_editor_sees_the_changes_of_minutes_and_no_sign_ins(client, published):
    client.force_login(staff("bo", EDITOR))
    assert client.get(reverse("admin:minutes_change_changelist")).status_code == 403
    assert client.get(reverse("admin:minutes_change_export")).status_code == 403
    overview = client.get("/admin/").content.decode()
    assert "Trukket tilbage" in overview
    assert "Logget ind" not in overview


def test_what_is_changed_in_a_form_is_in_the_same_log_and_in_the_history_of_the_row(client, published):
    client.force_login(User.objects.create_superuser("chef"))
    committee = published.committee
    page = reverse("admin:minutes_committee_change", args=[committee.pk])
    form = client.get(page).context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields} | {"name": "Kulturudvalget"}
    data |= {f"aliases-{count}_FORMS": 0 for count in ("TOTAL", "INITIAL")}
    assert client.post(page, data).status_code == 302
    change = Change.objects.get(kind="changed")
    assert (change.by_name, change.municipality) == ("chef", randers())
    history = client.get(reverse("admin:minutes_committee_history", args=[committee.pk]))
    assert "Kulturudvalget" in history.content.decode()
    assert not LogEntry.objects.exists()
