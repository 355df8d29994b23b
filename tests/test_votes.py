"""The list of ballots, as a visitor meets it."""

import html
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from minutes import filters, publishing
from minutes.models import AgendaItem, Ballot, Party
from minutes.reader.records import Statement
from minutes.statistics.ballots import BallotYear
from minutes.templatetags.charts import ballot_years
from tests.documents import ballot, document, file, herning, item
from tests.test_pages import text_of

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parent / "samples"


def voted(title: str, *ballots, **fields):
    """An item that was decided by `ballots`."""
    return item("1", title, **{"decision": "Godkendt.", "ballots": ballots, **fields})


@pytest.fixture
def archive() -> None:
    """Five ballots of two municipalities, three committees and three years."""
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


def titles(response) -> list[str]:
    """The items voted on, as the page lists them."""
    return re.findall(r'<li class="ballot">\s*<h3><a [^>]*>([^<]*)', response.content.decode())


def options(response, name: str) -> list[str]:
    """What a filter of the page offers, but for not to filter."""
    select = re.search(rf'<select name="{name}".*?</select>', response.content.decode(), re.DOTALL)
    assert select
    return [html.unescape(each) for each in re.findall(r'<option value="[^"]+"[^>]*>([^<]*)', select[0])]


def figures(response) -> list[list[str]]:
    """The rows of the table behind the chart."""
    table = re.search(r"<tbody>(.*?)</tbody>", response.content.decode(), re.DOTALL)
    return [re.sub(r"<[^>]+>", " ", row).split() for row in re.findall(r"<tr>(.*?)</tr>", table[1])]


# What is told of a ballot


def test_every_ballot_is_told_with_who_voted_how_and_a_way_to_its_words(client):
    call_command("import_minutes", str(SAMPLES / "aarhus_byraadet.txt"))
    response = client.get("/afstemninger/")
    seen = text_of(response)
    assert f"{Ballot.objects.count()} afstemninger" in seen
    for words in (
        "Aarhus · Byrådet · 22. februar 2017 Afstemning om ændringsforslag: forkastet Omstridt",
        "10 for, 20 imod For Theis Arnfeldt , Venstre,",
        "2 for, 25 imod, 3 undlod Undlod SF (3)",
        "Afstemning om del 2: vedtaget Omstridt 16 for, 14 imod",
    ):
        assert words in seen, words
    body = response.content.decode()
    assert '<a href="/aarhus/byraadet/2017-02-22/3/">' in body
    assert '<a href="/aarhus/personer/theis-arnfeldt/">Theis Arnfeldt</a>' in body
    for each in Ballot.objects.all():
        quoted = f"<blockquote>{html.escape(each.evidence)}</blockquote>"
        source = f"/kilde/{each.item.reading_id}/?fra={each.start}&amp;til={each.end}#fra"
        assert quoted in body
        assert source in body


def test_what_is_inferred_is_told_apart_from_what_is_printed(client):
    file(document(voted("Bro", ballot(1, 2, counts_from="counted", result_from="counts", result="lost"))))
    file(document(voted("Sti", ballot(3, 2)), date="2020-02-02"))
    file(document(voted("Tag", ballot(None, None)), date="2020-03-03"))
    seen = text_of(client.get("/afstemninger/"))
    assert "1 for, 2 imod (optalt ud fra navnene) (resultatet er udledt af stemmetallene)" in seen
    assert seen.count("optalt ud fra navnene") == 1
    assert "Tag" in seen
    assert "vedtaget Stemmetallene fremgår ikke af referatet." in seen


def test_those_named_at_an_item_lead_to_their_pages(client, archive):
    seen = client.get("/randers/beskaeftigelsesudvalget/2020-02-03/1/").content.decode()
    assert '<dt>Imod</dt><dd><a href="/randers/personer/ane-lund/">Ane Lund</a></dd>' in seen
    assert client.get("/randers/personer/ane-lund/").status_code == 200


