"""The JSON API, as a program meets it."""

from datetime import date, timedelta
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from minutes import publishing
from minutes.models import Ballot, CommitteeAlias, Correction, Meeting, Party, Vote
from minutes.reader.records import Absence, Guest, Participant, Reference, Statement
from minutes.vocabulary import Outcome, SectionKind
from tests.documents import ballot, document, file, herning, imported, item, section
from tests.texts import minutes

pytestmark = pytest.mark.django_db

HERE = "http://testserver"
API = "/api/v1"
MEETING = "randers/beskaeftigelsesudvalget/2020-01-14"
LISTS = ("municipalities", "committees", "meetings", "items", "ballots", "people", "cases", "search")


def rich_item(number: str = "1", title: str = "Cykelsti ved havnen", **fields):
    """An item with something of everything."""
    told = {
        "case_number": "05.01.00-P20-1-19",
        "decision": "Godkendt med 6 stemmer for og 1 stemme imod. Imod stemte Ane Lund.",
        "outcome": Outcome.APPROVED,
        "sections": (
            section(SectionKind.RESUME, "Kort om stien.", "Resume"),
            section(SectionKind.DECISION, "Godkendt.", "Beslutning"),
        ),
        "attachments": ("Kort over stien",),
        "ballots": (ballot(6, 1, against_names=("Ane Lund",)),),
        "reservations": ("Bo Dam",),
        "statements": (Statement(who=("Ane Lund",), text="det er for dyrt", start=0, end=5),),
        "absent": (Absence(name="Eva Kirk", reason="syg"),),
        "others_attending": (Guest(name="Per Vang", role="planchef"),),
        "references": (
            Reference(committee="Byrådet", date="2019-09-09", item="386", evidence="x", start=0, end=4),
        ),
    }
    return item(number, title, **{**told, **fields})


def rich(*items, **fields) -> Meeting:
    present = (Participant(name="Ane Lund"), Participant(name="Bo Dam"))
    told = document(*(items or (rich_item(),)), **{"participants": present, **fields})
    return file(told).meeting


@pytest.fixture
def told(client):
    """What the API tells at an address, which must be there."""

    def told(address: str, **asked):
        response = client.get(address.removeprefix(HERE), asked)
        assert response.status_code == 200, response.content
        assert response["Content-Type"].startswith("application/json")
        return response.json()

    return told


@pytest.fixture
def problem(client):
    """The problem at an address: of this status, as RFC 9457 has it."""

    def problem(address: str, status: int, method: str = "get"):
        response = getattr(client, method)(address)
        assert response.status_code == status, response.content
        assert response["Content-Type"] == "application/problem+json"
        said = response.json()
        assert (said["status"], said["type"]) == (status, "about:blank")
        assert said["instance"] == urlsplit(address).path
        return said

    return problem


# Objects


def test_every_object_is_at_its_id_and_has_a_page(client, told):
    rich()
    for kind in LISTS:
        found = told(f"{API}/{kind}")["data"]
        assert found, kind
        for each in found:
            assert each["id"].startswith(f"{HERE}{API}/")
            assert told(each["id"])["id"] == each["id"]
            assert client.get(each["url"].removeprefix(HERE)).status_code == 200, each["url"]


def test_every_address_in_an_answer_leads_somewhere(client, told):
    rich()
    waiting, seen = [f"{HERE}{API}/{kind}" for kind in LISTS], set()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        response = client.get(address.removeprefix(HERE))
        assert response.status_code == 200, address
        if response["Content-Type"].startswith("application/json"):
            waiting += [each for each in strings_of(response.json()) if each.startswith(HERE)]
    assert f"{HERE}{API}/items/{MEETING}/1" in seen
    assert f"{HERE}/randers/personer/ane-lund/" in seen


def strings_of(told):
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list):
        for each in told.values() if isinstance(told, dict) else told:
            yield from strings_of(each)


