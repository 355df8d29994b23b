"""Split the meetings of the archive into batches that fit in memory."""

from collections.abc import Iterable, Iterator
from itertools import islice

MEETINGS_PER_BATCH = 200


def batches(meetings: Iterable[int], size: int) -> Iterator[list[int]]:
    """Yield lists of at most `size` meetings."""
    iterator = iter(meetings)
    while batch := list(islice(iterator, size)):
        yield batch
