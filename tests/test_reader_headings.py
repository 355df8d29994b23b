"""Headings of sections and decisions by evidence, and what belongs to a decision."""

import pytest

from benchmarks.headings.corpus import training_documents
from benchmarks.headings.training import training_set, weights_of
from minutes.reader import read
from minutes.reader.decision_headings import decision_heading
from minutes.reader.decisions import outcome
from minutes.reader.headings import Own, noun_kind
from minutes.reader.labeller import WEIGHTS, explain
from minutes.reader.layout import lines_of
from minutes.reader.records import Item


def read_items(body: str, header: str = "REFERAT Havneudvalget d. 14-03-2017") -> tuple[Item, ...]:
    return read(f"{header}\n\n{body}".encode()).items


@pytest.mark.parametrize(
    ("text", "body", "date", "item"),
    [
        ("Beslutning i Havneudvalget den 14-03-2017:", "Havneudvalget", "2017-03-14", None),
        (
            "Beslutning Udvalget for havn og kyst den 14-03-2017",
            "Udvalget for havn og kyst",
            "2017-03-14",
            None,
        ),
        (
            "Kyst- og Strandudvalgets beslutning den 14.03.2017 Punkt 4",
            "Kyst- og Strandudvalget",
            "2017-03-14",
            "4",
        ),
        ("Skolebestyrelsens møde 14. marts 2017", "Skolebestyrelsen", "2017-03-14", None),
        ("Udvalget besluttede den 14. marts 2017:", None, "2017-03-14", None),
        ("Byrådets afgørelse", "Byrådet", None, None),
        (
            "BESLUTNING FRA HAVN- OG KYSTUDVALGET DEN 14. MARTS 2017",
            "Havn- og Kystudvalget",
            "2017-03-14",
            None,
        ),
        ("Havneudvalget 2014-2017, 14-03-2017, pkt. 9", "Havneudvalget", "2017-03-14", "9"),
        ("Beslutning for Punkt 3:", None, None, "3"),
    ],
)
def test_a_heading_says_whose_decision_follows(text, body, date, item):
    heading = decision_heading(text)
    assert heading
    assert (heading.body, heading.date, heading.item, heading.rest) == (body, date, item, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "Byrådet godkendte den 14. marts 2017 budgettet.",
        "Sagen er behandlet i Havneudvalget den 14. marts 2017.",
        "Havneudvalget vedtog den 14. marts 2017, at broen fjernes.",
        "Beslutning om ny badebro",
        "Beslutningskompetence",
    ],
)
def test_a_sentence_or_title_says_of_no_decision_that_it_follows(text):
    assert decision_heading(text) is None


def test_a_decision_can_be_on_the_line_of_its_heading():
    heading = decision_heading("Byrådet, 14.03.2017 Der blev stemt om forslaget.")
    assert heading
    assert (heading.body, heading.end, heading.rest) == ("Byrådet", 19, 20)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Økonomiske følger og finansiering", "economy"),
        ("Havnefogedens anbefaling", "recommendation"),
        ("Centrets bemærkninger til sagen", "administration_remarks"),
        ("Sagens opståen", "background"),
        ("Oversigt over bilag", "attachments"),
        ("Retsregler og andre forskrifter", "other"),
        ("Rådets afgørelse", "decision"),
        ("Tidligere beslutninger i sagen", "prior_decision"),
        ("Badebroen ved fyret", None),
        ("Beslutningen om at flytte broen er udsat", None),
    ],
)
def test_the_head_noun_says_what_kind_of_section_follows(text, kind):
    assert noun_kind(text) == kind


def test_other_bodies_and_days_are_prior_decisions():
    (item,) = read_items(
        "Punkt 1: Badebro\n\nBeslutning i Kystudvalget den 07-03-2017\n\nAnbefales.\n\n"
        "Beslutning i Havneudvalget den 28-02-2017\n\nUdsat.\n\n"
        "Beslutning i Havneudvalget den 14-03-2017\n\nGodkendt."
    )
    assert item.decision == "Godkendt."
    assert [decision.text for decision in item.prior_decisions] == ["Anbefales.", "Udsat."]


