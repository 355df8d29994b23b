"""Cancelled and joint meetings, substitutes, arrivals, elections and deduced votes are stored and shown."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from minutes import publishing
from minutes.importer import Overrides, import_upload
from minutes.models import Attendance, Committee, DeducedVote, Election, Meeting, Person, Vote
from minutes.models import Ballot as BallotRow
from minutes.publishing import project
from minutes.reader.records import (
    Election as ElectionFacts,
)
from minutes.reader.records import (
    MemberVote,
    Movement,
    Participant,
    Substitute,
)
from minutes.statistics.people import person_statistics
from minutes.vocabulary import BallotKind, VoteChoice, VoteKnown
from tests.documents import ballot, document, file, imported, item, randers
from tests.pages import MEETING, text_of

pytestmark = pytest.mark.django_db

JOINT = ("Beskæftigelsesudvalget", "Kulturudvalget")
MEMBERS = tuple(
    Participant(name=name, party=party)
    for name, party in (("Ane Lund", "A"), ("Bo Dam", "V"), ("Cai Eng", "F"))
)


def page(client: Client, address: str) -> str:
    return text_of(client.get(address))


def rows(client: Client, address: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(client.get(address).getvalue().decode("utf-8-sig"))))


def vote(name: str, party: str | None, choice: str, known: str = "printed") -> MemberVote:
    return MemberVote(name=name, party=party, choice=VoteChoice(choice), known=VoteKnown(known))


def voted() -> Meeting:
    """Publish a meeting with a vote of which one name is printed, with another party than in the list."""
    votes = (
        vote("Bo Dam", "N", "against"),
        vote("Ane Lund", "A", "for", "deduced"),
        vote("Cai Eng", "F", "for", "deduced"),
    )
    item_ = item(
        "1", "Cykelsti", decision="Godkendt.", ballots=(ballot(2, 1, against_names=("Bo Dam",), votes=votes),)
    )
    return file(document(item_, participants=MEMBERS)).meeting


# Cancelled meetings


def test_a_cancelled_meeting_is_published_and_shown_as_cancelled(client):
    file(document(cancelled=True))
    assert "Aflyst Mødet blev ikke holdt" in page(client, MEETING)
    assert "aflyst" in page(client, "/randers/beskaeftigelsesudvalget/")
    assert "aflyst" in page(client, "/moeder/")
    assert "EventCancelled" in client.get(MEETING).content.decode()
    calendar = client.get("/randers/beskaeftigelsesudvalget/kalender.ics").content.decode()
    assert "STATUS:CANCELLED" in calendar
    assert client.get(f"/api/v1/meetings{MEETING.rstrip('/')}").json()["cancelled"] is True


def test_a_meeting_that_was_held_is_confirmed_in_the_calendar(client):
    file(document(item("1", "Sti")))
    calendar = client.get("/randers/beskaeftigelsesudvalget/kalender.ics").content.decode()
    assert "STATUS:CONFIRMED" in calendar
    assert "Aflyst" not in page(client, MEETING)


# Joint meetings


def test_a_joint_meeting_is_on_the_pages_calendars_and_feeds_of_both_committees(client):
    file(document(item("1", "Havnebad"), committees=JOINT))
    assert "Fællesmøde med Kulturudvalget" in page(client, MEETING)
    other = page(client, "/randers/kulturudvalget/")
    assert "14. januar 2020" in other
    assert "fællesmøde med Beskæftigelsesudvalget" in other
    for committee in ("beskaeftigelsesudvalget", "kulturudvalget"):
        for name in ("kalender.ics", "feed/"):
            response = client.get(f"/randers/{committee}/{name}")
            assert response.status_code == 200
            assert MEETING in response.content.decode().replace("\r\n ", "")
        assert "14. januar 2020" in page(client, f"/moeder/?kommune=randers&udvalg={committee}")
    record = client.get(f"/api/v1/meetings{MEETING.rstrip('/')}").json()
    assert [committee["name"] for committee in record["joint_committees"]] == ["Kulturudvalget"]


def test_the_committee_of_a_joint_draft_is_not_public(client):
    file(document(item("1", "Havnebad"), committees=JOINT), publish=False)
    assert Committee.objects.filter(slug="kulturudvalget").exists()
    assert client.get("/randers/kulturudvalget/").status_code == 404


def test_a_meeting_that_is_no_longer_joint_leaves_the_other_committee(client):
    meeting = file(document(item("1", "Havnebad"), committees=JOINT)).meeting
    reading = meeting.readings.get()
    reading.facts["committees"] = []
    reading.save()
    project(meeting)
    assert not meeting.joint_committees.exists()


# People


def test_substitutes_arrivals_and_departures_are_shown_with_their_times(client):
    file(
        document(
            item("1", "Sti"),
            participants=MEMBERS,
            substitutes=(Substitute(name="Dorte Fisk", party="A", absentee="Emil Gade"),),
            arrivals=(Movement(name="Bo Dam", time="17:15"),),
            departures=(Movement(name="Cai Eng", item="1"),),
        )
    )
    seen = page(client, MEETING)
    assert "Stedfortrædere Dorte Fisk (A) for Emil Gade" in seen
    assert "Bo Dam : ankom senere kl. 17.15" in seen
    assert "Cai Eng : gik før tid ved punkt 1" in seen
    record = client.get(f"/api/v1/meetings{MEETING.rstrip('/')}").json()
    roles = {(row["role"], row["name"], row["time"], row["at_item"]) for row in record["attendances"]}
    assert {("arrived", "Bo Dam", "17:15", None), ("left", "Cai Eng", None, "1")} <= roles
    assert Attendance.objects.filter(role="present").count() == 3


# Votes


def test_the_party_printed_at_a_vote_is_kept_with_that_vote(client):
    voted()
    row = Vote.objects.get(person__name="Bo Dam")
    assert row.printed_party
    assert (row.printed_party.letter, row.party) == ("N", None)
    assert "Imod N Bo Dam" in page(client, f"{MEETING}1/")
    (record,) = client.get("/api/v1/ballots").json()["data"]
    (printed,) = record["votes"]
    assert (printed["voter"]["name"], printed["group"]["letter"]) == ("Bo Dam", "N")


def test_deduced_votes_are_apart_from_printed_ones_everywhere(client):
    voted()
    assert [row.person.name for row in DeducedVote.objects.order_by("person__name")] == [
        "Ane Lund",
        "Cai Eng",
    ]
    assert [row.person.name for row in Vote.objects.all() if row.person] == ["Bo Dam"]
    seen = page(client, f"{MEETING}1/")
    assert "For A Ane Lund (følger af fremmødet)" in seen
    assert "For F Cai Eng (følger af fremmødet)" in seen
    assert "En stemme, der følger af fremmødet, er ikke nævnt i referatet." in seen
    assert "Hvem stemte hvad" in page(client, "/afstemninger/")
    seen = page(client, "/afstemninger/?referat=on")
    assert "Ikke kendt A Ane Lund" in seen
    assert "følger af fremmødet)" not in seen
    (record,) = client.get("/api/v1/ballots").json()["data"]
    assert [row["voter"]["name"] for row in record["votes"]] == ["Bo Dam"]
    assert {row["voter"]["name"] for row in record["deduced_votes"]} == {"Ane Lund", "Cai Eng"}
    (row,) = csv.DictReader(
        io.StringIO(client.get("/afstemninger/?format=csv").getvalue().decode("utf-8-sig"))
    )
    assert [column for column, value in row.items() if "Ane Lund" in value] == ["udledt_for"]
    assert row["stemte_imod"] == "Bo Dam"


def test_votes_are_listed_one_by_one_with_how_they_are_known(client, django_assert_num_queries):
    voted()
    columns = ("person", "parti", "stemme", "kendt_ved")
    address = "/afstemninger/?vis=stemmer&format=csv"
    with django_assert_num_queries(4):
        listed = rows(client, address)
    assert [tuple(row[name] for name in columns) for row in listed] == [
        ("Bo Dam", "N", "Imod", "fremgår af referatet"),
        ("Ane Lund", "A", "For", "følger af fremmødet"),
        ("Cai Eng", "F", "For", "følger af fremmødet"),
    ]
    assert (listed[0]["titel"], listed[0]["emne"]) == ("Cykelsti", "")
    assert listed[0]["kilde"].startswith("http://testserver/kilde/")
    (printed,) = rows(client, f"{address}&referat=on")
    assert printed["person"] == "Bo Dam"
    (hers,) = rows(client, f"{address}&person=ane-lund")
    assert hers["personens_adresse"] == "http://testserver/randers/personer/ane-lund/"
    assert rows(client, f"{address}&person=ane-lund&referat=on") == []
    assert "1 afstemning" in page(client, "/afstemninger/?person=ane-lund")
    assert "Ingen afstemninger passer" in page(client, "/afstemninger/?person=ane-lund&referat=on")


def test_the_api_lists_votes_one_by_one(client):
    voted()
    records = client.get("/api/v1/votes").json()["data"]
    assert {
        (row["voter"]["name"], row["group"]["letter"], row["option"], row["known"]) for row in records
    } == {
        ("Bo Dam", "N", "no", "printed"),
        ("Ane Lund", "A", "yes", "deduced"),
        ("Cai Eng", "F", "yes", "deduced"),
    }
    (deduced,) = client.get("/api/v1/votes?voter=ane-lund&known=deduced").json()["data"]
    assert deduced["ballot"] == f"http://testserver/api/v1/ballots{MEETING}1/1"


def test_a_vote_without_a_printed_party_has_that_of_the_list(client):
    facts = ballot(2, 1, against_names=("Bo Dam",), votes=(vote("Ane Lund", None, "for", "deduced"),))
    file(document(item("1", "Sti", decision="Godkendt.", ballots=(facts,)), participants=MEMBERS))
    seen = page(client, f"{MEETING}1/")
    assert "For A Ane Lund (følger af fremmødet)" in seen
    assert "Imod V Bo Dam" in seen
    assert "Ikke kendt F Cai Eng" in seen


def test_a_deduced_vote_is_on_the_persons_page_and_marked(client):
    voted()
    address = "/randers/personer/ane-lund/"
    seen = page(client, address)
    assert (
        "1 kendt stemme : 1 gang for , 0 gange imod. Ingen af dem fremgår af referatet, 1 følger af" in seen
    )
    listed = page(client, f"{address}?vis=udledt")
    assert "Stemmer, der følger af fremmødet" in listed
    assert "Stemte for (følger af fremmødet)" in listed
    assert client.get(f"{address}?vis=stemmer&referat=on").status_code == 404
    (row,) = rows(client, f"{address}?vis=udledt&format=csv")
    assert (row["stemte"], row["udledt"]) == ("", "For")
    figures = person_statistics(Person.objects.select_related("municipality").get(slug="ane-lund"))
    assert (figures.vote_count, figures.minority_votes, figures.printed_votes, figures.deduced_votes) == (
        1,
        0,
        0,
        1,
    )


def test_a_person_who_is_printed_and_deduced_counts_as_printed():
    votes = (vote("Bo Dam", None, "for", "deduced"), vote("Bo Dam", None, "against"))
    facts = ballot(2, 1, against_names=("Bo Dam",), votes=votes)
    file(document(item("1", "Sti", decision="Godkendt.", ballots=(facts,)), participants=MEMBERS))
    assert not DeducedVote.objects.exists()


def test_elections_and_lots_are_shown_as_such(client):
    election = ElectionFacts(office="formand", elected=("Ane Lund",), votes={"Ane Lund": 5, "Bo Dam": None})
    lot = ballot(None, None, kind=BallotKind.LOT, result=None)
    file(document(item("1", "Valg", decision="Valgt blev.", elections=(election,), ballots=(lot,))))
    seen = page(client, f"{MEETING}1/")
    assert "Valg: formand Valgt: Ane Lund Ane Lund 5 stemmer Bo Dam stemmetallet fremgår ikke" in seen
    assert "Lodtrækning" in seen
    assert BallotRow.objects.get().kind == "lot"
    record = client.get(f"/api/v1/items{MEETING}1").json()
    assert record["elections"] == [
        {"office": "formand", "elected": ["Ane Lund"], "votes": {"Ane Lund": 5, "Bo Dam": None}}
    ]


def test_a_closed_item_shows_no_election_and_no_deduced_vote(client):
    election = ElectionFacts(office="direktør", elected=("Ane Lund",))
    file(document(item("1", "Ansættelse", closed=True, elections=(election,)), participants=MEMBERS))
    assert not Election.objects.exists()
    assert "direktør" not in page(client, f"{MEETING}1/")


def test_an_item_that_was_taken_off_the_agenda_says_so(client):
    file(document(item("1", "Sti", decision="Punktet udgår.", outcome="withdrawn")))
    assert "Beskæftigelsesudvalget tog sagen af dagsordenen" in page(client, f"{MEETING}1/")


CANCELLED = """REFERAT Beskæftigelsesudvalget d. 14-01-2020

