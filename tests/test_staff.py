"""The staff's pages: upload, review, correct, publish and withdraw."""

import html
import re

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from minutes.models import Assignment, Change, Correction, Meeting, Reading, SearchEntry
from minutes.models.rights import EDITOR, RESPONSIBLE
from minutes.models.states import State
from minutes.search.query_parser import parse_query
from minutes.search.searcher import Searcher
from tests.documents import randers
from tests.texts import minutes

pytestmark = pytest.mark.django_db

VOTED = "Godkendt med 6 stemmer for og 1 stemme imod. Imod stemte Ane Lund."


def assigned(name: str, group: str, municipality=None) -> User:
    user = User.objects.create_user(name, password=name, is_staff=True)
    Assignment.objects.create(
        user=user, municipality=municipality or randers(), group=Group.objects.get(name=group)
    )
    return user


@pytest.fixture
def editor(client):
    """A Redaktør of Randers, logged in."""
    client.force_login(assigned("redaktoer", EDITOR))
    return client


@pytest.fixture
def responsible(client):
    """An Ansvarlig of Randers, logged in."""
    client.force_login(assigned("ansvarlig", RESPONSIBLE))
    return client


def upload(client, *texts: str, **fields):
    files = [
        SimpleUploadedFile(f"referat{number}.txt", text if isinstance(text, bytes) else text.encode())
        for number, text in enumerate(texts, start=1)
    ]
    data = {"municipality": randers().pk, "documents": files, **fields}
    return client.post(reverse("admin:upload"), data, follow=True)


def text_of(response) -> str:
    body = response.content.decode().split('id="main"', 1)[-1]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def act(client, meeting, act: str, **fields):
    address = reverse("admin:minutes_meeting_state", args=[meeting.pk])
    return client.post(address, {"act": act, **fields}, follow=True)


def review(client, meeting) -> str:
    return text_of(client.get(reverse("admin:minutes_meeting_change", args=[meeting.pk])))


# Upload


def test_an_upload_is_a_draft_and_its_preview_is_shown(editor):
    response = upload(editor, minutes("Cykelsti", decision=VOTED))
    meeting = Meeting.objects.get()
    assert meeting.state == State.DRAFT
    assert not SearchEntry.objects.exists()
    seen = text_of(response)
    assert "Beskæftigelsesudvalget, 14. januar 2020" in seen
    assert "For 6 · Imod 1 (Ane Lund)" in seen
    assert "1 punkt, 1 med beslutning, 1 afstemning" in seen


def test_every_fact_leads_to_its_place_in_the_text(editor):
    body = upload(editor, minutes("Cykelsti", decision=VOTED)).content.decode()
    targets = re.findall(r'href="#(t\d+)"', body)
    assert len(targets) >= 4
    for target in targets:
        assert body.count(f'id="{target}"') == 1
    text = Reading.objects.get().text
    assert f'id="t{text.index("Godkendt med 6")}"' in body


def test_pasted_text_is_imported_like_a_file(editor):
    data = {"municipality": randers().pk, "text": minutes("Cykelsti")}
    assert editor.post(reverse("admin:upload"), data).status_code == 302
    assert Meeting.objects.get().items.get().title == "Cykelsti"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "Word"),
        (b"", "tom"),
        (b"\xff\xfe\x00" * 50, "ikke"),
        (b"Hej", "ligner ikke et referat"),
    ],
)
def test_an_unreadable_file_is_refused_with_advice(editor, data, said):
    response = upload(editor, data)
    assert response.status_code == 400
    assert said in text_of(response)
    assert not Meeting.objects.exists()


def test_a_file_past_fifty_megabytes_is_refused(editor):
    response = upload(editor, b"a" * (50 * 1024 * 1024 + 1))
    assert response.status_code == 400
    assert "større end 50 MB" in text_of(response)


def test_an_upload_of_nothing_says_so(editor):
    response = editor.post(reverse("admin:upload"), {"municipality": randers().pk})
    assert response.status_code == 400
    assert "Vælg en fil" in text_of(response)


def test_staff_of_several_municipalities_must_choose_one(client):
    user = assigned("begge", EDITOR)
    other = type(randers()).objects.get(code="751")
    Assignment.objects.create(user=user, municipality=other, group=Group.objects.get(name=EDITOR))
    client.force_login(user)
    assert "Vælg kommune" in text_of(client.get(reverse("admin:upload")))
    assert client.post(reverse("admin:upload"), {"text": minutes("Cykelsti")}).status_code == 400
    assert not Meeting.objects.exists()


