"""Parties: what a printed letter or name means, members' periods, and the parties' pages."""

from datetime import date

import pytest

from minutes import publishing
from minutes.reader.records import Document, MemberVote, Participant, Substitute
from minutes.statistics.known_parties import identify
from minutes.statistics.parties import PartyHistory, party_histories
from minutes.vocabulary import VoteChoice, VoteKnown
from tests.documents import document, file, item, randers
from tests.people import ANE, listed, on, voted

pytestmark = pytest.mark.django_db

PARTIES = "/randers/partier/"
COUNCIL = {"V": ("Ane Lund", "Bo Dam"), "A": ("Eva Kirk", "Ib Holm"), "Ø": ("Per Vang",)}


def roster() -> tuple[Participant, ...]:
    return tuple(Participant(name=name, party=letter) for letter, names in COUNCIL.items() for name in names)


def council_voted(number: int = 0, **fields: object) -> Document:
    """Minutes with the roster of `COUNCIL` and a ballot in which A and Ø outvoted V."""
    names = {"for_names": ("Eva Kirk", "Ib Holm", "Per Vang"), "against_names": ("Ane Lund", "Bo Dam")}
    return document(voted(3, 2, **{**names, **fields}), participants=roster(), date=on(number))


# What a letter or name means


@pytest.mark.parametrize(
    ("printed", "day", "expected"),
    [
        ("V", "1974-05-01", "Venstre (V)"),
        ("Venstre", "2020-01-14", "Venstre (V)"),
        ("venstre, Danmarks liberale parti", "2020-01-14", "Venstre (V)"),
        ("SF", "2020-01-14", "Socialistisk Folkeparti (F)"),
        ("Enhedslisten - De Rød-Grønne", "2020-01-14", "Enhedslisten (Ø)"),
        # A letter is a party's only while it was reserved for it.
        ("D", "2010-01-14", "D"),
        ("D", "2020-01-14", "Nye Borgerlige (D)"),
        ("M", "2010-01-14", "M"),
        ("M", "2026-01-14", "Moderaterne (M)"),
        ("Moderaterne", "2023-01-14", "Moderaterne (M)"),
        # Local lists, and letters that newspapers use otherwise.
        ("L", "2020-01-14", "L"),
        ("S", "2020-01-14", "S"),
        ("K", "2020-01-14", "K"),
        ("Borgerlisten", "2020-01-14", "Borgerlisten"),
    ],
)
def test_a_letter_or_name_means_a_party_only_where_that_is_certain(printed, day, expected):
    assert str(identify(printed, date.fromisoformat(day))) == expected


def test_a_letter_that_was_not_reserved_has_an_address_of_its_own():
    assert identify("M", date(2010, 1, 14)).slug == "liste-m"
    assert identify("M", date(2026, 1, 14)).slug == "m"
    assert identify("D", date(2010, 1, 14)).slug == "d"
    assert identify("D", date(2020, 1, 14)).slug == "nye-borgerlige"


def test_members_of_no_party_are_no_party():
    assert not identify("Løsgænger", date(2020, 1, 14)).is_party
    assert not identify("uden for parti", date(2020, 1, 14)).is_party


# When


def history(*sightings: tuple[str, str]) -> PartyHistory:
    return PartyHistory.of((printed, [date.fromisoformat(day)]) for day, printed in sightings)


def test_a_change_of_party_is_between_the_last_and_the_first_day():
    changed = history(("2018-02-01", "V"), ("2019-05-01", "Venstre"), ("2020-03-01", "Løsgænger"))
    (change,) = changed.changes
    assert (str(change.before), change.last) == ("Venstre (V)", date(2019, 5, 1))
    assert (str(change.after), change.first) == ("Løsgænger", date(2020, 3, 1))
    assert [period.days for period in changed.periods] == [1, 2]


def test_parties_printed_by_turns_are_no_change():
    assert history(("2018-02-01", "L"), ("2019-05-01", "Borgerlisten"), ("2020-03-01", "L")).changes == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2018-02-01", "V"),
        ("2018-12-01", "V"),  # between two sightings of V
        ("2019-12-01", None),  # between V and A
        ("2018-01-02", "V"),  # before the first, in the same council term
        ("2017-12-31", None),  # in the term before
        ("2021-12-31", "A"),
        ("2022-01-01", None),
    ],
)
def test_the_party_of_a_day_is_the_one_before_and_after(day, expected):
    sightings = history(("2018-02-01", "V"), ("2019-05-01", "V"), ("2020-03-01", "A"))
    party = sightings.on(date.fromisoformat(day))
    assert (party.letter if party else None) == expected


def test_a_day_with_two_parties_has_none():
    assert history(("2018-02-01", "V"), ("2018-02-01", "A")).on(date(2018, 2, 1)) is None


