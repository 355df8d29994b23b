"""Parties and people, and what the minutes say of them besides votes: attendance and statements."""

from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minutes.models.danish import SortKey
from minutes.models.meetings import AgendaItem, Meeting
from minutes.models.places import Committee, Municipality
from minutes.models.states import State


def _published_votes() -> Any:
    # By name: the module of KnownVote imports this one.
    return apps.get_model("minutes", "KnownVote")._default_manager.filter(
        ballot__item__meeting__state=State.PUBLISHED
    )


class Party(models.Model):
    """A party or list in a municipality for a period, identified by its letter, else its printed name."""

    letter = models.CharField(_("bogstav eller navn i referatet"), max_length=60)
    name = models.CharField(_("navn"), max_length=200, blank=True)
    valid_from = models.DateField(_("fra"), null=True, blank=True)
    valid_to = models.DateField(_("til"), null=True, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="parties", verbose_name=_("kommune")
    )

    class Meta:
        ordering = ("municipality", "letter", "valid_from")
        verbose_name = _("parti")
        verbose_name_plural = _("partier")
        constraints = (
            models.UniqueConstraint(
                fields=["municipality", "letter", "valid_from"],
                nulls_distinct=False,
                name="party_letter_unique",
            ),
        )

    def __str__(self) -> str:
        return self.name or self.letter


class PersonQuerySet(models.QuerySet["Person"]):
    def published(self) -> Self:
        """Return members with an attendance, vote, reservation or referral in a published meeting.

        A deduced vote is enough. Remarks do not count, because guests have remarks too.
        """
        statements = Statement.objects.published().exclude(kind=Statement.Kind.REMARK)
        return self.filter(
            Exists(Attendance.objects.published().filter(person=OuterRef("pk")))
            | Exists(_published_votes().filter(person=OuterRef("pk")))
            | Exists(statements.filter(people=OuterRef("pk")))
        )

    def namesakes_of(self, person: "Person") -> Self:
        """Return the other people of the same name in the municipality."""
        return self.filter(municipality=person.municipality_id, name=person.name).exclude(pk=person.pk)


class Person(models.Model):
    """An elected member of a municipality's council or committees. Guests and citizens are text only."""

    name = models.CharField(_("navn"), max_length=200)
    slug = models.SlugField(_("adresse"), max_length=200)
    # What tells namesakes apart: a party, a committee or years.
    distinction = models.CharField(_("kendetegn"), max_length=60, blank=True)
    sort_key = SortKey()
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="people", verbose_name=_("kommune")
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ("sort_key", "id")
        verbose_name = _("person")
        verbose_name_plural = _("personer")
        constraints = (
            models.UniqueConstraint(fields=["municipality", "slug"], name="person_slug_unique"),
            models.CheckConstraint(condition=~Q(slug=""), name="person_slug_not_empty"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.distinction})" if self.distinction else self.name

    def get_absolute_url(self) -> str:
        """Needs `municipality` loaded."""
        return reverse("person", args=[self.municipality.slug, self.slug])


class PersonAlias(models.Model):
    """Another spelling of a person's name, merged by staff."""

    name = models.CharField(_("navn"), max_length=200)
    slug = models.SlugField(_("adresse"), max_length=200)
    made_at = models.DateTimeField(_("hvornår"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("af"),
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="aliases", verbose_name=_("person"))
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="person_aliases", verbose_name=_("kommune")
    )

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("anden stavemåde")
        verbose_name_plural = _("andre stavemåder")
        constraints = (
            models.UniqueConstraint(fields=["municipality", "slug"], name="personalias_slug_unique"),
        )

    def __str__(self) -> str:
        return self.name


