"""A temporary archive for a benchmark: an embedded server in a new folder under /tmp."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django


def create_folder(name: str) -> Path:
    """Create a folder that the embedded server can enter; run by root, it has a user of its own."""
    folder = Path(tempfile.mkdtemp(prefix=f"referatarkivet-{name}-"))
    folder.chmod(0o755)
    return folder


def set_up_django(data: Path) -> None:
    """Set up Django on the embedded server in `data`, for this process and its children."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    os.environ |= {"ARCHIVE_DATA": str(data), "DATABASE_URL": "", "PLAIN_HTTP": "1", "KEEP_SECRET_KEY": "1"}
    django.setup()


@contextmanager
def temporary_archive(name: str) -> Iterator[Path]:
    """Set up Django on a new archive. Yields its folder, which is deleted afterwards."""
    folder = create_folder(name)
    try:
        set_up_django(folder / "data")
        yield folder
    finally:
        shutil.rmtree(folder)
