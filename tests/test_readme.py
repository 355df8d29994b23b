"""The README and the CI script agree with the code."""

import json
import re
import subprocess
from pathlib import Path

from django.core.management import get_commands, load_command_class

from minutes.reader import read
from minutes.reader.records import as_facts

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


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


def test_every_setting_is_listed_and_no_other():
    code = "".join((ROOT / "archive" / name).read_text() for name in ("settings.py", "wsgi.py"))
    used = set(re.findall(r'(?:_flag|_list|environ\.get|environ\.setdefault)\(\s*"([A-Z_]+)"', code))
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE))
    assert listed == used - {"DJANGO_SETTINGS_MODULE"}


def test_compose_passes_every_setting_to_the_site():
    passed = set(re.findall(r"^ +([A-Z_]+): .*\$\{", (ROOT / "compose.yaml").read_text(), re.MULTILINE))
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE))
    # Set in the image, or for development and the embedded server only.
    assert listed - passed == {"ARCHIVE_DATA", "STATIC_ROOT", "DEBUG", "KEEP_SECRET_KEY"}


def test_every_command_is_listed_and_its_options_exist():
    ours = {name for name, app in get_commands().items() if app == "minutes"}
    assert set(re.findall(r"^\| `([a-z_]+)", README, re.MULTILINE)) == ours
    known = {
        option
        for name in ours
        for action in load_command_class("minutes", name).create_parser("manage.py", name)._actions
        for option in action.option_strings
    }
    # Options of `docker compose` are excluded.
    mentioned = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README)) - {"--rm", "--build"}
    assert mentioned <= known


def test_every_target_of_make_that_the_documents_name_is_there():
    makefile = (ROOT / "Makefile").read_text()
    for text in (README, (ROOT / "CONTRIBUTING.md").read_text()):
        for target in re.findall(r"(?:`(?:SCREENSHOTS=1 )?|^)make ([a-z-]+)", text, re.MULTILINE):
            assert f"\n{target}:" in makefile, target


def test_every_file_of_tests_that_ci_runs_on_postgresql_15_exists():
    command = (ROOT / ".ci" / "run").read_text().split("Database tests on PostgreSQL 15")[1]
    patterns = re.findall(r"tests/\S+", command)
    assert len(patterns) == 3
    program = f"shopt -s failglob; printf '%s\\n' {' '.join(patterns)}"
    files = subprocess.run(
        ["bash", "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert [file for file in files if not (ROOT / file).is_file()] == []