class PersonSplit(models.Model):
    """Another person of the same name: in minutes that match, the name of `original` means `person`.

    A blank or null condition matches all minutes. Applied each time that a meeting's rows are written, so
    that it survives new readings; the split with the most specific condition decides.
    """

    original = models.ForeignKey(
        Person, models.CASCADE, related_name="splits", verbose_name=_("navnet tilhører")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="splits_from", verbose_name=_("er i stedet")
    )
    party_letter = models.CharField(_("når partiet er"), max_length=60, blank=True)
    committee = models.ForeignKey(
        Committee,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="person_splits",
        verbose_name=_("når udvalget er"),
    )
    meeting = models.ForeignKey(
        Meeting,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="person_splits",
        verbose_name=_("når mødet er"),
    )
    made_at = models.DateTimeField(_("hvornår"), auto_now_add=True)
    # Null where the minutes themselves list two people of one name.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("af"),
    )

    class Meta:
        ordering = ("id",)
        verbose_name = _("opdeling af navn")
        verbose_name_plural = _("opdelinger af navne")
        constraints = (
            models.UniqueConstraint(
                fields=["original", "party_letter", "committee", "meeting"],
                nulls_distinct=False,
                name="personsplit_condition_unique",
            ),
            models.CheckConstraint(
                condition=~Q(party_letter="") | Q(committee__isnull=False) | Q(meeting__isnull=False),
                name="personsplit_has_condition",
            ),
            models.CheckConstraint(condition=~Q(original=F("person")), name="personsplit_of_two_people"),
        )

    def __str__(self) -> str:
        return f"{self.original} → {self.person}"

    @property
    def precedence(self) -> tuple[bool, bool, bool]:
        """Sort key, the most specific condition highest: a meeting, then a party, then a committee."""
        return self.meeting_id is not None, bool(self.party_letter), self.committee_id is not None


class StatementQuerySet(models.QuerySet["Statement"]):
    def published(self) -> Self:
        return self.filter(item__meeting__state=State.PUBLISHED)

    def with_places(self) -> Self:
        """Item, meeting, committee and municipality loaded by joins."""
        return self.select_related("item__meeting__committee__municipality")


class Statement(models.Model):
    """A remark, a reservation or a referral to the council, as entered in the minutes."""

    class Kind(models.TextChoices):
        REMARK = "remark", _("Bemærkning")
        RESERVATION = "reservation", _("Forbehold")
        REFERRAL = "referral", _("Begærede sagen i byrådet")

    position = models.PositiveSmallIntegerField(_("plads"))
    kind = models.CharField(_("art"), max_length=15, choices=Kind)
    who = models.CharField(_("hvem, i referatets ord"), max_length=500)
    text = models.TextField(_("tekst"), blank=True)
    start = models.PositiveIntegerField(_("fra tegn"), null=True, blank=True)
    end = models.PositiveIntegerField(_("til tegn"), null=True, blank=True)
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="statements", verbose_name=_("punkt"))
    people = models.ManyToManyField(Person, blank=True, related_name="statements", verbose_name=_("personer"))

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ("item", "position")
        verbose_name = _("udtalelse")
        verbose_name_plural = _("udtalelser")
        constraints = (
            models.UniqueConstraint(fields=["item", "position"], name="statement_position_unique"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.who}"


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def published(self) -> Self:
        return self.filter(meeting__state=State.PUBLISHED)


class Attendance(models.Model):
    """Presence or absence of a person at a whole meeting or, with `item`, at one item."""

    class Role(models.TextChoices):
        PRESENT = "present", _("Til stede")
        ABSENT = "absent", _("Fraværende")
        RECUSED = "recused", _("Deltog ikke")
        GUEST = "guest", _("Gæst")
        SUBSTITUTE = "substitute", _("Stedfortræder")
        ARRIVED = "arrived", _("Ankom senere")
        LEFT = "left", _("Gik før tid")

    position = models.PositiveSmallIntegerField(_("plads"))
    role = models.CharField(_("rolle"), max_length=10, choices=Role)
    name = models.CharField(_("navn i referatet"), max_length=200)
    # For a substitute the name of the member replaced.
    note = models.CharField(_("grund eller stilling"), max_length=300, blank=True)
    # When somebody arrived or left, or at which item, by its printed number.
    time = models.TimeField(_("tidspunkt"), null=True, blank=True)
    at_item = models.CharField(_("ved punkt"), max_length=30, blank=True)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances", verbose_name=_("møde"))
    item = models.ForeignKey(
        AgendaItem,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name=_("punkt"),
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="attendances", verbose_name=_("person")
    )
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="attendances", verbose_name=_("parti")
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ("meeting", "item", "position")
        verbose_name = _("deltagelse")
        verbose_name_plural = _("deltagelser")
        constraints = (
            models.CheckConstraint(
                condition=~Q(role="guest") | Q(person__isnull=True), name="attendance_guest_is_no_member"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}: {self.get_role_display()}"
