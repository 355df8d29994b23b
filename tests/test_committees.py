"""The pages of committees and municipalities: members, outcomes, contested items and gaps."""

from datetime import date, timedelta

import pytest

from minutes import publishing
from minutes.models import Committee, Reading
from minutes.reader.records import Absence, Participant
from minutes.vocabulary import Outcome
from tests.documents import ballot, document, file, herning, item

pytestmark = pytest.mark.django_db

COMMITTEE = "/randers/beskaeftigelsesudvalget/"


def between(text: str, start: str, end: str) -> str:
    """The part of `text` between two strings."""
    return text.split(start, 1)[1].split(end, 1)[0]


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


# Members


def test_a_committee_names_its_members_the_latest_first(page_text, client):
    attended("2018-02-01", "Ane Lund", "Bo Dam")
    attended("2019-03-01", "Ane Lund", "Cay Ørn", absent=("Bo Dam",))
    attended("2021-05-01", "Ane Lund", party="B")
    seen = between(page_text(COMMITTEE), "Medlemmer Nuværende", "Mangler der møder")
    assert "1. maj 2020 eller senere. Ane Lund (B) februar 2018 – maj 2021 · til stede ved 3 møder" in seen
    assert (
        "2 tidligere Bo Dam (A) februar 2018 – marts 2019 · til stede ved 1 møde · fraværende ved 1 møde"
        in seen
    )
    assert 'href="/randers/personer/ane-lund/"' in client.get(COMMITTEE).content.decode()


def test_members_of_the_term_before_are_not_the_latest(page_text):
    attended("2021-12-01", "Ane Lund")
    attended("2022-01-20", "Bo Dam")
    seen = page_text(COMMITTEE)
    assert "Nuværende Dem, der er nævnt i et referat fra den 1. januar 2022 eller senere. Bo Dam" in seen
    assert "1 tidligere Ane Lund" in seen


def test_a_person_who_voted_by_name_is_a_member_without_a_list(page_text):
    against = ballot(5, 1, against_names=("Ane Lund",))
    file(document(item("1", "Budget", decision="Godkendt.", ballots=(against, ballot(6, 0)))))
    assert "Ane Lund januar 2020 · 1 kendt stemme" in page_text(COMMITTEE)


def test_a_person_named_only_at_a_closed_item_is_not_shown(page_text):
    closed = item(
        "1",
        "Køb",
        closed=True,
        ballots=(ballot(5, 1, against_names=("Ane Lund",)),),
        absent=(Absence(name="Bo Dam", reason=None),),
    )
    file(document(closed, item("2", "Eventuelt")))
    seen = page_text(COMMITTEE)
    assert "nævner ingen medlemmer" in seen
    assert "Ingen stemte imod" in seen
    assert "Ane Lund" not in page_text("/randers/personer/")
    assert "Bo Dam" not in page_text("/randers/")


# Outcomes


def test_outcomes_are_counted_with_percentages_from_twenty_items_on(page_text, client):
    def file_items(*outcomes: Outcome, day: str) -> None:
        items = [item(str(n), f"Sag {n}", outcome=outcome) for n, outcome in enumerate(outcomes, start=1)]
        file(document(*items, item("90", "Lukket sag", closed=True), date=day))

    file_items(*[Outcome.APPROVED] * 3, Outcome.NOTED, Outcome.POSTPONED, day="2020-01-14")
    seen = between(page_text(COMMITTEE), "Punkternes udfald", "Omstridte")
    assert "Besluttet 3 af 6 punkter Drøftet eller taget til efterretning 1 af 6 punkter" in seen
    assert (
        "Udsat 1 af 6 punkter Taget af dagsordenen 0 af 6 punkter "
        "Ingen beslutning i referatet 1 af 6 punkter Heraf lukkede 1 af 6 punkter" in seen
    )
    assert "%" not in seen
    file_items(*[Outcome.REJECTED] * 9, *[Outcome.DISCUSSED] * 4, day="2020-02-14")
    seen = between(page_text(COMMITTEE), "Punkternes udfald", "Omstridte")
    assert "Besluttet 12 af 20 punkter (60 %)" in seen
    assert "Udsat 1 af 20 punkter (5 %)" in seen
    address = "/soeg/?kommune=randers&udvalg=beskaeftigelsesudvalget&udfald=noted&udfald=discussed"
    assert address.replace("&", "&amp;") in client.get(COMMITTEE).content.decode()
    assert "5 punkter fundet" in page_text(address)


