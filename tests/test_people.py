"""The figures on a member's page."""

import pytest

from minutes.reader.records import Absence, MemberVote, Movement, Participant, Statement
from minutes.templatetags.people import share
from tests.documents import ballot, document, file, item
from tests.people import ANE, listed, on, shared_ballots, voted

pytestmark = pytest.mark.django_db


# Committees, parties, attendance


def test_each_committee_has_first_and_last_meeting_and_counts(page_text, client):
    for number in range(3):
        file(listed("Ane Lund", date=on(number)))
    file(document(item("1", "Budget"), absent=(Absence(name="Ane Lund"),), date=on(3)))
    file(document(voted(6, 1, against_names=("Ane Lund",)), committee="Byrådet", date=on(4)))
    seen = page_text(ANE)
    assert "Byrådet 5. maj 2020 5. maj 2020 1 – –" in seen
    assert "Beskæftigelsesudvalget 14. januar 2020 7. april 2020 4 3 1" in seen
    assert "Nævnt som medlem ved 5 møder , 14. januar 2020 – 5. maj 2020" in seen
    body = client.get(ANE).content.decode()
    for address in ("/randers/byraadet/", "/randers/beskaeftigelsesudvalget/2020-04-07/"):
        assert f'href="{address}"' in body


def test_a_remark_makes_nobody_a_member_of_a_committee(page_text):
    file(listed("Ane Lund", committee="Byrådet"))
    remark = Statement(who=("Ane Lund",), text="det er for dyrt", start=0, end=5)
    file(document(item("1", "Budget", statements=(remark,))))
    seen = page_text(ANE)
    assert "Nævnt som medlem ved 1 møde , 14. januar 2020 ·" not in seen
    assert "Beskæftigelsesudvalget 14. januar 2020 14. januar 2020" not in seen
    assert "1 bemærkning" in seen


def test_parties_are_shown_as_printed_with_their_periods(page_text):
    for number, party in enumerate(("V", "V", "Venstre", "Løsgænger")):
        file(listed("Ane Lund", date=on(number), party=party))
    seen = page_text(ANE)
    assert "V 14. januar 2020 – 11. februar 2020 · 2 møder" in seen
    assert "Venstre 10. marts 2020 · 1 møde" in seen
    assert seen.index("Løsgænger") < seen.index("Venstre 10")
    assert "2 i alt · partiet skrevet som V 11. februar 2020" in page_text(f"{ANE}?vis=paa-listen&parti=V")


def test_attendance_counts_lists_only_by_year(page_text):
    file(listed("Ane Lund", date="2019-05-01"))
    file(listed("Ane Lund"))
    file(document(item("1", "Budget"), absent=(Absence(name="Ane Lund", reason="syg"),), date="2020-05-01"))
    file(document(voted(6, 1, against_names=("Ane Lund",)), date="2020-06-01"))
    seen = page_text(ANE)
    assert "deltagerlisten: 2 af 3" in seen
    assert "2020 2 1 1 2019 1 1 0 I alt 3 2 1" in seen
    assert "fraværende" in page_text(f"{ANE}?vis=fravaer&aar=2020")


def test_without_a_list_attendance_is_unknown(page_text):
    file(document(voted(6, 1, against_names=("Ane Lund",))))
    assert "Arkivet har ingen deltagerliste med navnet, så fremmødet er ukendt." in page_text(ANE)


def test_a_member_who_came_late_was_present(page_text):
    file(document(item("1", "Budget"), absent=(Absence(name="Ane Lund"),)))
    file(listed("Ane Lund", kind="supplementary", text="Tillæg"))
    assert "deltagerlisten: 1 af 1" in page_text(ANE)
    assert "1 i alt" in page_text(f"{ANE}?vis=til-stede")


