"""Text that resembles another format is not refused; other formats are, by their content."""

import pytest

from minutes.reader import UnreadableDocument
from minutes.reader.formats import refuse_foreign_bytes, refuse_foreign_text

MINUTES = "Referat af møde i Seniorrådet den 3. maj 2012\n\n1. Budget\n\nBeslutning\n\nGodkendt.\n"


@pytest.mark.parametrize(
    "text",
    [
        "Fra: Sekretariatet\nTil: Rådets medlemmer\nCc: Presse\nDato: 3. maj 2012\nEmne: Referat\n\n"
        + MINUTES,
        "Fra: Ib Dam\nSendt: 3. maj 2012 10:12\nTil: Eva Kirk\nEmne: VS: referat\n\n" + MINUTES,
        "Navn\tParti\tStemme\nEva Kirk\tA\tFor\nIb Dam\tV\tImod\nLis Bro\tV\tFor\n\n" + MINUTES,
        "Punkt\tTitel\tBeslutning\n1\tBudget\tGodkendt\n2\tSti\tUdsat\n3\tHavn\tTil efterretning\n",
        "Mødedato:\t3. maj 2012\nMødested:\tRådhuset\nMedlemmer:\tEva Kirk, Ib Dam\nAfbud:\tLis Bro\n",
        "Punkt 1\tBudget\nBeslutning\tGodkendt\nPunkt 2\tSti\nBeslutning\tUdsat\n",
        "Referat; Seniorrådet; 3. maj 2012\nTil stede: Eva Kirk; Ib Dam\n1; Budget; Godkendt\n2; Sti\n",
        "Seniorrådet, 3. maj 2012\nRådhuset, lokale 3\nEva Kirk, formand\nIb Dam, næstformand\n",
        "<p>Referat</p>\n<p>Seniorrådet 3. maj 2012</p>\n<p>1. Budget</p>\n<p>Godkendt.</p>\n",
        "Referat<br>\n<b>Seniorrådet</b> 3. maj 2012<br>\n",
        "1. Budget\n2. Sti\n3. Havn\n4. Skole\n\n1 2 3\n4 5 6\n",
        "[1, 2, 3]\n" + MINUTES,
        '{"Udkast"}\n' + MINUTES,
        "RIFF-udvalget\n" + MINUTES,
        "ID3-projektet\n" + MINUTES,
        "BZh er forkortelsen for Bydelsforeningen\n" + MINUTES,
        MINUTES + "Filen begynder med %PDF-1.4, sagde Ib Dam.\n",
    ],
)
def test_text_that_can_be_minutes_is_not_refused(text):
    refuse_foreign_bytes(text.encode())
    refuse_foreign_text(text)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"BZh91AY&SY\x00", "bzip2"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "lydfil"),
        (b"ID3\x04\x00\x00", "lydfil"),
        (b"OggS\x00\x02", "lydfil"),
        (b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n1 0 obj\n", "PDF"),
        (b'{"punkt": 1, "titel": "Bud', "JSON"),
        (b"<section><h2>Referat</h2></section>", "HTML"),
        (b"Navn;Parti\nEva Kirk;A\nIb Dam;V\n", "CSV"),
        (b"Dato\tBody\tSag\n3/5\tX\tSti\n4/5\tX\tHavn\n", "CSV"),
    ],
)
def test_another_format_is_refused_with_its_name(data, says):
    with pytest.raises(UnreadableDocument, match=says):
        _check(data)


def _check(data: bytes) -> None:
    refuse_foreign_bytes(data)
    refuse_foreign_text(data.decode())
