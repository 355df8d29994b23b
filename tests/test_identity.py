"""The committee and the meeting that a document is assigned to."""

from datetime import date

import pytest

from minutes.models import (
    Committee,
    CommitteeAlias,
    Meeting,
    Reading,
)
from minutes.models.states import State
from minutes.publishing import ImportStatus, PublishingError, Relation, previous_versions
from minutes.vocabulary import DocumentKind, MeetingKind, Outcome
from tests.documents import document, file, herning, item, randers

pytestmark = pytest.mark.django_db


# Municipality, committee and date


def test_a_document_becomes_a_published_meeting_with_its_own_address():
    filed = file(document(item("1", "Godkendelse af dagsorden")))
    assert filed.status == ImportStatus.IMPORTED
    assert filed.meeting.state == State.PUBLISHED
    assert filed.meeting.get_absolute_url() == "/randers/beskaeftigelsesudvalget/2020-01-14/"


def test_the_term_belongs_to_the_meeting_and_not_to_the_committee():
    facts = {"committee_as_printed": "Beskæftigelsesudvalget 2013-2021", "term": "2013-2021"}
    meeting = file(document(item("1", "Et punkt"), **facts)).meeting
    assert (meeting.committee.name, meeting.term) == ("Beskæftigelsesudvalget", "2013-2021")


def test_two_spellings_of_a_committee_are_one():
    first = file(document(item("1", "Et punkt"), committee="Børne- og Ungeudvalget"))
    second = file(document(item("1", "Et punkt"), committee="BØRNE OG UNGEUDVALGET", date="2020-02-14"))
    assert first.meeting.committee == second.meeting.committee


def test_a_committee_is_known_by_its_alias():
    committee = Committee.objects.create(municipality=randers(), name="Jobudvalget", slug="jobudvalget")
    CommitteeAlias.objects.create(
        committee=committee, name="Beskæftigelsesudvalget", slug="beskaeftigelsesudvalget"
    )
    assert file(document(item("1", "Et punkt"))).meeting.committee == committee


def test_namesakes_in_two_municipalities_are_two_committees():
    file(document(item("1", "Et punkt")))
    file(document(item("1", "Et punkt"), municipality=None), given_municipality=herning())
    assert Committee.objects.filter(slug="beskaeftigelsesudvalget").count() == 2


@pytest.mark.parametrize("missing", ["municipality", "committee", "date"])
def test_a_document_without_municipality_committee_or_date_is_refused(missing):
    with pytest.raises(PublishingError, match="Angiv de"):
        file(document(item("1", "Et punkt"), **{missing: None}))
    assert not Meeting.objects.exists()
    assert not Committee.objects.exists()


@pytest.mark.parametrize("name", ["Personer", "sager", "Feed"])
def test_a_committee_cannot_have_a_reserved_address(name):
    with pytest.raises(PublishingError, match="et andet navn"):
        file(document(item("1", "Et punkt")), given_committee=name)
    # A name that is read from the text counts as none.
    with pytest.raises(PublishingError, match=r"udvalget\. Angiv det"):
        file(document(item("1", "Et punkt"), committee=name))
    assert not Committee.objects.exists()


def test_overrides_take_precedence_over_the_text():
    meeting = file(
        document(item("1", "Et punkt")),
        given_municipality=herning(),
        given_committee="Byrådet",
        given_date=date(2021, 3, 2),
    ).meeting
    assert meeting.get_absolute_url() == "/herning/byraadet/2021-03-02/"


# Several meetings and documents of a day


def test_another_start_time_is_a_second_meeting_that_day():
    file(document(item("1", "Budget")))
    second = file(document(item("1", "Skolevej"), start_time="19:00")).meeting
    assert second.get_absolute_url() == "/randers/beskaeftigelsesudvalget/2020-01-14-2/"


def test_a_corrected_start_time_is_the_same_meeting():
    first = file(document(item("1", "Budget"), item("2", "Skolevej")))
    second = file(document(item("1", "Budget"), item("2", "Skolevejen"), start_time="16:30"))
    assert second.status == ImportStatus.UPDATED
    assert second.meeting == first.meeting
    assert str(Meeting.objects.get().start_time) == "16:30:00"


def test_a_missing_start_time_is_the_same_meeting_when_the_agendas_agree():
    agenda = (item("1", "Godkendelse af dagsorden"), item("2", "Budget"), item("3", "Skolevej"))
    first = file(document(*agenda))
    assert file(document(*agenda[:2], start_time=None)).meeting == first.meeting


def test_a_missing_start_time_and_other_items_make_a_draft_of_its_own():
    first = file(document(item("1", "Godkendelse af dagsorden"), item("2", "Budget"))).meeting
    second = file(document(item("1", "Godkendelse af dagsorden"), item("2", "Kystsikring"), start_time=None))
    assert (second.meeting.sequence, second.meeting.state) == (2, State.DRAFT)
    assert [doubt["code"] for doubt in second.reading.doubts] == ["same_day"]
    assert [row.title for row in first.items.order_by("position")] == ["Godkendelse af dagsorden", "Budget"]


