"""Private phone numbers, mail addresses and accounts are found, those of offices are not."""

import pytest

from minutes.privacy import find_contacts


def contacts(text):
    return [(contact.kind.value, text[contact.start : contact.end]) for contact in find_contacts(text)]


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("Tlf. 20 12 34 56", ("phone", "20 12 34 56")),
        ("tlf.20123456.", ("phone", "20123456")),
        ("Telefon: 2012 3456", ("phone", "2012 3456")),
        ("på mobil 20123456", ("phone", "20123456")),
        ("mob.nr. 20123456", ("phone", "20123456")),
        ("Ring til Jens Hansen på 20 12 34 56", ("phone", "20 12 34 56")),
        ("Kontakt Jens Hansen, 20123456", ("phone", "20123456")),
        ("Jens Hansen +45 20 12 34 56", ("phone", "+45 20 12 34 56")),
        ("Jens Hansen (+4520123456)", ("phone", "+4520123456")),
        ("Jens Hansen 0045 20123456", ("phone", "0045 20123456")),
        ("jens.hansen@firma.dk", ("email", "jens.hansen@firma.dk")),
        ("Skriv til jens+1@mail.firma.dk.", ("email", "jens+1@mail.firma.dk")),
        ("jens@randers.dk", ("email", "jens@randers.dk")),
        ("jens@kommuneavisen.dk", ("email", "jens@kommuneavisen.dk")),
        ("reg.nr. 1234 konto 1234567890", ("account", "1234 konto 1234567890")),
        ("Reg. nr. 1234, kontonr. 1234567890", ("account", "1234, kontonr. 1234567890")),
        ("kontonr. 1234-1234567890", ("account", "1234-1234567890")),
        ("konto: 12341234567", ("account", "12341234567")),
        (
            "Kommunen svarer. Ring til Bo på tlf. 20 12 34 56. Forvaltningen følger op.",
            ("phone", "20 12 34 56"),
        ),
        ("IBAN DK50 0040 0440 1162 43", ("account", "DK50 0040 0440 1162 43")),
        ("DK5000400440116243", ("account", "DK5000400440116243")),
    ],
)
def test_a_private_contact_is_contacts(text, contact):
    assert contacts(text) == [contact]


@pytest.mark.parametrize(
    "text",
    [
        "20123456 indbyggere",
        "Kontakt: CVR 20123456",
        "tlf. 20 12 34",
        "Kontakt os om sagsnr. 20123456",
        "tilbud efter kontakt: kr. 20123456",
        "Borgerservice, tlf. 20 12 34 56",
        "Teknisk forvaltning\nTlf. 20 12 34 56",
        "Tlf. 20 12 34 56\nRanders Kommune",
        "konto 5 og konto 6",
        "konto 5.32.30",
        "jens@randerskommune.dk",
        "jens@randers-kommune.dk",
        "jens@regionh.dk",
        "jens@rm.dk",
        "jens@stab.rm.dk",
        "jens@sst.gov.dk",
        "post@firma.dk",
        "Byraad@firma.dk",
        "rådhus@firma.dk",
        "Randers Kommune, jens@randers.dk",
        "Køge Kommunes jens@skole.koege.dk",
        "Faaborg-Midtfyn Kommune: jens@faaborgmidtfyn.dk",
        "@ og jens@ og @firma.dk",
    ],
)
def test_what_is_an_offices_or_no_contact_is_not_contacts(text):
    assert contacts(text) == []


def test_contacts_come_in_order_and_none_over_another():
    text = "Kontakt jens@firma.dk, konto 20123456, tlf. 20 12 34 56 eller 20 12 34 57"
    assert contacts(text) == [
        ("email", "jens@firma.dk"),
        ("account", "20123456"),
        ("phone", "20 12 34 56"),
        ("phone", "20 12 34 57"),
    ]


def test_an_office_two_lines_away_does_not_make_a_phone_number_public():
    assert contacts("Borgerservice\n\nTlf. 20 12 34 56") == [("phone", "20 12 34 56")]