def test_words_of_a_document_are_escaped(client):
    hostile = "<script>alert(1)</script>"
    names = {"against_names": (f"Ane {hostile}",), "against_parties": {"<b>": 2}}
    file(document(voted(hostile, ballot(6, 1, evidence=hostile, **names), reservations=(hostile,))))
    seen = client.get("/afstemninger/").content.decode()
    assert "<script>alert" not in seen
    assert "<b>" not in seen.replace("<b>6</b>", "").replace("<b>1</b>", "")
    assert seen.count("&lt;script&gt;") >= 3


# Filters


FILTERED = {
    "": ["Museum", "Havnebad", "Cykelsti", "Ny bro", "Skolens tag"],
    "kommune=randers": ["Havnebad", "Cykelsti", "Ny bro", "Skolens tag"],
    "udvalg=byraadet": ["Museum", "Skolens tag"],
    "kommune=randers&udvalg=byraadet": ["Skolens tag"],
    "fra=2020-03-03": ["Museum", "Havnebad", "Cykelsti"],
    "til=2020-03-03": ["Cykelsti", "Ny bro", "Skolens tag"],
    "fra=2020-01-01&til=2020-12-31": ["Cykelsti", "Ny bro"],
    "resultat=carried": ["Museum", "Cykelsti", "Ny bro", "Skolens tag"],
    "resultat=lost": ["Havnebad"],
    "forskel=1": ["Havnebad", "Skolens tag"],
    "forskel=3": ["Havnebad", "Ny bro", "Skolens tag"],
    "forskel=5": ["Havnebad", "Cykelsti", "Ny bro", "Skolens tag"],
    "omstridt=on": ["Museum", "Havnebad", "Ny bro", "Skolens tag"],
    "person=ane-lund": ["Museum", "Ny bro", "Skolens tag"],
    "person=ane-lund&kommune=herning": ["Museum"],
    "person=bo-dam": ["Skolens tag"],
    "parti=A": ["Havnebad"],
    "parti=%C3%98&person=ane-lund&omstridt=on&forskel=1&til=2019-12-31": ["Skolens tag"],
    "parti=A&person=ane-lund": [],
    "sorter=taettest": ["Havnebad", "Skolens tag", "Ny bro", "Cykelsti", "Museum"],
    "sorter=taettest&omstridt=on&kommune=randers": ["Havnebad", "Skolens tag", "Ny bro"],
    "ukendt=1&omstridt=": ["Museum", "Havnebad", "Cykelsti", "Ny bro", "Skolens tag"],
}


def test_ballots_are_filtered_and_sorted(client, archive):
    for query, found in FILTERED.items():
        response = client.get(f"/afstemninger/?{query}")
        assert response.status_code == 200, query
        assert titles(response) == found, query
        assert f"{len(found)} afstemning" in text_of(response), query


def test_a_filter_keeps_what_was_chosen(client, archive):
    seen = client.get(
        "/afstemninger/?kommune=randers&person=ane-lund&forskel=3&omstridt=on&sorter=taettest"
    ).content.decode()
    for chosen in (
        '<option value="randers" selected>',
        '<option value="ane-lund" selected>',
        '<option value="3" selected>',
        '<option value="taettest" selected>',
    ):
        assert chosen in seen, chosen
    assert re.search(r'<input type="checkbox" name="omstridt"[^>]* checked', seen)


def test_the_choices_are_those_who_voted_in_the_municipality_asked_for(client, archive):
    everywhere = client.get("/afstemninger/")
    assert options(everywhere, "person") == ["Ane Lund", "Bo Dam", "Eva Kirk"]
    assert options(everywhere, "parti") == ["A", "Ø"]
    assert options(everywhere, "udvalg") == ["Beskæftigelsesudvalget", "Byrådet", "Kulturudvalget"]
    there = client.get("/afstemninger/?kommune=herning")
    assert options(there, "person") == ["Ane Lund"]
    assert options(there, "parti") == []
    assert options(there, "udvalg") == ["Byrådet"]
    assert client.get("/afstemninger/?kommune=herning&person=bo-dam").status_code == 400


