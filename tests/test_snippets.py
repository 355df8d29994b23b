"""The passages that show why an item matches."""

import re

import pytest

from minutes.vocabulary import SectionKind
from tests.documents import ballot, item, section, store
from tests.searching import body, snippet

pytestmark = pytest.mark.django_db


def test_a_snippet_marks_the_matching_words():
    store(item("1", "Havn", sections=body("Der bygges et varmeværk ved havnen.")))
    assert "<mark>varmeværk</mark>" in snippet("varmeværk")


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("varmeværk", "Et nyt varmeværk bygges.", "nyt <mark>varmeværk</mark> bygges"),
        ("børneudvalget", "Børne- og ungeudvalget mødes.", "<mark>Børne</mark>- og"),
        ("bostøtte", "Hjælp som bo-støtte gives.", "som <mark>bo-støtte</mark> gives"),
        ("366/07", "Se sag 366/07 af maj.", "sag <mark>366/07</mark> af"),
        (
            "havn skole",
            "Havnens mole. En skole ved vandet.",
            "<mark>Havnens</mark> mole. En <mark>skole</mark>",
        ),
    ],
)
@pytest.mark.parametrize("before", ["", "Om alt det andet, der er sagt på mødet.\n" * 400, "x" * 5_000 + " "])
def test_a_match_is_marked_anywhere_in_a_text(typed, text, marked, before):
    store(item("1", "Sagen", sections=body(before + text)))
    assert marked in snippet(typed)


def test_all_inflections_of_a_word_are_marked():
    store(item("1", "Sagen", sections=body("Bogen er en af de bøger, der købes.")))
    assert snippet("bog") == "<mark>Bogen</mark> er en af de <mark>bøger</mark>, der købes."
    store(item("1", "Sagen", sections=body("Alt andet. " * 60 + "Nye bøger købes.")), date="2020-02-01")
    assert "<mark>Nye</mark> <mark>bøger</mark> købes" in snippet("nye bog")


def test_a_snippet_prefers_the_decision_to_the_text():
    store(item("1", "Havn", decision="Skolen bygges.", sections=body("Om en skole.")))
    assert snippet("skole") == "<mark>Skolen</mark> bygges."


def test_a_snippet_for_a_persons_vote_is_taken_from_the_ballot():
    voted = ballot(4, 1, against_names=("Hanne Holm",), evidence="Imod stemte Hanne Holm.")
    store(item("1", "Budget", decision="Godkendt.", ballots=(voted,)))
    assert snippet("imod:holm") == "Imod stemte Hanne <mark>Holm</mark>."


def test_a_snippet_is_escaped_before_it_is_marked():
    store(item("1", "Havn", sections=body("<script>alert(1)</script> varmeværk <mark>x</mark> <b>fed</b>")))
    html = snippet("varmeværk")
    assert "<mark>varmeværk</mark>" in html
    assert re.sub(r"</?mark>", "", html, count=2).count("<") == 0
    assert "&lt;mark&gt;x" in html


def test_private_characters_of_a_document_do_not_become_marks():
    store(item("1", "Havn", decision="\ue000varmeværk\ue001 ved havnen"))
    assert snippet("havnen").count("<mark>") == 1


def test_a_snippet_shows_what_was_decided_rather_than_who_attended():
    attended = "Skolechef Bo Lund deltog under punktet"
    store(
        item(
            "1",
            "Skolen",
            decision="Godkendt.",
            sections=(
                section(SectionKind.DECISION, f"{attended}. Godkendt."),
                section(SectionKind.PRESENTATION, f"{attended}.\nSkolen skal males."),
            ),
        ),
        item(
            "2",
            "Idrætshallen",
            sections=body("Skolechef Bo Lund, deltog under sagens behandling.\nHallen skal males."),
        ),
    )
    assert snippet("titel:skole skole") == "<mark>Skolen</mark> skal males."
    assert snippet("idrætshal") == "Hallen skal males."
