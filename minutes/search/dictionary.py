"""The Danish word list of simplemma (MIT licence), with the corrections of `lexicon.toml`."""

from functools import cache
from itertools import chain

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from minutes.search.lexicon import LEMMAS
from minutes.search.normalization import FOLDED_LETTERS, fold


def load() -> None:
    """Read the word list now, which takes a second or two, rather than on the first lookup."""
    _lemma_by_form()


def listed_lemma(word: str) -> str | None:
    """Return the lemma of a word form that the lexicon or the word list contains."""
    return LEMMAS[word][0] if word in LEMMAS else _lemma_by_form().get(word)


def is_listed(word: str) -> bool:
    """Return whether the lexicon or the word list contains this form of the word."""
    return listed_lemma(fold(word)) is not None


def is_lemma(word: str) -> bool:
    """Return whether the word list contains the word as its own lemma."""
    return _lemma_by_form().get(word) == word


def is_form_of(form: str, lemma: str) -> bool:
    """Return whether the word list has `lemma` as the lemma of `form`."""
    return _lemma_by_form().get(form) == lemma


@cache
def _lemma_by_form() -> dict[str, str]:
    """All word forms in lower case, mapped to their lemmas (788,416 forms)."""
    entries = DefaultDictionaryFactory().get_dictionary("da").items()
    # As one text: one word at a time takes three times as long. `fold` is slow on a text of this size.
    text = "\n".join(chain.from_iterable(entries)).lower()
    for letter, folded in FOLDED_LETTERS.items():
        text = text.replace(letter, folded)
    lines = text.split("\n")
    lemmas = {form: lemma for form, lemma in zip(lines[::2], lines[1::2], strict=True) if form.isalpha()}
    for form in _forms_under_tre(lemmas):
        lemmas[form] = lemmas[form][:-2] + "er"
    return lemmas


def _forms_under_tre(lemmas: dict[str, str]) -> list[str]:
    """Return forms with a lemma like "centre" or "teatre", where it should be "center" or "teater"."""
    return [
        form
        for form, lemma in lemmas.items()
        if lemma.endswith("tre") and lemmas.get(lemma[:-2] + "er") == lemma[:-2] + "er"
    ]
