"""A case's timeline, and references from and to its items."""

import html
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from minutes import publishing
from minutes.importer import Overrides, import_upload
from minutes.models import Case, Meeting
from minutes.reader.records import CaseFlowStep, PriorDecision, Reference
from minutes.vocabulary import Outcome, SectionKind
from tests.documents import ballot, document, file, item, section

pytestmark = pytest.mark.django_db

NUMBER = "15.03.00-P20-1-19"
CASE = "/randers/sager/15-03-00-p20-1-19/"
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"


def quoted(committee: str, day: str, text: str = "Indstilles godkendt.", number: str | None = None):
    """A quoted decision of another committee, with the span 100 to 120."""
    return PriorDecision(committee=committee, date=day, item=number, text=text, start=100, end=120)


def at(committee: str, day: str, *items, **fields) -> Meeting:
    return file(document(*items, committee=committee, date=day, **fields)).meeting


def case_in_three_committees() -> None:
    """File a case of a committee and the council, which quotes the committee and another one."""
    at(
        "Beskæftigelsesudvalget",
        "2019-08-20",
        item(
            "82",
            "SoSu-projektet",
            case_number=NUMBER,
            decision="Indstilles godkendt.",
            outcome=Outcome.RECOMMENDED,
        ),
    )
    at(
        "Byrådet",
        "2019-09-09",
        item(
            "386",
            "SoSu-projektet til afgørelse",
            case_number=NUMBER,
            decision="Godkendt med 20 stemmer for og 11 imod.",
            outcome=Outcome.APPROVED,
            ballots=(ballot(20, 11),),
            sections=(section(SectionKind.DECISION, "Godkendt.", "Beslutning"),),
            prior_decisions=(
                quoted("Beskæftigelsesudvalget", "2019-08-20"),
                quoted("Omsorgsudvalget", "2019-08-21", "Omsorgsudvalget siger ja."),
            ),
            case_flow=(
                CaseFlowStep(committee="Beskæftigelsesudvalget", date="2019-08-20"),
                CaseFlowStep(committee="Økonomiudvalget", date="2019-09-02"),
                CaseFlowStep(committee="Byrådet", date="2019-09-09"),
                CaseFlowStep(committee="Byrådet"),
            ),
        ),
    )


def steps(client, address: str = CASE) -> list[str]:
    """The steps of the timeline, each as one line of text."""
    response = client.get(address)
    assert response.status_code == 200
    return list(map(plain, re.findall(r'<li class="step.*?</li>', response.content.decode(), re.DOTALL)))


