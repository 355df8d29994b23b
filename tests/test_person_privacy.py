"""Limits of a member's page: unpublished and closed minutes, names, search engines, and links to it."""

import pytest

from minutes import publishing
from minutes.models import Person, PersonAlias
from minutes.reader.records import Absence, Participant, Statement
from minutes.vocabulary import SectionKind
from tests.documents import ballot, document, file, herning, item, randers, section
from tests.people import ANE, listed, shared_ballots

pytestmark = pytest.mark.django_db


# Unpublished and closed minutes


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_a_person_of_unpublished_meetings_only_has_no_page(client, state):
    unpublished = document(
        item("1", "Budget", reservations=("Ane Lund",), ballots=(ballot(6, 1, against_names=("Ane Lund",)),)),
        participants=(Participant(name="Ane Lund", party="V"),),
    )
    meeting = file(unpublished, publish=state != "draft").meeting
    if state == "withdrawn":
        publishing.withdraw(meeting)
    else:
        # A draft creates no person.
        assert not Person.objects.exists()
        Person.objects.create(municipality=randers(), name="Ane Lund", slug="ane-lund")
    PersonAlias.objects.create(
        municipality=randers(), person=Person.objects.get(name="Ane Lund"), name="Ane L.", slug="ane-l"
    )
    assert client.get(ANE).status_code == 404
    assert client.get("/randers/personer/ane-l/").status_code == 404


def test_nothing_of_unpublished_meetings_counts(page_text, client):
    shared_ballots(10, 10)
    before = client.get(ANE).content
    hidden = document(
        item(
            "1",
            "Kanariefugl",
            reservations=("Ane Lund",),
            referred_to_council_by=("Ane Lund",),
            statements=(Statement(who=("Ane Lund",), text="Kanariefugl", start=0, end=5),),
            absent=(Absence(name="Ane Lund"),),
            ballots=(ballot(6, 2, against_names=("Ane Lund", "Bo Dam")),),
        ),
        participants=(Participant(name="Ane Lund", party="Kanariefuglelisten"),),
        committee="Kanariefugludvalget",
    )
    file(hidden, publish=False)
    assert client.get(ANE).content == before
    assert client.get(f"{ANE}?vis=paa-listen").status_code == 404
    assert client.get(f"{ANE}?vis=moeder&udvalg=kanariefugludvalget").status_code == 404


def test_of_closed_items_only_ballots_with_a_printed_decision_count(page_text, client):
    fields = {
        "closed": True,
        "reservations": ("Ane Lund",),
        "statements": (Statement(who=("Ane Lund",), text="hemmeligt", start=0, end=5),),
        "absent": (Absence(name="Ane Lund", reason="hemmelig grund"),),
        "ballots": (ballot(6, 1, against_names=("Ane Lund",)),),
    }
    meeting = file(document(item("7", "Lukket", **fields))).meeting
    assert client.get(ANE).status_code == 404
    assert "Ane Lund" not in page_text(meeting.get_absolute_url())
    file(document(item("7", "Lukket", decision="Godkendt.", **fields), date="2020-02-14"))
    seen = page_text(ANE)
    assert "1 kendt stemme : 0 gange for, 1 gang imod" in seen
    assert "forbehold 0 sager begæret indbragt for byrådet 0 bemærkninger 0" in seen
    assert "hemmelig" not in seen
    assert "Fraværende ved enkelte" not in seen
    for kind in ("forbehold", "bemaerkninger", "punkter"):
        assert client.get(f"{ANE}?vis={kind}").status_code == 404


# Names


def test_another_spelling_leads_to_the_person(client, page_text):
    file(listed("Ane Lund", party="V"))
    file(listed("Ane K. Lund", date="2020-02-14"))
    ane = Person.objects.get(slug="ane-lund")
    publishing.merge(ane, Person.objects.get(slug="ane-k-lund"), by=None)
    response = client.get("/randers/personer/ane-k-lund/")
    assert (response.status_code, response["Location"]) == (301, ANE)
    seen = page_text(ANE)
    assert "deltagerlisten: 2 af 2" in seen
    assert "også skrevet som Ane K. Lund" in seen
    assert "skrevet som Ane K. Lund" in page_text(f"{ANE}?vis=til-stede")


