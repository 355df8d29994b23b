"""The text of the source as the public sees it: what is printed under closed items is masked."""

import pytest
from django.core.management import call_command

from minutes import publishing
from minutes.models import Change, Correction, Meeting, PublicText, Reading
from minutes.reader.records import Section
from minutes.vocabulary import SectionKind
from tests.documents import document, file, item

pytestmark = pytest.mark.django_db

Field = Correction.Field
HEAD = "REFERAT\nPunkt 1: Cykelsti\nGodkendt.\n"


def stored(closed: str, *sections: tuple[SectionKind, str | None, str], **facts) -> str:
    """Return the public text of a document whose last item is the closed text."""
    text = HEAD + closed
    spans = []
    for kind, heading, words in sections:
        start = text.index(words, len(HEAD))
        spans.append(
            Section(heading=heading, kind=kind, text=words, clean=words, start=start, end=start + len(words))
        )
    decision = next((words for kind, _heading, words in sections if kind == SectionKind.DECISION), None)
    shown = item("1", "Cykelsti", start=8, end=len(HEAD))
    hidden = item(
        "2",
        "Salg af grund",
        closed=True,
        decision=decision,
        sections=tuple(spans),
        start=len(HEAD),
        end=len(text),
        **facts,
    )
    file(document(shown, hidden, text=text))
    public = PublicText.objects.get().text
    assert len(public) == len(text)
    assert public.startswith(HEAD)
    return public[len(HEAD) :]


def test_a_closed_item_keeps_its_heading_and_case_number():
    text = "Punkt 2: Salg af grund (lukket)\n15.20.00-P35-2-19\nKøber er Bo Dam.\n"
    public = stored(
        text, (SectionKind.PRESENTATION, None, "Køber er Bo Dam."), case_number="15.20.00-P35-2-19"
    )
    assert public == "Punkt 2: Salg af grund (lukket)\n15.20.00-P35-2-19" + "\n" + "▓" * 16 + "\n"


def test_a_printed_decision_stays_with_its_heading():
    text = "Punkt 2: Salg af grund\nLukket\nSagsfremstilling\nKøber er Bo Dam.\nBeslutning\nGodkendt.\n"
    public = stored(
        text,
        (SectionKind.PRESENTATION, "Sagsfremstilling", "Køber er Bo Dam."),
        (SectionKind.DECISION, "Beslutning", "Godkendt."),
    )
    assert "Bo Dam" not in public
    assert "Lukket\n" in public
    assert public.rstrip("▓\n").endswith("\nBeslutning\nGodkendt.")


def test_words_before_a_decision_without_a_heading_are_not_taken_for_one():
    text = "Punkt 2: Salg af grund\nKøber er Bo Dam.\nGodkendt.\n"
    public = stored(
        text, (SectionKind.PRESENTATION, None, "Køber er Bo Dam."), (SectionKind.DECISION, None, "Godkendt.")
    )
    assert "Bo Dam" not in public
    assert "Godkendt." in public


def test_a_page_that_is_one_paragraph_does_not_show_the_item_with_its_title():
    words = (
        "Køber er Bo Dam, som tidligere har købt to grunde af kommunen og nu ønsker at bygge et lager der."
    )
    public = stored(f"Punkt 2: Salg af grund {words}", (SectionKind.PRESENTATION, None, words))
    assert "Bo Dam" not in public
    assert "Salg af grund" in public


def test_a_closed_item_whose_place_is_not_known_masks_the_whole_text():
    file(document(item("1", "Salg af grund", closed=True), text="REFERAT\nSalg af grund til Bo Dam"))
    assert set(PublicText.objects.get().text) == {"▓", "\n"}


def test_a_corrected_decision_of_a_closed_item_replaces_the_printed_one_in_the_source_too(client):
    text = "Punkt 2: Salg af grund\nBeslutning\nSolgt til Bo Dam.\n"
    stored(text, (SectionKind.DECISION, "Beslutning", "Solgt til Bo Dam."))
    meeting = PublicText.objects.get().reading.meeting
    publishing.correct(meeting, meeting.items.get(slug="2"), Field.DECISION, "Solgt.", by=None)
    assert "Bo Dam" not in PublicText.objects.get().text
    assert meeting.items.get(slug="2").decision == "Solgt."
    assert meeting.items.get(slug="2").sections.get().text == "Solgt."


def test_a_draft_has_no_public_text():
    file(document(item("1", "Budget")), publish=False)
    assert not PublicText.objects.exists()


def test_migrate_withdraws_meetings_whose_facts_it_cannot_read_and_names_them(capsys, tmp_path, client):
    file(document(item("1", "Budget")))
    file(document(item("1", "Skole"), date="2020-02-04"))
    damaged, sound = Reading.objects.order_by("id")
    Reading.objects.filter(pk=damaged.pk).update(facts={"items": []})
    PublicText.objects.all().delete()
    call_command("migrate", verbosity=0)
    assert f"Meeting {damaged.meeting_id} was withdrawn" in capsys.readouterr().err
    assert list(PublicText.objects.values_list("reading", flat=True)) == [sound.pk]
    assert list(Meeting.objects.published()) == [sound.meeting]
    assert damaged.meeting.changes.get(kind=Change.Kind.WITHDRAWN)
    assert client.get(damaged.meeting.get_absolute_url()).status_code == 404
    call_command("export_archive", str(tmp_path / "export"), verbosity=0)
