"""The page of changes between versions shows only text that was public and still is."""

import html
import re
from datetime import date

import msgspec
import pytest

from minutes import publishing
from minutes.importer import reread_document
from minutes.models import Correction, Meeting, Reading, Source
from minutes.reader.records import Document, Item
from minutes.vocabulary import DocumentKind
from tests.documents import document, file, imported
from tests.texts import minutes

pytestmark = pytest.mark.django_db

MEETING = "/randers/beskaeftigelsesudvalget/2020-01-14/"
CHANGES = f"{MEETING}aendringer/"
TITLES = ("Cykelsti", "Varmeværk", "Budget")


def replaced(text: str) -> Meeting:
    """Import `text` and accept it as the new version."""
    meeting = imported(text)
    publishing.accept(meeting.readings.get(pending=True))
    return meeting


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def changes(client, address: str = CHANGES) -> str:
    """The page of changes as text, with -removed- and +added+ words."""
    body = page(client, address).split("</header>")[-1]
    body = body.replace("<del>", "-").replace("</del>", "-").replace("<ins>", "+").replace("</ins>", "+")
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def with_closed_item(text: str, number: int) -> str:
    """`text` with the item of that number closed and without content."""
    return re.sub(
        rf"(?s)Punkt {number}: .*?(?=Punkt {number + 1}:|\Z)",
        f"Punkt {number}: Lukket punkt\n\n15.20.00-G01-{number}-19\n\nLukket\n\n",
        text,
    ).replace(f"{TITLES[number - 1]}.....", "Lukket punkt.....")


# The note and the page


def test_a_meeting_shows_when_its_minutes_were_replaced_and_links_to_the_changes(client):
    imported(minutes(*TITLES))
    assert "aendringer" not in page(client, MEETING)
    replaced(minutes(*TITLES, decision="Godkendt med 6 stemmer for og 1 stemme imod."))
    body = page(client, MEETING)
    assert re.search(r"Referatet blev erstattet af en ny udgave den \d+\. \w+ \d{4}\.", body)
    assert f'<a href="{CHANGES}">' in body


def test_changes_are_shown_by_item_and_word(client):
    imported(minutes(*TITLES))
    replaced(minutes(*TITLES).replace("Godkendt.", "Udsat til marts.", 1))
    body = changes(client)
    assert "1 Cykelsti" in body
    assert "-Godkendt-+Udsat til marts+." in body
    assert "Varmeværk" not in body
    assert f'<a href="{MEETING}1/">1 Cykelsti</a>' in page(client, CHANGES)
    assert '<meta name="robots" content="noindex">' in page(client, CHANGES)


def test_facts_of_the_meeting_are_compared_too(client):
    imported(minutes(*TITLES))
    replaced(minutes(*TITLES).replace("mødelokale 2", "mødelokale 7"))
    assert "-2-+7+" in changes(client)


def test_new_and_removed_items_are_shown(client):
    imported(minutes(*TITLES))
    replaced(minutes("Cykelsti", "Varmeværk"))
    assert "Budget Punktet er ikke med i den gældende udgave. -Punkt 3: Budget" in changes(client)
    replaced(minutes(*TITLES, "Skolevej"))
    assert "4 Skolevej Nyt punkt." in changes(client)


def test_minutes_that_replace_an_agenda_are_compared_with_it(client):
    text = "REFERAT\nPunkt 1: Budget\nForslag.\n"
    earlier = _document(text, Item(number="1", title="Budget", start=8, end=len(text)))
    file(_as_agenda(earlier))
    longer = f"{text}Godkendt.\n"
    file(_document(longer, Item(number="1", title="Budget", decision="Godkendt.", start=8, end=len(longer))))
    assert "Referatet erstattede dagsordenen den" in page(client, MEETING)
    assert "+Godkendt. +" in changes(client)


def _document(text: str, *items: Item) -> Document:
    return document(*items, text=text)


def _as_agenda(earlier: Document) -> Document:
    return msgspec.structs.replace(earlier, document=DocumentKind.AGENDA)


