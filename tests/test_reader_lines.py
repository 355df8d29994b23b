"""Text → lines: flat paragraphs are cut, joined lines separated, furniture of pages recognised."""

import time

import pytest

from minutes.reader import read
from minutes.reader.decoding import decode
from minutes.reader.flow import flow
from minutes.reader.layout import lines_of

FLAT_PAGES = (
    "1 Lillesø Kommune Kulturudvalget Referat Mødedato: Mandag den 3. maj 2010 Mødetidspunkt: Kl. 16.00 "
    "Mødested: Biblioteket, lokale 2 Medlemmer: Gerda Holt (A), Jens Vad (V), Tove Lund (O) Afbud: "
    "Ib Krag (F) "
    "Side 1\n\n"
    "2 Kulturudvalget, 03-05-2010 Indholdsfortegnelse Side 12. Godkendelse af dagsorden ... 3 "
    "13. Tilskud til Jazzklubben ... 3 14. Ny svømmehal - valg af rådgiver ... 4 15. Eventuelt ... 4 "
    "Side 2\n\n"
    "3 12. Godkendelse af dagsorden Sagsnr. 10/101 Åben sag Beslutning Godkendt. 13. Tilskud til "
    "Jazzklubben "
    "Sagsnr. 10/233 Åben sag Resume Klubben har søgt om 25.000 kr. Sagsfremstilling Klubben blev "
    "stiftet i 1988 "
    "og har 140 medlemmer. Økonomi Der er 80.000 kr. tilbage, jf. bilag 3. Indstilling Forvaltningen "
    "indstiller, "
    "1. at der bevilges 15.000 kr., 2. at klubben indsender regnskab. Beslutning Tiltrådt. Side 3\n\n"
    "4 14. Ny svømmehal - valg af rådgiver Sagsnr. 09/877 Åben sag Sagsfremstilling Der er indhentet "
    "tre tilbud. "
    "Bilag 1 viser priserne. Indstilling Forvaltningen indstiller, at Vandkant ApS vælges. Beslutning "
    "Udsat. "
    "Fraværende: Ib Krag 15. Eventuelt Intet. Mødet sluttede kl. 18.10 Side 4\n"
)


def printed(text: str) -> list[str]:
    return [line.text for line in lines_of(text) if line.text]


def assert_exact(text: str) -> None:
    end = 0
    for line in lines_of(text):
        assert end <= line.start <= line.end
        assert text[line.start : line.end] == line.text or line.furniture or line.dropped
        end = line.end


# Flat text


def test_pages_that_are_one_paragraph_each_are_cut_at_labels_headings_and_numbers():
    lines = printed(FLAT_PAGES)
    assert lines[:7] == [
        "Lillesø Kommune",
        "Kulturudvalget",
        "Referat",
        "Mødedato: Mandag den 3. maj 2010",
        "Mødetidspunkt: Kl. 16.00",
        "Mødested: Biblioteket, lokale 2",
        "Medlemmer: Gerda Holt (A), Jens Vad (V), Tove Lund (O)",
    ]
    assert "14. Ny svømmehal - valg af rådgiver ... 4" in lines
    start = lines.index("13. Tilskud til Jazzklubben")
    assert lines[start : start + 6] == [
        "13. Tilskud til Jazzklubben",
        "Sagsnr. 10/233",
        "Åben sag",
        "Resume",
        "Klubben har søgt om 25.000 kr.",
        "Sagsfremstilling",
    ]
    assert lines[-5:] == [
        *("Udsat.", "Fraværende: Ib Krag"),
        *("15. Eventuelt", "Intet.", "Mødet sluttede kl. 18.10"),
    ]
    assert not [line for line in lines if line.startswith("Side") or line.isdigit()]
    assert_exact(FLAT_PAGES)


def test_a_document_in_one_line_is_cut():
    text = " ".join(FLAT_PAGES.split())
    lines = printed(text)
    for line in (
        "14. Ny svømmehal - valg af rådgiver",
        "Sagsnr. 09/877",
        "Udsat.",
        "15. Eventuelt",
        "Intet.",
    ):
        assert line in lines
    assert_exact(text)


def test_flat_pages_are_read_as_minutes():
    document = read(FLAT_PAGES.encode())
    assert (document.committee, document.date, document.start_time) == (
        "Kulturudvalget",
        "2010-05-03",
        "16:00",
    )
    assert [(item.number, item.title, item.case_number) for item in document.items][:3] == [
        ("12", "Godkendelse af dagsorden", "10/101"),
        ("13", "Tilskud til Jazzklubben", "10/233"),
        ("14", "Ny svømmehal - valg af rådgiver", "09/877"),
    ]
    assert [item.decision for item in document.items][:3] == ["Godkendt.", "Tiltrådt.", "Udsat."]


def test_a_sentence_behind_a_title_without_a_full_stop_is_cut_off():
    text = (
        "Referat fra møde i Seniorrådet torsdag den 12. september 2013 Til stede: Bent Ask, Olga Dahl "
        "Afbud: Signe Toft 1. Godkendelse af referat Referatet blev godkendt. 2. Orientering fra "
        "formanden "
        "Formanden orienterede om mødet i regionen den 3. september. 3. Høring om "
        "kvalitetsstandarder Rådet drøftede "
        "udkastet. Beslutning: Taget til efterretning. 4. Eventuelt Intet."
    )
    lines = printed(text)
    assert lines[2:8] == [
        "Afbud: Signe Toft",
        "1. Godkendelse af referat",
        "Referatet blev godkendt.",
        "2. Orientering fra formanden",
        "Formanden orienterede om mødet i regionen den 3. september.",
        "3. Høring om kvalitetsstandarder",
    ]
    assert lines[-2:] == ["4. Eventuelt", "Intet."]


VIEWER = (
    "Referat. Kulturudvalget. Mødedato: 3. maj 2010. Byrådssalen\n\n"
    "Størrelse: px\nStarte visningen fra side:\n\n"
    'Download "Referat. Kulturudvalget. Mødedato: 3. maj 2010. Byrådssalen"\n\nTranskript\n\n'
)