def test_arrivals_and_departures_are_listed_with_time_and_item(page_text, client):
    arrivals = (Movement(name="Ane Lund", time="16:30", item="3"),)
    file(listed("Ane Lund", arrivals=arrivals, text="Referat. Ane Lund ankom kl. 16.30"))
    departures = (Movement(name="Ane Lund", item="7"),)
    file(listed("Ane Lund", departures=departures, date=on(1)))
    seen = page_text(ANE)
    assert "deltagerlisten: 2 af 2" in seen
    assert "Kom senere, fremgår af referatet: 1 gang" in seen
    assert "Gik før tid, fremgår af referatet: 1 gang" in seen
    assert "14. januar 2020 Beskæftigelsesudvalget ankom senere kl. 16.30 ved punkt 3 ·" in page_text(
        f"{ANE}?vis=kom-senere"
    )
    assert "?fra=9&amp;til=17#fra" in client.get(f"{ANE}?vis=kom-senere").content.decode()
    assert "gik før tid ved punkt 7" in page_text(f"{ANE}?vis=gik-foer-tid")
    assert "2 i alt" in page_text(f"{ANE}?vis=kom-og-gik")
    rows = client.get(f"{ANE}?vis=kom-og-gik&format=csv").getvalue().decode()
    assert "Ankom senere,16:30,3,Ane Lund" in rows


def test_absence_from_items_is_separate_from_absence_from_meetings(page_text):
    one = item("1", "Budget", absent=(Absence(name="Ane Lund", reason="kom senere"),))
    two = item("2", "Havnen", left_or_recused=(Absence(name="Ane Lund", reason="inhabil"),))
    file(document(one, two, participants=(Participant(name="Ane Lund"),)))
    seen = page_text(ANE)
    assert "deltagerlisten: 1 af 1" in seen
    assert "Fraværende ved enkelte punkter: 1 punkt" in seen
    assert "Deltog ikke i behandlingen, fx på grund af inhabilitet: 1 punkt" in seen
    assert "Budget" in page_text(f"{ANE}?vis=punkter")
    assert "Havnen Beskæftigelsesudvalget · 14. januar 2020 · deltog ikke (inhabil)" in page_text(
        f"{ANE}?vis=deltog-ikke"
    )


@pytest.mark.parametrize(
    ("meetings", "absences", "expected"),
    [
        (19, 1, "18 af 19"),
        (20, 1, "19 af 20 (95 %)"),
        (300, 1, "299 af 300 (99 %)"),
        (25, 0, "25 af 25 (100 %)"),
    ],
)
def test_a_share_of_few_has_no_percentage_and_nearly_all_is_not_100_percent(meetings, absences, expected):
    assert share(meetings - absences, meetings) == expected


def test_few_meetings_have_no_percentage_on_the_page(page_text):
    for number in range(19):
        file(listed("Ane Lund", date=on(number)))
    assert "19 af 19" in page_text(ANE)
    assert "%)" not in page_text(ANE)
    file(listed("Ane Lund", date=on(19)))
    assert "20 af 20 (100 %)" in page_text(ANE)


# Votes


