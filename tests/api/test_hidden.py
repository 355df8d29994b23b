"""Nothing that is not public is in the API."""

from datetime import date

import pytest

from minutes import publishing
from minutes.models import CommitteeAlias
from tests.api.samples import API, HERE, LISTS, MEETING, full_item, publish
from tests.documents import ballot, document, file, herning, imported, item
from tests.texts import minutes

pytestmark = pytest.mark.django_db


def test_a_closed_item_has_only_its_heading_and_a_printed_decision(get_json):
    publish(full_item("1", "Lukket sag", closed=True), full_item("2", "Uden", closed=True, decision=None))
    decided = get_json(f"{API}/items/{MEETING}/1")
    assert decided["closed"]
    assert decided["decision"].startswith("Godkendt")
    assert len(decided["ballots"]) == 1
    silent = get_json(f"{API}/items/{MEETING}/2")
    assert (silent["decision"], silent["sources"], silent["ballots"]) == (None, [], [])
    for closed in (decided, silent):
        for kind in ("sections", "attachments", "statements", "attendances", "references"):
            assert closed[kind] == []
    assert len(get_json(f"{API}/ballots")["data"]) == 1


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_an_unpublished_meeting_is_in_no_list_and_at_no_address(client, get_json, problem, state):
    publish(item("1", "Cykelsti"))
    canary = full_item("7", "Kanariefugl", ballots=(ballot(3, 2, against_names=("Kanariefugl Hansen",)),))
    fields = {"committee": "Kanariefugludvalget", "date": "2020-02-14", "text": "Kanariefugl"}
    hidden = file(document(canary, **fields), publish=state != "draft").meeting
    elsewhere = file(
        document(canary, **{**fields, "municipality": None, "text": "Kanariefugl to"}),
        publish=state != "draft",
        given_municipality=herning(),
    ).meeting
    for meeting in (hidden, elsewhere):
        if state == "withdrawn":
            publishing.withdraw(meeting)
        problem(f"{API}/meetings/{meeting.key}", 404)
        problem(f"{API}/items/{meeting.key}/7", 404)
        problem(f"{API}/ballots/{meeting.key}/7/1", 404)
    for kind in LISTS:
        body = client.get(f"{API}/{kind}").content.decode()
        assert "anariefugl" not in body, kind
        assert "erning" not in body, kind
    assert get_json(f"{API}/search", q="kanariefugl")["data"] == []
    problem(f"{API}/municipalities/herning", 404)
    problem(f"{API}/committees/randers/kanariefugludvalget", 404)
    problem(f"{API}/people/randers/kanariefugl-hansen", 404)
    problem(f"{API}/cases/randers/05-01-00-p20-1-19", 404)
    problem(f"{API}/ballots?voter=kanariefugl-hansen", 400)
    problem(f"{API}/meetings?municipality=herning", 400)
    problem(f"{API}/items?case=05-01-00-p20-1-19", 400)


def test_a_reference_to_a_hidden_meeting_has_no_address(get_json):
    hidden = publish(item("386", "Skjult"), committee="Byrådet", date="2019-09-09", text="Byrådet")
    meeting = publish()
    meeting.items.get().references.update(target_meeting=hidden, target_item=hidden.items.get())
    assert get_json(f"{API}/items/{MEETING}/1")["references"][0]["agenda_item"].endswith("2019-09-09/386")
    publishing.withdraw(hidden)
    mention = get_json(f"{API}/items/{MEETING}/1")["references"][0]
    assert (mention["meeting"], mention["agenda_item"]) == (None, None)


def test_a_meeting_and_an_item_that_were_taken_down_answer_410(problem):
    meeting = imported(minutes("Cykelsti", "Sag to"))
    publishing.take_down_item(meeting.items.get(slug="2"), by=None, reason="Efter anmodning")
    problem(f"{API}/items/{MEETING}/2", 410)
    publishing.take_down_meeting(meeting, by=None, reason="Efter anmodning")
    assert problem(f"{API}/meetings/{MEETING}", 410)["title"] == "Gone"
    problem(f"{API}/items/{MEETING}/1", 410)


def test_a_former_address_redirects_to_the_present_one(client):
    meeting = imported(minutes("Cykelsti"))
    CommitteeAlias.objects.create(committee=meeting.committee, name="Jobudvalget", slug="jobudvalget")
    publishing.move(meeting, day=date(2020, 1, 15), committee=meeting.committee.name, by=None)
    moved = MEETING.replace("01-14", "01-15")
    for former, new in (
        (f"meetings/{MEETING}", f"meetings/{moved}"),
        (f"items/{MEETING}/1", f"items/{moved}/1"),
        ("committees/randers/jobudvalget", "committees/randers/beskaeftigelsesudvalget"),
    ):
        response = client.get(f"{API}/{former}")
        assert (response.status_code, response["Location"]) == (301, f"{HERE}{API}/{new}")