def test_danish_letters_are_printed_as_they_are(client):
    rich()
    assert "Beskæftigelsesudvalget" in client.get(f"{API}/committees").content.decode()


def test_a_meeting_has_its_agenda_and_those_who_were_there(told):
    rich(rich_item(), item("2", "Eventuelt"))
    meeting = told(f"{API}/meetings/{MEETING}")
    assert meeting["date"] == "2020-01-14"
    assert meeting["start_time"] == "16:00"
    assert (meeting["item_count"], meeting["contested_count"]) == (2, 1)
    assert [each["title"] for each in meeting["items"]] == ["Cykelsti ved havnen", "Eventuelt"]
    assert [(each["role"], each["name"]) for each in meeting["attendances"]] == [
        ("present", "Ane Lund"),
        ("present", "Bo Dam"),
    ]
    assert meeting["committee"] == {
        "id": f"{HERE}{API}/committees/randers/beskaeftigelsesudvalget",
        "name": "Beskæftigelsesudvalget",
    }
    assert [each["document"] for each in meeting["sources"]] == ["minutes"]


def test_an_item_has_all_that_is_printed_under_it(told):
    earlier = rich(item("386", "Cykelsti"), committee="Byrådet", date="2019-09-09", text="Byrådet")
    rich()
    found = told(f"{API}/items/{MEETING}/1")
    assert found["decision"].startswith("Godkendt med 6")
    assert (found["outcome"], found["contested"]) == ("approved", True)
    assert [(each["kind"], each["text"]) for each in found["sections"]] == [("resume", "Kort om stien.")]
    assert found["attachments"] == [{"title": "Kort over stien"}]
    assert {each["kind"] for each in found["statements"]} == {"remark", "reservation"}
    assert {(each["role"], each["note"]) for each in found["attendances"]} == {
        ("absent", "syg"),
        ("guest", "planchef"),
    }
    assert found["case_numbers"][0]["case"] == f"{HERE}{API}/cases/randers/05-01-00-p20-1-19"
    mention = found["references"][0]
    assert (mention["committee_name"], mention["date"], mention["item_number"]) == (
        *("Byrådet", "2019-09-09", "386"),
    )
    assert mention["meeting"] in {None, f"{HERE}{API}/meetings/{earlier.key}"}
    assert len(found["ballots"]) == 1


def test_a_ballot_is_told_in_popolos_terms(told):
    rich()
    [found] = told(f"{API}/ballots")["data"]
    assert found["motion"]["text"] == "Cykelsti ved havnen"
    assert found["motion"]["classification"] == "main"
    assert found["result"] == found["motion"]["result"] == "pass"
    assert found["counts"] == [{"option": "yes", "value": 6}, {"option": "no", "value": 1}]
    ane = {"id": f"{HERE}{API}/people/randers/ane-lund", "name": "Ane Lund"}
    assert found["votes"] == [{"option": "no", "voter": ane, "group": None, "weight": 1}]
    assert found["id"] == f"{HERE}{API}/ballots/{MEETING}/1/1"
    assert found == told(found["id"]) == told(f"{API}/items/{MEETING}/1")["ballots"][0]


def test_a_partys_vote_is_a_groups_and_nobodys(told):
    rich(rich_item(ballots=(ballot(6, None),)))
    party = Party.objects.create(
        municipality_id=Ballot.objects.get().item.meeting.committee.municipality_id,
        letter="A",
        name="Socialdemokratiet",
    )
    Vote.objects.create(ballot=Ballot.objects.get(), party=party, choice="for", count=6)
    [found] = told(f"{API}/ballots", group="A")["data"]
    assert found["votes"] == [
        {"option": "yes", "voter": None, "group": {"letter": "A", "name": "Socialdemokratiet"}, "weight": 6}
    ]
    assert told(f"{API}/ballots", group="B")["data"] == []


