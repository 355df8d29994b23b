"""Lists as files: CSV for everyone, CSV for a Danish Excel, JSON."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minutes import publishing
from minutes.models import Meeting
from minutes.reader.records import Absence, Participant, Statement
from minutes.views import search
from minutes.vocabulary import Outcome
from tests.documents import ballot, document, file, imported, item
from tests.texts import minutes

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
MEETING = "/randers/beskaeftigelsesudvalget/2020-01-14/"


def rows_of(response, delimiter=","):
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def voted(**fields):
    """Return a ballot with people, a party with and one without a number of votes, and awkward words."""
    names = {"for_names": ("Else Ørsted",), "against_names": ("Frode Juul Mark",), **fields}
    return ballot(
        1, 1, against_parties={"Liste Ø": 1, "A": None}, evidence="Else; ja,\n“Frode” nej.", **names
    )


def test_the_file_of_meetings_has_a_line_per_meeting(client):
    file(document(item("1", "Cykelsti", ballots=(voted(),)), term="2018-2021"))
    publishing.project(Meeting.objects.get())
    file(document(item("1", "Budget"), date="2020-02-03", start_time=None))
    response = client.get("/moeder/?format=csv")
    assert response["Content-Disposition"] == 'attachment; filename="moeder.csv"'
    assert response["X-Robots-Tag"] == "noindex"
    newest, oldest = rows_of(response)
    assert oldest == {
        "kommune": "Randers",
        "udvalg": "Beskæftigelsesudvalget",
        "dato": "2020-01-14",
        "klokken": "16:00",
        "valgperiode": "2018-2021",
        "dokument": "Referat",
        "art": "Ordinært møde",
        "punkter": "1",
        "omstridte": "1",
        "adresse": f"{SITE}{MEETING}",
    }
    assert (newest["dato"], newest["klokken"]) == ("2020-02-03", "")


def test_a_file_has_all_rows_that_match_the_filters(client):
    for day in range(1, 29):
        file(document(item("1", "Cykelsti"), date=f"2020-01-{day:02}"))
    file(document(item("1", "Cykelsti"), committee="Byrådet"))
    response = client.get(
        "/moeder/?kommune=randers&udvalg=beskaeftigelsesudvalget&fra=2020-01-02&side=2&format=csv"
    )
    name = "moeder-randers-beskaeftigelsesudvalget-2020-01-02.csv"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    days = [row["dato"] for row in rows_of(response)]
    assert days == [f"2020-01-{day:02}" for day in range(28, 1, -1)]


def test_excel_gets_semicolons_and_a_byte_order_mark(client):
    file(document(item("1", "Støj; luft, lys", ballots=(voted(),))))
    response = client.get("/afstemninger/?format=csv-excel")
    assert response["Content-Disposition"] == 'attachment; filename="afstemninger.csv"'
    assert client.get("/afstemninger/?format=csv-excel").getvalue().startswith(b"\xef\xbb\xbfkommune;udvalg;")
    (row,) = rows_of(response, ";")
    assert row["titel"] == "Støj; luft, lys"
    assert row["ordlyd"] == "Else; ja,\n“Frode” nej."


def test_a_ballot_has_its_voters_and_its_source(client):
    meeting = file(document(item("7", "Cykelsti", ballots=(voted(),)))).meeting
    (row,) = rows_of(client.get("/afstemninger/?format=csv"))
    assert (row["for"], row["imod"], row["undlod"], row["resultat"]) == ("1", "1", "", "Vedtaget")
    assert row["omstridt"] == "ja"
    assert row["stemte_for"] == "Else Ørsted"
    assert row["stemte_imod"] == "Frode Juul Mark, A, Liste Ø (1)"
    assert row["adresse"] == f"{SITE}{MEETING}7/"
    reading = meeting.readings.get()
    assert row["kilde"] == f"{SITE}/kilde/{reading.pk}/?fra=0&til=0#fra"
    assert client.get(row["kilde"].removeprefix(SITE)).status_code == 200


def test_a_members_ballots_say_what_they_voted(client):
    file(document(item("7", "Cykelsti", ballots=(voted(),)), item("8", "Budget", ballots=(ballot(3, 2),))))
    response = client.get("/randers/personer/frode-juul-mark/?format=csv")
    name = "afstemninger-randers-frode-juul-mark.csv"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    (row,) = rows_of(response)
    assert (row["stemte"], row["titel"], row["stemte_for"]) == ("Imod", "Cykelsti", "Else Ørsted")


def test_the_rows_of_a_member_are_files(client):
    cycle_path = item(
        "7",
        "Cykelsti",
        absent=(Absence(name="Ane Lund", reason="inhabil"),),
        statements=(Statement(who=("Ane Lund",), text="for dyrt", start=3, end=9),),
    )
    file(document(cycle_path, participants=(Participant(name="Ane Lund", party="V"),)))
    member = "/randers/personer/ane-lund/"
    response = client.get(f"{member}?vis=moeder&format=csv")
    assert response["Content-Disposition"] == 'attachment; filename="moeder-randers-ane-lund-moeder.csv"'
    (meeting,) = rows_of(response)
    assert (meeting["dato"], meeting["paa_listen"]) == ("2020-01-14", "til stede")
    assert meeting["adresse"] == f"{SITE}{MEETING}"
    (statement,) = rows_of(client.get(f"{member}?vis=bemaerkninger&format=csv"))
    assert (statement["titel"], statement["ordlyd"]) == ("Cykelsti", "for dyrt")
    assert statement["kilde"].endswith("?fra=3&til=9#fra")
    (missed,) = rows_of(client.get(f"{member}?vis=punkter&format=csv"))
    assert (missed["punkt"], missed["grund"]) == ("7", "inhabil")
    for row in (meeting, statement, missed):
        assert client.get(row["kilde"].removeprefix(SITE)).status_code == 200


def test_a_cases_items_are_a_file(client):
    number = "05.01.00-P20-3-25"
    for day in ("2020-01-14", "2020-02-04"):
        file(document(item("1", "Cykelsti", case_number=number), item("2", "Andet"), date=day))
    response = client.get("/randers/sager/05-01-00-p20-3-25/?format=csv")
    name = "sag-randers-05-01-00-p20-3-25.csv"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert [(row["dato"], row["titel"]) for row in rows_of(response)] == [
        ("2020-01-14", "Cykelsti"),
        ("2020-02-04", "Cykelsti"),
    ]


def test_json_has_the_same_rows_with_their_types(client):
    file(document(item("7", "Cykelsti", ballots=(voted(),))))
    response = client.get("/afstemninger/?format=json&side=1")
    assert response["Content-Type"] == "application/json"
    content = json.loads(response.getvalue())
    assert content["adresse"] == f"{SITE}/afstemninger/"
    assert content["afkortet"] is False
    (row,) = content["rækker"]
    assert (row["dato"], row["for"], row["undlod"]) == ("2020-01-14", 1, None)
    assert row["stemte_imod"] == ["Frode Juul Mark", "A", "Liste Ø (1)"]
    empty = json.loads(client.get("/moeder/?format=json&fra=2030-01-01").getvalue())
    assert (empty["adresse"], empty["rækker"]) == (f"{SITE}/moeder/?fra=2030-01-01", [])


def test_the_file_of_a_search_has_the_order_of_its_pages(client):
    for day in range(1, 29):
        file(document(item("1", f"Cykelsti {day}"), date=f"2020-01-{day:02}"))
    for order in ("", "dato", "aeldste"):
        pages = [client.get(f"/soeg/?q=cykelsti&sorter={order}&side={side}") for side in (1, 2)]
        shown = [hit.item.get_absolute_url() for page in pages for hit in page.context["hits"]]
        rows = rows_of(client.get(f"/soeg/?q=cykelsti&sorter={order}&format=csv"))
        assert [row["adresse"] for row in rows] == [f"{SITE}{address}" for address in shown]
        assert len(rows) == 28


def test_the_file_of_a_misspelt_search_has_the_hits_of_the_corrected_one(client):
    file(document(item("3", "Cykelsti", decision="Godkendt.", outcome=Outcome.APPROVED)))
    response = client.get("/soeg/?q=cykelsto&format=csv")
    assert response["Content-Disposition"] == 'attachment; filename="punkter-cykelsto.csv"'
    (row,) = rows_of(response)
    assert (row["punkt"], row["titel"], row["udfald"], row["lukket"]) == ("3", "Cykelsti", "Godkendt", "nej")
    assert row["beslutning"] == "Godkendt."


def test_a_truncated_file_says_so(client, monkeypatch):
    for day in range(1, 4):
        file(document(item("1", "Cykelsti"), date=f"2020-01-{day:02}"))
    monkeypatch.setattr(search, "MAX_FILE_ITEMS", 2)
    response = client.get("/soeg/?q=cykelsti&format=json")
    assert response["Content-Disposition"] == 'attachment; filename="punkter-cykelsti-afkortet.json"'
    content = json.loads(response.getvalue())
    assert (content["afkortet"], len(content["rækker"])) == (True, 2)
    assert "(de første 2)" in client.get("/soeg/?q=cykelsti").content.decode()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_evaluated_as_a_formula(client, start):
    file(document(item("1", f'{start}HYPERLINK("http://x.dk";"Klik")')))
    for file_format, delimiter in (("csv", ","), ("csv-excel", ";")):
        (row,) = rows_of(client.get(f"/soeg/?kommune=randers&format={file_format}"), delimiter)
        assert row["titel"] == f'\'{start}HYPERLINK("http://x.dk";"Klik")'
    content = json.loads(client.get("/soeg/?kommune=randers&format=json").getvalue())
    assert content["rækker"][0]["titel"].startswith(start)


def test_masks_are_replaced_as_on_pages(client):
    meeting = imported(minutes("Cykelsti", decision="Godkendt. Ane Lund ringede 6 gange."))
    publishing.redact_passage(meeting.readings.get(), "Ane Lund ringede", by=None, reason="Privat")
    (row,) = rows_of(client.get("/soeg/?q=cykelsti&format=csv"))
    assert row["beslutning"] == "Godkendt. [Fjernet] 6 gange."


def test_a_closed_item_has_no_more_than_on_its_page(client):
    closed = item("1", "Lukket sag", closed=True, ballots=(voted(),))
    file(document(closed, item("2", "Køb af jord", closed=True, decision="Købt.", ballots=(voted(),))))
    assert [row["punkt"] for row in rows_of(client.get("/afstemninger/?format=csv"))] == ["2"]
    rows = rows_of(client.get("/soeg/?kommune=randers&sorter=dato&format=csv"))
    assert sorted((row["punkt"], row["beslutning"]) for row in rows) == [("1", ""), ("2", "Købt.")]


@pytest.mark.parametrize("query", ["format=xls", "format=csv&format=x", "fra=igår&format=csv"])
def test_an_invalid_filter_or_format_is_refused_with_a_page(client, query):
    response = client.get(f"/moeder/?{query}")
    assert response.status_code == 400
    assert "text/html" in response["Content-Type"]


def test_the_pages_link_to_their_files(client):
    file(document(item("1", "Cykelsti", ballots=(voted(),))))
    for address in ("/moeder/?kommune=randers&side=1", "/soeg/?q=cykelsti", "/afstemninger/"):
        page = client.get(address).content.decode()
        for file_format in ("csv", "csv-excel", "json"):
            assert f"format={file_format}" in page, address
        assert page.count('<a rel="nofollow" href="?') >= 3


def test_a_file_makes_as_many_queries_for_many_rows_as_for_few(client):
    def queries(address: str, rows: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(rows_of(client.get(f"{address}format=csv"))) == rows
        return len(captured)

    def publish(month: int, days: range) -> None:
        for day in days:
            file(document(item("1", "Cykelsti", ballots=(voted(),)), date=f"2020-{month:02}-{day:02}"))

    publish(1, range(1, 2))
    few = {
        address: queries(address, 1) for address in ("/moeder/?", "/afstemninger/?", "/soeg/?omstridt=on&")
    }
    # Of three hits or fewer a search asks whether other words were meant.
    publish(1, range(2, 5))
    few["/soeg/?q=cykelsti&"] = queries("/soeg/?q=cykelsti&", 4)
    publish(2, range(1, 21))
    assert {address: queries(address, 24) for address in few} == few