def test_the_same_file_again_leads_to_the_meeting_and_changes_nothing(editor):
    upload(editor, minutes("Cykelsti"))
    response = upload(editor, minutes("Cykelsti"))
    assert response.redirect_chain[-1][0].startswith(
        reverse("admin:minutes_meeting_change", args=[Meeting.objects.get().pk]).removesuffix("change/")
    )
    assert Reading.objects.count() == 1
    assert "allerede i arkivet" in text_of(response)


def test_a_committee_and_a_date_missing_in_the_text_can_be_entered(editor):
    text = minutes("Cykelsti").replace("REFERAT Beskæftigelsesudvalget d. 14-01-2020", "REFERAT")
    text = text.replace("Mødedato Tirsdag d. 14. januar 2020 kl. 16:00", "")
    assert "Angiv" in text_of(upload(editor, text))
    upload(editor, text, committee="Kulturudvalget", date="2020-02-03")
    assert str(Meeting.objects.get()) == "Kulturudvalget 2020-02-03"


def test_a_cpr_number_in_a_files_name_is_masked(editor):
    file = SimpleUploadedFile("sag 010203-1234.txt", minutes("Cykelsti").encode())
    response = editor.post(
        reverse("admin:upload"), {"municipality": randers().pk, "documents": [file]}, follow=True
    )
    assert "sag [CPR-nummer fjernet].txt" in text_of(response)
    for address in ("/admin/", reverse("admin:minutes_source_changelist")):
        assert "1234" not in text_of(editor.get(address))


# New versions


def test_a_new_version_is_pending_and_its_page_shows_changed_words(editor):
    upload(editor, minutes("Cykelsti", decision="Godkendt."))
    meeting = Meeting.objects.get()
    act(editor, meeting, "publish")
    response = upload(editor, minutes("Cykelsti", decision="Godkendt med bemærkning."))
    body = response.content.decode()
    assert "<ins> med bemærkning</ins>" in body
    assert "ændret: beslutning" in text_of(response)
    assert meeting.items.get().decision == "Godkendt."
    waiting = Reading.objects.get(pending=True)
    act(editor, meeting, "accept", reading=waiting.pk)
    assert meeting.items.get().decision == "Godkendt med bemærkning."
    assert Meeting.objects.get().state == State.PUBLISHED


def test_a_new_version_can_be_rejected(editor):
    upload(editor, minutes("Cykelsti"))
    upload(editor, minutes("Cykelsti", decision="Forkastet."))
    waiting = Reading.objects.get(pending=True)
    act(editor, waiting.meeting, "reject", reading=waiting.pk)
    reading = Reading.objects.get(current=True)
    assert reading.facts["items"][0]["decision"] == "Godkendt."
    assert not Reading.objects.filter(pending=True).exists()


# States


def test_publishing_and_withdrawing_are_logged_with_user_and_reason(editor, client):
    upload(editor, minutes("Cykelsti"))
    meeting = Meeting.objects.with_places().get()
    act(editor, meeting, "publish", reason="Godkendt af formanden")
    assert client.get(meeting.get_absolute_url()).status_code == 200
    act(editor, meeting, "withdraw", reason="Forkert bilag")
    assert client.get(meeting.get_absolute_url()).status_code == 404
    seen = review(editor, meeting)
    assert "Offentliggjort : ”Godkendt af formanden”" in seen
    assert "Trukket tilbage : ”Forkert bilag”" in seen
    changes = Change.objects.exclude(kind=Change.Kind.SIGNED_IN)
    assert [change.by.username for change in changes] == ["redaktoer"] * 3


@pytest.mark.parametrize(
    "data",
    [
        {"act": "publish", "reason": "\0"},
        {"act": "accept"},
        {"act": "accept", "reading": "²"},
        {"act": "reject", "reading": "9" * 30},
        {"act": "findesikke"},
        {},
    ],
)
def test_invalid_requests_get_404_or_a_message(editor, data):
    upload(editor, minutes("Cykelsti"))
    meeting = Meeting.objects.get()
    for page in ("state", "personal_data"):
        response = editor.post(reverse(f"admin:minutes_meeting_{page}", args=[meeting.pk]), data)
        assert response.status_code in {302, 404}