def test_a_case_is_a_paper_with_its_consultations(told):
    rich()
    rich(rich_item(title="Cykelsti igen"), date="2020-02-04", text="senere")
    case = told(f"{API}/cases/randers/05-01-00-p20-1-19")
    assert (case["reference"], case["name"]) == ("05.01.00-P20-1-19", "Cykelsti igen")
    assert (case["consultation_count"], case["first_date"], case["latest_date"]) == (
        *(2, "2020-01-14", "2020-02-04"),
    )
    assert [each["agendaItem"] for each in case["consultation"]] == [
        f"{HERE}{API}/items/{MEETING}/1",
        f"{HERE}{API}/items/randers/beskaeftigelsesudvalget/2020-02-04/1",
    ]
    assert [each["title"] for each in told(case["items"])["data"]] == ["Cykelsti igen", "Cykelsti ved havnen"]


def test_a_case_tells_a_bounded_number_of_consultations(told, monkeypatch):
    monkeypatch.setattr("minutes.api.cases.MOST_CONSULTATIONS", 1)
    rich(rich_item("1"), rich_item("2"))
    case = told(f"{API}/cases/randers/05-01-00-p20-1-19")
    assert (case["consultation_count"], len(case["consultation"])) == (2, 1)


def test_a_person_has_the_committees_they_took_part_in(told):
    rich()
    rich(item("1", "Budget"), date="2020-02-04", text="senere")
    rich(item("1", "Budget"), committee="Byrådet", date="2019-02-04", text="byrådet")
    ane = told(f"{API}/people/randers/ane-lund")
    assert [(each["organization"]["name"], each["meeting_count"]) for each in ane["participations"]] == [
        ("Beskæftigelsesudvalget", 2),
        ("Byrådet", 1),
    ]
    assert (ane["participations"][0]["first_meeting"], ane["participations"][0]["latest_meeting"]) == (
        *("2020-01-14", "2020-02-04"),
    )
    assert len(told(ane["ballots"])["data"]) == 1


def test_a_source_marks_the_words_of_a_fact(client, told):
    voted = "Godkendt med 6 stemmer for og 1 stemme imod. Imod stemte Ane Lund."
    imported(minutes("Cykelsti", decision=voted))
    [found] = told(f"{API}/ballots")["data"]
    source = found["source"]
    text = client.get(source["text"].removeprefix(HERE)).content.decode()
    assert text[source["start"] : source["end"]] == found["text"]
    assert "<mark>" in client.get(source["url"].removeprefix(HERE).split("#")[0]).content.decode()
    [of_decision] = told(f"{API}/items/{MEETING}/1")["sources"]
    assert "Godkendt med 6" in text[of_decision["start"] : of_decision["end"]]


def test_covered_text_is_told_as_such(told):
    rich(rich_item(title="Om ███████████ igen", decision="▓▓▓▓▓ er godkendt."))
    found = told(f"{API}/items/{MEETING}/1")
    assert found["title"] == "Om [CPR-nummer fjernet] igen"
    assert found["decision"] == "[Fjernet] er godkendt."
    assert found["ballots"][0]["motion"]["text"] == found["title"]
    assert told(f"{API}/search", q="godkendt")["data"][0]["title"] == found["title"]


def test_a_correction_is_told(told):
    meeting = imported(minutes("Cykelsti"))
    publishing.correct(
        meeting, meeting.items.get(), Correction.Field.TITLE, "Cykelstien", by=None, reason="Skrivefejl"
    )
    found = told(f"{API}/items/{MEETING}/1")
    assert found["title"] == "Cykelstien"
    assert [each["field"] for each in found["corrections"]] == ["title"]


# What is not public


