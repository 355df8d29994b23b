"""Printed minutes say the same as the text that they were printed from."""

from pathlib import Path

from benchmarks.faithfulness import facts_in, head_of, likeness
from minutes.documents import convert
from minutes.reader import read
from synthetic.files.layout import lay_out
from synthetic.files.pdf import write_reportlab

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.txt"))[:30]


def test_printed_minutes_have_the_facts_of_the_text() -> None:
    scores = {}
    for path in SAMPLES:
        document = read(path.read_bytes(), path.name)
        lines = lay_out(document.text, table_of_labels=len(document.text) % 2 == 0)
        text = convert(write_reportlab(lines, head_of(document))).text
        scores[path.stem] = likeness(facts_in(document), facts_in(read(text.encode(), path.name)))
    assert sum(scores.values()) / len(scores) >= 0.98, sorted(scores.items(), key=lambda score: score[1])[:10]
