"""Private phone numbers, e-mail addresses and bank accounts, which staff are warned of before they publish.

Contacts of an office are meant to be public and are left out.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from minutes.privacy.labels import CURRENCY_BEFORE, IDENTIFIER_LABEL

# A label is searched for in so many characters before a phone number.
_REACH = 48
# An office is searched for in so many characters before and after a number, and on lines of so many.
_SENTENCE = 160
_SHORT_LINE = 60
# "… godkendt. Ring til …", but not "Tlf. 20 12 34 56"
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-ZÆØÅ])")

# "20 12 34 56", "20123456", "2012 3456", each also after "+45 " or "0045"
_PHONE = re.compile(
    r"(?<![\w+])(?<!\d[.,-])(?P<country>(?:\+|00)45[ \u00a0]?)?[2-9]\d"
    r"(?:\d{6}|\d{2}[ \u00a0]\d{4}|(?:[ \u00a0]\d{2}){3})(?!\d|[-.,]\d)",
    re.ASCII,
)
# "Tlf.: ", "mob. ", "Ring til Jens på ", "Kontaktperson: Jens Hansen, ": on the same line as the number
_CALL = re.compile(r"(?:tlf|telefon|mobil|\bmob\b|\bring\b|\bkontakt)[^\n]{0,40}\Z", re.IGNORECASE)
# "Borgerservice", "Teknisk Forvaltning", "kommunens", "Jobcenter", "Familieafdelingen"
_OFFICE = re.compile(
    r"kommune|forvaltning|rådhus|raadhus|borgerservice|sekretariat|cent(?:er|ret)|afdeling", re.IGNORECASE
)

# "jens.hansen@firma.dk"
_EMAIL = re.compile(
    r"(?<![\w.+-])(?P<mailbox>[\w.+-]{1,64})@(?P<domain>(?:[\w-]{1,63}\.){1,6}[a-z]{2,24})(?![\w-])",
    re.IGNORECASE,
)
# "randerskommune.dk", "regionh.dk", "sst.gov.dk", "rm.dk"
_PUBLIC_DOMAIN = re.compile(
    r"(?:.*kommune|(?:.*\.)?region[\w-]*|.*\.gov"
    r"|(?:.*\.)?(?:rm|rn|rsyd|kk|kl|ft|politi|dst|sst|mst|vd|naevneneshus|ombudsmanden))\.dk"
)
# Mailboxes of offices
_ROLES = frozenset(
    {
        *("borgerservice", "byraad", "byraadet", "byraadssekretariatet", "info", "jobcenter", "kommune"),
        *("kommunalbestyrelsen", "kommunen", "kontakt", "mail", "plan", "post", "postkasse", "raadhus"),
        *("raadhuset", "sekretariat", "sekretariatet", "sikkerpost", "teknik", "valg"),
    }
)
# "Randers Kommune", "Faaborg-Midtfyn Kommunes"
_MUNICIPALITY = re.compile(r"(?<![\w-])(?P<name>[\w-]{2,40})\s{1,3}Kommunes?\b")
# Danish letters as they are spelled in addresses: "Køge" is at koege.dk. A hyphen may be left out.
_AS_ADDRESS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "-": None})

_BANK_NUMBER = r"(?:nr|nummer)"
_ACCOUNT_WORD = rf"konto(?:[-. ]{{0,2}}{_BANK_NUMBER})?[ .:]{{0,3}}"
_ACCOUNT = re.compile(
    # "reg.nr. 1234 konto 1234567890", "Reg. 1234, kontonr. 123 456 7890"
    rf"\breg(?:[-. ]{{0,2}}{_BANK_NUMBER})?[ .:]{{0,3}}(?P<registered>\d{{4}}[\s,;/-]{{1,3}}(?:og )?"
    rf"(?:{_ACCOUNT_WORD})?\d(?: ?\d){{5,9}})(?!\d)"
    # "kontonr. 1234-1234567890", "konto: 12341234567"
    rf"|{_ACCOUNT_WORD}(?P<account>\d{{4}}[ /-]{{1,3}}\d{{6,10}}|\d{{7,14}})(?!\d)"
    # "DK50 0040 0440 1162 43"
    r"|\b(?P<iban>DK\d\d(?:[ \u00a0]?\d{4}){3}[ \u00a0]?\d\d)(?!\d)",
    re.IGNORECASE | re.ASCII,
)


class ContactKind(StrEnum):
    PHONE = "phone"
    EMAIL = "email"
    ACCOUNT = "account"


class Contact(NamedTuple):
    """A possibly private contact: a half-open range of characters, without the label before it."""

    kind: ContactKind
    start: int
    end: int


def find_contacts(text: str) -> Iterator[Contact]:
    """Yield every contact in `text` that may be private, in order, none over another. Linear time."""
    position = 0
    matches = [*_accounts(text), *_emails(text), *_phones(text)]
    for contact in sorted(matches, key=lambda contact: contact.start):
        if contact.start >= position:
            yield contact
            position = contact.end


def _accounts(text: str) -> Iterator[Contact]:
    for match in _ACCOUNT.finditer(text):
        yield Contact(ContactKind.ACCOUNT, *match.span(match.lastgroup or 0))


def _emails(text: str) -> Iterator[Contact]:
    if "@" not in text:
        return
    municipalities = {_as_address(match["name"]) for match in _MUNICIPALITY.finditer(text)}
    for match in _EMAIL.finditer(text):
        domain = match["domain"].casefold()
        if (
            _as_address(match["mailbox"]) not in _ROLES
            and not _PUBLIC_DOMAIN.fullmatch(domain)
            and _as_address(domain.split(".")[-2]) not in municipalities
        ):
            yield Contact(ContactKind.EMAIL, *match.span())


def _as_address(name: str) -> str:
    return name.casefold().translate(_AS_ADDRESS)


def _phones(text: str) -> Iterator[Contact]:
    for match in _PHONE.finditer(text):
        if (match["country"] or _has_phone_label(text, match.start())) and not _is_of_office(
            text, *match.span()
        ):
            yield Contact(ContactKind.PHONE, *match.span())


def _is_of_office(text: str, start: int, end: int) -> bool:
    """Return whether an office is named before the number in its sentence, or on a short line next to it."""
    *above, line = text[max(start - _SENTENCE, 0) : start].rsplit("\n", 2)
    if _OFFICE.search(_SENTENCE_END.split(line)[-1]):
        return True
    below = text[end : end + _SENTENCE].split("\n", 2)[1:2]
    return any(
        len(neighbour) <= _SHORT_LINE and not neighbour.endswith(".") and _OFFICE.search(neighbour)
        for neighbour in map(str.strip, (*above[-1:], *below))
    )


def _has_phone_label(text: str, start: int) -> bool:
    """Return whether a phone label precedes `start` and no label of another number is nearer to it."""
    before = text[max(start - _REACH, 0) : start]
    if IDENTIFIER_LABEL.search(before) or CURRENCY_BEFORE.search(before):
        return False
    return bool(_CALL.search(before))
