"""The English catalogue has every text of the public pages, and its compiled form is up to date."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "minutes/locale/en/LC_MESSAGES/django.po"
# Files of staff's pages and of commands, which are Danish; `make messages` ignores the same.
STAFF = {
    *("account", "accounts", "admin", "allauth", "importer", "management", "publishing", "usersessions"),
    *("staff.py", "warning_messages.py"),
}
# Functions that translate, with how many of their arguments are a context, and texts.
FUNCTIONS = {
    name + lazy: kind
    for name, kind in {"gettext": (0, 1), "ngettext": (0, 2), "pgettext": (1, 1), "npgettext": (1, 2)}.items()
    for lazy in ("", "_lazy")
}
STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
# 'gettext("Møder")', "ngettext(u'møde', u'møder',count)"
CALL = re.compile(rf"\b(n?p?gettext|_)\(({STRING}(?:, {STRING})*)")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")

# A text: its context or None, and its singular, with the plural if it has one.
Text = tuple[str | None, tuple[str, ...]]


def text_of(function: str, arguments: list[str]) -> Text:
    contexts, texts = FUNCTIONS[function]
    return (arguments[0] if contexts else None), tuple(arguments[contexts : contexts + texts])


def texts_of_module(source: str) -> Iterator[Text]:
    """Yield the texts that a Python module translates, by whatever name it imports the functions."""
    tree = ast.parse(source)
    imported = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            function = imported.get(node.func.id, "")
            arguments = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            if function in FUNCTIONS and arguments:
                yield text_of(function, arguments)


def texts_of_template(source: str) -> Iterator[Text]:
    for function, arguments in CALL.findall(templatize(source)):
        strings = [ast.literal_eval(string) for string in re.findall(STRING, arguments)]
        yield text_of("gettext" if function == "_" else function, strings)


def texts() -> set[Text]:
    """Return the texts of the public pages."""
    collected: set[Text] = set()
    for folder in ("archive", "minutes", "templates"):
        for path in sorted((ROOT / folder).rglob("*")):
            if STAFF & set(path.parts):
                continue
            if path.suffix == ".py":
                collected.update(texts_of_module(path.read_text(encoding="utf-8")))
            elif path.suffix in {".html", ".txt"}:
                collected.update(texts_of_template(path.read_text(encoding="utf-8")))
    return collected


def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def strings(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


def test_every_text_of_the_public_pages_is_in_the_english_catalogue_and_no_other():
    public = texts()
    translated = {(message.context, strings(message.id)) for message in catalogue() if message.id}
    singular = {(context, ids[0]) for context, ids in translated}
    used = {(context, ids[0]) for context, ids in public}
    assert used - singular == set(), "run `make messages` and translate"
    assert singular - used == set(), "run `make messages`"
    # A text with a plural has two English forms.
    plurals = {text for text in public if len(text[1]) == 2}
    assert plurals - translated == set(), "run `make messages` and translate"


def test_every_english_text_is_translated_with_the_same_placeholders():
    messages = [message for message in catalogue() if message.id]
    assert [message.id for message in messages if message.fuzzy] == []
    for message in messages:
        translations = strings(message.string)
        assert all(translations), message.id
        for original, translation in zip(strings(message.id), translations, strict=True):
            assert sorted(PLACEHOLDER.findall(original)) == sorted(PLACEHOLDER.findall(translation)), original
            assert original.endswith("\n") == translation.endswith("\n"), original


def test_the_compiled_catalogue_is_up_to_date():
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in catalogue():
        if not message.id:
            continue
        singular, *plural = strings(message.id)
        if plural:
            shown = tuple(
                compiled.npgettext(message.context, singular, plural[0], number)
                if message.context
                else compiled.ngettext(singular, plural[0], number)
                for number in (1, 2)
            )
        else:
            shown = (
                compiled.pgettext(message.context, singular)
                if message.context
                else compiled.gettext(singular),
            )
        assert shown == strings(message.string), f"run `make messages`: {singular}"
