"""Parties, people, attendance, ballots, votes and statements."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, When
from django.db.models.functions import Abs
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minutes.models.danish import SortKey
from minutes.models.meetings import AgendaItem, Meeting
from minutes.models.places import Municipality
from minutes.models.states import State
from minutes.vocabulary import BallotKind, BallotResult, BallotSubject, CountsFrom, ResultFrom, VoteChoice

BALLOT_RESULTS = [(BallotResult.CARRIED.value, _("Vedtaget")), (BallotResult.LOST.value, _("Forkastet"))]
BALLOT_KINDS = [
    (BallotKind.MOTION.value, _("Afstemning")),
    (BallotKind.ELECTION.value, _("Valg")),
    (BallotKind.LOT.value, _("Lodtrækning")),
]
COUNTS_FROM = [(CountsFrom.PRINTED.value, _("trykt")), (CountsFrom.COUNTED.value, _("talt efter navne"))]
RESULT_FROM = [(ResultFrom.PRINTED.value, _("trykt")), (ResultFrom.COUNTS.value, _("sluttet af tallene"))]
VOTE_CHOICES = [
    (VoteChoice.FOR.value, _("For")),
    (VoteChoice.AGAINST.value, _("Imod")),
    (VoteChoice.ABSTAINED.value, _("Undlod")),
]


class Party(models.Model):
    """A party or list in a municipality for a period, identified by its letter, else its printed name."""

    letter = models.CharField(_("bogstav eller navn, som trykt"), max_length=60)
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
        """Return members named in a published meeting: attendance, vote, reservation or referral.

        Remarks do not count, because guests have remarks too.
        """
        statements = Statement.objects.published().exclude(kind=Statement.Kind.REMARK)
        return self.filter(
            Exists(Attendance.objects.published().filter(person=OuterRef("pk")))
            | Exists(Vote.objects.published().filter(person=OuterRef("pk")))
            | Exists(statements.filter(people=OuterRef("pk")))
        )


class Person(models.Model):
    """An elected member of a municipality's council or committees. Guests and citizens are text only."""

    name = models.CharField(_("navn"), max_length=200)
    slug = models.SlugField(_("adresse"), max_length=200)
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
        return self.name

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


def _contested() -> Q:
    """Return the condition of `publishing.projection.is_contested` for a single ballot."""
    others = (VoteChoice.AGAINST, VoteChoice.ABSTAINED)
    voted = Exists(Vote.objects.filter(ballot=OuterRef("pk"), choice__in=others))
    reserved = Exists(Statement.objects.filter(item=OuterRef("item"), kind=Statement.Kind.RESERVATION))
    return (
        Q(against_count__gt=0)
        | Q(abstained_count__gt=0)
        | Q(result=BallotResult.LOST, for_count__gt=0)
        | Q(voted)
        | Q(reserved)
    )


_MARGIN = Abs(F("for_count") - F("against_count"))
_NEWEST_FIRST = ("-item__meeting__date", "-item__meeting_id", "item__position", "position", "pk")


class BallotQuerySet(models.QuerySet["Ballot"]):
    def published(self) -> Self:
        return self.filter(item__meeting__state=State.PUBLISHED)

    def with_places(self) -> Self:
        """Item, meeting, committee and municipality loaded by joins."""
        return self.select_related("item__meeting__committee__municipality")

    def with_votes(self) -> Self:
        """Prefetch the votes, printed and deduced, with what links to people need. Two queries."""
        votes = Vote.objects.select_related("person__municipality", "party", "printed_party").order_by("id")
        deduced = DeducedVote.objects.select_related("person__municipality", "party").order_by("id")
        return self.prefetch_related(Prefetch("votes", votes), Prefetch("deduced_votes", deduced))

    def contested(self) -> Self:
        """Return ballots with votes against or abstentions, or whose item has a reservation.

        An item is contested (`AgendaItem.contested`) if one of its ballots is; its other ballots need not be.
        """
        return self.filter(_contested())

    def with_contested(self) -> Self:
        """Annotate `contested`, true for the ballots that `contested()` returns."""
        return self.annotate(contested=Case(When(_contested(), then=True), default=False))

    def within(self, margin: int) -> Self:
        """Return ballots whose for and against counts are known and differ by at most `margin`."""
        return self.alias(margin=_MARGIN).filter(margin__lte=margin)

    def newest_first(self) -> Self:
        """Order by meeting, newest first, then in the order of the agenda."""
        return self.order_by(*_NEWEST_FIRST)

    def closest_first(self) -> Self:
        """Order by margin, then newest first; ballots with unknown counts last."""
        return self.order_by(_MARGIN.asc(nulls_last=True), *_NEWEST_FIRST)