def test_rosters_substitutes_and_votes_are_sightings():
    file(listed("Ane Lund", party="V", date=on(0)))
    file(document(item("1", "Budget"), substitutes=(Substitute(name="Ane Lund", party="V"),), date=on(1)))
    vote = MemberVote(name="Ane Lund", choice=VoteChoice.AGAINST, party="A", known=VoteKnown.PRINTED)
    file(document(voted(6, 1, against_names=("Ane Lund",), votes=(vote,)), date=on(2)))
    (sightings,) = party_histories(randers()).values()
    parties = [(period.party.letter, period.days) for period in sightings.periods]
    assert parties == [("A", 1), ("V", 2)]


def test_a_members_page_tells_a_change_of_party_and_links_the_parties(page_text, client):
    file(listed("Ane Lund", party="V", date=on(0)))
    file(listed("Ane Lund", party="Venstre", date=on(1)))
    vote = MemberVote(name="Ane Lund", choice=VoteChoice.AGAINST, party="A", known=VoteKnown.PRINTED)
    file(document(voted(6, 1, against_names=("Ane Lund",), votes=(vote,)), date=on(2)))
    seen = page_text(ANE)
    assert (
        "Skiftede fra Venstre (V), senest nævnt 11. februar 2020, "
        "til Socialdemokratiet (A), først nævnt 10. marts 2020." in seen
    )
    assert "Venstre (V) 14. januar 2020 – 11. februar 2020" in seen
    body = client.get(ANE).content.decode()
    assert f'href="{PARTIES}v/"' in body
    assert f'href="{PARTIES}a/"' in body


def test_rosters_and_lists_of_people_link_the_party_as_printed(client):
    file(listed("Ane Lund", "Bo Dam", party="Venstre"))
    link = f'<a class="party" href="{PARTIES}v/" title="Venstre (V)">(Venstre)</a>'
    for address in ("/randers/beskaeftigelsesudvalget/2020-01-14/", "/randers/personer/"):
        assert client.get(address).content.decode().count(link) == 2, address


def test_the_list_of_people_can_be_of_a_party(page_text, client):
    file(listed("Ane Lund", party="V"))
    file(listed("Bo Dam", party="A", date=on(1)))
    people = "/randers/personer/"
    seen = page_text(f"{people}?parti=v")
    assert "Ane Lund" in seen
    assert "Bo Dam" not in seen
    assert 'value="v" selected' in client.get(f"{people}?parti=v").content.decode()
    assert "Socialdemokratiet (A) Venstre (V)" in page_text(people)
    assert client.get(f"{people}?parti=oe").status_code == 404


def test_the_sitemap_has_the_parties_pages(client):
    file(listed("Ane Lund", party="Venstre"))
    file(document(voted(20, 5, against_parties={"Ø": 5}), date=on(1)))
    file(listed("Bo Dam", party="Løsgænger", date=on(2)))
    urls = client.get("/sitemap-randers.xml").getvalue().decode()
    assert urls.count("/partier/") == 3
    for address in (PARTIES, f"{PARTIES}v/", f"{PARTIES}oe/"):
        assert f"<loc>http://testserver{address}</loc>" in urls


# The list of parties


def test_the_list_has_members_and_ballots_of_each_party(page_text):
    file(council_voted())
    file(listed("Gry Bo", party="V", date="2010-02-02"))
    file(document(voted(20, 5, against_parties={"Borgerlisten": 5}), date="2019-03-03"))
    seen = page_text(PARTIES)
    assert "Socialdemokratiet (A) januar 2020 2 2 1 Venstre (V) februar 2010 – januar 2020 3 2 1" in seen
    assert "Enhedslisten (Ø) januar 2020 1 1 1 Borgerlisten marts 2019 0 0 1" in seen


def test_without_parties_the_list_says_so(page_text):
    file(document(item("1", "Budget")))
    assert "Ingen partier er nævnt i referaterne." in page_text(PARTIES)


@pytest.mark.parametrize("slug", ["v", "q", "loesgaenger"])
def test_a_party_that_no_published_minutes_print_has_no_page(client, slug):
    file(listed("Ane Lund", party="A"))
    file(listed("Bo Dam", party="Løsgænger", date=on(1)))
    file(listed("Bo Dam", party="V", date=on(2)), publish=False)
    assert client.get(f"{PARTIES}{slug}/").status_code == 404
    assert client.get(f"{PARTIES}a/?vis=andet").status_code == 404
    assert client.get("/herning/partier/").status_code == 404


# The page of a party


def test_members_have_their_years_and_the_party_before_and_after(page_text):
    for number, party in enumerate(("V", "Venstre", "A")):
        file(listed("Ane Lund", party=party, date=f"20{10 + 4 * number}-03-03"))
    assert "Ane Lund marts 2010 – marts 2014 · 2 mødedage · senere: Socialdemokratiet (A)" in page_text(
        f"{PARTIES}v/"
    )
    assert "Ane Lund marts 2018 · 1 mødedag · før: Venstre (V)" in page_text(f"{PARTIES}a/")


