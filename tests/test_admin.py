"""The tables in the admin: every page opens, and rows that come from a reading are read-only."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from minutes.models import (
    AlertRequest,
    Assignment,
    Case,
    Committee,
    CommitteeAlias,
    Digest,
    KnownVote,
    Meeting,
    MeetingCommittee,
    Municipality,
    Party,
    Reading,
    SearchEntry,
    SearchWord,
    SignInAttempt,
    Subscriber,
    Subscription,
)
from minutes.models.states import State
from minutes.reader import read
from minutes.reader.records import Participant, Statement
from minutes.vocabulary import SectionKind
from tests.documents import ballot, document, file, item, randers, section
from tests.texts import minutes

pytestmark = pytest.mark.django_db

OURS = [model for model in admin.site._registry if model._meta.app_label == "minutes"]
# Models whose rows are written by the import or by our own pages only.
READ = [
    model for model in OURS if model not in {Municipality, Committee, CommitteeAlias, Case, Party, Assignment}
]


@pytest.fixture
def filled() -> Meeting:
    """A meeting with a row of every model."""
    meeting = file(
        document(
            item(
                "1",
                "Cykelsti",
                case_number="19/1",
                decision="Godkendt.",
                ballots=(ballot(6, 1, against_names=("Ane Lund",), for_parties={"A": 6}),),
                statements=(Statement(who=("Ane Lund",), text="nej", start=0, end=3),),
                attachments=("Kort",),
                sections=(section(SectionKind.RESUME, "Kort"),),
            ),
            participants=(Participant(name="Ane Lund", party="A"),),
        )
    ).meeting
    CommitteeAlias.objects.create(committee=meeting.committee, name="Jobudvalget", slug="jobudvalget")
    return meeting


def names(model) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_list_opens_and_can_be_searched(admin_client, filled, model):
    address = reverse(f"{names(model)}_changelist")
    assert admin_client.get(address).status_code == 200
    assert admin_client.get(address, {"q": "cykel"}).status_code == 200
    assert admin.site._registry[model].search_fields


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_row_opens(admin_client, filled, model):
    for row in model.objects.all()[:2]:
        response = admin_client.get(reverse(f"{names(model)}_change", args=[row.pk]))
        assert response.status_code == 200


@pytest.mark.parametrize("model", READ, ids=lambda model: model.__name__)
def test_rows_of_a_reading_cannot_be_changed_or_deleted(admin_client, filled, model):
    row = model.objects.first()
    if row is not None:
        assert admin_client.post(reverse(f"{names(model)}_change", args=[row.pk]), {}).status_code == 403
        assert admin_client.post(reverse(f"{names(model)}_delete", args=[row.pk])).status_code == 403
    assert admin_client.get(reverse(f"{names(model)}_add")).status_code == 403


def test_every_model_is_registered():
    from django.apps import apps

    registered = set(OURS) | {
        inline.model for model in OURS for inline in admin.site._registry[model].inlines
    }
    # Rows of SearchWord and SignInAttempt have no municipality. MeetingCommittee and KnownVote are views.
    not_shown = {SearchWord, SignInAttempt, MeetingCommittee, KnownVote}
    # Nobody browses the addresses of those who follow pages.
    not_shown |= {AlertRequest, Digest, Subscriber, Subscription}
    ours = set(apps.get_app_config("minutes").get_models()) - not_shown
    assert ours == registered


def act(client, action: str, *meetings: Meeting):
    """Choose an action in the list of meetings, and confirm it."""
    chosen = {
        "action": action,
        "_selected_action": [meeting.pk for meeting in meetings],
        "reading": list(
            Reading.objects.filter(meeting__in=meetings, current=True).values_list("pk", flat=True)
        ),
        "confirmed": "1",
    }
    return client.post(reverse("admin:minutes_meeting_changelist"), chosen, follow=True)


def test_a_meeting_is_withdrawn_and_published_again(admin_client, filled):
    act(admin_client, "withdraw", filled)
    filled.refresh_from_db()
    assert filled.state == State.WITHDRAWN
    assert not SearchEntry.objects.exists()
    act(admin_client, "publish", filled)
    filled.refresh_from_db()
    assert filled.state == State.PUBLISHED
    assert SearchEntry.objects.count() == 1


def test_a_meeting_that_cannot_be_published_says_why_and_stops_no_other(admin_client, filled):
    with_number = document(item("1", "Budget"), date="2021-01-01", text="Sagen om 010203-1234")
    numbered = file(with_number, publish=False).meeting
    act(admin_client, "withdraw", filled)
    response = act(admin_client, "publish", numbered, filled)
    numbered.refresh_from_db()
    filled.refresh_from_db()
    assert (numbered.state, filled.state) == (State.DRAFT, State.PUBLISHED)
    assert "CPR" in response.content.decode()
    assert "1234" not in response.content.decode()


def test_a_user_with_permission_to_view_cannot_publish(client, filled):
    user = User.objects.create_user("kigger", password="kigger", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_meeting"))
    client.force_login(user)
    assert client.get(reverse("admin:minutes_meeting_changelist")).status_code == 200
    act(client, "withdraw", filled)
    filled.refresh_from_db()
    assert filled.state == State.PUBLISHED


def test_a_cpr_number_is_masked_on_every_staff_page(admin_client):
    with_number = read(minutes("Sagen om 010203-1234", decision="010203-1234").encode(), "referat.txt")
    meeting = file(with_number, name="010203-1234.txt").meeting
    addresses = [reverse(f"{names(model)}_changelist") for model in OURS]
    addresses += [
        reverse(f"{names(model)}_change", args=[row.pk]) for model in OURS for row in model.objects.all()[:3]
    ]
    for address in addresses:
        seen = admin_client.get(address).content.decode()
        assert "010203-1234" not in seen.replace("010203-1234.txt", ""), address
    assert meeting.state == State.DRAFT


def test_a_place_that_takes_an_address_of_the_sites_is_refused(admin_client):
    municipality = randers()
    fields = {"name": "Møder", "slug": "moeder", "code": "", "region": ""}
    response = admin_client.post(reverse("admin:minutes_municipality_change", args=[municipality.pk]), fields)
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert randers().slug == "randers"


def test_the_staff_pages_carry_no_script_or_style_of_their_own(admin_client, filled):
    seen = admin_client.get(reverse("admin:minutes_meeting_change", args=[filled.pk])).content.decode()
    assert "<style" not in seen
    assert "style=" not in seen