Mødet er aflyst på grund af sygdom.
"""


def test_staff_see_that_a_meeting_was_cancelled_and_the_words_that_say_so(admin_client):
    meeting = imported(CANCELLED)
    assert meeting.cancelled
    seen = page(admin_client, reverse("admin:minutes_meeting_change", args=[meeting.pk]))
    assert "Aflyst Mødet blev ikke holdt" in seen
    assert "I teksten står: »Mødet er aflyst på grund af sygdom.«" in seen


def test_the_review_says_whether_a_doubtful_document_is_public(admin_client):
    text = b"REFERAT Teknikudvalget d. 15-01-2020\n\nVi talte om vejen.\n"
    import_upload([("referat.txt", text)], Overrides(municipality=randers()), None)
    meeting = Meeting.objects.get()
    address = reverse("admin:minutes_meeting_change", args=[meeting.pk])
    seen = page(admin_client, address)
    assert "offentligheden ser den ikke" in seen
    assert "Dokumentet bliver ikke offentligt, før nogen har set på det." in seen
    publishing.publish(meeting, by=None)
    seen = page(admin_client, address)
    assert "Offentligheden ser mødet og referatets tekst" in seen
    assert "Dokumentet er offentligt trods tvivlen." in seen
    assert "ser den ikke" not in seen


def test_the_review_shows_what_staff_gave_of_a_document_that_does_not_say_it(admin_client):
    import_upload(
        [("referat.txt", b"Referat\n\nVi talte om vejen og om bussen i udvalget.\n")],
        Overrides(municipality=randers(), committee="Teknikudvalget", date=date(2020, 1, 17)),
        None,
    )
    seen = page(admin_client, reverse("admin:minutes_meeting_change", args=[Meeting.objects.get().pk]))
    assert "Udvalg – (angivet: Teknikudvalget) Dato – (angivet: 17. januar 2020)" in seen


def test_staff_see_the_new_facts_of_a_document(admin_client):
    meeting = voted()
    election = ElectionFacts(office="formand", elected=("Ane Lund",))
    facts = document(
        item("1", "Valg", elections=(election,)),
        date="2020-02-11",
        committees=JOINT,
        substitutes=(Substitute(name="Dorte Fisk", party="A", absentee="Emil Gade"),),
        arrivals=(Movement(name="Bo Dam", time="17:15"),),
        departures=(Movement(name="Cai Eng", item="1"),),
    )
    seen = page(admin_client, reverse("admin:minutes_meeting_change", args=[file(facts).meeting.pk]))
    assert "(fællesmøde: Beskæftigelsesudvalget, Kulturudvalget)" in seen
    assert "Stedfortrædere Dorte Fisk (A) for Emil Gade Kom senere Bo Dam kl. 17:15" in seen
    assert "Gik før tid Cai Eng ved punkt 1" in seen
    assert "Valg: formand · Ane Lund" in seen
    seen = page(admin_client, reverse("admin:minutes_meeting_change", args=[meeting.pk]))
    assert "udledt: Ane Lund (for), Cai Eng (for)" in seen


def test_a_cancelled_meeting_is_said_to_be_so_at_its_items_in_searches_and_in_feeds(client):
    file(document(item("1", "Havnebad"), cancelled=True))
    assert "mødet blev aflyst" in page(client, "/soeg/?q=havnebad")
    assert "Aflyst Mødet blev ikke holdt" in page(client, f"{MEETING}1/")
    assert "14. januar 2020 (aflyst)" in client.get("/randers/feed/").content.decode()
    assert "SUMMARY:Aflyst: " in client.get("/randers/kalender.ics").content.decode()
