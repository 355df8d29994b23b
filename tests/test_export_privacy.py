"""Nothing that is not public is in an export."""

import re

import pytest

from minutes import publishing
from minutes.models import (
    Correction,
    Meeting,
    Person,
    PersonAlias,
    Reading,
)
from minutes.vocabulary import SectionKind
from tests.documents import ballot, document, file, herning, imported, item, randers, section
from tests.exports import export, records
from tests.texts import minutes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _municipalities(municipalities):
    """The 98 municipalities."""


CANARY = re.compile(rb"(?i)kanariefugl")


def test_nothing_that_is_not_public_is_in_an_export(tmp_path):
    hidden = item(
        "77",
        "Kanariefugl titel",
        case_number="99.99.99-K01-1-20",
        decision="Kanariefugl",
        sections=(section(SectionKind.PRESENTATION, "Kanariefugl", "Kanariefugl"),),
        attachments=("Kanariefugl",),
        ballots=(ballot(3, 2, against_names=("Kanariefugl Hansen",), against_parties={"Kanariefugl": 2}),),
    )
    fields = {"committee": "Kanariefugludvalget", "text": "Kanariefugl", "location": "Kanariefuglevej"}
    file(document(hidden, **fields), publish=False)
    publishing.withdraw(
        file(document(hidden, **fields | {"text": "Kanariefugl to"}, date="2020-03-03")).meeting
    )
    file(
        document(hidden, **fields | {"text": "Kanariefugl tre"}, municipality=None),
        given_municipality=herning(),
    )
    publishing.withdraw(Meeting.objects.get(committee__municipality=herning()))
    _closed_canaries()
    _covered_canaries()
    files = export(tmp_path / "out")
    for name, data in files.items():
        assert not CANARY.search(data), (name, CANARY.search(data))
        assert b"99.99.99" not in data, name
        assert b"010203-1234" not in data
        assert b"herning" not in data
    assert [record["title"] for record in records(tmp_path / "out", "items") if record["closed"]] == [
        "Lukket sag",
        "Køb af jord",
        "Lukket punkt",
    ]
    assert [record["decision"] for record in records(tmp_path / "out", "items") if record["closed"]] == [
        "",
        "Købt.",
        "Udsat.",
    ]


def _closed_canaries() -> None:
    """Closed items with all that pages do not show of them."""
    words = {
        "closed": True,
        "sections": (section(SectionKind.PRESENTATION, "Kanariefugl", "Kanariefugl"),),
        "attachments": ("Kanariefugl",),
        "reservations": ("Kanariefugl Hansen",),
    }
    voted = ballot(3, 2, against_names=("Kanariefugl Olsen",), evidence="Kanariefugl")
    file(
        document(
            item("1", "Lukket sag", **words, ballots=(voted,)),
            item("2", "Køb af jord", decision="Købt.", **words),
        )
    )


def _covered_canaries() -> None:
    titles = ("Cykelsti", "Kanariefugl i en titel", "Budget")
    decision = "Godkendt. En kanariefugl fløj forbi. Om 010203-1234 blev talt."
    meeting = imported(minutes(*titles, day="21-01-2020", decision=decision))
    publishing.redact_all_numbers(meeting, by=None)
    reading = meeting.readings.get()
    publishing.redact_passage(reading, "en kanariefugl fløj forbi", by=None, reason="Privat")
    publishing.take_down_item(meeting.items.get(slug="2"), by=None, reason="Efter anmodning")
    publishing.publish(meeting)
    # A version that waits, and one that was left aside.
    imported(minutes(*titles, day="21-01-2020", decision=f"{decision} Kanariefugl igen."))
    publishing.reject(Reading.objects.get(pending=True))
    imported(minutes(*titles, "Kanariefugl som nyt punkt", day="21-01-2020"))
    _replaced_canaries()
    person = Person.objects.create(
        municipality=randers(), name="Kanariefugl Jensen", slug="kanariefugl-jensen"
    )
    PersonAlias.objects.create(municipality=randers(), person=person, name="Kanariefugl J.", slug="k-j")
    gone = imported(minutes("Kanariefugl alene", day="28-01-2020", committee="Gemt udvalg"))
    publishing.take_down_meeting(gone, by=None, reason="Kanariefugl")


def _replaced_canaries() -> None:
    """A version that was public, with an item that the one in its place has closed."""
    text = minutes("Havn", "Kanariefugl", "Vej", day="11-02-2020")
    imported(text)
    shut = text.replace("Kanariefugl", "Lukket punkt").replace("kanariefugl", "lukket punkt")
    meeting = imported(shut.replace("Godkendt.", "Udsat."))
    publishing.accept(meeting.readings.get(pending=True))
    publishing.correct(meeting, meeting.items.get(slug="2"), Correction.Field.CLOSED, True, by=None)
    assert Reading.objects.replaced().count() == 1
