"""Meetings, their agenda items, and the items' sections and attachments."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from minutes.item_facts import LABELS
from minutes.models.places import Committee
from minutes.models.sources import DOCUMENT_KINDS, Reading
from minutes.models.states import State
from minutes.models.topics import topic_label
from minutes.vocabulary import DocumentKind, MeetingKind, Outcome, SectionKind

# A supplement has no kind of its own: it adds items to a meeting of one of these kinds.
MEETING_KINDS = [
    (MeetingKind.ORDINARY.value, _("Ordinært møde")),
    (MeetingKind.EXTRAORDINARY.value, _("Ekstraordinært møde")),
]
OUTCOMES = [
    (Outcome.APPROVED.value, _("Godkendt")),
    (Outcome.NOTED.value, _("Taget til efterretning")),
    (Outcome.RECOMMENDED.value, _("Anbefalet")),
    (Outcome.DISCUSSED.value, _("Drøftet")),
    (Outcome.POSTPONED.value, _("Udsat")),
    (Outcome.REJECTED.value, _("Forkastet")),
    (Outcome.WITHDRAWN.value, _("Taget af dagsordenen")),
    (Outcome.OTHER.value, _("Anden beslutning")),
    (Outcome.NONE.value, _("Ingen beslutning")),
]
SECTION_KINDS = [
    (SectionKind.RESUME.value, _("Resumé")),
    (SectionKind.RECOMMENDATION.value, _("Indstilling")),
    (SectionKind.DECISION.value, _("Beslutning")),
    (SectionKind.PRESENTATION.value, _("Sagsfremstilling")),
    (SectionKind.BACKGROUND.value, _("Baggrund")),
    (SectionKind.ADMINISTRATION_REMARKS.value, _("Forvaltningens bemærkninger")),
    (SectionKind.ECONOMY.value, _("Økonomi")),
    (SectionKind.ATTACHMENTS.value, _("Bilag")),
    (SectionKind.CASE_FLOW.value, _("Sagens gang")),
    (SectionKind.COMMUNICATION.value, _("Kommunikation")),
    (SectionKind.ABSENT.value, _("Fraværende")),
    (SectionKind.PRIOR_DECISION.value, _("Tidligere beslutning")),
    (SectionKind.CONTACTS.value, _("Kontakt")),
    (SectionKind.OTHER.value, _("Tekst")),
]


def meeting_slug(day: date, sequence: int) -> str:
    """Return the meeting's part of its address: "2020-01-14", for a second one that day "2020-01-14-2"."""
    return day.isoformat() if sequence == 1 else f"{day.isoformat()}-{sequence}"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def published(self) -> Self:
        """Return the meetings that public pages may show."""
        return self.filter(state=State.PUBLISHED)

    def of_committee(self, committee: Committee) -> Self:
        """Return the committee's meetings, also those joint with another committee."""
        return self.filter(committees=committee)

    def with_places(self) -> Self:
        """Load committee and municipality by joins, for links and headings."""
        return self.select_related("committee__municipality")

    def with_item_counts(self) -> Self:
        """Annotate `item_count` and `contested_count`, by two sub-queries."""
        items = AgendaItem.objects.filter(meeting=OuterRef("pk")).order_by().values("meeting")
        return self.annotate(
            item_count=Coalesce(Subquery(items.annotate(n=Count("pk")).values("n")), 0),
            contested_count=Coalesce(
                Subquery(items.filter(contested=True).annotate(n=Count("pk")).values("n")), 0
            ),
        )

    def newest_first(self) -> Self:
        return self.order_by("-date", "-id")


