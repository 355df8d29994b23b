"""Ballots, votes and elections."""

from typing import Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, When
from django.db.models.functions import Abs
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minutes.models.meetings import AgendaItem
from minutes.models.people import Party, Person, Statement
from minutes.models.states import State
from minutes.vocabulary import (
    BallotKind,
    BallotResult,
    BallotSubject,
    CountsFrom,
    ResultFrom,
    VoteChoice,
    VoteKnown,
)

BALLOT_RESULTS = [(BallotResult.CARRIED.value, _("Vedtaget")), (BallotResult.LOST.value, _("Forkastet"))]
BALLOT_KINDS = [
    (BallotKind.MOTION.value, _("Afstemning")),
    (BallotKind.ELECTION.value, _("Valg")),
    (BallotKind.LOT.value, _("Lodtrækning")),
]
COUNTS_FROM = [
    (CountsFrom.PRINTED.value, _("fremgår af referatet")),
    (CountsFrom.COUNTED.value, _("talt efter navne")),
]
RESULT_FROM = [
    (ResultFrom.PRINTED.value, _("fremgår af referatet")),
    (ResultFrom.COUNTS.value, _("følger af stemmetallene")),
]
VOTE_KNOWN = [
    (VoteKnown.PRINTED.value, _("fremgår af referatet")),
    (VoteKnown.DEDUCED.value, _("følger af fremmødet")),
]
VOTE_CHOICES = [
    (VoteChoice.FOR.value, _("For")),
    (VoteChoice.AGAINST.value, _("Imod")),
    (VoteChoice.ABSTAINED.value, _("Undlod")),
]
FOR_OR_AGAINST = (VoteChoice.FOR.value, VoteChoice.AGAINST.value)


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


def _both_sides(ballot: OuterRef, *, printed_only: bool) -> tuple[Exists, Exists]:
    """Return the conditions that votes of people for and against are known of a ballot."""
    votes = KnownVote.objects.of_people(printed_only=printed_only).filter(ballot=ballot)
    return Exists(votes.filter(choice=VoteChoice.FOR)), Exists(votes.filter(choice=VoteChoice.AGAINST))


_MARGIN = Abs(F("for_count") - F("against_count"))
_NEWEST_FIRST = ("-item__meeting__date", "-item__meeting_id", "item__position", "position", "pk")


class BallotQuerySet(models.QuerySet["Ballot"]):
    def published(self) -> Self:
        return self.filter(item__meeting__state=State.PUBLISHED)

    def with_places(self) -> Self:
        """Item, meeting, committee and municipality loaded by joins."""
        return self.select_related("item__meeting__committee__municipality")

    def with_votes(self) -> Self:
        """Prefetch the known votes with what their block needs. One query."""
        votes = KnownVote.objects.select_related("person", "party").order_by("id")
        return self.prefetch_related(Prefetch("known_votes", votes))

    def with_printed_votes(self) -> Self:
        """Prefetch the printed votes with what links to people need. One query."""
        votes = Vote.objects.select_related("person__municipality", "party", "printed_party").order_by("id")
        return self.prefetch_related(Prefetch("votes", votes))

    def contested(self) -> Self:
        """Return ballots with votes against or abstentions, or whose item has a reservation.

        An item is contested (`AgendaItem.contested`) if one of its ballots is; its other ballots need not be.
        """
        return self.filter(_contested())

    def with_contested(self) -> Self:
        """Annotate `contested`, true for the ballots that `contested()` returns."""
        return self.annotate(contested=Case(When(_contested(), then=True), default=False))

    def two_sided(self, *, printed_only: bool = False) -> Self:
        """Return ballots with known votes of people on both sides.

        Where only the names of one side are known, those named seem to agree always, and never with the rest.
        """
        return self.filter(*_both_sides(OuterRef("pk"), printed_only=printed_only))

    def on_topic(self, topic: str) -> Self:
        """Return the ballots of items on a topic, by its key (`minutes.topics.LABELS`)."""
        return self.filter(item__topic=topic)

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
        _("antal"), null=True, blank=True, help_text=_("Partiets stemmer, hvor de fremgår af referatet.")
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


class KnownVoteQuerySet(models.QuerySet["KnownVote"]):
    def published(self) -> Self:
        return self.filter(ballot__item__meeting__state=State.PUBLISHED)

    def of_people(self, *, printed_only: bool = False) -> Self:
        """Return the votes of people, not those of parties that are printed as one voter."""
        votes = self.filter(person__isnull=False)
        return votes.filter(known=VoteKnown.PRINTED) if printed_only else votes

    def two_sided(self, *, printed_only: bool = False) -> Self:
        """Return votes for or against in ballots with known votes of people on both sides."""
        both = _both_sides(OuterRef("ballot"), printed_only=printed_only)
        return self.filter(*both, choice__in=FOR_OR_AGAINST)


class KnownVote(models.Model):
    """A vote that is printed or deduced: the rows of `Vote` and `DeducedVote` together. A database view.

    Nobody has both in one ballot. `party` is the one that voted, the one printed at the person's vote, or
    else the one that the meeting's lists have for the person.
    """

    known = models.CharField(_("kendt ved"), max_length=10, choices=VOTE_KNOWN)
    choice = models.CharField(_("stemme"), max_length=10, choices=VOTE_CHOICES)
    count = models.PositiveIntegerField(_("antal"), null=True)
    ballot = models.ForeignKey(
        Ballot, models.DO_NOTHING, related_name="known_votes", verbose_name=_("afstemning")
    )
    person = models.ForeignKey(
        Person, models.DO_NOTHING, null=True, related_name="known_votes", verbose_name=_("person")
    )
    party = models.ForeignKey(
        Party, models.DO_NOTHING, null=True, related_name="known_votes", verbose_name=_("parti")
    )

    id = models.BigIntegerField(primary_key=True)

    objects = KnownVoteQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "minutes_known_votes"
        verbose_name = pgettext_lazy("felt", "kendt stemme")
        verbose_name_plural = _("kendte stemmer")

    def __str__(self) -> str:
        return f"{self.person or self.party}: {self.get_choice_display()}"

    @property
    def is_deduced(self) -> bool:
        return self.known == VoteKnown.DEDUCED


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
