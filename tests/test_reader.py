"""The reader: from the bytes of a document to its facts, each with its place."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from minutes.reader import UnreadableDocument, read
from minutes.reader.dates import find_date, find_time
from minutes.reader.decisions import outcome
from minutes.reader.municipality_mentions import find_municipality
from minutes.reader.records import Item, as_facts, from_facts
from tests.readings import differences, reading_of
from tests.soundness import assert_sound
from tests.texts import minutes

SAMPLES = Path(__file__).parent / "samples"
SHARED = Path(__file__).parents[2] / "shared"
ROOT = Path(__file__).parents[1]
WORDS_FILE = ROOT / "minutes" / "reader" / "words.toml"


def read_item(body: str, *, title: str = "Punkt 1: Cykelsti") -> Item:
    """The one item of minutes whose item has this body."""
    (item,) = read(f"REFERAT Teknikudvalget d. 14-01-2020\n\n{title}\n\n{body}".encode()).items
    return item


# Whole documents


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_a_sample_is_read_as_by_hand(sample):
    facts = json.loads(json.dumps(as_facts(read(sample.read_bytes(), sample.name))))
    reading = reading_of(sample)
    assert differences(facts, reading) == reading.get("missed", [])


@pytest.mark.parametrize(
    "path", sorted([*SAMPLES.glob("*.txt"), *SHARED.glob("seeds/*.txt")]), ids=lambda path: path.stem
)
def test_every_place_holds_the_words_it_is_said_to_hold(path):
    assert_sound(read(path.read_bytes()))


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not on this machine")
def test_the_seeds_are_read_as_by_hand():
    command = [sys.executable, SHARED / "score.py", "--gold", SHARED / "gold", "--text", SHARED / "seeds"]
    command += ["--floor", "0.99", "--", sys.executable, ROOT / "manage.py", "parse_minutes"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout
    assert "source spans" in ran.stdout
    assert ran.stdout.splitlines()[-1].startswith("mean of facets")
    assert "false ballots          0" in ran.stdout


def test_a_phrase_of_the_tables_is_in_lower_case_and_heads_one_kind_of_section():
    tables = tomllib.loads(WORDS_FILE.read_text(encoding="utf-8"))
    for table in tables.values():
        lists = [phrases for phrases in table.values() if isinstance(phrases, list)]
        for phrases in [*lists, *table.get("labels", {}).values()]:
            assert all(phrase == " ".join(phrase.lower().split()) for phrase in phrases), phrases
            assert len(set(phrases)) == len(phrases), phrases
    for name in ("headings", "weak_headings"):
        headings = [phrase for phrases in tables[name].values() for phrase in phrases]
        assert len(set(headings)) == len(headings)


def test_facts_go_through_json_and_come_back():
    document = read((SAMPLES / "klintholt_byraad.txt").read_bytes())
    assert from_facts(json.loads(json.dumps(as_facts(document)))) == document


# Bytes


DANISH = minutes("Æblehaven på Åkjærvej", "Ørstedskolen")


@pytest.mark.parametrize(
    ("data", "encoding", "repaired"),
    [
        (DANISH.encode(), "utf-8", False),
        (DANISH.encode("utf-8-sig"), "utf-8-sig", False),
        (DANISH.encode("cp1252"), "cp1252", False),
        (DANISH.encode("utf-16"), "utf-16", False),
        (DANISH.encode("utf-16-le"), "utf-16-le", False),
        (DANISH.replace("\n", "\r\n").encode(), "utf-8", False),
        (DANISH.encode().decode("cp1252", "ignore").encode(), "utf-8", True),
    ],
    ids=["utf-8", "bom", "windows", "utf-16", "utf-16 without a mark", "crlf", "mojibake"],
)
def test_a_text_is_the_same_whatever_it_was_saved_as(data, encoding, repaired):
    document = read(data)
    assert [item.title for item in document.items] == ["Æblehaven på Åkjærvej", "Ørstedskolen"]
    assert (document.source.encoding, document.source.repaired) == (encoding, repaired)
    assert "\r" not in document.text


def test_nuls_are_taken_out():
    assert "\0" not in read(minutes().replace("e", "e\0", 3).encode()).text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "tom"),
        (b" \n\t\n", "tom"),
        (b"\xef\xbb\xbf", "tom"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "ikke tekst"),
        (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)), "ikke tekst"),
        (b"PK\x03\x04" + bytes(range(256)) * 3, "ikke tekst"),
        (b"The quick brown fox jumps over the lazy dog. " * 50, "ligner ikke et referat"),
        ("Kære alle. Tak for et godt møde i går, vi ses igen.".encode(), "ligner ikke et referat"),
        (b"<html><body><h1>Velkommen</h1></body></html>", "HTML"),
    ],
    ids=["empty", "space", "a mark alone", "png", "pdf", "zip", "english", "a letter", "a web page"],
)
def test_what_cannot_be_minutes_is_refused_with_a_reason(data, says):
    with pytest.raises(UnreadableDocument, match=says):
        read(data)


def test_an_encoding_that_does_not_fit_is_refused():
    with pytest.raises(UnreadableDocument, match="ascii"):
        read(DANISH.encode(), encoding="ascii")


@pytest.mark.parametrize("cut", range(0, 2000, 97))
def test_a_file_cut_off_anywhere_is_read_or_refused(cut):
    data = (SAMPLES / "klintholt_byraad.txt").read_bytes()[:cut]
    try:
        document = read(data)
    except UnreadableDocument:
        return
    assert document.text == data.decode("utf-8", "ignore") or document.source.encoding != "utf-8"


# Header


@pytest.mark.parametrize(
    ("printed", "name", "term"),
    [
        ("Beskæftigelsesudvalget", "Beskæftigelsesudvalget", None),
        ("Beskæftigelsesudvalget 2013-2021", "Beskæftigelsesudvalget", "2013-2021"),
        ("Arbejdsmarkedsudvalget 2018 - 2021", "Arbejdsmarkedsudvalget", "2018-2021"),
        ("Børne- og Ungeudvalget (2022-2025)", "Børne- og Ungeudvalget", "2022-2025"),
    ],
)
def test_a_committee_is_told_from_its_term(printed, name, term):
    document = read(f"REFERAT {printed} d. 14-01-2020\n\nPunkt 1: Budget\n\nBeslutning\n\nGodkendt.".encode())
    assert (document.committee, document.committee_as_printed, document.term) == (name, printed, term)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("14. januar 2020", "2020-01-14"),
        ("d. 14-01-2020", "2020-01-14"),
        ("08.11.2007, kl. 17:30", "2007-11-08"),
        ("15-maj-2002", "2002-05-15"),
        ("30. aug 2022", "2022-08-30"),
        ("den 4/2-2014", "2014-02-04"),
        ("d. 6/3-19", "2019-03-06"),
        ("31. februar 2020", None),
        ("i går", None),
    ],
)
def test_a_date_is_read_as_danes_print_it(text, date):
    assert find_date(text) == date


@pytest.mark.parametrize(
    ("text", "time"),
    [("kl. 16:00", "16:00"), ("kl. 16.30", "16:30"), ("kl. 9", "09:00"), ("kl. 25:00", None)],
)
def test_a_time_is_read_as_danes_print_it(text, time):
    assert find_time(text) == time


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Randers Kommune har. Randers Kommune vil.", "730"),
        ("Aarhus Kommune har. Århus Kommune vil.", "751"),
        ("Københavns Kommune har. Københavns Kommunes plan.", "101"),
        ("Jobcenter Herning har. Herning Kommune vil.", "657"),
        ("Høje-Taastrup Kommune har. Høje-Taastrup Kommune vil.", "169"),
        ("Randers Kommune har. Syddjurs Kommune har.", None),
        ("Erfaringerne fra Syddjurs Kommune.", None),
        ("Kommunen har.", None),
    ],
)
def test_a_municipality_is_found_in_the_text_or_is_null(text, code):
    municipality = find_municipality(text)
    assert (municipality.code if municipality else None) == code


# Items


@pytest.mark.parametrize(
    ("heading", "title", "closed"),
    [
        ("Punkt 1: Budget 2021", "Budget 2021", False),
        ("Punkt 1: Budget 2021 (B)", "Budget 2021", False),
        ("Punkt 1: Køb af ejendom (LUKKET)", "Køb af ejendom", True),
        ("Punkt 1: Lukket", "Lukket", True),
        ("Punkt 1: Lukket punkt", "Lukket punkt", True),
        ("Punkt 1: Lukketider i SFO", "Lukketider i SFO", False),
        ("Punkt 1: Lukning af vej", "Lukning af vej", False),
    ],
)
def test_a_title_is_told_from_what_is_printed_round_it(heading, title, closed):
    item = read_item("Beslutning\n\nGodkendt.", title=heading)
    assert (item.title, item.closed) == (title, closed)


@pytest.mark.parametrize(
    "number", ["15.20.00-Ø34-1-19", "00.01.00P35-0098", "S2018-2162", "19/2484", "330-2019-2104"]
)
def test_a_case_number_stands_under_the_title(number):
    assert read_item(f"{number}\n\nResume\n\nKort.").case_number == number


def test_an_item_that_only_mentions_a_case_number_has_none():
    assert read_item("Resume\n\nSe sagsnr. 19/2484.").case_number is None


def test_a_word_in_a_sentence_is_no_item():
    text = minutes().replace("afsætter 1.250.000 kr.", "afsætter midler.\nPunkt 7: se bilaget.")
    assert len(read(text.encode()).items) == 2


# Decisions


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ("Godkendt.", "approved"),
        ("Tiltrådt.", "approved"),
        ("Forvaltningens indstilling blev vedtaget.", "approved"),
        ("Taget til efterretning.", "noted"),
        ("Indstilles godkendt.", "recommended"),
        ("Anbefales godkendt.", "recommended"),
        ("Drøftet.", "discussed"),
        ("Udvalget drøftede sagen.", "discussed"),
        ("Udsat.", "postponed"),
        ("Sagen udsættes.", "postponed"),
        ("Ikke tiltrådt.", "rejected"),
        ("Forslaget blev forkastet.", "rejected"),
        ("Et ændringsforslag fra A om, at sagen udsættes, blev forkastet. Godkendt.", "approved"),
        ("Udvalget ønsker et notat.", "other"),
        ("Udvalget besluttede at udsætte sagen.", "postponed"),
        ("Det blev besluttet at godkende planen.", "approved"),
        ("Der var enighed om at følge indstillingen.", "approved"),
        ("Udvalget besluttede at meddele afslag.", "rejected"),
        ("Udvalget besluttede ikke at imødekomme ansøgningen.", "rejected"),
        ("Rådet besluttede at anbefale planen.", "recommended"),
        ("Der meddeles afslag.", "rejected"),
        ("Der gives dispensation som ansøgt.", "approved"),
        ("Der kan ikke gives dispensation.", "rejected"),
        ("Der var ikke flertal for forslaget.", "rejected"),
        ("Forvaltningens indstilling følges.", "approved"),
        ("Overføres til næste møde.", "postponed"),
        ("Emnet blev diskuteret.", "discussed"),
        ("Godkendt. Liste Ø kan ikke støtte forslaget.", "approved"),
        ("Høringssvaret godkendes og fremsendes til ministeriet.", "approved"),
        ("Der var ikke noget til punktet.", "none"),
        ("Intet.", "none"),
        ("", "none"),
        (None, "none"),
    ],
)
def test_an_outcome_is_told_in_the_words_of_the_decision(decision, expected):
    assert outcome(decision) == expected


BALLOTS = [
    # (decision, subject, for, against, abstained, names for, against, abstained, result)
    (
        "Godkendt med 6 stemmer for og 1 stemme imod. Imod stemte Ane Holm.",
        ("main", 6, 1, None, (), ("Ane Holm",), (), "carried"),
    ),
    (
        "Indstilles godkendt med seks stemmer for og 1 stemme imod. Ane Holm stemte imod.",
        ("main", 6, 1, None, (), ("Ane Holm",), (), "carried"),
    ),
    (
        "Godkendt med 20 stemmer for og 3 stemmer imod, mens 2 undlod at stemme.\nImod stemte Ane Holm (Ø), "
        "Bo Lind (Ø) og Eva Kirk (L). Ib Dam og Jo Dal undlod at stemme.",
        ("main", 20, 3, 2, (), ("Ane Holm", "Bo Lind", "Eva Kirk"), ("Ib Dam", "Jo Dal"), "carried"),
    ),
    (
        "Et ændringsforslag fra Ane Holm om, at sagen udsættes, blev forkastet med 1 stemme for og 6 stemmer "
        "imod. For stemte Ane Holm.",
        ("amendment", 1, 6, None, ("Ane Holm",), (), (), "lost"),
    ),
    ("Taget til efterretning med 6 stemmer.", ("main", 6, None, None, (), (), (), "carried")),
    ("3. at: Godkendt med 5 stemmer for og 2 stemmer imod.", ("part 3", 5, 2, None, (), (), (), "carried")),
]


@pytest.mark.parametrize(("decision", "expected"), BALLOTS, ids=[case[0][:40] for case in BALLOTS])
def test_a_ballot_is_read_with_its_counts_and_names(decision, expected):
    (ballot,) = read_item(f"Beslutning\n\n{decision}").ballots
    assert (
        ballot.subject,
        ballot.in_favour,
        ballot.against,
        ballot.abstained,
        ballot.for_names,
        ballot.against_names,
        ballot.abstained_names,
        ballot.result,
    ) == expected


@pytest.mark.parametrize(
    "body",
    [
        "Beslutning\n\nGodkendt.",
        "Beslutning\n\nUdvalget stemmer for en hurtig løsning.",
        "Beslutning\n\nGodkendt efter en drøftelse af 6 forslag for og imod.",
        "Beslutning\n\nAne Holm fik 14 stemmer, og Bo Lind fik 11 stemmer. Valgt blev Ane Holm.",
        "Beslutning\n\nGodkendt. Der kom ti svar, hvoraf seks var for og fire var imod forslaget.",
        "Beslutning\n\nFormanden oplyste, at 3 medlemmer var imod forslaget i bestyrelsen.",
        "Beslutning\n\nEt flertal af høringssvarene støtter forslaget. Ti borgere undlod at svare.",
        "Beslutning\n\nNej: Borgmesteren svarede, at det ikke er muligt.",
        "Sagsfremstilling\n\nForslaget blev i 2019 vedtaget med 6 stemmer for og 1 stemme imod.",
        "Planudvalget, 27. oktober 2020, pkt. 61:\n\nGodkendt med 3 stemmer for og 2 stemmer imod.\n\n"
        "Beslutning\n\nGodkendt.",
    ],
)
def test_a_ballot_that_was_not_held_here_is_never_read(body):
    assert read_item(body).ballots == ()


@pytest.mark.parametrize(
    ("decision", "counts"),
    [
        ("Godkendt. Ane Lund (V) stemte ikke imod.", []),
        ("Godkendt. Ingen stemte imod.", []),
        ("Godkendt. Nogle af medlemmerne stemte imod.", []),
        ("Godkendt. 5 medlemmer stemte for, resten imod.", [(5, None)]),
    ],
)
def test_what_a_vote_leaves_open_is_not_guessed(decision, counts):
    ballots = read_item(f"Beslutning\n\n{decision}").ballots
    assert [(ballot.in_favour, ballot.against) for ballot in ballots] == counts
    assert not any(ballot.against_names or ballot.against_parties for ballot in ballots)


def test_items_run_together_in_one_paragraph_are_told_apart():
    run_together = (
        "Punkt 1: Godkendelse af dagsorden. Beslutning: Godkendt. Punkt 2: Cykelsti langs Mosevej. "
        "Indstilling: Forvaltningen indstiller, at stien anlægges. "
        "Beslutning: Godkendt med 6 stemmer for og 1 stemme imod. Imod stemte Ane Holm. "
        "Punkt 3: Budget 2021. Beslutning: Udsat."
    )
    document = read(f"REFERAT Teknikudvalget d. 14-01-2020\n\n{run_together}\n".encode())
    assert [(item.number, item.title, item.outcome) for item in document.items] == [
        ("1", "Godkendelse af dagsorden", "approved"),
        ("2", "Cykelsti langs Mosevej", "approved"),
        ("3", "Budget 2021", "postponed"),
    ]
    assert [section.kind for section in document.items[1].sections] == ["recommendation", "decision"]
    (ballot,) = document.items[1].ballots
    assert (ballot.in_favour, ballot.against, ballot.against_names) == (6, 1, ("Ane Holm",))
    assert_sound(document)


def test_another_committees_decision_is_not_this_ones():
    other = "Planudvalget, 27. oktober 2020, pkt. 61:\n\nUdsat. Ane Holm tog forbehold."
    item = read_item(f"{other}\n\nBeslutning\n\nGodkendt.")
    assert (item.decision, item.outcome, item.reservations) == ("Godkendt.", "approved", ())
    (prior,) = item.prior_decisions
    assert (prior.committee, prior.date, prior.item) == ("Planudvalget", "2020-10-27", "61")


# Odd lines


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "A" * 200_000,
        "Ane Holm, " * 20_000,
        "(" * 200_000,
        "1" * 200_000,
        " " * 100_000 + "x" + " " * 100_000,
        "\n" * 200_000,
        "Ane Holm og " * 16_000 + "stemte imod.",
        "med 6 stemmer for og " * 10_000,
        "." * 200_000,
        "- " * 100_000,
        "A. " * 60_000,
        "Børne-, " * 24_000,
        "(A) " * 50_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_no_line_is_so_odd_that_the_reader_is_lost_in_it(text):
    """A pattern that goes over such a line twice for each of its characters never ends: pytest-timeout."""
    for document in (
        f"REFERAT Teknikudvalget d. 14-01-2020\n\nPunkt 1: Budget\n\nBeslutning\n\n{text}",
        f"Mødedeltagere {text}\n\nPunkt 1: Budget\n\nSagsfremstilling\n\n{text}",
    ):
        assert [item.number for item in read(document.encode()).items] == ["1"]