def test_a_partys_letter_is_told_with_the_names_it_has(client, archive):
    Party.objects.filter(letter="A").update(name="Socialdemokratiet")
    local = {"for_parties": {"A": None}}
    file(
        document(voted("Havn", ballot(3, 2, **local)), date="2021-08-08", municipality=None),
        given_municipality=herning(),
    )
    Party.objects.filter(letter="A", name="").update(name="Aktive i Herning")
    assert options(client.get("/afstemninger/"), "parti") == ["A (Aktive i Herning, Socialdemokratiet)", "Ø"]
    assert titles(client.get("/afstemninger/?parti=A")) == ["Havn", "Havnebad"]
    there = client.get("/afstemninger/?kommune=randers")
    assert options(there, "parti") == ["A (Socialdemokratiet)", "Ø"]


def test_where_there_are_too_many_people_the_municipality_is_chosen_first(client, archive, monkeypatch):
    monkeypatch.setattr(filters, "_MAX_PEOPLE", 2)
    response = client.get("/afstemninger/")
    assert options(response, "person") == []
    assert "Alle (vælg en kommune for at se navnene)" in text_of(response)
    response = client.get("/afstemninger/?person=bo-dam")
    assert options(response, "person") == ["Bo Dam"]
    assert titles(response) == ["Skolens tag"]
    assert options(client.get("/afstemninger/?kommune=herning"), "person") == ["Ane Lund"]
    assert client.get("/afstemninger/?person=ingen").status_code == 400


IMPOSSIBLE = (
    "kommune=findesikke",
    "udvalg=findesikke",
    "fra=igaar",
    "til=2020-13-45",
    "resultat=udsat",
    "forskel=4",
    "forskel=-1",
    "forskel=99999999999999999999",
    "person=findesikke",
    "person=Ane+Lund",
    "parti=X",
    "sorter=baglaens",
    "person=null",
    "parti=%F0%9F%90%A6&forskel=x",
)


def test_a_filter_that_cannot_be_is_said_on_the_page(client, archive):
    for query in IMPOSSIBLE:
        response = client.get(f"/afstemninger/?{query}")
        assert response.status_code == 400, query
        assert 'class="error"' in response.content.decode(), query
        assert "Afgrænsningen er ugyldig" in text_of(response), query
        assert titles(response) == [], query
        assert "0 afstemninger" not in text_of(response), query


def test_nuls_and_pages_that_do_not_exist_do_no_harm(client, archive):
    for name in ("kommune", "udvalg", "fra", "forskel", "person", "parti", "omstridt", "sorter", "side"):
        assert client.get(f"/afstemninger/?{name}=a%00b").status_code == 400, name
    for side in ("0", "-1", "2", "x", "²", "1.5", "9" * 40):
        assert client.get("/afstemninger/", {"side": side}).status_code == 404, side


# What contested means


@pytest.mark.parametrize(
    ("held", "fields", "contested"),
    [
        (ballot(5, 0), {}, False),
        (ballot(5, None), {}, False),
        (ballot(None, None), {}, False),
        (ballot(None, None, result="lost"), {}, False),
        (ballot(4, 1), {}, True),
        (ballot(4, 0, abstained=1), {}, True),
        (ballot(None, None, against_names=("Ane Lund",)), {}, True),
        (ballot(None, None, abstained_parties={"A": None}), {}, True),
        (ballot(2, None, result="lost"), {}, True),
        (ballot(5, 0), {"reservations": ("Bo Dam",)}, True),
        (ballot(5, 0), {"statements": (Statement(who=("Bo Dam",), text="Nå.", start=0, end=1),)}, False),
    ],
)
def test_a_ballot_is_contested_as_an_item_is(client, held, fields, contested):
    file(document(voted("Bro", held, **fields)))
    assert AgendaItem.objects.get().contested is contested
    assert bool(titles(client.get("/afstemninger/?omstridt=on"))) is contested
    assert ("vedtaget Omstridt" in text_of(client.get("/afstemninger/"))) is (
        contested and held.result == "carried"
    )


def test_of_a_contested_items_ballots_only_those_contested_are_told(client):
    file(document(voted("Bro", ballot(2, 5, subject="amendment", result="lost"), ballot(7, 0))))
    seen = text_of(client.get("/afstemninger/?omstridt=on"))
    assert "1 afstemning " in seen
    assert "Afstemning om ændringsforslag: forkastet" in seen


