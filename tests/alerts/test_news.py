"""The news in a digest: what is new and public on the pages that are followed."""

import pytest
from django.utils import timezone

from minutes import publishing
from minutes.alerts import delivery, digests
from minutes.alerts.delivery import send_due
from minutes.alerts.subjects import subject_at
from minutes.models import Meeting
from minutes.vocabulary import DocumentKind
from tests.documents import document, file, imported, item
from tests.following import COMMITTEE, HOUR, SEARCH, VOTED, follow, make_due, publish_now
from tests.mail_sink import text_of_mail
from tests.texts import minutes

pytestmark = pytest.mark.django_db


# The news


@pytest.mark.parametrize(
    ("address", "titles"),
    [
        ("/randers/", {"Havnebad", "Skolevej"}),
        (COMMITTEE, {"Havnebad", "Skolevej"}),
        (SEARCH, {"Havnebad"}),
        ("/soeg/?q=skolevej+OR+havnebad&kommune=randers", {"Havnebad", "Skolevej"}),
        ("/soeg/?emne=job&kommune=randers", {"Havnebad", "Skolevej"}),
        ("/soeg/?emne=skole", set()),
        ("/soeg/?udvalg=beskaeftigelsesudvalget&q=havnebad&sorter=dato&side=2", {"Havnebad"}),
        ("/randers/personer/bo-dam/", {"Havnebad", "Skolevej"}),
        ("/moeder/", {"Havnebad", "Skolevej"}),
        ("/moeder/?udvalg=beskaeftigelsesudvalget&kommune=randers&side=2", {"Havnebad", "Skolevej"}),
        ("/moeder/?til=2019-12-31", set()),
        ("/afstemninger/?omstridt=on&sorter=taettest", {"Havnebad", "Skolevej"}),
        ("/afstemninger/?q=skolevej", {"Skolevej"}),
        ("/afstemninger/?resultat=lost", set()),
    ],
)
def test_the_news_of_a_page_are_the_items_first_published_since_the_last_digest(sink, new, address, titles):
    follow(address)
    assert send_due().digests == bool(titles)
    text = text_of_mail(sink.mails[-1]) if titles else ""
    assert {title for title in ("Havnebad", "Skolevej", "Cykelsti") if title in text} == titles
    assert ("Bo Dam stemte: imod" in text) == ("bo-dam" in address)
    publishing.withdraw(new)
    publishing.publish(new)
    make_due()
    assert send_due().digests == 0


def test_a_case_is_followed_by_its_address(sink, new):
    case = new.items.first().case_numbers.first().case
    follow(case.get_absolute_url())
    assert send_due().digests == 1
    assert sink.mails[-1]["Subject"].startswith("Sag 15.20.00-P35-1-19, Randers")


def test_a_search_stores_its_conditions_and_nothing_that_only_sorts():
    subject = subject_at("/soeg/?side=3&sorter=dato&q=+havnebad&kommune=randers&vis=punkter&hvor=randers")
    assert subject.address == "/soeg/?q=+havnebad&kommune=randers"
    assert subject.title == "Søgning: havnebad (Randers)"


def test_a_list_stores_its_filters_and_has_them_in_its_title():
    meetings = subject_at("/moeder/?til=&side=2&udvalg=beskaeftigelsesudvalget&kommune=randers&sprog=x")
    assert meetings.address == "/moeder/?kommune=randers&udvalg=beskaeftigelsesudvalget"
    assert meetings.title == "Møder (Randers, Beskæftigelsesudvalget)"
    votes = subject_at("/en/afstemninger/?sorter=taettest&omstridt=on&fra=2020-01-01")
    assert votes.address == "/afstemninger/?fra=2020-01-01&omstridt=on"
    assert subject_at("/moeder/?fra=igår") is None
    assert subject_at("/afstemninger/?kommune=findesikke") is None
    assert subject_at("/moeder/").address == "/moeder/"


def test_the_minutes_that_replace_a_published_agenda_are_news_and_their_new_versions_are_not(sink):
    day = {"date": "2021-02-02", "committee": "Byrådet"}
    file(document(item("1", "Motorvej"), document=DocumentKind.AGENDA, **day))
    for address in ("/randers/byraadet/", "/soeg/?q=motorvej"):
        follow(address)
    assert send_due().digests == 1
    assert "2. februar 2021: dagsordenen" in text_of_mail(sink.mails[-1])
    make_due(sent_until=timezone.now())
    minutes_of_day = document(item("1", "Motorvej", decision="Godkendt."), text="Motorvej: godkendt", **day)
    meeting = file(minutes_of_day).meeting
    assert send_due().digests == 1
    text = text_of_mail(sink.mails[-1])
    assert text.count("2. februar 2021: referatet er kommet") == 2
    make_due(sent_until=timezone.now())
    publishing.withdraw(meeting)
    publishing.publish(meeting)
    file(document(item("1", "Motorvej", decision="Vedtaget."), text="Motorvej: vedtaget", **day))
    assert send_due().digests == 0


def test_pages_of_one_address_share_a_mail_and_nothing_new_sends_none(sink, new):
    for address in (COMMITTEE, SEARCH):
        follow(address)
        make_due(sent_until=timezone.now())
    assert send_due().digests == 0
    publish_now(new)
    make_due()
    assert send_due().digests == 1
    assert sink.mails[-1]["Subject"].strip() == "Beskæftigelsesudvalget, Randers og mere: 3 nye punkter"


def test_nothing_that_is_hidden_when_the_mail_is_sent_is_in_it(sink, new):
    follow()
    shown = imported(minutes("Motorvej", "Svømmehal", day="03-03-2020"))
    publishing.withdraw(new)
    publishing.take_down_item(shown.items.get(title="Svømmehal"), by=None, reason="x")
    assert send_due().digests == 1
    text = text_of_mail(sink.mails[-1])
    assert "Motorvej" in text
    for hidden in ("Havnebad", "Skolevej", "Svømmehal"):
        assert hidden not in text


def test_titles_are_escaped_in_html_and_long_lists_are_cut(sink, new, monkeypatch):
    follow()
    new.items.update(title="<b>Fed</b> & skrå")
    monkeypatch.setattr(digests, "MAX_ITEMS", 1)
    send_due()
    html = text_of_mail(sink.mails[-1], "html")
    assert "&lt;b&gt;Fed&lt;/b&gt; &amp; skrå" in html
    assert "Og 1 punkt til på siden." in html
    assert "<b>Fed</b> & skrå" in text_of_mail(sink.mails[-1])


def test_a_digest_takes_a_constant_number_of_queries(sink, django_assert_max_num_queries):
    follow()
    imported(minutes(*(f"Sag nummer {number}" for number in range(20)), day="03-03-2020", decision=VOTED))
    with django_assert_max_num_queries(30):
        assert send_due().digests == 1


def test_a_meeting_whose_publication_may_not_be_visible_yet_waits_for_the_next_digest(sink, new, monkeypatch):
    follow()
    monkeypatch.setattr(delivery, "SETTLED", HOUR)
    assert send_due().digests == 0
    Meeting.objects.filter(pk=new.pk).update(published_at=timezone.now() - HOUR)
    make_due()
    assert send_due().digests == 1
