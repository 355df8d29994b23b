"""An item's page."""

import html
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from minutes.reader.records import Statement
from minutes.vocabulary import Outcome, SectionKind
from tests.documents import ballot, file, item, section
from tests.pages import MEETING, rich_document, rich_item, text_of

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parent / "samples"


def test_an_item_shows_every_kind_of_fact(page):
    file(rich_document())
    seen = text_of(page(f"{MEETING}1/"))
    for words in (
        "Godkendt med 6 stemmer for og 1 stemme imod.",
        "6 for, 1 imod Imod 1",
        "Medlemmer Imod – Ane Lund",
        "Forbehold Bo Dam",
        "Ane Lund : det er for dyrt",
        "Eva Kirk (syg)",
        "Ib Holm (inhabil)",
        "Per Vang, planchef",
        "Resume Kort om stien.",
        "Bilag Kort over stien",
        "Sag 05.01.00-P20-1-19",
        "Byrådet, 9. september 2019, sag 386",
    ):
        assert words in seen, words


def test_an_item_shows_its_ballots_with_votes_and_links_to_the_source(page):
    call_command("import_minutes", str(SAMPLES / "aarhus_byraadet.txt"))
    seen = page("/aarhus/byraadet/2017-02-22/3/")
    for words in (
        "Afstemning om ændringsforslag: forkastet 10 for, 20 imod For Venstre, Dansk Folkeparti",
        "Medlemmer For I Theis Arnfeldt",
        "2 for, 25 imod, 3 undlod Undlod SF (3)",
        "Afstemning: vedtaget 21 for, 7 imod, 2 undlod Imod Venstre Undlod Enhedslisten",
        "Ellen Tornvig : Venstre siger ja til at bygge, men nej til at bygge naboerne inde.",
        "Tidligere beslutning Teknisk Udvalg, den 13. februar 2017 A, B og F anbefaler, at planen vedtages.",
        "Byrådet, 25. januar 2017, sag 4",
    ):
        assert words in text_of(seen), words
    source = re.findall(r'href="(/kilde/[^"#]*)#fra"', seen.content.decode())[1]
    marked = re.search(r"<mark[^>]*>(.*?)</mark>", page(html.unescape(source)).content.decode(), re.DOTALL)
    assert marked
    assert marked[1].startswith("Venstres forslag om at gå fra otte til fem etager")
    assert "Afstemning om del 2: 16 for, 14 imod – vedtaget" in text_of(page("/aarhus/byraadet/2017-02-22/"))


def test_line_breaks_of_a_decision_are_preserved(page):
    file(rich_document(item("1", "Budget", decision="For stemte 5.\nImod stemte 2.", sections=())))
    assert "For stemte 5.<br>Imod stemte 2." in page(f"{MEETING}1/").content.decode()


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((6, 1, None), "vedtaget 6 for, 1 imod"),
        ((None, None, 2), "vedtaget 2 undlod"),
        ((None, None, None), "vedtaget Stemmetallene fremgår ikke af referatet."),
    ],
)
def test_a_ballot_shows_the_counts_that_are_known(page, counts, shown):
    file(
        rich_document(
            item("1", "Budget", decision="Godkendt.", ballots=(ballot(*counts[:2], abstained=counts[2]),))
        )
    )
    assert f"Afstemning: {shown}" in text_of(page(f"{MEETING}1/"))


def test_tables_are_tables_and_lists_are_lists(page):
    file(rich_document())
    seen = page(f"{MEETING}1/").content.decode()
    assert '<th scope="col" class="number">2020</th>' in seen
    assert '<th scope="row">Drift</th><td class="number">100</td>' in seen
    assert re.search(r"<ul>\s*<li>et</li>\s*<li>to</li>\s*</ul>", seen)
    assert re.search(r'<ol[^>]*>\s*<li value="1">at a</li>\s*<li value="2">at b</li>\s*</ol>', seen)


def test_items_of_the_same_case_lead_to_each_other(page):
    file(rich_document())
    file(rich_document(rich_item("7", "Cykelstien igen"), date="2020-03-14"))
    assert 'href="/randers/beskaeftigelsesudvalget/2020-03-14/7/"' in page(f"{MEETING}1/").content.decode()


def test_a_closed_item_shows_only_its_title_and_decision(page, client):
    closed = item(
        "3",
        "Køb af ejendom",
        closed=True,
        decision="Godkendt.",
        outcome=Outcome.APPROVED,
        attachments=("Hemmeligt bilag",),
        ballots=(ballot(5, 2, against_names=("Ane Lund",)),),
        statements=(Statement(who=("Ane Lund",), text="hemmeligt ord", start=0, end=3),),
        sections=(section(SectionKind.PRESENTATION, "Hemmelig fremstilling", "Sagsfremstilling"),),
    )
    undecided = (ballot(3, 2, against_names=("Bo Hemmelig",)),)
    file(rich_document(closed, item("4", "Lukket", closed=True, ballots=undecided)))
    seen = text_of(page(f"{MEETING}3/"))
    assert "5 for" in seen
    assert "Ane Lund" in seen
    assert "Omstridt" in seen
    assert "Køb af ejendom" in seen
    assert "Lukket punkt" in seen
    assert "Godkendt." in seen
    assert "emmelig" not in seen
    for word in ("hemmelig", "hemmeligt", "fremstilling"):
        assert "0 punkter fundet" in text_of(client.get("/soeg/", {"q": word}))
    other = text_of(page(f"{MEETING}4/"))
    assert "lukkede døre" in other
    for word in ("emmelig", "Omstridt", "imod"):
        assert word not in other
    assert "1 omstridt" in text_of(page("/moeder/"))


def test_an_item_that_is_gone_leads_to_its_meeting(client):
    file(rich_document())
    response = client.get(f"{MEETING}99/")
    assert response.status_code == 404
    assert f'href="{MEETING}"' in response.content.decode()
