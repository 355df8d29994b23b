"""Attendance and absence in sentences and in lists of people."""

from itertools import pairwise

import pytest

from minutes.reader import read
from minutes.reader.joined_names import divided
from minutes.reader.meeting_item import is_about_meeting
from minutes.reader.people_lists import parts_of_list
from minutes.reader.presence import Said, attendance_in, says_all
from minutes.reader.roster import RosterBuilder
from minutes.reader.row_values import value_cuts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Afbud fra Ane Holm og Bo Lind (V).", ["absent Ane Holm", "absent Bo Lind"]),
        ("Fra mødet var fraværende: Ane Holm (A).", ["absent Ane Holm"]),
        ("Kim Bro udeblev uden afbud.", ["absent Kim Bro"]),
        (
            "Samtlige medlemmer var mødt bortset fra Ane Holm, der havde meldt afbud.",
            ["absent Ane Holm"],
        ),
        ("Bo Lind deltog i stedet for Ane Holm.", ["absent Ane Holm", "substitute Bo Lind for Ane Holm"]),
        ("I stedet for Ane Holm mødte Bo Lind.", ["absent Ane Holm", "substitute Bo Lind for Ane Holm"]),
        (
            "Ane Holm havde meldt afbud, og Bo Lind deltog i stedet.",
            ["substitute Bo Lind for Ane Holm", "absent Ane Holm"],
        ),
        (
            "Afbud fra Ane Holm. Som suppleant mødte Bo Lind.",
            ["absent Ane Holm", "substitute Bo Lind for Ane Holm"],
        ),
        ("Ane Holm forlod mødet kl. 18.20 efter punkt 3.", ["left Ane Holm 18:20 3"]),
        (
            "Ane Holm, F, ankom til mødet kl. 17.32 under behandlingen af punkt 1.",
            ["arrived Ane Holm 17:32 1"],
        ),
        ("Ane Holm deltog ikke i behandlingen af pkt. 1 og 3-4.", ["absent_from Ane Holm 1,3,4"]),
        ("Ane Holm deltog ikke i den lukkede del af mødet.", ["absent_from Ane Holm"]),
        ("Ane Holm medvirkede ikke ved pkt. 2, idet hun var inhabil.", ["recused Ane Holm 2"]),
        ("Thomas Bro var indkaldt som suppleant, men mødte ikke frem.", []),
        ("Thomas Bro er indkaldt som suppleant for Ane Holm, men kan ikke komme.", []),
        ("Ane Holm er fraværende - suppleanten Bo Lind kan heller ikke komme.", ["absent Ane Holm"]),
        (
            "Bo Lind er indkaldt som 1. suppleant for Ane Holm.",
            ["absent Ane Holm", "substitute Bo Lind for Ane Holm"],
        ),
        ("Bo Lind var indkaldt for Ane Holm.", ["absent Ane Holm", "substitute Bo Lind for Ane Holm"]),
        (
            "Ane Holm kunne ikke deltage, og Bo Lind var indkaldt i hendes sted.",
            ["absent Ane Holm", "substitute Bo Lind for Ane Holm"],
        ),
        (
            "Ane Holm er fraværende - Bo Lind deltager som hendes suppleant.",
            ["absent Ane Holm", "substitute Bo Lind for Ane Holm"],
        ),
        ("Afbud var modtaget fra Ane Holm.", ["absent Ane Holm"]),
        ("Ane Holm tilsluttede sig mødet kl. 19.05.", ["arrived Ane Holm 19:05"]),
        ("Ane Holm deltog i mødet fra kl. 19.30.", ["arrived Ane Holm 19:30"]),
        (
            "Ane Holm (A) var forsinket, og deltog derfor først fra kl. 15.45 og ikke under punkt 1.",
            ["arrived Ane Holm 15:45"],
        ),
        ("Ane Holm forlod mødet kl. 18 og kom tilbage kl. 18.30.", ["left Ane Holm 18:00"]),
        (
            "Afbud fra Ane Holm. Som suppleant fra Venstre indkaldt Bo Lind.",
            ["absent Ane Holm", "substitute Bo Lind for Ane Holm"],
        ),
        (
            "Ib Dam (V) og Ane Holm (A) var fraværende. Som stedfortræder for A mødte Bo Lind.",
            ["absent Ane Holm", "absent Ib Dam", "substitute Bo Lind for Ane Holm"],
        ),
        (
            "Ane Holm har forfald i over en måned, hvorfor 2. stedfortræder Bo Lind er indkaldt.",
            ["absent Ane Holm", "substitute Bo Lind for Ane Holm"],
        ),
        ("Til stede var Ane Holm og Bo Lind.", ["came Ane Holm", "came Bo Lind"]),
        ("Ane Holm deltog ikke under sag 1 til 3 og 9.", ["absent_from Ane Holm 1,2,3,9"]),
        (
            "Der var afbud fra Ane Holm. I hendes sted deltog Bo Lind.",
            ["absent Ane Holm", "substitute Bo Lind for Ane Holm"],
        ),
        (
            "Fraværende var Ane Holm, i hvis sted Bo Lind deltog.",
            ["absent Ane Holm", "substitute Bo Lind for Ane Holm"],
        ),
        (
            "Ane Holm fraværende med afbud - stedfortræder Bo Lind.",
            ["absent Ane Holm", "substitute Bo Lind for Ane Holm"],
        ),
        (
            "Alle var til stede undtagen Ane Holm, for hvem Bo Lind mødte.",
            ["absent Ane Holm", "substitute Bo Lind for Ane Holm"],
        ),
        (
            "Ane Holm ankom kl. 17.20 og Bo Lind kl. 17.45.",
            ["arrived Ane Holm 17:20", "arrived Bo Lind 17:45"],
        ),
        (
            "Ane Holm forlod mødet kl. 19.00, og Bo Lind kl. 19.30.",
            ["left Ane Holm 19:00", "left Bo Lind 19:30"],
        ),
        ("Som stedfortræder valgtes Ane Holm.", []),
        ("Eleverne deltog ikke.", []),
        ("Nr.9 Ida Holm Nr.10 Ane Krog ikke", []),
        ("¤7 Ane Holm deltog ikke.", ["absent Ane Holm"]),
    ],
)
def test_what_a_sentence_says_of_people(text, expected):
    def worded(one):
        parts = [one.said.name.lower(), one.person.name]
        parts += [f"for {one.absentee}"] if one.absentee else []
        parts += [one.time] if one.time else []
        return " ".join([*parts, *([",".join(one.items)] if one.items else [])])

    said = [
        one for one in attendance_in(text) if one.said is not Said.ABSENT or "mødte ikke frem" not in text
    ]
    assert sorted(map(worded, said)) == sorted(expected)