@pytest.mark.parametrize(
    ("behind", "title"),
    [
        ("Ida Krog (V), Per Holm (A)", "12. Sti langs åen"),
        ("sti_langs_aaen.pdf", "12. Sti langs åen"),
        ("Åbent", "12. Sti langs åen"),
        ("Økonomi", "12. Sti langs åen"),
        ("Art: Drøftelse Ansvarlig: Ida", "12. Sti langs åen"),
        ("(16.35 - 17.05)", "12. Sti langs åen"),
        ("Seniorrådet rykker for svar.", "12. Sti langs åen"),
        ("fra Center for Økonomi", "12. Sti langs åen fra Center for Økonomi"),
        ("efter henvendelse fra Ida Krog (V)", "12. Sti langs åen efter henvendelse fra Ida Krog (V)"),
    ],
)
def test_titles_in_flat_text_end_where_something_else_begins(behind, title):
    text = (
        "Kulturudvalget Referat Mødedato: 3. maj 2010 11. Budget Art: Orientering Ansvarlig: Per "
        "Sagsnr. 10/101 "
        f"Beslutning Godkendt. 12. Sti langs åen {behind} Sagsnr. 10/102 Beslutning Udsat. 13. "
        f"Eventuelt "
        "Sagsnr. 10/103 Beslutning Intet. "
    )
    assert title in printed(text)


def test_an_items_number_makes_a_title_of_words_that_head_sections_too():
    text = (
        "Byrådet Referat Mødedato: 3. maj 2010 1. Fraværende Sagsnr. 10/101 Beslutning Ida Krog. "
        "2. Bemærkninger til "
        "dagsordenen Sagsnr. 10/102 Beslutning Ingen. 3. Budget Sagsnr. 10/103 Beslutning Godkendt. "
        "Fraværende: Ida Krog"
    )
    lines = printed(text)
    assert {"1. Fraværende", "2. Bemærkninger til dagsordenen", "Fraværende: Ida Krog"} <= set(lines)


def test_links_of_a_page_are_furniture_in_flat_text():
    text = (
        "Byrådet Referat Mødedato: 3. maj 2010 Udskriv hele dagsordenen 1. Budget Udskriv Sagsnr. "
        "10/101 Beslutning Godkendt. "
        "Til toppen 2. Sti til toppen af bakken Sagsnr. 10/102 Beslutning Udsat. Kopier link til "
        "punktet - Print "
        "3. Eventuelt Sagsnr. 10/103 Beslutning Intet. Til top"
    )
    lines = printed(text)
    assert [line for line in lines if line in ("Godkendt.", "Udsat.", "Intet.")] == [
        "Godkendt.",
        "Udsat.",
        "Intet.",
    ]
    assert "2. Sti til toppen af bakken" in lines
    assert not [line for line in lines if "Udskriv" in line or "Print" in line or line.startswith("Til top")]


def test_a_viewers_title_that_is_an_items_is_no_line():
    text = VIEWER.replace(
        "Referat. Kulturudvalget. Mødedato: 3. maj 2010. Byrådssalen", "2. Sti langs åen. Kulturudvalget"
    )
    lines = printed(text + "1 2. Sti langs åen Sagsnr. 10/102 Beslutning Godkendt. Side 1\n")
    assert lines == ["2. Sti langs åen", "Sagsnr. 10/102", "Beslutning", "Godkendt."]


def test_a_body_with_its_term_and_a_day_are_one_heading():
    text = (
        "Byrådet Referat 1. Budget Sagsnr. 10/101 Beslutning Plan og Miljø 2018-2021 den "
        "06-11-2018 Godkendt. 2. Sti "
        "BESLUTNING: Kommunalbestyrelsen den 15-09-2016 Der var ingen. 3. Havn Beslutning Sagen "
        "udsættes til mødet den "
        "3. maj 2019. "
    )
    lines = printed(text)
    assert {"Beslutning Plan og Miljø 2018-2021 den 06-11-2018", "Godkendt.", "Der var ingen."} <= set(lines)
    assert "Sagen udsættes til mødet den 3. maj 2019." in lines


def test_labels_in_capitals_without_colons_begin_lines_where_there_are_several():
    text = (
        "UDVALG Kulturudvalget MØDE Referat STED Salen STARTTIDSPUNKT 29-01-2013 10:00:00 "
        "SLUTTIDSPUNKT 29-01-2013 "
        "18:00:00 PUNKTER 8. Budget Sagsnr. 10/101 Beslutning Godkendt. 9. Sti Sagsnr. 10/102 "
        "Beslutning Udsat. "
    )
    assert printed(text)[:4] == [
        *("UDVALG Kulturudvalget", "MØDE", "Referat", "STED Salen"),
    ]
    assert "MØDE" not in printed("Referat fra MØDE i Byrådet den 3. maj 2010 " + text.partition("PUNKTER")[2])


@pytest.mark.parametrize(
    "sentence",
    [
        "Ida Krog (A) deltog ikke i sagens behandling.",
        "Per Holm, Ida Krog og Bo Lind deltog ikke på mødet.",
        "Ida Krog (A) forlod mødet kl. 17.30.",
        "Per Holm og Ida Krog deltog som suppleanter.",
    ],
)
def test_sentences_on_presence_begin_lines_of_flat_text(sentence):
    text = (
        f"Byrådet Referat Mødedato: 3. maj 2010 1. Budget Sagsnr. 10/101 Beslutning Godkendt. "
        f"{sentence} 2. Sti "
        f"Sagsnr. 10/102 Beslutning Udsat. 3. Havn Sagsnr. 10/103 Beslutning Godkendt "
    )
    lines = printed(text)
    assert lines[lines.index("Godkendt.") + 1] == sentence


def test_the_heads_of_columns_say_nothing_of_access():
    text = (
        "Byrådet Referat 1. Budget 00.01.00P35-0098 Behandling Mødedato Åbent punkt Lukket punkt "
        "Byrådet 17-11-2020 1 "
        "Beslutning Godkendt. 2. Sti Sagsnr. 10/102 Lukket punkt Beslutning Udsat. 3. Havn Sagsnr. "
        "10/103 "
        "Beslutning Godkendt. "
    )
    lines = printed(text)
    assert "00.01.00P35-0098" in "|".join(lines)
    assert [line for line in lines if line.startswith("Lukket punkt")] == ["Lukket punkt"]


def test_a_heading_over_closed_items_is_a_line_of_its_own_in_flat_text():
    text = (
        "Byrådet den 3. maj 2010 Side 1 af 2 Fraværende: Ida Krog Indholdsfortegnelse Åbne sager "
        "Sag nr. 8 Budget Saq "
        "nr. 9 Sti Lukkede sager Sag nr. 14 Forslag A til boliger Sag nr. 15 Køb af ejendom Sag "
        "nr. 8 Budget "
        "Sagsfremstilling: Budgettet er lavt. Lovgrundlag: Loven. Bevilling: Ingen. Beslutning: "
        "Godkendt."
    )
    lines = printed(text)
    assert lines[lines.index("Lukkede sager") + 1] == "Sag nr. 14 Forslag A til boliger"
    assert not [
        item.number for item in read(text.encode()).items if item.number in ("14", "15") and not item.closed
    ]


