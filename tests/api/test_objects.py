"""Each object of the API has its facts, its sources and working addresses."""

import pytest

from minutes import publishing
from minutes.models import Ballot, Correction, Party, Vote
from minutes.reader.records import Participant
from tests.api.samples import API, HERE, LISTS, MEETING, full_item, publish
from tests.documents import ballot, imported, item
from tests.texts import minutes

pytestmark = pytest.mark.django_db


def test_every_object_is_at_its_id_and_has_a_page(client, get_json):
    publish()
    for kind in LISTS:
        if kind == "votes":
            continue  # parts of ballots, at the ballot's address
        rows = get_json(f"{API}/{kind}")["data"]
        assert rows, kind
        for row in rows:
            assert row["id"].startswith(f"{HERE}{API}/")
            assert get_json(row["id"])["id"] == row["id"]
            assert client.get(row["url"].removeprefix(HERE)).status_code == 200, row["url"]


def test_every_address_in_an_answer_leads_somewhere(client, get_json):
    publish()
    queue, seen = [f"{HERE}{API}/{kind}" for kind in LISTS], set()
    while queue:
        address = queue.pop()
        if address in seen:
            continue
        seen.add(address)
        response = client.get(address.removeprefix(HERE))
        assert response.status_code == 200, address
        if response["Content-Type"].startswith("application/json"):
            queue += [text for text in strings_of(response.json()) if text.startswith(HERE)]
    assert f"{HERE}{API}/items/{MEETING}/1" in seen
    assert f"{HERE}/randers/personer/ane-lund/" in seen


