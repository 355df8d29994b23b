"""Bodies are recognised by the noun that heads their name, apart from town, term and kind of meeting."""

import pytest

from minutes.reader.bodies import bodies_in, definite, same_committee


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dagsorden for ordinært møde i Seniorrådet", ["Seniorrådet"]),
        ("Referat af Ældrerådsmøde mandag den", ["Ældrerådet"]),
        ("Referat Nordby Byråd 25-09-2019", ["Byrådet"]),
        ("THISTED BYRÅD", ["Byrådet"]),
        ("Vejle Kommunes Handicapråd", ["Handicaprådet"]),
        ("KULTUR- OG FRITIDSUDVALGET", ["Kultur- og Fritidsudvalget"]),
        ("Klima-, Miljø- og Teknikudvalget", ["Klima-, Miljø- og Teknikudvalget"]),
        ("Børn og Unge-udvalget", ["Børn og Unge-udvalget"]),
        ("møde mellem Teknisk Udvalg og Økonomiudvalget", ["Teknisk Udvalg", "Økonomiudvalget"]),
        (
            "Børne- og Ungeudvalget og Kultur- og Fritidsudvalget",
            ["Børne- og Ungeudvalget", "Kultur- og Fritidsudvalget"],
        ),
        ("mødet i Udvalg for regional udvikling den 1. februar", ["Udvalg for regional udvikling"]),
        ("Udvalget for Teknik & Miljø den 4. maj", ["Udvalget for Teknik & Miljø"]),
        ("Referat fra § 17, stk. 4-udvalget om klima", ["§ 17, stk. 4-udvalget om klima"]),
        ("Det fælles landdistriktsråd - Referater", ["Det fælles landdistriktsråd"]),
        ("Indre Havn Lokaludvalg", ["Indre Havn Lokaludvalg"]),
        ("Grønt Råd – referat", ["Grønt Råd"]),
        ("Ekstraordinært skolebestyrelsesmøde", ["Skolebestyrelsen"]),
        ("Beredskabskommissionens møde", ["Beredskabskommissionen"]),
        ("Rådet for Udsatte", ["Rådet for Udsatte"]),
        ("Magistraten", ["Magistraten"]),
        ("Udvalget drøftede et godt råd", []),
        ("Byrådssalen, Rådhuset", []),
    ],
)
def test_the_bodies_of_a_text(text, names):
    bodies = bodies_in(text)
    assert [body.name for body in bodies] == names
    assert all(text[body.start : body.end].strip() for body in bodies)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Skoleudvalget 2014-2017", "2014-2017"),
        ("Skoleudvalget (18-21) den 27-02-2018", "2018-2021"),
        ("14-17 Byrådet", "2014-2017"),
        ("Skoleudvalget 27-02-2018", None),
    ],
)
def test_a_term_is_apart_from_the_name(text, term):
    (body,) = bodies_in(text)
    assert body.term == term
    assert not any(character.isdigit() for character in body.name)


def test_one_word_gets_the_definite_form_and_several_words_keep_theirs():
    assert definite("ældreråd") == "Ældrerådet"
    assert definite("Skolebestyrelse") == "Skolebestyrelsen"
    assert definite("Teknisk Udvalg") == "Teknisk Udvalg"


def test_the_definite_ending_does_not_tell_committees_apart():
    assert same_committee("Ældreråd", "Ældrerådet")
    assert same_committee("Børne- og ungeudvalget", "Børne og Ungeudvalget")
    assert not same_committee("Ældrerådet", "Handicaprådet")
