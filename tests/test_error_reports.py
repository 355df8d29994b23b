"""Visitors report errors on pages, without a cookie and within limits; staff handle the reports."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from minutes.models import ErrorReport
from minutes.models.rights import EDITOR
from tests.documents import imported_for, randers
from tests.filled import aarhus, staff
from tests.pages import text_of
from tests.texts import minutes

pytestmark = pytest.mark.django_db

FORM = "/om/fejl/"
PAGE = "/randers/beskaeftigelsesudvalget/2020-01-14/"


def send(client, **fields):
    values = {"side": PAGE, "kind": "reading", "text": "Bo Dam stemte for.", "email": "", "website": ""}
    headers = fields.pop("headers", {})
    return client.post(FORM, values | fields, **headers)


def test_every_page_leads_to_the_form_that_names_it(client):
    page = client.get("/moeder/?kommune=randers").content.decode()
    (address,) = re.findall(r'href="(/om/fejl/\?[^"]+)"', page)
    form = client.get(address)
    assert "/moeder/" in text_of(form)
    assert not form.cookies


def test_a_report_is_stored_with_the_municipality_of_its_page(client):
    response = send(client, email="eva@eksempel.dk")
    assert response.status_code == 302
    assert "Tak for din melding" in text_of(client.get(response["Location"]))
    assert not client.cookies
    report = ErrorReport.objects.get()
    assert (report.path, report.kind, report.text) == (PAGE, "reading", "Bo Dam stemte for.")
    assert report.municipality == randers()
    assert report.email == "eva@eksempel.dk"


def test_a_report_about_a_source_belongs_to_its_municipality(client):
    meeting = imported_for(aarhus(), minutes("Cykelsti"))
    send(client, side=f"/kilde/{meeting.readings.get().pk}/?fra=3")
    report = ErrorReport.objects.get()
    assert report.municipality == aarhus()
    assert report.path == f"/kilde/{meeting.readings.get().pk}/"


@pytest.mark.parametrize(
    "side", ["https://eksempel.dk/", "//eksempel.dk/", "/admin/", "javascript:alert(1)", "/" + "x" * 600, "x"]
)
def test_an_address_that_is_no_public_page_becomes_the_front_page(client, side):
    send(client, side=side)
    report = ErrorReport.objects.get()
    assert (report.path, report.municipality) == ("/", None)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"text": "  "}, "Skriv, hvad der er forkert."),
        ({"text": "x" * 3001}, "Skriv højst 3.000 tegn."),
        ({"text": "Jeg har CPR-nummer 010203-1234."}, "Beskeden har et CPR-nummer."),
        ({"kind": ""}, "Vælg, hvad det drejer sig om."),
        ({"email": "eva"}, "Skriv hele adressen"),
        ({"website": "https://spam.example"}, "Feltet skal være tomt."),
    ],
)
def test_a_report_with_an_error_is_shown_again_with_what_was_written(client, fields, message):
    response = send(client, **fields)
    assert response.status_code == 400
    assert message in text_of(response)
    assert not ErrorReport.objects.exists()
    if "text" not in fields:
        assert "Bo Dam stemte for." in response.content.decode()


def test_a_form_on_another_site_cannot_send_reports(client):
    response = send(client, headers={"HTTP_SEC_FETCH_SITE": "cross-site"})
    assert response.status_code == 429
    assert not ErrorReport.objects.exists()


def test_a_network_sends_five_reports_an_hour(client):
    for last in range(6):
        response = send(client, headers={"REMOTE_ADDR": f"192.0.2.{last}"})
    assert response.status_code == 429
    assert "Prøv igen om en time." in text_of(response)
    assert "Bo Dam stemte for." in response.content.decode()
    assert send(client, headers={"REMOTE_ADDR": "198.51.100.1"}).status_code == 302
    ErrorReport.objects.update(received_at=timezone.now() - datetime.timedelta(hours=2))
    assert send(client, headers={"REMOTE_ADDR": "192.0.2.1"}).status_code == 302


def test_behind_a_proxy_the_visitor_is_the_one_that_the_proxy_names(client, settings):
    settings.BEHIND_PROXY = True
    for last in range(6):
        # What the visitor claims comes before the address that the proxy adds.
        named = f"203.0.113.{last}, 2001:db8:1:{last}::1"
        response = send(client, headers={"HTTP_X_FORWARDED_FOR": named, "REMOTE_ADDR": f"10.0.{last}.1"})
    assert response.status_code == 429


def test_all_networks_together_send_two_hundred_reports_a_day(client):
    values = {"path": "/", "kind": "other", "text": "x", "sender": "y"}
    ErrorReport.objects.bulk_create(ErrorReport(**values) for _number in range(200))
    assert send(client).status_code == 429


def test_neither_an_address_nor_the_network_is_stored(client):
    send(client, headers={"REMOTE_ADDR": "192.0.2.7"})
    report = ErrorReport.objects.get()
    assert re.fullmatch(r"[0-9a-f]{64}", report.sender)
    assert "192.0.2" not in str(vars(report))


def test_staff_handle_a_report_and_the_email_address_is_deleted(client):
    send(client, email="eva@eksempel.dk")
    report = ErrorReport.objects.get()
    user = staff("bo", EDITOR)
    client.force_login(user)
    assert "Bo Dam stemte for." in text_of(client.get("/admin/"))
    address = reverse("admin:minutes_errorreport_change", args=[report.pk])
    assert "eva@eksempel.dk" in text_of(client.get(address))
    client.post(address, {"note": "Stemmen er rettet."})
    report.refresh_from_db()
    assert (report.handled_by, report.note, report.email) == (user, "Stemmen er rettet.", "")
    assert "Bo Dam stemte for." not in text_of(client.get("/admin/"))
    listed = reverse("admin:minutes_errorreport_changelist")
    assert "Bo Dam stemte for." not in text_of(client.get(listed))
    assert "Bo Dam stemte for." in text_of(client.get(f"{listed}?behandlet=ja"))


def test_handled_reports_are_deleted_after_some_time(client, settings):
    settings.ERROR_REPORT_DAYS = 10
    for days in (9, 11):
        send(client)
        report = ErrorReport.objects.open().get()
        report.handle(by=staff(f"user{days}"))
        ErrorReport.objects.filter(pk=report.pk).update(
            handled_at=timezone.now() - datetime.timedelta(days=days)
        )
    send(client)
    assert ErrorReport.objects.count() == 2


def test_what_visitors_write_is_escaped(client):
    send(client, text="<script>alert(1)</script>")
    client.force_login(staff("bo", EDITOR))
    assert "<script>alert" not in client.get("/admin/").content.decode()


def test_the_form_takes_no_query_and_a_report_four(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(FORM)
    randers()
    with django_assert_num_queries(4):
        send(client)


# The publisher


def test_the_publisher_is_on_every_page_and_in_the_notices(client, settings):
    settings.PUBLISHER = {
        "name": "Eksempel <Kommune>",
        "address": "Torvet 1",
        "email": "arkiv@eksempel.dk",
        "phone": "12 34 56 78",
        "dpo": "dpo@eksempel.dk",
    }
    assert "Udgives af Eksempel &lt;Kommune&gt;" in client.get("/").content.decode()
    notice = text_of(client.get("/om/persondata/"))
    assert "Databeskyttelsesrådgiver: dpo@eksempel.dk" in notice
    assert "Datatilsynet" in notice
    assert "12 34 56 78" in text_of(client.get("/om/tilgaengelighed/"))


def test_a_public_body_leads_to_its_statement_at_was_digst_dk(client, settings):
    assert client.get("/was").status_code == 404
    assert 'href="/om/tilgaengelighed/">Tilgængelighedserklæring' in client.get("/").content.decode()
    statement = "https://was.digst.dk/eksempel-dk"
    settings.ACCESSIBILITY_STATEMENT_URL = statement
    assert client.get("/was")["Location"] == statement
    assert f'href="{statement}">Tilgængelighedserklæring' in client.get("/").content.decode()
