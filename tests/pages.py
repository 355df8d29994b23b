"""Meetings for tests of public pages, and what a reader sees of a page."""

import html
import re
from typing import Any

from django.http import HttpResponse

from minutes.reader.records import Absence, Document, Guest, Item, Reference, Statement
from minutes.vocabulary import Outcome, SectionKind
from tests.documents import ballot, document, item, section

MEETING = "/randers/beskaeftigelsesudvalget/2020-01-14/"


def text_of(response: HttpResponse) -> str:
    """The text of a page's main part, on one line."""
    body = response.content.decode().split("<main", 1)[-1]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def rich_item(number: str, title: str = "Cykelsti ved havnen") -> Item:
    """An item that has a fact of every kind."""
    return item(
        number,
        title,
        case_number="05.01.00-P20-1-19",
        decision="Godkendt med 6 stemmer for og 1 stemme imod. Imod stemte Ane Lund.",
        outcome=Outcome.APPROVED,
        sections=(
            section(SectionKind.RESUME, "Kort om stien.", "Resume"),
            section(SectionKind.DECISION, "Godkendt.", "Beslutning"),
            section(
                SectionKind.PRESENTATION, "Langt om stien.\n\n- et\n- to\n\n1. at a\n2. at b", "Baggrund"
            ),
            section(SectionKind.ECONOMY, "År\t2020\t2021\nDrift\t100\t200", "Økonomi"),
        ),
        attachments=("Kort over stien",),
        ballots=(ballot(6, 1, against_names=("Ane Lund",)),),
        reservations=("Bo Dam",),
        statements=(Statement(who=("Ane Lund",), text="det er for dyrt", start=0, end=5),),
        absent=(Absence(name="Eva Kirk", reason="syg"),),
        left_or_recused=(Absence(name="Ib Holm", reason="inhabil"),),
        others_attending=(Guest(name="Per Vang", role="planchef"),),
        references=(
            Reference(committee="Byrådet", date="2019-09-09", item="386", evidence="x", start=0, end=4),
        ),
    )


def rich_document(*items: Item, **fields: Any) -> Document:
    """A document of these items, else of a rich item and a plain one."""
    return document(*(items or (rich_item("1"), item("2", "Eventuelt"))), **fields)
