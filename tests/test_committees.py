"""Committees and municipalities: who took part, what became of the items, and which meetings seem missing."""

from datetime import date, timedelta

import pytest

from minutes import publishing
from minutes.models import Committee, Reading
from minutes.reader.records import Absence, Participant
from minutes.statistics.coverage import HeldMeeting, assess_coverage, item_number_range, term_start
from minutes.vocabulary import Outcome
from synthetic import generate_minutes
from tests.documents import ballot, document, file, herning, item
from tests.test_pages import text_of

COMMITTEE = "/randers/beskaeftigelsesudvalget/"


def held(day: str, first: int | None = None, last: int | None = None) -> HeldMeeting:
    return HeldMeeting(date.fromisoformat(day), day, (first, last) if first and last else None)


def gaps(*meetings: HeldMeeting) -> list[tuple[str, str, tuple[int, int] | None, str]]:
    """Each gap as (the day before, the day after, numbers, months)."""
    return [
        (gap.before.slug, gap.after.slug, gap.numbers, " ".join(f"{month:%Y-%m}" for month in gap.months))
        for gap in assess_coverage(meetings).gaps
    ]


# Numbers that run on


RUNNING = {
    "nothing is missing": (["01-14 1 12", "02-11 13 25", "03-10 26 41"], []),
    "between two meetings": (["02-11 28 41", "04-14 55 66"], ["02-11 04-14 42-54"]),
    "between two, twice": (
        ["01-14 1 12", "03-10 26 41", "04-14 42 50", "06-09 64 75"],
        ["04-14 06-09 51-63", "01-14 03-10 13-25"],
    ),
    "a few closed items were never published": (["01-14 1 12", "02-11 16 25"], []),
    "less than half an agenda": (["01-14 1 20", "02-11 29 48"], []),
    "closed items are left out between all of them": (
        ["01-14 1 8", "02-11 14 20", "03-10 25 32", "04-14 37 44", "05-12 50 56", "06-09 61 68"],
        [],
    ),
    "each meeting begins with 1": (["01-14 1 12", "02-11 1 15", "04-14 1 9"], []),
    "one of many begins late, for whatever reason": (["01-14 1 12", "02-11 14 20", "03-10 1 9"], []),
    "a meeting between has no numbers": (["02-11 28 41", "03-10", "04-14 55 66"], []),
    "two on a day, in any order": (["01-14 13 20", "01-14 1 12", "02-11 21 30"], []),
}


@pytest.mark.parametrize(("meetings", "expected"), RUNNING.values(), ids=RUNNING)
def test_numbers_that_no_meeting_of_the_year_has_are_a_gap(meetings, expected):
    rows = [each.split() for each in meetings]
    found = gaps(*(held(f"2019-{day}", *map(int, numbers)) for day, *numbers in rows))
    assert [f"{a[5:]} {b[5:]} {n[0]}-{n[1]}" for a, b, n, _ in found if n] == expected


YEARS = {
    "numbers begin anew with the year": (["2018-11-06 80 92", "2019-01-08 1 12", "2019-02-05 13 24"], []),
    "numbers run through the term": (["2018-12-04 80 92", "2019-01-08 93 104", "2019-02-05 105 110"], []),
    "a term's numbers, with a meeting missing": (
        ["2018-12-04 80 92", "2019-02-05 105 116", "2019-03-05 117 120"],
        [("2018-12-04", "2019-02-05", (93, 104), "")],
    ),
    "the year's first meetings are missing": (
        ["2018-12-04 140 152", "2019-03-05 26 37", "2019-04-02 38 49"],
        [("2018-12-04", "2019-03-05", (1, 25), "")],
    ),
    "a year's only meeting begins high": (
        ["2020-01-14 1 9", "2021-12-14 82 88"],
        [("2020-01-14", "2021-12-14", (10, 81), "")],
    ),
    "a year's only meeting begins where an agenda could": (["2020-01-14 1 20", "2021-12-14 30 38"], []),
    "the archive begins in the middle": (["2019-03-05 46 60", "2019-04-02 61 70"], []),
}


@pytest.mark.parametrize(("meetings", "expected"), YEARS.values(), ids=YEARS)
def test_numbers_are_understood_across_years(meetings, expected):
    rows = [each.split() for each in meetings]
    assert gaps(*(held(day, *map(int, numbers)) for day, *numbers in rows)) == expected