def test_a_sentence_that_leaves_somebody_out_is_no_whole_sentence_of_attendance():
    assert says_all("Ane Holm og Bo Lind deltog ikke.")
    assert not says_all("Ane Holm og Bo Lind, der forlod mødet kl. 20.")
    assert not says_all("Ane Holm foreslog, at Bo Lind deltog.")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hans Kr. Bæk, Chr. Holm og H. C. Dam", ["Hans Kr. Bæk", "Chr. Holm", "H. C. Dam"]),
        ("Ane Holm (A) Bo Lind (V) formand Eva Kirk (SF)", ["Ane Holm", "Bo Lind", "Eva Kirk"]),
        (
            "Ane Holm Dam, Formand Bo Lind, Næstformand Ib Vang Friis Eva Kirk Jens S. Madsen Qila Pedersen",
            ["Ane Holm Dam", "Bo Lind", "Ib Vang Friis", "Eva Kirk", "Jens S. Madsen", "Qila Pedersen"],
        ),
        ("Ane Holm Bo Vang Ukendt Navn Her Eva Kirk", []),
        ("Ane Holm Dam Xerxi Kirk Vang", []),
        (
            "Formand Ane Holm (A) Bo Lind Eva Kirk Planchef Ole Vig Ib Dam",
            ["Ane Holm", "Bo Lind", "Eva Kirk", "Ib Dam"],
        ),
        (
            "Zeynep Şahin (Ø)\nŁukasz Nowak (V)\nAmina el-Khatib",
            ["Zeynep Şahin", "Łukasz Nowak", "Amina el-Khatib"],
        ),
        (
            "Borgmester: Ane Holm (A)\n1. viceborgmester: Bo Lind (V)\nIb Dam",
            ["Ane Holm", "Bo Lind", "Ib Dam"],
        ),
        ("Ane Holm, Bo\nLind, Kirsten Bro-\nholm (V)", ["Ane Holm", "Bo Lind", "Kirsten Broholm"]),
        ("Forældre: Ane Holm, Bo Lind.\nElever: Ib Dam.", ["Ane Holm", "Bo Lind", "Ib Dam"]),
        ("Ane Holm (Idrætsrådet\nBo Lind (A)", ["Ane Holm", "Bo Lind"]),
        ("Ane Holm/formand\nPlanchef Ole Vig\nBo Lind", ["Ane Holm", "Bo Lind"]),
        ("• Ane Holm, A\n• Bo Lind, V", ["Ane Holm", "Bo Lind"]),
        (
            "Ane Holm, Formand, udpeget af Byrådet\nBo Lind, HavneSpejderne\nIb Dam, Nørby Frivillignet\n"
            "Eva Kirk, observatør/ny suppleant\nOle Bak, ansat i Havnekontoret (referent)",
            ["Ane Holm", "Bo Lind", "Ib Dam", "Eva Kirk", "Ole Bak"],
        ),
    ],
)
def test_the_people_of_a_list(text, names):
    assert [entry.name for part in parts_of_list(text) for entry in part.entries] == names


