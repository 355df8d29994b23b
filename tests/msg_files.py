"""Small Outlook messages (.msg) for tests: a compound file with the properties of a message."""

import struct

_SECTOR = 512
_END, _FAT = 0xFFFFFFFE, 0xFFFFFFFD
_NO = 0xFFFFFFFF
_STRING, _BINARY, _INTEGER = 0x001F, 0x0102, 0x0003


def msg(
    subject: str = "",
    body: str = "",
    html: bytes = b"",
    attachments: dict[str, bytes] | None = None,
    rich: bytes = b"",
) -> bytes:
    """Return a message with a subject, a text, its HTML, attachments by name, and its compressed RTF."""
    files = attachments or {}
    properties = {
        (0x001A, _STRING): _text("IPM.Note"),
        (0x0037, _STRING): _text(subject),
        (0x1000, _STRING): _text(body),
    }
    if rich:
        properties[0x1009, _BINARY] = rich
    if html:
        properties[0x1013, _BINARY] = html
    head = struct.pack("<8x4I8x", 0, len(files), 0, len(files))
    root: dict[str, object] = _streams(properties, head, {0x3FDE: 65001, 0x340D: 0x40000})
    for index, (name, data) in enumerate(files.items()):
        content = {(0x3707, _STRING): _text(name), (0x3701, _BINARY): data}
        root[f"__attach_version1.0_#{index:08X}"] = _streams(content, b"\0" * 8, {0x3705: 1})
    return _compound(root)


def _text(text: str) -> bytes:
    return text.encode("utf-16-le")


def _streams(
    properties: dict[tuple[int, int], bytes], head: bytes, numbers: dict[int, int]
) -> dict[str, object]:
    streams: dict[str, object] = {}
    entries = head
    for (identifier, kind), data in properties.items():
        streams[f"__substg1.0_{identifier:04X}{kind:04X}"] = data
        size = len(data) + (2 if kind == _STRING else 0)
        entries += struct.pack("<HHIII", kind, identifier, 6, size, 0)
    for identifier, number in numbers.items():
        entries += struct.pack("<HHIII", _INTEGER, identifier, 6, number, 0)
    streams["__properties_version1.0"] = entries
    return streams


class _Sectors:
    """Sectors of one size, and the table of which follows which."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.data = b""
        self.table: list[int] = []

    def store(self, data: bytes) -> int:
        """Add a stream; return its first sector."""
        if not data:
            return _END
        first = len(self.table)
        self.data += data + b"\0" * (-len(data) % self.size)
        count = len(self.data) // self.size - first
        self.table += [*range(first + 1, first + count), _END]
        return first


def _compound(root: dict[str, object]) -> bytes:
    """Return a compound file, MS-CFB, with these storages and streams."""
    sectors, small = _Sectors(_SECTOR), _Sectors(64)
    entries: list[bytes] = []
    _add_entry(entries, "Root Entry", root, sectors, small)
    start, size = sectors.store(small.data), len(small.data)
    entries[0] = entries[0][:116] + struct.pack("<IQ", start, size)
    directory = sectors.store(b"".join(entries))
    small_table = sectors.store(b"".join(struct.pack("<I", number) for number in small.table))
    count = -(-(len(sectors.table) + 4) // (_SECTOR // 4 - 1))
    at = range(len(sectors.table), len(sectors.table) + count)
    table = [*sectors.table, *[_FAT] * count]
    fat = b"".join(struct.pack("<I", number) for number in table).ljust(count * _SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + struct.pack("<16x5H6x", 62, 3, 0xFFFE, 9, 6)
    small_count = -(-len(small.table) * 4 // _SECTOR)
    header += struct.pack("<9I", 0, count, directory, 0, 4096, small_table, small_count, _END, 0)
    header += b"".join(struct.pack("<I", sector) for sector in at).ljust(436, b"\xff")
    return header + sectors.data + fat


def _add_entry(entries: list[bytes], name: str, content: object, sectors: _Sectors, small: _Sectors) -> int:
    """Add a storage with what is in it, as a chain of right siblings, or a stream; return its number."""
    number = len(entries)
    entries.append(b"")
    child, start, size = _NO, 0, 0
    kind = 5 if not number else 1
    if isinstance(content, bytes):
        kind, size = 2, len(content)
        start = (sectors if size >= 4096 else small).store(content)
    else:
        assert isinstance(content, dict)
        for key in sorted(content, key=lambda key: (len(key), key.upper()), reverse=True):
            own = _add_entry(entries, key, content[key], sectors, small)
            entries[own] = entries[own][:72] + struct.pack("<I", child) + entries[own][76:]
            child = own
    encoded = name.encode("utf-16-le")
    entries[number] = encoded.ljust(64, b"\0") + struct.pack(
        "<HBBIII36xIQ", len(encoded) + 2, kind, 1, _NO, _NO, child, start, size
    )
    return number
