"""Bytes → text: encodings, misread letters, accents, ligatures, line ends."""

import unicodedata

import pytest

from minutes.reader import read
from minutes.reader.decoding import decode

TEXT = (
    "Ældrerådet i Vesterå Kommune\n"
    "Mødet i Økonomiudvalget blev åbnet på Ågade – “færdsel” og støj… à la carte\n"
    "Udvalget drøftede børnehaven på Ærøvej.\n"
)
PLAIN = TEXT.replace("–", "-").replace("“", '"').replace("”", '"').replace("…", "...")
ONE_BYTE = ("cp1252", "cp850", "mac_roman")
MISREAD_AS = ("sloppy-windows-1252", "latin-1", "cp850", "cp437", "mac_roman")


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("cp1252", "cp1252"), ("mac_roman", "mac_roman"), ("cp850", "cp865"), ("cp865", "cp865")],
)
def test_an_encoding_of_one_byte_per_letter_is_recognised_by_its_danish_words(encoding, name):
    decoded = decode(PLAIN.encode(encoding))
    assert decoded == (PLAIN, name, False)


@pytest.mark.parametrize("encoding", MISREAD_AS)
def test_utf_8_that_was_misread_once_or_twice_is_restored(encoding):
    once = TEXT.encode().decode(encoding)
    twice = once.encode().decode(encoding, "replace")
    assert decode(once.encode()) == (TEXT, "utf-8", True)
    if "\ufffd" not in twice:
        assert decode(twice.encode()) == (TEXT, "utf-8", True)


@pytest.mark.parametrize("encoding", MISREAD_AS)
def test_single_misread_lines_and_words_are_restored_among_correct_ones(encoding):
    misread = TEXT.encode().decode(encoding)
    assert decode((TEXT + misread + TEXT).encode()).text == TEXT * 3
    word = "støj".encode().decode(encoding)
    assert decode(TEXT.replace("støj", word).encode()).text == TEXT


def test_decomposed_letters_are_composed_also_when_they_were_misread():
    assert decode(unicodedata.normalize("NFD", TEXT).encode()).text == TEXT
    misread = unicodedata.normalize("NFD", TEXT).encode().decode("latin-1")
    assert decode(misread.encode()).text == TEXT


@pytest.mark.parametrize("written", ONE_BYTE)
@pytest.mark.parametrize("read_as", ONE_BYTE)
def test_one_byte_per_letter_read_as_another_encoding_is_restored(written, read_as):
    words = "Mødet i rådet blev åbnet, børnehaven på næs og færdsel blev drøftet på torvet.\n" * 2
    misread = words.encode(written).decode(read_as)
    assert decode(misread.encode()).text == words


def test_lost_letters_are_restored_in_words_that_can_be_only_one():
    damaged = "?konomiudvalget\nM?dedato 3. maj\nFrav?rende: Ib S?e\nSeniorr?det p? m?de. Hvad?"
    restored = "Økonomiudvalget\nMødedato 3. maj\nFraværende: Ib S?e\nSeniorrådet på møde. Hvad?"
    assert decode(damaged.encode()).text == restored
    assert decode(damaged.replace("?", "\ufffd").encode()).text.startswith("Økonomiudvalget\nMødedato")


@pytest.mark.parametrize(
    "text",
    [
        "Liste “Å” og “Ø” stemte for, “Æ” imod.",
        "Temperaturen er 20 °C ±2°, 5 µg/l; § 17, stk. 4 · José Ñandú",
        "Hvad nu?så blev der spurgt?igen?",
        "https://kommune.dk/side?id=3&punkt=4?x og Citroën, Ceña, Ströbel",
        "A&B; C&D",
        "Ane Hjælm’s forslag ‘Grøn by’ — 50 % · ¼ liter",
        "Ôte Çelik, Åse Šarić, Łukasz Żak",
    ],
)
def test_correct_text_is_not_repaired(text):
    assert decode(text.encode()) == (text, "utf-8", False)


def test_ligatures_rings_and_names_of_characters_become_letters():
    assert decode("Oﬃciel ﬁnansiering af aﬂedning".encode()).text == "Officiel finansiering af afledning"
    assert decode("P˚a m˚andag ˚abner ˚Ase".encode()).text == "På måndag åbner Åse"
    assert decode(b"M&oslash;de p&aring;&nbsp;R&aring;dhuset").text == "Møde på\u00a0Rådhuset"


@pytest.mark.parametrize("end", ["\r", "\r\n", "\r\r\n", "\v", "\u2028", "\u2029"])
def test_every_kind_of_line_end_is_one(end):
    assert decode(f"Referat{end}Byrådet{end}".encode()).text == "Referat\nByrådet\n"


def test_places_are_in_the_composed_text():
    text = "REFERAT Byrådet d. 14-01-2020\n\nPunkt 1: Åbning af ﬁskehal på Ærø\n\nBeslutning\n\nGodkendt.\n"
    document = read(unicodedata.normalize("NFD", text).encode())
    (item,) = document.items
    assert item.title == "Åbning af fiskehal på Ærø"
    (section,) = item.sections
    assert document.text[section.start : section.end] == section.text == "Godkendt."


def test_labels_that_lost_letters_are_restored():
    text = "Refer\nMødedo: 12. juni 2014\nMødelokale: Salen\nTil efterretning\n"
    assert decode(text.encode()).text == text.replace("Refer\n", "Referat\n").replace("Mødedo", "Mødedato")
    text = "Beslutning\nSagsfremslling\nIndslling\nGodkendt\n"
    restored = text.replace("Sagsfremslling", "Sagsfremstilling").replace("Indslling", "Indstilling")
    assert decode(text.encode()).text == restored


def test_a_single_word_that_resembles_a_damaged_label_is_kept():
    text = "Punkt 1\n\nRefer\n\nTeksten refererer til Mødedo.\n"
    assert decode(text.encode()).text == text


def test_hyphens_of_divided_lines_are_restored():
    text = "Sundheds\ufffeog Omsorgsudvalget drøftede by\ufffenings\x02anlægget"
    assert decode(text.encode()).text == "Sundheds- og Omsorgsudvalget drøftede byningsanlægget"
