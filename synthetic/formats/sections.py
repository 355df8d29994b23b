"""Bodies of the sections that are not decisions."""

from collections.abc import Callable

from minutes.reader.records import Absence, CaseFlowStep
from synthetic.cases import fill_slots
from synthetic.dates import long_date
from synthetic.formats.item_renderer import ItemRenderer
from synthetic.paragraphs import Paragraph

Body = Callable[[ItemRenderer], list[Paragraph]]


def resume(renderer: ItemRenderer) -> list[Paragraph]:
    return list(renderer.item.resume)


def presentation(renderer: ItemRenderer) -> list[Paragraph]:
    """Return the presentation of a case, or the announcements of a standing item."""
    return _presentation(renderer, "\n")


def spaced_presentation(renderer: ItemRenderer) -> list[Paragraph]:
    """Return the presentation with empty lines between the points of a case's lists."""
    return _presentation(renderer, "\n\n" if renderer.case else "\n")


def _presentation(renderer: ItemRenderer, separator: str) -> list[Paragraph]:
    texts = renderer.case.presentation if renderer.case else renderer.item.announcements
    bullet_list = renderer.layout.typography.bullet_list
    return [
        bullet_list(text[2:].split("|"), separator) if text.startswith("- ") else Paragraph(text)
        for text in texts
    ]


def economy(renderer: ItemRenderer) -> list[Paragraph]:
    case = renderer.case
    if not case or case.is_follow_up or not case.topic.economy:
        return []
    paragraphs = [Paragraph(fill_slots(case.topic.economy, case.slots))]
    if case.budget_table:
        paragraphs.append(Paragraph("\n".join("\t".join(row) for row in case.budget_table)))
    return paragraphs


def attachments(renderer: ItemRenderer) -> list[Paragraph]:
    """Return one paragraph with a line per attachment."""
    titles = attachment_titles(renderer)
    return [Paragraph("\n".join(titles))] if titles else []


def separate_attachments(renderer: ItemRenderer) -> list[Paragraph]:
    """Return one paragraph per attachment."""
    return [Paragraph(title) for title in attachment_titles(renderer)]


def attachment_titles(renderer: ItemRenderer) -> tuple[str, ...]:
    """Return the titles and record them as the item's attachments."""
    if case := renderer.case:
        titles = ("Statusnotat",) if case.is_follow_up else case.topic.attachments
        renderer.attachments = tuple(title.format_map(case.slots) for title in titles)
    return renderer.attachments


def case_flow(line: str, *, include_current: bool = False) -> Body:
    """Return a body that lists the committees that have treated the case.

    `line` has the slots {committee} and {day}. The current meeting is listed after earlier ones, and with
    `include_current` even without them.
    """

    def body(renderer: ItemRenderer) -> list[Paragraph]:
        case, meeting = renderer.case, renderer.meeting
        if not case or case.is_follow_up:
            return []
        steps = [(step.committee.name, step.day) for step in case.steps if step.day < meeting.day]
        if steps or include_current:
            steps.append((meeting.committee.name, meeting.day))
        renderer.case_flow = tuple(CaseFlowStep(committee=name, date=day.isoformat()) for name, day in steps)
        lines = [line.format(committee=name, day=long_date(day)) for name, day in steps]
        return [Paragraph("\n".join(lines))] if lines else []

    return body


def recommendation(
    introduction: str,
    mark: str = "{n}. at ",
    separator: str = "\n",
    *,
    punctuated: bool = True,
    as_list: bool = True,
) -> Body:
    """Return a body with the points of a recommendation, each preceded by `mark`.

    Slots of the introduction are {committee} and {department}. A list is one paragraph whose clean text has a
    line per point; otherwise each point is a paragraph.
    """

    def body(renderer: ItemRenderer) -> list[Paragraph]:
        if not renderer.case:
            return []
        points = renderer.item.points
        ends = [","] * (len(points) - 1) + ["" if points[-1].endswith(".") else "."]
        lines = [
            f"{mark.format(n=n)}{point}{end if punctuated else ''}"
            for n, (point, end) in enumerate(zip(points, ends, strict=True), 1)
        ]
        clean_lines = [" ".join(line.split()) for line in lines]
        if as_list:
            paragraphs = [Paragraph(separator.join(lines), "\n".join(clean_lines))]
        else:
            paragraphs = [Paragraph(line, clean) for line, clean in zip(lines, clean_lines, strict=True)]
        committee = renderer.meeting.committee
        first = introduction.format(committee=committee.name_in_text, department=committee.department)
        return [Paragraph(first), *paragraphs] if first else paragraphs

    return body


def absent_members(renderer: ItemRenderer) -> list[Paragraph]:
    """Return the members absent from the meeting, one paragraph each."""
    if renderer.item.closed:
        return []
    absent = renderer.meeting.absent
    renderer.absent += [Absence(name=member.name) for member in absent]
    return [Paragraph(member.name) for member in absent]


def fixed_text(text: str) -> Body:
    """Return a body with the same text for every case."""
    return lambda renderer: [Paragraph(text)] if renderer.case else []
