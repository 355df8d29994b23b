"""Command line: `python -m synthetic OUT` writes invented minutes to a folder."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from minutes.reader.records import as_facts
from synthetic.combined import generate_combined
from synthetic.generator import MAX_MUNICIPALITIES, SyntheticMinutes, generate_minutes


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        if options.out.exists() and any(options.out.iterdir()):
            parser.error(f"{options.out} is not empty. Name a new folder.")
        started = time.monotonic()
        for minutes in _generate(options):
            _write(minutes, options.out, facts=options.facts)
    except OSError as error:
        print(f"{parser.prog}: {error.filename}: {error.strerror}.", file=sys.stderr)
        return 1
    seconds = time.monotonic() - started
    rate = options.meetings / seconds
    print(f"{options.meetings} minutes in {options.out} ({seconds:.1f} s, {rate:.0f} per second)")
    return 0


def _generate(options: argparse.Namespace) -> Iterator[SyntheticMinutes]:
    if options.combined:
        return generate_combined(options.meetings, options.seed)
    return generate_minutes(options.meetings, options.seed, options.municipalities, long=options.long)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m synthetic",
        description=(
            "Write invented minutes to OUT, in one folder per municipality and year. "
            "The same arguments write the same bytes."
        ),
    )
    parser.add_argument("out", type=Path, metavar="OUT", help="a new or empty folder")
    parser.add_argument(
        "--meetings", type=_integer(1), default=300, metavar="N", help="number of meetings (default: 300)"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="random seed (default: 1)")
    parser.add_argument(
        "--municipalities",
        type=_integer(1, MAX_MUNICIPALITIES),
        metavar="N",
        help=f"from 1 to {MAX_MUNICIPALITIES} (default: about one per 100 meetings)",
    )
    parser.add_argument(
        "--long",
        action="store_true",
        help="write items of more than 300 words on average, with a vocabulary that grows",
    )
    parser.add_argument(
        "--combined",
        action="store_true",
        help="write single documents with independently drawn conventions, each of its own municipality",
    )
    parser.add_argument(
        "--facts",
        action="store_true",
        help="also write each document's facts as JSON, in the format of parse_minutes",
    )
    return parser


def _integer(minimum: int, maximum: int | None = None) -> Callable[[str], int]:
    """Return an argparse type for integers within limits."""
    limits = f"from {minimum}" if maximum is None else f"from {minimum} to {maximum}"

    def integer(text: str) -> int:
        number = int(text)
        if number < minimum or (maximum is not None and number > maximum):
            raise argparse.ArgumentTypeError(f"must be a whole number {limits}")
        return number

    return integer


def _write(minutes: SyntheticMinutes, folder: Path, *, facts: bool) -> None:
    path = folder / minutes.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(minutes.data)
    if facts:
        text = json.dumps(as_facts(minutes.document), ensure_ascii=False, indent=1)
        path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
