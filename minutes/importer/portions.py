"""Divides files and documents into portions that are imported at once."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Part = TypeVar("Part")

# Most files of a portion. More save little, and others wait longer for the locks of a transaction.
MOST = 8
# The size from which a portion gets no more, which limits the memory that it needs.
_ENOUGH_BYTES = 1_000_000


def portions(parts: Iterable[Part], size_of: Callable[[Part], int], most: int = MOST) -> Iterator[list[Part]]:
    """Yield the parts in lists of at most `most`, fewer where they are large; `size_of` is in bytes."""
    portion: list[Part] = []
    size = 0
    for part in parts:
        portion.append(part)
        size += size_of(part)
        if len(portion) == most or size >= _ENOUGH_BYTES:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion
