"""Staff split, join, add and reorder items; what is closed stays closed, and addresses stay."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from minutes import publishing
from minutes.models import AgendaItem, Correction, Meeting, Reading
from minutes.models.rights import EDITOR
from minutes.publishing import PublishingError
from minutes.publishing.public_facts import public_corrections, public_facts
from tests.documents import imported
from tests.filled import staff
from tests.texts import minutes

pytestmark = pytest.mark.django_db

Field = Correction.Field
State = Correction.State
VOTED = "Vedtaget med 5 stemmer for og 2 stemmer imod. Imod stemte Ane Lund og Bo Dam."
# Headings that the reader does not take for one of an item.
HARBOUR = "Sagen om havnens kaj"
SECRET = "Hemmelig aftale med Per Ravn"


def run_together(*titles: str) -> str:
    """Minutes whose first item has another one in it, without a number, with a decision of its own."""
    text = minutes(*(titles or ("Cykelsti", "Skolen")))
    inner = f"{HARBOUR}\n\nSagsfremstilling\n\nKajen er gammel.\n\nBeslutning\n\n{VOTED}\n\n"
    return text.replace("Punkt 2:", f"{inner}Punkt 2:", 1)


def rows(meeting: Meeting) -> list[tuple[str, str]]:
    return list(meeting.items.order_by("position").values_list("slug", "title"))


def item(meeting: Meeting, slug: str) -> AgendaItem:
    return meeting.items.select_related("reading").get(slug=slug)


def split(meeting: Meeting, **facts: str) -> Correction:
    return publishing.split_item(meeting, item(meeting, "1"), HARBOUR, by=None, **facts)


def accept_version(text: str) -> None:
    imported(text)
    publishing.accept(Reading.objects.get(pending=True))


# Split


def test_an_item_is_split_and_each_part_has_its_own_sections_decision_and_votes(page_text):
    meeting = imported(run_together())
    split(meeting, number="1a")
    assert rows(meeting) == [("1", "Cykelsti"), ("1a", HARBOUR), ("2", "Skolen")]
    whole, part = item(meeting, "1"), item(meeting, "1a")
    assert (whole.decision, part.decision) == ("Godkendt.", VOTED)
    assert not whole.ballots.exists()
    assert part.ballots.get().against_count == 2
    section = part.sections.get(kind="decision")
    assert part.reading.text[section.start : section.end] == VOTED
    assert HARBOUR not in page_text(whole.get_absolute_url()).replace(f"{HARBOUR} →", "")
    assert VOTED in page_text(part.get_absolute_url())


def test_the_number_and_title_of_a_part_are_those_printed():
    meeting = imported(run_together().replace(HARBOUR, f"Sag nr. 7: {HARBOUR}"))
    publishing.split_item(meeting, item(meeting, "1"), f"Sag nr. 7: {HARBOUR}", by=None)
    assert (item(meeting, "7").number, item(meeting, "7").title) == ("7", HARBOUR)


def test_a_split_survives_a_version_with_its_address_and_the_corrections_of_the_part():
    meeting = imported(run_together())
    split(meeting)
    address = rows(meeting)[1][0]
    publishing.correct(meeting, item(meeting, address), Field.TITLE, "Kajen", by=None)
    key = item(meeting, address).pk
    accept_version(run_together("Cykelsti", "Skolen", "Biblioteket"))
    assert rows(meeting) == [("1", "Cykelsti"), (address, "Kajen"), ("2", "Skolen"), ("3", "Biblioteket")]
    assert item(meeting, address).pk == key
    assert set(Correction.objects.values_list("state", flat=True)) == {State.IN_FORCE}


def test_dropping_a_split_restores_the_item_and_the_parts_address_leads_to_it(client):
    meeting = imported(run_together())
    correction = split(meeting)
    address = item(meeting, correction.item_slug).get_absolute_url()
    publishing.drop(correction, by=None)
    assert rows(meeting) == [("1", "Cykelsti"), ("2", "Skolen")]
    assert VOTED in item(meeting, "1").decision
    assert client.get(address).headers["Location"] == item(meeting, "1").get_absolute_url()
    assert Reading.objects.get().corrected_items is None


def test_a_split_whose_words_are_gone_is_questioned():
    meeting = imported(run_together())
    correction = split(meeting)
    accept_version(minutes("Cykelsti", "Skolen", decision="Udsat."))
    correction.refresh_from_db()
    assert correction.state == State.QUESTIONED
    assert rows(meeting) == [("1", "Cykelsti"), ("2", "Skolen")]


def test_reread_minutes_counts_a_split_that_the_reader_reads_itself_as_unnecessary(capsys):
    meeting = imported(run_together())
    correction = split(meeting)
    Reading.objects.update(
        facts=Reading.objects.get().facts | {"items": Reading.objects.get().corrected_items}
    )
    publishing.correct(meeting, item(meeting, "2"), Field.TITLE, "Skolerne", by=None)
    correction.refresh_from_db()
    assert (correction.state, correction.agrees) == (State.IN_FORCE, True)
    assert [slug for slug, _title in rows(meeting)] == ["1", correction.item_slug, "2"]
    call_command("reread_minutes")
    assert "corrections of split: 1 in force, 1 unnecessary by now" in capsys.readouterr().out


# Closed items


def closed_minutes() -> str:
    text = run_together().replace("Punkt 1: Cykelsti", "Punkt 1: Cykelsti (Lukket punkt)")
    return text.replace("Kajen er gammel.", f"{SECRET}.")


def test_the_parts_of_a_closed_item_are_closed():
    meeting = imported(closed_minutes())
    assert item(meeting, "1").closed
    split(meeting)
    assert list(meeting.items.order_by("position").values_list("closed", flat=True)) == [True, True, False]
    assert SECRET not in meeting.readings.get().public_text.text


def test_an_item_that_is_joined_with_a_closed_one_is_closed():
    meeting = imported(minutes("Cykelsti", f"{SECRET} (Lukket punkt)"))
    publishing.join_item(meeting, item(meeting, "2"), by=None)
    assert [(row.slug, row.closed) for row in meeting.items.all()] == [("1", True)]
    assert "siden foråret" not in meeting.readings.get().public_text.text


def test_a_closed_part_whose_split_is_lost_closes_the_whole_item():
    meeting = imported(run_together().replace("Kajen er gammel.", f"{SECRET}."))
    correction = split(meeting)
    publishing.correct(meeting, item(meeting, correction.item_slug), Field.CLOSED, True, by=None)
    assert SECRET not in meeting.readings.get().public_text.text
    Reading.objects.update(text=meeting.readings.get().text.replace(HARBOUR, "x" * len(HARBOUR)))
    publishing.project(Meeting.objects.with_places().get())
    correction.refresh_from_db()
    assert correction.state == State.QUESTIONED
    assert item(meeting, "1").closed
    assert SECRET not in meeting.readings.get().public_text.text


def test_redacting_a_part_of_its_heading_does_not_lose_a_split():
    meeting = imported(run_together().replace(HARBOUR, f"{HARBOUR} og Per Ravn"))
    correction = publishing.split_item(meeting, item(meeting, "1"), f"{HARBOUR} og Per Ravn", by=None)
    publishing.correct(meeting, item(meeting, correction.item_slug), Field.CLOSED, True, by=None)
    publishing.redact_passage(meeting.readings.get(), "kaj og Per Ravn", by=None, reason="Navn")
    correction.refresh_from_db()
    assert correction.state == State.IN_FORCE
    assert [row.closed for row in meeting.items.order_by("position")] == [False, True, False]
    assert "Per Ravn" not in str(Reading.objects.values("text", "facts", "corrected_items"))


def test_a_version_that_lacks_a_split_of_a_meeting_with_closed_items_waits():
    meeting = imported(run_together())
    correction = split(meeting)
    publishing.correct(meeting, item(meeting, correction.item_slug), Field.CLOSED, True, by=None)
    imported(run_together().replace(HARBOUR, "Et andet navn").replace("Godkendt.", "Udsat."))
    pending = Reading.objects.get(pending=True)
    assert "closed_by_staff" in [doubt["code"] for doubt in pending.doubts]


def test_a_part_cannot_be_taken_down_by_itself():
    meeting = imported(run_together())
    correction = split(meeting)
    with pytest.raises(PublishingError, match="ved en rettelse"):
        publishing.take_down_item(item(meeting, correction.item_slug), by=None, reason="Fejl")
    publishing.take_down_item(item(meeting, "2"), by=None, reason="Fejl")
    publishing.drop(correction, by=None)
    assert rows(meeting) == [("1", "Cykelsti")]


# Join


def test_a_joined_item_has_the_text_of_both_and_its_address_leads_to_it(client):
    meeting = imported(minutes("Cykelsti", "Skolen", "Biblioteket"))
    address = item(meeting, "2").get_absolute_url()
    correction = publishing.join_item(meeting, item(meeting, "2"), by=None)
    assert rows(meeting) == [("1", "Cykelsti"), ("3", "Biblioteket")]
    joined = item(meeting, "1")
    assert client.get(address).headers["Location"] == joined.get_absolute_url()
    api = client.get(f"/api/v1/items{address}".rstrip("/"))
    assert api.headers["Location"].endswith(f"/api/v1/items{joined.get_absolute_url()}".rstrip("/"))
    assert "sagen om skolen" in " ".join(joined.sections.values_list("text", flat=True))
    accept_version(minutes("Cykelsti", "Skolen", "Biblioteket", "Havnen"))
    assert rows(meeting) == [("1", "Cykelsti"), ("3", "Biblioteket"), ("4", "Havnen")]
    publishing.drop(correction, by=None)
    assert rows(meeting) == [
        *(("1", "Cykelsti"), ("2", "Skolen")),
        *(("3", "Biblioteket"), ("4", "Havnen")),
    ]


# Add


def test_an_item_is_added_without_text_and_survives_a_version(client, page_text):
    client.force_login(staff("redaktør", EDITOR))
    meeting = imported(minutes("Cykelsti", "Skolen"))
    address = reverse("admin:minutes_meeting_agenda", args=[meeting.pk])
    added = {"act": "add", "number": "1b", "title": "Eventuelt", "behind": "1"}
    assert client.post(address, added).status_code == 302
    assert rows(meeting) == [("1", "Cykelsti"), ("1b", "Eventuelt"), ("2", "Skolen")]
    publishing.correct(meeting, item(meeting, "1b"), Field.DECISION, "Intet.", by=None)
    assert "Intet." in page_text(item(meeting, "1b").get_absolute_url())
    assert "Eventuelt" in page_text(reverse("admin:minutes_meeting_change", args=[meeting.pk]))
    accept_version(minutes("Cykelsti", "Skolen", "Havnen"))
    assert [slug for slug, _title in rows(meeting)] == ["1", "1b", "2", "3"]
    publishing.correct(meeting, item(meeting, "1b"), Field.CLOSED, True, by=None)
    assert "foråret" in meeting.readings.get(current=True).public_text.text


def test_an_item_is_added_from_text_that_no_item_has(client):
    client.force_login(staff("redaktør", EDITOR))
    text = minutes("Cykelsti", "Skolen").replace(
        "Indholdsfortegnelse", "Meddelelser\n\nFormanden bød velkommen."
    )
    meeting = imported(text)
    words = {"words": "Meddelelser\nFormanden bød velkommen.", "act": "add"}
    address = reverse("admin:minutes_meeting_mark", args=[meeting.pk])
    assert client.post(address, words).status_code == 302
    assert [title for _slug, title in rows(meeting)] == ["Meddelelser", "Cykelsti", "Skolen"]
    added = item(meeting, rows(meeting)[0][0])
    assert "Formanden bød velkommen." in added.sections.get().text
    refused = client.post(address, {"words": "har holdt to møder med naboerne", "act": "add", "near": "900"})
    assert "hører allerede til punktet" in refused.content.decode()


# Reorder


def test_items_are_reordered_on_the_page_and_stay_so_in_a_version(client):
    client.force_login(staff("redaktør", EDITOR))
    meeting = imported(minutes("Cykelsti", "Skolen", "Havnen"))
    address = reverse("admin:minutes_meeting_agenda", args=[meeting.pk])
    places = {"place-1": "1", "place-2": "2", "place-3": "1.5", "act": "order"}
    assert client.post(address, places).status_code == 302
    assert [slug for slug, _title in rows(meeting)] == ["1", "3", "2"]
    accept_version(minutes("Cykelsti", "Skolen", "Havnen", "Biblioteket"))
    assert [slug for slug, _title in rows(meeting)] == ["1", "3", "4", "2"]
    assert Correction.objects.get().state == State.IN_FORCE
    publishing.reorder(meeting, ["1", "2", "3", "4"], by=None)
    assert not Correction.objects.in_force().exists()
    with pytest.raises(PublishingError, match="ændret imens"):
        publishing.reorder(meeting, ["1", "2"], by=None)


# What must not be seen


def closed_part(text: str) -> Meeting:
    """Import `text`, split its first item and close the part."""
    meeting = imported(text)
    correction = split(meeting)
    publishing.correct(meeting, item(meeting, correction.item_slug), Field.CLOSED, True, by=None)
    return meeting


def test_an_earlier_version_does_not_show_what_is_in_a_closed_part_now(client):
    text = run_together().replace("Kajen er gammel.", f"{SECRET}.")
    meeting = imported(text)
    accept_version(text.replace(SECRET, f"{SECRET} og andre").replace("siden foråret", "siden maj"))
    address = f"{meeting.get_absolute_url()}aendringer/"
    assert SECRET in client.get(address).content.decode()
    correction = split(meeting)
    publishing.correct(meeting, item(meeting, correction.item_slug), Field.CLOSED, True, by=None)
    assert SECRET not in client.get(address).content.decode()


def test_an_export_has_no_words_of_a_closed_part():
    meeting = closed_part(run_together().replace(f"{HARBOUR}\n\n", f"{HARBOUR}\n\n{SECRET}\n\n"))
    assert "Hemmelig aftale" in str(Correction.objects.get(field=Field.SPLIT).value)
    exported = public_corrections(meeting.corrections.in_force(), meeting.items.filter(closed=True))
    assert "Hemmelig aftale" not in str(exported)
    reading = meeting.readings.get()
    assert SECRET not in str(public_facts(reading, reading.items.prefetch_related("ballots")))


def test_corrections_have_no_words_of_an_item_that_was_taken_down():
    meeting = imported(minutes("Cykelsti", SECRET, "Skolen"))
    correction = publishing.add_item(meeting, "Eventuelt", behind=item(meeting, "2"), by=None)
    assert SECRET in str(correction.value)
    publishing.take_down_item(item(meeting, "2"), by=None, reason="Fejl")
    correction.refresh_from_db()
    assert SECRET not in str(correction.value)
    assert [title for _slug, title in rows(meeting)] == ["Cykelsti", "Eventuelt", "Skolen"]