@pytest.mark.parametrize(
    ("fields", "minority_votes", "lone_votes"),
    [
        # Against what was carried, for what was lost.
        ({"for": 6, "against": 1, "against_names": ("Ane Lund",), "result": "carried"}, 1, 1),
        ({"for": 1, "against": 6, "for_names": ("Ane Lund",), "result": "lost"}, 1, 1),
        ({"for": 5, "against": 2, "against_names": ("Ane Lund", "Bo Dam"), "result": "carried"}, 1, 0),
        # With an unknown count, the result alone decides.
        ({"for": None, "against": 1, "against_names": ("Ane Lund",), "result": "carried"}, 1, 1),
        ({"for": None, "against": None, "against_names": ("Ane Lund",), "result": "carried"}, 1, 0),
        # On the winning side.
        ({"for": 6, "against": 1, "for_names": ("Ane Lund",), "result": "carried"}, 0, 0),
        ({"for": 1, "against": 6, "against_names": ("Ane Lund",), "result": "lost"}, 0, 0),
        ({"for": 1, "against": 0, "for_names": ("Ane Lund",), "result": "carried"}, 0, 0),
        # A tie, and a vote that needed more than a simple majority: no minority.
        ({"for": 4, "against": 4, "for_names": ("Ane Lund",), "result": "lost"}, 0, 0),
        ({"for": 5, "against": 3, "for_names": ("Ane Lund",), "result": "lost"}, 0, 0),
        # An abstention is on no side.
        (
            {"for": 6, "against": 0, "abstained": 1, "abstained_names": ("Ane Lund",), "result": "carried"},
            0,
            0,
        ),
    ],
)
def test_a_minority_vote_was_outvoted_by_the_larger_side(
    page_text, client, fields, minority_votes, lone_votes
):
    counts_and_names = dict(fields)
    in_favour, against = counts_and_names.pop("for"), counts_and_names.pop("against")
    file(document(voted(in_favour, against, **counts_and_names)))
    assert "kendt stemme 1 stemme" in page_text(ANE)
    assert f" i mindretal {minority_votes} " in page_text(ANE)
    assert ("alene: 1" in page_text(ANE)) == bool(lone_votes)
    assert client.get(f"{ANE}?vis=uenig").status_code == (200 if minority_votes else 404)
    assert client.get(f"{ANE}?vis=alene").status_code == (200 if lone_votes else 404)


def test_the_page_explains_its_figures(page_text):
    file(listed("Ane Lund"))
    seen = page_text(ANE)
    for words in (
        "De fleste beslutninger er enstemmige",
        "Ofte nævnes kun navnene på dem, der stemte imod.",
        "Fravær kendes kun, når referatet har en deltagerliste.",
        "stemte imod noget, der blev vedtaget, eller for noget, der blev forkastet",
        "Ved stemmelighed er ingen i mindretal.",
    ):
        assert words in seen, words


def test_a_partys_vote_is_not_its_members(page_text):
    party_vote = voted(20, 5, for_parties={"V": 20}, against_names=("Bo Dam",))
    file(document(party_vote, participants=(Participant(name="Ane Lund", party="V"),)))
    assert "kendte stemmer 0 stemmer i mindretal 0" in page_text(ANE)
    assert "Man kan ikke se af de referater, arkivet har, hvad personen har stemt." in page_text(ANE)


def test_voting_agreement_needs_ten_shared_ballots(page_text):
    shared_ballots(9, 7)
    assert "Der er ingen andre, som har mindst 10 afstemninger" in page_text(ANE)
    file(
        document(voted(5, 2, for_names=("Ane Lund", "Bo Dam"), against_names=("Ib Holm",)), date="2022-02-02")
    )
    assert "Bo Dam 8 af 10 2 10" in page_text(ANE)
    assert "Ane Lund 8 af 10 2 10" in page_text("/randers/personer/bo-dam/")
    assert "Eva Kirk" not in page_text(ANE).split("Stemmer sammen med")[1]
    rows = page_text(f"{ANE}?vis=stemmer&med=bo-dam")
    assert "10 i alt" in rows
    assert rows.count("Bo Dam stemte det samme") == 8
    assert rows.count("Bo Dam stemte imod") == 2


def test_members_who_are_named_only_as_losers_share_no_ballots(page_text):
    for number in range(12):
        names = ("Ane Lund", "Bo Dam")
        file(document(voted(6, 2, against_names=names, result="carried"), date=on(number)))
    seen = page_text(ANE)
    assert "Stemte i mindretal: 12 gange ." in seen
    assert "12 af 12" not in seen
    assert "Der er ingen andre, som har mindst 10 afstemninger" in seen
    assert "Ane Lund 12" not in page_text("/randers/personer/bo-dam/")