@pytest.mark.parametrize(
    "tail",
    [
        "KYSTUDVALGET",
        "Til top",
        "Sager til orientering",
        "Plan_for_bro.pdf Notat.docx",
        "Ej til stede: Ida Krag",
    ],
)
def test_what_stands_behind_a_decision_is_not_part_of_it(tail):
    items = read_items(
        f"Punkt 1: Badebro\n\nBeslutning\n\nGodkendt.\n\n{tail}\n\nPunkt 2: Takster\n\nBeslutning\n\nUdsat."
    )
    assert [item.decision for item in items] == ["Godkendt.", "Udsat."]


def test_an_empty_list_of_absentees_is_no_decision():
    (item,) = read_items(
        "Punkt 1: Badebro\n\nHavneudvalgets beslutning den 14.03.2017 Punkt 1\nTaget til efterretning\n\n"
        "Følgende deltog ikke i behandlingen af punktet:\n"
    )
    assert (item.decision, item.absent) == ("Taget til efterretning", ())
    assert item.sections[-1].kind == "absent"


def test_a_decision_without_heading_is_told_by_its_words():
    item, _ = read_items(
        "Punkt 1: Badebro\n\n17/2201\n\nDet foreslås,\n\nat broen males.\n\n(Stillet af Venstre)\n\n"
        "Medlemsforslaget blev tiltrådt med 34 stemmer imod 15.\n\n"
        "Punkt 2: Takster\n\n17/2202\n\nBeslutning\n\nUdsat."
    )
    assert item.decision == "Medlemsforslaget blev tiltrådt med 34 stemmer imod 15."


def test_a_day_and_an_item_behind_a_name_head_a_prior_decision():
    (item,) = read_items(
        "Punkt 1: Havneplan\n\nIndstilling\n\nHavnefogeden indstiller, at planen godkendes.\n\n"
        "Strand, Havn og Turisme, 4. januar 2017, pkt. 9:\n\nAnbefales.\n\nBeslutning\n\nGodkendt."
    )
    prior = [(decision.committee, decision.item, decision.text) for decision in item.prior_decisions]
    assert (item.decision, prior) == ("Godkendt.", [("Strand, Havn og Turisme", "9", "Anbefales.")])


def test_words_that_head_a_group_elsewhere_can_be_the_whole_decision():
    items = read_items(
        "REFERAT Havneudvalget den 14. marts 2017\n\n"
        " • 1\n   Havneplan\n\n   Beslutning: Havneudvalget den 14-03-2017\n\n   Til efterretning\n\n"
        " • 2\n   Takster\n\n   Beslutning: Havneudvalget den 14-03-2017\n\n   Udsat.\n"
    )
    assert [item.decision for item in items] == ["Til efterretning", "Udsat."]


def test_what_is_put_before_the_body_is_no_decision():
    (item,) = read_items(
        "Punkt 1: Regnskab\n\nSagsfremstilling\n\nTil orientering forelægges regnskabet, der viser overskud."
    )
    assert (item.decision, item.outcome) == (None, "none")


def test_report_heads_a_decision_only_where_nothing_stronger_does():
    reports = read_items(
        "1. Budget\n\nReferat:\n\nBudgettet ser fornuftigt ud.\n\n2. Valg\n\nReferat:\n\nUdsat."
    )
    assert [item.decision for item in reports] == ["Budgettet ser fornuftigt ud.", "Udsat."]
    decided = read_items(
        "Punkt 1: Budget\n\nBeslutning\n\nGodkendt.\n\nKonklusion\n\nDet ser fornuftigt ud.\n\n"
        "Punkt 2: Valg\n\nBeslutning\n\nUdsat.\n\nKonklusion\n\nValget holdes i maj."
    )
    assert [item.decision for item in decided] == ["Godkendt.", "Udsat."]