def test_standing_items_alone_do_not_make_two_meetings_of_a_day_one():
    standing = (item("1", "Godkendelse af dagsorden"), item("3", "Eventuelt"))
    first = file(document(standing[0], item("2", "Budget"), standing[1], start_time="15:00")).meeting
    second = file(document(standing[0], item("2", "Kystsikring"), standing[1], start_time="19:00")).meeting
    assert [(meeting.sequence, meeting.state) for meeting in (first, second)] == [
        (1, State.PUBLISHED),
        (2, State.PUBLISHED),
    ]
    assert [row.title for row in first.items.order_by("position")][1] == "Budget"
    only_standing = file(document(*standing, start_time="21:00")).meeting
    assert only_standing.sequence == 3


def test_a_correction_of_one_item_does_not_remove_the_others():
    agenda = [item(str(number), f"Sag {number}") for number in range(1, 6)]
    meeting = file(document(*agenda)).meeting
    partial = file(document(item("2", "Sag 2", decision="Godkendt."), text="BERIGTIGELSE"))
    assert partial.reading.pending
    assert partial.reading.doubts[-1]["code"] == "fewer_items"
    assert meeting.items.count() == 5


def test_a_person_says_whether_a_document_is_a_version_another_meeting_or_a_supplement():
    first = file(document(item("1", "Budget"))).meeting
    another = file(document(item("1", "Budget"), text="to"), relation=Relation.ANOTHER)
    assert (another.meeting.sequence, another.reading.doubts) == (2, [])
    extra = file(document(item("2", "Kystsikring"), text="tre"), relation=Relation.SUPPLEMENT)
    assert (extra.meeting, extra.reading.supplement) == (first, True)
    assert [row.title for row in first.items.order_by("position")] == ["Budget", "Kystsikring"]
    version = file(
        document(item("1", "Kystsikring"), start_time="20:00", text="fire"), relation=Relation.VERSION
    )
    assert (version.meeting, version.reading.current) == (first, True)


def test_minutes_of_another_municipality_become_a_draft_with_a_doubt():
    stored = file(document(item("1", "Budget")), given_municipality=herning())
    assert stored.meeting.state == State.DRAFT
    (doubt,) = stored.reading.doubts
    assert (doubt["code"], doubt["params"]) == (
        "other_municipality",
        {"printed": "Randers", "stored": "Herning"},
    )


def test_a_letterhead_of_another_municipality_is_a_doubt():
    text = "Syddjurs Kommune\n\nREFERAT\n\nPunkt 1: Budget"
    letter = document(item("1", "Budget"), text=text, municipality=None)
    stored = file(letter, given_municipality=herning())
    assert stored.meeting.state == State.DRAFT
    (doubt,) = stored.reading.doubts
    assert doubt["params"] == {"printed": "Syddjurs", "stored": "Herning"}
    assert text[doubt["start"] : doubt["end"]] == "Syddjurs Kommune"


def test_a_version_that_differs_only_in_white_space_is_not_a_previous_version_for_readers():
    meeting = file(document(item("1", "Budget"), text="REFERAT\nBudget")).meeting
    second = file(document(item("1", "Budget"), text="REFERAT\n\n  Budget")).reading
    assert second.current
    assert previous_versions(meeting) == []
    file(document(item("1", "Budget"), text="REFERAT\nBudget 2020"))
    assert previous_versions(meeting) == [second]


def test_an_extraordinary_meeting_of_the_day_is_another():
    file(document(item("1", "Budget"), start_time=None))
    other = file(document(item("1", "Lockout"), start_time=None, kind=MeetingKind.EXTRAORDINARY)).meeting
    assert (other.sequence, other.kind) == (2, "extraordinary")


def test_a_supplement_adds_its_items_to_the_meeting():
    file(document(item("1", "Budget")))
    filed = file(document(item("2", "Snerydning"), kind=MeetingKind.SUPPLEMENTARY))
    assert filed.status == ImportStatus.UPDATED
    assert [str(row) for row in filed.meeting.items.order_by("position")] == ["1 Budget", "2 Snerydning"]


def test_a_corrected_supplement_replaces_the_earlier_one():
    file(document(item("1", "Budget")))
    file(document(item("2", "Snerydning"), kind=MeetingKind.SUPPLEMENTARY))
    meeting = file(document(item("2", "Snerydning, rettet"), kind=MeetingKind.SUPPLEMENTARY)).meeting
    assert [row.title for row in meeting.items.order_by("position")] == ["Budget", "Snerydning, rettet"]


def test_minutes_replace_the_agenda_and_a_later_agenda_does_not_replace_the_minutes():
    agenda = document(item("1", "Budget"), document=DocumentKind.AGENDA)
    minutes = document(item("1", "Budget", decision="Godkendt.", outcome=Outcome.APPROVED))
    file(agenda)
    file(minutes)
    filed = file(document(item("1", "Budget, rettet dagsorden"), document=DocumentKind.AGENDA))
    assert filed.note == "Dagsordenen er gemt; referatet gælder."
    assert filed.meeting.items.get().decision == "Godkendt."
    assert Reading.objects.filter(current=True).count() == 1
