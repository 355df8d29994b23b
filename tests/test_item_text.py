"""The text of minutes on an item's page: lists, headings, links and what is folded."""

import re

import pytest

from minutes.models import AgendaItem
from minutes.reader.records import Reference, Statement
from minutes.statistics.verdicts import verdict
from minutes.templatetags.text_blocks import blocks, heading
from minutes.templatetags.text_links import linked
from minutes.vocabulary import Outcome, SectionKind
from tests.documents import ballot, file, item, section
from tests.pages import MEETING, rich_document, text_of


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("at budgettet godkendes,\n\nat renten fastsættes", ["clauses"]),
        ("Udvalget besluttede,\nat sagen udsættes", ["paragraph"]),
        ("- Drift\n\n- Anlæg", ["bullets"]),
        ("1. Drift\n\n2. Anlæg", ["numbers"]),
        ("1. Drift\n2. Anlæg\n\nSe bilaget.\n\n3. Renter", ["numbers", "paragraph", "numbers"]),
        ("- = indtægt, + = udgift", ["paragraph"]),
        ("15. november er sidste frist.", ["paragraph"]),
        ("2. behandling af budgettet", ["paragraph"]),
        ("ØKONOMI:\n\nIngen udgifter.", ["subheading", "paragraph"]),
        ("DIR FOU BYR\n\nX", ["paragraph", "paragraph"]),
    ],
)
def test_lists_and_headings_are_told_from_paragraphs(text, kinds):
    assert [block.kind for block in blocks(text)] == kinds


def test_a_unit_on_a_line_of_its_own_belongs_to_the_amount_before_it():
    first, second = blocks("Det koster 41,1 mio.\n\nkr.\n\nDer er taget højde for det.")
    assert first.lines == ["Det koster 41,1 mio. kr."]
    assert second.lines == ["Der er taget højde for det."]


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("SAGSFREMSTILLING:", "Sagsfremstilling"),
        ("HØRING AF VVM", "Høring af VVM"),
        ("Øvrige sagsbehandlere:", "Øvrige sagsbehandlere"),
        ("Økonomi", "Økonomi"),
        ("MED", "MED"),
    ],
)
def test_headings_are_shown_without_colons_and_not_in_capitals(printed, shown):
    assert heading(printed) == shown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Se [kortet](#).", "Se kortet."),
        ("[Kort](https://a.dk/k)", '<a rel="nofollow" href="https://a.dk/k">Kort</a>'),
        ("<https://a.dk/?b=1&c=2>", '<a rel="nofollow" href="https://a.dk/?b=1&amp;c=2">'),
        ("Læs www.a.dk.", '<a rel="nofollow" href="https://www.a.dk">www.a.dk</a>.'),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        (
            'https://a.dk/"><script>',
            '<a rel="nofollow" href="https://a.dk/">https://a.dk/</a>&quot;&gt;&lt;script',
        ),
    ],
)
def test_addresses_are_links_and_everything_else_is_escaped(text, html):
    assert html in linked(text)


@pytest.mark.django_db
def test_an_item_begins_with_what_was_decided(page):
    votes = (ballot(6, 1, against_names=("Ane Lund",)),)
    file(rich_document(item("1", "Budget", decision="Godkendt.", outcome=Outcome.APPROVED, ballots=votes)))
    seen = text_of(page(f"{MEETING}1/"))
    sentence = "Beskæftigelsesudvalget vedtog det: 6 stemte for, 1 imod"
    assert f"Budget {sentence} Omstridt Beslutning Godkendt." in seen
    assert sentence == verdict(AgendaItem.objects.with_places().get())


@pytest.mark.django_db
def test_a_decision_in_words_of_its_own_has_no_verdict_unless_it_was_voted_on():
    file(rich_document(item("1", "Budget", decision="Sendes i høring.", outcome=Outcome.OTHER)))
    chosen = AgendaItem.objects.with_places().get()
    assert verdict(chosen) == ""
    chosen.ballots.create(position=0, for_count=4, against_count=3, start=0, end=0)
    assert verdict(chosen) == "Afstemning: 4 stemte for, 3 imod"
    chosen.meeting.committee.name, chosen.outcome = "Byråd", Outcome.APPROVED
    assert verdict(chosen) == "Byrådet vedtog det: 4 stemte for, 3 imod"


@pytest.mark.django_db
def test_sections_for_the_administration_are_folded_and_empty_ones_left_out(page):
    kinds = SectionKind
    sections = (
        section(kinds.COMMUNICATION, "DIR FOU BYR\n\nX", "Kommunikation"),
        section(kinds.CONTACTS, "-", "Øvrige sagsbehandlere:"),
        section(kinds.PRESENTATION, "Rådet ønsker at se stedet.", "SAGSFREMSTILLING:"),
    )
    file(rich_document(item("1", "Rundvisning", decision="Gennemført.", sections=sections)))
    seen = page(f"{MEETING}1/").content.decode()
    assert "Øvrige sagsbehandlere" not in seen
    assert "<h2>Sagsfremstilling</h2>" in seen
    folded = re.search(r'<details class="administrative">.*?</details>', seen, re.DOTALL)
    assert folded
    assert "DIR FOU BYR" in folded[0]
    assert "Rundvisning" not in folded[0]


@pytest.mark.django_db
@pytest.mark.parametrize(("length", "shown"), [(2000, True), (20, False)])
def test_only_a_long_item_has_contents(page, length, shown):
    headings = ("Baggrund", "Vurdering", "Økonomi")
    sections = tuple(section(SectionKind.OTHER, "ord " * (length // 4), name) for name in headings)
    file(rich_document(item("1", "Budget", sections=sections)))
    seen = page(f"{MEETING}1/").content.decode()
    assert ("Indhold</h2>" in seen) is shown
    for anchor in re.findall(r'href="#(afsnit-\d+)"', seen):
        assert f'id="{anchor}"' in seen


@pytest.mark.django_db
def test_a_reference_is_listed_once_and_marked_if_the_archive_lacks_the_meeting(page):
    reference = Reference(committee="Byrådet", date="2019-09-09", item="386", evidence="x", start=0, end=4)
    file(rich_document(item("1", "Budget", references=(reference, reference))))
    assert text_of(page(f"{MEETING}1/")).count("Byrådet, 9. september 2019, sag 386 ikke i arkivet") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "html"), [("”Det er dyrt.”", "<q>Det er dyrt.</q>"), ("at det er dyrt", ": at det er")]
)
def test_only_words_in_quotation_marks_are_quoted(page, text, html):
    file(
        rich_document(
            item("1", "Budget", statements=(Statement(who=("Ane Lund",), text=text, start=0, end=3),))
        )
    )
    seen = page(f"{MEETING}1/").content.decode()
    assert html in seen
    assert ("<q>" in seen) is ("<q>" in html)