def test_the_name_of_a_motion_over_its_votes_heads_no_section():
    decision = (
        "Ændringsforslag fra A:\nFor stemte: 1 (A)\nImod stemte: 4 (B+V)\nFaldet.\n\nIndstillingen:\nAd 1\n"
    )
    decision += (
        "For stemte: 4 (B+V)\nImod stemte: 1 (A)\nGodkendt.\n\nVenstre afgav protokolbemærkning:\nGodt."
    )
    (item,) = read_items(f"1. Sti\nSagsnr. 17/45\n\nBeslutning\n{decision}\n")
    assert [section.heading for section in item.sections] == ["Beslutning"]
    assert len(item.ballots) == 2


def test_titles_of_attachments_head_no_sections():
    items = read_items(
        "\n\n".join(
            f"Punkt {number}: Bro {number}\n\nBeslutning\n\nGodkendt.\n\n"
            "Bilag\n\nTegning af broen\n\nNaboernes bemærkninger"
            for number in (1, 2, 3)
        )
    )
    assert [item.attachments for item in items] == [("Tegning af broen", "Naboernes bemærkninger")] * 3


def test_the_evidence_for_a_heading_is_explained():
    body = lines_of("Sagsfremstilling\n\nBroen er 40 meter.\n\nBeslutning\n\nGodkendt.")
    lines = {heading: (score, evidence) for heading, score, evidence in explain([body], Own(None, None))}
    score, evidence = lines["Beslutning"]
    assert score > 0
    assert evidence
    assert all(WEIGHTS[feature][0] == weight for feature, weight in evidence)
    assert lines["Godkendt."][0] < 0


def test_a_decision_on_its_headings_line_may_follow_another_bodys():
    body = (
        "Politisk behandling: - Teknikudvalget den 4. maj 2021\n- Byrådet den 25. maj 2021\n"
        "Teknikudvalgets beslutning den 4. maj 2021: Indstilles godkendt.\n"
        "Beslutning: Udsat.\nBilag: Tegning"
    )
    items = read_items(f"Referat Byrådet den 25. maj 2021\nPunkt 1: Bro\n{body}\nPunkt 2: Sti\n{body}")
    assert [item.decision for item in items] == ["Udsat."] * 2
    kinds = [section.kind for section in items[0].sections]
    assert kinds[-3:] == ["prior_decision", "decision", "attachments"]


def test_an_empty_list_of_absentees_does_not_take_the_decision():
    items = read_items(
        "\n\n".join(
            f"{number}. Bro {number}\nSagsnr. 21/{number}\n\nIkke til stede:\nGodkendt." for number in (1, 2)
        )
    )
    assert [item.decision for item in items] == ["Godkendt."] * 2


def test_a_conclusion_of_several_votes_is_a_decision():
    items = read_items(
        "1. Bro\n\nKonklusion\n\nAd 1\n\nFor stemte: 3 (B+Ø)\n\nImod stemte: 2 (V)\n\nAnbefales.\n\n"
        "2. Sti\n\nKonklusion\n\nUdsat."
    )
    assert items[0].decision.startswith("Ad 1")
    assert len(items[0].ballots) == 1


def test_a_decision_without_heading_begins_with_its_votes():
    votes = (
        "Ændringsforslag fra F:\n\nFor stemte: 1 (F)\n\nImod stemte: 3 (A+V)\n\nFaldet.\n\n"
        "Indstillingen:\n\nFor stemte: 3 (A+V)\n\nImod stemte: 1 (F)\n\nAnbefales."
    )
    (item, _) = read_items(
        f"1. Bro\nSagsnr. 21/1\n\nIndstilling\n\n- at broen males.\n\n{votes}\n\n"
        "2. Sti\nSagsnr. 21/2\n\nIndstilling\n\n- at stien lægges.\n\nGodkendt."
    )
    assert item.decision == votes
    assert [ballot.result for ballot in item.ballots] == ["lost", "carried"]