def test_each_of_several_earlier_versions_can_be_chosen(client):
    imported(minutes(*TITLES, decision="Godkendt et."))
    replaced(minutes(*TITLES, decision="Godkendt to."))
    replaced(minutes(*TITLES, decision="Godkendt tre."))
    assert "-to-+tre+" in changes(client)
    first, second = Reading.objects.filter(current=False).order_by("id")
    assert "-et-+tre+" in changes(client, f"{CHANGES}?udgave={first.pk}")
    assert f"?udgave={second.pk}" in page(client, CHANGES)


@pytest.mark.parametrize("version", ["0", "x", "9" * 40, "-1", "1.5", "²"])
def test_an_invalid_version_is_not_found(client, version):
    imported(minutes(*TITLES))
    replaced(minutes(*TITLES, decision="Udsat."))
    assert client.get(f"{CHANGES}?udgave={version}").status_code == 404


def test_a_meeting_without_earlier_versions_has_no_such_page(client):
    imported(minutes(*TITLES))
    assert client.get(CHANGES).status_code == 404


def test_a_moved_meeting_leads_to_its_changes(client):
    meeting = imported(minutes(*TITLES))
    replaced(minutes(*TITLES, decision="Udsat."))
    publishing.move(meeting, day=date(2020, 1, 15), committee=meeting.committee.name, by=None)
    assert client.get(CHANGES).headers["Location"] == CHANGES.replace("01-14", "01-15")


# Which versions the public sees


def test_a_version_that_was_never_public_is_not_shown(client):
    """Pending, rejected, and replaced while the meeting was a draft or withdrawn."""
    meeting = imported(minutes(*TITLES, decision="Kanariefugl et."))
    publishing.withdraw(meeting)
    Reading.objects.update(public_until=None)
    replaced(minutes(*TITLES, decision="Kanariefugl to."))
    replaced(minutes(*TITLES, decision="Godkendt."))
    publishing.publish(meeting)
    imported(minutes(*TITLES, decision="Kanariefugl tre."))
    publishing.reject(Reading.objects.get(pending=True))
    imported(minutes(*TITLES, decision="Kanariefugl fire."))
    assert "aendringer" not in page(client, MEETING)
    assert client.get(CHANGES).status_code == 404
    for reading in Reading.objects.filter(current=False):
        assert client.get(f"{CHANGES}?udgave={reading.pk}").status_code == 404
    publishing.accept(Reading.objects.get(pending=True))
    assert "-Godkendt-+Kanariefugl fire+" in changes(client)
    assert "Kanariefugl et" not in page(client, CHANGES)


@pytest.mark.parametrize("state", ["withdrawn", "taken down"])
def test_a_meeting_that_is_not_public_shows_no_changes(client, state):
    meeting = imported(minutes(*TITLES))
    replaced(minutes(*TITLES, decision="Udsat."))
    if state == "withdrawn":
        publishing.withdraw(meeting)
    else:
        publishing.take_down_meeting(meeting, by=None, reason="Efter anmodning")
    response = client.get(CHANGES)
    assert response.status_code == (404 if state == "withdrawn" else 410)
    assert "Udsat" not in response.content.decode()


def test_a_better_reading_of_the_same_document_is_no_new_version(client):
    imported(minutes(*TITLES))
    Reading.objects.update(reader_version=1)
    for source in Source.objects.all():
        reread_document(source)
    assert Reading.objects.count() == 2
    assert client.get(CHANGES).status_code == 404


# Text that is redacted in one version is redacted in both


def test_a_redaction_applies_to_both_versions(client):
    secret = "En kanariefugl fløj forbi"
    imported(minutes(*TITLES, decision=f"{secret}. Godkendt."))
    meeting = replaced(minutes(*TITLES, decision=f"{secret}. Udsat."))
    assert "kanariefugl" in page(client, CHANGES)
    publishing.redact_passage(meeting.readings.get(current=True), secret, by=None, reason="Privat")
    body = page(client, CHANGES)
    assert "kanariefugl" not in body
    assert "█" not in body
    assert "-Godkendt-+Udsat+" in changes(client)


