"""A member's page: every figure leads to its rows, every row to its source, and nothing else counts."""

import html
import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from minutes import publishing
from minutes.models import Person, PersonAlias
from minutes.reader.records import Absence, Participant, Statement
from minutes.vocabulary import SectionKind
from tests.documents import ballot, document, file, herning, imported, item, randers, section
from tests.texts import minutes

pytestmark = pytest.mark.django_db

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
ANE = "/randers/personer/ane-lund/"
FIRST = date(2020, 1, 14)


def text_of(response) -> str:
    """What a reader sees of a page's main part, on one line."""
    body = response.content.decode().split("<main", 1)[-1]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.fixture
def page(client):
    """What a reader sees of the page at an address, which must be there."""

    def page(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return text_of(response)

    return page


def voted(in_favour: int | None, against: int | None, **fields):
    """An item with one ballot."""
    return item("1", "Budget", decision="Afgjort.", ballots=(ballot(in_favour, against, **fields),))


def on(number: int) -> str:
    """The day of the meeting of that number, a month apart or so."""
    return str(FIRST + timedelta(days=28 * number))


def listed(*names: str, party: str | None = None, **fields):
    """A document with these on its list."""
    return document(
        item("1", "Budget"), participants=tuple(Participant(name=n, party=party) for n in names), **fields
    )


# Committees, parties, attendance


def test_committees_tell_from_when_to_when_and_how_often(page, client):
    for number in range(3):
        file(listed("Ane Lund", date=on(number)))
    file(document(item("1", "Budget"), absent=(Absence(name="Ane Lund"),), date=on(3)))
    file(document(voted(6, 1, against_names=("Ane Lund",)), committee="Byrådet", date=on(4)))
    seen = page(ANE)
    assert "Byrådet 5. maj 2020 5. maj 2020 1 – –" in seen
    assert "Beskæftigelsesudvalget 14. januar 2020 7. april 2020 4 3 1" in seen
    assert "Nævnt som medlem ved 5 møder , 14. januar 2020 – 5. maj 2020" in seen
    body = client.get(ANE).content.decode()
    for address in ("/randers/byraadet/", "/randers/beskaeftigelsesudvalget/2020-04-07/"):
        assert f'href="{address}"' in body


def test_a_remark_makes_nobody_a_member_of_a_committee(page):
    file(listed("Ane Lund", committee="Byrådet"))
    said = Statement(who=("Ane Lund",), text="det er for dyrt", start=0, end=5)
    file(document(item("1", "Budget", statements=(said,))))
    seen = page(ANE)
    assert "Nævnt som medlem ved 1 møde , 14. januar 2020 ·" not in seen
    assert "Beskæftigelsesudvalget 14. januar 2020 14. januar 2020" not in seen
    assert "1 bemærkning" in seen


def test_parties_are_told_as_printed_from_when_to_when(page):
    for number, party in enumerate(("V", "V", "Venstre", "Løsgænger")):
        file(listed("Ane Lund", date=on(number), party=party))
    seen = page(ANE)
    assert "V 14. januar 2020 – 11. februar 2020 · 2 møder" in seen
    assert "Venstre 10. marts 2020 · 1 møde" in seen
    assert seen.index("Løsgænger") < seen.index("Venstre 10")
    assert "2 i alt · partiet skrevet som V 11. februar 2020" in page(f"{ANE}?vis=paa-listen&parti=V")


def test_attendance_is_told_by_year_and_of_lists_alone(page):
    file(listed("Ane Lund", date="2019-05-01"))
    file(listed("Ane Lund"))
    file(document(item("1", "Budget"), absent=(Absence(name="Ane Lund", reason="syg"),), date="2020-05-01"))
    file(document(voted(6, 1, against_names=("Ane Lund",)), date="2020-06-01"))
    seen = page(ANE)
    assert "deltagerlisten: 2 af 3" in seen
    assert "2020 2 1 1 2019 1 1 0 I alt 3 2 1" in seen
    assert "fraværende" in page(f"{ANE}?vis=fravaer&aar=2020")


def test_without_a_list_attendance_is_unknown(page):
    file(document(voted(6, 1, against_names=("Ane Lund",))))
    assert "Arkivet har ingen deltagerliste med navnet, så fremmødet er ukendt." in page(ANE)


def test_who_came_late_is_named_twice_and_was_there(page):
    file(document(item("1", "Budget"), absent=(Absence(name="Ane Lund"),)))
    told = listed("Ane Lund", kind="supplementary", text="Tillæg")
    file(told)
    assert "deltagerlisten: 1 af 1" in page(ANE)
    assert "1 i alt" in page(f"{ANE}?vis=til-stede")


def test_absence_from_items_is_told_apart_from_that_of_meetings(page):
    one = item("1", "Budget", absent=(Absence(name="Ane Lund", reason="kom senere"),))
    two = item("2", "Havnen", left_or_recused=(Absence(name="Ane Lund", reason="inhabil"),))
    file(document(one, two, participants=(Participant(name="Ane Lund"),)))
    seen = page(ANE)
    assert "deltagerlisten: 1 af 1" in seen
    assert "Fraværende ved enkelte punkter: 1 punkt" in seen
    assert "Deltog ikke i behandlingen, fx på grund af inhabilitet: 1 punkt" in seen
    assert "Budget" in page(f"{ANE}?vis=punkter")
    assert "Havnen Beskæftigelsesudvalget · 14. januar 2020 · deltog ikke (inhabil)" in page(
        f"{ANE}?vis=deltog-ikke"
    )


@pytest.mark.parametrize(
    ("meetings", "away", "told"),
    [
        (19, 1, "18 af 19"),
        (20, 1, "19 af 20 (95 %)"),
        (300, 1, "299 af 300 (99 %)"),
        (25, 0, "25 af 25 (100 %)"),
    ],
)
def test_few_are_no_percentage_and_nearly_all_is_not_all(meetings, away, told):
    from minutes.templatetags.people import share

    assert share(meetings - away, meetings) == told


def test_few_meetings_have_no_percentage_on_the_page(page):
    for number in range(19):
        file(listed("Ane Lund", date=on(number)))
    assert "19 af 19" in page(ANE)
    assert "%)" not in page(ANE)
    file(listed("Ane Lund", date=on(19)))
    assert "20 af 20 (100 %)" in page(ANE)


# Votes


@pytest.mark.parametrize(
    ("told", "dissents", "alone"),
    [
        # Against what was carried, for what was lost.
        ({"for": 6, "against": 1, "against_names": ("Ane Lund",), "result": "carried"}, 1, 1),
        ({"for": 1, "against": 6, "for_names": ("Ane Lund",), "result": "lost"}, 1, 1),
        ({"for": 5, "against": 2, "against_names": ("Ane Lund", "Bo Dam"), "result": "carried"}, 1, 0),
        # A count that is not printed leaves the result.
        ({"for": None, "against": 1, "against_names": ("Ane Lund",), "result": "carried"}, 1, 1),
        ({"for": None, "against": None, "against_names": ("Ane Lund",), "result": "carried"}, 1, 0),
        # With those who won.
        ({"for": 6, "against": 1, "for_names": ("Ane Lund",), "result": "carried"}, 0, 0),
        ({"for": 1, "against": 6, "against_names": ("Ane Lund",), "result": "lost"}, 0, 0),
        ({"for": 1, "against": 0, "for_names": ("Ane Lund",), "result": "carried"}, 0, 0),
        # As many on both sides, and more than a majority needed: no minority.
        ({"for": 4, "against": 4, "for_names": ("Ane Lund",), "result": "lost"}, 0, 0),
        ({"for": 5, "against": 3, "for_names": ("Ane Lund",), "result": "lost"}, 0, 0),
        # To abstain is no side.
        (
            {"for": 6, "against": 0, "abstained": 1, "abstained_names": ("Ane Lund",), "result": "carried"},
            0,
            0,
        ),
    ],
)
def test_a_dissent_is_a_vote_with_the_minority_that_lost(page, client, told, dissents, alone):
    told = dict(told)
    file(document(voted(told.pop("for"), told.pop("against"), **told)))
    assert "navngiven stemme 1 stemme" in page(ANE)
    assert f" i mindretal {dissents} " in page(ANE)
    assert ("alene: 1" in page(ANE)) == bool(alone)
    assert client.get(f"{ANE}?vis=uenig").status_code == (200 if dissents else 404)
    assert client.get(f"{ANE}?vis=alene").status_code == (200 if alone else 404)


def test_the_page_says_what_minutes_print_and_what_a_dissent_is(page):
    file(listed("Ane Lund"))
    seen = page(ANE)
    for words in (
        "De fleste beslutninger er enstemmige",
        "Ofte nævnes kun navnene på dem, der stemte imod.",
        "Fravær kendes kun, når referatet har en deltagerliste.",
        "stemte imod noget, der blev vedtaget, eller for noget, der blev forkastet",
        "Ved stemmelighed er ingen i mindretal.",
    ):
        assert words in seen, words


def test_a_party_s_vote_is_not_its_members(page):
    told = voted(20, 5, for_parties={"V": 20}, against_names=("Bo Dam",))
    file(document(told, participants=(Participant(name="Ane Lund", party="V"),)))
    assert "navngivne stemmer 0 stemmer i mindretal 0" in page(ANE)
    assert "Navnet er ikke nævnt ved nogen afstemning" in page(ANE)


def shared(count: int, agreed: int) -> None:
    """`count` ballots in which Ane Lund and Bo Dam voted, `agreed` of them alike, and one with no side."""
    for number in range(count):
        names = {"for_names": ("Ane Lund", "Eva Kirk")}
        alike = number < agreed
        names["for_names" if alike else "against_names"] = (
            ("Ane Lund", "Eva Kirk", "Bo Dam") if alike else ("Bo Dam",)
        )
        file(document(voted(5, 2, **names), date=on(number)))
    file(document(voted(5, 0, for_names=("Ane Lund",), abstained_names=("Bo Dam",)), date=on(count)))


def test_who_votes_alike_is_told_from_ten_shared_ballots_on(page):
    shared(9, 7)
    assert "Der er ingen andre, som har mindst 10 afstemninger" in page(ANE)
    file(document(voted(5, 2, for_names=("Ane Lund", "Bo Dam")), date="2022-02-02"))
    assert "Bo Dam 8 af 10 2" in page(ANE)
    assert "Ane Lund 8 af 10 2" in page("/randers/personer/bo-dam/")
    assert "Eva Kirk" not in page(ANE).split("Stemmer sammen med")[1]
    rows = page(f"{ANE}?vis=stemmer&med=bo-dam")
    assert "10 i alt" in rows
    assert rows.count("Bo Dam stemte det samme") == 8
    assert rows.count("Bo Dam stemte imod") == 2


def test_those_who_agree_most_stand_first(page):
    for number in range(10):
        both = ("Ane Lund", "Eva Kirk") if number else ("Ane Lund",)
        against = ("Bo Dam",) if number else ("Bo Dam", "Eva Kirk")
        file(document(voted(5, 2, for_names=both, against_names=against), date=on(number)))
    seen = page(ANE).split("Stemmer sammen med")[1]
    assert "Eva Kirk 9 af 10 1 Bo Dam 0 af 10 10" in seen


# What was entered in the minutes


def test_reservations_referrals_and_remarks_are_told(page):
    said = Statement(who=("Ane Lund", "Bo Dam"), text="det er for dyrt", start=0, end=5)
    one = item("1", "Budget", reservations=("Ane Lund",), referred_to_council_by=("Ane Lund",))
    file(document(one, item("2", "Havnen", statements=(said,))))
    seen = page(ANE)
    assert "1 forbehold , 1 sag begæret indbragt for byrådet , 1 bemærkning" in seen
    assert "det er for dyrt" in page(f"{ANE}?vis=bemaerkninger")
    assert "noteret for Ane Lund, Bo Dam" in page(f"{ANE}?vis=bemaerkninger")
    assert "Budget" in page(f"{ANE}?vis=forbehold")
    assert "Havnen" not in page(f"{ANE}?vis=byraadet")


# From figures to rows to sources


DECIDED = """\
Godkendt med 6 stemmer for og 1 stemme imod. Imod stemte Ane Lund.

Bo Dam tog forbehold.

Ane Lund begærede sagen i byrådet.

Ane Lund bemærkede, at det er for dyrt."""


def imported_story() -> None:
    """Meetings of two committees with lists, ballots and all that is entered in minutes, as files."""
    for number, committee in enumerate(("Byrådet", "Socialudvalget", "Byrådet", "Socialudvalget")):
        day = FIRST + timedelta(days=200 * number)
        told = minutes("Dagsorden", "Havnen", committee=committee, day=f"{day:%d-%m-%Y}", decision=DECIDED)
        listing = "Mødedeltagere Ane\nLund (V), Bo Dam (A), Eva Kirk (Fravær)"
        if number == 2:
            listing = "Mødedeltagere Bo Dam (A), Ane Lund (Fravær)"
        imported(told.replace("mødelokale 2", f"mødelokale 2\n\n{listing}"))


# <a href="?vis=fravaer&amp;aar=2020">4</a>, <a href="?vis=uenig">3 af 5</a>, <a href="…">12 møder</a>
FIGURE = re.compile(r'<a href="(\?vis=[^"]+)">(\d+)(?: af (\d+))?')
ROWS = re.compile(r"(\d+) i alt")


def test_every_figure_leads_to_as_many_rows_as_it_says(page, client):
    imported_story()
    shared(12, 9)
    file(document(item("1", "Vej", absent=(Absence(name="Ane Lund"),)), committee="Vejudvalget"))
    figures = FIGURE.findall(client.get(ANE).content.decode())
    assert {html.unescape(link).split("&")[0] for link, _, _ in figures} == {
        f"?vis={kind}"
        for kind in (
            *("moeder", "paa-listen", "til-stede", "fravaer", "punkter", "stemmer", "for", "imod"),
            *("uenig", "alene", "byraadet", "bemaerkninger"),
        )
    }
    for link, part, whole in figures:
        rows = ROWS.search(page(ANE + html.unescape(link)))
        # "9 af 12" shared ballots and meetings lead to all of them, "8 af 20" dissents to the 8.
        expected = whole if whole and ("med=" in link or "paa-listen" in link) else part
        assert rows, link
        assert rows[1] == expected, link
        file_of_rows = json.loads(client.get(f"{ANE}{html.unescape(link)}&format=json").getvalue())
        assert len(file_of_rows["rækker"]) == int(expected), link


def test_every_row_leads_to_its_words_in_the_source(client):
    imported_story()
    starts = {
        *("moeder", "paa-listen", "til-stede", "fravaer", "stemmer", "imod", "uenig", "alene"),
        *("byraadet", "bemaerkninger"),
    }
    for kind in starts:
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


def test_a_row_without_a_place_leads_to_the_source_all_the_same(client):
    one = item("1", "Budget", reservations=("Ane Lund",), absent=(Absence(name="Ane Lund"),))
    file(document(one, absent=(Absence(name="Ane Lund"),), text="Uden navne"))
    for kind in ("fravaer", "punkter", "forbehold"):
        body = client.get(f"{ANE}?vis={kind}").content.decode()
        (link,) = re.findall(r'class="source-link" href="([^"#]+)#fra"', body)
        assert client.get(html.unescape(link)).status_code == 200


def test_long_lists_have_pages(page, client):
    for number in range(30):
        file(listed("Ane Lund", date=on(number)))
    assert "30 i alt" in page(f"{ANE}?vis=til-stede")
    assert "?vis=til-stede&amp;side=2" in client.get(f"{ANE}?vis=til-stede").content.decode()
    assert "14. januar 2020" in page(f"{ANE}?vis=til-stede&side=2")
    assert client.get(f"{ANE}?vis=til-stede&side=3").status_code == 404


def test_votes_are_a_file_as_they_are_narrowed(client):
    file(document(voted(6, 1, against_names=("Ane Lund",)), date="2019-05-05"))
    file(document(voted(6, 1, against_names=("Ane Lund",))))
    file(document(voted(6, 1, for_names=("Ane Lund",)), date="2020-02-14"))
    for query, days in {
        "": ["2020-02-14", "2020-01-14", "2019-05-05"],
        "vis=uenig": ["2020-01-14", "2019-05-05"],
        "vis=stemmer&aar=2020": ["2020-02-14", "2020-01-14"],
    }.items():
        told = json.loads(client.get(f"{ANE}?{query}&format=json").getvalue())
        assert [row["dato"] for row in told["rækker"]] == days, query


@pytest.mark.skipif(not SEEDS.exists(), reason="../shared/seeds is not on this machine")
def test_a_real_member_s_dissents_lead_to_their_words(page, client):
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
    seen = page(address)
    assert "5 af 5 ; alene: 5" in seen
    assert "2 forbehold , 5 sager begæret indbragt for byrådet , 3 bemærkninger" in seen
    assert "Beskæftigelsesudvalget 5. december 2017 14. januar 2020 2 – –" in seen


# Trust


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_who_is_only_in_unpublished_meetings_has_no_page(client, state):
    told = document(
        item("1", "Budget", reservations=("Ane Lund",), ballots=(ballot(6, 1, against_names=("Ane Lund",)),)),
        participants=(Participant(name="Ane Lund", party="V"),),
    )
    meeting = file(told, publish=state != "draft").meeting
    if state == "withdrawn":
        publishing.withdraw(meeting)
    PersonAlias.objects.create(
        municipality=randers(), person=Person.objects.get(name="Ane Lund"), name="Ane L.", slug="ane-l"
    )
    assert client.get(ANE).status_code == 404
    assert client.get("/randers/personer/ane-l/").status_code == 404


def test_nothing_of_unpublished_meetings_counts(page, client):
    shared(10, 10)
    before = client.get(ANE).content
    hidden = document(
        item(
            "1",
            "Kanariefugl",
            reservations=("Ane Lund",),
            referred_to_council_by=("Ane Lund",),
            statements=(Statement(who=("Ane Lund",), text="Kanariefugl", start=0, end=5),),
            absent=(Absence(name="Ane Lund"),),
            ballots=(ballot(6, 2, against_names=("Ane Lund", "Bo Dam")),),
        ),
        participants=(Participant(name="Ane Lund", party="Kanariefuglelisten"),),
        committee="Kanariefugludvalget",
    )
    file(hidden, publish=False)
    assert client.get(ANE).content == before
    assert client.get(f"{ANE}?vis=paa-listen").status_code == 404
    assert client.get(f"{ANE}?vis=moeder&udvalg=kanariefugludvalget").status_code == 404


def test_of_closed_items_only_ballots_with_a_printed_decision_count(page, client):
    told = {
        "closed": True,
        "reservations": ("Ane Lund",),
        "statements": (Statement(who=("Ane Lund",), text="hemmeligt", start=0, end=5),),
        "absent": (Absence(name="Ane Lund", reason="hemmelig grund"),),
        "ballots": (ballot(6, 1, against_names=("Ane Lund",)),),
    }
    meeting = file(document(item("7", "Lukket", **told))).meeting
    assert client.get(ANE).status_code == 404
    assert "Ane Lund" not in page(meeting.get_absolute_url())
    file(document(item("7", "Lukket", decision="Godkendt.", **told), date="2020-02-14"))
    seen = page(ANE)
    assert "Nævnt ved navn i 1 afstemning" in seen
    assert "forbehold 0 sager begæret indbragt for byrådet 0 bemærkninger 0" in seen
    assert "hemmelig" not in seen
    assert "Fraværende ved enkelte" not in seen
    for kind in ("forbehold", "bemaerkninger", "punkter"):
        assert client.get(f"{ANE}?vis={kind}").status_code == 404


def test_another_spelling_leads_to_the_person(client, page):
    file(listed("Ane Lund", party="V"))
    file(listed("Ane K. Lund", date="2020-02-14"))
    ane = Person.objects.get(slug="ane-lund")
    publishing.merge(ane, Person.objects.get(slug="ane-k-lund"), by=None)
    response = client.get("/randers/personer/ane-k-lund/")
    assert (response.status_code, response["Location"]) == (301, ANE)
    seen = page(ANE)
    assert "deltagerlisten: 2 af 2" in seen
    assert "også skrevet som Ane K. Lund" in seen
    assert "skrevet som Ane K. Lund" in page(f"{ANE}?vis=til-stede")


def test_namesakes_of_two_municipalities_are_two(page):
    file(listed("Ane Lund"))
    file(listed("Ane Lund", municipality=None, date="2020-03-03"), given_municipality=herning())
    assert "ved 1 møde , 14. januar 2020" in page(ANE)
    assert "ved 1 møde , 3. marts 2020" in page("/herning/personer/ane-lund/")


def test_what_minutes_print_is_escaped_and_personal_numbers_are_covered(client):
    hostile = "<script>alert(1)</script>"
    said = Statement(who=("Ane Lund",), text=f"{hostile} 010203-1234", start=0, end=5)
    told = item(
        "1",
        f"Sag {hostile}",
        statements=(said,),
        absent=(Absence(name="Ane Lund", reason=hostile),),
        ballots=(ballot(6, 1, against_names=("Ane Lund",), evidence=hostile),),
        sections=(section(SectionKind.DECISION, hostile, hostile),),
    )
    meeting = file(document(told, participants=(Participant(name="Ane Lund", party="<u>"),))).meeting
    if meeting.state == "draft":
        publishing.publish(meeting)
    for address in (
        ANE,
        *(f"{ANE}?vis={kind}" for kind in ("stemmer", "punkter", "bemaerkninger", "moeder")),
    ):
        body = client.get(address).content.decode()
        assert hostile not in body, address
        assert "<u>" not in body, address


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
def test_a_list_that_cannot_be_gets_a_clear_answer(client, query, status):
    file(listed("Ane Lund"))
    assert client.get(f"{ANE}?{query}").status_code == status


@pytest.mark.parametrize("address", ["/randers/personer/findes-ikke/", "/findesikke/personer/ane-lund/"])
def test_who_is_not_there_is_not_found(client, address):
    file(listed("Ane Lund"))
    assert client.get(address).status_code == 404


def test_search_engines_are_asked_to_leave_people_out_unless_told_otherwise(client, settings):
    file(listed("Ane Lund"))
    for address in (ANE, f"{ANE}?vis=moeder"):
        settings.PEOPLE_NOINDEX = True
        assert '<meta name="robots" content="noindex">' in client.get(address).content.decode()
        settings.PEOPLE_NOINDEX = False
        assert "noindex" not in client.get(address).content.decode()


def test_the_setting_is_on_by_default():
    from archive import settings

    assert settings.PEOPLE_NOINDEX


# The way to the page


def test_names_lead_to_the_page_from_meetings_items_and_searches(client):
    said = Statement(who=("Ane Lund", "Ib Borger"), text="det er for dyrt", start=0, end=5)
    one = item(
        "1",
        "Budget",
        statements=(said,),
        reservations=("Bo Dam",),
        absent=(Absence(name="Eva Kirk"),),
        left_or_recused=(Absence(name="Ib Holm"),),
    )
    meeting = file(document(one, participants=(Participant(name="Ane Lund", party="V"),))).meeting
    address = meeting.get_absolute_url()
    body = client.get(address).content.decode()
    for slug in ("ane-lund", "eva-kirk"):
        assert f'href="/randers/personer/{slug}/"' in body, slug
    body = client.get(f"{address}1/").content.decode()
    for slug in ("ane-lund", "bo-dam", "eva-kirk", "ib-holm"):
        assert f'href="/randers/personer/{slug}/"' in body, slug
        assert client.get(f"/randers/personer/{slug}/").status_code == 200, slug
    assert "</a>, Ib Borger: <q>det er for dyrt</q>" in body
    body = client.get("/soeg/", {"q": "ane lund"}).content.decode()
    assert f'<a href="{ANE}">Ane Lund</a>' in body


def test_a_speaker_who_is_known_from_drafts_alone_is_not_linked(client):
    file(listed("Ib Borger"), publish=False)
    said = Statement(who=("Ib Borger",), text="det er for dyrt", start=0, end=5)
    meeting = file(document(item("1", "Budget", statements=(said,)), date="2020-02-14")).meeting
    assert "/personer/" not in client.get(f"{meeting.get_absolute_url()}1/").content.decode()
    assert client.get("/randers/personer/ib-borger/").status_code == 404


# Speed


@pytest.mark.parametrize(
    ("query", "queries"),
    [
        ("", 12),
        ("?vis=moeder", 3),
        ("?vis=stemmer", 4),
        ("?vis=forbehold", 3),
        ("?vis=stemmer&med=bo-dam", 5),
    ],
)
def test_the_page_makes_as_many_queries_for_twenty_rows_as_for_one(
    client, django_assert_num_queries, query, queries
):
    def told(number: int):
        names = ("Ane Lund", "Bo Dam")
        one = item("1", "Budget", reservations=names, ballots=(ballot(5, 2, against_names=names),))
        listed = tuple(Participant(name=name, party="V") for name in names)
        return document(one, participants=listed, date=on(number), committee=f"Udvalg {number % 7}")

    for number in range(10):
        file(told(number))
    with django_assert_num_queries(queries):
        assert client.get(ANE + query).status_code == 200
    for number in range(10, 40):
        file(told(number))
    with django_assert_num_queries(queries):
        assert client.get(ANE + query).status_code == 200


def test_one_row_takes_no_more_queries(client, django_assert_max_num_queries):
    file(document(voted(6, 1, against_names=("Ane Lund",))))
    with django_assert_max_num_queries(12):
        assert client.get(ANE).status_code == 200
