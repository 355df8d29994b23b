"""Differences between two versions of a text, word by word."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes.text_diff import Piece, PieceKind, diff_lines, diff_words

WORDS = st.lists(st.sampled_from(["Godkendt", "ikke", " ", "\n", ".", "udsat", "æøå", "  "])).map("".join)


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("Godkendt.", "Godkendt.", [("same", "Godkendt.")]),
        ("Godkendt.", "Ikke godkendt.", [("removed", "Godkendt"), ("added", "Ikke godkendt"), ("same", ".")]),
        (
            "6 stemmer mod 1",
            "6 stemmer mod 2",
            [("same", "6 stemmer mod "), ("removed", "1"), ("added", "2")],
        ),
        ("", "Nyt", [("added", "Nyt")]),
        ("Et\nto", "Et to", [("same", "Et to")]),
    ],
)
def test_words_that_differ_are_removed_or_added(before, after, pieces):
    assert diff_words(before, after) == [Piece(PieceKind(kind), text) for kind, text in pieces]


def test_only_passages_that_differ_are_returned_with_their_lines():
    before = "\n".join(f"linje {number}" for number in range(100))
    after = before.replace("linje 50", "linje halvtreds").replace("linje 80\n", "")
    hunks = diff_lines(before, after)
    assert [(hunk.old_line, hunk.new_line) for hunk in hunks] == [(51, 51), (81, 81)]
    assert [piece.text for piece in hunks[0].pieces if piece.kind == PieceKind.REMOVED] == ["50"]
    assert [piece.text for piece in hunks[1].pieces if piece.kind == PieceKind.REMOVED] == ["linje 80\n"]


def test_white_space_is_no_difference():
    assert diff_lines("Punkt 1:  Budget\n", "Punkt 1: Budget \n") == []


@settings(deadline=None)
@given(WORDS, WORDS)
def test_the_pieces_make_up_both_texts(before, after):
    pieces = diff_words(before, after)
    new = "".join(piece.text for piece in pieces if piece.kind != PieceKind.REMOVED)
    old = "".join(piece.text for piece in pieces if piece.kind != PieceKind.ADDED)
    assert new == after
    assert old.split() == before.split()


def test_a_long_rewritten_text_is_replaced_as_a_whole():
    before, after = (" ".join(f"{word}{number}" for number in range(4000)) for word in ("ord", "andet"))
    assert [piece.kind for piece in diff_words(before, after)] == [PieceKind.REMOVED, PieceKind.ADDED]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            [f"afsnit {number}" if number % 2 else "" for number in range(80_000)], id="empty lines"
        ),
        pytest.param(["ja", "nej", "ved ikke"] * 30_000, id="few different lines"),
    ],
)
def test_lines_that_come_many_times_take_seconds_at_most(lines):
    after = [*lines[1:40_000], "indsat", *lines[40_000:]]
    start = time.process_time()
    assert diff_lines("\n".join(lines), "\n".join(after))
    assert time.process_time() - start < 2
