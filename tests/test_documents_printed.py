"""Printed minutes say the same as the text that they were printed from."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.faithfulness import facts_in, head_of, likeness
from minutes.documents import convert
from minutes.reader import read
from minutes.reader.records import Document
from synthetic.files.layout import lay_out
from synthetic.files.pdf import write_reportlab

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.txt"))[:30]


def printed(path: Path, columns: int = 1) -> tuple[Document, bytes]:
    """Return the reading of a text, and the text as PDF."""
    document = read(path.read_bytes(), path.name)
    lines = lay_out(document.text, table_of_labels=columns == 1 and len(document.text) % 2 == 0)
    return document, write_reportlab(lines, head_of(document), columns)


@pytest.mark.parametrize("columns", [1, 2])
def test_printed_minutes_have_the_facts_of_the_text(columns: int) -> None:
    scores = {}
    for path in SAMPLES:
        document, data = printed(path, columns)
        text = convert(data).text
        scores[path.stem] = likeness(facts_in(document), facts_in(read(text.encode(), path.name)))
    assert sum(scores.values()) / len(scores) >= 0.98, sorted(scores.items(), key=lambda score: score[1])[:10]


def letters(text: str) -> Counter[str]:
    return Counter(character for character in text if character.isalnum())


@pytest.mark.parametrize("columns", [1, 2])
def test_no_letter_of_a_page_is_lost(columns: int) -> None:
    for path in SAMPLES[::3]:
        document, data = printed(path, columns)
        shown = "".join(line.text for line in lay_out(document.text))
        latin = shown.encode("cp1252", "ignore").decode("cp1252")  # what the font has
        assert not letters(latin) - letters(convert(data).text), path.stem