@pytest.mark.parametrize(
    ("header", "lines"),
    [
        (
            "Dato 4. maj 2010 Tidspunkt 16:00 Sted Salen, Havnegade 3 Til stede Ida Krog, Per Holm "
            "Fraværende Bo Lind",
            [
                "Dato 4. maj 2010",
                "Tidspunkt 16:00",
                "Sted Salen, Havnegade 3",
                "Til stede Ida Krog, Per Holm",
            ],
        ),
        ("Dato for mødet og Sted for udflugten er ikke fastlagt. Til stede Ida Krog", []),
    ],
)
def test_labels_without_colons_begin_lines_of_a_header_with_values_of_their_form(header, lines):
    items = "1. Budget Sagsnr. 10/101 Beslutning Godkendt. 2. Sti Sagsnr. 10/102 Beslutning Udsat. "
    text = f"Referat Byrådet {header} {items}"
    printed_lines = printed(text)
    assert [line for line in lines if line in printed_lines] == lines
    assert bool(lines) or not [line for line in printed_lines if line.startswith(("Dato", "Sted"))]


def test_lists_of_names_in_flat_text_end_at_the_next_label():
    text = (
        "Referat Dato 4. maj 2010 Sted Salen Til stede Ida Krog, Per Holm Afbud Bo Lind og Eva "
        "Kirk Referent Ib Vang "
        "Fraværende: Ane Dahl Ledelsen: Sys Lund Punkter til beslutning: Drift 1. Budget Sagsnr. "
        "10/101 Beslutning Godkendt. "
        "2. Sti Sagsnr. 10/102 Beslutning Udsat. "
    )
    lines = printed(text)
    assert {"Afbud Bo Lind og Eva Kirk", "Referent Ib Vang", "Fraværende: Ane Dahl"} <= set(lines)
    assert "Punkter til beslutning:" in lines


@pytest.mark.parametrize(
    ("behind", "line"),
    [
        ("Godkendt Referat", "Godkendt"),
        ("Godkendt. Fraværende- Ida Krog", "Godkendt."),
        ("Godkendt. Fraværende i Nordby Byråd, 31. maj 2022: Ida Krog", "Godkendt."),
        ("Godkendt Fraværende: Ida Krog", "Godkendt"),
    ],
)
def test_headings_and_labels_behind_the_words_of_a_decision_begin_lines(behind, line):
    text = (
        f"Byrådet Referat Mødedato: 3. maj 2010 1. Budget Sagsnr. 10/101 Beslutning {behind} 2. Sti "
        f"Sagsnr. 10/102 "
        "Beslutning Udsat. 3. Havn Sagsnr.: 27.69.48-G01-2-14 Beslutning Godkendt "
    )
    lines = printed(text)
    assert lines[lines.index("Beslutning") + 1] == line
    assert "Sagsnr.: 27.69.48-G01-2-14" in lines


def test_a_heading_in_capitals_that_lost_its_day_is_a_line():
    text = (
        "Skoleudvalget Referat Mødedato: 3. maj 2010 1. Budget Sagsnr. 10/101 BESLUTNING I "
        "SKOLEUDVALGET DEN Ikke "
        "færdigbehandlet. 2. Sti Sagsnr. 10/102 BESLUTNING I SKOLEUDVALGET DEN Godkendt. "
    )
    assert {"BESLUTNING I SKOLEUDVALGET DEN", "Ikke færdigbehandlet."} <= set(printed(text))


def test_labels_of_cases_that_lost_their_numbers_end_titles():
    text = (
        "Byrådet Referat 1. Budget for havnen Sag Dok Initialer: ABC Åbent Sagsfremstilling Tal. "
        "Beslutning Godkendt. "
        "2. Sti langs åen Sag Dok Initialer: ABC Åbent Sagsfremstilling En sti. Beslutning Udsat. "
    )
    assert {"1. Budget for havnen", "2. Sti langs åen"} <= set(printed(text))


def test_the_kind_of_document_ahead_of_a_row_of_labels_is_none_of_them():
    text = (
        "NORDBY KOMMUNE REFERAT Dato Udvalg Sted 3. maj 2010 Planudvalget Salen Medlemmer: Ida "
        "Krog (V), Per Holm (A) "
        "1. Budget Sagsnr. 10/101 Beslutning Godkendt. 2. Sti Sagsnr. 10/102 Beslutning Udsat. "
    )
    assert read(text.encode()).committee == "Planudvalget"


def test_a_title_above_its_number_begins_behind_the_last_sentence():
    text = (
        "Byrådet Referat Sager 12 - 13 Budget Sag nr. 12 Beslutningskompetence: BY Sagens kerne "
        "Tal. Beslutning Taget til "
        "efterretning. Sti langs åen Sag nr. 13 Beslutningskompetence: BY Sagens kerne En sti. "
        "Beslutning Godkendt."
    )
    lines = printed(text)
    assert lines[lines.index("Sag nr. 13") - 1] == "Sti langs åen"


def test_titles_over_items_agree_with_a_contents_list_that_lost_its_numbers():
    text = VIEWER + (
        "1 Referat Kulturudvalget Mødedato: 3. maj 2010 Indholdsfortegnelse Sag nr. Side 41. "
        "Godkendelse af "
        "dagsorden Støtte til svømmeklubben 5 Ny sti langs åen Lukket: Salg af grund 9\n\n"
        "2 41. Godkendelse af dagsorden Dagsordenen blev godkendt.\n\n"
        "3 42. Støtte til svømmeklubben Klubben søger om 40.000 kr. Støtten blev omtalt i 2. kvartal. "
        "Side 3"
        "\n\n"
        "4 NY STI LANGS ÅEN Sagsnr.: 10/233 Beslutning den Stien anlægges."
    )
    lines = printed(text)
    for line in (
        "Mødedato: 3. maj 2010.",
        "Lukket: Salg af grund 9",
        "41. Godkendelse af dagsorden",
        "Dagsordenen blev godkendt.",
        "42. Støtte til svømmeklubben",
        "Klubben søger om 40.000 kr. Støtten blev omtalt i 2. kvartal.",
        "NY STI LANGS ÅEN",
        "Sagsnr.: 10/233",
        "Beslutning den",
        "Stien anlægges.",
    ):
        assert line in lines
    assert_exact(text)


