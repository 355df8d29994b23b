"""ZIP files for tests of what is read from them."""

import io
import zipfile


def packed(members: dict[str, bytes | str]) -> bytes:
    """Return a ZIP file with these members, in this order."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()
