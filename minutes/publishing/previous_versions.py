"""Compares the current version of minutes with a previous one, as far as the public may see both.

A previous version is shown if it was public itself: it was current when another replaced it while the
meeting was published (`Reading.public_until`). Nothing is shown of a version that was replaced while the
meeting was a draft or withdrawn.

Versions are compared item by item. Where an item of the meeting is closed or taken down, or was before the
current version left it out, the words of a previous item are shown only if it is certainly another one: the
current version has it, open, with two of its title, number and case number in common, and no hidden item has
its title or case. Text between the items, such as a table of contents, is never shown.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, Q
from django.utils.translation import gettext as _

from minutes.models import AgendaItem, Correction, Meeting, Reading, Takedown
from minutes.models.danish import slug
from minutes.publishing.corrected import addresses_of_operation
from minutes.publishing.pairing import Printed, pair
from minutes.publishing.readings import load_document, meeting_keys
from minutes.publishing.removed_items import is_taken_down
from minutes.reader.records import Absence, Document, Item, Participant
from minutes.text_diff import Hunk, diff_lines

# Lines of context around a difference: those of its paragraph and the heading above it.
_CONTEXT = 2


class News(StrEnum):
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True)
class ItemDiff:
    """An item that differs; with `news` changed and no `title`, the facts of the meeting itself.

    `item` is its row, or None for one that is gone. A new item has no `differences`.
    """

    news: News
    title: str = ""
    item: AgendaItem | None = None
    differences: Sequence[Hunk] = ()


@dataclass(frozen=True)
class VersionDiff:
    """The differences of two versions; `withheld` if the words of some previous item are not shown."""

    changed: list[ItemDiff]
    withheld: bool


def previous_versions(meeting: Meeting) -> list[Reading]:
    """Return the published meeting's `Reading.objects.replaced()` without their texts. One query."""
    return list(
        Reading.objects.replaced()
        .filter(meeting=meeting)
        .defer("text", "facts", "corrected_items", "warnings")
    )


def version_diff(meeting: Meeting, earlier: Reading) -> VersionDiff:
    """Compare the current version with `earlier`, one of `previous_versions`. Seven queries."""
    comparison = _compare(meeting, earlier)
    head = diff_lines(_head(comparison.before), _head(comparison.now), context=0)
    of_meeting = [ItemDiff(News.CHANGED, differences=head)] if head else []
    return VersionDiff([*of_meeting, *comparison.changed()], comparison.withheld)


def public_view(meeting: Meeting, earlier: Reading) -> Document:
    """Return the part of `earlier` that `version_diff` compares, as a document with the same diff.

    It has the text of the items that may be shown; the others are empty and closed. Seven queries.
    """
    comparison = _compare(meeting, earlier)
    before = comparison.before
    text, items = "", []
    for at, item in enumerate(before.items):
        if at not in comparison.shown:
            items.append(Item(number=None, title="", closed=True))
            continue
        start = len(text)
        text += _words(before, item)
        items.append(
            Item(
                number=item.number,
                title=item.title,
                case_number=item.case_number,
                start=start,
                end=len(text),
            )
        )
        text += "\n\n"
    return Document(
        text=text,
        source=before.source,
        document=before.document,
        start_time=before.start_time,
        location=before.location,
        participants=tuple(Participant(name=member.name) for member in before.participants),
        absent=tuple(Absence(name=absence.name) for absence in before.absent),
        items=tuple(items),
    )


def _compare(meeting: Meeting, earlier: Reading) -> "_Comparison":
    current = meeting.readings.select_related("source").get(current=True, supplement=False)
    before, now = load_document(earlier), load_document(current)
    rows = list(meeting.items.prefetch_related("case_numbers"))
    for row in rows:
        row.meeting = meeting
    sources = [earlier.source.sha256, current.source.sha256]
    had_hidden_items = _had_hidden_items(meeting, sources)
    repaired: set[str] = set()
    if had_hidden_items:
        repaired = set().union(*map(addresses_of_operation, meeting.corrections.of_structure()))
    return _Comparison(
        before, now, current, rows, had_hidden_items=had_hidden_items, repaired=frozenset(repaired)
    )


def _had_hidden_items(meeting: Meeting, sources: list[str]) -> bool:
    """Return True if an item was taken down, or closed in any version or by any correction. Two queries.

    It may be missing in the current version.
    """
    closing = meeting.corrections.closing()
    hidden = (
        Takedown.objects.of(meeting_keys(meeting), sources),
        closing.exclude(state=Correction.State.PROPOSED),
        meeting.readings.filter(facts__contains={"items": [{"closed": True}]}),
    )
    return Meeting.objects.filter(Q(*map(Exists, hidden), _connector=Q.OR), pk=meeting.pk).exists()


