"""No public page contains a word that is not public; a crawl of all addresses searches for a canary."""

import html
import re

import pytest

from minutes import publishing
from minutes.models import GazetteerMention, Meeting, Reading
from minutes.publishing.gazetteer import find_all_places
from minutes.publishing.gazetteer_places import PlaceEntry, store_gazetteer
from minutes.reader.records import Participant, Reference
from minutes.vocabulary import Outcome, SectionKind
from tests.documents import ballot, document, file, herning, imported, item, randers, section
from tests.texts import minutes

pytestmark = pytest.mark.django_db

MEETING = "/randers/beskaeftigelsesudvalget/2020-01-14/"
STARTS = (
    *("/", "/afstemninger/", "/soeg/?q=cykelsti", "/soeg/?q=kanariefugl", "/moeder/?til=2030-01-01"),
    *("/afstemninger/?omstridt=on&sorter=taettest", "/afstemninger/?kommune=randers"),
    *("/soeg/?omstridt=on", "/soeg/forslag/?q=kanariefugl", "/soeg/?q=kanariefugk", "/soeg/hjaelp/"),
    *("/randers/", "/randers/personer/", "/randers/partier/", "/randers/beskaeftigelsesudvalget/"),
    *("/robots.txt", "/sitemap.xml", "/sitemap-randers.xml", "/moeder/feed/", "/afstemninger/feed/"),
    *("/randers/feed/", "/randers/beskaeftigelsesudvalget/feed/", "/soeg/feed/?q=kanariefugl"),
    *("/randers/kalender.ics", "/randers/beskaeftigelsesudvalget/kalender.ics"),
    *("/moeder/?format=csv", "/afstemninger/?format=json", "/soeg/?omstridt=on&format=csv-excel"),
    *("/en/", f"/en{MEETING}", "/en/soeg/?q=kanariefugl", "/en/soeg/forslag/?q=kanariefugl"),
    *(f"/api/v1/{kind}" for kind in ("meetings", "items", "ballots", "people", "cases", "search")),
)
# Names of a gazetteer that only hidden text contains.
PLACES = (
    *("Kanariefugl titel", "Kanariefugl beslutning", "Kanariefugl tekst", "Kanariefugl bilag"),
    *("Kanariefugl Bo", "Kanariefugl resumé", "Kanariefugl Ko", "Kanariefugl Hansen"),
)
# Addresses whose pages repeat the query.
REPEATING_THE_QUERY = ("/soeg/?q=kanariefugl", "/soeg/feed/?q=kanariefugl", "/en/soeg/?q=kanariefugl")


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_drafts_and_withdrawn_meetings_are_on_no_page(client, state):
    """Crawl from the addresses that the site links and those that can be guessed."""
    for place in (randers(), herning()):
        store_gazetteer(place, [PlaceEntry(name, "street") for name in PLACES])
    naming = Reference(committee=None, date="2020-02-14", item="77", evidence="x", start=0, end=1)
    shown = {"case_number": "05.01.00-P20-1-19", "references": (naming,)}
    ane = (Participant(name="Ane Lund"),)
    file(document(item("1", "Cykelsti", **shown), item("2", "Eventuelt"), participants=ane))
    canary = item(
        "77",
        "Kanariefugl titel",
        case_number="05.01.00-P20-1-19",
        decision="Kanariefugl beslutning",
        outcome=Outcome.APPROVED,
        sections=(section(SectionKind.PRESENTATION, "Kanariefugl tekst", "Kanariefugl"),),
        attachments=("Kanariefugl bilag",),
        ballots=(ballot(3, 2, against_names=("Kanariefugl Hansen", "Ane Lund")),),
        reservations=("Ane Lund", "Kanariefugl Jensen"),
    )
    hidden = file(
        document(
            canary,
            date="2020-02-14",
            committee="Kanariefugludvalget",
            text="Kanariefugl i kilden",
            location="Kanariefuglevej",
            term="1814-1817",
            participants=ane,
        ),
        publish=state != "draft",
    ).meeting
    second = file(
        document(canary, date="2020-02-14", text="Kanariefugl to"), publish=state != "draft"
    ).meeting
    elsewhere = file(
        document(canary, date="2020-02-14", municipality=None, text="Kanariefugl tre"),
        publish=state != "draft",
        given_municipality=herning(),
    ).meeting
    if state == "withdrawn":
        for meeting in (hidden, second, elsewhere):
            publishing.withdraw(meeting)
    find_all_places()
    assert not GazetteerMention.objects.exists()
    seen = crawl(client, *STARTS)
    assert {f"{MEETING}1/", "/randers/sager/05-01-00-p20-1-19/"} <= set(seen)
    for address, body in seen.items():
        words = body.replace("kanariefugl", "") if address.startswith(REPEATING_THE_QUERY) else body
        assert "anariefugl" not in words, address
        assert "1814-1817" not in body, address
        # The map of the front page has every municipality, with the number of published meetings.
        elsewhere_on_page = re.sub("Herning: (ingen møder i arkivet|no meetings in the archive)", "", body)
        assert "Herning" not in elsewhere_on_page, address
    assert "0 punkter fundet" in seen["/soeg/?q=kanariefugl"]
    assert "<entry>" not in seen["/soeg/feed/?q=kanariefugl"]
    assert "1 møde" in seen["/moeder/?til=2030-01-01"]
    for meeting in (hidden, second, elsewhere):
        for address in (
            meeting.get_absolute_url(),
            f"{meeting.get_absolute_url()}77/",
            f"/kilde/{meeting.readings.get().pk}/",
            f"/kilde/{meeting.readings.get().pk}/tekst.txt",
        ):
            assert client.get(address).status_code == 404, address
    assert "/randers/personer/ane-lund/" in seen
    for name in ("kanariefugl-hansen", "kanariefugl-jensen"):
        assert client.get(f"/randers/personer/{name}/").status_code == 404
    assert client.get("/herning/").status_code == 404
    assert client.get("/randers/kanariefugludvalget/").status_code == 404
    assert client.get("/moeder/?periode=1814-1817").status_code == 400
    assert client.get("/soeg/?udvalg=kanariefugludvalget").status_code == 400


