"""References are resolved to meetings and items, whichever of the two comes in first."""

import threading
from datetime import date

import pytest
from django.db import connections, transaction

from minutes import publishing
from minutes.importer import reread_document
from minutes.models import CommitteeAlias, Meeting, Reference, Source
from minutes.publishing import references
from minutes.reader.records import CaseFlowStep, PriorDecision
from minutes.reader.records import Reference as Mention
from tests.documents import document, file, herning, imported, item, source
from tests.texts import minutes

pytestmark = pytest.mark.django_db

COUNCIL = "/randers/byraadet/2019-09-09/"


def mention(committee: str | None = "Byrådet", day: str | None = "2019-09-09", number: str | None = "386"):
    return Mention(committee=committee, date=day, item=number, evidence="byrådet", start=0, end=4)


def naming(*mentions: Mention, **fields) -> Meeting:
    """A meeting of the Beskæftigelsesudvalg whose item 1 mentions others."""
    return file(document(item("1", "SoSu-projektet", references=mentions), **fields)).meeting


def council(*items, **fields) -> Meeting:
    defaults = {"committee": "Byrådet", "date": "2019-09-09", "start_time": "17:00"} | fields
    return file(document(*(items or (item("385", "Budget"), item("386", "SoSu"))), **defaults)).meeting


def targets() -> list[str]:
    """Return the target of each reference: the address of an item, of a meeting, or nothing."""
    rows = Reference.objects.select_related(
        "target_meeting__committee__municipality", "target_item__meeting__committee__municipality"
    ).order_by("item__meeting__date", "item__position", "position")
    return [
        reference.target_item.get_absolute_url()
        if reference.target_item
        else reference.target_meeting.get_absolute_url()
        if reference.target_meeting
        else ""
        for reference in rows
    ]


# Either comes first


def test_a_reference_leads_to_the_item_that_is_there_already():
    council()
    naming(mention())
    assert targets() == [f"{COUNCIL}386/"]


def test_a_reference_is_resolved_when_what_it_names_arrives():
    naming(mention())
    assert targets() == [""]
    council()
    assert targets() == [f"{COUNCIL}386/"]


@pytest.mark.parametrize(
    ("reference", "target"),
    [
        (mention(number=None), COUNCIL),
        (mention(number="0386"), f"{COUNCIL}386/"),
        (mention(number="999"), COUNCIL),
        (mention(committee="BYRÅDET"), f"{COUNCIL}386/"),
        (mention(committee="Kommunalbestyrelsen"), f"{COUNCIL}386/"),
        (mention(committee="Kulturudvalget"), ""),
        (mention(day="2019-09-10"), ""),
        (mention(day=None), ""),
    ],
)
def test_a_reference_is_resolved_as_far_as_it_is_printed_and_in_the_archive(reference, target):
    council()
    naming(reference)
    assert targets() == [target]


def test_a_mention_without_a_committee_means_the_items_own():
    file(document(item("82", "Flere skal med"), date="2019-08-20"))
    naming(mention(None, "2019-08-20", "82"))
    assert targets() == ["/randers/beskaeftigelsesudvalget/2019-08-20/82/"]


def test_another_name_of_a_committee_is_the_committee():
    committee = council().committee
    CommitteeAlias.objects.create(committee=committee, name="Rådet", slug="raadet")
    naming(mention("Rådet"))
    assert targets() == [f"{COUNCIL}386/"]


def test_a_name_that_a_committee_gets_later_resolves_what_used_it(admin_client):
    committee = council().committee
    naming(mention("Rådet"))
    assert targets() == [""]
    form = {"name": "Rådet", "slug": "", "committee": committee.pk}
    assert admin_client.post("/admin/minutes/committeealias/add/", form).status_code == 302
    assert targets() == [f"{COUNCIL}386/"]
    alias = CommitteeAlias.objects.get()
    admin_client.post(f"/admin/minutes/committeealias/{alias.pk}/delete/", {"post": "yes"})
    assert targets() == [""]
    inline = {
        "name": "Byrådet",
        "slug": "byraadet",
        "municipality": committee.municipality_id,
        **{f"aliases-{key}": value for key, value in FORMSET.items()},
        "aliases-0-name": "Rådet",
        "aliases-0-slug": "",
        "aliases-0-committee": committee.pk,
    }
    assert admin_client.post(f"/admin/minutes/committee/{committee.pk}/change/", inline).status_code == 302
    assert targets() == [f"{COUNCIL}386/"]


FORMSET = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}


def test_another_municipalitys_namesake_is_not_meant():
    file(
        document(item("386", "SoSu"), committee="Byrådet", date="2019-09-09", municipality=None),
        given_municipality=herning(),
    )
    naming(mention())
    assert targets() == [""]


# Only where one thing can be meant


def test_of_two_meetings_that_day_the_one_with_the_item_is_meant():
    council()
    council(item("390", "Lokalplan"), start_time="19:00")
    naming(mention(number="390"), mention(number="386"), mention(number=None))
    assert targets() == ["/randers/byraadet/2019-09-09-2/390/", f"{COUNCIL}386/", ""]


def test_a_number_that_is_printed_twice_is_the_meeting_alone():
    council(item("386", "SoSu"), item("386", "Noget andet"))
    naming(mention())
    assert targets() == [COUNCIL]