def test_printed_and_deduced_votes_are_counted_apart(page_text):
    file(council_voted())
    deduced = tuple(
        MemberVote(name=name, choice=VoteChoice.FOR, known=VoteKnown.DEDUCED)
        for name in ("Eva Kirk", "Ib Holm", "Per Vang")
    )
    file(council_voted(1, for_names=(), votes=deduced))
    seen = page_text(f"{PARTIES}a/")
    assert "medlemsstemmer fremgår af referatet 2 medlemsstemmer følger af fremmødet 2" in seen
    assert "For 2 medlemmer (følger af fremmødet) Afstemning: 3 for, 2 imod – vedtaget" in seen
    assert "For 2 medlemmer Afstemning" in seen
    assert seen.index("11. februar 2020 For") < seen.index("14. januar 2020 For")


def test_a_partys_own_vote_is_shown_as_the_partys(page_text):
    file(document(voted(20, 5, against_parties={"Ø": 5}), date=on(0)))
    seen = page_text(f"{PARTIES}oe/")
    assert "afstemning, hvor partiet er nævnt 1" in seen
    assert "Imod partiet er nævnt med 5 stemmer" in seen
    assert "Ingen medlemmer er nævnt med partiet ved navnet." in seen


def test_parties_agree_only_over_ballots_with_both_sides_known(page_text):
    for number in range(10):
        file(council_voted(number))
    seen = page_text(f"{PARTIES}a/")
    assert "Enhedslisten (Ø) 10 af 10 0 Venstre (V) 0 af 10 10" in seen


def test_where_only_losers_are_named_there_is_no_ratio(page_text):
    for number in range(12):
        file(council_voted(number, for_names=()))
    file(council_voted(12))
    seen = page_text(f"{PARTIES}v/")
    assert "Der er ingen andre partier, som har mindst 10 afstemninger til fælles" in seen
    assert "Medlemmer var på hver sin side" in seen
    assert "begge sider er kendt: 0 af 1" in seen


def test_a_divided_party_is_on_no_side_and_its_ballots_can_be_listed(page_text, client):
    divided = {"for_names": ("Ane Lund", "Eva Kirk", "Ib Holm"), "against_names": ("Bo Dam", "Per Vang")}
    file(council_voted(0, **divided))
    file(council_voted(1))
    seen = page_text(f"{PARTIES}v/")
    assert "begge sider er kendt: 1 af 2" in seen
    assert "Vis den afstemning, hvor partiet var delt" in seen
    only = page_text(f"{PARTIES}v/?vis=delte")
    assert "1 afstemning, den nyeste først" in only
    assert "For 1 medlem Imod 1 medlem" in only


def test_uncontested_ballots_are_not_listed(page_text):
    everyone = tuple(name for names in COUNCIL.values() for name in names)
    file(document(voted(5, 0, for_names=everyone), participants=roster(), date=on(0)))
    file(council_voted(1))
    assert "1 afstemning, den nyeste først" in page_text(f"{PARTIES}v/")


def test_a_withdrawn_meeting_leaves_no_trace(page_text, client):
    meeting = file(council_voted()).meeting
    file(listed("Ane Lund", party="V", date=on(1)))
    publishing.withdraw(meeting)
    seen = page_text(f"{PARTIES}v/")
    assert "Bo Dam" not in seen
    assert "medlemsstemmer fremgår af referatet 0" in seen
    assert client.get(f"{PARTIES}a/").status_code == 404


# Query counts


def test_as_many_queries_for_thirty_meetings_as_for_one(client, django_assert_num_queries):
    def get_all() -> None:
        for address, queries in ((PARTIES, 5), (f"{PARTIES}v/", 8), (f"{PARTIES}v/?vis=delte", 8)):
            with django_assert_num_queries(queries, info=address):
                assert client.get(address).status_code == 200

    divided = {"for_names": ("Ane Lund", "Eva Kirk", "Ib Holm"), "against_names": ("Bo Dam", "Per Vang")}
    file(council_voted(0, **divided))
    get_all()
    for number in range(1, 30):
        file(council_voted(number, **divided))
    get_all()


def test_a_search_for_a_party_offers_its_pages(client):
    file(listed("Ane Lund", party="A"))
    page = client.get("/soeg/", {"q": "socialdemokratiet"}).content.decode()
    assert f'<a href="{PARTIES}a/">Socialdemokratiet (A)</a> <span class="meta">Randers</span>' in page
    for query in ("venstre", "a", "socialdemokratiet budget"):
        assert PARTIES not in client.get("/soeg/", {"q": query}).content.decode()


def test_votes_show_the_party_that_other_minutes_print_and_link_to_it(client):
    file(listed("Ane Lund", party="A", date=on(0)))
    people = (Participant(name="Ane Lund"), Participant(name="Bo Dam"))
    file(document(voted(1, 1, against_names=("Ane Lund",)), participants=people, date=on(1)))
    page = client.get(f"/randers/beskaeftigelsesudvalget/{on(1)}/1/").content.decode()
    assert f'<td><a href="{PARTIES}a/">A</a></td>' in page