def crawl(client, *starts: str) -> dict[str, str]:
    """Return the bodies of all pages that links lead to from `starts`, by address.

    Follows the links of one facet only from a search, as their combinations are too many.
    """
    seen: dict[str, str] = {}
    waiting = [(start, False) for start in starts]
    while waiting:
        address, narrowed = waiting.pop()
        if address in seen or address.startswith(("/static/", "/admin/")):
            continue
        response = client.get(address)
        assert response.status_code == 200, address
        seen[address] = response.getvalue().decode()
        for narrows, href in re.findall(r'<(?:a|link)( rel="nofollow")?[^>]*href="([^"#]+)', seen[address]):
            link = html.unescape(href)
            if link.startswith("/en/"):  # the Danish page of the same view is crawled
                continue
            if narrows and narrowed:
                continue
            if link.startswith("?"):
                waiting.append((address.split("?")[0] + link, narrowed or bool(narrows)))
            elif link.startswith("/"):
                waiting.append((link, False))
    return seen


def test_redacted_taken_down_and_pending_text_is_on_no_page(client):
    """Put a canary in a redacted passage, an item taken down, and versions that are not in force."""
    titles = ("Cykelsti", "Kanariefugl i en titel", "Budget")
    decision = "Godkendt. En kanariefugl fløj forbi."
    meeting = imported(minutes(*titles, decision=decision))
    reading = meeting.readings.get()
    publishing.redact_passage(reading, "en kanariefugl fløj forbi", by=None, reason="Privat")
    publishing.take_down_item(meeting.items.get(slug="2"), by=None, reason="Efter anmodning")
    # A rejected version and a pending one.
    imported(minutes(*titles, decision=f"{decision} Kanariefugl igen."))
    publishing.reject(Reading.objects.get(pending=True))
    imported(minutes(*titles, "Kanariefugl som nyt punkt"))
    # A whole meeting taken down.
    gone = imported(minutes("Kanariefugl alene", day="21-01-2020", committee="Kanariefugludvalget"))
    publishing.take_down_meeting(gone, by=None, reason="Efter anmodning")
    seen = crawl(client, *STARTS)
    assert f"{MEETING}1/" in seen
    assert f"{MEETING}2/" not in seen
    for address, body in seen.items():
        words = body.replace("kanariefugl", "") if address.startswith(REPEATING_THE_QUERY) else body
        assert "anariefugl" not in words, address
    assert "0 punkter fundet" in seen["/soeg/?q=kanariefugl"]
    assert "<entry>" not in seen["/soeg/feed/?q=kanariefugl"]
    hidden = Reading.objects.exclude(current=True).filter(meeting=meeting)
    assert hidden.count() == 2
    for reading in hidden:
        for address in (f"/kilde/{reading.pk}/", f"/kilde/{reading.pk}/tekst.txt"):
            assert client.get(address).status_code == 404
    for address in (gone.get_absolute_url(), f"{MEETING}2/", f"{gone.get_absolute_url()}1/"):
        response = client.get(address)
        assert response.status_code == 410
        assert "anariefugl" not in response.content.decode().replace(address, "")
    assert Meeting.objects.count() == 2
