"""People of one name stay apart: by the roster, and by what staff decided."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from minutes import publishing
from minutes.models import Attendance, Change, Committee, DeducedVote, Meeting, Person, PersonSplit, Vote
from minutes.publishing import NamesakeMinutes
from minutes.reader.records import MemberVote, Movement, Participant
from minutes.vocabulary import VoteChoice, VoteKnown
from tests.documents import ballot, document, file, item
from tests.exports import empty_archive, export, restore
from tests.pages import text_of

pytestmark = pytest.mark.django_db

NAME, ADDRESS = "Jens Holm", "/randers/personer/jens-holm/"


def listed(*parties: str | None) -> tuple[Participant, ...]:
    return tuple(Participant(name=NAME, party=party) for party in parties)


def meeting(day: str, *parties: str | None, against: tuple[str | None, ...] = (), **fields) -> Meeting:
    """Publish a meeting with Jens Holm listed with each of the parties, and voting against with others."""
    votes = tuple(MemberVote(name=NAME, party=party, choice=VoteChoice.AGAINST) for party in against)
    facts = ballot(4, len(votes), against_names=(NAME,) * len(votes), votes=votes)
    items = item("1", f"Sti {day}", decision="Godkendt.", ballots=(facts,) if votes else ())
    return file(document(items, date=f"2020-{day}", participants=listed(*parties), **fields)).meeting


def people() -> dict[str, int]:
    """The people by name and distinction, with the number of meetings that list them."""
    return {
        str(person): person.attendances.filter(item=None).values("meeting").distinct().count()
        for person in Person.objects.order_by("id")
    }


def split(parties=(), committees=(), meetings=(), **fields) -> Person:
    minutes = NamesakeMinutes(parties, committees, meetings)
    return publishing.split_namesake(Person.objects.get(slug="jens-holm"), minutes, by=None, **fields)


# The roster


def test_two_of_one_name_in_a_list_are_two_people():
    meeting("01-14", "A", "V")
    assert people() == {"Jens Holm (A)": 1, "Jens Holm (V)": 1}
    assert list(Person.objects.values_list("slug", flat=True)) == ["jens-holm", "jens-holm-2"]


def test_the_one_who_is_in_most_lists_keeps_the_address():
    meeting("01-14", "V")
    meeting("02-14", "A", "V")
    assert people() == {"Jens Holm (V)": 2, "Jens Holm (A)": 1}


def test_earlier_and_later_minutes_follow_by_party(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for day in ("01-14", "02-14"):
            meeting(day, "A")
        meeting("03-14", "V", against=("V",))
        meeting("04-14", None)
        meeting("05-14", "A", "V")
    meeting("06-14", "V")
    assert people() == {"Jens Holm (A)": 4, "Jens Holm (V)": 3}
    assert str(Vote.objects.get(person__isnull=False).person) == "Jens Holm (V)"


def test_the_same_lists_again_create_nobody():
    meeting("01-14", "A", "V")
    meeting("02-14", "V", "A")
    publishing.project(Meeting.objects.get(date="2020-01-14"))
    assert people() == {"Jens Holm (A)": 2, "Jens Holm (V)": 2}
    assert PersonSplit.objects.count() == 1


def test_a_third_party_in_a_list_is_a_third_person():
    meeting("01-14", "A", "V")
    meeting("02-14", "A", "O", "V")
    assert people() == {"Jens Holm (A)": 2, "Jens Holm (V)": 2, "Jens Holm (O)": 1}


@pytest.mark.parametrize("parties", [("A", "A"), ("A", None), ("V", "Venstre"), ("V", "v")])
def test_one_name_twice_without_two_letters_is_one_person(parties):
    meeting("01-14", *parties)
    assert Person.objects.count() == 1


def test_votes_of_both_are_kept_apart_by_the_party_at_the_vote():
    meeting("01-14", "A", "V", against=("V", "A"))
    assert {(str(vote.person), vote.printed_party.letter) for vote in Vote.objects.all()} == {
        ("Jens Holm (A)", "A"),
        ("Jens Holm (V)", "V"),
    }


def test_a_name_that_can_be_either_is_nobodys():
    facts = ballot(4, 1, against_names=(NAME,))
    left = Movement(name=NAME, time="17:00")
    agenda = item("1", "Sti", decision="Godkendt.", ballots=(facts,))
    file(document(agenda, participants=listed("A", "V"), departures=(left,)))
    assert not Vote.objects.exists()
    assert Attendance.objects.get(role="left").person is None


def test_a_deduced_vote_is_of_the_one_with_the_party():
    deduced = MemberVote(name=NAME, party="V", choice=VoteChoice.FOR, known=VoteKnown.DEDUCED)
    facts = ballot(
        1,
        1,
        against_names=(NAME,),
        votes=(MemberVote(name=NAME, party="A", choice=VoteChoice.AGAINST), deduced),
    )
    file(document(item("1", "Sti", decision="Godkendt.", ballots=(facts,)), participants=listed("A", "V")))
    assert str(Vote.objects.get().person) == "Jens Holm (A)"
    assert str(DeducedVote.objects.get().person) == "Jens Holm (V)"


# Staff


CHOICES = {
    "party": lambda: {"parties": ["V"]},
    "committee": lambda: {"committees": [Committee.objects.get(slug="kulturudvalget")]},
    "meetings": lambda: {"meetings": [Meeting.objects.get(date="2020-02-14")]},
}


@pytest.mark.parametrize("choice", CHOICES)
def test_staff_split_a_name_by_party_committee_or_meetings(choice):
    meeting("01-14", "A", against=("A",))
    second = meeting("02-14", "V", against=("V",), committee="Kulturudvalget")
    namesake = split(**CHOICES[choice](), distinctions=("", "den anden"))
    assert people() == {"Jens Holm": 1, "Jens Holm (den anden)": 1}
    assert list(Vote.objects.order_by("id").values_list("person__slug", flat=True)) == [
        "jens-holm",
        "jens-holm-2",
    ]
    assert Change.objects.latest("id").kind == Change.Kind.PARTED
    publishing.project(second)
    assert namesake.attendances.count() == 1


def test_a_split_holds_for_a_new_version_of_the_minutes():
    meeting("01-14", "A")
    second = meeting("02-14", None)
    namesake = split(meetings=[second])
    again = document(item("1", "Sti"), item("2", "Bro"), date="2020-02-14", participants=listed(None))
    assert file(again).meeting == second
    assert namesake.attendances.get().meeting == second


def test_a_meeting_decides_before_a_party_and_a_party_before_a_committee():
    place = {"committee": "Kulturudvalget"}
    meeting("01-14", "A")
    meeting("02-14", "B", **place)
    third = meeting("03-14", "V", **place)
    by_committee = split(committees=[third.committee], distinctions=("", "Kultur"))
    by_party = publishing.split_namesake(
        by_committee, NamesakeMinutes(["V"]), distinctions=("", "V"), by=None
    )
    assert people() == {"Jens Holm": 1, "Jens Holm (Kultur)": 1, "Jens Holm (V)": 1}
    assert by_party.attendances.get().meeting == third


def test_more_can_be_moved_to_the_same_namesake():
    meeting("01-14", "A")
    second, third = meeting("02-14", None), meeting("03-14", None)
    namesake = split(meetings=[second])
    assert split(meetings=[third], namesake=namesake) == namesake
    assert namesake.attendances.count() == 2


@pytest.mark.parametrize("parties", [(), ("O",), ("A",)])
def test_a_split_that_moves_nothing_or_everything_is_refused(parties):
    meeting("01-14", "A")
    with pytest.raises(publishing.PublishingError):
        split(parties=parties)
    assert Person.objects.count() == 1
    assert not PersonSplit.objects.exists()


def test_a_preview_says_what_moves_and_changes_nothing():
    meeting("01-14", "A")
    meeting("02-14", "V", against=("V",))
    meeting("03-14", "V")
    preview = publishing.preview_split(Person.objects.get(), NamesakeMinutes(["V"]))
    assert [len(rows.meetings) for rows in (preview.moved, preview.left)] == [2, 1]
    assert (preview.moved.votes, preview.left.votes, preview.moves_most) == (1, 0, True)
    assert people() == {"Jens Holm": 3}


def test_merging_the_two_undoes_the_split_and_the_address_redirects(client):
    meeting("01-14", "A")
    meeting("02-14", "V")
    namesake = split(parties=["V"])
    publishing.merge(Person.objects.get(slug="jens-holm"), namesake, by=None)
    assert people() == {"Jens Holm": 2}
    assert not PersonSplit.objects.exists()
    assert client.get("/randers/personer/jens-holm-2/").headers["Location"] == ADDRESS


def test_the_splits_of_a_merged_spelling_still_hold():
    meeting("01-14", "A")
    meeting("02-14", "V")
    namesake = split(parties=["V"])
    file(
        document(
            item("1", "Sti"), date="2020-03-14", participants=(Participant(name="Jens P. Holm", party="A"),)
        )
    )
    other = Person.objects.get(slug="jens-p-holm")
    publishing.merge(other, Person.objects.get(slug="jens-holm"), by=None)
    meeting("04-14", "V")
    assert namesake.attendances.count() == 2


def test_staff_see_what_moves_before_they_split(admin_client):
    meeting("01-14", "A")
    meeting("02-14", "V")
    person = Person.objects.get()
    address = reverse("admin:minutes_person_split_namesake", args=[person.pk])
    assert "Er Jens Holm i Randers to personer" in text_of(admin_client.get(address))
    assert admin_client.post(address, {"action": "preview"}).status_code == 400
    seen = text_of(admin_client.post(address, {"action": "preview", "parties": ["V"]}))
    assert "Det flyttes 1 møde" in seen
    assert Person.objects.count() == 1
    admin_client.post(address, {"action": "split", "parties": ["V"], "distinction": "A"})
    assert people() == {"Jens Holm (A)": 1, "Jens Holm (V)": 1}
    assert "Jens Holm (V)" in text_of(
        admin_client.get(reverse("admin:minutes_person_change", args=[person.pk]))
    )


# Pages


def test_each_page_names_the_other_person(client):
    meeting("01-14", "A", "V")
    first, second = text_of(client.get(ADDRESS)), text_of(client.get("/randers/personer/jens-holm-2/"))
    assert "Der er en anden af samme navn: Jens Holm (V)" in first
    assert "Der er en anden af samme navn: Jens Holm (A)" in second
    record = client.get("/api/v1/people/randers/jens-holm-2").json()
    assert (record["name"], record["distinction"]) == (NAME, "V")


def test_a_search_for_the_name_finds_both(client):
    meeting("01-14", "A", "V")
    seen = text_of(client.get("/soeg/?q=jens+holm"))
    assert "Jens Holm (A)" in seen
    assert "Jens Holm (V)" in seen


def test_an_address_whose_minutes_are_all_the_namesakes_lists_them(client):
    meeting("01-14", "A")
    last = meeting("02-14", "V")
    split(parties=["V"], distinctions=("A", "V"))
    publishing.withdraw(Meeting.objects.get(date="2020-01-14"), by=None)
    seen = text_of(client.get(ADDRESS))
    assert "Jens Holm i Randers er: Jens Holm (V)" in seen
    publishing.withdraw(last, by=None)
    assert client.get(ADDRESS).status_code == 404


def test_an_export_has_the_splits(tmp_path):
    meeting("01-14", "A")
    second, third = meeting("02-14", "V"), meeting("03-14", None)
    namesake = split(parties=["V"], distinctions=("A", "V"))
    split(meetings=[third], namesake=namesake)
    before = export(tmp_path / "1")
    empty_archive()
    restore(tmp_path / "1")
    assert export(tmp_path / "2") == before
    assert people() == {"Jens Holm (A)": 1, "Jens Holm (V)": 2}
    publishing.project(*Meeting.objects.with_places().filter(pk__in=[second.pk, third.pk]))
    assert people() == {"Jens Holm (A)": 1, "Jens Holm (V)": 2}


def test_loading_namesakes_takes_as_many_queries_for_ten_people_as_for_one():
    counts = []
    for number, day in ((1, "01-14"), (10, "02-14")):
        names = [Participant(name=f"Ane {letter}ik", party="A") for letter in "ABCDEFGHIJ"[:number]]
        row = file(
            document(item("1", "Sti"), date=f"2020-{day}", participants=(*listed("A", "V"), *names))
        ).meeting
        with CaptureQueriesContext(
            connection,
        ) as queries:
            publishing.project(row)
        counts.append(len(queries))
    assert counts[0] == counts[1]