def test_a_passage_that_only_the_earlier_version_has_can_be_redacted(client):
    imported(minutes(*TITLES, decision="Godkendt. Kanariefugl Hansen er syg."))
    meeting = replaced(minutes(*TITLES, decision="Godkendt."))
    assert "Kanariefugl" in page(client, CHANGES)
    earlier = meeting.readings.get(current=False)
    publishing.redact_passage(earlier, "Kanariefugl Hansen er syg", by=None, reason="Privat")
    assert "Kanariefugl" not in page(client, CHANGES)


def test_a_possible_personal_number_of_an_earlier_version_is_removed(client):
    imported(minutes(*TITLES, decision="Om nummer et. Godkendt."))
    # As if the scanner had missed it at import.
    earlier = Reading.objects.get()
    earlier.text = earlier.text.replace("nummer et.", "010203-12")
    earlier.save()
    replaced(minutes(*TITLES, decision="Udsat."))
    earlier.refresh_from_db()
    earlier.text = earlier.text.replace("010203-12 Godkendt.", "010203-1234 Godkendt")
    earlier.save()
    body = page(client, CHANGES)
    assert "010203" not in body
    assert "1234" not in body


def test_an_item_that_was_taken_down_is_in_neither_version(client):
    imported(minutes(*TITLES))
    meeting = replaced(minutes(*TITLES, decision="Udsat."))
    assert "Varmeværk" in page(client, CHANGES)
    publishing.take_down_item(meeting.items.get(slug="2"), by=None, reason="Efter anmodning")
    body = page(client, CHANGES)
    assert "armeværk" not in body
    assert "vises kun det, der stadig er offentligt" in body
    assert "Budget" in body


def test_an_item_with_another_title_and_number_before_it_was_taken_down_is_not_shown(client):
    imported(minutes("Cykelsti", "Varmeværk", "Kanariefugl hos Hansen"))
    text = minutes("Cykelsti", "Persondata", "Varmeværk", decision="Udsat.").replace("P35-2-19", "P35-8-19")
    meeting = replaced(text.replace("P35-3-19", "P35-2-19"))
    assert "Kanariefugl" in page(client, CHANGES)
    publishing.take_down_item(meeting.items.get(slug="2"), by=None, reason="Efter anmodning")
    assert "anariefugl" not in page(client, CHANGES)
    # A later version without a trace of it does not show it either.
    replaced(minutes("Cykelsti", "Varmeværk", decision="Godkendt igen."))
    for reading in Reading.objects.exclude(public_until=None):
        assert "anariefugl" not in page(client, f"{CHANGES}?udgave={reading.pk}")


def test_an_item_that_was_closed_by_the_new_version_shows_nothing_of_the_old(client):
    imported(minutes("Cykelsti", "Kanariefugl", "Budget"))
    replaced(with_closed_item(minutes(*TITLES, decision="Udsat."), 2))
    body = page(client, CHANGES)
    assert "Lukket punkt" in page(client, MEETING)
    assert "anariefugl" not in body
    assert "Cykelsti" in body
    assert "vises kun det, der stadig er offentligt" in body


def test_a_closed_item_is_not_betrayed_by_an_open_one_that_took_its_number(client):
    imported(minutes("Cykelsti", "Kanariefugl", "Budget"))
    text = minutes("Cykelsti", "Skolevej", "Budget", decision="Udsat.").replace("P35-2-19", "P35-8-19")
    replaced(with_closed_item(text, 3).replace("G01-3-19", "P35-2-19"))
    assert "anariefugl" not in page(client, CHANGES)


def test_a_closed_item_is_not_betrayed_by_open_ones_of_the_same_title(client):
    """Item 2 of the earlier version is closed now; the item with its title is another one."""
    text = minutes("Cykelsti", "Orientering", "Orientering")
    earlier = re.sub(r"15\.20\.00-P35-\d-19\n\n", "", text)
    imported(earlier.replace("Godkendt.", "Kanariefugl.").replace("Kanariefugl.", "Godkendt.", 1))
    later = re.sub(r"15\.20\.00-P35-\d-19\n\n", "", minutes("Cykelsti", "Andet", "Budget", "Orientering"))
    replaced(with_closed_item(later, 2))
    assert "anariefugl" not in page(client, CHANGES)