def test_absentees_right_under_another_bodys_heading_belong_to_its_decision():
    (item,) = read_items(
        "Referat Byrådet den 25. maj 2021\nPunkt 1: Bro\n\nBeslutning\nUdsat.\n\n"
        "Beslutninger Økonomiudvalget den 18. maj 2021\nAfbud:\nAne Holm deltog ikke i sagens behandling.\n\n"
        "Indstilles godkendt. V stemte imod.\n\nResumé\nBroen males."
    )
    assert (item.decision, item.ballots, item.absent) == ("Udsat.", (), ())
    assert item.prior_decisions[0].text.endswith("V stemte imod.")


def test_motions_voted_on_under_a_recommendation_are_the_decision():
    item, _ = read_items(
        "Nr. 9 BR 12/03. Cykelstier\n\nIndstilling om, at stierne anlægges.\n(Bygge- og Teknikudvalget)\n"
        "Et af Ane Holm (V) stillet ændringsforslag om, at planen udgår, "
        "blev forkastet med 30 stemmer imod 20.\n"
        "For stemte: V og C.\nImod stemte: A, F og Ø.\n"
        "Herefter blev indstillingen godkendt med 38 stemmer imod 2.\n"
        "For stemte: A, F, Ø og V.\nImod stemte: C.\n\n"
        "Nr. 10 BR 13/03. Takster\n\nIndstilling om, at taksterne godkendes.\n\nGodkendt."
    )
    assert item.decision.startswith("Et af Ane Holm (V)")
    assert [(ballot.subject, ballot.result) for ballot in item.ballots] == [
        ("amendment", "lost"),
        ("main", "carried"),
    ]
    assert item.outcome == "approved"


def test_the_shipped_weights_are_those_that_training_gives():
    trained = weights_of(training_set(training_documents()))
    assert trained.keys() == WEIGHTS.keys()
    assert all(trained[feature] == pytest.approx(weights, abs=0.02) for feature, weights in WEIGHTS.items())


@pytest.mark.parametrize(
    "behind",
    [
        "Kunne ikke indlæse data fra Nordhede Kommunes hjemmeside.",
        "• Pkt. 2 Resultat af undersøgelsen\n\nresultater_vedr_borgernes_tilfredshed_med_maden_"
        "fra_to_private_leverandoerer_i_kommunen_i_2016.pdf",
        "1.\nReferat 11.11.2020 (DOC)",
        "• Bilag 2 - Havneplan, udkast (PDF, 1,2 MB)",
        "Oversigt over broer.docx",
        "Eftersendt materiale:\n\nTil pkt. 4, Høringssvar vedr. havnen:\n\nUdkast til høringssvar.",
        "Fremmøde: Per Holm tilsluttede sig mødet kl. 19.05.",
        "Fravær med afbud:\n\n  • Kim Holm – Ane Lund deltager som suppleant\n"
        "  • Dansk Folkepartis plads er vakant.\n\nOmdelt materiale:\n\nKort over havnen",
        "Kim Holm (V) forlod mødet kl. 12:03 og kom tilbage kl. 12:45.\n\nMødet sluttede kl. 12.50",
        "Møde slut: 17.30",
        "PAUSE kl. 17.00-17.15",
        "Kim Holm (V), Ane Lund (A)\ndeltog ikke i mødet.",
        "Kim Holm og Ane Lund deltog som suppleanter.",
        "Fraværende: Kim Holm (V), Ida Krog\n(A)",
        "Fraværende: Kim Holm (V), Ida Krog (A),\nPer Elm (F)",
        "Kim Holm (V) var indkaldt som stedfortræder for Ane Lund (V)",
        " • Sagsid.:",
        "12. Ny bro\nNy bro\nIndstilling\nHavnefogeden indstiller, at broen males.",
        "Sagens forløb:",
        "Godkendelse af protokol",
        "Eventuelt",
        "Lukket sag\n\nLukket sag",
        "Nordhavn, den 14. marts 2017\n\nKim Holm\nformand",
        "Referent: Ane Lund",
        "Kontakt\n\nNordhede Kommune\nTorvet 1\n9999 Nordhede",
        "Siden er sidst opdateret 3. maj 2021",
        "Side 4/12",
        "Havneplan 2030\nHavneplan 2030",
        "Fraværende- Ida Krog ()\nKopier link til punktet - Print",
        "Gennemgang af sagen\n\nUdvalget besluttede i 2019 at male broen.",
        "6",
    ],
)
def test_messages_and_files_of_a_page_are_no_part_of_the_last_decision(behind):
    items = read_items(f"Pkt. 1 Havneplan\n\nSagsnr. 21/1\n\nBeslutning\n\nUdsat.\n\n{behind}\n")
    assert items[0].decision == "Udsat."


