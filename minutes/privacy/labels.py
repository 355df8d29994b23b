"""What stands before a number and tells what it is. Every pattern ends where the number begins."""

import re

_NUMBER = r"n(?:r|ummer(?:et)?|umre(?:ne)?)"
_SEPARATED = rf"[-. ]{{0,2}}{_NUMBER}"
_GAP = r"[\s.:=#(]{0,4}\Z"
_WORD_START = r"(?<![^\W_])"

# So many characters hold any label but that of a personal number, as "produktionsenhedsnummeret.: ".
LONGEST_LABEL = 36

# "CPR 010203-1234", "cpr.nr.: ", "erstatningspersonnummer ", "CPR-nr. på ansøgeren: ": on the same line, at
# most twenty characters before the number.
PERSONAL_LABEL = re.compile(rf"(?:cpr(?:{_SEPARATED})?|person-?{_NUMBER})[^\n]{{0,20}}\Z", re.IGNORECASE)

# "tlf. 20123456", "telefonnr.: ", "mobil ", "mob.nr. ", "telefax: "
PHONE_LABEL = re.compile(rf"(?:tlf|telefon|mobil|{_WORD_START}mob|fax)(?:{_SEPARATED})?{_GAP}", re.IGNORECASE)

# "P-nr. 1012345678", "SE-nr. ", "j.nr. ", "Sags nr.: ", "dok.nr. ", "journalnummer ", "bilag nr. "
_NUMBERED = (
    rf"{_WORD_START}(?:P|SE|j|sag|sags|sagen|dok|matr|reg|ref|lb)"
    r"|journal|dokument|bilags?|matrikel|ordre|projekt|løbe|vare"
)
# "EAN 1012345678", "CVR-nr. ", "produktionsenhed ", "konto: ", "fakturaen "
_ALONE = (
    rf"{_WORD_START}(?:EAN|GLN|CVR|IBAN|ISBN)|sagsid|sags-id"
    r"|produktionsenhed(?:s|en|ens|er)?|konto(?:en)?|faktura(?:s|en|er)?"
)
# "reg.nr. 1234 0102031234", "kontonr. 1234 / 0102031234": a bank's number before that of the account
_BANK = rf"(?:konto|{_WORD_START}reg)(?:{_SEPARATED})?[\s.:]{{0,3}}\d{{4}}[\s/,-]{{1,3}}\Z"
IDENTIFIER_LABEL = re.compile(
    rf"(?:(?:{_NUMBERED}){_SEPARATED}|(?:{_ALONE})(?:{_SEPARATED})?){_GAP}|{_BANK}", re.IGNORECASE
)

# "kr. 1011121234", "DKK 1011121234"
CURRENCY_BEFORE = re.compile(rf"{_WORD_START}(?:kr\.?|kroner|DKK)\s?\Z", re.IGNORECASE)
