"""Labels of numbers: words that say what the number beside them is."""

import re

_NUMBER = r"n(?:r|ummer(?:et)?|umre(?:ne)?)"
_SEPARATED = rf"[-. ]{{0,2}}{_NUMBER}"
_GAP = r"[\s.:=#(]{0,4}\Z"
_WORD_START = r"(?<![^\W_])"

# Length of the longest label below that ends at a number: "produktionsenhedsnummeret.: "
LONGEST_LABEL = 36

# "CPR", "cpr-nr.", "erstatnings-CPR", "CPR nr", "cpr_nummeret"; "C.P.R.", "c. p. r.", "C P R"
_CPR = r"(?<=[Cc])(?:[Pp][Rr]|(?<![^\W_].)(?i:\. ?p\. ?r| p r)(?![^\W_]))"
# "personnummer", "person-nr.", "pers.nr.", "personummer", "person-\nnummer", "Personregister", "person-id"
_PERSON = r"(?<=[Pp])(?i:ers(?:on?)?(?:[-. ]{0,2}\s?n(?:r(?![^\W\d_])|um)|-?(?:register|id(?![a-z]))))"
# "fødselsnr.", "fødselsnummer", "folkeregisternummer"
_BIRTH = r"(?<=[Ff])(?i:ødsels|olkeregister)(?i:-?n(?:r|um))"
CPR_LABEL = re.compile(rf"[CcPpFf](?:{_CPR}|{_PERSON}|{_BIRTH})(?i:(?:[-._ ]{{0,2}}{_NUMBER}(?![^\W\d_]))?)")

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

# "1011121234 kr.", "1011121234 mio.", "1011121234,-", but not "1011121234 kr. 500": that is of the next one
CURRENCY_AFTER = re.compile(r",-|\s?(?:kr\b|kroner|DKK\b|t\.?\s?kr\b|mio\b|mia\b)(?!\.?\s?\d)", re.IGNORECASE)


def is_labelled_otherwise(before: str) -> bool:
    """Return whether the text `before` a number ends with the label of another kind of number."""
    before = before[-LONGEST_LABEL:]
    # Whether it has any letter is much faster to see than whether it has a label.
    if before.lower() == before.upper():
        return False
    return bool(IDENTIFIER_LABEL.search(before) or PHONE_LABEL.search(before))


def is_amount(before: str, after: str) -> bool:
    """Return whether a currency is named right before or right after a number."""
    return bool(CURRENCY_BEFORE.search(before[-8:]) or CURRENCY_AFTER.match(after))
