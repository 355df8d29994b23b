"""The texts of English pages: no Danish in them outside elements that say so."""

import re

import lxml.html
import pytest

from minutes.publishing.gazetteer_places import PlaceEntry, store_gazetteer
from minutes.reader.records import Participant
from tests.documents import file, item, randers
from tests.pages import MEETING, rich_document, rich_item

pytestmark = pytest.mark.django_db

ITEM = f"{MEETING}1/"

# A page of each kind.
PAGES = (
    *("/", "/?kommune=randers", "/kommuner/", "/moeder/", "/moeder/?fra=x", "/afstemninger/"),
    *("/afstemninger/?kommune=herning", "/afstemninger/?fra=2019-01-01&emne=skole&forskel=1"),
    *("/soeg/", "/soeg/?q=cykelsti", "/soeg/?q=findesikke", "/soeg/?q=år:x", "/soeg/hjaelp/"),
    *("/om/", "/om/ord/", "/om/fejl/", "/om/genbrug/", "/om/persondata/", "/om/tilgaengelighed/"),
    *("/randers/", "/randers/personer/", "/randers/partier/", "/randers/partier/v/"),
    *("/randers/personer/ane-lund/", "/randers/personer/ane-lund/?vis=stemmer"),
    *("/randers/personer/sammenlign/", "/randers/personer/sammenlign/?person=ane-lund&med=bo-dam"),
    *("/randers/sager/05-01-00-p20-1-19/", "/randers/beskaeftigelsesudvalget/", "/findes/ikke/"),
    *("/randers/steder/", "/randers/steder/?art=street", "/randers/steder/mosevej/"),
    *(
        MEETING,
        ITEM,
        f"{MEETING}2/",
        f"{MEETING}99/",
        f"{MEETING}aendringer/",
        "/kilde/{reading}/?fra=1&til=5",
    ),
)
# Words that are Danish and not English, beside names.
DANISH = re.compile(
    r"\b(?:og|af|til|ikke|der|den|det|fra|med|kun|alle|som|ved|uden|eller|møder?|punkt(?:er)?|udvalg|sag(?:er)?"
    r"|stemmer?|afstemning(?:er)?|imod|undlod|vedtaget|forkastet|godkendt|omstridt|kommuner?|parti(?:er)?)\b",
    re.IGNORECASE,
)
ATTRIBUTES = ("title", "aria-label", "placeholder", "alt", "data-label")


def english_texts(page: bytes) -> list[str]:
    """Return the texts of a page, and of attributes that are read, outside elements marked as Danish."""
    tree = lxml.html.fromstring(page)
    # The head repeats titles of documents. Examples of searches are links in a list of terms.
    for element in tree.xpath("//head | //body//*[@lang='da'] | //script | //code | //dt/a"):
        element.drop_tree()
    texts = [*tree.itertext(), *(value for name in ATTRIBUTES for value in tree.xpath(f"//@{name}"))]
    return [" ".join(text.split()) for text in texts if text.strip() and not text.startswith("http")]


def test_an_english_page_is_danish_only_where_it_says_so(client):
    """Look for Danish words on each kind of page outside elements with `lang="da"`."""
    people = (Participant(name="Ane Lund", party="V"), Participant(name="Bo Dam", party="A"))
    store_gazetteer(randers(), [PlaceEntry("Mosevej", "street")])
    file(rich_document(rich_item("1"), item("2", "Eventuelt", closed=True), participants=people))
    meeting = file(rich_document(rich_item("1", "Cykelsti ved Mosevej"), participants=people)).meeting
    reading = meeting.readings.filter(current=True).latest("pk").pk
    findings = [
        f"{path}: {words}: {text[:150]}"
        for path in PAGES
        for text in english_texts(client.get(f"/en{path.format(reading=reading)}").content)
        if (words := set(DANISH.findall(text)))
    ]
    assert not findings, "\n".join(findings)


def test_dates_and_numbers_are_those_of_the_language(client):
    file(rich_document())
    danish, english = (client.get(f"{language}{MEETING}").content.decode() for language in ("", "/en"))
    assert "14. januar 2020" in danish
    assert "14 January 2020" in english
    assert "14. januar" not in english.split("<main")[1]