def test_two_must_approve_where_required(client, settings):
    settings.REQUIRE_SECOND_REVIEWER = True
    first, second = assigned("foerste", EDITOR), assigned("anden", EDITOR)
    client.force_login(first)
    upload(client, minutes("Cykelsti"))
    meeting = Meeting.objects.get()
    act(client, meeting, "publish")
    assert "En anden end dig" in text_of(act(client, meeting, "publish"))
    assert Meeting.objects.get().state == State.DRAFT
    client.force_login(second)
    act(client, meeting, "publish")
    assert Meeting.objects.get().state == State.PUBLISHED


def test_a_change_revokes_the_first_approval(client, settings):
    settings.REQUIRE_SECOND_REVIEWER = True
    first, second = assigned("foerste", EDITOR), assigned("anden", EDITOR)
    client.force_login(first)
    upload(client, minutes("Cykelsti"))
    meeting = Meeting.objects.get()
    act(client, meeting, "publish")
    client.force_login(second)
    correct(client, meeting, "1", title="Cykelsti ved åen")
    act(client, meeting, "publish")
    assert Meeting.objects.get().state == State.DRAFT


# Corrections


def correct(client, meeting, item: str, **fields):
    """Submit the form with the values that the page shows, but for `fields`."""
    address = reverse("admin:minutes_meeting_correct_item", args=[meeting.pk, item])
    form = client.get(address)
    shown = {}
    for part in (form.context["form"], *(slot.form for slot in form.context["slots"])):
        for field in part:
            value = field.value()
            if value is not None and value is not False:
                shown[field.html_name] = value
    return client.post(address, shown | fields, follow=True)


def test_saving_the_unchanged_form_corrects_nothing(editor):
    upload(editor, minutes("Cykelsti", decision=VOTED))
    assert correct(editor, Meeting.objects.get(), "1").status_code == 200
    assert not Correction.objects.exists()


def test_a_corrected_title_is_marked_as_such_on_the_public_page(editor, client):
    upload(editor, minutes("Cykelsti", decision=VOTED))
    meeting = Meeting.objects.with_places().get()
    act(editor, meeting, "publish")
    correct(editor, meeting, "1", title="Cykelsti ved åen", reason="Slåfejl")
    page = client.get(f"{meeting.get_absolute_url()}1/").content.decode()
    assert "<h1>Cykelsti ved åen</h1>" in page
    assert "Titlen er rettet af kommunen" in page
    assert "Slåfejl" not in page
    assert Searcher(parse_query("åen")).page(1) == [meeting.items.get(slug="1").pk]


def test_a_ballots_counts_and_names_are_corrected(editor, client):
    upload(editor, minutes("Cykelsti", decision=VOTED))
    meeting = Meeting.objects.with_places().get()
    act(editor, meeting, "publish")
    fields = {"ballot0-against_count": "2", "ballot0-against_names": "Ane Lund\nBo Dam"}
    correct(editor, meeting, "1", **fields)
    ballot = meeting.items.get().ballots.get()
    assert ballot.against_count == 2
    assert sorted(vote.person.name for vote in ballot.votes.all()) == ["Ane Lund", "Bo Dam"]
    page = client.get(f"{meeting.get_absolute_url()}1/").content.decode()
    assert "Afstemningen er rettet af kommunen" in page


def test_a_false_ballot_is_removed_and_can_be_restored(editor):
    upload(editor, minutes("Cykelsti", decision=VOTED))
    meeting = Meeting.objects.with_places().get()
    act(editor, meeting, "publish")
    correct(editor, meeting, "1", **{"ballot0-false": "on"})
    assert not meeting.items.get().ballots.exists()
    correct(editor, meeting, "1", **{"ballot0-false": ""})
    assert meeting.items.get().ballots.get().against_count == 1


