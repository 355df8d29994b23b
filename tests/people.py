"""Documents about Ane Lund, for tests of members' pages."""

from datetime import date, timedelta
from typing import Any

from minutes.reader.records import Document, Item, Participant
from tests.documents import ballot, document, file, item

ANE = "/randers/personer/ane-lund/"
FIRST = date(2020, 1, 14)


def voted(in_favour: int | None, against: int | None, **fields: Any) -> Item:
    """An item with one ballot."""
    return item("1", "Budget", decision="Afgjort.", ballots=(ballot(in_favour, against, **fields),))


def on(number: int) -> str:
    """The date of a meeting; consecutive numbers are four weeks apart."""
    return str(FIRST + timedelta(days=28 * number))


def listed(*names: str, party: str | None = None, **fields: Any) -> Document:
    """A document that lists these people as present."""
    participants = tuple(Participant(name=name, party=party) for name in names)
    return document(item("1", "Budget"), participants=participants, **fields)


def shared_ballots(count: int, agreed: int) -> None:
    """File `count` ballots with votes of Ane Lund and Bo Dam, `agreed` of them alike, and one abstention.

    Ib Holm or Bo Dam voted against.
    """
    for number in range(count):
        if number < agreed:
            names = {"for_names": ("Ane Lund", "Eva Kirk", "Bo Dam"), "against_names": ("Ib Holm",)}
        else:
            names = {"for_names": ("Ane Lund", "Eva Kirk"), "against_names": ("Bo Dam",)}
        file(document(voted(5, 2, **names), date=on(number)))
    file(document(voted(5, 0, for_names=("Ane Lund",), abstained_names=("Bo Dam",)), date=on(count)))