def strings_of(value):
    """Yield every string in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings_of(part)


def test_danish_letters_are_printed_as_they_are(client):
    publish()
    assert "Beskæftigelsesudvalget" in client.get(f"{API}/committees").content.decode()


def test_a_meeting_has_its_agenda_and_its_participants(get_json):
    publish(full_item(), item("2", "Eventuelt"))
    meeting = get_json(f"{API}/meetings/{MEETING}")
    assert meeting["date"] == "2020-01-14"
    assert meeting["start_time"] == "16:00"
    assert (meeting["item_count"], meeting["contested_count"]) == (2, 1)
    assert [row["title"] for row in meeting["items"]] == ["Cykelsti ved havnen", "Eventuelt"]
    assert [(row["role"], row["name"]) for row in meeting["attendances"]] == [
        ("present", "Ane Lund"),
        ("present", "Bo Dam"),
    ]
    assert meeting["committee"] == {
        "id": f"{HERE}{API}/committees/randers/beskaeftigelsesudvalget",
        "name": "Beskæftigelsesudvalget",
    }
    assert [source["document"] for source in meeting["sources"]] == ["minutes"]


def test_an_item_has_everything_that_is_printed_under_it(get_json):
    earlier = publish(item("386", "Cykelsti"), committee="Byrådet", date="2019-09-09", text="Byrådet")
    publish()
    agenda_item = get_json(f"{API}/items/{MEETING}/1")
    assert agenda_item["decision"].startswith("Godkendt med 6")
    assert (agenda_item["outcome"], agenda_item["contested"]) == ("approved", True)
    assert [(row["kind"], row["text"]) for row in agenda_item["sections"]] == [("resume", "Kort om stien.")]
    assert agenda_item["attachments"] == [{"title": "Kort over stien", "file": None}]
    assert {row["kind"] for row in agenda_item["statements"]} == {"remark", "reservation"}
    assert {(row["role"], row["note"]) for row in agenda_item["attendances"]} == {
        ("absent", "syg"),
        ("guest", "planchef"),
    }
    assert agenda_item["case_numbers"][0]["case"] == f"{HERE}{API}/cases/randers/05-01-00-p20-1-19"
    mention = agenda_item["references"][0]
    assert (mention["committee_name"], mention["date"], mention["item_number"]) == (
        *("Byrådet", "2019-09-09", "386"),
    )
    assert mention["meeting"] in {None, f"{HERE}{API}/meetings/{earlier.key}"}
    assert len(agenda_item["ballots"]) == 1


def test_a_ballot_has_the_fields_of_popolo(get_json):
    publish()
    [vote_event] = get_json(f"{API}/ballots")["data"]
    assert vote_event["motion"]["text"] == "Cykelsti ved havnen"
    assert vote_event["motion"]["classification"] == "main"
    assert vote_event["result"] == vote_event["motion"]["result"] == "pass"
    assert vote_event["counts"] == [{"option": "yes", "value": 6}, {"option": "no", "value": 1}]
    ane = {"id": f"{HERE}{API}/people/randers/ane-lund", "name": "Ane Lund"}
    assert vote_event["votes"] == [{"option": "no", "voter": ane, "group": None, "weight": 1}]
    assert vote_event["id"] == f"{HERE}{API}/ballots/{MEETING}/1/1"
    assert vote_event == get_json(vote_event["id"]) == get_json(f"{API}/items/{MEETING}/1")["ballots"][0]


def test_a_vote_of_a_party_has_a_group_and_no_voter(get_json):
    publish(full_item(ballots=(ballot(6, None),)))
    party = Party.objects.create(
        municipality_id=Ballot.objects.get().item.meeting.committee.municipality_id,
        letter="A",
        name="Socialdemokratiet",
    )
    Vote.objects.create(ballot=Ballot.objects.get(), party=party, choice="for", count=6)
    [vote_event] = get_json(f"{API}/ballots", group="A")["data"]
    assert vote_event["votes"] == [
        {"option": "yes", "voter": None, "group": {"letter": "A", "name": "Socialdemokratiet"}, "weight": 6}
    ]
    assert get_json(f"{API}/ballots", group="B")["data"] == []


def test_a_case_is_a_paper_with_its_consultations(get_json):
    publish()
    publish(full_item(title="Cykelsti igen"), date="2020-02-04", text="senere")
    case = get_json(f"{API}/cases/randers/05-01-00-p20-1-19")
    assert (case["reference"], case["name"]) == ("05.01.00-P20-1-19", "Cykelsti igen")
    assert (case["consultation_count"], case["first_date"], case["latest_date"]) == (
        *(2, "2020-01-14", "2020-02-04"),
    )
    assert [row["agendaItem"] for row in case["consultation"]] == [
        f"{HERE}{API}/items/{MEETING}/1",
        f"{HERE}{API}/items/randers/beskaeftigelsesudvalget/2020-02-04/1",
    ]
    assert [row["title"] for row in get_json(case["items"])["data"]] == [
        "Cykelsti igen",
        "Cykelsti ved havnen",
    ]


def test_a_case_has_a_bounded_number_of_consultations(get_json, monkeypatch):
    monkeypatch.setattr("minutes.api.cases.MOST_CONSULTATIONS", 1)
    publish(full_item("1"), full_item("2"))
    case = get_json(f"{API}/cases/randers/05-01-00-p20-1-19")
    assert (case["consultation_count"], len(case["consultation"])) == (2, 1)


def test_a_person_has_the_committees_they_took_part_in(get_json):
    publish()
    publish(item("1", "Budget"), date="2020-02-04", text="senere")
    publish(item("1", "Budget"), committee="Byrådet", date="2019-02-04", text="byrådet")
    ane = get_json(f"{API}/people/randers/ane-lund")
    assert [(row["organization"]["name"], row["meeting_count"]) for row in ane["participations"]] == [
        ("Beskæftigelsesudvalget", 2),
        ("Byrådet", 1),
    ]
    assert (ane["participations"][0]["first_meeting"], ane["participations"][0]["latest_meeting"]) == (
        *("2020-01-14", "2020-02-04"),
    )
    assert len(get_json(ane["ballots"])["data"]) == 1


def test_a_person_has_the_parties_printed_with_their_name(get_json):
    for day, party in (("2018-02-04", "V"), ("2019-02-04", "Venstre"), ("2020-03-03", "Løsgænger")):
        of_party = (Participant(name="Ane Lund", party=party),)
        publish(item("1", "Budget"), date=day, text=day, participants=of_party)
    ane = get_json(f"{API}/people/randers/ane-lund")
    independent, venstre = ane["memberships"]
    assert (independent["name"], independent["letter"], independent["url"]) == ("Løsgænger", None, None)
    assert venstre == {
        "letter": "V",
        "name": "Venstre",
        "url": "http://testserver/randers/partier/v/",
        "first_printed": "2018-02-04",
        "latest_printed": "2019-02-04",
    }


def test_a_source_is_the_passage_of_a_fact(client, get_json):
    decision = "Godkendt med 6 stemmer for og 1 stemme imod. Imod stemte Ane Lund."
    imported(minutes("Cykelsti", decision=decision))
    [vote_event] = get_json(f"{API}/ballots")["data"]
    source = vote_event["source"]
    text = client.get(source["text"].removeprefix(HERE)).content.decode()
    assert text[source["start"] : source["end"]] == vote_event["text"]
    assert "<mark>" in client.get(source["url"].removeprefix(HERE).split("#")[0]).content.decode()
    [of_decision] = get_json(f"{API}/items/{MEETING}/1")["sources"]
    assert "Godkendt med 6" in text[of_decision["start"] : of_decision["end"]]


def test_masks_are_replaced_by_words(get_json):
    publish(full_item(title="Om ███████████ igen", decision="▓▓▓▓▓ er godkendt."))
    agenda_item = get_json(f"{API}/items/{MEETING}/1")
    assert agenda_item["title"] == "Om [CPR-nummer fjernet] igen"
    assert agenda_item["decision"] == "[Fjernet] er godkendt."
    assert agenda_item["ballots"][0]["motion"]["text"] == agenda_item["title"]
    assert get_json(f"{API}/search", q="godkendt")["data"][0]["title"] == agenda_item["title"]


def test_an_item_lists_its_corrections(get_json):
    meeting = imported(minutes("Cykelsti"))
    publishing.correct(
        meeting, meeting.items.get(), Correction.Field.TITLE, "Cykelstien", by=None, reason="Skrivefejl"
    )
    agenda_item = get_json(f"{API}/items/{MEETING}/1")
    assert agenda_item["title"] == "Cykelstien"
    assert [row["field"] for row in agenda_item["corrections"]] == ["title"]