def test_of_a_closed_item_only_the_heading_and_a_printed_decision_are_told(told):
    rich(rich_item("1", "Lukket sag", closed=True), rich_item("2", "Uden", closed=True, decision=None))
    found = told(f"{API}/items/{MEETING}/1")
    assert found["closed"]
    assert found["decision"].startswith("Godkendt")
    assert len(found["ballots"]) == 1
    silent = told(f"{API}/items/{MEETING}/2")
    assert (silent["decision"], silent["sources"], silent["ballots"]) == (None, [], [])
    for each in (found, silent):
        for kind in ("sections", "attachments", "statements", "attendances", "references"):
            assert each[kind] == []
    assert len(told(f"{API}/ballots")["data"]) == 1


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_is_not_published_is_nowhere(client, told, problem, state):
    rich(item("1", "Cykelsti"))
    canary = rich_item("7", "Kanariefugl", ballots=(ballot(3, 2, against_names=("Kanariefugl Hansen",)),))
    fields = {"committee": "Kanariefugludvalget", "date": "2020-02-14", "text": "Kanariefugl"}
    hidden = file(document(canary, **fields), publish=state != "draft").meeting
    elsewhere = file(
        document(canary, **{**fields, "municipality": None, "text": "Kanariefugl to"}),
        publish=state != "draft",
        given_municipality=herning(),
    ).meeting
    for each in (hidden, elsewhere):
        if state == "withdrawn":
            publishing.withdraw(each)
        problem(f"{API}/meetings/{each.key}", 404)
        problem(f"{API}/items/{each.key}/7", 404)
        problem(f"{API}/ballots/{each.key}/7/1", 404)
    for kind in LISTS:
        body = client.get(f"{API}/{kind}").content.decode()
        assert "anariefugl" not in body, kind
        assert "erning" not in body, kind
    assert told(f"{API}/search", q="kanariefugl")["data"] == []
    problem(f"{API}/municipalities/herning", 404)
    problem(f"{API}/committees/randers/kanariefugludvalget", 404)
    problem(f"{API}/people/randers/kanariefugl-hansen", 404)
    problem(f"{API}/cases/randers/05-01-00-p20-1-19", 404)
    problem(f"{API}/ballots?voter=kanariefugl-hansen", 400)
    problem(f"{API}/meetings?municipality=herning", 400)
    problem(f"{API}/items?case=05-01-00-p20-1-19", 400)


def test_a_mention_of_a_hidden_meeting_has_no_address(told):
    hidden = rich(item("386", "Skjult"), committee="Byrådet", date="2019-09-09", text="Byrådet")
    meeting = rich()
    meeting.items.get().references.update(target_meeting=hidden, target_item=hidden.items.get())
    assert told(f"{API}/items/{MEETING}/1")["references"][0]["agenda_item"].endswith("2019-09-09/386")
    publishing.withdraw(hidden)
    mention = told(f"{API}/items/{MEETING}/1")["references"][0]
    assert (mention["meeting"], mention["agenda_item"]) == (None, None)


def test_what_was_taken_down_is_gone(problem):
    meeting = imported(minutes("Cykelsti", "Sag to"))
    publishing.take_down_item(meeting.items.get(slug="2"), by=None, reason="Efter anmodning")
    problem(f"{API}/items/{MEETING}/2", 410)
    publishing.take_down_meeting(meeting, by=None, reason="Efter anmodning")
    assert problem(f"{API}/meetings/{MEETING}", 410)["title"] == "Gone"
    problem(f"{API}/items/{MEETING}/1", 410)


def test_a_former_address_leads_to_the_new_one(client):
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


# Lists


