"""Documents that are in the wrong place: another municipality's, another meeting's, or none of ours."""

import pytest
from django.contrib.auth.models import Group, User

from minutes import publishing
from minutes.importer import Overrides, discard_document, import_upload
from minutes.models import Assignment, Change, Meeting, Person, Reading, Source
from minutes.models.rights import EDITOR, RESPONSIBLE
from minutes.models.states import State
from minutes.publishing import PublishingError, Relation
from tests.documents import ballot, document, file, herning, imported, item, randers
from tests.stored_files import path_of
from tests.texts import minutes

pytestmark = pytest.mark.django_db

AGENDA = (item("1", "Godkendelse af dagsorden"), item("2", "Budget"))


def staff(*municipalities, group: str = EDITOR) -> User:
    user = User.objects.create_user(f"user{User.objects.count()}", is_staff=True)
    for municipality in municipalities:
        Assignment.objects.create(user=user, municipality=municipality, group=Group.objects.get(name=group))
    return user


# Another municipality


def test_a_meeting_moves_to_another_municipality_and_its_address_redirects(client):
    voted = item("2", "Budget", decision="Vedtaget.", ballots=(ballot(3, 2, against_names=("Ane Lund",)),))
    meeting = file(document(AGENDA[0], voted), given_municipality=herning()).meeting
    publishing.publish(meeting)
    before = meeting.get_absolute_url()
    publishing.move(
        meeting, day=meeting.date, committee="Jobudvalget", municipality=randers(), by=None, reason="Fejl"
    )
    meeting = Meeting.objects.with_places().get()
    assert meeting.get_absolute_url() == "/randers/jobudvalget/2020-01-14/"
    assert client.get(before).headers["Location"] == meeting.get_absolute_url()
    assert "Budget" in client.get(meeting.get_absolute_url()).content.decode()
    assert client.get("/herning/").status_code == 404
    assert Person.objects.published().get().municipality == randers()
    reading = Reading.objects.get()
    assert reading.doubts == []
    assert reading.source.given_municipality == randers()


def test_only_who_corrects_in_both_municipalities_can_move_a_meeting_between_them(client):
    meeting = file(document(*AGENDA), given_municipality=herning()).meeting
    address = f"/admin/minutes/meeting/{meeting.pk}/ret/"
    form = {"day": "2020-01-14", "committee": "Jobudvalget", "municipality": randers().pk}
    client.force_login(staff(herning()))
    assert "Kommune</label>" not in client.get(address).content.decode()
    client.post(address, form)
    assert Meeting.objects.get().committee.municipality == herning()
    client.force_login(staff(herning(), randers()))
    client.post(address, form)
    assert Meeting.objects.get().committee.municipality == randers()


def test_only_who_corrects_in_both_municipalities_can_confirm_that_a_meeting_moves(client, settings):
    settings.REQUIRE_SECOND_REVIEWER = True
    meeting = file(document(*AGENDA)).meeting
    publishing.move(
        meeting,
        day=meeting.date,
        committee="Jobudvalget",
        municipality=herning(),
        by=staff(randers(), herning()),
    )
    address = f"/admin/minutes/meeting/{meeting.pk}/rettelse/{meeting.corrections.get().pk}/"
    client.force_login(staff(randers()))
    assert client.post(address, {"act": "confirm"}).status_code == 403
    assert Meeting.objects.get().committee.municipality == randers()
    client.force_login(staff(randers(), herning()))
    client.post(address, {"act": "confirm"})
    assert Meeting.objects.get().committee.municipality == herning()


# Discarding


def test_a_discarded_document_is_gone_and_the_same_bytes_can_be_imported_again(data_folder):
    text = minutes("Budget")
    files = [("forkert.txt", text.encode())]
    _run, (first,) = import_upload(files, Overrides(municipality=herning()), None)
    sha256 = Source.objects.get().sha256
    reading = Reading.objects.get(pk=first.reading_id)
    assert discard_document(reading, by=None, reason="Forkert kommune") is None
    assert not Meeting.objects.exists()
    assert not Source.objects.exists()
    assert Change.objects.get(kind="discarded").municipality == herning()
    _run, (second,) = import_upload(files, Overrides(municipality=randers()), None)
    assert second.status == "imported"
    assert Source.objects.get().sha256 == sha256
    assert path_of(sha256).exists()


@pytest.mark.django_db(transaction=True)
def test_the_bytes_of_a_discarded_document_are_deleted(municipalities, data_folder):
    meeting = imported(minutes("Budget"))
    publishing.withdraw(meeting)
    path = path_of(Source.objects.get().sha256)
    assert path.exists()
    discard_document(Reading.objects.get(), by=None, reason="Testfil")
    assert not path.exists()


def test_a_public_document_cannot_be_discarded():
    meeting = imported(minutes("Budget"))
    with pytest.raises(PublishingError, match="Træk mødet tilbage"):
        publishing.discard(meeting.readings.get(), by=None, reason="Forkert")


def test_a_discarded_version_leaves_the_version_before_it_current(client):
    meeting = imported(minutes("Budget", decision="Godkendt."))
    imported(minutes("Budget", decision="Forkastet."))
    publishing.accept(Reading.objects.get(pending=True))
    publishing.withdraw(meeting)
    publishing.discard(meeting.readings.get(current=True), by=None, reason="Forkert fil")
    assert meeting.readings.get().current
    publishing.publish(meeting)
    assert meeting.items.get().decision == "Godkendt."


