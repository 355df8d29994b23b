"""Files are converted in a child process, which no file can take the rest down with."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor

import pytest

from minutes.documents import DocumentError
from minutes.documents.isolation import Converter, Limits
from tests.word_files import docx, p

MEGABYTE = 2**20


@pytest.fixture
def converter():
    converter = Converter()
    yield converter
    converter.close()


@pytest.fixture(scope="module")
def large():
    """Return a Word file of numbers, which shrink less than a bomb."""
    return docx("".join(p(f"{number * number} kr.") for number in range(300_000)))


def converted(data: bytes, limits: Limits) -> str:
    converter = Converter(limits)
    try:
        return converter.convert(data).text
    finally:
        converter.close()


def test_a_file_is_converted_to_the_same_text_as_without_a_child(converter):
    assert converter.convert(docx(p("Byrådet")), "referat.docx").text == "Byrådet\n"


def test_a_refusal_has_the_reason(converter):
    with pytest.raises(DocumentError, match="beskadiget"):
        converter.convert(b"PK\x03\x04 og ikke mere")


def test_a_file_that_takes_too_long_is_given_up(large):
    with pytest.raises(DocumentError, match="over 1 sekunder"):
        converted(large, Limits(seconds=1))


def test_a_file_that_needs_too_much_memory_is_given_up(large):
    with pytest.raises(DocumentError, match=r"hukommelse|beskadiget"):
        converted(large, Limits(memory=220 * MEGABYTE))


def test_the_next_file_is_read_after_one_that_was_given_up(large):
    converter = Converter(Limits(seconds=1))
    with pytest.raises(DocumentError):
        converter.convert(large)
    assert converter.convert(docx(p("Budget"))).text == "Budget\n"
    converter.close()


def test_the_next_file_is_read_after_the_child_was_killed(converter):
    converter.convert(docx(p("Budget")))
    for child in multiprocessing.active_children():
        child.kill()
        child.join()
    assert converter.convert(docx(p("Cykelsti"))).text == "Cykelsti\n"


def test_threads_share_a_converter(converter):
    files = [docx(p(f"Sag {number}")) for number in range(20)]
    with ThreadPoolExecutor(4) as threads:
        texts = [document.text for document in threads.map(converter.convert, files)]
    assert texts == [f"Sag {number}\n" for number in range(20)]


def test_no_child_is_left_after_closing(converter):
    before = set(multiprocessing.active_children())
    converter.convert(docx(p("Budget")))
    converter.close()
    assert set(multiprocessing.active_children()) <= before
