"""Items of which only the list is printed: entries of a contents list with nothing under them."""

import re
from collections.abc import Sequence
from itertools import pairwise

from minutes.reader.contents import Contents, is_label
from minutes.reader.header_lines import is_header_label
from minutes.reader.item_chains import Chain
from minutes.reader.item_clues import begins_like_title, is_person_entry
from minutes.reader.item_evidence import Evidence
from minutes.reader.names import is_name

# "Pkt. Tekst", "Punkt Emne Side": the heads of the columns of a list
_COLUMN_HEADS = re.compile(
    r"(?:Pkt\.?|Punkt|Sag(?:s?nr\.?| nr\.?)?|Nr\.?):?(?: (?:Emne|Tekst|Titel|Punkt|Overskrift):?)?(?: Side)?",
    re.IGNORECASE,
)
_FEWEST = 3


def listed_items(evidence: Evidence, contents: Contents) -> list[int]:
    """Return the lines of the entries, where nothing but a list says what the items are; else none."""
    if contents.is_all:
        entries = [index for index in evidence.printed if evidence.lines[index].listed]
    else:
        entries = _under_label(evidence) or _over_labels(evidence)
    if not entries:
        return []
    signs = (evidence.item_sections, evidence.decisions, sorted(evidence.cases))
    is_followed = any(evidence.count(places, entries[0], len(evidence.lines)) for places in signs)
    return [] if is_followed else entries


def is_only_list(evidence: Evidence, chain: Chain) -> bool:
    """Return True if nothing is between the starts of a chain, and the meeting's labels are behind them."""
    starts = [start.heading for start in chain.starts]
    if len(starts) < _FEWEST or any(start.offset or start.tail for start in chain.starts):
        return False
    between = any(evidence.printed_below(before) != after for before, after in pairwise(starts))
    below = evidence.printed_below(starts[-1])
    if between or below is None or evidence.count(evidence.item_sections, starts[0], len(evidence.lines)):
        return False
    return not evidence.decisions and is_header_label(evidence.lines[below].text)


def _under_label(evidence: Evidence) -> list[int]:
    """Return the numbered lines under the heading of a list, when they run on up to the document's end."""
    for index in evidence.printed:
        text = evidence.lines[index].text
        if not (is_label(text) or _COLUMN_HEADS.fullmatch(text)):
            continue
        entries = _as_run(evidence, evidence.printed[evidence.place(index + 1) :])
        if entries:
            return entries
    return []


def _over_labels(evidence: Evidence) -> list[int]:
    """Return the first numbered lines, when they run on from 1 and the meeting's labels are under them."""
    first = min(evidence.numbered, default=None)
    if first is None:
        return []
    entries: list[int] = []
    for index in evidence.printed[evidence.place(first) :]:
        if index not in evidence.numbered:
            is_over = is_header_label(evidence.lines[index].text)
            is_first = bool(entries) and evidence.numbered[entries[0]].value == 1
            return _as_run(evidence, entries) if is_over and is_first else []
        entries.append(index)
    return []


def _as_run(evidence: Evidence, lines: Sequence[int]) -> list[int]:
    """Return the lines if all have titles, few of them names, and numbers that follow each other."""
    parts = [evidence.numbered[index] for index in lines if index in evidence.numbered]
    if len(parts) < max(len(lines), _FEWEST) or not all(part.title for part in parts):
        return []
    runs_on = all(after.value == before.value + 1 for before, after in pairwise(parts))
    names = sum(is_name(part.title.rstrip(" -–")) or is_person_entry(part.title) for part in parts)
    are_titles = 3 * names < len(parts) and any(begins_like_title(part.title) for part in parts)
    return list(lines) if runs_on and are_titles else []
