"""Files say the same as the text that they were written from."""

from pathlib import Path

import pytest

from benchmarks.faithfulness import facts_in, written
from minutes.documents import convert
from minutes.reader import read, read_converted
from synthetic.files import WRITERS

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.txt"))[:40]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_format_gives_the_facts_of_the_text(path):
    document = read(path.read_bytes(), path.name)
    facts = facts_in(document)
    for kind in WRITERS:
        data = written(document.text, kind, document)
        converted = convert(data)
        assert facts_in(read_converted(converted, data, path.name)) == facts, kind
        assert _are_in_order(converted), kind


def _are_in_order(converted):
    """Return True if the blocks have text, do not overlap, and leave only white space between them."""
    end = 0
    for block in converted.blocks:
        if block.start >= block.end or converted.text[end : block.start].strip():
            return False
        end = block.end
    return not converted.text[end:].strip()


def test_the_reader_sees_a_web_page_without_its_furniture():
    page = (
        "<html><body><nav><ul><li>1. Budget</li><li>2. Lukket</li></ul></nav><main><h1>Referat af Byrådets møde</h1>"
        "<p>Mødedato: 3. maj 2021</p><h2>1. Regnskab</h2><h3>Beslutning</h3><p>Godkendt.</p></main></body></html>"
    ).encode()
    converted = convert(page)
    document = read_converted(converted, page, "referat.html")
    assert document.text == converted.text
    assert [(item.number, item.title, item.decision) for item in document.items] == [
        ("1", "Regnskab", "Godkendt.")
    ]
    (item,) = document.items
    assert document.text[item.start : item.end].startswith("1. Regnskab")