def test_deduced_votes_count_and_can_be_left_out(page_text):
    participants = tuple(
        Participant(name=name, party=party) for name, party in (("Ane Lund", "A"), ("Bo Dam", "V"))
    )
    for number in range(10):
        votes = (MemberVote(name="Ane Lund", choice="for", known="deduced"),)
        one = voted(1, 1, against_names=("Bo Dam",), votes=votes)
        file(document(one, participants=participants, date=on(number)))
    seen = page_text(ANE)
    assert "10 kendte stemmer : 10 gange for , 0 gange imod." in seen
    assert "Ingen af dem fremgår af referatet, 10 følger af fremmødet" in seen
    assert "Bo Dam 0 af 10 10 0" in seen
    assert "Stemte for (følger af fremmødet)" in page_text(f"{ANE}?vis=stemmer")
    seen = page_text(f"{ANE}?referat=on")
    assert "Navnet er ikke nævnt ved nogen afstemning" in seen
    assert "Nævnt som medlem ved 10 møder" in seen
    assert "Bo Dam 0 af 10" not in seen


def test_a_deduced_vote_alone_gives_a_member_a_page(page_text):
    votes = (MemberVote(name="Ane Lund", choice="for", known="deduced"),)
    file(document(voted(1, 1, against_names=("Bo Dam",), votes=votes)))
    assert "1 følger af fremmødet" in page_text(ANE)


def test_the_highest_agreement_is_first(page_text):
    for number in range(10):
        both = ("Ane Lund", "Eva Kirk") if number else ("Ane Lund",)
        against = ("Bo Dam",) if number else ("Bo Dam", "Eva Kirk")
        file(document(voted(5, 2, for_names=both, against_names=against), date=on(number)))
    seen = page_text(ANE).split("Stemmer sammen med")[1]
    assert "Eva Kirk 9 af 10 1 10 Bo Dam 0 af 10 10 10" in seen


# Statements


def test_reservations_referrals_and_remarks_are_listed(page_text):
    remark = Statement(who=("Ane Lund", "Bo Dam"), text="det er for dyrt", start=0, end=5)
    one = item("1", "Budget", reservations=("Ane Lund",), referred_to_council_by=("Ane Lund",))
    file(document(one, item("2", "Havnen", statements=(remark,))))
    seen = page_text(ANE)
    assert "1 forbehold , 1 sag begæret indbragt for byrådet , 1 bemærkning" in seen
    assert "det er for dyrt" in page_text(f"{ANE}?vis=bemaerkninger")
    assert "noteret for Ane Lund, Bo Dam" in page_text(f"{ANE}?vis=bemaerkninger")
    assert "Budget" in page_text(f"{ANE}?vis=forbehold")
    assert "Havnen" not in page_text(f"{ANE}?vis=byraadet")


# Query counts


QUERIES = {
    "": 14,
    "?vis=moeder": 3,
    "?vis=kom-og-gik": 3,
    "?vis=stemmer": 5,
    "?vis=forbehold": 3,
    "?vis=stemmer&med=bo-dam": 6,
}


def test_the_page_makes_as_many_queries_for_twenty_rows_as_for_one(client, django_assert_num_queries):
    def get_all() -> None:
        for query, queries in QUERIES.items():
            with django_assert_num_queries(queries, info=query):
                assert client.get(ANE + query).status_code == 200

    def listed_and_voted(number: int):
        names = ("Ane Lund", "Bo Dam")
        one = item(
            "1",
            "Budget",
            reservations=names,
            ballots=(ballot(5, 2, for_names=("Eva Kirk",), against_names=names),),
        )
        participants = tuple(Participant(name=name, party="V") for name in names)
        return document(
            one,
            participants=participants,
            arrivals=(Movement(name="Ane Lund"),),
            date=on(number),
            committee=f"Udvalg {number % 7}",
        )

    for number in range(10):
        file(listed_and_voted(number))
    get_all()
    for number in range(10, 40):
        file(listed_and_voted(number))
    get_all()


def test_a_single_vote_takes_no_more_queries(client, django_assert_max_num_queries):
    file(document(voted(6, 1, against_names=("Ane Lund",))))
    with django_assert_max_num_queries(14):
        assert client.get(ANE).status_code == 200
