"""A name is redacted in all meetings of a municipality, at the places that staff have left selected."""

from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from minutes import publishing
from minutes.importer.tasks import carry_out_name
from minutes.models import (
    Change,
    Correction,
    EnclosedFile,
    Meeting,
    NamePlace,
    NameRedaction,
    PublicText,
    Reading,
    Redaction,
    SearchEntry,
)
from minutes.models.rights import EDITOR
from minutes.models.states import State
from minutes.publishing import PublishingError, ledger
from tests.documents import imported, imported_for, randers
from tests.filled import aarhus, staff
from tests.texts import minutes

pytestmark = pytest.mark.django_db

NAME = "Bo Kanariefugl"
STREET = "Bo Kanariefuglsvej"
DECISION = "Klagen fra Bo Kanariefugl afvises. Bo Kanariefuglsvej asfalteres."


def prepared(name: str = NAME) -> NameRedaction:
    return publishing.prepare_name(randers(), name, by=None, reason="Artikel 17")


def carried_out(redaction: NameRedaction) -> int:
    return publishing.carry_out(redaction, by=None, seconds=60)


def texts() -> str:
    return "\n".join(Reading.objects.order_by("id").values_list("text", flat=True))


def at(redaction: NameRedaction) -> str:
    return f"/admin/fjern-navn/{redaction.pk}/"


def places(redaction: NameRedaction, **query) -> list[int]:
    return list(redaction.places.filter(**query).order_by("id").values_list("pk", flat=True))


@pytest.fixture
def editor(client):
    user = staff("redaktoer", EDITOR)
    client.force_login(user)
    return user


def test_a_name_is_found_and_masked_in_all_meetings_of_the_municipality_alone(client):
    public = imported(minutes("Klage", decision=DECISION))
    draft = imported(minutes("Bo Kanariefugls klage", "Bo Kanarie-\nfugls sag", day="03-03-2021"))
    publishing.withdraw(draft)
    theirs = imported_for(aarhus(), minutes("Klage", decision=DECISION, municipality="Aarhus"))
    redaction = prepared("bo  kanariefugl")
    assert set(redaction.places.values_list("meeting", flat=True)) == {public.pk, draft.pk}
    assert redaction.places.get(meeting=public).item_number == "1"
    assert NAME in client.get(f"{public.get_absolute_url()}1/").content.decode()
    assert carried_out(redaction) == 0
    page = client.get(f"{public.get_absolute_url()}1/").content.decode()
    assert "Klagen fra [Fjernet] afvises. Bo Kanariefuglsvej asfalteres." in page
    of_draft = draft.readings.get().text
    assert "anariefugl" not in of_draft
    assert "▓s" not in of_draft
    assert NAME in theirs.readings.get().text
    assert not SearchEntry.objects.filter(item__meeting=public, vector__contains="bo kanariefugl").exists()
    assert NAME not in PublicText.objects.get(reading__meeting=public).text.replace(STREET, "")
    changes = Change.objects.filter(kind=Change.Kind.REDACTED).order_by("meeting_id")
    assert [(change.meeting, change.reason) for change in changes] == [
        (meeting, "Artikel 17") for meeting in sorted([public, draft], key=lambda meeting: meeting.pk)
    ]
    assert "anariefugl" not in ledger.path().read_text().lower()


def test_a_place_that_is_not_selected_stays_now_and_in_later_versions():
    meeting = imported(
        minutes("Klage", decision="Klagen fra Bo Kanariefugl afvises. Formand Bo Kanariefugl.")
    )
    redaction = prepared()
    first, second = places(redaction)
    publishing.select_places(redaction, [first, second], [first])
    assert carried_out(redaction) == 0
    expected = "Klagen fra ▓▓▓▓▓▓▓▓▓▓▓▓▓▓ afvises. Formand Bo Kanariefugl."
    assert expected in meeting.readings.get().text
    publishing.redact_passage(meeting.readings.get(), "Rådhuset", by=None, reason="x")
    assert expected in meeting.readings.get().text
    imported(
        minutes("Klage", "Ny sag", decision="Klagen fra Bo Kanariefugl afvises. Formand Bo Kanariefugl.")
    )
    assert expected in Reading.objects.get(pending=True).text


def test_places_with_the_same_words_around_them_in_two_versions_are_one():
    meeting = imported(minutes("Klage", decision=DECISION))
    imported(minutes("Klage", decision=f"{DECISION} Og mere."))
    redaction = prepared()
    place = redaction.places.get()
    assert place.copies == 2
    carried_out(redaction)
    assert [NAME in reading.text.replace(STREET, "") for reading in meeting.readings.all()] == [
        False,
        False,
    ]
    redaction.refresh_from_db()
    assert (redaction.done_places, redaction.done_meetings) == (2, 1)