def test_a_page_number_before_a_title_is_not_the_items_number():
    text = VIEWER + (
        "1 Byrådet Indholdsfortegnelse 1. Godkendelse af dagsorden 3 2. Tillæg 7 4 3. Ny havn 6\n\n"
        "2 Byrådet 26-04-2021 Punkt 1 Side 3 Godkendelse af dagsorden Beslutning Godkendt. "
        "Byrådet 26-04-2021 Punkt 2 Side 4 Tillæg 7 Beslutning Godkendt.\n\n"
        "3 Byrådet 26-04-2021 Punkt 3 Side 6 Ny havn Beslutning Udsat."
    )
    lines = printed(text)
    assert {"Godkendelse af dagsorden", "Tillæg 7", "Ny havn"} <= set(lines)


def test_one_item_of_a_long_contents_list_is_read_by_its_title():
    document = read(
        (
            VIEWER
            + "1 ÅBENT REFERAT KULTURUDVALGET Mødedato: 3. maj 2010 Mødested: Byrådssalen Deltagere: Bo Ask, "
            "Ida Krog, Per Holm Fraværende:\n\n"
            "2 Indholdsfortegnelse Til orientering - for åbne døre...i 12. Tilskud til jazzklubben...i "
            "13. Ny "
            "svømmehal...ii Til behandling - for åbne døre...iii 14. Ansøgning om støtte...iv 15. "
            "Spørgetid...xv "
            "Til behandling - for lukkede døre...xv 16. Lukket sag: Personale...xv\n\n"
            "3 Side i 12. Tilskud til Jazzklubben Sagsid.: 10/15387 Resumé Klubben er fra 1988. "
            "Beslutning den "
            "Godkendt. Sagsfremstilling Klubben har søgt om 25.000 kr."
        ).encode()
    )
    assert [(item.number, item.title, item.case_number) for item in document.items] == [
        ("12", "Tilskud til Jazzklubben", "10/15387")
    ]
    assert (document.items[0].decision, document.date) == ("Godkendt.", "2010-05-03")


def test_a_title_that_lost_its_number_has_that_of_the_contents_list():
    document = read(
        (
            VIEWER + "1 Referat Deltagere: Bo Ask, Ida Krog, Per Holm Indholdsfortegnelse Sag Tekst "
            "Sidenr. "
            "1. Budgetopfølgning pr. 30. september Nyt om havnen Bolde til klubberne 8\n\n"
            "2 s møde den Budgetopfølgning pr. 30. september /4492 Beslutningstema: Budgettet. "
            "Sagsfremstilling: "
            "Budgettet holder. Beslutning i den : Godkendt. 2. Nyt om havnen 11/31929 Beslutningstema: "
            "Havnen. "
            "Beslutning i den : Udsat."
        ).encode()
    )
    assert [(item.number, item.title) for item in document.items] == [
        ("1", "Budgetopfølgning pr. 30. september"),
        ("2", "Nyt om havnen"),
    ]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        # a sentence behind a full stop, behind a standing title, before the only verb
        (
            "1. Tilsynet. Rådet har rykket for svar. Intet nyt. 2. Eventuelt Bo Ask meddelte, at han går. "
            "3. Liste for diæter Næste rådsmøde er flyttet til juni.",
            ["Tilsynet.", "Eventuelt", "Liste for diæter"],
        ),
        # words that open a clause, and a list of points
        (
            "1. Budget for havnen På baggrund af drøftelserne godkendes budgettet. 2. Nye vedtægter "
            "a. Gennemgang Vedtaget. b. Frist Vedtaget. 3. Ny bro Efter høringen besluttes placeringen.",
            ["Budget for havnen", "Nye vedtægter", "Ny bro"],
        ),
        # a colon behind every title
        (
            "1. Elevråd: Eleverne kom ikke. 2. Nyt fra skolen: Skuret flyttes. 3. Budget, Bo Ask: "
            "Gennemgået. 4. Skolefest: Bliver i maj.",
            ["Elevråd:", "Nyt fra skolen:", "Budget, Bo Ask:", "Skolefest:"],
        ),
        # a title has no second noun of an act, but a body's name in a title has capitals
        (
            "1. Punkter fra medlemmerne Drøftelse af rådets opgaver! Ida synes godt om dem. "
            "2. Valg til Nordby Seniorråd Intet. 3. Forslag fra Det Grønne Forum. Se bilag. Rådet er med.",
            ["Punkter fra medlemmerne", "Valg til Nordby Seniorråd", "Forslag fra Det Grønne Forum."],
        ),
    ],
)
def test_a_title_of_a_page_in_one_paragraph_ends_where_its_text_begins(text, titles):
    document = read((VIEWER + "1 Referat Deltagere: Bo Ask, Ida Krog " + text).encode())
    assert [item.title for item in document.items] == titles


def test_decisions_in_one_paragraph_without_any_title_are_no_items():
    text = (
        "1 Referat Deltagere: Bo Ask, Ida Krog Ny sti Indstilling At stien anlægges. Beslutning Godkendt. "
        "Ny bro Indstilling At broen bygges. Beslutning Godkendt. Salg af havnen Indstilling At den sælges. "
        "Beslutning Udsat."
    )
    document = read((VIEWER + text).encode())
    assert (document.items, "no_items" in [doubt.code for doubt in document.doubts]) == ((), True)


def test_a_list_without_numbers_gives_the_title_of_the_item_below_it():
    text = (
        "1 KULTURUDVALGET\n\n2 Kulturudvalget Side: 2 Fraværende: Ida Krog. Til behandling forelå: SAGER TIL "
        "AFGØRELSE Ny svømmehal Tilskud til klubber Salg af grund ved havnen...7 SAGER TIL ORIENTERING "
        "Meddelelser...8\n\n3 Kulturudvalget Side: 3 SAGER TIL AFGØRELSE 156. Ny svømmehal Sagsnr J.nr "
        "Udvalget har tidligere besluttet, at hallen bygges."
    )
    (item,) = read((VIEWER + text).encode()).items
    assert (item.number, item.title) == ("156", "Ny svømmehal")


