"""Ballots to list and filter, and what the list of ballots shows."""

import html
import re
from typing import Any

from django.http import HttpResponse

from minutes.reader.records import Ballot, Item
from tests.documents import ballot, document, file, herning, item


def voted(title: str, *ballots: Ballot, **fields: Any) -> Item:
    """An item that was decided by `ballots`."""
    return item("1", title, **{"decision": "Godkendt.", "ballots": ballots, **fields})


def file_ballots() -> None:
    """File five ballots of two municipalities, three committees and three years."""
    file(
        document(
            voted(
                "Skolens tag",
                ballot(10, 9, for_names=("Bo Dam",), against_names=("Ane Lund",), against_parties={"Ø": 3}),
            ),
            date="2019-05-01",
            committee="Byrådet",
        )
    )
    file(document(voted("Ny bro", ballot(4, 1, against_names=("Ane Lund",))), date="2020-02-03"))
    file(document(voted("Cykelsti", ballot(5, 0)), date="2020-03-03"))
    file(
        document(
            voted(
                "Havnebad", ballot(2, 3, result="lost", for_names=("Eva Kirk",), against_parties={"A": None})
            ),
            date="2021-06-06",
            committee="Kulturudvalget",
        )
    )
    file(
        document(
            voted("Museum", ballot(None, None, against_names=("Ane Lund",))),
            date="2021-07-07",
            municipality=None,
            committee="Byrådet",
        ),
        given_municipality=herning(),
    )


def titles(response: HttpResponse) -> list[str]:
    """The items that were voted on, as the page lists them."""
    return re.findall(r'<li class="ballot">\s*<h3><a [^>]*>([^<]*)', response.content.decode())


def options(response: HttpResponse, name: str) -> list[str]:
    """The choices of a filter on the page, without the empty one."""
    select = re.search(rf'<select name="{name}".*?</select>', response.content.decode(), re.DOTALL)
    assert select
    labels = re.findall(r'<option value="[^"]+"[^>]*>([^<]*)', select[0])
    return [html.unescape(label) for label in labels]


def year_rows(response: HttpResponse) -> list[list[str]]:
    """The rows of the table behind the chart."""
    table = re.search(r"Vis tallene.*?<tbody>(.*?)</tbody>", response.content.decode(), re.DOTALL)
    assert table
    return [re.sub(r"<[^>]+>", " ", row).split() for row in re.findall(r"<tr>(.*?)</tr>", table[1])]
