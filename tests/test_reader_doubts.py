"""A reading says how sure it is: every sign of doubt has a code and a place; good minutes have none."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from minutes.reader import items, read
from minutes.reader.doubts import document_doubts
from minutes.reader.header_candidates import Header
from minutes.reader.header_doubts import header_doubts
from minutes.reader.item_doubts import item_doubts
from minutes.reader.layout import lines_of
from minutes.reader.notices import PARAMS
from minutes.reader.records import Document, Doubt, Participant
from minutes.warning_messages import MESSAGES, message_of

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.txt"))
SEEDS = sorted((Path(__file__).parents[2] / "shared" / "seeds").glob("*.txt"))

MEMBERS = "Ane Lund (A), Bo Dam (V), Cai Eng (F), Dorte Fisk (A), Emil Gade (V)"


def minutes(
    *bodies: str, header: str = "", numbers: tuple[int, ...] = (), title_day: str = "14-01-2020"
) -> str:
    """Return minutes with an item for each body, or each number; all with a decision."""
    header = header or f"Mødedato Tirsdag d. 14. januar 2020 kl. 16:00\n\nMødedeltagere {MEMBERS}"
    bodies = bodies or ("Beslutning\n\nGodkendt.",) * len(numbers)
    numbers = numbers or tuple(range(1, len(bodies) + 1))
    items = "\n\n".join(
        f"Punkt {number}: Sag om vej {number}\n\n{body}" for number, body in zip(numbers, bodies, strict=True)
    )
    return f"Randers Kommune\n\nREFERAT Teknikudvalget d. {title_day}\n\n{header}\n\n{items}\n"


def doubts(text: str) -> list[str]:
    return [doubt.code for doubt in read(text.encode()).doubts]


def doubt(text: str, code: str) -> Doubt:
    document = read(text.encode())
    assert document.grade in ("doubtful", "unread")
    (match,) = [doubt for doubt in document.doubts if doubt.code == code]
    assert match.params.keys() == set(PARAMS[code])
    assert code in MESSAGES
    assert "%(" not in message_of(match)
    return match


def quoted(text: str, code: str) -> str:
    match = doubt(text, code)
    return read(text.encode()).text[match.start : match.end]


def voted(decision: str) -> str:
    return minutes(f"Beslutning\n\n{decision}")


def test_good_minutes_are_certain():
    document = read(minutes(numbers=(1, 2, 3)).encode())
    assert (document.grade, document.doubts) == ("certain", ())


@pytest.mark.skipif(not SEEDS, reason="../shared/seeds is not on this machine")
def test_the_seeds_are_certain():
    for path in SEEDS:
        document = read(path.read_bytes())
        assert (path.name, document.grade, document.doubts) == (path.name, "certain", ())


def doubts_of_what_is_not_printed(gold: dict[str, Any]) -> set[str]:
    """Return the codes of doubts about facts that a person does not find in the minutes either."""
    items = gold["items"]
    absent = {
        "no_committee": not gold["committee"],
        "no_decisions": not any(item.get("decision") for item in items),
        "items_without_headings": not any(item.get("number") or item.get("title") for item in items),
    }
    return {code for code, is_absent in absent.items() if is_absent}


def test_samples_that_are_read_right_have_no_doubt():
    """A few may have one: a doubt costs a look, no more. What the minutes do not print is no such doubt."""
    golds = {path: json.loads(path.with_suffix(".json").read_text()) for path in SAMPLES}
    right = {path: gold for path, gold in golds.items() if not gold.get("missed")}
    doubtful = [
        path.stem
        for path, gold in right.items()
        if {doubt.code for doubt in read(path.read_bytes()).doubts} - doubts_of_what_is_not_printed(gold)
    ]
    assert len(doubtful) <= 0.05 * len(right), doubtful


# What is missing


def test_missing_facts_are_doubts():
    text = "Referat\n\n1. Ny sti\n\nBeslutning\n\nGodkendt.\n\n2. Ny vej\n\nBeslutning\n\nGodkendt.\n"
    assert {"no_committee", "no_date"} <= set(doubts(text))


def test_minutes_without_items_are_unread():
    document = read(b"REFERAT Teknikudvalget d. 14-01-2020\n\nVi talte om vejen.\n")
    assert document.grade == "unread"
    assert "no_items" in [doubt.code for doubt in document.doubts]


# The header


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            minutes(numbers=(1,), header="Mødedato Onsdag d. 14. januar 2020 kl. 16:00"),
            "Mødedato Onsdag d. 14. januar 2020 kl. 16:00",
        ),
        (
            minutes(numbers=(1,), header="Dato: fredag den 14.01.2020"),
            "Dato: fredag den 14.01.2020",
        ),
    ],
)
def test_a_weekday_that_is_not_the_dates_is_doubted(text, line):
    assert quoted(text, "weekday_conflict") == line


def test_another_day_in_the_title_than_at_the_label_is_doubted():
    text = minutes(numbers=(1,), title_day="15-01-2020")
    match = doubt(text, "date_conflict")
    assert {match.params["first"], match.params["other"]} == {"2020-01-14", "2020-01-15"}


@pytest.mark.parametrize(
    "line", ["Udsendt den 2. januar 2020", "Næste møde den 4. februar 2020", "Godkendt den 4. februar 2020"]
)
def test_another_day_of_something_else_is_no_conflict(line):
    header = f"Mødedato Tirsdag d. 14. januar 2020 kl. 16:00\n\n{line}"
    assert "date_conflict" not in doubts(minutes(numbers=(1,), header=header))


@pytest.mark.parametrize("mark", ["UDKAST", "Udkast til referat", "Foreløbigt referat", "FORELØBIGT"])
def test_a_draft_is_doubted(mark):
    assert quoted(f"{mark}\n\n{minutes(numbers=(1, 2))}", "draft").strip() == mark


def test_a_draft_of_something_else_is_none():
    body = "Resume\n\nUdkast til ny politik er vedlagt.\n\nBeslutning\n\nGodkendt."
    assert "draft" not in doubts(minutes(body, body))


@pytest.mark.parametrize("name", ["Ane Lund og Bo Dam", "Cai Eng kl. 17:00", "a b c d e f g"])
def test_an_entry_that_is_no_name_is_doubted(name):
    header = f"Mødedato Tirsdag d. 14. januar 2020 kl. 16:00\n\nMødedeltagere {MEMBERS}"
    document = read(minutes(numbers=(1,), header=header).encode())
    odd = msgspec.structs.replace(document, participants=(Participant(name=name),))
    codes = [doubt.code for doubt in document_doubts(odd, items.split([]), Header())]
    assert "people_odd" in codes


def test_a_name_twice_in_the_list_is_doubted():
    document = read(minutes(numbers=(1,)).encode())
    namesakes = (Participant(name="Bo Dam", party="V"), Participant(name="Bo Dam", party="O"))
    twice = msgspec.structs.replace(document, participants=namesakes)
    codes = [doubt.code for doubt in document_doubts(twice, items.split([]), Header())]
    assert "namesakes" in codes


def test_headings_inside_of_paragraphs_show_that_lines_are_lost():
    assert "lines_lost" in doubts(" ".join(minutes(numbers=(1, 2, 3)).split()))
    assert "lines_lost" not in doubts(minutes(numbers=(1, 2, 3)))


def test_the_text_of_a_pdf_viewer_is_doubted():
    assert "viewer_text" in doubts(f"Download\n\nTranskript\n\n{minutes(numbers=(1, 2))}")


def test_a_whole_agenda_of_a_pdf_viewer_is_not_doubted():
    document = read(f"Download\n\nTranskript\n\n{minutes(numbers=(1, 2, 3))}".encode())
    agenda = msgspec.structs.replace(document, document="agenda", location="Salen", start_time="16:00")
    codes = [doubt.code for doubt in document_doubts(agenda, items.split([]), Header())]
    assert "viewer_text" not in codes
    without_place = msgspec.structs.replace(agenda, location=None)
    assert "viewer_text" in [
        doubt.code for doubt in document_doubts(without_place, items.split([]), Header())
    ]


# Items


def test_a_label_inside_a_decision_is_doubted():
    body = "Beslutning\n\nGodkendt.\nSidenr. 90"
    document = read(minutes(body).encode())
    mixed = msgspec.structs.replace(
        document, items=(msgspec.structs.replace(document.items[0], decision="Godkendt.\nSidenr. 90"),)
    )
    codes = [doubt.code for doubt in document_doubts(mixed, items.split([]), Header())]
    assert "decision_mixed" in codes


@pytest.mark.parametrize(("numbers", "missing"), [((1, 2, 4), "3"), ((41, 44, 45), "42, 43")])
def test_numbers_with_holes_are_doubted(numbers, missing):
    assert doubt(minutes(numbers=numbers), "numbers_missing").params["numbers"] == missing


@pytest.mark.parametrize("numbers", [(1, 2, 3), (92, 93), (1, 2, 101, 102), (3, 1, 2), (7,)])
def test_numbers_that_run_on_are_not_doubted(numbers):
    assert not {"numbers_missing", "number_above_items"} & set(doubts(minutes(numbers=numbers)))


def test_a_number_that_is_printed_only_above_the_items_is_doubted():
    contents = "Indholdsfortegnelse\n\n1 Sag om vej 1\n2 Sag om vej 2\n3 Sag om vej 3"
    header = f"Mødedato Tirsdag d. 14. januar 2020 kl. 16:00\n\n{contents}"
    assert doubt(minutes(numbers=(2, 3), header=header), "number_above_items").params["missing"] == "1"


def test_an_item_much_longer_than_the_others_is_doubted():
    long = "Resume\n\n" + "Vejen er lang og har mange sving. " * 900 + "\n\nBeslutning\n\nGodkendt."
    short = "Beslutning\n\nGodkendt."
    assert quoted(minutes(short, long, short, short), "item_long").startswith("Punkt 2")


def test_two_own_decisions_in_an_item_are_doubted():
    body = "Beslutning\n\nGodkendt.\n\nResume\n\nVejen bliver ny.\n\nBeslutning\n\nUdsat."
    assert quoted(minutes(body, "Beslutning\n\nGodkendt."), "two_decisions").startswith("Punkt 1")


def test_lines_that_were_joined_are_no_decision_but_doubted():
    joined = "00.22.02-A26-1-13 Vej 2. Byrådet, 14.01.2020 Ane Lund var fraværende. Godkendt."
    text = minutes("Beslutning\n\nGodkendt.", joined)
    assert read(text.encode()).items[1].decision is None
    assert quoted(text, "decision_missing").startswith("Punkt 2")


def test_two_decisions_of_a_closed_item_are_doubted():
    body = "Lukket punkt\n\nBeslutning\n\nGodkendt.\n\nResume\n\nOm vejen.\n\nBeslutning\n\nUdsat."
    assert "two_decisions" in doubts(minutes(body, "Beslutning\n\nGodkendt."))


def test_an_item_without_the_decision_that_all_others_have_is_doubted():
    body = "Indstilling\n\nForvaltningen indstiller, at vejen bygges.\n\nBeslutning\n\nGodkendt."
    without = "Indstilling\n\nForvaltningen indstiller, at vejen bygges."
    assert quoted(minutes(body, body, without, body), "decision_missing").startswith("Punkt 3")
    assert "decision_missing" not in doubts(minutes(body, body, body, "Resume\n\nIntet nyt."))


def test_text_under_a_title_that_says_what_was_decided_is_doubted_where_others_have_headings():
    body = "Beslutning\n\nGodkendt."
    agreed = (
        "Der arbejdes fortsat på en liste over adresser, som formanden samler fra foreningerne i byen. "
        "Der er enighed om, at temamødet den 3. maj gennemføres.\n\n"
        "Listen udsendes derefter til alle, der har ønsket den."
    )
    assert quoted(minutes(body, agreed, body), "decision_missing").startswith("Punkt 2")
    assert "decision_missing" not in doubts(minutes(body, "Formanden viste den nye hal frem.", body))


def test_minutes_without_any_decision_are_doubted():
    assert "no_decisions" in doubts(minutes(*["Resume\n\nVejen bliver ny."] * 3))


def test_items_that_all_have_neither_number_nor_title_are_doubted():
    body = "Sagsfremstilling\n\nVejen bliver ny.\n\nBeslutning\n\nGodkendt.\n\n"
    text = f"Referat\nTeknikudvalget\nMødedato: 14. januar 2020 kl. 16.00\n\n{body * 3}"
    assert len(read(text.encode()).items) == 3
    doubt(text, "items_without_headings")
    assert "items_without_headings" not in doubts(minutes(body, body))


# Votes


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        ("Godkendt med 3 stemmer for og 6 imod.", "result_against_counts"),
        ("Godkendt med 5 stemmer for og 4 stemmer imod.", "more_votes_than_members"),
    ],
)
def test_a_contradictory_vote_is_doubted(decision, code):
    text = voted(decision)
    assert quoted(text, code) in text.replace("\n", " ") or quoted(text, code) in text


def test_names_that_are_not_as_many_as_the_votes_are_doubted():
    decision = "Godkendt med 2 stemmer for og 1 stemme imod. Imod stemte Ane Lund og Bo Dam."
    assert {"names_against_counts", "voters_unread"} & set(doubts(voted(decision)))


def test_a_name_on_both_sides_is_doubted():
    decision = (
        "Godkendt med 2 stemmer for og 1 stemme imod. For stemte Ane Lund og Bo Dam. Imod stemte Ane Lund."
    )
    assert "name_on_two_sides" in doubts(voted(decision))


@pytest.mark.parametrize(
    "decision",
    [
        "Godkendt med 4 stemmer for og 1 stemme imod. Imod stemte Ane Lund.",
        "Enstemmigt godkendt. Der blev ikke stemt.",
        "Godkendt uden afstemning. Stemningen var god, og alle er bestemte på at nå det.",
    ],
)
def test_a_vote_that_adds_up_and_words_that_are_none_are_not_doubted(decision):
    assert doubts(voted(decision)) == []


def test_a_vote_that_was_not_read_is_doubted():
    decision = "Efter en lang debat valgte man det lille forslag, som de tre fra vest stemte imod."
    document: Document = read(voted(decision).encode())
    assert document.items[0].ballots == ()
    assert "vote_unread" in [doubt.code for doubt in document.doubts]


# What the document says and the reading has not


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Dato: 14-01-2020\nMødelokale Den grønne sal, Havnegade 4", "label_unread"),
        ("Mødedato Tirsdag d. 14. januar 2020\n\nMødelokale\n\nLille sal", "label_unread"),
    ],
)
def test_a_label_whose_value_is_not_read_is_doubted(header, code):
    document = read(minutes(numbers=(1, 2), header=header).encode())
    without = msgspec.structs.replace(document, location=None)
    codes = [doubt.code for doubt in header_doubts(without, lines_of(header), Header())]
    assert code in codes


@pytest.mark.parametrize("header", ["Mødested:\nMødedeltagere: Ane Lund (A)", "Afbud: Ingen", "Mødested: -"])
def test_a_label_without_a_value_is_not_doubted(header):
    document = msgspec.structs.replace(
        read(minutes(numbers=(1,)).encode()), location=None, participants=(Participant(name="Ane Lund"),)
    )
    assert not [doubt.code for doubt in header_doubts(document, lines_of(header), Header())]


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("Medlemmer:\n• Ane Lund\n• Åsa á Heygum\n• Bo Dam", "Åsa á Heygum"),
        ("Medlemmer: Ane Lund (A), Ib van der Kold (V), Bo Dam (V)", "Ib van der Kold"),
    ],
)
def test_a_name_between_others_that_is_not_read_is_doubted(header, names):
    people = (Participant(name="Ane Lund"), Participant(name="Bo Dam"))
    document = msgspec.structs.replace(read(minutes(numbers=(1,)).encode()), participants=people)
    (match,) = header_doubts(document, lines_of(header), Header())
    assert (match.code, match.params["names"]) == ("people_left_out", names)


def test_somebody_present_who_is_marked_as_away_is_doubted():
    people = (Participant(name="Ane Lund", party="A"), Participant(name="Bo Dam", party="V"))
    document = msgspec.structs.replace(read(minutes(numbers=(1,)).encode()), participants=people)
    lines = lines_of("Medlemmer: Ane Lund, A (syg); Bo Dam, V")
    assert [doubt.code for doubt in header_doubts(document, lines, Header())] == ["present_and_absent"]


@pytest.mark.parametrize(
    "place", ["Mødelokale", "Sted Rådhuset", "Mødelokale Torvet, mødelokale 2", "Salen Salen"]
)
def test_a_place_with_a_label_in_it_is_doubted(place):
    document = msgspec.structs.replace(read(minutes(numbers=(1,)).encode()), location=place)
    assert "place_odd" in [doubt.code for doubt in header_doubts(document, [], Header())]


@pytest.mark.parametrize("place", ["Mødelokale 3", "Lokale 2 A", "Mødelokale Skoven", "Havnegade 4, 7. sal"])
def test_a_place_is_not_doubted(place):
    document = msgspec.structs.replace(read(minutes(numbers=(1,)).encode()), location=place)
    assert "place_odd" not in [doubt.code for doubt in header_doubts(document, [], Header())]


def test_a_substitute_who_is_not_read_is_doubted():
    document = read(minutes(numbers=(1,)).encode())
    text = f"{document.text}\nIda Fjord (A) blev indkaldt som stedfortræder for Ane Lund (A).\n"
    changed = msgspec.structs.replace(document, text=text, substitutes=())
    assert "substitute_unread" in [doubt.code for doubt in header_doubts(changed, [], Header())]


def test_numbers_of_the_contents_list_that_no_item_has_are_doubted():
    contents = "Indhold\n\n1 Sag om vej 1\n2 Sag om vej 2\n3 Sag om bro\n4 Køb af hus (LUKKET)"
    header = f"Mødedato Tirsdag d. 14. januar 2020 kl. 16:00\n\n{contents}"
    assert doubt(minutes(numbers=(1, 2), header=header), "listed_unread").params["numbers"] == "3"


def test_a_choice_of_items_that_another_comes_near_is_doubted():
    document = read(minutes(numbers=(1, 2)).encode())
    agenda = items.split(lines_of(document.text))
    near = agenda._replace(choice=dataclasses.replace(agenda.choice, margin=0.5))
    assert "items_uncertain" in [doubt.code for doubt in document_doubts(document, near, Header())]
    assert "items_uncertain" not in [doubt.code for doubt in document_doubts(document, agenda, Header())]


def test_an_item_that_is_read_twice_as_from_a_list_and_below_it_is_a_doubt():
    document = read(minutes(numbers=(1, 2)).encode())
    agenda = items.split(lines_of(document.text))
    twice = msgspec.structs.replace(document, items=(document.items[0], *document.items))
    assert "items_uncertain" in [doubt.code for doubt in document_doubts(twice, agenda, Header())]


def test_a_title_ends_above_another_entry_with_a_mark_of_access():
    entries = "\n".join(f"  åbent {number} Sag om vej {number}" for number in range(2, 8))
    first = "1 Fraværende og bemærkninger til dagsordenen"
    page = f" Åbent  punkt\n\n {first}\n\n85.02.02G00-0011\n\nBehandling\n"
    text = f"Referat\n\nDagsordenspunkter\n\n  åbent {first}\n{entries}\n  lukket 101 Køb\n\n{page}"
    assert not any("åbent" in item.title for item in read(text.encode()).items)


def with_item(text: str = "", **changes: object) -> list[str]:
    """Return the codes of the doubts about the first of two items that was changed; `text` goes under it."""
    document = read(minutes(f"{text}\n\nBeslutning\n\nGodkendt.", "Beslutning\n\nGodkendt.").encode())
    first = msgspec.structs.replace(document.items[0], **changes)
    return [
        sign.code
        for sign in item_doubts(msgspec.structs.replace(document, items=(first, *document.items[1:])))
    ]


@pytest.mark.parametrize(
    ("text", "changes", "code"),
    [
        ("", {"number": None, "title": "Bemærkninger Bo Dam deltog ikke"}, "title_odd"),
        ("", {"title": "Ny sti ved åen S2022-520"}, "title_odd"),
        ("Eventuelt\n\nIntet.", {}, "title_inside_item"),
        ("Sagsnr.: 20/4711", {"case_number": None}, "case_unread"),
        ("018520-2013", {"case_number": None}, "case_unread"),
        ("Ane Lund (A) erklærede sig inhabil.", {"left_or_recused": (), "absent": ()}, "recusal_unread"),
        ("Resume\n\nImod stemte: 2 (Ane Lund (A), Bo Dam (V))", {"ballots": ()}, "vote_unread"),
        ("Resume\n\nFor stemte: A og F.\n\nImod stemte: V.", {"ballots": ()}, "vote_unread"),
        ("Åben sag", {"closed": True}, "open_sign_in_closed_item"),
        ("", {"decision": "Godkendt.\nBo Dam begærede sagen i KB."}, "referral_unread"),
        ("", {"decision": "Godkendt.\nSagens forløb: Byrådet"}, "decision_mixed"),
        ("", {"decision": "Godkendt.\nAne Lund og Bo Dam deltog ikke."}, "decision_mixed"),
        ("", {"decision": "Godkendt.\n2. Ny bro over åen"}, "decision_mixed"),
        ("", {"decision": "x x x x BY=Byråd"}, "decision_mixed"),
        ("Indstilling\n\nDirektøren indstiller, at stien bygges.", {"decision": None}, "decision_missing"),
    ],
)
def test_what_an_item_says_and_its_reading_has_not_is_doubted(text, changes, code):
    assert code in with_item(text, **changes)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("", {}),
        ("Åbent punkt\nNej", {"closed": True}),
        ("14-01-2020", {"case_number": None}),
        ("", {"decision": "Følgende blev nævnt:\n1. Afbud.\n2. Ny bro over åen."}),
        ("", {"decision": "Godkendt.\nBo Dam (V) var inhabil og deltog ikke i behandlingen af punktet."}),
    ],
)
def test_what_an_item_has_is_not_doubted(text, changes):
    assert with_item(text, **changes) == []


def test_absent_people_on_a_line_under_a_title_are_doubted():
    header = f"Mødedato Tirsdag d. 14. januar 2020 kl. 16:00\n\n{MEMBERS}\n\nAfbud: Per Krog, Ida Fjord"
    document = read(minutes("Per Krog, Ida Fjord\n\nBeslutning\n\nGodkendt.", header=header).encode())
    item = msgspec.structs.replace(document.items[0], absent=())
    codes = [sign.code for sign in item_doubts(msgspec.structs.replace(document, items=(item,)))]
    assert "absence_unread" in codes


def test_titles_of_the_contents_list_that_are_printed_nowhere_else_are_doubted():
    document = read(minutes(numbers=(1, 2)).encode())
    agenda = items.split(lines_of(document.text))
    listed = tuple(lines_of("1. Ny bro\n2. Ny havn"))
    unlisted = agenda._replace(choice=dataclasses.replace(agenda.choice, unlisted=listed))
    codes = {sign.code: sign.params for sign in document_doubts(document, unlisted, Header())}
    assert codes["listed_unread"] == {"numbers": "1. Ny bro, 2. Ny havn"}


@pytest.mark.parametrize("title", ["Sagsfremstilling", "Beslutninger Ungdomsrådet den 08-04-2020", "Resumé"])
def test_a_title_that_is_a_heading_of_sections_is_doubted(title):
    assert "title_odd" in with_item(title=title)


def test_a_decision_that_says_what_became_of_a_matter_and_has_no_outcome_is_doubted():
    decision = "Forslaget sendes til udvalget. Undlod at stemme: 2 (T)\n\nGodkendt."
    assert "outcome_unclear" in with_item(decision=decision, outcome="other")
    assert "outcome_unclear" not in with_item(decision="Udvalget holder møde i maj.", outcome="other")


def test_a_cancelled_meeting_with_decisions_or_a_long_text_is_doubted():
    document = read(b"REFERAT Teknikudvalget d. 14-01-2020\n\nM\xc3\xb8det er aflyst.\n")
    assert document.cancelled
    assert "cancelled_uncertain" not in [sign.code for sign in document.doubts]
    uncertain = msgspec.structs.replace(read(minutes(numbers=(1, 2)).encode()), cancelled=True)
    assert "cancelled_uncertain" in [
        sign.code for sign in document_doubts(uncertain, items.split([]), Header())
    ]


@pytest.mark.parametrize("title", ["Ny sti ved åen Ny sti ved åen", "Fortroligt -"])
def test_a_title_that_is_printed_twice_or_broken_off_is_doubted(title):
    assert "title_odd" in with_item(title=title)


@pytest.mark.parametrize(
    "title",
    ["Godkendelse af referat fra Børneudvalget den 29.01.2013", "Ny sti", "Bo og Bo", "Budget 2021-2024"],
)
def test_a_title_is_not_doubted(title):
    assert "title_odd" not in with_item(title=title)


@pytest.mark.parametrize(
    ("committee", "text"),
    [
        ("RÅDByrådet", ""),
        ("Ungeudvalget", "Møde i Børne- og Ungeudvalget\n\nBørne- og Ungeudvalget den 3. maj"),
    ],
)
def test_a_committee_whose_name_is_not_whole_is_doubted(committee, text):
    document = read(minutes(numbers=(1,)).encode())
    odd = msgspec.structs.replace(document, committee=committee, text=text)
    assert "committee_odd" in [sign.code for sign in header_doubts(odd, [], Header())]
    whole = msgspec.structs.replace(
        document, committee="Ungeudvalget", text="Ungeudvalget. Børne- og Ungeudvalget"
    )
    assert "committee_odd" not in [sign.code for sign in header_doubts(whole, [], Header())]


def test_somebody_who_took_no_part_and_is_not_read_is_doubted():
    decision = "Godkendt. Bo Dam (V) deltog ikke i sagens behandling."
    document = read(minutes(f"Beslutning\n\n{decision}").encode())
    assert "recusal_unread" not in [sign.code for sign in item_doubts(document)]
    item = msgspec.structs.replace(document.items[0], absent=(), left_or_recused=())
    without = msgspec.structs.replace(document, items=(item,))
    assert "recusal_unread" in [sign.code for sign in item_doubts(without)]


@pytest.mark.parametrize("title", ["Ny sti Åbent - 13/947", "Åben sag"])
def test_a_title_that_says_it_is_open_is_doubted(title):
    assert "title_odd" in with_item(title=title)


def test_a_line_with_the_next_number_inside_an_item_is_doubted():
    body = "Beslutning\n\nGodkendt."
    text = minutes(body, f"{body}\n\n3. Ny bro over åen\n\nUdsat.", numbers=(1, 2))
    document = read(text.encode())
    two = tuple(item for item in document.items if item.number in {"1", "2"})
    joined = msgspec.structs.replace(two[1], end=len(document.text))
    codes = [sign.code for sign in item_doubts(msgspec.structs.replace(document, items=(two[0], joined)))]
    assert "title_inside_item" in codes
    listed = read(
        minutes(body, f"Indstilling\n\n1. At vejen bygges.\n2. At stien bygges.\n\n{body}").encode()
    )
    assert "title_inside_item" not in [sign.code for sign in item_doubts(listed)]


def test_an_item_that_says_that_the_meeting_was_cancelled_is_a_doubt():
    text = minutes(numbers=(1, 2)).replace("Sag om vej 1", "Udvalgets møde d. 14. januar er aflyst")
    assert doubt(text, "cancelled_in_item").params["number"] == "1"
    assert "cancelled_in_item" not in doubts(text.replace("Udvalgets møde", "Orientering om, at turen"))


def test_a_count_of_votes_in_an_item_without_a_decision_is_a_doubt():
    text = minutes("Resume\n\nIndsti llingen blev fremmet med 31 stemmer imod 14.")
    assert "vote_unread" in doubts(text)


def test_substitutes_listed_behind_the_absentees_are_a_doubt_where_none_was_read():
    people = "Afbud: Ida Krog og Per Holm. Suppleanter: Bo Dam og Liv Bak."
    text = f"Byrådet\nReferat 3. maj 2021 kl. 17\n\n{people}\n\n1. Badebro\n\nBeslutning\nGodkendt.\n"
    assert "substitute_unread" in [one.code for one in read(text.encode()).doubts]
