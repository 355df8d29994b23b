"""The page that compares the votes of two members, and a member's votes by topic."""

import pytest

from minutes import publishing
from minutes.reader.records import Document, MemberVote, Participant
from minutes.vocabulary import VoteChoice, VoteKnown
from tests.documents import ballot, document, file, item
from tests.people import ANE, listed, on, voted

pytestmark = pytest.mark.django_db

COMPARISON = "/randers/personer/sammenlign/"
BOTH = f"{COMPARISON}?person=ane-lund&med=bo-dam"
SCHOOL, TRAFFIC = "17.01.00-P20-1-19", "05.01.00-P20-1-19"


def differed(number: int, case_number: str = SCHOOL) -> Document:
    """Minutes of a ballot in which Ane Lund voted for and Bo Dam against."""
    one = ballot(5, 2, for_names=("Ane Lund", "Eva Kirk"), against_names=("Bo Dam",))
    return document(item("1", "Skolen", case_number=case_number, ballots=(one,)), date=on(number))


def agreed(number: int, case_number: str = TRAFFIC) -> Document:
    """Minutes of a ballot in which Ane Lund and Bo Dam voted for and Eva Kirk against."""
    one = ballot(5, 2, for_names=("Ane Lund", "Bo Dam"), against_names=("Eva Kirk",))
    return document(item("1", "Vejen", case_number=case_number, ballots=(one,)), date=on(number))


def test_the_form_offers_the_members(page_text, client):
    file(listed("Ane Lund", "Bo Dam"))
    assert "Ane Lund Bo Dam" in page_text(COMPARISON)
    assert 'value="ane-lund" selected' in client.get(f"{COMPARISON}?person=ane-lund").content.decode()
    assert 'name="robots" content="noindex"' in client.get(BOTH).content.decode()


def test_a_members_page_leads_to_the_other_members_to_compare_with(client):
    people = (Participant(name="Ane Lund"), Participant(name="Bo Dam"))
    file(document(item("1", "Cykelsti"), participants=people))
    address = "/randers/personer/sammenlign/?person=ane-lund"
    assert address in client.get("/randers/personer/ane-lund/").content.decode()
    page = client.get(address).content.decode()
    assert '<a rel="nofollow" href="?person=ane-lund&amp;med=bo-dam">Bo Dam</a>' in page
    assert "med=ane-lund" not in page


def test_one_member_chosen_twice_is_an_error_at_the_field(client):
    file(listed("Ane Lund"))
    response = client.get(f"{COMPARISON}?person=ane-lund&med=ane-lund")
    assert response.status_code == 400
    assert "Vælg to forskellige medlemmer." in response.content.decode()


@pytest.mark.parametrize("query", ["person=findesikke", "med=findesikke"])
def test_a_member_that_there_is_not_is_not_found(client, query):
    file(listed("Ane Lund"))
    assert client.get(f"{COMPARISON}?{query}").status_code == 404


@pytest.mark.parametrize("query", ["vis=andet", "emne=andet", "side=99"])
def test_an_unknown_list_or_topic_is_not_found(client, query):
    file(agreed(0))
    assert client.get(f"{BOTH}&{query}").status_code == 404


def test_ballots_are_listed_newest_first_with_both_votes(page_text, client):
    file(agreed(0))
    file(differed(1))
    seen = page_text(BOTH)
    assert "Man kender begges stemmer i 2 afstemninger." in seen
    assert "Ane Lund For Bo Dam Imod Afstemning: 5 for, 2 imod" in seen
    assert seen.index("11. februar 2020") < seen.index("14. januar 2020")
    assert 'href="/randers/beskaeftigelsesudvalget/2020-02-11/1/"' in client.get(BOTH).content.decode()
    assert "Skolen" not in page_text(f"{BOTH}&vis=ens")
    assert "Vejen" not in page_text(f"{BOTH}&vis=forskelligt")


def test_a_ratio_needs_ten_ballots(page_text):
    for number in range(9):
        file(agreed(number))
    assert "det er for få til et forholdstal (mindst 10)" in page_text(BOTH)
    file(differed(9))
    assert "stemte de ens i 9 af 10." in page_text(BOTH)


def test_where_only_losers_are_named_two_members_cannot_be_compared(page_text):
    file(document(voted(5, 2, against_names=("Ane Lund", "Bo Dam"))))
    seen = page_text(BOTH)
    assert "De kan ikke sammenlignes i nogen af dem." in seen
    assert "14. januar 2020 · kan ikke sammenlignes" in seen
    assert "Ingen afstemninger passer til afgrænsningen." in page_text(f"{BOTH}&vis=ens")


def test_deduced_votes_count_and_can_be_left_out(page_text):
    deduced = (MemberVote(name="Ane Lund", choice=VoteChoice.FOR, known=VoteKnown.DEDUCED),)
    present = tuple(Participant(name=name) for name in ("Ane Lund", "Bo Dam"))
    file(document(voted(1, 1, against_names=("Bo Dam",), votes=deduced), participants=present))
    assert "Ane Lund For (følger af fremmødet) Bo Dam Imod" in page_text(BOTH)
    assert "ingen afstemninger, hvor man kender begges stemmer" in page_text(f"{BOTH}&referat=on")


def test_topics_have_counts_and_lead_to_their_ballots(page_text):
    file(agreed(0))
    file(differed(1))
    file(agreed(2, SCHOOL))
    seen = page_text(BOTH)
    assert "Skole 1 1" in seen
    assert "2 afstemninger, de nyeste først" in page_text(f"{BOTH}&emne=skole")


def test_withdrawn_meetings_are_left_out(page_text):
    file(agreed(0))
    publishing.withdraw(file(differed(1)).meeting)
    assert "Skolen" not in page_text(BOTH)


def test_the_agreement_table_leads_to_the_ballots_in_which_two_differed(client):
    for number in range(9):
        file(agreed(number))
    file(differed(9))
    body = client.get(ANE).content.decode()
    assert f'href="{COMPARISON}?person=ane-lund&amp;med=bo-dam&amp;vis=forskelligt">1</a>' in body


def test_a_members_votes_by_topic_lead_to_the_ballots(page_text):
    file(agreed(0))
    file(differed(1))
    file(differed(2))
    assert "2 2 0 0" in page_text(ANE).split("Stemmer efter emne")[1]
    seen = page_text(f"{ANE}?vis=stemmer&emne=skole")
    assert "2 i alt" in seen
    assert "Vejen" not in seen


@pytest.mark.parametrize("query", ["vis=stemmer&emne=andet", "vis=moeder&emne=skole"])
def test_rows_without_the_topic_are_not_found(client, query):
    file(agreed(0))
    assert client.get(f"{ANE}?{query}").status_code == 404


def test_as_many_queries_for_thirty_ballots_as_for_one(client, django_assert_num_queries):
    def get_all() -> None:
        for address, queries in ((COMPARISON, 2), (BOTH, 5), (f"{BOTH}&vis=ens&emne=trafik", 5)):
            with django_assert_num_queries(queries, info=address):
                assert client.get(address).status_code == 200

    file(agreed(0))
    get_all()
    for number in range(1, 30):
        file(agreed(number))
    get_all()