def test_a_title_ends_like_a_sentence_where_it_is_in_the_contents_list():
    document = read(
        (
            VIEWER + "1 Protokol Mødelokale: 1.2 øst\n\n"
            "2 Indholdsfortegnelse Sidenr. 241 Sagsnr. Side 1. Haverne i Arena Syd, lån på kr Status "
            "for udlejning "
            "Bolde til klubberne 18\n\n"
            "3 Sidenr Haverne i Arena Syd, lån på kr. Sagsid.: 06/15387 Resumé Haven er dyr. Beslutning "
            "den "
            "Indstilles godkendt. Sagsfremstilling Haverne blev anlagt i 1990."
        ).encode()
    )
    assert [(item.number, item.title.rstrip("."), item.decision) for item in document.items] == [
        ("1", "Haverne i Arena Syd, lån på kr", "Indstilles godkendt.")
    ]


@pytest.mark.parametrize(
    "header",
    [
        "Mødested: Deltagere: Fraværende: Referent: Salen, det gamle rådhus Per Holm, Ida Krog, Bo Lund "
        "Ingen Olga Dahl",
        "Dato: Mødested: Deltagere: Fraværende: Mandag den 3. maj 2010 Salen, det gamle rådhus Per "
        "Holm (A), "
        "Ida Krog (V), Bo Lund (C) Ingen",
        "Dato: Mødetidspunkt: Mødested: Deltagere: 3. maj 2010. 16:00. Salen, det gamle rådhus Per "
        "Holm (A), "
        "formand, Ida Krog (V), Bo Lund (C)",
        "Mødested: Salen, det gamle rådhus Mødedeltagere: Per Holm (A) Ida Krog (V) Bo Lund (C)",
        "Mødested: Salen, det gamle rådhus Mødedeltagere: Per Holm-Åskolen Til stede Ida Krog Til "
        "stede Bo "
        "Lund Til stede fra pk. 3",
        "Mødested: Salen, det gamle rådhus Deltagere: Per Holm, Ida Krog, Bo Lund Afbud: Referent: Olga Dahl",
    ],
)
def test_values_behind_a_row_of_labels_are_given_to_the_labels(header):
    document = read(
        (VIEWER + f"1 Referat {header}\n\n2 1. Budget Sagsnr.: 10/12 Beslutning Godkendt.").encode()
    )
    assert document.location == "Salen, det gamle rådhus"
    assert [person.name for person in document.participants] == ["Per Holm", "Ida Krog", "Bo Lund"]
    assert (document.absent, document.date) == ((), "2010-05-03")


def test_a_label_without_a_colon_ends_the_names_before_it():
    document = read(
        (
            VIEWER
            + "1 Åbent møde den 3. maj 2010\n\n2 Medlemmer Per Holm Ida Krog Bo Lund Eva Vad Fraværende "
            "Eva Vad Bo Lund Bemærkninger til dagsorden Mødet blev afsluttet kl.\n\n"
            "3 1. Budget Sagsnr.: 10/12 Beslutning Godkendt."
        ).encode()
    )
    assert [person.name for person in document.participants] == ["Per Holm", "Ida Krog"]
    assert [person.name for person in document.absent] == ["Eva Vad", "Bo Lund"]
    assert document.document == "minutes"


def test_capitals_make_a_heading_of_a_noun_in_a_flat_text():
    text = VIEWER + (
        "1 SAG NR. 1 BUDGET FORVALTNINGENS INDSTILLING at budgettet godkendes. RESUME Det balancerer. "
        "RÅDETS BESLUTNING Godkendt."
    )
    assert printed(text)[-7:] == [
        "SAG NR. 1 BUDGET",
        *("FORVALTNINGENS INDSTILLING", "at budgettet godkendes."),
        *("RESUME", "Det balancerer.", "RÅDETS BESLUTNING", "Godkendt."),
    ]


def test_headings_of_bodies_with_a_date_are_lines_of_their_own():
    text = (
        "Punkt 1: Skolestruktur Sagsnr.: 18/443 Resume Sagen handler om to skoler. Indstilling "
        "Direktøren indstiller, "
        "at forslaget sendes i høring. Beslutning i Udvalget for Børn og Unge den 14-08-2018 "
        "Tiltrådt.\n\n"
        "Punkt 2: Havnen Sagsnr.: 18/502 Indstilling Direktøren indstiller, at havnen udvides. "
        "Teknik- og Havneudvalgets beslutning den 14.08.2018 Punkt 2 Godkendt.\n"
    )
    lines = printed(text)
    assert "Beslutning i Udvalget for Børn og Unge den 14-08-2018" in lines
    assert "Teknik- og Havneudvalgets beslutning den 14.08.2018 Punkt 2" in lines
    assert lines[-1] == "Godkendt."


def test_a_body_and_a_day_head_decisions_and_are_no_steps_of_a_case():
    text = (
        "1. Sti langs åen Sagsnr. 20/11 Sagsfremstilling Stien er fra 1980. Behandles i Teknisk "
        "Udvalg den "
        "4. maj 2021 Byrådet den 25. maj 2021 Indstilling 1. at stien udvides. Teknisk Udvalg den "
        "4. maj "
        "2021 Anbefalet. Fraværende: Ida Krog, Per Holm (A). Byrådet den 25. maj 2021 Godkendt. 2. "
        "Havnen "
        "Sagsnr. 20/12 Sagsfremstilling Byrådet talte den 3. maj om havnen. Beslutning i Byrådet "
        "den 25. "
        "maj 2021 Udsat."
    )
    lines = printed(text)
    start = lines.index("Indstilling")
    assert lines[start : start + 6] == [
        *("Indstilling", "1. at stien udvides."),
        *("Teknisk Udvalg den 4. maj 2021", "Anbefalet.", "Fraværende: Ida Krog, Per Holm (A)."),
        "Byrådet den 25. maj 2021",
    ]
    assert lines[-2:] == ["Beslutning i Byrådet den 25. maj 2021", "Udsat."]
    assert "Byrådet talte den 3. maj om havnen." in lines


@pytest.mark.parametrize("number", ["Punkt {}", "{} :", "{}.", "Sag nr. {} -"])
def test_items_that_are_a_paragraph_each_keep_their_numbers(number):
    text = "Referat Havneudvalget 3. maj 2010 Deltagere: Bo Ask, Ida Krog, Per Holm\n\n" + "\n\n".join(
        f"{number.format(12 + place)} {title} Sagsnr. 10/{place} Resumé Sagen er ny. Beslutning Godkendt."
        for place, title in enumerate(("Sti langs åen", "Havnen", "Nye bænke", "Salg af grund"))
    )
    text += f"\n\n{number.format(16)} Personsag 013401 - 2020/01544"
    document = read(text.encode())
    assert [(item.number, item.title) for item in document.items] == [
        *(("12", "Sti langs åen"), ("13", "Havnen"), ("14", "Nye bænke"), ("15", "Salg af grund")),
        ("16", "Personsag"),
    ]


