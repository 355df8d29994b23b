"""A document that was read becomes a meeting's rows; a later version replaces them and keeps addresses."""

from datetime import date

import pytest
from django.db import transaction

from minutes import publishing
from minutes.models import (
    AgendaItem,
    Attendance,
    Ballot,
    Case,
    Committee,
    CommitteeAlias,
    Meeting,
    Party,
    Person,
    Reading,
    SearchEntry,
    Statement,
    Vote,
)
from minutes.models.states import State
from minutes.publishing import ImportStatus, PublishingError, Relation, previous_versions
from minutes.reader import read
from minutes.reader.records import (
    Absence,
    Document,
    Guest,
    Participant,
    PriorDecision,
    Reference,
)
from minutes.reader.records import Statement as StatementFacts
from minutes.vocabulary import DocumentKind, MeetingKind, Outcome, SectionKind
from tests.documents import ballot, document, file, herning, item, randers, section, source
from tests.texts import minutes

pytestmark = pytest.mark.django_db


def addresses(meeting: Meeting) -> list[str]:
    return [each.slug for each in meeting.items.order_by("position")]


# Whose, and when


def test_a_document_becomes_a_published_meeting_with_its_own_address():
    filed = file(document(item("1", "Godkendelse af dagsorden")))
    assert filed.status == ImportStatus.IMPORTED
    assert filed.meeting.state == State.PUBLISHED
    assert filed.meeting.get_absolute_url() == "/randers/beskaeftigelsesudvalget/2020-01-14/"


def test_the_term_belongs_to_the_meeting_and_not_to_the_committee():
    told = {"committee_as_printed": "Beskæftigelsesudvalget 2013-2021", "term": "2013-2021"}
    meeting = file(document(item("1", "Et punkt"), **told)).meeting
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
    file(document(item("1", "Et punkt"), municipality=None), given_municipality=_herning())
    assert Committee.objects.filter(slug="beskaeftigelsesudvalget").count() == 2


@pytest.mark.parametrize("missing", ["municipality", "committee", "date"])
def test_a_document_that_does_not_tell_whose_it_is_or_when_is_refused(missing):
    with pytest.raises(PublishingError, match="Angiv de"):
        file(document(item("1", "Et punkt"), **{missing: None}))
    assert not Meeting.objects.exists()
    assert not Committee.objects.exists()


@pytest.mark.parametrize("name", ["Personer", "sager", "Feed"])
def test_no_committee_takes_an_address_of_the_sites(name):
    with pytest.raises(PublishingError, match="et andet navn"):
        file(document(item("1", "Et punkt"), committee=name))
    assert not Committee.objects.exists()


