"""Labels and numbers of cases in flat text: "Sagsnr.: 12/33", "15.20.00-P19-4-21", "Åben sag"."""

import re
from collections.abc import Iterator

from minutes.reader.phrases import Row

# "Sagsnr.: 12/33", "J.nr. 05.01", "Initialer: ABC"
_LABEL = re.compile(
    r"(?:(?:Acadre |EDoc |Edoc )?[Ss]ags(?:nr\.?|nummer|id\.?|behandler)|J\. ?nr\.?|Journal(?:nr\.?|nummer)"
    r"|Dok\. ?nr\.?|Initialer)"
    r"(?: ?:|(?= \d))"
)
# "Sag Dok Initialer: ABC", "Sagsnr J.nr Udvalget …": of which the numbers were lost
_EMPTY = re.compile(
    r"(?<= )(?:Sag Dok(?= Initialer:)|Sags(?:nr|id)\.? (?:J\. ?nr|Dok\. ?nr|Journalnr)\.?(?= [A-ZÆØÅ]))"
)
# "Åben sag", "Lukket punkt"; but "Mødedato Åbent punkt Lukket punkt" are the heads of columns
_ACCESS = re.compile(
    r"(?<!\()(?<!Mødedato )(?<!Mødedato Åbent punkt )(?:Åben|Åbent|Lukket) (?:sag|punkt)(?= |$)"
)
# "15.20.00-P19-4-21", "27.15.00P35-0007", "Åbent - 947-2025-905"
_NUMBER = re.compile(
    r"(?:(?:Åben|Åbent|Lukket) [-–] )?(?<![\d./-])"
    r"(?:\d\d\.\d\d\.\d\d-[A-ZÆØÅ]\d\d-\d{1,5}-\d\d|\d\d\.\d\d\.\d\d[A-ZÆØÅ]\d\d-\d{4}"
    r"|\d{3}-(?:19|20)\d\d-\d{3,6})"
)
# "2017-069410", "013401 - 2020/01544"
_NUMBER_OF_YEAR = re.compile(
    r"(?<![\d./-])(?:(?:19|20)\d\d-\d{5,6}|\d{4,6} - (?:19|20)\d\d/\d{4,6})(?![\d/-])"
)


# "… for år 2000. (Sag 99/3310) Driftsregnskabet …": behind a title
_IN_BRACKETS = re.compile(r"\((?:Sag|J\. ?nr\.|Sagsnr\.)(?: nr\.)? ?:? ?\d{2,4}[/-]\d{1,7}\)")
# "Sagsnr.: 11/19897 Foreningen søger om …": text behind the number
_BEFORE_TEXT = re.compile(r" ?\d{2,4}[/-]\d[\d/-]{1,16}(?= [A-ZÆØÅ](?:[a-zæøå]+|\.) [a-zæøåA-ZÆØÅ])")


def case_marks(text: str, row: Row) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, text is behind) of the labels and numbers of cases in a line."""
    for match in _IN_BRACKETS.finditer(text, row.start, row.end):
        yield match.start(), match.end(), True
    for form in (_LABEL, _EMPTY, _ACCESS, _NUMBER, _NUMBER_OF_YEAR):
        for match in form.finditer(text, row.start, row.end):
            number = _BEFORE_TEXT.match(text, match.end(), row.end) if form is _LABEL else None
            end = number.end() if number else match.end()
            if form is _LABEL and not number:
                # "Sagsnr.: 27.69.48-G01-2-14": one line
                value = _NUMBER.match(text, end + 1, row.end) or _NUMBER_OF_YEAR.match(text, end + 1, row.end)
                end = value.end() if value and text[end] == " " else end
            yield match.start(), end, number is not None