def roster_of(*, present="", absent=""):
    builder = RosterBuilder()
    builder.add_present(present)
    builder.add_absent(absent)
    return builder.roster()


def test_namesakes_of_two_parties_stay_two():
    roster = roster_of(present="Jens Hansen (V), Bo Lind (A), Jens Hansen (O)")
    assert [(one.name, one.party) for one in roster.participants] == [
        ("Jens Hansen", "V"),
        ("Bo Lind", "A"),
        ("Jens Hansen", "O"),
    ]


def test_initials_of_a_name_are_no_party():
    roster = roster_of(present="Ane Holm (AH), Bo Lind (BL), Ib Dam Holt (IDH)")
    assert [one.party for one in roster.participants] == [None, None, None]


def test_a_member_listed_with_a_reason_is_absent():
    roster = roster_of(present="Ane Holm (syg), Bo Lind (V) (orlov), Ib Dam (ej mødt), Eva Kirk")
    assert [one.name for one in roster.participants] == ["Eva Kirk"]
    assert [(one.name, one.reason) for one in roster.absent][:2] == [
        ("Ane Holm", "syg"),
        ("Bo Lind", "orlov"),
    ]


def test_a_substitute_behind_a_dash_is_not_absent():
    roster = roster_of(absent="Ane Holm (V) - Bo Lind (V) mødte som stedfortræder, Ib Dam (A)")
    assert [one.name for one in roster.absent] == ["Ane Holm", "Ib Dam"]
    assert [(one.name, one.party, one.absentee) for one in roster.substitutes] == [
        ("Bo Lind", "V", "Ane Holm")
    ]


def test_an_hour_in_a_list_of_absentees_is_a_movement():
    roster = roster_of(absent="Ane Holm til kl. 18.40 i punkt 2, Bo Lind fra kl. 21")
    assert roster.absent == ()
    assert [(one.name, one.time) for one in roster.arrivals] == [("Ane Holm", "18:40")]
    assert [(one.name, one.time) for one in roster.departures] == [("Bo Lind", "21:00")]