def test_what_is_given_overrules_the_text():
    meeting = file(
        document(item("1", "Et punkt")),
        given_municipality=_herning(),
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


def test_a_letterhead_of_another_municipality_is_a_doubt_where_the_mentions_name_none():
    text = "Syddjurs Kommune\n\nREFERAT\n\nPunkt 1: Budget"
    told = document(item("1", "Budget"), text=text, municipality=None)
    stored = file(told, given_municipality=herning())
    assert stored.meeting.state == State.DRAFT
    (doubt,) = stored.reading.doubts
    assert doubt["params"] == {"printed": "Syddjurs", "stored": "Herning"}
    assert text[doubt["start"] : doubt["end"]] == "Syddjurs Kommune"


def test_a_version_that_differs_in_white_space_only_is_no_earlier_version_for_readers():
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
    assert [str(each) for each in filed.meeting.items.order_by("position")] == ["1 Budget", "2 Snerydning"]


def test_a_corrected_supplement_replaces_the_earlier_one():
    file(document(item("1", "Budget")))
    file(document(item("2", "Snerydning"), kind=MeetingKind.SUPPLEMENTARY))
    meeting = file(document(item("2", "Snerydning, rettet"), kind=MeetingKind.SUPPLEMENTARY)).meeting
    assert [each.title for each in meeting.items.order_by("position")] == ["Budget", "Snerydning, rettet"]


def test_minutes_replace_the_agenda_and_a_later_agenda_does_not_replace_the_minutes():
    agenda = document(item("1", "Budget"), document=DocumentKind.AGENDA)
    minutes = document(item("1", "Budget", decision="Godkendt.", outcome=Outcome.APPROVED))
    file(agenda)
    file(minutes)
    filed = file(document(item("1", "Budget, rettet dagsorden"), document=DocumentKind.AGENDA))
    assert filed.note == "Dagsordenen er gemt; referatet gælder."
    assert filed.meeting.items.get().decision == "Godkendt."
    assert Reading.objects.filter(current=True).count() == 1


# Versions


def test_a_corrected_version_keeps_the_older_reading_and_every_address():
    file(document(item("1", "Budget"), item("2", "Skolevej")))
    held = {each.slug: each.pk for each in AgendaItem.objects.all()}
    meeting = file(document(item("1", "Budget 2021"), item("2", "Skolevej"), item("3", "Lys"))).meeting
    now = {each.slug: each.pk for each in meeting.items.all()}
    assert now.items() >= held.items()
    assert addresses(meeting) == ["1", "2", "3"]
    assert [reading.current for reading in meeting.readings.order_by("id")] == [False, True]


def test_an_item_that_moves_keeps_its_address():
    file(
        document(item("1", "Budget", case_number="20/1"), item("2", "Skolevej", case_number="20/2")),
    )
    told = document(
        item("1", "Nyt punkt"),
        item("2", "Budget", case_number="20/1"),
        item("3", "Skolevej", case_number="20/2"),
    )
    assert addresses(file(told).meeting) == ["1-2", "1", "2"]


def test_repeated_and_missing_numbers_get_addresses_of_their_own():
    meeting = file(document(item("1", "Budget"), item("1", "Skolevej"), item(None, "Lys"))).meeting
    assert addresses(meeting) == ["1", "1-2", "3"]


def test_an_item_that_is_gone_from_the_new_version_is_gone():
    file(document(item("1", "Budget"), item("2", "Skolevej")))
    assert addresses(file(document(item("1", "Budget"))).meeting) == ["1"]
    assert SearchEntry.objects.count() == 1


def test_a_new_version_replaces_what_the_earlier_one_said():
    first = item(
        "1",
        "Budget",
        ballots=(ballot(6, 1, against_names=("Ane Holm",)),),
        attachments=("Notat",),
        absent=(Absence(name="Bo Lind"),),
        sections=(section(SectionKind.RESUME, "Kort"),),
    )
    file(document(first))
    meeting = file(document(item("1", "Budget"))).meeting
    row = meeting.items.get()
    assert not row.contested
    for related in ("ballots", "attachments", "attendances", "sections"):
        assert not getattr(row, related).exists()


def test_a_version_never_publishes_a_draft():
    file(document(item("1", "Budget")), publish=False)
    assert file(document(item("1", "Budget, rettet"))).meeting.state == State.DRAFT


def test_a_version_does_not_bring_back_what_was_withdrawn():
    publishing.withdraw(file(document(item("1", "Budget"))).meeting)
    assert file(document(item("1", "Budget, rettet"))).meeting.state == State.WITHDRAWN
    assert not SearchEntry.objects.exists()


def test_reading_again_with_the_same_facts_stores_nothing_new():
    told = document(item("1", "Budget"))
    stored = source()
    with transaction.atomic():
        publishing.ingest_document(stored, told, publish=True)
        assert publishing.ingest_rereading(stored, told).status == ImportStatus.UNCHANGED
    assert Reading.objects.count() == 1


def test_a_better_reading_reaches_the_meeting_it_was_filed_under():
    stored = source()
    with transaction.atomic():
        publishing.ingest_document(stored, document(item("1", "Budget")), publish=True)
        better = document(item("1", "Budget", decision="Godkendt."), date="2020-01-15")
        filed = publishing.ingest_rereading(stored, better)
    assert filed.status == ImportStatus.UPDATED
    assert Meeting.objects.get().date == date(2020, 1, 14)
    assert AgendaItem.objects.get().decision == "Godkendt."


# People, votes and cases


def test_named_votes_become_the_votes_of_people():
    meeting = file(
        document(
            item("1", "Budget", ballots=(ballot(6, 1, against_names=("Kasper Holm Ædelsten",)),)),
            participants=(Participant(name="Kasper Holm Ædelsten", party="A"), Participant(name="Ane Lund")),
        )
    ).meeting
    vote = Vote.objects.get()
    assert (vote.person.name, vote.choice, vote.party) == ("Kasper Holm Ædelsten", "against", None)
    assert meeting.items.get().contested
    assert Person.objects.count() == 2
    assert Attendance.objects.get(person=vote.person).party.letter == "A"


def test_a_partys_votes_are_the_partys_and_nobody_elses():
    told = ballot(5, 2, for_parties={"A": 3, "V": 2}, against_parties={"O": None, "A": 2})
    file(document(item("1", "Budget", ballots=(told,))))
    votes = {(vote.party.letter, vote.choice, vote.count) for vote in Vote.objects.all()}
    assert votes == {("A", "for", 3), ("V", "for", 2), ("O", "against", None), ("A", "against", 2)}
    assert not Person.objects.exists()
    assert Party.objects.count() == 3


def test_counts_that_are_not_printed_stay_unknown():
    file(document(item("1", "Budget", ballots=(ballot(6, None),))))
    row = Ballot.objects.get()
    assert (row.for_count, row.against_count, row.abstained_count) == (6, None, None)


def test_guests_and_groups_are_text_and_no_members():
    told = item(
        "1",
        "Budget",
        others_attending=(Guest(name="Per Vang", role="afdelingsleder"),),
        reservations=("Liste Ø",),
    )
    file(document(told))
    assert not Person.objects.exists()
    assert Attendance.objects.get().note == "afdelingsleder"
    assert Statement.objects.get().who == "Liste Ø"


def test_who_was_recused_is_told_of_once():
    away, recused = Absence(name="Eva Kirk"), Absence(name="Ane Lund", reason="inhabil")
    file(document(item("1", "Budget", absent=(away, recused), left_or_recused=(recused,))))
    assert set(Attendance.objects.values_list("name", "role")) == {
        ("Eva Kirk", "absent"),
        ("Ane Lund", "recused"),
    }


def test_statements_reservations_and_referrals_are_tied_to_their_members():
    told = item(
        "1",
        "Budget",
        reservations=("Ane Lund",),
        referred_to_council_by=("Ane Lund",),
        statements=(StatementFacts(who=("Ane Lund",), text="Det er for dyrt.", start=0, end=3),),
    )
    file(document(told))
    assert Person.objects.get().statements.count() == 3


def test_the_same_case_ties_items_of_two_meetings_together():
    file(document(item("1", "Budget", case_number="15.20.00-Ø34-1-19")))
    file(document(item("1", "Budget", case_number="15.20.00-Ø34-1-19"), date="2020-02-14"))
    assert Case.objects.get().items.count() == 2


def test_prior_decisions_and_references_are_kept_as_printed():
    told = item(
        "1",
        "Budget",
        prior_decisions=(PriorDecision(committee="Byrådet", date="2019-12-01", text="Ok", start=0, end=2),),
        references=(
            Reference(committee="Byrådet", date=None, item="386", evidence="sag 386", start=0, end=2),
        ),
    )
    row = file(document(told)).meeting.items.get()
    assert [(each.kind, each.item_number) for each in row.references.order_by("position")] == [
        ("prior_decision", ""),
        ("mention", "386"),
    ]


# Personal numbers


def numbered(title: str = "Sagen om 010203-1234", **fields) -> Document:
    """Minutes with a possible personal number, read as they come in."""
    return read(minutes(title, **fields).encode(), "referat.txt")


def test_a_document_with_a_personal_number_becomes_a_draft_and_no_row_shows_it():
    filed = file(numbered(decision="010203-1234 fik medhold."))
    row = filed.meeting.items.get()
    assert filed.meeting.state == State.DRAFT
    assert filed.cpr_matches == len(filed.reading.unresolved_cpr_matches) >= 2
    assert row.title == "Sagen om [CPR-nummer fjernet]"
    assert (row.decision, row.sections.count()) == ("", 0)
    assert "1234" not in str(filed.reading.facts)


@pytest.mark.parametrize(
    "number",
    [
        "01 02 03 - 1234",
        "01.02.1903/1234",
        "010203\n1234",
        "０１０２０３１２３４",
        "O1O2O3-1234",
        "01\u200b02031234",
    ],
)
def test_a_labelled_number_in_any_spelling_makes_a_draft_and_no_row_or_fact_shows_it(number):
    filed = file(read(minutes(decision=f"Borger med CPR-nr. {number} fik medhold.").encode(), "referat.txt"))
    stored = str(filed.reading.facts)
    assert filed.meeting.state == State.DRAFT
    assert filed.reading.unresolved_cpr_matches
    assert not any(part in stored for part in ("1234", "0203", "02 03", "02.19", "２３４", "O2O3"))


def test_a_meeting_with_a_personal_number_cannot_be_published():
    meeting = file(numbered()).meeting
    with pytest.raises(PublishingError, match="CPR"):
        publishing.publish(meeting)


def test_a_version_with_a_personal_number_does_not_replace_what_the_public_reads():
    file(read(minutes("Budget").encode(), "referat.txt"))
    filed = file(numbered("Budget for 010203-1234"))
    assert "holdt tilbage" in filed.note
    assert filed.meeting.items.get().title == "Budget"
    assert Meeting.objects.get().state == State.PUBLISHED
    assert Reading.objects.get(pending=True) == filed.reading


# Publishing and search


def test_search_holds_the_published_items_and_no_others():
    meeting = file(document(item("1", "Budget"), item("2", "Skolevej")), publish=False).meeting
    assert SearchEntry.objects.count() == 0
    publishing.publish(meeting)
    assert SearchEntry.objects.count() == 2
    publishing.withdraw(meeting)
    assert SearchEntry.objects.count() == 0


def test_a_meeting_that_was_taken_down_cannot_be_published():
    meeting = file(document(item("1", "Budget")), publish=False).meeting
    Meeting.objects.filter(pk=meeting.pk).update(state=State.TAKEN_DOWN)
    with pytest.raises(PublishingError, match="taget ned"):
        publishing.publish(meeting)


def test_filing_makes_as_many_queries_for_twenty_items_as_for_two(django_assert_max_num_queries):
    def many(count: int, day: str) -> Document:
        return document(
            *(
                item(
                    str(number),
                    f"Punkt om sag {number}",
                    case_number=f"20/{number}",
                    ballots=(ballot(5, 2, against_names=("Ane Lund", f"Bo Lind{number}")),),
                    sections=(section(SectionKind.RESUME, "Kort"),),
                    attachments=("Notat",),
                )
                for number in range(count)
            ),
            date=day,
        )

    file(many(2, "2020-01-14"))
    with django_assert_max_num_queries(48):
        file(many(20, "2020-02-14"))


def _herning():
    from minutes.models import Municipality

    return Municipality.objects.get(code="657")
