"""Files say the same as the text that they were written from."""

from pathlib import Path

import pytest

from benchmarks.faithfulness import facts_in, written
from minutes.documents import convert
from minutes.reader import read
from synthetic.files import WRITERS

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.txt"))[:40]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_format_gives_the_facts_of_the_text(path):
    document = read(path.read_bytes(), path.name)
    facts = facts_in(document)
    for kind in WRITERS:
        text = convert(written(document.text, kind, document)).text_to_read()
        assert facts_in(read(text.encode(), path.name)) == facts, kind