class Ballot(models.Model):
    """A vote on an item. A count is null unless printed or counted from names, and 0 only if printed."""

    position = models.PositiveSmallIntegerField(_("plads"))
    kind = models.CharField(_("art"), max_length=10, choices=BALLOT_KINDS, default=BallotKind.MOTION.value)
    subject = models.CharField(_("om"), max_length=30, default=BallotSubject.MAIN.value)
    for_count = models.PositiveIntegerField(_("for"), null=True, blank=True)
    against_count = models.PositiveIntegerField(_("imod"), null=True, blank=True)
    abstained_count = models.PositiveIntegerField(_("undlod"), null=True, blank=True)
    counts_from = models.CharField(
        _("tallene er"), max_length=10, choices=COUNTS_FROM, default=CountsFrom.PRINTED.value
    )
    # Null where neither printed nor certain from the counts, as in the reader's records, API and exports.
    result = models.CharField(  # noqa: DJ001
        _("resultat"), max_length=10, choices=BALLOT_RESULTS, null=True, blank=True
    )
    result_from = models.CharField(
        _("resultatet er"), max_length=10, choices=RESULT_FROM, default=ResultFrom.PRINTED.value
    )
    evidence = models.TextField(_("ordlyd"))
    # When staff corrected or added the ballot.
    corrected_on = models.DateField(_("rettet"), null=True, blank=True)
    start = models.PositiveIntegerField(_("fra tegn"))
    end = models.PositiveIntegerField(_("til tegn"))
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="ballots", verbose_name=_("punkt"))

    objects = BallotQuerySet.as_manager()

    class Meta:
        ordering = ("item", "position")
        verbose_name = _("afstemning")
        verbose_name_plural = _("afstemninger")
        constraints = (
            models.UniqueConstraint(fields=["item", "position"], name="ballot_position_unique"),
            models.CheckConstraint(condition=Q(start__lte=F("end")), name="ballot_span_forward"),
        )

    def __str__(self) -> str:
        return f"{self.subject}: {self.for_count}–{self.against_count}"


class VoteQuerySet(models.QuerySet["Vote"]):
    def published(self) -> Self:
        return self.filter(ballot__item__meeting__state=State.PUBLISHED)


class Vote(models.Model):
    """A vote of a person or of a party, never both. A party's vote is not counted as its members' votes."""

    choice = models.CharField(_("stemme"), max_length=10, choices=VOTE_CHOICES)
    count = models.PositiveIntegerField(
        _("antal"), null=True, blank=True, help_text=_("Partiets stemmer, hvor de er trykt.")
    )
    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="votes", verbose_name=_("afstemning"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="votes", verbose_name=_("person")
    )
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="votes", verbose_name=_("parti")
    )
    # The party of the person as printed at this vote, for a person's vote only.
    printed_party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="votes_of_members",
        verbose_name=_("parti ved afstemningen"),
    )

    objects = VoteQuerySet.as_manager()

    class Meta:
        ordering = ("ballot", "id")
        verbose_name = _("stemme")
        verbose_name_plural = _("stemmer")
        constraints = (
            models.CheckConstraint(
                condition=Q(person__isnull=False, party__isnull=True)
                | Q(person__isnull=True, party__isnull=False),
                name="vote_of_person_or_party",
            ),
            models.UniqueConstraint(
                fields=["ballot", "person"], condition=Q(person__isnull=False), name="vote_once_per_person"
            ),
            # A split party can have a vote on each side.
            models.UniqueConstraint(
                fields=["ballot", "party", "choice"],
                condition=Q(party__isnull=False),
                name="vote_once_per_party_and_choice",
            ),
            models.CheckConstraint(
                condition=Q(choice__in=[choice.value for choice in VoteChoice]), name="vote_choice_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person or self.party}: {self.get_choice_display()}"


class DeducedVote(models.Model):
    """A vote of a person that is not printed but follows from the counts, the other side and those present.

    A model of its own, not a `Vote`, so that no count, list or figure of printed votes can include one.
    """

    choice = models.CharField(_("stemme"), max_length=10, choices=VOTE_CHOICES)
    ballot = models.ForeignKey(
        Ballot, models.CASCADE, related_name="deduced_votes", verbose_name=_("afstemning")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="deduced_votes", verbose_name=_("person"))
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="deduced_votes", verbose_name=_("parti")
    )

    class Meta:
        ordering = ("ballot", "id")
        verbose_name = _("udledt stemme")
        verbose_name_plural = _("udledte stemmer")
        constraints = (
            models.UniqueConstraint(fields=["ballot", "person"], name="deducedvote_once_per_person"),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_choice_display()}"


class Election(models.Model):
    """An election to an office, by votes, by lot or without a vote.

    `elected` are names as printed; `votes` are pairs of a candidate or list and its votes, most votes first,
    null where none is printed.
    """

    position = models.PositiveSmallIntegerField(_("plads"))
    office = models.CharField(_("post"), max_length=300, blank=True)
    elected = models.JSONField(_("valgt"), default=list, blank=True)
    votes = models.JSONField(_("stemmer"), default=list, blank=True)
    start = models.PositiveIntegerField(_("fra tegn"))
    end = models.PositiveIntegerField(_("til tegn"))
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="elections", verbose_name=_("punkt"))

    class Meta:
        ordering = ("item", "position")
        verbose_name = _("valg")
        verbose_name_plural = _("valg")
        constraints = (models.UniqueConstraint(fields=["item", "position"], name="election_position_unique"),)

    def __str__(self) -> str:
        return self.office or ", ".join(self.elected)


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
    who = models.CharField(_("hvem, som trykt"), max_length=500)
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
    name = models.CharField(_("navn, som trykt"), max_length=200)
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
