"""A case's way through the committees: the items under its number and what they quote, in order of time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q

from minutes.models import AgendaItem, Ballot, Case, Meeting, Reference, Section
from minutes.models.danish import slug
from minutes.vocabulary import SectionKind

# A number at more items than this names no single matter, whatever it looks like.
MAX_STEPS = 60

Kind = Reference.Kind


@dataclass
class Quote:
    """A decision, or a step on the case's way, as another item tells of it. `text` is empty for a step."""

    reference: Reference
    text: str

    @property
    def item(self) -> AgendaItem:
        return self.reference.item


@dataclass
class Step:
    """A step on the way: an item of the archive, or what others quote of a meeting.

    `item` is None where the archive does not show one; `meeting` too where it does not show the meeting.
    `numbered` is whether the item carries the case's number itself.
    """

    day: date
    committee: str
    item: AgendaItem | None = None
    meeting: Meeting | None = None
    numbered: bool = True
    quotes: list[Quote] = field(default_factory=list)


@dataclass
class Timeline:
    """A case's steps, oldest first, and what its items mention and are mentioned by."""

    steps: list[Step]
    mentions: list[Reference]
    mentioned_by: list[Reference]

    @property
    def title(self) -> str:
        """The title of the newest open item under the number; empty where there is none."""
        titles = [
            each.item.title for each in self.steps if each.item and each.numbered and not each.item.closed
        ]
        return titles[-1] if titles else ""


def items_of(case: Case):
    """The published items under the number, oldest first."""
    items = AgendaItem.objects.published().with_places().filter(case_numbers__case=case)
    return items.order_by("meeting__date", "meeting_id", "position")


def timeline(case: Case) -> Timeline:
    """The case's way, told by its published items. Nine queries."""
    numbered = set(items_of(case).values_list("pk", flat=True)[:MAX_STEPS])
    said = list(
        Reference.objects.published()
        .filter(item__in=numbered)
        .select_related("item__meeting__committee__municipality")
        .with_public_targets()
        .order_by("item__meeting__date", "item_id", "position")
    )
    quoted = [each for each in said if each.kind != Kind.MENTION and each.date]
    joined = {each.target_item.pk for each in quoted if each.target_item}
    steps = [
        Step(item.meeting.date, item.meeting.committee.name, item, item.meeting, item.pk in numbered)
        for item in _items(numbered | joined)
    ]
    _join(steps, quoted)
    mentions = [each for each in said if each.kind == Kind.MENTION and not _in(each, numbered)]
    return Timeline(sorted(steps, key=_order), _once(mentions), mentioned_by(numbered))


def mentioned_by(items: Iterable[int]) -> list[Reference]:
    """What mentions or quotes one of `items` in other published open items, newest first, each item once.

    One query.
    """
    known = set(items)
    found = (
        Reference.objects.published()
        .filter(target_item__in=known)
        .exclude(Q(kind=Kind.CASE_FLOW) | Q(item__in=known))
        .select_related("item__meeting__committee__municipality")
        .order_by("-item__meeting__date", "-item_id", "position")
    )
    return list({each.item_id: each for each in reversed(found)}.values())[::-1]


def _items(ids: set[int]) -> list[AgendaItem]:
    """The items with the ballots the public sees and where their decisions stand. Three queries."""
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


def _join(steps: list[Step], quoted: Sequence[Reference]) -> None:
    """Add what is quoted: to the step of the meeting it came from, else as a step of its own."""
    texts = _texts(quoted)
    # Decisions before the steps that were only announced, which tell nothing where there is more.
    for each in sorted(quoted, key=lambda each: each.kind == Kind.CASE_FLOW):
        step = next((step for step in steps if _is_of(each, step)), None)
        if step is None:
            assert each.date
            meeting = each.target_meeting
            committee = meeting.committee.name if meeting else each.committee_name
            step = Step(each.date, committee, meeting=meeting, numbered=False)
            steps.append(step)
        elif each.kind == Kind.CASE_FLOW:
            continue
        step.quotes.append(Quote(each, texts.get((each.item_id, each.start), each.text)))


def _is_of(reference: Reference, step: Step) -> bool:
    """Whether the step is of what the reference names: its item, else its meeting, else its day."""
    if reference.target_item and step.item:
        return reference.target_item.pk == step.item.pk
    if reference.target_meeting and step.meeting:
        return reference.target_meeting.pk == step.meeting.pk
    same_name = slug(reference.committee_name) == slug(step.committee)
    return reference.date == step.day and same_name


def _texts(quoted: Sequence[Reference]) -> dict[tuple[int, int | None], str]:
    """The quoted decisions as they are shown for reading, by item and place. One query."""
    sections = Section.objects.filter(
        kind=SectionKind.PRIOR_DECISION, item__in={each.item_id for each in quoted}
    )
    return {(each.item_id, each.start): each.text for each in sections}


def _order(step: Step) -> tuple[date, int, int]:
    """By day; of one day as their committees met, as far as that is known."""
    return step.day, step.meeting.pk if step.meeting else 0, step.item.position if step.item else 0


def _in(reference: Reference, items: set[int]) -> bool:
    return reference.target_item is not None and reference.target_item.pk in items


def _once(mentions: Sequence[Reference]) -> list[Reference]:
    """Mentions in order of the day they name, what is mentioned twice in one item once."""
    found = {
        (each.item_id, slug(each.committee_name), each.date, each.item_number): each
        for each in reversed(mentions)
    }
    return sorted(found.values(), key=lambda each: (each.date or date.min, each.item_id, each.position))
