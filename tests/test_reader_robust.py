"""The reader and whatever else it may be given: odd bytes, cut files, texts that are no minutes."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minutes.reader import UnreadableDocument, read
from minutes.reader.records import Item
from tests.soundness import assert_sound, read_or_refused

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.txt"))
BYTES = [path.read_bytes() for path in SAMPLES]
SLOWLY = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.data_too_large]
)


# Whatever the bytes


@SLOWLY
@given(st.binary(max_size=3000))
def test_any_bytes_are_read_or_refused_in_one_line(data):
    document = read_or_refused(data)
    if document:
        assert_sound(document)


@SLOWLY
@given(
    st.sampled_from(BYTES),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=12),
)
def test_minutes_with_bytes_changed_are_read_or_refused(data, changes):
    for place, length, put in changes:
        at = int(place * len(data))
        data = data[:at] + put + data[at + length :]
    document = read_or_refused(data)
    if document:
        assert_sound(document)


@SLOWLY
@given(
    st.lists(st.tuples(st.sampled_from(BYTES), st.floats(0, 1), st.floats(0, 0.2)), min_size=2, max_size=6)
)
def test_minutes_put_together_from_pieces_are_read_or_refused(pieces):
    parts = []
    for data, begin, share in pieces:
        at = int(begin * len(data))
        parts.append(data[at : at + int(share * len(data))])
    document = read_or_refused(b"\n".join(parts))
    if document:
        assert_sound(document)


# Files cut off


DECISION = "Godkendt med 6 stemmer for og 2 stemmer imod. Imod stemte Ane Holm (A) og Bo Lind (V)."
HEAD = "REFERAT Teknikudvalget d. 14-01-2020\n\nPunkt 1: Cykelsti\n\nBeslutning\n\n"


@pytest.mark.parametrize("end", range(8, len(DECISION)))
def test_a_ballot_is_never_told_from_half_a_sentence(end):
    (item,) = read((HEAD + DECISION[:end]).encode()).items
    for ballot in item.ballots:
        assert DECISION[:end].startswith("Godkendt med 6 stemmer for og 2 stemmer imod.")
        assert (ballot.in_favour, ballot.against, ballot.against_names) == (6, 2, ())


def test_a_roll_that_breaks_off_is_no_ballot():
    (item,) = read(f"{HEAD}For: 20 (Ane Holm (A), Bo Lind (V)".encode()).items
    assert item.ballots == ()


def test_a_file_that_breaks_off_says_so():
    document = read((HEAD + DECISION[:60]).encode())
    (warning,) = [warning for warning in document.warnings if warning.code == "cut_off"]
    assert document.text[warning.start : warning.end] == DECISION[:60]
    assert not [warning for warning in read((HEAD + DECISION).encode()).warnings if warning.code == "cut_off"]


def _counts(item: Item) -> set[tuple[str, int | None, int | None]]:
    return {(ballot.subject, ballot.in_favour, ballot.against) for ballot in item.ballots}


def _address(place: int, item: Item) -> tuple[str | int | None, str | None]:
    return (item.number, item.title) if item.number or item.title else (place, None)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_minutes_cut_off_anywhere_are_read_like_the_whole(path):
    """In a cut file, only the last item may be read differently.

    Items are paired by number and title, those that have neither by their places.
    """
    data = path.read_bytes()
    whole = {_address(place, item): item for place, item in enumerate(read(data).items)}
    for tenth in range(4, 10):
        document = read_or_refused(data[: tenth * len(data) // 10 & ~1])
        for place, item in enumerate((document.items if document else ())[:-1]):
            same = whole.get(_address(place, item))
            if same:
                assert _counts(item) <= _counts(same)


# No minutes, and minutes without decisions


@pytest.mark.parametrize(
    "text",
    [
        "MINUTES of the meeting of the Parish Council\n\n1. Apologies\n\nNone.\n\n2. Budget\n\nAgreed.\n",
        "Boller i karry\n\n1. Kog kødet\n\n2. Lav sovsen\n\n3. Server med ris\n",
        "<!doctype html><html><body><h1>Velkommen til biblioteket</h1><p>Vi har åbent.</p></body></html>",
        '{"name": "referat", "items": [1, 2, 3]}',
        "navn;parti\nAne Holm;A\nBo Lind;V\n",
        "Kære Byråd\n\nJeg skriver for at klage over vejen. Med venlig hilsen\n\nAne Holm\n",
        "1\n2\n3\n4\n5\n",
    ],
    ids=["English", "a recipe", "a web page", "JSON", "a table", "a letter", "numbers"],
)
def test_what_is_no_minutes_is_refused(text):
    with pytest.raises(UnreadableDocument):
        read(text.encode())


def test_an_agenda_is_read_as_one_and_nothing_is_decided():
    document = read(
        b"DAGSORDEN Teknikudvalget d. 14-01-2020\n\nPunkt 1: Cykelsti\n\n05.01.00-P20-3-25\n\n"
        b"Indstilling\n\nForvaltningen indstiller, at stien godkendes.\n\nBeslutning\n\n"
    )
    assert document.document == "agenda"
    assert [(item.decision, item.outcome, item.ballots) for item in document.items] == [(None, "none", ())]


@pytest.mark.parametrize(
    "data",
    [b"Beslutning\n\n" * 300_000, b"\f" * 500_000 + b"x", b"Punkt 1: Budget " * 80_000],
    ids=["lines", "pages", "a line"],
)
def test_what_is_too_long_to_be_minutes_is_refused_at_once(data):
    with pytest.raises(UnreadableDocument):
        read(b"REFERAT Teknikudvalget d. 14-01-2020\n\nPunkt 1: Budget\n\n" + data)


# Minutes of an unknown form


@pytest.mark.parametrize(
    "text",
    [
        "Referat\n\nVi talte om legepladsen og om bussen.\n",
        "Det fælles landdistriktsråd. Alle var mødt. Vi drøftede færgen og udsatte resten.\n",
        "Beslutningsprotokol nr. 4 1987\n\nSnerydning. Vedtaget som anført.\n",
        "Ældrerådet mødtes den 4. maj 2011. Formanden bød velkommen. Orienteringen tages til efterretning.",
    ],
    ids=["a title alone", "prose", "a protocol", "a paragraph"],
)
def test_minutes_of_an_unknown_form_are_read_without_items_at_worst(text):
    document = read(text.encode())
    assert document.text == text
    assert document.grade != "certain"


def test_a_person_can_say_that_a_text_is_minutes():
    text = "Vi spiste kage og gik hjem klokken ni.\n"
    with pytest.raises(UnreadableDocument, match="udvalg og dato"):
        read(text.encode())
    assert read(text.encode(), are_minutes=True).grade == "unread"


def test_an_empty_or_binary_file_is_refused_whatever_a_person_says():
    for data in (b"", b" \n", bytes(range(256)) * 40):
        with pytest.raises(UnreadableDocument):
            read(data, are_minutes=True)
