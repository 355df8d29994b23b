"""The pages that lead to a meeting: front page, municipality, committee and the list of meetings."""

import re
from datetime import date, timedelta

import pytest

from minutes.models import Committee, CommitteeAlias, Municipality
from minutes.reader.records import Absence, Participant
from minutes.statistics.tile_map import PLACES
from minutes.vocabulary import DocumentKind, MeetingKind, Outcome
from tests.documents import ballot, document, file, herning, item, randers
from tests.pages import MEETING, rich_document, text_of

pytestmark = pytest.mark.django_db


# From the front page to an item


def test_an_empty_archive_has_a_front_page(page):
    assert "Arkivet er tomt endnu." in text_of(page("/"))
    assert "Arkivet er tomt endnu." in text_of(page("/kommuner/"))
    assert "0 møder" in text_of(page("/moeder/"))


def test_the_front_page_counts_meetings_and_items(page):
    file(rich_document())
    file(rich_document(date="2021-02-01", committee="Byrådet"))
    seen = text_of(page("/"))
    assert "møder 2 punkter 4 periode 2020–2021" in seen
    assert "1. februar 2021 Byrådet" in seen


def test_the_front_page_and_a_municipality_list_the_topics_of_the_latest_meetings(page):
    file(document(item("1", "Ny skole", case_number="17.01.00-P20-4-19"), item("2", "Drøftelse")))
    file(document(item("1", "Bus", case_number="13.05.16-G01-1-20"), date="2020-02-14"), publish=False)
    home, place, elsewhere = (page(address).content.decode() for address in ("/", "/randers/", "/?kommune=x"))
    assert "?emne=skole&amp;sorter=dato" in home
    assert "?emne=skole&amp;kommune=randers&amp;sorter=dato" in place
    assert "kollektiv-trafik" not in home + place + elsewhere
    assert page("/soeg/?emne=skole&kommune=randers&sorter=dato").status_code == 200


def test_the_front_page_says_what_was_decided_where_members_disagreed(page):
    voted = (ballot(6, 1, against_names=("Ane Lund",)),)
    file(
        document(
            item("1", "Cykelsti", decision="Godkendt.", outcome=Outcome.APPROVED, ballots=voted),
            item("2", "Skolevej", decision="Godkendt.", outcome=Outcome.APPROVED),
        )
    )
    seen = text_of(page("/"))
    assert "Cykelsti Beskæftigelsesudvalget vedtog det: 6 stemte for, 1 imod" in seen
    assert "Skolevej" not in seen


def test_the_front_page_shows_one_municipality_if_it_is_chosen(page):
    file(rich_document())
    file(rich_document(committee="Byrådet", municipality=None), given_municipality=herning())
    assert "Herning · Byrådet" in text_of(page("/"))
    chosen = page("/?kommune=randers")
    assert "Herning · Byrådet" not in text_of(chosen)
    assert "Randers · Beskæftigelsesudvalget" in text_of(chosen)
    assert '<option value="randers" selected>' in chosen.content.decode()
    # The address is printed on paper.
    assert text_of(page("/?kommune=findes-ikke")).replace("/?kommune=findes-ikke", "/") == text_of(page("/"))


def test_coming_meetings_are_told_from_those_that_were_held(page):
    tomorrow = date.today() + timedelta(days=1)
    file(rich_document())
    file(rich_document(date=str(tomorrow), committee="Byrådet", document=DocumentKind.AGENDA))
    seen = text_of(page("/"))
    coming, latest = seen.index("Kommende møder"), seen.index("Seneste møder")
    assert coming < seen.index("kun dagsorden") < latest


def test_the_map_has_a_square_for_each_municipality_and_links_to_those_of_the_archive(page):
    assert set(PLACES) == set(Municipality.objects.exclude(code="").values_list("code", flat=True))
    assert len(set(PLACES.values())) == 98
    file(rich_document())
    body = page("/").content.decode()
    assert body.count("<rect ") == 98
    assert re.findall(r'<a href="([^"]+)" tabindex="-1"><g class="tile shade-1">', body) == ["/randers/"]
    assert "Randers: 1 møde<" in body


def test_links_lead_from_municipality_to_committee_to_meeting_to_item(page):
    file(rich_document())
    assert 'href="/randers/"' in page("/kommuner/").content.decode()
    assert 'href="/randers/beskaeftigelsesudvalget/"' in page("/randers/").content.decode()
    assert f'href="{MEETING}"' in page("/randers/beskaeftigelsesudvalget/").content.decode()
    assert f'href="{MEETING}1/"' in page(MEETING).content.decode()
    assert "Langt om stien." in text_of(page(f"{MEETING}1/"))