class _Comparison:
    """The items of a previous document paired with those of the current one.

    `shown` are the indexes of the previous items whose words the public may see.
    """

    def __init__(
        self,
        before: Document,
        now: Document,
        current: Reading,
        rows: Sequence[AgendaItem],
        *,
        had_hidden_items: bool,
        repaired: frozenset[str],
    ) -> None:
        self.before, self.now = before, now
        self._rows = {row.reading_index: row for row in rows if row.reading_id == current.pk}
        self._hidden = {at for at in range(len(now.items)) if self._is_hidden(at)}
        # Also those of supplements.
        closed = [row for row in rows if row.closed]
        hidden = [now.items[at] for at in sorted(self._hidden)]
        # Items that staff split or joined: a previous one can contain what is another, hidden item now.
        self._repaired = repaired
        self._guarded = had_hidden_items or bool(hidden or closed)
        self._hidden_titles = _slugs([*(item.title for item in hidden), *(row.title for row in closed)])
        self._hidden_cases = _slugs(
            [
                *(item.case_number for item in hidden),
                *(number.printed for row in closed for number in row.case_numbers.all()),
            ]
        )
        paired = pair(list(map(_printed, before.items)), list(map(_printed, now.items)))
        self._new_of = {old: new for new, (old, _) in enumerate(paired) if old is not None}
        self.shown = {old for old in range(len(before.items)) if self._may_show(old)}
        self.withheld = len(self.shown) < len(before.items)

    def changed(self) -> Iterator[ItemDiff]:
        old_of = {self._new_of[old]: old for old in self.shown if old in self._new_of}
        for new, item in enumerate(self.now.items):
            if new in self._hidden:
                continue
            row = self._rows[new]
            if new in old_of:
                earlier = self.before.items[old_of[new]]
                hunks = diff_lines(_words(self.before, earlier), _words(self.now, item), _CONTEXT)
                if hunks:
                    yield ItemDiff(News.CHANGED, row.title, row, hunks)
            elif not self.withheld:
                # Otherwise it may be one whose previous words are withheld.
                yield ItemDiff(News.NEW, row.title, row)
        for gone in sorted(self.shown - self._new_of.keys()):
            item = self.before.items[gone]
            yield ItemDiff(News.GONE, item.title, None, diff_lines(_words(self.before, item), ""))

    def _is_hidden(self, new: int) -> bool:
        """Return True for a current item that is closed, corrected to be closed, or taken down."""
        return new not in self._rows or self._rows[new].closed or _is_inaccessible(self.now.items[new])

    def _may_show(self, old: int) -> bool:
        item, new = self.before.items[old], self._new_of.get(old)
        if _is_inaccessible(item) or new in self._hidden:
            return False
        if not self._guarded:
            return True
        if new is not None and self._rows[new].slug in self._repaired:
            return False
        # An item that is hidden now may be this one, or a part of it.
        case = slug(item.case_number or "")
        if slug(item.title) in self._hidden_titles or (case and case in self._hidden_cases):
            return False
        return new is not None and len(_in_common(item, self.now.items[new])) > 1


def _slugs(texts: Iterable[str | None]) -> set[str]:
    return {slug(text or "") for text in texts}


def _printed(item: Item) -> Printed:
    return Printed(item.number or "", item.title, item.case_number or "", "")


def _in_common(item: Item, other: Item) -> set[str]:
    """Return which of title, number and case the items have in common."""
    fields = {
        "title": (item.title, other.title),
        "number": (item.number, other.number),
        "case": (item.case_number, other.case_number),
    }
    return {name for name, (one, two) in fields.items() if slug(one or "") == slug(two or "") != ""}


def _is_inaccessible(item: Item) -> bool:
    """Return True if an item's words are not public, or their place is not known."""
    return item.closed or is_taken_down(item) or not item.end


def _words(document: Document, item: Item) -> str:
    return document.text[item.start : item.end].strip()


def _head(document: Document) -> str:
    """Return the facts of the meeting itself as its page shows them, one per line."""
    facts = (
        (_("Begynder kl."), document.start_time or ""),
        (_("Sted"), document.location or ""),
        (_("Til stede"), ", ".join(member.name for member in document.participants)),
        (_("Fraværende"), ", ".join(absence.name for absence in document.absent)),
    )
    return "\n".join(f"{label}: {value}" for label, value in facts)
