"""The rows behind each figure on a member's page: every figure leads to its rows, every row to its source."""

import html
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from minutes.reader.records import Absence
from tests.documents import document, file, imported, item
from tests.people import ANE, FIRST, listed, on, shared_ballots, voted
from tests.texts import minutes

pytestmark = pytest.mark.django_db

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"

DECIDED = """\
Godkendt med 6 stemmer for og 1 stemme imod. Imod stemte Ane Lund.

Bo Dam tog forbehold.

Ane Lund begærede sagen i byrådet.

Ane Lund bemærkede, at det er for dyrt."""


# <a href="?vis=fravaer&amp;aar=2020">4</a>, <a href="?vis=uenig">3 af 5</a>, <a href="…">12 møder</a>
FIGURE = re.compile(r'<a href="(\?vis=[^"]+)">(\d+)(?: af (\d+))?')


ROWS = re.compile(r"(\d+) i alt")


def import_meetings() -> None:
    """Import meetings of two committees with lists of participants, ballots and statements."""
    for number, committee in enumerate(("Byrådet", "Socialudvalget", "Byrådet", "Socialudvalget")):
        day = FIRST + timedelta(days=200 * number)
        text = minutes("Dagsorden", "Havnen", committee=committee, day=f"{day:%d-%m-%Y}", decision=DECIDED)
        listing = "Mødedeltagere Ane\nLund (V), Bo Dam (A), Eva Kirk (Fravær)"
        if number == 2:
            listing = "Mødedeltagere Bo Dam (A), Ane Lund (Fravær)"
        imported(text.replace("mødelokale 2", f"mødelokale 2\n\n{listing}"))


def test_every_figure_leads_to_as_many_rows_as_it_says(page_text, client):
    import_meetings()
    shared_ballots(12, 9)
    file(document(item("1", "Vej", absent=(Absence(name="Ane Lund"),)), committee="Vejudvalget"))
    figures = FIGURE.findall(client.get(ANE).content.decode())
    assert {html.unescape(link).split("&")[0] for link, _, _ in figures} == {
        f"?vis={kind}"
        for kind in (
            *("moeder", "paa-listen", "til-stede", "fravaer", "punkter", "stemmer", "for", "imod"),
            *("navngivne", "uenig", "alene", "byraadet", "bemaerkninger"),
        )
    }
    for link, part, whole in figures:
        rows = ROWS.search(page_text(ANE + html.unescape(link)))
        # "9 af 12" shared ballots and meetings lead to all of them, "8 af 20" minority votes to the 8.
        expected = whole if whole and ("med=" in link or "paa-listen" in link) else part
        assert rows, link
        assert rows[1] == expected, link
        file_of_rows = json.loads(client.get(f"{ANE}{html.unescape(link)}&format=json").getvalue())
        assert len(file_of_rows["rækker"]) == int(expected), link


def test_every_row_leads_to_its_words_in_the_source(client):
    import_meetings()
    kinds = {
        *("moeder", "paa-listen", "til-stede", "fravaer", "stemmer", "imod", "uenig", "alene"),
        *("byraadet", "bemaerkninger"),
    }
    for kind in kinds:
        body = client.get(f"{ANE}?vis={kind}").content.decode()
        links = re.findall(r'class="source-link" href="([^"#]+)#fra"', body)
        assert len(links) == int(ROWS.search(body)[1]), kind
        for link in links:
            source = client.get(html.unescape(link)).content.decode()
            marked = " ".join(re.findall(r"<mark>(.*?)</mark>", source))
            assert ("for dyrt" if kind == "bemaerkninger" else "Ane Lund") in marked, (kind, link)
    body = client.get("/randers/personer/bo-dam/?vis=forbehold").content.decode()
    (link, *_) = re.findall(r'class="source-link" href="([^"#]+)#fra"', body)
    assert "Bo Dam tog forbehold." in client.get(html.unescape(link)).content.decode()


