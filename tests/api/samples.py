"""Meetings with everything that the API has fields for."""

from datetime import date, timedelta
from typing import Any

from minutes.models import Meeting
from minutes.reader.records import Absence, Guest, Item, Participant, Reference, Statement
from minutes.vocabulary import Outcome, SectionKind
from tests.documents import ballot, document, file, item, section

HERE = "http://testserver"
API = "/api/v1"
MEETING = "randers/beskaeftigelsesudvalget/2020-01-14"
LISTS = ("municipalities", "committees", "meetings", "items", "ballots", "votes", "people", "cases", "search")


def full_item(number: str = "1", title: str = "Cykelsti ved havnen", **fields: Any) -> Item:
    """Return an item with one of everything, unless `fields` say otherwise."""
    defaults: dict[str, Any] = {
        "case_number": "05.01.00-P20-1-19",
        "decision": "Godkendt med 6 stemmer for og 1 stemme imod. Imod stemte Ane Lund.",
        "outcome": Outcome.APPROVED,
        "sections": (
            section(SectionKind.RESUME, "Kort om stien.", "Resume"),
            section(SectionKind.DECISION, "Godkendt.", "Beslutning"),
        ),
        "attachments": ("Kort over stien",),
        "ballots": (ballot(6, 1, against_names=("Ane Lund",)),),
        "reservations": ("Bo Dam",),
        "statements": (Statement(who=("Ane Lund",), text="det er for dyrt", start=0, end=5),),
        "absent": (Absence(name="Eva Kirk", reason="syg"),),
        "others_attending": (Guest(name="Per Vang", role="planchef"),),
        "references": (
            Reference(committee="Byrådet", date="2019-09-09", item="386", evidence="x", start=0, end=4),
        ),
    }
    return item(number, title, **{**defaults, **fields})


def publish(*items: Item, **fields: Any) -> Meeting:
    """Publish a meeting with these items, or one full item, and two participants."""
    present = (Participant(name="Ane Lund"), Participant(name="Bo Dam"))
    minutes = document(*(items or (full_item(),)), **{"participants": present, **fields})
    return file(minutes).meeting


def publish_meetings(count: int) -> None:
    """Publish meetings that each have an item, a ballot, a member and a case of their own."""
    for number in range(count):
        name = f"Medlem Nr{chr(97 + number)}"
        publish(
            full_item(
                case_number=f"05.01.00-P20-{number}-19", ballots=(ballot(6, 1, against_names=(name,)),)
            ),
            committee=f"Udvalg {chr(97 + number)}",
            date=(date(2020, 1, 1) + timedelta(number // 2)).isoformat(),
            text=f"tekst {number}",
            participants=(Participant(name=name),),
        )