def in_rows(count: int) -> None:
    """So many meetings, each with an item, a ballot, a member and a case of its own."""
    for number in range(count):
        name = f"Medlem Nr{chr(97 + number)}"
        rich(
            rich_item(
                case_number=f"05.01.00-P20-{number}-19", ballots=(ballot(6, 1, against_names=(name,)),)
            ),
            committee=f"Udvalg {chr(97 + number)}",
            date=(date(2020, 1, 1) + timedelta(number // 2)).isoformat(),
            text=f"tekst {number}",
            participants=(Participant(name=name),),
        )


@pytest.mark.parametrize("kind", ["committees", "meetings", "items", "ballots", "people", "cases"])
def test_a_list_is_read_to_its_end_and_back(told, kind):
    in_rows(7)
    everything = [each["id"] for each in told(f"{API}/{kind}", limit=100)["data"]]
    assert len(everything) >= 7
    page = told(f"{API}/{kind}", limit=3)
    pages = [page]
    assert page["links"]["previous"] is None
    while page["links"]["next"]:
        page = told(page["links"]["next"])
        pages.append(page)
    assert [each["id"] for page in pages for each in page["data"]] == everything
    assert all(len(page["data"]) == 3 for page in pages[:-1])
    for before in reversed(pages[:-1]):
        page = told(page["links"]["previous"])
        assert page["data"] == before["data"]
    assert page["links"]["previous"] is None


def test_what_comes_in_meanwhile_neither_repeats_nor_hides_another(told):
    in_rows(4)
    first = told(f"{API}/meetings", limit=2)
    rich(item("1", "Ny"), date="2021-01-01", text="ny")
    second = told(first["links"]["next"])
    assert not {each["id"] for each in first["data"]} & {each["id"] for each in second["data"]}
    assert len(second["data"]) == 2
    assert second["links"]["next"] is None
    assert told(second["links"]["previous"])["data"] == first["data"]


def test_the_links_keep_what_was_asked(told):
    in_rows(3)
    page = told(f"{API}/meetings", **{"municipality": "randers", "from": "2020-01-01", "limit": 1})
    for address in (page["links"]["next"], page["links"]["self"]):
        for part in ("municipality=randers", "from=2020-01-01", "limit=1"):
            assert part in address


@pytest.mark.parametrize(
    ("kind", "asked", "found"),
    [
        ("meetings", {"municipality": "randers"}, 2),
        ("meetings", {"committee": "byraadet"}, 1),
        ("meetings", {"from": "2020-01-15"}, 1),
        ("meetings", {"to": "2020-01-14"}, 1),
        ("meetings", {"term": "2018-2021"}, 1),
        ("items", {"outcome": "approved"}, 1),
        ("items", {"contested": "false"}, 1),
        ("items", {"case": "05-01-00-p20-1-19", "municipality": "randers"}, 1),
        ("ballots", {"contested": "true"}, 1),
        ("ballots", {"result": "fail"}, 0),
        ("ballots", {"voter": "ane-lund", "option": "no"}, 1),
        ("ballots", {"voter": "ane-lund", "option": "yes"}, 0),
        ("ballots", {"term": "2018-2021", "committee": "beskaeftigelsesudvalget"}, 0),
        ("people", {"municipality": "randers"}, 3),
        ("cases", {"municipality": "randers", "standing": "false"}, 1),
        ("committees", {"municipality": "randers"}, 2),
        ("search", {"q": "havnen imod:Lund"}, 1),
        ("search", {"municipality": "randers", "year": "2020", "outcome": "approved"}, 1),
        ("search", {"contested": "true", "from": "2020-01-01", "to": "2020-12-31"}, 1),
    ],
)
def test_lists_are_narrowed(told, kind, asked, found):
    rich()
    rich(item("1", "Budget"), committee="Byrådet", date="2020-02-04", text="senere", term="2018-2021")
    assert len(told(f"{API}/{kind}", **asked)["data"]) == found


def test_the_search_says_how_it_understood_the_query(told):
    rich()
    found = told(f"{API}/search", q="cykelstii")
    assert found["query"]["q"] == "cykelstii"
    assert found["query"]["searched"] == "cykelsti"
    assert (found["total"], found["total_is_exact"]) == (1, True)
    assert found["data"][0]["title"] == "Cykelsti ved havnen"
    [hit] = told(f"{API}/search", q="stemmer")["data"]
    assert "<mark>stemmer</mark>" in hit["snippet_html"]


def test_the_search_is_read_page_by_page(told, monkeypatch):
    rich(*(rich_item(str(number), f"Cykelsti {number}") for number in range(1, 26)))
    first = told(f"{API}/search", q="cykelsti", sort="oldest")
    second = told(first["links"]["next"])
    assert (len(first["data"]), len(second["data"])) == (20, 5)
    assert second["links"]["next"] is None
    assert told(second["links"]["previous"])["data"] == first["data"]


# Queries


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("municipalities", 1),
        ("committees", 2),
        ("meetings", 2),
        ("items", 3),
        ("ballots", 2),
        ("people", 1),
        ("cases", 1),
        ("meetings?municipality=randers&from=2019-01-01&limit=100", 3),
        ("search?q=godkendt", 8),
        ("meetings/randers/udvalg-a/2020-01-01", 8),
        ("items/randers/udvalg-a/2020-01-01/1", 13),
        ("ballots/randers/udvalg-a/2020-01-01/1/1", 3),
        ("people/randers/medlem-nra", 3),
        ("cases/randers/05-01-00-p20-0-19", 2),
    ],
)
def test_many_rows_take_as_many_queries_as_few(told, address, queries):
    in_rows(4)
    told(f"{API}/{address}")
    with CaptureQueriesContext(connection) as few:
        told(f"{API}/{address}")
    in_rows(20)
    with CaptureQueriesContext(connection) as many:
        told(f"{API}/{address}")
    assert (len(few), len(many)) == (queries, queries), [each["sql"][:200] for each in many]


