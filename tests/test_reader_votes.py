"""Votes in the text of a decision alone: tests/reader_votes/README.md."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from minutes.reader import read
from minutes.reader.decisions import outcome
from minutes.reader.flow import flow
from minutes.reader.item_outcome import item_outcome
from minutes.reader.layout import lines_of
from minutes.reader.records import Participant
from minutes.reader.voting import VotingRoster
from tests.ballot_lines import NO_ROSTER, ballots_of, in_order, line_of, voting_of

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "reader_votes"
_MEMBER = re.compile(r"(?P<name>[^,(]+?)\s*\((?P<party>[^)]*)\)")


def cases() -> Iterator[object]:
    """Yield the decision, its ballots, the outcome if it is given, and the roster of each case."""
    for path in sorted(FOLDER.glob("*.txt")):
        kind, roster = path.stem, NO_ROSTER
        for block in re.split(r"^(?=## |--$)", path.read_text(encoding="utf-8"), flags=re.MULTILINE):
            headed = block.startswith(("##", "--", "members:"))
            head, _, case = block.partition("\n") if headed else ("", "", block)
            if head.startswith("##"):
                kind = head.removeprefix("## ")
            elif head.startswith("members:"):
                roster = roster_of(head)
            decision, *lines = case.strip("\n").split("\n=> ")
            if lines:
                outcomes = [line.split()[1] for line in lines if line.startswith("outcome ")]
                ballots = [
                    line for line in lines if not line.startswith("outcome ") and line.strip() != "none"
                ]
                wanted = [*map(in_order, ballots)]
                name = f"{kind}: {decision[:40]}"
                yield pytest.param(decision.replace("\\t", "\t"), wanted, outcomes, roster, id=name)


def roster_of(members: str) -> VotingRoster:
    members_listed = _MEMBER.finditer(members.removeprefix("members:"))
    return VotingRoster(
        tuple(Participant(name=match["name"].strip(), party=match["party"]) for match in members_listed)
    )


@pytest.mark.parametrize(("decision", "lines", "outcomes", "roster"), [*cases()])
def test_the_ballots_of_a_decision_are_read(decision, lines, outcomes, roster):
    assert ballots_of(decision, roster) == lines
    if outcomes:
        voting = voting_of(decision, roster)
        assert [item_outcome([(flow(lines_of(decision)), voting)], None, "")] == outcomes


@pytest.mark.parametrize("decision", (FOLDER / "no_ballots.txt").read_text(encoding="utf-8").splitlines())
def test_a_decision_without_votes_held_here_has_no_ballot(decision):
    assert ballots_of(decision) == []


@pytest.mark.parametrize(
    ("decision", "office", "elected", "votes"),
    [
        (
            "Valgt blev Aksel Birkholm (A) med 5 stemmer. Dorthe Kjeldahl (V) fik 4 stemmer.",
            None,
            ("Aksel Birkholm",),
            {"Aksel Birkholm": 5, "Dorthe Kjeldahl": 4},
        ),
        ("Ved lodtrækning blev Dorthe Kjeldahl valgt.", None, ("Dorthe Kjeldahl",), {}),
        ("Til formand valgtes Ane Lundemark.", "formand", ("Ane Lundemark",), {}),
        (
            "Ane Lundemark udpeges til bestyrelsen i Nordby Gymnasium, i stedet for Bo Lindeskov.",
            "bestyrelsen i Nordby Gymnasium",
            ("Ane Lundemark",),
            {},
        ),
        (
            "Ane Lundemark (A) fik 12 stemmer, Bo Lindeskov 11 og Kaj Askov 2. Ane Lundemark er valgt som "
            "formand for Teknisk Udvalg.",
            "formand for Teknisk Udvalg",
            ("Ane Lundemark",),
            {"Ane Lundemark": 12, "Bo Lindeskov": 11, "Kaj Askov": 2},
        ),
        (
            "Som medlemmer af bestyrelsen valgtes Ane Lundemark og Bo Lindeskov.",
            "medlemmer af bestyrelsen",
            ("Ane Lundemark", "Bo Lindeskov"),
            {},
        ),
        (
            "Ved 1. afstemning fik Ane Lundemark (A) 9 stemmer, Bo Lindeskov (V) 9 stemmer og Kaj Askov (C) "
            "3 stemmer. Ved bundet omvalg fik Ane Lundemark 11 stemmer og Bo Lindeskov 10 stemmer. "
            "Ane Lundemark er hermed valgt som 1. viceborgmester.",
            "1. viceborgmester",
            ("Ane Lundemark",),
            {"Ane Lundemark": 11, "Bo Lindeskov": 10},
        ),
        (
            "Der blev foretaget skriftlig afstemning. Ane Lundemark: 8 stemmer. Bo Lindeskov: 5 stemmer. "
            "Blank: 1. Ane Lundemark blev således valgt til hvervet som næstformand.",
            "næstformand",
            ("Ane Lundemark",),
            {"Ane Lundemark": 8, "Bo Lindeskov": 5},
        ),
    ],
)
def test_an_election_is_no_ballot_on_a_motion(decision, office, elected, votes):
    voting = voting_of(decision)
    (election,) = voting.elections
    assert (election.office, election.elected, election.votes) == (office, elected, votes)
    assert voting.ballots == ()


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ("Forslagsstilleren trak sit forslag tilbage. Punktet udgår.", "withdrawn"),
        ("Sagen udgår.", "withdrawn"),
        ("Taget af dagsordenen.", "withdrawn"),
        ("Sagen tages af dagsordenen og forelægges igen, når bygherren har svaret.", "postponed"),
        ("Drøftet og udsat.", "postponed"),
        ("Tilbagesendes.", "postponed"),
        (
            "Tilbagesendes Teknik med bemærkning, at byrådet har vedtaget magistratens indstilling.",
            "approved",
        ),
        ("Tilbagesendes Teknik med bemærkning, at byrådet har taget sagen til efterretning.", "noted"),
        ("Fremsendes til Teknisk Udvalg til behandling i henhold til byrådets beslutning.", "other"),
        ("Venstre trak forslaget tilbage. Indstillingen godkendt.", "approved"),
        ("Ingen.", "none"),
        ("Intet.", "none"),
    ],
)
def test_what_became_of_an_item_is_told_apart(decision, expected):
    assert outcome(decision) == expected


MEMBERS = "Ane Lundemark (A), Bo Lindeskov (V), Eva Kirkegaard (F), Kaj Askov (C)"


def lines_in(decision: str, members: str = MEMBERS) -> list[str]:
    """Return the ballots of minutes with these members and this decision."""
    head = f"REFERAT Byrådet d. 14-01-2020\n\nMødedato Tirsdag d. 14. januar 2020\n\nMødedeltagere {members}"
    document = read(f"{head}\n\nPunkt 1: Sti\n\nBeslutning\n\n{decision}\n".encode())
    return [line_of(ballot) for ballot in document.items[0].ballots]


@pytest.mark.parametrize(
    ("decision", "line"),
    [
        (
            "Godkendt med 3 stemmer for og 1 imod. Imod stemte Bo Lindeskov.",
            "main 3-1 carried | Ane Lundemark*, Eva Kirkegaard*, Kaj Askov* | Bo Lindeskov",
        ),
        (
            "Forkastet med 2 stemmer for, 1 imod og 1, der undlod at stemme. For stemte Ane Lundemark (A) og "
            "Kaj Askov (C). Bo Lindeskov undlod at stemme.",
            "main 2-1-1 lost | Ane Lundemark (A), Kaj Askov (C) | Eva Kirkegaard* | Bo Lindeskov",
        ),
        (
            "Godkendt med 3 stemmer for og 1 imod. Imod stemte V.",
            "main 3-1 carried | Ane Lundemark*, Eva Kirkegaard*, Kaj Askov* | =V, Bo Lindeskov*",
        ),
        (
            "Godkendt med 2 stemmer for og 2 imod. For stemte A og F. Imod stemte V og Kaj Askov (C).",
            "main 2-2 | =A, =F, Ane Lundemark*, Eva Kirkegaard* | =V, Bo Lindeskov*, Kaj Askov (C)",
        ),
    ],
)
def test_votes_that_follow_from_the_others_are_deduced(decision, line):
    assert lines_in(decision) == [in_order(line)]


def test_everybody_voted_if_the_votes_are_as_many_as_those_who_came_at_any_time():
    members = f"{MEMBERS}, Lis Brohus (A) (ankom kl. 18.20)"
    (line,) = lines_in("Godkendt med 4 stemmer for og 1 imod. Imod stemte Bo Lindeskov.", members)

    assert line.endswith("Ane Lundemark*, Eva Kirkegaard*, Kaj Askov*, Lis Brohus* | Bo Lindeskov")


@pytest.mark.parametrize(
    ("decision", "members"),
    [
        ("Godkendt med 2 stemmer for og 1 imod. Imod stemte Bo Lindeskov.", MEMBERS),
        ("Godkendt med 2 stemmer for og 2 imod. Imod stemte V.", MEMBERS),
        ("Godkendt med 2 stemmer for og 2 imod. Imod stemte V (2).", MEMBERS),
        ("Godkendt med 3 stemmer for og 1 imod. Imod stemte V.", MEMBERS.replace("(A)", "")),
        ("Godkendt med 3 stemmer for og 1 imod. Imod stemte O.", MEMBERS),
        ("Godkendt med 3 stemmer for.", MEMBERS),
        ("Godkendt med 3 stemmer for og 1 imod. Imod stemte Ib Damgaard.", MEMBERS),
        ("Godkendt med 3 stemmer for og 1 imod. Imod stemte Bo Lindeskov. En suppleant deltog.", MEMBERS),
        ("Godkendt med 2 stemmer for og 2 imod. Imod stemte Bo Lindeskov og formanden.", MEMBERS),
        (
            "Godkendt med 3 stemmer for og 1 imod. Imod stemte Bo Lindeskov.",
            f"{MEMBERS}, Lis Brohus (A) (ankom kl. 18.20)",
        ),
    ],
)
def test_nothing_is_deduced_where_it_is_not_clear_who_voted(decision, members):
    assert not any("*" in line for line in lines_in(decision, members))


TAUGHT = [
    # words added to a list of [votes], a decision, its ballots
    (
        "group_in_favour",
        "bifaldt",
        "2 medlemmer (A+V) bifaldt. 1 medlem (Ø) bifaldt ikke. Godkendt.",
        ["main 2-1 carried | =A, =V | =Ø"],
    ),
    ("group_in_favour", "bifalde", "Godkendt. Liste B kan ikke bifalde.", ["main ?-? carried | | =B"]),
    (
        "verbs",
        "kårede",
        "Godkendt. Imod kårede Ane Lundemark (V). Bo Lindeskov kårede ikke for.",
        ["main ?-2 carried | | Ane Lundemark (V), Bo Lindeskov"],
    ),
    ("verbs", "kårede", "Godkendt. Alle undtagen Ø kårede for.", ["main ?-? carried | | =Ø"]),
    (
        "label_against",
        "modstemmer",
        "For: 4 (A). Modstemmer: 2 (Ø). Vedtaget.",
        ["main 4-2 carried | =A | =Ø"],
    ),
    ("abstaining", "sad over", "Vedtaget. Liste F sad over.", ["main ?-? carried | | | =F"]),
]


@pytest.fixture(scope="module")
def taught(tmp_path_factory) -> Path:
    """Return a copy of the reader whose words have those of `TAUGHT` too."""
    copy = tmp_path_factory.mktemp("taught")
    for name in ("minutes/reader", "minutes/documents", "tests"):
        shutil.copytree(
            ROOT / name, copy / name, ignore=shutil.ignore_patterns("samples", "data", "browser", "api")
        )
    for name in ("minutes/__init__.py", "minutes/vocabulary.py"):
        shutil.copy(ROOT / name, copy / name)
    words = copy / "minutes" / "reader" / "words.toml"
    text = words.read_text(encoding="utf-8")
    for key, word in dict.fromkeys((key, word) for key, word, _, _ in TAUGHT):
        before, table, votes = text.partition("[votes]\n")
        text = before + table + votes.replace(f"\n{key} = [", f'\n{key} = ["{word}", ', 1)
        assert word in text
    words.write_text(text, encoding="utf-8")
    return copy


@pytest.mark.parametrize(("key", "word", "decision", "lines"), TAUGHT)
def test_a_verb_is_taught_by_adding_words(taught, key, word, decision, lines):
    code = "import sys; from tests.ballot_lines import ballots_of; print('\\n'.join(ballots_of(sys.argv[1])))"
    command = [sys.executable, "-c", code, decision]
    ran = subprocess.run(command, cwd=taught, capture_output=True, text=True, check=False)
    assert ran.stdout.splitlines() == [in_order(line) for line in lines], ran.stderr
    assert ballots_of(decision) != [in_order(line) for line in lines]
