"""The README, the documentation and the CI script agree with the code."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from minutes.reader import read
from minutes.reader.records import as_facts

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
LONGEST_README = 150

_CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def block(language: str) -> str:
    match = re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert match
    return match[1]


def test_the_sample_is_read_as_shown():
    (item,) = as_facts(read(block("text").encode()))["items"]
    (ballot,) = item["ballots"]
    assert {key: value for key, value in json.loads(json.dumps(ballot)).items() if value} == json.loads(
        block("json")
    )


def listed_settings() -> set[str]:
    return set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATIONS, re.MULTILINE))


def test_every_setting_is_listed_and_no_other():
    code = "".join(
        (ROOT / "archive" / name).read_text() for name in ("settings.py", "wsgi.py", "gunicorn.py")
    )
    used = set(re.findall(r'(?:_flag|_list|environ\.get|environ\.setdefault)\(\s*"([A-Z_]+)"', code))
    assert listed_settings() == used - {"DJANGO_SETTINGS_MODULE"}


def test_compose_passes_every_setting_to_the_site():
    passed = set(re.findall(r"^ +([A-Z_]+): ", (ROOT / "compose.yaml").read_text(), re.MULTILINE))
    # Set in the image, or for development and the embedded server only.
    assert listed_settings() - passed == {
        "ARCHIVE_DATA",
        "STATIC_ROOT",
        "WEB_BIND",
        "DEBUG",
        "KEEP_SECRET_KEY",
    }


def test_every_variable_of_compose_is_described():
    used = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "compose.yaml").read_text()))
    assert used <= set(re.findall(r"`([A-Z_]+)`", OPERATIONS))


def test_every_command_is_listed_and_its_options_exist():
    ours = {name for name, app in get_commands().items() if app == "minutes"}
    assert set(re.findall(r"^\| `([a-z_]+)[ `].* \|", section(OPERATIONS, "Commands"), re.MULTILINE)) == ours
    known = {
        option
        for name in ours
        for action in load_command_class("minutes", name).create_parser("manage.py", name)._actions
        for option in action.option_strings
    }
    mentioned = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README + section(OPERATIONS, "Commands")))
    # An option of `docker compose run`.
    assert mentioned - {"--rm"} <= known


def section(page: str, heading: str) -> str:
    """The part of `page` under a heading of the second level."""
    match = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", page, re.DOTALL | re.MULTILINE)
    assert match
    return match[1]


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives the headings of a page."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }


def test_the_readme_is_short():
    assert len(README.splitlines()) <= LONGEST_README


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_to_a_file_and_a_heading(page):
    links = _LINK.findall(_CODE.sub("", page.read_text(encoding="utf-8")))
    for link in links:
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_page_of_the_documentation_can_be_reached_from_the_readme():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        for link in _LINK.findall(_CODE.sub("", page.read_text(encoding="utf-8"))):
            target = (page.parent / link.partition("#")[0]).resolve()
            if target.suffix == ".md" and target not in reached:
                waiting.append(target)
    assert set(PAGES) - reached == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_file_that_a_page_names_exists(page):
    names = re.findall(
        r"`((?:minutes|archive|tests|synthetic|benchmarks|docs|templates)/[\w./-]+)`", page.read_text()
    )
    assert [name for name in names if not (ROOT / name).exists()] == []


def test_every_package_is_described():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    described = set(re.findall(r"`minutes/([\w.]+)`", section(page, "Packages, from the ground up")))
    packages = {file.parent.name for file in ROOT.glob("minutes/*/__init__.py")} - {"migrations"}
    modules = {file.name for file in ROOT.glob("minutes/*.py")} - {"__init__.py", "apps.py", "urls.py"}
    assert described == packages | modules


def test_every_target_of_make_that_the_documents_name_is_there():
    makefile = (ROOT / "Makefile").read_text()
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"(?:`(?:[A-Z]+=1 )?|^)make ([a-z-]+)", text, re.MULTILINE):
            assert f"\n{target}:" in makefile, f"{page.name}: {target}"


def test_every_file_of_tests_that_ci_runs_on_postgresql_15_exists():
    command = (ROOT / ".ci" / "run").read_text().split("Database tests on PostgreSQL 15")[1]
    patterns = re.findall(r"tests/\S+", command)
    assert len(patterns) == 3
    program = f"shopt -s failglob; printf '%s\\n' {' '.join(patterns)}"
    files = subprocess.run(
        ["bash", "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert [file for file in files if not (ROOT / file).is_file()] == []