def test_a_meeting_without_a_selected_place_is_left_alone():
    spared, other = (
        imported(minutes("A", decision=DECISION)),
        imported(minutes("B", decision=DECISION, day="03-03-2021")),
    )
    redaction = prepared()
    of_spared = places(redaction, meeting=spared)
    publishing.select_places(redaction, of_spared, [])
    carried_out(redaction)
    assert NAME in spared.readings.get().text.replace(STREET, "")
    assert NAME not in other.readings.get().text.replace(STREET, "")


def test_attachments_and_corrections_with_the_name_are_found_and_masked():
    meeting = imported(minutes("Klage"))
    source = meeting.readings.get().source
    facts = {"caption": "Brev", "media_type": "text/plain", "sha256": "a" * 64, "size": 1, "item_number": "1"}
    EnclosedFile.objects.create(
        source=source, position=1, name="brev.txt", text=f"Kære udvalg. Hilsen {NAME}", **facts
    )
    publishing.project(meeting)
    assert meeting.files.exists()
    item = meeting.items.select_related("reading").get()
    publishing.correct(meeting, item, Correction.Field.TITLE, f"{NAME}s klage", by=None)
    redaction = prepared()
    assert set(redaction.places.values_list("where", flat=True)) == {"file", "other"}
    carried_out(redaction)
    file = EnclosedFile.objects.get()
    assert (NAME in file.text, file.waits_for) == (False, ["redacted"])
    assert not meeting.files.exists()
    assert meeting.items.get().title == "[Fjernet] klage"


def test_nothing_is_changed_before_it_is_confirmed_and_it_can_be_undone(client, editor):
    imported(minutes("Klage", decision=DECISION))
    before = texts()
    response = client.post("/admin/fjern-navn/", {"name": NAME, "reason": "Artikel 17"})
    redaction = NameRedaction.objects.get()
    assert response["Location"] == at(redaction)
    page = client.get(at(redaction)).content.decode()
    assert "Klagen fra <mark>Bo Kanariefugl</mark> afvises." in page.replace("\n", " ")
    assert texts() == before
    client.post(at(redaction), {"act": "undo"})
    assert not NameRedaction.objects.exists()
    assert not NamePlace.objects.exists()
    assert (texts(), Redaction.objects.count()) == (before, 0)


def test_staff_confirm_with_the_selection_of_the_page_and_the_name_is_forgotten(client, editor):
    meeting = imported(
        minutes("Klage", decision="Klagen fra Bo Kanariefugl afvises. Formand Bo Kanariefugl.")
    )
    redaction = prepared()
    first, second = places(redaction)
    data = {"shown": [first, second], "place": [second], "act": "confirm"}
    page = client.post(at(redaction), data, follow=True).content.decode()
    assert "fjernet 1 sted" in page
    assert "Klagen fra Bo Kanariefugl afvises. Formand ▓" in meeting.readings.get().text
    redaction.refresh_from_db()
    assert (redaction.name, redaction.places.count()) == ("", 0)
    assert Change.objects.filter(kind=Change.Kind.REDACTED, by=editor).exists()
    again = client.post(at(redaction), {"act": "undo"}, follow=True)
    assert "bliver allerede fjernet" in again.content.decode()


def test_a_selection_is_stored_when_staff_go_to_another_page(client, editor):
    imported(minutes(*(f"Sag {n} om Bo Kanariefugl nr. {n}" for n in range(1, 61))))
    redaction = prepared()
    page = client.get(at(redaction)).content.decode()
    assert page.count('name="place"') == 50
    shown, rest = places(redaction)[:50], places(redaction)[50:]
    response = client.post(at(redaction), {"shown": shown, "place": shown[1:], "side": "2"})
    assert response["Location"] == f"{at(redaction)}?side=2"
    assert places(redaction, selected=False) == [shown[0]]
    assert client.get(f"{at(redaction)}?side=2").content.decode().count('name="place"') == min(len(rest), 50)


def test_a_meeting_that_fails_is_reported_and_the_others_are_redacted(client, editor):
    one, two = (
        imported(minutes("A", decision=DECISION)),
        imported(minutes("B", decision=DECISION, day="03-03-2021")),
    )
    redaction = prepared()
    whole = publishing.redact_names.store_redaction

    def fails(meeting, *args, **kwargs):
        if meeting.pk == one.pk:
            raise PublishingError("Mødet er låst.")
        whole(meeting, *args, **kwargs)

    with patch("minutes.publishing.redact_names.store_redaction", fails):
        page = client.post(
            at(redaction),
            {"shown": places(redaction), "place": places(redaction), "act": "confirm"},
            follow=True,
        )
    assert "1 møde mangler endnu." in page.content.decode()
    assert "Mødet er låst." in page.content.decode()
    assert NAME not in two.readings.get().text.replace(STREET, "")
    assert NAME in one.readings.get().text
    page = client.post(at(redaction), {"act": "confirm"}, follow=True).content.decode()
    assert "Navnet er fjernet." in page
    assert NAME not in one.readings.get().text.replace(STREET, "")


