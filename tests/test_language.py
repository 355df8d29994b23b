"""Docstrings, comments and names keep to the field's terms; CONTRIBUTING.md has the rules."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]

TOPS = ("archive", "benchmarks", "manage.py", "minutes", "synthetic", "tests")
# Migrations repeat the models.
EXCLUDED = ("minutes/migrations/",)

PROSE = (
    r"told|anew|whoever|asked|tells? of|what is so|so that it is so|mend(s|ed|ing)?",
    r"stands?|stood|rooms?|roads?|goes with|go with|(take|takes|took|taken|taking) in",
    r"kept|keeps?|held|holds?|made",
)
# What is said with a banned word in its usual technical sense.
USUAL_PROSE = (
    r"locks? (is |are )?held|(hold|holds|held|holding) (\w+ ){0,3}locks?|keep-?alive|kept alive|keeps? alive",
    r"stand(s|ing)? for|stand-?alone|made up of|made-up|(meeting|council) rooms?|headroom|hand-?made",
    r"keeps? (track|up)|holds? (true|for|only|of)|made (by|of|from|with) PostgreSQL|self-made",
    r"placeholder|hold(s|ing)? a connection|household",
)
OPENINGS = "Of|That|Whether|From|What|Who|Whose|Whom|Those|These|Which|Where|When|How"
NAMES = {"each", "found", "told", "asked", "held", "kept", "made", "anew", "whoever", "way", "mend", "road"}
PARTS_OF_NAMES = {"told", "anew", "whoever", "asked", "mend", "mended"}
# A column, and names that another library chose.
USUAL_NAMES = {"made_at", "made_by"}

_QUOTED = re.compile(r"`[^`]*`|“[^”]*”|”[^”]*”|»[^«]*«|„[^“”]*[“”]|\"[^\"]*\"")
_PROSE = re.compile(rf"\b({'|'.join(PROSE)})\b", re.IGNORECASE)
_USUAL = re.compile("|".join(USUAL_PROSE), re.IGNORECASE)
_OPENING = re.compile(rf"({OPENINGS})\b")


class Finding(NamedTuple):
    path: str
    line: int
    problem: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.problem}"


def package_of(path: str) -> str:
    """Return what is checked as one: a package in minutes or benchmarks, a file of tests, or a whole top."""
    top, _, rest = path.partition("/")
    return f"{top}/{rest.split('/')[0]}" if top in {"minutes", "benchmarks", "tests"} else top


def sources() -> Iterator[tuple[str, str]]:
    """Yield path, from the root, and text of every Python file that is checked."""
    for top in TOPS:
        files = sorted((ROOT / top).rglob("*.py")) or [ROOT / top]
        for file in files:
            path = file.relative_to(ROOT).as_posix()
            if not path.startswith(EXCLUDED) and file != Path(__file__):
                yield path, file.read_text(encoding="utf-8")


PACKAGES = sorted({package_of(path) for path, _text in sources()})


def findings_in(path: str, text: str) -> Iterator[Finding]:
    tree = ast.parse(text)
    for node in ast.walk(tree):
        yield from _names(path, node)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            docstring = ast.get_docstring(node)
            if docstring:
                yield from _docstring(path, node.body[0].lineno, docstring)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield from _prose(path, token.start[0], token.string)


def _docstring(path: str, line: int, docstring: str) -> Iterator[Finding]:
    opening = _OPENING.match(docstring)
    if opening:
        yield Finding(path, line, f"docstring begins with {opening[0]}")
    yield from _prose(path, line, docstring)


def _prose(path: str, line: int, text: str) -> Iterator[Finding]:
    plain = _USUAL.sub(" ", _QUOTED.sub(" ", text))
    for word in _PROSE.finditer(plain):
        yield Finding(path, line + plain[: word.start()].count("\n"), f"the word {word[0]!r}")


def _names(path: str, node: ast.AST) -> Iterator[Finding]:
    match node:
        case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name) | ast.ClassDef(name=name):
            pass
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            # A test's name is a sentence about the product, not a name to search for.
            if name.startswith("test_"):
                return
        case ast.Attribute(attr=name, ctx=ast.Store()) | ast.alias(asname=str(name)):
            pass
        case _:
            return
    plain = name.strip("_").lower()
    if plain in USUAL_NAMES:
        return
    if plain in NAMES or PARTS_OF_NAMES & set(plain.split("_")):
        yield Finding(path, node.lineno, f"the name {name!r}")  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def findings() -> dict[str, list[Finding]]:
    """Findings by package, with an empty list for a package without any."""
    by_package: dict[str, list[Finding]] = {name: [] for name in PACKAGES}
    for path, text in sources():
        by_package[package_of(path)] += findings_in(path, text)
    return by_package


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_keeps_to_the_terms_of_the_field(findings, package):
    assert not findings[package], "\n".join(map(str, findings[package]))


# The guide of the staff is in Danish.
DOCUMENTS = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")} - {ROOT / "docs" / "staff.md"})


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_the_documentation_keeps_to_the_terms_of_the_field(document):
    text = document.read_text(encoding="utf-8")
    prose = re.sub(
        r"^ *```.*?^ *```", lambda block: "\n" * block[0].count("\n"), text, flags=re.DOTALL | re.MULTILINE
    )
    findings = list(_prose(document.relative_to(ROOT).as_posix(), 1, prose))
    assert not findings, "\n".join(map(str, findings))


@pytest.mark.parametrize(
    ("code", "problems"),
    [
        ('"""Whether it is so."""', ["docstring begins with Whether"]),
        ('"""Return the meeting\n\nthat was told of."""', ["the word 'told'"]),
        ("# The rows are kept, and `kept` is quoted.", ["the word 'kept'"]),
        ("# Hold the advisory lock until the transaction ends.", []),
        ("for each in rows:\n    pass", ["the name 'each'"]),
        ("found = [told_apart for told_apart in rows]", ["the name 'found'", "the name 'told_apart'"]),
        ("print('told', found)", []),
        ("def test_what_is_told(): ...", []),
    ],
)
def test_the_rules_recognise_docstrings_comments_and_names(code, problems):
    assert sorted(finding.problem for finding in findings_in("x.py", code)) == sorted(problems)
