"""Assignments of staff to municipalities, with their role there."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from minutes.models.places import Municipality

EDITOR = "Redaktør"
RESPONSIBLE = "Ansvarlig"


class Assignment(models.Model):
    """A user's group in a municipality. The group's permissions apply in that municipality only."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="assignments", verbose_name=_("bruger")
    )
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="assignments", verbose_name=_("kommune")
    )
    group = models.ForeignKey(
        Group,
        models.PROTECT,
        related_name="assignments",
        verbose_name=_("rolle"),
        limit_choices_to={"name__in": [EDITOR, RESPONSIBLE]},
    )

    class Meta:
        ordering = ("municipality", "user")
        verbose_name = _("tildeling")
        verbose_name_plural = _("tildelinger")
        constraints = (
            models.UniqueConstraint(fields=["user", "municipality"], name="assignment_once_per_municipality"),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.group}, {self.municipality}"