@pytest.mark.parametrize(
    ("first", "last", "closed", "expected"),
    [
        (1, 10, [], (1, 10)),
        (1, 10, [11, 12], (1, 12)),
        (1, 10, [101, 102], (1, 10)),
        (3, 10, [1, 2], (3, 10)),
        (None, None, [1, 2], None),
    ],
)
def test_closed_items_belong_to_the_numbers_they_follow(first, last, closed, expected):
    assert item_number_range(first, last, closed) == expected


# Months


def monthly(first: int, last: int, *without: str) -> list[HeldMeeting]:
    """A meeting on the 10th of every month but July, from January of `first` to December of `last`."""
    months = (f"{year}-{month:02}" for year in range(first, last + 1) for month in range(1, 13) if month != 7)
    return [held(f"{month}-10") for month in months if month not in without]


def months_missed(meetings: list[HeldMeeting]) -> list[str]:
    return [months for _, _, _, months in gaps(*meetings)]


MONTHS = {
    "a month": (["2016-03"], ["2016-03"]),
    "two months in a row": (["2016-03", "2016-04"], ["2016-03 2016-04"]),
    "two months, newest first": (["2012-05", "2016-03"], ["2016-03", "2012-05"]),
    "a month that was left out before": (["2012-03", "2014-03", "2016-03"], []),
    "around an election": (["2013-11", "2013-12", "2014-01"], []),
    "at the end": (["2017-11", "2017-12"], []),
}


@pytest.mark.parametrize(("without", "expected"), MONTHS.values(), ids=MONTHS)
def test_a_month_in_which_the_committee_used_to_meet_is_a_gap(without, expected):
    assert months_missed(monthly(2010, 2017, *without)) == expected


def test_three_other_years_make_a_rhythm_and_two_do_not():
    assert months_missed(monthly(2014, 2017, "2016-03")) == ["2016-03"]
    assert months_missed(monthly(2015, 2017, "2016-03")) == []


def test_a_meeting_moved_by_days_misses_no_month():
    meetings = monthly(2010, 2017, "2016-02", "2016-03")
    assert months_missed([*meetings, held("2016-02-01"), held("2016-04-01")]) == ["2016-03"]
    assert months_missed([*meetings, held("2016-01-31"), held("2016-03-01")]) == []


def test_a_committee_without_a_rhythm_has_no_gap():
    days = ["2010-01-14", "2010-05-02", "2011-03-09", "2012-11-20", "2013-02-12", "2015-06-06", "2016-09-01"]
    assert gaps(*map(held, days)) == []


def test_a_year_without_any_meeting_is_named():
    meetings = [each for each in monthly(2010, 2017) if each.date.year != 2014]
    assert assess_coverage(meetings).empty_years == (2014,)
    assert months_missed(meetings)[0].startswith("2014-02 2014-03")


def test_numbers_that_follow_prove_that_no_meeting_is_missing():
    def numbered(meetings: list[HeldMeeting]) -> list[HeldMeeting]:
        return [
            HeldMeeting(each.date, each.slug, (n * 10 + 1, n * 10 + 10)) for n, each in enumerate(meetings)
        ]

    assert months_missed(numbered(monthly(2010, 2017, "2016-03"))) == []


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        ("2017-12-31", 2014),
        ("2018-01-01", 2018),
        ("2021-12-14", 2018),
        ("2022-01-01", 2022),
        ("1999-05-05", 1998),
    ],
)
def test_a_term_begins_in_january_after_the_election(day, begins):
    assert term_start(date.fromisoformat(day)) == date(begins, 1, 1)


def made(town: str | None = None) -> dict[tuple[str, str], list[HeldMeeting]]:
    """The meetings of a made archive of fourteen municipalities, by municipality and committee."""
    found: dict[tuple[str, str], list[HeldMeeting]] = {}
    for each in generate_minutes(1400, seed=3):
        told = each.document
        numbers = [
            [
                int(item.number)
                for item in told.items
                if item.closed is closed and (item.number or "").isdigit()
            ]
            for closed in (False, True)
        ]
        span = item_number_range(min(numbers[0], default=None), max(numbers[0], default=None), numbers[1])
        day = date.fromisoformat(each.day)
        found.setdefault((each.municipality, told.committee or ""), []).append(
            HeldMeeting(day, each.day, span)
        )
    return found


