"""The names of the XML files in the folders that vendors' systems write when a meeting is published."""

import re
from pathlib import PurePosixPath

_EDOC = re.compile(r"eDocAgendaPublishing\.xml", re.IGNORECASE)
_SBSYS = re.compile(r"Publication\d+\.xml", re.IGNORECASE)


def is_edoc(name: str) -> bool:
    return _EDOC.fullmatch(PurePosixPath(name).name) is not None


def is_sbsys(name: str) -> bool:
    return _SBSYS.fullmatch(PurePosixPath(name).name) is not None


def is_publication(name: str) -> bool:
    """Return True if a file called `name` states what the files of its folder are."""
    return is_edoc(name) or is_sbsys(name)