def test_a_body_and_a_day_at_the_end_of_a_paragraph_head_the_next():
    text = (
        "Sag 1: Sti langs åen J.nr. 20/11 Resumé Stien er smal. Indstilling At stien udvides. Byrådet, "
        "08-08-2006: Vedtaget. Teknisk Udvalg, 01-08-2006:\n\n"
        "For stemte: 4 (Ida Krog (A), Per Holm (A), Bo Ask (V), Lis Dal (V)) Imod stemte: 1 (Eva "
        "Lund (Ø)) "
        "Indstillingen anbefales. Sag 2: Havnen J.nr. 20/12 Resumé Havnen er ny. Byrådet, "
        "08-08-2006: Udsat."
    )
    document = read(f"REFERAT Byrådet tirsdag den 8. august 2006 kl. 18 {text}".encode())
    assert [(item.decision, item.ballots) for item in document.items] == [("Vedtaget.", ()), ("Udsat.", ())]


def test_the_foot_and_the_head_of_pages_inside_of_a_paragraph_are_furniture():
    text = (
        "1. Sti langs åen Sagsnr. 20/11 Sagsfremstilling Stien er fra 1980 og har mange Byrådet 3. maj "
        "2010 "
        "Side 2 Vesterø Kommune Referat huller. Beslutning Godkendt. Byrådet 3. maj 2010 Side 3 Vesterø "
        "Kommune Referat 2. Havnen Sagsnr. 20/12 Sagsfremstilling Havnen sander til. Beslutning Udsat. "
        "Byrådet 3. maj 2010 Side 4 Vesterø Kommune Referat 3. Eventuelt Sagsnr. 20/13 Beslutning Intet."
    )
    lines = printed(text)
    assert "Stien er fra 1980 og har mange" in lines
    assert lines[lines.index("2. Havnen") - 1] == "Godkendt."
    assert not [line for line in lines if "Side" in line or "Vesterø" in line]
    assert_exact(text)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Byrådet behandlede sagen den 3. maj. Beslutning: Godkendt. Økonomiudvalget behandlede den "
        "den 4. maj. "
        "Indstilling: Anbefales. Bilag: Notat. Sagen genoptages, jf. Punkt 4 Budget i referatet.",
        "Afdelingen hedder nu Økonomi og Personale. Bilag 1. Kort over området er vedlagt. Den 4. "
        "Maj-gruppen "
        "deltog, og stk. 3. Rådet skal høres efter § 17. Udvalget drøftede punkt 2. Planen følger.",
        "Der er tre faser: 1. Planlægning 2. Projektering 3. Udførelse. Kommunen betaler 800 m2. Det "
        "koster 3. Mio.",
    ],
)
def test_ordinary_paragraphs_are_not_cut(paragraph):
    text = (
        "Punkt 1: Sti\n\nSagsfremstilling\n\n"
        f"{paragraph}\n\nIndstilling\n\nAt stien anlægges.\n\nBeslutning\n\nGodkendt.\n"
    )
    assert paragraph in printed(text)


# Words divided at the end of a line that was lost


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Sagen be- handles igen. Den behandles i maj.", "Sagen behandles igen. Den behandles i maj."),
        ("Til stede: Ida Ras- mussen, Per Fog- Holm", "Til stede: Ida Rasmussen, Per Fog-Holm"),
        ("Børne- Unge, over- underskud og et be- tyder", "Børne- Unge, over- underskud og et be- tyder"),
        ("Ida Lind- suppleanten, Per Holm, er indkaldt", "Ida Lind- suppleanten, Per Holm, er indkaldt"),
        ("Skole- og kulturudvalget, skoleog", "Skole- og kulturudvalget, skoleog"),
    ],
)
def test_words_divided_at_a_lost_line_end_are_joined(raw, text):
    assert printed(raw) == [text]
    assert_exact(raw)


# Lines joined without a blank


@pytest.mark.parametrize(
    ("joined", "lines"),
    [
        ("Sagsfremstilling2. Ny badebro", ["Sagsfremstilling", "2. Ny badebro"]),
        ("Indholdsfortegnelse1. Godkendelse", ["Indholdsfortegnelse", "1. Godkendelse"]),
        ("Godkendt.Bilag", ["Godkendt.", "Bilag"]),
        ("Mødet den 3. maj 2010.Beslutning", ["Mødet den 3. maj 2010.", "Beslutning"]),
        ("2. Mødet den 3. maj 20103. Skolen", ["2. Mødet den 3. maj 2010", "3. Skolen"]),
        ("Rådet godkendte.Beslutning: Udsat", ["Rådet godkendte.", "Beslutning: Udsat"]),
        ("BeslutningGodkendt.", ["Beslutning", "Godkendt."]),
        ("UdvalgÆldrerådet", ["Udvalg", "Ældrerådet"]),
        ("MødestedRådhuset, lokale 2", ["Mødested", "Rådhuset, lokale 2"]),
        ("3. Havnen4. Skolen", ["3. Havnen", "4. Skolen"]),
        ("Rådet drøftede sagen.4. Skolen", ["Rådet drøftede sagen.", "4. Skolen"]),
        ("1. HavnenKlik her for at folde ud og læse mere om Havnen", ["1. Havnen"]),
    ],
)
def test_joined_lines_are_separated(joined, lines):
    text = f"1. Referat\n\n{joined}\n\n3. Sti\n"
    assert printed(text)[1:-1] == lines
    assert_exact(text)


@pytest.mark.parametrize(
    "line",
    [
        "Stien er 800 m2. Den koster 3 mio. kr.",
        "Se stk.4. Det fremgår af nr.2. Det er kendt",
        "Udvalgsformanden og ByRådet mødtes på www.kommune.dk/Bilag",
        "Bilaget hedder Notat_Beslutning.pdf og IndstillingsNotat",
        "Økonomi- og Indstillingsudvalget",
    ],
)
def test_words_with_figures_and_capitals_are_not_separated(line):
    assert printed(f"1. Sti\n\n{line}\n\n3. Havn\n\n4. Bro\n\n5. Vej\n")[1] == line