def test_a_quoted_decision_and_a_step_without_a_number_mean_the_item_of_the_same_case():
    council(item("385", "Budget"), item("386", "SoSu", case_number="15.20.00-A00-1-19"))
    quote = PriorDecision(committee="Byrådet", date="2019-09-09", item=None, text="Godkendt", start=0, end=8)
    file(
        document(
            item(
                "1",
                "SoSu igen",
                case_number="15.20.00-A00-1-19",
                prior_decisions=(quote,),
                references=(mention(number=None),),
                case_flow=(CaseFlowStep(committee="Byrådet", date="2019-09-09"),),
            )
        )
    )
    assert targets() == [f"{COUNCIL}386/", COUNCIL, f"{COUNCIL}386/"]


# What happens to the target


def test_a_reference_follows_a_meeting_whose_date_was_corrected():
    meeting = council(date="2019-09-02")
    naming(mention(), mention(day="2019-09-02"))
    assert targets() == ["", "/randers/byraadet/2019-09-02/386/"]
    publishing.move(meeting, day=date(2019, 9, 9), committee="Byrådet", by=None)
    # The day that was printed wrongly is what other minutes may say.
    assert targets() == [f"{COUNCIL}386/", f"{COUNCIL}386/"]
    publishing.move(meeting, day=date(2019, 9, 9), committee="Magistraten", by=None)
    assert targets() == ["/randers/magistraten/2019-09-09/386/"] * 2


def test_a_meeting_on_the_day_goes_before_one_that_was_moved_from_it():
    meeting = council()
    naming(mention())
    publishing.move(meeting, day=date(2019, 9, 16), committee="Byrådet", by=None)
    assert targets() == ["/randers/byraadet/2019-09-16/386/"]
    council(item("386", "Noget andet"), item("387", "Mere"))
    assert targets() == ["/randers/byraadet/2019-09-09-2/386/"]


def test_a_new_version_of_the_target_keeps_it_or_clears_it():
    council()
    naming(mention())
    council(item("385", "Budget"), item("386", "SoSu"), item("387", "Mere"))
    assert targets() == [f"{COUNCIL}386/"]
    council(item("385", "Budget"), item("387", "Mere"))
    assert targets() == [COUNCIL]
    council()
    assert targets() == [f"{COUNCIL}386/"]


def test_what_is_taken_down_is_a_target_no_more():
    meeting = imported(minutes("Cykelsti", "Budget"))
    naming(mention("Beskæftigelsesudvalget", "2020-01-14", "2"), date="2020-02-01")
    assert targets() == [f"{meeting.get_absolute_url()}2/"]
    publishing.take_down_item(meeting.items.get(slug="2"), by=None, reason="Efter anmodning")
    assert targets() == [meeting.get_absolute_url()]
    publishing.take_down_meeting(meeting, by=None, reason="Efter anmodning")
    assert targets() == [""]
    naming(mention("Beskæftigelsesudvalget", "2020-01-14", "2"), date="2020-02-02")
    assert targets() == ["", ""]


def test_reading_again_keeps_what_was_resolved():
    meeting = imported(minutes("Cykelsti", "Budget"))
    text = minutes("Svar", day="14-02-2020").replace(
        "Sagsfremstilling\n\n",
        "Sagsfremstilling\n\nPå udvalgsmødet den 14. januar 2020 (sag nr. 2) blev det drøftet.\n\n",
    )
    imported(text)
    assert targets() == [f"{meeting.get_absolute_url()}2/"]
    for stored in Source.objects.all():
        reread_document(stored)
    assert targets() == [f"{meeting.get_absolute_url()}2/"]


# What it costs, and who else is at it


def test_a_meeting_takes_as_many_queries_whatever_names_it(django_assert_max_num_queries):
    most = 75

    def bring(number: int) -> None:
        facts = document(
            item("385", "Budget"), item("386", "SoSu"), date=f"2018-09-{number:02}", committee="Byrådet"
        )
        with django_assert_max_num_queries(most):
            file(facts)

    naming(mention(day="2018-09-01"))
    bring(1)
    for number in range(20):
        naming(*(mention(day="2018-09-02") for _ in range(20)), date=f"2019-01-{number + 1:02}")
    bring(2)
    assert targets().count("/randers/byraadet/2018-09-02/386/") == 400


@pytest.mark.django_db(transaction=True)
def test_two_that_name_each_other_and_come_in_at_once_find_each_other(municipalities, monkeypatch):
    # The committee and the words are there, so that neither waits for the other's.
    council(item("1", "Cykelsti"), item("2", "Varmeværk"), date="2019-01-01")
    documents = [
        document(
            item("1", title, references=(mention(day=there, number="1"),)), committee="Byrådet", date=day
        )
        for title, day, there in (
            ("Cykelsti", "2019-02-01", "2019-02-02"),
            ("Varmeværk", "2019-02-02", "2019-02-01"),
        )
    ]
    sources = [source() for _ in documents]
    # Each has written its rows, and has not committed them, when either begins to resolve.
    both_wrote = threading.Barrier(2, timeout=20)
    resolve = references.resolve_new

    def resolve_together(*arguments) -> None:
        both_wrote.wait()
        resolve(*arguments)

    monkeypatch.setattr(references, "resolve_new", resolve_together)

    def come_in(at: int) -> None:
        try:
            with transaction.atomic():
                publishing.ingest_document(sources[at], documents[at], publish=True)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=come_in, args=(at,)) for at in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert targets() == ["/randers/byraadet/2019-02-02/1/", "/randers/byraadet/2019-02-01/1/"]
