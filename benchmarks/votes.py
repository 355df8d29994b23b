"""Measures how votes are read when the decision's text is given, apart from the stages before.

    python -m benchmarks.votes [--verbose] [--roster] [FOLDER of readings by hand, by default tests/samples]

A ballot counts when its numbers, names, parties and result are those of the reading. `--roster` gives the
participants of the reading too.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from minutes.reader.flow import flow
from minutes.reader.layout import lines_of
from minutes.reader.records import Participant
from minutes.reader.voting import VotingRoster, find_votes

# "stem- mer": a word that was divided at the end of a line
_DIVIDED = re.compile(r"(?<=[a-zæøå])- (?=[a-zæøå]{2})(?!og|eller|samt)")
SIDES = ("for", "against", "abstained")
_SAMPLES = Path(__file__).resolve().parents[1] / "tests" / "samples"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path, default=[_SAMPLES])
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--roster", action="store_true")
    options = parser.parse_args()
    exact = expected = false = 0
    for folder in options.folders:
        for name, number, decision, wanted, roster in decisions(folder):
            read = [
                msgspec.to_builtins(ballot)
                for ballot in ballots_in(decision, roster if options.roster else VotingRoster())
            ]
            hits, extra = compare(read, wanted)
            exact, expected, false = (
                exact + hits,
                expected + len(wanted),
                false + max(len(read) - len(wanted), 0),
            )
            if options.verbose and (hits < len(wanted) or extra):
                print(f"{name} {number}: {decision[:300]!r}")
                for ballot in extra:
                    print("    read   ", key_of(ballot))
                for ballot in missing(read, wanted):
                    print("    not    ", key_of(ballot))
    print(f"{exact} of {expected} ballots exact, {false} false")


def ballots_in(decision: str, roster: VotingRoster) -> tuple[Any, ...]:
    read = flow(lines_of(decision))
    return find_votes(read, decision, list(read.sentences()), roster).ballots


def decisions(folder: Path) -> Iterator[tuple[str, str, str, list[dict[str, Any]], VotingRoster]]:
    """Yield (file, item, text, ballots by hand, participants) of each decision in a folder."""
    for path in sorted(folder.glob("*.json")):
        reading = json.loads(path.read_text(encoding="utf-8"))
        people = reading.get("participants") or []
        members = tuple(
            Participant(name=person)
            if isinstance(person, str)
            else Participant(name=person["name"], party=person.get("party"))
            for person in people
        )
        for item in reading["items"]:
            text = item.get("decision") or item.get("decision_clean")
            if text:
                text = _DIVIDED.sub("", text.replace("\u00ad", ""))
                yield path.stem, str(item["number"]), text, item.get("ballots") or [], VotingRoster(members)


def key_of(ballot: dict[str, Any]) -> tuple[Any, ...]:
    """Return what is compared of a ballot."""
    key: list[Any] = [ballot.get("for"), ballot.get("against"), ballot.get("abstained") or None]
    for side in SIDES:
        key.append(tuple(sorted(ballot.get(f"{side}_names") or ())))
        parties = ballot.get(f"{side}_parties") or {}
        key.append(
            tuple(
                sorted(parties.items() if isinstance(parties, dict) else ((party, None) for party in parties))
            )
        )
    return (*key, ballot.get("result"))


def compare(read: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> tuple[int, list[dict[str, Any]]]:
    """Return the number of ballots that are exact, and those read that are not."""
    left = Counter(map(key_of, wanted))
    extra = []
    for ballot in read:
        if left[key_of(ballot)]:
            left[key_of(ballot)] -= 1
        else:
            extra.append(ballot)
    return len(read) - len(extra), extra


def missing(read: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return compare(wanted, read)[1]


if __name__ == "__main__":
    main()