@pytest.mark.parametrize(
    ("absent", "names", "substitutes"),
    [
        ("Ane Holm – Bo Lind deltager som suppleant", ["Ane Holm"], [("Bo Lind", "Ane Holm")]),
        ("Ane Holm (V) (Bo Lind mødte)", ["Ane Holm"], [("Bo Lind", "Ane Holm")]),
        ("Ane Holm (V), for hende mødte Bo Lind (V)", ["Ane Holm"], [("Bo Lind", "Ane Holm")]),
        ("Ane Holm, erstattet af Bo Lind", ["Ane Holm"], [("Bo Lind", "Ane Holm")]),
        ("Ane Holm er på orlov, og Bo Lind er indkaldt.", ["Ane Holm"], [("Bo Lind", "Ane Holm")]),
        ("Kirsten er syg - Bo Lind deltager som hendes suppleant", ["Kirsten"], [("Bo Lind", "Kirsten")]),
        ("Ane Holm (A), Bo Lind (V) og Ib Dam (O) deltog ikke", ["Ane Holm", "Bo Lind", "Ib Dam"], []),
        ("Ane Holm, Bo Lind indkaldt", ["Ane Holm"], [("Bo Lind", "Ane Holm")]),
        ("Ane Holm og Ib Dam, Bo Lind deltog", ["Ane Holm", "Ib Dam"], [("Bo Lind", None)]),
        ("Ane Holm - suppleanten Bo Lind kan ikke komme.", ["Ane Holm"], []),
        ("Ane Holm, Dansk Blindeforbund, Ib Dam, Ældre Sagen", ["Ane Holm", "Ib Dam"], []),
        ("ANE HOLM LYKKE, IB DAM", ["ANE HOLM LYKKE", "IB DAM"], []),
        ("Ane Holm Bo Lind Ib Dam ved sag nr. 6", ["Ane Holm", "Bo Lind"], []),
        ("Ane Holm, Ib Dam ved sag nr", ["Ane Holm"], []),
    ],
)
def test_substitutes_in_a_list_of_absentees(absent, names, substitutes):
    roster = roster_of(absent=absent)
    assert [one.name for one in roster.absent] == names
    assert [(one.name, one.absentee) for one in roster.substitutes] == substitutes


def test_given_names_of_absentees_are_those_of_members_or_as_printed():
    roster = roster_of(present="Kirsten Holm, Bo Lind", absent="Kirsten, Jens.")
    assert [one.name for one in roster.participants] == ["Bo Lind"]
    assert [one.name for one in roster.absent] == ["Kirsten Holm"]
    assert roster.unread == ("Jens",)
    assert [one.name for one in roster_of(absent="Kirsten, Jens.").absent] == ["Kirsten", "Jens"]
    two = roster_of(present="Kirsten Holm, Kirsten Lind", absent="Kirsten er syg.")
    assert [one.name for one in two.participants] == ["Kirsten Holm", "Kirsten Lind"]


def test_entries_that_are_no_names_are_kept_as_unread():
    assert roster_of(absent="Birgitte, Ane Holm").unread == ("Birgitte",)


@pytest.mark.parametrize(
    ("row", "names"),
    [
        ("Bent Lund Anne Holm Krogh Per Dal", ["Bent Lund", "Anne Holm Krogh", "Per Dal"]),
        ("Bent Lund DH Anne Holm DH", ["Bent Lund DH", "Anne Holm DH"]),
        ("Ole Lund (A) Poul Henrik Dal (F)", ["Ole Lund (A)", "Poul Henrik Dal (F)"]),
        (
            "Bent Lund Anne Holm Per Dal Ole Krogh Lis Bak Xerxia Holmby",
            ["Bent Lund", "Anne Holm", "Per Dal", "Ole Krogh", "Lis Bak", "Xerxia Holmby"],
        ),
        # a second given name, a surname of two words, a name that nobody knows
        ("Karl Vilhelm Lund", []),
        ("Anna Maria Louise Holm", []),
        ("Per Dal Xerxia Holm", []),
    ],
)
def test_names_in_a_row_are_divided_where_they_are_certain(row, names):
    assert divided(row) == names


def test_the_values_behind_a_row_of_labels_are_divided():
    text = "Salen, det gamle rådhus Lis Holm, Bo Dal, Per Krogh Bo Dal, Lis Holm"
    cuts = value_cuts(text)
    values = [text[begin:end].strip() for begin, end in pairwise([*cuts, len(text)])]
    assert values == ["Salen, det gamle rådhus", "Lis Holm, Bo Dal, Per Krogh", "Bo Dal, Lis Holm"]


