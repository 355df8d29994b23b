"""What stands under the headings of an item that are not decisions."""

from collections.abc import Callable

from minutes.reader.records import Absence, CaseFlowStep
from synthetic.agenda import filled
from synthetic.days import spelled
from synthetic.forms.items import Desk
from synthetic.paragraphs import Paragraph

Body = Callable[[Desk], list[Paragraph]]


def resume(desk: Desk) -> list[Paragraph]:
    return list(desk.item.told) if desk.matter else []


def presentation(desk: Desk) -> list[Paragraph]:
    """The story of a matter, or what a standing item tells."""
    return _story(desk, "\n")


def spaced_presentation(desk: Desk) -> list[Paragraph]:
    """The same with the points of a matter's lists apart."""
    return _story(desk, "\n\n" if desk.matter else "\n")


def _story(desk: Desk, apart: str) -> list[Paragraph]:
    listed = desk.layout.setting.listed
    texts = desk.matter.story if desk.matter else desk.item.news
    return [
        listed(text[2:].split("|"), apart) if text.startswith("- ") else Paragraph(text) for text in texts
    ]


def economy(desk: Desk) -> list[Paragraph]:
    matter = desk.matter
    if not matter or matter.follow_up or not matter.topic.economy:
        return []
    paragraphs = [Paragraph(filled(matter.topic.economy, matter.slots))]
    if matter.table:
        paragraphs.append(Paragraph("\n".join("\t".join(row) for row in matter.table)))
    return paragraphs


def attachments(desk: Desk) -> list[Paragraph]:
    """The titles, a line each."""
    return [Paragraph("\n".join(titles))] if (titles := attached(desk)) else []


def attachments_apart(desk: Desk) -> list[Paragraph]:
    return [Paragraph(title) for title in attached(desk)]


def attached(desk: Desk) -> tuple[str, ...]:
    """The titles, which the item is said to have."""
    if matter := desk.matter:
        titles = ("Statusnotat",) if matter.follow_up else matter.topic.attachments
        desk.attachments = tuple(title.format_map(matter.slots) for title in titles)
    return desk.attachments


def case_flow(line: str, *, with_this: bool = False) -> Body:
    """The committees that had the case, on lines with {body} and {day}; this one too if so asked."""

    def body(desk: Desk) -> list[Paragraph]:
        if not desk.matter or desk.matter.follow_up:
            return []
        before = [
            (step.committee.name, step.day) for step in desk.matter.steps if step.day < desk.meeting.day
        ]
        steps = before + ([(desk.meeting.committee.name, desk.meeting.day)] if with_this or before else [])
        desk.case_flow = tuple(CaseFlowStep(committee=name, date=day.isoformat()) for name, day in steps)
        lines = [line.format(body=name, day=spelled(day)) for name, day in steps]
        return [Paragraph("\n".join(lines))] if lines else []

    return body


def points(
    intro: str,
    mark: str = "{n}. at ",
    apart: str = "\n",
    *,
    punctuated: bool = True,
    as_list: bool = True,
) -> Body:
    """A recommendation's points after its `intro`, which may name {body} and the {department}.

    A list reads as one paragraph with a line for each point, otherwise each is a paragraph.
    """

    def body(desk: Desk) -> list[Paragraph]:
        if not desk.matter:
            return []
        committee = desk.meeting.committee
        words = desk.item.points
        ends = [","] * (len(words) - 1) + ["" if words[-1].endswith(".") else "."]
        lines = [
            f"{mark.format(n=n)}{point}{end if punctuated else ''}"
            for n, (point, end) in enumerate(zip(words, ends, strict=True), 1)
        ]
        clean = [" ".join(line.split()) for line in lines]
        if as_list:
            listed = [Paragraph(apart.join(lines), "\n".join(clean))]
        else:
            listed = [Paragraph(*each) for each in zip(lines, clean, strict=True)]
        before = intro.format(body=committee.in_text, department=committee.department)
        return [Paragraph(before), *listed] if before else listed

    return body


def absent_names(desk: Desk) -> list[Paragraph]:
    """The absent of the meeting, a paragraph each."""
    if desk.item.closed:
        return []
    desk.absent += [Absence(name=member.name) for member in desk.meeting.absent]
    return [Paragraph(member.name) for member in desk.meeting.absent]


def in_matters(words: str) -> Body:
    """The same words under every matter."""
    return lambda desk: [Paragraph(words)] if desk.matter else []