# Refusals


@pytest.mark.parametrize(
    "query",
    [
        "?municipalty=randers",
        "?municipality=randers&municipality=odder",
        "?municipality=findes-ikke",
        "?municipality=",
        "?committee=findes-ikke",
        "?from=14-01-2020",
        "?from=1577836800",
        "?from=2020-02-30",
        "?term=2018",
        "?term=1814-1817",
        "?limit=0",
        "?limit=101",
        "?limit=99999999999999999999",
        "?limit=mange",
        "?cursor=x",
        "?cursor=WzFd:x",
        "?cursor=%F0%9F%92%A9:%ED%A0%80",
        "?municipality=%00",
        "?x=" + "y" * 9000,
    ],
)
def test_what_cannot_be_asked_is_refused(problem, query):
    rich()
    assert problem(f"{API}/meetings{query}", 400)["detail"]


def test_a_slip_of_the_pen_is_told_with_what_is_known(problem):
    said = problem(f"{API}/meetings?kommune=randers", 400)
    assert said["errors"] == [{"parameter": "kommune", "message": "Unknown here."}]
    assert "“municipality”" in said["detail"]
    assert problem(f"{API}/meetings?limit=0", 400)["errors"][0]["parameter"] == "limit"
    assert problem(f"{API}/search?year=1066", 400)["errors"][0]["parameter"] == "year"
    assert problem(f"{API}/search?municipality=odder", 400)["errors"][0]["parameter"] == "municipality"
    assert problem(f"{API}/items?contested=maaske", 400)["errors"][0]["message"] == "Neither true nor false."
    rich()
    problem(f"{API}/meetings/{MEETING}?municipality=randers", 400)
    problem(f"{API}/search?q={'x' * 1001}", 400)


def test_a_cursor_of_another_list_is_refused(told, problem):
    in_rows(2)
    cursor = urlsplit(told(f"{API}/meetings", limit=1)["links"]["next"]).query.split("cursor=")[1]
    problem(f"{API}/items?cursor={cursor}", 400)
    problem(f"{API}/meetings?cursor={cursor[:-1]}", 400)