def test_namesakes_keep_their_parties_and_nothing_is_deduced_of_them():
    text = (
        "Referat af møde i Byrådet tirsdag den 6. oktober 2015 kl. 17.00\n\n"
        "Medlemmer: Anne Lund (A), Bo Dal (V), Anne Lund (V)\n\n"
        "Punkt 1: Badebro\n\nBeslutning\nGodkendt med 2 stemmer for (Anne Lund (A) og Bo Dal) og 1 imod.\n\n"
        "Punkt 2: Cykelsti\n\nBeslutning\nGodkendt. Anne Lund stemte imod.\n"
    )
    document = read(text.encode())
    assert {(one.name, one.party) for one in document.participants} == {
        ("Anne Lund", "A"),
        ("Bo Dal", "V"),
        ("Anne Lund", "V"),
    }
    votes = [vote for item in document.items for ballot in item.ballots for vote in ballot.votes]
    assert [(vote.name, vote.party) for vote in votes if vote.name == "Anne Lund"] == [
        ("Anne Lund", "A"),
        ("Anne Lund", None),
    ]
    assert "namesakes" in {doubt.code for doubt in document.doubts}


AGENDA = "Referat af møde i Teknikudvalget den 6. oktober 2015 kl. 17.00\n\n1. Godkendelse af dagsorden\n\n"
NEXT = "\n\n2. Badebro\n\nBeslutning\nGodkendt.\n"


def people_of(text):
    document = read(text.encode())
    return {
        "absent": sorted(one.name for one in document.absent),
        "came": sorted(one.name for one in document.participants),
        "substitutes": sorted((one.name, one.absentee) for one in document.substitutes),
        "moved": sorted((one.name, one.time) for one in (*document.arrivals, *document.departures)),
    }


@pytest.mark.parametrize(
    ("noted", "expected"),
    [
        ("Beslutning\nAfbud:\n- Ane Holm\n- Bo Lind\n\nGodkendt.", {"absent": ["Ane Holm", "Bo Lind"]}),
        ("Fraværende uden afbud: Ane Holm\n\nBeslutning\nGodkendt.", {"absent": ["Ane Holm"]}),
        (
            "Beslutning\nGodkendt.\n\nFravær med afbud:\n\n • Ane Holm – Ib Dam deltager som suppleant\n\n"
            "Fremmøde: Eva Kirk tilsluttede sig mødet kl. 17.20. Per Vang forlod mødet kl. 18.",
            {
                "absent": ["Ane Holm"],
                "came": ["Ib Dam"],
                "substitutes": [("Ib Dam", "Ane Holm")],
                "moved": [("Eva Kirk", "17:20"), ("Per Vang", "18:00")],
            },
        ),
        (
            "FRAVÆRENDE MED AFBUD:\n\nKirsten er syg - Ib Dam deltager som hendes suppleant\n\n"
            "Silas har afbud.\n\n"
            "FRAVÆRENDE INDTIL/FRA:\n\nJan gik kl. 19.50.\n\nBeslutning\nGodkendt.",
            {
                "absent": ["Kirsten", "Silas"],
                "came": ["Ib Dam"],
                "substitutes": [("Ib Dam", "Kirsten")],
                "moved": [("Jan", "19:50")],
            },
        ),
        (
            "Beslutning\nTilstede var:\nBorgmester Ane Holm\n\nRådmand Bo Lind\n\n"
            "Afbud fra:\nRådmand Ib Dam pga. ferie\n\n"
            "Dagsordenen blev godkendt.",
            {"absent": ["Ib Dam"], "came": ["Ane Holm", "Bo Lind"]},
        ),
        (
            "Beslutning\nI mødet deltog:\n\nFra foreningerne:\n\nAne Holm, Bo Lind og Eva Kirk.\n\n"
            "Fra Kulturforvaltningen:\n\nOle Vig (referent)\n\n"
            "Følgende havde meldt afbud:\n\nIb Dam.\n\nGodkendt.",
            {"absent": ["Ib Dam"], "came": ["Ane Holm", "Bo Lind", "Eva Kirk"]},
        ),
        (
            "Bemærkninger til dagsordenen\nIb Dam er indkaldt som suppleant for Ane Holm.\n\n"
            "Beslutning\nGodkendt.",
            {"absent": ["Ane Holm"], "came": ["Ib Dam"], "substitutes": [("Ib Dam", "Ane Holm")]},
        ),
        (
            "Beslutning\nGodkendt.\n\nAne Holm (C), Bo Lind (I) og Ib Dam (T) deltog ikke i mødet.",
            {
                "absent": ["Ane Holm", "Bo Lind", "Ib Dam"],
            },
        ),
        # of one item, of other people, of an item's substitute
        ("Beslutning\nGodkendt.\n\nEftersendt materiale: Brev fra Ane Holm.", {}),
        ("Beslutning\nGodkendt. Ane Holm er tilbage fra orlov.", {}),
    ],
)
def test_people_in_the_item_about_the_meeting(noted, expected):
    people = people_of(AGENDA + noted + NEXT)
    assert {key: value for key, value in people.items() if value} == expected


