"""Fuzz the reader guided by coverage: `make fuzz`, or `make fuzz SECONDS=600`.

    python tests/fuzz_reader.py CORPUS [libFuzzer's flags]

Atheris changes the minutes of tests/samples, and the seeds where `../shared` is present, and stores all
inputs that reach new code in the folder CORPUS. It stops at the first bytes that are read unsoundly or not
refused in one line, and writes them to a file `crash-…`, which belongs in a test of test_reader_robust.py.
"""

import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["minutes"]):
    from tests.soundness import assert_sound, read_or_refused

LONGEST = 12_000


def once(data: bytes) -> None:
    document = read_or_refused(data)
    if document:
        assert_sound(document)


def main() -> None:
    corpus = Path(sys.argv[1])
    corpus.mkdir(parents=True, exist_ok=True)
    for path in (*ROOT.glob("tests/samples/*.txt"), *ROOT.parent.glob("shared/*/*.txt")):
        (corpus / path.stem).write_bytes(path.read_bytes()[:LONGEST])
    atheris.Setup([*sys.argv, f"-max_len={LONGEST}"], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