def test_a_row_without_a_span_leads_to_the_source(client):
    one = item("1", "Budget", reservations=("Ane Lund",), absent=(Absence(name="Ane Lund"),))
    file(document(one, absent=(Absence(name="Ane Lund"),), text="Uden navne"))
    for kind in ("fravaer", "punkter", "forbehold"):
        body = client.get(f"{ANE}?vis={kind}").content.decode()
        (link,) = re.findall(r'class="source-link" href="([^"#]+)#fra"', body)
        assert client.get(html.unescape(link)).status_code == 200


def test_long_lists_have_pages(page_text, client):
    for number in range(30):
        file(listed("Ane Lund", date=on(number)))
    assert "30 i alt" in page_text(f"{ANE}?vis=til-stede")
    assert "?vis=til-stede&amp;side=2" in client.get(f"{ANE}?vis=til-stede").content.decode()
    assert "14. januar 2020" in page_text(f"{ANE}?vis=til-stede&side=2")
    assert client.get(f"{ANE}?vis=til-stede&side=3").status_code == 404


def test_votes_can_be_downloaded_as_filtered(client):
    file(document(voted(6, 1, against_names=("Ane Lund",)), date="2019-05-05"))
    file(document(voted(6, 1, against_names=("Ane Lund",))))
    file(document(voted(6, 1, for_names=("Ane Lund",)), date="2020-02-14"))
    for query, days in {
        "": ["2020-02-14", "2020-01-14", "2019-05-05"],
        "vis=uenig": ["2020-01-14", "2019-05-05"],
        "vis=stemmer&aar=2020": ["2020-02-14", "2020-01-14"],
    }.items():
        rows = json.loads(client.get(f"{ANE}?{query}&format=json").getvalue())
        assert [row["dato"] for row in rows["rækker"]] == days, query


@pytest.mark.skipif(not SEEDS.exists(), reason="../shared/seeds is not on this machine")
def test_a_real_members_minority_votes_lead_to_their_words(page_text, client):
    call_command("import_minutes", str(SEEDS), verbosity=0)
    address = "/randers/personer/kasper-fuhr-christensen/"
    body = client.get(f"{address}?vis=uenig").content.decode()
    assert "5 i alt" in body
    assert "14. januar 2020" in body
    assert "5. december 2017" in body
    links = re.findall(r'class="source-link" href="([^"#]+)#fra"', body)
    assert len(links) == 5
    for link in links:
        source = client.get(html.unescape(link)).content.decode()
        marked = " ".join(re.findall(r"<mark>(.*?)</mark>", source, re.DOTALL))
        assert "Kasper Fuhr Christensen" in " ".join(marked.split()), link
    seen = page_text(address)
    assert "5 gange ; alene: 5" in seen
    assert "2 forbehold , 5 sager begæret indbragt for byrådet , 3 bemærkninger" in seen
    assert "Beskæftigelsesudvalget 5. december 2017 14. januar 2020 2 – –" in seen


@pytest.mark.parametrize(
    ("query", "status"),
    [
        *(
            (query, 404)
            for query in ("vis=", "vis=alt", "vis=fravaer", "vis=moeder&side=9", "vis=moeder&side=x")
        ),
        *((f"vis=moeder&aar={year}", 404) for year in ("x", "0000", "1", "99999", "²", "-2020", "2019")),
        *((query, 404) for query in ("vis=moeder&udvalg=x", "vis=moeder&parti=x", "vis=stemmer&med=x")),
        ("vis=moeder&udvalg=beskaeftigelsesudvalget&aar=2020", 200),
        ("vis=%00", 400),
        ("ukendt=1", 200),
    ],
)
def test_an_invalid_list_address_gets_a_clear_answer(client, query, status):
    file(listed("Ane Lund"))
    assert client.get(f"{ANE}?{query}").status_code == status


@pytest.mark.parametrize("address", ["/randers/personer/findes-ikke/", "/findesikke/personer/ane-lund/"])
def test_an_unknown_person_is_not_found(client, address):
    file(listed("Ane Lund"))
    assert client.get(address).status_code == 404