class Meeting(models.Model):
    """A meeting of a committee; `sequence` numbers the meetings of one day and is never reused.

    `date` and the times are local and naive. The fields and items are the projection of the current
    readings, written by `publishing.projection`.
    """

    date = models.DateField(_("dato"))
    sequence = models.PositiveSmallIntegerField(_("møde nr. den dag"), default=1)
    start_time = models.TimeField(_("begynder"), null=True, blank=True)
    # Entered by staff; the reader does not read it.
    end_time = models.TimeField(_("slutter"), null=True, blank=True)
    location = models.CharField(_("sted"), max_length=300, blank=True)
    term = models.CharField(_("valgperiode"), max_length=20, blank=True)
    kind = models.CharField(
        _("mødets art"), max_length=15, choices=MEETING_KINDS, default=MeetingKind.ORDINARY.value
    )
    document = models.CharField(
        _("dokument"), max_length=10, choices=DOCUMENT_KINDS, default=DocumentKind.MINUTES.value
    )
    cancelled = models.BooleanField(_("aflyst"), default=False)
    committee_as_printed = models.CharField(_("udvalg i dokumentet"), max_length=300, blank=True)
    state = models.CharField(_("tilstand"), max_length=10, choices=State, default=State.DRAFT)
    published_at = models.DateTimeField(_("offentliggjort"), null=True, blank=True)
    # When minutes replaced an agenda that had been published; null where the minutes were published first.
    minutes_at = models.DateTimeField(_("referat kom"), null=True, blank=True)
    created_at = models.DateTimeField(_("oprettet"), auto_now_add=True)
    updated_at = models.DateTimeField(_("ændret"), auto_now=True)
    # When search last indexed the meeting or removed it from the index.
    indexed_at = models.DateTimeField(_("indekseret"), null=True, blank=True)
    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="meetings", verbose_name=_("udvalg")
    )
    # The other committees of a joint meeting. Its address is that of `committee`.
    joint_committees = models.ManyToManyField(
        Committee, blank=True, related_name="joint_meetings", verbose_name=_("fælles med")
    )
    # All committees of the meeting. Every count and filter by committee uses this relation.
    committees = models.ManyToManyField(
        Committee,
        through="MeetingCommittee",
        related_name="all_meetings",
        verbose_name=_("udvalg og fællesudvalg"),
        editable=False,
    )
    # The first of two users who must both approve it for publication.
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("godkendt af den første"),
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ("-date", "-id")
        verbose_name = _("møde")
        verbose_name_plural = _("møder")
        permissions = (
            ("upload", _("Indlæse referater")),
            ("publish", _("Offentliggøre og trække tilbage")),
            ("correct", _("Rette")),
            ("redact", _("Fjerne tekst")),
            ("take_down", _("Tage ned")),
            ("judge_hits", _("Vurdere CPR-fund")),
        )
        constraints = (
            models.UniqueConstraint(fields=["committee", "date", "sequence"], name="meeting_identity_unique"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="meeting_sequence_from_one"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="meeting_state_known"),
        )
        indexes = (
            # The front page, the meetings list.
            models.Index(
                fields=["-date", "-id"], condition=Q(state="published"), name="meeting_published_newest"
            ),
            # A committee's page, the previous and the next meeting.
            models.Index(fields=["committee", "-date", "-id"], name="meeting_of_committee"),
        )

    def __str__(self) -> str:
        return f"{self.committee} {self.date.isoformat()}"

    def get_absolute_url(self) -> str:
        """Needs `committee.municipality` loaded (`with_places`)."""
        return reverse("meeting", args=[self.committee.municipality.slug, self.committee.slug, self.slug])

    @property
    def slug(self) -> str:
        """The meeting's part of its address: "2020-01-14", for a second one that day "2020-01-14-2"."""
        return meeting_slug(self.date, self.sequence)

    @cached_property
    def current_reading_ids(self) -> frozenset[int]:
        """The ids of the current readings. One query, the first time."""
        return frozenset(self.readings.filter(current=True).values_list("pk", flat=True))

    @property
    def key(self) -> str:
        """The meeting's identity in text: "randers/byraadet/2020-01-14". Needs `with_places`."""
        return f"{self.committee.municipality.slug}/{self.committee.slug}/{self.slug}"


class MeetingCommittee(models.Model):
    """A committee of a meeting: its own, or another one of a joint meeting. A database view."""

    pk = models.CompositePrimaryKey("meeting_id", "committee_id")
    meeting = models.ForeignKey(Meeting, models.DO_NOTHING, related_name="+", verbose_name=_("møde"))
    committee = models.ForeignKey(Committee, models.DO_NOTHING, related_name="+", verbose_name=_("udvalg"))

    class Meta:
        managed = False
        db_table = "minutes_meeting_committees"
        verbose_name = _("mødets udvalg")
        verbose_name_plural = _("mødernes udvalg")

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.committee_id}"