@pytest.mark.parametrize(
    "address",
    [
        "/api/",
        "/api/v1",
        "/api/v2/meetings",
        "/api/v1/meetings/",
        "/api/v1/nothing",
        "/api/v1/municipalities/findes-ikke",
        "/api/v1/municipalities/RANDERS!",
        "/api/v1/municipalities/" + "a" * 300,
        "/api/v1/meetings/randers/byraadet/i-gaar",
        "/api/v1/meetings/randers/byraadet/2020-13-45",
        "/api/v1/meetings/randers/byraadet/2020-01-14-999",
        "/api/v1/items/randers/byraadet/2020-01-14/1",
        "/api/v1/ballots/randers/byraadet/2020-01-14/1/99999999999999999999",
        "/api/v1/ballots/randers/byraadet/2020-01-14/1/x",
        "/api/v1/people/randers/ingen",
        "/api/v1/cases/randers/ingen",
    ],
)
def test_what_is_not_there_is_not_found(problem, address):
    problem(address, 404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ["/api/v1/meetings", "/api/v1/", "/api/nothing"])
def test_nothing_can_be_changed(client, problem, method, address):
    problem(address, 405, method)
    assert getattr(client, method)(address)["Allow"] == "GET, HEAD, OPTIONS"


def test_a_database_that_gives_up_is_a_problem_to_try_again(client, problem, monkeypatch):
    def give_up(*arguments, **options):
        raise OperationalError from psycopg.errors.QueryCanceled("for længe")

    monkeypatch.setattr("minutes.api.search.run_search", give_up)
    assert "try again" in problem(f"{API}/search?q=x", 503)["detail"].lower()
    assert client.get(f"{API}/search?q=x")["Retry-After"] == "10"


def test_a_fault_of_ours_is_a_problem_too(client, monkeypatch):
    def fail(*arguments, **options):
        raise RuntimeError("en fejl")

    monkeypatch.setattr("minutes.api.search.run_search", fail)
    client.raise_request_exception = False
    response = client.get(f"{API}/search?q=x", headers={"Origin": "https://avisen.dk"})
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert "en fejl" not in response.content.decode()
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_page_that_is_not_of_the_api_is_refused_with_a_page(client):
    assert b"<h1>" in client.get("/findes/ikke/").content


# Delivery


def test_who_has_an_answer_already_is_told_so(client):
    rich()
    first = client.get(f"{API}/meetings")
    assert first["ETag"].startswith('W/"')
    assert first["Cache-Control"] == "public, max-age=60"
    again = client.get(
        f"{API}/meetings", headers={"If-None-Match": first["ETag"], "Origin": "https://avisen.dk"}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Access-Control-Allow-Origin"] == "*"
    rich(item("1", "Ny"), date="2020-02-04", text="ny")
    changed = client.get(f"{API}/meetings", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_head_is_get_without_its_body(client):
    rich()
    got, asked = client.get(f"{API}/meetings"), client.head(f"{API}/meetings")
    assert (asked.status_code, asked.content, asked["ETag"]) == (200, b"", got["ETag"])


def test_errors_are_not_kept(client):
    assert client.get(f"{API}/nothing")["Cache-Control"] == "no-store"


# The document and its page


def test_every_example_is_what_its_schema_allows(client):
    import jsonschema_rs

    document = client.get(f"{API}/openapi.json").json()
    for path, operations in document["paths"].items():
        content = operations["get"]["responses"]["200"]["content"]["application/json"]
        schema = {**content["schema"], "components": document["components"]}
        jsonschema_rs.validator_for(schema, validate_formats=True).validate(content["example"])
        assert operations["get"]["description"], path
        for parameter in operations["get"]["parameters"]:
            assert parameter["description"], (path, parameter["name"])


def test_the_page_tells_of_every_address_and_asks_nothing_of_others(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        body = client.get(f"{API}/").content.decode()
    for path in client.get(f"{API}/openapi.json").json()["paths"]:
        assert path in body
    assert "<h1>Referatarkivet: API" in body
    assert "follow <code>links.next</code> until" in " ".join(body.split())
    assert "`" not in body
    for address in ("https://cdn", 'src="http', "<style", "onclick"):
        assert address not in body
    assert f'href="{API}/openapi.json"' in body
    assert f'<a href="{API}/">API</a>' in client.get("/om/").content.decode()