def test_namesakes_of_two_municipalities_are_two(page_text):
    file(listed("Ane Lund"))
    file(listed("Ane Lund", municipality=None, date="2020-03-03"), given_municipality=herning())
    assert "ved 1 møde , 14. januar 2020" in page_text(ANE)
    assert "ved 1 møde , 3. marts 2020" in page_text("/herning/personer/ane-lund/")


def test_names_and_texts_are_escaped_and_personal_numbers_are_removed(client):
    hostile = "<script>alert(1)</script>"
    remark = Statement(who=("Ane Lund",), text=f"{hostile} 010203-1234", start=0, end=5)
    hostile_item = item(
        "1",
        f"Sag {hostile}",
        statements=(remark,),
        absent=(Absence(name="Ane Lund", reason=hostile),),
        ballots=(ballot(6, 1, against_names=("Ane Lund",), evidence=hostile),),
        sections=(section(SectionKind.DECISION, hostile, hostile),),
    )
    meeting = file(document(hostile_item, participants=(Participant(name="Ane Lund", party="<u>"),))).meeting
    if meeting.state == "draft":
        publishing.publish(meeting)
    for address in (
        ANE,
        *(f"{ANE}?vis={kind}" for kind in ("stemmer", "punkter", "bemaerkninger", "moeder")),
    ):
        body = client.get(address).content.decode()
        assert hostile not in body, address
        assert "<u>" not in body, address


# Search engines


def test_people_are_not_indexed_unless_the_setting_allows_it(client, settings):
    file(listed("Ane Lund"))
    for address in (ANE, f"{ANE}?vis=moeder"):
        settings.PEOPLE_NOINDEX = True
        assert '<meta name="robots" content="noindex">' in client.get(address).content.decode()
        settings.PEOPLE_NOINDEX = False
        assert "noindex" not in client.get(address).content.decode()


def test_the_setting_is_on_by_default():
    from archive import settings

    assert settings.PEOPLE_NOINDEX


# Links to the page


def test_names_lead_to_the_page_from_meetings_items_and_searches(client):
    remark = Statement(who=("Ane Lund", "Ib Borger"), text="det er for dyrt", start=0, end=5)
    one = item(
        "1",
        "Budget",
        statements=(remark,),
        reservations=("Bo Dam",),
        absent=(Absence(name="Eva Kirk"),),
        left_or_recused=(Absence(name="Ib Holm"),),
    )
    meeting = file(document(one, participants=(Participant(name="Ane Lund", party="V"),))).meeting
    address = meeting.get_absolute_url()
    body = client.get(address).content.decode()
    for slug in ("ane-lund", "eva-kirk"):
        assert f'href="/randers/personer/{slug}/"' in body, slug
    body = client.get(f"{address}1/").content.decode()
    for slug in ("ane-lund", "bo-dam", "eva-kirk", "ib-holm"):
        assert f'href="/randers/personer/{slug}/"' in body, slug
        assert client.get(f"/randers/personer/{slug}/").status_code == 200, slug
    assert "</a>, Ib Borger: det er for dyrt" in body
    body = client.get("/soeg/", {"q": "ane lund"}).content.decode()
    assert f'<a href="{ANE}">Ane Lund</a>' in body


def test_a_speaker_known_only_from_drafts_is_not_linked(client):
    file(listed("Ib Borger"), publish=False)
    remark = Statement(who=("Ib Borger",), text="det er for dyrt", start=0, end=5)
    meeting = file(document(item("1", "Budget", statements=(remark,)), date="2020-02-14")).meeting
    assert "/personer/" not in client.get(f"{meeting.get_absolute_url()}1/").content.decode()
    assert client.get("/randers/personer/ib-borger/").status_code == 404