def test_a_request_stops_in_time_and_the_next_goes_on():
    for day in ("01-03-2021", "02-03-2021", "03-03-2021"):
        imported(minutes("Klage", decision=DECISION, day=day))
    redaction = prepared()
    assert publishing.carry_out(redaction, by=None, seconds=0) == 2
    assert publishing.carry_out(redaction, by=None, seconds=0) == 1
    assert publishing.carry_out(redaction, by=None, seconds=0) == 0


def test_a_worker_redacts_the_name_where_the_request_had_no_time(client, editor):
    for day in ("01-03-2021", "02-03-2021", "03-03-2021"):
        imported(minutes("Klage", decision=DECISION, day=day))
    redaction = prepared()
    everywhere = {"shown": places(redaction), "place": places(redaction), "act": "confirm"}
    with patch("minutes.admin.name_redactions._SECONDS", 0):
        page = client.post(at(redaction), everywhere, follow=True).content.decode()
        assert "2 møder mangler endnu." in page
        assert (
            "1 møde mangler endnu."
            in client.post(at(redaction), {"act": "confirm"}, follow=True).content.decode()
        )
    job = ProcrastinateJob.objects.get(task_name="carry_out_name")
    carry_out_name(**job.args)
    redaction.refresh_from_db()
    assert (redaction.name, redaction.done_meetings) == ("", 3)
    assert NAME not in texts().replace(STREET, "")
    assert (
        "Navnet er fjernet." in client.post(at(redaction), {"act": "confirm"}, follow=True).content.decode()
    )


def test_a_name_that_is_short_common_or_unknown_is_refused(client, editor):
    imported(minutes("Klage", decision=DECISION))
    with (
        patch("minutes.publishing.redact_names.MOST_PLACES", 0),
        pytest.raises(PublishingError, match="over 0"),
    ):
        prepared()
    for name, message in (("Bo", "mindst fire"), ("Ib Ukendt", "står ikke"), ("010203-1234", "CPR")):
        data = {"name": name, "reason": "x"}
        response = client.post("/admin/fjern-navn/", data)
        assert (response.status_code, message in response.content.decode()) == (400, True), name
    redaction = prepared()
    publishing.select_places(redaction, places(redaction), [])
    with pytest.raises(PublishingError, match="Vælg mindst"):
        carried_out(redaction)
    assert not Redaction.objects.exists()


def test_the_preview_masks_cpr_numbers_and_its_queries_do_not_grow(client, editor):
    imported(minutes("A", decision="Om 010203-1234 og Bo Kanariefugl."))
    few = prepared()
    with CaptureQueriesContext(
        connection,
    ) as of_few:
        page = client.get(at(few)).content.decode()
    assert "1234" not in page
    assert "<mark>Bo Kanariefugl</mark>" in page
    for n in range(1, 8):
        imported(minutes(*(f"Sag {m} om Bo Kanariefugl nr. {m}" for m in range(5)), day=f"0{n}-04-2021"))
    many = prepared()
    with CaptureQueriesContext(connection) as of_many:
        client.get(at(many))
    assert len(of_many) <= len(of_few)


def test_a_new_document_with_the_name_has_a_warning_on_its_page_and_is_not_changed(client, editor):
    imported(minutes("Klage", decision=DECISION))
    carried_out(prepared())
    new = imported(
        minutes("Ny klage", decision="Også Bo Kanariefugls anden klage afvises.", day="03-03-2021")
    )
    reading = new.readings.get()
    address = f"/admin/minutes/meeting/{new.pk}/"
    page = client.get(f"{address}change/").content.decode()
    assert "1 sted med et navn, der er fjernet i andre møder" in page
    assert NAME in reading.text
    start = reading.text.index(NAME)
    client.post(f"{address}persondata/", {"reading": reading.pk, "start": start, "act": "name"})
    assert "Også ▓" in new.readings.get().text
    assert "fjernet i andre møder" not in client.get(f"{address}change/").content.decode()


def test_the_redaction_of_a_name_survives_an_old_dump_with_its_exceptions():
    meeting = imported(
        minutes("Klage", decision="Klagen fra Bo Kanariefugl afvises. Formand Bo Kanariefugl.")
    )
    original = Reading.objects.values().get()
    redaction = prepared()
    first, second = places(redaction)
    publishing.select_places(redaction, [first, second], [first])
    carried_out(redaction)
    after = Reading.objects.get().text
    Redaction.objects.all().delete()
    Reading.objects.filter(pk=original["id"]).update(text=original["text"], facts=original["facts"])
    call_command("replay_takedowns")
    assert Reading.objects.get().text == after
    assert Meeting.objects.get(pk=meeting.pk).state == State.PUBLISHED
    row = Redaction.objects.get()
    assert (row.whole_words, len(row.exceptions)) == (True, 2)