# Furniture


def pages(head: str, foot: str, *, feed: str = "\n") -> str:
    texts = [
        "1. Havnen\n\nSagsfremstilling\n\nHavnen skal udvides med en mole, som",
        "kommunen betaler.\n\nBeslutning\n\nGodkendt.\n\n2. Skolen\n\nSagsfremstilling\n\nSkolen er for",
        "lille.\n\nBeslutning\n\nUdsat.\n\n3. Broen\n\nBeslutning\n\nTiltrådt.",
        "4. Stien\n\nBeslutning\n\nGodkendt.",
    ]
    return feed.join(
        f"{head.replace('#', str(page))}\n{text}\n{foot.replace('#', str(page))}\n"
        for page, text in enumerate(texts, start=1)
    )


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("Teknikudvalget\nReferat\nDato: 04.12.2012", "Side #"),
        ("Teknikudvalget\nReferat\nÅbent referat\nDato: 04.12.2012\nSide #", ""),
        ("Vesterå Kommune", "Side # af 4"),
        ("Referat Teknikudvalget 4/12-2012", "- # -"),
        ("Formandens initialer: ____", "#/4"),
        ("", "Teknikudvalget den 04-12-2012   Side #"),
    ],
)
def test_heads_and_feet_of_pages_are_furniture(head, foot):
    text = pages(head, foot)
    lines = printed(text)
    words = {word for part in (head, foot) for word in part.replace("#", "2").split("\n")}
    assert [line for line in lines[5:] if line in words] == []
    assert {"Godkendt.", "Udsat.", "Tiltrådt.", "Beslutning", "2. Skolen", "3. Broen"} <= set(lines)
    assert "en mole, som kommunen betaler." in flow(lines_of(text)).text


def test_a_number_alone_at_the_ends_of_pages_is_a_page_number():
    lines = printed(pages("", "#", feed="\f"))
    assert not [line for line in lines if line.isdigit()]


def test_a_number_alone_above_a_title_is_no_page_number():
    titles = ("Havnen", "Skolen", "Broen")
    text = "".join(f"{number}\n{title}\n\nBeslutning\nUdsat.\n\n" for number, title in enumerate(titles, 1))
    assert [line for line in printed(text) if line.isdigit()] == ["1", "2", "3"]


def test_decisions_at_the_foot_of_every_page_are_no_furniture():
    text = "".join(f"{page}. Sag\n\nBeslutning\n\nGodkendt.\n\nSide {page}\n\n" for page in range(1, 6))
    assert printed(text).count("Godkendt.") == printed(text).count("Beslutning") == 5


@pytest.mark.parametrize(
    "line",
    [
        "Se alle bilag",
        "• Udskriv hele dagsordenen",
        "Luk alle punkter",
        "Gå til toppen",
        "Made with PageTurner - online magazines",
        "Sidst opdateret den 7. maj 2008",
        "Forside > Politik > Referater",
        "Vi bruger cookies til statistik på vores hjemmeside.",
        " WORD  PNG  TXT  JPG",
    ],
)
def test_links_and_what_a_page_says_of_itself_are_furniture(line):
    assert printed(f"Referat\n{line}\n1. Havnen\n{line}\nBeslutning\nUdsat.\n") == [
        *("Referat", "1. Havnen", "Beslutning", "Udsat.")
    ]


@pytest.mark.parametrize(
    "line", ["Se bilag", "Læs højt for børnene", "Åben dagsorden", "Del 2", "Hent affald"]
)
def test_words_that_text_has_too_are_no_furniture(line):
    assert line in printed(f"Referat\n1. Havnen\n{line}\nBeslutning\nUdsat.\n")


def test_what_web_pages_print_around_minutes_is_furniture():
    text = (
        "Gå til hovedindhold\nMenu\nSøg\n\nReferat\nHent som fil:\n\n1. Havnen\nUdfold\n\nBeslutning\n\n"
        "Godkendt.\n"
        "Del\nPrint\nTil top\n( )\nexpand_more\n(PDF, 1,2 MB)\n\nNæste punkt\n\n2. "
        "Skolen\n\nBeslutning\n\n"
        "Udsat.\n\nVesterå Kommune\nRådhustorvet 1\n9999 Vesterå\nTlf. 99 99 99 99\nCVR-nr. 99 99 "
        "99 99\n"
        "kommunen@vesteraa.dk\n"
    )
    assert printed(text) == [
        *("Referat", "1. Havnen", "Beslutning", "Godkendt."),
        *("2. Skolen", "Beslutning", "Udsat."),
    ]


def test_plain_words_of_navigation_are_kept_where_nothing_says_it_is_a_web_page():
    text = "1. Meddelelser\n\nPolitik\n\nKontakt\n\nBeslutning\n\nTil efterretning.\n"
    assert {"Politik", "Kontakt"} <= set(printed(text))


def test_the_page_of_a_pdf_viewer_has_its_title_once_and_heads_of_pages_not_at_all():
    page = (
        "Handicaprådet Mødedato Side {title} Åben sag Sagsnr.: 15/{number} Indstilling Formandskabet "
        "indstiller: At sagen godkendes Beslutninger Handicaprådet den Ikke til stede: Ib Dam, Lis Bro "
        "Indstillingen godkendt."
    )
    titles = ("Godkendelse af dagsorden", "Oplæg om tilgængelighed", "Høring om kørsel")
    pages = "\n\n".join(
        f"{number} {page.format(title=title, number=number)}" for number, title in enumerate(titles, 2)
    )
    text = (
        "Referat Handicaprådet. Mødedato: Mandag den 23. november Sted: Salen\n\nStørrelse: px\n"
        "Starte visningen fra side:\n\n"
        'Download "Referat Handicaprådet. Mødedato: Mandag den 23. november 2015 Sted: Salen"\n\n'
        "Transkript\n\n"
        "1 Referat Handicaprådet Mødedato: Mandag den Mødested: Salen Fraværende: Ib Dam Lis Bro "
        "Deltagere: Per Ask\n\n"
        f"{pages}\n"
    )
    lines = printed(text)
    assert lines[:2] == ["Referat", "Handicaprådet."]
    assert lines[2:4] == ["Mødedato: Mandag den 23. november 2015", "Sted: Salen"]
    start = lines.index("Oplæg om tilgængelighed")
    assert lines[start : start + 7] == [
        *("Oplæg om tilgængelighed", "Åben sag", "Sagsnr.: 15/3", "Indstilling"),
        *("Formandskabet indstiller: At sagen godkendes", "Beslutninger Handicaprådet den"),
        "Ikke til stede: Ib Dam, Lis Bro",
    ]
    assert lines[start + 7] == "Indstillingen godkendt."
    assert_exact(text)