def test_the_latest_contested_items_are_listed_with_a_link_to_all(page_text, client):
    for month in range(1, 8):
        ballots = (ballot(5, 2), ballot(2, 5, subject="amendment", result="lost"))
        fields = {"ballots": ballots, "outcome": Outcome.APPROVED, "decision": "Godkendt."}
        file(document(item("1", f"Sag {month}", **fields), item("2", "Andet"), date=f"2020-{month:02}-14"))
    seen = between(page_text(COMMITTEE), "Omstridte punkter", "Medlemmer")
    assert "Ved 7 af 14 punkter stemte nogen imod" in seen
    assert "Sag 7 14. juli 2020 · Godkendt · 5 for, 2 imod · ændringsforslag 2 for, 5 imod Sag 6" in seen
    assert "Sag 2" not in seen
    for address, query in (
        (COMMITTEE, "kommune=randers&udvalg=beskaeftigelsesudvalget&omstridt=on"),
        ("/randers/", "kommune=randers&omstridt=on"),
    ):
        link = f"/soeg/?{query}".replace("&", "&amp;")
        assert f'href="{link}"' in client.get(address).content.decode()
        assert "7 punkter fundet" in page_text(f"/soeg/?{query}")
    assert 'href="/afstemninger/?kommune=randers"' in client.get("/randers/").content.decode()


# Gaps


def test_a_gap_in_the_numbers_is_shown_with_its_meetings(page_text, client):
    numbered("2020-02-11", 28, 41)
    numbered("2020-04-14", 55, 66)
    assert (
        "Der ser ud til at mangle møder i arkivet: "
        "Mellem 11. februar 2020 og 14. april 2020 : punkt 42–54 findes ikke i arkivet."
    ) in page_text(COMMITTEE)
    seen = client.get(COMMITTEE).content.decode()
    assert f'Mellem <a href="{COMMITTEE}2020-02-11/">' in seen
    assert f'og <a href="{COMMITTEE}2020-04-14/">' in seen
    numbered("2020-03-10", 42, 54)
    assert "Der er ingen tegn på, at der mangler møder" in page_text(COMMITTEE)


def test_a_missing_month_is_shown(page_text):
    for year in range(2010, 2015):
        for month in (2, 3, 4, 5):
            if (year, month) != (2012, 3):
                numbered(f"{year}-{month:02}-10", 1, 2)
    assert "der er intet møde i marts 2012, hvor udvalget plejer at mødes." in page_text(COMMITTEE)


def test_unreadable_coverage_is_reported(page_text):
    numbered("2017-12-05", 145, 156)
    numbered("2020-01-14", 1, 9)
    seen = page_text(COMMITTEE)
    assert "Det kan ikke afgøres, om der mangler møder" in seen
    assert "Arkivet har ingen møder fra 2018 og 2019." in seen


def test_meetings_that_are_not_published_fill_no_gap_and_make_none(page_text):
    numbered("2020-02-11", 28, 41)
    between = numbered("2020-03-10", 42, 54).meeting
    numbered("2020-04-14", 55, 66)
    publishing.withdraw(between)
    seen = page_text(COMMITTEE)
    assert "punkt 42–54 findes ikke i arkivet" in seen
    assert "10. marts 2020" not in seen
    assert "Besluttet 0 af 26 punkter" in seen


