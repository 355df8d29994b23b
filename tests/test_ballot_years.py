"""The chart of ballots by year, and its table."""

import html
import re

import pytest

from minutes.statistics.ballots import BallotYear
from minutes.templatetags.charts import ballot_years
from tests.ballots import file_ballots, titles, voted, year_rows
from tests.documents import ballot, document, file

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive() -> None:
    file_ballots()


def test_the_chart_has_a_table_of_its_figures(client, archive):
    response = client.get("/afstemninger/")
    assert year_rows(response) == [
        ["2019", "1", "0", "1", "0", "1"],
        ["2020", "2", "1", "1", "0", "1"],
        ["2021", "2", "0", "1", "1", "2"],
    ]
    seen = html.unescape(response.content.decode())
    for title in (
        "2019: 1 vedtaget, omstridt",
        "2020: 1 vedtaget, ikke omstridt",
        "2020: 1 vedtaget, omstridt",
        "2021: 1 forkastet",
    ):
        assert f"<title>{title}</title>" in seen, title
    assert "style=" not in seen


def test_the_chart_follows_the_filters_and_a_year_links_to_its_ballots(client, archive):
    response = client.get("/afstemninger/?kommune=randers&omstridt=on&sorter=taettest")
    assert [row[:2] for row in year_rows(response)] == [["2019", "1"], ["2020", "1"], ["2021", "1"]]
    (link,) = re.findall(r'href="([^"]*)">2020</a>', response.content.decode())
    assert html.unescape(link) == (
        "?kommune=randers&omstridt=on&sorter=taettest&fra=2020-01-01&til=2020-12-31"
    )
    assert titles(client.get(f"/afstemninger/{html.unescape(link)}")) == ["Ny bro"]


def test_years_without_a_ballot_are_in_the_chart(client):
    for year in (2012, 2015):
        file(document(voted("Bro", ballot(5, 4)), date=f"{year}-01-01"))
    assert [row[:2] for row in year_rows(client.get("/afstemninger/"))] == [
        ["2012", "1"],
        ["2013", "0"],
        ["2014", "0"],
        ["2015", "1"],
    ]


def test_a_mistaken_year_does_not_fill_the_chart_with_years(client):
    for year in ("0219", "2019", "9999"):
        file(document(voted("Bro", ballot(5, 4)), date=f"{year}-01-01"))
    response = client.get("/afstemninger/")
    assert [row[0] for row in year_rows(response)] == ["0219", "2019", "9999"]
    for year in ("0219", "9999"):
        assert len(titles(client.get(f"/afstemninger/?fra={year}-01-01&til={year}-12-31"))) == 1


def test_the_parts_of_a_bar_are_adjacent_and_the_longest_bar_fills_the_chart():
    chart = ballot_years(
        {},
        [
            BallotYear(2019, carried_uncontested=6, carried_contested=3, lost=1, contested=4),
            BallotYear(2020, lost=5),
        ],
    )
    first, second = chart["rows"]
    assert [(part["kind"], part["at"], part["width"]) for part in first["parts"]] == [
        ("agreed", "15.00%", "38.40%"),
        ("disputed", "53.40%", "19.20%"),
        ("lost", "72.60%", "6.40%"),
    ]
    assert first["end"] == "80.50%"
    assert [(part["kind"], part["at"], part["width"]) for part in second["parts"]] == [
        ("lost", "15.00%", "32.00%")
    ]
    assert second["top"] - first["top"] == 28
    assert chart["height"] == 56
    assert ballot_years({}, [BallotYear(2019)])["rows"][0]["parts"] == []