def test_a_missed_ballot_is_added_with_its_words(editor):
    upload(editor, minutes("Cykelsti", decision="Vedtaget. Ane Lund var ikke enig."))
    meeting = Meeting.objects.with_places().get()
    act(editor, meeting, "publish")
    fields = {
        "ballot0-for_count": "6",
        "ballot0-against_count": "1",
        "ballot0-against_names": "Ane Lund",
        "ballot0-evidence": "Ane Lund var ikke\nenig.",
    }
    correct(editor, meeting, "1", **fields)
    ballot = meeting.items.get().ballots.get()
    text = Reading.objects.get().text
    assert text[ballot.start : ballot.end] == "Ane Lund var ikke enig."
    assert meeting.items.get().contested


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"ballot0-evidence": "Dette står ingen steder."}, "står ikke i punktets tekst"),
        ({"ballot0-evidence": ""}, "Skriv de ord"),
        ({"ballot0-against_count": "1", "ballot0-against_names": "Ane Lund\nBo Dam"}, "2 navne"),
        ({"ballot0-for_names": "Ane Lund", "ballot0-against_names": "ane lund"}, "to gange"),
        ({"ballot0-against_count": "-1"}, "større end eller lig"),
    ],
)
def test_an_invalid_ballot_is_refused_and_nothing_is_saved(editor, fields, message):
    upload(editor, minutes("Cykelsti", decision="Vedtaget."))
    meeting = Meeting.objects.get()
    fields = {"ballot0-for_count": "5", "ballot0-evidence": "Vedtaget.", **fields}
    response = correct(editor, meeting, "1", title="Anden titel", **fields)
    assert response.status_code == 400
    assert message in text_of(response)
    assert not Correction.objects.exists()


def test_a_corrected_date_moves_the_meeting_and_redirects_its_old_address(editor, client):
    upload(editor, minutes("Cykelsti"))
    meeting = Meeting.objects.with_places().get()
    act(editor, meeting, "publish")
    old = meeting.get_absolute_url()
    data = {"day": "2020-01-15", "committee": "Jobudvalget"}
    editor.post(reverse("admin:minutes_meeting_correct", args=[meeting.pk]), data)
    new = "/randers/jobudvalget/2020-01-15/"
    assert client.get(new).status_code == 200
    assert "rettet af kommunen" in client.get(new).content.decode()
    for path in ("", "1/"):
        response = client.get(f"{old}{path}")
        assert (response.status_code, response["Location"]) == (301, f"{new}{path}")


def test_a_correction_that_waits_for_a_second_reviewer_can_be_confirmed(client, settings):
    first, second = assigned("foerste", EDITOR), assigned("anden", EDITOR)
    client.force_login(first)
    upload(client, minutes("Cykelsti"))
    meeting = Meeting.objects.get()
    act(client, meeting, "publish")
    settings.REQUIRE_SECOND_REVIEWER = True
    assert "venter på, at en anden godkender" in text_of(correct(client, meeting, "1", title="Stien"))
    assert meeting.items.get().title == "Cykelsti"
    address = reverse("admin:minutes_meeting_correction", args=[meeting.pk, Correction.objects.get().pk])
    client.post(address, {"act": "confirm"})
    assert meeting.items.get().title == "Cykelsti"
    client.force_login(second)
    client.post(address, {"act": "confirm"})
    assert meeting.items.get().title == "Stien"


def test_a_file_for_a_meeting_that_is_taken_down_is_not_pending(responsible):
    upload(responsible, minutes("Cykelsti"))
    meeting = Meeting.objects.get()
    address = reverse("admin:minutes_meeting_take_down", args=[meeting.pk])
    responsible.post(address, {"reason": "Efter anmodning"})
    seen = text_of(upload(responsible, minutes("Cykelsti", decision="Udsat.")))
    assert "Mødet er taget ned og bliver ikke vist" in seen
    assert "Nye udgaver, der venter 0" in text_of(responsible.get("/admin/"))


def test_the_dashboard_lists_and_links_pending_work(responsible):
    upload(responsible, minutes("Sagen om 010203-1234"))
    meeting = Meeting.objects.get()
    page = responsible.get("/admin/")
    seen = text_of(page)
    assert "Mulige CPR-numre 1" in seen
    assert "Kladder, der venter 1" in seen
    assert "Indlæst : Beskæftigelsesudvalget 14. januar 2020" in seen
    assert reverse("admin:minutes_meeting_change", args=[meeting.pk]) in page.content.decode()
    assert "010203" not in page.content.decode()


def test_the_pages_make_as_many_queries_for_twenty_meetings_as_for_one(
    responsible, django_assert_max_num_queries
):
    def pages() -> None:
        with django_assert_max_num_queries(32):
            responsible.get("/admin/")
        with django_assert_max_num_queries(32):
            responsible.get(reverse("admin:minutes_meeting_change", args=[Meeting.objects.first().pk]))

    upload(responsible, minutes("Cykelsti", decision=VOTED))
    pages()
    for day in range(15, 29):
        titles = [f"Sag {number}" for number in range(12)]
        upload(responsible, minutes(*titles, day=f"{day}-01-2020", decision=VOTED))
    pages()
