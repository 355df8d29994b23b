"""The topics of agenda items by the subject numbers in their case numbers, read from `topics.toml`.

`AgendaItem.topic` is the key of an item's topic, "" where its case number has no known subject.
"""

import re
import tomllib
from pathlib import Path

_TOPICS: dict[str, dict[str, str | list[str]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
# "17.01.00-P20-4-19", "17.01.00P20" and "17.01.00", but not the date "17.01.2019" → "17.01" and "17".
SUBJECT = r"^\s*((\d\d)\.\d\d)\.\d\d(?!\d)"
_SUBJECT = re.compile(SUBJECT, re.ASCII)

# The Danish labels by key, in the order in which lists of topics show them.
LABELS: dict[str, str] = {key: str(topic["label"]) for key, topic in _TOPICS.items()}
# The English labels by key.
ENGLISH_LABELS: dict[str, str] = {key: str(topic["english"]) for key, topic in _TOPICS.items()}
# The keys by main group or group.
TOPIC_BY_GROUP: dict[str, str] = {group: key for key, topic in _TOPICS.items() for group in topic["groups"]}


def topic_of(case_number: str | None) -> str:
    """Return the key of the topic of a case number as printed: "17.01.00-P20-4-19" → "skole", else ""."""
    match = _SUBJECT.match(case_number or "")
    if not match:
        return ""
    group, main_group = match.groups()
    return TOPIC_BY_GROUP.get(group) or TOPIC_BY_GROUP.get(main_group, "")