def test_an_absence_listed_under_every_item_stays_with_its_item():
    text = AGENDA + "Beslutning\nGodkendt.\nFraværende: Ane Holm" + NEXT + "Fraværende: Bo Lind\n"
    document = read(text.encode())
    assert document.absent == ()
    assert [[one.name for one in item.absent] for item in document.items] == [["Ane Holm"], ["Bo Lind"]]


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("Godkendelse af dagsorden og valg af dirigent", True),
        ("Fraværende og bemærkninger til dagsorden", True),
        ("Velkomst", True),
        ("Mødets åbning", True),
        ("Åbningstider på biblioteket", False),
        ("Fraværspolitik for skolerne", False),
        ("Velkomstpakke til tilflyttere", False),
        ("Forslag til dagsorden for årsmødet", False),
    ],
)
def test_titles_of_items_about_the_meeting_itself(title, about):
    assert is_about_meeting(title) is about


def test_absentees_of_another_committee_are_not_absent_from_this_meeting():
    noted = "Beslutning i Havneudvalget den 1. oktober 2015\nGodkendt.\n\nAfbud: Ane Holm\n\n"
    noted += "Beslutning i Teknikudvalget den 6. oktober 2015\nGodkendt.\n\nAfbud: Bo Lind"
    assert people_of(AGENDA + noted + NEXT)["absent"] == ["Bo Lind"]


def test_who_arrived_was_not_absent_though_they_had_sent_apologies():
    roster = roster_of(present="Ane Holm (ankom under behandlingen af punkt 6), Bo Lind", absent="Ane Holm")
    assert [one.name for one in roster.participants] == ["Ane Holm", "Bo Lind"]
    assert (roster.absent, [(one.name, one.item) for one in roster.arrivals]) == ((), [("Ane Holm", "6")])


def test_a_sentence_about_an_absentee_that_is_not_understood_is_unread():
    roster = roster_of(absent="Ane Holm.\nBo Lind har været medlem i mange år.")
    assert [one.name for one in roster.absent] == ["Ane Holm"]
    assert roster.unread == ("Bo Lind",)


def test_substitutes_that_an_item_approves_without_saying_for_whom_are_a_doubt():
    text = AGENDA + "Beslutning\nGodkendt.\n\n2. Godkendelse af indkaldte stedfortrædere\n\n"
    text += "Beslutning\nIb Dam blev godkendt.\n"
    assert "substitute_unread" in {doubt.code for doubt in read(text.encode()).doubts}


def test_a_sentence_of_absence_glued_to_those_present():
    roster = roster_of(present="Ane Holm (A), Bo Lind (V) Fraværende var Ane Holm (A).")
    assert [(one.name, one.party) for one in roster.participants] == [("Bo Lind", "V")]


def test_a_recusal_from_another_item_is_of_that_item():
    text = AGENDA + "Beslutning\nGodkendt.\n\nBo Lind deltog ikke i behandlingen af punkt 2." + NEXT
    text += "\n3. Sti\n\nBeslutning\nGodkendt.\n"
    document = read(text.encode())
    assert [[one.name for one in item.absent] for item in document.items] == [[], ["Bo Lind"], []]


def test_absentees_behind_a_decision_of_another_meeting_are_not_absent_from_the_item():
    text = """Referat
Rådet for handicap, Nordby Kommune
Mandag den 6. oktober 2025

82 Evaluering af rådets arbejde
Historik
Beslutning fra Rådet for handicap, 1. september 2025, pkt. 73:
Punktet blev udsat til næste møde.
Fraværende:
Ane Holm (A)
Bo Lind (V)
Beslutning
Rådet drøftede evalueringen.

83 Cykelsti
Beslutning
Godkendt.
Fraværende:
Ane Holm (A)
"""
    first, second = read(text.encode()).items
    assert [decision.date for decision in first.prior_decisions] == ["2025-09-01"]
    assert first.absent == ()
    assert [person.name for person in second.absent] == ["Ane Holm"]