@pytest.mark.parametrize(
    "decision",
    [
        "Pkt. 1 Godkendt\n\nPkt. 2 Udsat",
        "Til formand valgtes:\n\nKim Holm\n\nTil næstformand valgtes:\n\nAne Lund",
        "Udvalget drøftede:\n\n- Budget 2018\n- Takster",
        "Orienteringen blev taget til efterretning.\n\nÆndring af vedtægten godkendt",
        "Godkendt som udsendt.\n\nKontakt til havnefogeden tages af formanden.",
        "Godkendt med denne rettelse:\n\nSide 4: broen males rød",
    ],
)
def test_short_lines_that_decide_are_no_tail(decision):
    items = read_items(f"Pkt. 1 Havneplan\n\nSagsnr. 21/1\n\nBeslutning\n\n{decision}\n")
    assert items[0].decision == decision


def test_what_a_relative_clause_says_is_no_outcome():
    (item,) = read_items(
        "Punkt 1: Siden sidst\n\nBeslutning\n\nHjemmesiden ændres for medlemmer, der er bevilget orlov."
    )
    assert item.outcome == "other"


@pytest.mark.parametrize(
    ("title", "decision", "expected"),
    [
        ("Følgegruppen", "Der blev holdt møde. Mødet i Ystad med havnen udsat.", "other"),
        ("Siden sidst", "Kim Holm er bevilget orlov til maj. Broen er malet.", "other"),
        ("Meddelelser", "Byrådet har godkendt budgettet. Turen til Ystad er udsat til maj.", "other"),
        ("Meddelelser", "Formandens meddelelser blev taget til efterretning.", "noted"),
        ("Orientering om havnen", "Udvalget godkendte indstillingen.", "approved"),
        ("Elevrådet", "Formanden fortalte om mødet med KL, hvor forslaget blev forkastet.", "other"),
        ("Eventuelt", "Kim spurgte, om budgettet var godkendt.", "other"),
        ("Budget", "Udvalget drøftede sagen, som genoptages på næste møde.", "postponed"),
        ("Budget", "Efter at ændringsforslaget var forkastet, blev budgettet godkendt.", "approved"),
        ("Referat", "Ingen bemærkninger til referatet, som hermed er godkendt.", "approved"),
        ("Dagsorden", "Punkt 7 udgår, herefter dagsorden godkendt.", "approved"),
        ("Dagsorden", "Dagsordenen godkendt med den ændring, at punkt 3 udsættes.", "approved"),
        ("Lokalplan", "Ministeriet har afvist klagen. Taget til efterretning.", "noted"),
        ("Lokalplan", "Klagen blev afvist af nævnet, og udvalget tog det til efterretning.", "noted"),
        ("Lokalplan", "Nævnet godkendte planen.", "approved"),
        ("Lokalplan", "Kim Holm (V) kan ikke godkende planen. Planen vedtages.", "approved"),
        ("Takster", "Et mindretal ønskede sagen udsat. Indstillingen blev godkendt.", "approved"),
        ("Takster", "Venstre foreslog sagen udsat. Forslaget bortfaldt. Tiltrådt.", "approved"),
        ("Takster", "Udvalget ønskede sagen udsat til næste møde.", "postponed"),
        ("Takster", "Et forslag fra A om at udsætte sagen blev vedtaget.", "postponed"),
        ("Takster", "Forslag om udsættelse blev forkastet. Indstillingen blev vedtaget.", "approved"),
        ("Takster", "Et høringssvar godkendes på næste møde.", "postponed"),
        ("Salg", "Køber har accepteret vilkårene. Udvalget har godkendt salget.", "approved"),
        ("Skema", "Skemaet blev godkendt.", "approved"),
        ("Plan", "Planen er lavet efter, at byrådet godkendte politikken.", "other"),
        ("Vej", "Besøget den 4. maj er udskudt.", "other"),
        ("Vej", "Udvalget vedtog ikke at gøre indsigelse.", "other"),
        ("Vej", "Udvalget vedtog ikke at imødekomme ansøgningen.", "rejected"),
        ("Vej", "Det tiltrådtes, at sagen udsættes.", "postponed"),
        ("Vej", "Byrådet besluttede med 12 stemmer mod 7 at udsætte punktet.", "postponed"),
        ("Dagsorden", "Godkendt, og en bemærkning optages som protokolbemærkning.", "approved"),
        (
            "Plan",
            "Udvalget tager planen til efterretning, med bemærkning fra Kim Holm (V) om vejen.",
            "noted",
        ),
        ("Plan", 'Kim Holm (V) ønskede ført til protokol: "Vejen er for dyr." Anbefales.', "recommended"),
        ("Valg af formand", "Kim S. Holm anbefalede Ane Lund, som formand. Ane Lund er valgt.", "other"),
    ],
)
def test_the_verb_of_a_main_clause_carries_the_outcome(title, decision, expected):
    assert outcome(decision, number="1", title=title) == expected


