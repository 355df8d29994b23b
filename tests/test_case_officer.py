"""The case officer of an item: read from its label, and public wherever the item's other facts are."""

import csv
import io
import json

import pytest

from minutes.models import AgendaItem
from minutes.reader.case_officer import find_case_officer
from minutes.search.consistency import differences
from tests.documents import document, file, imported, item
from tests.exports import assert_round_trip, empty_archive, export, records, replace_records, restore
from tests.texts import minutes

ITEM = "randers/beskaeftigelsesudvalget/2020-01-14"
METTE = item("1", "Cykelsti langs Mosevej", case_officer="Mette Holm", decision="Godkendt.")


@pytest.mark.parametrize(
    ("text", "officer"),
    [
        ("Sagsbehandler: Mette Holm", "Mette Holm"),
        ("Sagsbeh.: MHO", "MHO"),
        ("Sagsbeh: mho", "mho"),
        ("Sagsbehandler: Mette", "Mette"),
        ("SAGSBEHANDLER: Åse Thorup-Enghave (ATE)", "Åse Thorup-Enghave"),
        ("Sagsnr.: 330-2019-2911   Sagsbehandler: Mette Holm   Åbent", "Mette Holm"),
        ("Sagsnr.: 19/2484 Sagsbeh.: MHO Dok.nr.: 330-2019", "MHO"),
        ("Punkt 3: Vej\n\nSagsbehandler\nMette Holm\n\nBeslutning", "Mette Holm"),
        ("Sagsbehandler:\n\nMHO", "MHO"),
        ("Sagsbehandler: ingen\n\nSagsbehandler: Mette Holm", "Mette Holm"),
        # Neither a name nor initials.
        ("Sagsbehandler: Mette Holm har oplyst, at vejen er færdig.", None),
        ("Sagsbehandler:\nForvaltningen indstiller til udvalget", None),
        ("Sagsbehandler: Jobcenter Randers", None),
        ("Sagsbehandler: Teknisk Forvaltning", None),
        ("Sagsbehandler: -", None),
        ("Sagsbehandler:", None),
        # Other labels, and sentences.
        ("Øvrige sagsbehandlere: Mette Holm", None),
        ("Der er ansat en ny sagsbehandler: Mette Holm", None),
        ("Sagsbehandlingen: Mette Holm", None),
        ("Sagsbehandler Mette Holm", None),
    ],
)
def test_the_case_officer_is_read_from_its_label(text, officer):
    assert find_case_officer(text) == officer


@pytest.mark.django_db
def test_the_case_officer_of_minutes_is_on_the_page_and_in_the_api(client):
    text = minutes("Cykelsti", "Varmeværk")
    imported(text.replace("15.20.00-P35-1-19\n", "15.20.00-P35-1-19\n\nSagsbehandler: Mette Holm\n"))
    assert "Sagsbehandler: Mette Holm" in client.get(f"/{ITEM}/1/").content.decode()
    assert "Sagsbehandler" not in client.get(f"/{ITEM}/2/").content.decode()
    assert client.get(f"/api/v1/items/{ITEM}/1").json()["case_officer"] == "Mette Holm"
    assert client.get(f"/api/v1/items/{ITEM}/2").json()["case_officer"] is None
    rows = client.get("/api/v1/items").json()["data"]
    assert [row["case_officer"] for row in rows] == ["Mette Holm", None]


@pytest.mark.django_db
def test_the_case_officer_is_a_column_of_the_items_found(client):
    file(document(METTE, item("2", "Cykelsti ved skolen")))
    listing = client.get("/soeg/?q=cykelsti&format=csv").getvalue().decode()
    for rows in (
        list(csv.DictReader(io.StringIO(listing))),
        json.loads(client.get("/soeg/?q=cykelsti&format=json").getvalue())["rækker"],
    ):
        officers = {row["titel"]: row["sagsbehandler"] for row in rows}
        assert officers == {"Cykelsti langs Mosevej": "Mette Holm", "Cykelsti ved skolen": ""}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ('sagsbehandler:"Mette Holm"', ["Cykelsti langs Mosevej"]),
        ("sagsbehandler:holm", ["Cykelsti langs Mosevej"]),
        ("sagsbehandler:MHO", ["Budget"]),
        ("sagsbehandler:(holm eller mho) budget", ["Budget"]),
        ('sagsbehandler:"Holm Mette"', []),
        ("sagsbehandler:Lund", []),
    ],
)
def test_items_are_found_by_their_case_officer(client, query, titles):
    other = item("3", "Mødeplan", decision="Mette Holm bød velkommen. MHO")
    file(document(METTE, item("2", "Budget", case_officer="MHO"), other))
    response = client.get("/api/v1/search", {"q": query})
    assert [hit["title"] for hit in response.json()["data"]] == titles
    assert response.json()["query"]["searched"] == query


@pytest.mark.django_db
def test_the_help_of_the_search_has_the_prefix(client):
    file(document(METTE))
    assert "sagsbehandler:&quot;Mette Holm&quot;" in client.get("/soeg/hjaelp/").content.decode()


@pytest.mark.django_db
def test_the_case_officer_of_a_closed_item_is_not_public(client):
    file(document(item("1", "Køb af jord", closed=True, case_officer="Mette Holm", decision="Købt.")))
    assert AgendaItem.objects.get().case_officer == ""
    for address in (f"/{ITEM}/1/", f"/api/v1/items/{ITEM}/1", "/soeg/?q=jord&format=csv"):
        assert "Mette Holm" not in client.get(address).getvalue().decode()
    assert client.get('/api/v1/search?q=sagsbehandler:"Mette Holm"').json()["total"] == 0


@pytest.mark.django_db(transaction=True)
def test_the_case_officer_is_exported_and_imported(client, tmp_path, municipalities):
    file(document(METTE, item("2", "Køb af jord", closed=True, case_officer="Bo Lind")))
    assert_round_trip(client, tmp_path)
    officers = [record["case_officer"] for record in records(tmp_path / "first", "items")]
    assert officers == ["Mette Holm", ""]
    assert not any(b"Bo Lind" in path.read_bytes() for path in (tmp_path / "first").iterdir())
    assert list(AgendaItem.objects.order_by("id").values_list("case_officer", flat=True)) == officers


@pytest.mark.django_db(transaction=True)
def test_an_export_without_the_case_officer_is_imported(tmp_path, municipalities):
    file(document(METTE))
    files = export(tmp_path / "out")
    data = files["items.jsonl"].replace(b'"case_officer":"Mette Holm",', b"")
    assert data != files["items.jsonl"]
    empty_archive()
    replace_records(tmp_path / "out", "items", data)
    restore(tmp_path / "out")
    assert AgendaItem.objects.get().case_officer == ""
    assert list(differences()) == []