def test_an_item_that_was_split_into_an_open_and_a_closed_one_shows_no_earlier_text(client):
    imported(minutes("Cykelsti", "Køb af grund", "Budget", decision="Kanariefugl."))
    text = with_closed_item(minutes("Cykelsti", "Køb af grund", "Budget", decision="Udsat."), 3)
    replaced(text.replace("G01-3-19", "P35-2-19"))
    body = changes(client)
    assert "Køb af grund" not in body
    assert "1 Cykelsti" in body


def test_text_of_a_closed_item_is_not_shown_from_either_version(client):
    earlier = with_closed_item(minutes(*TITLES), 2).replace(
        "Lukket\n\n", "Lukket\n\nResume\n\nKanariefugl.\n\n"
    )
    imported(earlier)
    replaced(earlier.replace("Kanariefugl.", "Kanariefugl igen.").replace("Godkendt.", "Udsat."))
    assert "anariefugl" not in page(client, CHANGES)
    assert "-Godkendt-+Udsat+" in changes(client)
    # Open again: the earlier text is not shown; the current text is on the item's page.
    replaced(minutes("Cykelsti", "Varmeværk", "Budget"))
    assert "anariefugl" not in page(client, CHANGES)


def test_an_item_that_the_municipality_corrected_to_be_closed_is_not_shown(client):
    imported(minutes("Cykelsti", "Kanariefugl", "Budget"))
    meeting = replaced(minutes("Cykelsti", "Kanariefugl", "Budget", decision="Udsat."))
    assert "Kanariefugl" in page(client, CHANGES)
    item = meeting.items.get(slug="2")
    publishing.correct(meeting, item, Correction.Field.CLOSED, True, by=None)
    assert "anariefugl" not in page(client, CHANGES)


@pytest.mark.parametrize("drop", [False, True])
def test_an_item_that_was_corrected_to_be_closed_is_not_shown_when_a_version_leaves_it_out(client, drop):
    meeting = imported(minutes("Cykelsti", "Budget", "Kanariefugl"))
    item = meeting.items.get(slug="3")
    correction = publishing.correct(meeting, item, Correction.Field.CLOSED, True, by=None)
    replaced(minutes("Cykelsti", "Budget"))
    if drop:
        # As the page for staff suggests: there is no such item any more.
        publishing.drop(correction, by=None)
    assert "anariefugl" not in page(client, CHANGES)


def test_an_item_that_a_version_closed_is_not_shown_when_a_later_one_leaves_it_out(client):
    first = imported(minutes("Cykelsti", "Varmeværk", "Kanariefugl")).readings.get()
    replaced(with_closed_item(minutes(*TITLES), 3))
    replaced(minutes("Cykelsti", "Varmeværk"))
    assert "anariefugl" not in page(client, f"{CHANGES}?udgave={first.pk}")


def test_the_contents_of_an_earlier_version_are_not_shown(client):
    """Tables of contents have the titles of items that are closed now."""
    imported(minutes("Cykelsti", "Kanariefugl", "Budget"))
    replaced(with_closed_item(minutes(*TITLES), 2))
    assert "anariefugl" not in page(client, CHANGES)


def test_an_item_without_a_span_is_not_shown(client):
    imported(minutes(*TITLES))
    replaced(minutes(*TITLES, decision="Udsat."))
    earlier = Reading.objects.get(current=False)
    for facts in earlier.facts["items"]:
        facts["start"] = facts["end"] = 0
    earlier.save()
    assert "Der er ingen forskelle i det, der kan vises." in changes(client)


# Cost


def test_the_page_takes_as_many_queries_for_twenty_versions_as_for_one(client, django_assert_max_num_queries):
    imported(minutes(*TITLES))
    replaced(minutes(*TITLES, decision="Udsat."))
    with django_assert_max_num_queries(10):
        client.get(CHANGES)
    for number in range(20):
        titles = [f"Sag {n}" for n in range(20)]
        replaced(minutes(*TITLES, *titles, decision=f"Udsat {number}."))
    with django_assert_max_num_queries(10):
        client.get(CHANGES)
    with django_assert_max_num_queries(13):
        client.get(MEETING)