def test_who_took_a_reservation_is_told(client):
    file(document(voted("Bro", ballot(7, 0), ballot(5, 2), reservations=("Bo Dam", "Eva Kirk"))))
    assert text_of(client.get("/afstemninger/")).count("Forbehold ved punktet: Bo Dam, Eva Kirk") == 2


# Order and pages


def test_the_closest_come_first_the_newest_of_equals_and_the_unknown_last(client):
    for day, counts in enumerate([(5, 4), (None, 3), (3, 3), (9, 10), (7, 0), (4, 3), (6, None)], start=1):
        file(document(voted(f"Sag {day}", ballot(*counts)), date=f"2020-01-{day:02}"))
    found = titles(client.get("/afstemninger/?sorter=taettest"))
    assert found == ["Sag 3", "Sag 6", "Sag 4", "Sag 1", "Sag 5", "Sag 7", "Sag 2"]


def test_ballots_of_a_day_stand_as_the_agenda_has_them(client):
    items = [
        item(str(number), f"Sag {number}", decision="Ja.", ballots=(ballot(5, 4), ballot(6, 3)))
        for number in range(1, 4)
    ]
    file(document(*items))
    assert titles(client.get("/afstemninger/")) == ["Sag 1", "Sag 1", "Sag 2", "Sag 2", "Sag 3", "Sag 3"]


def test_pages_keep_the_filters_and_tell_all_of_equal_ballots_once(client):
    first = date(2020, 1, 1)
    for number in range(4):
        items = [
            item(str(each), f"Sag {number}-{each}", decision="Ja.", ballots=(ballot(5, 4),))
            for each in range(1, 16)
        ]
        file(document(*items, date=str(first + timedelta(days=number))))
    seen = []
    for side in (1, 2, 3):
        response = client.get(f"/afstemninger/?forskel=2&sorter=taettest&side={side}")
        assert "60 afstemninger" in text_of(response)
        seen += titles(response)
    assert len(seen) == len(set(seen)) == 60
    assert 'href="?forskel=2&amp;sorter=taettest&amp;side=2"' in response.content.decode()


# What is not there


def test_an_empty_archive_and_an_empty_choice_are_explained(client):
    seen = text_of(client.get("/afstemninger/"))
    assert "0 afstemninger" in seen
    assert "Der er ingen afstemninger i arkivet endnu." in seen
    file(document(voted("Bro", ballot(5, 4))))
    seen = text_of(client.get("/afstemninger/?til=2001-01-01"))
    assert "0 afstemninger" in seen
    assert "Ingen afstemninger passer til afgrænsningen." in seen
    assert "<svg" not in client.get("/afstemninger/?til=2001-01-01").content.decode()


@pytest.mark.parametrize("hide", ["draft", "withdrawn", "taken down"])
def test_what_is_not_published_is_in_no_list_no_choice_and_no_figure(client, archive, hide):
    names = {"for_names": ("Kanariefugl Hansen",), "against_parties": {"Kanariefugl": None}}
    hidden = file(
        document(voted("Kanariefugl", ballot(3, 2, **names)), date="2022-02-02"), publish=hide != "draft"
    ).meeting
    if hide == "withdrawn":
        publishing.withdraw(hidden)
    elif hide == "taken down":
        publishing.take_down_meeting(hidden, by=None, reason="Efter anmodning")
    for query in ("", "?kommune=randers", "?omstridt=on", "?sorter=taettest", "?forskel=1"):
        response = client.get(f"/afstemninger/{query}")
        assert "anariefugl" not in response.content.decode(), query
        assert "2022" not in [row[0] for row in figures(response)]
    assert "5 afstemninger" in text_of(client.get("/afstemninger/"))
    assert client.get("/afstemninger/?person=kanariefugl-hansen").status_code == 400
    assert client.get("/afstemninger/?parti=Kanariefugl").status_code == 400