class FormerAddress(models.Model):
    """An address of a meeting before its date or committee was corrected. It is never reused."""

    date = models.DateField(_("dato"))
    sequence = models.PositiveSmallIntegerField(_("møde nr. den dag"), default=1)
    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="former_addresses", verbose_name=_("udvalg")
    )
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="former_addresses", verbose_name=_("møde")
    )

    class Meta:
        ordering = ("meeting", "id")
        verbose_name = _("tidligere adresse")
        verbose_name_plural = _("tidligere adresser")
        constraints = (
            models.UniqueConstraint(
                fields=["committee", "date", "sequence"], name="formeraddress_identity_unique"
            ),
        )

    def __str__(self) -> str:
        return f"{self.committee} {self.date.isoformat()}"

    @property
    def key(self) -> str:
        """The former `Meeting.key`. Needs `committee.municipality` loaded."""
        slug = meeting_slug(self.date, self.sequence)
        return f"{self.committee.municipality.slug}/{self.committee.slug}/{slug}"


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def published(self) -> Self:
        """Return the items that public pages may show."""
        return self.filter(meeting__state=State.PUBLISHED)

    def on_topic(self, topic: str) -> Self:
        """Return the items on a topic, by its key (`minutes.topics.LABELS`)."""
        return self.filter(topic=topic)

    def with_places(self) -> Self:
        """Load meeting, committee and municipality by joins."""
        return self.select_related("meeting__committee__municipality")

    def as_lines(self) -> Self:
        """Load what a line of a list shows (title, outcome, place, date), without the long texts."""
        place_fields = ("name", "slug", "municipality__name", "municipality__slug")
        return self.with_places().only(
            *("slug", "title", "outcome", "contested"),
            *("meeting__date", "meeting__sequence", "meeting__cancelled"),
            *(f"meeting__committee__{field}" for field in place_fields),
        )


class AgendaItem(models.Model):
    """An item of a meeting's agenda. Its slug is permanent: a re-import pairs new items with old ones."""

    position = models.PositiveSmallIntegerField(_("plads"))
    number = models.CharField(LABELS["number"], max_length=30, blank=True)
    slug = models.SlugField(_("adresse"), max_length=40)
    title = models.TextField(LABELS["title"])
    closed = models.BooleanField(LABELS["closed"], default=False)
    decision = models.TextField(LABELS["decision"], blank=True)
    outcome = models.CharField(LABELS["outcome"], max_length=15, choices=OUTCOMES, default=Outcome.NONE.value)
    # Somebody voted against, abstained or entered a reservation (`publishing.projection`).
    contested = models.BooleanField(LABELS["contested"], default=False)
    # A key of `minutes.topics`, by the item's case number.
    topic = models.CharField(LABELS["topic"], max_length=30, blank=True, default="")
    case_officer = models.CharField(LABELS["case_officer"], max_length=100, blank=True)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items", verbose_name=_("møde"))
    reading = models.ForeignKey(Reading, models.PROTECT, related_name="items", verbose_name=_("læsning"))
    reading_index = models.PositiveSmallIntegerField(_("plads i læsningen"), default=0)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ("meeting", "position", "id")
        verbose_name = _("punkt")
        verbose_name_plural = _("punkter")
        constraints = (
            models.UniqueConstraint(fields=["meeting", "slug"], name="agendaitem_slug_unique"),
            models.CheckConstraint(condition=~Q(slug=""), name="agendaitem_slug_not_empty"),
        )
        indexes = (
            # A meeting's agenda in order.
            models.Index(fields=["meeting", "position"], name="agendaitem_in_meeting"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    def get_absolute_url(self) -> str:
        """Needs `meeting.committee.municipality` loaded (`with_places`)."""
        committee = self.meeting.committee
        return reverse(
            "item", args=[committee.municipality.slug, committee.slug, self.meeting.slug, self.slug]
        )

    @property
    def topic_label(self) -> str:
        """The Danish label of the topic; "" for none."""
        return topic_label(self.topic)


class Section(models.Model):
    """A section of an item. `text` is tidied for display; as printed it is the reading's text[start:end]."""

    position = models.PositiveSmallIntegerField(_("plads"))
    heading = models.CharField(_("overskrift"), max_length=300, blank=True)
    kind = models.CharField(_("art"), max_length=25, choices=SECTION_KINDS)
    text = models.TextField(_("tekst"), blank=True)
    start = models.PositiveIntegerField(_("fra tegn"))
    end = models.PositiveIntegerField(_("til tegn"))
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="sections", verbose_name=_("punkt"))

    class Meta:
        ordering = ("item", "position")
        verbose_name = _("afsnit")
        verbose_name_plural = _("afsnit")
        constraints = (
            models.UniqueConstraint(fields=["item", "position"], name="section_position_unique"),
            models.CheckConstraint(condition=Q(start__lte=models.F("end")), name="section_span_forward"),
        )

    def __str__(self) -> str:
        return self.heading or self.get_kind_display()


class Attachment(models.Model):
    position = models.PositiveSmallIntegerField(_("plads"))
    title = models.TextField(_("titel"))
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="attachments", verbose_name=_("punkt"))

    class Meta:
        ordering = ("item", "position")
        verbose_name = _("bilag")
        verbose_name_plural = _("bilag")
        constraints = (
            models.UniqueConstraint(fields=["item", "position"], name="attachment_position_unique"),
        )

    def __str__(self) -> str:
        return self.title
