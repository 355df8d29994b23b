"""Votes in the text of a decision alone: tests/reader_votes/README.md."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from minutes.reader.records import Participant
from minutes.reader.voting import VotingRoster
from tests.ballot_lines import NO_ROSTER, ballots_of, in_order

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
