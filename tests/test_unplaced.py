"""Documents of unknown municipality, committee or date are stored; documents without items are drafts."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.urls import reverse

from minutes.models import (
    Assignment,
    Change,
    ImportRun,
    Meeting,
    Reading,
    SearchEntry,
    Source,
    UnplacedDocument,
)
from minutes.models.rights import EDITOR, RESPONSIBLE
from minutes.models.states import State
from tests.documents import herning, randers
from tests.texts import minutes

pytestmark = pytest.mark.django_db

NO_HEADER = "Ældrerådet talte om færgen og bussen.\n\nDer var afbud fra to. Eventuelt: Intet.\n"
UNREAD = f"REFERAT Ældrerådet d. 14-01-2020\n\n{NO_HEADER}"


@pytest.fixture
def run(tmp_path, capsys):
    """Function that imports a text with options and returns the exit status and the output."""

    def run(text: str, *options: str) -> tuple[int, str]:
        path = tmp_path / "referat.txt"
        path.write_text(text, encoding="utf-8")
        status = 0
        try:
            call_command("import_minutes", str(path), *options)
        except SystemExit as leaving:
            status = int(leaving.code or 0)
        return status, " ".join(capsys.readouterr().out.split())

    return run


def staff(client, group: str, place=None):
    user = User.objects.create_user("medarbejder", password="medarbejder", is_staff=True)
    Assignment.objects.create(user=user, municipality=place or randers(), group=Group.objects.get(name=group))
    client.force_login(user)
    return client


def at(unplaced: UnplacedDocument) -> str:
    return reverse("admin:minutes_unplaceddocument_change", args=[unplaced.pk])


def test_a_document_without_committee_and_date_is_kept_and_reported(run, settings):
    status, printed = run(NO_HEADER, "--municipality", "Randers")
    assert status == 0
    assert "unplaced 1" in printed
    assert "teksten siger ikke udvalget, mødets dato" in printed
    unplaced = UnplacedDocument.objects.get()
    assert (unplaced.municipality, unplaced.committee, unplaced.date) == (randers(), "", None)
    assert (Path(settings.ARCHIVE_DATA) / "sources" / unplaced.source.sha256).exists()
    assert ImportRun.objects.get().unplaced == 1
    assert not Meeting.objects.exists()


def test_options_of_a_second_import_give_the_document_its_meeting(run):
    run(NO_HEADER)
    status, printed = run(NO_HEADER, "--municipality", "Randers", "--committee", "Ældrerådet")
    assert (status, "mødets dato" in printed) == (0, True)
    assert UnplacedDocument.objects.get().committee == "Ældrerådet"
    status, printed = run(NO_HEADER, "--date", "2021-03-04")
    assert (status, "imported 1" in printed) == (0, True)
    assert Meeting.objects.get().get_absolute_url() == "/randers/aeldreraadet/2021-03-04/"
    assert not UnplacedDocument.objects.exists()
    assert run(NO_HEADER)[1].count("unchanged 1") == 1


def test_the_same_document_again_stays_one(run):
    for _ in range(2):
        status, printed = run(NO_HEADER)
        assert (status, "unplaced 1" in printed) == (0, True)
    assert (Source.objects.count(), UnplacedDocument.objects.count()) == (1, 1)


def test_any_text_is_taken_when_a_person_gives_committee_and_date(run):
    text = "Vi spiste kage og gik hjem klokken ni.\n"
    assert run(text, "--municipality", "Randers")[0] == 1
    options = ("--municipality", "Randers", "--committee", "Ældrerådet", "--date", "2021-03-04")
    assert run(text, *options)[0] == 0
    assert Meeting.objects.get().state == State.DRAFT


def test_minutes_without_items_are_an_unread_draft_that_staff_find_by_its_text(run, client):
    _status, printed = run(UNREAD, "--municipality", "Randers", "--publish-doubtful")
    assert "Ikke læst" in printed
    meeting = Meeting.objects.get()
    assert (meeting.state, Reading.objects.get().grade) == (State.DRAFT, "unread")
    assert not SearchEntry.objects.exists()
    assert client.get(meeting.get_absolute_url()).status_code == 404
    editor = staff(client, EDITOR)
    address = reverse("admin:minutes_meeting_changelist")
    for query in ("færgen bussen", "ÆLDRERÅDET"):
        assert "14. januar 2020" in editor.get(address, {"q": query}).content.decode()
    assert "0 møder" in editor.get(address, {"q": "skolevej"}).content.decode()
    assert "14. januar 2020" in editor.get(address, {"grade": "unread"}).content.decode()
    assert "0 møder" in editor.get(address, {"grade": "certain"}).content.decode()
    seen = editor.get(reverse("admin:minutes_meeting_change", args=[meeting.pk])).content.decode()
    assert "Ikke læst" in seen
    assert "ikke læst" in editor.get(reverse("admin:index")).content.decode()


def test_doubtful_minutes_are_published_with_the_option_only(run):
    text = minutes("Cykelsti", decision="Forkastet med 6 stemmer for og 1 stemme imod.")
    _status, printed = run(text)
    assert Meeting.objects.get().state == State.DRAFT
    assert "linje" in printed
    assert "Resultatet af en afstemning passer ikke til stemmetallene" in printed
    other = minutes("Budget", day="15-01-2020", decision="Forkastet med 6 stemmer for og 1 stemme imod.")
    run(other, "--publish-doubtful")
    assert Meeting.objects.get(date="2020-01-15").state == State.PUBLISHED


def test_a_personal_number_is_not_published_with_the_option_either(run):
    run(minutes(decision="Borger 010203-1234 fik medhold."), "--publish-doubtful")
    assert Meeting.objects.get().state == State.DRAFT


def test_staff_give_what_is_missing(run, client):
    run(f"{NO_HEADER}010203-1234\n", "--municipality", "Randers")
    unplaced = UnplacedDocument.objects.get()
    editor = staff(client, EDITOR)
    assert "Dokumenter uden møde" in editor.get(reverse("admin:index")).content.decode()
    body = editor.get(at(unplaced)).content.decode()
    assert "talte om færgen" in body
    assert "1234" not in body
    fields = {"municipality": randers().pk, "committee": "Ældrerådet", "date": ""}
    assert editor.post(at(unplaced), fields).status_code == 400
    response = editor.post(at(unplaced), {**fields, "date": "2021-03-04"})
    meeting = Meeting.objects.get()
    assert response["Location"] == reverse(
        "admin:minutes_meeting_reading", args=[meeting.pk, meeting.readings.get().pk]
    )
    assert (meeting.state, str(meeting)) == (State.DRAFT, "Ældrerådet 2021-03-04")
    assert not UnplacedDocument.objects.exists()


def test_an_upload_without_a_date_leads_to_the_page_that_asks_for_it(client):
    editor = staff(client, EDITOR)
    data = {"municipality": randers().pk, "text": NO_HEADER}
    response = editor.post(reverse("admin:upload"), data)
    assert response["Location"] == at(UnplacedDocument.objects.get())
    sent = Change.objects.get(kind="sent", by_name="medarbejder")
    assert sent.detail.endswith("uden møde")
    assert sent.municipality == randers()


def test_staff_of_another_municipality_see_and_place_nothing(run, client):
    run(NO_HEADER, "--municipality", "Randers")
    unplaced = UnplacedDocument.objects.get()
    other = staff(client, RESPONSIBLE, herning())
    assert 'id="uden-moede"' not in other.get(reverse("admin:index")).content.decode()
    response = other.post(
        at(unplaced), {"municipality": herning().pk, "committee": "X", "date": "2021-03-04"}
    )
    assert response.status_code == 403
    assert "færgen" not in other.get(at(unplaced), follow=True).content.decode()
    data = {"municipality": herning().pk, "committee": "Ældrerådet", "date": "2021-03-04", "text": NO_HEADER}
    assert "under en anden kommune" in other.post(reverse("admin:upload"), data).content.decode()
    assert not Meeting.objects.exists()


def test_a_document_that_does_not_belong_is_discarded_with_its_bytes(
    run, client, settings, django_capture_on_commit_callbacks
):
    run(NO_HEADER, "--municipality", "Randers")
    unplaced = UnplacedDocument.objects.select_related("source").get()
    responsible = staff(client, RESPONSIBLE)
    responsible.post(at(unplaced), {"discard": "1", "reason": ""})
    assert UnplacedDocument.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        responsible.post(at(unplaced), {"discard": "1", "reason": "Et brev"})
    assert not Source.objects.exists()
    assert not (Path(settings.ARCHIVE_DATA) / "sources" / unplaced.source.sha256).exists()
    assert Change.objects.exclude(kind=Change.Kind.SIGNED_IN).get().reason == "Et brev"


def test_an_editor_may_not_discard(run, client):
    run(NO_HEADER, "--municipality", "Randers")
    editor = staff(client, EDITOR)
    unplaced = UnplacedDocument.objects.get()
    assert editor.post(at(unplaced), {"discard": "1", "reason": "Et brev"}).status_code == 403


def test_rereading_places_a_document_whose_committee_is_read_now(run, monkeypatch, capsys):
    run(NO_HEADER, "--municipality", "Randers")
    Source.objects.update(given_committee="Ældrerådet", given_date="2021-03-04")
    call_command("reread_minutes")
    assert "imported  1" in capsys.readouterr().out
    assert Meeting.objects.get().state == State.DRAFT
    assert not UnplacedDocument.objects.exists()