def plain(body: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


# The timeline


def test_the_steps_of_a_case_are_in_order_of_time(client):
    case_in_three_committees()
    assert [step.split(" vis i kilden")[0][:45] for step in steps(client)] == [
        "20. august 2019 Beskæftigelsesudvalget SoSu-p",
        "21. august 2019 Omsorgsudvalget ikke i arkive",
        "2. september 2019 Økonomiudvalget ikke i arki",
        "9. september 2019 Byrådet SoSu-projektet til ",
    ]
    assert "SoSu-projektet til afgørelse" in plain(page(client, CASE)).split("Sagens forløb")[0]


def test_each_step_shows_its_decision_and_ballots(client):
    case_in_three_committees()
    council = steps(client)[3]
    assert "Godkendt Omstridt Godkendt med 20 stemmer for og 11 imod. vis i kilden" in council
    assert "Afstemning: 20 for, 11 imod – vedtaget" in council
    assert page(client, CASE).count('class="ballot-bar"') == 1


def test_a_quoted_decision_is_shown_at_the_step_of_its_meeting(client):
    case_in_three_committees()
    all_steps = steps(client)
    assert "Gengivet i Byrådet, 9. september 2019" in all_steps[0]
    assert sum("20. august 2019" in step for step in all_steps) == 1


def test_a_quoted_decision_of_a_meeting_that_is_not_in_the_archive_is_a_step_with_its_source(client):
    case_in_three_committees()
    council = Meeting.objects.get(committee__slug="byraadet")
    elsewhere = steps(client)[1]
    assert (
        "ikke i arkivet Omsorgsudvalget siger ja. Gengivet i SoSu-projektet til afgørelse , Byrådet"
        in elsewhere
    )
    assert f"/kilde/{council.readings.get().pk}/?fra=100&amp;til=120#fra" in page(client, CASE)
    assert "Nævnt under ”Sagens gang” i" in steps(client)[2]


def test_a_meeting_quoted_by_several_is_one_step(client):
    case_in_three_committees()
    at(
        "Kulturudvalget",
        "2019-10-01",
        item(
            "1", "SoSu igen", case_number=NUMBER, prior_decisions=(quoted("Omsorgsudvalget", "2019-08-21"),)
        ),
    )
    all_steps = steps(client)
    assert sum("Omsorgsudvalget" in step and "ikke i arkivet" in step for step in all_steps) == 1
    assert all_steps[1].count("Gengivet i") == 2


def test_an_item_that_is_quoted_without_carrying_the_number_is_a_step(client):
    at("Omsorgsudvalget", "2019-08-21", item("12", "SoSu hos os", decision="Taget til efterretning."))
    case_in_three_committees()
    at(
        "Kulturudvalget",
        "2019-10-01",
        item(
            "1",
            "SoSu igen",
            case_number=NUMBER,
            prior_decisions=(quoted("Omsorgsudvalget", "2019-08-21", number="12"),),
        ),
    )
    all_steps = steps(client)
    assert "SoSu hos os" in all_steps[1]
    assert "Punktet har ikke selv sagsnummeret" in all_steps[1]
    # The council's quote of the same meeting, without a number, is at the same step.
    assert all_steps[1].count("Byrådet, 9. september 2019") == 1
    assert not any("ikke i arkivet" in step for step in all_steps if "Omsorgsudvalget" in step)


@pytest.mark.parametrize("state", ["draft", "withdrawn", "taken down"])
def test_an_unpublished_meeting_is_shown_as_not_in_the_archive(client, state):
    meeting = file(
        document(
            item("82", "Kanariefugl", case_number=NUMBER, decision="Kanariefugl"),
            committee="Beskæftigelsesudvalget",
            date="2019-08-20",
        ),
        publish=state != "draft",
    ).meeting
    if state == "withdrawn":
        publishing.withdraw(meeting)
    if state == "taken down":
        publishing.take_down_meeting(meeting, by=None, reason="Efter anmodning")
    at(
        "Byrådet",
        "2019-09-09",
        item(
            "386",
            "SoSu",
            case_number=NUMBER,
            prior_decisions=(quoted("Beskæftigelsesudvalget", "2019-08-20", "Sagt af byrådet."),),
            references=(
                Reference(
                    committee="Beskæftigelsesudvalget",
                    date="2019-08-20",
                    item="82",
                    evidence="x",
                    start=0,
                    end=3,
                ),
            ),
        ),
    )
    for address in (CASE, "/randers/byraadet/2019-09-09/386/"):
        body = page(client, address)
        assert "anariefugl" not in body
        assert meeting.get_absolute_url() not in body
    all_steps = steps(client)
    assert all_steps[0].startswith("20. august 2019 Beskæftigelsesudvalget ikke i arkivet Sagt af byrådet.")
    if state != "taken down":
        publishing.publish(meeting)
        assert steps(client)[0].startswith("20. august 2019 Beskæftigelsesudvalget Kanariefugl")
        assert f'{meeting.get_absolute_url()}82/"' in page(client, "/randers/byraadet/2019-09-09/386/")


def test_a_closed_item_shows_its_title_and_printed_decision_and_no_quotes(client):
    hidden = {
        "case_number": NUMBER,
        "closed": True,
        "prior_decisions": (quoted("Omsorgsudvalget", "2019-08-21", "Kanariefugl"),),
        "references": (
            Reference(committee="Kanariefugludvalget", date="2019-08-20", evidence="x", start=0, end=3),
        ),
        "case_flow": (CaseFlowStep(committee="Kanariefugludvalget", date="2019-09-02"),),
        "ballots": (ballot(5, 2),),
    }
    at("Byrådet", "2019-09-09", item("386", "Lukket punkt", **hidden))
    body = page(client, CASE)
    assert "anariefugl" not in body
    assert "ballot-bar" not in body
    assert "Lukket punkt" in steps(client)[0]
    at("Byrådet", "2019-09-09", item("386", "Lukket punkt", decision="Godkendt.", **hidden))
    body = page(client, CASE)
    assert "anariefugl" not in body
    assert "Godkendt. vis i kilden" in plain(body)
    assert "Afstemning: 5 for, 2 imod" in plain(body)


# Numbers of more than one case


def test_a_subjects_number_is_a_list_that_says_why(client):
    at(
        "Byrådet",
        "2019-09-09",
        item("1", "Budget", case_number="00.30.00-S00"),
        item("2", "Regnskab", case_number="00.30.00-S00"),
    )
    body = page(client, "/randers/sager/00-30-00-s00/")
    assert "Nummeret betegner et emne i kommunernes emneplan og ikke en enkelt sag." in body
    assert "step" not in body
    assert body.index("Budget") < body.index("Regnskab")


def test_a_standing_items_number_is_a_list_that_says_why(client):
    at("Byrådet", "2019-09-09", item("1", "Gensidig orientering", case_number="00.22.02-G01-5-17"))
    assert "et fast punkt på dagsordenen" in page(client, "/randers/sager/00-22-02-g01-5-17/")


def test_staff_decide_if_a_number_is_a_case(client):
    case_in_three_committees()
    Case.objects.update(standing=True)
    assert "ikke som et forløb" in page(client, CASE)
    at("Byrådet", "2019-10-09", item("1", "Eventuelt", case_number=NUMBER))
    Case.objects.update(standing=False)
    at("Byrådet", "2019-11-09", item("1", "Eventuelt", case_number=NUMBER))
    assert "Sagens forløb" in page(client, CASE)


def test_a_number_at_very_many_items_is_a_list_with_pages(client):
    at(
        "Byrådet",
        "2019-09-09",
        *(item(str(n), f"Nr. {n}", case_number=NUMBER) for n in range(1, 62)),
    )
    body = page(client, CASE)
    assert "Nummeret bruges ved 61 punkter." in body
    assert "Nr. 61" in page(client, f"{CASE}?side=3")
    assert client.get(f"{CASE}?side=4").status_code == 404


# References both ways


def mention(committee: str, day: str, number: str | None = None) -> Reference:
    return Reference(committee=committee, date=day, item=number, evidence="x", start=5, end=9)


def test_references_are_links_in_both_directions(client):
    at("Beskæftigelsesudvalget", "2019-08-20", item("82", "Flere skal med"))
    mentions = (
        mention("Beskæftigelsesudvalget", "2019-08-20", "82"),
        mention("Byrådet", "2019-09-09", "386"),
    )
    at("Beskæftigelsesudvalget", "2020-01-14", item("1", "ImportStatus", references=mentions))
    body = page(client, "/randers/beskaeftigelsesudvalget/2020-01-14/1/")
    there = "/randers/beskaeftigelsesudvalget/2019-08-20/82/"
    assert f'<a href="{there}">Beskæftigelsesudvalget, 20. august 2019, sag 82: Flere skal med</a>' in body
    assert "Byrådet, 9. september 2019, sag 386" in plain(body)
    assert "/randers/byraadet/" not in body
    back = page(client, there)
    assert "Omtalt i ImportStatus Beskæftigelsesudvalget, 14. januar 2020 vis i kilden" in plain(back)


def test_a_quoted_item_links_to_the_item_that_quotes_it(client):
    case_in_three_committees()
    body = page(client, "/randers/byraadet/2019-09-09/386/")
    assert f'href="{CASE}"' in body
    there = page(client, "/randers/beskaeftigelsesudvalget/2019-08-20/82/")
    assert "Omtalt i SoSu-projektet til afgørelse" in plain(there)


def test_a_reference_from_a_closed_item_is_not_shown_at_its_target(client):
    at("Beskæftigelsesudvalget", "2019-08-20", item("82", "Flere skal med"))
    mentions = (mention("Beskæftigelsesudvalget", "2019-08-20", "82"),)
    at("Beskæftigelsesudvalget", "2020-01-14", item("1", "Hemmeligt", closed=True, references=mentions))
    assert "Omtalt i" not in page(client, "/randers/beskaeftigelsesudvalget/2019-08-20/82/")


def test_a_case_shows_what_its_items_mention_and_are_mentioned_by(client):
    at(
        "Byrådet",
        "2019-09-09",
        item(
            "386", "SoSu", case_number=NUMBER, references=(mention("Kulturudvalget", "2019-01-02", "7"),) * 2
        ),
    )
    at(
        "Omsorgsudvalget",
        "2020-02-03",
        item("3", "Opfølgning", references=(mention("Byrådet", "2019-09-09", "386"),)),
    )
    text = plain(page(client, CASE))
    assert text.count("Kulturudvalget, 2. januar 2019, sag 7") == 1
    assert "Omtalt i Opfølgning Omsorgsudvalget, 3. februar 2020" in text


# Addresses, cost and search


@pytest.mark.parametrize(
    "address",
    ["/randers/sager/findes-ikke/", "/herning/sager/15-03-00-p20-1-19/", f"{CASE}?side=2", f"{CASE}x/"],
)
def test_an_invalid_address_is_not_found(client, address):
    case_in_three_committees()
    assert client.get(address).status_code in (200 if "side" in address else 404,)


def test_a_case_takes_as_many_queries_for_twenty_steps_as_for_one(client, django_assert_max_num_queries):
    case_in_three_committees()
    with django_assert_max_num_queries(12):
        client.get(CASE)
    for number in range(20):
        day = date(2020, 1, 1) + timedelta(days=number)
        quotes = tuple(quoted(f"Udvalg {n}", str(day - timedelta(days=30))) for n in range(3))
        mentions = (mention("Byrådet", "2019-09-09", "386"), mention("Kulturudvalget", str(day)))
        fields = {"prior_decisions": quotes, "references": mentions, "ballots": (ballot(3, 2),)}
        at(
            "Byrådet",
            str(day),
            item("1", f"SoSu {number}", case_number=NUMBER, **fields),
            item("2", "Andet", references=mentions),
        )
    with django_assert_max_num_queries(12):
        client.get(CASE)
    with django_assert_max_num_queries(20):
        client.get("/randers/byraadet/2019-09-09/386/")


def test_a_search_for_a_number_and_what_is_suggested_lead_to_the_case(client):
    case_in_three_committees()
    assert f'<a href="{CASE}">{NUMBER}</a>' in page(client, f"/soeg/?q={NUMBER}")
    suggestions = client.get("/soeg/forslag/?q=15.03.00").json()["suggestions"]
    assert ("Sag", NUMBER, CASE) in [(row["kind"], row["text"], row["href"]) for row in suggestions]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not here")
def test_the_case_of_the_seeds_shows_where_it_has_been(client):
    files = [(path.name, path.read_bytes()) for path in sorted(SEEDS.glob("*.txt"))]
    import_upload(files, Overrides(), None)
    for meeting in Meeting.objects.filter(state="draft"):
        publishing.publish(meeting)
    address = "/randers/sager/15-20-00-oe34-1-19/"
    (step,) = steps(client, address)
    assert step.startswith(
        '14. januar 2020 Beskæftigelsesudvalget Orientering om deltagelse i projekt "Flere skal med 2"'
    )
    text = plain(page(client, address))
    assert "Beskæftigelsesudvalget, 20. august 2019, sag 82" in text
    assert "Beskæftigelsesudvalget, 10. december 2019, sag 130" in text
    first, second = steps(client, "/randers/sager/07-08-00-oe40-1-17/")
    assert first.startswith("30. november 2017 Miljø- og teknikudvalget ikke i arkivet")
    assert second.startswith("5. december 2017 Beskæftigelsesudvalget Driftstilskud til Finderiet")