def test_other_items_leave_the_agenda_of_an_item_without_a_number_too():
    assert outcome("Punkt 9 udgår. Dagsordenen godkendt.") == "approved"
    assert outcome("Punkt 9 udsættes.") == "postponed"


def test_a_few_words_under_a_title_decide_beside_items_with_headings():
    items = read_items(
        "1. Godkendelse af referat\n\nGodkendt.\n\n2. Skolestruktur\n\nIndstilling\n\n"
        "Det indstilles, at udkastet godkendes.\n\nBeslutning\n\nUdkastet godkendt.\n\n"
        "3. Trafik ved skolen\n\nBegge forslag godkendt uden kommentarer.\n\n"
        "4. Trivsel\n\nAne Lund fortalte om målingen. Tallene er bedre end sidste år."
    )
    assert [item.decision for item in items] == [
        "Godkendt.",
        "Udkastet godkendt.",
        "Begge forslag godkendt uden kommentarer.",
        None,
    ]


def test_a_decision_without_heading_begins_with_the_motion_put():
    (item,) = read_items(
        "Punkt 1: Mødeplan\n\nIndstilling om, at planen tiltrædes, samt at udvalget bemyndiges til at "
        "aflyse møder, såfremt der ikke er sager nok.\n\nHavnelisten stillede følgende ændringsforslag:\n\n"
        '"Møderne holdes om mandagen."\n\nÆndringsforslaget blev forkastet med 9 stemmer imod 3.\n\n'
        "Indstillingen blev herefter godkendt."
    )
    assert item.decision is not None
    assert item.decision.startswith("Havnelisten stillede")
    assert item.outcome == "approved"


_SECTION = "Sagsfremstilling\n\nDer skal tages stilling til sagen, som er beskrevet i bilaget.\n\n"


@pytest.mark.parametrize("header", ["", "Referat\n\n", "Referat\nMødedato: 12. maj 2020\n\n"])
@pytest.mark.parametrize("form", ["Beslutning i {} den {}:", "{}s beslutning den {}", "{}, {}", "{} den {}:"])
def test_undated_headings_are_the_meetings_own_and_dated_ones_prior(header, form):
    prior = form.format("Teknikudvalget", "4. maj 2020")
    document = read(
        f"{header}1. Budget\n\nSagsnr. 20/100\n\n{_SECTION}{prior}\n\nAnbefales.\n\nBeslutning\n\n"
        "Godkendt.\n\n"
        f"2. Takster\n\nSagsnr. 20/200\n\n{_SECTION}Beslutning\n\nUdsat.\n\n{prior}\n\nDrøftet.\n".encode()
    )
    assert [item.decision for item in document.items] == ["Godkendt.", "Udsat."]
    assert [item.prior_decisions[0].text for item in document.items] == ["Anbefales.", "Drøftet."]


