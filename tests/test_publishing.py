"""The rows of a published meeting, and what is not published."""

import pytest

from minutes import publishing
from minutes.models import (
    Attendance,
    Ballot,
    Case,
    Meeting,
    Party,
    Person,
    Reading,
    SearchEntry,
    Statement,
    Vote,
)
from minutes.models.states import State
from minutes.publishing import PublishingError
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
from minutes.vocabulary import SectionKind
from tests.documents import ballot, document, file, item, section
from tests.texts import minutes

pytestmark = pytest.mark.django_db


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


def test_a_partys_votes_are_not_its_members():
    facts = ballot(5, 2, for_parties={"A": 3, "V": 2}, against_parties={"O": None, "A": 2})
    file(document(item("1", "Budget", ballots=(facts,))))
    votes = {(vote.party.letter, vote.choice, vote.count) for vote in Vote.objects.all()}
    assert votes == {("A", "for", 3), ("V", "for", 2), ("O", "against", None), ("A", "against", 2)}
    assert not Person.objects.exists()
    assert Party.objects.count() == 3


def test_counts_that_are_not_printed_stay_unknown():
    file(document(item("1", "Budget", ballots=(ballot(6, None),))))
    row = Ballot.objects.get()
    assert (row.for_count, row.against_count, row.abstained_count) == (6, None, None)


def test_guests_and_groups_are_not_members():
    facts = item(
        "1",
        "Budget",
        others_attending=(Guest(name="Per Vang", role="afdelingsleder"),),
        reservations=("Liste Ø",),
    )
    file(document(facts))
    assert not Person.objects.exists()
    assert Attendance.objects.get().note == "afdelingsleder"
    assert Statement.objects.get().who == "Liste Ø"


def test_a_recused_member_has_one_row():
    away, recused = Absence(name="Eva Kirk"), Absence(name="Ane Lund", reason="inhabil")
    file(document(item("1", "Budget", absent=(away, recused), left_or_recused=(recused,))))
    assert set(Attendance.objects.values_list("name", "role")) == {
        ("Eva Kirk", "absent"),
        ("Ane Lund", "recused"),
    }


def test_statements_reservations_and_referrals_are_linked_to_members():
    facts = item(
        "1",
        "Budget",
        reservations=("Ane Lund",),
        referred_to_council_by=("Ane Lund",),
        statements=(StatementFacts(who=("Ane Lund",), text="Det er for dyrt.", start=0, end=3),),
    )
    file(document(facts))
    assert Person.objects.get().statements.count() == 3


def test_items_of_two_meetings_share_a_case():
    file(document(item("1", "Budget", case_number="15.20.00-Ø34-1-19")))
    file(document(item("1", "Budget", case_number="15.20.00-Ø34-1-19"), date="2020-02-14"))
    assert Case.objects.get().items.count() == 2


def test_prior_decisions_and_references_are_stored_as_printed():
    facts = item(
        "1",
        "Budget",
        prior_decisions=(PriorDecision(committee="Byrådet", date="2019-12-01", text="Ok", start=0, end=2),),
        references=(
            Reference(committee="Byrådet", date=None, item="386", evidence="sag 386", start=0, end=2),
        ),
    )
    row = file(document(facts)).meeting.items.get()
    assert [(row.kind, row.item_number) for row in row.references.order_by("position")] == [
        ("prior_decision", ""),
        ("mention", "386"),
    ]


# CPR numbers


def numbered(title: str = "Sagen om 010203-1234", **fields) -> Document:
    """Minutes with a possible personal number, read as they come in."""
    return read(minutes(title, **fields).encode(), "referat.txt")


def test_a_document_with_a_possible_cpr_number_becomes_a_draft_without_public_rows():
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


def test_a_meeting_with_a_possible_cpr_number_cannot_be_published():
    meeting = file(numbered()).meeting
    with pytest.raises(PublishingError, match="CPR"):
        publishing.publish(meeting)


def test_a_version_with_a_possible_cpr_number_does_not_replace_a_public_one():
    file(read(minutes("Budget").encode(), "referat.txt"))
    filed = file(numbered("Budget for 010203-1234"))
    assert "holdt tilbage" in filed.note
    assert filed.meeting.items.get().title == "Budget"
    assert Meeting.objects.get().state == State.PUBLISHED
    assert Reading.objects.get(pending=True) == filed.reading


# Publishing and search


def test_only_published_items_are_indexed():
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


def test_ingest_makes_as_many_queries_for_twenty_items_as_for_two(django_assert_max_num_queries):
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
    with django_assert_max_num_queries(50):
        file(many(20, "2020-02-14"))
