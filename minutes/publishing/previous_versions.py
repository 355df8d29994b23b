"""What the public may see of a version of the minutes that another has replaced.

The earlier version must have been public itself: it was in force when another took its place while the
meeting was published (`Reading.public_until`). Of what was replaced before the archive kept account of that,
or while the meeting was a draft or withdrawn, nothing is shown.

Versions are compared item by item. While an item of the meeting is closed or taken down, an earlier item's
words are shown only when it is certain that it is not that one: when the version in force has it, open, with
two of its title, its number and its case number, and nothing closed or taken down has its title or case.
What stands between the items, as a table of contents, is not shown at all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from minutes.models import AgendaItem, Meeting, Reading, Takedown
from minutes.models.danish import slug
from minutes.publishing.pairing import Printed, pair
from minutes.publishing.readings import load_document, meeting_keys
from minutes.publishing.removed_items import is_taken_down
from minutes.reader.records import Absence, Document, Item, Participant
from minutes.text_diff import Hunk, diff_lines

# Lines around what differs: a paragraph's, and the heading's above it.
_CONTEXT = 2


class News(StrEnum):
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True)
class ItemDiff:
    """An item that differs, or with `news` changed and no `title` what is said of the meeting itself.

    `item` is its row, None of one that is gone. A new one's words are not told as differences.
    """

    news: News
    title: str = ""
    item: AgendaItem | None = None
    differences: Sequence[Hunk] = ()


@dataclass(frozen=True)
class VersionDiff:
    """What differs between two versions; `withheld` when an item's earlier words may not be shown."""

    changed: list[ItemDiff]
    withheld: bool


def previous_versions(meeting: Meeting) -> list[Reading]:
    """The published meeting's `Reading.objects.replaced()`, without their texts. One query."""
    return list(Reading.objects.replaced().filter(meeting=meeting).defer("text", "facts", "warnings"))


def version_diff(meeting: Meeting, earlier: Reading) -> VersionDiff:
    """What the current version says otherwise than `earlier`, one of `previous_versions`. Seven queries."""
    compared = _compared(meeting, earlier)
    head = diff_lines(_head(compared.before), _head(compared.now), context=0)
    told = [ItemDiff(News.CHANGED, differences=head)] if head else []
    return VersionDiff([*told, *compared.changed()], compared.withheld)


def public_view(meeting: Meeting, earlier: Reading) -> Document:
    """`earlier` with what `version_diff` compares of it and no more: a document of which it tells the same.

    Its text is that of the items that may be shown; of the others nothing but that they were there. Seven
    queries.
    """
    compared = _compared(meeting, earlier)
    before = compared.before
    text, items = "", []
    for at, item in enumerate(before.items):
        if at not in compared.shown:
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
        participants=tuple(Participant(name=each.name) for each in before.participants),
        absent=tuple(Absence(name=each.name) for each in before.absent),
        items=tuple(items),
    )


def _compared(meeting: Meeting, earlier: Reading) -> "_Compared":
    current = meeting.readings.select_related("source").get(current=True, supplement=False)
    before, now = load_document(earlier), load_document(current)
    rows = list(meeting.items.prefetch_related("case_numbers"))
    for row in rows:
        row.meeting = meeting
    sources = [earlier.source.sha256, current.source.sha256]
    covered = Takedown.objects.of(meeting_keys(meeting), sources).exists()
    return _Compared(before, now, current, rows, covered=covered)


class _Compared:
    """The items of the earlier document beside those of the one in force that they are.

    `shown` are the places of the earlier items whose words the public may see.
    """

    def __init__(
        self,
        before: Document,
        now: Document,
        current: Reading,
        rows: Sequence[AgendaItem],
        *,
        covered: bool,
    ) -> None:
        self.before, self.now = before, now
        self._rows = {row.reading_index: row for row in rows if row.reading_id == current.pk}
        self._hidden = {at for at in range(len(now.items)) if self._is_hidden(at)}
        # Those of supplements too.
        closed = [row for row in rows if row.closed]
        hidden: list[Item] = [now.items[at] for at in self._hidden]
        self._guarded = covered or bool(hidden or closed)
        cases = [each.printed for row in closed for each in row.case_numbers.all()]
        self._hidden_titles = {slug(each.title) for each in hidden} | {slug(row.title) for row in closed}
        self._hidden_cases = {slug(each) for each in (*cases, *(each.case_number or "" for each in hidden))}
        paired = pair([_printed(each) for each in before.items], [_printed(each) for each in now.items])
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
                found = diff_lines(_words(self.before, earlier), _words(self.now, item), _CONTEXT)
                if found:
                    yield ItemDiff(News.CHANGED, row.title, row, found)
            elif not self.withheld:
                # Else it may be one whose earlier words are withheld.
                yield ItemDiff(News.NEW, row.title, row)
        for gone in sorted(self.shown - self._new_of.keys()):
            left_out = self.before.items[gone]
            yield ItemDiff(News.GONE, left_out.title, None, diff_lines(_words(self.before, left_out), ""))

    def _is_hidden(self, new: int) -> bool:
        """Whether the public does not see the item's words now: closed, corrected to be, or taken down."""
        return new not in self._rows or self._rows[new].closed or _is_shut(self.now.items[new])

    def _may_show(self, old: int) -> bool:
        item, new = self.before.items[old], self._new_of.get(old)
        if _is_shut(item) or new in self._hidden:
            return False
        if not self._guarded:
            return True
        # What is hidden now may be this item, or a part of it.
        case = slug(item.case_number or "")
        if slug(item.title) in self._hidden_titles or (case and case in self._hidden_cases):
            return False
        return new is not None and len(_in_common(item, self.now.items[new])) > 1


def _printed(item: Item) -> Printed:
    return Printed(item.number or "", item.title, item.case_number or "", "")


def _in_common(item: Item, other: Item) -> set[str]:
    """What both items have the same, of title, number and case."""
    said = {
        "title": (item.title, other.title),
        "number": (item.number, other.number),
        "case": (item.case_number, other.case_number),
    }
    return {name for name, (one, two) in said.items() if slug(one or "") == slug(two or "") != ""}


def _is_shut(item: Item) -> bool:
    """Whether an item's words are not for the public, or it is not known where they stand."""
    return item.closed or is_taken_down(item) or not item.end


def _words(document: Document, item: Item) -> str:
    return document.text[item.start : item.end].strip()


def _head(document: Document) -> str:
    """What a meeting's page says of the meeting itself, a line each."""
    told = (
        (_("Begynder kl."), document.start_time or ""),
        (_("Sted"), document.location or ""),
        (_("Til stede"), ", ".join(each.name for each in document.participants)),
        (_("Fraværende"), ", ".join(each.name for each in document.absent)),
    )
    return "\n".join(f"{label}: {value}" for label, value in told)