@pytest.mark.parametrize("form", ["Beslutning i {} den {}:", "{}s beslutning den {}", "{}, {}"])
def test_the_decision_of_the_latest_day_is_the_own_where_no_header_names_the_meeting(form):
    first = form.format("Teknikudvalget", "4. maj 2020")
    last = form.format("Økonomiudvalget", "12. maj 2020")
    document = read(
        f"Lokalplan 12\n\nSagsnr. 20/100\n\n{_SECTION}{last}\n\nGodkendt.\n\n{first}\n\nAnbefales.\n".encode()
    )
    assert [item.decision for item in document.items] == ["Godkendt."]
    assert (document.committee, document.date) == ("Økonomiudvalget", "2020-05-12")


@pytest.mark.parametrize(
    "heading",
    ["Opsamling", "Referat/beslutning:", "Beslutningsreferat", "Udvalgets behandling", "ØU den 12-05-2020"],
)
def test_a_heading_is_known_by_the_decisions_under_it(heading):
    items = read_items(
        "".join(
            f"Punkt {number}: {title}\n\nSagsfremstilling\n\nSagen er beskrevet i det bilag, der er vedlagt."
            f"\n\n{heading}\n\n{decision}\n\n"
            for number, title, decision in [
                (1, "Badebro", "Godkendt."),
                (2, "Takster", "Udvalget tog sagen op igen og bad om en opfølgning."),
                (3, "Regnskab", "Sagen udsættes."),
            ]
        )
    )
    assert [item.decision for item in items] == [
        "Godkendt.",
        "Udvalget tog sagen op igen og bad om en opfølgning.",
        "Sagen udsættes.",
    ]


@pytest.mark.parametrize("day", ["ØU 14.03.2017", "(Havneudvalget den 14. marts 2017)"])
def test_an_abbreviated_body_says_nothing_of_whose_decision_it_is(day):
    (item,) = read_items(f"Punkt 1: Badebro\n\nSagsnr. 17/1\n\nBeslutning {day}\n\nGodkendt.")
    assert (item.decision, item.prior_decisions) == ("Godkendt.", ())


@pytest.mark.parametrize("text", ["Fraværende: Godkendt.", "Afbud: Godkendt. Ane Lund (A) var fraværende."])
def test_an_empty_label_of_absentees_before_a_decision_is_an_aside(text):
    (item,) = read_items(f"Punkt 1: Badebro\n\nSagsnr. 17/1\n\nBeslutning\n{text}")
    assert item.decision == "Godkendt."


def test_absentees_and_tails_are_no_part_of_a_decision_without_heading():
    first, _ = read_items(
        "1. Badebro\n\nGodkendt.\n\nAne Lund (A) deltog ikke i mødet.\n\nMødet hævet kl. 21\n\n"
        "2. Takster\n\nUdsat."
    )
    assert first.decision == "Godkendt."
    assert [person.name for person in first.absent] == ["Ane Lund"]


def test_a_motion_that_the_item_is_called_by_is_the_matter_itself():
    (item,) = read_items(
        "Punkt 1: Forslag fra C - Badebro\n\nSagsnr. 17/1\n\nBeslutning\n\nProcedureforslag fra A:\n\n"
        "For stemte: 1 (A)\n\nImod stemte: 3 (C+O)\n\nFaldet.\n\nForslag fra C:\n\n"
        "For stemte: 5 (A+C+O+V)\n\nImod stemte: 0\n\nGodkendt."
    )
    assert item.outcome == "approved"


def test_an_hour_above_a_decision_does_not_end_the_document():
    item, *_ = read_items(
        "2. Godkendelse af dagsorden\n\nMødet sluttede kl. 21.33\n\nFraværende uden afbud:\nAne Lund\n\n"
        "Beslutning\n\nGodkendt."
    )
    assert item.decision == "Godkendt."


