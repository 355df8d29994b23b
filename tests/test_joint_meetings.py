"""A joint meeting belongs to each of its committees, wherever meetings are counted, filtered or searched."""

import pytest

from minutes.models import Committee, MeetingCommittee, Municipality, Person
from minutes.models import Reference as ReferenceRow
from minutes.reader.records import Participant, Reference
from minutes.statistics.committees import coverage_by_committee, meeting_counts_by_year
from minutes.statistics.members import member_activity
from minutes.statistics.outcomes import contested_items, outcome_summary
from minutes.statistics.people import person_statistics
from minutes.views.places import CoverageTable
from tests.documents import ballot, document, file, item
from tests.pages import MEETING, text_of

pytestmark = pytest.mark.django_db

JOINT = ("Beskæftigelsesudvalget", "Kulturudvalget")
FIRST, SECOND = "beskaeftigelsesudvalget", "kulturudvalget"
MEMBERS = (Participant(name="Ane Lund", party="A"), Participant(name="Bo Dam", party="V"))
COUNTED = (
    "/api/v1/meetings?municipality=randers&committee={}",
    "/api/v1/items?municipality=randers&committee={}",
    "/api/v1/ballots?municipality=randers&committee={}",
    "/api/v1/search?q=havnebad&municipality=randers&committee={}",
)
LISTED = (
    "/moeder/?kommune=randers&udvalg={}",
    "/afstemninger/?kommune=randers&udvalg={}",
    "/soeg/?q=havnebad&kommune=randers&udvalg={}",
    "/soeg/?q=havnebad+udvalg:{}",
    "/randers/personer/ane-lund/?vis=stemmer&udvalg={}",
    "/randers/{}/",
    "/randers/{}/feed/",
    "/randers/{}/kalender.ics",
)


@pytest.fixture(autouse=True)
def joint():
    carried = ballot(1, 1, for_names=("Ane Lund",), against_names=("Bo Dam",))
    contested = item("1", "Havnebad", decision="Godkendt.", outcome="approved", ballots=(carried,))
    file(document(contested, committees=JOINT, participants=MEMBERS))


@pytest.mark.parametrize("committee", [FIRST, SECOND])
@pytest.mark.parametrize("address", COUNTED)
def test_the_api_finds_it_under_each_committee(client, address, committee):
    assert len(client.get(address.format(committee)).json()["data"]) == 1


@pytest.mark.parametrize("committee", [FIRST, SECOND])
@pytest.mark.parametrize("address", LISTED)
def test_pages_and_feeds_list_it_under_each_committee(client, address, committee):
    response = client.get(address.format(committee))
    assert response.status_code == 200
    assert MEETING in response.content.decode().replace("\r\n ", "")


def test_a_search_counts_it_under_both_committees(client):
    seen = text_of(client.get("/soeg/?q=havnebad&kommune=randers"))
    assert "Beskæftigelsesudvalget 1" in seen
    assert "Kulturudvalget 1" in seen


@pytest.mark.parametrize("committee", [FIRST, SECOND])
def test_the_figures_of_each_committee_include_it(client, committee):
    row = Committee.objects.select_related("municipality").get(slug=committee)
    assert outcome_summary(row).total == contested_items(row).count() == 1
    activity = [(member.meetings, member.ballots) for member in member_activity(row)]
    assert activity == [(1, 1), (1, 1)]
    assert row.pk in coverage_by_committee(row)
    record = client.get(f"/api/v1/committees/randers/{committee}").json()
    assert (record["meeting_count"], record["latest_meeting"]) == (1, "2020-01-14")


def test_the_municipality_counts_it_once_and_each_of_its_committees_too():
    randers = Municipality.objects.get(slug="randers")
    assert outcome_summary(randers).total == 1
    assert [member.meetings for member in member_activity(randers)] == [1, 1]
    committees = Committee.objects.published().filter(municipality=randers)
    table = CoverageTable.of(randers, committees)
    assert [row.counts for row in table.rows] == [[(2020, 1)], [(2020, 1)]]
    assert meeting_counts_by_year(randers) == {row.pk: {2020: 1} for row in committees}


def test_the_list_of_municipalities_counts_both_committees(client):
    assert "Randers 2 1" in text_of(client.get("/kommuner/"))
    record = client.get("/api/v1/municipalities/randers").json()
    assert record["meeting_count"] == 1


def test_a_member_took_part_in_a_meeting_of_both_committees(client):
    ane = Person.objects.get(name="Ane Lund")
    figures = person_statistics(ane)
    assert figures.meetings == figures.present == 1
    assert {activity.committee.slug for activity in figures.committees} == {FIRST, SECOND}
    assert all(activity.present == 1 for activity in figures.committees)
    record = client.get("/api/v1/people/randers/ane-lund").json()
    assert len(record["participations"]) == 2


def test_the_next_meeting_of_the_second_committee_links_back_to_it(client):
    file(document(item("1", "Sti"), committee="Kulturudvalget", date="2020-02-11"))
    seen = client.get("/randers/kulturudvalget/2020-02-11/").content.decode()
    assert f'href="{MEETING}"' in seen


def test_the_view_has_a_row_for_each_committee_of_a_meeting():
    file(document(item("1", "Sti"), committee="Kulturudvalget", date="2020-02-11"))
    assert MeetingCommittee.objects.count() == 3


def test_a_reference_to_either_committee_finds_it():
    from_other = item(
        "1",
        "Bro",
        references=tuple(
            Reference(committee=name, date="2020-01-14", item="1", evidence=name, start=0, end=0)
            for name in JOINT
        ),
    )
    meeting = file(document(from_other, committee="Byrådet", date="2020-02-11")).meeting
    targets = ReferenceRow.objects.filter(item__meeting=meeting).values_list("target_item__title", flat=True)
    assert list(targets) == ["Havnebad", "Havnebad"]