def test_a_pending_version_of_a_public_meeting_can_be_discarded():
    meeting = imported(minutes("Budget"))
    imported(minutes("Budget", decision="Forkastet."))
    assert publishing.discard(Reading.objects.get(pending=True), by=None, reason="Forkert") == meeting
    meeting.refresh_from_db()
    assert (meeting.state, meeting.items.get().decision) == (State.PUBLISHED, "Godkendt.")


def test_a_responsible_discards_on_a_page_that_says_what_it_means(client):
    meeting = file(document(*AGENDA), publish=False).meeting
    client.force_login(staff(randers(), group=RESPONSIBLE))
    address = f"/admin/minutes/meeting/{meeting.pk}/laesning/{meeting.readings.get().pk}/kasser/"
    assert "Mødet har ingen andre dokumenter" in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 400
    assert client.post(address, {"reason": "Testfil"}).headers["Location"] == "/admin/minutes/meeting/"
    assert not Meeting.objects.exists()


def test_an_editor_cannot_discard(client):
    meeting = file(document(*AGENDA), publish=False).meeting
    client.force_login(staff(randers()))
    address = f"/admin/minutes/meeting/{meeting.pk}/laesning/{meeting.readings.get().pk}/kasser/"
    assert client.post(address, {"reason": "x"}).status_code == 403


# What a document is to the meeting of its day


def doubtful_pair() -> tuple[Meeting, Meeting]:
    first = file(document(*AGENDA)).meeting
    second = file(document(AGENDA[0], item("2", "Kystsikring"), start_time=None, text="to")).meeting
    assert second.state == State.DRAFT
    return first, second


def test_a_draft_can_be_said_to_be_a_new_version_of_the_meeting_of_that_day():
    first, second = doubtful_pair()
    assert publishing.change_relation(second.readings.get(), Relation.VERSION, by=None) == first
    assert [row.title for row in first.items.order_by("position")][1] == "Kystsikring"
    assert Meeting.objects.get() == first
    assert first.readings.filter(current=True).get().doubts == []


def test_a_draft_can_be_said_to_be_a_supplement_to_the_meeting_of_that_day():
    first, second = doubtful_pair()
    publishing.change_relation(second.readings.get(), Relation.SUPPLEMENT, by=None)
    titles = [row.title for row in first.items.order_by("position")]
    assert titles == ["Godkendelse af dagsorden", "Budget", "Godkendelse af dagsorden", "Kystsikring"]


def test_the_earlier_version_is_shown_when_staff_say_that_the_draft_s_version_is_a_supplement():
    meeting = imported(minutes("Budget"))
    publishing.withdraw(meeting)
    imported(minutes("Budget", "Kystsikring"))
    latest = meeting.readings.get(pending=True)
    publishing.accept(latest)
    assert publishing.change_relation(latest, Relation.SUPPLEMENT, by=None) == meeting
    assert meeting.readings.filter(current=True, supplement=False).get() != latest
    assert [row.title for row in meeting.items.order_by("position")] == ["Budget", "Budget", "Kystsikring"]


def test_the_only_minutes_of_a_meeting_cannot_be_its_supplement():
    meeting = file(document(*AGENDA, kind="supplementary")).meeting
    Meeting.objects.update(state=State.DRAFT)
    file(document(item("8", "Tillæg"), text="Tillæg", kind="supplementary"))
    main = meeting.readings.order_by("id").first()
    meeting.readings.exclude(pk=main.pk).update(supplement=True)
    main.supplement, main.current = False, True
    main.save()
    with pytest.raises(PublishingError, match="intet andet referat"):
        publishing.change_relation(main, Relation.SUPPLEMENT, by=None)


def test_a_draft_can_be_said_to_be_a_meeting_of_its_own():
    first, second = doubtful_pair()
    assert publishing.change_relation(second.readings.get(), Relation.ANOTHER, by=None) == second
    assert second.readings.get().doubts == []
    assert publishing.publish(second)
    assert first.items.count() == 2


def test_a_pending_version_can_be_said_to_be_another_meeting():
    meeting = imported(minutes("Budget"))
    imported(minutes("Budget", "Kystsikring", decision="Udsat."))
    other = publishing.change_relation(Reading.objects.get(pending=True), Relation.ANOTHER, by=None)
    assert (other.sequence, other.state, other.items.count()) == (2, State.DRAFT, 2)
    assert meeting.items.get().decision == "Godkendt."


def test_a_public_document_keeps_its_place():
    meeting = file(document(*AGENDA)).meeting
    with pytest.raises(PublishingError, match="offentligt"):
        publishing.change_relation(meeting.readings.get(), Relation.ANOTHER, by=None)


def test_staff_choose_on_the_review_page(client):
    first, second = doubtful_pair()
    client.force_login(staff(randers()))
    page = client.get(f"/admin/minutes/meeting/{second.pk}/change/").content.decode()
    assert "Udvalget har allerede et møde den dag." in page
    assert "Det er et tillæg til mødet den dag" in page
    reading = second.readings.get()
    client.post(
        f"/admin/minutes/meeting/{second.pk}/dokument/", {"reading": reading.pk, "relation": "supplement"}
    )
    assert first.items.count() == 4
