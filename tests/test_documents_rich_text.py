"""RTF is read as a person would transcribe it."""

import pytest

from minutes.documents import DocumentError, convert

START = r"{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0 Arial;}{\f1\fcharset2 Symbol;}{\f2\fcharset238 Arial CE;}}{\colortbl;\red0;}"
STYLES = r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 Overskrift;}{\s2 heading 2;}}{\info{\title x}}"


def rtf(body: str) -> bytes:
    return f"{START}{STYLES}{body}}}".encode("latin-1")


TEXTS = {
    "paragraphs": (r"\pard a\par b\par", "a\nb"),
    "space": (r"\pard\sa200 a\par\pard b\par", "a\n\nb"),
    "space above": (r"\pard a\par\pard\sb240 b\par", "a\n\nb"),
    "empty paragraphs": (r"\pard a\par\par\par b\par", "a\n\nb"),
    "no last mark": (r"\pard a\par b", "a\nb"),
    "line ends in the file": ("\\pard Bud\nget\\par", "Budget"),
    "escaped signs": (r"\pard \{a\}\\b\par", "{a}\\b"),
    "bytes": (r"\pard \'c6r\'f8 er p\'e5\par", "Ærø er på"),
    "bytes as they are": ("\\pard Ærø\\par", "Ærø"),
    "bytes of another font": (r"\pard {\f2 \'9a}\par", "š"),
    "Unicode": (r"\pard \u8211\'96 \u269?\par", "– č"),
    "Unicode without fallback": (r"\pard {\uc0\u230 b}\par", "æb"),
    "two units": (r"\pard \u-10179?\u-8704?\par", "😀"),
    "signs": (r"\pard \ldblquote a\rdblquote\endash b\~c\_d\-e\par", "“a”–b c-de"),
    "tabs and breaks": (r"\pard a\tab b\line c\par", "a\tb\nc"),
    "symbols": (r"\pard {\f1 \'b7} a\par", "• a"),
    "numbers": (r"\pard\ls1{\listtext\pard\plain 1.\tab}a\par{\listtext 2.\tab}b\par", "1. a\n2. b"),
    "numbers of old programs": (r"\pard{\pntext\f0 1.\tab}{\*\pn\pnlvlbody{\pntxta .}}a\par", "1. a"),
    "bullets": (
        r"\pard{\listtext\f1\'b7\tab}a\par{\listtext o\tab}b\par{\listtext -\tab}c\par",
        "• a\n• b\n- c",
    ),
    "headings": (r"\pard a\par\pard\s1 Sag\par\pard b\par", "a\n\nSag\nb"),
    "tables": (r"\trowd\cellx1\cellx2\pard\intbl Ib Dam\cell A\cell\row\pard\par x\par", "Ib Dam\tA\n\nx"),
    "long cells": (r"\trowd\pard\intbl Til stede\cell Ib\par Eva\cell\row\pard", "Til stede\nIb\nEva"),
    "fields": (r"\pard {\field{\*\fldinst HYPERLINK x}{\fldrslt Bilag}} 1\par", "Bilag 1"),
    "unknown groups": (r"\pard a{\*\bkmkstart b}{\*\unknown c}\par", "a"),
    "pictures": (r"\pard a{\pict\pngblip 89504e47}\par", "a"),
    "binary data": ("\\pard a{\\pict\\bin4 }}{{}b\\par", "ab"),
    "text boxes": (
        r"\pard a{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt\pard b\par}}{\shprslt c}}\par",
        "a\nb",
    ),
    "footers": (r"{\footer Torvet 1\par}\pard a\par", "a"),
    "deleted": (r"\pard ny{\deleted gammel}\par", "ny"),
    "hidden": (r"\pard a{\v b}\par", "a"),
    "footnotes": (r"\pard a{\footnote\pard b\par}\par", "a"),
    "comments": (r"\pard a{\*\annotation b}\par", "a"),
    "groups that do not end": (r"\pard {a{b\par", "ab"),
    "groups that end twice": (r"\pard a}}\par b\par", "a\nb"),
}


@pytest.mark.parametrize("case", TEXTS)
def test_the_text_of_a_body(case):
    body, text = TEXTS[case]
    assert convert(rtf(body)).text == f"{text}\n"


@pytest.mark.parametrize(
    ("case", "note"),
    [("deleted", "ændringer"), ("hidden", "Skjult"), ("footnotes", "Fodnoter"), ("comments", "Kommentarer")],
)
def test_what_is_left_out_is_noted(case, note):
    (printed,) = convert(rtf(TEXTS[case][0])).notes
    assert note in printed


def test_blocks_have_their_kind_and_number():
    document = convert(rtf(r"\pard\s2\b\fs28{\listtext 1.\tab}Sag\par\pard\plain{\listtext a)\tab}at\par"))
    heading, item = document.blocks
    assert (heading.kind, heading.level, heading.number, heading.bold, heading.size) == (
        "heading",
        2,
        "1.",
        True,
        14.0,
    )
    assert (item.kind, item.number, item.bold) == ("list", "a)", False)


def test_the_head_of_the_first_page_is_furniture():
    document = convert(rtf(r"{\header Side 1\par}{\headerf Byr\'e5det, 3. maj\par}\pard Referat\par"))
    assert document.text == "Byrådet, 3. maj\n\nReferat\n"
    assert document.blocks[0].kind == "furniture"


def test_what_may_close_items_is_kept_of_every_head_and_foot():
    document = convert(rtf(r"{\header Byr\'e5det\par}{\footer Fortroligt\par}\pard Referat\par"))
    assert document.text == "Byrådet\nFortroligt\n\nReferat\n"


def test_a_file_that_is_too_deep_is_refused():
    with pytest.raises(DocumentError, match="mange lag"):
        convert(rtf("{" * 3000))
