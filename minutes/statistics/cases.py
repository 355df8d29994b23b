"""A case's timeline: the items with its number and the decisions that they quote, in order of time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q

from minutes.models import AgendaItem, Ballot, Case, Meeting, Reference, Section
from minutes.models.danish import slug
from minutes.models.meetings import AgendaItemQuerySet
from minutes.vocabulary import SectionKind

# A number at more items than this is no single case.
MAX_STEPS = 60

Kind = Reference.Kind


@dataclass
class Quote:
    """A reference to a step from another item. `text` is the quoted decision, empty if only announced."""

    reference: Reference
    text: str

    @property
    def item(self) -> AgendaItem:
        return self.reference.item


@dataclass
class Step:
    """A step of a timeline: an item of the archive, or a meeting that items refer to.

    `item` and `meeting` are None where the archive has not published them. `numbered` is True if the
    item itself has the case's number.
    """

    day: date
    committee: str
    item: AgendaItem | None = None
    meeting: Meeting | None = None
    numbered: bool = True
    quotes: list[Quote] = field(default_factory=list)


@dataclass
class Timeline:
    """A case's steps, oldest first, and the references from and to its items."""

    steps: list[Step]
    mentions: list[Reference]
    mentioned_by: list[Reference]

    @property
    def title(self) -> str:
        """The title of the newest open item with the number, or an empty string."""
        return self.latest_item.title if self.latest_item else ""

    @property
    def latest_item(self) -> AgendaItem | None:
        """The newest open item with the number."""
        items = [step.item for step in self.steps if step.item and step.numbered and not step.item.closed]
        return items[-1] if items else None


def items_of(case: Case) -> AgendaItemQuerySet:
    """The published items with the case's number, oldest first."""
    items = AgendaItem.objects.published().with_places().filter(case_numbers__case=case)
    return items.order_by("meeting__date", "meeting_id", "position")


def timeline(case: Case) -> Timeline:
    """Build the case's timeline from its published items. Nine queries."""
    numbered = set(items_of(case).values_list("pk", flat=True)[:MAX_STEPS])
    references = list(
        Reference.objects.published()
        .filter(item__in=numbered)
        .select_related("item__meeting__committee__municipality")
        .with_public_targets()
        .order_by("item__meeting__date", "item_id", "position")
    )
    dated = [reference for reference in references if reference.kind != Kind.MENTION and reference.date]
    quoted_items = {reference.target_item.pk for reference in dated if reference.target_item}
    steps = [
        Step(item.meeting.date, item.meeting.committee.name, item, item.meeting, item.pk in numbered)
        for item in _step_items(numbered | quoted_items)
    ]
    _attach_quotes(steps, dated)
    mentions = [
        reference
        for reference in references
        if reference.kind == Kind.MENTION
        and not (reference.target_item and reference.target_item.pk in numbered)
    ]
    return Timeline(sorted(steps, key=_by_time), without_repeats(mentions), mentioned_by(numbered))


def mentioned_by(items: Iterable[int]) -> list[Reference]:
    """The references to `items` from other published open items, newest first, one per item. One query."""
    targets = set(items)
    references = (
        Reference.objects.published()
        .filter(target_item__in=targets)
        .exclude(Q(kind=Kind.CASE_FLOW) | Q(item__in=targets))
        .select_related("item__meeting__committee__municipality")
        .order_by("-item__meeting__date", "-item_id", "position")
    )
    first_by_item = {reference.item_id: reference for reference in reversed(references)}
    return list(first_by_item.values())[::-1]


def _step_items(ids: set[int]) -> list[AgendaItem]:
    """The items with their public ballots and their decision sections as `decisions`. Three queries."""
    decisions = Section.objects.filter(kind=SectionKind.DECISION).order_by("position")
    return list(
        AgendaItem.objects.published()
        .with_places()
        .filter(pk__in=ids)
        .prefetch_related(
            Prefetch("ballots", Ballot.objects.published().order_by("position")),
            Prefetch("sections", decisions, to_attr="decisions"),
        )
    )


def _attach_quotes(steps: list[Step], references: Sequence[Reference]) -> None:
    """Add each reference to the step that it refers to, or append a step for it."""
    texts = _quoted_texts(references)
    # Quoted decisions first: an announced meeting adds nothing to a step that exists.
    for reference in sorted(references, key=lambda reference: reference.kind == Kind.CASE_FLOW):
        step = next((step for step in steps if _refers_to(reference, step)), None)
        if step is None:
            step = _step_for(reference)
            steps.append(step)
        elif reference.kind == Kind.CASE_FLOW:
            continue
        text = texts.get((reference.item_id, reference.start), reference.text)
        step.quotes.append(Quote(reference, text))


def _step_for(reference: Reference) -> Step:
    assert reference.date
    meeting = reference.target_meeting
    committee = meeting.committee.name if meeting else reference.committee_name
    return Step(reference.date, committee, meeting=meeting, numbered=False)


def _refers_to(reference: Reference, step: Step) -> bool:
    """Compare items where both are known, else meetings, else date and committee name."""
    if reference.target_item and step.item:
        return reference.target_item.pk == step.item.pk
    if reference.target_meeting and step.meeting:
        return reference.target_meeting.pk == step.meeting.pk
    same_committee = slug(reference.committee_name) == slug(step.committee)
    return reference.date == step.day and same_committee


def _quoted_texts(references: Sequence[Reference]) -> dict[tuple[int, int | None], str]:
    """The cleaned texts of quoted decisions, by item id and start. One query."""
    sections = Section.objects.filter(
        kind=SectionKind.PRIOR_DECISION, item__in={reference.item_id for reference in references}
    )
    return {(section.item_id, section.start): section.text for section in sections}


def _by_time(step: Step) -> tuple[date, int, int]:
    """By date; on one date by meeting and position, as far as known."""
    return step.day, step.meeting.pk if step.meeting else 0, step.item.position if step.item else 0


def without_repeats(mentions: Sequence[Reference]) -> list[Reference]:
    """Return the mentions by date; of equal ones in one item only the first."""
    first = {
        (mention.item_id, slug(mention.committee_name), mention.date, mention.item_number): mention
        for mention in reversed(mentions)
    }
    return sorted(
        first.values(), key=lambda mention: (mention.date or date.min, mention.item_id, mention.position)
    )