def test_names_are_in_danish_order(page):
    in_order = ["Byrådet", "Zoneudvalget", "Ældreudvalget", "Ørdudvalget", "Aalborgudvalget", "Årsudvalget"]
    for committee in sorted(in_order):
        file(rich_document(committee=committee))
    names = re.findall(r'<li><a href="/randers/[^"]+">([^<]+)</a> <span', page("/randers/").content.decode())
    assert names == in_order


# A committee


def test_a_committee_shows_its_meetings_year_by_year(page, client):
    for year in (2019, 2020):
        file(rich_document(date=f"{year}-03-03"))
    address = "/randers/beskaeftigelsesudvalget/"
    assert "3. marts 2020" in text_of(page(address))
    assert "3. marts 2019" in text_of(page(f"{address}?aar=2019"))
    for odd in ("2018", "x", "²", "-1", "99999"):
        assert client.get(address, {"aar": odd}).status_code == 404


def test_another_name_of_a_committee_leads_to_it(client):
    file(rich_document())
    CommitteeAlias.objects.create(committee=Committee.objects.get(), name="Jobudvalget", slug="jobudvalget")
    response = client.get("/randers/jobudvalget/")
    assert (response.status_code, response["Location"]) == (301, "/randers/beskaeftigelsesudvalget/")


def test_a_committee_names_its_successor_once_that_has_a_page(page):
    old = file(rich_document()).meeting.committee
    old.successor = Committee.objects.create(municipality=randers(), name="Jobudvalget", slug="jobudvalget")
    old.save()
    assert "Jobudvalget" not in page(old.get_absolute_url()).content.decode()
    file(rich_document(committee="Jobudvalget"))
    assert 'afløst af <a href="/randers/jobudvalget/">' in page(old.get_absolute_url()).content.decode()


# A meeting


def test_meetings_lead_to_the_ones_before_and_after(page):
    for day in ("2020-01-14", "2020-02-14", "2020-03-14"):
        file(rich_document(date=day))
    seen = page("/randers/beskaeftigelsesudvalget/2020-02-14/").content.decode()
    assert f'rel="prev" href="{MEETING}"' in seen
    assert 'rel="next" href="/randers/beskaeftigelsesudvalget/2020-03-14/"' in seen


def test_two_meetings_of_a_day_are_neighbours(page):
    file(rich_document())
    file(rich_document(item("9", "Ekstra"), kind=MeetingKind.EXTRAORDINARY, start_time="20:00"))
    assert f'rel="next" href="{MEETING[:-1]}-2/"' in page(MEETING).content.decode()
    seen = page(f"{MEETING[:-1]}-2/")
    assert f'rel="prev" href="{MEETING}"' in seen.content.decode()
    assert "Ekstraordinært møde" in text_of(seen)


def test_a_meeting_shows_its_decisions_at_a_glance(page):
    participants = (Participant(name="Ane Lund", party="A"), Participant(name="Bo Dam"))
    file(
        rich_document(
            participants=participants, absent=(Absence(name="Eva Kirk", reason="syg"),), location="Rådhuset"
        )
    )
    seen = text_of(page(MEETING))
    for words in (
        "1 Cykelsti ved havnen Godkendt: 6 stemte for, 1 imod Omstridt",
        "6 for, 1 imod – vedtaget",
        "2 Eventuelt",
        "Ane Lund (A) , Bo Dam",
        "Eva Kirk (syg)",
        "tirsdag kl. 16.00 · Rådhuset",
    ):
        assert words in seen, words


def test_an_agenda_is_marked(page):
    file(rich_document(item("1", "Budget"), document=DocumentKind.AGENDA))
    assert "Dagsorden · tirsdag" in text_of(page(MEETING))


# The list of meetings


def test_meetings_are_filtered_by_place_time_and_term(page):
    file(rich_document(committee_as_printed="Beskæftigelsesudvalget 2018-2021", term="2018-2021"))
    file(rich_document(date="2015-05-05", committee="Byrådet"))
    file(rich_document(date="2021-06-06", municipality=None), given_municipality=herning())
    for query, days in {
        "": 3,
        "kommune=randers": 2,
        "kommune=randers&udvalg=byraadet": 1,
        "fra=2020-01-01": 2,
        "til=2020-01-14": 2,
        "fra=2020-01-14&til=2020-01-14": 1,
        "periode=2018-2021": 1,
        "kommune=herning&udvalg=beskaeftigelsesudvalget": 1,
    }.items():
        assert f" {days} møde" in text_of(page(f"/moeder/?{query}")), query


def test_the_list_of_meetings_has_pages(page, client):
    first = date(2020, 1, 1)
    for number in range(30):
        file(rich_document(item("1", "Budget"), date=str(first + timedelta(days=number))))
    assert 'href="?side=2"' in page("/moeder/").content.decode()
    assert "1. januar 2020" in text_of(page("/moeder/?side=2"))
    for odd in ("3", "0", "-1", "x", "1000000000", "9" * 40, "1.5", "²"):
        assert client.get("/moeder/", {"side": odd}).status_code == 404, odd
