"""An archive of a benchmark's own: an embedded server in a new folder under /tmp."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django


def new_folder(name: str) -> Path:
    """A folder that the embedded server, which runs as a user of its own under root, can enter."""
    folder = Path(tempfile.mkdtemp(prefix=f"referatarkivet-{name}-"))
    folder.chmod(0o755)
    return folder


def ready(data: Path) -> None:
    """Django on the embedded server of `data`, for this process and those it starts."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    os.environ |= {"ARCHIVE_DATA": str(data), "DATABASE_URL": "", "PLAIN_HTTP": "1", "KEEP_SECRET_KEY": "1"}
    django.setup()


@contextmanager
def own_archive(name: str) -> Iterator[Path]:
    """Django on an archive that is gone afterwards; the folder that it stands in, with room for files."""
    folder = new_folder(name)
    try:
        ready(folder / "data")
        yield folder
    finally:
        shutil.rmtree(folder)
