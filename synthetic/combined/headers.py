"""Headers composed of a title, labelled facts and lists of people, each in a form of its own."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from minutes.reader.records import Absence, Participant, Substitute
from minutes.vocabulary import MeetingKind
from synthetic.dates import english_date, long_date, numeric_date, weekday
from synthetic.formats.minutes_format import Header
from synthetic.meetings import Meeting
from synthetic.municipalities import Member, Municipality
from synthetic.votes import join_words

DATES: dict[str, Callable[[date], str]] = {
    "14. januar 2020": long_date,
    "14-01-2020": numeric_date,
    "14.01.2020": lambda day: f"{day:%d.%m.%Y}",
    "Tirsdag den 14. januar 2020": lambda day: f"{weekday(day)} den {long_date(day)}",
    "Tirsdag d. 14. januar 2020": lambda day: f"{weekday(day)} d. {long_date(day)}",
    "den 14. januar 2020": lambda day: f"den {long_date(day)}",
    "Tirsdag, January 14, 2020": lambda day: f"{weekday(day)}, {english_date(day)}",
    "14/1/2020": lambda day: f"{day.day}/{day.month}/{day.year}",
}
# {body}, {date}; the municipality's name precedes some of them.
TITLES = (
    "REFERAT {body} d. {date}",
    "REFERAT\n\n{body}",
    "{body}\n\nReferat",
    "{body} - Referat",
    "Referat\n{body}",
    "Referat fra møde i {body}",
    "Referat af møde i {body}",
    "Beslutningsprotokol\n\n{body}",
    "BESLUTNINGSPROTOKOL\n{body}",
    "{body} - {date}\n\nReferat",
    "Protokol for {body}",
    "Møde i {body}\n\nREFERAT",
    "{body} Referat",
    "REFERAT {body}",
    "Ekstraordinært møde i {body}\n\nReferat",
    "{body} (ekstraordinært)\n\nReferat",
)
# Titles that leave the body to a label.
_LABELLED_TITLES = ("Referat", "REFERAT", "Beslutningsprotokol", "Mødereferat")
SENTENCES = (
    "Referat til mødet i {body} den {long_date} kl. {time} i {place}",
    "Referat af mødet i {body} {day_name} den {long_date} kl. {time} i {place}",
    "{body} holdt møde {day_name} den {long_date} kl. {time} i {place}\n\nReferat",
    "Referat\n{body}\n{Day_name} den {long_date} kl. {time}\n{place}",
    "{body}\n\nReferat\n\n{Day_name} d. {long_date} kl. {time}\n\ni {place}",
    "{body}\nBESLUTNINGSPROTOKOL\nfra ordinært møde {day_name} den {long_date} kl. {time} i {place}",
    "{body} - {date} kl. {time}\n\n{place}\n\nReferat",
    "Referat fra {body}s møde den {long_date} i {place} kl. {time} - 21.00",
    "{body}\n\n{Day_name} den {long_date} kl. {time} i {place}\n\nReferat",
)
_BODY_LABELS = ("Udvalg", "Udvalg", "Udvalgsnavn", "Organ", "Forum", "UDVALG/RÅD")
_TIMES = (
    "{time}",
    "kl. {time}",
    "Kl. {time}",
    "{dotted}",
    "kl. {dotted}",
    "{dotted}-21.30",
    "{time} - 21:30",
)
_DATE_LABELS = ("Mødedato", "Dato", "Mødedag")
_TIME_LABELS = ("Mødetidspunkt", "Tidspunkt", "Tid", "Starttidspunkt", "Klokken", "Mødestart")
_PLACE_LABELS = ("Mødested", "Sted", "Lokale", "Mødelokale")
_MEMBER_LABELS = ("Medlemmer", "Mødedeltagere", "Deltagere", "Til stede", "Fremmødte")
_ABSENT_LABELS = ("Fraværende", "Afbud", "Afbud fra", "Fraværende med afbud", "Ikke til stede")
# Between a label and its value.
SEPARATORS = (": ", ": ", ":\t", " ", ":\n", "\n", "\n\n", "")
LABELS_FIRST = "labels first"  # the separator of a header with all labels above all values
_ABSENCE_SENTENCES = (
    "{names} havde meldt afbud.",
    "{names} var fraværende.",
    "{names} deltog ikke i mødet.",
    "Fraværende var {names}.",
    "Alle medlemmer var til stede, bortset fra {names}, der havde meldt afbud.",
)
# {absent} and {substitute}, each with the party.
_SUBSTITUTIONS = (
    "{absent} - {substitute} mødte som stedfortræder",
    "{absent}. I stedet deltog {substitute}.",
    "{substitute} deltog i stedet for {absent}.",
    "{substitute} var indkaldt som stedfortræder for {absent}.",
)
_ABSENCES_IN_LIST = (" (fraværende)", " (fravær)", " (afbud)", " (syg)", " - afbud")
PEOPLE_LAYOUTS = ("comma list", "line each", "bullet each", "and list")
PARTY_FORMS = ("{name} ({party})", "{name}, {party}", "{name}", "{name} ({party})")
ABSENCE_PLACES = ("label", "in the list", "sentence", "none")


@dataclass(frozen=True)
class HeaderForm:
    """The drawn form of a header. An empty `title` means a sentence that states everything."""

    title: str
    sentence: str
    date_form: str
    separator: str
    gap: str  # between labelled facts
    labels: tuple[str, str, str, str, str, str]  # body, date, time, place, members, absent
    labelled_body: bool
    time_with_date: bool
    time_form: str  # with {time} or {dotted}
    people: str
    party_form: str
    absence: str
    absence_words: tuple[str, str]  # a sentence with {names}, and what is printed behind a name
    substitution: str  # how substitutes are printed; "" for none
    only_present: bool
    contents: str
    names_municipality: bool

    def __call__(self, municipality: Municipality, meeting: Meeting, pages: Sequence[int]) -> Header:
        """Return the text before the items and the facts that it states."""
        parts = [f"{municipality.name} Kommune"] if self.names_municipality else []
        parts += self._title_and_facts(meeting)
        absent = tuple(_absence(member, self.party_form) for member in meeting.absent)
        fields = self._fields(meeting, absent)
        parts += self._people(meeting)
        if self.substitution and meeting.absent and self.absence == "label":
            substitutes = self._substitutes(municipality, meeting)
            label = [f"{self.labels[-1]}:"] if self.substitution.startswith("{absent}") else []
            parts.append("\n".join((*label, *self._substitution_lines(meeting, substitutes))))
            fields = fields | {"substitutes": substitutes}
        parts += self._contents(meeting, pages)
        return Header("\n\n".join(parts) + "\n\n", fields)

    def _title_and_facts(self, meeting: Meeting) -> list[str]:
        committee, day = meeting.committee, meeting.day
        body_label, date_label, time_label, place_label, _, _ = self.labels
        slots = {
            "body": committee.name,
            "date": numeric_date(day),
            "long_date": long_date(day),
            "day_name": weekday(day).lower(),
            "Day_name": weekday(day),
            "time": committee.time.replace(":", "."),
            "place": committee.place,
        }
        if self.sentence:
            return [self.sentence.format_map(slots)]
        printed_date = DATES[self.date_form](day)
        printed_time = self.time_form.format(time=committee.time, dotted=committee.time.replace(":", "."))
        facts = [(body_label, committee.name)] if self.labelled_body else []
        if self.time_with_date:
            facts.append((date_label, f"{printed_date} kl. {committee.time}"))
        else:
            facts += [(date_label, printed_date), (time_label, printed_time)]
        facts.append((place_label, committee.place))
        title = self.title.format_map(slots)
        if self.separator == LABELS_FIRST:
            labels, values = zip(*facts, strict=True)
            return [title, "\n".join(f"{label}:" for label in labels), "\n".join(values)]
        return [title, self.gap.join(f"{label}{self.separator}{value}" for label, value in facts)]

    def _fields(self, meeting: Meeting, absent: tuple[Absence, ...]) -> dict[str, Any]:
        fields: dict[str, Any] = {"start_time": meeting.committee.time, "location": meeting.committee.place}
        if "kstraordinært" in self.title and not self.sentence:
            fields["kind"] = MeetingKind.EXTRAORDINARY
        if self.absence != "none":
            fields["absent"] = absent
        if self.people:
            listed = meeting.present
            if self.absence == "none" and not self.only_present:
                listed = meeting.committee.members
            fields["participants"] = tuple(
                Participant(name=member.name, party=member.party if "{party}" in self.party_form else None)
                for member in listed
            )
        return fields

    def _people(self, meeting: Meeting) -> list[str]:
        """Return the list of members and what is said of the absent."""
        *_, members_label, absent_label = self.labels
        parts = []
        if self.people:
            in_list = self.absence == "in the list"
            members = meeting.present if self.only_present and not in_list else meeting.committee.members
            names = [
                self._name(member) + (self.absence_words[1] if in_list and member in meeting.absent else "")
                for member in members
            ]
            parts.append(self._list(members_label, names))
        if meeting.absent and self.absence == "label" and not self.substitution:
            parts.append(self._list(absent_label, [self._name(member) for member in meeting.absent]))
        if meeting.absent and self.absence == "sentence":
            names = [self._name(member) for member in meeting.absent]
            parts.append(self.absence_words[0].format(names=join_words(names)))
        return parts

    def _substitutes(self, municipality: Municipality, meeting: Meeting) -> tuple[Substitute, ...]:
        return tuple(
            Substitute(
                name=municipality.invent_name(municipality.random),
                party=member.party if "{party}" in self.party_form else None,
                absentee=member.name,
            )
            for member in meeting.absent
        )

    def _substitution_lines(self, meeting: Meeting, substitutes: Sequence[Substitute]) -> Iterator[str]:
        for member, substitute in zip(meeting.absent, substitutes, strict=True):
            name = self.party_form.format(name=substitute.name, party=member.party)
            yield self.substitution.format(absent=self._name(member), substitute=name)

    def _name(self, member: Member) -> str:
        return self.party_form.format(name=member.name, party=member.party)

    def _list(self, label: str, names: Sequence[str]) -> str:
        layout = self.people or "comma list"
        if layout == "line each":
            return "\n".join((f"{label}:", *names))
        if layout == "bullet each":
            return "\n".join((f"{label}:", *(f"• {name}" for name in names)))
        if layout == "and list" and self.party_form != "{name}, {party}":
            return f"{label}: {join_words(names)}"
        separator = "; " if self.party_form == "{name}, {party}" else ", "
        return f"{label}: {separator.join(names)}"

    def _contents(self, meeting: Meeting, pages: Sequence[int]) -> list[str]:
        if not self.contents:
            return []
        lines = []
        for item, page in zip(meeting.items, pages, strict=True):
            mark = " (LUKKET)" if item.closed else ""
            if self.contents == "dotted":
                lines.append(f"{item.number}. {item.title}{mark} {'.' * 12} {page}")
            else:
                lines.append(f"{item.number}. {item.title}{mark}")
        return ["Indholdsfortegnelse", "\n".join(lines)]


def _absence(member: Member, party_form: str) -> Absence:
    return Absence(name=member.name, party=member.party if "{party}" in party_form else None)


def draw_header(random: Random) -> HeaderForm:
    """Draw a form of header, each of its properties by itself."""
    sentence = random.choice(SENTENCES) if random.random() < 0.3 else ""
    labelled_body = not sentence and random.random() < 0.3
    people = random.choice((*PEOPLE_LAYOUTS, ""))
    absence = random.choice(ABSENCE_PLACES)
    if absence == "in the list" and not people:
        absence = "label"
    return HeaderForm(
        title=random.choice(_LABELLED_TITLES if labelled_body else TITLES),
        sentence=sentence,
        date_form=random.choice(tuple(DATES)),
        separator=LABELS_FIRST if random.random() < 0.08 else random.choice(SEPARATORS),
        gap=random.choice(("\n", "\n\n")),
        labels=(
            random.choice(_BODY_LABELS),
            random.choice(_DATE_LABELS),
            random.choice(_TIME_LABELS),
            random.choice(_PLACE_LABELS),
            random.choice(_MEMBER_LABELS),
            random.choice(_ABSENT_LABELS),
        ),
        labelled_body=labelled_body,
        time_with_date=random.random() < 0.4,
        time_form=random.choice(_TIMES),
        people=people,
        party_form=random.choice(PARTY_FORMS),
        absence=absence,
        absence_words=(random.choice(_ABSENCE_SENTENCES), random.choice(_ABSENCES_IN_LIST)),
        substitution=random.choice(_SUBSTITUTIONS) if random.random() < 0.3 else "",
        only_present=random.random() < 0.5,
        contents=random.choice(("", "", "plain", "dotted")),
        names_municipality=random.random() < 0.3,
    )