def test_of_a_closed_item_no_more_is_told_than_its_decision(client):
    against = ballot(5, 2, against_names=("Ane Lund",))
    file(
        document(
            item("1", "Lukket uden ord", closed=True, ballots=(against,)),
            item(
                "2",
                "Lukket med ord",
                closed=True,
                decision="Godkendt.",
                ballots=(ballot(7, 0),),
                reservations=("Bo Kanariefugl",),
            ),
        )
    )
    response = client.get("/afstemninger/")
    assert titles(response) == ["Lukket med ord"]
    assert options(response, "person") == []
    assert "anariefugl" not in response.content.decode()
    assert titles(client.get("/afstemninger/?omstridt=on")) == []


# The chart


def test_the_chart_tells_each_year_in_figures_too(client, archive):
    response = client.get("/afstemninger/")
    assert figures(response) == [
        ["2019", "1", "0", "1", "0", "1"],
        ["2020", "2", "1", "1", "0", "1"],
        ["2021", "2", "0", "1", "1", "2"],
    ]
    seen = html.unescape(response.content.decode())
    for told in (
        "2019: 1 vedtaget, omstridt",
        "2020: 1 vedtaget, ikke omstridt",
        "2020: 1 vedtaget, omstridt",
        "2021: 1 forkastet",
    ):
        assert f"<title>{told}</title>" in seen, told
    assert "style=" not in seen


def test_the_chart_goes_by_the_filters_and_a_year_leads_to_its_ballots(client, archive):
    response = client.get("/afstemninger/?kommune=randers&omstridt=on&sorter=taettest")
    assert [row[:2] for row in figures(response)] == [["2019", "1"], ["2020", "1"], ["2021", "1"]]
    (link,) = re.findall(r'href="([^"]*)">2020</a>', response.content.decode())
    assert html.unescape(link) == (
        "?kommune=randers&omstridt=on&sorter=taettest&fra=2020-01-01&til=2020-12-31"
    )
    assert titles(client.get(f"/afstemninger/{html.unescape(link)}")) == ["Ny bro"]


def test_years_without_a_ballot_stand_in_the_chart(client):
    for year in (2012, 2015):
        file(document(voted("Bro", ballot(5, 4)), date=f"{year}-01-01"))
    assert [row[:2] for row in figures(client.get("/afstemninger/"))] == [
        ["2012", "1"],
        ["2013", "0"],
        ["2014", "0"],
        ["2015", "1"],
    ]


def test_a_mistaken_year_does_not_fill_the_chart_with_years(client):
    for year in ("0219", "2019", "9999"):
        file(document(voted("Bro", ballot(5, 4)), date=f"{year}-01-01"))
    response = client.get("/afstemninger/")
    assert [row[0] for row in figures(response)] == ["0219", "2019", "9999"]
    for year in ("0219", "9999"):
        assert len(titles(client.get(f"/afstemninger/?fra={year}-01-01&til={year}-12-31"))) == 1


def test_the_bars_parts_follow_each_other_and_the_longest_fills_the_chart():
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


# Speed


@pytest.mark.parametrize(
    "query", ["", "?kommune=randers&person=ane-lund&omstridt=on&forskel=5&sorter=taettest&parti=A"]
)
def test_a_page_makes_as_many_queries_for_twenty_ballots_as_for_one(client, query, django_assert_num_queries):
    def rich(number: int):
        names = {"for_names": ("Bo Dam", "Ib Holm"), "against_names": ("Ane Lund",)}
        held = ballot(5, 4, for_parties={"A": None, "B": 2}, **names)
        return voted(f"Sag {number}", held, reservations=("Eva Kirk",))

    queries = 10 if query else 9
    file(document(rich(0)))
    with django_assert_num_queries(queries):
        assert len(titles(client.get(f"/afstemninger/{query}"))) == 1
    for number in range(1, 21):
        day = date(2020, 1, 14) + timedelta(days=200 * number)
        file(document(rich(number), date=str(day), committee=f"Udvalg {number}"))
    with django_assert_num_queries(queries):
        assert len(titles(client.get(f"/afstemninger/{query}"))) == 21
