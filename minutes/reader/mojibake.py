"""Text with letters that were read in the wrong encoding → the text as it was written.

Three kinds: UTF-8 read as an encoding of one byte per letter ("MÃ¸de", "M├©de", "M√∏de"), one such encoding
read as another ("M¯de", "M°de"), and letters replaced by a question mark ("M?de"). Correct text is never
changed: the first kind has exact sequences, the others count only in several words of a document.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

import msgspec

from minutes.reader.words import WORDS

_LETTERS = "æøåÆØÅ"
# Other characters that Danish minutes use, with two and three bytes of UTF-8.
_TWO_BYTES = "".join(map(chr, range(0xA0, 0x100))) + "\u0300\u0301\u0308\u030a\u0327"
_THREE_BYTES = "–—‐‑‒‘’‚“”„†•…‰‹›€−\u00a0\u2009\u200b\u200e\u2028\u202f\ufeff\ufb01\ufb02\uf0b7\uf0a7▪●○■"
# Slavic letters: only these, since "Å“" and "Ä”" are a letter before a quotation mark.
_SLAVIC = "šžćęğ"
_MISREAD_AS = (
    "sloppy-windows-1252",
    "latin-1",
    "cp850",
    "cp437",
    "mac_roman",
    "cp852",
    "cp1250",
    "iso8859_15",
)


@cache
def _sequences() -> dict[str, str]:
    """Return what characters look like when their UTF-8 was misread, once or twice, and what they are."""
    sequences: dict[str, str] = {}
    for codec in _MISREAD_AS:
        slavic = "" if codec == "mac_roman" else _SLAVIC
        for character in _TWO_BYTES + _THREE_BYTES + slavic:
            once = character.encode().decode(codec, "replace")
            twice = once.encode().decode(codec, "replace")
            for seen in (once, twice):
                if "\ufffd" not in seen:
                    sequences.setdefault(seen, character)
    return sequences


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join({sequence[0] for sequence in _sequences()}))}](?=[^\x00-\x7f])")


@cache
def _lengths() -> tuple[int, ...]:
    return tuple(sorted({len(sequence) for sequence in _sequences()}, reverse=True))


def undo_mojibake(text: str) -> str:
    """Return `text` with UTF-8 that was read as something else undone, wherever it is in the text."""
    sequences, lengths = _sequences(), _lengths()
    pieces: list[str] = []
    end = 0
    for match in _lead().finditer(text):
        start = match.start()
        if start < end:
            continue
        for length in lengths:
            character = sequences.get(text[start : start + length])
            if character:
                # Some pages have "├å" for å too: no word has a capital Æ behind a small letter.
                if character == "Æ" and text[max(start - 1, 0) : start].islower():
                    character = "å"
                pieces += (text[end:start], character)
                end = start + length
                break
    return "".join((*pieces, text[end:])) if pieces else text


# (written as, read as): "rådet" → "rÂdet", "r†det", "rÕdet", "rŒdet"
_PAIRS = (
    ("cp1252", "mac_roman"),
    ("cp1252", "cp850"),
    ("cp850", "cp1252"),
    ("cp850", "mac_roman"),
    ("mac_roman", "cp1252"),
    ("mac_roman", "cp850"),
)
_FEWEST_WORDS = 3
_QUOTES = "‘’"


@cache
def _misread(written: str, read: str) -> dict[str, str]:
    """Return the Danish letters of one encoding as another one shows them, and what they are."""
    return {
        seen: letter
        for letter in _LETTERS + "éüöä"
        if (seen := letter.encode(written, "replace").decode(read, "replace")) not in ("?", "\ufffd", letter)
    }


@cache
def _strange() -> re.Pattern[str]:
    """Match a character that could be a misread letter, before a small letter."""
    seen = {character for pair in _PAIRS for character in _misread(*pair)} - set(_LETTERS)
    return re.compile(f"[{re.escape(''.join(sorted(seen)))}](?=[a-z])")


def undo_misread_letters(text: str) -> str:
    """Return `text` with the letters of a whole document that was read in another encoding restored.

    A pair of encodings counts only with several words, and where it explains most of the strange characters.
    """
    strange = Counter(
        match[0]
        for match in _strange().finditer(text)
        if "a" <= text[match.start() - 1 : match.start()] <= "z"
    )
    if sum(strange.values()) < _FEWEST_WORDS:
        return text
    explained = {
        pair: sum(strange[seen] for seen, letter in _misread(*pair).items() if letter in "æøå")
        for pair in _PAIRS
    }
    pair = max(_PAIRS, key=lambda pair: explained[pair])
    if explained[pair] < _FEWEST_WORDS or 2 * explained[pair] < sum(strange.values()):
        return text
    letters = _misread(*pair)
    seen = re.escape("".join(sorted(letters)))
    certain = re.escape("".join(sorted(set(letters) - set(_QUOTES))))
    for place in (
        f"(?<=[A-Za-z])[{seen}](?=[A-Za-z])",
        f"(?<=[A-Za-zæøå])[{certain}](?=[A-Za-z\\s.,;:)])",
        f'(?<![^\\s("“/-])[{certain}](?=[a-z]{{2}})',
    ):
        text = re.sub(place, lambda match: letters[match[0]], text)
    return text


# "M?de", "Byr\ufffd\ufffddet", "?konomiudvalget"
_LOST = re.compile(
    "(?<![A-Za-zæøåÆØÅ])[A-Za-zæøåÆØÅ]*(?:[?\ufffd]{1,2}[A-Za-zæøåÆØÅ]+)+|\\b[Pp][?\ufffd]{1,2}(?= )"
)
_LOST_IN_WORD = re.compile("[?\ufffd][A-Za-zæøåÆØÅ]{1,3}")
_LOST_LETTER = re.compile("[?\ufffd]{1,2}")
_WORD = re.compile("[A-Za-zæøåÆØÅ]{2,40}")
_DANISH_LETTER = re.compile("[æøå]")
# Parts of words in which one letter can have been lost.
_STEMS = (
    *("møde", "råd", "økonomi", "fravær", "ændring", "områd", "følgende", "børn", "ældre", "miljø", "også"),
    *(
        "på",
        "når",
        "færdsel",
        "kørsel",
        "åben",
        "året",
        "vedtægt",
        "bemærkning",
        "anlæg",
        "drøft",
        "imødekom",
    ),
    *("udføre", "gælder", "forældre", "høring", "kræv", "støtte", "købe", "større", "udsættes", "tiltrædes"),
)


def restore_lost_letters(text: str) -> str:
    """Return `text` with letters that became question marks restored where only one word is possible."""
    if len(set(_LOST_IN_WORD.findall(text))) < _FEWEST_WORDS:
        return text
    words = _words_by_shape(text)

    def restored(match: re.Match[str]) -> str:
        shape = _LOST_LETTER.sub("?", match[0])
        candidates = words.get(shape.lower()) or set(_by_stem(shape.lower()))
        if len(candidates) != 1:
            return match[0]
        (word,) = candidates
        before = text[max(match.start() - 2, 0) : match.start()]
        opens = not before or before[-1] == "\n" or before == ". "
        capitals = len(shape) > 2 and shape.replace("?", "").isupper()
        return "".join(
            letter.upper() if old.isupper() or (old == "?" and (capitals or (opens and not at))) else letter
            for at, (letter, old) in enumerate(zip(word, shape, strict=True))
        )

    return _LOST.sub(restored, text)


def _words_by_shape(text: str) -> dict[str, set[str]]:
    """Return the Danish words of the vocabulary and of `text`, by their shape: "m?de" for "møde"."""
    words: dict[str, set[str]] = {}
    for word in {*_vocabulary(), *(word.lower() for word in _WORD.findall(text))}:
        shape = _DANISH_LETTER.sub("?", word)
        if shape != word:
            words.setdefault(shape, set()).add(word)
    return words


@cache
def _vocabulary() -> frozenset[str]:
    phrases = " ".join(_strings(msgspec.to_builtins(WORDS)))
    return frozenset(_WORD.findall(phrases))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _strings(list(value.values()))
    elif isinstance(value, (list, tuple)):
        for entry in value:
            yield from _strings(entry)


def _by_stem(shape: str) -> Iterator[str]:
    """Yield the word whose lost letters are all in one of the stems: "ungdomsr?det" → "ungdomsrådet"."""
    for stem in _STEMS:
        shape = shape.replace(_DANISH_LETTER.sub("?", stem), stem)
    if "?" not in shape:
        yield shape
