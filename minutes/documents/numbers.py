"""Numbers of lists as they are printed: letters, Roman numerals, several levels."""

from collections.abc import Callable

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN = 4999
_LONGEST_LETTERS = 30


def letters(number: int) -> str:
    """Return a, b … z, aa, bb … as Word counts."""
    if number < 1:
        return str(number)
    turns, index = divmod(number - 1, 26)
    return chr(ord("a") + index) * (turns + 1) if turns < _LONGEST_LETTERS else str(number)


def roman(number: int) -> str:
    """Return i, ii, iii, iv …"""
    if not 0 < number <= _LARGEST_ROMAN:
        return str(number)
    numeral = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        numeral += sign * count
    return numeral


_FORMS: dict[str, Callable[[int], str]] = {
    "a": letters,
    "A": lambda number: letters(number).upper(),
    "i": roman,
    "I": lambda number: roman(number).upper(),
    "01": lambda number: f"{number:02}",
    "": lambda number: "",
}


def printed_number(number: int, form: str) -> str:
    """Return a number in a form: "a", "A", "i", "I", "01", "" for none, else decimal."""
    return _FORMS.get(form, str)(number)