def test_groups_and_labels_in_capitals_begin_lines():
    text = (
        "Protokol Mødedato: 8. marts 2011 Mødelokale: Salen Fraværende: Leila Amin GODKENDELSE AF "
        "DAGSORDENEN: "
        "Godkendt ØKONOMIUDVALGET 1. Lys på banerne Sagsid.: 10/20551 Beslutning: Godkendt. "
        "TEKNISK UDVALG "
        "2. Vejen Sagsid.: 10/20552 Teknisk Udvalg den 21. marts 2006, pkt. 4 Anbefales. "
        "Beslutning: Udsat."
    )
    lines = printed(text)
    for line in (
        "GODKENDELSE AF DAGSORDENEN: Godkendt",
        "ØKONOMIUDVALGET",
        "1. Lys på banerne",
        "TEKNISK UDVALG",
    ):
        assert line in lines
    assert lines[-4:] == ["Teknisk Udvalg den 21. marts 2006, pkt. 4", "Anbefales.", "Beslutning:", "Udsat."]


# Odd characters within lines


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("R E F E R A T", "REFERAT"),
        ("R E F E R A T   F R A   B Y R Å D E T", "REFERAT FRA BYRÅDET"),
        ("A B C F V Ø", "A B C F V Ø"),
        ("Lokal\u00adplan for\u00a0hav\u200bnen", "Lokalplan for havnen"),
        ("\uf0b7\u00a0Ib Dam", "• Ib Dam"),
        ("\u0335 Standerhejsning", "- Standerhejsning"),
        ("Børne\u2010 og Skoleudvalget", "Børne- og Skoleudvalget"),
        ("<b>Havnen</b> og <a href='/x'>molen</a>", "Havnen og molen"),
    ],
)
def test_odd_characters_are_undone_and_every_letter_keeps_its_place(raw, text):
    document = f"Referat\n\n{raw}\n"
    line = next(line for line in lines_of(document)[1:] if line.text)
    assert line.text == text
    letters = [(letter, document[line.at(index)]) for index, letter in enumerate(text) if letter.isalpha()]
    assert all(letter == printed for letter, printed in letters)


def test_tags_that_end_lines_end_lines():
    text = "<p>Referat</p><p>1. Havnen<br/>Beslutning</p>\n<li>Godkendt.</li>\n"
    assert printed(text) == ["Referat", "1. Havnen", "Beslutning", "Godkendt."]
    assert_exact(text)


def test_numbers_with_dashes_and_bullets_begin_lines_above_case_numbers():
    text = (
        "UDVALGUngdomsrådet Mødedato02.11.2021 Tidspunkt18:15 Deltagere: • Ib Dam, Ø • Lis Bro, A   "
        "• 1     Dagsorden "
        "Journalnummer: 21/00905 Referat Godkendt.   • 2     Indsatsen for børn Journalnummer: "
        "21/00912 Redegørelse "
        "Sagen giver 3 Forslag. Referat Taget til efterretning. 3 - Havnen Åbent - 947-2025-905 "
        "Ungdomsrådets "
        "beslutning i mødet den 6. august 2025 Udsat."
    )
    lines = printed(text)
    assert lines[:4] == ["UDVALG", "Ungdomsrådet", "Mødedato", "02.11.2021"]
    for line in (
        "• Ib Dam, Ø",
        "• 2     Indsatsen for børn",
        "Referat",
        "Taget til efterretning.",
        "3 - Havnen",
    ):
        assert line in lines
    assert "Sagen giver 3 Forslag." in lines
    assert lines[-3:] == [
        *("Åbent - 947-2025-905", "Ungdomsrådets beslutning i mødet den 6. august 2025", "Udsat."),
    ]


# Hostile text


@pytest.mark.parametrize(
    "fragment",
    [
        *(
            "Beslutning",
            "Beslutning: ",
            "Godkendt.Bilag",
            "1. A2. B",
            "1. A ",
            "1.\n",
            "Punkt 1: ",
            "3\n",
            "Side 3\n",
        ),
        *(
            "....3 ",
            "...",
            "(",
            " ",
            "Ane Holm, ",
            "Mødedato: ",
            "Sagsnr.: 1/2 ",
            "s beslutning den 04.12.2012 ",
        ),
        *(
            "ØKONOMIUDVALGET ",
            "Ø Ø ",
            "R E F E R A T\n",
            "<p>",
            "<b>",
            "Ã",
            "M?de ",
            "Mødedo:\n",
            "\u0300",
            "\u00ad",
        ),
    ],
)
def test_repeated_fragments_take_linear_time(fragment):
    """A third of a megabyte takes about half a second; the bound is for slow and busy machines."""
    times = 330_000 // len(fragment.encode())
    text = f"REFERAT Byrådet d. 14-01-2020\n\nPunkt 1: Budget\n\n{fragment * times}"
    start = time.process_time()
    lines = lines_of(decode(text.encode()).text)
    assert time.process_time() - start < 6
    assert lines


@pytest.mark.parametrize(
    "passage",
    [
        "Punkt 1: A\nBeslutning\nFor: A\nImod: B\n",
        "Åben sag\n",
        "Titel\n12/345\n",
        "Beslutning\nGodkendt\n",
    ],
)
def test_many_items_take_linear_time(passage):
    """Forty kilobytes take about a third of a second; the bound is for slow and busy machines."""
    text = "REFERAT Byrådet d. 14-01-2020\n\nPunkt 1: Budget\n\n" + passage * (40_000 // len(passage))
    start = time.process_time()
    read(text.encode())
    assert time.process_time() - start < 4


@pytest.mark.parametrize("change", ["{}\n\n", "\n\n{}", "   \n\n      \n\n{}\n \n\n"])
def test_blank_lines_around_a_text_change_nothing(change):
    text = (
        "Fjordrådet\nBESLUTNINGSPROTOKOL\nOrdinært møde torsdag den 5. februar 2004\n"
        "Nr. 28 FR 40/04. Aftale om salg\n"
        "Indstillingen blev godkendt med\n43 stemmer imod 5.\nFor stemte: A, B og V.\nImod stemte: Ø.\n"
    )
    assert [line.text for line in lines_of(change.format(text))] == text.splitlines()
