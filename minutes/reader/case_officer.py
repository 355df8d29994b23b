"""The case officer (sagsbehandler) who prepared an item, from a label in the item's text."""

import re
from collections.abc import Iterator, Sequence

from minutes.reader.cases import case_on
from minutes.reader.names import bare, is_name

# "Sagsbehandler: Mette Holm", "Sagsbeh.: MHO", "Sagsnr.: 19/2484   Sagsbehandler: MHO"
_LABEL = re.compile(r"\bSagsbeh(?:andler|\.)?\s*:\s*", re.IGNORECASE)
# "Sagsbehandler" on a line of its own, the name on the next
_LABEL_ALONE = re.compile(r"Sagsbeh(?:andler|\.)?\s*:?", re.IGNORECASE)
# "MHO   Dok.nr.: 7", "Mette Holm; Åbent": what follows the value on its line
_NEXT_LABEL = re.compile(r"\s{2,}|\t|;|\s(?=[A-ZÆØÅ][\w.]*:)")
# "MHO", "mho", "MHo"
_INITIALS = re.compile(r"[A-ZÆØÅ][A-ZÆØÅa-zæøå]?[A-ZÆØÅ]{1,3}|[A-ZÆØÅ]{2}|[a-zæøå]{2,4}")
# "Mette", "Åse"
_FIRST_NAME = re.compile(r"[A-ZÆØÅÉ][a-zæøåé]{1,20}")
_NO_NAME = re.compile(r"ingen|ukendt|flere|diverse|ja|nej|ikke|se|den|der|det|kl|nr|bilag", re.IGNORECASE)
# "Jobcenter Randers", "Teknisk Forvaltning"
_ORGANISATION = re.compile(
    r"forvaltning|afdeling|kommune|sekretariat|cent(?:er|ret)|service|udvalg|team", re.IGNORECASE
)


def find_case_officer(text: str) -> str | None:
    """Return the name or initials after a label in an item's text, None where anything else is printed."""
    if "sagsbeh" not in text.lower():
        return None
    lines = [line.strip() for line in text.splitlines()]
    return next((person for person in map(_person, _values(lines)) if person), None)


def _values(lines: Sequence[str]) -> Iterator[str]:
    """Yield what is printed after each label, on its line or on the next one."""
    for index, line in enumerate(lines):
        if "sagsbeh" not in line.lower():
            continue
        label = _LABEL.search(line)
        before = line[: label.start()].strip(" ,;") if label else ""
        if label and label.end() < len(line) and (not before or case_on(before)):
            yield _NEXT_LABEL.split(line[label.end() :], maxsplit=1)[0]
        elif _LABEL_ALONE.fullmatch(line):
            yield next(filter(None, lines[index + 1 : index + 3]), "")


def _person(text: str) -> str | None:
    name = bare(text).strip(" .,")
    if _NO_NAME.fullmatch(name) or _ORGANISATION.search(name):
        return None
    return name if is_name(name) or _INITIALS.fullmatch(name) or _FIRST_NAME.fullmatch(name) else None