def test_a_committee_shows_when_it_was_last_updated(page_text):
    file(document(item("1", "Budget")))
    Reading.objects.update(created_at="2031-03-04T12:00:00Z")
    assert "Randers · senest opdateret 4. marts 2031" in page_text(COMMITTEE)


# Municipalities


def test_a_municipality_shows_its_people_and_leads_to_all_of_them(page_text, client):
    attended("2018-02-01", "Bo Dam")
    attended("2020-01-14", "Ane Lund", committee="Byrådet")
    attended("2020-02-14", "Cay Ørn")
    seen = between(page_text("/randers/"), "Personer", "Mangler der møder?")
    assert (
        "Dem, der er nævnt i et referat fra den 14. februar 2019 eller senere. Ane Lund (A) Cay Ørn (A)"
        in seen
    )
    assert "Bo Dam" not in seen
    assert "Alle personer i kommunen" in seen
    assert 'href="/randers/personer/"' in client.get("/randers/").content.decode()
    seen = page_text("/randers/personer/")
    assert seen.index("Ane Lund") < seen.index("Cay Ørn") < seen.index("Tidligere Bo Dam")


def test_people_of_another_municipality_are_not_shown(page_text, client):
    attended("2020-01-14", "Ane Lund")
    file(
        document(item("1", "Budget"), participants=(Participant(name="Ib Vest"),), municipality=None),
        given_municipality=herning(),
    )
    assert "Ib Vest" not in page_text("/randers/personer/")
    assert "Ib Vest" in page_text("/herning/personer/")
    assert client.get("/aarhus/personer/").status_code == 404


def test_the_list_of_people_has_pages(page_text, client):
    attended("2020-01-14", *(f"Ane {first}{second}ø" for first in "BCDFGHJKLMNP" for second in "aeiouæøåy"))
    assert "Side 2 af 2" in page_text("/randers/personer/?side=2")
    for odd in ("3", "0", "x", "9" * 40):
        assert client.get(f"/randers/personer/?side={odd}").status_code == 404
    assert client.get("/randers/personer/?side=%00").status_code == 400


def test_a_municipality_counts_meetings_by_year_and_gaps_by_committee(page_text):
    numbered("2010-05-11", 1, 4)
    numbered("2020-02-11", 28, 41)
    numbered("2020-04-14", 55, 66)
    numbered("2019-04-14", 1, 3, committee="Byrådet")
    seen = between(page_text("/randers/"), "Mangler der møder?", "</main")
    assert "Udvalg før 2015 2015 2016 2017 2018 2019 2020 Mulige huller" in seen
    assert "Byrådet 0 0 0 0 0 1 0 kan ikke afgøres" in seen
    assert "Beskæftigelsesudvalget 1 0 0 0 0 0 2 2" in seen


# Query counts


def test_these_pages_make_as_many_queries_for_twenty_rows_as_for_one(client, django_assert_max_num_queries):
    def get_all() -> None:
        for address, queries in {"/randers/": 12, "/randers/personer/": 5, COMMITTEE: 13}.items():
            with django_assert_max_num_queries(queries, info=address):
                assert client.get(address).status_code == 200

    def fill(day: date, names: list[str], committee: str) -> None:
        items = [
            item(str(n), f"Sag {n}", ballots=(ballot(5, 1, against_names=(name,)),))
            for n, name in enumerate(names, start=1)
        ]
        people = tuple(Participant(name=name, party="A") for name in names)
        file(document(*items, date=str(day), participants=people, committee=committee))

    first = date(2020, 1, 14)
    fill(first, ["Ane Lund"], "Beskæftigelsesudvalget")
    get_all()
    names = [f"Ane {letter}und" for letter in "BDFGHJKLMNPQRSTVWXZÆ"]
    for n in range(1, 21):
        fill(first + timedelta(days=n), names, "Beskæftigelsesudvalget")
        fill(first + timedelta(days=n), names[:2], f"Udvalg {n}")
    assert Committee.objects.count() == 21
    get_all()
