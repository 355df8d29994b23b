"""Files in a watched folder: which are complete, and where they are moved with a report."""

import json
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from minutes.documents import firstagenda
from minutes.documents.archives import is_document
from minutes.documents.publications import is_publication
from minutes.importer.files import read_regular

DONE, FAILED = "done", "failed"
# Endings of files that another program is writing: browsers, rsync, WinSCP, wget and others.
_TEMPORARY = (".part", ".partial", ".filepart", ".tmp", ".temp", ".crdownload", ".download")
_LONGEST_NAME = 255
_REPORT = ".report.json"

# Path, size, time of change in nanoseconds and number of each file of an entry.
Snapshot = tuple[tuple[Path, int, int, int], ...]


@dataclass(frozen=True)
class Delivery:
    """A file or a vendor's folder that is imported and moved as a whole.

    `file` is what is read; `moved` is what is moved, the file or its folder, and `snapshot` its state.
    `refusal` is the reason in Danish if it must not be opened.
    """

    file: Path
    moved: Path
    snapshot: Snapshot
    refusal: str = ""


class WatchedFolder:
    """A folder with sub-folders for files; `done` and `failed` in it are for those that were imported.

    Raises `OSError` if these cannot be created, and `NotADirectoryError` if one of them is a link.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._before: dict[Path, Snapshot] = {}
        for name in (DONE, FAILED):
            outcome = folder / name
            outcome.mkdir(exist_ok=True)
            if outcome.is_symlink():
                raise NotADirectoryError(outcome)

    def complete(self) -> list[Delivery]:
        """Return what has not changed since the last call, in order of name.

        Files in a sub-folder are complete when all of it is, since a vendor's folder is one document.
        """
        before, self._before = self._before, {}
        deliveries: list[Delivery] = []
        for entry in sorted(_entries(self.folder)):
            if entry.name not in (DONE, FAILED):
                self._before[entry] = _snapshot(entry)
                if before.get(entry) == self._before[entry]:
                    deliveries += self._deliveries(entry)
        return deliveries

    def finish(self, delivery: Delivery, report: Mapping[str, Any], *, failed: bool) -> Path:
        """Move a file or folder with its name, and write a report beside it; return its new path.

        Overwrites nothing: where the name is taken, it gets a number. Raises `OSError`.
        """
        folder = self.folder / (FAILED if failed else DONE)
        parent = folder / delivery.moved.parent.relative_to(self.folder)
        parent.mkdir(parents=True, exist_ok=True)
        if not parent.resolve().is_relative_to(folder.resolve()):
            raise NotADirectoryError(parent)
        for number in range(1, 100_000):
            target = parent / _numbered(delivery.moved.name, number)
            if _is_free(target, delivery.moved):
                break
        # The report comes first, so that no moved file is without one.
        _write_report(target.with_name(_short(target.name, _REPORT)), report)
        _move(delivery.moved, target)
        return target

    def _deliveries(self, entry: Path) -> Iterator[Delivery]:
        """Yield the files of an entry of a folder, or the folder itself if it is one document."""
        refusal = _refusal(entry)
        if refusal or not entry.is_dir():
            if not refusal and entry.parent == self.folder and _meeting_file([entry], entry.parent):
                refusal = _("Filen hører sammen med andre. Læg dem i en mappe for sig.")
            yield Delivery(entry, entry, _snapshot(entry), refusal)
            return
        entries = sorted(_entries(entry))
        main = _meeting_file(entries, entry)
        if main is None:
            for inner in entries:
                yield from self._deliveries(inner)
        elif not any(_is_temporary(path.name) for path in entry.rglob("*")):
            problems = (_refusal(path) for path in (entry, *entry.rglob("*")))
            yield Delivery(main, entry, _snapshot(entry), next(filter(None, problems), ""))


def is_unchanged(delivery: Delivery) -> bool:
    """Return True if nothing of it has changed since it was found to be complete."""
    return _snapshot(delivery.moved) == delivery.snapshot


def _entries(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        yield from (Path(entry.path) for entry in entries if not _is_ignored(entry.name))


def _snapshot(path: Path) -> Snapshot:
    """Return the state of a file, or of all files below a folder, without those that are gone meanwhile."""
    try:
        facts = path.lstat()
        if stat.S_ISDIR(facts.st_mode) and os.access(path, os.R_OK | os.X_OK):
            return tuple(chain.from_iterable(map(_snapshot, sorted(_entries(path)))))
    except FileNotFoundError:
        return ()
    return ((path, facts.st_size, facts.st_mtime_ns, facts.st_ino),)


def _meeting_file(files: list[Path], folder: Path) -> Path | None:
    """Return that of the files which describes a meeting whose other files are beside it in `folder`."""
    for file in files:
        if is_publication(file.name):
            return file
    jsons = [file for file in files if file.suffix.casefold() == ".json"]
    if len(jsons) != 1 or _refusal(jsons[0]):
        return None
    others = [path.name for path in folder.iterdir() if path != jsons[0]]
    try:
        return jsons[0] if firstagenda.files_of(read_regular(jsons[0]), others) else None
    except OSError:
        return None


def _refusal(path: Path) -> str:
    """Return why a path must not be opened: it is neither a file nor a folder of its own."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return ""
    if stat.S_ISLNK(mode):
        return _("Et link til en anden fil eller mappe læses ikke. Læg filen selv i mappen.")
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        return _("Det er ikke en almindelig fil.")
    if stat.S_ISDIR(mode) and not os.access(path, os.R_OK | os.X_OK):
        return _("Mappen kan ikke læses.")
    return ""


def _is_ignored(name: str) -> bool:
    # A report was put back with its file.
    is_report = name.endswith(_REPORT)
    return is_report or not is_document(name) or name.startswith("~$") or _is_temporary(name)


def _is_temporary(name: str) -> bool:
    return name.casefold().endswith(_TEMPORARY)


def _numbered(name: str, number: int) -> str:
    if number == 1:
        return name
    path = Path(name)
    return _short(path.stem, f" ({number}){path.suffix}")


def _short(stem: str, ending: str) -> str:
    """Return a file name, with the stem cut where it would be too long."""
    return os.fsdecode(os.fsencode(stem)[: _LONGEST_NAME - len(os.fsencode(ending))]) + ending


def _is_free(target: Path, source: Path) -> bool:
    """Return True if there is no file, or the source itself: a move that was interrupted."""
    try:
        return os.path.samestat(target.lstat(), source.lstat())
    except FileNotFoundError:
        return True


def _write_report(path: Path, report: Mapping[str, Any]) -> None:
    written = path.with_name(_short(f".{path.name}", ".part"))
    text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
    written.write_text(text, encoding="utf-8", errors="replace")
    written.replace(path)


def _move(source: Path, target: Path) -> None:
    """Move without overwriting: neither a link nor a folder can replace a file that exists."""
    if source.is_dir() and not source.is_symlink():
        source.rename(target)
        return
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        if not _is_free(target, source):
            raise
    except OSError:
        # A file system without links.
        source.rename(target)
        return
    source.unlink()
