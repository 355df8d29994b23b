"""Votes in the text of a decision alone: tests/reader_votes/README.md."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from minutes.reader.decisions import outcome
from minutes.reader.records import Participant
from minutes.reader.voting import VotingRoster
from tests.ballot_lines import NO_ROSTER, ballots_of, in_order, voting_of

FOLDER = Path(__file__).parent / "reader_votes"
_MEMBER = re.compile(r"(?P<name>[^,(]+?)\s*\((?P<party>[^)]*)\)")


def cases() -> Iterator[object]:
    """Yield the decision, its ballots and the roster of each case of the files."""
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
                wanted = [in_order(line) for line in lines if line.strip() != "none"]
                name = f"{kind}: {decision[:40]}"
                yield pytest.param(decision.replace("\\t", "\t"), wanted, roster, id=name)


def roster_of(members: str) -> VotingRoster:
    found = _MEMBER.finditer(members.removeprefix("members:"))
    return VotingRoster(
        tuple(Participant(name=match["name"].strip(), party=match["party"]) for match in found)
    )


@pytest.mark.parametrize(("decision", "lines", "roster"), [*cases()])
def test_the_ballots_of_a_decision_are_read(decision, lines, roster):
    assert ballots_of(decision, roster) == lines


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