def test_a_complete_archive_has_no_gap_and_one_with_a_hole_shows_it():
    """Of every form of minutes: where numbers run on, nearly any meeting taken away is missed."""
    tried = noticed = 0
    for place, meetings in made().items():
        assert assess_coverage(meetings).gaps == (), place
        for gone in range(1, len(meetings) - 1):
            before, after = meetings[gone - 1], meetings[gone + 1]
            left = assess_coverage([*meetings[:gone], *meetings[gone + 1 :]])
            assert all((gap.before, gap.after) == (before, after) for gap in left.gaps), place
            if before.date.year == after.date.year and before.numbers and after.numbers:
                missing = (before.numbers[1] + 1, after.numbers[0] - 1)
                tried += missing[0] < missing[1]
                noticed += [gap.numbers for gap in left.gaps] == [missing]
    assert tried > 100
    assert noticed > 0.8 * tried


# The pages


pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    def page(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return text_of(response)

    return page


def part(seen: str, begins: str, ends: str) -> str:
    return seen.split(begins, 1)[1].split(ends, 1)[0]


def numbered(day: str, first: int, last: int, **fields):
    """A meeting whose items are numbered from `first` to `last`."""
    return file(document(*(item(str(n), f"Sag {n}") for n in range(first, last + 1)), date=day, **fields))


def attended(day: str, *present: str, absent: tuple[str, ...] = (), party: str | None = "A", **fields):
    return file(
        document(
            item("1", f"Sag den {day}"),
            date=day,
            participants=tuple(Participant(name=name, party=party) for name in present),
            absent=tuple(Absence(name=name, reason=None) for name in absent),
            **fields,
        )
    )


def test_a_committee_names_its_members_the_latest_first(page, client):
    attended("2018-02-01", "Ane Lund", "Bo Dam")
    attended("2019-03-01", "Ane Lund", "Cay Ørn", absent=("Bo Dam",))
    attended("2021-05-01", "Ane Lund", party="B")
    seen = part(page(COMMITTEE), "Medlemmer Nævnt", "Mangler der møder")
    assert "siden 1. maj 2020 Ane Lund (B) februar 2018 – maj 2021 · til stede ved 3 møder" in seen
    assert (
        "2 tidligere Bo Dam (A) februar 2018 – marts 2019 · til stede ved 1 møde · fraværende ved 1 møde"
        in seen
    )
    assert 'href="/randers/personer/ane-lund/"' in client.get(COMMITTEE).content.decode()


def test_members_of_the_term_before_are_not_the_latest(page):
    attended("2021-12-01", "Ane Lund")
    attended("2022-01-20", "Bo Dam")
    seen = page(COMMITTEE)
    assert "Nævnt siden 1. januar 2022 Bo Dam" in seen
    assert "1 tidligere Ane Lund" in seen


def test_whoever_voted_by_name_is_a_member_where_no_list_is_printed(page):
    against = ballot(5, 1, against_names=("Ane Lund",))
    file(document(item("1", "Budget", decision="Godkendt.", ballots=(against, ballot(6, 0)))))
    assert "Ane Lund januar 2020 · 1 navngiven stemme" in page(COMMITTEE)


def test_a_member_by_a_closed_item_alone_is_not_told_of(page):
    closed = item(
        "1",
        "Køb",
        closed=True,
        ballots=(ballot(5, 1, against_names=("Ane Lund",)),),
        absent=(Absence(name="Bo Dam", reason=None),),
    )
    file(document(closed, item("2", "Eventuelt")))
    seen = page(COMMITTEE)
    assert "nævner ingen medlemmer" in seen
    assert "Ingen stemte imod" in seen
    assert "Ane Lund" not in page("/randers/personer/")
    assert "Bo Dam" not in page("/randers/")


def test_what_became_of_the_items_is_told_in_numbers_and_in_percent_from_twenty_on(page, client):
    def some(*outcomes: Outcome, day: str) -> None:
        items = [item(str(n), f"Sag {n}", outcome=each) for n, each in enumerate(outcomes, start=1)]
        file(document(*items, item("90", "Lukket sag", closed=True), date=day))

    some(*[Outcome.APPROVED] * 3, Outcome.NOTED, Outcome.POSTPONED, day="2020-01-14")
    seen = part(page(COMMITTEE), "Punkternes udfald", "Omstridte")
    assert "Besluttet 3 af 6 punkter Drøftet eller taget til efterretning 1 af 6 punkter" in seen
    assert (
        "Udsat 1 af 6 punkter Ingen beslutning i referatet 1 af 6 punkter Heraf lukkede 1 af 6 punkter"
        in seen
    )
    assert "%" not in seen
    some(*[Outcome.REJECTED] * 9, *[Outcome.DISCUSSED] * 4, day="2020-02-14")
    seen = part(page(COMMITTEE), "Punkternes udfald", "Omstridte")
    assert "Besluttet 12 af 20 punkter (60 %)" in seen
    assert "Udsat 1 af 20 punkter (5 %)" in seen
    address = "/soeg/?kommune=randers&udvalg=beskaeftigelsesudvalget&udfald=noted&udfald=discussed"
    assert address.replace("&", "&amp;") in client.get(COMMITTEE).content.decode()
    assert "5 punkter fundet" in page(address)


def test_the_latest_contested_items_are_listed_with_a_way_to_all(page, client):
    for month in range(1, 8):
        ballots = (ballot(5, 2), ballot(2, 5, subject="amendment", result="lost"))
        fields = {"ballots": ballots, "outcome": Outcome.APPROVED, "decision": "Godkendt."}
        file(document(item("1", f"Sag {month}", **fields), item("2", "Andet"), date=f"2020-{month:02}-14"))
    seen = part(page(COMMITTEE), "Omstridte punkter", "Medlemmer")
    assert "Ved 7 af 14 punkter stemte nogen imod" in seen
    assert "Sag 7 14. juli 2020 · Godkendt · 5 for, 2 imod · ændringsforslag 2 for, 5 imod Sag 6" in seen
    assert "Sag 2" not in seen
    for address, query in (
        (COMMITTEE, "kommune=randers&udvalg=beskaeftigelsesudvalget&omstridt=on"),
        ("/randers/", "kommune=randers&omstridt=on"),
    ):
        link = f"/soeg/?{query}".replace("&", "&amp;")
        assert f'href="{link}"' in client.get(address).content.decode()
        assert "7 punkter fundet" in page(f"/soeg/?{query}")
    assert 'href="/afstemninger/?kommune=randers"' in client.get("/randers/").content.decode()


def test_a_gap_in_the_numbers_is_told_with_its_meetings(page, client):
    numbered("2020-02-11", 28, 41)
    numbered("2020-04-14", 55, 66)
    assert (
        "Der ser ud til at mangle møder i arkivet: "
        "Mellem 11. februar 2020 og 14. april 2020 : punkt 42–54 findes ikke i arkivet."
    ) in page(COMMITTEE)
    seen = client.get(COMMITTEE).content.decode()
    assert f'Mellem <a href="{COMMITTEE}2020-02-11/">' in seen
    assert f'og <a href="{COMMITTEE}2020-04-14/">' in seen
    numbered("2020-03-10", 42, 54)
    assert "Der er ingen tegn på, at der mangler møder" in page(COMMITTEE)


def test_a_missing_month_is_told_with_its_rhythm(page):
    for year in range(2010, 2015):
        for month in (2, 3, 4, 5):
            if (year, month) != (2012, 3):
                numbered(f"{year}-{month:02}-10", 1, 2)
    assert "der er intet møde i marts 2012, hvor udvalget plejer at mødes." in page(COMMITTEE)


def test_where_nothing_can_be_told_that_is_said(page):
    numbered("2017-12-05", 145, 156)
    numbered("2020-01-14", 1, 9)
    seen = page(COMMITTEE)
    assert "Det kan ikke afgøres, om der mangler møder" in seen
    assert "Arkivet har ingen møder fra 2018 og 2019." in seen


def test_meetings_that_are_not_published_fill_no_gap_and_make_none(page):
    numbered("2020-02-11", 28, 41)
    between = numbered("2020-03-10", 42, 54).meeting
    numbered("2020-04-14", 55, 66)
    publishing.withdraw(between)
    seen = page(COMMITTEE)
    assert "punkt 42–54 findes ikke i arkivet" in seen
    assert "10. marts 2020" not in seen
    assert "Besluttet 0 af 26 punkter" in seen


def test_a_committee_tells_when_the_archive_last_read_of_it(page):
    file(document(item("1", "Budget")))
    Reading.objects.update(created_at="2031-03-04T12:00:00Z")
    assert "Randers · senest opdateret 4. marts 2031" in page(COMMITTEE)


def test_a_municipality_shows_its_people_and_leads_to_all_of_them(page, client):
    attended("2018-02-01", "Bo Dam")
    attended("2020-01-14", "Ane Lund", committee="Byrådet")
    attended("2020-02-14", "Cay Ørn")
    seen = part(page("/randers/"), "Personer", "Arkivets dækning")
    assert "Nævnt siden 14. februar 2019 Ane Lund (A) Cay Ørn (A)" in seen
    assert "Bo Dam" not in seen
    assert "Alle personer i kommunen" in seen
    assert 'href="/randers/personer/"' in client.get("/randers/").content.decode()
    seen = page("/randers/personer/")
    assert seen.index("Ane Lund") < seen.index("Cay Ørn") < seen.index("Tidligere Bo Dam")


def test_people_of_another_municipality_are_not_shown(page, client):
    attended("2020-01-14", "Ane Lund")
    file(
        document(item("1", "Budget"), participants=(Participant(name="Ib Vest"),), municipality=None),
        given_municipality=herning(),
    )
    assert "Ib Vest" not in page("/randers/personer/")
    assert "Ib Vest" in page("/herning/personer/")
    assert client.get("/aarhus/personer/").status_code == 404


def test_the_list_of_people_has_pages(page, client):
    attended("2020-01-14", *(f"Ane {first}{second}ø" for first in "BCDFGHJKLMNP" for second in "aeiouæøåy"))
    assert "Side 2 af 2" in page("/randers/personer/?side=2")
    for odd in ("3", "0", "x", "9" * 40):
        assert client.get(f"/randers/personer/?side={odd}").status_code == 404
    assert client.get("/randers/personer/?side=%00").status_code == 400


def test_a_municipality_counts_meetings_by_year_and_gaps_by_committee(page):
    numbered("2010-05-11", 1, 4)
    numbered("2020-02-11", 28, 41)
    numbered("2020-04-14", 55, 66)
    numbered("2019-04-14", 1, 3, committee="Byrådet")
    seen = part(page("/randers/"), "Arkivets dækning", "</main")
    assert "Udvalg før 2015 2015 2016 2017 2018 2019 2020 Mulige huller" in seen
    assert "Byrådet 0 0 0 0 0 1 0 0" in seen
    assert "Beskæftigelsesudvalget 1 0 0 0 0 0 2 2" in seen


@pytest.mark.parametrize(
    ("address", "queries"), [("/randers/", 10), ("/randers/personer/", 5), (COMMITTEE, 13)]
)
def test_these_pages_make_as_many_queries_for_twenty_rows_as_for_one(
    client, address, queries, django_assert_max_num_queries
):
    def fill(day: date, names: list[str], committee: str) -> None:
        items = [
            item(str(n), f"Sag {n}", ballots=(ballot(5, 1, against_names=(name,)),))
            for n, name in enumerate(names, start=1)
        ]
        people = tuple(Participant(name=name, party="A") for name in names)
        file(document(*items, date=str(day), participants=people, committee=committee))

    first = date(2020, 1, 14)
    fill(first, ["Ane Lund"], "Beskæftigelsesudvalget")
    with django_assert_max_num_queries(queries):
        assert client.get(address).status_code == 200
    names = [f"Ane {letter}und" for letter in "BDFGHJKLMNPQRSTVWXZÆ"]
    for n in range(1, 21):
        fill(first + timedelta(days=n), names, "Beskæftigelsesudvalget")
        fill(first + timedelta(days=n), names[:2], f"Udvalg {n}")
    assert Committee.objects.count() == 21
    with django_assert_max_num_queries(queries):
        assert client.get(address).status_code == 200