@pytest.mark.parametrize(
    ("row", "decision"),
    [
        ("Beslutning\tGodkendt.", "Godkendt."),
        ("Beslutning\tGodkendt", "Godkendt"),
        ("Beslutning\tRådet ønskede sagen belyst på næste møde", "Rådet ønskede sagen belyst på næste møde"),
    ],
)
def test_a_heading_can_be_the_first_cell_of_a_row(row, decision):
    text = (
        "Referat\n\nFjordrådet\n\nMødedato:\t5. maj 2020\n\n"
        f"Punkt 1\tBudget\nSagsfremstilling\tDer er et merforbrug.\n{row}\n\n"
        "Punkt 2\tSti langs åen\nSagsfremstilling\tStien er anlagt.\nBeslutning\tTil efterretning.\n"
    )
    first, second = read(text.encode()).items
    assert (first.title, first.decision) == ("Budget", decision)
    assert second.decision == "Til efterretning."


def test_the_headings_of_a_table_are_no_headings_of_sections():
    text = (
        "Referat\n\nFjordrådet\n\nMødedato: 5. maj 2020\n\n"
        "1. Budget\n\nBeslutning\tAnsvarlig\nUdsat\tIb Dam\n\nBeslutning\n\nGodkendt.\n"
    )
    assert read(text.encode()).items[0].decision != "Ansvarlig"


def test_a_heading_with_a_link_glued_to_it_is_the_next_item_and_a_doubt():
    document = read(
        "REFERAT Havneudvalget d. 14-03-2017\n\n2 : Besøg på havnen\nSagsnr. 21/101\nBeslutning\n"
        "Besøget blev gennemført.\n2. Takster for leje"
        "Klik her for at folde ud og læse mere om Takster for leje\nUdsat\n".encode()
    )
    (item,) = document.items
    assert item.decision == "Besøget blev gennemført."
    assert "title_inside_item" in [doubt.code for doubt in document.doubts]


def viewer(text: str) -> str:
    return f"Referat\n\nTranskript\n\n1 Referat Fjordrådet Mødedato: 5. maj 2020\n\n2 {text}\n"


def test_the_head_of_a_page_with_body_and_day_heads_no_decision():
    page = (
        "Indholdsfortegnelse Sag nr. Side Åbne sager: 01 Tilskud til ny badebro 02 Kystens fremtid\n\n"
        "3 Fjordrådet, den 5. maj 2020 Side Tilskud til ny badebro 08/1625 Åben sag Roklubben har ansøgt om "
        "en ny badebro, og rådet har tidligere drøftet, at broen kan ligge mod syd."
    )
    items = read(viewer(page).encode()).items
    assert [item.decision for item in items if item.title == "Tilskud til ny badebro"] == [None]


def test_the_page_of_an_attachment_ends_the_decision():
    page = (
        "PUNKTER 1. Godkendelse af budget 2. Badebro 3. Kystens fremtid\n\n"
        "3 Godkendelse af budget BESLUTNING Budgettet blev godkendt\n\n"
        "4 Bilag til Godkendelse af budget Budget 2020\n\n5 Badebro BESLUTNING Udsat\n"
    )
    first = read(viewer(page).encode()).items[0]
    assert (first.title, first.decision) == ("Godkendelse af budget", "Budgettet blev godkendt")


@pytest.mark.parametrize(
    "ahead",
    ["Udkastet er lavet af formanden. Det indstilles, at dagsordenen godkendes. ", "1. at den godkendes. "],
)
def test_what_concludes_behind_a_recommendation_is_the_decision(ahead):
    text = (
        "Referat\n\nFjordrådet\n\nMødedato: 5. maj 2020\n\n"
        f"1. Godkendelse af dagsorden\n{ahead}Dagsordenen godkendes.\n\n"
        "2. Badebro\nUdsat.\n\n3. Eventuelt\nIntet.\n"
    )
    first = read(text.encode()).items[0]
    assert first.decision == "Dagsordenen godkendes."
