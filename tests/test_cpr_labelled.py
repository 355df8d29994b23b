"""CPR numbers with a label are found however they are written. The numbers here are invented."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.privacy import (
    CPR_MASK,
    Fingerprints,
    find_cpr_numbers,
    find_split_number,
    mask_cpr_numbers,
    mask_spans,
)

FINGERPRINTS = Fingerprints(b"a key of thirty-two made-up byte")
NUMBER = "0102031234"
MISREAD = re.compile("[OoIlZ](?=[0-9OoIlZ])")

LABELS = [
    *("CPR", "cpr", "Cpr", "CPR-", "CPR:", "CPR-nr.", "cpr-nr", "CPR nr.", "cpr.nr.", "cprnr.", "cpr_nr"),
    *("CPR-nummer", "CPR-nummeret er", "cpr nummer:", "CPR-numre:", "CPR-nr. på barnet:", "Mors CPR-nr.:"),
    *("C.P.R.", "c.p.r.-nr.", "C P R nr.", "(CPR)", "CPR/CVR-nr.:", "Erstatnings-CPR", "cpr-nr. er:"),
    *("personnummer", "Personnr.", "person-nr.", "personnummeret er", "pers.nr.", "persnr", "Pers. nr.:"),
    *("erstatningspersonnummer", "personummer", "person nummer", "fødselsnr.", "fødselsnummer:"),
    *(
        "folkeregisternummer",
        "personregister nr.",
        "person-id:",
        "C\u00adPR",
        "person\u00adnummer",
        "CPR\u200b-nr.",
    ),
    *("ＣＰＲ", "|CPR|", "CPR=", "cpr#", "CPR-nr.\t", "CPR;", "**CPR:**"),
]

SPELLINGS = [
    *("010203-1234", "0102031234", "010203 1234", "010203  1234", "010203 - 1234", "010203–1234"),
    *(
        "010203/1234",
        "010203.1234",
        "010203,1234",
        "010203:1234",
        "010203_1234",
        "010203*1234",
        "010203+1234",
    ),
    *("010203 / 1234", "010203 . 1234", "010203—1234", "010203\u20111234", "010203\u22121234", "010203=1234"),
    *("01 02 03 12 34", "01 02 03 1234", "01 02 03 - 1234", "010203 12 34", "01.02.03-1234", "01/02/03-1234"),
    *("01-02-03-1234", "01.02.03.12.34", "01-02-03 12-34", "01 02 03-12 34", "010 203 1234", "0102 03 1234"),
    *("0 1 0 2 0 3 1 2 3 4", "0.1.0.2.0.3.1.2.3.4", "0 1 0 2 0 3 - 1 2 3 4", "0102-031234", "01020-31234"),
    *(
        "01.02.1903-1234",
        "01021903-1234",
        "01021903 1234",
        "010219031234",
        "01 02 1903 1234",
        "01/02/1903 1234",
    ),
    *("01.02.1903 12 34", "01-02-1903-1234", "1903-02-01-1234", "19030201-1234", "1903 02 01 1234"),
    *(
        "1.2.03-1234",
        "1/2-03-1234",
        "1.2.1903-1234",
        "1/2 1903 1234",
        "1. februar 1903-1234",
        "1. feb. 03 1234",
    ),
    *("102031234", "10203-1234", "10203 1234", "10203/1234", "1021903-1234", "1 02 03 1234"),
    *("010203 nr. 1234", "010203 løbenr. 1234", "010203, lb.nr. 1234", "010203 de sidste fire cifre er 1234"),
    *(
        "010203-\n1234",
        "010203\n1234",
        "010203 -\n      1234",
        "010203\n\n1234",
        "010203\t1234",
        "010203 | 1234",
    ),
    *("010203)(1234", '010203" "1234', "010203]-[1234", "010203 -- 1234", "010203 ...... 1234"),
    *("010203\u00a01234", "01\u200902\u200903\u20091234", "010203\u202f1234", "010203\u30001234"),
    *(
        "010203\u00ad1234",
        "0102\u00ad031234",
        "01\u200b02\u200b03\u200b1234",
        "010203\u20601234",
        "01\ufeff02031234",
    ),
    *("0\u03321\u03320\u03322\u03320\u03323\u03321\u03322\u03323\u03324", "0\ufe0f\u20e3102031234"),
    *(
        "０１０２０３-１２３４",
        "０１０２０３１２３４",
        "٠١٠٢٠٣-١٢٣٤",
        "۰۱۰۲۰۳۱۲۳۴",
        "०१०२०३-१२३४",
        "𝟎𝟏𝟎𝟐𝟎𝟑-𝟏𝟐𝟑𝟒",
    ),
    *("O1O2O3-1234", "0l0203-l234", "OIO2O3-I234", "o1o2o3 1Z34", "0102031Z34", "01 O2 O3 l2 34"),
]


def numbers(text):
    return [text[match.start : match.end] for match in find_cpr_numbers(text)]


def has_digits(text):
    return any(character.isdigit() for character in text)


@pytest.mark.parametrize("label", LABELS)
def test_a_labelled_number_is_found_in_every_spelling(label):
    wrong = {}
    for spelling in SPELLINGS:
        for between in (" ", "", "\n"):
            text = f"Sagen om Jens, {label}{between}{spelling}\nHan klagede."
            if between or not label[-1].isalpha() or not MISREAD.search(spelling):
                masked = mask_cpr_numbers(text)
                if numbers(text) != [spelling] or has_digits(masked) or len(masked) != len(text):
                    wrong[between + spelling] = numbers(text)
    assert wrong == {}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_of_a_number_has_its_fingerprint(spelling):
    assert FINGERPRINTS.of_number(spelling) == FINGERPRINTS.of_number(NUMBER)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_redacted_number_is_found_in_every_spelling_without_its_label(spelling):
    text = f"Borger {spelling}, som klagede"
    spans = FINGERPRINTS.find_numbers(text, {FINGERPRINTS.of_number(NUMBER)})
    assert spelling in [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    "text",
    [
        "Jens Hansen, CPR-nr. {}, Vestergade 1, 8900 Randers",
        "Jens Hansen (CPR {}) og kommunen",
        "CPR\t{}\t8900 Randers\t20123012",
        "CPR-nr.:\n\n   {}\n\n2. Næste punkt",
        "CPR-nummer på barnet, som blev anbragt uden for hjemmet i 2018, er {}",
        "CPR-nummeret på det ældste barn i den familie, som sagen handler om: {}.",
        "Navn\tCPR-nr.\tAdresse\nJens Hansen\t{}\tVestergade 1",
        "CPR-nr.\nNavn\nAdresse\nPostnr.\n{}\nJens Hansen\nVestergade 1\n8900",
        "|Navn|CPR|\n|---|---|\n|Jens|{}|",
        "cpr;navn\n{};Jens",
        "CPR-nr. og sagsnr.\n{} og 19/1234",
        "1. CPR-numre\n1. Jens, {}\n2. Mette, er ukendt",
        "CPR-oplysninger blev drøftet.\nBorgeren har {} og bor i Randers.",
        "CPR, sagsnr. {}",
        "CPR/tlf. {}",
        "{} (cpr)",
        "Jens Hansen, {} (CPR-nr.), klagede",
        "{} er CPR-nummeret",
        "{} = cpr",
        "Jens\t{}\tCPR",
    ],
)
@pytest.mark.parametrize(
    "spelling",
    [
        *("010203-1234", "0102031234", "010203.1234", "01 02 03 12 34", "01.02.1903-1234", "610203/1234"),
        *("0102-031234", "010203,1234", "01.02.03.12.34"),
    ],
)
def test_a_number_is_found_in_the_sentence_the_cell_or_the_line_of_its_label(text, spelling):
    assert numbers(text.format(spelling)) == [spelling]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cpr-numre: 0102031234, 0203041235 og 030405-1236", ["0102031234", "0203041235", "030405-1236"]),
        ("CPR 01.02.03.1234/02.03.04.1235", ["01.02.03.1234", "02.03.04.1235"]),
        (
            "CPR-numre:\n1. 01 02 03 12 34\n2. 02.03.04-1235\n12. 030405/1236",
            ["01 02 03 12 34", "02.03.04-1235", "030405/1236"],
        ),
        (
            "Navn\tCPR\nJens\t010203.1234\nMette\t020304/1235\nIda\t03 04 05 12 36",
            ["010203.1234", "020304/1235", "03 04 05 12 36"],
        ),
        (
            "CPR-nr.\nNavn\n010203.1234\nJens\n020304.1235\nMette\n030405.1236\nIda",
            ["010203.1234", "020304.1235", "030405.1236"],
        ),
        (
            "CPR: Jens 010203.1234, Mette 020304.1235 og Ida 030405.1236",
            ["010203.1234", "020304.1235", "030405.1236"],
        ),
        (
            "CPR-numre:\n1. 010203.1234 " + "Borgeren har klaget. " * 20 + "\n2. 020304.1235",
            ["010203.1234", "020304.1235"],
        ),
        ("CPR 102031234\n203041235\n304051236", ["102031234", "203041235", "304051236"]),
    ],
)
def test_one_label_counts_for_a_list_and_for_a_column(text, expected):
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("010203-1234", ("010203-", "1234")),
        ("0102031234", ("010203", "1234")),
        ("01 02 03 12 34", ("01 02 03", "12 34")),
        ("01 02 03 12 34", ("01 02", "03 12 34")),
        ("01.02.1903-1234", ("01.02.1903-", "1234")),
        ("０１０２０３１２３４", ("０１０２０３", "１２３４")),
        ("1. februar 1903-1234", ("1. februar 1903", "1234")),
    ],
)
def test_a_number_is_found_in_two_parts_with_the_foot_of_a_page_between_them(number, parts):
    text = f"CPR-nr. {parts[0]}\n\nRanders Byråd 1. marts 2020 Side 3 af 9\n\n\n{parts[1]} blev hørt"
    spans = list(find_split_number(text, number))
    masked = mask_spans(text, spans, CPR_MASK)
    assert masked.startswith(f"CPR-nr. {CPR_MASK}")
    assert masked.endswith(f"{CPR_MASK} blev hørt")


def test_a_label_counts_for_a_list_of_any_length():
    text = "CPR-numre\n" + "\n".join(f"Borger: 01.02.{year:02}/1234" for year in range(100))
    assert len(numbers(text)) == 100


@pytest.mark.parametrize(
    "digits",
    [
        *(
            "9902031234",
            "990203-1234",
            "1234567890",
            "12345 67890",
            "123 456 78 90",
            "123-456-7890",
            "12/34567890",
        ),
        *("123456789012", "1234-5678-901"),
    ],
)
def test_right_behind_a_label_ten_digits_need_no_date(digits):
    assert numbers(f"CPR-nr. {digits}") == [digits]


@pytest.mark.parametrize(
    "text",
    [
        "CPR-kontoret har svaret i sagen.\n\nVi afventer et nyt svar.\n\nJournalnummer 1234567890",
        "CPR-kontoret har svaret i sagen.\n\nVi afventer et nyt svar.\n\nSagen har nummer 1234567890",
        "CPR-kontoret skriver i den forbindelse, at journalnummer 1234567890 er lukket",
        "CPR-registret opdateres, og virksomheden med P-nr. 0102031234 er orienteret",
        "CPR-registret opdateres, og tilskuddet er på 1.011.121.234 kr. i år",
        "CPR-registret bruges ved næste møde, som er 01.02.2019 12.30 i byrådssalen",
        "CPR-registret bruges ved næste møde, som er 01.02.2019 kl. 12.30 i salen",
        "CPR-registret blev omtalt. Der ringes på telefon 20 12 30 12 og 40 12 30 12",
        "CPR-registret bruges i budgetårene 2015, 2016, 2017 og 2018-2019",
        "CPR-registret blev omtalt i sag EMN-2016-280114-0310 på mødet",
        "CPR-registret anvendes, KLE 15.20.00-Ø34-1-19 og 00.00.00-P19-1719-10",
        "CPR. " + "Der er intet at bemærke " * 45 + "010203.1234",
        "CPR og CVR 12345678",
        "CPR-loven § 12, stk. 3, jf. lovbekendtgørelse nr. 1010 af 23. juni 2023",
    ],
)
def test_what_is_labelled_otherwise_or_out_of_reach_is_no_cpr_number(text):
    assert numbers(text) == []


LABEL_OR_TEXT = st.sampled_from(
    [
        *(
            "CPR ",
            "cpr-nr. ",
            "personnummer: ",
            "(cpr)",
            "Borger ",
            "sagsnr. ",
            "tlf. ",
            "\n",
            " ",
            ", ",
            " og ",
        ),
        *(
            "0102031234",
            "010203-1234",
            "01 02 03 12 34",
            "01.02.1903-1234",
            "102031234",
            "9902031234",
            "1234",
        ),
        *(
            "12",
            "9",
            "O1O2O3",
            "1. februar 1903",
            ".",
            "/",
            "-",
            "\u200b",
            "\u00ad",
            "１２３４",
            " kr.",
            CPR_MASK,
        ),
    ]
)


@given(st.lists(LABEL_OR_TEXT, max_size=10).map("".join))
def test_masking_leaves_nothing_to_find_and_keeps_the_length(text):
    masked = mask_cpr_numbers(text)
    assert len(masked) == len(text)
    assert numbers(masked) == []


@given(st.lists(LABEL_OR_TEXT, max_size=10).map("".join))
def test_every_match_has_a_fingerprint_by_which_it_is_masked(text):
    matches = list(find_cpr_numbers(text))
    known = {FINGERPRINTS.of_number(text[match.start : match.end]) for match in matches}
    spans = set(FINGERPRINTS.find_numbers(text, known))
    assert spans.issuperset((match.start, match.end) for match in matches)


@given(
    st.sampled_from(LABELS),
    st.sampled_from(SPELLINGS),
    st.sampled_from(["", "Jens Hansen, ", "1. ", "Sagsnr. 19/1234. ", "Tlf. 20 12 30 12.\n"]),
    st.sampled_from(
        ["", ".", ", Vestergade 1", "\n8900 Randers", " tlf. 20 12 30 12", " (Jens)", ",00", "\n2. Sag"]
    ),
)
def test_a_labelled_number_is_masked_whatever_is_around_it(label, spelling, before, after):
    text = f"{before}{label} {spelling}{after}"
    start = len(before) + len(label) + 1
    assert not has_digits(mask_cpr_numbers(text)[start : start + len(spelling)])


@pytest.mark.parametrize(
    "label",
    [
        *(
            "CPR ",
            "CPR-",
            "cpr-nr. ",
            "cpr.nr.: ",
            "CPR-nummer ",
            "personnummer ",
            "personnr. ",
            "Personnummeret er ",
        ),
        *(
            "erstatnings-CPR ",
            "erstatningspersonnummer ",
            "CPR-nr. på ansøgeren: ",
            "CPR, sagsnr. ",
            "CPR/tlf. ",
        ),
    ],
)
@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("010203-1234-5", "010203-1234"),
        ("0102031234 kr.", "0102031234"),
        ("610203 1234", "610203 1234"),
        ("61020312349", "6102031234"),
    ],
)
def test_a_cpr_label_outweighs_every_other_sign(label, written, number):
    assert numbers(f"{label}{written}") == [number]


@pytest.mark.parametrize("before", ["CPR-registret, som sagen handler om, P-nr. ", "CPR\nP-nr. "])
def test_another_label_nearer_to_the_number_outweighs_a_cpr_label(before):
    assert numbers(f"{before}0102031234") == []
