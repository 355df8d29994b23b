"""Names of a gazetteer in running text: what is found and what is not."""

import time

import pytest

from minutes.gazetteer import Gazetteer, key_of, words_to_look_up

NAMES = (
    *("Birkevej", "Ny Birkevej", "Engen", "Vejen", "Skt. Jørgens Gade", "H.C. Andersens Vej"),
    *("Engsund Skole", "Lokalplan 2.15", "Lokalplan 215", "Horsens", "Nord-Syd-Ruten"),
)
GAZETTEER = Gazetteer([(name, place) for place, name in enumerate(NAMES)])


def names_in(text: str) -> list[str]:
    return [NAMES[place] for place in sorted(GAZETTEER.places_in(text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # Whole words and the genitive
        ("Cykelsti langs Birkevej.", ["Birkevej"]),
        ("Birkevejs beboere klager", ["Birkevej"]),
        ("Birkevej's beboere klager", ["Birkevej"]),
        ("Engsund Skoles tag", ["Engsund Skole"]),
        ("Butikker i Horsens' midtby", ["Horsens"]),
        ("Birkevejens grundejerforening", []),
        ("Birkevejskvarteret", []),
        ("Birkevej-området", ["Birkevej"]),
        ("Adressen er Birkevej 12-14", ["Birkevej"]),
        ("HASTIGHED PÅ BIRKEVEJ", ["Birkevej"]),
        # Several words
        ("Skt. Jørgens Gade og H. C. Andersens Vej", ["Skt. Jørgens Gade", "H.C. Andersens Vej"]),
        ("Fortov i Skt. Jørgens\nGade", ["Skt. Jørgens Gade"]),
        ("Fortov i Skt. Jørgens\n\nGade", []),
        ("Nabo til Engsund. Skole og hal", []),
        ("Den nye Nord-Syd-Rutes stop, Nord-Syd-Ruten", ["Nord-Syd-Ruten"]),
        # The longest name
        ("Huset ved Ny Birkevej", ["Ny Birkevej"]),
        ("Huset ved Gammel Birkevej", []),
        ("Gammel Birkevej rummer fortovet", ["Birkevej"]),
        # Words that are names only with a capital
        ("vejen gennem engen", []),
        ("Vejen er våd. Engen er grøn.", []),
        ("ENGEN ER VÅD", []),
        ("En sti fra Engen til Vejen", ["Engen", "Vejen"]),
        ("Engen 12: Dispensation", ["Engen"]),
        ("birkevej", []),
        # Plans
        ("Forslag til lokalplan nr. 215 for boliger", ["Lokalplan 215"]),
        ("lokalplan 2.15 og Lokalplan nr. 215", ["Lokalplan 2.15", "Lokalplan 215"]),
        ("lokalplan 2.15-3 og lokalplan 2150", []),
        ("", []),
    ],
)
def test_names_are_found_as_whole_words(text, names):
    assert names_in(text) == names


def test_two_places_of_one_name_are_both_found():
    assert Gazetteer([("Engskolen", 1), ("Engskolen", 2)]).places_in("Tag på Engskolen") == {1, 2}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        *(("Birkevej", "birkevej"), ("Skt. Jørgens Gade", "jørgens"), ("Lokalplan nr. 2.15-3", "2.15-3")),
        *(("H.C. Andersens Vej", "andersens"), ("skolen ved søen", ""), ("215", ""), ("Å", ""), ("", "")),
    ],
)
def test_a_name_has_the_key_by_which_a_text_finds_it(name, key):
    assert key_of(name) == key
    assert not key or key in words_to_look_up(f"Sagen om {name}s fremtid")


def test_the_time_does_not_depend_on_the_number_of_names():
    """A hundred times as many names, of which many begin with a word of the text."""
    text = "Forslag til Lokalplan 99999 for boliger ved Birkevej og Skolevej. " * 500

    def seconds(names: int) -> float:
        gazetteer = Gazetteer([("Birkevej", 0), *((f"Lokalplan {n}", n) for n in range(1, names))])
        started = time.process_time()
        assert gazetteer.places_in(text) == {0}
        return time.process_time() - started

    assert min(seconds(20_000) for _ in range(3)) < 3 * min(seconds(200) for _ in range(3)) + 0.05
